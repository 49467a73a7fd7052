import type { APIGatewayProxyEventV2WithJWTAuthorizer as Event } from 'aws-lambda';
import * as z from 'zod';
import { evidencePath, evidenceRequest } from '../../events/evidence.ts';
import { caseNumberOf, parseBody, parseHeader, parseParameters } from '../../shared/http/parse.ts';
import type { Answer, Route } from '../../shared/http/stack.ts';
import { staffOf } from '../../shared/http/staff.ts';
import * as evidence from './evidence.ts';

/** What consumers (by the secret of their case) and staff do alike. */
const COMMON: Readonly<
  Record<
    string,
    (event: Event, opened: evidence.Opened, deps: evidence.EvidenceDependencies) => Promise<Answer>
  >
> = {
  'GET {case}/evidence': (_, opened, deps) => evidence.listEvidence(opened, deps),
  'POST {case}/evidence': (event, opened, deps) =>
    evidence.beginEvidence(opened, parseBody(event, evidenceRequest), deps),
  'GET {case}/evidence/{id}': (event, opened, deps) => evidence.showEvidence(opened, idOf(event), deps),
  'POST {case}/evidence/{id}/complete': (event, opened, deps) =>
    evidence.completeEvidence(opened, idOf(event), deps),
};

const idOf = ({ pathParameters = {} }: Event) => parseParameters({ id: pathParameters.id }, evidencePath).id;
const secretOf = (event: Event) => parseHeader(event, 'tracking-secret', z.string().max(64));

/** The routes of this function: each case is opened before anything else is read. */
export function evidenceRoutes(deps: evidence.EvidenceDependencies): Record<string, Route<Event>> {
  const bySecret = (event: Event) => evidence.openBySecret(caseNumberOf(event), secretOf(event), deps);
  const atDesk = (event: Event) => evidence.openAtDesk(caseNumberOf(event), staffOf(event), deps);
  const routes = (prefix: string, open: (event: Event) => Promise<evidence.Opened>) =>
    Object.entries(COMMON).map(([route, act]): [string, Route<Event>] => [
      route.replace('{case}', prefix),
      async (event) => act(event, await open(event), deps),
    ]);
  return {
    ...Object.fromEntries(routes('/complaints/{number}', bySecret)),
    ...Object.fromEntries(routes('/desk/cases/{number}', atDesk)),
    'GET /desk/cases/{number}/evidence/{id}/file': async (event) =>
      evidence.takeFile(await atDesk(event), idOf(event), deps),
  };
}
