import type { APIGatewayProxyEventV2WithJWTAuthorizer } from 'aws-lambda';
import * as z from 'zod';
import * as businessRequests from '../../events/businesses.ts';
import {
  deskAction,
  deskListQuery,
  deskRequests,
  historyQuery,
  identityQuery,
  partnerSearch,
} from '../../events/desk-requests.ts';
import * as work from '../../events/desk-work.ts';
import * as requests from '../../events/incidents.ts';
import * as rules from '../../events/rules.ts';
import { caseNumberOf, parseBody, parseHeader, parseParameters } from '../../shared/http/parse.ts';
import type { Route } from '../../shared/http/stack.ts';
import { staffOf } from '../../shared/http/staff.ts';
import { act } from './act.ts';
import * as bulk from './bulk.ts';
import * as businesses from './businesses.ts';
import * as classes from './businesses-classes.ts';
import * as watchList from './businesses-watch.ts';
import * as desk from './desk.ts';
import { showDueAhead } from './due-ahead.ts';
import * as filters from './filters.ts';
import { showHints } from './hints.ts';
import * as incidents from './incidents.ts';
import * as leases from './leases.ts';
import * as load from './load.ts';
import * as ruleReview from './rules.ts';
import { search } from './search.ts';
import { listStaff } from './staff.ts';
import { listCases } from './work-list.ts';

type Event = APIGatewayProxyEventV2WithJWTAuthorizer;
const query = <S extends z.ZodType>(event: Event, schema: S) =>
  parseParameters(event.queryStringParameters ?? {}, schema);

const idOf = (event: Event, path: z.ZodType<{ id: string }> = requests.incidentPath) =>
  parseParameters(event.pathParameters ?? {}, path).id;

const creditCodeOf = (event: Event) =>
  parseParameters(event.pathParameters ?? {}, businessRequests.businessPath).creditCode;

/** The routes of this function, each with what it reads out of the request. */
export function deskRoutes(deps: desk.DeskDependencies): Record<string, Route<Event>> {
  return {
    'GET /desk/cases': async (event) => listCases(query(event, deskListQuery), staffOf(event), deps),
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
    'GET /desk/filters': async (event) => filters.listFilters(staffOf(event), deps),
    'POST /desk/filters': async (event) =>
      filters.saveFilter(parseBody(event, work.filterRequest), staffOf(event), deps),
    'DELETE /desk/filters/{id}': async (event) =>
      filters.deleteFilter(
        idOf(event, work.filterPath),
        query(event, work.filterDelete).version,
        staffOf(event),
        deps,
      ),
    'POST /desk/search': async (event) => search(parseBody(event, work.searchRequest), staffOf(event), deps),
    'GET /desk/businesses/{creditCode}': async (event) =>
      businesses.showBusiness(creditCodeOf(event), staffOf(event), deps),
    'POST /desk/businesses/find': async (event) =>
      businesses.findBusiness(parseBody(event, businessRequests.findBusinessRequest), staffOf(event), deps),
    'GET /desk/class-proposals': async (event) =>
      classes.listProposals(query(event, businessRequests.proposalListQuery), staffOf(event), deps),
    'POST /desk/class-proposals/{creditCode}/decide': async (event) =>
      classes.decideProposal(
        creditCodeOf(event),
        parseBody(event, businessRequests.decideClassRequest),
        staffOf(event),
        deps,
      ),
    'GET /desk/watch-list': async (event) => watchList.listWatched(staffOf(event), deps),
    'POST /desk/watch-list/{creditCode}': async (event) =>
      watchList.watchBusiness(
        creditCodeOf(event),
        parseBody(event, businessRequests.watchRequest),
        staffOf(event),
        deps,
      ),
    'POST /desk/watch-list/{creditCode}/end': async (event) =>
      watchList.endWatch(
        creditCodeOf(event),
        parseBody(event, businessRequests.endWatchRequest),
        staffOf(event),
        deps,
      ),
    'POST /desk/cases/{number}/lease': async (event) =>
      leases.takeLease(caseNumberOf(event), parseBody(event, work.leaseRequest), staffOf(event), deps),
    'DELETE /desk/cases/{number}/lease': async (event) =>
      leases.giveBack(caseNumberOf(event), staffOf(event), deps),
    'POST /desk/bulk': async (event) =>
      bulk.doBulk(
        parseBody(event, work.bulkRequest),
        parseHeader(event, 'idempotency-key', work.bulkKey),
        staffOf(event),
        deps,
      ),
    'POST /desk/bulk/{id}/undo': async (event) =>
      bulk.undoBulk(idOf(event, work.bulkPath), staffOf(event), deps),
    'GET /desk/staff': async (event) => listStaff(query(event, work.staffQuery), staffOf(event), deps),
    'GET /desk/hints': async (event) => showHints(staffOf(event), deps),
    'GET /desk/due-ahead': async (event) =>
      showDueAhead(query(event, work.dueAheadQuery), staffOf(event), deps),
    'GET /desk/load': async (event) => load.showLoad(query(event, work.loadQuery), staffOf(event), deps),
    'GET /desk/absences': async (event) =>
      load.listAbsences(query(event, work.absenceQuery).unit, staffOf(event), deps),
    'POST /desk/absences': async (event) =>
      load.saveAbsences(parseBody(event, work.absenceRequest), staffOf(event), deps),
    'GET /desk/rules/proposals': async (event) =>
      ruleReview.listProposals(query(event, rules.proposalListQuery), staffOf(event), deps),
    'POST /desk/rules/proposals/{id}': async (event) =>
      ruleReview.decideProposal(
        idOf(event, rules.proposalPath),
        parseBody(event, rules.proposalDecision),
        staffOf(event),
        deps,
      ),
    'POST /desk/rules/undo': async (event) =>
      ruleReview.undoRules(parseBody(event, rules.rulesUndo), staffOf(event), deps),
    'POST /desk/cases/{number}/{action}': async (event) => {
      const { action } = parseParameters(event.pathParameters, z.object({ action: deskAction }));
      const request = parseBody(event, deskRequests[action] ?? z.never());
      return act(caseNumberOf(event), action, request, staffOf(event), deps);
    },
  };
}
