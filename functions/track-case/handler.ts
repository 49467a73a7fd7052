import * as z from 'zod';
import { readConfig } from '../../shared/config.ts';
import { caseNumberOf, parseHeader } from '../../shared/http/parse.ts';
import { httpFunction } from '../../shared/http/stack.ts';
import { createLogger } from '../../shared/logging.ts';
import { bureauStores } from '../../shared/store/bureau-stores.ts';
import { createDocumentClient } from '../../shared/store/dynamodb.ts';
import { createDynamoDbCaseStore } from '../../shared/store/dynamodb-case-store.ts';
import { createDynamoDbPartnerStore } from '../../shared/store/partner-store.ts';
import { type TrackDependencies, track, trackDates } from './track.ts';

const config = readConfig('track-case');
const client = createDocumentClient();
const now = () => new Date();
const deps: TrackDependencies = {
  cases: createDynamoDbCaseStore(client, { cases: config.CASES_TABLE }),
  ...bureauStores(client, config, now),
  partners: createDynamoDbPartnerStore(client, config.REGISTRY_TABLE, config.BUREAU, now),
  now,
};
const secret = z.string().max(64);

/** The secret comes in a header: addresses end up in logs, headers do not. */
export const handler = httpFunction(createLogger('track-case'), {
  'GET /complaints/{number}': async (event) =>
    track(caseNumberOf(event), parseHeader(event, 'tracking-secret', secret), deps),
  'GET /complaints/{number}/dates': async (event) =>
    trackDates(caseNumberOf(event), parseHeader(event, 'tracking-secret', secret), deps),
});
