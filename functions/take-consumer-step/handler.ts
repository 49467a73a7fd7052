import { randomUUID } from 'node:crypto';
import * as z from 'zod';
import { checkLifeCycles } from '../../shared/case/life-cycle.ts';
import { readConfig } from '../../shared/config.ts';
import { caseNumberOf, parseHeader, parseParameters } from '../../shared/http/parse.ts';
import { httpFunction } from '../../shared/http/stack.ts';
import { createLogger } from '../../shared/logging.ts';
import { createDynamoDbCalendarStore } from '../../shared/store/calendar-store.ts';
import { createDocumentClient } from '../../shared/store/dynamodb.ts';
import { createDynamoDbCaseStore } from '../../shared/store/dynamodb-case-store.ts';
import { createDynamoDbRegistryStore } from '../../shared/store/registry-store.ts';
import { type ConsumerStepDependencies, takeConsumerStep } from './take-consumer-step.ts';

checkLifeCycles();
const config = readConfig('take-consumer-step');
const logger = createLogger('take-consumer-step');
const client = createDocumentClient();
const now = () => new Date();
const deps: ConsumerStepDependencies = {
  cases: createDynamoDbCaseStore(client, { cases: config.CASES_TABLE }),
  registry: createDynamoDbRegistryStore(client, config.REGISTRY_TABLE, config.BUREAU, now),
  calendar: createDynamoDbCalendarStore(client, config.REGISTRY_TABLE, now),
  now,
  salt: randomUUID,
  log: (code, facts) => logger.info(code, facts),
};

/** The secret comes in a header: addresses end up in logs, headers do not. */
export const handler = httpFunction(logger, {
  'POST /complaints/{number}/{action}': async (event) => {
    const { action } = parseParameters(
      event.pathParameters,
      z.object({ action: z.enum(['withdraw', 'insist']) }),
    );
    const secret = parseHeader(event, 'tracking-secret', z.string().max(64));
    return takeConsumerStep(caseNumberOf(event), secret, action, deps);
  },
});
