import type { APIGatewayProxyEventV2WithJWTAuthorizer } from 'aws-lambda';
import { queuePath, redriveRequest } from '../../events/health.ts';
import { parseBody, parseParameters } from '../../shared/http/parse.ts';
import type { Route } from '../../shared/http/stack.ts';
import { staffOf } from '../../shared/http/staff.ts';
import { redrive, showDeadLetters } from './dead-letters.ts';
import { type HealthDependencies, showHealth } from './health.ts';

type Event = APIGatewayProxyEventV2WithJWTAuthorizer;
const queueOf = (event: Event) => parseParameters(event.pathParameters ?? {}, queuePath).queue;

/** The routes of this function, each with what it reads out of the request. */
export function healthRoutes(deps: HealthDependencies): Record<string, Route<Event>> {
  return {
    'GET /administrator/health': async (event) => showHealth(staffOf(event), deps),
    'GET /administrator/queues/{queue}': async (event) =>
      showDeadLetters(queueOf(event), staffOf(event), deps),
    'POST /administrator/queues/{queue}/redrive': async (event) =>
      redrive(queueOf(event), parseBody(event, redriveRequest), staffOf(event), deps),
  };
}
