import type { readConfig } from '../../shared/config.ts';
import type { Clock } from '../../shared/dates.ts';
import { withDeliveries } from '../../shared/notices/with-deliveries.ts';
import { bureauStores } from '../../shared/store/bureau-stores.ts';
import { createDynamoDbBusinessStore } from '../../shared/store/business-store.ts';
import { createDynamoDbDeliveryStore } from '../../shared/store/delivery-store.ts';
import { createDynamoDbDeskWorkStore } from '../../shared/store/desk-work-store.ts';
import { createDocumentClient } from '../../shared/store/dynamodb.ts';
import { createDynamoDbCaseStore } from '../../shared/store/dynamodb-case-store.ts';
import { createDynamoDbIdentityStore } from '../../shared/store/dynamodb-identity-store.ts';
import { createDynamoDbNoticeStore } from '../../shared/store/dynamodb-notice-store.ts';
import { createDynamoDbIncidentStore } from '../../shared/store/incident-store.ts';
import { createDynamoDbPartnerStore } from '../../shared/store/partner-store.ts';
import { createDynamoDbRuleStore } from '../../shared/store/rule-store.ts';

/** All that the desk reads and writes. */
export function deskStores(config: ReturnType<typeof readConfig<'desk-api'>>, now: Clock) {
  const client = createDocumentClient();
  const { CASES_TABLE: cases, IDENTITIES_TABLE: identities, INFORMERS_TABLE: informers } = config;
  const { REGISTRY_TABLE: registry, BUREAU: bureau } = config;
  return {
    cases: createDynamoDbCaseStore(client, { cases, identities, informers }),
    identities: createDynamoDbIdentityStore(client, identities),
    incidents: createDynamoDbIncidentStore(client, cases),
    deskWork: createDynamoDbDeskWorkStore(client, { cases, registry }),
    notices: withDeliveries(
      createDynamoDbNoticeStore(client, cases),
      createDynamoDbDeliveryStore(client, identities),
    ),
    ...bureauStores(client, config, now),
    partners: createDynamoDbPartnerStore(client, registry, bureau, now),
    businesses: createDynamoDbBusinessStore(client, registry, bureau),
    rules: createDynamoDbRuleStore(client, registry, bureau, now),
  };
}
