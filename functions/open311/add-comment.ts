import { rowsFor } from '../../shared/case/life-cycle.ts';
import { takeStep } from '../../shared/case/take-step.ts';
import { isTrackingSecret } from '../../shared/case/tracking-secret.ts';
import { COMPLAINANT, type FileMessageDependencies } from '../../shared/intake/file-message.ts';
import { settingsOf } from '../../shared/law/bureau-settings.ts';
import type { PostedComment } from '../../shared/open311/post-comment.ts';
import { BUSY, IS_OVER, WRONG_SECRET, type Wrong } from '../../shared/open311/refusal.ts';
import type { RegistryStore } from '../../shared/store/registry-store.ts';

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
  for (let attempt = 1; attempt <= TRIES; attempt += 1) {
    const found = await deps.cases.case(number);
    if (found === undefined || !isTrackingSecret(secret, found.secretHash)) return WRONG_SECRET;
    const history = await deps.cases.history(number);
    if (history.some(({ type, words }) => type === 'words-added' && words?.text === text)) return undefined;
    if (rowsFor(found.kind, found.state, 'add-words').length === 0) return IS_OVER;
    const { settings } = await deps.registry.read();
    const step = takeStep(
      found,
      'add-words',
      { text },
      {
        actor: COMPLAINANT,
        now: deps.now,
        salt: deps.salt,
        calendar: await deps.calendar.read(),
        settings: settingsOf(settings),
      },
    );
    if ((await deps.cases.commit({ steps: [step] })) === 'committed') {
      deps.log('words-added', { number });
      return undefined;
    }
  }
  return BUSY;
}
