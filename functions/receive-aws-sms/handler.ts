import { readConfig } from '../../shared/config.ts';
import { keepTexts } from '../../shared/intake/keep-texts.ts';
import { createLogger } from '../../shared/logging.ts';
import { sqsRecords } from '../../shared/queue/sqs-function.ts';
import { createSqsTextQueue } from '../../shared/queue/text-queue.ts';
import { createDynamoDbContactStore } from '../../shared/store/contact-store.ts';
import { createDynamoDbDeliveryStore } from '../../shared/store/delivery-store.ts';
import { createDocumentClient } from '../../shared/store/dynamodb.ts';
import { createDynamoDbTextStore } from '../../shared/store/dynamodb-text-store.ts';

const config = readConfig('receive-aws-sms');
const logger = createLogger('receive-aws-sms');
const client = createDocumentClient();
const deps = {
  texts: createDynamoDbTextStore(client, config.IDENTITIES_TABLE),
  contacts: createDynamoDbContactStore(client, config.IDENTITIES_TABLE),
  deliveries: createDynamoDbDeliveryStore(client, config.IDENTITIES_TABLE),
  queue: createSqsTextQueue(config.TEXTS_QUEUE_URL),
  now: () => new Date(),
  log: (code: string, facts: Readonly<Record<string, string | number>>) => logger.info(code, facts),
};

/** SQS behind the SNS topic of AWS End User Messaging → texts, and reports of what we sent. */
export const handler = sqsRecords(logger, async ({ body, messageId, attributes }) => {
  const receivedAt = new Date(Number(attributes.SentTimestamp)).toISOString();
  await keepTexts('aws', { body, as: 'either', receivedAt, id: messageId }, deps);
});
