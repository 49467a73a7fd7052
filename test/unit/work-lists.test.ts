import { describe, expect, test } from 'vitest';
import { caseDetail, caseList, stepAnswer } from '../../events/answers.ts';
import { deskListQuery } from '../../events/desk-requests.ts';
import * as work from '../../events/desk-work.ts';
import * as answers from '../../events/desk-work-answers.ts';
import { act } from '../../functions/desk-api/act.ts';
import { doBulk, undoBulk } from '../../functions/desk-api/bulk.ts';
import { showCase } from '../../functions/desk-api/desk.ts';
import { deleteFilter, listFilters, saveFilter } from '../../functions/desk-api/filters.ts';
import { giveBack, takeLease } from '../../functions/desk-api/leases.ts';
import { listAbsences, saveAbsences, showLoad } from '../../functions/desk-api/load.ts';
import { search } from '../../functions/desk-api/search.ts';
import { listCases } from '../../functions/desk-api/work-list.ts';
import { parseBody } from '../../shared/http/parse.ts';
import type { Staff } from '../../shared/people/roles.ts';
import {
  bodyOf,
  follow,
  type House,
  house,
  IDENTITY,
  keep,
  MONDAY,
  problemOf,
  registered,
  registry,
  staff,
  stepsTo,
  tenOn,
} from './support.ts';

const STATION = '33020301';
const officer: Staff = { id: 'officer-a1', role: 'officer', unit: STATION };
const colleague = staff('officer', STATION);
const head = staff('head', STATION);
const stranger = staff('officer', '33021201');
const dispatcher = staff('dispatcher');
const manager = staff('manager');
const auditor = staff('auditor');

const list = async (query: object, who: Staff, deps: House) =>
  caseList.parse(await bodyOf(listCases(deskListQuery.parse(query), who, deps)));
const numbersOf = ({ cases }: { cases: { number: string }[] }) => cases.map(({ number }) => number);
const find = async (sent: object, who: Staff, deps: House) =>
  answers.searchAnswer.parse(await bodyOf(search(work.searchRequest.parse(sent), who, deps)));
const minutesLater = (minutes: number) => new Date(Date.parse(MONDAY) + minutes * 60_000).toISOString();

/** Three at the station: due on 18, 20 and 25 November; the second has an officer. */
async function station(): Promise<{ deps: House; numbers: [string, string, string] }> {
  const deps = house();
  const kept = [];
  for (const [draw, day] of [
    [1, '2026-11-09'],
    [2, '2026-11-11'],
    [3, '2026-11-16'],
  ] as const) {
    const at = tenOn(day);
    const more = draw === 2 ? [['assign', { officer: officer.id }] as const] : [];
    const steps = follow([registered(draw, at)], [['distribute', { unit: STATION }], ...more], at);
    kept.push((await keep(deps.cases, steps)).number);
  }
  return { deps, numbers: kept as [string, string, string] };
}

describe('a work list', () => {
  test('is narrowed down by officer, nobody, area, kind, channel, state and day', async () => {
    const { deps, numbers } = await station();
    const [one, two, three] = numbers;
    const only = async (query: object) => numbersOf(await list(query, officer, deps));
    expect(await only({})).toEqual([one, two, three]);
    expect(await only({ officer: 'me' })).toEqual([two]);
    expect(await only({ officer: officer.id })).toEqual([two]);
    expect(await only({ unassigned: 'yes' })).toEqual([one, three]);
    expect(await only({ kind: 'inquiry' })).toEqual([]);
    expect(await only({ channel: 'web', state: 'distributed' })).toEqual([one, two, three]);
    expect(await only({ state: 'accepted' })).toEqual([]);
    deps.clock.at = tenOn('2026-11-17');
    expect(await only({ dueFrom: 'tomorrow', dueUntil: 'tomorrow' })).toEqual([one]);
    expect(await only({ dueUntil: 'overdue' })).toEqual([]);
    expect(await only({ dueUntil: '2026-11-20' })).toEqual([one, two]);
    expect(await only({ dueFrom: '2026-11-19' })).toEqual([two, three]);
    deps.clock.at = tenOn('2026-11-19');
    expect(await only({ dueUntil: 'overdue' })).toEqual([one]);
    expect(await only({ dueUntil: 'today' })).toEqual([one]);
    expect(await only({ dueUntil: 'tomorrow' })).toEqual([one, two]);
  });

  test('of one area shows that area', async () => {
    const deps = house();
    const [one, two] = await Promise.all(
      ['A101', 'A102'].map((area, n) =>
        keep(deps.cases, follow([registered(n)], [['distribute', { unit: STATION, area }]])),
      ),
    );
    expect(numbersOf(await list({ area: 'A102' }, head, deps))).toEqual([two?.number]);
    expect(numbersOf(await list({}, head, deps))).toHaveLength(2);
    expect(one?.area).toBe('A101');
  });

  test('says how many were looked at, and stops after five hundred with a place to go on from', async () => {
    const deps = house();
    for (let draw = 0; draw < 520; draw += 1) await keep(deps.cases, stepsTo('distributed', draw));
    const last = follow([registered(900, tenOn('2026-11-18'))], ['distribute'], tenOn('2026-11-18'));
    const wanted = await keep(deps.cases, [
      ...last,
      ...follow(last, [['assign', { officer: officer.id }]], tenOn('2026-11-18')).slice(2),
    ]);
    const first = await list({ officer: 'me' }, officer, deps);
    expect(first).toMatchObject({ cases: [], looked: 500 });
    const second = await list({ officer: 'me', after: first.next ?? '' }, officer, deps);
    expect([numbersOf(second), second.looked, second.next]).toEqual([[wanted.number], 21, null]);
  });

  test('a place in a list holds no moment of receipt; one that is none is refused by name', async () => {
    const deps = house();
    for (const draw of [1, 2, 3]) await keep(deps.cases, stepsTo('distributed', draw, MONDAY, 'report'));
    const { next } = await list({ limit: 1 }, head, deps);
    expect(next).toMatch(/^2026-\d\d-\d\d~261116-\d{6}-\d$/);
    for (const after of ['x', '2026-11-25~261116-000009-9', '2026-13-01~261116-000001-0']) {
      const problem = await problemOf(() => list({ after }, head, deps));
      expect([problem.code, problem.errors[0]?.field]).toEqual(['bad-request', 'after']);
    }
  });

  test('a filter asks a sealed report nothing that its line does not show', async () => {
    const deps = house();
    const steps = follow(stepsTo('verified', 1, MONDAY, 'report'), [['assign', { officer: officer.id }]]);
    const report = await keep(deps.cases, steps);
    const complaint = await keep(deps.cases, stepsTo('distributed', 2));
    const only = async (query: object, who: Staff) => numbersOf(await list(query, who, deps));
    expect(await only({ state: 'verified' }, officer)).toEqual([report.number]);
    expect(await only({ officer: 'me' }, officer)).toEqual([report.number]);
    for (const query of [
      { state: 'verified' },
      { officer: officer.id },
      { area: 'A101', kind: 'report' },
      { unassigned: 'yes', kind: 'report' },
    ]) {
      expect(await only(query, colleague), JSON.stringify(query)).toEqual([]);
      expect(await only(query, dispatcher), JSON.stringify(query)).toEqual([]);
    }
    expect(await only({ kind: 'report' }, colleague)).toEqual([report.number]);
    // Within a day it comes last: its place would tell when it came in.
    expect(complaint.number).toBeDefined();
    const nobodys = await keep(deps.cases, stepsTo('distributed', 3, MONDAY, 'report'));
    expect(await only({ kind: 'report', unassigned: 'yes' }, head)).toEqual([nobodys.number]);
    expect(await only({ kind: 'report', unassigned: 'yes' }, auditor)).toEqual([]);
  });

  test('shows an administrator neither a case nor that there is one', async () => {
    const { deps } = await station();
    expect(await list({ limit: 1, below: 'all' }, staff('administrator'), deps)).toEqual({
      unit: '330200',
      cases: [],
      looked: 0,
      next: null,
    });
  });
});

describe('a search', () => {
  test('by number finds it with a slip in it, and not for whom it does not exist', async () => {
    const { deps, numbers } = await station();
    const [one] = numbers;
    expect(numbersOf(await find({ number: one }, officer, deps))).toEqual([one]);
    const slipped = one.replaceAll('-', '').replace(/^(\d{7})(\d)(\d)/, '$1$3$2');
    expect(numbersOf(await find({ number: slipped }, officer, deps))).toContain(one);
    expect(await find({ number: one }, stranger, deps)).toMatchObject({ cases: [], looked: 0, rcu: 0 });
    expect((await problemOf(() => find({ number: one }, staff('administrator'), deps))).code).toBe(
      'forbidden',
    );
  });

  test('by phone keeps each hit as a reading, and finds no informer', async () => {
    const { deps, numbers } = await station();
    await keep(deps.cases, stepsTo('distributed', 9, MONDAY, 'report'), IDENTITY);
    const elsewhere = await keep(deps.cases, follow([registered(8)], [['distribute', { unit: '33021201' }]]));
    const phone = `+86 ${IDENTITY.phone}`;
    expect(numbersOf(await find({ phone }, officer, deps)).toSorted()).toEqual([...numbers].toSorted());
    for (const number of numbers) {
      expect(await deps.identities.reads(number)).toMatchObject([{ staff: officer.id, reason: 'search' }]);
    }
    expect(await deps.identities.reads(elsewhere.number)).toEqual([]);
    expect(await find({ phone }, stranger, deps)).toMatchObject({ looked: 1 });
    expect((await find({ phone: '13800000009' }, manager, deps)).cases).toEqual([]);
    expect((await problemOf(() => find({ phone }, auditor, deps))).code).toBe('forbidden');
    expect(JSON.stringify(deps.logged)).not.toContain('138');
  });

  test('by business finds its complaints under any of its registered names', async () => {
    const deps = house();
    const { number } = await keep(
      deps.cases,
      follow([registered(1, MONDAY, { business: { name: '甲面馆' } })], ['distribute']),
    );
    for (const business of ['甲 面馆', '宁波示例甲餐饮有限公司', '甲小面']) {
      expect(numbersOf(await find({ business }, officer, deps)), business).toEqual([number]);
    }
    expect((await find({ business: '乙超市' }, officer, deps)).cases).toEqual([]);
    expect((await find({ business: '甲面馆' }, stranger, deps)).cases).toEqual([]);
  });

  test('by words looks through the open cases of the own unit, and never into a sealed report', async () => {
    const { deps } = await station();
    const told = (draw: number, text: string, kind?: 'report') =>
      keep(deps.cases, follow([registered(draw, MONDAY, { text, ...(kind && { kind }) })], ['distribute']));
    const complaint = await told(5, '热水器漏水，商家不退款');
    const report = await told(6, '热水器没有认证标志', 'report');
    const found = await find({ words: '热水器' }, officer, deps);
    expect(numbersOf(found)).toEqual([complaint.number]);
    expect(found).toMatchObject({
      by: 'words',
      looked: 5,
      rcu: 2,
      complete: true,
      stoppedAt: null,
      next: null,
    });
    expect(numbersOf(await find({ words: '热水器' }, manager, deps)).toSorted()).toEqual(
      [complaint.number, report.number].toSorted(),
    );
    expect((await find({ words: '热水器' }, manager, deps)).rcu).toBe(5);
    expect((await find({ words: '热水器 退款' }, officer, deps)).cases).toHaveLength(1);
    expect((await find({ words: '热水器' }, stranger, deps)).looked).toBe(0);
  });

  test('by words stops and says where; with `after` it goes on', async () => {
    const deps = house();
    for (let draw = 0; draw < 60; draw += 1) await keep(deps.cases, stepsTo('distributed', draw));
    const first = await find({ words: '面条' }, officer, deps);
    expect(first).toMatchObject({ looked: 50, complete: false, stoppedAt: '2026-11-25' });
    const second = await find({ words: '面条', after: first.next ?? '' }, officer, deps);
    expect([second.cases.length, second.complete]).toEqual([10, true]);
    expect(new Set([...numbersOf(first), ...numbersOf(second)]).size).toBe(60);
  });

  test.each([
    [{}, 'body'],
    [{ number: '1', phone: '13800000000' }, 'body'],
    [{ phone: '123' }, '/phone'],
    [{ words: '热' }, '/words'],
    [{ words: '  ' }, '/words'],
    [{ words: '热水器', unit: '33020301' }, '/unit'],
  ])('of %j is refused by field', async (sent, field) => {
    const event = { body: JSON.stringify(sent), headers: {} } as Parameters<typeof parseBody>[0];
    const problem = await problemOf(() => parseBody(event, work.searchRequest));
    expect(problem.errors.map((one) => one.field)).toContain(field);
    for (const { zh, en } of problem.errors)
      expect([/[一-鿿]/.test(zh), /[一-鿿]/.test(en)]).toEqual([true, false]);
  });
});

describe('a case that somebody works on', () => {
  const take = async (number: string, who: Staff, deps: House, sent: object = {}) =>
    answers.leaseAnswer.parse(await bodyOf(takeLease(number, work.leaseRequest.parse(sent), who, deps)));

  test('is his for five minutes: others are told who and until when, in the list and in the case', async () => {
    const { deps, numbers } = await station();
    const [one] = numbers;
    const { workingOn } = await take(one, officer, deps);
    expect(workingOn).toEqual({ staff: officer.id, until: minutesLater(5) });
    for (const refused of [
      () => takeLease(one, {}, colleague, deps),
      () => act(one, 'accept', {}, colleague, deps),
    ]) {
      const problem = await problemOf(refused);
      expect([problem.code, problem.errors[0]?.field]).toEqual(['conflict', 'lease']);
      expect(problem.errors[0]?.zh).toContain(`${officer.id}正在办理，至 10:05`);
    }
    expect((await list({}, head, deps)).cases[0]?.workingOn).toEqual(workingOn);
    expect(caseDetail.parse(await bodyOf(showCase(one, head, deps))).workingOn).toEqual(workingOn);
    const taken = stepAnswer.parse(await bodyOf(act(one, 'accept', {}, officer, deps)));
    expect(taken.workingOn).toEqual(workingOn);
    deps.clock.at = minutesLater(5);
    expect((await list({}, head, deps)).cases.map((found) => found.workingOn)).toEqual([null, null, null]);
    expect((await take(one, colleague, deps)).workingOn?.staff).toBe(colleague.id);
  });

  test('taken by two at once is one’s; a repeat renews; given back twice it is free', async () => {
    const { deps, numbers } = await station();
    const [one] = numbers;
    const both = await Promise.allSettled([take(one, officer, deps), take(one, colleague, deps)]);
    expect(both.map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'rejected']);
    const winner = both[0]?.status === 'fulfilled' ? officer : colleague;
    const loser = winner === officer ? colleague : officer;
    deps.clock.at = minutesLater(4);
    expect((await take(one, winner, deps)).workingOn?.until).toBe(minutesLater(9));
    // What another has nobody gives back.
    await giveBack(one, loser, deps);
    expect((await problemOf(() => take(one, loser, deps))).code).toBe('conflict');
    for (let time = 1; time <= 2; time += 1) {
      expect((await bodyOf(giveBack(one, winner, deps))).workingOn).toBeNull();
    }
    expect((await take(one, loser, deps)).workingOn?.staff).toBe(loser.id);
  });

  test('a step that began before somebody took it is kept from being written after', async () => {
    const { deps, numbers } = await station();
    const [one] = numbers;
    const late: House = {
      ...deps,
      cases: {
        ...deps.cases,
        // Between the look at the lease and the commit a colleague takes the case.
        commit: async (wanted) => {
          await takeLease(one, {}, colleague, deps);
          return deps.cases.commit(wanted);
        },
      },
    };
    const problem = await problemOf(() => act(one, 'accept', {}, officer, late));
    expect([problem.code, problem.errors[0]?.field]).toEqual(['conflict', 'lease']);
    expect((await deps.cases.case(one))?.state).toBe('distributed');
  });

  test('nothing is joined to a lead that somebody else works on', async () => {
    const { deps, numbers } = await station();
    const [lead, other] = numbers;
    await take(lead, officer, deps);
    const together = { lead, sameMatter: true };
    const problem = await problemOf(() => act(other, 'join', together, colleague, deps));
    expect([problem.code, problem.errors[0]?.field]).toEqual(['conflict', 'lease']);
    expect((await deps.cases.case(other))?.state).toBe('distributed');
    expect((await bodyOf(act(other, 'join', together, officer, deps))).state.code).toBe('joined');
  });

  test('is taken over by a head who says why; the history keeps it', async () => {
    const { deps, numbers } = await station();
    const [one] = numbers;
    await take(one, officer, deps);
    expect((await problemOf(() => take(one, colleague, deps, { breaks: '急' }))).code).toBe('forbidden');
    expect((await problemOf(() => take(one, head, deps))).code).toBe('conflict');
    await take(one, head, deps, { breaks: '投诉人在现场等候' });
    expect((await deps.cases.history(one)).at(-1)).toMatchObject({
      type: 'noted',
      actor: { id: head.id },
      words: { text: expect.stringContaining('投诉人在现场等候') },
    });
    expect((await problemOf(() => act(one, 'accept', {}, officer, deps))).code).toBe('conflict');
    // Nobody works on it: there is nothing to break, and nothing to write down.
    await giveBack(one, head, deps);
    const { version } = (await deps.cases.case(one)) ?? {};
    await take(one, head, deps, { breaks: '再看一下' });
    expect((await deps.cases.case(one))?.version).toBe(version);
  });

  test('handed to a unit it is given back in the same step', async () => {
    const deps = house();
    const { number } = await keep(deps.cases, stepsTo('at-hub', 1));
    await take(number, dispatcher, deps);
    await act(number, 'distribute', { unit: STATION }, dispatcher, deps);
    expect((await bodyOf(act(number, 'accept', {}, officer, deps))).state.code).toBe('accepted');
  });

  test('a sealed report does not say who works on it; nobody takes what he may not work on', async () => {
    const deps = house();
    const steps = follow(stepsTo('distributed', 1, MONDAY, 'report'), [['assign', { officer: officer.id }]]);
    const { number } = await keep(deps.cases, steps);
    await take(number, officer, deps);
    expect((await list({}, head, deps)).cases[0]?.workingOn).toBeNull();
    expect((await bodyOf(showCase(number, head, deps))).workingOn).toBeNull();
    const problem = await problemOf(() => act(number, 'assign', { officer: colleague.id }, head, deps));
    expect(JSON.stringify(problem.errors)).not.toContain(officer.id);
    for (const who of [head, colleague, auditor]) {
      expect((await problemOf(() => take(number, who, deps))).code, who.id).toBe('forbidden');
    }
    expect((await problemOf(() => take(number, stranger, deps))).code).toBe('not-found');
  });
});

describe('many cases at once', () => {
  const order = async (sent: object, who: Staff, deps: House, key = 'order-0001') =>
    answers.bulkAnswer.parse(await bodyOf(doBulk(work.bulkRequest.parse(sent), key, who, deps)));
  const undo = async (id: string, who: Staff, deps: House) =>
    answers.bulkAnswer.parse(await bodyOf(undoBulk(id, who, deps)));
  const resultsOf = ({ results }: { results: { result: string }[] }) => results.map(({ result }) => result);
  const at = async (numbers: readonly string[], deps: House) =>
    Promise.all(
      numbers.map(async (number) => ({ number, version: (await deps.cases.case(number))?.version ?? 0 })),
    );

  test('each is told for itself; a repeat does nothing twice; undone it is as it was, and the history says both', async () => {
    const { deps, numbers } = await station();
    const elsewhere = await keep(deps.cases, follow([registered(8)], [['distribute', { unit: '33021201' }]]));
    const cases = [...(await at(numbers, deps)), { number: elsewhere.number, version: 2 }];
    // Somebody is faster with the third.
    await act(numbers[2], 'note', { text: '已电话联系' }, colleague, deps);
    const sent = { action: 'assign', cases, sent: { officer: colleague.id } };
    const done = await order(sent, head, deps);
    expect([done.done, resultsOf(done)]).toEqual([2, ['done', 'done', 'conflict', 'not-found']]);
    expect(await order(sent, head, deps)).toEqual(done);
    expect((await deps.cases.case(numbers[0]))?.officers).toEqual([colleague.id]);

    // The second goes on: what was done since stays.
    await act(numbers[1], 'accept', {}, colleague, deps);
    expect((await problemOf(() => undo(done.id, manager, deps))).code).toBe('not-found');
    const undone = await undo(done.id, head, deps);
    expect(resultsOf(undone)).toEqual(['undone', 'conflict', 'nothing', 'not-found']);
    expect((await undo(done.id, head, deps)).results).toEqual(undone.results);
    expect((await deps.cases.case(numbers[0]))?.officers).toEqual([]);
    expect((await deps.cases.history(numbers[0])).map(({ type }) => type)).toEqual([
      'registered',
      'distributed',
      'assigned',
      'unassigned',
    ]);
    // Asked again after the undoing, the order was done all the same.
    expect(resultsOf(await order(sent, head, deps)).slice(0, 2)).toEqual(['done', 'done']);
  });

  test('who had it before has it again', async () => {
    const { deps, numbers } = await station();
    const cases = await at([numbers[1]], deps);
    const { id } = await order({ action: 'assign', cases, sent: { officer: colleague.id } }, head, deps);
    expect((await undo(id, head, deps)).done).toBe(1);
    expect((await deps.cases.case(numbers[1]))?.officers).toEqual([officer.id]);
  });

  test('handed out from the hub and called back, it lies at the hub with its old day', async () => {
    const deps = house();
    const hub = await keep(deps.cases, stepsTo('at-hub', 1));
    const report = await keep(deps.cases, stepsTo('at-hub', 2, MONDAY, 'report'));
    const below = await keep(deps.cases, stepsTo('distributed', 3));
    const cases = await at([hub.number, report.number, below.number], deps);
    const done = await order({ action: 'distribute', cases, sent: { unit: STATION } }, dispatcher, deps);
    expect(resultsOf(done)).toEqual(['done', 'done', 'refused']);
    const undone = await undo(done.id, dispatcher, deps);
    // A report that was handed out is sealed from the hub: the unit returns it.
    expect(resultsOf(undone)).toEqual(['undone', 'not-allowed', 'nothing']);
    const back = await deps.cases.case(hub.number);
    expect(back).toMatchObject({ state: 'at-hub', unitPath: ['330200'], hubReason: 'recalled' });
    const [line] = (await list({ state: 'at-hub' }, dispatcher, deps)).cases;
    expect(line).toMatchObject({ number: hub.number, hubReason: { code: 'recalled', zh: '撤回分送' } });
  });

  test('leaves alone what somebody works on, and what this person may not do', async () => {
    const { deps, numbers } = await station();
    await takeLease(numbers[0], {}, officer, deps);
    const cases = await at(numbers.slice(0, 2), deps);
    const sent = { action: 'assign', cases, sent: { officer: colleague.id } };
    const [held, free] = (await order(sent, head, deps)).results;
    expect([held?.result, free?.result]).toEqual(['conflict', 'done']);
    expect(held?.why?.zh).toContain(officer.id);
    expect(resultsOf(await order(sent, officer, deps))).toEqual(['not-allowed', 'not-allowed']);
    const nobody = { ...sent, cases: await at([numbers[2]], deps), sent: { officer: 'somebody' } };
    expect((await order(nobody, head, deps, 'order-0002')).results[0]).toMatchObject({
      result: 'refused',
      why: { zh: '不是承办单位的人员' },
    });
  });

  test('after ten minutes each is taken back by itself; a key stands for one order', async () => {
    const { deps, numbers } = await station();
    const sent = { action: 'assign', cases: await at([numbers[0]], deps), sent: { officer: colleague.id } };
    const { id } = await order(sent, head, deps);
    const other = { ...sent, sent: { officer: officer.id } };
    expect((await problemOf(() => order(other, head, deps))).code).toBe('key-reused');
    deps.clock.at = minutesLater(11);
    expect((await problemOf(() => undo(id, head, deps))).code).toBe('conflict');
    expect((await bodyOf(act(numbers[0], 'unassign', {}, head, deps))).officers).toEqual([]);
  });

  test.each([
    [{ action: 'close', cases: [{ number: '261116-000001-0', version: 1 }], sent: {} }, '/action'],
    [{ action: 'assign', cases: [], sent: { officer: 'x' } }, '/cases'],
    [{ action: 'assign', cases: [{ number: '1', version: 1 }], sent: { officer: 'x' } }, '/cases/0/number'],
    [{ action: 'assign', cases: [], sent: {} }, '/sent/officer'],
  ])('%j is refused by field, in both languages', async (sent, field) => {
    const event = { body: JSON.stringify(sent), headers: {} } as Parameters<typeof parseBody>[0];
    const problem = await problemOf(() => parseBody(event, work.bulkRequest));
    expect(problem.errors.map((one) => one.field)).toContain(field);
    for (const { zh, en } of problem.errors)
      expect([/[一-鿿]/.test(zh), /[一-鿿]/.test(en)]).toEqual([true, false]);
  });
});

describe('saved filters', () => {
  const save = async (name: string, version: number, deps: House, filter: object = { officer: 'me' }) =>
    answers.filterList.parse(
      await bodyOf(saveFilter(work.filterRequest.parse({ name, filter, version }), officer, deps)),
    );

  test('are a person’s own, replaced by name, thirty at the most, and changed in one window at a time', async () => {
    const deps = house();
    expect(await bodyOf(listFilters(officer, deps))).toEqual({ version: 0, filters: [] });
    await save('今天到期', 0, deps, { dueUntil: 'today' });
    // Sent again because the answer was lost.
    await save('今天到期', 0, deps, { dueUntil: 'today' });
    expect((await problemOf(() => save('别的', 0, deps))).code).toBe('conflict');
    const { filters } = await save('今天到期', 1, deps, { dueUntil: 'tomorrow' });
    expect(filters).toMatchObject([{ name: '今天到期', filter: { dueUntil: 'tomorrow' } }]);
    expect((await bodyOf(listFilters(colleague, deps))).filters).toEqual([]);
    for (let n = 1; n < 30; n += 1) await save(`筛选${n}`, n + 1, deps);
    const problem = await problemOf(() => save('第三十一个', 31, deps));
    expect([problem.code, problem.errors[0]?.field]).toEqual(['bad-request', '/name']);
    const gone = await bodyOf(deleteFilter(filters[0]?.id ?? '', 31, officer, deps));
    expect([gone.version, gone.filters.length]).toEqual([32, 29]);
  });
});

describe('the load', () => {
  const show = async (query: object, who: Staff, deps: House) =>
    answers.loadAnswer.parse(await bodyOf(showLoad(work.loadQuery.parse(query), who, deps)));
  const away = (absences: object[], version: number, who: Staff, deps: House) =>
    saveAbsences(work.absenceRequest.parse({ absences, version }), who, deps);

  test('is weighed for a head, with what could be moved, what is due and what a surge would do', async () => {
    const { deps, numbers } = await station();
    deps.clock.at = tenOn('2026-11-17');
    for (const number of [numbers[0], numbers[2]])
      await act(number, 'assign', { officer: officer.id }, head, deps);
    await keep(deps.cases, stepsTo('distributed', 9, MONDAY, 'report'));
    const load = await show({ arrivals: 8, perOfficer: 4 }, head, deps);
    expect(load.officers.find((one) => one.officer === officer.id)).toMatchObject({
      cases: 3,
      weight: 8 + 5 + 3,
      dueTomorrow: 1,
      absent: false,
    });
    expect(load).toMatchObject({ dueTomorrow: 1, sealed: { cases: 1 }, looked: 4, complete: true });
    expect(load.rebalance.moves).toEqual([
      expect.objectContaining({ number: numbers[0], from: officer.id, version: 3 }),
    ]);
    expect(load.surge).toMatchObject({ arrivals: 8, factor: 20, limitDays: 7, breaksOn: 7 });

    // A proposal is an order as it stands.
    const [{ number, version, to } = { number: '', version: 0, to: '' }] = load.rebalance.moves;
    const ordered = { action: 'assign', cases: [{ number, version }], sent: { officer: to } };
    const done = await bodyOf(doBulk(work.bulkRequest.parse(ordered), 'order-0001', head, deps));
    expect(done.done).toBe(1);
    expect((await show({}, head, deps)).rebalance.moves).toEqual([]);
  });

  test('of who is away is handed to the stand-in; what is past is dropped', async () => {
    const { deps, numbers } = await station();
    const absence = { officer: officer.id, from: '2026-11-16', until: '2026-11-20', standIn: colleague.id };
    const past = { officer: head.id, from: '2026-11-02', until: '2026-11-13' };
    await away([absence, past], 0, head, deps);
    // Sent again because the answer was lost; then by somebody who has not seen it.
    expect((await bodyOf(away([absence, past], 0, head, deps))).version).toBe(1);
    expect((await problemOf(() => away([], 0, officer, deps))).code).toBe('forbidden');
    expect((await problemOf(() => away([], 0, head, deps))).code).toBe('conflict');
    expect(answers.absenceList.parse(await bodyOf(listAbsences(STATION, manager, deps))).absences).toEqual([
      absence,
    ]);
    const { handOver } = await show({}, head, deps);
    expect(handOver).toMatchObject([
      { officer: officer.id, standIn: colleague.id, moves: [{ number: numbers[1], to: colleague.id }] },
    ]);
    const stranger1 = { officer: 'officer-33021201', from: '2026-11-16', until: '2026-11-20' };
    expect((await problemOf(() => away([stranger1], 1, head, deps))).errors[0]?.field).toBe(
      '/absences/0/officer',
    );
  });

  test('is shown to heads and managers, of their own unit and below', async () => {
    const { deps } = await station();
    expect((await show({ unit: STATION }, manager, deps)).unit).toBe(STATION);
    for (const who of [officer, dispatcher, auditor]) {
      expect((await problemOf(() => show({ unit: STATION }, who, deps))).code, who.id).toBe('forbidden');
    }
    expect((await problemOf(() => show({ unit: '33021201' }, head, deps))).code).toBe('forbidden');
    expect(registry.units.length).toBeGreaterThan(1);
  });
});
