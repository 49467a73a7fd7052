import { describe, expect, test } from 'vitest';
import type { EventType } from '../../shared/case/case.ts';
import { allowedActions, STATES, type State, TRANSITIONS } from '../../shared/case/life-cycle.ts';
import { ROLES } from '../../shared/people/roles.ts';

const states = Object.keys(STATES) as State[];
const transitions = Object.values(TRANSITIONS);

function reachedFrom(start: State): Set<State> {
  const reached = new Set([start]);
  // A set grows while it is gone through: what is added is visited too.
  for (const state of reached) {
    for (const { from, to } of transitions) if (from.includes(state)) reached.add(to);
  }
  return reached;
}

test('every state can be reached from the first', () => {
  expect([...reachedFrom('received')].sort()).toEqual([...states].sort());
});

test('only final states are dead ends, and nothing leaves a final state', () => {
  for (const state of states) {
    const leaves = transitions.some(({ from }) => from.includes(state));
    expect(leaves, state).toBe(!STATES[state].final);
  }
});

test('from every state that is not final, people at the desk or the triage can bring the case to an end', () => {
  for (const state of states) {
    expect(
      [...reachedFrom(state)].some((s) => STATES[s].final),
      state,
    ).toBe(true);
  }
});

test('every action writes an event of its own', () => {
  const events = transitions.map(({ event }) => event);
  const all: EventType[] = [
    'distributed',
    'referred',
    'returned',
    'accepted',
    'refused',
    'settled',
    'terminated',
  ];
  expect([...events].sort()).toEqual(all.sort());
});

test('a clock that an action starts is stopped by some later action', () => {
  for (const { starts } of transitions) {
    if (starts !== undefined)
      expect(
        transitions.some(({ stops }) => stops.includes(starts)),
        starts,
      ).toBe(true);
  }
});

test('every state, action and basis is named in both languages', () => {
  for (const { zh, en } of [...Object.values(STATES), ...transitions]) {
    expect(zh).toMatch(/[一-鿿]/);
    expect(en).toMatch(/^[A-Z]/);
  }
  for (const { basis } of transitions) expect(basis).toMatch(/第.+条/);
});

describe('who may do what', () => {
  test('accepting, refusing and ending are never automatic (law/README)', () => {
    for (const action of ['accept', 'refuse', 'settle', 'terminate', 'return'] as const) {
      expect(TRANSITIONS[action].by, action).toEqual(['officer']);
    }
  });

  test('only the dispatcher and the triage hand a case to a station: a station must not transfer (Art. 41)', () => {
    expect(TRANSITIONS.distribute.by).toEqual(['system', 'dispatcher']);
    expect(allowedActions('distributed', 'officer').sort()).toEqual(['accept', 'refuse', 'return']);
  });

  test('a manager looks and does nothing', () => {
    for (const state of states) expect(allowedActions(state, 'manager')).toEqual([]);
  });

  test('a final state offers nothing to anyone', () => {
    for (const state of states.filter((s) => STATES[s].final)) {
      for (const role of [...ROLES, 'system'] as const) expect(allowedActions(state, role)).toEqual([]);
    }
  });

  test('the dispatcher can also hand out a case the triage has not seen yet', () => {
    expect(allowedActions('received', 'dispatcher')).toEqual(['distribute']);
    expect(allowedActions('at-hub', 'dispatcher')).toEqual(['distribute']);
    expect(allowedActions('accepted', 'officer').sort()).toEqual(['settle', 'terminate']);
  });
});
