import { addDays } from '../dates.ts';
import { createCalendar } from './calendar.ts';
import type { HolidayYear } from './holidays.ts';

/** What loading a year would take out and bring in, one line each; empty when it changes nothing. */
export function compareYears(before: HolidayYear | undefined, after: HolidayYear): string[] {
  const old = before === undefined ? [] : linesOf(before);
  const next = linesOf(after);
  return [
    ...old.filter((line) => !next.includes(line)).map((line) => `- ${line}`),
    ...next.filter((line) => !old.includes(line)).map((line) => `+ ${line}`),
  ];
}

/** Sums to hold against the notice: days off in holidays, worked weekends, working days of the year. */
export function describeYear(year: number, notice: HolidayYear): string {
  const calendar = createCalendar({ [year]: notice });
  const days: string[] = [];
  for (let date = `${year}-01-01`; date <= `${year}-12-31`; date = addDays(date, 1)) days.push(date);
  const off = days.filter((date) => calendar.kindOf(date) === 'holiday').length;
  const working = days.filter((date) => calendar.isWorkingDay(date)).length;
  const worked = notice.worked.length;
  return (
    `${year}: 放假 ${off} 天，调休上班 ${worked} 天，全年工作日 ${working} 天 / ` +
    `${off} days off in holidays, ${worked} worked weekends, ${working} working days`
  );
}

function linesOf({ off, worked, source }: HolidayYear): string[] {
  return [
    ...off.map(([first, last]) => `放假 / off ${first} – ${last}`),
    ...worked.map((date) => `调休上班 / worked ${date}`),
    `来源 / source ${source}`,
  ];
}
