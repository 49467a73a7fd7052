import type { Case, CaseEvent } from './case.ts';
import { STATES, type State } from './life-cycle/states.ts';

/** There is an outcome to judge, though something is still owed. */
const HAS_OUTCOME: ReadonlySet<State> = new Set<State>([
  'settled',
  'performed',
  'terminated-told',
  'closed',
  'decided',
  'not-filed',
]);
/** It goes on as another case: that one is rated. */
const GOES_ON: ReadonlySet<State> = new Set<State>(['joined', 'reclassified']);

/** Whether there is something that the person can judge. */
export function isRatable({ state }: Pick<Case, 'state'>): boolean {
  return HAS_OUTCOME.has(state) || (STATES[state].final && !GOES_ON.has(state));
}

/**
 * The points that the person gave in this round; undefined where he gave none since it was taken up (again).
 * @param events the newest first
 */
export function pointsGiven(events: readonly Pick<CaseEvent, 'type' | 'facts'>[]): number | undefined {
  const latest = events.find(({ type }) => type === 'rated' || type === 'reopened');
  return latest?.type === 'rated' ? Number(latest.facts.points) : undefined;
}
