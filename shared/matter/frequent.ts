import { type CaseNumber, dayOf } from '../case/case-number.ts';
import { addDays, type LocalDate } from '../dates.ts';

/** Who complains so often within so many days is no sign of a mass incident, nor of a bad business (signs.ts, Art. 17). */
const FREQUENT = 10;
const FREQUENT_DAYS = 90;

/** Whether somebody complains all the time, about whomever. `others` are his other cases. */
export function isFrequent(others: readonly CaseNumber[], on: LocalDate): boolean {
  const since = dayOf(addDays(on, -FREQUENT_DAYS));
  return others.filter((number) => number >= since).length >= FREQUENT;
}
