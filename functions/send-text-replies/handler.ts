import { textRequest } from '../../events/text-request.ts';
import { readConfig } from '../../shared/config.ts';
import { createLogger } from '../../shared/logging.ts';
import { replySenders } from '../../shared/notices/reply-senders.ts';
import { sqsFunction } from '../../shared/queue/sqs-function.ts';
import { createDocumentClient } from '../../shared/store/dynamodb.ts';
import { createDynamoDbTextStore } from '../../shared/store/dynamodb-text-store.ts';
import { type SendReplyDependencies, sendReply } from './send-reply.ts';

const config = readConfig('send-text-replies');
const logger = createLogger('send-text-replies');
const client = createDocumentClient();
const deps: SendReplyDependencies = {
  texts: createDynamoDbTextStore(client, config.IDENTITIES_TABLE),
  ...replySenders(client, config),
  now: () => new Date(),
  log: (code, facts) => logger.info(code, facts),
};

/** SQS replies → SMS, each once. */
export const handler = sqsFunction(logger, textRequest, ({ text }) => sendReply(text, deps));
