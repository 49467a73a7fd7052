import { triageRequest } from '../../events/triage-request.ts';
import { readConfig } from '../../shared/config.ts';
import { createCalendar } from '../../shared/law/calendar.ts';
import { HOLIDAY_YEARS } from '../../shared/law/holidays.ts';
import { createLogger } from '../../shared/logging.ts';
import { sqsFunction } from '../../shared/queue/sqs-function.ts';
import { createDocumentClient } from '../../shared/store/dynamodb.ts';
import { createDynamoDbCaseStore } from '../../shared/store/dynamodb-case-store.ts';
import { createDynamoDbRegistryStore } from '../../shared/store/registry-store.ts';
import { type TriageDependencies, triage } from './triage.ts';

const config = readConfig('triage-case');
const logger = createLogger('triage-case');
const client = createDocumentClient();
const now = () => new Date();
const deps: TriageDependencies = {
  cases: createDynamoDbCaseStore(client, { cases: config.CASES_TABLE }),
  registry: createDynamoDbRegistryStore(client, config.REGISTRY_TABLE, config.BUREAU, now),
  calendar: createCalendar(HOLIDAY_YEARS),
  now,
  log: (code, facts) => logger.info(code, facts),
};

/** SQS triage → the station in charge, or the dispatcher. */
export const handler = sqsFunction(logger, triageRequest, ({ number }) => triage(number, deps));
