import { randomUUID } from 'node:crypto';
import { ConditionalCheckFailedException } from '@aws-sdk/client-dynamodb';
import { type DynamoDBDocumentClient, PutCommand, paginateQuery, QueryCommand } from '@aws-sdk/lib-dynamodb';
import * as z from 'zod';
import { KINDS, type Kind } from '../case/case.ts';
import { type Registry, UNIT_KINDS, type Unit } from '../jurisdiction/registry.ts';
import { PRECISIONS, type Precision, SOURCES } from '../jurisdiction/routing-rule.ts';
import { REVIEWABLE } from '../law/bureau-settings.ts';
import { CLOCKS } from '../law/rule-packs.ts';
import { storedPartner } from '../partners/partner.ts';
import { ROLES, type Role } from '../people/roles.ts';
import { writeAll } from './dynamodb.ts';

const localDate = z.iso.date();
const unit = z.object({
  code: z.string(),
  kind: z.enum(Object.keys(UNIT_KINDS) as [Unit['kind'], ...Unit['kind'][]]),
  name: z.string(),
  address: z.string(),
  phone: z.string(),
  parent: z.string().optional(),
  contact: z.string().optional(),
  dutyHours: z
    .string()
    .regex(
      /^(?:[01]\d|2[0-3]):[0-5]\d-(?:[01]\d|2[0-4]):[0-5]\d$/,
      '请写作 08:30-17:30 / Write it as 08:30-17:30',
    )
    .optional(),
  from: localDate.optional(),
  to: localDate.optional(),
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
const rule = z.object({
  id: z.string(),
  precision: z.enum(Object.keys(PRECISIONS) as [Precision, ...Precision[]]),
  word: z.string().min(1),
  within: z.string().optional(),
  numbers: z.object({ from: z.int(), to: z.int(), side: z.enum(['odd', 'even']).optional() }).optional(),
  kinds: z.array(z.enum(Object.keys(KINDS) as [Kind, ...Kind[]])).optional(),
  subjects: z.array(z.string()).optional(),
  unit: z.string(),
  area: z.string().optional(),
  from: localDate.optional(),
  to: localDate.optional(),
  source: z.enum(SOURCES),
  seen: z.object({ here: z.int(), elsewhere: z.int() }).optional(),
});
const platform = z.object({
  name: z.string().min(1),
  aliases: z.array(z.string()),
  operator: z.string(),
  creditCode: z.string().optional(),
  division: z.string(),
});
const authority = z.object({
  division: z.string().min(1),
  name: z.string(),
  address: z.string(),
  phone: z.string(),
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
    routingThreshold: z.number().min(0).max(1),
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
  /** Of which version it is an export; loading makes the next one. */
  version: z.int().min(0).default(0),
  bureau: z.string(),
  city: z.string(),
  units: z.array(unit),
  divisions: z.array(division),
  businesses: z.array(business),
  officers: z.array(officer),
  rules: z.array(rule).default([]),
  platforms: z.array(platform).optional(),
  authorities: z.array(authority).optional(),
  settings: settings.optional(),
  /** Kept below a key of their own; left out, the partners stay as they are. */
  partners: z.array(storedPartner).optional(),
});

export type RegistryDocument = z.output<typeof registryDocument>;

/** Reads and loads the register of a bureau. */
export interface RegistryStore {
  read(): Promise<Registry>;
  /**
   * Replaces the register by this one, all at once: whoever reads has the old one or the new one.
   * @param seen the version that must still be in force
   * @returns its version
   * @throws RegistryMoved when somebody else loaded one meanwhile; the register is as he left it
   */
  load(registry: Omit<Registry, 'version'>, seen?: number): Promise<number>;
}

/** A store that also knows which register was in force before. */
export interface RegistryVersions extends RegistryStore {
  /** The version in force; 0 when none was loaded. Not from the cache. */
  version(): Promise<number>;
  /** The register before the one in force, undefined when there was none. Partners are not part of it. */
  before(): Promise<Registry | undefined>;
}

/** Two people loaded registers at the same moment: the second looks at the first one's before he loads his own. */
export class RegistryMoved extends Error {
  override name = 'RegistryMoved';
}

const ENTITIES = [
  'units',
  'divisions',
  'businesses',
  'officers',
  'rules',
  'platforms',
  'authorities',
] as const;
const CACHE_MS = 60_000;

/**
 * Keeps the register of one bureau: each version as a set under a partition key of its own, and below the bureau's key which
 * one is in force. A read is kept for a minute, so that a changed register takes effect within that minute; after it the
 * version is looked at, and read whole only when it has changed.
 */
export function createDynamoDbRegistryStore(
  client: DynamoDBDocumentClient,
  table: string,
  bureau: string,
  now: () => Date,
): RegistryVersions {
  let cached: { registry: Registry; until: number } | undefined;

  return {
    async read() {
      if (cached !== undefined && now().getTime() < cached.until) return cached.registry;
      const registry = await readInForce(client, table, bureau, cached?.registry);
      cached = { registry, until: now().getTime() + CACHE_MS };
      return registry;
    },

    async version() {
      return (await inForce(client, table, bureau))?.version ?? 0;
    },

    async before() {
      const former = (await inForce(client, table, bureau))?.before;
      if (former === undefined) return undefined;
      const read = await readVersion(client, table, bureau, former);
      // Somebody loads a third one at this moment, and this one is no longer the one before.
      if (read === undefined) throw new RegistryMoved();
      return read;
    },

    async load(registry, seen) {
      const { bureau: of, city, settings: own } = registry;
      const before = await inForce(client, table, of);
      if (seen !== undefined && seen !== (before?.version ?? 0)) throw new RegistryMoved();
      // A set of its own: of two loads at the same moment neither touches the other's items.
      const set = randomUUID();
      const items = ENTITIES.flatMap((entity) =>
        (registry[entity] ?? []).map((item) => ({
          ...setKey(of, set),
          sk: sortKey(entity, item),
          entity,
          item,
          schemaVersion: SCHEMA_VERSION,
        })),
      );
      await writeAll(
        client,
        table,
        items.map((Item) => ({ PutRequest: { Item } })),
      );
      const version = (before?.version ?? 0) + 1;
      const pointer = {
        entity: 'bureau',
        schemaVersion: SCHEMA_VERSION,
        version,
        set,
        before: before && withoutBefore(before),
        items: items.length,
        city,
        settings: own,
      };
      if (!(await moveTo({ ...bureauKey(of), ...pointer }, before?.version, client, table))) {
        await removeSet(client, table, of, set);
        throw new RegistryMoved();
      }
      cached = undefined;
      // The set before stays: readers may be in the middle of it.
      if (before?.before !== undefined) await removeSet(client, table, of, before.before.set);
      return version;
    },
  };
}

const SCHEMA_VERSION = 2;
const bureauKey = (bureau: string) => ({ pk: `BUREAU#${bureau}`, sk: 'BUREAU' });
const setKey = (bureau: string, set: string) => ({ pk: `BUREAU#${bureau}#${set}` });
const removeSet = (client: DynamoDBDocumentClient, table: string, bureau: string, set: string) =>
  replaceAll(client, table, setKey(bureau, set).pk, []);

/** Puts the new version into force, from the one that was seen. False when another one is in force by now. */
async function moveTo(
  item: Record<string, unknown>,
  seen: number | undefined,
  client: DynamoDBDocumentClient,
  table: string,
): Promise<boolean> {
  const condition =
    seen === undefined
      ? { ConditionExpression: 'attribute_not_exists(#version)' }
      : { ConditionExpression: '#version = :seen', ExpressionAttributeValues: { ':seen': seen } };
  try {
    await client.send(
      new PutCommand({
        TableName: table,
        Item: item,
        ...condition,
        ExpressionAttributeNames: { '#version': 'version' },
      }),
    );
    return true;
  } catch (error) {
    if (error instanceof ConditionalCheckFailedException) return false;
    throw error;
  }
}

const versionItem = z.object({
  version: z.int().positive(),
  set: z.string(),
  items: z.int(),
  city: z.string().min(1),
  settings: settings.optional(),
});
/** The version in force, and the one before it, to which people can go back. */
const bureauItem = versionItem.extend({ before: versionItem.optional() });
type Version = z.output<typeof versionItem>;
const withoutBefore = (item: z.output<typeof bureauItem>): Version => versionItem.parse(item);

/** Which version of the register is in force; undefined when none was loaded. */
async function inForce(client: DynamoDBDocumentClient, table: string, bureau: string) {
  const { pk, sk } = bureauKey(bureau);
  // A query, as functions may read the register by queries only.
  const { Items = [] } = await client.send(
    new QueryCommand({
      TableName: table,
      KeyConditionExpression: 'pk = :pk AND sk = :sk',
      ExpressionAttributeValues: { ':pk': pk, ':sk': sk },
      ConsistentRead: true,
    }),
  );
  const [item] = Items;
  // Before there were versions the register lay elsewhere: it has to be loaded anew.
  return item?.version === undefined ? undefined : bureauItem.parse(item);
}

const READS = 3;

async function readInForce(
  client: DynamoDBDocumentClient,
  table: string,
  bureau: string,
  known: Registry | undefined,
): Promise<Registry> {
  for (let tries = 1; tries <= READS; tries += 1) {
    const found = await inForce(client, table, bureau);
    // Deciding by an empty register would send every case to the dispatcher: let messages come again instead.
    if (found === undefined) throw new Error(`the register of bureau ${bureau} is not loaded`);
    if (found.version === known?.version) return known;
    const read = await readVersion(client, table, bureau, found);
    if (read !== undefined) return read;
  }
  throw new Error(`the register of bureau ${bureau} changed at every look`);
}

/** Undefined when later ones were loaded while this one was read: it is gone by now. */
async function readVersion(
  client: DynamoDBDocumentClient,
  table: string,
  bureau: string,
  { version, set, items, city, settings: own }: Version,
): Promise<Registry | undefined> {
  const { count, read } = await readSet(client, table, setKey(bureau, set).pk);
  return count === items
    ? registryDocument.parse({ version, bureau, city, settings: own, ...read })
    : undefined;
}

async function readSet(client: DynamoDBDocumentClient, table: string, pk: string) {
  // Of the lists that a register may leave out, none is there without an entry.
  const needed = ENTITIES.filter((entity) => entity !== 'platforms' && entity !== 'authorities');
  const read: Record<string, unknown[]> = Object.fromEntries(needed.map((entity) => [entity, []]));
  let count = 0;
  const pages = paginateQuery(
    { client },
    {
      TableName: table,
      KeyConditionExpression: 'pk = :pk',
      ExpressionAttributeValues: { ':pk': pk },
      ConsistentRead: true,
    },
  );
  for await (const page of pages) {
    for (const { entity, item } of page.Items ?? []) {
      (read[String(entity)] ??= []).push(item);
      count += 1;
    }
  }
  return { count, read };
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

/** By which attribute the items of a list are told apart. */
const IDS: Readonly<Record<(typeof ENTITIES)[number], string>> = {
  units: 'code',
  divisions: 'code',
  businesses: 'creditCode',
  officers: 'id',
  rules: 'id',
  platforms: 'name',
  authorities: 'division',
};

function sortKey(entity: (typeof ENTITIES)[number], item: object): string {
  return `${entity.toUpperCase()}#${String((item as Record<string, unknown>)[IDS[entity]])}`;
}
