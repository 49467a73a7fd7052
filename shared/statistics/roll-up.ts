import type { LocalDate } from '../dates.ts';
import { type Campaign, campaignsOf } from './campaign.ts';
import type { Dimension } from './contributions.ts';
import { add, type Counter, type Counts, withoutZeros } from './counters.ts';
import type { LedgerEntry, LedgerLine } from './ledger.ts';

/** By what roll-ups are cut. A business has a page of its own: a city has 300,000 of them. */
const BY_CASE = ['kind', 'channel', 'problem', 'subject', 'division', 'grade'] as const satisfies Dimension[];
export const ROLLED = [...BY_CASE, 'campaign'] as const;
export type RolledDimension = (typeof ROLLED)[number];

/**
 * What is cut: what managers look at by class and place. By problem everything is, because units are compared by what
 * the whole reaches in each class of problems.
 */
const CUT: ReadonlySet<Counter> = new Set<Counter>([
  'received',
  'reportsReceived',
  'accepted',
  'refused',
  'settled',
  'terminated',
  'reconciled',
  'closed',
  'returned',
  'late',
  'claimedFen',
  'agreedFen',
  'provenFen',
  'ofReceived',
  'ofAccepted',
  'ofSolved',
]);
const cutBy = (dimension: RolledDimension, counts: Counts): Counts =>
  dimension === 'problem'
    ? counts
    : Object.fromEntries(Object.entries(counts).filter(([name]) => CUT.has(name as Counter)));

/** Value → how often it occurred, e.g. days to close → cases. Medians are exact, not estimated. */
export type Histogram = Readonly<Record<string, number>>;

/** The figures of one unit (or `area:…`, `officer:…`) in one day or month, cut by every dimension. */
export interface RollUp {
  unit: string;
  /** A day `2026-11-22` or a month `2026-11`. */
  period: string;
  /** Of a month: the last day that is in it. The running month is rolled up to yesterday, today is counted live. */
  upTo?: LocalDate | undefined;
  totals: Counts;
  by: Readonly<Partial<Record<RolledDimension, Readonly<Record<string, Counts>>>>>;
  closeDays: Histogram;
  responseHours: Histogram;
}

export const emptyRollUp = (unit: string, period: string): RollUp => ({
  unit,
  period,
  totals: {},
  by: {},
  closeDays: {},
  responseHours: {},
});

/** Works out the roll-ups of a day from its ledger, one for each unit, area and officer in it. */
export function rollUpDay(
  day: LocalDate,
  entries: Iterable<LedgerEntry>,
  campaigns: readonly Campaign[] = [],
): RollUp[] {
  const sums = new Map<string, RollUp>();
  for (const { lines } of entries) {
    for (const line of lines) {
      for (const unit of line.counted) {
        sums.set(
          unit,
          addRollUps(sums.get(unit) ?? emptyRollUp(unit, day), ofLine(unit, day, line, campaigns)),
        );
      }
    }
  }
  return [...sums.values()].map(tidy);
}

/** Adds roll-ups of one unit up: the days of a month, the months of a year. */
export function rollUpPeriod(unit: string, period: string, parts: Iterable<RollUp>): RollUp {
  let sum = emptyRollUp(unit, period);
  for (const part of parts) sum = addRollUps(sum, part);
  return tidy(sum);
}

function ofLine(
  unit: string,
  period: string,
  { counts, weight, dimensions }: LedgerLine,
  campaigns: readonly Campaign[],
): RollUp {
  const weighed = add({}, counts, weight);
  const values: Readonly<Partial<Record<RolledDimension, readonly string[]>>> = {
    ...Object.fromEntries(BY_CASE.map((dimension) => [dimension, [dimensions[dimension] ?? []].flat()])),
    campaign: campaignsOf(dimensions, period, campaigns),
  };
  const by = Object.fromEntries(
    ROLLED.map((dimension) => [
      dimension,
      Object.fromEntries((values[dimension] ?? []).map((value) => [value, cutBy(dimension, weighed)])),
    ]),
  );
  return {
    unit,
    period,
    totals: weighed,
    by,
    closeDays: spans(counts.closeDays, counts.closed, weight),
    responseHours: spans(counts.responseHours, counts.responded, weight),
  };
}

/** How long it took, once for each time it happened. A span of nothing is not counted as a sum, but it happened. */
function spans(sum = 0, times = 0, weight: 1 | -1): Histogram {
  return times === 0 ? {} : { [Math.round(sum / times)]: weight * times };
}

function addRollUps(left: RollUp, right: RollUp): RollUp {
  return {
    unit: left.unit,
    period: left.period,
    totals: add(left.totals, right.totals),
    by: Object.fromEntries(
      ROLLED.flatMap((dimension) => {
        const [ours = {}, theirs = {}] = [left.by[dimension], right.by[dimension]];
        const values = { ...ours };
        for (const [value, counts] of Object.entries(theirs)) values[value] = add(ours[value] ?? {}, counts);
        return Object.keys(values).length === 0 ? [] : [[dimension, values]];
      }),
    ),
    closeDays: addHistograms(left.closeDays, right.closeDays),
    responseHours: addHistograms(left.responseHours, right.responseHours),
  };
}

function addHistograms(left: Histogram, right: Histogram): Histogram {
  const sum: Record<string, number> = { ...left };
  for (const [value, times] of Object.entries(right)) sum[value] = (sum[value] ?? 0) + times;
  return sum;
}

const positive = (histogram: Histogram): Histogram =>
  Object.fromEntries(Object.entries(histogram).filter(([, times]) => times !== 0));

/** Without what came to nothing, so that equal figures are equal items. */
function tidy(of: RollUp): RollUp {
  const by = Object.entries(of.by).flatMap(([dimension, values]) => {
    const kept = Object.entries(values)
      .map(([value, counts]) => [value, withoutZeros(counts)] as const)
      .filter(([, counts]) => Object.keys(counts).length > 0);
    return kept.length === 0 ? [] : [[dimension, Object.fromEntries(kept)] as const];
  });
  return {
    ...of,
    totals: withoutZeros(of.totals),
    by: Object.fromEntries(by),
    closeDays: positive(of.closeDays),
    responseHours: positive(of.responseHours),
  };
}

/**
 * The value below or at which `share` of all lie (nearest rank), e.g. 0.5 for the median; null of nothing.
 * Source: Hyndman & Fan, "Sample Quantiles in Statistical Packages", The American Statistician 50 (1996), definition 1.
 */
export function quantile(histogram: Histogram, share: number): number | null {
  const values = Object.entries(histogram)
    .map(([value, times]) => [Number(value), times] as const)
    .toSorted(([a], [b]) => a - b);
  const total = values.reduce((sum, [, times]) => sum + times, 0);
  if (total <= 0) return null;
  const rank = Math.max(1, Math.ceil(share * total));
  let seen = 0;
  return values.find(([, times]) => (seen += times) >= rank)?.[0] ?? null;
}
