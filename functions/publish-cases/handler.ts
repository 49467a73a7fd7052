import { publicationRequest } from '../../events/publication-request.ts';
import { readConfig } from '../../shared/config.ts';
import { createLogger } from '../../shared/logging.ts';
import { sqsFunction } from '../../shared/queue/sqs-function.ts';
import { createDocumentClient } from '../../shared/store/dynamodb.ts';
import { createDynamoDbCaseStore } from '../../shared/store/dynamodb-case-store.ts';
import { createDynamoDbOpenDataStore } from '../../shared/store/open-data-store.ts';
import { createDynamoDbPublicCaseStore } from '../../shared/store/public-case-store.ts';
import { createDynamoDbRegistryStore } from '../../shared/store/registry-store.ts';
import { type PublishDependencies, publishCase } from './publish.ts';

const config = readConfig('publish-cases');
const client = createDocumentClient();
const now = () => new Date();
const deps: PublishDependencies = {
  cases: createDynamoDbCaseStore(client, { cases: config.CASES_TABLE }),
  registry: createDynamoDbRegistryStore(client, config.REGISTRY_TABLE, config.BUREAU, now),
  publicCases: createDynamoDbPublicCaseStore(client, config.PUBLIC_CASES_TABLE),
  openData: createDynamoDbOpenDataStore(client, config.PUBLIC_CASES_TABLE),
  now,
};

/** SQS public cases → what Open311 reads, and what waits to become open data. */
export const handler = sqsFunction(createLogger('publish-cases'), publicationRequest, async ({ number }) => {
  await publishCase(number, deps);
});
