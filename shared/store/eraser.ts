import type { Kind } from '../case/case.ts';
import type { CaseNumber } from '../case/case-number.ts';

/** Deletes people's data that lie beside a case; its facts, its history's hashes and all keys stay. */
export interface Eraser {
  /**
   * Deletes what people wrote in the history, where notices went, who sent the case, and the entries by which
   * their phone numbers find it. Safe to do twice, and to go on with where another attempt was interrupted.
   */
  erase(number: CaseNumber, kind: Kind): Promise<void>;
}
