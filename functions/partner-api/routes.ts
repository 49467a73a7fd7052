import type { APIGatewayProxyEventV2 } from 'aws-lambda';
import { partnerAnswer, partnerListQuery } from '../../events/partner-requests.ts';
import { caseNumberOf, parseBody, parseParameters } from '../../shared/http/parse.ts';
import type { Route } from '../../shared/http/stack.ts';
import { callerOf } from './caller.ts';
import { answerCase, listCases, type PartnerDependencies, showCase } from './partner-api.ts';

/** The routes of this function; who calls is found out before anything else. */
export function partnerRoutes(deps: PartnerDependencies): Record<string, Route<APIGatewayProxyEventV2>> {
  return {
    'GET /partner/cases': async (event) => {
      const caller = await callerOf(event, deps);
      return listCases(parseParameters(event.queryStringParameters ?? {}, partnerListQuery), caller, deps);
    },
    'GET /partner/cases/{number}': async (event) => {
      const caller = await callerOf(event, deps);
      return showCase(caseNumberOf(event), caller, deps);
    },
    'POST /partner/cases/{number}/answer': async (event) => {
      const caller = await callerOf(event, deps);
      return answerCase(caseNumberOf(event), parseBody(event, partnerAnswer), caller, deps);
    },
  };
}
