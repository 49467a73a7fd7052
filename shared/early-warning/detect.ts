import { addDays, daysBetween, type Instant, type LocalDate } from '../dates.ts';
import type { Calendar } from '../law/calendar.ts';
import { sha256 } from '../sha256.ts';
import { type Alarm, type Found, holdsUntil } from './alarm.ts';
import { chanceOf, expectedOf, type Usual } from './chance.ts';
import type { Signal } from './signal.ts';
import { weighDays } from './traffic.ts';
import { rankOf, WATCHES, type Watch, type Watches, type WatchId } from './watches.ts';

/*
 * Finds unusual rises. For each watch and key the complaints of the last 1, 3 and 7 days are compared with the eight weeks
 * before (chance.ts), weighed by the kind of day (traffic.ts): a purely temporal scan, looked at each day anew (M.
 * Kulldorff, "Prospective time periodic geographical disease surveillance using a scan statistic", JRSS A 164, 2001).
 * Many keys are looked at every day; a threshold on each would alarm daily by chance. So the threshold is on how often
 * chance would raise such an alarm over all keys and periods, the recurrence interval (K. Kleinman et al., American
 * Journal of Epidemiology 159, 2004). Of rises that share complaints the most urgent is the alarm; another one is
 * raised only for what remains without those (Z. Zhang et al., "Spatial scan statistics adjusted for multiple
 * clusters", Journal of Probability and Statistics, 2010).
 */

/** Days from which usual is taken; the week before today is left out, a rise must not hide itself. */
const USUAL_DAYS = 56;
const LONGEST_WINDOW = 7;
/** So many days of signals are needed, today included. */
export const LOOKED_BACK_DAYS = USUAL_DAYS + LONGEST_WINDOW;
/** With less than this nobody knows what is usual. */
const LEAST_DAYS = 14;
/** Case numbers kept with an alarm. */
const MOST_CASES = 100;
/** Keys with so many complaints tell how much counts vary beyond chance. */
const ENOUGH_FOR_DISPERSION = 8;
/** Weight of the assumption that the bureau's traffic is as usual, in complaints. */
const LEVEL_PRIOR = 5;

export interface Looked {
  readonly day: LocalDate;
  /** Of the last 63 days at least, in any order; those of other days are not looked at. */
  readonly signals: readonly Signal[];
  readonly calendar: Calendar;
  /** Alarms that may still run: those of the last weeks, as they stand. */
  readonly earlier: readonly Alarm[];
  readonly at: Instant;
  readonly watches?: Watches | undefined;
}

/** A key that rose, before it is known whether it is an alarm of its own. */
interface Rise {
  watch: WatchId;
  key: string;
  found: Found;
  window: readonly Signal[];
  usual: Usual;
  /** Length of the period in days of average traffic, and how many tests were made with this one. */
  period: number;
  tests: number;
}

/**
 * The alarms of a day: new ones, and running ones with what has come since; the most urgent first. What is running and
 * has got nothing new is not among them. Looked for a second time with what the first time gave, all are as they were.
 * May be asked during the day, too: a part of a day's complaints raises no alarm that the whole of them would not.
 */
export function detect(looked: Looked): Alarm[] {
  const { day, calendar, earlier, at, watches = WATCHES } = looked;
  const days = periodOf(looked);
  if (days === undefined) return [];
  const signals = looked.signals.filter(
    ({ receivedOn, counted }) => counted && receivedOn >= days.first && receivedOn <= day,
  );
  const traffic = perDay(signals, days.first, day);
  const usualTraffic = new Map([...traffic].filter(([date]) => date <= days.lastUsual));
  const weightOf = weighDays(usualTraffic, calendar);
  const weights = new Map([...traffic.keys()].map((date) => [date, weightOf(date)]));
  const context: Context = {
    ...days,
    day,
    signals,
    traffic,
    weights,
    usualDays: usualTraffic.size,
    usualLength: sumOf(weights, days.first, days.lastUsual),
    usualTotal: sumOf(traffic, days.first, days.lastUsual),
  };
  const rises = (Object.entries(watches) as [WatchId, Watch][]).flatMap(([id, watch]) =>
    risesOf(id, watch, context),
  );
  return alarmsOf(rises, earlier, { day, at, signals, watches });
}

interface Context {
  day: LocalDate;
  first: LocalDate;
  lastUsual: LocalDate;
  signals: readonly Signal[];
  /** Complaints of the whole bureau, and what such a day weighs, by day. */
  traffic: ReadonlyMap<LocalDate, number>;
  weights: ReadonlyMap<LocalDate, number>;
  /** Of the days that tell what is usual: how many, what they weigh together, complaints on them. */
  usualDays: number;
  usualLength: number;
  usualTotal: number;
}

function sumOf(values: ReadonlyMap<LocalDate, number>, first: LocalDate, last: LocalDate): number {
  let sum = 0;
  for (const [date, value] of values) if (date >= first && date <= last) sum += value;
  return sum;
}

/** The days that tell what is usual; undefined while there are too few. */
function periodOf({ day, signals }: Looked): { first: LocalDate; lastUsual: LocalDate } | undefined {
  const lastUsual = addDays(day, -LONGEST_WINDOW);
  const oldest = addDays(lastUsual, 1 - USUAL_DAYS);
  let first = day;
  for (const { receivedOn } of signals) if (receivedOn < first) first = receivedOn;
  if (first < oldest) first = oldest;
  return daysBetween(first, lastUsual) + 1 < LEAST_DAYS ? undefined : { first, lastUsual };
}

/** Complaints of each day, days without any as 0. */
function perDay(signals: readonly Signal[], first: LocalDate, last: LocalDate): Map<LocalDate, number> {
  const counts = new Map<LocalDate, number>();
  for (let date = first; date <= last; date = addDays(date, 1)) counts.set(date, 0);
  for (const { receivedOn } of signals) {
    const before = counts.get(receivedOn);
    if (before !== undefined) counts.set(receivedOn, before + 1);
  }
  return counts;
}

/** The keys of one watch that rose. Only those with a complaint today are looked at: the others rose before. */
function risesOf(id: WatchId, watch: Watch, context: Context): Rise[] {
  const { day, signals, lastUsual } = context;
  const byKey = new Map<string, Signal[]>();
  for (const signal of signals) {
    const key = watch.keyOf(signal);
    if (key === undefined) continue;
    const own = byKey.get(key);
    if (own === undefined) byKey.set(key, [signal]);
    else own.push(signal);
  }
  const usualOf = new Map<string, number>();
  let usualTotal = 0;
  for (const [key, own] of byKey) {
    const count = own.filter(({ receivedOn }) => receivedOn <= lastUsual).length;
    usualOf.set(key, count);
    usualTotal += count;
  }
  const common = {
    days: context.usualLength,
    // Half a complaint more than there were: a watch that never had any expects little, not nothing.
    average: (usualTotal + 0.5) / byKey.size / context.usualLength,
    dispersion: dispersionOf(byKey, context),
  };
  const tests = byKey.size * watch.windows.length;
  return [...byKey].flatMap(([key, own]) => {
    if (!own.some(({ receivedOn }) => receivedOn === day)) return [];
    const usual = { ...common, count: usualOf.get(key) ?? 0 };
    const rises = watch.windows.flatMap((length) => {
      const from = addDays(day, 1 - length);
      const window = own.filter(({ receivedOn }) => receivedOn >= from);
      if (window.length < watch.least) return [];
      const period = sumOf(context.weights, from, day) * levelOf(window.length, from, usual.count, context);
      return riseOf({ watch: id, key, window, usual, period, tests }, length, watch, context) ?? [];
    });
    const [rarest] = rises.sort((one, other) => other.found.everyDays - one.found.everyDays);
    return rarest === undefined ? [] : [rarest];
  });
}

/** A rise in this window, if it is one. */
function riseOf(
  rise: Omit<Rise, 'found'>,
  length: number,
  watch: Watch,
  { usualDays, weights, day }: Context,
): Rise | undefined {
  const { window, usual, period, tests } = rise;
  const expected = expectedOf(usual, period);
  const everyDays = 1 / (chanceOf(window.length, usual, period) * tests);
  if (everyDays < watch.everyDays || window.length < watch.times * expected) return undefined;
  const found: Found = {
    days: length,
    observed: window.length,
    expected: rounded(expected),
    usualToday: rounded(expectedOf(usual, weights.get(day) ?? 1)),
    weeks: Math.round(usualDays / 7),
    everyDays: Math.min(Math.round(everyDays), LONGEST_INTERVAL_DAYS),
  };
  return { ...rise, found };
}

/** Beyond ten years the interval says nothing more. */
export const LONGEST_INTERVAL_DAYS = 3_650;
const rounded = (value: number) => Math.round(value * 100) / 100;

/**
 * How much more than usual the whole bureau has in this period, the key left out: where everything grows, after a
 * holiday or a campaign, no single key stands out (after M. Kulldorff et al., "A space–time permutation scan statistic",
 * PLoS Medicine 2, 2005). Never less than 1.
 */
function levelOf(observed: number, from: LocalDate, ownUsual: number, context: Context): number {
  const { day, traffic, weights, usualTotal, usualLength } = context;
  const others = sumOf(traffic, from, day) - observed;
  const expected = ((usualTotal - ownUsual) / usualLength) * sumOf(weights, from, day);
  return Math.max(1, (others + LEVEL_PRIOR) / (expected + LEVEL_PRIOR));
}

/** Variance ÷ mean of daily counts (Pearson), over the keys of a watch that have enough of them; 1 where none has. */
function dispersionOf(byKey: ReadonlyMap<string, readonly Signal[]>, context: Context): number {
  const { first, lastUsual, usualLength, usualDays, weights } = context;
  let sum = 0;
  let keys = 0;
  for (const own of byKey.values()) {
    const usual = own.filter(({ receivedOn }) => receivedOn <= lastUsual);
    if (usual.length < ENOUGH_FOR_DISPERSION) continue;
    for (const [date, count] of perDay(usual, first, lastUsual)) {
      const mean = (usual.length / usualLength) * (weights.get(date) ?? 1);
      sum += (count - mean) ** 2 / mean;
    }
    keys += 1;
  }
  return keys === 0 ? 1 : Math.max(1, sum / (keys * (usualDays - 1)));
}

interface Raising {
  day: LocalDate;
  at: Instant;
  signals: readonly Signal[];
  watches: Watches;
}

/** Rises as alarms: running ones go on, and what an alarm has explained raises no other. */
function alarmsOf(rises: readonly Rise[], earlier: readonly Alarm[], raising: Raising): Alarm[] {
  const runningOf = (rise: Rise) =>
    earlier
      .filter((one) => one.watch === rise.watch && one.key === rise.key && raising.day <= holdsUntil(one))
      .sort((one, other) => (one.firstDay < other.firstDay ? 1 : -1))[0];
  const all = rises
    .map((rise) => ({ rise, running: runningOf(rise) }))
    .sort(
      (one, other) =>
        Number(other.running !== undefined) - Number(one.running !== undefined) ||
        rankOf(one.rise.watch) - rankOf(other.rise.watch) ||
        other.rise.found.everyDays - one.rise.found.everyDays ||
        (one.rise.key < other.rise.key ? -1 : 1),
    );
  const claimed = new Map<string, Alarm>();
  const alarms: Alarm[] = [];
  for (const { rise, running } of all) {
    const claimants = rise.window.flatMap(({ number }) => claimed.get(number) ?? []);
    if (running === undefined && isExplained(rise, claimants.length, raising.watches)) {
      noteAlso(claimants, rise);
      continue;
    }
    const alarm = running === undefined ? raise(rise, raising) : goOn(running, rise, raising);
    for (const number of [...alarm.cases, ...rise.window.map((one) => one.number)]) {
      if (!claimed.has(number)) claimed.set(number, alarm);
    }
    alarms.push(alarm);
  }
  return alarms
    .map((alarm) => settled(alarm, earlier))
    .sort((one, other) => rankOf(one.watch) - rankOf(other.watch) || (one.id < other.id ? -1 : 1));
}

/** True when without the complaints that another alarm has it would be none. */
function isExplained({ watch, window, usual, period, tests }: Rise, claimed: number, watches: Watches) {
  const left = window.length - claimed;
  const row = watches[watch];
  if (claimed === 0 || row === undefined) return false;
  if (left < row.least || left < row.times * expectedOf(usual, period)) return true;
  return 1 / (chanceOf(left, usual, period) * tests) < row.everyDays;
}

/** It stands with the alarm that has most of its complaints, and stays there. */
function noteAlso(claimants: readonly Alarm[], { watch, key }: Rise): void {
  const isNoted = claimants.some(({ also }) => also.some((one) => one.watch === watch && one.key === key));
  if (!isNoted) mostFrequent(claimants)?.also.push({ watch, key });
}

function mostFrequent(alarms: readonly Alarm[]): Alarm | undefined {
  const counts = new Map<Alarm, number>();
  for (const one of alarms) counts.set(one, (counts.get(one) ?? 0) + 1);
  return [...counts].sort(
    ([one, count], [other, more]) => more - count || (one.id < other.id ? -1 : 1),
  )[0]?.[0];
}

function raise(rise: Rise, { day, at }: Raising): Alarm {
  const { watch, key, found, window } = rise;
  const cases = inOrder(window);
  const firstDay = cases[0]?.receivedOn ?? day;
  return {
    id: idOf(watch, key, firstDay),
    version: 1,
    watch,
    key,
    subject: commonOf(cases, ({ subject }) => subject),
    division: commonOf(cases, ({ division }) => division),
    problem: commonOf(cases, ({ problem }) => problem),
    firstDay,
    lastDay: day,
    raisedAt: at,
    found,
    cases: cases.slice(0, MOST_CASES).map(({ number }) => number),
    count: cases.length,
    units: unitsOf(cases),
    also: [],
    state: 'open',
    marks: [],
  };
}

/** What has come since is added to a running alarm; one that was judged false opens again when it has doubled. */
function goOn(before: Alarm, rise: Rise, { day, signals, watches }: Raising): Alarm {
  const keyOf = watches[rise.watch]?.keyOf;
  const own = inOrder(
    signals.filter(
      (one) => one.receivedOn >= before.firstDay && one.receivedOn <= day && keyOf?.(one) === rise.key,
    ),
  );
  const more = own.filter(({ number }) => !before.cases.includes(number));
  const count = Math.max(before.count, own.length);
  const judged = before.marks.at(-1);
  const isDoubled = before.state === 'false' && count >= 2 * (judged?.count ?? count);
  return {
    ...before,
    lastDay: day > before.lastDay ? day : before.lastDay,
    found: rise.found,
    cases: [...before.cases, ...more.map(({ number }) => number)].slice(0, MOST_CASES),
    count,
    units: [...new Set([...before.units, ...unitsOf(more)])],
    also: [...before.also],
    state: isDoubled ? 'open' : before.state,
  };
}

/** One version more than before where something has changed; else the very alarm that was there. */
function settled(alarm: Alarm, earlier: readonly Alarm[]): Alarm {
  const before = earlier.find(({ id }) => id === alarm.id);
  if (before === undefined) return alarm;
  return JSON.stringify(before) === JSON.stringify(alarm)
    ? before
    : { ...alarm, version: before.version + 1 };
}

const idOf = (watch: WatchId, key: string, firstDay: LocalDate) =>
  `${firstDay.replaceAll('-', '')}-${sha256(JSON.stringify([watch, key])).slice(0, 12)}`;
const inOrder = (signals: readonly Signal[]) =>
  [...signals].sort((one, other) =>
    `${one.receivedOn} ${one.number}` < `${other.receivedOn} ${other.number}` ? -1 : 1,
  );
const unitsOf = (signals: readonly Signal[]) => [...new Set(signals.flatMap(({ unitPath }) => unitPath))];

/** What more than half of them share. */
function commonOf<T>(signals: readonly Signal[], of: (signal: Signal) => T | undefined): T | undefined {
  const [most] = [...Map.groupBy(signals, of)].sort(([, one], [, other]) => other.length - one.length);
  return most !== undefined && 2 * most[1].length > signals.length ? most[0] : undefined;
}
