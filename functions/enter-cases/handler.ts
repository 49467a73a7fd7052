import { readConfig } from '../../shared/config.ts';
import { httpFunction } from '../../shared/http/stack.ts';
import { CHANCE } from '../../shared/intake/chance.ts';
import { gazetteerIn } from '../../shared/intake/create-understand.ts';
import { homeDivision } from '../../shared/jurisdiction/home-division.ts';
import { createLogger } from '../../shared/logging.ts';
import { bureauStores } from '../../shared/store/bureau-stores.ts';
import { createDocumentClient } from '../../shared/store/dynamodb.ts';
import { createDynamoDbCaseStore } from '../../shared/store/dynamodb-case-store.ts';
import { createJudges } from '../../shared/understanding/understand.ts';
import { enterRoutes } from './routes.ts';

const { CASES_TABLE, IDENTITIES_TABLE, INFORMERS_TABLE, REGISTRY_TABLE, BUREAU } = readConfig('enter-cases');
const logger = createLogger('enter-cases');
const client = createDocumentClient();
const tables = { cases: CASES_TABLE, identities: IDENTITIES_TABLE, informers: INFORMERS_TABLE };

/** What came to the desk on paper, in person or from another office. */
export const handler = httpFunction(
  logger,
  enterRoutes({
    cases: createDynamoDbCaseStore(client, tables),
    ...bureauStores(client, { REGISTRY_TABLE, BUREAU }, CHANCE.now),
    knowledge: {
      gazetteer: gazetteerIn(import.meta.dirname),
      home: homeDivision(BUREAU),
      judges: createJudges(),
    },
    bureau: BUREAU,
    ...CHANCE,
    log: (code, facts) => logger.info(code, facts),
  }),
);
