import { submission } from '../../events/submission.ts';
import { readConfig } from '../../shared/config.ts';
import { shanghaiDate } from '../../shared/dates.ts';
import { httpFunction } from '../../shared/http/stack.ts';
import { CHANCE } from '../../shared/intake/chance.ts';
import { createLogger } from '../../shared/logging.ts';
import { bureauStores } from '../../shared/store/bureau-stores.ts';
import { createDocumentClient } from '../../shared/store/dynamodb.ts';
import { createDynamoDbCaseStore } from '../../shared/store/dynamodb-case-store.ts';
import { createDynamoDbGuardStore } from '../../shared/store/guard-store.ts';
import { requestOf, type SubmitDependencies, submit } from './submit.ts';

const config = readConfig('submit-complaint');
const schema = submission(() => shanghaiDate(CHANCE.now()));
const logger = createLogger('submit-complaint');
const client = createDocumentClient();
const deps: SubmitDependencies = {
  cases: createDynamoDbCaseStore(client, {
    cases: config.CASES_TABLE,
    identities: config.IDENTITIES_TABLE,
    informers: config.INFORMERS_TABLE,
  }),
  ...bureauStores(client, config, CHANCE.now),
  guard: createDynamoDbGuardStore(client, config.IDENTITIES_TABLE),
  bureau: config.BUREAU,
  ...CHANCE,
  log: (code, facts) => logger.info(code, facts),
};

/** POST /complaints */
export const handler = httpFunction(logger, {
  'POST /complaints': async (event) => submit(...requestOf(event, schema), deps),
});
