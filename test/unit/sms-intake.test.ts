import { describe, expect, test } from 'vitest';
import { gatesOf } from '../../functions/receive-sms/gates.ts';
import { type ReceiveDependencies, receive } from '../../functions/receive-sms/receive.ts';
import type { Case } from '../../shared/case/case.ts';
import { phoneKey } from '../../shared/case/lookup-keys.ts';
import { UNNAMED } from '../../shared/intake/unnamed.ts';
import type { SmsPart } from '../../shared/sms/sms.ts';
import { office, PHONE } from './sms-office.ts';
import { IDENTITY, keep, problemOf, stepsTo, take } from './support.ts';

const STORY = '我在宁波市海曙区古林镇样例超市买的牛奶昨天喝了拉肚子，要求退款三十八元';
const MINUTE = 60_000;

describe('a text', () => {
  test('becomes a case of an unnamed complainant, with the number in the reply', async () => {
    const it = office();
    const item = await it.receives(STORY);
    it.wait(MINUTE / 2);
    const reply = await it.answers(item);
    const [number = ''] = await it.all();
    expect(reply).toBe(`【宁波市市场监督管理局】已登记，编号${number}，请保存。发“查询”看进度。`);
    expect(await it.cases.complainants.identity(number)).toMatchObject({ name: UNNAMED, phone: PHONE });
    // The legal dates count from when the text came in.
    expect((await it.cases.case(number))?.receivedAt).toBe('2026-11-16T02:00:00.000Z');
    // It goes out at once; nothing waits in the queue.
    expect(it.asked).toEqual([]);
  });

  test('whose reply the provider cannot take now is answered by the queue, once', async () => {
    const it = office();
    const item = await it.receives(STORY);
    it.fails.provider = 1;
    const reply = await it.answers(item);
    expect(it.asked.map(({ delaySeconds }) => delaySeconds)).toEqual([0]);
    await it.answers(item);
    expect(it.sent.map(({ body }) => body)).toEqual([reply]);
  });

  test('delivered three times, before and after it was answered, is one case and one reply', async () => {
    const it = office();
    const item = await it.receives(STORY);
    await Promise.all([it.answers(item), it.answers(item)]);
    await it.answers(item);
    expect(await it.all()).toHaveLength(1);
    expect(it.sent).toHaveLength(1);
  });

  test.each([1, 2, 3])(
    'whose reply could neither be sent nor queued %i times is answered in the end, once',
    async (times) => {
      const it = office();
      const item = await it.receives(STORY);
      it.fails.replies = times;
      for (let attempt = 0; attempt < times; attempt += 1) await expect(it.answers(item)).rejects.toThrow();
      // The next text finds what is still to be done, and does it first.
      await it.answers(await it.receives('查询'));
      await it.answers(item);
      expect(await it.all()).toHaveLength(1);
      expect(it.sent.filter(({ body }) => body.includes('请保存'))).toHaveLength(1);
    },
  );

  test('whose effects were never done is found by the sweep: by its message, and by its talk', async () => {
    const it = office();
    await it.receives('在吗');
    const half = await it.receives('我要投诉');
    it.fails.contacts = 1;
    await expect(it.answers(half)).rejects.toThrow();
    expect(await it.sweeps()).toBe(0);
    it.wait(MINUTE);
    expect(await it.sweeps()).toBe(2);
    expect((await it.ofToday()).toSorted()).toEqual(['courtesy', 'half-told']);
    expect(await it.sweeps()).toBe(0);
  });

  test('that adds to a case adds once, though its reply had to be asked for again', async () => {
    const it = office();
    await it.answers(await it.receives(STORY));
    it.wait(MINUTE);
    const more = await it.receives('补充：小票还在');
    it.fails.replies = 1;
    await expect(it.answers(more)).rejects.toThrow();
    await it.answers(more);
    const [number = ''] = await it.all();
    const added = (await it.cases.history(number)).filter(({ type }) => type === 'words-added');
    expect(added.map(({ words }) => words?.text)).toEqual(['小票还在']);
  });

  test('that adds to a case that is over is kept as a contact', async () => {
    const it = office();
    await it.answers(await it.receives(STORY));
    const [number = ''] = await it.all();
    const found = await it.cases.case(number);
    await it.cases.commit({ steps: [take(found as Case, 'withdraw')] });
    await it.answers(await it.receives('补充：小票找到了'));
    expect(await it.ofToday()).toEqual(['case-over']);
  });

  test('that withdraws what others complain of, too, is told to the officer', async () => {
    const it = office();
    const found = await keep(it.cases, stepsTo('distributed', 1), { ...IDENTITY, phone: PHONE });
    const joint = { name: '李四', phone: '13800000002', consents: true };
    await it.cases.commit({ steps: [take(found, 'add-complainant', joint)] });
    await it.answers(await it.receives('撤诉'));
    it.wait(MINUTE);
    await it.answers(await it.receives('是'));
    expect((await it.cases.case(found.number))?.state).toBe('distributed');
    const [last] = await it.cases.latestEvents(found.number, 1);
    expect(last).toMatchObject({ type: 'words-added', words: { text: '投诉人发短信确认撤回。' } });
  });

  test('from a number that no answer can go to is registered all the same', async () => {
    const it = office();
    const { key } = await it.deps.texts.keep({
      provider: 'aliyun',
      id: 'masked',
      from: '1381111****',
      to: '12315',
      text: STORY,
      receivedAt: it.clock.at,
    });
    expect(await it.answers(key)).toBeUndefined();
    expect(await it.all()).toHaveLength(1);
  });
});

describe('parts of a text', () => {
  const part = (number: number): SmsPart => ({ reference: 'r', number, of: 3 });

  test('two of which came become a case with a gap when the third does not come; it is added when it does', async () => {
    const it = office();
    const three = await it.receives(STORY.slice(24), part(3));
    const one = await it.receives(STORY.slice(0, 12), part(1));
    for (const item of [three, one, three]) await it.answers(item);
    expect(await it.all()).toEqual([]);
    it.wait(5 * MINUTE);
    expect(await it.sweeps()).toBe(1);
    const [number = ''] = await it.all();
    expect((await it.cases.case(number))?.complaint.text).toBe(
      `${STORY.slice(0, 12)}【缺第2条短信】${STORY.slice(24)}`,
    );
    await it.answers(await it.receives(STORY.slice(12, 24), part(2)));
    const added = (await it.cases.history(number)).filter(({ type }) => type === 'words-added');
    expect(added.map(({ words }) => words?.text)).toEqual([STORY.slice(12, 24)]);
    expect(it.outcomes()).not.toContain('waiting');
    expect(await it.sweeps()).toBe(0);
  });

  test('whose whole text was not looked at, as its taker died, is looked at when the part comes again', async () => {
    const it = office();
    const items = [];
    for (const number of [1, 2, 3])
      items.push(
        await it.receives(
          STORY.slice((number - 1) * 12, number === 3 ? undefined : number * 12),
          part(number),
        ),
      );
    it.fails.replies = 1;
    await it.answers(items[0] ?? '');
    await it.answers(items[1] ?? '');
    await expect(it.answers(items[2] ?? '')).rejects.toThrow();
    await it.answers(items[2] ?? '');
    expect(await it.all()).toHaveLength(1);
    expect(it.sent).toHaveLength(1);
  });
});

test('silence takes the words out of a talk, and every text is still somewhere', async () => {
  const it = office();
  await it.answers(await it.receives('我要投诉'));
  await it.answers(await it.receives(STORY));
  const talkOf = async () => JSON.stringify((await it.deps.texts.talk(phoneKey(PHONE))).talk);
  expect(await talkOf()).toContain('牛奶');
  it.wait(24 * 60 * MINUTE + MINUTE);
  // Every ten minutes the sweep looks at what is long due, too.
  for (let minute = 0; minute < 10; minute += 1) {
    it.wait(MINUTE);
    await it.sweeps();
  }
  expect(await it.deps.texts.due('talk', '1970', '9999', 1)).toEqual([]);
  expect(await it.all()).toHaveLength(1);
  expect(await it.ofToday()).toEqual(['half-told']);
});

describe('a push', () => {
  const gates = gatesOf(
    { ALIYUN_SMS_TOKENS: 'new old', HUAWEI_SMS_TOKENS: 'h', HUAWEI_SMS_KEYS: '', TWILIO_AUTH_TOKENS: '' },
    () => new Date(),
  );
  const items = [{ phone_number: PHONE, content: STORY, sequence_id: '1' }, { phone_number: PHONE }];
  const push = (provider: string, token: string, body = JSON.stringify(items)) => ({
    provider,
    method: 'POST',
    host: 'example.org',
    path: `/api/channels/sms/${provider}`,
    query: '',
    token,
    headers: {},
    body: Buffer.from(body),
  });
  const receiving = () => {
    const it = office();
    const faults: string[] = [];
    const deps: ReceiveDependencies = { ...it.deps, gates, fault: (code) => faults.push(code) };
    const send = async (...of: Parameters<typeof push>) => (await receive(push(...of), deps)).status;
    return { ...it, faults, send, deps };
  };

  test('is taken by each of two tokens while one replaces another, and by no other', async () => {
    const { send } = receiving();
    expect([await send('aliyun', 'new'), await send('aliyun', 'old')]).toEqual([200, 200]);
    expect([await send('aliyun', 'new old'), await send('aliyun', '')]).toEqual([403, 403]);
    expect([
      await send('huawei', 'h', 'smsMsgId=1&from=13800000001&body=hi'),
      await send('huawei', 'x'),
    ]).toEqual([200, 401]);
  });

  test.each(['twilio', 'aws', 'toString', ''])(
    'of %s, which is not opened, is not found',
    async (provider) => {
      const { deps } = receiving();
      expect((await problemOf(() => receive(push(provider, 'new'), deps))).code).toBe('not-found');
    },
  );

  test('that cannot be kept or queued is asked for again, and nothing of it is lost or doubled', async () => {
    const { send, fails, faults, queued, ofToday, outcomes } = receiving();
    fails.contacts = 1;
    expect(await send('aliyun', 'new')).toBe(503);
    fails.texts = 1;
    expect(await send('aliyun', 'new')).toBe(503);
    expect(await send('aliyun', 'new')).toBe(200);
    expect(faults).toEqual(['sms-not-kept', 'sms-not-kept']);
    expect(outcomes()).toEqual(['waiting']);
    expect(new Set(queued).size).toBe(1);
    expect(await ofToday()).toEqual(['missing-text']);
  });

  test('of whatever bytes gives a text or a contact for each item in it', async () => {
    const { send, ofToday, outcomes } = receiving();
    const whole = JSON.stringify([
      { phone_number: PHONE, content: '你好', sequence_id: 7 },
      5,
      { PhoneNumber: 1, Content: null },
    ]);
    expect(await send('aliyun', 'new', whole)).toBe(200);
    expect(await send('aliyun', 'new', whole.slice(0, 20))).toBe(200);
    expect(await send('aliyun', 'new', '')).toBe(200);
    expect(outcomes()).toEqual(['waiting']);
    expect((await ofToday()).toSorted()).toEqual(
      ['missing-text', 'not-a-message', 'not-readable', 'not-readable'].toSorted(),
    );
  });
});
