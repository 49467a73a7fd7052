import type { EventType } from '../case/actions.ts';
import type { CaseEvent, Channel, Kind } from '../case/case.ts';
import type { MoneyEntry } from '../case/money-entries.ts';
import { FIRST_CLOCKS } from '../case/turn-clocks.ts';
import { daysBetween, type Instant, type LocalDate, shanghaiDate } from '../dates.ts';
import type { ClockId } from '../law/rule-packs.ts';
import { add, type Counter, type Counts, withoutZeros } from './counters.ts';

/*
 * What a case counts, worked out from its whole history and from nothing else: no clock, no register, no calendar.
 * An event adds what the history with it counts more than the history without it (ledger.ts), so a correction moves
 * the figures of the day it corrects, and any order of deliveries adds up to the same.
 */

/** By what figures can be cut. Each holds for the whole case, as it is known now. */
export interface Dimensions {
  kind: Kind;
  channel: Channel;
  problem?: string | undefined;
  subject?: string | undefined;
  division?: string | undefined;
  /** Unified social credit code. */
  business?: string | undefined;
  /** Class A–D of the business when the case came in. */
  grade?: string | undefined;
}

export type Dimension = keyof Dimensions;
export const DIMENSIONS = [
  'kind',
  'channel',
  'problem',
  'subject',
  'division',
  'business',
  'grade',
] as const satisfies Dimension[];

/** What a case counts on one day at some units. */
interface Contribution {
  day: LocalDate;
  /** Where the case lay: from the city down the units, then `area:<id>` and `officer:<id>` where they are known. */
  path: readonly string[];
  /** Which of these it counts at: a station has received what came to it, not once more for the city above it. */
  at: readonly string[];
  counts: Counts;
}

/** All that one case counts. */
export interface CaseCount {
  dimensions: Dimensions;
  contributions: Contribution[];
}

/** Within which the first sign of life is expected; the bureaus' own rule (响应率), no article sets it. */
const RESPONSE_HOURS = 24;

const HOUR_MS = 3_600_000;

const RECEIVED: Readonly<Record<Kind, Counter>> = {
  complaint: 'received',
  report: 'reportsReceived',
  inquiry: 'inquiriesReceived',
  other: 'inquiriesReceived',
};

/** Events that count one by themselves, where and when they happen. */
const COUNTED: Readonly<Partial<Record<EventType, Counter>>> = {
  distributed: 'distributed',
  referred: 'referred',
  returned: 'returned',
  'offered-first': 'offeredFirst',
  reconciled: 'reconciled',
  'settlement-confirmed': 'reconciled',
  accepted: 'accepted',
  refused: 'refused',
  settled: 'settled',
  performed: 'performed',
  terminated: 'terminated',
  withdrawn: 'withdrawn',
  closed: 'closed',
  published: 'published',
  excluded: 'excluded',
  reopened: 'reopened',
  joined: 'joined',
  'called-back': 'calledBack',
  verified: 'verified',
  filed: 'filed',
  'not-filed': 'notFiled',
  decided: 'decided',
  'handed-over': 'handedOver',
  answered: 'answered',
  'pointed-elsewhere': 'pointedElsewhere',
  supervised: 'supervised',
};

/** What the person hears or sees of the bureau for the first time. */
const RESPONSES: ReadonlySet<EventType> = new Set<EventType>([
  'accepted',
  'refused',
  'proof-asked',
  'offered-first',
  'mediation-started',
  'pointed-elsewhere',
  'answered',
  'told',
]);

const SUMS: Readonly<Record<MoneyEntry, Counter>> = {
  claimed: 'claimedFen',
  agreed: 'agreedFen',
  proven: 'provenFen',
  'paid-first': 'paidFirstFen',
  fine: 'fineFen',
  'case-value': 'caseValueFen',
  reward: 'rewardFen',
};

/** Periods that end in a figure: what was due, and what of it was done in time. */
const DUE: Readonly<Partial<Record<ClockId, { due: Counter; inTime: Counter; on: 'last-day' | 'step' }>>> = {
  // "Due in the period" (SAMR): on the last day, whenever it was done.
  accept: { due: 'dueDecisions', inTime: 'dueDecisionsInTime', on: 'last-day' },
  'verify-report': { due: 'dueVerifications', inTime: 'dueVerificationsInTime', on: 'last-day' },
  'verify-clue': { due: 'dueVerifications', inTime: 'dueVerificationsInTime', on: 'last-day' },
  publish: { due: 'duePublications', inTime: 'duePublicationsDone', on: 'step' },
};

/** Periods in which somebody outside owes the step: no unit of the bureau is late by them. */
const OWED_BY_OTHERS: ReadonlySet<ClockId> = new Set<ClockId>([...FIRST_CLOCKS, 'identity', 'promise']);

/** What is known of a case while its history is read. */
interface Reading {
  number: string;
  kind: Kind;
  channel: Channel;
  receivedOn: LocalDate;
  receivedAt: Instant;
  claimedFen: number;
  problem?: string | undefined;
  subject?: string | undefined;
  division?: string | undefined;
  business?: string | undefined;
  grade?: string | undefined;
  area?: string | undefined;
  officer?: string | undefined;
  /** Where the case lies now. */
  path: readonly string[];
  /** Units, areas and officers to which it has come: received once at each. */
  cameTo: Set<string>;
  /** How it came in at each, and since which handing out it lies there. */
  arrivals: { since: number; came: Contribution }[];
  /** Version of the event that last moved it. */
  movedBy: number;
  /** Reopened, or back from who tried to settle it first: its periods begin anew. */
  round: number;
  handedOutAt?: Instant | undefined;
  responded: boolean;
  /** Where and when each kind of money was last written down: a correction belongs there. */
  moneyAt: Map<MoneyEntry, { day: LocalDate; path: readonly string[] }>;
  /** Periods that passed unkept, by round, clock and authority. */
  lateBy: Map<string, { clock: ClockId; due: LocalDate; on: LocalDate; path: readonly string[] }>;
  isLate: boolean;
  decidedOn: boolean;
  accepted: boolean;
  handled: boolean;
  told: boolean;
  solved: boolean;
  closed: boolean;
  resolved: boolean;
  joined: boolean;
  takenUpAnew: boolean;
}

type Facts = Readonly<Record<string, unknown>>;
const text = (facts: Facts, name: string) => (typeof facts[name] === 'string' ? facts[name] : undefined);

/**
 * Counts a case.
 * @param history its events in the order of their versions, from the first; at least one
 */
export function countCase(history: readonly CaseEvent[]): CaseCount {
  const [first] = history;
  if (first === undefined) throw new RangeError('a case without history counts nothing');
  const reading = startOf(first);
  const flows = history.flatMap((event) => {
    note(reading, event);
    return flowsOf(reading, event);
  });
  // Taken up as another kind it is received there: here it never was.
  const arrivals = reading.takenUpAnew ? [] : reading.arrivals.map(({ came }) => came);
  return {
    dimensions: dimensionsOf(reading),
    contributions: merged([...flows, ...arrivals, ...lateOf(reading), ...cohortOf(reading)]),
  };
}

/** One contribution for each day and place; what came to nothing is left out. */
function merged(contributions: readonly Contribution[]): Contribution[] {
  const sums = new Map<string, Contribution>();
  for (const one of contributions) {
    const key = [one.day, one.path.join('/'), one.at.join('/')].join(' ');
    sums.set(key, { ...one, counts: add(sums.get(key)?.counts ?? {}, one.counts) });
  }
  return [...sums.values()]
    .map((one) => ({ ...one, counts: withoutZeros(one.counts) }))
    .filter(({ counts }) => Object.keys(counts).length > 0);
}

function startOf(first: CaseEvent): Reading {
  const receivedAt = text(first.facts, 'receivedAt') ?? first.at;
  return {
    number: first.number,
    kind: first.kind,
    channel: (text(first.facts, 'channel') ?? 'web') as Channel,
    receivedOn: shanghaiDate(receivedAt),
    receivedAt,
    claimedFen: first.money?.claimed ?? 0,
    path: first.unitPath,
    cameTo: new Set(),
    arrivals: [],
    movedBy: 1,
    round: 0,
    responded: false,
    moneyAt: new Map(),
    lateBy: new Map(),
    isLate: false,
    decidedOn: false,
    accepted: false,
    handled: false,
    told: false,
    solved: false,
    closed: false,
    resolved: false,
    joined: false,
    takenUpAnew: false,
  };
}

/** Events that move the case to the units they count for. */
const MOVES: ReadonlySet<EventType> = new Set<EventType>(['distributed', 'designated', 'joined']);
/** Events after which the hub has it again. */
const BACK: ReadonlySet<EventType> = new Set<EventType>(['returned', 'recalled', 'not-reached']);
/** Mediations that came to an end, one way or another. */
const ENDED: ReadonlySet<EventType> = new Set<EventType>(['settled', 'terminated']);
const SETTLED: ReadonlySet<EventType> = new Set<EventType>(['settled', 'reconciled', 'settlement-confirmed']);

/** A new round of the same case: no period of the one before goes on. */
const NEW_ROUND: ReadonlySet<EventType> = new Set<EventType>([
  'reopened',
  'insisted',
  'handed-back',
  'moved-on',
]);
/** Somebody else has the case after these. */
const HANDED_ON: ReadonlySet<EventType> = new Set<EventType>([
  'registered',
  ...MOVES,
  'assigned',
  'taken',
  'recusal-decided',
]);

/** Takes up what an event says about the case. */
function note(reading: Reading, { type, facts, unitPath, actor, version }: CaseEvent): void {
  const understood = facts.understood as
    | {
        problem?: { value: string };
        subject?: { value: string };
        division?: { code: string | null };
        business?: { creditCode: string | null; grade?: string };
      }
    | undefined;
  reading.problem = text(facts, 'problem') ?? understood?.problem?.value ?? reading.problem;
  reading.subject = text(facts, 'subject') ?? understood?.subject?.value ?? reading.subject;
  reading.division = text(facts, 'division') ?? understood?.division?.code ?? reading.division;
  reading.business = text(facts, 'creditCode') ?? understood?.business?.creditCode ?? reading.business;
  reading.grade = understood?.business?.grade ?? reading.grade;
  // Another business than the one that was recognised: its class then is not known.
  if (facts.creditCode !== undefined || facts.noBusiness === true) reading.grade = undefined;
  if (facts.noBusiness === true) reading.business = undefined;
  if (MOVES.has(type)) {
    reading.movedBy = version;
    reading.path = unitPath;
    reading.area = text(facts, 'area');
    reading.officer = text(facts, 'officer');
  }
  if (BACK.has(type)) {
    reading.path = unitPath.slice(0, 1);
    reading.area = undefined;
    reading.officer = undefined;
  }
  if (type === 'assigned' || (type === 'recusal-decided' && facts.granted === true)) {
    reading.officer = text(facts, 'officer');
  }
  if (type === 'taken') reading.officer = actor.id;
  if (type === 'unassigned') reading.officer = undefined;

  if (type === 'accepted') reading.accepted = true;
  if (type === 'accepted' || type === 'refused') reading.decidedOn = true;
  if (ENDED.has(type) || (type === 'withdrawn' && reading.accepted)) reading.handled = true;
  if (SETTLED.has(type)) reading.solved = true;
  if (type === 'closed') reading.closed = true;
  if (type === 'filed' || type === 'not-filed') reading.resolved = true;
  if (type === 'joined') reading.joined = true;
  if (type === 'unjoined') reading.joined = false;
  if (type === 'reclassified') reading.takenUpAnew = true;
  if (NEW_ROUND.has(type)) reading.round += 1;
  if (type === 'reopened') {
    reading.handled = false;
    reading.told = false;
    reading.solved = false;
    reading.closed = false;
  }
}

/** What an event counts by itself. */
function flowsOf(reading: Reading, event: CaseEvent): Contribution[] {
  const { type, facts, on, at } = event;
  const path = pathOf(reading, event.unitPath);
  const counts: Counts = {};
  const one = (name: Counter, value = 1) => {
    counts[name] = (counts[name] ?? 0) + value;
  };

  const counted = COUNTED[type];
  if (counted !== undefined) one(counted);
  if (counted === 'reconciled') {
    one(facts.partnerKind === 'business' ? 'reconciledOnline' : 'reconciledAtStation');
  }
  // Handed out by a slip and called back at once: the unit never had it.
  if (type === 'recalled') one('distributed', -1);
  if (type === 'called-back' && facts.satisfaction !== undefined && facts.satisfaction !== 'dissatisfied') {
    one('satisfied');
  }
  if (type === 'rated') {
    one('rated');
    one('ratedPoints', Number(facts.points));
  }
  if (type === 'escalated' && facts.level === 1 && !OWED_BY_OTHERS.has(facts.clock as ClockId)) {
    one('late');
    noteLate(reading, { clock: facts.clock as ClockId, due: facts.due as LocalDate, on, path });
  }
  if (ENDED.has(type) || (type === 'withdrawn' && reading.accepted)) one('handled');
  if (tellsResult(reading, event)) {
    reading.told = true;
    one('handledTold');
  }
  if (!reading.responded && RESPONSES.has(type)) {
    reading.responded = true;
    const hours = hoursBetween(reading.receivedAt, at);
    one('responded');
    one('responseHours', hours);
    if (hours < RESPONSE_HOURS) one('respondedInTime');
  }
  const periods = periodsEnded(reading, event, path);
  noteArrival(reading, event, path);
  if (type === 'closed') {
    one('closeDays', daysBetween(reading.receivedOn, on));
    if (!reading.isLate) one('closedInTime');
  }
  if (type === 'returned' && reading.handedOutAt !== undefined) {
    one('returnedHours', hoursBetween(reading.handedOutAt, at));
  }
  if (type === 'distributed') reading.handedOutAt = at;

  return [{ day: on, path, at: path, counts }, ...periods, ...moneyOf(reading, event, path)];
}

const hoursBetween = (from: Instant, to: Instant) =>
  Math.max(0, Math.floor((Date.parse(to) - Date.parse(from)) / HOUR_MS));

/** The result of a handled complaint reaches its complainant: by its form, or by the closing itself. */
function tellsResult(reading: Reading, { type, facts }: CaseEvent): boolean {
  if (!reading.handled || reading.told) return false;
  return type === 'closed' || (type === 'told' && facts.party === 'complainant' && facts.form !== 'form-5');
}

function pathOf({ area, officer }: Reading, units: readonly string[]): string[] {
  return [
    ...units,
    ...(area === undefined ? [] : [`area:${area}`]),
    ...(officer === undefined ? [] : [`officer:${officer}`]),
  ];
}

/** The case comes to somebody who has not had it: received there, with what it claims. */
function noteArrival(reading: Reading, { type, on }: CaseEvent, path: readonly string[]): void {
  const { cameTo, claimedFen, kind, movedBy } = reading;
  // Called back at once, it never came to those it was handed to by a slip.
  if (type === 'recalled') {
    const [gone = [], kept = []] = [true, false].map((slip) =>
      reading.arrivals.filter(({ since }) => (since === movedBy) === slip),
    );
    for (const unit of gone.flatMap(({ came }) => came.at)) cameTo.delete(unit);
    reading.arrivals = kept;
  }
  const at = HANDED_ON.has(type) ? path.filter((unit) => !cameTo.has(unit)) : [];
  if (at.length === 0) return;
  for (const unit of at) cameTo.add(unit);
  const claimed = claimedFen > 0 ? { claimedFen } : {};
  reading.arrivals.push({
    since: movedBy,
    came: { day: on, path, at, counts: { [RECEIVED[kind]]: 1, ...claimed } },
  });
}

const keyOfPeriod = ({ round }: Reading, clock: ClockId, authority: string) =>
  `${round} ${clock} ${authority}`;

type Late = Reading['lateBy'] extends Map<string, infer L> ? L : never;

/** A period of the bureau has passed unkept. */
function noteLate(reading: Reading, late: Late): void {
  const { clock, path } = late;
  reading.isLate = true;
  reading.lateBy.set(keyOfPeriod(reading, clock, path[1] ?? path[0] ?? ''), late);
}

/** Periods that end with this event count on their last day, as kept when that is not over. */
function periodsEnded(
  reading: Reading,
  { ended = [], on }: CaseEvent,
  path: readonly string[],
): Contribution[] {
  return ended.flatMap(({ clock, due, authority }) => {
    if (OWED_BY_OTHERS.has(clock)) return [];
    const key = keyOfPeriod(reading, clock, authority);
    if (on > due) {
      // Told late already, and counted for who owned the lateness; else it is late only now.
      if (!reading.lateBy.has(key)) noteLate(reading, { clock, due, on, path });
      return [];
    }
    // Its last day was moved after it had passed: it was kept after all.
    reading.lateBy.delete(key);
    const figure = DUE[clock];
    return figure === undefined
      ? []
      : [
          {
            day: figure.on === 'step' ? on : due,
            path,
            at: path,
            counts: { [figure.due]: 1, [figure.inTime]: 1 },
          },
        ];
  });
}

/** Periods that passed unkept: due, and not done in time, for the units that owned the lateness. */
function lateOf({ lateBy }: Reading): Contribution[] {
  return [...lateBy.values()].flatMap(({ clock, due, on, path }) => {
    const figure = DUE[clock];
    if (figure === undefined) return [];
    return [{ day: figure.on === 'step' ? on : due, path, at: path, counts: { [figure.due]: 1 } }];
  });
}

/** Money counts on the day it was written down; a correction counts where the sum stands that it corrects. */
function moneyOf(
  reading: Reading,
  { type, on, money = {} }: CaseEvent,
  path: readonly string[],
): Contribution[] {
  return (Object.entries(money) as [MoneyEntry, number][]).flatMap(([entry, fen]) => {
    // What is claimed on filing counts with the receipt, at each unit the case comes to.
    if (type === 'registered' && entry === 'claimed') return [];
    const corrected = type === 'money-corrected' ? reading.moneyAt.get(entry) : undefined;
    const where = corrected ?? { day: on, path };
    reading.moneyAt.set(entry, where);
    return [{ ...where, at: where.path, counts: { [SUMS[entry]]: fen } }];
  });
}

/** How the case stands now, dated on the day of its receipt: of those received then, how many are so by now. */
function cohortOf(reading: Reading): Contribution[] {
  if (reading.joined || reading.takenUpAnew) return [];
  const flags: Partial<Record<Counter, boolean>> =
    reading.kind === 'complaint'
      ? {
          ofReceived: true,
          ofDecided: reading.decidedOn,
          ofAccepted: reading.accepted,
          ofHandled: reading.handled,
          ofTold: reading.told,
          ofSolved: reading.solved,
          ofClosed: reading.closed,
        }
      : reading.kind === 'report'
        ? { ofReports: true, ofReportsResolved: reading.resolved }
        : {};
  const counts: Counts = Object.fromEntries(
    Object.entries(flags)
      .filter(([, holds]) => holds)
      .map(([name]) => [name, 1]),
  );
  const path = pathOf(reading, reading.path);
  return [{ day: reading.receivedOn, path, at: path, counts }];
}

function dimensionsOf(reading: Reading): Dimensions {
  const { kind, channel, problem, subject, division, business, grade } = reading;
  return { kind, channel, problem, subject, division, business, grade };
}
