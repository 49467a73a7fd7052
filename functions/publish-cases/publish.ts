import type { CaseNumber } from '../../shared/case/case-number.ts';
import type { Clock } from '../../shared/dates.ts';
import { type ReadPublicCaseDependencies, readPublicCase } from '../../shared/open311/read-public-case.ts';
import type { PublicCaseStore } from '../../shared/store/public-case-store.ts';

export interface PublishDependencies extends ReadPublicCaseDependencies {
  publicCases: Pick<PublicCaseStore, 'publish'>;
  now: Clock;
}

/**
 * Makes what strangers may read of a case anew, or takes it away. The message says only which case: it may come twice,
 * late, or before another one; the case as it is now decides.
 */
export async function publishCase(number: CaseNumber, deps: PublishDependencies): Promise<void> {
  const publication = await readPublicCase(number, deps);
  if (publication === undefined) throw new Error('a step of a case that does not exist');
  await deps.publicCases.publish(publication, deps.now().toISOString());
}
