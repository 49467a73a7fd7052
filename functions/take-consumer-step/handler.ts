import { checkLifeCycles } from '../../shared/case/life-cycle.ts';
import { readConfig } from '../../shared/config.ts';
import { httpFunction } from '../../shared/http/stack.ts';
import { CHANCE } from '../../shared/intake/chance.ts';
import { createLogger } from '../../shared/logging.ts';
import { bureauStores } from '../../shared/store/bureau-stores.ts';
import { createDocumentClient } from '../../shared/store/dynamodb.ts';
import { createDynamoDbCaseStore } from '../../shared/store/dynamodb-case-store.ts';
import { consumerRoutes } from './routes.ts';

checkLifeCycles();
const config = readConfig('take-consumer-step');
const logger = createLogger('take-consumer-step');
const client = createDocumentClient();

/** What consumers do with their own case: add words, withdraw, answer an offer, rate, ask to have it taken up again. */
export const handler = httpFunction(
  logger,
  consumerRoutes({
    cases: createDynamoDbCaseStore(client, { cases: config.CASES_TABLE }),
    ...bureauStores(client, config, CHANCE.now),
    ...CHANCE,
    log: (code, facts) => logger.info(code, facts),
  }),
);
