import * as z from 'zod';
import { readConfig } from '../../shared/config.ts';
import { createLogger } from '../../shared/logging.ts';
import { createSqsReplyQueue } from '../../shared/queue/text-queue.ts';
import { createDynamoDbAlarmStore } from '../../shared/store/alarm-store.ts';
import { createDocumentClient } from '../../shared/store/dynamodb.ts';
import { createDynamoDbTextStore } from '../../shared/store/dynamodb-text-store.ts';
import { createDynamoDbSubscriberStore } from '../../shared/store/subscriber-store.ts';
import { type SpreadDependencies, spreadWarnings } from './spread-warnings.ts';

const config = readConfig('spread-warnings');
const logger = createLogger('spread-warnings');
const client = createDocumentClient();
const deps: SpreadDependencies = {
  alarms: createDynamoDbAlarmStore(client, config.REGISTRY_TABLE, config.BUREAU),
  subscribers: createDynamoDbSubscriberStore(client, config.IDENTITIES_TABLE, config.BUREAU),
  texts: createDynamoDbTextStore(client, config.IDENTITIES_TABLE),
  replies: createSqsReplyQueue(config.REPLIES_QUEUE_URL),
  now: () => new Date(),
  log: (code, facts) => logger.info(code, facts),
};

/** What the schedule sends has neither; a person may invoke it by night when it cannot wait for the morning. */
const invocation = z.object({ anyHour: z.boolean().default(false) });

/** Every five minutes, by day: published warnings go to who asked for them. */
export const handler = async (event: unknown): Promise<void> => spreadWarnings(invocation.parse(event), deps);
