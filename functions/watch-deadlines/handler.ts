import * as z from 'zod';
import { checkLifeCycles } from '../../shared/case/life-cycle.ts';
import { readConfig } from '../../shared/config.ts';
import { CHANCE } from '../../shared/intake/chance.ts';
import { createLogger } from '../../shared/logging.ts';
import { bureauStores } from '../../shared/store/bureau-stores.ts';
import { createDynamoDbBusinessStore } from '../../shared/store/business-store.ts';
import { createDocumentClient } from '../../shared/store/dynamodb.ts';
import { createDynamoDbCaseStore } from '../../shared/store/dynamodb-case-store.ts';
import { createDynamoDbIdentityStore } from '../../shared/store/dynamodb-identity-store.ts';
import { type ProposeDependencies, proposeClasses } from './propose-classes.ts';
import { recountDates } from './recount-dates.ts';
import { watch } from './watch.ts';

checkLifeCycles();
const config = readConfig('watch-deadlines');
const logger = createLogger('watch-deadlines');
const client = createDocumentClient();
const deps: ProposeDependencies = {
  cases: createDynamoDbCaseStore(client, { cases: config.CASES_TABLE }),
  businesses: createDynamoDbBusinessStore(client, config.REGISTRY_TABLE, config.BUREAU),
  people: createDynamoDbIdentityStore(client, config.IDENTITIES_TABLE),
  ...bureauStores(client, config, CHANCE.now),
  ...CHANCE,
  log: (code, facts) => logger.info(code, facts),
};
const TASKS = { watch, 'recount-dates': recountDates, 'propose-classes': proposeClasses };
/** The schedule of every five minutes sends its own event, the daily ones `{"task":"recount-dates"}` and its like. */
const schedule = z.object({ task: z.enum(['watch', 'recount-dates', 'propose-classes']).default('watch') });

/** Every five minutes: deadlines are kept. Every day: dates are counted again, and classes of businesses proposed. */
export const handler = async (event: unknown): Promise<void> => TASKS[schedule.parse(event).task](deps);
