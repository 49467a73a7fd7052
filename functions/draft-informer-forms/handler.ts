import type { APIGatewayProxyEventV2WithJWTAuthorizer } from 'aws-lambda';
import { readConfig } from '../../shared/config.ts';
import type { DraftDependencies } from '../../shared/forms/draft.ts';
import { loadFonts } from '../../shared/forms/fonts.ts';
import { formRoutes } from '../../shared/forms/form-routes.ts';
import { httpFunction } from '../../shared/http/stack.ts';
import { createLogger } from '../../shared/logging.ts';
import { createDocumentClient } from '../../shared/store/dynamodb.ts';
import { createDynamoDbCaseStore } from '../../shared/store/dynamodb-case-store.ts';
import { createDynamoDbIdentityStore } from '../../shared/store/dynamodb-identity-store.ts';
import { createDynamoDbRegistryStore } from '../../shared/store/registry-store.ts';

const config = readConfig('draft-informer-forms');
const logger = createLogger('draft-informer-forms');
const client = createDocumentClient();
const now = () => new Date();
const deps: DraftDependencies = {
  cases: createDynamoDbCaseStore(client, { cases: config.CASES_TABLE }),
  people: createDynamoDbIdentityStore(client, config.INFORMERS_TABLE),
  serves: 'report',
  registry: createDynamoDbRegistryStore(client, config.REGISTRY_TABLE, config.BUREAU, now),
  fonts: loadFonts(),
  now,
  log: (code, facts) => logger.info(code, facts),
};

/** Forms of reports, which never go to the business: the only drafts that may name an informer. */
export const handler = httpFunction<APIGatewayProxyEventV2WithJWTAuthorizer>(
  logger,
  formRoutes('reports', deps),
);
