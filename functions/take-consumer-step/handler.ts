import * as z from 'zod';
import { addition } from '../../events/addition.ts';
import { rating, reopening } from '../../events/own-steps.ts';
import { checkLifeCycles } from '../../shared/case/life-cycle.ts';
import { readConfig } from '../../shared/config.ts';
import { caseNumberOf, parseBody, parseHeader, parseParameters } from '../../shared/http/parse.ts';
import { httpFunction } from '../../shared/http/stack.ts';
import { CHANCE } from '../../shared/intake/chance.ts';
import { createLogger } from '../../shared/logging.ts';
import { bureauStores } from '../../shared/store/bureau-stores.ts';
import { createDocumentClient } from '../../shared/store/dynamodb.ts';
import { createDynamoDbCaseStore } from '../../shared/store/dynamodb-case-store.ts';
import { type ConsumerStepDependencies, takeConsumerStep } from './take-consumer-step.ts';

checkLifeCycles();
const config = readConfig('take-consumer-step');
const logger = createLogger('take-consumer-step');
const steps = z.object({ action: z.enum(['withdraw', 'insist', 'confirm-settlement']) });
const client = createDocumentClient();
const deps: ConsumerStepDependencies = {
  cases: createDynamoDbCaseStore(client, { cases: config.CASES_TABLE }),
  ...bureauStores(client, config, CHANCE.now),
  ...CHANCE,
  log: (code, facts) => logger.info(code, facts),
};

const secretOf = (event: Parameters<typeof parseHeader>[0]) =>
  parseHeader(event, 'tracking-secret', z.string().max(64));

/** The secret comes in a header: addresses end up in logs, headers do not. */
export const handler = httpFunction(logger, {
  'POST /complaints/{number}/words': async (event) =>
    takeConsumerStep(caseNumberOf(event), secretOf(event), 'add-words', deps, parseBody(event, addition)),
  'POST /complaints/{number}/rating': async (event) => {
    const { points, remark } = parseBody(event, rating);
    const sent = { points: String(points), remark };
    return takeConsumerStep(caseNumberOf(event), secretOf(event), 'rate', deps, sent);
  },
  'POST /complaints/{number}/reopening': async (event) =>
    takeConsumerStep(caseNumberOf(event), secretOf(event), 'ask-reopen', deps, parseBody(event, reopening)),
  'POST /complaints/{number}/{action}': async (event) => {
    const { action } = parseParameters(event.pathParameters, steps);
    return takeConsumerStep(caseNumberOf(event), secretOf(event), action, deps);
  },
});
