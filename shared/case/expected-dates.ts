import type { LocalDate } from '../dates.ts';
import { dueDate } from '../law/clocks.ts';
import { type ClockId, clockRule } from '../law/rule-packs.ts';
import type { Kind } from './case.ts';
import type { Counting } from './turn-clocks.ts';

/** What is owed to the person, one after the other: each period begins when the one before is used up. */
const OWED: Readonly<Record<Kind, readonly ClockId[]>> = {
  complaint: ['accept', 'mediate'],
  report: ['verify-report'],
  inquiry: ['answer'],
  other: ['answer'],
};

/**
 * The dates that would run for a message that came in on this day, each at the latest.
 * @param atOnce it goes to its unit at once; else the hub has its own time first, where the period starts at the unit
 */
export function expectedDates(kind: Kind, on: LocalDate, atOnce: boolean, counting: Counting) {
  const dueAfter = (id: ClockId, start: LocalDate) => {
    const { duty, basis, length, unit, internal } = clockRule(on, id, counting.settings);
    const { shiftWeekends } = counting.settings;
    const { due, provisional } = dueDate({ start, length, unit }, counting.calendar, { shiftWeekends });
    return { clock: id, start, due, provisional, duty, basis, length, unit, internal };
  };
  const startsAtUnit = OWED[kind][0] === 'accept';
  let start = atOnce || !startsAtUnit ? on : dueAfter('distribute', on).due;
  return OWED[kind].map((id) => {
    const date = dueAfter(id, start);
    start = date.due;
    return date;
  });
}
