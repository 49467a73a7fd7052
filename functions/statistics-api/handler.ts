import { statisticsQuery } from '../../events/statistics-query.ts';
import { readConfig } from '../../shared/config.ts';
import { parseParameters } from '../../shared/http/parse.ts';
import { httpFunction } from '../../shared/http/stack.ts';
import { createLogger } from '../../shared/logging.ts';
import { createDocumentClient } from '../../shared/store/dynamodb.ts';
import { createDynamoDbStatisticsStore } from '../../shared/store/dynamodb-statistics-store.ts';
import { createDynamoDbRegistryStore } from '../../shared/store/registry-store.ts';
import { listUnits, report } from './report.ts';

const config = readConfig('statistics-api');
const client = createDocumentClient();
const now = () => new Date();
const deps = {
  statistics: createDynamoDbStatisticsStore(client, config.STATISTICS_TABLE),
  registry: createDynamoDbRegistryStore(client, config.REGISTRY_TABLE, config.BUREAU, now),
  now,
};

/** GET /statistics, GET /units: published figures (Order 121 Art. 38), so open to everyone. */
export const handler = httpFunction(createLogger('statistics-api'), {
  'GET /statistics': async (event) =>
    report(parseParameters(event.queryStringParameters ?? {}, statisticsQuery), deps),
  'GET /units': async () => listUnits(deps),
});
