import { setTimeout as delay } from 'node:timers/promises';
import {
  BatchWriteCommand,
  type BatchWriteCommandInput,
  type BatchWriteCommandOutput,
  type DynamoDBDocumentClient,
  paginateQuery,
} from '@aws-sdk/lib-dynamodb';
import * as z from 'zod';
import type { Registry } from '../jurisdiction/registry.ts';
import { REVIEWABLE } from '../law/bureau-settings.ts';
import { CLOCKS } from '../law/rule-packs.ts';
import { storedPartner } from '../partners/partner.ts';
import { ROLES, type Role } from '../people/roles.ts';

const unit = z.object({
  code: z.string(),
  kind: z.enum(['city', 'county', 'station']),
  name: z.string(),
  address: z.string(),
  phone: z.string(),
  parent: z.string().optional(),
});
const division = z.object({
  code: z.string(),
  name: z.string(),
  county: z.object({ code: z.string(), name: z.string() }),
  station: z.string(),
  area: z.object({ code: z.string(), name: z.string(), officer: z.string() }),
});
const business = z.object({
  creditCode: z.string(),
  name: z.string(),
  aliases: z.array(z.string()),
  address: z.string(),
  division: z.string(),
  grade: z.enum(['A', 'B', 'C', 'D']),
});
const officer = z.object({
  id: z.string(),
  name: z.string(),
  role: z.enum(Object.keys(ROLES) as [Role, ...Role[]]),
  unit: z.string(),
  phone: z.string().optional(),
  email: z.string().optional(),
});
const clockLengths = z.partialRecord(z.enum(CLOCKS), z.number().int().min(0).max(365));
const dutyTime = z.string().regex(/^(?:[01]\d|2[0-3]):[0-5]\d$/);
const settings = z
  .strictObject({
    lengths: clockLengths,
    shiftWeekends: z.boolean(),
    secondPairOfEyes: z.array(z.enum(REVIEWABLE)),
    reminders: z.array(
      z.strictObject({ clock: z.enum(CLOCKS).optional(), days: z.number().int().min(0).max(30) }),
    ),
    dutyHours: z.strictObject({ from: dutyTime, to: dutyTime }),
    escalation: z.array(
      z.strictObject({
        workingDaysLate: z.number().int().min(1).max(60),
        to: z.enum(['officer', 'head', 'manager']),
      }),
    ),
    retentionDays: z.number().int().min(180).max(10_000),
    incidents: z.object({
      rules: z
        .array(z.object({ people: z.number().int().min(2), hours: z.number().int().min(1).max(720) }))
        .min(1),
      timesUsual: z.number().min(1),
      quietDays: z.number().int().min(1).max(90),
    }),
    open311: z.strictObject({
      keys: z
        .array(
          z.strictObject({
            client: z.string().min(1).max(100),
            sha256: z.string().regex(/^[0-9a-f]{64}$/),
          }),
        )
        .max(200),
      url: z.url().optional(),
      contact: z.string().max(500).optional(),
      keyService: z.string().max(500).optional(),
    }),
    mostFromAddress: z.number().int().min(5).max(1_000_000),
    mostFromPhone: z.number().int().min(3).max(1_000_000),
    provePhone: z.boolean(),
  })
  .partial();

/** A whole register as one document: the file that `npm run load-registry` reads, and the sample's shape. */
export const registryDocument = z.strictObject({
  bureau: z.string(),
  city: z.string(),
  units: z.array(unit),
  divisions: z.array(division),
  businesses: z.array(business),
  officers: z.array(officer),
  settings: settings.optional(),
  /** Kept below a key of their own; left out, the partners stay as they are. */
  partners: z.array(storedPartner).optional(),
});

export type RegistryDocument = z.output<typeof registryDocument>;

/** Reads and loads the register of a bureau. */
export interface RegistryStore {
  read(): Promise<Registry>;
  /** Replaces the register by this one. */
  load(registry: Registry): Promise<void>;
}

type WriteRequest = NonNullable<BatchWriteCommandInput['RequestItems']>[string][number];

const ENTITIES = ['units', 'divisions', 'businesses', 'officers'] as const;
const CACHE_MS = 60_000;

/**
 * Keeps the register of one bureau under one partition key: a city's is a few hundred small items, read with
 * one query. A read is kept for a minute, so a changed register takes effect within that minute.
 */
export function createDynamoDbRegistryStore(
  client: DynamoDBDocumentClient,
  table: string,
  bureau: string,
  now: () => Date,
): RegistryStore {
  let cached: { registry: Registry; until: number } | undefined;

  return {
    async read() {
      if (cached !== undefined && now().getTime() < cached.until) return cached.registry;
      const registry = await readAll(client, table, bureau);
      cached = { registry, until: now().getTime() + CACHE_MS };
      return registry;
    },

    async load(registry) {
      const items = [
        {
          pk: `BUREAU#${registry.bureau}`,
          sk: 'BUREAU',
          entity: 'bureau',
          city: registry.city,
          ...(registry.settings === undefined ? {} : { settings: registry.settings }),
        },
        ...ENTITIES.flatMap((entity) =>
          registry[entity].map((item) => ({
            pk: `BUREAU#${registry.bureau}`,
            sk: sortKey(entity, item),
            entity,
            item,
          })),
        ),
      ].map((item) => ({ ...item, schemaVersion: 1 }));
      await replaceAll(client, table, `BUREAU#${registry.bureau}`, items);
      cached = undefined;
    },
  };
}

/** Makes these the items below a partition key: what is no longer among them goes. */
export async function replaceAll(
  client: DynamoDBDocumentClient,
  table: string,
  pk: string,
  items: readonly { sk: string }[],
): Promise<void> {
  const stays = new Set(items.map(({ sk }) => sk));
  const gone = (await sortKeys(client, table, pk)).filter((sk) => !stays.has(sk));
  await writeAll(client, table, [
    ...items.map((Item) => ({ PutRequest: { Item } })),
    // What is no longer there goes last: a reader in between sees too much, never too little.
    ...gone.map((sk) => ({ DeleteRequest: { Key: { pk, sk } } })),
  ]);
}

/** 25 requests are DynamoDB's limit for one call; what it had no capacity for is sent again, a little later. */
async function writeAll(
  client: DynamoDBDocumentClient,
  table: string,
  requests: readonly WriteRequest[],
): Promise<void> {
  for (let start = 0; start < requests.length; start += 25) {
    let open = requests.slice(start, start + 25);
    for (let tries = 0; open.length > 0; tries += 1) {
      await delay(tries * 100);
      const { UnprocessedItems }: BatchWriteCommandOutput = await client.send(
        new BatchWriteCommand({ RequestItems: { [table]: open } }),
      );
      open = UnprocessedItems?.[table] ?? [];
    }
  }
}

async function sortKeys(client: DynamoDBDocumentClient, table: string, pk: string): Promise<string[]> {
  const keys: string[] = [];
  const pages = paginateQuery(
    { client },
    {
      TableName: table,
      KeyConditionExpression: 'pk = :pk',
      ExpressionAttributeValues: { ':pk': pk },
      ProjectionExpression: 'sk',
    },
  );
  for await (const page of pages) keys.push(...(page.Items ?? []).map(({ sk }) => String(sk)));
  return keys;
}

function sortKey(entity: (typeof ENTITIES)[number], item: object): string {
  const id =
    'code' in item ? item.code : 'creditCode' in item ? item.creditCode : (item as { id: string }).id;
  return `${entity.toUpperCase()}#${String(id)}`;
}

async function readAll(client: DynamoDBDocumentClient, table: string, bureau: string): Promise<Registry> {
  const found: Record<string, unknown[]> = { units: [], divisions: [], businesses: [], officers: [] };
  let city = '';
  let own: unknown;
  const pages = paginateQuery(
    { client },
    {
      TableName: table,
      KeyConditionExpression: 'pk = :bureau',
      ExpressionAttributeValues: { ':bureau': `BUREAU#${bureau}` },
    },
  );
  for await (const page of pages) {
    for (const item of page.Items ?? []) {
      if (item.entity === 'bureau') {
        city = String(item.city);
        own = item.settings;
      }
      found[String(item.entity)]?.push(item.item);
    }
  }
  // Deciding by an empty register would send every case to the dispatcher: let messages come again instead.
  if (city === '') throw new Error(`the register of bureau ${bureau} is not loaded`);
  return registryDocument.parse({ bureau, city, ...found, settings: own });
}
