import { describe, expect, test } from 'vitest';
import { DESK_ACTIONS, historyQuery, identityQuery } from '../../events/desk-requests.ts';
import { act } from '../../functions/desk-api/act.ts';
import {
  showCase,
  showComplainant,
  showDates,
  showHistory,
  showNotices,
  showReads,
  showSigns,
} from '../../functions/desk-api/desk.ts';
import { listCases } from '../../functions/desk-api/work-list.ts';
import type { Action } from '../../shared/case/actions.ts';
import type { Case, Kind } from '../../shared/case/case.ts';
import { allowedActions, rowsFor, type State } from '../../shared/case/life-cycle.ts';
import type { Step } from '../../shared/case/take-step.ts';
import { Problem } from '../../shared/http/problem.ts';
import { ROLES, type Role, type Staff } from '../../shared/people/roles.ts';
import { follow, type House, house, keep, MONDAY, plain, SENT, staff, stepsTo, WAYS } from './support.ts';

/*
 * Who may do what: written down once more, by hand, independent of the tables. Everything that is not here is
 * forbidden. "On the case" matters for reports only (Art. 37).
 */

const words = (text: string) => text.trim().split(/\s+/) as Action[];

const OFFICER = {
  complaint:
    words(`return unreachable raise-dispute split-report open-clue ask-proof receive-proof offer-first resend-offer
    hand-back confirm-settlement reconcile insist
    accept refuse tell start-mediation begin-testing end-testing apply-recusal entrust take-back settle perform
    terminate withdraw close publish exclude call-back join unjoin add-complainant take answer-supervision note
    record-money correct-money correct-understanding`),
  report: words(`return raise-dispute point-elsewhere verify begin-pause end-pause tell close join unjoin take
    answer-supervision note record-money correct-money correct-understanding`),
  inquiry: words(
    `return answer point-elsewhere withdraw take answer-supervision note record-money correct-money
      correct-understanding`,
  ),
};
const HEAD_TOO = words('assign unassign add-unit approve decline');
const MANAGER = words('assign unassign take-over add-unit supervise approve decline note reopen');

/** On a report that the person is on, and on everything else in the own unit. */
const ALLOWED: Readonly<
  Record<Role, Readonly<Record<'complaint' | 'report' | 'inquiry', readonly Action[]>>>
> = {
  officer: OFFICER,
  head: {
    complaint: [...OFFICER.complaint, ...HEAD_TOO, ...words('decide-recusal reopen')],
    report: [...OFFICER.report, ...HEAD_TOO, ...words('reopen')],
    inquiry: [...OFFICER.inquiry, ...HEAD_TOO],
  },
  dispatcher: {
    complaint:
      words(`distribute recall reclassify split-report offer-first resend-offer hand-back confirm-settlement
      reconcile insist withdraw call-back join unjoin
      add-complainant issue-form add-unit answer-supervision note correct-understanding`),
    // At the hub; what has gone to a unit is sealed to the dispatcher.
    report: words(`distribute reclassify point-elsewhere join unjoin answer-supervision note issue-form
      correct-understanding`),
    inquiry: words(
      `distribute recall reclassify answer point-elsewhere withdraw reopen add-unit answer-supervision note
      correct-understanding`,
    ),
  },
  manager: {
    complaint: [...MANAGER, ...words('distribute designate decide-recusal call-back hand-over')],
    report: [...MANAGER, ...words('distribute designate extend file-case not-file decide reward hand-over')],
    inquiry: MANAGER,
  },
  auditor: { complaint: [], report: [], inquiry: [] },
  administrator: { complaint: [], report: [], inquiry: [] },
};
/** On a report of the own unit that the person is not on: only who shall be on it. */
const SEALED: Readonly<Record<Role, readonly Action[]>> = {
  officer: words('take'),
  head: words('take assign unassign'),
  // The head of the bureau decides on filing (Procedure Art. 18): always on the case.
  manager: ALLOWED.manager.report,
  dispatcher: [],
  auditor: [],
  administrator: [],
};

const OWN: Readonly<Record<Role, string>> = {
  officer: '33020301',
  head: '33020301',
  dispatcher: '330200',
  manager: '330200',
  auditor: '330200',
  administrator: '330200',
};
const FOREIGN: Readonly<Record<Role, string>> = {
  officer: '33021201',
  head: '33021201',
  dispatcher: '110100',
  manager: '110100',
  auditor: '110100',
  administrator: '110100',
};

const roles = Object.keys(ROLES) as Role[];
const kinds = Object.keys(WAYS) as Kind[];
const tableOf = (kind: Kind) => (kind === 'other' ? 'inquiry' : kind);

const walked = new Map<string, Step[]>();

/** The steps to a state, walked once: nobody changes them. */
function stepsOnce(state: State, kind: Kind): Step[] {
  const key = `${kind} ${state}`;
  const steps = walked.get(key) ?? stepsTo(state, 1, MONDAY, kind);
  walked.set(key, steps);
  return steps;
}

/** A case of the kind in a state in which somebody takes this action, this role if it can be. */
function stepsFor(kind: Kind, action: Action, who: Staff, onCase: boolean): Step[] {
  const hub = who.role === 'dispatcher' && kind === 'report' && onCase;
  const states = (Object.keys(WAYS[kind]) as State[]).filter(
    (state) => rowsFor(kind, state, action).length > 0,
  );
  const ways = states.map((state) => ({ state, steps: stepsOnce(state, kind) }));
  if (hub && action === 'unjoin') return follow(stepsOnce('at-hub', kind), ['join']);
  const best =
    ways.find(
      ({ state, steps }) =>
        (steps.at(-1) as Step).after.unitPath.length === (hub ? 1 : 3) &&
        rowsFor(kind, state, action).some(({ by }) => by.includes(who.role)),
    ) ??
    ways.find(({ state }) => rowsFor(kind, state, action).some(({ by }) => by.includes(who.role))) ??
    ways[0];
  const steps = best?.steps ?? stepsOnce('distributed', kind);
  const last = steps.at(-1) as Step;
  const officers = onCase && !hub ? [who.id] : ['somebody-else'];
  return [...steps.slice(0, -1), { ...last, after: { ...last.after, officers } }];
}

async function outcomeOf(attempt: () => Promise<unknown>): Promise<string> {
  try {
    await attempt();
    return 'done';
  } catch (error) {
    if (error instanceof Problem) return error.code;
    throw error;
  }
}

/** Takes the action, and says how it ended and whether anything at all is different afterwards. */
async function tryIt(steps: Step[], action: Action, who: Staff, deps: House) {
  const { number } = await keep(deps.cases, steps);
  const everything = async () =>
    plain([await Array.fromAsync(deps.cases.allCases()), await Array.fromAsync(deps.cases.allEvents())]);
  const before = await everything();
  const outcome = await outcomeOf(() => act(number, action, SENT[action], who, deps));
  const changed = JSON.stringify(await everything()) !== JSON.stringify(before);
  const looked = (await deps.identities.reads(number)).length > 0;
  return { outcome, changed, looked };
}

const REFUSED = ['forbidden', 'not-found'];

describe.each(roles)('%s', (role) => {
  test.each(kinds)('own unit, on the case: %s', async (kind) => {
    const who = staff(role, OWN[role]);
    for (const action of DESK_ACTIONS) {
      const { outcome, changed, looked } = await tryIt(
        stepsFor(kind, action, who, true),
        action,
        who,
        house(),
      );
      if (ALLOWED[role][tableOf(kind)].includes(action)) {
        expect(REFUSED, `${kind}: ${role} may ${action}`).not.toContain(outcome);
      } else {
        expect(REFUSED, `${kind}: ${role} may not ${action}, but ${outcome}`).toContain(outcome);
        expect([changed, looked], action).toEqual([false, false]);
      }
    }
  });

  test('own unit, a report of others', async () => {
    const who = staff(role, OWN[role]);
    for (const action of DESK_ACTIONS) {
      const { outcome, changed } = await tryIt(stepsFor('report', action, who, false), action, who, house());
      if (SEALED[role].includes(action)) expect(REFUSED, action).not.toContain(outcome);
      // A dispatcher is on it as long as it lies at the hub: that is the test above.
      else if (role !== 'dispatcher') {
        expect(REFUSED, `${role} may not ${action}, but ${outcome}`).toContain(outcome);
        expect(changed, action).toBe(false);
      }
    }
  });

  test.each(kinds)('another unit: a %s does not exist', async (kind) => {
    const who = staff(role, FOREIGN[role]);
    for (const action of DESK_ACTIONS) {
      const steps = stepsFor(kind, action, staff(role, OWN[role]), false);
      const { outcome, changed, looked } = await tryIt(steps, action, who, house());
      expect(outcome, action).toBe('not-found');
      expect([changed, looked], action).toEqual([false, false]);
    }
  });

  test.each(kinds)('in no state of a %s can more be done than the table offers there', async (kind) => {
    for (const state of Object.keys(WAYS[kind]) as State[]) {
      const who = staff(role, OWN[role]);
      const others = DESK_ACTIONS.filter(
        (action) =>
          rowsFor(kind, state, action).length > 0 && !allowedActions({ kind, state }, role).includes(action),
      );
      for (const action of others) {
        const steps = stepsOnce(state, kind);
        const last = steps.at(-1) as Step;
        const mine = [...steps.slice(0, -1), { ...last, after: { ...last.after, officers: [who.id] } }];
        const { outcome, changed } = await tryIt(mine, action, who, house());
        expect(REFUSED, `${state}: ${action} was ${outcome}`).toContain(outcome);
        expect(changed).toBe(false);
      }
    }
  });
});

/*
 * What can be read. `list`: the unit's list shows it; `full`, `sealed`: how much of it is shown.
 */
type Reading = 'case' | 'history' | 'dates' | 'signs' | 'notices' | 'complainant' | 'reads';
const READ: Readonly<Record<Reading, (number: string, who: Staff, deps: House) => Promise<unknown>>> = {
  case: showCase,
  history: (number, who, deps) => showHistory(number, historyQuery.parse({}), who, deps),
  dates: showDates,
  signs: showSigns,
  notices: showNotices,
  complainant: (number, who, deps) =>
    showComplainant(number, identityQuery.parse({ reason: 'handling' }), who, deps),
  reads: showReads,
};
const reading = (text: string) => text.split(' ') as Reading[];
const ALL_BUT_READS = reading('case history dates signs notices complainant');

const READABLE: Readonly<
  Record<Role, { complaint: readonly Reading[]; reportOn: readonly Reading[]; reportOff: readonly Reading[] }>
> = {
  officer: {
    complaint: ALL_BUT_READS,
    reportOn: reading('case history dates signs notices'),
    reportOff: ['case'],
  },
  head: {
    complaint: ALL_BUT_READS,
    reportOn: reading('case history dates signs notices'),
    reportOff: ['case'],
  },
  dispatcher: {
    complaint: ALL_BUT_READS,
    reportOn: reading('case history dates signs notices'),
    reportOff: ['case'],
  },
  manager: {
    complaint: [...ALL_BUT_READS, 'reads'],
    reportOn: reading('case history dates signs notices'),
    reportOff: reading('case history dates signs notices'),
  },
  auditor: {
    complaint: reading('case history dates signs notices reads'),
    reportOn: ['case'],
    reportOff: ['case'],
  },
  administrator: { complaint: [], reportOn: [], reportOff: [] },
};

describe.each(roles)('what a(n) %s may read', (role) => {
  async function readings(found: Case, who: Staff, deps: House) {
    const names = Object.keys(READ) as Reading[];
    const outcomes = await Promise.all(
      names.map((name) => outcomeOf(() => READ[name](found.number, who, deps))),
    );
    return names.filter((_, place) => outcomes[place] === 'done');
  }
  const kept = async (kind: Kind, officers: string[], deps: House) => {
    const steps = stepsTo('distributed', 1, MONDAY, kind);
    const last = steps.at(-1) as Step;
    return keep(deps.cases, [...steps.slice(0, -1), { ...last, after: { ...last.after, officers } }]);
  };
  const own = staff(role, OWN[role]);
  const foreign = staff(role, FOREIGN[role]);

  test.each(['complaint', 'inquiry', 'other'] as const)('of a(n) %s', async (kind) => {
    const deps = house();
    const found = await kept(kind, [], deps);
    expect((await readings(found, own, deps)).sort()).toEqual(READABLE[role].complaint.toSorted());
    expect(await readings(found, foreign, deps)).toEqual([]);
  });

  test('of a report, being on it or not', async () => {
    const deps = house();
    const on =
      role === 'dispatcher'
        ? await keep(deps.cases, stepsTo('at-hub', 2, MONDAY, 'report'))
        : await kept('report', [own.id], deps);
    if (role !== 'auditor' && role !== 'administrator') {
      expect((await readings(on, own, deps)).sort()).toEqual(READABLE[role].reportOn.toSorted());
    }
    const other = house();
    const off = await kept('report', ['somebody-else'], other);
    expect((await readings(off, own, other)).sort()).toEqual(READABLE[role].reportOff.toSorted());
    expect(await readings(off, foreign, other)).toEqual([]);
  });

  test('in a list: nothing of another unit', async () => {
    const deps = house();
    await kept('complaint', [], deps);
    const ask = (who: Staff, unit: string) => outcomeOf(() => listCases({ unit, limit: 50 }, who, deps));
    expect(await ask(foreign, '33020301')).toBe('forbidden');
    expect(await ask(own, '33021201')).toBe(OWN[role] === '330200' ? 'done' : 'forbidden');
    expect(await ask(own, '33020301')).toBe('done');
  });
});
