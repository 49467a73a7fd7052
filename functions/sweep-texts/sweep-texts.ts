import type { Clock } from '../../shared/dates.ts';
import type { TextQueue } from '../../shared/queue/text-queue.ts';
import type { Due, TextStore } from '../../shared/store/text-store.ts';

export interface SweepTextsDependencies {
  texts: Pick<TextStore, 'due'>;
  queue: TextQueue;
  now: Clock;
}

const MINUTE_MS = 60_000;
const KINDS: readonly Due[] = ['text', 'parts', 'talk'];

/**
 * After a quarter of an hour something is wrong with the item itself: asking every minute would only fill the DLQ. It is
 * asked for every ten minutes then, so that it goes on soon after the fix.
 */
const STUCK_AFTER_MS = 15 * MINUTE_MS;
const STUCK_EVERY_MINUTES = 10;
/** More than a bureau receives in a minute; what is left over comes with the next sweep. */
const AT_MOST = 1_000;
const BEGINNING = '1970-01-01T00:00:00.000Z';

/**
 * Finds texts whose message was lost, talks whose effects are not done, and what a silence has ended, and asks for them.
 * @returns how many were asked for
 */
export async function sweepTexts({ texts, queue, now }: SweepTextsDependencies): Promise<number> {
  const time = now().getTime();
  const ago = (ms: number) => new Date(time - ms).toISOString();
  const asksForStuck = Math.floor(time / MINUTE_MS) % STUCK_EVERY_MINUTES === 0;
  const from = asksForStuck ? BEGINNING : ago(STUCK_AFTER_MS);
  const found = await Promise.all(KINDS.map((kind) => texts.due(kind, from, ago(0), AT_MOST)));
  const items = found.flat();
  // What the queue refuses now is found again by the next sweep.
  await queue.send(items);
  return items.length;
}
