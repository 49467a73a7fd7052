import type { Case } from '../../shared/case/case.ts';
import { rowsFor } from '../../shared/case/life-cycle.ts';
import { takeStep } from '../../shared/case/take-step.ts';
import { isTrackingSecret } from '../../shared/case/tracking-secret.ts';
import { COMPLAINANT, type FileMessageDependencies } from '../../shared/intake/file-message.ts';
import type { PostedComment } from '../../shared/open311/post-comment.ts';
import { BUSY, IS_OVER, WRONG_SECRET, type Wrong } from '../../shared/open311/refusal.ts';
import type { RegistryStore } from '../../shared/store/registry-store.ts';
import { type Decision, stepContext, stepOnCase } from '../../shared/store/step-on-case.ts';

/** Somebody of the bureau may move the case at the same moment. */
const TRIES = 3;

/**
 * Adds what a consumer says to his own case, once: the same words again change nothing.
 * @returns why it was not added, if it was not
 */
export async function addComment(
  { number, text, secret }: PostedComment,
  deps: FileMessageDependencies & { registry: RegistryStore },
): Promise<Wrong | undefined> {
  const decide = async (found: Case | undefined): Promise<Decision<Wrong | 'added' | 'known'>> => {
    if (found === undefined || !isTrackingSecret(secret, found.secretHash)) return { end: WRONG_SECRET };
    const history = await deps.cases.history(number);
    if (history.some(({ type, words }) => type === 'words-added' && words?.text === text))
      return { end: 'known' };
    if (rowsFor(found.kind, found.state, 'add-words').length === 0) return { end: IS_OVER };
    const context = await stepContext(COMPLAINANT, await deps.registry.read(), deps);
    return { step: takeStep(found, 'add-words', { text }, context), meaning: 'added' };
  };
  const outcome = await stepOnCase(number, decide, { cases: deps.cases, tries: TRIES });
  if (outcome === 'overtaken') return BUSY;
  if (outcome === 'added') deps.log('words-added', { number });
  return typeof outcome === 'string' ? undefined : outcome;
}
