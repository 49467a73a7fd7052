import type { APIGatewayProxyEventV2WithJWTAuthorizer } from 'aws-lambda';
import * as z from 'zod';
import { deskAction, deskListQuery, deskRequests } from '../../events/desk-requests.ts';
import { readConfig } from '../../shared/config.ts';
import { caseNumberOf, parseBody, parseParameters } from '../../shared/http/parse.ts';
import { httpFunction } from '../../shared/http/stack.ts';
import { staffOf } from '../../shared/http/staff.ts';
import { createCalendar } from '../../shared/law/calendar.ts';
import { HOLIDAY_YEARS } from '../../shared/law/holidays.ts';
import { createLogger } from '../../shared/logging.ts';
import { createDocumentClient } from '../../shared/store/dynamodb.ts';
import { createDynamoDbCaseStore } from '../../shared/store/dynamodb-case-store.ts';
import { createDynamoDbRegistryStore } from '../../shared/store/registry-store.ts';
import { act } from './act.ts';
import { type DeskDependencies, listCases, showCase } from './desk.ts';

const config = readConfig('desk-api');
const logger = createLogger('desk-api');
const client = createDocumentClient();
const now = () => new Date();
const deps: DeskDependencies = {
  cases: createDynamoDbCaseStore(client, { cases: config.CASES_TABLE, identities: config.IDENTITIES_TABLE }),
  registry: createDynamoDbRegistryStore(client, config.REGISTRY_TABLE, config.BUREAU, now),
  calendar: createCalendar(HOLIDAY_YEARS),
  now,
  log: (code, facts) => logger.info(code, facts),
};

/** The desk of dispatchers and officers; API Gateway has verified the token. */
export const handler = httpFunction<APIGatewayProxyEventV2WithJWTAuthorizer>(logger, {
  'GET /desk/cases': async (event) =>
    listCases(parseParameters(event.queryStringParameters ?? {}, deskListQuery), staffOf(event), deps),
  'GET /desk/cases/{number}': async (event) => showCase(caseNumberOf(event), staffOf(event), deps),
  'POST /desk/cases/{number}/{action}': async (event) => {
    const { action } = parseParameters(event.pathParameters, z.object({ action: deskAction }));
    return act(caseNumberOf(event), action, parseBody(event, deskRequests[action]), staffOf(event), deps);
  },
});
