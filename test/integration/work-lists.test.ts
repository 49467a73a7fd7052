import { afterAll, beforeAll, expect, test } from 'vitest';
import { caseList, problemAnswer, readsAnswer } from '../../events/answers.ts';
import * as answers from '../../events/desk-work-answers.ts';
import { COMPLAINT, fileComplaint, PERSONAL, step } from './scenario.ts';
import { parsed, type System, startSystem } from './system.ts';

let system: System;
let station: string;
let numbers: string[];
let officer: string;
let colleague: string;
let head: string;
let dispatcher: string;
const officerId = () => `officer-${station}-1`;
const colleagueId = () => `officer-${station}-2`;

beforeAll(async () => {
  system = await startSystem();
  numbers = [];
  for (let n = 0; n < 4; n += 1) {
    const { registered, tracked } = await fileComplaint(system);
    numbers.push(registered.number);
    station = tracked.station?.code ?? '';
  }
  officer = await system.token('officer', station, officerId());
  colleague = await system.token('officer', station, colleagueId());
  head = await system.token('head', station, `head-${station}-1`);
  dispatcher = await system.token('dispatcher', '330200');
});
afterAll(() => system.stop());

const get = (path: string, token: string) => system.api('GET', path, { token });
const post = (path: string, token: string, body: object, key?: string) =>
  system.api('POST', path, {
    token,
    body,
    ...(key === undefined ? {} : { headers: { 'idempotency-key': key } }),
  });
const remove = (path: string, token: string) => system.api('DELETE', path, { token });
const versionOf = async (number: string) => (await system.cases.case(number))?.version ?? 0;
const listOf = async (query: string, token: string) =>
  parsed(caseList, await get(`/desk/cases?${query}`, token), 200);

test('two officers take one case at once: one has it, the other is told who and until when', async () => {
  const [number = ''] = numbers;
  const path = `/desk/cases/${number}/lease`;
  const both = await Promise.all([post(path, officer, {}), post(path, colleague, {})]);
  expect(both.map(({ status }) => status).toSorted((a, b) => a - b)).toEqual([200, 409]);
  const [winner, loser] = both[0]?.status === 200 ? [officer, colleague] : [colleague, officer];
  const holder = winner === officer ? officerId() : colleagueId();
  const refused = problemAnswer.parse(both.find(({ status }) => status === 409)?.body);
  expect(refused.errors?.[0]).toMatchObject({ field: 'lease', zh: expect.stringContaining(holder) });

  const accept = await post(`/desk/cases/${number}/accept`, loser, {});
  expect(accept).toMatchObject({ status: 409, body: { errors: [{ field: 'lease' }] } });
  const shown = (await listOf('limit=100', head)).cases.find((one) => one.number === number);
  expect(shown?.workingOn?.staff).toBe(holder);

  // Given back, twice because an answer may be lost, it is anybody's.
  for (let time = 1; time <= 2; time += 1) {
    parsed(answers.leaseAnswer, await remove(path, winner), 200);
  }
  parsed(answers.leaseAnswer, await post(path, loser, {}), 200);
  parsed(answers.leaseAnswer, await post(path, head, { breaks: '投诉人在窗口等候' }), 200);
  expect((await system.cases.history(number)).at(-1)).toMatchObject({
    type: 'noted',
    actor: { role: 'head' },
  });
  parsed(answers.leaseAnswer, await remove(path, head), 200);
});

test('staff stand by name, of the own unit, those below and those above, without phones', async () => {
  const { staff } = parsed(answers.staffList, await get('/desk/staff', officer), 200);
  expect(staff.map(({ id }) => id)).toEqual(expect.arrayContaining([officerId(), 'manager-330200-1']));
  const path = ['330200', station.slice(0, 6), station];
  expect(staff.filter(({ unit }) => !path.includes(unit))).toEqual([]);
  expect(Object.keys(staff[0] ?? {}).toSorted()).toEqual(['id', 'name', 'role', 'unit']);
  const all = parsed(answers.staffList, await get('/desk/staff', dispatcher), 200);
  expect(all.staff.length).toBeGreaterThan(staff.length);
  expect((await get('/desk/staff?unit=330200', officer)).status).toBe(403);
});

test('a list that is asked for again costs nothing until something is new', async () => {
  const [number = ''] = numbers;
  const first = await get('/desk/cases', officer);
  const etag = first.headers.get('etag') ?? '';
  const again = () =>
    system.api('GET', '/desk/cases', { token: officer, headers: { 'if-none-match': etag } });
  expect(await again()).toMatchObject({ status: 304, body: undefined });
  await step(system, head, number, 'note', { text: '请看一下', mention: colleagueId() });
  expect((await again()).status).toBe(200);
  const mine = parsed(answers.hintsAnswer, await get('/desk/hints', colleague), 200);
  expect(mine.hints.find(({ id }) => id === 'mentioned')?.numbers).toContain(number);
});

test('a list is narrowed down, page by page, and filters are kept for next time', async () => {
  const [number = ''] = numbers;
  await step(system, head, number, 'assign', { officer: officerId() });
  const mine = await listOf('officer=me&kind=complaint', officer);
  expect(mine.cases.map((one) => one.number)).toContain(number);
  expect((await listOf('officer=me', colleague)).cases.map((one) => one.number)).not.toContain(number);
  // From a day on: the place before its first case is none in the index.
  const manager = await system.token('manager', '330200', 'manager-330200-1');
  for (const [query, who] of [
    ['limit=100', head],
    ['limit=100&below=all', manager],
  ] as const) {
    const from = await listOf(`${query}&dueFrom=today`, who);
    expect(from.cases.map((one) => one.number)).toContain(number);
    expect((await listOf(`${query}&dueFrom=2098-01-01`, who)).cases).toEqual([]);
    expect(await listOf(`${query}&dueUntil=overdue`, who)).toMatchObject({ cases: [], looked: 0 });
  }
  const seen: string[] = [];
  let after = '';
  do {
    const page = await listOf(`limit=1&channel=web${after}`, head);
    seen.push(...page.cases.map((one) => one.number));
    after = page.next === null ? '' : `&after=${encodeURIComponent(page.next)}`;
  } while (after !== '');
  expect(seen).toEqual(expect.arrayContaining(numbers));
  expect(new Set(seen).size).toBe(seen.length);
  expect(await get('/desk/cases?after=x', head)).toMatchObject({
    status: 400,
    body: { errors: [{ field: 'after' }] },
  });

  const saved = { name: '明天到期', filter: { officer: 'me', dueUntil: 'tomorrow' }, version: 0 };
  const { filters } = parsed(answers.filterList, await post('/desk/filters', officer, saved), 200);
  parsed(answers.filterList, await post('/desk/filters', officer, saved), 200);
  expect((await post('/desk/filters', officer, { ...saved, name: '另一个' })).status).toBe(409);
  expect(parsed(answers.filterList, await get('/desk/filters', officer), 200).filters).toEqual(filters);
  const gone = await remove(`/desk/filters/${filters[0]?.id}?version=1`, officer);
  expect(parsed(answers.filterList, gone, 200).filters).toEqual([]);
});

test('an order on many cases: one conflict, the rest done; sent twice it is done once; undone it is as before', async () => {
  const cases = [];
  for (const number of numbers.slice(1)) cases.push({ number, version: await versionOf(number) });
  await step(system, officer, numbers[3] ?? '', 'note', { text: '已电话联系投诉人' });
  // The triage has put the officer of the area on them.
  const order = { action: 'assign', cases, sent: { officer: officerId() } };
  const done = parsed(answers.bulkAnswer, await post('/desk/bulk', head, order, 'order-0001'), 200);
  expect(done.results.map(({ result }) => result)).toEqual(['done', 'done', 'conflict']);
  expect(parsed(answers.bulkAnswer, await post('/desk/bulk', head, order, 'order-0001'), 200)).toEqual(done);
  expect((await post('/desk/bulk', head, order)).status).toBe(400);
  expect((await post(`/desk/bulk/${done.id}/undo`, officer, {})).status).toBe(404);

  const undo = async () =>
    parsed(answers.bulkAnswer, await post(`/desk/bulk/${done.id}/undo`, head, {}), 200);
  expect((await undo()).results.map(({ result }) => result)).toEqual(['undone', 'undone', 'nothing']);
  expect((await undo()).done).toBe(2);
  const history = await system.cases.history(numbers[1] ?? '');
  expect(history.slice(-2).map(({ type, facts }) => [type, facts.officer])).toEqual([
    ['assigned', officerId()],
    ['assigned', colleagueId()],
  ]);

  // What the hub hands out by a slip it calls back.
  const hub = (await fileComplaint(system, { ...COMPLAINT, business: { name: '没有登记的小店' } })).registered
    .number;
  const slip = {
    action: 'distribute',
    cases: [{ number: hub, version: await versionOf(hub) }],
    sent: { unit: station },
  };
  const out = parsed(answers.bulkAnswer, await post('/desk/bulk', dispatcher, slip, 'order-0002'), 200);
  expect(out.done).toBe(1);
  expect((await get(`/desk/cases/${hub}`, officer)).status).toBe(200);
  expect((await post(`/desk/bulk/${out.id}/undo`, dispatcher, {})).status).toBe(200);
  expect((await system.cases.case(hub))?.state).toBe('at-hub');
  expect((await get(`/desk/cases/${hub}`, officer)).status).toBe(404);
});

test('a search finds by number, phone, business and words; each hit by phone is a reading', async () => {
  const find = async (sent: object, token: string) =>
    parsed(answers.searchAnswer, await post('/desk/search', token, sent), 200);
  const found = async (sent: object, token: string) =>
    (await find(sent, token)).cases.map(({ number }) => number);
  const [number = ''] = numbers;
  expect(await found({ number: number.replaceAll('-', '').slice(0, -1) }, officer)).toContain(number);
  expect(await found({ phone: `+86${PERSONAL.phone}` }, officer)).toEqual(expect.arrayContaining(numbers));
  const auditor = await system.token('auditor', '330200', 'auditor-330200-1');
  const { reads } = parsed(readsAnswer, await get(`/desk/cases/${number}/reads`, auditor), 200);
  expect(reads).toMatchObject([{ staff: officerId(), reason: 'search' }]);
  expect((await post('/desk/search', auditor, { phone: PERSONAL.phone })).status).toBe(403);
  expect(await found({ business: COMPLAINT.business.name }, officer)).toEqual(
    expect.arrayContaining(numbers),
  );
  expect(await find({ words: '热水器 漏水' }, officer)).toMatchObject({ by: 'words', complete: true });
  expect(await found({ words: '热水器 漏水' }, dispatcher)).toEqual(expect.arrayContaining(numbers));
  expect(await post('/desk/search', officer, {})).toMatchObject({ status: 400 });
});

test('a report is found by nobody who may not see what it says, and never by its informer’s phone', async () => {
  const { registered } = await fileComplaint(system, {
    kind: 'report',
    text: '举报该店销售没有强制认证标志的插座。',
    complainant: { name: '示例举报人', phone: '13800005555' },
    business: COMPLAINT.business,
  });
  const { number } = registered;
  const { unitPath = [], officers = [] } = (await system.cases.case(number)) ?? {};
  const unit = unitPath.at(-1) ?? '';
  const outside = await system.token('officer', unit, 'officer-not-on-it');
  const found = async (sent: object, token: string) =>
    parsed(answers.searchAnswer, await post('/desk/search', token, sent), 200).cases;
  const manager = await system.token('manager', '330200', 'manager-330200-1');
  for (const token of [outside, dispatcher]) {
    expect(await found({ words: '强制认证 插座' }, token)).toEqual([]);
    expect((await found({ number }, token)).map(({ sealed, excerpt }) => [sealed, excerpt])).toEqual([
      [true, ''],
    ]);
  }
  expect(await found({ number }, await system.token('officer', '33028101'))).toEqual([]);
  expect((await found({ words: '强制认证 插座' }, manager)).map((one) => one.number)).toEqual([number]);
  for (const token of [outside, dispatcher, manager])
    expect(await found({ phone: '13800005555' }, token)).toEqual([]);
  for (const who of officers) {
    const list = await listOf(`unit=${unit}&officer=${who}&kind=report`, outside);
    expect(list.cases).toEqual([]);
  }
});

test('a head sees how the work lies, who is away, and what a surge would do', async () => {
  const load = async () =>
    parsed(answers.loadAnswer, await get('/desk/load?arrivals=8&perOfficer=4', head), 200);
  expect(await load()).toMatchObject({ unit: station, surge: { arrivals: 8, factor: 20 }, complete: true });
  const today = (await load()).today;
  const absences = [{ officer: officerId(), from: today, until: '2099-01-01', standIn: colleagueId() }];
  const saved = await post('/desk/absences', head, { absences, version: 0 });
  expect(parsed(answers.absenceList, saved, 200)).toMatchObject({ version: 1, absences });
  expect(parsed(answers.absenceList, await get('/desk/absences', head), 200).absences).toEqual(absences);
  const { handOver, officers } = await load();
  expect(officers.find(({ officer: id }) => id === officerId())?.absent).toBe(true);
  expect(handOver).toMatchObject([
    { officer: officerId(), moves: [{ number: numbers[0], to: colleagueId() }] },
  ]);
  expect((await get('/desk/load', officer)).status).toBe(403);
});

test('no log line names a person, a phone or what was looked for', () => {
  expect(system.logs.join('\n')).not.toMatch(/王小测|13800001234|13800005555|热水器|样例家电城|强制认证/);
});
