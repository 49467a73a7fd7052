import { addDays, daysBetween, type LocalDate, lastDayOf } from '../dates.ts';
import type { Calendar, DayKind } from './calendar.ts';
import { type Part, wordsFor } from './day-words.ts';
import type { PauseReason, PeriodUnit, Words } from './rule-packs.ts';

/** A time inside a period that is not counted: the days after `from` up to and including `to`. */
export interface Pause {
  reason: PauseReason;
  from: LocalDate;
  /** Missing while the pause lasts. */
  to?: LocalDate | undefined;
  /** What proves it, as it is shown to whoever asks why a date is late. */
  evidence: string;
}

/** A decision that lengthens a period. */
export interface Extension {
  length: number;
  /** The unit of the period it lengthens. */
  unit: PeriodUnit;
  on: LocalDate;
  by: string;
  /** The last day itself, when the decision sets that instead of a length; nothing moves it any more. */
  until?: LocalDate | undefined;
}

/** A period as it runs in a case. */
export interface Period {
  /** The day of the event; not counted. */
  start: LocalDate;
  /** In `unit`s. */
  length: number;
  unit: PeriodUnit;
  pauses?: readonly Pause[] | undefined;
  extensions?: readonly Extension[] | undefined;
}

/** The last day of a period. */
export interface DueDate {
  due: LocalDate;
  /** True when the date depends on a day of a year whose holiday notice is not loaded yet. */
  provisional: boolean;
  /** True while a pause lasts: `due` is what it would be if the pause ended today. */
  paused: boolean;
}

/** What a count needs beside the period. */
export interface CountOptions {
  /** Whether an ordinary weekend moves the end of a period of days or years as a holiday does; default false. */
  shiftWeekends?: boolean | undefined;
  /** The day up to which a pause that still lasts is reckoned; default: the day it began. */
  today?: LocalDate | undefined;
}

/** One day between the start of a period and its end. */
interface ExplainedDay {
  date: LocalDate;
  kind: DayKind;
  counted: boolean;
  /** Its running number among the counted days. */
  n?: number | undefined;
  why: Words;
}

/** Why a period ends on its last day, as plain data. */
export interface ExplainedDueDate extends DueDate {
  start: LocalDate;
  /** With all extensions, in `unit`s. */
  length: number;
  unit: PeriodUnit;
  /** Every day from the day after `start` to `due`. */
  days: ExplainedDay[];
  /** The article that says how to count. */
  basis: string;
}

/**
 * Counts a legal period (Order 121 Art. 45): the day of the event is not counted; a period of days or years
 * that would end on a statutory holiday ends on the first day after that holiday block.
 * @throws RangeError when a length is not a whole number of at least 0, an extension has another unit than
 *   the period, or a set last day is not after the start
 */
export function dueDate(period: Period, calendar: Calendar, options: CountOptions = {}): DueDate {
  const days = walk(period, calendar, options);
  const due = days.at(-1)?.date ?? period.start;
  return {
    due,
    provisional: days.some(({ unsure }) => unsure),
    paused: (period.pauses ?? []).some(({ from, to }) => to === undefined && from < due),
  };
}

/** Says of every day of a period whether it was counted, and why; throws as `dueDate` does. */
export function explainDueDate(
  period: Period,
  calendar: Calendar,
  options: CountOptions = {},
): ExplainedDueDate {
  return {
    start: period.start,
    ...dueDate(period, calendar, options),
    length: fullLength(period),
    unit: period.unit,
    days: walk(period, calendar, options).map((day) => ({
      date: day.date,
      kind: day.kind,
      counted: day.n !== undefined,
      n: day.n,
      why: wordsFor(day),
    })),
    basis: '总局令第121号第四十五条',
  };
}

/** Days after `from` up to and including `to` that are worked; as a negative number when `to` is earlier. */
export function workingDaysBetween(from: LocalDate, to: LocalDate, calendar: Calendar): number {
  if (to < from) return 0 - workingDaysBetween(to, from, calendar);
  let worked = 0;
  for (let date = addDays(from, 1); date <= to; date = addDays(date, 1)) {
    if (calendar.isWorkingDay(date)) worked += 1;
  }
  return worked;
}

/** The `n`th working day after `date`, or before it when `n` is negative; for 0 the date itself. */
export function addWorkingDays(date: LocalDate, n: number, calendar: Calendar): LocalDate {
  let found = date;
  for (let left = Math.abs(n); left > 0; ) {
    found = addDays(found, Math.sign(n));
    if (calendar.isWorkingDay(found)) left -= 1;
  }
  return found;
}

interface WalkedDay {
  date: LocalDate;
  kind: DayKind;
  part: Part;
  pause: Pause | undefined;
  /** Its number, when it was counted. */
  n?: number;
  /** The date depends on what kind of day this is, and the year's notice is not loaded. */
  unsure: boolean;
}

/** Walks from the day after the start to the last day. The date and its explanation are both this walk. */
function walk(
  period: Period,
  calendar: Calendar,
  { shiftWeekends = false, today }: CountOptions,
): WalkedDay[] {
  const { start, unit } = period;
  const set = period.extensions?.findLast(({ until }) => until !== undefined)?.until;
  const needed = daysIn(start, fullLength(period), unit);
  const ordinary = daysIn(start, period.length, unit);
  const pauses = (period.pauses ?? []).map((pause) => ({ pause, end: pause.to ?? today ?? pause.from }));

  const days: WalkedDay[] = [];
  let date = start;
  let n = 0;
  const nextDay = () => {
    date = addDays(date, 1);
    const pause = pauses.find(({ pause: { from }, end }) => from < date && date <= end)?.pause;
    return { date, kind: calendar.kindOf(date), pause };
  };

  while (set === undefined ? n < needed : date < set) {
    const day = nextDay();
    if (day.pause !== undefined) {
      days.push({ ...day, part: 'paused', unsure: false });
      continue;
    }
    const unsure = unit === 'WD' && set === undefined && !calendar.isLoaded(date);
    if (unit === 'WD' && !calendar.isWorkingDay(date)) {
      days.push({ ...day, part: 'not-worked', unsure });
      continue;
    }
    n += 1;
    const ordinaryPart = unit === 'WD' ? 'worked' : 'natural';
    days.push({ ...day, part: n > ordinary ? 'extended' : ordinaryPart, unsure, n });
  }

  const last = days.at(-1);
  if (set !== undefined) {
    if (last === undefined) throw new RangeError(`${set} is no last day of a period that starts on ${start}`);
    last.part = 'set';
    return days;
  }
  if (last === undefined || unit === 'WD') return days;

  const isOff = (kind: DayKind) => kind === 'holiday' || (shiftWeekends && kind === 'weekend');
  last.unsure = !calendar.isLoaded(last.date);
  if (!isOff(last.kind)) return days;
  last.part = 'ends-off';
  while (days.at(-1)?.part !== 'first-after') {
    const day = nextDay();
    const unsure = !calendar.isLoaded(date);
    // A day that is not counted cannot be the last one either: a pause inside the holidays moves the end too.
    if (day.pause !== undefined) days.push({ ...day, part: 'paused', unsure: false });
    else days.push({ ...day, part: isOff(day.kind) ? 'moved' : 'first-after', unsure });
  }
  return days;
}

/** The length with all extensions, in the period's unit. */
function fullLength({ length, unit, extensions = [] }: Period): number {
  const added = extensions.filter(({ until }) => until === undefined);
  for (const extension of added) {
    if (extension.unit !== unit) throw new RangeError(`${extension.unit} cannot extend a period of ${unit}`);
  }
  const lengths = [length, ...added.map((extension) => extension.length)];
  const wrong = lengths.find((one) => !Number.isSafeInteger(one) || one < 0);
  if (wrong !== undefined) throw new RangeError(`not the length of a period: ${wrong}`);
  return lengths.reduce((sum, one) => sum + one, 0);
}

/** How many days must be counted: years end on the same day of the calendar, 29 February on the last of its month. */
function daysIn(start: LocalDate, length: number, unit: PeriodUnit): number {
  if (unit !== 'Y') return length;
  const month = `${Number(start.slice(0, 4)) + length}${start.slice(4, 7)}`;
  const sameDay = `${month}${start.slice(7)}`;
  const lastDay = lastDayOf(month);
  return daysBetween(start, sameDay < lastDay ? sameDay : lastDay);
}
