import { type GatherDependencies, gatherReport, type ReportRequest } from '../../shared/reports/gather.ts';
import type { ReportSource } from '../../shared/reports/source.ts';
import type { Counter, Counts } from '../../shared/statistics/counters.ts';
import { emptyRollUp, type RollUp, rollUpPeriod } from '../../shared/statistics/roll-up.ts';
import { createMemoryStatisticsStore } from '../../shared/store/memory-statistics-store.ts';
import type { StatisticsStore } from '../../shared/store/statistics-store.ts';
import { registry } from './support.ts';

/*
 * A city's year, made to come to given sums: every counter is parted over months, units, classes and problems so that
 * the parts add up to it.
 */

/** What a year of the city comes to. */
export const XIANGYANG: Counts = {
  received: 19_860,
  reportsReceived: 4_212,
  inquiriesReceived: 9_034,
  accepted: 18_241,
  refused: 1_540,
  handled: 17_995,
  settled: 9_310,
  terminated: 8_120,
  withdrawn: 565,
  closed: 17_902,
  closedInTime: 17_870,
  responded: 19_700,
  respondedInTime: 19_102,
  returned: 312,
  returnedHours: 4_680,
  dueDecisions: 19_781,
  dueDecisionsInTime: 19_748,
  dueVerifications: 4_100,
  dueVerificationsInTime: 4_086,
  filed: 611,
  notFiled: 3_470,
  duePublications: 17_100,
  duePublicationsDone: 16_623,
  calledBack: 5_120,
  satisfied: 4_893,
  reconciled: 1_204,
  reconciledAtStation: 742,
  reconciledOnline: 462,
  late: 65,
  claimedFen: 2_140_000_000,
  agreedFen: 827_700_000,
  provenFen: 511_234_500,
  paidFirstFen: 32_150_000,
  fineFen: 193_400_000,
  caseValueFen: 320_000_000,
  ofReceived: 19_860,
  ofDecided: 19_790,
  ofAccepted: 18_241,
  ofHandled: 17_995,
  ofTold: 17_960,
  ofReports: 4_212,
  ofReportsResolved: 4_150,
};

const MONTH_WEIGHTS = [7, 5, 9, 8, 9, 9, 8, 8, 9, 10, 11, 7];
const SUBJECT_WEIGHTS: Readonly<Record<string, number>> = {
  食品类: 24,
  生活社会服务类: 17,
  日用商品类: 12,
  家用电子电器类: 11,
  服装鞋帽类: 10,
  教育培训服务: 8,
  互联网服务: 7,
  交通工具类: 5,
  房屋装修及物业服务: 4,
  农用生产资料类: 2,
};
const PROBLEM_WEIGHTS: Readonly<Record<string, number>> = {
  质量: 28,
  售后服务: 24,
  合同: 18,
  虚假宣传: 11,
  价格: 9,
  安全: 4,
  假冒: 3,
  计量: 2,
  其他: 1,
};
const CHANNEL_WEIGHTS: Readonly<Record<string, number>> = {
  'national-platform': 52,
  phone: 31,
  'hotline-12345': 9,
  web: 6,
  'walk-in': 2,
};

/** Parts of a whole by their weights; they add up to it. */
function split(total: number, weights: readonly number[]): number[] {
  const all = weights.reduce((sum, weight) => sum + weight, 0);
  let given = 0;
  let until = 0;
  return weights.map((weight) => {
    until += weight;
    const upTo = Math.round((total * until) / all);
    const part = upTo - given;
    given = upTo;
    return part;
  });
}

const splitCounts = (counts: Counts, weights: readonly number[]): Counts[] => {
  const parts: Counts[] = weights.map(() => ({}));
  for (const [name, total] of Object.entries(counts) as [Counter, number][]) {
    for (const [at, part] of split(total, weights).entries()) (parts[at] as Counts)[name] = part;
  }
  return parts;
};
const cut = (counts: Counts, weights: Readonly<Record<string, number>>) => {
  const parts = splitCounts(counts, Object.values(weights));
  return Object.fromEntries(Object.keys(weights).map((name, at) => [name, parts[at] ?? {}]));
};

const monthsOfYear = (year: number) =>
  Array.from({ length: 12 }, (_, at) => `${year}-${String(at + 1).padStart(2, '0')}`);

/** Roll-ups of the months of a year that comes to these counts, of the city and of the counties below it. */
export function yearOf(year: number, totals: Counts, risen: Readonly<Record<string, number>> = {}): RollUp[] {
  const counties = registry.units.filter(({ kind }) => kind === 'county');
  const subjects = { ...SUBJECT_WEIGHTS, ...risen };
  return splitCounts(totals, MONTH_WEIGHTS).flatMap((counts, at) => {
    const period = monthsOfYear(year)[at] ?? '';
    const of = (unit: string, its: Counts): RollUp => ({
      ...emptyRollUp(unit, period),
      totals: its,
      by: {
        subject: cut(its, subjects),
        problem: cut(its, PROBLEM_WEIGHTS),
        channel: cut(its, CHANNEL_WEIGHTS),
        division: cut(its, Object.fromEntries(registry.divisions.map(({ code }, one) => [code, one + 2]))),
      },
      closeDays: { 12: Math.round((its.closed ?? 0) / 2), 31: Math.floor((its.closed ?? 0) / 2) },
      responseHours: { 3: Math.round((its.responded ?? 0) / 2), 20: Math.floor((its.responded ?? 0) / 2) },
    });
    const parts = splitCounts(counts, [5, 4, 3, 1].slice(0, counties.length));
    return [
      of(registry.bureau, counts),
      ...counties.slice(0, parts.length).map(({ code }, one) => {
        const its = parts[one] ?? {};
        // One county is late beyond chance.
        const worse: Counts = one === 2 ? { closedInTime: Math.round((its.closed ?? 0) * 0.93) } : {};
        return of(code, { ...its, ...worse });
      }),
    ];
  });
}

/** Two years in a store: the one asked about, and one before with a tenth less of everything. */
export async function storeOfYear(year = 2026, totals: Counts = XIANGYANG): Promise<StatisticsStore> {
  const store = createMemoryStatisticsStore();
  const before = Object.fromEntries(
    Object.entries(totals).map(([name, value]) => [name, Math.round(value * 0.9)]),
  );
  await store.putRollUps([...yearOf(year - 1, before, { 食品类: 16 }), ...yearOf(year, totals)]);
  return store;
}

/** Adds to a month of the city what a correction changes. */
export async function correct(store: StatisticsStore, month: string, change: Counts): Promise<void> {
  const [before] = await store.rollUps(registry.bureau, month, month);
  const corrected = { ...emptyRollUp(registry.bureau, month), totals: change };
  await store.putRollUps([
    rollUpPeriod(registry.bureau, month, before === undefined ? [corrected] : [before, corrected]),
  ]);
}

export const requestOf = (more: Partial<ReportRequest> = {}): ReportRequest => ({
  kind: 'yearly',
  language: 'zh',
  unit: registry.bureau,
  period: '2026',
  sealed: true,
  ...more,
});

export const withDefaults = (
  statistics: StatisticsStore,
  more: Partial<GatherDependencies> = {},
): GatherDependencies => ({
  statistics,
  registry,
  alarms: async () => [],
  published: undefined,
  at: '2027-01-05T01:30:00.000Z',
  ...more,
});

/** The source of a report on the year of Xiangyang. */
export async function sourceOf(
  request: Partial<ReportRequest> = {},
  more: Partial<GatherDependencies> = {},
): Promise<ReportSource> {
  return gatherReport(requestOf(request), withDefaults(await storeOfYear(), more));
}
