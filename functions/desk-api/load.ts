import * as z from 'zod';
import { type absenceRequest, type loadQuery, storedAbsence } from '../../events/desk-work.ts';
import type { Case } from '../../shared/case/case.ts';
import { isRunning } from '../../shared/case/turn-clocks.ts';
import { addDays, type LocalDate, shanghaiDate } from '../../shared/dates.ts';
import { isHeld, type Lease } from '../../shared/desk-work/lease.ts';
import { dueOf } from '../../shared/desk-work/list-filter.ts';
import {
  type Absence,
  absenceOn,
  daysLeft,
  isStartedToday,
  type Job,
  loadOf,
  proposeHandOver,
  proposeRebalance,
  TOLERANCE,
  WEIGHTS,
  weightOf,
} from '../../shared/desk-work/load.ts';
import { projectSurge } from '../../shared/desk-work/surge.ts';
import { type FieldProblem, Problem } from '../../shared/http/problem.ts';
import type { Answer } from '../../shared/http/stack.ts';
import type { Registry } from '../../shared/jurisdiction/registry.ts';
import { settingsOf } from '../../shared/law/bureau-settings.ts';
import type { Calendar } from '../../shared/law/calendar.ts';
import { clockRule } from '../../shared/law/rule-packs.ts';
import { mayShareOut, viewOf } from '../../shared/people/access.ts';
import { OFFICERS, type Staff } from '../../shared/people/roles.ts';
import type { DeskDependencies } from './desk.ts';
import { staleList } from './filters.ts';
import { listOf, lookThrough, unitOf } from './work-list.ts';

/** Open cases of a unit that are weighed: a busy station has two or three hundred. */
const MOST_WEIGHED = 1_000;
const STRIDE = 100;
/** DynamoDB gives a hundred items at once. */
const LEASES_AT_ONCE = 100;

/** How the work lies with the officers of a unit, what could be moved, what is due tomorrow, what a surge would do. */
export async function showLoad(
  query: z.output<typeof loadQuery>,
  staff: Staff,
  deps: DeskDependencies,
): Promise<Answer> {
  const registry = await deps.registry.read();
  const unit = unitOf(query.unit, staff, registry);
  if (!mayShareOut(staff)) throw new Problem('forbidden');
  const today = shanghaiDate(deps.now());
  const calendar = await deps.calendar.read();
  const { found, looked, next } = await lookThrough(listOf(unit, deps), () => true, {
    limit: MOST_WEIGHED,
    most: MOST_WEIGHED,
    stride: STRIDE,
    after: undefined,
  });
  // With whom a report lies is sealed from a head who is not on it, also as a sum.
  const own = found.filter((one) => viewOf(one, staff) === 'full');
  const sealed = found.filter((one) => viewOf(one, staff) !== 'full');
  const jobs = await jobsOf(own, today, calendar, deps);
  const officers = officersOf(unit, registry);
  const absences = (await absencesOf(unit, deps)).items;
  const present = officers.filter((officer) => absenceOn(officer, today, absences) === undefined);
  const nobodys = jobs.filter(({ officer }) => officer === undefined);
  const tomorrow = addDays(today, 1);
  return {
    status: 200,
    body: {
      unit,
      today,
      looked,
      complete: next === undefined,
      weights: WEIGHTS.map(({ atMost, weight }) => ({
        atMost: Number.isFinite(atMost) ? atMost : null,
        weight,
      })),
      officers: loadOf(jobs, officers, absences, today).map((one) => ({
        ...one,
        standIn: one.standIn ?? null,
      })),
      unassigned: sumOf(nobodys.map(({ weight }) => weight)),
      sealed: sumOf(sealed.map((one) => weightOf(one, today, calendar))),
      dueTomorrow: found.filter((one) => dueOf(one) === tomorrow).length,
      rebalance: { tolerance: TOLERANCE, moves: proposeRebalance(jobs, present), why: WHY_REBALANCE },
      handOver: absences
        .filter(({ from, until }) => from <= today && today <= until)
        .map(({ officer, until, standIn }) => ({
          officer,
          until,
          standIn: standIn ?? null,
          moves: proposeHandOver(officer, jobs, present, standIn),
        })),
      surge: surgeOf(query, found, present.length, today, calendar, registry),
    },
  };
}

const WHY_REBALANCE = {
  zh: '从负担最重的移给最轻的，每次移一件、移最接近差额一半的；今天已经动手的、正在办理的不移，不移给请假的人，最重的负担不会增加。',
  en: 'From the most to the least loaded, one case at a time, nearest to half of the difference; nothing begun today or being worked on, nothing to who is away; the largest load never grows.',
};

async function jobsOf(
  cases: readonly Case[],
  today: LocalDate,
  calendar: Calendar,
  deps: DeskDependencies,
): Promise<Job[]> {
  const now = deps.now().toISOString();
  const leases: Lease[] = [];
  for (let start = 0; start < cases.length; start += LEASES_AT_ONCE) {
    const numbers = cases.slice(start, start + LEASES_AT_ONCE).map(({ number }) => number);
    leases.push(...(await deps.deskWork.leases(numbers)));
  }
  const leased = new Set(leases.filter((lease) => isHeld(lease, now)).map(({ number }) => number));
  return cases.map((found) => {
    const { number, version, officers } = found;
    const weight = weightOf(found, today, calendar);
    const fixed = leased.has(number) ? 'leased' : isStartedToday(found, today) ? 'started' : undefined;
    return { number, version, officer: officers[0], weight, due: dueOf(found), fixed };
  });
}

function surgeOf(
  { arrivals, factor, perOfficer }: z.output<typeof loadQuery>,
  cases: readonly Case[],
  officers: number,
  today: LocalDate,
  calendar: Calendar,
  { settings }: Registry,
) {
  const waiting = cases.flatMap(({ clocks }) =>
    clocks.filter((clock) => clock.id === 'accept' && isRunning(clock)).map(({ due }) => due),
  );
  const week = addDays(today, -7);
  const lately = cases.filter(({ receivedOn }) => receivedOn > week).length;
  const input = {
    // Seven days hold five working days. What came and went in the week is not among the open cases: the least there was.
    arrivals: arrivals ?? Math.ceil(lately / 5),
    factor,
    officers,
    perOfficer,
    limitDays: clockRule(today, 'accept', settingsOf(settings)).length,
  };
  const backlog = waiting.map((due) => daysLeft(today, due, calendar));
  return { ...input, ...projectSurge({ ...input, backlog }) };
}

/** Who handles cases at a unit. */
function officersOf(unit: string, { officers }: Registry): string[] {
  return officers.filter((one) => one.unit === unit && OFFICERS.includes(one.role)).map(({ id }) => id);
}

const sumOf = (weights: readonly number[]) => ({
  cases: weights.length,
  weight: weights.reduce((sum, weight) => sum + weight, 0),
});

/** Who is away at a unit, and who stands in. */
export async function listAbsences(
  asked: string | undefined,
  staff: Staff,
  deps: DeskDependencies,
): Promise<Answer> {
  const unit = unitOf(asked, staff, await deps.registry.read());
  if (!mayShareOut(staff)) throw new Problem('forbidden');
  const { version, items } = await absencesOf(unit, deps);
  return { status: 200, body: { unit, version, absences: items } };
}

/** Keeps the list of a unit's absences; those that are over are dropped: nobody needs to know who was away last year. */
export async function saveAbsences(
  { unit: asked, absences, version }: z.output<typeof absenceRequest>,
  staff: Staff,
  deps: DeskDependencies,
): Promise<Answer> {
  const registry = await deps.registry.read();
  const unit = unitOf(asked, staff, registry);
  if (!mayShareOut(staff)) throw new Problem('forbidden');
  const problems = strangersIn(absences, officersOf(unit, registry));
  if (problems.length > 0) throw new Problem('bad-request', problems);
  const today = shanghaiDate(deps.now());
  const items = absences.filter(({ until }) => until >= today);
  const after = { version: version + 1, items };
  if ((await deps.deskWork.saveList({ absencesOf: unit }, after)) === 'conflict') {
    const before = await absencesOf(unit, deps);
    // A repeat of what was done is no conflict.
    const isDone = before.version === after.version && JSON.stringify(before.items) === JSON.stringify(items);
    if (!isDone) throw staleList(before.version);
  }
  return { status: 200, body: { unit, version: after.version, absences: items } };
}

function strangersIn(absences: readonly Absence[], officers: readonly string[]): FieldProblem[] {
  return absences.flatMap(({ officer, standIn }, index) =>
    [['officer', officer] as const, ['standIn', standIn ?? officer] as const]
      .filter(([, id]) => !officers.includes(id))
      .map(([field]) => ({
        field: `/absences/${index}/${field}`,
        zh: '不是本单位的承办人员，请核对',
        en: 'Handles no cases at this unit; please check',
      })),
  );
}

async function absencesOf(unit: string, { deskWork }: Pick<DeskDependencies, 'deskWork'>) {
  const { version, items } = await deskWork.list({ absencesOf: unit });
  return { version, items: z.array(storedAbsence).parse(items) };
}
