import { setTimeout as delay } from 'node:timers/promises';
import type { CaseEvent } from '../case/case.ts';
import { hashOf } from '../case/chain.ts';
import type { LocalDate } from '../dates.ts';
import { add, type Counts, fold, type Increment, withoutZeros } from '../statistics/counters.ts';
import { type Drift, driftBetween } from '../statistics/drift.ts';
import { allEntriesOf, type LedgerEntry, liveIncrementsOf } from '../statistics/ledger.ts';
import type { CaseStore } from './case-store.ts';
import type { StatisticsStore } from './statistics-store.ts';

/** What a recount found. All is well when the lists are empty. */
export interface Recount {
  /** Events in the history. */
  events: number;
  /** Counters that are not what the ledger adds up to. */
  drift: Drift[];
  /** Ledger entries that are due since the first look and are still not there, `<event> <day>`. */
  untallied: string[];
  /** Entries that the history does not give. */
  unknown: string[];
  /** Entries that say something else than the history. */
  different: string[];
  /** `<bureau> <day>` whose roll-up is not what the ledger it was made from adds up to. */
  rollUps: string[];
  /** `<unit> <day>` whose counters changed during every look, so that nothing could be said of them. */
  moving: string[];
  /** Entries that this recount itself had counted (`repair`). */
  repaired: number;
}

export interface RecountOptions {
  /** How long an entry may take: until then it is lag, afterwards it is missing. */
  waitMs?: number;
  /** Pause between two looks. */
  pauseMs?: number;
  /** Count what is not counted, in the way the stream does it. */
  repair?: boolean;
  /** Which figures to compare; the live ones by default. */
  generation?: number | undefined;
  /** Called as events are read, so many at a time: one look reads each event once. */
  onEvents?: (count: number) => void;
  /** Called once if entries of the first look wait to be counted. */
  onWaiting?: (count: number) => void;
}

type Cases = Pick<CaseStore, 'allEvents' | 'history'>;
type Statistics = Pick<StatisticsStore, 'allCounts' | 'allEntries' | 'rolledUp' | 'rollUps' | 'tally'>;

/** Entries counted in one go by a repair. */
const REPAIR_BATCH = 25;

/** True when the recount found nothing. */
export function isClean({ drift, untallied, unknown, different, rollUps, moving }: Recount): boolean {
  const lists = [drift, untallied, unknown, different, rollUps, moving];
  return lists.every(({ length }) => length === 0);
}

/**
 * Works the figures out from the history and compares them: the ledger entry by entry, the counters line by line (a
 * unit's day). Exact while the system runs: a look reads counters, ledger, and counters again. Where the counters
 * are the same both times, the ledger says exactly what they hold. Lines that changed meanwhile, or to which an
 * entry of the first look is still to be added, are looked at again. So is a difference, once: a scan that meets a
 * transaction half way shows what the next one does not.
 */
export async function recount(
  cases: Cases,
  statistics: Statistics,
  {
    waitMs = 60_000,
    pauseMs = 500,
    repair = false,
    generation,
    onEvents = () => undefined,
    onWaiting = () => undefined,
  }: RecountOptions = {},
): Promise<Recount> {
  const until = Date.now() + waitMs;
  const drift: Drift[] = [];
  const suspicions = new Map<string, string>();
  let unproven: Set<string> | undefined;
  let late: LedgerEntry[] | undefined;
  let repaired = 0;

  for (;;) {
    const lookedAt = Date.now();
    const look = await lookOnce(cases, statistics, generation, onEvents);
    const last = Date.now() >= until;

    // What came in after the first look is not waited for: a busy system always has some.
    if (late === undefined && look.untallied.length > 0 && !last) onWaiting(look.untallied.length);
    const untallied = new Set(look.untallied.map(nameOf));
    late = (late ?? look.untallied).filter((entry) => untallied.has(nameOf(entry)));
    const lateLines = new Set(last ? [] : liveIncrementsOf(late).map(lineOf));

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
      const { events, unknown, different } = look;
      return {
        events,
        drift,
        untallied: late.map(nameOf),
        unknown,
        different,
        rollUps: generation === undefined ? await wrongRollUps(look.days, statistics) : [],
        moving: [...unproven],
        repaired,
      };
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
  /** Lines that changed while the ledger was read. */
  moved: Set<string>;
  drift: Map<string, Drift[]>;
  unknown: string[];
  different: string[];
  untallied: LedgerEntry[];
  /** What the stored ledger of each bureau's day adds up to. */
  days: Map<string, LedgerDay>;
}

interface LedgerDay {
  bureau: string;
  day: LocalDate;
  entries: number;
  totals: Counts;
}

const lineOf = ({ unit, day }: { unit: string; day: string }) => `${unit} ${day}`;
const nameOf = ({ event, day, units }: LedgerEntry) => `${event} ${day} ${units.join('/')}`;

async function lookOnce(
  cases: Cases,
  statistics: Statistics,
  generation: number | undefined,
  onEvents: (count: number) => void,
): Promise<Look> {
  const before = await statistics.allCounts(generation);
  // Hashes, not entries: a year's ledger need not fit into memory.
  const tallied = new Map<string, string>();
  const days = new Map<string, LedgerDay>();
  for await (const entry of statistics.allEntries(generation)) {
    tallied.set(nameOf(entry), hashOf(entry));
    addTo(days, entry);
  }
  const stored = await statistics.allCounts(generation);

  let events = 0;
  let recounted: Increment[] = [];
  let chunk: Increment[] = [];
  const unknown = new Set(tallied.keys());
  const different: string[] = [];
  const untallied: LedgerEntry[] = [];
  for await (const history of histories(cases)) {
    events += history.length;
    onEvents(history.length);
    const entries = allEntriesOf(history);
    const counted = entries.filter((entry) => tallied.has(nameOf(entry)));
    untallied.push(...entries.filter((entry) => !tallied.has(nameOf(entry))));
    different.push(...counted.filter((entry) => tallied.get(nameOf(entry)) !== hashOf(entry)).map(nameOf));
    for (const entry of counted) unknown.delete(nameOf(entry));
    chunk.push(...liveIncrementsOf(counted));
    // Added up as they come: a year's counts need not fit into memory.
    if (chunk.length >= 10_000) [recounted, chunk] = [fold([...recounted, ...chunk]), []];
  }
  recounted = fold([...recounted, ...chunk]);

  return {
    events,
    lines: [...new Set([...stored, ...recounted].map(lineOf))].toSorted(),
    moved: new Set(driftBetween(before, stored).map(lineOf)),
    drift: Map.groupBy(driftBetween(stored, recounted), lineOf),
    unknown: [...unknown],
    different,
    untallied,
    days,
  };
}

function addTo(days: Map<string, LedgerDay>, { units: [bureau = ''], day, lines }: LedgerEntry): void {
  const key = `${bureau} ${day}`;
  const before = days.get(key) ?? { bureau, day, entries: 0, totals: {} };
  const totals = lines
    .filter(({ counted }) => counted.includes(bureau))
    .reduce<Counts>((sum, { counts, weight }) => add(sum, counts, weight), before.totals);
  days.set(key, { ...before, entries: before.entries + 1, totals });
}

/** Roll-ups that say something else than the ledger they were made from; those that are only old are not wrong. */
async function wrongRollUps(days: ReadonlyMap<string, LedgerDay>, statistics: Statistics): Promise<string[]> {
  const wrong: string[] = [];
  for (const bureau of new Set([...days.values()].map((one) => one.bureau))) {
    const made = new Map(
      (await statistics.rolledUp(bureau, FIRST_DAY, LAST_DAY)).map(({ day, entries }) => [day, entries]),
    );
    for (const { period: day, totals } of await statistics.rollUps(bureau, FIRST_DAY, LAST_DAY, 'strong')) {
      const ledger = days.get(`${bureau} ${day}`);
      const isOld = ledger === undefined || made.get(day) !== ledger.entries;
      if (!isOld && hashOf(withoutZeros(ledger.totals)) !== hashOf(totals)) wrong.push(`${bureau} ${day}`);
    }
  }
  return wrong;
}

const FIRST_DAY = '2000-01-01';
const LAST_DAY = '2999-12-31';

/**
 * The histories of all cases, read by one scan: a query for each case would cost as much again. Kept are only the parts
 * that count, some 400 bytes an event.
 */
export async function* histories(cases: Cases): AsyncGenerator<CaseEvent[]> {
  const byCase = new Map<string, CaseEvent[]>();
  for await (const event of cases.allEvents()) {
    const events = byCase.get(event.number);
    if (events === undefined) byCase.set(event.number, [whatCounts(event)]);
    else events.push(whatCounts(event));
  }
  for (const [number, events] of byCase) {
    byCase.delete(number);
    const history = events.toSorted((a, b) => a.version - b.version);
    // The scan had passed where an event was put at that moment, and met the one after it.
    const isWhole = history.every(({ version }, index) => version === index + 1);
    yield isWhole ? history : await cases.history(number);
  }
}

/** An event without what no figure looks at: how it was routed, whom it told, what people wrote. */
function whatCounts({
  facts: { routing, candidates, understood, ...facts },
  words,
  notices,
  ...event
}: CaseEvent): CaseEvent {
  const { problem, subject, division, business } = (understood ?? {}) as Record<string, unknown>;
  return {
    ...event,
    facts:
      understood === undefined ? facts : { ...facts, understood: { problem, subject, division, business } },
  };
}

/** @returns how many of the entries are counted now */
async function tallyNow(entries: readonly LedgerEntry[], statistics: Statistics): Promise<number> {
  let done = 0;
  for (let start = 0; start < entries.length; start += REPAIR_BATCH) {
    const batch = entries.slice(start, start + REPAIR_BATCH);
    try {
      await statistics.tally(batch);
      done += batch.length;
    } catch (error) {
      // The stream is counting the same moment: the next look sees who has won.
      if (!(error instanceof Error) || error.name !== 'TransactionCanceledException') throw error;
    }
  }
  return done;
}
