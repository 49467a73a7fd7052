import { randomUUID } from 'node:crypto';
import { checkLifeCycles } from '../../shared/case/life-cycle.ts';
import { readConfig } from '../../shared/config.ts';
import { createLogger } from '../../shared/logging.ts';
import { createDynamoDbCalendarStore } from '../../shared/store/calendar-store.ts';
import { createDocumentClient } from '../../shared/store/dynamodb.ts';
import { createDynamoDbCaseStore } from '../../shared/store/dynamodb-case-store.ts';
import { createDynamoDbEraser } from '../../shared/store/dynamodb-eraser.ts';
import { createDynamoDbRegistryStore } from '../../shared/store/registry-store.ts';
import { type EraseDependencies, eraseExpired } from './erase-expired.ts';

checkLifeCycles();
const config = readConfig('erase-expired');
const logger = createLogger('erase-expired');
const client = createDocumentClient();
const now = () => new Date();
const deps: EraseDependencies = {
  cases: createDynamoDbCaseStore(client, { cases: config.CASES_TABLE }),
  eraser: createDynamoDbEraser(client, {
    cases: config.CASES_TABLE,
    identities: config.IDENTITIES_TABLE,
    informers: config.INFORMERS_TABLE,
  }),
  registry: createDynamoDbRegistryStore(client, config.REGISTRY_TABLE, config.BUREAU, now),
  calendar: createDynamoDbCalendarStore(client, config.REGISTRY_TABLE, now),
  now,
  salt: randomUUID,
  log: (code, facts) => logger.info(code, facts),
};

/** Every day: people's data go when their purpose has ended. */
export const handler = async (): Promise<void> => eraseExpired(deps);
