import type { CaseNumber } from '../case/case-number.ts';
import type { DayBand, OpenRow, Outcome } from './row.ts';

/*
 * Open data shows complaints in groups of at least three whose rows are the same in every field, and takes them away in
 * the same groups. So whatever somebody knows of a case, every row that fits it has two more beside it that fit as well;
 * and who compares yesterday's file with today's sees a group come or go, never a case.
 * Source: P. Samarati, L. Sweeney, Protecting Privacy when Disclosing Information (1998), here over all fields and not
 * only over those thought to be known; groups of k to 2k − 1 as in J. Domingo-Ferrer, J. M. Mateo-Sanz, Practical
 * Data-Oriented Microaggregation, IEEE TKDE 14 (2002); splitting as in K. LeFevre et al., Mondrian, ICDE 2006.
 */

/** Fewer cases than this are never shown together. */
const SMALLEST_GROUP = 3;
/** Averages are rounded to a hundred yuan. */
const AVERAGE_ROUNDED_TO = 10_000;
/** A sum of which one case has more than this share is withheld: it would be that case's sum ((n, k)-dominance rule). */
const LARGEST_SHARE = 0.75;

/** What every row of a group shows; null: differs within the group, or is not known. */
export interface Shown {
  business: string | null;
  county: string | null;
  /** `2026-11`, `2026-Q4` or `2026`: as exactly as all of the group have it. */
  received: string;
  subject: string | null;
  problem: string | null;
  outcome: Outcome | null;
  days: DayBand | null;
  /** Average of the sums agreed, rounded; null where nothing was agreed, or one case makes most of it. */
  agreedFen: number | null;
}

/** Of a group in exact numbers: only added up with those of other groups, and rounded, these are shown. */
interface GroupSums {
  settled: number;
  agreedFen: number;
  provenFen: number;
  largestAgreedFen: number;
  largestProvenFen: number;
}

export interface Group {
  members: readonly CaseNumber[];
  shown: Shown;
  sums: GroupSums;
}

/** By what rows are told apart, the most telling first: a field is kept where three agree on it. */
const FIELDS: readonly ((row: OpenRow) => string | null)[] = [
  ({ county }) => county,
  ({ outcome }) => outcome,
  ({ subject }) => subject,
  ({ problem }) => problem,
  ({ received }) => quarterOf(received),
  ({ received }) => received,
  ({ days }) => days,
];

/**
 * Groups of one business in one year, or of one county in one year where the business stays unnamed.
 * @param smallest only a test that attacks the protection asks for less than three
 * @returns the groups; rows that found no company are in none of them
 */
export function formGroups(
  rows: readonly OpenRow[],
  { named, smallest = SMALLEST_GROUP }: { named: boolean; smallest?: number | undefined },
): Group[] {
  const buckets = Map.groupBy(rows, ({ business, received }) =>
    [named ? business : '', received.slice(0, 4)].join(' '),
  );
  return [...buckets.values()]
    .filter((bucket) => bucket.length >= smallest)
    .flatMap((bucket) => split(bucket, FIELDS, smallest))
    .flatMap((part) => chunks(part, smallest))
    .map((members) => groupOf(members, named));
}

/** Parts of at least `smallest` rows each that agree on as many fields as possible. */
function split(rows: readonly OpenRow[], fields: typeof FIELDS, smallest: number): (readonly OpenRow[])[] {
  const [field, ...further] = fields;
  if (field === undefined) return [rows];
  const parts = [...Map.groupBy(rows, field).values()].toSorted((a, b) => b.length - a.length);
  const large = parts.filter(({ length }) => length >= smallest);
  const rest = parts.filter(({ length }) => length < smallest).flat();
  // Too few to stand alone: together they may, without this field; else they take the smallest part along.
  const companions = rest.length === 0 || rest.length >= smallest ? [] : large.splice(-1).flat();
  const mixed = [...rest, ...companions];
  return [...large, ...(mixed.length === 0 ? [] : [mixed])].flatMap((part) => split(part, further, smallest));
}

/** Like sums together, so that an average says something. The last chunk takes what is left: 2k − 1 at the most. */
function chunks(rows: readonly OpenRow[], smallest: number): (readonly OpenRow[])[] {
  const inOrder = rows.toSorted((a, b) => a.agreedFen - b.agreedFen || (a.number < b.number ? -1 : 1));
  const count = Math.max(1, Math.floor(inOrder.length / smallest));
  return Array.from({ length: count }, (_, at) =>
    inOrder.slice(at * smallest, at === count - 1 ? undefined : (at + 1) * smallest),
  );
}

function groupOf(rows: readonly OpenRow[], named: boolean): Group {
  const same = <Value>(of: (row: OpenRow) => Value): Value | null => {
    const values = new Set(rows.map(of));
    return values.size === 1 ? ([...values][0] ?? null) : null;
  };
  const sumOf = (of: (row: OpenRow) => number) => rows.reduce((sum, row) => sum + of(row), 0);
  const sums = {
    settled: rows.filter(({ outcome }) => outcome === 'settled').length,
    agreedFen: sumOf(({ agreedFen }) => agreedFen),
    provenFen: sumOf(({ provenFen }) => provenFen),
    largestAgreedFen: Math.max(...rows.map(({ agreedFen }) => agreedFen)),
    largestProvenFen: Math.max(...rows.map(({ provenFen }) => provenFen)),
  };
  return {
    members: rows.map(({ number }) => number),
    shown: {
      business: named ? same(({ business }) => business) : null,
      county: same(({ county }) => county),
      received:
        same(({ received }) => received) ??
        same(({ received }) => quarterOf(received)) ??
        (rows[0]?.received ?? '').slice(0, 4),
      subject: same(({ subject }) => subject),
      problem: same(({ problem }) => problem),
      outcome: same(({ outcome }) => outcome),
      days: same(({ days }) => days),
      agreedFen: averageOf(sums, rows.length),
    },
    sums,
  };
}

function averageOf({ agreedFen, largestAgreedFen }: GroupSums, of: number): number | null {
  if (isDominated(agreedFen, largestAgreedFen)) return null;
  return Math.round(agreedFen / of / AVERAGE_ROUNDED_TO) * AVERAGE_ROUNDED_TO;
}

/** True where a sum is nothing, or one case's. */
export const isDominated = (sum: number, largest: number): boolean =>
  sum === 0 || largest > LARGEST_SHARE * sum;

function quarterOf(month: string): string {
  return `${month.slice(0, 4)}-Q${Math.ceil(Number(month.slice(5, 7)) / 3)}`;
}
