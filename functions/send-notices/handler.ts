import { noticeRequest } from '../../events/notice-request.ts';
import { checkLifeCycles } from '../../shared/case/life-cycle.ts';
import { readConfig } from '../../shared/config.ts';
import { CHANCE } from '../../shared/intake/chance.ts';
import { createLogger } from '../../shared/logging.ts';
import { type DeliverDependencies, deliver } from '../../shared/notices/deliver.ts';
import { sendersOf } from '../../shared/notices/senders.ts';
import { sqsFunction } from '../../shared/queue/sqs-function.ts';
import { bureauStores } from '../../shared/store/bureau-stores.ts';
import { createDocumentClient } from '../../shared/store/dynamodb.ts';
import { createDynamoDbCaseStore } from '../../shared/store/dynamodb-case-store.ts';
import { createDynamoDbIdentityStore } from '../../shared/store/dynamodb-identity-store.ts';
import { createDynamoDbNoticeStore } from '../../shared/store/dynamodb-notice-store.ts';
import { createDynamoDbPartnerStore } from '../../shared/store/partner-store.ts';

checkLifeCycles();
const name = 'send-notices';
const config = readConfig(name);
const logger = createLogger(name);
const client = createDocumentClient();
const deps: DeliverDependencies = {
  name,
  cases: createDynamoDbCaseStore(client, { cases: config.CASES_TABLE }),
  people: createDynamoDbIdentityStore(client, config.IDENTITIES_TABLE),
  store: createDynamoDbNoticeStore(client, config.CASES_TABLE),
  ...bureauStores(client, config, CHANCE.now),
  partners: createDynamoDbPartnerStore(client, config.REGISTRY_TABLE, config.BUREAU, CHANCE.now),
  linkKeys: config.PARTNER_LINK_KEYS,
  ...sendersOf(config),
  pages: config.PAGES_URL,
  ...CHANCE,
  log: (code, facts) => logger.info(code, facts),
};

/** SQS notices → SMS, e-mail. Notices of everything but reports; informers cannot be read from here. */
export const handler = sqsFunction(logger, noticeRequest, (request) => deliver(request, deps));
