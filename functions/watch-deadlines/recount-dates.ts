import type { CaseNumber } from '../../shared/case/case-number.ts';
import { NotAllowedNow, takeStep } from '../../shared/case/take-step.ts';
import { recountedClocks } from '../../shared/case/turn-clocks.ts';
import { shanghaiDate } from '../../shared/dates.ts';
import type { CaseStore } from '../../shared/store/case-store.ts';
import { inBatches, type WatchDependencies, watchContext } from './watch.ts';

const PAGE = 1_000;

/**
 * Counts the dates of open cases again by the calendar as it is now: those that were provisional, and all others
 * too, because a notice may move days of the year before it or correct its own year. A case whose dates stay as
 * they are gets no event.
 */
export async function recountDates(deps: WatchDependencies): Promise<void> {
  const context = await watchContext(deps);
  const { bureau } = context.registry;
  const provisional = await deps.cases.withProvisionalDates(bureau);
  const numbers = [...new Set([...provisional, ...(await openCases(bureau, deps.cases))])];
  await inBatches('dates-recounted', numbers, deps, async (number) => {
    const found = await deps.cases.case(number);
    if (found === undefined) return 0;
    const clocks = recountedClocks(found, context, shanghaiDate(deps.now()));
    if (clocks.length === 0) return 0;
    try {
      const step = takeStep(found, 'recount-dates', { clocks }, context);
      // A conflict means that somebody else moved the case: tomorrow's run looks at it as it is then.
      return (await deps.cases.commit({ steps: [step] })) === 'committed' ? 1 : 0;
    } catch (error) {
      // It was over in the meantime.
      if (error instanceof NotAllowedNow) return 0;
      throw error;
    }
  });
}

async function openCases(bureau: string, cases: CaseStore): Promise<CaseNumber[]> {
  const numbers: CaseNumber[] = [];
  let after: string | undefined;
  do {
    const page = await cases.openInBureau(bureau, PAGE, after);
    numbers.push(...page.items.map(({ number }) => number));
    after = page.next;
  } while (after !== undefined);
  return numbers;
}
