/**
 * Legal dates are calendar days in China. Lambda runs in UTC, where a complaint filed in Beijing at
 * 07:00 still bears yesterday's date: never use the getters of `Date` for a legal date.
 */

/** A calendar day, `YYYY-MM-DD`, Asia/Shanghai. */
export type LocalDate = string;

/** A point in time, ISO 8601 in UTC with milliseconds. */
export type Instant = string;

/** Gives the time; injected everywhere so that tests decide what day it is. */
export type Clock = () => Date;

// China has had one time zone without daylight saving since 1991-09-15; complaints are younger than that.
const SHANGHAI_OFFSET_MS = 8 * 60 * 60 * 1000;
const DAY_MS = 24 * 60 * 60 * 1000;

/** The day it is in Shanghai at this instant. */
export function shanghaiDate(at: Date | Instant): LocalDate {
  return new Date(new Date(at).getTime() + SHANGHAI_OFFSET_MS).toISOString().slice(0, 10);
}

/** The time of day in Shanghai at this instant, `HH:MM`. */
export function shanghaiTime(at: Date | Instant): string {
  return new Date(new Date(at).getTime() + SHANGHAI_OFFSET_MS).toISOString().slice(11, 16);
}

/** The day that lies `days` natural days after (or before) `date`. */
export function addDays(date: LocalDate, days: number): LocalDate {
  return new Date(Date.parse(`${date}T00:00:00Z`) + days * DAY_MS).toISOString().slice(0, 10);
}

/** Number of natural days from `from` to `to`; negative when `to` is earlier. */
export function daysBetween(from: LocalDate, to: LocalDate): number {
  return Math.round((Date.parse(`${to}T00:00:00Z`) - Date.parse(`${from}T00:00:00Z`)) / DAY_MS);
}

/** True for an existing calendar day written `YYYY-MM-DD` (2026-02-30 does not exist). */
export function isLocalDate(text: string): boolean {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) return false;
  const time = Date.parse(`${text}T00:00:00Z`);
  return !Number.isNaN(time) && new Date(time).toISOString().slice(0, 10) === text;
}

/** The last day of a month written `YYYY-MM`. */
export function lastDayOf(month: string): LocalDate {
  const [year = 0, number = 0] = month.split('-').map(Number);
  return new Date(Date.UTC(year, number, 0)).toISOString().slice(0, 10);
}

/** 0 = Sunday … 6 = Saturday. */
export function weekday(date: LocalDate): number {
  return new Date(`${date}T00:00:00Z`).getUTCDay();
}
