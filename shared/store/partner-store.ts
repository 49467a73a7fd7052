import { type DynamoDBDocumentClient, paginateQuery, QueryCommand } from '@aws-sdk/lib-dynamodb';
import { type Partner, storedPartner } from '../partners/partner.ts';
import { replaceAll } from './registry-store.ts';

/** Rights stations and businesses that settle first. A city may have thousands: they are no part of the register. */
export interface PartnerStore {
  partner(code: string): Promise<Partner | undefined>;
  all(): Promise<Partner[]>;
  /** Replaces the partners by these. */
  load(partners: readonly Partner[]): Promise<void>;
}

const CACHE_MS = 60_000;
const keyOf = (bureau: string, code: string) => ({ pk: `PARTNERS#${bureau}`, sk: `PARTNER#${code}` });

/** Keeps them in the registry table. The whole list is kept for a minute; one by its code is always read anew. */
export function createDynamoDbPartnerStore(
  client: DynamoDBDocumentClient,
  table: string,
  bureau: string,
  now: () => Date,
): PartnerStore {
  let cached: { partners: Partner[]; until: number } | undefined;
  return {
    async partner(code) {
      const { pk, sk } = keyOf(bureau, code);
      const { Items = [] } = await client.send(
        new QueryCommand({
          TableName: table,
          KeyConditionExpression: 'pk = :pk AND sk = :sk',
          ExpressionAttributeValues: { ':pk': pk, ':sk': sk },
          ConsistentRead: true,
        }),
      );
      return Items[0] === undefined ? undefined : storedPartner.parse(Items[0].item);
    },

    async all() {
      if (cached !== undefined && now().getTime() < cached.until) return cached.partners;
      const partners: Partner[] = [];
      const pages = paginateQuery(
        { client },
        {
          TableName: table,
          KeyConditionExpression: 'pk = :pk',
          ExpressionAttributeValues: { ':pk': keyOf(bureau, '').pk },
        },
      );
      for await (const { Items = [] } of pages) {
        partners.push(...Items.map(({ item }) => storedPartner.parse(item)));
      }
      cached = { partners, until: now().getTime() + CACHE_MS };
      return partners;
    },

    async load(partners) {
      const items = partners.map((item) => ({
        ...keyOf(bureau, item.code),
        entity: 'partner',
        schemaVersion: 1,
        item,
      }));
      await replaceAll(client, table, keyOf(bureau, '').pk, items);
      cached = undefined;
    },
  };
}

/** The same in memory. */
export function createMemoryPartnerStore(first: readonly Partner[] = []): PartnerStore {
  let kept = [...first];
  return {
    partner: async (code) => kept.find((partner) => partner.code === code),
    all: async () => kept,
    load: async (partners) => {
      kept = [...partners];
    },
  };
}
