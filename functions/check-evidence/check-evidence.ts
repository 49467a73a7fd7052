import type { EvidenceArrived } from '../../events/evidence.ts';
import type { Clock } from '../../shared/dates.ts';
import { BEGINNING_BYTES, isWhatItClaims } from '../../shared/evidence/claim.ts';
import {
  checkedKey,
  type Evidence,
  incomingKey,
  isOpen,
  kept,
  type Refusal,
  refused,
} from '../../shared/evidence/evidence.ts';
import type { Log } from '../../shared/logging.ts';
import type { EvidenceFiles } from '../../shared/store/evidence-objects.ts';
import type { EvidenceStore } from '../../shared/store/evidence-store.ts';

export interface CheckDependencies {
  files: EvidenceStore;
  objects: EvidenceFiles;
  now: Clock;
  log: Log;
}

/** Whoever sent the file says at the same moment that it is whole; the queue brings what is still refused after that. */
const TRIES = 5;

/** Lost too often against other changes of the same file: the queue has to bring the message again. */
class Overtaken extends Error {
  override name = 'Overtaken';
}

/**
 * Checks a file that has arrived to be what it claims: then it is kept, with its hash, where staff can open it; otherwise
 * it is refused. Safe to do twice, at the same moment, in any order; what is settled stays as it is.
 * @throws Overtaken when the queue has to bring the message again
 */
export async function checkEvidence({ number, id }: EvidenceArrived, deps: CheckDependencies): Promise<void> {
  const { files, objects } = deps;
  const incoming = incomingKey({ number, id });
  for (let attempt = 1; attempt <= TRIES; attempt += 1) {
    const before = await files.evidence(number, id);
    // Nobody announced it, or an earlier delivery has settled it.
    if (before === undefined || !isOpen(before)) return removeLeft(before, incoming, deps);
    const verdict = await verdictOn(before, deps);
    if (verdict === undefined) return deps.log('evidence-gone', { number });
    const after =
      'reason' in verdict
        ? refused(before, verdict.reason)
        : kept(before, verdict.sha256, deps.now().toISOString());
    if (after === undefined || (await files.save(after)) === 'conflict') continue;
    deps.log('evidence-checked', {
      number,
      type: after.type,
      state: after.state,
      reason: after.reason ?? '',
    });
    return objects.remove(incoming);
  }
  throw new Overtaken();
}

/** What the file is found to be; a good one lies with the checked files then. Undefined: there is nothing to look at. */
async function verdictOn(
  evidence: Evidence,
  { objects }: CheckDependencies,
): Promise<{ reason: Refusal } | { sha256: string } | undefined> {
  const key = incomingKey(evidence);
  const file = await objects.beginning(key, BEGINNING_BYTES);
  // Said to be whole, and not there: cleared away before anybody looked at it.
  if (file === undefined) return evidence.state === 'checking' ? { reason: 'lost' } : undefined;
  if (file.size !== evidence.size) return { reason: 'wrong-size' };
  if (!isWhatItClaims(file.bytes, evidence.type)) return { reason: 'not-what-it-claims' };
  const sha256 = await objects.sha256(key, file.etag);
  await objects.copy({ key, etag: file.etag }, checkedKey(evidence), evidence.type);
  return { sha256 };
}

/** A settled file does not stay where files arrive; of a case that was erased meanwhile nothing stays. */
async function removeLeft(
  settled: Evidence | undefined,
  incoming: string,
  { objects }: CheckDependencies,
): Promise<void> {
  if (settled?.state === 'erased') await objects.remove(checkedKey(settled));
  await objects.remove(incoming);
}
