import type { Context } from 'aws-lambda';
import * as z from 'zod';
import { readConfig } from '../../shared/config.ts';
import { CHANCE } from '../../shared/intake/chance.ts';
import { createLogger } from '../../shared/logging.ts';
import { createDocumentClient } from '../../shared/store/dynamodb.ts';
import { createDynamoDbStatisticsStore } from '../../shared/store/dynamodb-statistics-store.ts';
import { createDynamoDbRegistryStore } from '../../shared/store/registry-store.ts';
import { rollUp } from './roll-up.ts';

const { STATISTICS_TABLE, REGISTRY_TABLE, BUREAU: bureau } = readConfig('roll-up-statistics');
const logger = createLogger('roll-up-statistics');
const client = createDocumentClient();
const { now } = CHANCE;
const deps = {
  statistics: createDynamoDbStatisticsStore(client, STATISTICS_TABLE),
  registry: createDynamoDbRegistryStore(client, REGISTRY_TABLE, bureau, now),
  bureau,
  now,
};
const schedule = z.object({ everything: z.boolean().default(false) });
/** Kept back for the last day and its month. */
const RESERVE_MS = 30_000;

/** Every few minutes: the days whose figures changed. Every night: all days. */
export const handler = async (event: unknown, context: Context): Promise<void> => {
  const hasTime = () => context.getRemainingTimeInMillis() > RESERVE_MS;
  const done = await rollUp(schedule.parse(event), { ...deps, hasTime });
  logger.info('rolled-up', { ...done });
};
