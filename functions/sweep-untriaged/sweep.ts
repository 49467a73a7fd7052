import type { Clock } from '../../shared/dates.ts';
import type { TriageQueue } from '../../shared/queue/triage-queue.ts';
import type { CaseStore } from '../../shared/store/case-store.ts';

export interface SweepDependencies {
  cases: CaseStore;
  queue: TriageQueue;
  now: Clock;
}

const MINUTE_MS = 60_000;

/** A case is normally triaged within a second; after a minute its message is taken for lost. */
const LOST_AFTER_MS = MINUTE_MS;

/**
 * After a quarter of an hour something is wrong with the case itself: asking every minute would only fill the
 * DLQ. It is asked for every ten minutes then, so that it goes on soon after the fix.
 */
const STUCK_AFTER_MS = 15 * MINUTE_MS;
const STUCK_EVERY_MINUTES = 10;

/** More than a bureau receives in a minute; what is left over comes with the next sweep. */
const AT_MOST = 1_000;

const BEGINNING = '1970-01-01T00:00:00.000Z';

/**
 * Finds cases whose message was lost (an emptied queue, a stream outage) and asks the triage again.
 * @returns how many were asked for
 */
export async function sweep({ cases, queue, now }: SweepDependencies): Promise<number> {
  const time = now().getTime();
  const before = (ms: number) => new Date(time - ms).toISOString();
  const fresh = await cases.awaitingTriage(before(STUCK_AFTER_MS), before(LOST_AFTER_MS), AT_MOST);
  const asksForStuck = Math.floor(time / MINUTE_MS) % STUCK_EVERY_MINUTES === 0;
  const stuck = asksForStuck
    ? await cases.awaitingTriage(BEGINNING, before(STUCK_AFTER_MS + 1), AT_MOST)
    : [];
  const numbers = [...stuck, ...fresh];
  // What the queue refuses now is found again by the next sweep.
  await queue.send(numbers);
  return numbers.length;
}
