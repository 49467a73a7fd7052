import { addDays, daysBetween, type LocalDate, lastDayOf } from '../dates.ts';
import type { Calendar } from '../law/calendar.ts';
import { festivalOf } from '../law/lunar.ts';

/** Two days, both included. */
export interface Period {
  from: LocalDate;
  to: LocalDate;
}

/** So far from the festival its pull is felt: a month of shopping before, the lantern festival after. */
const FESTIVAL_DAYS = 45;

export const month = (text: string): Period => ({ from: `${text}-01`, to: lastDayOf(text) });
const lengthOf = ({ from, to }: Period): number => daysBetween(from, to) + 1;

/** Whole months are compared with whole months, anything else with as many days. */
export const isWholeMonths = ({ from, to }: Period): boolean =>
  from.endsWith('-01') && to === lastDayOf(to.slice(0, 7));

/** The months of a period of whole months, `2026-11`. */
export function monthsOf({ from, to }: Period): string[] {
  const months: string[] = [];
  for (let at = from.slice(0, 7); at <= to.slice(0, 7); at = monthAfter(at, 1)) months.push(at);
  return months;
}

export function monthAfter(text: string, months: number): string {
  const [year = 0, number = 0] = text.split('-').map(Number);
  return new Date(Date.UTC(year, number - 1 + months, 1)).toISOString().slice(0, 7);
}

/** The period before (环比): as many months, or as many days. */
export function periodBefore(period: Period): Period {
  if (!isWholeMonths(period)) {
    return { from: addDays(period.from, -lengthOf(period)), to: addDays(period.from, -1) };
  }
  const months = monthsOf(period).length;
  return {
    from: `${monthAfter(period.from.slice(0, 7), -months)}-01`,
    to: lastDayOf(monthAfter(period.from.slice(0, 7), -1)),
  };
}

/** The same period a year ago (同比); 29 February is compared with the 28th. */
export function yearBefore({ from, to }: Period): Period {
  const back = (day: LocalDate) => {
    const text = `${Number(day.slice(0, 4)) - 1}${day.slice(4)}`;
    return text.endsWith('-02-29') ? text.replace('29', '28') : text;
  };
  // The end of a February stays the end of a February.
  return {
    from: back(from),
    to: to === lastDayOf(to.slice(0, 7)) ? lastDayOf(back(to).slice(0, 7)) : back(to),
  };
}

/**
 * Last year's days that lay as far from the Spring Festival as these do, where the festival is near; else undefined.
 */
export function alignedToFestival(period: Period): Period | undefined {
  const year = Number(period.to.slice(0, 4));
  // Trade, and what people complain about, follow the festival and not the month.
  const festival = festivalOf('spring-festival', year);
  const before = festivalOf('spring-festival', year - 1);
  const near =
    daysBetween(festival, period.from) <= FESTIVAL_DAYS && daysBetween(period.to, festival) <= FESTIVAL_DAYS;
  if (!near) return undefined;
  // A whole year holds the festival, wherever in it that falls.
  if (periodBefore(period).from === yearBefore(period).from) return undefined;
  const shift = daysBetween(festival, before);
  return { from: addDays(period.from, shift), to: addDays(period.to, shift) };
}

/** Working days in a period by the State Council's calendar. */
export function workingDaysIn({ from, to }: Period, calendar: Calendar): number {
  let days = 0;
  for (let day = from; day <= to; day = addDays(day, 1)) if (calendar.isWorkingDay(day)) days += 1;
  return days;
}

/** By how much a figure changed, as a share of what it was; null from nothing. */
export const changeOf = (now: number, before: number): number | null =>
  before === 0 ? null : (now - before) / before;
