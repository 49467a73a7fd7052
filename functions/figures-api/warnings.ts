import type * as z from 'zod';
import type {
  alarmListQuery,
  markRequest,
  nameRequest,
  planQuery,
  publishRequest,
} from '../../events/warnings.ts';
import type { CaseNumber } from '../../shared/case/case-number.ts';
import { addDays, type Clock, shanghaiDate } from '../../shared/dates.ts';
import { type Alarm, holdsUntil, markAlarm, precisionOf } from '../../shared/early-warning/alarm.ts';
import {
  draftConsumerWarning,
  nameBusiness,
  textOf,
  warningNumber,
} from '../../shared/early-warning/consumer-warning.ts';
import { inspectionPlan } from '../../shared/early-warning/inspection-plan.ts';
import { type DivisionNames, reasonOf, statusOf, topicOf } from '../../shared/early-warning/reason.ts';
import { WATCHES } from '../../shared/early-warning/watches.ts';
import { Problem } from '../../shared/http/problem.ts';
import type { Answer } from '../../shared/http/stack.ts';
import type { Registry } from '../../shared/jurisdiction/registry.ts';
import type { Log } from '../../shared/logging.ts';
import { businessNameOf } from '../../shared/matter/matter-of.ts';
import { mayOnAlarms } from '../../shared/people/access.ts';
import type { Staff } from '../../shared/people/roles.ts';
import type { AlarmStore, KeptDraft } from '../../shared/store/alarm-store.ts';
import type { CaseStore } from '../../shared/store/case-store.ts';
import type { RegistryStore } from '../../shared/store/registry-store.ts';

export interface WarningDependencies {
  alarms: AlarmStore;
  cases: Pick<CaseStore, 'cases'>;
  registry: Pick<RegistryStore, 'read'>;
  now: Clock;
  log: Log;
}

/** Alarms with a case of this person's unit or below, the urgent ones first, and how often alarms were right. */
export async function listAlarms(
  { days, state }: z.output<typeof alarmListQuery>,
  staff: Staff,
  deps: WarningDependencies,
): Promise<Answer> {
  refuseUnless('see', staff);
  const from = addDays(shanghaiDate(deps.now()), -days);
  const own = (await deps.alarms.alarms(from)).filter(({ units }) => units.includes(staff.unit));
  const shown = own.filter((one) => state === undefined || one.state === state);
  return {
    status: 200,
    body: { alarms: (await viewsOf(shown, staff, deps)).sort(byUrgency), precision: precisionOf(own) },
  };
}

/** One alarm with its cases and its reason. */
export async function showAlarm(id: string, staff: Staff, deps: WarningDependencies): Promise<Answer> {
  return viewOf(await readAlarm(id, 'see', staff, deps), staff, deps);
}

/** Somebody looked: it is true, or it is none. */
export async function markOne(
  id: string,
  { version, as, why }: z.output<typeof markRequest>,
  staff: Staff,
  deps: WarningDependencies,
): Promise<Answer> {
  const found = await readAlarm(id, 'mark', staff, deps);
  if (found.version !== version) throw moved();
  const after = markAlarm(found, as, { by: staff.id, at: deps.now().toISOString(), why });
  if ((await deps.alarms.saveAlarm(after)) === 'conflict') throw moved();
  deps.log('alarm-marked', { staff: staff.id, alarm: id, as });
  return viewOf(after, staff, deps);
}

/** The draft of a consumer warning; made from the figures as they are, until it is published. */
export async function draftWarning(id: string, staff: Staff, deps: WarningDependencies): Promise<Answer> {
  const alarm = await readAlarm(id, 'draft', staff, deps);
  const before = await deps.alarms.draft(id);
  if (before?.published !== undefined || before?.draft.alarmVersion === alarm.version) {
    return { status: 200, body: draftViewOf(before) };
  }
  const signals = [...(await deps.alarms.signals(alarm.firstDay, alarm.lastDay)).values()].flat();
  const draft = {
    ...draftConsumerWarning(alarm, signals, namesOf(await deps.registry.read())),
    named: before?.draft.named,
  };
  return saved({ draft, version: (before?.version ?? 0) + 1 }, deps);
}

/** A person decides that the business is named; the draft keeps who and why. */
export async function nameInWarning(
  id: string,
  { version, name, why }: z.output<typeof nameRequest>,
  staff: Staff,
  deps: WarningDependencies,
): Promise<Answer> {
  await readAlarm(id, 'publish', staff, deps);
  const kept = await readDraft(id, version, deps);
  return saved({ draft: nameBusiness(kept.draft, { name, why, by: staff.id }), version: version + 1 }, deps);
}

/** Published under the next number of the year; the SMS to subscribers follow (functions/spread-warnings). */
export async function publishWarning(
  id: string,
  { version }: z.output<typeof publishRequest>,
  staff: Staff,
  deps: WarningDependencies,
): Promise<Answer> {
  await readAlarm(id, 'publish', staff, deps);
  const kept = await deps.alarms.draft(id);
  // A second click finds it done.
  if (kept?.published !== undefined) return { status: 200, body: draftViewOf(kept) };
  const open = await readDraft(id, version, deps);
  const published = await deps.alarms.publish(open, staff.id, deps.now().toISOString());
  if (published === 'conflict') throw moved();
  const { year, serial } = published;
  deps.log('warning-published', { staff: staff.id, alarm: id, year, serial });
  return {
    status: 200,
    body: draftViewOf({ ...open, version: version + 1, published: { year, serial } }),
  };
}

/** Who is to be visited in a month, why and how often. Of this person's unit and below. */
export async function showPlan(
  { month }: z.output<typeof planQuery>,
  staff: Staff,
  deps: WarningDependencies,
): Promise<Answer> {
  refuseUnless('see', staff);
  const planned = month ?? shanghaiDate(deps.now()).slice(0, 7);
  const registry = await deps.registry.read();
  const first = `${planned}-01`;
  const yearAgo = `${Number(planned.slice(0, 4)) - 1}${planned.slice(4)}`;
  const [recent, ago, alarms] = await Promise.all([
    deps.alarms.signals(addDays(first, -PLAN_DAYS), addDays(first, -1)),
    deps.alarms.signals(`${yearAgo}-01`, `${yearAgo}-31`),
    deps.alarms.alarms(addDays(first, -PLAN_ALARM_DAYS)),
  ]);
  const isOwn = (units: readonly string[]) => units.includes(staff.unit);
  const signals = [...recent.values(), ...ago.values()].flat().filter(({ unitPath }) => isOwn(unitPath));
  const own = alarms.filter(({ units }) => isOwn(units));
  const plan = inspectionPlan(planned, own, signals, namesOf(registry));
  const businesses = plan.items.filter(({ target }) => target.kind === 'business');
  const names = await namesOfFirst(
    businesses.flatMap(({ cases }) => cases[0] ?? []),
    deps,
  );
  const items = plan.items.map((item) => ({
    ...item,
    name: item.target.kind === 'business' ? (names.get(item.cases[0] ?? '') ?? null) : null,
  }));
  return { status: 200, body: { ...plan, items } };
}

const PLAN_DAYS = 31;
const PLAN_ALARM_DAYS = 120;

const refuseUnless = (what: Parameters<typeof mayOnAlarms>[0], staff: Staff) => {
  if (!mayOnAlarms(what, staff)) throw new Problem('forbidden');
};

async function readAlarm(
  id: string,
  what: Parameters<typeof mayOnAlarms>[0],
  staff: Staff,
  deps: WarningDependencies,
): Promise<Alarm> {
  refuseUnless(what, staff);
  const found = await deps.alarms.alarm(id);
  if (found === undefined || !found.units.includes(staff.unit)) throw new Problem('not-found');
  return found;
}

async function readDraft(id: string, version: number, deps: WarningDependencies): Promise<KeptDraft> {
  const kept = await deps.alarms.draft(id);
  if (kept === undefined) throw new Problem('not-found');
  if (kept.version !== version || kept.published !== undefined) throw moved();
  return kept;
}

async function saved(kept: KeptDraft, deps: WarningDependencies): Promise<Answer> {
  if ((await deps.alarms.saveDraft(kept)) === 'conflict') throw moved();
  return { status: 200, body: draftViewOf(kept) };
}

const moved = () =>
  new Problem('conflict', [
    { field: '/version', zh: '内容已有变化，请重新查看', en: 'It has changed meanwhile; please look again' },
  ]);

function draftViewOf({ draft, version, published }: KeptDraft) {
  const { alarm, title, sentences, named } = draft;
  return {
    alarm,
    version,
    title,
    text: textOf(draft),
    sentences,
    named: named ?? null,
    number: published === undefined ? null : warningNumber(published),
  };
}

async function viewOf(alarm: Alarm, staff: Staff, deps: WarningDependencies): Promise<Answer> {
  const [view] = await viewsOf([alarm], staff, deps);
  return { status: 200, body: view };
}

async function viewsOf(alarms: readonly Alarm[], staff: Staff, deps: WarningDependencies) {
  const today = shanghaiDate(deps.now());
  const names = namesOf(await deps.registry.read());
  const firsts = await namesOfFirst(
    alarms.flatMap(({ cases }) => cases[0] ?? []),
    deps,
  );
  return alarms.map((alarm) => {
    const { id, version, watch, state, firstDay, lastDay, raisedAt, found, count, cases, also, marks } =
      alarm;
    const running = today <= holdsUntil({ ...alarm, state: 'open' });
    return {
      id,
      version,
      watch: watchView(watch),
      topic: topicOf(alarm, names),
      name: NAMED.has(watch) ? (firsts.get(cases[0] ?? '') ?? null) : null,
      reason: reasonOf(alarm),
      status: statusOf(alarm, running),
      state,
      running,
      firstDay,
      lastDay,
      raisedAt,
      observed: found.observed,
      expected: found.expected,
      days: found.days,
      count,
      cases,
      also: also.map((one) => ({ id: one.watch, zh: WATCHES[one.watch].zh, en: WATCHES[one.watch].en })),
      marks: marks.map(({ as, by, at, why }) => ({ as, by, at, why })),
      actions: (['mark', 'draft', 'publish'] as const).filter((action) => mayOnAlarms(action, staff)),
    };
  });
}

/** Watches whose key is a business: the first complaint says which. */
const NAMED: ReadonlySet<Alarm['watch']> = new Set<Alarm['watch']>([
  'prepaid-business',
  'food-business',
  'same-day',
  'business',
]);

const watchView = (watch: Alarm['watch']) => {
  const { zh, en, urgent } = WATCHES[watch];
  return { id: watch, zh, en, urgent };
};

type View = Awaited<ReturnType<typeof viewsOf>>[number];
const byUrgency = (one: View, other: View) =>
  Number(other.state === 'open') - Number(one.state === 'open') ||
  Number(other.watch.urgent) - Number(one.watch.urgent) ||
  (one.lastDay < other.lastDay ? 1 : -1);

/** Names of the businesses as these cases have them. */
async function namesOfFirst(numbers: readonly CaseNumber[], deps: WarningDependencies) {
  const cases = await deps.cases.cases([...new Set(numbers)]);
  return new Map(cases.map((found) => [found.number, businessNameOf(found)]));
}

function namesOf({ divisions }: Registry): DivisionNames {
  const counties = new Map(divisions.map(({ county }) => [county.code, county.name]));
  return (code) => {
    const name = counties.get(code);
    return name === undefined ? undefined : { zh: name, en: name };
  };
}
