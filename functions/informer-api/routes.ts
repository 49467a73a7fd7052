import type { APIGatewayProxyEventV2WithJWTAuthorizer } from 'aws-lambda';
import * as z from 'zod';
import { deskRequests, identityQuery } from '../../events/desk-requests.ts';
import { caseNumberOf, parseBody, parseParameters } from '../../shared/http/parse.ts';
import type { Route } from '../../shared/http/stack.ts';
import { staffOf } from '../../shared/http/staff.ts';
import { type InformerDependencies, reclassify, showInformer, showReads } from './informer.ts';

type Event = APIGatewayProxyEventV2WithJWTAuthorizer;

/** The routes of this function, each with what it reads out of the request. */
export function informerRoutes(deps: InformerDependencies): Record<string, Route<Event>> {
  return {
    'GET /desk/reports/{number}/informer': async (event) => {
      const request = parseParameters(event.queryStringParameters ?? {}, identityQuery);
      return showInformer(caseNumberOf(event), request, staffOf(event), deps);
    },
    'GET /desk/reports/{number}/reads': async (event) => showReads(caseNumberOf(event), staffOf(event), deps),
    'POST /desk/reports/{number}/reclassify': async (event) => {
      const request = parseBody(event, deskRequests.reclassify ?? z.never());
      return reclassify(caseNumberOf(event), request, staffOf(event), deps);
    },
  };
}
