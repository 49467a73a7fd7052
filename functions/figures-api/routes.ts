import type { APIGatewayProxyEventV2WithJWTAuthorizer } from 'aws-lambda';
import type * as z from 'zod';
import { figureCasesQuery, figuresQuery, figureUnitsQuery } from '../../events/figures.ts';
import * as requests from '../../events/warnings.ts';
import { caseNumberOf, parseBody, parseParameters } from '../../shared/http/parse.ts';
import type { Route } from '../../shared/http/stack.ts';
import { staffOf } from '../../shared/http/staff.ts';
import { showCasesBehind, showFiguresOfCase } from './cases-behind.ts';
import { type FiguresDependencies, showCatalogue, showFigures } from './figures.ts';
import { showUnits } from './units.ts';
import * as warnings from './warnings.ts';

type Event = APIGatewayProxyEventV2WithJWTAuthorizer;
const query = <S extends z.ZodType>(event: Event, schema: S) =>
  parseParameters(event.queryStringParameters ?? {}, schema);

const alarmOf = (event: Event) => parseParameters(event.pathParameters ?? {}, requests.alarmPath).id;

/** The routes of this function, each with what it reads out of the request. */
export function figuresRoutes(
  deps: FiguresDependencies & warnings.WarningDependencies,
): Record<string, Route<Event>> {
  return {
    'GET /desk/figures': async (event) => showFigures(query(event, figuresQuery), staffOf(event), deps),
    'GET /desk/figures/catalogue': async () => showCatalogue(),
    'GET /desk/figures/cases': async (event) =>
      showCasesBehind(query(event, figureCasesQuery), staffOf(event), deps),
    'GET /desk/figures/units': async (event) =>
      showUnits(query(event, figureUnitsQuery), staffOf(event), deps),
    'GET /desk/alarms': async (event) =>
      warnings.listAlarms(query(event, requests.alarmListQuery), staffOf(event), deps),
    'GET /desk/alarms/{id}': async (event) => warnings.showAlarm(alarmOf(event), staffOf(event), deps),
    'POST /desk/alarms/{id}/mark': async (event) =>
      warnings.markOne(alarmOf(event), parseBody(event, requests.markRequest), staffOf(event), deps),
    'POST /desk/alarms/{id}/warning': async (event) =>
      warnings.draftWarning(alarmOf(event), staffOf(event), deps),
    'POST /desk/alarms/{id}/warning/name': async (event) =>
      warnings.nameInWarning(alarmOf(event), parseBody(event, requests.nameRequest), staffOf(event), deps),
    'POST /desk/alarms/{id}/warning/publish': async (event) =>
      warnings.publishWarning(
        alarmOf(event),
        parseBody(event, requests.publishRequest),
        staffOf(event),
        deps,
      ),
    'GET /desk/inspection-plan': async (event) =>
      warnings.showPlan(query(event, requests.planQuery), staffOf(event), deps),
    'GET /desk/cases/{number}/figures': async (event) =>
      showFiguresOfCase(caseNumberOf(event), staffOf(event), deps),
  };
}
