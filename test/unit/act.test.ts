import { describe, expect, test } from 'vitest';
import { caseSummary } from '../../events/answers.ts';
import { deskRequests } from '../../events/desk-requests.ts';
import { act } from '../../functions/desk-api/act.ts';
import type { Action } from '../../shared/case/actions.ts';
import type { Case } from '../../shared/case/case.ts';
import type { CaseNumber } from '../../shared/case/case-number.ts';
import { verifyChain } from '../../shared/case/chain.ts';
import type { Staff } from '../../shared/people/roles.ts';
import {
  bodyOf,
  follow,
  type House,
  house,
  IDENTITY,
  keep,
  MONDAY,
  plain,
  problemOf,
  registered,
  SENT,
  STATION_A1,
  staff,
  stepsTo,
  tenOn,
} from './support.ts';

const officer = staff('officer', '33020301');
const head = staff('head', '33020301');
const dispatcher = staff('dispatcher');
const manager = staff('manager');

/** What the desk sends with an action: the usual, without what our own code adds. */
function sentWith(action: Action, changes: object): Record<string, unknown> {
  const { area: _, basis, ...sent } = { ...SENT[action], ...changes } as Record<string, unknown>;
  return action === 'distribute' ? sent : { ...sent, ...(basis === undefined ? {} : { basis }) };
}
/** As a page does it: with the version that the person looked at. */
async function take(number: CaseNumber, action: Action, who: Staff, deps: House, changes: object = {}) {
  const version = (await deps.cases.case(number))?.version;
  const request = deskRequests[action]?.parse(sentWith(action, { version, ...changes }));
  return act(number, action, request as Record<string, unknown>, who, deps);
}

const eventsOf = async (number: CaseNumber, { cases }: House) => cases.history(number);
const typesOf = async (number: CaseNumber, deps: House) =>
  (await eventsOf(number, deps)).map(({ type }) => type);
const caseOf = async (number: CaseNumber, { cases }: House) => (await cases.case(number)) as Case;
const reportsIn = async ({ cases }: House) =>
  (await Array.fromAsync(cases.allCases())).filter(({ kind }) => kind === 'report');

describe('a step', () => {
  test('is taken, kept and answered with what comes next', async () => {
    const deps = house();
    const { number } = await keep(deps.cases, stepsTo('distributed'));
    const { opened, ...body } = await bodyOf(take(number, 'accept', officer, deps, { version: 2 }));
    expect(caseSummary.parse(body)).toMatchObject({
      version: 3,
      state: { code: 'accepted' },
      nextLegalDate: { clock: 'accept', due: '2026-11-25' },
    });
    expect(opened).toBeNull();
    expect((await eventsOf(number, deps)).at(-1)).toMatchObject({
      type: 'accepted',
      actor: { role: 'officer', id: officer.id },
    });
  });

  test('that the state does not allow is a conflict that says where the case stands', async () => {
    const deps = house();
    const { number } = await keep(deps.cases, stepsTo('accepted'));
    const problem = await problemOf(() => take(number, 'accept', officer, deps));
    expect([problem.code, problem.errors[0]?.field]).toEqual(['conflict', 'version']);
    expect(problem.errors[0]?.en).toContain('version 3');
  });

  test('on an old version is a conflict and changes nothing', async () => {
    const deps = house();
    const { number } = await keep(deps.cases, stepsTo('accepted'));
    expect((await problemOf(() => take(number, 'settle', officer, deps, { version: 2 }))).code).toBe(
      'conflict',
    );
    expect((await caseOf(number, deps)).version).toBe(3);
  });

  test('of two officers at the same moment one wins and the other is told', async () => {
    const deps = house();
    const { number } = await keep(deps.cases, stepsTo('distributed'));
    const both = await Promise.allSettled([
      take(number, 'accept', officer, deps),
      take(number, 'refuse', officer, deps),
    ]);
    expect(both.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
    expect(both.find(({ status }) => status === 'rejected')).toMatchObject({ reason: { code: 'conflict' } });
    expect(await eventsOf(number, deps)).toHaveLength(3);
  });

  test('that a guard refuses names every field in both languages', async () => {
    const deps = house();
    const { number } = await keep(deps.cases, stepsTo('accepted'));
    const problem = await problemOf(() =>
      take(number, 'start-mediation', officer, deps, { mode: 'on-site', businessConsents: false }),
    );
    expect(problem.code).toBe('bad-request');
    expect(problem.errors.map(({ field }) => field)).toEqual([
      '/businessConsents',
      '/meetsAt',
      '/place',
      '/mediators',
    ]);
  });

  test('that is open to others only is forbidden: an officer does not withdraw for the consumer', async () => {
    const deps = house();
    const { number } = await keep(deps.cases, stepsTo('mediating'));
    expect((await problemOf(() => take(number, 'withdraw', officer, deps))).code).toBe('forbidden');
    expect((await caseOf(number, deps)).withdrawalAsked).toBeUndefined();
  });

  test('logs the case and the step, no word of it', async () => {
    const deps = house();
    const { number } = await keep(deps.cases, stepsTo('distributed'));
    await take(number, 'refuse', officer, deps);
    expect(deps.logged).toEqual([
      { code: 'step-taken', facts: { staff: officer.id, number, action: 'refuse' } },
    ]);
  });
});

describe('handing out', () => {
  test('a station with one area: its officer is on the case at once', async () => {
    const deps = house();
    const { number } = await keep(deps.cases, stepsTo('at-hub'));
    await take(number, 'distribute', dispatcher, deps);
    expect(await caseOf(number, deps)).toMatchObject({
      unitPath: STATION_A1,
      area: 'A101',
      officers: ['officer-A101'],
      state: 'distributed',
    });
    expect((await caseOf(number, deps)).hubReason).toBeUndefined();
  });

  test('a station with several areas decides itself who handles it', async () => {
    const deps = house();
    const { number } = await keep(deps.cases, stepsTo('at-hub'));
    await take(number, 'distribute', dispatcher, deps, { unit: '33021201' });
    expect(await caseOf(number, deps)).toMatchObject({ officers: [], state: 'distributed' });
    expect((await caseOf(number, deps)).area).toBeUndefined();
  });

  test.each(['99999999', '33020399'])('there is no unit %s', async (unit) => {
    const deps = house();
    const { number } = await keep(deps.cases, stepsTo('at-hub'));
    const problem = await problemOf(() => take(number, 'distribute', dispatcher, deps, { unit }));
    expect([problem.code, problem.errors[0]?.field]).toEqual(['bad-request', '/unit']);
    expect((await caseOf(number, deps)).state).toBe('at-hub');
  });

  test('a case that lies with a station is not moved sideways, not even by the dispatcher (Art. 41)', async () => {
    const deps = house();
    const { number } = await keep(deps.cases, stepsTo('distributed'));
    const problem = await problemOf(() => take(number, 'distribute', dispatcher, deps, { unit: '33020302' }));
    expect([problem.code, problem.errors[0]?.field]).toEqual(['bad-request', '/unit']);
  });

  test('handed back it is the hub’s, and the officer who did it no longer sees it', async () => {
    const deps = house();
    const { number } = await keep(deps.cases, stepsTo('distributed'));
    await take(number, 'return', officer, deps);
    expect(await caseOf(number, deps)).toMatchObject({ unitPath: ['330200'], hubReason: 'not-competent' });
    expect((await problemOf(() => take(number, 'accept', officer, deps))).code).toBe('not-found');
  });
});

describe('where the bureau wants a second pair of eyes', () => {
  const wanting = () => house({ secondPairOfEyes: ['refuse', 'terminate'] });

  test('an officer’s refusal is a proposal, and nobody is refused yet', async () => {
    const deps = wanting();
    const { number } = await keep(deps.cases, stepsTo('distributed'));
    const body = await bodyOf(take(number, 'refuse', officer, deps));
    expect(body).toMatchObject({ awaitsApproval: true, state: { code: 'distributed' } });
    expect(await typesOf(number, deps)).toEqual(['registered', 'distributed', 'proposed']);
    expect((await caseOf(number, deps)).forms).toEqual([]);
  });

  test('a refusal that a guard forbids is not even proposed', async () => {
    const deps = wanting();
    const { number } = await keep(deps.cases, stepsTo('distributed'));
    const problem = await problemOf(() => take(number, 'refuse', officer, deps, { reason: '按规定' }));
    expect(problem.errors.map(({ field }) => field)).toEqual(['/reason']);
    expect(await typesOf(number, deps)).toHaveLength(2);
  });

  test('approved, both steps are taken in one commit, with the words of the officer and a form number', async () => {
    const deps = wanting();
    const { number } = await keep(deps.cases, stepsTo('distributed'));
    await take(number, 'refuse', officer, deps);
    const commits: number[] = [];
    const counting: House = {
      ...deps,
      cases: {
        ...deps.cases,
        commit: (work) => {
          commits.push(work.steps?.length ?? 0);
          return deps.cases.commit(work);
        },
      },
    };
    await take(number, 'approve', head, counting);
    expect(commits).toEqual([2]);
    const history = await eventsOf(number, deps);
    expect(history.slice(-2).map(({ type, actor }) => [type, actor.id])).toEqual([
      ['approved', head.id],
      ['refused', head.id],
    ]);
    expect(history.at(-1)).toMatchObject({
      facts: { ground: 'art16-1', documentNumber: '海曙南门市监〔2026〕第1号' },
      words: { reason: SENT.refuse.reason },
    });
    expect(await caseOf(number, deps)).toMatchObject({ state: 'refused' });
    expect((await caseOf(number, deps)).proposal).toBeUndefined();
    expect(verifyChain(history, await caseOf(number, deps))).toBeUndefined();
  });

  test('nobody approves his own proposal', async () => {
    const deps = wanting();
    const { number } = await keep(deps.cases, stepsTo('distributed'));
    await take(number, 'refuse', officer, deps);
    const self = { ...head, id: officer.id };
    expect((await problemOf(() => take(number, 'approve', self, deps))).code).toBe('bad-request');
    expect(await caseOf(number, deps)).toMatchObject({
      state: 'distributed',
      proposal: { action: 'refuse' },
    });
  });

  test('declined, the case stands where it stood', async () => {
    const deps = wanting();
    const { number } = await keep(deps.cases, stepsTo('distributed'));
    await take(number, 'refuse', officer, deps);
    await take(number, 'decline', head, deps);
    expect((await caseOf(number, deps)).proposal).toBeUndefined();
    expect(await typesOf(number, deps)).toEqual(['registered', 'distributed', 'proposed', 'declined']);
  });

  test('a head needs nobody else, nor does an officer where the bureau asks for none', async () => {
    const deps = wanting();
    const { number } = await keep(deps.cases, stepsTo('distributed', 1));
    expect((await bodyOf(take(number, 'refuse', head, deps))).state.code).toBe('refused');
    const second = await keep(deps.cases, stepsTo('distributed', 2));
    expect((await bodyOf(take(second.number, 'accept', officer, deps))).state.code).toBe('accepted');
  });

  test('a proposal that touches two cases touches both when it is approved', async () => {
    const deps = house({ secondPairOfEyes: ['join'] });
    const lead = await keep(deps.cases, stepsTo('distributed', 1));
    const { number } = await keep(deps.cases, stepsTo('distributed', 2));
    await take(number, 'join', officer, deps, { lead: lead.number });
    expect((await caseOf(lead.number, deps)).joined).toEqual([]);
    await take(number, 'approve', head, deps);
    expect((await caseOf(lead.number, deps)).joined).toEqual([number]);
    expect(await caseOf(number, deps)).toMatchObject({ state: 'joined', lead: lead.number });
  });
});

describe('numbers of forms', () => {
  test('thirty acceptances at the same moment: one series, no gap, no double', async () => {
    const deps = house();
    const numbers: CaseNumber[] = [];
    for (let draw = 1; draw <= 30; draw += 1) {
      numbers.push((await keep(deps.cases, stepsTo('distributed', draw))).number);
    }
    // Whoever lost too often is told to try again, and does.
    const insist = async (number: CaseNumber): Promise<void> => {
      try {
        await take(number, 'accept', officer, deps);
      } catch (error) {
        expect(error).toMatchObject({ code: 'try-again' });
        await insist(number);
      }
    };
    await Promise.all(numbers.map(insist));
    const issued = await Promise.all(
      numbers.map(async (one) => (await caseOf(one, deps)).forms[0]?.documentNumber),
    );
    const counted = issued.map((one) => Number(/第(\d+)号/.exec(one ?? '')?.[1]));
    expect(counted.toSorted((a, b) => a - b)).toEqual(Array.from({ length: 30 }, (_, i) => i + 1));
    expect(await deps.cases.lastInSeries('33020301#2026')).toBe(30);
  });

  test('another unit and another year count for themselves', async () => {
    const deps = house();
    const here = await keep(deps.cases, stepsTo('distributed', 1));
    await take(here.number, 'accept', officer, deps);
    const there = await keep(
      deps.cases,
      follow(stepsTo('at-hub', 2), [['distribute', { unit: '33020302' }]]),
    );
    await take(there.number, 'accept', staff('officer', '33020302'), deps);
    expect((await caseOf(there.number, deps)).forms[0]?.documentNumber).toBe('海曙古林市监〔2026〕第1号');
    const later = await keep(deps.cases, stepsTo('distributed', 3));
    // New Year in Beijing begins at 16:00 UTC.
    deps.clock.at = '2026-12-31T16:00:00.000Z';
    await take(later.number, 'accept', officer, deps);
    expect((await caseOf(later.number, deps)).forms[0]?.documentNumber).toBe('海曙南门市监〔2027〕第1号');
  });

  test('a step without a form draws none, and a step that fails none either', async () => {
    const deps = house();
    const { number } = await keep(deps.cases, stepsTo('distributed'));
    await take(number, 'note', officer, deps);
    await problemOf(() => take(number, 'refuse', officer, deps, { reason: '略略略略略略略略略' }));
    expect(await deps.cases.lastInSeries('33020301#2026')).toBe(0);
  });
});

describe('joining', () => {
  async function two(deps: House, kind: 'complaint' | 'report' = 'complaint') {
    const lead = await keep(deps.cases, stepsTo('distributed', 1, MONDAY, kind));
    const other = await keep(deps.cases, stepsTo('distributed', 2, tenOn('2026-11-18'), kind));
    deps.clock.at = tenOn('2026-11-20');
    return { lead: lead.number, other: other.number };
  }

  test('both histories say so, in one commit; taken out again, nothing is lost', async () => {
    const deps = house();
    const { lead, other } = await two(deps);
    const before = await caseOf(other, deps);
    await take(other, 'join', officer, deps, { lead });
    expect(await caseOf(other, deps)).toMatchObject({ state: 'joined', lead });
    expect(await caseOf(lead, deps)).toMatchObject({ joined: [other], state: 'distributed' });
    await take(other, 'unjoin', officer, deps);
    const { version: _, hash: __, ...rest } = before;
    expect(await caseOf(other, deps)).toMatchObject(rest);
    expect((await caseOf(lead, deps)).joined).toEqual([]);
    expect((await typesOf(other, deps)).slice(-2)).toEqual(['joined', 'unjoined']);
    expect((await typesOf(lead, deps)).slice(-2)).toEqual(['taken-in', 'let-out']);
  });

  test.each<[string, (numbers: { lead: string; other: string }) => [string, string]]>([
    ['itself', ({ other }) => [other, other]],
    ['a case that does not exist', ({ other }) => [other, '261116-999999-9']],
    ['a later case: the older periods count', ({ lead, other }) => [lead, other]],
  ])('not under %s', async (_, choose) => {
    const deps = house();
    const [number, lead] = choose(await two(deps));
    const problem = await problemOf(() => act(number, 'join', { lead }, officer, deps));
    expect([problem.code, problem.errors[0]?.field]).toEqual(['bad-request', '/lead']);
  });

  test('not under a case of another station or of another kind, nor a lead under another', async () => {
    const deps = house();
    const { lead, other } = await two(deps);
    const far = await keep(
      deps.cases,
      follow(stepsTo('at-hub', 5, tenOn('2026-11-02')), [['distribute', { unit: '33021201' }]]),
    );
    const inquiry = await keep(deps.cases, stepsTo('distributed', 6, tenOn('2026-11-02'), 'inquiry'));
    const older = await keep(deps.cases, stepsTo('distributed', 7, tenOn('2026-11-02')));
    await take(other, 'join', officer, deps, { lead });
    for (const [number, under] of [
      [lead, far.number],
      [lead, inquiry.number],
      [lead, older.number],
    ] as const) {
      const problem = await problemOf(() => take(number, 'join', officer, deps, { lead: under }));
      expect(problem.errors[0]?.field).toBe('/lead');
    }
  });

  test('a lead that moves at the same moment: nothing is joined', async () => {
    const deps = house();
    const { lead, other } = await two(deps);
    const both = await Promise.allSettled([
      take(other, 'join', officer, deps, { lead }),
      take(lead, 'accept', officer, deps),
    ]);
    const rejected = both.filter(({ status }) => status === 'rejected').length;
    expect(rejected).toBe(1);
    const joined = (await caseOf(other, deps)).state === 'joined';
    expect((await caseOf(lead, deps)).joined).toEqual(joined ? [other] : []);
  });

  test('a report with new facts restarts the verification from the day it came (Art. 35)', async () => {
    const deps = house();
    const { lead, other } = await two(deps, 'report');
    for (const number of [lead, other]) await take(number, 'take', officer, deps);
    await take(other, 'join', officer, deps, { lead, newFacts: true });
    const found = await caseOf(lead, deps);
    const running = found.clocks.filter((one) => one.id === 'verify-report' && !one.stopped && !one.void);
    expect(running).toMatchObject([{ start: '2026-11-18', due: '2026-12-09' }]);
    expect((await typesOf(lead, deps)).slice(-2)).toEqual(['taken-in', 'facts-added']);
  });
});

describe('a report that is split off a complaint (Art. 9)', () => {
  const text = '后厨有老鼠，食材过期。';

  test('is a case of its own, opened by the same secret; the complaint’s history does not say so', async () => {
    const deps = house();
    const before = await keep(deps.cases, stepsTo('distributed'));
    await take(before.number, 'split-report', officer, deps, { text });
    const [report] = await reportsIn(deps);
    expect(report).toMatchObject({
      kind: 'report',
      state: 'received',
      channel: 'desk',
      linkedTo: before.number,
      complaint: { text },
      secretHash: before.secretHash,
    });
    expect(await deps.cases.informers.identity(report?.number ?? '')).toEqual(IDENTITY);
    expect(await deps.cases.complainants.identity(report?.number ?? '')).toBeUndefined();
    const after = await caseOf(before.number, deps);
    expect(after).toEqual(plain(before));
    expect(await typesOf(before.number, deps)).toEqual(['registered', 'distributed']);
    expect(JSON.stringify(after)).not.toContain(report?.number);
  });

  test('a second click opens no second report', async () => {
    const deps = house();
    const { number } = await keep(deps.cases, stepsTo('distributed'));
    const clicks = await Promise.allSettled(
      [1, 2, 3].map(() => take(number, 'split-report', officer, deps, { text })),
    );
    expect(clicks.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    expect(await reportsIn(deps)).toHaveLength(1);
  });

  test('whoever looks at the readings of the complaint does not learn of it', async () => {
    const deps = house();
    const { number } = await keep(deps.cases, stepsTo('distributed'));
    await take(number, 'split-report', officer, deps, { text });
    const reads = await deps.cases.complainants.reads(number);
    expect(reads).toHaveLength(1);
    expect(JSON.stringify(reads)).not.toMatch(/report|split/);
  });

  test('a number that is taken is drawn again', async () => {
    const deps = house();
    await keep(deps.cases, [registered(7)]);
    const { number } = await keep(deps.cases, stepsTo('distributed', 8));
    const draws = [7, 7, 9];
    await take(
      number,
      'split-report',
      officer,
      { ...deps, randomInt: () => draws.shift() as number },
      { text },
    );
    expect(await reportsIn(deps)).toMatchObject([{ number: expect.stringContaining('-000009-') }]);
  });

  test('a violation found while mediating has its own fifteen working days and no informer (Art. 27)', async () => {
    const deps = house();
    const { number } = await keep(deps.cases, stepsTo('mediating'));
    await take(number, 'open-clue', officer, deps);
    const [clue] = await reportsIn(deps);
    expect(clue?.clocks.map(({ id, start, due }) => [id, start, due])).toContainEqual([
      'verify-clue',
      '2026-11-16',
      '2026-12-07',
    ]);
    expect(clue?.clocks.map(({ id }) => id)).not.toContain('verify-report');
    expect(clue?.consents).toEqual({ anonymous: true });
    expect(await deps.cases.informers.identity(clue?.number ?? '')).toBeUndefined();
    expect(await typesOf(number, deps)).not.toContain('clue-opened');
  });
});

describe('a message that was of another kind', () => {
  test('ends, and begins again as what it is, with the same secret', async () => {
    const deps = house();
    const before = await keep(deps.cases, stepsTo('at-hub'));
    const { number } = before;
    await take(number, 'reclassify', dispatcher, deps, { kind: 'inquiry' });
    const all = await Array.fromAsync(deps.cases.allCases());
    const fresh = all.find(({ kind }) => kind === 'inquiry');
    expect(await caseOf(number, deps)).toMatchObject({ state: 'reclassified' });
    expect(fresh).toMatchObject({
      state: 'received',
      complaint: before.complaint,
    });
    expect(await deps.cases.complainants.identity(fresh?.number ?? '')).toEqual(IDENTITY);
  });

  test('as a report: the person is an informer from now on, and a complainant no longer', async () => {
    const deps = house();
    const { number } = await keep(deps.cases, stepsTo('at-hub'));
    await take(number, 'reclassify', dispatcher, deps, { kind: 'report' });
    const [report] = await reportsIn(deps);
    expect(await deps.cases.informers.identity(report?.number ?? '')).toEqual(IDENTITY);
    expect(await deps.cases.complainants.identity(number)).toBeUndefined();
  });

  test('a report is not reclassified here: this function may not read informers', async () => {
    const deps = house();
    const { number } = await keep(deps.cases, stepsTo('at-hub', 1, MONDAY, 'report'));
    const problem = await problemOf(() => take(number, 'reclassify', dispatcher, deps));
    expect([problem.code, problem.errors[0]?.field]).toEqual(['bad-request', '/kind']);
    expect((await caseOf(number, deps)).state).toBe('at-hub');
  });
});

describe('a further complainant (Art. 12)', () => {
  const other = { name: '某乙', phone: '13800000001', address: '测试路2号', consents: true };

  test('joins the others; name, phone and address stay out of the case and its history', async () => {
    const deps = house();
    const { number } = await keep(deps.cases, stepsTo('accepted'));
    await take(number, 'add-complainant', officer, deps, other);
    expect(await deps.cases.complainants.identity(number)).toEqual({
      ...IDENTITY,
      joint: [{ name: '某乙', phone: '13800000001', address: '测试路2号' }],
    });
    const kept = JSON.stringify([await caseOf(number, deps), await eventsOf(number, deps)]);
    expect(kept).not.toMatch(/某乙|13800000001|测试路2号/);
    expect((await caseOf(number, deps)).consents).toMatchObject({ joint: true });
  });

  test('two added at the same moment: one is there, the other is told to look again', async () => {
    const deps = house();
    const { number } = await keep(deps.cases, stepsTo('accepted'));
    const both = await Promise.allSettled([
      take(number, 'add-complainant', officer, deps, other),
      take(number, 'add-complainant', officer, deps, { ...other, name: '某丙', phone: '13800000002' }),
    ]);
    expect(both.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
    expect((await deps.cases.complainants.identity(number))?.joint).toHaveLength(1);
  });
});

describe('a leader, and units that help', () => {
  test('a leader who took a case over may act on it wherever it lies', async () => {
    const deps = house();
    const { number } = await keep(deps.cases, stepsTo('accepted'));
    await take(number, 'take-over', manager, deps, { leader: 'officer-33021201' });
    const leader = { id: 'officer-33021201', role: 'head', unit: '33021201' } as const;
    expect((await take(number, 'note', leader, deps)).status).toBe(200);
  });

  test('a unit that helps may note and call back, and decide nothing', async () => {
    const deps = house();
    const { number } = await keep(deps.cases, stepsTo('accepted'));
    const helper = staff('officer', '33020302');
    expect((await problemOf(() => take(number, 'note', helper, deps))).code).toBe('not-found');
    await take(number, 'add-unit', manager, deps, { unit: '33020302' });
    expect((await take(number, 'note', helper, deps)).status).toBe(200);
    expect((await problemOf(() => take(number, 'terminate', helper, deps))).code).toBe('forbidden');
  });
});
