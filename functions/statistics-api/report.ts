import type * as z from 'zod';
import type { statisticsQuery } from '../../events/statistics-query.ts';
import { addDays, type Clock, type LocalDate, lastDayOf, shanghaiDate } from '../../shared/dates.ts';
import { Problem } from '../../shared/http/problem.ts';
import type { Answer } from '../../shared/http/stack.ts';
import { settingsOf } from '../../shared/law/bureau-settings.ts';
import {
  COUNTER_DEFINITIONS,
  COUNTERS,
  type Counter,
  type Counts,
  SEALED_COUNTERS,
} from '../../shared/statistics/counters.ts';
import {
  countersOf,
  formulaOf,
  INDICATOR_IDS,
  type IndicatorId,
  indicator,
  valueOf,
} from '../../shared/statistics/indicators.ts';
import type { Period } from '../../shared/statistics/periods.ts';
import { protectedCounts, ROUNDED_TO } from '../../shared/statistics/protect.ts';
import { readPeriod } from '../../shared/store/read-period.ts';
import type { RegistryStore } from '../../shared/store/registry-store.ts';
import type { StatisticsStore } from '../../shared/store/statistics-store.ts';

export interface StatisticsDependencies {
  statistics: Pick<StatisticsStore, 'countsOfDay' | 'rollUps' | 'rollUpsOf'>;
  registry: RegistryStore;
  now: Clock;
}

/** The open figures of one unit over a period: counters, rates with their formulas, and each day of the bureau. */
export async function report(
  query: z.output<typeof statisticsQuery>,
  deps: StatisticsDependencies,
): Promise<Answer> {
  const { bureau, units } = await deps.registry.read();
  const unit = units.find(({ code }) => code === (query.unit ?? bureau));
  if (unit === undefined) {
    throw new Problem('not-found', [{ field: 'unit', zh: '没有这个单位', en: 'There is no such unit' }]);
  }
  const month = query.month ?? shanghaiDate(deps.now()).slice(0, 7);
  const from = query.from ?? `${month}-01`;
  const to = query.to ?? lastDayOf(month);
  const isBureau = unit.code === bureau;
  if (!isBureau && (from !== `${from.slice(0, 7)}-01` || to !== lastDayOf(from.slice(0, 7)))) {
    throw new Problem('bad-request', [
      {
        field: 'from',
        zh: '市局以下单位的公开数字按整月给出，请用 month=2026-11',
        en: 'Open figures below the bureau are of one whole month; ask with month=2026-11',
      },
    ]);
  }

  const today = shanghaiDate(deps.now());
  const asked = { unit: unit.code, bureau, today, statistics: deps.statistics };
  const { counts: sum } = await readPeriod(asked, { from, to }, { cuts: false });
  const shown = isBureau ? sum : protectedCounts(openOnly(sum));
  const counters = COUNTERS.filter((name) => isBureau || !SEALED_COUNTERS.has(name));
  const pick = (unitOf: (name: Counter) => boolean) =>
    Object.fromEntries(counters.filter(unitOf).map((name) => [name, shown[name] ?? nothingOf(name)]));
  // A sum that few have a part in is not shown: that it is not, is no zero.
  const nothingOf = (name: Counter) => (isBureau || !inFen(name) ? 0 : null);
  const inFen = (name: Counter) => COUNTER_DEFINITIONS[name].unit === 'fen';
  return {
    status: 200,
    body: {
      unit: { code: unit.code, name: unit.name, kind: unit.kind },
      from,
      to,
      asOf: deps.now().toISOString(),
      roundedTo: isBureau ? null : ROUNDED_TO,
      cases: pick((name) => !inFen(name)),
      money: pick(inFen),
      indicators: INDICATOR_IDS.filter((id) => isOpenRate(id, isBureau)).map((id) => rateOf(id, shown)),
      // What a station did on one day would be one person's case.
      days: isBureau ? await daysOf(bureau, { from, to }, today, deps) : [],
    },
  };
}

/** Each day with anything counted, today's as it stands this moment. */
async function daysOf(
  bureau: string,
  { from, to }: Period,
  today: LocalDate,
  { statistics }: StatisticsDependencies,
) {
  const last = to < today ? to : addDays(today, -1);
  const past = await statistics.rollUps(bureau, from, last);
  const days = past.map(({ period: day, totals }) => ({ day, ...totals }));
  const live = from <= today && to >= today ? await statistics.countsOfDay(bureau, bureau, today) : {};
  return Object.keys(live).length === 0 ? days : [...days, { day: today, ...live }];
}

const openOnly = (counts: Counts): Counts =>
  Object.fromEntries(Object.entries(counts).filter(([name]) => !SEALED_COUNTERS.has(name as Counter)));

function isOpenRate(id: IndicatorId, isBureau: boolean): boolean {
  return (
    indicator(id).formula.of === 'rate' &&
    (isBureau || !countersOf(id).some((name) => SEALED_COUNTERS.has(name)))
  );
}

function rateOf(id: IndicatorId, counts: Counts) {
  const { zh, en, source, view } = indicator(id);
  const { value, numerator, denominator, comparable, interval } = valueOf(id, { counts });
  const sides = { numerator: numerator ?? 0, denominator: denominator ?? 0 };
  return { id, zh, en, formula: formulaOf(id), source, view, ...sides, rate: value, comparable, interval };
}

/** The units of the bureau, for choosing one. */
export async function listUnits(deps: StatisticsDependencies): Promise<Answer> {
  const { bureau, units, settings } = await deps.registry.read();
  const { sketch } = settingsOf(settings);
  return {
    status: 200,
    body: {
      bureau,
      units: units.map(({ code, kind, name, parent }) => ({ code, kind, name, parent, place: sketch[code] })),
    },
  };
}
