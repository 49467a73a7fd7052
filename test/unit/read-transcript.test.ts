import { describe, expect, test } from 'vitest';
import { transcriptDelivered } from '../../events/transcript-delivered.ts';
import { SILENCE_SECONDS, takeDelivered } from '../../functions/read-transcript/read-transcript.ts';
import { UNNAMED } from '../../shared/intake/unnamed.ts';
import { callIdOf, createMemoryCallStore } from '../../shared/store/call-store.ts';
import type { createMemoryCaseStore } from '../../shared/store/memory-case-store.ts';
import { office } from './phone-office.ts';
import { follow, MONDAY } from './support.ts';
import * as calls from './transcripts-fixtures.ts';

const turn = (speaker: string, text: string, startMs: number) => ({
  id: `t-${startMs}`,
  speaker,
  text,
  startMs,
  endMs: startMs + 900,
});
const AGENT = (text: string, startMs: number) => turn('agent', text, startMs);
const CALLER = (text: string, startMs: number) => turn('caller', text, startMs);
const COMPLAINT = [
  AGENT('您好，12315热线。', 0),
  CALLER('我要投诉，我在光明电器行买了一个电水壶，用了两天就漏水，老板不给退，我要求退款。', 1_000),
];
const call = (turns: object[], more: object = {}) => ({
  format: '12315-transcript',
  version: 1,
  callId: 'call-0001',
  callerNumber: '13800000001',
  turns,
  ...more,
});
const part = (turns: object[], more: object = {}) => call(turns, { delivery: 'part', ...more });

describe('a call', () => {
  test.each(Object.keys(calls.FILES))('as %s becomes a case with the words of the caller', async (name) => {
    const { deliver, cases, contacts, deps, later, silences } = office();
    await deliver(`calls/${name}`, calls.FILES[name]);
    // Pieces wait until the call is silent.
    later(SILENCE_SECONDS);
    for (const id of silences) await takeDelivered({ call: id }, deps);
    const [found, ...others] = await cases();
    expect(others).toEqual([]);
    expect(found).toMatchObject({ kind: 'complaint', channel: 'phone', state: 'received' });
    expect(found?.complaint.text).toContain('我要投诉，我在光明电器行买了一个电水壶');
    expect(found?.complaint.text).not.toContain('很高兴为您服务');
    expect(await contacts()).toEqual([]);
  });

  test('is registered once, however often and in whichever order its files come', async () => {
    const { deliver, cases, contacts } = office();
    const whole = call(COMPLAINT);
    for (const key of ['a', 'b', 'a', 'b']) await deliver(`calls/${key}.json`, whole);
    const [found, ...others] = await cases();
    expect(others).toEqual([]);
    expect(found?.version).toBe(1);
    expect(await contacts()).toEqual([]);
  });

  test('names who called, as far as he says so, and where he can be reached', async () => {
    const { deliver, deps, cases } = office();
    await deliver(
      'calls/a.json',
      call([...COMPLAINT, AGENT('您贵姓？', 3_000), CALLER('我叫王小测。', 4_000)]),
    );
    const [found] = await cases();
    const people = (deps.cases as ReturnType<typeof createMemoryCaseStore>).complainants;
    expect(await people.identity(found?.number ?? '')).toEqual({ name: '王小测', phone: '13800000001' });
  });

  test.each([
    ['a mobile given as one’s own', '我的手机号是幺三八零零零零零零零二。', '13800000002'],
    [
      'the number of the shop: nobody must write to it',
      '他们店里的号码一三八零零零零零零零三，没人接。',
      undefined,
    ],
  ])('without a number of its own, with %s', async (_, said, phone) => {
    const { deliver, deps, cases } = office();
    await deliver('calls/a.json', call([...COMPLAINT, CALLER(said, 3_000)], { callerNumber: undefined }));
    const [found] = await cases();
    const people = (deps.cases as ReturnType<typeof createMemoryCaseStore>).complainants;
    const expected = phone === undefined ? undefined : { name: UNNAMED, phone };
    expect(await people.identity(found?.number ?? '')).toEqual(expected);
  });

  test('asks back by notice what it does not say, by codes, and what was taken out', async () => {
    const { deliver, deps, cases } = office();
    await deliver(
      'calls/a.json',
      call([COMPLAINT[0] ?? {}, CALLER('我要投诉一家店，要求退款。', 900)], { redacted: true }),
    );
    const [found] = await cases();
    const [event] = await deps.cases.history(found?.number ?? '');
    expect(event?.notices).toEqual([{ notice: 'call-registered', party: 'complainant' }]);
    expect(event?.facts.asks).toEqual(['respondent', 'place', 'paid', 'redacted']);
  });

  test('that reports goes to the informers, and its number does not stay with the words', async () => {
    const { deliver, deps, cases } = office();
    const report = call([CALLER('我要举报，光明饭店后厨用过期的肉，还有老鼠，你们去查一查。', 0)]);
    await deliver('calls/a.json', report);
    await deliver('calls/b.json', {
      ...report,
      turns: [...report.turns, CALLER('他们晚上十点以后偷偷进货。', 5_000)],
    });
    const [found] = await cases();
    expect(found?.kind).toBe('report');
    const store = deps.cases as ReturnType<typeof createMemoryCaseStore>;
    expect(await store.informers.identity(found?.number ?? '')).toMatchObject({ phone: '13800000001' });
    expect(await store.complainants.identity(found?.number ?? '')).toBeUndefined();
    expect(JSON.stringify(await deps.calls.call(callIdOf('call-0001')))).not.toContain('13800000001');
  });

  test('that is no complaint is kept as a contact with its reason, once', async () => {
    const { deliver, cases, contacts } = office();
    const wrong = call([AGENT('您好，12315热线。', 0), CALLER('喂，喂。', 900)]);
    for (const key of ['a', 'b']) await deliver(`calls/${key}.json`, wrong);
    expect(await cases()).toEqual([]);
    expect(await contacts()).toMatchObject([{ channel: 'phone', reason: 'silent', from: '13800000001' }]);
  });

  test('taken for no complaint becomes a case when a later delivery says more', async () => {
    const { deliver, cases } = office();
    await deliver('calls/a.json', call([AGENT('您好，12315热线。', 0), CALLER('喂，喂。', 900)]));
    await deliver('calls/b.json', call(COMPLAINT));
    expect(await cases()).toHaveLength(1);
  });

  test('counts from when it was made, unless the file gives a time that cannot be', async () => {
    const { deliver, cases } = office();
    await deliver('calls/a.json', call(COMPLAINT, { startedAt: '2026-11-13T10:00:00+08:00' }));
    await deliver(
      'calls/b.json',
      call(COMPLAINT, { callId: 'call-0002', startedAt: '2031-01-01T10:00:00+08:00' }),
    );
    await deliver(
      'calls/c.json',
      call(COMPLAINT, { callId: 'call-0003', startedAt: '1970-01-01T10:00:00+08:00' }),
    );
    expect((await cases()).map(({ receivedOn }) => receivedOn)).toEqual([
      '2026-11-13',
      '2026-11-16',
      '2026-11-16',
    ]);
  });
});

describe('pieces of a call', () => {
  const pieces = [part([COMPLAINT[0] ?? {}]), part([COMPLAINT[1] ?? {}], { last: true })];

  test('wait until it is silent, in whichever order they come', async () => {
    const { deliver, cases, silences, deps, later } = office();
    await deliver('calls/2.json', pieces[1]);
    later(100);
    await deliver('calls/1.json', pieces[0]);
    const [id = ''] = silences;
    expect(silences).toEqual([id, id]);
    later(200);
    await takeDelivered({ call: id }, deps);
    expect(await cases()).toEqual([]);
    later(100);
    await takeDelivered({ call: id }, deps);
    await takeDelivered({ call: id }, deps);
    expect((await cases()).map(({ complaint }) => complaint.text)).toEqual([COMPLAINT[1]?.text]);
  });

  test('do not wait when the whole call is there; what they bring later is nothing new', async () => {
    const { deliver, cases, silences, deps, later } = office();
    await deliver('calls/1.json', pieces[0]);
    await deliver('calls/whole.json', call(COMPLAINT));
    await deliver('calls/2.json', pieces[1]);
    expect(silences).toHaveLength(1);
    later(SILENCE_SECONDS);
    await takeDelivered({ call: callIdOf('call-0001') }, deps);
    const [found, ...others] = await cases();
    expect(others).toEqual([]);
    expect(found?.version).toBe(1);
  });

  test('that were taken for no complaint become a case when more of them come', async () => {
    const { deliver, cases, contacts, silences, deps, later } = office();
    const isOver = async () => {
      later(SILENCE_SECONDS);
      await takeDelivered({ call: silences.at(-1) ?? '' }, deps);
    };
    await deliver('calls/1.json', pieces[0]);
    await isOver();
    expect(await contacts()).toMatchObject([{ reason: 'silent' }]);
    await deliver('calls/2.json', pieces[1]);
    await isOver();
    expect(await cases()).toHaveLength(1);
  });

  test('a call nobody knows has no silence that could end', async () => {
    const { cases, deps } = office();
    await takeDelivered({ call: callIdOf('unknown') }, deps);
    expect(await cases()).toEqual([]);
  });
});

describe('a better delivery', () => {
  const added = async ({ deps, cases }: ReturnType<typeof office>) => {
    const [found] = await cases();
    return (await deps.cases.history(found?.number ?? ''))
      .filter(({ type }) => type === 'words-added')
      .map(({ words }) => words?.text);
  };

  test('adds what is new to the case, once', async () => {
    const system = office();
    await system.deliver('calls/a.json', call(COMPLAINT));
    const better = call([...COMPLAINT, CALLER('店在宁波市海曙区古林镇样例路88号，花了299元。', 3_000)]);
    for (const key of ['b', 'a', 'b']) await system.deliver(`calls/${key}.json`, better);
    expect(await added(system)).toEqual(['店在宁波市海曙区古林镇样例路88号，花了299元。']);
  });

  test('that only heard a word otherwise adds nothing', async () => {
    const system = office();
    await system.deliver('calls/a.json', call(COMPLAINT));
    const text = COMPLAINT[1]?.text.replace('漏水', '漏水了') ?? '';
    await system.deliver('calls/b.json', call([COMPLAINT[0] ?? {}, CALLER(text, 1_000)]));
    expect(await added(system)).toEqual([]);
  });

  test('without redaction adds the turns that had something taken out, however small', async () => {
    const system = office();
    const said = (shop: string) =>
      `我在${shop}买了电水壶，漏水，我要投诉，要求退款，老板一直推脱说不是质量问题，让我自己去找厂家，没有人理我。`;
    await system.deliver(
      'calls/a.json',
      call([COMPLAINT[0] ?? {}, CALLER(said('[NAME]'), 1_000)], { redacted: true }),
    );
    await system.deliver('calls/b.json', call([COMPLAINT[0] ?? {}, CALLER(said('光明店'), 1_000)]));
    expect(await added(system)).toEqual([said('光明店')]);
  });

  test('of a case that is over is kept as a contact', async () => {
    const system = office();
    await system.deliver('calls/a.json', call(COMPLAINT));
    const [found] = await system.cases();
    const [first] = await system.deps.cases.history(found?.number ?? '');
    if (found === undefined || first === undefined) throw new Error('not registered');
    const steps = follow([{ after: found, event: first }], ['withdraw']).slice(1);
    await system.deps.cases.commit({ steps });
    await system.deliver(
      'calls/b.json',
      call([...COMPLAINT, CALLER('我想起来了，发票号是12345678。', 3_000)]),
    );
    expect(await added(system)).toEqual([]);
    expect(await system.contacts()).toMatchObject([
      { reason: 'case-over', text: '我想起来了，发票号是12345678。' },
    ]);
  });
});

describe('a file', () => {
  test.each([
    ['that is no text', Buffer.from([0x52, 0x49, 0x46, 0x46, 0, 0, 0, 0, 1, 2]), 'not-text'],
    ['that is empty', Buffer.from(''), 'empty'],
    ['of another program', Buffer.from('{"hello": 1}'), 'format-unknown'],
  ])('%s is kept as a contact with its reason and its key', async (_, bytes, reason) => {
    const { files, deps, contacts, cases } = office();
    files.set('calls/x.json', { state: 'read', bytes, at: MONDAY });
    for (let times = 0; times < 2; times += 1)
      await takeDelivered({ objects: [{ key: 'calls/x.json' }] }, deps);
    expect(await contacts()).toMatchObject([{ reason, text: 'calls/x.json' }]);
    expect(await cases()).toEqual([]);
  });

  test('over the limit is not read, and kept as a contact', async () => {
    const { files, deps, contacts } = office();
    files.set('calls/x.json', { state: 'too-large', at: MONDAY });
    await takeDelivered({ objects: [{ key: 'calls/x.json' }] }, deps);
    expect(await contacts()).toMatchObject([{ reason: 'too-large' }]);
  });

  test('that was deleted before it could be read is left alone', async () => {
    const { deps, contacts, logged } = office();
    await takeDelivered({ objects: [{ key: 'calls/gone.json' }] }, deps);
    expect(await contacts()).toEqual([]);
    expect(logged).toEqual([{ code: 'transcript-gone' }]);
  });

  test('of which a part can be read loses neither part', async () => {
    const { deliver, cases, contacts } = office();
    await deliver('calls/x.jsonl', `${JSON.stringify(call(COMPLAINT))}\n{"cut": `);
    expect(await cases()).toHaveLength(1);
    expect(await contacts()).toMatchObject([{ reason: 'not-json' }]);
  });

  test('log lines name no key and no words', async () => {
    const { deliver, logged } = office();
    await deliver('calls/13800000001.json', '{"hello": 1}');
    await deliver('calls/a.json', call(COMPLAINT));
    expect(JSON.stringify(logged)).not.toMatch(/13800000001|电水壶/);
  });
});

describe('when two work on one call', () => {
  test('whoever comes second sees what the first one kept', async () => {
    const store = createMemoryCallStore();
    let met = false;
    // Another delivery is kept between the look and the write.
    const system = office({
      ...store,
      async save(kept) {
        if (!met) {
          met = true;
          await system.deliver('calls/b.json', call([...COMPLAINT, CALLER('花了299元。', 3_000)]));
        }
        return store.save(kept);
      },
    });
    await system.deliver('calls/a.json', call(COMPLAINT));
    const [found, ...others] = await system.cases();
    expect(others).toEqual([]);
    expect(found?.complaint.text).toContain('花了299元');
  });

  test('no piece gets lost', async () => {
    const store = createMemoryCallStore();
    let met = false;
    const system = office({
      ...store,
      async save(kept) {
        if (!met) {
          met = true;
          await system.deliver('calls/2.json', part([CALLER('一共花了299元。', 3_000)]));
        }
        return store.save(kept);
      },
    });
    await system.deliver('calls/1.json', part(COMPLAINT));
    expect((await store.call(callIdOf('call-0001')))?.call.turns).toHaveLength(3);
  });

  test('one that died after registering is finished by the next, without a second case', async () => {
    const store = createMemoryCallStore();
    let fail = true;
    const system = office({
      ...store,
      async save(kept) {
        if (kept.outcome !== undefined && fail) throw new Error('power cut');
        return store.save(kept);
      },
    });
    await expect(system.deliver('calls/a.json', call(COMPLAINT))).rejects.toThrow('power cut');
    fail = false;
    // What the queue brings again by now holds more.
    await system.deliver('calls/a.json', call([...COMPLAINT, CALLER('一共花了299元。', 3_000)]));
    const [found, ...others] = await system.cases();
    expect(others).toEqual([]);
    expect((await store.call(callIdOf('call-0001')))?.outcome).toEqual({
      number: found?.number,
      report: false,
    });
    expect((await system.deps.cases.history(found?.number ?? '')).map(({ type }) => type)).toEqual([
      'registered',
      'words-added',
    ]);
  });
});

test('the messages of S3 are read whoever sends them; a trial and deletions ask for nothing', () => {
  const keys = (body: unknown) => {
    const delivered = transcriptDelivered.parse(body);
    return 'objects' in delivered ? delivered.objects.map(({ key }) => key) : [];
  };
  const record = (key: string, eventName = 'ObjectCreated:Put') => ({ eventName, s3: { object: { key } } });
  expect(keys({ Records: [record('calls/%E8%AF%9D+1.txt'), record('x', 'ObjectRemoved:Delete')] })).toEqual([
    'calls/话 1.txt',
  ]);
  expect(keys({ Records: [record('calls/100%.txt')] })).toEqual(['calls/100%.txt']);
  expect(keys({ detail: { object: { key: 'calls/a+b.txt' } } })).toEqual(['calls/a+b.txt']);
  expect(keys({ Event: 's3:TestEvent', Bucket: 'b' })).toEqual([]);
});
