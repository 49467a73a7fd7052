import { checkLifeCycles } from '../../shared/case/life-cycle.ts';
import { readConfig } from '../../shared/config.ts';
import { CHANCE } from '../../shared/intake/chance.ts';
import { createLogger } from '../../shared/logging.ts';
import { bureauStores } from '../../shared/store/bureau-stores.ts';
import { createDocumentClient } from '../../shared/store/dynamodb.ts';
import { createDynamoDbCaseStore } from '../../shared/store/dynamodb-case-store.ts';
import { createDynamoDbEraser } from '../../shared/store/dynamodb-eraser.ts';
import { createEvidenceEraser, eraseWithAll } from '../../shared/store/eraser.ts';
import { createS3Evidence } from '../../shared/store/evidence-objects.ts';
import { createDynamoDbEvidenceStore } from '../../shared/store/evidence-store.ts';
import { type EraseDependencies, eraseExpired } from './erase-expired.ts';

checkLifeCycles();
const { CASES_TABLE, IDENTITIES_TABLE, INFORMERS_TABLE, REGISTRY_TABLE, EVIDENCE_BUCKET, BUREAU } =
  readConfig('erase-expired');
const logger = createLogger('erase-expired');
const client = createDocumentClient();
const deps: EraseDependencies = {
  cases: createDynamoDbCaseStore(client, { cases: CASES_TABLE }),
  eraser: eraseWithAll(
    createEvidenceEraser(createDynamoDbEvidenceStore(client, CASES_TABLE), createS3Evidence(EVIDENCE_BUCKET)),
    createDynamoDbEraser(client, {
      cases: CASES_TABLE,
      identities: IDENTITIES_TABLE,
      informers: INFORMERS_TABLE,
    }),
  ),
  ...bureauStores(client, { REGISTRY_TABLE, BUREAU }, CHANCE.now),
  ...CHANCE,
  log: (code, facts) => logger.info(code, facts),
};

/** Every day: people's data go when their purpose has ended. */
export const handler = async (): Promise<void> => eraseExpired(deps);
