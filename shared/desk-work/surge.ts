/*
 * What a day with many times the usual complaints would do to a unit (a recalled milk powder, a fitness chain that shuts).
 * Counted in working days and whole cases, the most urgent first: what even that order cannot keep, none can.
 */

/** What is known or assumed. */
export interface SurgeInput {
  /** New cases on a usual working day. */
  arrivals: number;
  /** How many times that come on the day itself. */
  factor: number;
  /** Officers who are there, and how many cases each brings past the limit on a day: accepted or refused. */
  officers: number;
  perOfficer: number;
  /** Working days of the limit that ends first: Art. 15 gives seven. */
  limitDays: number;
  /** Open cases that still wait for that step, by the working days they have left; what is over counts as 0. */
  backlog: readonly number[];
}

/** What follows. */
export interface Surge {
  /** Working day on which the first limit breaks; 0 is the day itself; null when all are kept. */
  breaksOn: number | null;
  /** Cases that are past their limit at the end of that day. */
  lateThen: number;
  /** Fewest officers with whom none is late; null when nobody brings any case past the limit. */
  officersNeeded: number | null;
  /** Working days until no more lies there than a usual day brings; null when it never comes down. */
  clearedAfter: number | null;
}

/** Beyond it a plan is none; a year has about 250 working days. */
const HORIZON = 250;

/** What a surge would do. */
export function projectSurge(input: SurgeInput): Surge {
  const owed = Array.from({ length: HORIZON }, (_, day) => owedBy(day, input));
  const capacity = input.officers * input.perOfficer;
  const breaks = owed.findIndex((cases, day) => cases > capacity * (day + 1));
  // Also what comes on a usual day must be done on a day, or the heap grows beyond any horizon.
  const needed = Math.max(input.arrivals, ...owed.map((cases, day) => Math.ceil(cases / (day + 1))));
  return {
    breaksOn: breaks === -1 ? null : breaks,
    lateThen: breaks === -1 ? 0 : (owed[breaks] ?? 0) - capacity * (breaks + 1),
    officersNeeded: input.perOfficer > 0 ? Math.ceil(needed / input.perOfficer) : needed === 0 ? 0 : null,
    clearedAfter: clearedAfter(input, capacity),
  };
}

/** Cases whose limit has ended by this working day. What comes on a day has `limitDays` after it. */
function owedBy(day: number, { arrivals, factor, limitDays, backlog }: SurgeInput): number {
  const waiting = backlog.filter((left) => Math.max(0, left) <= day).length;
  const days = day - limitDays;
  return waiting + (days < 0 ? 0 : arrivals * factor + arrivals * days);
}

function clearedAfter({ arrivals, factor, backlog }: SurgeInput, capacity: number): number | null {
  let open = backlog.length + arrivals * factor;
  for (let day = 0; day < HORIZON; day += 1) {
    open = Math.max(0, open - capacity);
    if (open <= arrivals) return day;
    open += arrivals;
  }
  return null;
}
