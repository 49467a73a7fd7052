import type * as z from 'zod';
import type { dueAheadQuery } from '../../events/desk-work.ts';
import { addDays, type LocalDate, shanghaiDate } from '../../shared/dates.ts';
import { type DaysAhead, dueByUnit, FIRST_DUE } from '../../shared/desk-work/due-ahead.ts';
import { Problem } from '../../shared/http/problem.ts';
import type { Answer } from '../../shared/http/stack.ts';
import { addWorkingDays } from '../../shared/law/clocks.ts';
import { mayList } from '../../shared/people/access.ts';
import type { Staff } from '../../shared/people/roles.ts';
import type { OpenCase } from '../../shared/store/case-store.ts';
import type { DeskDependencies } from './desk.ts';
import { unitOf } from './work-list.ts';

/**
 * The index gives the most urgent first: only what is due within the days is read. A city's week and what is late are some
 * 4,000. DynamoDB Local reads whole cases for it, 436 of them are its megabyte; what is asked for beyond is read in vain.
 */
const STRIDE = 400;
/** Of each part, at the most. */
const MOST = 5_000;
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
  const read = {
    late: () => dueBetween(registry.bureau, undefined, today, deps),
    // `#` stands before what follows a day in the order.
    ahead: () => dueBetween(registry.bureau, `${today}#`, addDays(days.until, 1), deps),
  };
  const wanted = query.part === undefined ? (['late', 'ahead'] as const) : [query.part];
  const parts = await Promise.all(wanted.map((part) => read[part]()));
  const own = parts.flatMap(({ due }) => due).filter(({ unitPath }) => unitPath.includes(unit));
  const counts = dueByUnit(own, unit, days);
  return {
    status: 200,
    body: {
      unit,
      ...days,
      complete: parts.every(({ complete }) => complete),
      units: registry.units
        .filter(({ code }) => counts.has(code))
        .map(({ code, name }) => ({ code, name, ...counts.get(code) })),
      first: own.slice(0, FIRST_DUE).map((one) => ({
        number: one.number,
        due: one.due,
        unit: one.unitPath.at(-1) ?? unit,
      })),
    },
  };
}

/** Open cases of a bureau from a place in its order on and before a day. */
async function dueBetween(
  bureau: string,
  from: string | undefined,
  before: LocalDate,
  deps: DeskDependencies,
) {
  const due: DueCase[] = [];
  let after = from;
  do {
    const { items, next } = await deps.cases.openInBureau(bureau, STRIDE, after, before);
    for (const one of items) if (one.due !== undefined) due.push({ ...one, due: one.due });
    after = next;
  } while (after !== undefined && due.length < MOST);
  return { due, complete: after === undefined };
}
