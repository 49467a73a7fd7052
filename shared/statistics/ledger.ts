import type { CaseEvent } from '../case/case.ts';
import type { Instant, LocalDate } from '../dates.ts';
import { countCase, type Dimensions } from './contributions.ts';
import { type Counter, type Counts, fold, type Increment } from './counters.ts';

/*
 * The ledger of figures (台账): what each event changed in them. Counters are its sums; every figure opens to its
 * lines, and from a line to its case. An entry is never changed: what is corrected later is an entry of that later
 * event, under the day it corrects. So any figure can be worked out as it stood on any day.
 */

/** What an event counts more, or takes back. */
export interface LedgerLine {
  /** Where the case lay: units from the city down, then `area:<id>`, `officer:<id>`. */
  path: readonly string[];
  /** Which of these it counts at. */
  counted: readonly string[];
  /** 1 for what is added; -1 for what is taken back, with the dimensions it was counted under. */
  weight: 1 | -1;
  counts: Counts;
  dimensions: Dimensions;
}

/** What one event changed in the figures of one day below one unit. */
export interface LedgerEntry {
  /** The event that wrote it: `<case number>.<version>`. */
  event: string;
  number: string;
  version: number;
  /** When the event happened; `on` is later than `day` for a correction. */
  at: Instant;
  on: LocalDate;
  /** The day it counts for. */
  day: LocalDate;
  /** The units of the path that its lines share. */
  units: readonly string[];
  lines: readonly LedgerLine[];
}

/**
 * Entries that the last event of a history writes: what the history counts with it, less what it counts without it.
 * Pure, and the same whenever it is worked out; most events give one entry or none.
 * @param history events of one case from the first on, without a gap
 */
export function entriesOf(history: readonly CaseEvent[]): LedgerEntry[] {
  const event = history.at(-1);
  if (event === undefined) return [];
  const before: Places = history.length === 1 ? new Map() : byPlace(history.slice(0, -1));
  return entriesBetween(event, before, byPlace(history));
}

/** All entries of a case's history, event by event: what the ledger must hold of it. */
export function allEntriesOf(history: readonly CaseEvent[]): LedgerEntry[] {
  let before: Places = new Map();
  return history.flatMap((event, index) => {
    const after = byPlace(history.slice(0, index + 1));
    const entries = entriesBetween(event, before, after);
    before = after;
    return entries;
  });
}

function entriesBetween(event: CaseEvent, before: Places, after: Places): LedgerEntry[] {
  const places = [...new Set([...before.keys(), ...after.keys()])].toSorted();
  const changes = places.flatMap((place) => difference(before.get(place), after.get(place)));
  const { id, number, version, at, on } = event;
  return [
    ...Map.groupBy(changes, ({ day, line }) => `${day} ${unitsOf(line.path).join('/')}`).values(),
  ].flatMap((group) =>
    group.slice(0, 1).map(({ day, line: { path } }) => ({
      event: id,
      number,
      version,
      at,
      on,
      day,
      units: unitsOf(path),
      lines: group.map(({ line }) => line),
    })),
  );
}

/** What a case counts on one day at one place. */
interface Counted {
  day: LocalDate;
  line: Omit<LedgerLine, 'weight'>;
}
type Places = ReadonlyMap<string, Counted>;
interface Change {
  day: LocalDate;
  line: LedgerLine;
}

const unitsOf = (path: readonly string[]) => path.filter((node) => !node.includes(':'));

function byPlace(history: readonly CaseEvent[]): Places {
  const { dimensions, contributions } = countCase(history);
  const under = JSON.stringify(dimensions);
  return new Map(
    contributions.map(({ day, path, at: counted, counts }) => [
      [day, path.join('/'), counted.join('/'), under].join(' '),
      { day, line: { path, counted, counts, dimensions } },
    ]),
  );
}

/** What counts more is one line, what counts less another: a reader of either sees whole numbers. */
function difference(was: Counted | undefined, is: Counted | undefined): Change[] {
  const place = is ?? was;
  if (place === undefined) return [];
  const more: Counts = {};
  const less: Counts = {};
  const names = new Set([...Object.keys(was?.line.counts ?? {}), ...Object.keys(is?.line.counts ?? {})]);
  for (const name of names as Set<Counter>) {
    const change = (is?.line.counts[name] ?? 0) - (was?.line.counts[name] ?? 0);
    if (change > 0) more[name] = change;
    if (change < 0) less[name] = -change;
  }
  return ([-1, 1] as const).flatMap((weight) => {
    const counts = weight === 1 ? more : less;
    return Object.keys(counts).length === 0
      ? []
      : [{ day: place.day, line: { ...place.line, weight, counts } }];
  });
}

/** What entries change in the counters, added up per unit and day. */
export function incrementsOf(entries: readonly LedgerEntry[]): Increment[] {
  return fold(
    entries.flatMap(({ day, lines }) =>
      lines.flatMap(({ counted, counts, weight }) =>
        counted.map((unit) => ({ unit, day, counts: weigh(counts, weight) })),
      ),
    ),
  );
}

const weigh = (counts: Counts, weight: 1 | -1): Counts =>
  Object.fromEntries(Object.entries(counts).map(([name, value]) => [name, weight * value]));

/**
 * What entries change in the live counters: those that count for the day on which they are written. What moves another
 * day (a correction, a period's last day, the day of receipt) comes with that day's roll-up, some minutes later:
 * counting it here as well would cost more than the case change that caused it.
 */
export function liveIncrementsOf(entries: readonly LedgerEntry[]): Increment[] {
  return incrementsOf(entries.filter(({ day, on }) => day === on)).filter(({ unit }) => !unit.includes(':'));
}
