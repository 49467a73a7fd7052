import type * as z from 'zod';
import type { figuresAnswer, figuresQuery } from '../../events/figures.ts';
import { type Clock, type LocalDate, lastDayOf, shanghaiDate } from '../../shared/dates.ts';
import { Problem } from '../../shared/http/problem.ts';
import type { Answer } from '../../shared/http/stack.ts';
import { type Registry, unitPathOf } from '../../shared/jurisdiction/registry.ts';
import { settingsOf } from '../../shared/law/bureau-settings.ts';
import type { Calendar } from '../../shared/law/calendar.ts';
import { mayReadFigures, seesSealedFigures } from '../../shared/people/access.ts';
import type { Staff } from '../../shared/people/roles.ts';
import {
  COUNTER_DEFINITIONS,
  COUNTERS,
  type Counter,
  type Counts,
  SEALED_COUNTERS,
} from '../../shared/statistics/counters.ts';
import {
  type Basis,
  countersOf,
  formulaOf,
  INDICATOR_IDS,
  type IndicatorId,
  indicator,
  valueOf,
} from '../../shared/statistics/indicators.ts';
import {
  alignedToFestival,
  changeOf,
  month,
  monthAfter,
  type Period,
  periodBefore,
  workingDaysIn,
  yearBefore,
} from '../../shared/statistics/periods.ts';
import type { RollUp } from '../../shared/statistics/roll-up.ts';
import type { CaseStore } from '../../shared/store/case-store.ts';
import { countsAsOf, type PeriodFigures, readPeriod } from '../../shared/store/read-period.ts';
import type { RegistryStore } from '../../shared/store/registry-store.ts';
import type { StatisticsStore } from '../../shared/store/statistics-store.ts';

export interface FiguresDependencies {
  statistics: Pick<StatisticsStore, 'countsOfDay' | 'entries' | 'rollUps' | 'rollUpsOf'>;
  cases: Pick<CaseStore, 'cases' | 'history'>;
  registry: RegistryStore;
  calendar: { read: () => Promise<Calendar> };
  now: Clock;
}

type Figure = z.output<typeof figuresAnswer>['figures'][number];

/** How far back the trend shows. */
const TREND_MONTHS = 13;

/** The figures of a unit, area or officer over a period, each with its formula, its past and what it is cut by. */
export async function showFigures(
  query: z.output<typeof figuresQuery>,
  staff: Staff,
  deps: FiguresDependencies,
): Promise<Answer> {
  const registry = await deps.registry.read();
  const place = placeOf(query.unit, staff, registry);
  const today = shanghaiDate(deps.now());
  const period = periodOf(query, today);
  const calendar = await deps.calendar.read();
  const asked = { unit: place.code, bureau: registry.bureau, today, statistics: deps.statistics };
  const past = (of: Period) => readPeriod(asked, of, { cuts: false });

  const festivalPeriod = alignedToFestival(period);
  const [now, before, lastYear, festival] = await Promise.all([
    query.asOf === undefined
      ? readPeriod(asked, period, { cuts: true })
      : readAsOf(place, period, query.asOf, deps),
    past(periodBefore(period)),
    past(yearBefore(period)),
    festivalPeriod === undefined ? undefined : past(festivalPeriod),
  ]);
  const months = await trend(place.code, period, deps);
  const mayShow = (counter: Counter) => seesSealedFigures(staff) || !SEALED_COUNTERS.has(counter);
  const shown = (counts: Counts): Counts =>
    Object.fromEntries(Object.entries(counts).filter(([name]) => mayShow(name as Counter)));
  const ids = INDICATOR_IDS.filter((id) => countersOf(id).every(mayShow));

  return {
    status: 200,
    body: {
      unit: shownPlace(place),
      ...period,
      asOf: query.asOf ?? deps.now().toISOString(),
      workingDays: workingDaysIn(period, calendar),
      figures: ids.map((id) => figureOf(id, { now, before, lastYear, festival }, place.residents, calendar)),
      counts: shown(now.counts),
      by: cutsOf(now.rollUp, shown),
      months: months.map(({ period: name, totals }) => ({ month: name, counts: shown(totals) })),
    },
  };
}

/** Where the figures are asked for. */
export interface Place {
  code: string;
  name: string;
  kind: string;
  /** Units from the city down to it, or to the unit of the area or officer. */
  path: string[];
  /** Who live in its place, where the bureau has said so. */
  residents?: number | undefined;
}

/** A place as an answer shows it. */
export const shownPlace = ({ code, name, kind, path }: Place) => ({ code, name, kind, path });

/** The unit, area or officer that is asked for, if this person may read its figures. */
export function placeOf(asked: string | undefined, staff: Staff, registry: Registry): Place {
  const code = asked ?? staff.unit;
  const [kind, id] = code.includes(':') ? (code.split(':') as [string, string]) : ['unit', code];
  const unitCode =
    kind === 'area'
      ? registry.divisions.find(({ area }) => area?.code === id)?.station
      : kind === 'officer'
        ? registry.officers.find((one) => one.id === id)?.unit
        : id;
  const unit = registry.units.find((one) => one.code === unitCode);
  if (unit === undefined) {
    throw new Problem('not-found', [
      { field: 'unit', zh: '没有这个单位、片区或者人员', en: 'There is no such unit, area or officer' },
    ]);
  }
  const path = unitPathOf(unit.code, registry.units);
  if (!mayReadFigures(staff, path, kind === 'officer' ? id : undefined)) throw new Problem('forbidden');
  const name =
    kind === 'area'
      ? (registry.divisions.find(({ area }) => area?.code === id)?.area?.name ?? id)
      : kind === 'officer'
        ? id
        : unit.name;
  const residents = settingsOf(registry.settings).residents[code];
  return { code, name, kind: kind === 'unit' ? unit.kind : kind, path: [...path], residents };
}

/** The period that is asked for; the present month by default. */
export function periodOf(
  {
    month: asked,
    quarter,
    year,
    from,
    to,
  }: Partial<Record<'month' | 'quarter' | 'year' | 'from' | 'to', string | undefined>>,
  today: LocalDate,
): Period {
  if (from !== undefined && to !== undefined) return { from, to };
  if (year !== undefined) return { from: `${year}-01-01`, to: `${year}-12-31` };
  if (quarter !== undefined) {
    const first = `${quarter.slice(0, 4)}-${String(Number(quarter.slice(-1)) * 3 - 2).padStart(2, '0')}`;
    return { from: `${first}-01`, to: lastDayOf(monthAfter(first, 2)) };
  }
  return month(asked ?? today.slice(0, 7));
}

async function readAsOf(
  { code, path }: Place,
  period: Period,
  asOf: LocalDate,
  { statistics }: FiguresDependencies,
): Promise<PeriodFigures> {
  const counts = await countsAsOf({ path, node: code }, period, asOf, statistics);
  const name = `${period.from}/${period.to}`;
  return {
    period,
    counts,
    rollUp: { unit: code, period: name, totals: counts, by: {}, closeDays: {}, responseHours: {} },
  };
}

/** The months up to the end of the period, for a line. */
async function trend(unit: string, { to }: Period, { statistics }: FiguresDependencies): Promise<RollUp[]> {
  if (unit.includes(':')) return [];
  const last = to.slice(0, 7);
  const months = Array.from({ length: TREND_MONTHS }, (_, index) =>
    monthAfter(last, index + 1 - TREND_MONTHS),
  );
  return statistics.rollUpsOf(unit, months);
}

function cutsOf({ by }: RollUp, shown: (counts: Counts) => Counts) {
  return Object.fromEntries(
    Object.entries(by).map(([dimension, values]) => [
      dimension,
      Object.fromEntries(Object.entries(values).map(([value, counts]) => [value, shown(counts)])),
    ]),
  );
}

interface Past {
  now: PeriodFigures;
  before: PeriodFigures;
  lastYear: PeriodFigures;
  festival?: PeriodFigures | undefined;
}

function figureOf(
  id: IndicatorId,
  { now, before, lastYear, festival }: Past,
  residents: number | undefined,
  calendar: Calendar,
): Figure {
  const { zh, en, unit, group, direction, view, source, formula } = indicator(id);
  const basis = ({ counts, rollUp }: PeriodFigures): Basis => ({
    counts,
    closeDays: rollUp.closeDays,
    responseHours: rollUp.responseHours,
    population: residents,
  });
  const present = valueOf(id, basis(now));
  const against = (past: PeriodFigures | undefined) => {
    if (past === undefined) return null;
    const { value } = valueOf(id, basis(past));
    const change =
      value === null || present.value === null
        ? null
        : formula.of === 'rate'
          ? present.value - value
          : changeOf(present.value, value);
    return { ...past.period, value, change };
  };
  const perDay = ({ period }: PeriodFigures, value: number | null) => {
    const days = workingDaysIn(period, calendar);
    return value === null || days === 0 ? null : value / days;
  };
  return {
    id,
    zh,
    en,
    unit,
    group,
    direction,
    view,
    formula: formulaOf(id),
    source,
    counters: countersOf(id),
    value: present.value,
    numerator: present.numerator,
    denominator: present.denominator,
    interval: present.interval,
    comparable: present.comparable,
    before: against(before),
    lastYear: against(lastYear),
    festival: against(festival),
    perWorkingDay:
      formula.of === 'sum'
        ? {
            value: perDay(now, present.value),
            lastYear: perDay(lastYear, valueOf(id, basis(lastYear)).value),
          }
        : null,
  };
}

/** Every indicator and every counter, with what they mean: pages, exports and docs are made from this. */
export function showCatalogue(): Answer {
  return {
    status: 200,
    body: {
      indicators: INDICATOR_IDS.map((id) => {
        const { zh, en, unit, group, direction, view, source, minimum = 0 } = indicator(id);
        return {
          id,
          zh,
          en,
          unit,
          group,
          direction,
          view,
          formula: formulaOf(id),
          source,
          minimum,
          counters: countersOf(id),
        };
      }),
      counters: COUNTERS.map((id) => {
        const { zh, en, unit } = COUNTER_DEFINITIONS[id];
        return { id, zh, en, unit, sealed: SEALED_COUNTERS.has(id) };
      }),
    },
  };
}
