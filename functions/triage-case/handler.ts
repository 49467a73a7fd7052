import { triageRequest } from '../../events/triage-request.ts';
import { checkLifeCycles } from '../../shared/case/life-cycle.ts';
import { readConfig } from '../../shared/config.ts';
import { createBureauJudges } from '../../shared/intake/bureau-judges.ts';
import { CHANCE } from '../../shared/intake/chance.ts';
import { gazetteerIn } from '../../shared/intake/create-understand.ts';
import { createReadComplaint } from '../../shared/intake/read-complaint.ts';
import { createLogger } from '../../shared/logging.ts';
import { sqsFunction } from '../../shared/queue/sqs-function.ts';
import { bureauStores } from '../../shared/store/bureau-stores.ts';
import { createDynamoDbBusinessStore } from '../../shared/store/business-store.ts';
import { createDocumentClient } from '../../shared/store/dynamodb.ts';
import { createDynamoDbCaseStore } from '../../shared/store/dynamodb-case-store.ts';
import { createDynamoDbIdentityStore } from '../../shared/store/dynamodb-identity-store.ts';
import { createDynamoDbIncidentStore } from '../../shared/store/incident-store.ts';
import { createDynamoDbModelStore } from '../../shared/store/model-store.ts';
import { type TriageDependencies, triage } from './triage.ts';

checkLifeCycles();
const config = readConfig('triage-case');
const logger = createLogger('triage-case');
const client = createDocumentClient();
const log: TriageDependencies['log'] = (code, facts) => logger.info(code, facts);
const gazetteer = gazetteerIn(import.meta.dirname);
const models = createDynamoDbModelStore(client, config.REGISTRY_TABLE, config.BUREAU);
const deps: TriageDependencies = {
  cases: createDynamoDbCaseStore(client, { cases: config.CASES_TABLE }),
  people: createDynamoDbIdentityStore(client, config.IDENTITIES_TABLE),
  incidents: createDynamoDbIncidentStore(client, config.CASES_TABLE),
  businesses: createDynamoDbBusinessStore(client, config.REGISTRY_TABLE, config.BUREAU),
  ...bureauStores(client, config, CHANCE.now),
  ...CHANCE,
  read: createReadComplaint(gazetteer, createBureauJudges(models, CHANCE.now, log)),
  log,
};

/** SQS triage → the station in charge, or the dispatcher. */
export const handler = sqsFunction(logger, triageRequest, ({ number }) => triage(number, deps));
