import { readConfig } from '../../shared/config.ts';
import { createLogger } from '../../shared/logging.ts';
import { streamFunction } from '../../shared/queue/stream-function.ts';
import { createDocumentClient } from '../../shared/store/dynamodb.ts';
import { createDynamoDbStatisticsStore } from '../../shared/store/dynamodb-statistics-store.ts';
import { tally } from './tally.ts';

const { STATISTICS_TABLE } = readConfig('tally-statistics');
const statistics = createDynamoDbStatisticsStore(createDocumentClient(), STATISTICS_TABLE);

/** Stream of the cases table → counters. */
export const handler = streamFunction(createLogger('tally-statistics'), (records) =>
  tally(records, statistics),
);
