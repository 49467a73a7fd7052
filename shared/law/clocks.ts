import { addDays, type LocalDate } from '../dates.ts';
import type { Calendar } from './calendar.ts';
import type { PeriodUnit } from './rule-packs.ts';

/** The last day of a period. */
export interface DueDate {
  due: LocalDate;
  /** True when a day was counted in a year whose holiday notice is not loaded yet. */
  provisional: boolean;
}

/**
 * Counts a legal period (Order 121 Art. 45): the day of the event is not counted; a period that would end on
 * a statutory holiday ends on the first day after that holiday block.
 *
 * Whether an ordinary weekend shifts the end of a period of natural days is open in law; `shiftWeekends`
 * (default off) lets a bureau decide.
 */
export function dueDate(
  start: LocalDate,
  length: number,
  unit: PeriodUnit,
  calendar: Calendar,
  { shiftWeekends = false }: { shiftWeekends?: boolean } = {},
): DueDate {
  let date = start;
  let provisional = false;
  const nextDay = () => {
    date = addDays(date, 1);
    if (!calendar.isLoaded(date)) provisional = true;
  };

  for (let counted = 0; counted < length; ) {
    nextDay();
    if (unit === 'ND' || calendar.isWorkingDay(date)) counted += 1;
  }
  if (unit === 'ND') {
    const shifts = (day: LocalDate) => {
      const kind = calendar.kindOf(day);
      return kind === 'holiday' || (shiftWeekends && kind === 'weekend');
    };
    while (shifts(date)) nextDay();
  }
  return { due: date, provisional };
}
