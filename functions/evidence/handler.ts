import { readConfig } from '../../shared/config.ts';
import { httpFunction } from '../../shared/http/stack.ts';
import { createLogger } from '../../shared/logging.ts';
import { createDocumentClient } from '../../shared/store/dynamodb.ts';
import { createDynamoDbCaseStore } from '../../shared/store/dynamodb-case-store.ts';
import { createDynamoDbIdentityStore } from '../../shared/store/dynamodb-identity-store.ts';
import { createS3Evidence } from '../../shared/store/evidence-objects.ts';
import { createDynamoDbEvidenceStore } from '../../shared/store/evidence-store.ts';
import { evidenceRoutes } from './routes.ts';

const config = readConfig('evidence');
const logger = createLogger('evidence');
const client = createDocumentClient();
const deps = {
  cases: createDynamoDbCaseStore(client, { cases: config.CASES_TABLE }),
  files: createDynamoDbEvidenceStore(client, config.CASES_TABLE),
  uploads: createS3Evidence(config.EVIDENCE_BUCKET),
  complainants: createDynamoDbIdentityStore(client, config.IDENTITIES_TABLE),
  informers: createDynamoDbIdentityStore(client, config.INFORMERS_TABLE),
  now: () => new Date(),
  log: (code: string, facts: Record<string, unknown>) => logger.info(code, facts),
};

/** Files that go with a case. They never pass through here: people put them straight into the storage. */
export const handler = httpFunction(logger, evidenceRoutes(deps));
