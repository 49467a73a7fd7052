import type { APIGatewayProxyEventV2WithJWTAuthorizer } from 'aws-lambda';
import * as z from 'zod';
import {
  deskAction,
  deskListQuery,
  deskRequests,
  historyQuery,
  identityQuery,
  partnerSearch,
} from '../../events/desk-requests.ts';
import * as requests from '../../events/incidents.ts';
import { caseNumberOf, parseBody, parseParameters } from '../../shared/http/parse.ts';
import type { Route } from '../../shared/http/stack.ts';
import { staffOf } from '../../shared/http/staff.ts';
import { act } from './act.ts';
import * as desk from './desk.ts';
import * as incidents from './incidents.ts';

type Event = APIGatewayProxyEventV2WithJWTAuthorizer;
const query = <S extends z.ZodType>(event: Event, schema: S) =>
  parseParameters(event.queryStringParameters ?? {}, schema);

const idOf = (event: Event) => parseParameters(event.pathParameters ?? {}, requests.incidentPath).id;

/** The routes of this function, each with what it reads out of the request. */
export function deskRoutes(deps: desk.DeskDependencies): Record<string, Route<Event>> {
  return {
    'GET /desk/cases': async (event) => desk.listCases(query(event, deskListQuery), staffOf(event), deps),
    'GET /desk/cases/{number}': async (event) => desk.showCase(caseNumberOf(event), staffOf(event), deps),
    'GET /desk/cases/{number}/history': async (event) =>
      desk.showHistory(caseNumberOf(event), query(event, historyQuery), staffOf(event), deps),
    'GET /desk/cases/{number}/complainant': async (event) =>
      desk.showComplainant(caseNumberOf(event), query(event, identityQuery), staffOf(event), deps),
    'GET /desk/cases/{number}/reads': async (event) =>
      desk.showReads(caseNumberOf(event), staffOf(event), deps),
    'GET /desk/cases/{number}/dates': async (event) =>
      desk.showDates(caseNumberOf(event), staffOf(event), deps),
    'GET /desk/cases/{number}/signs': async (event) =>
      desk.showSigns(caseNumberOf(event), staffOf(event), deps),
    'GET /desk/cases/{number}/notices': async (event) =>
      desk.showNotices(caseNumberOf(event), staffOf(event), deps),
    'GET /desk/cases/{number}/partners': async (event) =>
      desk.showPartners(caseNumberOf(event), query(event, partnerSearch), staffOf(event), deps),
    'GET /desk/incidents': async (event) =>
      incidents.listIncidents(query(event, requests.incidentListQuery), staffOf(event), deps),
    'GET /desk/incidents/{id}': async (event) =>
      incidents.showIncident(idOf(event), query(event, requests.incidentQuery), staffOf(event), deps),
    'POST /desk/incidents/{id}/dismiss': async (event) =>
      incidents.dismissIncident(idOf(event), parseBody(event, requests.dismissRequest), staffOf(event), deps),
    'POST /desk/incidents/{id}/join-all': async (event) =>
      incidents.joinAll(idOf(event), parseBody(event, requests.joinAllRequest), staffOf(event), deps),
    'POST /desk/incidents/{id}/unjoin-all': async (event) =>
      incidents.unjoinAll(idOf(event), parseBody(event, requests.unjoinAllRequest), staffOf(event), deps),
    'POST /desk/cases/{number}/{action}': async (event) => {
      const { action } = parseParameters(event.pathParameters, z.object({ action: deskAction }));
      const request = parseBody(event, deskRequests[action] ?? z.never());
      return act(caseNumberOf(event), action, request, staffOf(event), deps);
    },
  };
}
