import type { APIGatewayProxyEventV2 } from 'aws-lambda';
import * as z from 'zod';
import { addition } from '../../events/addition.ts';
import { rating, reopening } from '../../events/own-steps.ts';
import { caseNumberOf, parseBody, parseHeader, parseParameters } from '../../shared/http/parse.ts';
import type { Route } from '../../shared/http/stack.ts';
import { type ConsumerStepDependencies, takeConsumerStep } from './take-consumer-step.ts';

const steps = z.object({ action: z.enum(['withdraw', 'insist', 'confirm-settlement']) });

/** The secret comes in a header: addresses end up in logs, headers do not. */
const secretOf = (event: APIGatewayProxyEventV2) => parseHeader(event, 'tracking-secret', z.string().max(64));

/** The steps of whoever has number and secret, each with what it reads out of the request. */
export function consumerRoutes(
  deps: ConsumerStepDependencies,
): Record<string, Route<APIGatewayProxyEventV2>> {
  return {
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
  };
}
