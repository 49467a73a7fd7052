import type { Counter, Counts } from './counters.ts';
import { type IndicatorId, indicator } from './indicators.ts';
import { type Interval, wilson } from './interval.ts';
import type { RollUp } from './roll-up.ts';

/*
 * Units compared fairly: a station in a market quarter has other complaints than one in the country. Each is
 * measured against what the whole bureau would have reached with the same mix of problems (indirect
 * standardisation), with the interval in which luck alone puts a unit of its size.
 * Source: D. J. Spiegelhalter, Funnel plots for comparing institutional performance, Statistics in Medicine 24 (2005);
 * indirect standardisation as in L. I. Iezzoni, Risk Adjustment for Measuring Health Care Outcomes (4th ed. 2013).
 */

export type Verdict = 'better' | 'as-expected' | 'worse' | 'too-few';

export interface Compared {
  unit: string;
  value: number | null;
  numerator: number;
  denominator: number;
  interval: Interval | null;
  /** The rate that the whole would have reached with this unit's mix of problems. */
  expected: number | null;
  /** Value against expected, on the scale of the whole. */
  adjusted: number | null;
  /** 1 is the best; equal where they cannot be told apart from the whole; null where too few cases stand below. */
  rank: number | null;
  verdict: Verdict;
}

/** By what units differ that is not theirs: what people complain about there. */
const MIX = 'problem';

/** Compares units by a rate. `whole` holds the figures of all of them together. */
export function compareUnits(id: IndicatorId, whole: RollUp, units: readonly RollUp[]): Compared[] {
  const { formula, direction, minimum = 0 } = indicator(id);
  if (formula.of !== 'rate') throw new RangeError(`${id} is no rate`);
  const above = total(formula.numerator);
  const below = total(formula.denominator);
  const overall = below(whole.totals) === 0 ? null : above(whole.totals) / below(whole.totals);
  const rateOfClass = new Map(
    Object.entries(whole.by[MIX] ?? {}).map(([value, counts]) => [
      value,
      below(counts) === 0 ? (overall ?? 0) : above(counts) / below(counts),
    ]),
  );

  const compared = units.map((unit): Compared => {
    const [numerator, denominator] = [above(unit.totals), below(unit.totals)];
    const value = denominator === 0 ? null : numerator / denominator;
    const expected = overall === null || denominator === 0 ? null : expectedOf(unit, denominator);
    const adjusted =
      value === null || expected === null || expected === 0 || overall === null
        ? null
        : Math.min(1, (value / expected) * overall);
    const interval = wilson(numerator, denominator);
    const verdict = verdictOf(interval, expected, denominator < minimum, direction);
    return {
      unit: unit.unit,
      value,
      numerator,
      denominator,
      interval,
      expected,
      adjusted,
      rank: null,
      verdict,
    };
  });
  return ranked(compared, direction);

  /** What the whole's rate in each class of problems gives with this unit's numbers of them. */
  function expectedOf(unit: RollUp, denominator: number): number {
    const classes = Object.entries(unit.by[MIX] ?? {});
    const known = classes.reduce((sum, [, counts]) => sum + below(counts), 0);
    const hits = classes.reduce(
      (sum, [value, counts]) => sum + below(counts) * (rateOfClass.get(value) ?? overall ?? 0),
      0,
    );
    // What was read in no class is expected as the whole is.
    return (hits + (denominator - known) * (overall ?? 0)) / denominator;
  }
}

const total =
  (counters: readonly Counter[]) =>
  (counts: Counts): number =>
    counters.reduce((sum, counter) => sum + (counts[counter] ?? 0), 0);

function verdictOf(
  interval: Interval | null,
  expected: number | null,
  tooFew: boolean,
  direction: 'up' | 'down' | 'none',
): Verdict {
  if (tooFew || interval === null || expected === null) return 'too-few';
  if (direction === 'none' || (interval.from <= expected && interval.to >= expected)) return 'as-expected';
  return interval.from > expected === (direction === 'up') ? 'better' : 'worse';
}

const PLACE: Readonly<Record<Exclude<Verdict, 'too-few'>, number>> = {
  better: 0,
  'as-expected': 1,
  worse: 2,
};

/** Those that cannot be told from what is expected share a rank: an order among them would be luck. */
function ranked(compared: readonly Compared[], direction: 'up' | 'down' | 'none'): Compared[] {
  const sign = direction === 'down' ? 1 : -1;
  const order = compared.toSorted((a, b) => {
    const place = ({ verdict }: Compared) => (verdict === 'too-few' ? 3 : PLACE[verdict]);
    return place(a) - place(b) || sign * ((a.adjusted ?? 0) - (b.adjusted ?? 0));
  });
  let before: Compared | undefined;
  return order.map((one, index) => {
    if (one.verdict === 'too-few' || direction === 'none') return one;
    const rank = one.verdict === 'as-expected' && before?.verdict === 'as-expected' ? before.rank : index + 1;
    before = { ...one, rank };
    return before;
  });
}
