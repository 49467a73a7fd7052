import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { triageRequest } from '../../events/triage-request.ts';
import { checkLifeCycles } from '../../shared/case/life-cycle.ts';
import { readConfig } from '../../shared/config.ts';
import { createLogger } from '../../shared/logging.ts';
import { sqsFunction } from '../../shared/queue/sqs-function.ts';
import { createDynamoDbCalendarStore } from '../../shared/store/calendar-store.ts';
import { createDocumentClient } from '../../shared/store/dynamodb.ts';
import { createDynamoDbCaseStore } from '../../shared/store/dynamodb-case-store.ts';
import { createDynamoDbModelStore } from '../../shared/store/model-store.ts';
import { createDynamoDbRegistryStore } from '../../shared/store/registry-store.ts';
import { GAZETTEER_FILE, readGazetteer } from '../../shared/understanding/places/gazetteer.ts';
import { createBureauJudges } from './bureau-judges.ts';
import { createReadComplaint } from './read-complaint.ts';
import { type TriageDependencies, triage } from './triage.ts';

checkLifeCycles();
const config = readConfig('triage-case');
const logger = createLogger('triage-case');
const client = createDocumentClient();
const now = () => new Date();
const log: TriageDependencies['log'] = (code, facts) => logger.info(code, facts);
const gazetteer = readGazetteer(readFileSync(resolve(import.meta.dirname, GAZETTEER_FILE)));
const models = createDynamoDbModelStore(client, config.REGISTRY_TABLE, config.BUREAU);
const deps: TriageDependencies = {
  cases: createDynamoDbCaseStore(client, { cases: config.CASES_TABLE }),
  registry: createDynamoDbRegistryStore(client, config.REGISTRY_TABLE, config.BUREAU, now),
  calendar: createDynamoDbCalendarStore(client, config.REGISTRY_TABLE, now),
  now,
  salt: randomUUID,
  read: createReadComplaint(gazetteer, createBureauJudges(models, now, log)),
  log,
};

/** SQS triage → the station in charge, or the dispatcher. */
export const handler = sqsFunction(logger, triageRequest, ({ number }) => triage(number, deps));
