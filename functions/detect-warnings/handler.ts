import { readConfig } from '../../shared/config.ts';
import { CHANCE } from '../../shared/intake/chance.ts';
import { createLogger } from '../../shared/logging.ts';
import { createDynamoDbAlarmStore } from '../../shared/store/alarm-store.ts';
import { bureauStores } from '../../shared/store/bureau-stores.ts';
import { createDocumentClient } from '../../shared/store/dynamodb.ts';
import { createDynamoDbCaseStore } from '../../shared/store/dynamodb-case-store.ts';
import { createDynamoDbStatisticsStore } from '../../shared/store/dynamodb-statistics-store.ts';
import { createDynamoDbIncidentStore } from '../../shared/store/incident-store.ts';
import { type DetectDependencies, detectWarnings } from './detect-warnings.ts';
import { receivedOn } from './received-on.ts';

const config = readConfig('detect-warnings');
const logger = createLogger('detect-warnings');
const client = createDocumentClient();
const statistics = createDynamoDbStatisticsStore(client, config.STATISTICS_TABLE);
const deps: DetectDependencies = {
  alarms: createDynamoDbAlarmStore(client, config.REGISTRY_TABLE, config.BUREAU),
  cases: createDynamoDbCaseStore(client, { cases: config.CASES_TABLE }),
  incidents: createDynamoDbIncidentStore(client, config.CASES_TABLE),
  receivedOn: (day) => receivedOn(day, config.BUREAU, statistics),
  ...bureauStores(client, config, CHANCE.now),
  now: CHANCE.now,
  log: (code, facts) => logger.info(code, facts),
};

/** Every hour: unusual rises become alarms. */
export const handler = async (): Promise<void> => detectWarnings(deps);
