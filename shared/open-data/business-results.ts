import type { Business } from '../businesses/business.ts';
import { SIZE_MEASURES, type SizeMeasure } from '../businesses/size.ts';
import { type Interval, wilson } from '../statistics/interval.ts';
import { roundedSum } from '../statistics/protect.ts';
import { isDominated } from './groups.ts';
import { type Release, shownGroups } from './release.ts';

/** Complaints by size: only businesses with the same measure can be compared by it. */
interface SizeRate {
  measure: SizeMeasure;
  size: number;
  per: number;
  complaints: number;
}

/** What is published of a business for the complaints received in one year. */
export interface BusinessResult {
  creditCode: string;
  name: string;
  year: string;
  /** Complaints published; never fewer than three, and it changes by three or more. */
  published: number;
  settled: number;
  settledShare: number;
  /** 95 %, Wilson. */
  interval: Interval;
  /** Rounded to 1,000 yuan; null where nothing was agreed, or one complaint makes most of it. */
  agreedFen: number | null;
  provenFen: number | null;
  /** Null: the list of businesses does not say how large it is. */
  bySize: SizeRate | null;
}

type Known = Pick<Business, 'creditCode' | 'name' | 'size'>;

/**
 * Results per business and year, out of groups and nothing else: whoever subtracts last month's from this month's gets
 * groups of at least three. A business that is not in the list has no name and is left out.
 */
export function businessResults(
  releases: readonly Release[],
  businesses: ReadonlyMap<string, Known>,
): BusinessResult[] {
  const groups = releases.flatMap(shownGroups).filter(({ shown }) => shown.business !== null);
  const ofYear = Map.groupBy(groups, ({ shown }) => `${shown.business} ${shown.received.slice(0, 4)}`);
  return [...ofYear]
    .flatMap(([key, its]): BusinessResult[] => {
      const [creditCode = '', year = ''] = key.split(' ');
      const known = businesses.get(creditCode);
      if (known === undefined) return [];
      const published = its.reduce((sum, { members }) => sum + members.length, 0);
      const settled = its.reduce((sum, { sums }) => sum + sums.settled, 0);
      return [
        {
          creditCode,
          name: known.name,
          year,
          published,
          settled,
          settledShare: settled / published,
          interval: wilson(settled, published) ?? { from: 0, to: 1 },
          agreedFen: sumOf(its, 'agreedFen', 'largestAgreedFen'),
          provenFen: sumOf(its, 'provenFen', 'largestProvenFen'),
          bySize: rateOf(published, known.size),
        },
      ];
    })
    .toSorted((a, b) =>
      a.year === b.year ? b.published - a.published || compare(a, b) : a.year < b.year ? 1 : -1,
    );
}

const compare = (a: BusinessResult, b: BusinessResult) => (a.creditCode < b.creditCode ? -1 : 1);

type Sums = ReturnType<typeof shownGroups>[number]['sums'];

function sumOf(
  groups: readonly { sums: Sums }[],
  of: 'agreedFen' | 'provenFen',
  largest: 'largestAgreedFen' | 'largestProvenFen',
): number | null {
  const sum = groups.reduce((all, { sums }) => all + sums[of], 0);
  const most = Math.max(...groups.map(({ sums }) => sums[largest]));
  return isDominated(sum, most) ? null : roundedSum(sum);
}

function rateOf(published: number, size: Known['size']): SizeRate | null {
  if (size === undefined) return null;
  const { per } = SIZE_MEASURES[size.measure];
  return { measure: size.measure, size: size.number, per, complaints: (published / size.number) * per };
}
