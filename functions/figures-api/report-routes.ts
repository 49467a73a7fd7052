import type { APIGatewayProxyEventV2WithJWTAuthorizer } from 'aws-lambda';
import { reportFilePath, reportPath, reportRequest, reportsQuery } from '../../events/reports.ts';
import { parseBody, parseParameters } from '../../shared/http/parse.ts';
import type { Route } from '../../shared/http/stack.ts';
import { staffOf } from '../../shared/http/staff.ts';
import {
  fetchReport,
  listReports,
  orderReport,
  publishReport,
  type ReportsDependencies,
  showReport,
} from './reports.ts';

type Event = APIGatewayProxyEventV2WithJWTAuthorizer;
const idOf = (event: Event) => parseParameters(event.pathParameters ?? {}, reportPath).id;

/** Work summaries, briefs and public reports. Below figures: `/desk/reports` are the reports of violations (举报). */
export function reportRoutes(deps: ReportsDependencies): Record<string, Route<Event>> {
  return {
    'POST /desk/figures/reports': async (event) =>
      orderReport(parseBody(event, reportRequest), staffOf(event), deps),
    'GET /desk/figures/reports': async (event) =>
      listReports(parseParameters(event.queryStringParameters ?? {}, reportsQuery), staffOf(event), deps),
    'GET /desk/figures/reports/{id}': async (event) => showReport(idOf(event), staffOf(event), deps),
    'GET /desk/figures/reports/{id}/{format}': async (event) => {
      const { id, format } = parseParameters(event.pathParameters ?? {}, reportFilePath);
      return fetchReport(id, format, staffOf(event), deps);
    },
    'POST /desk/figures/reports/{id}/publish': async (event) =>
      publishReport(idOf(event), staffOf(event), deps),
  };
}
