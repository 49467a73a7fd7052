import type { APIGatewayProxyEventV2WithJWTAuthorizer as Event } from 'aws-lambda';
import { businessAnswerRequest, openBusinessPath, reviewAnswerRequest } from '../../events/open-data.ts';
import { readConfig } from '../../shared/config.ts';
import { parseBody, parseParameters } from '../../shared/http/parse.ts';
import { httpFunction } from '../../shared/http/stack.ts';
import { staffOf } from '../../shared/http/staff.ts';
import { CHANCE } from '../../shared/intake/chance.ts';
import { createLogger } from '../../shared/logging.ts';
import { createDocumentClient } from '../../shared/store/dynamodb.ts';
import { createDynamoDbOpenDataStore } from '../../shared/store/open-data-store.ts';
import { type AnswerDependencies, enter, listWaiting, review } from './business-answers.ts';

const config = readConfig('business-answers');
const logger = createLogger('business-answers');
const deps: AnswerDependencies = {
  openData: createDynamoDbOpenDataStore(createDocumentClient(), config.PUBLIC_CASES_TABLE),
  now: CHANCE.now,
  log: (code, facts) => logger.info(code, facts),
};
const businessOf = ({ pathParameters = {} }: Event) =>
  parseParameters(pathParameters, openBusinessPath).creditCode;

/** What businesses answer to their published results: entered at the desk for them, read by a second person. */
export const handler = httpFunction<Event>(logger, {
  'GET /desk/business-answers': async (event) => listWaiting(staffOf(event), deps),
  'POST /desk/businesses/{creditCode}/answer': async (event) =>
    enter(businessOf(event), parseBody(event, businessAnswerRequest), staffOf(event), deps),
  'POST /desk/businesses/{creditCode}/answer/review': async (event) =>
    review(businessOf(event), parseBody(event, reviewAnswerRequest), staffOf(event), deps),
});
