import { readConfig } from '../../shared/config.ts';
import { deployedFunctions, deployedQueues } from '../../shared/health/deployed.ts';
import { createCloudWatchMetrics } from '../../shared/health/metrics.ts';
import { httpFunction } from '../../shared/http/stack.ts';
import { CHANCE } from '../../shared/intake/chance.ts';
import { createLogger, type Log } from '../../shared/logging.ts';
import { createSqsWatchedQueues } from '../../shared/queue/watched-queues.ts';
import { createDocumentClient } from '../../shared/store/dynamodb.ts';
import { createDynamoDbStatisticsStore } from '../../shared/store/dynamodb-statistics-store.ts';
import { createDynamoDbNotedStore } from '../../shared/store/noted-store.ts';
import { createDynamoDbProofStore } from '../../shared/store/proof-store.ts';
import { healthRoutes } from './routes.ts';

const config = readConfig('health-api');
const logger = createLogger('health-api');
const client = createDocumentClient();
const log: Log = (code, facts) => logger.info(code, { ...facts });

const deps = {
  bureau: config.BUREAU,
  queues: deployedQueues.parse(config.QUEUES),
  functions: deployedFunctions.parse(config.FUNCTIONS),
  watched: createSqsWatchedQueues(config.QUEUE_URLS),
  metrics: createCloudWatchMetrics(log),
  proofs: createDynamoDbProofStore(client, config.STATISTICS_TABLE),
  statistics: createDynamoDbStatisticsStore(client, config.STATISTICS_TABLE),
  noted: createDynamoDbNotedStore(client, config.REGISTRY_TABLE, config.BUREAU),
  now: CHANCE.now,
  log,
};

/** How the system stands, what its queues gave up, and bringing that back; API Gateway has verified the token. */
export const handler = httpFunction(logger, healthRoutes(deps));
