import type { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import type { Clock } from '../dates.ts';
import { createDynamoDbCalendarStore } from './calendar-store.ts';
import { createDynamoDbRegistryStore } from './registry-store.ts';

/** What nearly every function needs of its bureau: the register and the calendar. */
export function bureauStores(
  client: DynamoDBDocumentClient,
  { REGISTRY_TABLE, BUREAU }: { REGISTRY_TABLE: string; BUREAU: string },
  now: Clock,
) {
  return {
    registry: createDynamoDbRegistryStore(client, REGISTRY_TABLE, BUREAU, now),
    calendar: createDynamoDbCalendarStore(client, REGISTRY_TABLE, now),
  };
}
