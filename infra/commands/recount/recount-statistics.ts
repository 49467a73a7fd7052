import { setTimeout as delay } from 'node:timers/promises';
import type { CaseEvent } from '../../../shared/case/case.ts';
import { fold, type Increment, incrementsOf } from '../../../shared/statistics/counters.ts';
import { type Drift, driftBetween } from '../../../shared/statistics/drift.ts';
import type { CaseStore } from '../../../shared/store/case-store.ts';
import { cancellationReasons } from '../../../shared/store/dynamodb.ts';
import { type StatisticsStore, TALLY_BATCH } from '../../../shared/store/statistics-store.ts';

/** What a recount found. All is well when the four lists are empty. */
export interface Recount {
  /** Events in the history. */
  events: number;
  /** Counters that are not what the counted events add up to. */
  drift: Drift[];
  /** Events that were there at the first look and are still not counted. */
  untallied: string[];
  /** Ids that were counted although the history does not have them. */
  unknown: string[];
  /** `<unit> <day>` whose counters changed during every look, so that nothing could be said of them. */
  moving: string[];
  /** Events that this recount itself had counted (`repair`). */
  repaired: number;
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
  return drift.length + untallied.length + unknown.length + moving.length === 0;
}

/**
 * Rebuilds the statistics from the history and compares them, line by line (a unit's day). Exact while the
 * system runs: a look reads counters, markers, and counters again. Counters only grow, and in one transaction
 * with the markers: where they are the same both times, the markers say exactly what they hold. Lines that
 * changed meanwhile, or to which an event of the first look is still to be added, are looked at again. So is
 * a difference, once: a scan that meets a transaction half way shows what the next one does not.
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
  const drift: Drift[] = [];
  const suspicions = new Map<string, string>();
  let unproven: Set<string> | undefined;
  let late: CaseEvent[] | undefined;
  let repaired = 0;

  for (;;) {
    const lookedAt = Date.now();
    const look = await lookOnce(cases, statistics, onEvent);
    const last = Date.now() >= until;

    // What came in after the first look is not waited for: a busy system always has some.
    if (late === undefined && look.untallied.length > 0 && !last) onWaiting(look.untallied.length);
    const untallied = new Set(look.untallied.map(({ id }) => id));
    late = (late ?? look.untallied).filter(({ id }) => untallied.has(id));
    const lateLines = new Set(last ? [] : late.flatMap(incrementsOf).map(lineOf));

    unproven ??= new Set(look.lines);
    for (const line of unproven) {
      if (look.moved.has(line) || lateLines.has(line)) continue;
      const wrong = look.drift.get(line) ?? [];
      // The gap stays the same while both sides grow.
      const gap = wrong.map(({ counter, stored, recounted }) => `${counter} ${stored - recounted}`).join();
      if (gap === '' || gap === suspicions.get(line) || last) {
        unproven.delete(line);
        drift.push(...wrong);
      }
      suspicions.set(line, gap);
    }

    if (last || (late.length === 0 && unproven.size === 0)) {
      const { events, unknown } = look;
      return { events, drift, untallied: late.map(({ id }) => id), unknown, moving: [...unproven], repaired };
    }
    if (repair) repaired += await tallyNow(look.untallied, statistics);
    // On a large table a look takes minutes: never spend more than half of the time reading.
    await delay(Math.max(pauseMs, Date.now() - lookedAt));
  }
}

interface Look {
  events: number;
  /** Every line that has counters, stored or recounted. */
  lines: string[];
  /** Lines that changed while the markers were read. */
  moved: Set<string>;
  drift: Map<string, Drift[]>;
  unknown: string[];
  untallied: CaseEvent[];
}

const lineOf = ({ unit, day }: { unit: string; day: string }) => `${unit} ${day}`;

async function lookOnce(cases: CaseStore, statistics: StatisticsStore, onEvent: () => void): Promise<Look> {
  const before = await statistics.allCounts();
  const tallied = await statistics.talliedIds();
  const stored = await statistics.allCounts();

  let events = 0;
  let recounted: Increment[] = [];
  let chunk: Increment[] = [];
  const unknown = new Set(tallied);
  const untallied: CaseEvent[] = [];
  for await (const event of cases.allEvents()) {
    events += 1;
    onEvent();
    if (tallied.has(event.id)) chunk.push(...incrementsOf(event));
    else untallied.push(event);
    unknown.delete(event.id);
    // Added up as they come: a year's history need not fit into memory.
    if (chunk.length >= 10_000) [recounted, chunk] = [fold([...recounted, ...chunk]), []];
  }
  recounted = fold([...recounted, ...chunk]);

  return {
    events,
    lines: [...new Set([...stored, ...recounted].map(lineOf))].toSorted(),
    moved: new Set(driftBetween(before, stored).map(lineOf)),
    drift: Map.groupBy(driftBetween(stored, recounted), lineOf),
    unknown: [...unknown],
    untallied,
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
