import { addDays, type LocalDate } from '../dates.ts';
import { add, type Counts } from '../statistics/counters.ts';
import { isWholeMonths, monthsOf, type Period } from '../statistics/periods.ts';
import { type RollUp, rollUpPeriod } from '../statistics/roll-up.ts';
import type { StatisticsStore } from './statistics-store.ts';

type Statistics = Pick<StatisticsStore, 'countsOfDay' | 'rollUps' | 'rollUpsOf'>;

/** What is known of a unit in a period. */
export interface PeriodFigures {
  period: Period;
  /** Steps of today are in it at once, what changed on earlier days within minutes. Nothing of days to come. */
  counts: Counts;
  /** Cuts and spans, as of the last roll-up, some minutes ago. */
  rollUp: RollUp;
}

/** What is asked, and from where. */
export interface Asked {
  unit: string;
  bureau: string;
  today: LocalDate;
  statistics: Statistics;
}

/**
 * Reads the figures of a unit, area or officer. Whole months cost by their number, whatever lies in them.
 * @param cuts also what the figures are cut by; a period that is only compared with needs none
 */
export async function readPeriod(
  asked: Asked,
  period: Period,
  { cuts }: { cuts: boolean },
): Promise<PeriodFigures> {
  const { unit, today, statistics } = asked;
  const name = `${period.from}/${period.to}`;
  const last = period.to < today ? period.to : addDays(today, -1);
  const parts =
    isWholeMonths(period) && !unit.includes(':')
      ? await monthParts(asked, period, last, cuts)
      : await statistics.rollUps(unit, period.from, last);
  const isRunning = period.from <= today && period.to >= today;
  if (!isRunning) {
    const rollUp = rollUpPeriod(unit, name, parts);
    return { period, counts: rollUp.totals, rollUp };
  }
  const ofToday = cuts || unit.includes(':') ? await statistics.rollUpsOf(unit, [today], 'with-cuts') : [];
  const rollUp = rollUpPeriod(unit, name, [...parts, ...ofToday]);
  if (unit.includes(':')) return { period, counts: rollUp.totals, rollUp };
  const until = rollUpPeriod(unit, name, parts).totals;
  return { period, counts: add(until, await statistics.countsOfDay(unit, asked.bureau, today)), rollUp };
}

/** Months, and the days since the running one was last rolled up: none, or yesterday just after midnight. */
async function monthParts(
  { unit, statistics }: Asked,
  period: Period,
  last: LocalDate,
  cuts: boolean,
): Promise<RollUp[]> {
  const names = monthsOf(period);
  const months = await statistics.rollUpsOf(unit, names, cuts ? 'with-cuts' : undefined);
  const running = months.find(
    ({ upTo, period: name }) => upTo !== undefined && upTo < last && name === last.slice(0, 7),
  );
  if (running?.upTo === undefined) return months;
  return [...months, ...(await statistics.rollUps(unit, addDays(running.upTo, 1), last))];
}

/**
 * The counts of a period as they stood at the end of a day: what a report printed then can be printed again.
 * Reads the ledger of each day.
 * @param path units from the city down to the one that is asked for
 * @param node the unit, area or officer
 */
export async function countsAsOf(
  { path, node }: { path: readonly string[]; node: string },
  { from, to }: Period,
  asOf: LocalDate,
  statistics: Pick<StatisticsStore, 'entries'>,
): Promise<Counts> {
  let sum: Counts = {};
  for (let day = from; day <= to; day = addDays(day, 1)) {
    for await (const { on, lines } of statistics.entries(day, path)) {
      if (on > asOf) continue;
      for (const { counted, counts, weight } of lines) {
        if (counted.includes(node)) sum = add(sum, counts, weight);
      }
    }
  }
  return sum;
}
