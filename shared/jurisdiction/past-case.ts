import type { Case, CaseEvent } from '../case/case.ts';
import type { CaseNumber } from '../case/case-number.ts';
import type { State } from '../case/life-cycle.ts';
import type { Instant, LocalDate } from '../dates.ts';
import { understoodSchema } from '../understanding/understood.ts';
import { factsOf } from './facts-of-case.ts';
import { type Return, returnsOf } from './returns.ts';
import type { RoutingFacts } from './route.ts';

/** A case that went its way: what it could be routed by, and where it went. No words but those of the business and its place. */
export interface PastCase {
  number: CaseNumber;
  receivedOn: LocalDate;
  facts: RoutingFacts;
  /** The unit to which the system or a person sent it first. */
  first?: string | undefined;
  /** The unit that took it on, and so was the right one; unknown while it may still be returned. */
  ended?: string | undefined;
  /** A person had sent it where it ended: he confirmed what was proposed, or corrected it. */
  byPerson?: boolean | undefined;
  returns: readonly Return[];
}

/** In these a unit has not said yet that it is competent. */
const STILL_OPEN: readonly State[] = ['received', 'at-hub', 'distributed', 'disputed', 'awaiting-proof'];
/** These end without anybody having said it. */
const UNDECIDED: readonly State[] = [
  'joined',
  'reclassified',
  'withdrawn',
  'pointed-elsewhere',
  'handed-over',
];
/** Refused as not ours: the unit is not competent. */
const NOT_OURS = 'art16-1';

/** The events by which a case moves between units; the rest of its history is not needed. */
export const ROUTING_EVENTS: readonly CaseEvent['type'][] = [
  'distributed',
  'referred',
  'returned',
  'recalled',
  'designated',
];

/**
 * What a case and the events of its routing say of its way; undefined for one whose words are erased.
 * @param events those of `ROUTING_EVENTS`, in order
 */
export function pastCaseOf(found: Case, events: readonly CaseEvent[], now: Instant): PastCase | undefined {
  if (found.erased === true) return undefined;
  const { number, receivedOn, state, ground } = found;
  // What the system read at first: people have set right what is in the case by now.
  const [first] = events;
  const read = understoodSchema.safeParse(first?.facts.understood);
  const understood = read.success ? read.data : found.understood;
  const sent = events.filter(({ type }) => type === 'distributed' || type === 'designated');
  const last = events.at(-1);
  const isKept = last === sent.at(-1) && !STILL_OPEN.includes(state) && !UNDECIDED.includes(state);
  return {
    number,
    receivedOn,
    facts: factsOf(found, understood),
    first: unitOf(sent[0]),
    ended: isKept && ground !== NOT_OURS ? unitOf(last) : undefined,
    ...(isKept && last !== undefined && last.actor.role !== 'system' ? { byPerson: true } : {}),
    returns: returnsOf(events, now),
  };
}

const unitOf = (event: CaseEvent | undefined) => event?.facts.unit as string | undefined;
