import type { Case } from '../case/case.ts';
import type { CaseNumber } from '../case/case-number.ts';
import { addDays, type LocalDate } from '../dates.ts';
import type { Calendar } from '../law/calendar.ts';
import { dueOf, NO_DUE } from './list-filter.ts';

/*
 * How heavily the officers of a station are loaded, and what could be moved. Proposals only: a head orders them.
 */

/** Somebody is away. Why is nobody's business here. */
export interface Absence {
  /** Ids of staff. */
  officer: string;
  from: LocalDate;
  /** The last day. */
  until: LocalDate;
  /** Who takes what is urgent meanwhile. */
  standIn?: string | undefined;
}

/**
 * What an open case weighs, by the working days left: the first row that fits. What is due today costs the attention of
 * a whole handful of cases that have time. Whole numbers, so that sums are exact.
 */
export const WEIGHTS: readonly { atMost: number; weight: number }[] = [
  { atMost: -1, weight: 12 },
  { atMost: 0, weight: 10 },
  { atMost: 1, weight: 8 },
  { atMost: 3, weight: 5 },
  { atMost: 7, weight: 3 },
  { atMost: Infinity, weight: 2 },
];
/** Its period is stopped (testing, say): somebody must only not forget it. */
const PAUSED_WEIGHT = 1;
/** Loads that differ by less than the heaviest case cannot be evened out by moving one. */
export const TOLERANCE = Math.max(...WEIGHTS.map(({ weight }) => weight));
/** More days left weigh the same; nobody counts further. */
const FAR = 8;

/** Working days after today up to the due date; 0 when it is due today, -1 when it is over, at most 8. */
export function daysLeft(today: LocalDate, due: LocalDate, calendar: Pick<Calendar, 'isWorkingDay'>): number {
  if (due < today) return -1;
  let left = 0;
  for (let day = addDays(today, 1); day <= due && left < FAR; day = addDays(day, 1)) {
    if (calendar.isWorkingDay(day)) left += 1;
  }
  return left;
}

/** What one open case weighs today. */
export function weightOf(
  found: Pick<Case, 'clocks'>,
  today: LocalDate,
  calendar: Pick<Calendar, 'isWorkingDay'>,
): number {
  const due = dueOf(found);
  if (due === NO_DUE) return PAUSED_WEIGHT;
  const left = daysLeft(today, due, calendar);
  return WEIGHTS.find(({ atMost }) => left <= atMost)?.weight ?? PAUSED_WEIGHT;
}

/** Periods that begin because a case arrives, not because anybody does something. */
const ON_ARRIVAL: ReadonlySet<string> = new Set(['distribute', 'accept', 'verify-report', 'answer']);

/** True when an officer has begun something on it today: whoever is in the middle of it finishes it. */
export function isStartedToday({ clocks, forms, told }: Case, today: LocalDate): boolean {
  return (
    clocks.some(
      ({ id, start, stopped }) =>
        (!ON_ARRIVAL.has(id) && start === today) || (id !== 'distribute' && stopped === today),
    ) ||
    forms.some(({ on }) => on === today) ||
    Object.values(told).includes(today)
  );
}

/** An open case as far as a distribution of work looks at it. */
export interface Job {
  number: CaseNumber;
  version: number;
  /** Whose it is; undefined while it is nobody's. */
  officer: string | undefined;
  weight: number;
  due: LocalDate;
  /** It stays where it is: begun today, or somebody is working on it now. */
  fixed?: 'started' | 'leased' | undefined;
}

/** What lies with one officer. */
export interface OfficerLoad {
  officer: string;
  cases: number;
  weight: number;
  overdue: number;
  dueToday: number;
  dueTomorrow: number;
  absent: boolean;
  standIn: string | undefined;
}

/** One case that changes hands, and why, in the terms of the table of weights. */
export interface Move {
  number: CaseNumber;
  version: number;
  from: string;
  to: string;
  weight: number;
}

/** The absence that lies over this day, if the officer has one. */
export function absenceOn(
  officer: string,
  day: LocalDate,
  absences: readonly Absence[],
): Absence | undefined {
  return absences.find((one) => one.officer === officer && one.from <= day && day <= one.until);
}

/** The load of each officer, the heaviest first. Officers without a case are in it, too. */
export function loadOf(
  jobs: readonly Job[],
  officers: readonly string[],
  absences: readonly Absence[],
  today: LocalDate,
): OfficerLoad[] {
  const everybody = [...new Set([...officers, ...jobs.flatMap(({ officer }) => officer ?? [])])];
  const tomorrow = addDays(today, 1);
  return everybody
    .map((officer): OfficerLoad => {
      const own = jobs.filter((job) => job.officer === officer);
      const away = absenceOn(officer, today, absences);
      return {
        officer,
        cases: own.length,
        weight: sum(own),
        overdue: own.filter(({ due }) => due < today).length,
        dueToday: own.filter(({ due }) => due === today).length,
        dueTomorrow: own.filter(({ due }) => due === tomorrow).length,
        absent: away !== undefined,
        standIn: away?.standIn,
      };
    })
    .sort((one, other) => other.weight - one.weight || (one.officer < other.officer ? -1 : 1));
}

/**
 * Moves that bring the officers who are there within the tolerance of each other, one after the other: from the most to
 * the least loaded, each time the case that comes nearest to half of the gap. Few moves, not provably the fewest.
 * No move makes anybody as heavily loaded as the heaviest was: the largest load never grows.
 * @param present officers who may get cases; what lies with others stays where it is
 */
export function proposeRebalance(
  jobs: readonly Job[],
  present: readonly string[],
  tolerance = TOLERANCE,
): Move[] {
  const owner = new Map(jobs.map(({ number, officer }) => [number, officer]));
  const movable = jobs.filter(
    ({ officer, fixed }) => fixed === undefined && officer !== undefined && present.includes(officer),
  );
  const weights = new Map(
    present.map((officer) => [officer, sum(jobs.filter((job) => job.officer === officer))]),
  );
  const moved = new Set<CaseNumber>();
  const moves: Move[] = [];
  // Each case moves once at the most: nobody is sent back and forth.
  for (let round = 0; round < movable.length; round += 1) {
    const order = [...weights].sort(([a, one], [b, other]) => other - one || (a < b ? -1 : 1));
    const [from, most] = order[0] ?? ['', 0];
    const [to, least] = order.at(-1) ?? ['', 0];
    const gap = most - least;
    if (gap <= tolerance) break;
    const [best] = movable
      .filter(({ number, weight }) => owner.get(number) === from && !moved.has(number) && weight < gap)
      // Of two alike the less urgent one goes: who takes it over must read it first.
      .sort(
        (one, other) =>
          Math.abs(gap / 2 - one.weight) - Math.abs(gap / 2 - other.weight) || (one.due > other.due ? -1 : 1),
      );
    if (best === undefined) break;
    moves.push({ number: best.number, version: best.version, from, to, weight: best.weight });
    moved.add(best.number);
    owner.set(best.number, to);
    weights.set(from, most - best.weight);
    weights.set(to, least + best.weight);
  }
  return moves;
}

/**
 * What an absent officer has, handed to the stand-in, or where there is none who is there to whoever has the least. What
 * has begun today goes, too: whoever began it is away.
 */
export function proposeHandOver(
  absent: string,
  jobs: readonly Job[],
  present: readonly string[],
  standIn: string | undefined,
): Move[] {
  const takers = present.filter((officer) => officer !== absent);
  const weights = new Map(
    takers.map((officer) => [officer, sum(jobs.filter((job) => job.officer === officer))]),
  );
  const own = jobs.filter(({ officer, fixed }) => officer === absent && fixed !== 'leased');
  const moves: Move[] = [];
  for (const { number, version, weight } of own) {
    const [lightest] = [...weights].sort(([a, one], [b, other]) => one - other || (a < b ? -1 : 1));
    const to = standIn !== undefined && takers.includes(standIn) ? standIn : lightest?.[0];
    if (to === undefined) return [];
    moves.push({ number, version, from: absent, to, weight });
    weights.set(to, (weights.get(to) ?? 0) + weight);
  }
  return moves;
}

const sum = (jobs: readonly Pick<Job, 'weight'>[]) => jobs.reduce((all, { weight }) => all + weight, 0);
