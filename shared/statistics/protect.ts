import { COUNTER_DEFINITIONS, type Counter, type Counts } from './counters.ts';

/*
 * Small numbers in open figures. A single refusal at a station may point to one person whom neighbours know. Open figures
 * below the bureau are of whole months, rounded to a multiple; a sum of money that few have a part in is left out.
 * Months only: of periods that overlap by a day the rounding itself tells on which day a case came.
 * Source: L. Willenborg, T. de Waal, Elements of Statistical Disclosure Control (2001), chapter 9 (rounding).
 */

/** Counts are rounded to a multiple of this many; a sum of fewer cases is left out. */
export const ROUNDED_TO = 5;
/** Sums of money are rounded to a thousand yuan. */
const FEN_ROUNDED_TO = 100_000;

/** Who have a part in a sum. Sums that are not here are sealed anyway. */
const BEHIND: Readonly<Partial<Record<Counter, readonly Counter[]>>> = {
  claimedFen: ['received'],
  agreedFen: ['settled', 'reconciled'],
  provenFen: ['settled', 'reconciled', 'performed'],
  paidFirstFen: ['settled', 'reconciled', 'performed'],
};

const rounded = (value: number, to: number) => Math.round(value / to) * to;

/** A sum of money as it may be shown, where enough have a part in it. */
export const roundedSum = (fen: number): number => rounded(fen, FEN_ROUNDED_TO);

/** Counts of a month as they may be shown to everybody; sums that may not are left out. */
export function protectedCounts(counts: Counts): Counts {
  const isShown = (name: Counter) => {
    if (COUNTER_DEFINITIONS[name].unit !== 'fen') return true;
    const among = (BEHIND[name] ?? []).reduce((all, counter) => all + (counts[counter] ?? 0), 0);
    return among >= ROUNDED_TO;
  };
  return Object.fromEntries(
    (Object.entries(counts) as [Counter, number][])
      .filter(([name]) => isShown(name))
      .map(([name, value]) => [
        name,
        COUNTER_DEFINITIONS[name].unit === 'fen' ? roundedSum(value) : rounded(value, ROUNDED_TO),
      ]),
  );
}
