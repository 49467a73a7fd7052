import { readConfig } from '../../shared/config.ts';
import { createLogger } from '../../shared/logging.ts';
import { streamFunction } from '../../shared/queue/stream-function.ts';
import { createDocumentClient } from '../../shared/store/dynamodb.ts';
import { createDynamoDbCaseStore } from '../../shared/store/dynamodb-case-store.ts';
import { createDynamoDbStatisticsStore } from '../../shared/store/dynamodb-statistics-store.ts';
import { tally } from './tally.ts';

const config = readConfig('tally-statistics');
const client = createDocumentClient();
const deps = {
  cases: createDynamoDbCaseStore(client, { cases: config.CASES_TABLE }),
  statistics: createDynamoDbStatisticsStore(client, config.STATISTICS_TABLE),
};

/** Stream of the cases table → ledger and counters. */
export const handler = streamFunction(createLogger('tally-statistics'), (records) => tally(records, deps));
