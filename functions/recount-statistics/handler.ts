import { readConfig } from '../../shared/config.ts';
import { CHANCE } from '../../shared/intake/chance.ts';
import { createLogger } from '../../shared/logging.ts';
import { createDocumentClient } from '../../shared/store/dynamodb.ts';
import { createDynamoDbCaseStore } from '../../shared/store/dynamodb-case-store.ts';
import { createDynamoDbStatisticsStore } from '../../shared/store/dynamodb-statistics-store.ts';
import { createDynamoDbProofStore } from '../../shared/store/proof-store.ts';
import { type RecountDependencies, recountDaily } from './recount-daily.ts';

const config = readConfig('recount-statistics');
const logger = createLogger('recount-statistics');
const client = createDocumentClient();
const deps: RecountDependencies = {
  cases: createDynamoDbCaseStore(client, { cases: config.CASES_TABLE }),
  statistics: createDynamoDbStatisticsStore(client, config.STATISTICS_TABLE),
  proofs: createDynamoDbProofStore(client, config.STATISTICS_TABLE),
  now: CHANCE.now,
  log: (code, facts) => logger.info(code, facts),
};

/** Every night: the proof that the figures are what the history says. */
export const handler = async (): Promise<void> => recountDaily(deps);
