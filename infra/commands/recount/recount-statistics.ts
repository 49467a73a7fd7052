import { setTimeout as delay } from 'node:timers/promises';
import type { CaseEvent } from '../../../shared/complaint/case.ts';
import { fold, type Increment, incrementsOf } from '../../../shared/statistics/counters.ts';
import { type Drift, driftBetween } from '../../../shared/statistics/drift.ts';
import type { CaseStore } from '../../../shared/store/case-store.ts';
import { cancellationReasons } from '../../../shared/store/dynamodb.ts';
import { type StatisticsStore, TALLY_BATCH } from '../../../shared/store/statistics-store.ts';

/** What a recount found. All is well when the lists are empty and `moving` is false. */
export interface Recount {
  /** Events in the history. */
  events: number;
  /** Counters that are not what the counted events add up to. */
  drift: Drift[];
  /** Events that were there at the first look and are still not counted. */
  untallied: string[];
  /** Ids that were counted although the history does not have them. */
  unknown: string[];
  /** Events that this recount itself had counted (`repair`). */
  repaired: number;
  /** Events were being counted during every look, so that equality could not be proven. */
  moving: boolean;
}

export interface RecountOptions {
  /** How long events without a marker may take: until then they are lag, afterwards they are missing. */
  waitMs?: number;
  /** Pause between two looks. */
  pauseMs?: number;
  /** Count what is not counted, in the way the stream does it. */
  repair?: boolean;
  /** Called as events are read: one look reads each event once. */
  onEvent?: () => void;
  /** Called once if events of the first look wait to be counted. */
  onWaiting?: (count: number) => void;
}

/** True when the recount found nothing. */
export function isClean({ drift, untallied, unknown, moving }: Recount): boolean {
  return drift.length + untallied.length + unknown.length === 0 && !moving;
}

/**
 * Rebuilds the statistics from the history and compares. Exact while the system runs: a look reads the
 * markers, the counters and the markers again, so that it knows whether anything was counted meanwhile, and
 * compares the counters with just those events that bear a marker. Looks again while events of the first
 * look wait to be counted, and once more before it calls anything a difference: a scan that meets a
 * transaction half way shows what the next one does not.
 */
export async function recount(
  cases: CaseStore,
  statistics: StatisticsStore,
  {
    waitMs = 60_000,
    pauseMs = 500,
    repair = false,
    onEvent = () => undefined,
    onWaiting = () => undefined,
  }: RecountOptions = {},
): Promise<Recount> {
  const until = Date.now() + waitMs;
  let waitingFor: ReadonlySet<string> | undefined;
  let repaired = 0;
  let suspects = '';

  for (;;) {
    const lookedAt = Date.now();
    const look = await lookOnce(cases, statistics, onEvent);
    const ids = new Set(look.untallied.map(({ id }) => id));
    // What came in after the first look is not waited for: a busy system always has some.
    if (waitingFor === undefined && ids.size > 0 && waitMs > 0) onWaiting(ids.size);
    waitingFor = waitingFor?.intersection(ids) ?? ids;
    const suspicion = suspicionOf(look);
    const confirmed = suspicion === '' || suspicion === suspects;
    suspects = suspicion;

    const settled = waitingFor.size === 0 && !look.moving && confirmed;
    if (settled || Date.now() >= until) {
      const { events, drift, unknown, moving } = look;
      return { events, drift, unknown, moving, untallied: [...waitingFor], repaired };
    }
    if (repair) repaired += await tallyNow(look.untallied, statistics);
    // On a large table a look takes minutes: never spend more than half of the time reading.
    await delay(Math.max(pauseMs, Date.now() - lookedAt));
  }
}

interface Look {
  events: number;
  drift: Drift[];
  unknown: string[];
  untallied: CaseEvent[];
  moving: boolean;
}

/** What looks wrong, in a form that stays the same while both sides grow; empty when nothing does. */
function suspicionOf({ drift, unknown }: Look): string {
  const gaps = drift.map(
    ({ unit, day, counter, stored, recounted }) => `${unit} ${day} ${counter} ${stored - recounted}`,
  );
  return [...gaps, ...unknown].join('\n');
}

async function lookOnce(cases: CaseStore, statistics: StatisticsStore, onEvent: () => void): Promise<Look> {
  const before = await statistics.talliedIds();
  const stored = await statistics.allCounts();
  const after = await statistics.talliedIds();

  let events = 0;
  let counted: Increment[] = [];
  let chunk: Increment[] = [];
  const unknown = new Set(after);
  const untallied: CaseEvent[] = [];
  for await (const event of cases.allEvents()) {
    events += 1;
    onEvent();
    if (before.has(event.id)) chunk.push(...incrementsOf(event));
    else if (!after.has(event.id)) untallied.push(event);
    unknown.delete(event.id);
    // Added up as they come: a year's history need not fit into memory.
    if (chunk.length >= 10_000) [counted, chunk] = [fold([...counted, ...chunk]), []];
  }
  counted = fold([...counted, ...chunk]);

  // Something was counted between the two readings: the counters may or may not hold it, so nothing is said.
  const moving = before.size !== after.size;
  return {
    events,
    drift: moving ? [] : driftBetween(stored, counted),
    unknown: [...unknown],
    untallied,
    moving,
  };
}

/** @returns how many of the events are counted now */
async function tallyNow(events: readonly CaseEvent[], statistics: StatisticsStore): Promise<number> {
  let done = 0;
  for (let start = 0; start < events.length; start += TALLY_BATCH) {
    const batch = events.slice(start, start + TALLY_BATCH);
    try {
      await statistics.tally(batch);
      done += batch.length;
    } catch (error) {
      // The stream is counting the same moment: the next look sees who has won.
      if (cancellationReasons(error) === undefined) throw error;
    }
  }
  return done;
}
