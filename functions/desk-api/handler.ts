import { checkLifeCycles } from '../../shared/case/life-cycle.ts';
import { readConfig } from '../../shared/config.ts';
import { httpFunction } from '../../shared/http/stack.ts';
import { CHANCE } from '../../shared/intake/chance.ts';
import { createLogger } from '../../shared/logging.ts';
import { deskRoutes } from './routes.ts';
import { deskStores } from './stores.ts';

checkLifeCycles();
const logger = createLogger('desk-api');
const routes = deskRoutes({
  ...deskStores(readConfig('desk-api'), CHANCE.now),
  ...CHANCE,
  log: (code, facts) => logger.info(code, facts),
});
/** The desk of dispatchers and officers; API Gateway has verified the token. */
export const handler = httpFunction(logger, routes);
