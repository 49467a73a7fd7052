import { transcriptDelivered } from '../../events/transcript-delivered.ts';
import { readConfig } from '../../shared/config.ts';
import { CHANCE } from '../../shared/intake/chance.ts';
import { createBureauUnderstand } from '../../shared/intake/create-understand.ts';
import { createLogger } from '../../shared/logging.ts';
import { createSqsSilenceQueue } from '../../shared/queue/silence-queue.ts';
import { sqsFunction } from '../../shared/queue/sqs-function.ts';
import { bureauStores } from '../../shared/store/bureau-stores.ts';
import { createS3CallObjects } from '../../shared/store/call-objects.ts';
import { createDynamoDbCallStore } from '../../shared/store/call-store.ts';
import { createDynamoDbContactStore } from '../../shared/store/contact-store.ts';
import { createDocumentClient } from '../../shared/store/dynamodb.ts';
import { createDynamoDbCaseStore } from '../../shared/store/dynamodb-case-store.ts';
import { createDynamoDbModelStore } from '../../shared/store/model-store.ts';
import { SILENCE_SECONDS, type TranscriptDependencies, takeDelivered } from './read-transcript.ts';

const config = readConfig('read-transcript');
const logger = createLogger('read-transcript');
const client = createDocumentClient();
const log: TranscriptDependencies['log'] = (code, facts) => logger.info(code, facts);
const { CASES_TABLE, IDENTITIES_TABLE, INFORMERS_TABLE, REGISTRY_TABLE, BUREAU } = config;
const tables = { cases: CASES_TABLE, identities: IDENTITIES_TABLE, informers: INFORMERS_TABLE };
const models = createDynamoDbModelStore(client, REGISTRY_TABLE, BUREAU);
const deps: TranscriptDependencies = {
  objects: createS3CallObjects(config.CALLS_BUCKET),
  calls: createDynamoDbCallStore(client, IDENTITIES_TABLE),
  contacts: createDynamoDbContactStore(client, IDENTITIES_TABLE),
  silence: createSqsSilenceQueue(config.CALLS_QUEUE_URL, SILENCE_SECONDS),
  cases: createDynamoDbCaseStore(client, tables),
  ...bureauStores(client, { REGISTRY_TABLE, BUREAU }, CHANCE.now),
  understand: createBureauUnderstand(import.meta.dirname, models, log),
  bureau: BUREAU,
  ...CHANCE,
  log,
};

/** SQS calls → a case, words added to one, or a contact. */
export const handler = sqsFunction(logger, transcriptDelivered, (message) => takeDelivered(message, deps));
