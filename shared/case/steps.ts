import { type Clock, shanghaiDate } from '../dates.ts';
import type { Calendar } from '../law/calendar.ts';
import { dueDate } from '../law/clocks.ts';
import { type ClockId, rulePackFor } from '../law/rule-packs.ts';
import type { Actor, Case, CaseEvent, Complaint, EventFacts, RunningClock } from './case.ts';
import { type CaseNumber, makeCaseNumber } from './case-number.ts';
import { type Action, TRANSITIONS } from './life-cycle.ts';

/** A state and the event that led to it; the store commits both in one transaction, or none. */
export interface Step {
  after: Case;
  event: CaseEvent;
}

/** What a step needs from outside. */
export interface StepContext {
  actor: Actor;
  now: Clock;
  calendar: Calendar;
}

/** The step is not in the life cycle from this state: somebody else was faster, or the page was old. */
export class NotAllowedNow extends Error {
  override name = 'NotAllowedNow';
  readonly action: Action;
  readonly state: Case['state'];
  constructor(action: Action, state: Case['state']) {
    super(`${action} is not allowed in state ${state}`);
    this.action = action;
    this.state = state;
  }
}

/** Registers a complaint: the first event of a new case, at the hub of `bureau`. */
export function register(
  complaint: Complaint,
  origin: { channel: Case['channel']; bureau: string; draw: number; secretHash: string },
  context: StepContext,
): Step {
  const at = context.now().toISOString();
  const on = shanghaiDate(at);
  const number = makeCaseNumber(on, origin.draw);
  const unitPath = [origin.bureau];
  const after: Case = {
    number,
    version: 1,
    state: 'received',
    channel: origin.channel,
    complaint,
    receivedAt: at,
    receivedOn: on,
    unitPath,
    clocks: { distribute: startClock('distribute', on, on, origin.bureau, context.calendar) },
    secretHash: origin.secretHash,
  };
  const event: CaseEvent = {
    id: eventId(number, 1),
    number,
    version: 1,
    type: 'registered',
    at,
    on,
    actor: context.actor,
    unitPath,
    facts: { channel: origin.channel, claimedFen: complaint.claimedFen },
  };
  return { after, event };
}

/** Where a case goes when it is distributed. */
export interface Destination {
  unitPath: readonly string[];
  area?: string | undefined;
}

/** Hands the case to a station (分送), by the triage or by a dispatcher. */
export function distribute(before: Case, to: Destination, basis: string, context: StepContext): Step {
  const changes = { unitPath: to.unitPath, area: to.area, hubReason: undefined };
  return step(before, 'distribute', changes, { area: to.area, basis }, context);
}

/** Leaves the case to the dispatcher, with the reason and the stations that came into question. */
export function refer(before: Case, facts: EventFacts['referred'], context: StepContext): Step {
  return step(before, 'refer', { hubReason: facts.reason }, facts, context);
}

/** Hands the case back to the hub of the bureau (退回). The return counts for the unit that had the case. */
export function returnToHub(before: Case, facts: EventFacts['returned'], context: StepContext): Step {
  const changes = { unitPath: before.unitPath.slice(0, 1), area: undefined, hubReason: facts.reason };
  return step(before, 'return', changes, facts, context, before.unitPath);
}

export function accept(before: Case, context: StepContext): Step {
  return step(before, 'accept', {}, {}, context);
}

export function refuse(before: Case, facts: EventFacts['refused'], context: StepContext): Step {
  return step(before, 'refuse', { ground: facts.ground }, facts, context);
}

export function settle(before: Case, facts: EventFacts['settled'], context: StepContext): Step {
  const recovered = { agreedFen: facts.agreedFen, provenFen: facts.provenFen };
  return step(before, 'settle', { recovered }, facts, context);
}

export function terminate(before: Case, facts: EventFacts['terminated'], context: StepContext): Step {
  return step(before, 'terminate', { ground: facts.ground }, facts, context);
}

/** The clock that ends next, if one runs: the date the consumer and the desk look at. */
export function nextDue(of: Pick<Case, 'clocks'>): ({ clock: ClockId } & RunningClock) | undefined {
  return (Object.entries(of.clocks) as [ClockId, RunningClock][])
    .filter(([, clock]) => clock.stopped === undefined)
    .map(([id, clock]) => ({ clock: id, ...clock }))
    .sort((a, b) => (a.due < b.due ? -1 : 1))[0];
}

function step(
  before: Case,
  action: Action,
  changes: Partial<Case>,
  facts: CaseEvent['facts'],
  context: StepContext,
  countsFor?: readonly string[],
): Step {
  const transition = TRANSITIONS[action];
  if (!transition.from.includes(before.state)) throw new NotAllowedNow(action, before.state);

  const at = context.now().toISOString();
  const on = shanghaiDate(at);
  const moved = { ...before, ...changes };
  const after: Case = {
    ...moved,
    version: before.version + 1,
    state: transition.to,
    clocks: turnClocks(moved, transition, on, context.calendar),
  };
  const event = {
    id: eventId(before.number, after.version),
    number: before.number,
    version: after.version,
    type: transition.event,
    at,
    on,
    actor: context.actor,
    unitPath: countsFor ?? after.unitPath,
    facts,
  } as CaseEvent;
  return { after, event };
}

function turnClocks(
  moved: Case,
  transition: (typeof TRANSITIONS)[Action],
  on: string,
  calendar: Calendar,
): Case['clocks'] {
  const clocks: Partial<Record<ClockId, RunningClock>> = { ...moved.clocks };
  for (const id of transition.stops) {
    const clock = clocks[id];
    if (clock !== undefined && clock.stopped === undefined) clocks[id] = { ...clock, stopped: on };
  }
  if (transition.starts !== undefined) {
    const authority = moved.unitPath[1] ?? moved.unitPath[0] ?? '';
    const running = clocks[transition.starts];
    // A case handed on inside the same county keeps its period: the county bureau received it the first time.
    const keeps = running !== undefined && running.stopped === undefined && running.authority === authority;
    if (!keeps) {
      clocks[transition.starts] = startClock(transition.starts, on, moved.receivedOn, authority, calendar);
    }
  }
  return clocks;
}

function startClock(
  id: ClockId,
  start: string,
  receivedOn: string,
  authority: string,
  calendar: Calendar,
): RunningClock {
  const rule = rulePackFor(receivedOn).clocks[id];
  return { start, ...dueDate(start, rule.length, rule.unit, calendar), authority };
}

function eventId(number: CaseNumber, version: number): string {
  return `${number}.${version}`;
}
