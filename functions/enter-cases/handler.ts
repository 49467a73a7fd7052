import { randomBytes, randomInt, randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { readConfig } from '../../shared/config.ts';
import { httpFunction } from '../../shared/http/stack.ts';
import { createLogger } from '../../shared/logging.ts';
import { createDynamoDbCalendarStore } from '../../shared/store/calendar-store.ts';
import { createDocumentClient } from '../../shared/store/dynamodb.ts';
import { createDynamoDbCaseStore } from '../../shared/store/dynamodb-case-store.ts';
import { createDynamoDbRegistryStore } from '../../shared/store/registry-store.ts';
import { GAZETTEER_FILE, readGazetteer } from '../../shared/understanding/places/gazetteer.ts';
import { createJudges } from '../../shared/understanding/understand.ts';
import { enterRoutes } from './routes.ts';

const { CASES_TABLE, IDENTITIES_TABLE, INFORMERS_TABLE, REGISTRY_TABLE, BUREAU } = readConfig('enter-cases');
const now = () => new Date();
const logger = createLogger('enter-cases');
const client = createDocumentClient();
const gazetteer = readGazetteer(readFileSync(resolve(import.meta.dirname, GAZETTEER_FILE)));
const tables = { cases: CASES_TABLE, identities: IDENTITIES_TABLE, informers: INFORMERS_TABLE };

/** What came to the desk on paper, in person or from another office. */
export const handler = httpFunction(
  logger,
  enterRoutes({
    cases: createDynamoDbCaseStore(client, tables),
    registry: createDynamoDbRegistryStore(client, REGISTRY_TABLE, BUREAU, now),
    calendar: createDynamoDbCalendarStore(client, REGISTRY_TABLE, now),
    knowledge: { gazetteer, home: BUREAU.replace(/(?:00)+$/, ''), judges: createJudges() },
    bureau: BUREAU,
    now,
    randomInt,
    randomBytes,
    salt: randomUUID,
    log: (code, facts) => logger.info(code, facts),
  }),
);
