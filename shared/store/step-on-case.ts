import type { Actor, Case } from '../case/case.ts';
import type { CaseNumber } from '../case/case-number.ts';
import type { Step, StepContext } from '../case/take-step.ts';
import type { Clock } from '../dates.ts';
import type { Registry } from '../jurisdiction/registry.ts';
import { settingsOf } from '../law/bureau-settings.ts';
import type { CalendarStore } from './calendar-store.ts';
import type { CaseStore } from './case-store.ts';

/** What a step needs beside its case: who takes it, the time, the calendar, the bureau's settings and register. */
export async function stepContext(
  actor: Actor,
  registry: Registry,
  { calendar, now, salt }: { calendar: Pick<CalendarStore, 'read'>; now: Clock; salt: () => string },
): Promise<StepContext & { registry: Registry }> {
  const settings = settingsOf(registry.settings);
  return { actor, now, salt, calendar: await calendar.read(), settings, registry };
}

/** What is to be done with a case as it was just read: a step, and what its keeping means; or nothing, and why. */
export type Decision<Meaning> = { step: Step; meaning: Meaning } | { end: Meaning };

/**
 * Decides on a case as it is now and keeps the step; looks again when somebody was faster. Whatever else `decide` reads of
 * the case it reads after it: what is written from then on makes the commit fail.
 * @param decide must be safe to do again; what it throws ends the tries
 * @returns what the decision means; `overtaken` when somebody was faster at every try
 */
export async function stepOnCase<Meaning>(
  number: CaseNumber,
  decide: (found: Case | undefined) => Promise<Decision<Meaning>>,
  { cases, tries }: { cases: Pick<CaseStore, 'case' | 'commit'>; tries: number },
): Promise<Meaning | 'overtaken'> {
  for (let attempt = 1; attempt <= tries; attempt += 1) {
    const decision = await decide(await cases.case(number));
    if ('end' in decision) return decision.end;
    if ((await cases.commit({ steps: [decision.step] })) === 'committed') return decision.meaning;
  }
  return 'overtaken';
}
