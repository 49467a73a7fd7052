import { describe, expect, test } from 'vitest';
import { ACTIONS, type Action, EVENT_TYPES } from '../../shared/case/actions.ts';
import { KINDS, type Kind } from '../../shared/case/case.ts';
import { GUARDS } from '../../shared/case/guards.ts';
import {
  allowedActions,
  checkLifeCycles,
  LIFE_CYCLES,
  lifeCycleFaults,
  reachableStates,
  STARTED_ON_RECEIPT,
  STATES,
  type State,
  type Transition,
} from '../../shared/case/life-cycle.ts';
import { CLOCKS } from '../../shared/law/rule-packs.ts';
import { caseIn, WAYS } from './support.ts';

const kinds = Object.keys(KINDS) as Kind[];
const rowsOf = (action: Action) =>
  kinds.flatMap((kind) => LIFE_CYCLES[kind].filter((row) => row.action === action));
const everyRow = kinds.flatMap((kind) => LIFE_CYCLES[kind]);

/** The tables with the rows of one kind changed. */
const doctored = (kind: Kind, change: (rows: readonly Transition[]) => readonly Transition[]) => ({
  ...LIFE_CYCLES,
  [kind]: change(LIFE_CYCLES[kind]),
});

describe('the tables are sound', () => {
  test('no fault is found, and a function that checks them starts', () => {
    expect(lifeCycleFaults()).toEqual([]);
    expect(checkLifeCycles).not.toThrow();
  });

  test.each<[string, ReturnType<typeof doctored>, string]>([
    [
      'a state that nothing leads to',
      doctored('complaint', (rows) => rows.filter(({ to }) => to !== 'station-first')),
      'complaint: station-first cannot be reached',
    ],
    [
      'a state that nothing leads out of',
      doctored('report', (rows) =>
        rows.filter(({ from, to }) => to === 'same' || !from.includes('verified')),
      ),
      'report: verified is a dead end',
    ],
    [
      'a final state that is left as if it were none',
      doctored('inquiry', (rows) =>
        rows.map(({ afterEnd, ...row }) =>
          row.action === 'reopen' || afterEnd === undefined ? row : { ...row, afterEnd },
        ),
      ),
      'inquiry: answered is final and yet left',
    ],
    [
      'a row that is never taken',
      doctored('complaint', (rows) => [
        ...rows,
        { action: 'accept', from: ['distributed'], to: 'accepted', by: ['officer'], basis: '' },
      ]),
      'complaint: accept has a row that is never taken',
    ],
    [
      'an action that does not exist',
      doctored('other', (rows) => [
        ...rows,
        { action: 'forget' as Action, from: ['received'], to: 'same', by: ['officer'], basis: '' },
      ]),
      'other: forget is not an action',
    ],
  ])('%s is found', (_, cycles, fault) => {
    expect(lifeCycleFaults(cycles)).toContain(fault);
  });

  test('every state belongs to some kind, and the ways of these tests reach every state of every kind', () => {
    const reached = new Set(kinds.flatMap((kind) => [...reachableStates(kind)]));
    expect([...reached].sort()).toEqual(Object.keys(STATES).sort());
    for (const kind of kinds) {
      expect(Object.keys(WAYS[kind]).sort(), kind).toEqual([...reachableStates(kind)].sort());
    }
  });

  test.each(kinds.flatMap((kind) => Object.keys(WAYS[kind]).map((state) => [kind, state as State] as const)))(
    'a %s comes to be %s by steps that all guards let through',
    (kind, state) => {
      expect(caseIn(state, 0, undefined, kind)).toMatchObject({ kind, state });
    },
  );

  test('every clock that is started somewhere is a clock of the rules', () => {
    const started = [
      ...kinds.flatMap((kind) => STARTED_ON_RECEIPT[kind]),
      ...everyRow.flatMap(({ starts = [] }) => starts.map(({ clock }) => clock)),
    ];
    expect(CLOCKS).toEqual(expect.arrayContaining(started));
  });

  test('every guard is used', () => {
    const used = new Set(everyRow.flatMap(({ guards = [] }) => guards));
    expect([...used].sort()).toEqual(Object.keys(GUARDS).sort());
  });
});

describe('words', () => {
  test('every state, action and field is named in both languages', () => {
    const fields = Object.values(ACTIONS).flatMap((action) => Object.values(action.fields));
    for (const { zh, en } of [...Object.values(STATES), ...Object.values(ACTIONS), ...fields]) {
      expect(zh).toMatch(/[一-鿿]/);
      expect(en).toMatch(/^[A-Z]/);
      expect(en).not.toMatch(/[一-鿿]/);
    }
  });

  test('every row says on what it rests', () => {
    for (const { action, basis } of everyRow) expect(basis, action).toMatch(/[一-鿿]/);
  });

  test('every action writes an event of its own', () => {
    expect(new Set(EVENT_TYPES).size).toBe(Object.keys(ACTIONS).length + 1);
  });
});

describe('who may do what', () => {
  test.each([
    'accept',
    'refuse',
    'settle',
    'terminate',
    'file-case',
    'not-file',
    'decide',
    'hand-over',
    'close',
    'return',
    'extend',
    'reopen',
    'publish',
  ] as const)('%s is never taken by the system, nor by the consumer', (action) => {
    const by = rowsOf(action).flatMap((row) => row.by);
    expect(by).not.toHaveLength(0);
    expect(by).not.toContain('system');
    expect(by).not.toContain('consumer');
  });

  test('filing, not filing, deciding, extending and handing over are for the head of the bureau', () => {
    for (const action of ['file-case', 'not-file', 'decide', 'extend', 'hand-over', 'reward'] as const) {
      for (const row of rowsOf(action)) expect(row.by, action).toEqual(['manager']);
    }
  });

  test('a unit hands a case back and never on: only the hub, or from above to a unit below (Art. 41)', () => {
    for (const row of rowsOf('distribute')) {
      expect(row.by).not.toContain('officer');
      expect(row.by).not.toContain('head');
      if (row.from.includes('distributed')) expect(row.guards).toContain('unit-below');
    }
    for (const action of ['return', 'reopen'] as const) {
      for (const { to } of rowsOf(action)) expect(['at-hub', 'distributed']).toContain(to);
    }
  });

  test('the consumer may withdraw until the case is decided, say so while it is mediated, and insist', () => {
    const states = Object.keys(WAYS.complaint) as State[];
    const where = (action: Action) =>
      states.filter((state) => allowedActions({ kind: 'complaint', state }, 'consumer').includes(action));
    expect(where('insist')).toEqual(['station-first', 'first-agreed']);
    expect(where('confirm-settlement')).toEqual(['first-agreed']);
    expect(where('withdraw').sort()).toEqual(
      [
        'received',
        'at-hub',
        'distributed',
        'disputed',
        'awaiting-proof',
        'station-first',
        'first-agreed',
        'accepted',
        'mediating',
        'testing',
        'recusal',
        'entrusted',
      ].sort(),
    );
    for (const state of Object.keys(WAYS.report) as State[]) {
      const own = allowedActions({ kind: 'report', state }, 'consumer');
      expect(
        own.filter((action) => !['add-words', 'rate'].includes(action)),
        state,
      ).toEqual([]);
    }
  });

  test('an auditor and an administrator do nothing in any state of any kind', () => {
    for (const kind of kinds) {
      for (const state of Object.keys(WAYS[kind]) as State[]) {
        expect(allowedActions({ kind, state }, 'auditor')).toEqual([]);
        expect(allowedActions({ kind, state }, 'administrator')).toEqual([]);
      }
    }
  });

  test('in a final state nothing decides any more: it is written on, joined out, or taken up again', () => {
    const allowed = new Set([
      'note',
      'rate',
      'call-back',
      'record-money',
      'correct-money',
      'perform',
      'reward',
      'reopen',
      'ask-reopen',
      'unjoin',
      'let-out',
      'erase',
      'correct-identity',
      // While a promise made in the case is owed.
      'remind',
      'escalate',
      'recount-dates',
    ]);
    for (const kind of kinds) {
      for (const { action, from } of LIFE_CYCLES[kind]) {
        if (from.some((state) => STATES[state].final)) expect(allowed, action).toContain(action);
      }
    }
  });
});
