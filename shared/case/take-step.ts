import { addDays, type Clock, shanghaiDate } from '../dates.ts';
import type { Registry } from '../jurisdiction/registry.ts';
import { ACTIONS, type Action, fieldsOf } from './actions.ts';
import type { Actor, Case, CaseEvent } from './case.ts';
import { sealEvent, withWordsHash } from './chain.ts';
import { CHANGES, clearsProposal } from './changes.ts';
import { CONDITIONS, type GuardInput, type GuardProblem, moneyOf, problemsOf } from './guards.ts';
import { rowsFor, STATES, type State, type Transition } from './life-cycle.ts';
import { addMoney } from './money-entries.ts';
import { impliedFacts } from './offer.ts';
import { type Counting, isPaused, isRunning, noteLateness, turnClocks } from './turn-clocks.ts';
import { watchAtOf } from './watch.ts';

/** A state and the event that led to it; the store commits both in one transaction, or none. */
export interface Step {
  after: Case;
  event: CaseEvent;
}

/** What a step needs from outside. */
export interface StepContext extends Counting {
  actor: Actor;
  now: Clock;
  /** Random text that keeps the hash of what people wrote from being guessed. */
  salt: () => string;
  registry?: Pick<Registry, 'units' | 'officers'> | undefined;
  /** Number of the form that this step issues, drawn from its series beforehand. */
  documentNumber?: string | undefined;
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

/** The law or the bureau's rules want something more before this step: which field, and what to do. */
export class GuardRefusal extends Error {
  override name = 'GuardRefusal';
  readonly problems: readonly GuardProblem[];
  constructor(action: Action, problems: readonly GuardProblem[]) {
    super(`${action} is refused by a guard`);
    this.problems = problems;
  }
}

/** The row of the life cycle that a step would take, and what stands against it. */
export function planStep(
  found: Case,
  action: Action,
  sent: Readonly<Record<string, unknown>>,
  context: Pick<StepContext, 'actor' | 'now' | 'registry'>,
): { row: Transition; problems: GuardProblem[] } {
  const on = shanghaiDate(context.now());
  const input: GuardInput = {
    found,
    sent: { ...sent, ...impliedFacts(found, action, on) },
    on,
    actor: context.actor,
    registry: context.registry,
  };
  const row = findRow(found, action, input);
  return { row, problems: problemsOf(row.guards ?? [], input) };
}

/**
 * Takes one step of the life cycle on a case.
 * @param given the values of the action's fields (actions.ts), and facts that our own code adds
 * @param countsFor units the step counts for, where that is not the unit that has the case afterwards
 * @throws NotAllowedNow, GuardRefusal
 */
export function takeStep(
  before: Case,
  action: Action,
  given: Readonly<Record<string, unknown>>,
  context: StepContext,
  countsFor: readonly string[] = before.unitPath,
): Step {
  const { row, problems } = planStep(before, action, given, context);
  if (problems.length > 0) throw new GuardRefusal(action, problems);
  const at = context.now().toISOString();
  const sent = { ...given, ...impliedFacts(before, action, shanghaiDate(at)) };
  const money = moneyOf(before, action === 'propose' ? {} : sent);
  const version = before.version + 1;
  const { facts, words } = sortOut(action, sent, context.salt);
  const written: CaseEvent = {
    id: eventId(before.number, version),
    number: before.number,
    version,
    kind: before.kind,
    type: ACTIONS[action].event,
    at,
    on: shanghaiDate(at),
    actor: context.actor,
    unitPath: countsFor,
    facts:
      context.documentNumber === undefined ? facts : { ...facts, documentNumber: context.documentNumber },
    words,
    money: Object.keys(money).length === 0 ? undefined : money,
    notices: noticesOf(before, row, sent),
  };
  // Sealed once, with the periods that it ends; what it makes of the case depends on neither seal nor these.
  const moved = evolve(before, withWordsHash(written), context);
  const event = sealEvent({ ...written, ended: endedBetween(before, moved) }, before.hash);
  return { after: { ...moved, hash: event.hash }, event };
}

/** Periods that were owed before a step and are done after it. */
function endedBetween(before: Case, { clocks }: Case): CaseEvent['ended'] {
  const owed = new Set(
    before.clocks.filter(isRunning).map(({ id, start, authority }) => `${id} ${start} ${authority}`),
  );
  const ended = clocks
    .filter(
      ({ id, start, authority, stopped }) => stopped !== undefined && owed.has(`${id} ${start} ${authority}`),
    )
    .map(({ id, due, authority }) => ({ clock: id, due, authority }));
  return ended.length === 0 ? undefined : ended;
}

/** What an event makes of a case: the one place where a case changes, also when it is rebuilt from its history. */
function evolve(found: Case, event: CaseEvent, counting: Counting): Case {
  const before = { ...found, clocks: found.clocks.map((clock) => noteLateness(clock, found, event.on)) };
  const action = actionOf(event);
  const sent = { ...event.words, ...event.facts };
  const row = findRow(before, action, { found: before, sent, on: event.on, actor: event.actor });
  const changes = CHANGES[action]?.(before, sent, event) ?? {};
  const moved: Case = { ...before, ...changes, ...stillMentioned({ ...before, ...changes }, event) };
  const state = stateAfter(before, row);
  const clocks = clocksAfter(before, moved, action, row, sent, event, counting);
  const forms =
    row.form === undefined
      ? moved.forms
      : [
          ...moved.forms,
          {
            form: row.form,
            documentNumber: event.facts.documentNumber as string | undefined,
            on: event.on,
            version: event.version,
          },
        ];
  const after: Case = {
    ...moved,
    version: event.version,
    state,
    forms,
    clocks,
    money: event.money === undefined ? moved.money : addMoney(moved.money, event.money),
    proposal: clearsProposal(action) ? undefined : moved.proposal,
    hash: event.hash,
  };
  return {
    ...after,
    eraseOn: eraseOnOf(before, after, event, counting),
    watchAt: watchAtOf(after, counting),
  };
}

/** Whoever takes a step has looked at the case. */
function stillMentioned({ mentioned }: Case, { actor }: CaseEvent): Partial<Case> {
  if (mentioned === undefined) return {};
  const left = mentioned.filter((id) => id !== actor.id);
  return { mentioned: left.length === 0 ? undefined : left };
}

/** The day from which nobody needs what the case knows of people; undefined while it is open, or knows nothing. */
function eraseOnOf(before: Case, after: Case, event: CaseEvent, { settings }: Counting): Case['eraseOn'] {
  const isOver = STATES[after.state].final || after.state === 'closed';
  if (!isOver || event.type === 'erased') return undefined;
  // What is written down after the erasure (a note, a call) has a term of its own.
  if (after.erased === true && event.wordsHash === undefined) return before.eraseOn;
  return before.eraseOn ?? addDays(event.on, settings.retentionDays);
}

/** Rebuilds a case from its history. `first` is the case as it was registered. */
export function rebuild(first: Case, events: readonly CaseEvent[], counting: Counting): Case {
  return events.slice(1).reduce((found, event) => evolve(found, event, counting), first);
}

/** The clock that ends next, if one runs: the date the consumer and the desk look at. */
export function nextDue(of: Pick<Case, 'clocks'>) {
  return of.clocks
    .filter((clock) => isRunning(clock) && !isPaused(clock))
    .sort((a, b) => (a.due < b.due ? -1 : 1))[0];
}

function findRow(found: Case, action: Action, input: GuardInput): Transition {
  const row = rowsFor(found.kind, found.state, action).find(
    ({ when }) => when === undefined || CONDITIONS[when](input),
  );
  if (row === undefined) throw new NotAllowedNow(action, found.state);
  return row;
}

function stateAfter(before: Case, { to }: Transition): State {
  if (to === 'same') return before.state;
  return to === 'before' ? (before.before?.state ?? before.state) : to;
}

const NEW_ROUND: ReadonlySet<Action> = new Set<Action>(['reopen', 'insist', 'hand-back', 'move-on']);
const WRITE_ON_CLOCKS: ReadonlySet<Action> = new Set<Action>([
  'remind',
  'escalate',
  'recount-dates',
  'erase',
]);

function clocksAfter(
  before: Case,
  moved: Case,
  action: Action,
  row: Transition,
  sent: Readonly<Record<string, unknown>>,
  event: CaseEvent,
  counting: Counting,
): Case['clocks'] {
  // Reminders, escalations and recounts write on the clocks themselves; erasure takes words out of them.
  if (WRITE_ON_CLOCKS.has(action)) return moved.clocks;
  // A case that is joined follows its lead; taken out again, its periods are what they were.
  if (action === 'join') {
    return before.clocks.map((clock) => (isRunning(clock) ? { ...clock, void: event.on } : clock));
  }
  if (action === 'unjoin') return before.before?.clocks ?? before.clocks;
  // A new round begins: no authority gets back a period of the one that is over.
  if (NEW_ROUND.has(action)) {
    const ended = before.clocks.map((clock) => ({ ...clock, stopped: clock.stopped ?? clock.void }));
    return turnClocks({ ...before, clocks: ended }, moved, row, sent, event.on, event.actor.id, counting);
  }
  return turnClocks(before, moved, row, sent, event.on, event.actor.id, counting);
}

/** Words that people wrote go apart from codes, days and sums. */
function sortOut(action: Action, sent: Readonly<Record<string, unknown>>, salt: () => string) {
  const fields = action === 'propose' ? fieldsOf(sent.action as Action) : fieldsOf(action);
  const facts: Record<string, unknown> = {};
  const words: Record<string, string> = {};
  for (const [name, value] of Object.entries(sent)) {
    if (value === undefined || value === '') continue;
    if (fields[name]?.type === 'text' && typeof value === 'string') words[name] = value;
    else facts[name] = value;
  }
  return { facts, words: Object.keys(words).length === 0 ? undefined : { ...words, salt: salt() } };
}

function noticesOf(before: Case, row: Transition, sent: Readonly<Record<string, unknown>>) {
  const orders = (row.notices ?? []).filter(
    // Nobody can be told of a report that was made without a name.
    ({ party }) => !(party === 'informer' && before.consents.anonymous === true),
  );
  const told = Array.isArray(sent.notify) ? [] : orders;
  return told.length === 0 ? undefined : told.map((order) => ({ ...order }));
}

const ACTION_OF = new Map<string, Action>(
  (Object.keys(ACTIONS) as Action[]).map((action) => [ACTIONS[action].event, action]),
);

/** The action that wrote an event. */
function actionOf({ type }: Pick<CaseEvent, 'type'>): Action {
  const action = ACTION_OF.get(type);
  if (action === undefined) throw new RangeError(`no action writes ${type}`);
  return action;
}

export function eventId(number: string, version: number): string {
  return `${number}.${version}`;
}
