import { textRequest } from '../../events/text-request.ts';
import { readConfig } from '../../shared/config.ts';
import { CHANCE } from '../../shared/intake/chance.ts';
import { createBureauReader } from '../../shared/intake/create-understand.ts';
import { createLogger } from '../../shared/logging.ts';
import { replySenders } from '../../shared/notices/reply-senders.ts';
import { sqsFunction } from '../../shared/queue/sqs-function.ts';
import { createSqsReplyQueue } from '../../shared/queue/text-queue.ts';
import { bureauStores } from '../../shared/store/bureau-stores.ts';
import { createDynamoDbContactStore } from '../../shared/store/contact-store.ts';
import { createDocumentClient } from '../../shared/store/dynamodb.ts';
import { createDynamoDbCaseStore } from '../../shared/store/dynamodb-case-store.ts';
import { createDynamoDbIdentityStore } from '../../shared/store/dynamodb-identity-store.ts';
import { createDynamoDbTextStore } from '../../shared/store/dynamodb-text-store.ts';
import { createDynamoDbModelStore } from '../../shared/store/model-store.ts';
import { type AnswerDependencies, answer } from './answer.ts';

const config = readConfig('answer-text');
const { CASES_TABLE, IDENTITIES_TABLE, INFORMERS_TABLE, REGISTRY_TABLE, BUREAU } = config;
const logger = createLogger('answer-text');
const client = createDocumentClient();
const log: AnswerDependencies['log'] = (code, facts) => logger.info(code, facts);
const tables = { cases: CASES_TABLE, identities: IDENTITIES_TABLE, informers: INFORMERS_TABLE };
const models = createDynamoDbModelStore(client, REGISTRY_TABLE, BUREAU);
const deps: AnswerDependencies = {
  texts: createDynamoDbTextStore(client, IDENTITIES_TABLE),
  contacts: createDynamoDbContactStore(client, IDENTITIES_TABLE),
  people: createDynamoDbIdentityStore(client, IDENTITIES_TABLE),
  cases: createDynamoDbCaseStore(client, tables),
  ...bureauStores(client, config, CHANCE.now),
  replies: createSqsReplyQueue(config.REPLIES_QUEUE_URL),
  ...replySenders(client, config),
  reader: createBureauReader(import.meta.dirname, models, log),
  ...CHANCE,
  bureau: BUREAU,
  log,
};

/** SQS texts → a case, words added to one, a step, or a contact; and a reply. */
export const handler = sqsFunction(logger, textRequest, ({ text }) => answer(text, deps));
