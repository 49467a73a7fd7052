import type { ClockId } from '../law/rule-packs.ts';
import { ACTIONS, type Action } from './actions.ts';
import type { Case, Kind } from './case.ts';
import { COMPLAINT } from './life-cycle/complaint.ts';
import { everyKind } from './life-cycle/every-kind.ts';
import { INQUIRY } from './life-cycle/inquiry.ts';
import { REPORT } from './life-cycle/report.ts';
import { STATES, type State } from './life-cycle/states.ts';
import type { By, Transition } from './life-cycle/transition.ts';
import { isPaused, isRunning } from './turn-clocks.ts';

export { STATES, type State } from './life-cycle/states.ts';
export type { By, Transition } from './life-cycle/transition.ts';

/** The clocks that run from the registration of a case. */
export const STARTED_ON_RECEIPT: Readonly<Record<Kind, readonly ClockId[]>> = {
  complaint: ['distribute'],
  report: ['distribute', 'verify-report'],
  inquiry: ['distribute', 'answer'],
  other: ['distribute', 'answer'],
};

function statesOf(rows: readonly Transition[]): State[] {
  const named = rows.flatMap(({ from, to }) => (to === 'same' || to === 'before' ? from : [...from, to]));
  return [...new Set<State>(['received', ...named])];
}

const whole = (rows: readonly Transition[]) => [...rows, ...everyKind(statesOf(rows))];
const inquiry = whole(INQUIRY);

/** The life cycles: every step that a case of this kind can take. */
export const LIFE_CYCLES: Readonly<Record<Kind, readonly Transition[]>> = {
  complaint: whole(COMPLAINT),
  report: whole(REPORT),
  inquiry,
  other: inquiry,
};

/** The rows of an action from a state; more than one when a condition decides between them. */
export function rowsFor(kind: Kind, state: State, action: Action): Transition[] {
  return LIFE_CYCLES[kind].filter((row) => row.action === action && row.from.includes(state));
}

/** The actions that this role may take on a case in this state, in the order of the table. */
export function allowedActions(of: Pick<Case, 'kind' | 'state'>, role: By): Action[] {
  const rows = LIFE_CYCLES[of.kind].filter((row) => row.from.includes(of.state) && row.by.includes(role));
  return [...new Set(rows.map(({ action }) => action))];
}

/** When a step has nothing to act on. Sent all the same it is answered by its guard or changes nothing. */
const IDLE: Partial<Record<Action, (found: Case) => boolean>> = {
  take: ({ officers }) => officers.length > 0,
  unassign: ({ officers }) => officers.length === 0,
  'end-pause': ({ clocks }) => !clocks.some(isPaused),
  'answer-supervision': ({ clocks }) =>
    !clocks.some((clock) => clock.id === 'supervision' && isRunning(clock)),
  approve: ({ proposal }) => proposal === undefined,
  decline: ({ proposal }) => proposal === undefined,
};

/** The actions to offer on this case: those allowed in its state that have something to act on. */
export function offeredActions(found: Case, role: By): Action[] {
  return allowedActions(found, role).filter((action) => IDLE[action]?.(found) !== true);
}

/** The states of a kind that lie on some way from its registration. */
export function reachableStates(kind: Kind, cycles = LIFE_CYCLES): Set<State> {
  const reached = new Set<State>(['received']);
  // A set grows while it is gone through: what is added is visited too.
  for (const state of reached) {
    for (const { from, to } of cycles[kind]) {
      if (to !== 'same' && to !== 'before' && from.includes(state)) reached.add(to);
    }
  }
  return reached;
}

/**
 * What is wrong with the tables; empty when they are sound. Functions that take steps check it when they start:
 * a table that strands a case must not go live.
 */
export function lifeCycleFaults(cycles = LIFE_CYCLES): string[] {
  const faults: string[] = [];
  for (const kind of Object.keys(LIFE_CYCLES) as Kind[]) {
    const rows = cycles[kind];
    const reached = reachableStates(kind, cycles);
    for (const state of statesOf(rows)) {
      if (!reached.has(state)) faults.push(`${kind}: ${state} cannot be reached`);
      const leaves = rows.filter(({ from, to }) => from.includes(state) && to !== 'same' && to !== state);
      if (!STATES[state].final && leaves.length === 0) faults.push(`${kind}: ${state} is a dead end`);
      const onward = leaves.some(({ afterEnd }) => afterEnd !== true);
      if (STATES[state].final && onward) faults.push(`${kind}: ${state} is final and yet left`);
    }
    const started = new Set([
      ...STARTED_ON_RECEIPT[kind],
      ...rows.flatMap(({ starts = [] }) => starts.map(({ clock }) => clock)),
    ]);
    const stopped = new Set(rows.flatMap(({ stops = [] }) => (stops === 'all' ? [] : stops)));
    const endsAll = rows.some(({ stops }) => stops === 'all');
    for (const clock of started) {
      if (!stopped.has(clock) && !endsAll) faults.push(`${kind}: nothing stops the clock ${clock}`);
    }
    for (const row of rows) {
      const twins = rows.filter(
        (other) => other.action === row.action && other.from.some((state) => row.from.includes(state)),
      );
      // Rows are tried in order: one without a condition hides all after it.
      if (row.when === undefined && twins.indexOf(row) < twins.length - 1) {
        const hidden = twins
          .slice(twins.indexOf(row) + 1)
          .some(({ from }) => from.some((s) => row.from.includes(s)));
        if (hidden) faults.push(`${kind}: ${row.action} has a row that is never taken`);
      }
      if (ACTIONS[row.action] === undefined) faults.push(`${kind}: ${row.action} is not an action`);
    }
  }
  return faults;
}

/** Throws with every fault of the tables. */
export function checkLifeCycles(): void {
  const faults = lifeCycleFaults();
  if (faults.length > 0) throw new Error(`life cycle: ${faults.join('; ')}`);
}
