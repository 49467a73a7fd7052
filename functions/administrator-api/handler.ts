import { readConfig } from '../../shared/config.ts';
import { httpFunction } from '../../shared/http/stack.ts';
import { CHANCE } from '../../shared/intake/chance.ts';
import { createLogger } from '../../shared/logging.ts';
import { bureauStores } from '../../shared/store/bureau-stores.ts';
import { createDocumentClient } from '../../shared/store/dynamodb.ts';
import { createDynamoDbStatisticsStore } from '../../shared/store/dynamodb-statistics-store.ts';
import { createDynamoDbNotedStore } from '../../shared/store/noted-store.ts';
import { createDynamoDbRuleStore } from '../../shared/store/rule-store.ts';
import type { AdministratorDependencies } from './administrator.ts';
import { administratorRoutes } from './routes.ts';

const config = readConfig('administrator-api');
const logger = createLogger('administrator-api');
const client = createDocumentClient();
const { REGISTRY_TABLE, STATISTICS_TABLE, BUREAU } = config;

const deps: AdministratorDependencies = {
  bureau: BUREAU,
  ...bureauStores(client, config, CHANCE.now),
  rules: createDynamoDbRuleStore(client, REGISTRY_TABLE, BUREAU, CHANCE.now),
  statistics: createDynamoDbStatisticsStore(client, STATISTICS_TABLE),
  noted: createDynamoDbNotedStore(client, REGISTRY_TABLE, BUREAU),
  now: CHANCE.now,
  log: (code, facts) => logger.info(code, { ...facts }),
};

/** The register, settings, calendar and people of a bureau, and what administrators did; API Gateway has verified the token. */
export const handler = httpFunction(logger, administratorRoutes(deps));
