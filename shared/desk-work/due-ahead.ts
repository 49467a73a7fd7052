import type { LocalDate } from '../dates.ts';

/** The days up to which somebody looks ahead; Saturdays and holidays are nobody's last chance. */
export interface DaysAhead {
  today: LocalDate;
  nextWorkingDay: LocalDate;
  /** The fifth working day from today. */
  until: LocalDate;
}

/** How many cases are late, and how many will be if nobody moves. */
export interface DueCounts {
  overdue: number;
  today: number;
  nextWorkingDay: number;
  soon: number;
}

const NONE: DueCounts = { overdue: 0, today: 0, nextWorkingDay: 0, soon: 0 };

/** Where a due date falls; nothing beyond the last day that is looked at. */
export function whenDue(due: LocalDate, days: DaysAhead): keyof DueCounts | undefined {
  if (due > days.until) return undefined;
  if (due < days.today) return 'overdue';
  if (due === days.today) return 'today';
  return due <= days.nextWorkingDay ? 'nextWorkingDay' : 'soon';
}

/**
 * Counts of what is due by the units right below one, and what lies with that unit itself under its own code.
 * @param open cases with the way of units they lie in, from the bureau down
 */
export function dueByUnit(
  open: readonly { due: LocalDate; unitPath: readonly string[] }[],
  unit: string,
  days: DaysAhead,
): Map<string, DueCounts> {
  const counts = new Map<string, DueCounts>();
  for (const { due, unitPath } of open) {
    const when = whenDue(due, days);
    const place = unitPath.indexOf(unit);
    if (when === undefined || place === -1) continue;
    const below = unitPath[place + 1] ?? unit;
    const soFar = counts.get(below) ?? NONE;
    counts.set(below, { ...soFar, [when]: soFar[when] + 1 });
  }
  return counts;
}
