import type * as z from 'zod';
import type { calendarRequest } from '../../events/administration.ts';
import { shanghaiDate } from '../../shared/dates.ts';
import { Problem } from '../../shared/http/problem.ts';
import type { Answer } from '../../shared/http/stack.ts';
import { checkHolidayYear } from '../../shared/law/check-holiday-year.ts';
import { compareYears, describeYear } from '../../shared/law/compare-years.ts';
import { HOLIDAY_YEARS } from '../../shared/law/holidays.ts';
import type { Staff } from '../../shared/people/roles.ts';
import { type AdministratorDependencies, noteOf, refuseOthers } from './administrator.ts';

/** The years by whose holidays dates are counted, and those that are not known yet. */
export async function showCalendar(staff: Staff, deps: AdministratorDependencies): Promise<Answer> {
  refuseOthers('see', staff, deps);
  const loaded = await deps.calendar.loadedYears();
  const known = { ...HOLIDAY_YEARS, ...loaded };
  const years = Object.entries(known)
    .map(([year, notice]) => ({
      year: Number(year),
      loaded: loaded[Number(year)] !== undefined,
      off: notice.off,
      worked: notice.worked,
      source: notice.source,
      sums: describeYear(Number(year), notice),
    }))
    .sort((a, b) => b.year - a.year);
  const thisYear = Number(shanghaiDate(deps.now()).slice(0, 4));
  // Dates of this autumn reach into the next year.
  const missing = [thisYear, thisYear + 1].filter((year) => known[year] === undefined);
  return { status: 200, body: { years, missing } };
}

/** Checks a year's notice against what is known and loads it; open cases with provisional dates are recounted by night. */
export async function loadYear(
  { check, year, ...notice }: z.output<typeof calendarRequest>,
  staff: Staff,
  deps: AdministratorDependencies,
): Promise<Answer> {
  refuseOthers('change', staff, deps);
  const findings = checkHolidayYear(year, notice);
  const [broken] = findings;
  if (!check && broken !== undefined) {
    const which = broken.which.join(' ');
    throw new Problem('bad-request', [
      { field: '/off', zh: `${broken.zh}：${which}`, en: `${broken.en}: ${which}` },
    ]);
  }
  const before = (await deps.calendar.loadedYears())[year] ?? HOLIDAY_YEARS[year];
  const changes = findings.length > 0 ? [] : compareYears(before, notice);
  const loads = !check && changes.length > 0;
  if (loads) {
    // Before, not after: nothing is done that is not noted.
    await deps.noted.note(noteOf('calendar-loaded', { year, changes: changes.length }, staff, deps));
    await deps.calendar.load(year, notice);
  }
  const sums = findings.length > 0 ? '' : describeYear(year, notice);
  return { status: 200, body: { loaded: loads, findings, changes, sums } };
}
