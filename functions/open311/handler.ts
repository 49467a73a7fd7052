import { submission } from '../../events/submission.ts';
import { readConfig } from '../../shared/config.ts';
import { shanghaiDate } from '../../shared/dates.ts';
import { httpFunction } from '../../shared/http/stack.ts';
import { CHANCE } from '../../shared/intake/chance.ts';
import { createLogger, describeError } from '../../shared/logging.ts';
import { bureauStores } from '../../shared/store/bureau-stores.ts';
import { createDocumentClient } from '../../shared/store/dynamodb.ts';
import { createDynamoDbCaseStore } from '../../shared/store/dynamodb-case-store.ts';
import { createDynamoDbGuardStore } from '../../shared/store/guard-store.ts';
import { createDynamoDbPublicCaseStore } from '../../shared/store/public-case-store.ts';
import { askedOf, type Open311Dependencies, open311 } from './open311.ts';

const env = readConfig('open311');
const tables = { cases: env.CASES_TABLE, identities: env.IDENTITIES_TABLE, informers: env.INFORMERS_TABLE };
const logger = createLogger('open311');
const client = createDocumentClient();
const deps: Open311Dependencies = {
  cases: createDynamoDbCaseStore(client, tables),
  ...bureauStores(client, env, CHANCE.now),
  guard: createDynamoDbGuardStore(client, env.IDENTITIES_TABLE),
  publicCases: createDynamoDbPublicCaseStore(client, env.PUBLIC_CASES_TABLE),
  schema: submission(() => shanghaiDate(CHANCE.now())),
  bureau: env.BUREAU,
  ...CHANCE,
  log: (code, facts) => logger.info(code, facts),
  failed: (error) => logger.error('request-failed', { fault: describeError(error) }),
};
export const handler = httpFunction(logger, {
  'GET /open311/v2/{proxy+}': async (event) => open311(askedOf(event), deps),
  'POST /open311/v2/{proxy+}': async (event) => open311(askedOf(event), deps),
});
