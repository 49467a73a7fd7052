import type { CaseNumber } from '../../shared/case/case-number.ts';
import { addDays, type Clock, type LocalDate, shanghaiDate } from '../../shared/dates.ts';
import { MUTED_DAYS } from '../../shared/early-warning/alarm.ts';
import { detect, LOOKED_BACK_DAYS } from '../../shared/early-warning/detect.ts';
import { type Signal, signalOf } from '../../shared/early-warning/signal.ts';
import type { Registry } from '../../shared/jurisdiction/registry.ts';
import type { Log } from '../../shared/logging.ts';
import type { AlarmStore } from '../../shared/store/alarm-store.ts';
import type { CalendarStore } from '../../shared/store/calendar-store.ts';
import type { CaseStore } from '../../shared/store/case-store.ts';
import type { IncidentStore } from '../../shared/store/incident-store.ts';
import type { RegistryStore } from '../../shared/store/registry-store.ts';

export interface DetectDependencies {
  alarms: AlarmStore;
  cases: Pick<CaseStore, 'cases'>;
  incidents: Pick<IncidentStore, 'members'>;
  /** Numbers of the cases that were received on a day, as the ledger of figures has them. */
  receivedOn: (day: LocalDate) => Promise<readonly CaseNumber[]>;
  registry: Pick<RegistryStore, 'read'>;
  calendar: Pick<CalendarStore, 'read'>;
  now: Clock;
  log: Log;
}

/** What was received on these days may still be read, corrected or joined: their signals are made anew each time. */
const FRESH_DAYS = 3;
/** Days made in one run, when a bureau begins or the schedule stood still; a city's day is some five reads. */
const MOST_DAYS = 12;
/** A cause with so many complaints on a day is asked whether they come from different people. */
const ASKED_FROM = 2;
const MOST_MEMBERS = 200;
/** An alarm that goes on for months is still the same one. */
const ALARMS_BACK_DAYS = LOOKED_BACK_DAYS + MUTED_DAYS;

/**
 * Looks for unusual rises up to this moment. Safe to do twice and at the same time: what is as it was is not written,
 * and an alarm is kept on the version before. Until all days are there nothing is looked for: days that are missing
 * would make every day unusual.
 */
export async function detectWarnings(deps: DetectDependencies): Promise<void> {
  const now = deps.now();
  const day = shanghaiDate(now);
  const from = addDays(day, -LOOKED_BACK_DAYS);
  const days = await deps.alarms.signals(from, day);
  const missing = daysFrom(from, day).filter((one) => !days.has(one) || one > addDays(day, -FRESH_DAYS));
  const made = missing.slice(-MOST_DAYS);
  const registry = await deps.registry.read();
  for (const one of made) {
    const signals = await signalsOn(one, registry, deps);
    await deps.alarms.keepSignals(one, signals);
    days.set(one, signals);
  }
  if (made.length < missing.length) {
    deps.log('warnings-incomplete', { left: missing.length - made.length });
    return;
  }
  const earlier = await deps.alarms.alarms(addDays(day, -ALARMS_BACK_DAYS));
  const calendar = await deps.calendar.read();
  const signals = [...days.values()].flat();
  const alarms = detect({ day, signals, calendar, earlier, at: now.toISOString() });
  const changed = alarms.filter((alarm) => !earlier.includes(alarm));
  let conflicts = 0;
  for (const alarm of changed) {
    // Somebody marked it at this moment, or another run was faster: the next run looks at it as it is then.
    if ((await deps.alarms.saveAlarm(alarm)) === 'conflict') conflicts += 1;
  }
  deps.log('warnings-detected', {
    signals: signals.length,
    running: alarms.length,
    raised: changed.filter(({ version }) => version === 1).length,
    changed: changed.length,
    conflicts,
  });
}

function daysFrom(from: LocalDate, to: LocalDate): LocalDate[] {
  const days: LocalDate[] = [];
  for (let day = from; day <= to; day = addDays(day, 1)) days.push(day);
  return days;
}

/** The signals of one day; of complaints that one person sends about one cause only the first is counted. */
async function signalsOn(day: LocalDate, registry: Registry, deps: DetectDependencies): Promise<Signal[]> {
  const cases = await deps.cases.cases(await deps.receivedOn(day));
  const signals = cases.flatMap((found) => signalOf(found, registry) ?? []);
  const repeats = new Set<CaseNumber>();
  for (const [cause, own] of Map.groupBy(signals, (signal) => signal.cause)) {
    if (cause === undefined || own.length < ASKED_FROM) continue;
    const { items } = await deps.incidents.members(cause, MOST_MEMBERS);
    for (const { number, counted } of items) if (!counted) repeats.add(number);
  }
  return signals.map((signal) => ({ ...signal, counted: !repeats.has(signal.number) }));
}
