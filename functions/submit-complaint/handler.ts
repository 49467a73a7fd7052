import { randomBytes, randomInt, randomUUID } from 'node:crypto';
import { idempotencyKey, submission } from '../../events/submission.ts';
import { readConfig } from '../../shared/config.ts';
import { shanghaiDate } from '../../shared/dates.ts';
import { parseBody, parseHeader } from '../../shared/http/parse.ts';
import { httpFunction } from '../../shared/http/stack.ts';
import { createLogger } from '../../shared/logging.ts';
import { createDynamoDbCalendarStore } from '../../shared/store/calendar-store.ts';
import { createDocumentClient } from '../../shared/store/dynamodb.ts';
import { createDynamoDbCaseStore } from '../../shared/store/dynamodb-case-store.ts';
import { createDynamoDbRegistryStore } from '../../shared/store/registry-store.ts';
import { type SubmitDependencies, submit } from './submit.ts';

const config = readConfig('submit-complaint');
const now = () => new Date();
const schema = submission(() => shanghaiDate(now()));
const logger = createLogger('submit-complaint');
const client = createDocumentClient();
const deps: SubmitDependencies = {
  cases: createDynamoDbCaseStore(client, {
    cases: config.CASES_TABLE,
    identities: config.IDENTITIES_TABLE,
    informers: config.INFORMERS_TABLE,
  }),
  registry: createDynamoDbRegistryStore(client, config.REGISTRY_TABLE, config.BUREAU, now),
  calendar: createDynamoDbCalendarStore(client, config.REGISTRY_TABLE, now),
  bureau: config.BUREAU,
  now,
  randomInt,
  randomBytes,
  salt: randomUUID,
  log: (code, facts) => logger.info(code, facts),
};

/** POST /complaints */
export const handler = httpFunction(logger, {
  'POST /complaints': async (event) =>
    submit(parseBody(event, schema), parseHeader(event, 'idempotency-key', idempotencyKey), deps),
});
