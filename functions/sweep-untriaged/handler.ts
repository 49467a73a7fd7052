import { readConfig } from '../../shared/config.ts';
import { createLogger } from '../../shared/logging.ts';
import { createSqsTriageQueue } from '../../shared/queue/triage-queue.ts';
import { createDocumentClient } from '../../shared/store/dynamodb.ts';
import { createDynamoDbCaseStore } from '../../shared/store/dynamodb-case-store.ts';
import { sweep } from './sweep.ts';

const config = readConfig('sweep-untriaged');
const logger = createLogger('sweep-untriaged');
const deps = {
  cases: createDynamoDbCaseStore(createDocumentClient(), { cases: config.CASES_TABLE }),
  queue: createSqsTriageQueue(config.TRIAGE_QUEUE_URL),
  now: () => new Date(),
};

/** Every minute: no complaint is left behind when a message is lost. */
export const handler = async (): Promise<void> => {
  logger.info('swept', { asked: await sweep(deps) });
};
