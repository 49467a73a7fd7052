import type { Kind } from '../case/case.ts';
import type { CaseNumber } from '../case/case-number.ts';
import { checkedKey, erased, incomingKey } from '../evidence/evidence.ts';
import type { EvidenceFiles } from './evidence-objects.ts';
import type { EvidenceStore } from './evidence-store.ts';

/** Deletes people's data that lie beside a case; its facts, its history's hashes and all keys stay. */
export interface Eraser {
  /**
   * Deletes what people wrote in the history, where notices went, who sent the case, the entries by which
   * their phone numbers find it, and the call it came by. Safe to do twice, and to go on with where another attempt was interrupted.
   */
  erase(number: CaseNumber, kind: Kind): Promise<void>;
}

/** Erases the files of a case and their names; which there were, of which size and hash, stays. */
export function createEvidenceEraser(files: EvidenceStore, objects: Pick<EvidenceFiles, 'remove'>): Eraser {
  return {
    async erase(number) {
      for (const file of await files.ofCase(number)) {
        // First of all, so that a check that is just under way keeps nothing.
        if (file.state !== 'erased' && (await files.save(erased(file))) === 'conflict') {
          throw new Error('A file of the case changed meanwhile');
        }
        await objects.remove(incomingKey(file));
        await objects.remove(checkedKey(file));
      }
    },
  };
}

/** Erases with each of these, one after the other. */
export function eraseWithAll(...erasers: readonly Eraser[]): Eraser {
  return {
    async erase(number, kind) {
      for (const eraser of erasers) await eraser.erase(number, kind);
    },
  };
}
