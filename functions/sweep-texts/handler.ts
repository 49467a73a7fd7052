import { readConfig } from '../../shared/config.ts';
import { createLogger } from '../../shared/logging.ts';
import { createSqsTextQueue } from '../../shared/queue/text-queue.ts';
import { createDocumentClient } from '../../shared/store/dynamodb.ts';
import { createDynamoDbTextStore } from '../../shared/store/dynamodb-text-store.ts';
import { sweepTexts } from './sweep-texts.ts';

const config = readConfig('sweep-texts');
const logger = createLogger('sweep-texts');
const deps = {
  texts: createDynamoDbTextStore(createDocumentClient(), config.IDENTITIES_TABLE),
  queue: createSqsTextQueue(config.TEXTS_QUEUE_URL),
  now: () => new Date(),
};

/** Every minute: no text is left behind when a message is lost; silence ends gatherings and talks. */
export const handler = async (): Promise<void> => {
  logger.info('swept', { asked: await sweepTexts(deps) });
};
