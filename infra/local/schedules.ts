import { randomUUID } from 'node:crypto';
import { StartFailure } from './errors.ts';
import { pause } from './pause.ts';
import { accountId, region } from './resolver.ts';

const tickMs = 1000;
/** A `rate` schedule missed its runs while the machine was off, so it runs once soon after the start. */
const firstRateRunMs = 2000;

/** A schedule of the template. */
export interface Schedule {
  name: string;
  expression: string;
  timezone: string;
  /** What the target receives; undefined for EventBridge Scheduler's own event. */
  input: string | undefined;
}

/** Runs `fire` at every time the schedule names, until `signal` aborts. */
export async function runSchedule(
  schedule: Schedule,
  next: Occurrences,
  fire: (event: unknown) => void,
  signal: AbortSignal,
): Promise<void> {
  let due = next(Date.now(), true);
  while (!signal.aborted) {
    await pause(tickMs, signal);
    if (signal.aborted || Date.now() < due) continue;
    fire(eventOf(schedule, new Date(due)));
    due = next(Date.now(), false);
  }
}

/** Tells the time of the next run; `first`: of the first one after the start. */
type Occurrences = (now: number, first: boolean) => number;

/** Reads the schedule's expression; refuses one that is not supported. */
export function occurrences({ name, expression, timezone }: Schedule): Occurrences {
  const [, kind, argument = ''] = /^(rate|cron)\((.+)\)$/.exec(expression) ?? [];
  if (kind === 'rate') {
    const [, count, unit = ''] = /^(\d+) (minute|hour|day)s?$/.exec(argument) ?? [];
    const interval = Number(count) * (unitMs[unit] ?? Number.NaN);
    if (interval > 0) return (now, first) => now + (first ? firstRateRunMs : interval);
  }
  if (kind === 'cron') {
    const matches = cronMatcher(argument, timezone);
    if (matches) return (now) => nextMinute(now, matches);
  }
  throw new StartFailure(`Schedule ${name}: ${expression} is not supported locally.`);
}

const unitMs: Record<string, number> = { minute: 60_000, hour: 3_600_000, day: 86_400_000 };

function nextMinute(now: number, matches: (minute: Date) => boolean): number {
  const lastMinute = now + 366 * 86_400_000;
  for (let minute = (Math.floor(now / 60_000) + 1) * 60_000; minute < lastMinute; minute += 60_000) {
    if (matches(new Date(minute))) return minute;
  }
  return Number.POSITIVE_INFINITY;
}

const weekdays = ['SUN', 'MON', 'TUE', 'WED', 'THU', 'FRI', 'SAT'];

/** `minutes hours day-of-month month day-of-week year`; undefined if a field uses L, W, # or month names. */
function cronMatcher(fields: string, timeZone: string): ((minute: Date) => boolean) | undefined {
  const parsed = fields.split(' ').map(fieldMatcher);
  if (parsed.length !== 6 || parsed.includes(undefined)) return undefined;
  const format = new Intl.DateTimeFormat('en-US', {
    timeZone,
    hourCycle: 'h23',
    ...({ year: 'numeric', month: 'numeric', day: 'numeric', hour: 'numeric', minute: 'numeric' } as const),
    weekday: 'short',
  });
  return (minute) => {
    const parts = Object.fromEntries(format.formatToParts(minute).map(({ type, value }) => [type, value]));
    // AWS counts the days of the week from Sunday = 1.
    const weekday = weekdays.indexOf((parts.weekday ?? '').toUpperCase()) + 1;
    const values = [parts.minute, parts.hour, parts.day, parts.month, weekday, parts.year].map(Number);
    return values.every((value, index) => parsed[index]?.(value));
  };
}

/** A field: `*`, `?`, or a list of values, ranges and steps. */
function fieldMatcher(field: string): ((value: number) => boolean) | undefined {
  if (field === '*' || field === '?') return () => true;
  const numeric = weekdays.reduce((text, day, index) => text.replaceAll(day, String(index + 1)), field);
  const ranges = numeric.split(',').map((part) => /^(?:(\d+)(?:-(\d+))?|\*)(?:\/(\d+))?$/.exec(part));
  if (ranges.includes(null)) return undefined;
  return (value) =>
    ranges.some((range) => {
      const [, from = '0', to, step] = range ?? [];
      const end = to ?? (step ? '9999' : from);
      return (
        value >= Number(from) && value <= Number(end) && (value - Number(from)) % Number(step ?? 1) === 0
      );
    });
}

function eventOf({ name, input }: Schedule, time: Date): unknown {
  const scheduleArn = `arn:aws:scheduler:${region}:${accountId}:schedule/default/${name}`;
  if (input === undefined) {
    return {
      version: '0',
      id: randomUUID(),
      'detail-type': 'Scheduled Event',
      source: 'aws.scheduler',
      account: accountId,
      time: time.toISOString(),
      region,
      resources: [scheduleArn],
      detail: '{}',
    };
  }
  const keywords: Record<string, string> = {
    'attempt-number': '1',
    'execution-id': randomUUID(),
    'schedule-arn': scheduleArn,
    'scheduled-time': time.toISOString(),
  };
  return JSON.parse(
    input.replace(/<aws\.scheduler\.([a-z-]+)>/g, (whole, keyword) => keywords[keyword] ?? whole),
  );
}
