import type { CaseNumber } from '../case/case-number.ts';
import { addDays, type Instant, type LocalDate, shanghaiDate } from '../dates.ts';
import type { CommonCause } from './matter-of.ts';

/*
 * A mass incident (群体性投诉): many different people, one business or one place with one problem, within a short time.
 * Complaints gather under what they have in common; when enough people have come, it is shown as one.
 */

/** A complaint that was gathered. */
export interface Member {
  number: CaseNumber;
  /** When it was received. */
  at: Instant;
  /** False for one more message of a person who is counted already, and for people who complain all the time. */
  counted: boolean;
  claimedFen: number;
  /** Units the case lay with when it was gathered, from the city down. */
  unitPath: readonly string[];
}

/** What gathers, from the first complaint on. */
export interface Incident {
  id: string;
  version: number;
  kind: CommonCause['kind'];
  /** `gathering`: too few yet, shown to nobody. `dismissed`: somebody looked and found none. */
  state: 'gathering' | 'open' | 'dismissed';
  /** Of this wave: messages, people, sum claimed in fen, the first and the last receipt. */
  cases: number;
  people: number;
  claimedFen: number;
  since: Instant;
  lastAt: Instant;
  /** People counted by day of receipt, of the last weeks: what is usual. */
  days: Readonly<Record<LocalDate, number>>;
  /** The case by which it is named. */
  first: CaseNumber;
  /** All units that have a case of it, at every level. */
  units: readonly string[];
  begunAt?: Instant | undefined;
  /** How many people there were when staff was told last. */
  toldAt: number;
  dismissed?: { by: string; at: Instant; people: number } | undefined;
}

/** When many are a mass incident; the bureau may set its own. */
export interface IncidentSettings {
  /** So many different people within so many hours; any one of the rules is enough. */
  readonly rules: readonly { readonly people: number; readonly hours: number }[];
  /** A business that has many complaints anyway needs so many times its usual number. */
  readonly timesUsual: number;
  /** After so many days without a complaint the wave is over. */
  readonly quietDays: number;
}

/** What one more complaint makes of it. `tell`: staff is to be told, because it begins, or has doubled. */
export interface Growth {
  after: Incident;
  tell: 'begun' | 'doubled' | undefined;
}

const HOUR_MS = 60 * 60 * 1000;
const DAY_MS = 24 * HOUR_MS;
const DAY_HOURS = 24;
/** What is usual is taken from so many days at the most, and at the least. */
const KEPT_DAYS = 35;
const LEAST_DAYS = 7;

/** True when no complaint has come for so long that the wave is over. */
export function isOver({ lastAt }: Pick<Incident, 'lastAt'>, at: Instant, settings: IncidentSettings) {
  return Date.parse(at) - Date.parse(lastAt) > settings.quietDays * DAY_MS;
}

/**
 * One more complaint. Pure, and in whatever order they come: counts are of receipts, not of arrivals.
 * @param recent earlier members, as far back as the longest rule looks, or as many as are read; without the newcomer
 */
export function grow(
  before: Incident | undefined,
  recent: readonly Member[],
  newcomer: Member,
  { id, kind }: Pick<Incident, 'id' | 'kind'>,
  settings: IncidentSettings,
): Growth {
  const latest = [newcomer.at, before?.lastAt ?? ''].sort().at(-1) ?? newcomer.at;
  const days = daysWith(before?.days ?? {}, newcomer, latest);
  const within = (hours: number) =>
    [...recent, newcomer].filter(({ at }) => Date.parse(at) > Date.parse(latest) - hours * HOUR_MS);
  const longest = Math.max(...settings.rules.map(({ hours }) => hours));
  const perDay = usualPerDay(days, shanghaiDate(new Date(Date.parse(latest) - longest * HOUR_MS)));
  const isMass = settings.rules.some(
    ({ people, hours }) =>
      countPeople(within(hours)) >=
      Math.max(people, Math.ceil((settings.timesUsual * perDay * hours) / DAY_HOURS)),
  );
  if (before !== undefined && goesOn(before, newcomer.at, isMass, settings)) {
    return growOn({ ...before, days }, newcomer, latest);
  }
  const wave = within(longest).sort(byReceipt);
  const first = wave[0] ?? newcomer;
  const people = countPeople(wave);
  const after: Incident = {
    id,
    version: (before?.version ?? 0) + 1,
    kind,
    state: isMass ? 'open' : 'gathering',
    cases: wave.length,
    people,
    claimedFen: wave.reduce((sum, { claimedFen }) => sum + claimedFen, 0),
    since: first.at,
    lastAt: latest,
    days,
    first: first.number,
    units: [...new Set(wave.flatMap(({ unitPath }) => unitPath))],
    toldAt: isMass ? people : 0,
    ...(isMass ? { begunAt: newcomer.at } : {}),
  };
  return { after, tell: isMass ? 'begun' : undefined };
}

/** It was one before. What goes on for weeks and is no more than usual by now is over, too. */
function goesOn(before: Incident, at: Instant, isMass: boolean, settings: IncidentSettings): boolean {
  if (before.state === 'gathering' || isOver(before, at, settings)) return false;
  return isMass || Date.parse(at) - Date.parse(before.since) <= 2 * settings.quietDays * DAY_MS;
}

/** It is one already: counted on. Whoever dismissed it is asked again only when it has doubled. */
function growOn(before: Incident, newcomer: Member, lastAt: Instant): Growth {
  const people = before.people + (newcomer.counted ? 1 : 0);
  const reference = before.state === 'dismissed' ? (before.dismissed?.people ?? people) : before.toldAt;
  const doubled = newcomer.counted && people >= 2 * reference;
  return {
    after: {
      ...before,
      version: before.version + 1,
      state: doubled ? 'open' : before.state,
      dismissed: doubled ? undefined : before.dismissed,
      cases: before.cases + 1,
      people,
      claimedFen: before.claimedFen + newcomer.claimedFen,
      since: newcomer.at < before.since ? newcomer.at : before.since,
      lastAt,
      units: [...new Set([...before.units, ...newcomer.unitPath])],
      toldAt: doubled ? people : before.toldAt,
    },
    tell: doubled ? 'doubled' : undefined,
  };
}

const byReceipt = (one: Member, other: Member) =>
  `${one.at} ${one.number}` < `${other.at} ${other.number}` ? -1 : 1;
const countPeople = (members: readonly Member[]) => members.filter(({ counted }) => counted).length;

/** The newcomer's day counted, days beyond what is kept left out. */
function daysWith(days: Incident['days'], { at, counted }: Member, latest: Instant): Incident['days'] {
  const day = shanghaiDate(at);
  const oldest = addDays(shanghaiDate(latest), -KEPT_DAYS);
  const all = { ...days, [day]: (days[day] ?? 0) + (counted ? 1 : 0) };
  return Object.fromEntries(Object.entries(all).filter(([one]) => one >= oldest));
}

/** People a day until this day. */
function usualPerDay(days: Incident['days'], until: LocalDate): number {
  const earlier = Object.entries(days).filter(([day]) => day < until);
  const [first = until] = earlier.map(([day]) => day).sort();
  const span = (Date.parse(until) - Date.parse(first)) / DAY_MS;
  return earlier.reduce((sum, [, people]) => sum + people, 0) / Math.max(LEAST_DAYS, span);
}

/** Somebody looked, and it is none. */
export function dismiss(before: Incident, by: string, at: Instant): Incident {
  return {
    ...before,
    version: before.version + 1,
    state: 'dismissed',
    dismissed: { by, at, people: before.people },
  };
}

/** Complaints of the last day against the day before: how it goes. */
export function trendOf(members: readonly Pick<Member, 'at'>[], now: Instant) {
  const within = (from: number, to: number) =>
    members.filter(({ at }) => {
      const age = Date.parse(now) - Date.parse(at);
      return age >= from * HOUR_MS && age < to * HOUR_MS;
    }).length;
  return { lastDay: within(0, 24), dayBefore: within(24, 48) };
}
