import type { Actor, Case } from '../../shared/case/case.ts';
import type { CaseNumber } from '../../shared/case/case-number.ts';
import { NotAllowedNow, type Step, type StepContext, takeStep } from '../../shared/case/take-step.ts';
import { noteLateness, ownerOf, recountedClocks } from '../../shared/case/turn-clocks.ts';
import { isOnDuty, nextTask, type WatchTask } from '../../shared/case/watch.ts';
import { type Clock, type Instant, shanghaiDate } from '../../shared/dates.ts';
import { type Registry, unitPathOf } from '../../shared/jurisdiction/registry.ts';
import type { Log } from '../../shared/logging.ts';
import type { CalendarStore } from '../../shared/store/calendar-store.ts';
import type { CaseStore } from '../../shared/store/case-store.ts';
import type { RegistryStore } from '../../shared/store/registry-store.ts';
import { stepContext } from '../../shared/store/step-on-case.ts';

export interface WatchDependencies {
  cases: CaseStore;
  registry: RegistryStore;
  calendar: CalendarStore;
  now: Clock;
  salt: () => string;
  log: Log;
}

/** A step context that knows the register: who owned a lateness is counted with all units above. */
type WatchContext = StepContext & { registry: Registry };

/** More than becomes due in a large city on one morning; what is left over comes with the next run. */
const AT_MOST = 1_000;
const AT_ONCE = 10;
/** No case is begun after this time, so that the last one is finished within the function's thirty seconds. */
const LAST_BEGIN_MS = 20_000;
/** Steps on one case in one run: after an outage several are due, and they are taken in their order. */
const STEPS_AT_MOST = 5;
const ACTOR: Actor = { role: 'system', id: 'watch-deadlines' };

/**
 * Reminds officers before a period ends, and tells level after level when it is over. Outside the hours of duty
 * nothing is done. Safe to do twice and at the same moment: of two steps on a case one loses at the version.
 * @throws when a case failed, after all others are done, so that an alarm is raised
 */
export async function watch(deps: WatchDependencies): Promise<void> {
  const context = await watchContext(deps);
  const now = deps.now();
  if (!isOnDuty(now, context)) return;
  const at = now.toISOString();
  const numbers = await deps.cases.dueForWatch(context.registry.bureau, at, AT_MOST);
  await inBatches('watched', numbers, deps, (number) => watchCase(number, at, context, deps));
}

export async function watchContext(deps: WatchDependencies): Promise<WatchContext> {
  return stepContext(ACTOR, await deps.registry.read(), deps);
}

/** Works on cases, or businesses, a few at a time while there is time, and logs how many steps were taken. */
export async function inBatches(
  code: string,
  numbers: readonly CaseNumber[],
  deps: WatchDependencies,
  work: (number: CaseNumber) => Promise<number>,
): Promise<void> {
  const begun = deps.now().getTime();
  let next = 0;
  let steps = 0;
  let failed = 0;
  while (next < numbers.length && deps.now().getTime() - begun < LAST_BEGIN_MS) {
    const batch = numbers.slice(next, next + AT_ONCE);
    next += batch.length;
    const endings = await Promise.allSettled(batch.map(work));
    for (const [index, ending] of endings.entries()) {
      if (ending.status === 'fulfilled') {
        steps += ending.value;
      } else {
        failed += 1;
        const error = ending.reason instanceof Error ? ending.reason.name : typeof ending.reason;
        deps.log('case-failed', { number: batch[index] ?? '', error });
      }
    }
  }
  deps.log(code, { cases: next, steps, failed, left: numbers.length - next });
  if (failed > 0) throw new Error(`${code}: ${failed} case(s) failed`);
}

/** @returns how many steps were taken */
async function watchCase(
  number: CaseNumber,
  now: Instant,
  context: WatchContext,
  deps: WatchDependencies,
): Promise<number> {
  let found = await deps.cases.case(number);
  let steps = 0;
  // The index lags: a case that another run has just dealt with is due no more.
  while (found?.watchAt !== undefined && found.watchAt <= now && steps < STEPS_AT_MOST) {
    const step = nextStep(found, now, context);
    // A conflict means that somebody else moved the case: the next run looks at it as it is then.
    if (step === undefined || (await deps.cases.commit({ steps: [step] })) !== 'committed') break;
    steps += 1;
    found = step.after;
  }
  return steps;
}

function nextStep(found: Case, now: Instant, context: WatchContext): Step | undefined {
  const task = nextTask(found, context);
  try {
    if (task !== undefined && task.at <= now) return stepOf(found, task, context);
    // By another calendar or other settings nothing is due any more: the case learns when it is.
    const clocks = recountedClocks(found, context, shanghaiDate(now));
    return takeStep(found, 'recount-dates', { clocks }, context);
  } catch (error) {
    // In its state nobody is reminded, whatever its clocks say.
    if (error instanceof NotAllowedNow) return undefined;
    throw error;
  }
}

/** The step by which the watch does what is due. */
export function stepOf(found: Case, task: WatchTask, context: WatchContext): Step {
  const { id: clock, due } = task.clock;
  if (task.action === 'remind') return takeStep(found, 'remind', { clock, due }, context);
  // Counted from the day on which it should have moved on, also when the watch stood still for a while.
  if (task.action === 'move-on') {
    return takeStep(found, 'move-on', { clock, due, movedOn: task.on }, context);
  }
  const { level, to } = task;
  const { lateOwner } = noteLateness(task.clock, found, shanghaiDate(context.now()));
  const { unit, officer } = lateOwner ?? ownerOf(found);
  // The lateness counts for the units that owned it, also when the case has moved since.
  const units = context.registry.units;
  const countsFor = units.some(({ code }) => code === unit) ? unitPathOf(unit, units) : found.unitPath;
  return takeStep(found, 'escalate', { clock, level, to, due, unit, officer }, context, countsFor);
}
