import type { Case } from '../case/case.ts';
import { type StepContext, takeStep } from '../case/take-step.ts';
import type { CaseStore, Outcome } from './case-store.ts';
import type { Eraser } from './eraser.ts';

/**
 * Erases people's data of one case whose term is over (Personal Information Protection Law Art. 47). The step is
 * written last: an erasure that was interrupted is due again, and is finished then.
 * @throws GuardRefusal when the data are still needed, before anything is deleted
 */
export async function eraseCase(
  found: Case,
  { cases, eraser }: { cases: Pick<CaseStore, 'commit'>; eraser: Eraser },
  context: StepContext,
): Promise<Outcome> {
  const step = takeStep(found, 'erase', {}, context);
  await eraser.erase(found.number, found.kind);
  return cases.commit({ steps: [step] });
}
