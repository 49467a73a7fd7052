import type { CaseEvent } from '../case/case.ts';
import type { LocalDate } from '../dates.ts';

/** What is counted per unit and day. Sums of money are in fen. */
export const COUNTERS = [
  'received',
  'distributed',
  'referred',
  'returned',
  'accepted',
  'refused',
  'settled',
  'terminated',
  'claimedFen',
  'agreedFen',
  'provenFen',
] as const;

export type Counter = (typeof COUNTERS)[number];
export type Counts = Partial<Record<Counter, number>>;

/** A change to the counters of one unit on one day. */
export interface Increment {
  unit: string;
  day: LocalDate;
  counts: Counts;
}

/** What one event adds, whatever the unit. */
function countsOf(event: CaseEvent): Counts {
  switch (event.type) {
    case 'registered':
      return { received: 1, claimedFen: event.facts.claimedFen ?? 0 };
    case 'settled':
      return { settled: 1, agreedFen: event.facts.agreedFen, provenFen: event.facts.provenFen };
    default:
      return { [event.type]: 1 };
  }
}

/** The changes that one event makes: one per unit from the city down. Pure: the same event, the same changes. */
export function incrementsOf(event: CaseEvent): Increment[] {
  const counts = countsOf(event);
  return event.unitPath.map((unit) => ({ unit, day: event.on, counts }));
}

/** Adds up increments per unit and day, in any order; sums are exact because all numbers are integers. */
export function fold(increments: Iterable<Increment>): Increment[] {
  const sums = new Map<string, Increment>();
  for (const { unit, day, counts } of increments) {
    const key = `${unit} ${day}`;
    const sum = sums.get(key);
    sums.set(key, { unit, day, counts: sum === undefined ? counts : add(sum.counts, counts) });
  }
  return [...sums.values()];
}

export function add(left: Counts, right: Counts): Counts {
  const sum: Counts = { ...left };
  for (const counter of COUNTERS) {
    const value = right[counter];
    if (value !== undefined) sum[counter] = (sum[counter] ?? 0) + value;
  }
  return sum;
}
