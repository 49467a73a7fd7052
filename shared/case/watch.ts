import { type Instant, type LocalDate, shanghaiDate, shanghaiTime } from '../dates.ts';
import { addWorkingDays } from '../law/clocks.ts';
import type { Case, RunningClock } from './case.ts';
import { type Counting, FIRST_CLOCKS, isPaused, isRunning } from './turn-clocks.ts';

/** What the watch has to do about a clock: remind, tell the next level that it is late, or move the case on. */
export type WatchTask =
  | { action: 'remind'; clock: RunningClock; at: Instant }
  /** On the first working day after the period of whoever tries to settle first. */
  | { action: 'move-on'; clock: RunningClock; at: Instant; on: LocalDate }
  | {
      action: 'escalate';
      clock: RunningClock;
      at: Instant;
      level: number;
      to: 'officer' | 'head' | 'manager';
    };

/** A moment on a day, Beijing time, as an instant. */
function beijing(day: LocalDate, time: string): Instant {
  return new Date(`${day}T${time}:00+08:00`).toISOString();
}

/**
 * The next thing to do about a case's clocks, the earliest first; undefined when there is nothing. Reminders and
 * escalations happen at the beginning of duty on a working day: nobody is called at night.
 */
export function nextTask(of: Pick<Case, 'clocks'>, counting: Counting): WatchTask | undefined {
  return of.clocks
    .filter((clock) => isRunning(clock) && !isPaused(clock))
    .map((clock) => taskFor(clock, counting))
    .filter((task) => task !== undefined)
    .sort((a, b) => (a.at < b.at ? -1 : 1))[0];
}

function taskFor(clock: RunningClock, { calendar, settings }: Counting): WatchTask | undefined {
  const begins = settings.dutyHours.from;
  const reminders = settings.reminders
    .filter((reminder) => reminder.clock === undefined || reminder.clock === clock.id)
    .map(({ days }) => addWorkingDays(clock.due, -days, calendar))
    // A period shorter than the reminder is announced by its beginning.
    .filter((day) => day > clock.start)
    .sort();
  const day = clock.escalated === undefined ? reminders[clock.reminded ?? 0] : undefined;
  if (day !== undefined) return { action: 'remind', clock, at: beijing(day, begins) };
  if (FIRST_CLOCKS.has(clock.id)) {
    const on = addWorkingDays(clock.due, 1, calendar);
    return { action: 'move-on', clock, at: beijing(on, begins), on };
  }
  const level = clock.escalated ?? 0;
  const next = settings.escalation[level];
  if (next === undefined) return undefined;
  const late = addWorkingDays(clock.due, next.workingDaysLate, calendar);
  return { action: 'escalate', clock, at: beijing(late, begins), level: level + 1, to: next.to };
}

/** Whether somebody may be reminded at this moment: on a working day, within the hours of duty (Beijing time). */
export function isOnDuty(at: Date, { calendar, settings }: Counting): boolean {
  const { from, to } = settings.dutyHours;
  const time = shanghaiTime(at);
  return calendar.isWorkingDay(shanghaiDate(at)) && time >= from && time < to;
}

/** When the watch must next look at this case. */
export function watchAtOf(of: Pick<Case, 'clocks'>, counting: Counting): Instant | undefined {
  return nextTask(of, counting)?.at;
}
