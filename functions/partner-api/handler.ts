import { checkLifeCycles } from '../../shared/case/life-cycle.ts';
import { readConfig } from '../../shared/config.ts';
import { httpFunction } from '../../shared/http/stack.ts';
import { CHANCE } from '../../shared/intake/chance.ts';
import { createLogger } from '../../shared/logging.ts';
import { bureauStores } from '../../shared/store/bureau-stores.ts';
import { createDocumentClient } from '../../shared/store/dynamodb.ts';
import { createDynamoDbCaseStore } from '../../shared/store/dynamodb-case-store.ts';
import { createDynamoDbIdentityStore } from '../../shared/store/dynamodb-identity-store.ts';
import { createDynamoDbPartnerStore } from '../../shared/store/partner-store.ts';
import type { PartnerDependencies } from './partner-api.ts';
import { partnerRoutes } from './routes.ts';

checkLifeCycles();
const config = readConfig('partner-api');
const logger = createLogger('partner-api');
const client = createDocumentClient();
const deps: PartnerDependencies = {
  cases: createDynamoDbCaseStore(client, { cases: config.CASES_TABLE }),
  identities: createDynamoDbIdentityStore(client, config.IDENTITIES_TABLE),
  partners: createDynamoDbPartnerStore(client, config.REGISTRY_TABLE, config.BUREAU, CHANCE.now),
  ...bureauStores(client, config, CHANCE.now),
  linkKeys: config.PARTNER_LINK_KEYS,
  ...CHANCE,
  log: (code, facts) => logger.info(code, facts),
};

/** Rights stations and businesses, by a link from a notice or signed by their own system. */
export const handler = httpFunction(logger, partnerRoutes(deps));
