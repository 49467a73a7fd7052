import * as z from 'zod';
import { addDays, type Instant, type LocalDate, shanghaiDate } from '../dates.ts';
import { wilson } from '../statistics/interval.ts';
import { PROBLEMS, SUBJECTS } from '../understanding/understanding.ts';
import { WATCH_IDS, type WatchId } from './watches.ts';

/*
 * An alarm (预警): what rose, against what is usual, with the cases. A person looks and marks it true or false; of the
 * marks the precision is reckoned.
 */

/** What a test found, in the numbers that its reason quotes. */
const found = z.object({
  /** The period, in days, ending with `lastDay`. */
  days: z.number().int().positive(),
  observed: z.number().int().positive(),
  /** Complaints in such a period when all is as usual, and those of one day like the last one. */
  expected: z.number().nonnegative(),
  usualToday: z.number().nonnegative(),
  /** Weeks from which usual was taken. */
  weeks: z.number().int().positive(),
  /** By chance such a rise would be seen once in so many days over all keys of the watch. */
  everyDays: z.number().positive(),
});

const mark = z.object({
  as: z.enum(['true', 'false']),
  by: z.string(),
  at: z.string(),
  /** What was found: no alarm is judged without it. Words of staff, not of people. */
  why: z.string(),
  /** How many complaints it had by then. */
  count: z.number().int(),
});

export const alarmSchema = z.object({
  /** First day and a hash of watch and key: the same rise is the same alarm, however often it is looked for. */
  id: z.string().regex(/^\d{8}-[0-9a-f]{12}$/),
  version: z.number().int().positive(),
  watch: z.enum(WATCH_IDS),
  /** What the complaints have in common: codes and hashes. */
  key: z.string(),
  subject: z.enum(SUBJECTS).optional(),
  division: z.string().optional(),
  problem: z.enum(PROBLEMS).optional(),
  firstDay: z.string(),
  lastDay: z.string(),
  raisedAt: z.string(),
  found,
  /** All complaints since the first day, the earliest first; at most as many as are kept. */
  cases: z.array(z.string()),
  count: z.number().int().positive(),
  /** Units that have a case of it, at every level. */
  units: z.array(z.string()),
  /** Other watches that rose with the same complaints, and are no alarm of their own. */
  also: z.array(z.object({ watch: z.enum(WATCH_IDS), key: z.string() })).default([]),
  state: z.enum(['open', 'true', 'false']),
  marks: z.array(mark).default([]),
});

export type Alarm = z.output<typeof alarmSchema>;
export type Found = Alarm['found'];
export type Mark = z.output<typeof mark>;

/** After so many days without more of it a rise is over: what comes then is a new one. */
export const QUIET_DAYS = 7;
/** What was judged false is silent for so long, unless it has doubled since. */
export const MUTED_DAYS = 28;

/** Last day on which further complaints belong to this alarm, and make no new one. */
export function holdsUntil({ lastDay, state, marks }: Pick<Alarm, 'lastDay' | 'state' | 'marks'>): LocalDate {
  const running = addDays(lastDay, QUIET_DAYS);
  const judged = marks.at(-1);
  if (state !== 'false' || judged === undefined) return running;
  const muted = addDays(shanghaiDate(judged.at), MUTED_DAYS);
  return muted > running ? muted : running;
}

/**
 * An officer judges it. Whoever finds more later may judge again: the last mark counts, all are kept.
 * @throws RangeError without who and why
 */
export function markAlarm(
  before: Alarm,
  as: Mark['as'],
  { by, at, why }: { by: string; at: Instant; why: string },
): Alarm {
  if (by.trim() === '' || why.trim() === '') throw new RangeError(`${before.id}: a mark needs who and why`);
  return {
    ...before,
    version: before.version + 1,
    state: as,
    marks: [...before.marks, { as, by, at, why: why.trim(), count: before.count }],
  };
}

/** How often alarms were right. */
export interface Precision {
  right: number;
  wrong: number;
  /** Nobody has looked yet: they count for neither. */
  open: number;
  /** Right ÷ (right + wrong); null while none is judged. */
  precision: number | null;
  /** 95 % interval: three of three are no certainty. */
  low: number | null;
  high: number | null;
}

/** Precision over all alarms, and of each watch that has any. */
export function precisionOf(
  alarms: readonly Pick<Alarm, 'watch' | 'state'>[],
): Precision & { byWatch: Partial<Record<WatchId, Precision>> } {
  const byWatch = Map.groupBy(alarms, ({ watch }) => watch);
  return {
    ...judgedOf(alarms),
    byWatch: Object.fromEntries([...byWatch].map(([watch, own]) => [watch, judgedOf(own)])),
  };
}

function judgedOf(alarms: readonly Pick<Alarm, 'state'>[]): Precision {
  const count = (state: Alarm['state']) => alarms.filter((one) => one.state === state).length;
  const [right, wrong] = [count('true'), count('false')];
  return { right, wrong, open: count('open'), ...shareOf(right, right + wrong) };
}

function shareOf(part: number, whole: number): Pick<Precision, 'precision' | 'low' | 'high'> {
  const interval = wilson(part, whole);
  return {
    precision: interval === null ? null : part / whole,
    low: interval?.from ?? null,
    high: interval?.to ?? null,
  };
}
