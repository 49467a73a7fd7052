import { checkLifeCycles } from '../../shared/case/life-cycle.ts';
import { readConfig } from '../../shared/config.ts';
import { httpFunction } from '../../shared/http/stack.ts';
import { CHANCE } from '../../shared/intake/chance.ts';
import { createLogger } from '../../shared/logging.ts';
import { bureauStores } from '../../shared/store/bureau-stores.ts';
import { createDynamoDbDeskWorkStore } from '../../shared/store/desk-work-store.ts';
import { createDocumentClient } from '../../shared/store/dynamodb.ts';
import { createDynamoDbCaseStore } from '../../shared/store/dynamodb-case-store.ts';
import { createDynamoDbIdentityStore } from '../../shared/store/dynamodb-identity-store.ts';
import type { InformerDependencies } from './informer.ts';
import { informerRoutes } from './routes.ts';

checkLifeCycles();
const config = readConfig('informer-api');
const logger = createLogger('informer-api');
const client = createDocumentClient();
const deps: InformerDependencies = {
  cases: createDynamoDbCaseStore(client, {
    cases: config.CASES_TABLE,
    identities: config.IDENTITIES_TABLE,
    informers: config.INFORMERS_TABLE,
  }),
  deskWork: createDynamoDbDeskWorkStore(client, {
    cases: config.CASES_TABLE,
    registry: config.REGISTRY_TABLE,
  }),
  informers: createDynamoDbIdentityStore(client, config.INFORMERS_TABLE),
  ...bureauStores(client, config, CHANCE.now),
  ...CHANCE,
  log: (code, facts) => logger.info(code, facts),
};

/** Who informed: a function of its own, so that no other one of the desk has a right to read the table. */
export const handler = httpFunction(logger, informerRoutes(deps));
