import { addDays, type LocalDate, weekday } from '../dates.ts';
import type { HolidayYear } from './holidays.ts';

/** What kind of day a date is for counting legal periods. */
export type DayKind = 'working' | 'weekend' | 'holiday' | 'worked-weekend';

/** Answers for working days by the State Council's notices. */
export interface Calendar {
  kindOf(date: LocalDate): DayKind;
  isWorkingDay(date: LocalDate): boolean;
  /** False while the notice for the date's year is not loaded: dates counted there are provisional. */
  isLoaded(date: LocalDate): boolean;
}

/**
 * Builds a calendar from loaded notices. In a year without a notice Monday to Friday count as working days,
 * so that an intake never stops; whoever counts with such days must mark the result as provisional.
 */
export function createCalendar(years: Readonly<Record<number, HolidayYear>>): Calendar {
  const off = new Set<LocalDate>();
  const worked = new Set<LocalDate>();
  for (const year of Object.values(years)) {
    for (const [first, last] of year.off) {
      for (let date = first; date <= last; date = addDays(date, 1)) off.add(date);
    }
    for (const date of year.worked) worked.add(date);
  }

  const kindOf = (date: LocalDate): DayKind => {
    if (off.has(date)) return 'holiday';
    const day = weekday(date);
    if (day === 0 || day === 6) return worked.has(date) ? 'worked-weekend' : 'weekend';
    return 'working';
  };
  return {
    kindOf,
    isWorkingDay: (date) => kindOf(date) === 'working' || kindOf(date) === 'worked-weekend',
    isLoaded: (date) => years[Number(date.slice(0, 4))] !== undefined,
  };
}
