import type { Case } from '../case/case.ts';
import type { CaseNumber } from '../case/case-number.ts';
import { isTrackingSecret } from '../case/tracking-secret.ts';
import type { CaseStore } from '../store/case-store.ts';
import { Problem } from './problem.ts';

/**
 * The case that this number and secret open. A number that does not exist and a wrong secret get the same
 * answer, so that nobody can find out which numbers exist.
 */
export async function trackedCase(
  number: CaseNumber,
  secret: string,
  cases: Pick<CaseStore, 'case'>,
): Promise<Case> {
  return openedBy(secret, await cases.case(number));
}

/** The same for a case that was read already. */
export function openedBy(secret: string, found: Case | undefined): Case {
  if (found !== undefined && isTrackingSecret(secret, found.secretHash)) return found;
  throw new Problem('wrong-secret', [
    {
      field: 'tracking-secret',
      zh: '编号或者查询码不正确，请核对',
      en: 'The number or the secret is not right; please check both',
    },
  ]);
}
