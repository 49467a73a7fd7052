import { checkLifeCycles } from '../../shared/case/life-cycle.ts';
import { readConfig } from '../../shared/config.ts';
import { httpFunction } from '../../shared/http/stack.ts';
import { CHANCE } from '../../shared/intake/chance.ts';
import { createLogger } from '../../shared/logging.ts';
import { withDeliveries } from '../../shared/notices/with-deliveries.ts';
import { bureauStores } from '../../shared/store/bureau-stores.ts';
import { createDynamoDbDeliveryStore } from '../../shared/store/delivery-store.ts';
import { createDynamoDbDeskWorkStore } from '../../shared/store/desk-work-store.ts';
import { createDocumentClient } from '../../shared/store/dynamodb.ts';
import { createDynamoDbCaseStore } from '../../shared/store/dynamodb-case-store.ts';
import { createDynamoDbIdentityStore } from '../../shared/store/dynamodb-identity-store.ts';
import { createDynamoDbNoticeStore } from '../../shared/store/dynamodb-notice-store.ts';
import { createDynamoDbIncidentStore } from '../../shared/store/incident-store.ts';
import { createDynamoDbPartnerStore } from '../../shared/store/partner-store.ts';
import { deskRoutes } from './routes.ts';

checkLifeCycles();
const config = readConfig('desk-api');
const logger = createLogger('desk-api');
const client = createDocumentClient();
const { CASES_TABLE: cases, IDENTITIES_TABLE: identities, INFORMERS_TABLE: informers } = config;
const routes = deskRoutes({
  cases: createDynamoDbCaseStore(client, { cases, identities, informers }),
  identities: createDynamoDbIdentityStore(client, identities),
  incidents: createDynamoDbIncidentStore(client, cases),
  deskWork: createDynamoDbDeskWorkStore(client, { cases, registry: config.REGISTRY_TABLE }),
  notices: withDeliveries(
    createDynamoDbNoticeStore(client, cases),
    createDynamoDbDeliveryStore(client, identities),
  ),
  ...bureauStores(client, config, CHANCE.now),
  partners: createDynamoDbPartnerStore(client, config.REGISTRY_TABLE, config.BUREAU, CHANCE.now),
  ...CHANCE,
  log: (code, facts) => logger.info(code, facts),
});
/** The desk of dispatchers and officers; API Gateway has verified the token. */
export const handler = httpFunction(logger, routes);
