import type * as z from 'zod';
import type { statisticsQuery } from '../../events/statistics-query.ts';
import { type Clock, lastDayOf, shanghaiDate } from '../../shared/dates.ts';
import { Problem } from '../../shared/http/problem.ts';
import type { Answer } from '../../shared/http/stack.ts';
import {
  add,
  COUNTERS,
  type Counter,
  type Counts,
  SEALED_COUNTERS,
} from '../../shared/statistics/counters.ts';
import { indicatorsOf } from '../../shared/statistics/indicators.ts';
import type { RegistryStore } from '../../shared/store/registry-store.ts';
import type { StatisticsStore } from '../../shared/store/statistics-store.ts';

export interface StatisticsDependencies {
  statistics: StatisticsStore;
  registry: RegistryStore;
  now: Clock;
}

/** The figures of one unit over a period: every counter, every indicator with its formula, and each day. */
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

  const days = await deps.statistics.counts(unit.code, from, to);
  const nothing: Counts = Object.fromEntries(COUNTERS.map((counter) => [counter, 0]));
  const counts = days.reduce((sum, day) => add(sum, day.counts), nothing);
  const inFen = ([counter]: [string, number]) => counter.endsWith('Fen');
  const isOpen = ([counter]: [string, unknown]) =>
    unit.code === bureau || !SEALED_COUNTERS.has(counter as Counter);
  const all = Object.entries<number>(counts).filter(isOpen);
  const cases = Object.fromEntries(all.filter((one) => !inFen(one)));
  return {
    status: 200,
    body: {
      unit: { code: unit.code, name: unit.name, kind: unit.kind },
      from,
      to,
      asOf: deps.now().toISOString(),
      cases,
      money: Object.fromEntries(all.filter(inFen)),
      indicators: indicatorsOf(counts),
      days: days.map(({ day, counts: ofDay }) => ({
        day,
        ...Object.fromEntries(Object.entries(ofDay).filter(isOpen)),
      })),
    },
  };
}

/** The units of the bureau, for choosing one. */
export async function listUnits(deps: StatisticsDependencies): Promise<Answer> {
  const { bureau, units } = await deps.registry.read();
  return {
    status: 200,
    body: { bureau, units: units.map(({ code, kind, name, parent }) => ({ code, kind, name, parent })) },
  };
}
