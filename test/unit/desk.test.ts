import { describe, expect, test } from 'vitest';
import { caseDetail, caseList, caseSummary } from '../../events/answers.ts';
import { type DeskAction, deskListQuery, deskRequests } from '../../events/desk-requests.ts';
import { act } from '../../functions/desk-api/act.ts';
import { type DeskDependencies, listCases, showCase } from '../../functions/desk-api/desk.ts';
import type { CaseNumber } from '../../shared/case/case-number.ts';
import type { Staff } from '../../shared/people/roles.ts';
import type { CaseStore } from '../../shared/store/case-store.ts';
import { createMemoryCaseStore } from '../../shared/store/memory-case-store.ts';
import {
  bodyOf,
  COUNTY_A,
  calendar,
  keep,
  MONDAY,
  problemOf,
  registryOf,
  STATION_A1,
  STATION_B1,
  staff,
  stepsTo,
} from './support.ts';

const officer = staff('officer', '33020301');
const otherOfficer = staff('officer', '33020302');
const countyOfficer = staff('officer', COUNTY_A);
const dispatcher = staff('dispatcher');
const manager = staff('manager');

function desk(cases: CaseStore = createMemoryCaseStore()): DeskDependencies & { read: string[] } {
  const read: string[] = [];
  return {
    cases,
    registry: registryOf(),
    calendar,
    now: () => new Date(MONDAY),
    log: (code, { staff: who, number }) => {
      if (code === 'identity-read') read.push(`${who} ${number}`);
    },
    read,
  };
}
const list = (query: object, who: Staff, deps: DeskDependencies) =>
  listCases(deskListQuery.parse(query), who, deps);
const take = (number: CaseNumber, action: DeskAction, request: object, who: Staff, deps: DeskDependencies) =>
  act(number, action, deskRequests[action].parse(request), who, deps);

describe('the list', () => {
  test('shows the unit’s open cases, the next legal date first, with what this person may do', async () => {
    const deps = desk();
    const later = await keep(deps.cases, stepsTo('distributed', 1, '2026-11-18T02:00:00.000Z'));
    const sooner = await keep(deps.cases, stepsTo('distributed', 2));
    await keep(deps.cases, stepsTo('settled', 3));
    const body = caseList.parse(await bodyOf(list({}, officer, deps)));
    expect(body.cases.map(({ number }) => number)).toEqual([sooner.number, later.number]);
    expect(body.cases[0]?.actions.sort()).toEqual(['accept', 'refuse', 'return']);
    expect(body).toMatchObject({ unit: '33020301', next: null });
  });

  test('has no name and no phone of the complainant', async () => {
    const deps = desk();
    await keep(deps.cases, stepsTo('distributed'));
    expect(JSON.stringify(await list({}, officer, deps))).not.toMatch(/某甲|13800000000|secretHash/);
  });

  test('is shortened to 80 characters of the words, never through the middle of one', async () => {
    const deps = desk();
    const [first, second] = stepsTo('distributed');
    if (first === undefined || second === undefined) throw new Error('two steps');
    const text = `${'字'.repeat(79)}𠮷𠮷`;
    for (const step of [first, second])
      step.after = { ...step.after, complaint: { ...step.after.complaint, text } };
    await keep(deps.cases, [first, second]);
    const body = await bodyOf(list({}, officer, deps));
    expect(body.cases[0].excerpt).toBe(`${'字'.repeat(79)}𠮷`);
  });

  test('comes in pages', async () => {
    const deps = desk();
    for (const draw of [1, 2, 3]) await keep(deps.cases, stepsTo('distributed', draw));
    const first = await bodyOf(list({ limit: '2' }, officer, deps));
    const second = await bodyOf(list({ limit: '2', after: first.next }, officer, deps));
    expect([first.cases.length, second.cases.length, second.next]).toEqual([2, 1, null]);
  });

  test('of a unit below is open to those above, of others to nobody', async () => {
    const deps = desk();
    for (const [who, unit] of [
      [manager, '33020301'],
      [countyOfficer, '33020301'],
      [dispatcher, '330200'],
    ] as const) {
      expect((await list({ unit }, who, deps)).status).toBe(200);
    }
    for (const [who, unit] of [
      [officer, '33020302'],
      [officer, COUNTY_A],
      [officer, '330200'],
      [countyOfficer, '33021201'],
      [manager, '99999999'],
    ] as const) {
      expect((await problemOf(() => list({ unit }, who, deps))).code, unit).toBe('forbidden');
    }
  });
});

describe('one case', () => {
  test('is shown with words, complainant, clocks and history; the look at the name is recorded', async () => {
    const deps = desk();
    const { number } = await keep(deps.cases, stepsTo('refused'));
    const body = caseDetail.parse(await bodyOf(showCase(number, officer, deps)));
    expect(body).toMatchObject({
      complainant: { name: '某甲', phone: '13800000000' },
      ground: { code: 'art16-1' },
      state: { code: 'refused', final: true },
    });
    expect(body.history.map(({ type }) => type)).toEqual(['registered', 'distributed', 'refused']);
    expect(deps.read).toEqual([`${officer.id} ${number}`]);
    expect(JSON.stringify(body)).not.toContain('secretHash');
  });

  test.each([
    ['the officer of another station', otherOfficer],
    ['the officer of another county', staff('officer', '330212')],
    ['staff of another city', staff('manager', '110100')],
  ])('does not exist for %s, and nothing is recorded', async (_, who) => {
    const deps = desk();
    const { number } = await keep(deps.cases, stepsTo('distributed'));
    const hidden = await problemOf(() => showCase(number, who, deps));
    const missing = await problemOf(() => showCase('261116-999999-9', who, deps));
    expect([hidden.code, hidden.errors]).toEqual([missing.code, missing.errors]);
    expect(hidden.code).toBe('not-found');
    expect(deps.read).toEqual([]);
  });

  test('at the hub is not open to stations', async () => {
    const deps = desk();
    const { number } = await keep(deps.cases, stepsTo('at-hub'));
    expect((await problemOf(() => showCase(number, officer, deps))).code).toBe('not-found');
    expect((await showCase(number, dispatcher, deps)).status).toBe(200);
  });
});

describe('a step', () => {
  test('is taken, kept and shown with what comes next', async () => {
    const deps = desk();
    const { number } = await keep(deps.cases, stepsTo('distributed'));
    const body = caseSummary.parse(await bodyOf(take(number, 'accept', { version: 2 }, officer, deps)));
    expect(body).toMatchObject({
      version: 3,
      state: { code: 'accepted' },
      nextLegalDate: { clock: 'mediate' },
    });
    expect((await deps.cases.history(number)).at(-1)).toMatchObject({
      type: 'accepted',
      actor: { role: 'officer', id: officer.id },
    });
  });

  const REQUESTS: Record<DeskAction, [from: Parameters<typeof stepsTo>[0], request: object, who: Staff]> = {
    distribute: ['at-hub', { station: '33020302' }, dispatcher],
    return: ['distributed', { reason: 'not-competent' }, officer],
    accept: ['distributed', {}, officer],
    refuse: ['distributed', { ground: 'art16-3', note: '理由' }, officer],
    settle: ['accepted', { agreedFen: 100 }, officer],
    terminate: ['accepted', { ground: 'art23-8' }, officer],
  };
  const ACTIONS = Object.keys(REQUESTS) as DeskAction[];

  test.each(ACTIONS)(
    '%s: the right person succeeds, every other is refused before the case is looked at',
    async (action) => {
      const [from, request, who] = REQUESTS[action];
      const everybody = [officer, dispatcher, manager, countyOfficer];
      for (const other of everybody.filter(({ role }) => role !== who.role)) {
        const deps = desk();
        const before = await keep(deps.cases, stepsTo(from));
        expect((await problemOf(() => take(before.number, action, request, other, deps))).code).toBe(
          'forbidden',
        );
        expect((await problemOf(() => take('261116-999999-9', action, request, other, deps))).code).toBe(
          'forbidden',
        );
        expect((await deps.cases.case(before.number))?.version).toBe(before.version);
      }
      const deps = desk();
      const { number } = await keep(deps.cases, stepsTo(from));
      expect((await take(number, action, request, who, deps)).status).toBe(200);
    },
  );

  test.each(ACTIONS)('%s in a state that does not allow it is a conflict', async (action) => {
    const [from, request, who] = REQUESTS[action];
    const deps = desk();
    const { number } = await keep(deps.cases, stepsTo(from));
    await take(number, action, request, who, deps);
    const again = await problemOf(() => take(number, action, request, who, deps));
    // A case handed back, or on, is no longer this officer's to see.
    expect(again.code).toBe(action === 'return' ? 'not-found' : 'conflict');
  });

  test('on an old version is a conflict that says where the case stands now', async () => {
    const deps = desk();
    const { number } = await keep(deps.cases, stepsTo('accepted'));
    const problem = await problemOf(() =>
      take(number, 'settle', { version: 2, agreedFen: 1 }, officer, deps),
    );
    expect([problem.code, problem.errors[0]?.field]).toEqual(['conflict', 'version']);
    expect(problem.errors[0]?.en).toContain('version 3');
    expect((await deps.cases.case(number))?.state).toBe('accepted');
  });

  test('of two officers at the same moment one wins and the other is told', async () => {
    const deps = desk();
    const { number } = await keep(deps.cases, stepsTo('distributed'));
    const both = await Promise.allSettled([
      take(number, 'accept', { version: 2 }, officer, deps),
      take(number, 'refuse', { version: 2, ground: 'art16-1' }, officer, deps),
    ]);
    expect(both.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
    expect(both.find(({ status }) => status === 'rejected')).toMatchObject({ reason: { code: 'conflict' } });
    expect(await deps.cases.history(number)).toHaveLength(3);
  });

  test('by an officer of another station: there is no such case', async () => {
    const deps = desk();
    const { number } = await keep(deps.cases, stepsTo('distributed'));
    expect((await problemOf(() => take(number, 'accept', {}, otherOfficer, deps))).code).toBe('not-found');
  });
});

describe('the dispatcher', () => {
  test('hands a case to a station; its only area comes along', async () => {
    const deps = desk();
    const { number } = await keep(deps.cases, stepsTo('at-hub'));
    await take(number, 'distribute', { station: '33020301' }, dispatcher, deps);
    expect(await deps.cases.case(number)).toMatchObject({
      unitPath: STATION_A1,
      area: 'A101',
      state: 'distributed',
    });
    expect((await deps.cases.case(number))?.hubReason).toBeUndefined();
  });

  test('of a station with several areas leaves the area open', async () => {
    const deps = desk();
    const { number } = await keep(deps.cases, stepsTo('at-hub'));
    await take(number, 'distribute', { station: STATION_B1[2] }, dispatcher, deps);
    expect((await deps.cases.case(number))?.area).toBeUndefined();
  });

  test.each(['99999999', '33020399'])('is told when there is no station %s', async (station) => {
    const deps = desk();
    const { number } = await keep(deps.cases, stepsTo('at-hub'));
    const problem = await problemOf(() => take(number, 'distribute', { station }, dispatcher, deps));
    expect([problem.code, problem.errors[0]?.field]).toEqual(['bad-request', '/station']);
    expect((await deps.cases.case(number))?.state).toBe('at-hub');
  });
});
