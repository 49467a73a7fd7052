import * as z from 'zod';
import { readConfig } from '../../shared/config.ts';
import { caseNumberOf, parseHeader } from '../../shared/http/parse.ts';
import { httpFunction } from '../../shared/http/stack.ts';
import { createLogger } from '../../shared/logging.ts';
import { createDocumentClient } from '../../shared/store/dynamodb.ts';
import { createDynamoDbCaseStore } from '../../shared/store/dynamodb-case-store.ts';
import { createDynamoDbRegistryStore } from '../../shared/store/registry-store.ts';
import { track } from './track.ts';

const config = readConfig('track-case');
const client = createDocumentClient();
const deps = {
  cases: createDynamoDbCaseStore(client, { cases: config.CASES_TABLE }),
  registry: createDynamoDbRegistryStore(client, config.REGISTRY_TABLE, config.BUREAU, () => new Date()),
};

/** GET /complaints/{number}, with the secret in a header: addresses end up in logs, headers do not. */
export const handler = httpFunction(createLogger('track-case'), {
  'GET /complaints/{number}': async (event) =>
    track(caseNumberOf(event), parseHeader(event, 'tracking-secret', z.string().max(64)), deps),
});
