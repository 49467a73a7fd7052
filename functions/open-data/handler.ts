import {
  openBusinessesQuery,
  openBusinessPath,
  openComplaintsQuery,
  openFiguresQuery,
} from '../../events/open-data.ts';
import { readConfig } from '../../shared/config.ts';
import { parseParameters } from '../../shared/http/parse.ts';
import { httpFunction } from '../../shared/http/stack.ts';
import { createLogger } from '../../shared/logging.ts';
import { createDocumentClient } from '../../shared/store/dynamodb.ts';
import { createDynamoDbOpenDataStore } from '../../shared/store/open-data-store.ts';
import { listBusinesses, showBusiness } from './businesses.ts';
import { listComplaints } from './complaints.ts';
import { listFigures } from './figures.ts';
import { showCatalogue } from './open-data.ts';

const config = readConfig('open-data');
const openData = createDynamoDbOpenDataStore(createDocumentClient(), config.PUBLIC_CASES_TABLE);
const deps = { openData, bureau: config.BUREAU };

/** GET /open-data and below: for everybody (Order 121 Art. 38); reads what was released and nothing else. */
export const handler = httpFunction(createLogger('open-data'), {
  'GET /open-data': async () => showCatalogue(deps),
  'GET /open-data/complaints': async ({ queryStringParameters = {} }) =>
    listComplaints(parseParameters(queryStringParameters, openComplaintsQuery), deps),
  'GET /open-data/figures': async ({ queryStringParameters = {} }) =>
    listFigures(parseParameters(queryStringParameters, openFiguresQuery), deps),
  'GET /open-data/businesses': async ({ queryStringParameters = {} }) =>
    listBusinesses(parseParameters(queryStringParameters, openBusinessesQuery), deps),
  'GET /open-data/businesses/{creditCode}': async ({ pathParameters = {} }) =>
    showBusiness(parseParameters(pathParameters, openBusinessPath), deps),
});
