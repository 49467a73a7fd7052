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

/** The most urgent of all, to look at. */
export const FIRST_DUE = 20;

/** What is due, as one part of it is answered. */
interface DuePart {
  complete: boolean;
  units: (DueCounts & { code: string; name: string })[];
  first: { number: string; due: string; unit: string }[];
}

/** What is not late yet, and what is, as one; the units with most lateness first. */
export function together<Part extends DuePart>(ahead: Part, late: DuePart): Part {
  const rows = new Map(late.units.map((row) => [row.code, row]));
  for (const row of ahead.units) rows.set(row.code, { ...row, overdue: rows.get(row.code)?.overdue ?? 0 });
  return {
    ...ahead,
    complete: ahead.complete && late.complete,
    units: [...rows.values()].sort((a, b) => b.overdue - a.overdue || total(b) - total(a)),
    first: [...late.first, ...ahead.first].slice(0, FIRST_DUE),
  };
}

const total = ({ overdue, today, nextWorkingDay, soon }: DueCounts) =>
  overdue + today + nextWorkingDay + soon;
