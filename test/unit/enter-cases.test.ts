import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { entryAnswer, importAnswer, importPreview, readEntryAnswer } from '../../events/answers.ts';
import { deskEntry, importFile } from '../../events/desk-entry.ts';
import { enterOne, enterRows } from '../../functions/enter-cases/enter.ts';
import { previewImport, readPaste } from '../../functions/enter-cases/preview.ts';
import { gazetteerBytes } from '../../infra/commands/build-gazetteer/gazetteer-bytes.ts';
import { parseValue } from '../../shared/http/parse.ts';
import { ROLES, type Role } from '../../shared/people/roles.ts';
import { readGazetteer } from '../../shared/understanding/places/gazetteer.ts';
import { createJudges } from '../../shared/understanding/understand.ts';
import { bodyOf, house, MONDAY, plain, problemOf, staff } from './support.ts';
import { workbook } from './workbook.ts';

const TODAY = '2026-11-16';
const schema = deskEntry(() => TODAY);
const upload = importFile(() => TODAY);
const knowledge = { gazetteer: readGazetteer(gazetteerBytes()), home: '3302', judges: createJudges() };
const DISPATCHER = staff('dispatcher');
const KEY = 'key-00000001';

const MESSAGE = {
  text: '热水器装好第三天就漏水',
  complainant: { name: '某甲', phone: '13800000001' },
  business: { name: '样例店', address: '海曙区古林镇1号' },
  claimedFen: 29_850,
};
const entry = (changes: object = {}) => schema.parse({ channel: 'letter', message: MESSAGE, ...changes });

function desk() {
  return { ...house(), knowledge, parseEntry: (draft: unknown) => parseValue(draft, schema) };
}
type Desk = ReturnType<typeof desk>;

const numbers = async ({ cases }: Desk) =>
  (await Array.fromAsync(cases.allCases())).map(({ number }) => number);
const preview = async (deps: Desk, bytes: Uint8Array | string, more: object = {}) => {
  const file = Buffer.from(bytes).toString('base64');
  const request = upload.parse({ file, channel: 'hotline-12345', ...more });
  return importPreview.parse(plain((await previewImport(request, DISPATCHER, deps)).body));
};
const send = async (deps: Desk, entries: readonly unknown[]) => {
  const request = { entries: entries.map((one) => schema.parse(one)) };
  return importAnswer.parse((await enterRows(request, DISPATCHER, deps)).body).results;
};

describe('one entry', () => {
  test('is a case of its channel, entered by this person, its periods counted from the receipt stamp', async () => {
    const deps = desk();
    const { status, body } = await enterOne(entry({ receivedOn: '2026-11-13' }), KEY, DISPATCHER, deps);
    const answer = entryAnswer.parse(body);
    expect(status).toBe(201);
    expect(answer).toMatchObject({
      again: false,
      receivedOn: '2026-11-13',
      secret: expect.stringMatching(/-/),
    });
    // One working day after the Friday on which it came, not after the Monday on which it was entered.
    expect(answer.nextLegalDate).toMatchObject({
      clock: 'distribute',
      start: '2026-11-13',
      due: '2026-11-16',
    });
    const found = await deps.cases.case(answer.number);
    expect(found).toMatchObject({
      channel: 'letter',
      state: 'received',
      receivedOn: '2026-11-13',
      money: { claimed: 29_850 },
    });
    const [registered] = await deps.cases.history(answer.number);
    expect(registered).toMatchObject({
      actor: { role: 'dispatcher', id: DISPATCHER.id },
      on: TODAY,
      at: MONDAY,
    });
    expect(await deps.cases.complainants.identity(answer.number)).toEqual(MESSAGE.complainant);
    expect(JSON.stringify(deps.logged)).not.toMatch(/某甲|1380000|热水器/);
  });

  test('what came today came at this moment', async () => {
    const deps = desk();
    const { number } = await bodyOf(enterOne(entry({ receivedOn: TODAY }), KEY, DISPATCHER, deps));
    expect((await deps.cases.case(number))?.receivedAt).toBe(MONDAY);
  });

  test('sent twice it is one case and one answer; the same key for another entry is refused', async () => {
    const deps = desk();
    const first = await bodyOf(enterOne(entry(), KEY, DISPATCHER, deps));
    const second = await enterOne(entry(), KEY, DISPATCHER, deps);
    expect([second.status, plain(second.body)]).toEqual([200, { ...first, again: true }]);
    const other = entry({ message: { ...MESSAGE, text: '别的事情' } });
    expect((await problemOf(() => enterOne(other, KEY, DISPATCHER, deps))).code).toBe('key-reused');
    // Keys are a person's own: a colleague's page may draw the same.
    await enterOne(other, KEY, staff('head', '33020301'), deps);
    expect(await numbers(deps)).toHaveLength(2);
  });

  test('a work order handed over again is the same case and says so, also to a colleague and in other words', async () => {
    const deps = desk();
    const order = { channel: 'hotline-12345', externalNumber: 'NB-2026 001'.replace(' ', '-') };
    const first = await bodyOf(enterOne(entry(order), KEY, DISPATCHER, deps));
    expect(first).toMatchObject({ externalNumber: 'NB-2026-001', again: false });
    const again = entry({
      ...order,
      externalNumber: 'nb2026001',
      message: { ...MESSAGE, text: '市民再次来电催办' },
    });
    const { status, body } = await enterOne(again, 'another-key-1', staff('officer', '33020301'), deps);
    expect(status).toBe(200);
    expect(body).toMatchObject({ number: first.number, again: true, secret: null });
    // The same number of another office is another order.
    await enterOne(entry({ ...order, channel: 'national-platform' }), KEY, DISPATCHER, deps);
    expect(await numbers(deps)).toHaveLength(2);
    expect((await deps.cases.case(first.number))?.externalNumber).toBe('NB-2026-001');
  });

  test('a report keeps its informer apart; without a name it is taken, too', async () => {
    const deps = desk();
    const named = { ...MESSAGE, kind: 'report', claimedFen: undefined };
    const { number } = await bodyOf(enterOne(entry({ message: named }), undefined, DISPATCHER, deps));
    expect(await deps.cases.informers.identity(number)).toEqual(MESSAGE.complainant);
    expect(await deps.cases.complainants.identity(number)).toBeUndefined();
    await enterOne(entry({ message: { ...named, complainant: undefined } }), undefined, DISPATCHER, deps);
    expect(await numbers(deps)).toHaveLength(2);
  });

  test.each([
    [{ receivedOn: '2026-11-17' }, '/receivedOn'],
    [{ receivedOn: '2025-11-01' }, '/receivedOn'],
    [{ channel: 'web' }, '/channel'],
    [{ externalNumber: '1; DROP' }, '/externalNumber'],
    [{ receivedOn: '2026-11-10', message: { ...MESSAGE, occurredOn: '2026-11-12' } }, '/message/occurredOn'],
    [{ message: { ...MESSAGE, complainant: { name: '某甲' } } }, '/message/complainant/phone'],
  ])('%j is refused and %s named', async (changes, field) => {
    const problem = await problemOf(() =>
      parseValue({ channel: 'letter', message: MESSAGE, ...changes }, schema),
    );
    expect(problem.errors.map((one) => one.field)).toEqual([field]);
  });

  test('dispatchers, officers and heads enter; nobody else, and not even a look at a file', async () => {
    const may = new Set<Role>(['dispatcher', 'officer', 'head']);
    for (const role of Object.keys(ROLES) as Role[]) {
      const deps = desk();
      const file = upload.parse({ file: Buffer.from('内容\nx\n').toString('base64'), channel: 'letter' });
      for (const attempt of [
        () => enterOne(entry(), undefined, staff(role), deps),
        () => enterRows({ entries: [entry()] }, staff(role), deps),
        () => readPaste({ text: '内容' }, staff(role), deps),
        () => previewImport(file, staff(role), deps),
      ]) {
        if (may.has(role)) await attempt();
        else expect((await problemOf(attempt)).code).toBe('forbidden');
      }
      expect(await numbers(deps)).toHaveLength(may.has(role) ? 2 : 0);
    }
  });
});

test('a pasted letter is read with the day it is read on, and nothing of it is kept', async () => {
  const deps = desk();
  const text = '投诉人：某甲\n电话：13800000001\n投诉内容：昨天在样例店买的牛奶过期了，花了68.5元';
  const { fields } = readEntryAnswer.parse((await readPaste({ text }, DISPATCHER, deps)).body);
  expect(Object.fromEntries(fields.map(({ field, value }) => [field, value]))).toMatchObject({
    name: '某甲',
    phone: '13800000001',
    paid: 6_850,
    occurredOn: '2026-11-15',
  });
  expect(await numbers(deps)).toEqual([]);
});

describe('an import', () => {
  const FILE = `投诉人,电话,商家名称,投诉内容,涉及金额(元),工单号
某甲,13800000001,样例店,漏水,298.5,NB1
某乙,1.38E+10,样例店,坏了,很多,NB2
某甲,13800000001,样例店,又来催办,298.5,nb-1
,13800000003,样例店,没有写姓名,,NB4
某丁,13800000004,样例店,过期,,
`;

  test('is shown row by row: what is good, what is wrong where, what stands above', async () => {
    const deps = desk();
    const { rows } = await preview(deps, FILE);
    expect(
      rows.map(({ row, entry: good, sameAs, problems }) => [
        row,
        good !== null,
        sameAs,
        problems.map(({ column }) => column),
      ]),
    ).toEqual([
      [2, true, null, []],
      [3, false, null, ['电话', '涉及金额(元)']],
      [4, true, 2, []],
      [5, false, null, ['投诉人']],
      [6, true, null, []],
    ]);
    expect(rows[3]?.problems[0]).toMatchObject({
      zh: expect.stringContaining('缺少'),
      field: { en: 'Complainant' },
    });
    expect(rows[1]?.cells).toEqual(['某乙', '1.38E+10', '样例店', '坏了', '很多', 'NB2']);
    expect(await numbers(deps)).toEqual([]);
  });

  test('registers what is good; the second time everything is known, also a month later', async () => {
    const deps = desk();
    const good = (await preview(deps, FILE)).rows.filter((row) => row.entry !== null && row.sameAs === null);
    const first = await send(
      deps,
      good.map((row) => row.entry),
    );
    expect(first).toEqual([
      { number: expect.any(String), again: false },
      { number: expect.any(String), again: false },
    ]);
    expect(
      await send(
        deps,
        good.map((row) => row.entry),
      ),
    ).toEqual(first.map(({ number }) => ({ number, again: true })));
    expect((await preview(deps, FILE)).rows.map(({ registered }) => registered)).toEqual([
      first[0]?.number,
      null,
      first[0]?.number,
      null,
      first[1]?.number,
    ]);
    expect(await numbers(deps)).toHaveLength(2);
    // The keys of hand-overs last; those of a network's repeats do not.
    expect(
      (await Promise.all(first.map(({ number }) => deps.cases.case(number ?? '')))).map(
        (found) => found?.channel,
      ),
    ).toEqual(['hotline-12345', 'hotline-12345']);
  });

  test('a batch delivered twice at once and out of order gives each row one case', async () => {
    const deps = desk();
    const entries = Array.from({ length: 25 }, (_, index) =>
      entry({ message: { ...MESSAGE, text: `第${index}件` } }),
    );
    await Promise.all([send(deps, entries), send(deps, entries.toReversed()), send(deps, entries.slice(5))]);
    expect(await numbers(deps)).toHaveLength(25);
  });

  test('the same work order on paper and in a table is one case', async () => {
    const deps = desk();
    const one = await bodyOf(
      enterOne(entry({ channel: 'hotline-12345', externalNumber: 'NB1' }), KEY, DISPATCHER, deps),
    );
    expect((await preview(deps, FILE)).rows[0]?.registered).toBe(one.number);
  });

  test('of a workbook the sheet that was asked for, with the channel of each row', async () => {
    const book = workbook({
      一: [['随便']],
      二: [
        ['内容', '姓名', '电话', '来源', '收到日期'],
        ['坏了', '某甲', { v: '13800000001' }, '群众来信', { v: '46337', s: 1 }],
      ],
    });
    const { rows, sheets } = await preview(desk(), book, { sheet: '二' });
    expect(sheets).toEqual(['一', '二']);
    expect(rows).toMatchObject([{ row: 2, entry: { channel: 'letter', receivedOn: '2026-11-11' } }]);
  });

  test('a file that cannot be read is refused with what to do; nothing else happens', async () => {
    const deps = desk();
    for (const bytes of [
      Uint8Array.of(0xd0, 0xcf, 0x11, 0xe0),
      Uint8Array.of(0x50, 0x4b, 3, 4),
      '',
      'a,b\n1,2\n',
    ]) {
      const problem = await problemOf(() => preview(deps, bytes));
      expect(problem.code).toBe('bad-request');
      expect(problem.errors).toEqual([
        { field: '/file', zh: expect.stringMatching(/请|空/), en: expect.any(String) },
      ]);
    }
  });

  test('every row of any table is an entry that registers, or has a reason', async () => {
    const cell = fc.oneof(
      fc.constantFrom(
        '某甲',
        '13800000001',
        '1.38E+10',
        '298.5',
        '2026/11/3',
        '=1+1',
        '<b>x</b>',
        '\u0001',
        '来信',
        '匿名',
        '',
      ),
      fc.string({ unit: 'binary', maxLength: 8 }),
    );
    const quoted = (text: string) => `"${text.replaceAll('"', '""')}"`;
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.array(cell, { minLength: 7, maxLength: 7 }), { minLength: 1, maxLength: 5 }),
        async (lines) => {
          const deps = desk();
          const file = `姓名,电话,内容,金额,发生日期,来源,工单号\n${lines.map((cells) => cells.map(quoted).join(',')).join('\n')}\n`;
          const shown = await preview(deps, file).catch(() => undefined);
          for (const { entry: good, problems } of shown?.rows ?? []) {
            expect(good !== null).toBe(problems.length === 0);
            if (good !== null)
              expect(await send(deps, [good])).toEqual([
                { number: expect.any(String), again: expect.any(Boolean) },
              ]);
          }
        },
      ),
      { numRuns: 60 },
    );
  });
});
