import { randomUUID } from 'node:crypto';
import { subscriptionRequest, warningsQuery } from '../../events/warnings.ts';
import { readConfig } from '../../shared/config.ts';
import { parseBody, parseParameters } from '../../shared/http/parse.ts';
import { httpFunction } from '../../shared/http/stack.ts';
import { CHANCE } from '../../shared/intake/chance.ts';
import { proven } from '../../shared/intake/guard.ts';
import { createLogger } from '../../shared/logging.ts';
import { createDynamoDbAlarmStore } from '../../shared/store/alarm-store.ts';
import { createDocumentClient } from '../../shared/store/dynamodb.ts';
import { createDynamoDbGuardStore } from '../../shared/store/guard-store.ts';
import { createDynamoDbSubscriberStore } from '../../shared/store/subscriber-store.ts';
import { listPublished, subscribe, unsubscribe } from './subscribe.ts';

const config = readConfig('subscribe-warnings');
const logger = createLogger('subscribe-warnings');
const client = createDocumentClient();
const { now } = CHANCE;
const guard = createDynamoDbGuardStore(client, config.IDENTITIES_TABLE);
const deps = {
  alarms: createDynamoDbAlarmStore(client, config.REGISTRY_TABLE, config.BUREAU),
  subscribers: createDynamoDbSubscriberStore(client, config.IDENTITIES_TABLE, config.BUREAU),
  prove: (phoneHash: string, code: string) =>
    proven(phoneHash, code, { guard, now, log: (line, facts) => logger.info(line, facts) }),
  randomId: randomUUID,
  now,
};

/** Consumer warnings for everybody: published ones, and SMS for who proves that the phone is his. */
export const handler = httpFunction(logger, {
  'GET /warnings': async (event) =>
    listPublished(parseParameters(event.queryStringParameters ?? {}, warningsQuery), deps),
  'POST /warnings/subscribers': async (event) => subscribe(parseBody(event, subscriptionRequest), deps),
  'DELETE /warnings/subscribers': async (event) => unsubscribe(parseBody(event, subscriptionRequest), deps),
});
