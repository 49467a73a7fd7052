import type * as z from 'zod';
import type { dueAheadQuery } from '../../events/desk-work.ts';
import { type LocalDate, shanghaiDate } from '../../shared/dates.ts';
import { type DaysAhead, dueByUnit } from '../../shared/desk-work/due-ahead.ts';
import { Problem } from '../../shared/http/problem.ts';
import type { Answer } from '../../shared/http/stack.ts';
import { addWorkingDays } from '../../shared/law/clocks.ts';
import { mayList } from '../../shared/people/access.ts';
import type { Staff } from '../../shared/people/roles.ts';
import type { OpenCase } from '../../shared/store/case-store.ts';
import type { DeskDependencies } from './desk.ts';
import { unitOf } from './work-list.ts';

/** The index gives the most urgent first: only what is due within the days is read. A city's week is some 4,000. */
const STRIDE = 1_000;
const MOST = 10_000;
/** The most urgent of all, to look at. */
const FIRST = 20;
const WORKING_DAYS_AHEAD = 4;

type DueCase = OpenCase & { due: LocalDate };

/** What is late and what will be within five working days, unit by unit: lateness seen while it can be kept off. */
export async function showDueAhead(
  query: z.output<typeof dueAheadQuery>,
  staff: Staff,
  deps: DeskDependencies,
): Promise<Answer> {
  const registry = await deps.registry.read();
  const unit = unitOf(query.unit, staff, registry);
  if (!mayList(staff)) throw new Problem('forbidden');
  const calendar = await deps.calendar.read();
  const today = shanghaiDate(deps.now());
  const days: DaysAhead = {
    today,
    nextWorkingDay: addWorkingDays(today, 1, calendar),
    until: addWorkingDays(today, WORKING_DAYS_AHEAD, calendar),
  };
  const { due, complete } = await dueUntil(registry.bureau, days.until, deps);
  const own = due.filter(({ unitPath }) => unitPath.includes(unit));
  const counts = dueByUnit(own, unit, days);
  return {
    status: 200,
    body: {
      unit,
      ...days,
      complete,
      units: registry.units
        .filter(({ code }) => counts.has(code))
        .map(({ code, name }) => ({ code, name, ...counts.get(code) })),
      first: own.slice(0, FIRST).map((one) => ({
        number: one.number,
        due: one.due,
        unit: one.unitPath.at(-1) ?? unit,
      })),
    },
  };
}

async function dueUntil(bureau: string, until: LocalDate, deps: DeskDependencies) {
  const due: DueCase[] = [];
  let after: string | undefined;
  do {
    const { items, next } = await deps.cases.openInBureau(bureau, STRIDE, after);
    for (const one of items) {
      // Whose period is stopped has no date and stands behind all others.
      if (one.due === undefined || one.due > until) return { due, complete: true };
      due.push({ ...one, due: one.due });
    }
    after = next;
  } while (after !== undefined && due.length < MOST);
  return { due, complete: after === undefined };
}
