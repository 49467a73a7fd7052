import type { EventType } from '../case/actions.ts';
import type { CaseEvent, Kind } from '../case/case.ts';
import type { MoneyEntry } from '../case/money-entries.ts';
import type { LocalDate } from '../dates.ts';

/** What is counted per unit and day. Sums of money are in fen. */
export const COUNTERS = [
  'received',
  'reportsReceived',
  'inquiriesReceived',
  'distributed',
  'referred',
  'returned',
  'reconciled',
  'accepted',
  'refused',
  'settled',
  'performed',
  'terminated',
  'withdrawn',
  'closed',
  'published',
  'excluded',
  'reopened',
  'joined',
  'calledBack',
  'satisfied',
  'verified',
  'filed',
  'notFiled',
  'decided',
  'handedOver',
  'answered',
  'pointedElsewhere',
  'supervised',
  'late',
  'claimedFen',
  'agreedFen',
  'provenFen',
  'paidFirstFen',
  'fineFen',
  'caseValueFen',
  'rewardFen',
] as const;

export type Counter = (typeof COUNTERS)[number];
export type Counts = Partial<Record<Counter, number>>;

/** A change to the counters of one unit on one day. */
export interface Increment {
  unit: string;
  day: LocalDate;
  counts: Counts;
}

/** What is sealed about reports (Art. 37): in open figures a single reward on a day would point to one informer. */
export const SEALED_COUNTERS: ReadonlySet<Counter> = new Set<Counter>([
  'reportsReceived',
  'verified',
  'filed',
  'notFiled',
  'decided',
  'handedOver',
  'fineFen',
  'caseValueFen',
  'rewardFen',
]);

const RECEIVED: Readonly<Record<Kind, Counter>> = {
  complaint: 'received',
  report: 'reportsReceived',
  inquiry: 'inquiriesReceived',
  other: 'inquiriesReceived',
};

/** Events that are counted by themselves; those that are not here only write something down. */
const COUNTED: Readonly<Partial<Record<EventType, Counter>>> = {
  distributed: 'distributed',
  referred: 'referred',
  returned: 'returned',
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

const SUMS: Readonly<Record<MoneyEntry, Counter>> = {
  claimed: 'claimedFen',
  agreed: 'agreedFen',
  proven: 'provenFen',
  'paid-first': 'paidFirstFen',
  fine: 'fineFen',
  'case-value': 'caseValueFen',
  reward: 'rewardFen',
};

/** What one event adds, whatever the unit. */
function countsOf({ type, kind, facts, money = {} }: CaseEvent): Counts {
  const counter = type === 'registered' ? RECEIVED[kind] : COUNTED[type];
  const counts: Counts = counter === undefined ? {} : { [counter]: 1 };
  if (type === 'called-back' && facts.satisfaction !== undefined && facts.satisfaction !== 'dissatisfied') {
    counts.satisfied = 1;
  }
  // A clock that was not kept is counted once, when its first level is told.
  if (type === 'escalated' && facts.level === 1) counts.late = 1;
  // Handed out by a slip and called back at once: the unit never had it.
  if (type === 'recalled') counts.distributed = -1;
  for (const [entry, fen] of Object.entries(money) as [MoneyEntry, number][]) counts[SUMS[entry]] = fen;
  return counts;
}

/** The changes that one event makes: one per unit from the city down. Pure: the same event, the same changes. */
export function incrementsOf(event: CaseEvent): Increment[] {
  const counts = countsOf(event);
  if (Object.keys(counts).length === 0) return [];
  return event.unitPath.map((unit) => ({ unit, day: event.on, counts }));
}

/** Adds up increments per unit and day, in any order; sums are exact because all numbers are integers. */
export function fold(increments: Iterable<Increment>): Increment[] {
  const sums = new Map<string, Increment>();
  for (const { unit, day, counts } of increments) {
    const key = `${unit} ${day}`;
    const sum = sums.get(key);
    sums.set(key, { unit, day, counts: sum === undefined ? counts : add(sum.counts, counts) });
  }
  return [...sums.values()];
}

export function add(left: Counts, right: Counts): Counts {
  const sum: Counts = { ...left };
  for (const counter of COUNTERS) {
    const value = right[counter];
    if (value !== undefined) sum[counter] = (sum[counter] ?? 0) + value;
  }
  return sum;
}
