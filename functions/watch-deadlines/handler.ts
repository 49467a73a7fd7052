import * as z from 'zod';
import { checkLifeCycles } from '../../shared/case/life-cycle.ts';
import { readConfig } from '../../shared/config.ts';
import { CHANCE } from '../../shared/intake/chance.ts';
import { createLogger } from '../../shared/logging.ts';
import { bureauStores } from '../../shared/store/bureau-stores.ts';
import { createDocumentClient } from '../../shared/store/dynamodb.ts';
import { createDynamoDbCaseStore } from '../../shared/store/dynamodb-case-store.ts';
import { recountDates } from './recount-dates.ts';
import { type WatchDependencies, watch } from './watch.ts';

checkLifeCycles();
const config = readConfig('watch-deadlines');
const logger = createLogger('watch-deadlines');
const client = createDocumentClient();
const deps: WatchDependencies = {
  cases: createDynamoDbCaseStore(client, { cases: config.CASES_TABLE }),
  ...bureauStores(client, config, CHANCE.now),
  ...CHANCE,
  log: (code, facts) => logger.info(code, facts),
};
const TASKS = { watch, 'recount-dates': recountDates };
/** The schedule of every five minutes sends its own event, the daily one `{"task":"recount-dates"}`. */
const schedule = z.object({ task: z.enum(['watch', 'recount-dates']).default('watch') });

/** Every five minutes: deadlines are kept. Every day: dates are counted again by the calendar as it is now. */
export const handler = async (event: unknown): Promise<void> => TASKS[schedule.parse(event).task](deps);
