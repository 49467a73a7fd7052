import { readConfig } from '../../shared/config.ts';
import { httpFunction } from '../../shared/http/stack.ts';
import { createLogger, describeError } from '../../shared/logging.ts';
import { createSqsTextQueue } from '../../shared/queue/text-queue.ts';
import { createDynamoDbContactStore } from '../../shared/store/contact-store.ts';
import { createDynamoDbDeliveryStore } from '../../shared/store/delivery-store.ts';
import { createDocumentClient } from '../../shared/store/dynamodb.ts';
import { createDynamoDbTextStore } from '../../shared/store/dynamodb-text-store.ts';
import { gatesOf, pushOf } from './gates.ts';
import { type ReceiveDependencies, receive, receiveReports } from './receive.ts';

const config = readConfig('receive-sms');
const logger = createLogger('receive-sms');
const client = createDocumentClient();
const now = () => new Date();
const deps: ReceiveDependencies = {
  gates: gatesOf(config, now),
  texts: createDynamoDbTextStore(client, config.IDENTITIES_TABLE),
  contacts: createDynamoDbContactStore(client, config.IDENTITIES_TABLE),
  deliveries: createDynamoDbDeliveryStore(client, config.IDENTITIES_TABLE),
  queue: createSqsTextQueue(config.TEXTS_QUEUE_URL),
  now,
  log: (code, facts) => logger.info(code, facts),
  fault: (code, error) => logger.error(code, { fault: describeError(error) }),
};

/** What providers of SMS push: texts, and what became of ours. */
export const handler = httpFunction(logger, {
  'POST /channels/sms/{provider}': async (event) => receive(pushOf(event), deps),
  'POST /channels/sms/{provider}/reports': async (event) => receiveReports(pushOf(event), deps),
});
