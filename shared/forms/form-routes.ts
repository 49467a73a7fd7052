import type { APIGatewayProxyEventV2WithJWTAuthorizer } from 'aws-lambda';
import { caseNumberOf, parseBody, parseParameters } from '../http/parse.ts';
import type { Answer } from '../http/stack.ts';
import { staffOf } from '../http/staff.ts';
import {
  type DraftDependencies,
  draftForm,
  formParameters,
  formQuery,
  previewForm,
  previewRequest,
} from './draft.ts';

type Route = (event: APIGatewayProxyEventV2WithJWTAuthorizer) => Promise<Answer>;

/** A form of a case, as it was issued or as a draft, and as a step would issue it with what is typed so far. */
export function formRoutes(room: 'cases' | 'reports', deps: DraftDependencies): Record<string, Route> {
  return {
    [`GET /desk/${room}/{number}/forms/{form}`]: async (event) => {
      const { form } = parseParameters(event.pathParameters, formParameters);
      const query = parseParameters(event.queryStringParameters ?? {}, formQuery);
      return draftForm(caseNumberOf(event), form, query, staffOf(event), deps);
    },
    [`POST /desk/${room}/{number}/forms/{form}`]: async (event) => {
      const { form } = parseParameters(event.pathParameters, formParameters);
      const typed = parseBody(event, previewRequest);
      return previewForm(caseNumberOf(event), form, typed, staffOf(event), deps);
    },
  };
}
