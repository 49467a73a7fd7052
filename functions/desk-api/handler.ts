import { randomInt, randomUUID } from 'node:crypto';
import { checkLifeCycles } from '../../shared/case/life-cycle.ts';
import { readConfig } from '../../shared/config.ts';
import { httpFunction } from '../../shared/http/stack.ts';
import { createLogger } from '../../shared/logging.ts';
import { createDynamoDbCalendarStore } from '../../shared/store/calendar-store.ts';
import { createDocumentClient } from '../../shared/store/dynamodb.ts';
import { createDynamoDbCaseStore } from '../../shared/store/dynamodb-case-store.ts';
import { createDynamoDbIdentityStore } from '../../shared/store/dynamodb-identity-store.ts';
import { createDynamoDbNoticeStore } from '../../shared/store/dynamodb-notice-store.ts';
import { createDynamoDbRegistryStore } from '../../shared/store/registry-store.ts';
import type { DeskDependencies } from './desk.ts';
import { deskRoutes } from './routes.ts';

checkLifeCycles();
const config = readConfig('desk-api');
const logger = createLogger('desk-api');
const client = createDocumentClient();
const now = () => new Date();
const deps: DeskDependencies = {
  cases: createDynamoDbCaseStore(client, {
    cases: config.CASES_TABLE,
    identities: config.IDENTITIES_TABLE,
    informers: config.INFORMERS_TABLE,
  }),
  identities: createDynamoDbIdentityStore(client, config.IDENTITIES_TABLE),
  notices: createDynamoDbNoticeStore(client, config.CASES_TABLE),
  registry: createDynamoDbRegistryStore(client, config.REGISTRY_TABLE, config.BUREAU, now),
  calendar: createDynamoDbCalendarStore(client, config.REGISTRY_TABLE, now),
  now,
  randomInt,
  salt: randomUUID,
  log: (code, facts) => logger.info(code, facts),
};
/** The desk of dispatchers and officers; API Gateway has verified the token. */
export const handler = httpFunction(logger, deskRoutes(deps));
