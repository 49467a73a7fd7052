import { readConfig } from '../../shared/config.ts';
import { CHANCE } from '../../shared/intake/chance.ts';
import { createLogger } from '../../shared/logging.ts';
import { createDynamoDbBusinessStore } from '../../shared/store/business-store.ts';
import { createDocumentClient } from '../../shared/store/dynamodb.ts';
import { createDynamoDbStatisticsStore } from '../../shared/store/dynamodb-statistics-store.ts';
import { createDynamoDbOpenDataStore } from '../../shared/store/open-data-store.ts';
import { createDynamoDbRegistryStore } from '../../shared/store/registry-store.ts';
import { type ReleaseDependencies, releaseOpenData } from './release.ts';

const config = readConfig('release-open-data');
const logger = createLogger('release-open-data');
const client = createDocumentClient();
const deps: ReleaseDependencies = {
  openData: createDynamoDbOpenDataStore(client, config.PUBLIC_CASES_TABLE),
  businesses: createDynamoDbBusinessStore(client, config.REGISTRY_TABLE, config.BUREAU),
  statistics: createDynamoDbStatisticsStore(client, config.STATISTICS_TABLE),
  registry: createDynamoDbRegistryStore(client, config.REGISTRY_TABLE, config.BUREAU, CHANCE.now),
  now: CHANCE.now,
};

/** Every night: hides what is no longer published; once a month: the next release of open data. */
export const handler = async (): Promise<void> => {
  logger.info('open-data-released', { ...(await releaseOpenData(deps)) });
};
