import type { Counter, Counts } from '../statistics/counters.ts';
import { protectedCounts, ROUNDED_TO } from '../statistics/protect.ts';

/** What is shown of a county and month, in the order of a complaint's life. */
const OPEN_COUNTERS = [
  'received',
  'accepted',
  'refused',
  'reconciled',
  'settled',
  'terminated',
  'closed',
  'published',
  'excluded',
] as const satisfies readonly Counter[];

/** Sums, and the counters of those who have a part in each. */
const OPEN_SUMS = {
  agreedFen: ['settled', 'reconciled'],
  provenFen: ['settled', 'reconciled', 'performed'],
} as const satisfies Partial<Record<Counter, readonly Counter[]>>;

type OpenCounter = (typeof OPEN_COUNTERS)[number];
type OpenSum = keyof typeof OPEN_SUMS;

/** The open figures of one place in one month. */
export interface OpenFigure {
  /** Code of the county; of the whole bureau its own. */
  code: string;
  name: string;
  month: string;
  /** Counts are multiples of this, sums of a thousand yuan; null: exact. */
  roundedTo: number | null;
  counts: Record<OpenCounter, number>;
  /** Null: too few cases have a part in it, so that it could be the sum of one. */
  sums: Record<OpenSum, number | null>;
}

/** A sum of fewer cases than this is withheld. */
const FEWEST_IN_SUM = ROUNDED_TO;

/**
 * Figures of one place and one whole month. Months only: of periods that overlap by a day or two the rounding itself
 * tells which day a case came (its thresholds are passed one after the other); of months none overlap.
 */
export function openFigure(
  place: { code: string; name: string; isBureau: boolean },
  month: string,
  counts: Counts,
): OpenFigure {
  const { code, name, isBureau } = place;
  const shown = isBureau ? counts : protectedCounts(counts);
  return {
    code,
    name,
    month,
    roundedTo: isBureau ? null : ROUNDED_TO,
    counts: fromNames(OPEN_COUNTERS, (counter) => shown[counter] ?? 0),
    sums: fromNames(Object.keys(OPEN_SUMS) as OpenSum[], (sum) => {
      const among = OPEN_SUMS[sum].reduce((all, counter) => all + (counts[counter] ?? 0), 0);
      return isBureau || among >= FEWEST_IN_SUM ? (shown[sum] ?? 0) : null;
    }),
  };
}

const fromNames = <Name extends string, Value>(names: readonly Name[], value: (name: Name) => Value) =>
  Object.fromEntries(names.map((name) => [name, value(name)])) as Record<Name, Value>;
