import type { ClockId } from '../../law/rule-packs.ts';
import type { Role } from '../../people/roles.ts';
import type { Action } from '../actions.ts';
import type { NoticeOrder } from '../case.ts';
import type { ConditionId, GuardId } from '../guards.ts';
import type { State } from './states.ts';

/** Who takes a step: a role of staff, the person who complained, who tries to settle first, or one of our functions. */
export type By = Role | 'consumer' | 'partner' | 'system';

/** A clock that a step starts; `from` names the fact that holds its last day, where a person sets it. */
interface ClockStart {
  clock: ClockId;
  dueFrom?: string;
  /** Names the fact that holds the day it is counted from, instead of the day of the step. */
  startFrom?: string;
}

/**
 * One row of a life cycle: in these states this action leads there. Of several rows for one action and state
 * the first whose condition holds is taken.
 */
export interface Transition {
  action: Action;
  from: readonly State[];
  /** `same`: the state stays; `before`: back to what it was before the case was joined. */
  to: State | 'same' | 'before';
  when?: ConditionId;
  by: readonly By[];
  /** What must be true of the case and of what was sent; see guards.ts. */
  guards?: readonly GuardId[];
  starts?: readonly ClockStart[];
  stops?: readonly ClockId[] | 'all';
  pauses?: readonly ClockId[];
  resumes?: readonly ClockId[];
  extends?: readonly ClockId[];
  /** Form that documents the step and gets a number with it. */
  form?: string;
  notices?: readonly NoticeOrder[];
  /** True when the step may leave a final state: the case is taken up again, or written on. */
  afterEnd?: true;
  basis: string;
}
