import type { CaseNumber } from '../../shared/case/case-number.ts';
import type { Clock } from '../../shared/dates.ts';
import { openRow } from '../../shared/open-data/row.ts';
import { type ReadPublicCaseDependencies, readPublicCase } from '../../shared/open311/read-public-case.ts';
import type { OpenDataStore } from '../../shared/store/open-data-store.ts';
import type { PublicCaseStore } from '../../shared/store/public-case-store.ts';

export interface PublishDependencies extends ReadPublicCaseDependencies {
  publicCases: Pick<PublicCaseStore, 'publish'>;
  openData: Pick<OpenDataStore, 'stage'>;
  now: Clock;
}

/**
 * Makes what strangers may read of a case anew, or takes it away, and stages what may become open data of it. The
 * message says only which case: it may come twice, late, or before another one; the case as it is now decides.
 * @returns true where something of it is shown
 */
export async function publishCase(number: CaseNumber, deps: PublishDependencies): Promise<boolean> {
  const read = await readPublicCase(number, deps);
  if (read === undefined) throw new Error('a step of a case that does not exist');
  const { version, shown, found, history } = read;
  const now = deps.now().toISOString();
  await deps.publicCases.publish({ number, version, shown }, now);
  // Only a published complaint has a row; of any other case only that it has none is noted.
  await deps.openData.stage({ number, version, row: openRow(found, history) }, now);
  return shown !== undefined;
}
