import type { Clock } from '../../shared/dates.ts';
import type { TriageQueue } from '../../shared/queue/triage-queue.ts';
import type { CaseStore } from '../../shared/store/case-store.ts';

export interface SweepDependencies {
  cases: CaseStore;
  queue: TriageQueue;
  now: Clock;
}

/** A case is normally triaged within a second; after this long its message is taken for lost. */
const LOST_AFTER_MS = 60_000;

/** More than a bureau receives in a minute; what is left over comes with the next sweep. */
const AT_MOST = 1_000;

/**
 * Finds cases whose message was lost (an emptied queue, a stream outage) and asks the triage again.
 * @returns how many were asked for
 */
export async function sweep({ cases, queue, now }: SweepDependencies): Promise<number> {
  const until = new Date(now().getTime() - LOST_AFTER_MS).toISOString();
  const numbers = await cases.awaitingTriage(until, AT_MOST);
  // What the queue refuses now is found again by the next sweep.
  await queue.send(numbers);
  return numbers.length;
}
