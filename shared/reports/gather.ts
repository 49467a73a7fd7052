import { addDays, type Instant, type LocalDate, shanghaiDate } from '../dates.ts';
import type { Alarm } from '../early-warning/alarm.ts';
import { byCode, type Registry } from '../jurisdiction/registry.ts';
import type { Counter, Counts } from '../statistics/counters.ts';
import { countersOf } from '../statistics/indicators.ts';
import { monthAfter, monthsOf, type Period, periodBefore, yearBefore } from '../statistics/periods.ts';
import { type Asked, type PeriodFigures, readPeriod } from '../store/read-period.ts';
import type { Language, ReportKind } from './report.ts';
import { periodOf } from './report-words.ts';
import { UNIT_INDICATORS } from './rules.ts';
import type { ReportFigures, ReportSource } from './source.ts';

/** What is asked for. */
export interface ReportRequest {
  kind: ReportKind;
  language: Language;
  /** Code of the unit. */
  unit: string;
  /** `2026-10-31`, `2026-10`, `2026`. */
  period: string;
  sealed: boolean;
}

export interface GatherDependencies {
  statistics: Asked['statistics'];
  registry: Registry;
  /** Alarms from a day on. */
  alarms(from: LocalDate): Promise<Alarm[]>;
  /** What was published for this unit and period. */
  published: ReportSource['published'];
  at: Instant;
  /** How far it has come. */
  onStep?: (() => void) | undefined;
}

/** Two years, for the year beside the one before. */
const MONTHS_BACK = 23;
const UNIT_DIMENSIONS = ['problem'] as const;
const OWN_DIMENSIONS = ['problem', 'subject', 'channel', 'division'] as const;

/** Of cuts only what a report quotes: the source is kept with the report. */
const CUT_COUNTERS: readonly Counter[] = ['received'];
const UNIT_CUT_COUNTERS: readonly Counter[] = [...new Set(UNIT_INDICATORS.flatMap(countersOf))];

/** Reads all that a report is made from. */
export async function gatherReport(request: ReportRequest, deps: GatherDependencies): Promise<ReportSource> {
  const { kind, language, sealed } = request;
  const { registry, statistics } = deps;
  const unit = byCode(registry.units).get(request.unit);
  if (unit === undefined) throw new RangeError(`unit ${request.unit} is not in the register`);
  const today = shanghaiDate(deps.at);
  const period = periodOf(request.period);
  const read = async (code: string, of: Period) => {
    const asked = { unit: code, bureau: registry.bureau, today, statistics };
    const figures = await readPeriod(asked, of, { cuts: true });
    deps.onStep?.();
    return figures;
  };
  const own = async (of: Period) => pruned(await read(unit.code, of), OWN_DIMENSIONS, CUT_COUNTERS);
  const running = runningOf(kind, period);

  const [now, before, lastYear] = [
    await own(period),
    await own(periodBefore(period)),
    await own(yearBefore(period)),
  ];
  const below = registry.units.filter(({ parent, kind: is }) => parent === unit.code && is !== 'association');
  const units: ReportSource['units'] = [];
  // One after the other: a city reads thirteen counties, and the table serves the hotline too.
  for (const { code, name } of kind === 'daily' ? [] : below) {
    const figures = pruned(await read(code, period), UNIT_DIMENSIONS, UNIT_CUT_COUNTERS);
    // A department that has no complaints is no row of noughts.
    if (Object.keys(figures.counts).length > 0) units.push({ code, name, figures });
  }
  const months = await statistics.rollUpsOf(
    unit.code,
    monthsOf({ from: `${monthAfter(period.to.slice(0, 7), -MONTHS_BACK)}-01`, to: period.to }),
  );
  return {
    kind,
    language,
    unit: { code: unit.code, name: unit.name, isBureau: unit.code === registry.bureau },
    made: deps.at,
    sealed: sealed && kind !== 'public',
    now,
    before,
    lastYear,
    running: running && (await own(running)),
    runningLastYear: running && (await own(yearBefore(running))),
    months: months.map(({ period: month, totals }) => ({ month, counts: totals })),
    units,
    divisions: divisionNames(now, registry),
    alarms: alarmsOf(await deps.alarms(addDays(period.from, -ALARM_DAYS)), unit.code, period),
    published: deps.published,
  };
}

/** How many reads `gatherReport` makes, for a bar that says how far it is. */
export function stepsToGather({ kind, unit }: ReportRequest, { units }: Pick<Registry, 'units'>): number {
  const below = units.filter(({ parent, kind: is }) => parent === unit && is !== 'association').length;
  return 3 + (kind === 'daily' ? 0 : below) + (kind === 'monthly' || kind === 'daily' ? 2 : 0);
}

/** Since the first of the year; of a day, of the month. Nothing where that is the period itself. */
function runningOf(kind: ReportKind, { from, to }: Period): Period | undefined {
  if (kind === 'daily') return from.endsWith('-01') ? undefined : { from: `${to.slice(0, 7)}-01`, to };
  if (kind !== 'monthly') return undefined;
  return from.endsWith('-01-01') ? undefined : { from: `${to.slice(0, 4)}-01-01`, to };
}

function pruned(
  { period, counts, rollUp }: PeriodFigures,
  dimensions: readonly (typeof OWN_DIMENSIONS)[number][],
  counters: readonly Counter[],
): ReportFigures {
  const only = (of: Counts): Counts =>
    Object.fromEntries(counters.flatMap((name) => (of[name] === undefined ? [] : [[name, of[name]]])));
  return {
    period,
    counts,
    by: Object.fromEntries(
      dimensions.flatMap((dimension) => {
        const values = Object.entries(rollUp.by[dimension] ?? {})
          .map(([value, of]) => [value, only(of)] as const)
          .filter(([, of]) => Object.keys(of).length > 0);
        return values.length === 0 ? [] : [[dimension, Object.fromEntries(values)]];
      }),
    ),
    closeDays: { ...rollUp.closeDays },
    responseHours: { ...rollUp.responseHours },
  };
}

function divisionNames({ by }: ReportFigures, { divisions }: Registry): Record<string, string> {
  const names = new Map(divisions.map(({ code, name }) => [code, name]));
  return Object.fromEntries(Object.keys(by.division ?? {}).map((code) => [code, names.get(code) ?? code]));
}

/** An alarm that began before the period may still rise in it. */
const ALARM_DAYS = 30;
const ALARMS_QUOTED = 3;

/** Rises of the unit in the period that nobody judged false, the largest first. */
function alarmsOf(alarms: readonly Alarm[], unit: string, { from, to }: Period): ReportSource['alarms'] {
  return alarms
    .filter(({ firstDay, lastDay }) => firstDay <= to && lastDay >= from)
    .filter(({ state, units }) => state !== 'false' && units.includes(unit))
    .toSorted((a, b) => b.count - a.count || (a.id < b.id ? -1 : 1))
    .slice(0, ALARMS_QUOTED)
    .map(({ id, watch, subject, problem, division, count }) => ({
      id,
      watch,
      subject,
      problem,
      division,
      count,
    }));
}
