import { addDays, daysBetween, isLocalDate, type LocalDate } from '../../../shared/dates.ts';
import { type Alarm, holdsUntil } from '../../../shared/early-warning/alarm.ts';
import { detect, LOOKED_BACK_DAYS } from '../../../shared/early-warning/detect.ts';
import { type Signal, signalOf } from '../../../shared/early-warning/signal.ts';
import { WATCH_IDS, type WatchId } from '../../../shared/early-warning/watches.ts';
import { type Calendar, createCalendar } from '../../../shared/law/calendar.ts';
import { HOLIDAY_YEARS } from '../../../shared/law/holidays.ts';
import { sha256 } from '../../../shared/sha256.ts';
import { createJudges, understand } from '../../../shared/understanding/understand.ts';
import { keep } from '../../../shared/understanding/understood.ts';
import { CommandFailure } from '../command-line.ts';
import { gazetteer } from '../knowledge.ts';
import { mean, round, share } from './measures.ts';
import type { Line, Report, Task, TaskInput } from './task.ts';

/*
 * A replay for the early warning. The messages with their days are the base. Three questions: how many alarms a week
 * are there by chance (the days of the messages are drawn anew, so that nothing hangs together any more), how many in
 * the messages as they are, and of what share of planted bursts is an alarm raised, how late. The same with a city's
 * traffic, drawn from the same messages, once evenly and once with classes that go up and down from month to month.
 */

const REGISTRY = { bureau: '330200', city: '', divisions: [] };
/** So many messages a day for the replay of a city. */
const CITY_A_DAY = 300;
const CITY_DAYS = 180;
/** In the city with waves each class goes up and down from month to month: standard deviation of the logarithm. */
const WAVES = 0.3;
/** So often chance is drawn anew. */
const ROUNDS = 4;
/** Bursts planted of each size into each base, for each watch. */
const PLANTINGS = 20;
const SIZES = [3, 4, 5, 8, 12] as const;
/** A burst comes on one day, or over as many. */
const SPREADS = [1, 3] as const;
/** An alarm later than this is none any more. */
const WAITED_DAYS = 7;

export const warnings: Task = {
  zh: '预警：在真实消息的序列里植入突增，报告误报率、检出率和延迟',
  en: 'early warning: bursts planted into a series of real messages; false alarms, detection and delay',
  run: ({ lines, startProgress }: TaskInput): Report => {
    const real = signalsOf(lines, startProgress);
    const calendar = createCalendar(HOLIDAY_YEARS);
    const rounds = Array.from({ length: ROUNDS }, (_, round_) => round_);
    const county = rounds.map((seed) => ({ name: 'shuffled', signals: shuffled(real, seed) }));
    const city = rounds.map((seed) => ({ name: 'city', signals: cityOf(real, seed) }));
    const waves = rounds.map((seed) => ({ name: 'city-waves', signals: cityOf(real, seed, WAVES) }));
    const replayed = [[{ name: 'as-they-are', signals: real }], county, city, waves].map((bases) =>
      together(bases.map((base) => replay(base, calendar, startProgress))),
    );
    const planted = [...county.slice(0, 1), ...city.slice(0, 1)].flatMap((base) =>
      plantAll(base, calendar, startProgress),
    );
    return reportOf(replayed, planted);
  },
};

interface Base {
  name: string;
  signals: Signal[];
}

/** What a replay raised, in so many days. */
interface Replayed {
  name: string;
  messages: number;
  alarms: readonly Alarm[];
  days: number;
}

/** What was planted, and what came of it. */
interface Planting {
  base: string;
  watch: WatchId;
  size: number;
  spread: number;
  /** Days from the first complaint to the alarm; undefined without one. */
  delay: number | undefined;
}

/** A number from 0 to 1, always the same for the same seed. */
const drawn = (seed: string) => Number.parseInt(sha256(seed).slice(0, 12), 16) / 16 ** 12;

/** Places are coded in the file, A市A3区: the county is taken from the code, then the codes go, as names of places would. */
const COUNTY = /[A-Z]\d{1,2}(?=[区县市])/u;
const CODED = /(?:[A-Z]省|[A-Z]市)?[A-Z]\d{1,2}[区县市]|西地省|[A-Z]市/gu;

/** The messages as signals, by what is understood of them. */
function signalsOf(lines: readonly Line[], startProgress: TaskInput['startProgress']): Signal[] {
  const knowledge = { gazetteer: gazetteer(), judges: createJudges() };
  const progress = startProgress('signals', lines.length);
  const signals = lines.flatMap((line, index) => {
    progress.advance();
    const receivedOn = dayOf(line.time);
    if (receivedOn === undefined || typeof line.text !== 'string') return [];
    const written = `${typeof line.title === 'string' ? line.title : ''}。${line.text}`;
    const text = written.replaceAll(CODED, '');
    const found = {
      number: typeof line.id === 'number' || typeof line.id === 'string' ? String(line.id) : `#${index}`,
      kind: 'complaint' as const,
      channel: 'web' as const,
      receivedOn,
      unitPath: [REGISTRY.bureau],
      complaint: { text, business: {} },
      understood: keep(understand({ text, receivedOn }, knowledge)),
    };
    const signal = signalOf(found, REGISTRY);
    const county = COUNTY.exec(written)?.[0];
    return signal === undefined ? [] : [{ ...signal, division: county ?? signal.division }];
  });
  progress.stop();
  if (signals.length === 0) throw new CommandFailure('没有带时间的消息 / There is no message with a time');
  return signals;
}

function dayOf(time: unknown): LocalDate | undefined {
  const [year = '', month = '', day = ''] = String(time).split(/[-/ T]/);
  const date = `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`;
  return isLocalDate(date) ? date : undefined;
}

/** The same messages and the same number on each day, but which message on which day is drawn: no burst is left. */
function shuffled(signals: readonly Signal[], seed: number): Signal[] {
  const inDrawnOrder = signals
    .map((signal) => ({ signal, at: drawn(`shuffle ${seed} ${signal.number}`) }))
    .sort((one, other) => one.at - other.at);
  return signals.map(({ receivedOn }, index) => ({
    ...(inDrawnOrder[index]?.signal as Signal),
    receivedOn,
  }));
}

/** Weights of Sunday to Saturday, as the messages have them. */
function cityOf(signals: readonly Signal[], round_: number, waves = 0): Signal[] {
  const start = '2026-03-01';
  const perWeekday = Map.groupBy(signals, ({ receivedOn }) =>
    new Date(`${receivedOn}T00:00:00Z`).getUTCDay(),
  );
  return Array.from({ length: CITY_DAYS }, (_, day) => addDays(start, day)).flatMap((receivedOn) => {
    const own = perWeekday.get(new Date(`${receivedOn}T00:00:00Z`).getUTCDay()) ?? [];
    const expected = (CITY_A_DAY * 7 * own.length) / signals.length;
    return Array.from({ length: poisson(expected, `day ${round_} ${receivedOn}`) }, (_, index) => {
      const seed = `${receivedOn} ${index}`;
      const source = inWave(
        (again) => signals[Math.floor(drawn(`city ${round_} ${seed} ${again}`) * signals.length)] as Signal,
        ({ subject = '' }, again) =>
          waves === 0 ||
          drawn(`taken ${seed} ${again}`) * MOST_WAVE <
            Math.exp(waves * normal(`wave ${round_} ${subject} ${receivedOn.slice(0, 7)}`)),
      );
      return { ...source, number: seed, receivedOn };
    });
  });
}

/** Draws until one is taken: classes that are in a wave are taken more often. */
function inWave(
  draw: (again: number) => Signal,
  isTaken: (signal: Signal, again: number) => boolean,
): Signal {
  for (let again = 0; ; again += 1) {
    const signal = draw(again);
    if (isTaken(signal, again) || again === MOST_DRAWS) return signal;
  }
}
const MOST_WAVE = 3;
const MOST_DRAWS = 50;

/** A draw from the normal distribution (Box–Muller). */
const normal = (seed: string) =>
  Math.sqrt(-2 * Math.log(1 - drawn(`${seed} a`))) * Math.cos(2 * Math.PI * drawn(`${seed} b`));

/** A draw from a Poisson distribution; by the normal approximation, good enough for hundreds. */
const poisson = (expected: number, seed: string) =>
  Math.max(0, Math.round(expected + Math.sqrt(expected) * normal(seed)));

/** Every day of a base from the first on which usual is known, each with the alarms before it. */
function replay(base: Base, calendar: Calendar, startProgress: TaskInput['startProgress']) {
  const days = daysOf(base);
  const byDay = Map.groupBy(base.signals, ({ receivedOn }) => receivedOn);
  const progress = startProgress(base.name, days.length);
  const alarms = new Map<string, Alarm>();
  for (const day of days) {
    const earlier = [...alarms.values()].filter((one) => holdsUntil(one) >= day);
    const signals = between(byDay, addDays(day, -LOOKED_BACK_DAYS), day);
    for (const alarm of detect({ day, signals, calendar, earlier, at: `${day}T10:00:00.000Z` })) {
      alarms.set(alarm.id, alarm);
    }
    progress.advance();
  }
  progress.stop();
  return { name: base.name, messages: base.signals.length, alarms: [...alarms.values()], days: days.length };
}

/** Rounds of one kind of base as one long replay. */
function together(all: readonly Replayed[]): Replayed {
  const sum = (of: (one: Replayed) => number) => all.reduce((total, one) => total + of(one), 0);
  return {
    name: all[0]?.name ?? '',
    messages: sum(({ messages }) => messages) / all.length,
    alarms: all.flatMap(({ alarms }) => alarms),
    days: sum(({ days }) => days),
  };
}

/** Days that have eight weeks of messages behind them; the last ones of a file may be cut off. */
function daysOf({ signals }: Base): LocalDate[] {
  const perDay = Map.groupBy(signals, ({ receivedOn }) => receivedOn);
  // Single messages of years before are no series.
  const series = [...perDay.keys()]
    .sort()
    .filter((day) => perDay.has(addDays(day, 1)) || perDay.has(addDays(day, -1)));
  const first = addDays(series[0] ?? '', LOOKED_BACK_DAYS);
  const length = Math.max(0, daysBetween(first, series.at(-1) ?? first));
  return Array.from({ length }, (_, index) => addDays(first, index));
}

function between(byDay: ReadonlyMap<LocalDate, Signal[]>, from: LocalDate, to: LocalDate): Signal[] {
  const found: Signal[] = [];
  for (let day = from; day <= to; day = addDays(day, 1)) found.push(...(byDay.get(day) ?? []));
  return found;
}

/** What a planted complaint has, so that its watch counts it; `key` is new, or one that has complaints anyway. */
const PLANTED: Readonly<Record<WatchId, (key: string) => Partial<Signal>>> = {
  'prepaid-business': (key) => ({ business: key, cause: key, flags: ['closing', 'refund'] }),
  'food-business': (key) => ({ business: key, cause: key, subject: '食品类', flags: ['food-safety'] }),
  'food-product': (key) => ({ product: key, subject: '食品类', flags: ['food-safety'] }),
  'prepaid-division': (key) => ({ division: key, flags: ['refund'] }),
  'food-division': (key) => ({ division: key, subject: '食品类', flags: ['food-safety'] }),
  'same-day': (key) => ({ cause: key }),
  product: (key) => ({ product: key }),
  place: (key) => ({ cause: key }),
  business: (key) => ({ business: key, cause: key }),
  address: (key) => ({ address: key }),
  'subject-division': (key) => {
    const [subject, division] = key.split('|');
    return { subject: subject as NonNullable<Signal['subject']>, division };
  },
};

/** Where complaints of the watch come from: divisions and classes exist, a business is mostly a new one. */
const KEY_OF: Readonly<Record<WatchId, (signal: Signal) => string | undefined>> = {
  'prepaid-business': () => undefined,
  'food-business': () => undefined,
  'food-product': () => undefined,
  'prepaid-division': ({ division }) => division,
  'food-division': ({ division }) => division,
  'same-day': () => undefined,
  product: () => undefined,
  business: ({ business }) => business,
  place: () => undefined,
  address: ({ address }) => address,
  'subject-division': ({ subject, division }) => subject && division && `${subject}|${division}`,
};

function plantAll(base: Base, calendar: Calendar, startProgress: TaskInput['startProgress']): Planting[] {
  const days = daysOf(base).slice(0, -WAITED_DAYS);
  const byDay = Map.groupBy(base.signals, ({ receivedOn }) => receivedOn);
  const cells = WATCH_IDS.flatMap((watch) =>
    SPREADS.flatMap((spread) => SIZES.map((size) => ({ watch, spread, size }))),
  );
  const progress = startProgress(`${base.name}: bursts`, cells.length);
  const plantings = cells.flatMap((cell) => {
    progress.advance();
    return Array.from({ length: PLANTINGS }, (_, round_) =>
      plant(base, byDay, days, `${JSON.stringify(cell)} ${round_}`, cell, calendar),
    );
  });
  progress.stop();
  return plantings;
}

function plant(
  base: Base,
  byDay: ReadonlyMap<LocalDate, Signal[]>,
  days: readonly LocalDate[],
  seed: string,
  { watch, size, spread }: Pick<Planting, 'watch' | 'size' | 'spread'>,
  calendar: Calendar,
): Planting {
  const start = days[Math.floor(drawn(`start ${seed}`) * days.length)] as LocalDate;
  const keys = base.signals.flatMap((signal) => KEY_OF[watch](signal) ?? []);
  const key = keys[Math.floor(drawn(`key ${seed}`) * keys.length)] ?? sha256(seed).slice(0, 20);
  const burst = Array.from(
    { length: size },
    (_, index): Signal => ({
      number: `planted ${index}`,
      receivedOn: addDays(start, index % spread),
      channel: 'web',
      unitPath: [REGISTRY.bureau],
      flags: [],
      claimedFen: 0,
      counted: true,
      ...PLANTED[watch](key),
    }),
  );
  let earlier: Alarm[] = [];
  for (let delay = 0; delay < WAITED_DAYS; delay += 1) {
    const day = addDays(start, delay);
    const signals = [...between(byDay, addDays(day, -LOOKED_BACK_DAYS), day), ...burst];
    const alarms = detect({ day, signals, calendar, earlier, at: `${day}T10:00:00.000Z` });
    // Whichever watch raised it: an officer sees the complaints.
    const isSeen = ({ cases }: Alarm) =>
      2 * cases.filter((number) => number.startsWith('planted')).length >= Math.min(size, spread * size);
    if (alarms.some(isSeen)) return { base: base.name, watch, size, spread, delay };
    earlier = [...alarms, ...earlier.filter(({ id }) => !alarms.some((one) => one.id === id))];
  }
  return { base: base.name, watch, size, spread, delay: undefined };
}

function reportOf(replayed: readonly Replayed[], planted: readonly Planting[]): Report {
  const aWeek = ({ alarms, days }: Replayed, watch?: WatchId) =>
    round(share(7 * alarms.filter((one) => watch === undefined || one.watch === watch).length, days));
  const detected = (own: readonly Planting[]) =>
    share(own.filter(({ delay }) => delay !== undefined).length, own.length);
  const delayOf = (own: readonly Planting[]) => mean(own.flatMap(({ delay }) => delay ?? []));
  const figures: Record<string, number> = {};
  for (const one of replayed) {
    const name = one.name.replaceAll('-', '_');
    figures[`${name}_days`] = one.days;
    figures[`${name}_messages`] = one.messages;
    figures[`${name}_alarms`] = one.alarms.length;
    figures[`${name}_alarms_a_week`] = aWeek(one);
  }
  const groups = [...Map.groupBy(planted, ({ base, spread, size }) => `${base} ${spread} ${size}`).values()];
  for (const own of groups) {
    const [{ base, spread, size }] = own as [Planting];
    figures[`${base}_detected_${size}_in_${spread}d`] = round(detected(own));
    figures[`${base}_delay_${size}_in_${spread}d`] = round(delayOf(own));
  }
  return {
    figures,
    tables: [
      {
        title: 'alarms a week',
        head: ['watch', ...replayed.map(({ name }) => name)],
        rows: [
          ...WATCH_IDS.map((watch) => [watch, ...replayed.map((one) => aWeek(one, watch))]),
          ['all', ...replayed.map((one) => aWeek(one))],
        ],
      },
      ...['shuffled', 'city'].flatMap((base) =>
        SPREADS.map((spread) => ({
          title: `${base}: share of bursts found, spread over ${spread} day(s) (mean delay in days)`,
          head: ['watch', ...SIZES.map(String)],
          rows: WATCH_IDS.map((watch) => [
            watch,
            ...SIZES.map((size) => {
              const own = planted.filter(
                (one) =>
                  one.base === base && one.watch === watch && one.size === size && one.spread === spread,
              );
              return `${Math.round(100 * detected(own))} % (${round(delayOf(own)).toFixed(1)})`;
            }),
          ]),
        })),
      ),
    ],
    // What rose in the messages as they are: for a person to look whether it was real.
    mistakes: (replayed[0]?.alarms ?? []).map(({ id, watch, found, cases, subject, division }) => ({
      id,
      field: watch,
      expected: found.expected,
      got: found.observed,
      text: [subject, division, found.days, cases.join(' ')].join(' / '),
    })),
  };
}
