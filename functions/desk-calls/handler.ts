import type { APIGatewayProxyEventV2WithJWTAuthorizer as Event } from 'aws-lambda';
import { contactsQuery } from '../../events/contacts-query.ts';
import { readConfig } from '../../shared/config.ts';
import { caseNumberOf, parseParameters } from '../../shared/http/parse.ts';
import { httpFunction } from '../../shared/http/stack.ts';
import { staffOf } from '../../shared/http/staff.ts';
import { createLogger } from '../../shared/logging.ts';
import { createDynamoDbCallStore } from '../../shared/store/call-store.ts';
import { createDynamoDbContactStore } from '../../shared/store/contact-store.ts';
import { createDocumentClient } from '../../shared/store/dynamodb.ts';
import { createDynamoDbCaseStore } from '../../shared/store/dynamodb-case-store.ts';
import { type DeskCallsDependencies, listContacts, showCall } from './desk-calls.ts';

const config = readConfig('desk-calls');
const logger = createLogger('desk-calls');
const client = createDocumentClient();
const deps: DeskCallsDependencies = {
  cases: createDynamoDbCaseStore(client, { cases: config.CASES_TABLE }),
  calls: createDynamoDbCallStore(client, config.IDENTITIES_TABLE),
  contacts: createDynamoDbContactStore(client, config.IDENTITIES_TABLE),
  bureau: config.BUREAU,
  now: () => new Date(),
  log: (code, facts) => logger.info(code, facts),
};

/** What people said, for the desk; API Gateway has verified the token. */
export const handler = httpFunction(logger, {
  'GET /desk/cases/{number}/call': async (event: Event) =>
    showCall(caseNumberOf(event), staffOf(event), deps),
  'GET /desk/contacts': async (event: Event) =>
    listContacts(parseParameters(event.queryStringParameters ?? {}, contactsQuery), staffOf(event), deps),
});
