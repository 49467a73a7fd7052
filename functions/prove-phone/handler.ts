import { randomUUID } from 'node:crypto';
import { phoneCodeRequest } from '../../events/phone-code.ts';
import { readConfig } from '../../shared/config.ts';
import { parseBody, viewerAddress } from '../../shared/http/parse.ts';
import { httpFunction } from '../../shared/http/stack.ts';
import { CHANCE } from '../../shared/intake/chance.ts';
import { createLogger } from '../../shared/logging.ts';
import { sendersOf } from '../../shared/notices/senders.ts';
import { createDocumentClient } from '../../shared/store/dynamodb.ts';
import { createDynamoDbGuardStore } from '../../shared/store/guard-store.ts';
import { createDynamoDbRegistryStore } from '../../shared/store/registry-store.ts';
import { type ProvePhoneDependencies, provePhone } from './prove-phone.ts';

const config = readConfig('prove-phone');
const logger = createLogger('prove-phone');
const client = createDocumentClient();
const deps: ProvePhoneDependencies = {
  registry: createDynamoDbRegistryStore(client, config.REGISTRY_TABLE, config.BUREAU, CHANCE.now),
  guard: createDynamoDbGuardStore(client, config.IDENTITIES_TABLE),
  messenger: sendersOf(config).messenger,
  ...CHANCE,
  id: randomUUID,
  log: (code, facts) => logger.info(code, facts),
};

/** POST /phone-codes */
export const handler = httpFunction(logger, {
  'POST /phone-codes': async (event) =>
    provePhone(parseBody(event, phoneCodeRequest), { address: viewerAddress(event) }, deps),
});
