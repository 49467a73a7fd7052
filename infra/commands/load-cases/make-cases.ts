import { sendOn } from '../../../functions/triage-case/triage.ts';
import { stepOf } from '../../../functions/watch-deadlines/watch.ts';
import type { Actor, Case, Channel, Identity, Kind } from '../../../shared/case/case.ts';
import { register } from '../../../shared/case/register.ts';
import { NotAllowedNow, type Step, type StepContext, takeStep } from '../../../shared/case/take-step.ts';
import { nextTask } from '../../../shared/case/watch.ts';
import { addDays, type Instant, type LocalDate, shanghaiDate, weekday } from '../../../shared/dates.ts';
import { factsOf } from '../../../shared/jurisdiction/facts-of-case.ts';
import { findStation } from '../../../shared/jurisdiction/find-station.ts';
import { type Registry, unitPathOf } from '../../../shared/jurisdiction/registry.ts';
import { settingsOf } from '../../../shared/law/bureau-settings.ts';
import type { Calendar } from '../../../shared/law/calendar.ts';
import type { SeededChance } from './chance.ts';
import { type MadeMessage, type Messages, nobody } from './messages.ts';
import {
  type Planned,
  RECLASSIFIED,
  toStation,
  wayOfComplaint,
  wayOfInquiry,
  wayOfLead,
  wayOfReport,
} from './ways.ts';

/** A case with its whole history, and who sent it. */
export interface MadeCase {
  steps: readonly Step[];
  identity: Identity | undefined;
}

export interface Making {
  registry: Registry;
  calendar: Calendar;
  messages: Messages;
  chance: SeededChance;
  /** The present moment: what would happen later has not happened yet. */
  until: Instant;
  days: number;
  secretHash: string;
}

const HOUR_MS = 3_600_000;
const MINUTE_MS = 60_000;
const CHANNELS: readonly (readonly [number, Channel])[] = [
  [46, 'web'],
  [22, 'phone'],
  [18, 'sms'],
  [14, 'hotline-12345'],
];
/** Phones for each case: some people write twice in a year. */
const PHONES = 0.8;
/** Steps that the watch takes on one case, at the most. */
const MOST_REMINDED = 40;
const CONSUMER: Actor = { role: 'consumer', id: 'complainant' };
const TRIAGE: Actor = { role: 'system', id: 'triage-case' };
const WATCH: Actor = { role: 'system', id: 'watch-deadlines' };

/** What comes in: a lead is followed by a second message of the same person, a misfiled one is only a question. */
type Sort = keyof Messages | 'lead' | 'misfiled';
const SORTS: readonly (readonly [number, Sort])[] = [
  [82, 'complaint'],
  [12, 'report'],
  [4, 'inquiry'],
  [1, 'lead'],
  [1, 'misfiled'],
];
const WRITTEN_AS: Readonly<Record<Sort, keyof Messages>> = {
  complaint: 'complaint',
  report: 'report',
  inquiry: 'inquiry',
  lead: 'complaint',
  misfiled: 'inquiry',
};

/** Makes some `count` cases of the last days, the oldest first; the same for the same chance, moment and register. */
export function* makeCases(count: number, making: Making): Generator<MadeCase> {
  for (const { day, cases } of spread(count, making)) {
    const draws = new Set<number>();
    for (let index = 0; index < cases; index += 1) yield* makeCase(day, draws, count, making);
  }
}

/** How many come in on each day: fewer at weekends, more in the days after the Consumer Rights Day. */
function spread(count: number, { until, days }: Making): { day: LocalDate; cases: number }[] {
  const today = shanghaiDate(until);
  const weights = Array.from({ length: days }, (_, index) => {
    const day = addDays(today, index - days + 1);
    const isWeekend = [0, 6].includes(weekday(day));
    const isSeason = day.slice(5) >= '03-15' && day.slice(5) <= '03-25';
    return { day, weight: (isWeekend ? 0.55 : 1.15) * (isSeason ? 2 : 1) };
  });
  const all = weights.reduce((sum, { weight }) => sum + weight, 0);
  let owed = 0;
  return weights.map(({ day, weight }) => {
    owed += (count * weight) / all;
    const cases = Math.floor(owed + 1e-6);
    owed -= cases;
    return { day, cases };
  });
}

function* makeCase(day: LocalDate, draws: Set<number>, count: number, making: Making): Generator<MadeCase> {
  const { chance, messages, until } = making;
  const sort = chance.weighed(SORTS);
  const message = chance.pick(messages[WRITTEN_AS[sort]]);
  const kind = sort === 'report' || sort === 'inquiry' ? sort : 'complaint';
  const isAnonymous = kind === 'report' && chance.percent(55);
  const phone = `154${String(10_000_000 + chance.between(1, Math.ceil(count * PHONES)))}`;
  const identity = isAnonymous ? undefined : { name: nobody(chance), phone };
  const at = instantOn(day, chance.between(7 * 60, 22 * 60), chance);
  if (at >= until) return;
  const from = { kind, draw: drawn(draws, chance), identity } as const;
  const steps = [registered(message, from, at, making)];
  let other: Step[] = [];
  if (goToHub(steps, message, making)) {
    if (sort === 'misfiled') {
      goOn(steps, [RECLASSIFIED], making);
      other = anew(last(steps), message, { ...from, draw: drawn(draws, chance) }, making);
    } else if (sort === 'lead') {
      other = joined(steps, message, { ...from, draw: drawn(draws, chance) }, making);
      goOn(steps, wayOfLead(chance), making);
    } else {
      goOn(steps, wayOf(kind, isAnonymous, making), making);
    }
  }
  yield { steps, identity };
  if (other.length > 0) yield { steps: other, identity };
}

function wayOf(kind: Kind, isAnonymous: boolean, { registry, chance }: Making): Planned[] {
  if (kind === 'report') return wayOfReport(chance, isAnonymous);
  return kind === 'inquiry' ? wayOfInquiry(chance) : wayOfComplaint(registry, chance);
}

/** Numbers of a day are drawn, as the intake draws them; none twice. */
function drawn(draws: Set<number>, chance: SeededChance): number {
  let draw = chance.between(0, 999_999);
  while (draws.has(draw)) draw = chance.between(0, 999_999);
  draws.add(draw);
  return draw;
}

interface From {
  kind: Kind;
  draw: number;
  identity: Identity | undefined;
  receivedAt?: Instant;
}

const last = (steps: readonly Step[]): Step => steps.at(-1) as Step;

function registered({ complaint }: MadeMessage, from: From, at: Instant, making: Making): Step {
  const { registry, chance, secretHash } = making;
  const channel = from.kind === 'complaint' ? chance.weighed(CHANNELS) : 'web';
  const origin = { ...from, channel, bureau: registry.bureau, secretHash };
  return register(complaint, origin, contextAt(at, CONSUMER, making));
}

/** The triage; false when it has not come to the case yet. */
function goToHub(steps: Step[], { understood }: MadeMessage, making: Making): boolean {
  const { event, after } = last(steps);
  const at = plus(event.at, making.chance.between(2, 40) * 1_000);
  if (at >= making.until) return false;
  const context = contextAt(at, TRIAGE, making);
  const finding = findStation(factsOf(after, understood), context.registry, after.receivedOn);
  steps.push(sendOn(after, understood, finding, context.registry, context));
  return true;
}

/** The same person writes once more of the same: the second is joined under the first. */
function joined(lead: Step[], message: MadeMessage, from: From, making: Making): Step[] {
  const { after: first, event } = last(lead);
  const at = plus(event.at, making.chance.between(20, 300) * MINUTE_MS);
  // Numbers of one day are drawn together.
  if (at >= making.until || first.state !== 'distributed' || shanghaiDate(at) !== event.on) return [];
  const second = registered(message, from, at, making);
  const context = contextAt(plus(at, 5_000), TRIAGE, making);
  const { understood } = message;
  const sent = { lead: first.number, matched: ['same-phone', 'same-business'], understood };
  lead.push(takeStep(first, 'take-in', { case: second.after.number }, context));
  return [second, takeStep(second.after, 'join', sent, context, first.unitPath)];
}

/** What was filed as another kind begins once more as what it is. */
function anew({ after, event }: Step, message: MadeMessage, from: From, making: Making): Step[] {
  const { receivedAt, receivedOn, state } = after;
  if (state !== 'reclassified' || event.on !== receivedOn) return [];
  const steps = [registered(message, { ...from, kind: 'inquiry', receivedAt }, event.at, making)];
  if (goToHub(steps, message, making)) goOn(steps, wayOfInquiry(making.chance), making);
  return steps;
}

/** What is planned, and between the steps what the watch would have done. */
function goOn(steps: Step[], way: readonly Planned[], making: Making): void {
  const { registry, chance, until } = making;
  const { after, event } = last(steps);
  const waits = after.state === 'at-hub' && after.kind !== 'inquiry' && !way.includes(RECLASSIFIED);
  let { at } = event;
  for (const planned of waits ? [handedOut(registry, chance), ...way] : way) {
    at = later(at, planned, making);
    watched(steps, at < until ? at : until, making);
    if (at >= until || !plannedStep(steps, planned, at, making)) break;
  }
  watched(steps, until, making);
}

const handedOut = (registry: Registry, chance: SeededChance): Planned => ({
  after: [1, 30],
  who: 'dispatcher',
  action: () => 'distribute',
  sent: () => toStation(registry, chance),
});

/** False when the case has meanwhile gone another way. */
function plannedStep(steps: Step[], { action, who, sent }: Planned, at: Instant, making: Making): boolean {
  const before = last(steps).after;
  const name = action(before);
  const given = sent(before, shanghaiDate(at));
  const moves = name === 'distribute' || name === 'designate';
  const countsFor = moves ? unitPathOf(String(given.unit), making.registry.units) : before.unitPath;
  try {
    steps.push(takeStep(before, name, given, contextAt(at, actorOf(who, before), making), countsFor));
    return true;
  } catch (error) {
    if (error instanceof NotAllowedNow) return false;
    throw error;
  }
}

/** Reminders and what follows a period that is over, up to a moment: a case that is loaded owes the watch nothing. */
function watched(steps: Step[], until: Instant, making: Making): void {
  for (let count = 0; count < MOST_REMINDED; count += 1) {
    const { after, event } = last(steps);
    const task = nextTask(after, contextAt(until, WATCH, making));
    if (task === undefined || task.at >= until) return;
    // A reminder may have been due before the step that began its period.
    const at = task.at > event.at ? task.at : event.at;
    try {
      steps.push(stepOf(after, task, contextAt(at, WATCH, making)));
    } catch (error) {
      if (error instanceof NotAllowedNow) return;
      throw error;
    }
  }
}

function contextAt(at: Instant, actor: Actor, making: Making): StepContext & { registry: Registry } {
  const { registry, calendar } = making;
  return {
    actor,
    now: () => new Date(at),
    salt: () => 'made-up',
    calendar,
    settings: settingsOf(registry.settings),
    registry,
  };
}

function actorOf(who: Planned['who'], { officers, unitPath }: Case): Actor {
  const unit = unitPath.at(-1) ?? '';
  const ids: Readonly<Record<Planned['who'], string>> = {
    officer: officers[0] ?? `officer-${unit}-1`,
    head: `head-${unit}-1`,
    manager: `manager-${unitPath[1] ?? unit}-1`,
    dispatcher: `dispatcher-${unitPath[0] ?? unit}-1`,
    consumer: CONSUMER.id,
    partner: 'S33020301',
    'send-notices': 'send-notices',
  };
  return { role: who === 'send-notices' ? 'system' : who, id: ids[who] };
}

/** When the next step is taken: staff work on working days, from nine to five. */
function later(at: Instant, { after: [least, most], who }: Planned, { calendar, chance }: Making): Instant {
  const hours = least + chance.next() * (most - least);
  const moment = plus(at, Math.max(MINUTE_MS, Math.round(hours * HOUR_MS)));
  if (who === 'consumer' || who === 'send-notices') return moment;
  let day = shanghaiDate(moment);
  if (calendar.isWorkingDay(day) && isOffice(moment)) return moment;
  do day = addDays(day, 1);
  while (!calendar.isWorkingDay(day));
  return instantOn(day, chance.between(9 * 60, 17 * 60 - 1), chance);
}

const plus = (at: Instant, ms: number): Instant => new Date(Date.parse(at) + ms).toISOString();

function isOffice(at: Instant): boolean {
  const hour = (new Date(at).getUTCHours() + 8) % 24;
  return hour >= 9 && hour < 17;
}

/** So many minutes after midnight in Shanghai. */
function instantOn(day: LocalDate, minutes: number, chance: SeededChance): Instant {
  const midnight = Date.parse(`${day}T00:00:00+08:00`);
  return new Date(midnight + minutes * MINUTE_MS + chance.between(0, 59_999)).toISOString();
}
