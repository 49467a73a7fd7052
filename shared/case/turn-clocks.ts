import type { LocalDate } from '../dates.ts';
import type { BureauSettings } from '../law/bureau-settings.ts';
import type { Calendar } from '../law/calendar.ts';
import { dueDate } from '../law/clocks.ts';
import { type ClockId, clockRule, type PauseReason, rulePackFor } from '../law/rule-packs.ts';
import type { Case, RunningClock } from './case.ts';
import type { Transition } from './life-cycle/transition.ts';

/** By what a period is counted. */
export interface Counting {
  calendar: Calendar;
  settings: BureauSettings;
}

/** A clock whose duty is still owed. */
export const isRunning = (clock: RunningClock): boolean =>
  clock.stopped === undefined && clock.void === undefined;

/** Periods of those who try to settle first: when one is over the case moves on by itself, and no officer was late. */
export const FIRST_CLOCKS: ReadonlySet<ClockId> = new Set<ClockId>(['station-first', 'confirm-first']);

/** The county authority (or the city's) whose duty a clock is, from the units of a case. */
const authorityOf = (unitPath: readonly string[]) => unitPath[1] ?? unitPath[0] ?? '';

/** What a step does to the clocks of a case; `moved` is the case with its new unit. */
export function turnClocks(
  before: Case,
  moved: Case,
  row: Pick<Transition, 'starts' | 'stops' | 'pauses' | 'resumes' | 'extends'>,
  facts: Readonly<Record<string, unknown>>,
  on: LocalDate,
  by: string,
  counting: Counting,
): RunningClock[] {
  const stops = (id: ClockId) => row.stops === 'all' || (row.stops?.includes(id) ?? false);
  const clocks = before.clocks.map((clock) => {
    if (!isRunning(clock)) return clock;
    let turned = clock;
    if (row.pauses?.includes(clock.id)) turned = pause(turned, facts, on);
    // A clock that ends while it is paused is counted without the pause.
    if (row.resumes?.includes(clock.id) || stops(clock.id)) turned = resume(turned, on);
    if (row.extends?.includes(clock.id)) turned = extend(turned, before.receivedOn, facts, on, by);
    if (turned !== clock) turned = recount(turned, before.receivedOn, counting, on);
    return stops(clock.id) ? { ...noteLateness(turned, before, on), stopped: on } : turned;
  });
  return (row.starts ?? []).reduce((all, { clock, dueFrom, startFrom }) => {
    const set = dueFrom === undefined ? undefined : (facts[dueFrom] as LocalDate | undefined);
    // A promise without a day starts no clock; identity proof without a day gets the bureau's usual length.
    if (clock === 'promise' && set === undefined) return all;
    const start = startFrom === undefined ? on : ((facts[startFrom] as LocalDate | undefined) ?? on);
    return startClock(all, clock, start, set, moved, counting);
  }, clocks);
}

/**
 * Starts a clock. Within one authority a case that comes back keeps its period: that authority received it the
 * first time (Art. 15), whoever had it in between. The clock of another authority ends without being kept.
 */
function startClock(
  clocks: readonly RunningClock[],
  id: ClockId,
  start: LocalDate,
  set: LocalDate | undefined,
  moved: Pick<Case, 'receivedOn' | 'unitPath'>,
  counting: Counting,
): RunningClock[] {
  const authority = authorityOf(moved.unitPath);
  const keeps = id === 'accept';
  const earlier = clocks.find(
    (clock) => keeps && clock.id === id && clock.authority === authority && clock.stopped === undefined,
  );
  const others = clocks
    .filter((clock) => clock !== earlier)
    .map((clock) => (clock.id === id && isRunning(clock) ? { ...clock, void: start } : clock));
  if (earlier !== undefined) {
    const { void: gone, ...revived } = earlier;
    return [...others, revived];
  }
  const fresh: RunningClock = { id, start, due: set ?? start, provisional: false, authority };
  if (set !== undefined) return [...others, { ...fresh, set: true }];
  return [...others, insideAccept(recount(fresh, moved.receivedOn, counting, start), others)];
}

/** The time for identity proof lies inside the seven days of Art. 15: it never ends after them. */
function insideAccept(clock: RunningClock, others: readonly RunningClock[]): RunningClock {
  const accept = others.find((other) => other.id === 'accept' && isRunning(other));
  const goesBeyond = clock.id === 'identity' && accept !== undefined && accept.due < clock.due;
  return goesBeyond ? { ...clock, due: accept.due, set: true } : clock;
}

/** A last day that was worked out anew; the event keeps it, so that the history gives the same dates again. */
export interface RecountedClock {
  clock: ClockId;
  from: LocalDate;
  due: LocalDate;
  provisional: boolean;
}

/** What the running clocks of a case would be by the calendar as it is now, where that differs. */
export function recountedClocks(
  of: Pick<Case, 'clocks' | 'receivedOn'>,
  counting: Counting,
  today: LocalDate,
): RecountedClock[] {
  return (
    of.clocks
      // A clock that is paused is counted when it goes on.
      .filter((clock) => isRunning(clock) && !isPaused(clock))
      .map((clock) => ({ clock, anew: recount(clock, of.receivedOn, counting, today) }))
      .filter(({ clock, anew }) => anew.due !== clock.due || anew.provisional !== clock.provisional)
      .map(({ clock, anew }) => ({
        clock: clock.id,
        from: clock.due,
        due: anew.due,
        provisional: anew.provisional,
      }))
  );
}

/** Puts recounted days into the clocks. Whoever was reminded of another day is reminded again. */
export function withRecounted(
  clocks: readonly RunningClock[],
  recounted: readonly RecountedClock[],
  on: LocalDate,
): RunningClock[] {
  return clocks.map((clock) => {
    const anew = recounted.find((one) => one.clock === clock.id && isRunning(clock));
    if (anew === undefined) return clock;
    const { from, due, provisional } = anew;
    if (due === from) return { ...clock, provisional };
    const { reminded, escalated, lateOwner, ...rest } = clock;
    return { ...rest, due, provisional, ...(on > due && lateOwner !== undefined ? { lateOwner } : {}) };
  });
}

/**
 * The clocks of a case that has just been registered. What the law counts from receipt begins with that: a message that
 * was taken for something else first keeps its day.
 * @param atHubSince when the hub's own begin: when the message came in, or when the case came back as another one
 */
export function clocksOnReceipt(
  ids: readonly ClockId[],
  received: Pick<Case, 'receivedOn' | 'unitPath'>,
  atHubSince: LocalDate,
  counting: Counting,
): RunningClock[] {
  return ids.reduce<RunningClock[]>((all, id) => {
    const start = id === 'verify-report' ? received.receivedOn : atHubSince;
    return startClock(all, id, start, undefined, received, counting);
  }, []);
}

/** Works out the last day again: after a pause, an extension, or when the calendar of a year was loaded. */
function recount(
  clock: RunningClock,
  receivedOn: LocalDate,
  { calendar, settings }: Counting,
  today: LocalDate,
): RunningClock {
  if (clock.set === true) return clock;
  const { length, unit } = clockRule(receivedOn, clock.id, settings);
  const { due, provisional } = dueDate(
    { start: clock.start, length, unit, pauses: clock.pauses ?? [], extensions: clock.extensions ?? [] },
    calendar,
    { shiftWeekends: settings.shiftWeekends, today },
  );
  return { ...clock, due, provisional };
}

/** True while a reason that is not counted (testing, a hearing …) goes on. */
export function isPaused(clock: RunningClock): boolean {
  return clock.pauses?.some(({ to }) => to === undefined) ?? false;
}

function pause(clock: RunningClock, facts: Readonly<Record<string, unknown>>, on: LocalDate): RunningClock {
  const opened = {
    reason: facts.kind as PauseReason,
    from: on,
    evidence: (facts.evidence as string | undefined) ?? '',
  };
  return { ...clock, pauses: [...(clock.pauses ?? []), opened] };
}

function resume(clock: RunningClock, on: LocalDate): RunningClock {
  if (!isPaused(clock)) return clock;
  return {
    ...clock,
    pauses: (clock.pauses ?? []).map((one) => (one.to === undefined ? { ...one, to: on } : one)),
    // The last day has moved: whoever was reminded of the old one is reminded again.
    reminded: undefined,
    escalated: undefined,
  };
}

function extend(
  clock: RunningClock,
  receivedOn: LocalDate,
  facts: Readonly<Record<string, unknown>>,
  on: LocalDate,
  by: string,
): RunningClock {
  const rule = extensionOf(clock.id, receivedOn);
  const until = facts.until as LocalDate | undefined;
  const extension = { length: until === undefined ? rule.length : 0, unit: rule.unit, on, by, until };
  return {
    ...clock,
    extensions: [...(clock.extensions ?? []), extension],
    reminded: undefined,
    escalated: undefined,
  };
}

function extensionOf(id: ClockId, receivedOn: LocalDate) {
  const extension = rulePackFor(receivedOn).clocks[id]?.extension;
  if (extension === undefined) throw new RangeError(`${id} cannot be extended`);
  return extension;
}

/**
 * Keeps who had the case when the day passed: the first step after it, whatever it is, finds the case still with
 * that unit, and nothing later changes the record.
 */
export function noteLateness(
  clock: RunningClock,
  before: Pick<Case, 'unitPath' | 'officers'>,
  on: LocalDate,
): RunningClock {
  if (FIRST_CLOCKS.has(clock.id)) return clock;
  const isLate = isRunning(clock) && !isPaused(clock) && on > clock.due && clock.lateOwner === undefined;
  return isLate ? { ...clock, lateOwner: ownerOf(before) } : clock;
}

/** Who has the case now, for the record of lateness. */
export function ownerOf(found: Pick<Case, 'unitPath' | 'officers'>): { unit: string; officer?: string } {
  const officer = found.officers[0];
  return { unit: found.unitPath.at(-1) ?? '', ...(officer === undefined ? {} : { officer }) };
}
