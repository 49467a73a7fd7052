import type { Action } from '../case/actions.ts';
import type { Case, CaseEvent } from '../case/case.ts';
import type { CaseNumber } from '../case/case-number.ts';
import type { State } from '../case/life-cycle.ts';
import type { Instant } from '../dates.ts';

/*
 * One action on many cases. Only what can be taken back by a step of its own, and of which nobody outside has been
 * told: no form is issued, no notice goes out, no period is lengthened.
 */

/** What may be done to many cases at once, and from which states; absent: wherever the life cycle allows it. */
export const BULK_ACTIONS = {
  assign: {},
  /** From the hub only: what a county handed down to a station cannot be called back. */
  distribute: { from: ['received', 'at-hub'] },
} as const satisfies Partial<Record<Action, { from?: readonly State[] }>>;

export type BulkAction = keyof typeof BULK_ACTIONS;

/** Ten seconds are what one request has; fifty cases take about two. */
export const LARGEST_BULK = 50;
/** A slip is seen at once; later the unit has begun to read. */
export const UNDO_MINUTES = 10;

/** What somebody ordered, kept for a day so that it can be repeated and undone. Nothing that a person wrote. */
export interface BulkOrder {
  id: string;
  staff: string;
  action: BulkAction;
  at: Instant;
  /** SHA-256 of the request: the same key with another request is noticed. */
  payloadHash: string;
  /** Each case at the version that the person looked at. */
  cases: readonly { number: CaseNumber; version: number }[];
}

/** True when this bulk action may begin from the state the case is in. */
export function mayBegin(action: BulkAction, { state }: Pick<Case, 'state'>): boolean {
  const { from }: { from?: readonly State[] } = BULK_ACTIONS[action];
  return from === undefined || from.includes(state);
}

/** What the event of a bulk action says beside what was sent: by what it can be told again, and undone. */
export function factsOf(id: string, found: Pick<Case, 'officers'>) {
  return { bulk: id, was: found.officers };
}

/** True when this event is the step that the order took on its case. */
export function isOf(id: string, event: Pick<CaseEvent, 'facts'> | undefined): boolean {
  return event?.facts.bulk === id;
}

/** True when this event took the step of the order back. */
export function undoes(id: string, event: Pick<CaseEvent, 'facts'> | undefined): boolean {
  return event?.facts.undoes === id;
}

/** True while an order may still be undone. */
export function isUndoable({ at }: Pick<BulkOrder, 'at'>, now: Instant): boolean {
  return Date.parse(now) <= Date.parse(at) + UNDO_MINUTES * 60_000;
}

/**
 * The step that takes a bulk step back; undefined where the life cycle has none. The history only ever grows: what was
 * done stays written, and that it was taken back is written after it.
 * @param event the event of the bulk step, the last one of the case
 */
export function undoOf(
  id: string,
  found: Pick<Case, 'clocks'>,
  event: Pick<CaseEvent, 'type' | 'facts'>,
): { action: Action; sent: Readonly<Record<string, unknown>> } | undefined {
  if (event.type === 'distributed') {
    // The hub's own period goes on from where it was counted: nobody gains a day by a slip.
    const since = found.clocks.findLast((clock) => clock.id === 'distribute')?.start;
    return { action: 'recall', sent: { undoes: id, since } };
  }
  const was = Array.isArray(event.facts.was) ? (event.facts.was as string[]) : [];
  const [officer, ...others] = was;
  if (others.length > 0) return undefined;
  return officer === undefined
    ? { action: 'unassign', sent: { undoes: id } }
    : { action: 'assign', sent: { undoes: id, officer } };
}
