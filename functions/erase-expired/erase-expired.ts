import type { Actor } from '../../shared/case/case.ts';
import type { CaseNumber } from '../../shared/case/case-number.ts';
import type { StepContext } from '../../shared/case/take-step.ts';
import { type Clock, shanghaiDate } from '../../shared/dates.ts';
import type { Log } from '../../shared/logging.ts';
import type { CalendarStore } from '../../shared/store/calendar-store.ts';
import type { CaseStore } from '../../shared/store/case-store.ts';
import { eraseCase } from '../../shared/store/erase-case.ts';
import type { Eraser } from '../../shared/store/eraser.ts';
import type { RegistryStore } from '../../shared/store/registry-store.ts';
import { stepContext } from '../../shared/store/step-on-case.ts';

export interface EraseDependencies {
  cases: CaseStore;
  eraser: Eraser;
  registry: RegistryStore;
  calendar: CalendarStore;
  now: Clock;
  salt: () => string;
  log: Log;
}

/** More than a city's cases come to their end on one day; what is left over comes with the next run. */
const AT_MOST = 1_000;
const AT_ONCE = 5;
/** No case is begun after this time, so that the last one is finished within the function's thirty seconds. */
const LAST_BEGIN_MS = 20_000;
const ACTOR: Actor = { role: 'system', id: 'erase-expired' };

/**
 * Erases the people's data of all cases whose term is over; statistics and history stay whole. Safe to do twice
 * and at the same moment. One case that cannot be erased does not keep the others from it.
 * @throws when a case failed, after all others are done, so that an alarm is raised
 */
export async function eraseExpired(deps: EraseDependencies): Promise<void> {
  const begun = deps.now().getTime();
  const registry = await deps.registry.read();
  const context = await stepContext(ACTOR, registry, deps);
  const today = shanghaiDate(deps.now());
  const numbers = await deps.cases.dueForErasure(registry.bureau, today, AT_MOST);
  const counts = { erased: 0, moved: 0, failed: 0 };
  let next = 0;
  while (next < numbers.length && deps.now().getTime() - begun < LAST_BEGIN_MS) {
    const batch = numbers.slice(next, next + AT_ONCE);
    next += batch.length;
    const endings = await Promise.all(batch.map((number) => eraseOne(number, today, context, deps)));
    for (const ending of endings) counts[ending] += 1;
  }
  deps.log('erased', { ...counts, left: numbers.length - next });
  if (counts.failed > 0) throw new Error(`${counts.failed} case(s) could not be erased`);
}

async function eraseOne(
  number: CaseNumber,
  today: string,
  context: StepContext,
  deps: EraseDependencies,
): Promise<'erased' | 'moved' | 'failed'> {
  try {
    const found = await deps.cases.case(number);
    // The index lags: the case was erased a moment ago, or is taken up again.
    if (found?.eraseOn === undefined || found.eraseOn > today) return 'moved';
    return (await eraseCase(found, deps, context)) === 'committed' ? 'erased' : 'moved';
  } catch (error) {
    deps.log('case-not-erased', { number, error: error instanceof Error ? error.name : typeof error });
    return 'failed';
  }
}
