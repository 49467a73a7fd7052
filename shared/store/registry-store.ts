import { randomUUID } from 'node:crypto';
import { type DynamoDBDocumentClient, paginateQuery, TransactWriteCommand } from '@aws-sdk/lib-dynamodb';
import * as z from 'zod';
import { isLocalDate, type LocalDate, shanghaiDate } from '../dates.ts';
import { type Registry, UNIT_KINDS, type Unit } from '../jurisdiction/registry.ts';
import { storedRule } from '../jurisdiction/routing-rule.ts';
import { REVIEWABLE } from '../law/bureau-settings.ts';
import { CLOCKS } from '../law/rule-packs.ts';
import { storedPartner } from '../partners/partner.ts';
import { ROLES, type Role } from '../people/roles.ts';
import { cancellationReasons, writeAll } from './dynamodb.ts';
import { type Noted, putNoted } from './noted-store.ts';
import {
  type BureauItem,
  changesOf,
  cleared,
  inForceOn,
  putBureauItem,
  readBureauItem,
  rulesKey,
  type StoredVersion,
  setKey,
  withLoaded,
  withoutNext,
  withSettings,
} from './register-versions.ts';

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
const officer = z.object({
  id: z.string(),
  name: z.string(),
  role: z.enum(Object.keys(ROLES) as [Role, ...Role[]]),
  unit: z.string(),
  phone: z.string().optional(),
  email: z.string().optional(),
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
/** What a bureau may set for itself, as it is stored. */
export const storedSettings = z
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
    publicationDays: z.number().int().min(30).max(10_000),
    routingThreshold: z.number().min(0).max(1),
    campaigns: z
      .array(
        z
          .strictObject({
            id: z.string().regex(/^[a-z0-9-]{1,40}$/),
            name: z.string().min(1).max(60),
            from: z.string().refine(isLocalDate),
            to: z.string().refine(isLocalDate),
            subjects: z.array(z.string()).min(1).optional(),
            problems: z.array(z.string()).min(1).optional(),
            divisions: z
              .array(z.string().regex(/^\d{2,12}$/))
              .min(1)
              .optional(),
          })
          .refine(({ from, to }) => from <= to, { path: ['to'] }),
      )
      .max(50)
      .refine((all) => new Set(all.map(({ id }) => id)).size === all.length),
    sketch: z.record(
      z.string().regex(/^\d{6,8}$/),
      z.strictObject({ column: z.number().int().min(0).max(40), row: z.number().int().min(0).max(40) }),
    ),
    residents: z.record(z.string().regex(/^\d{6,8}$/), z.number().int().positive()),
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
  officers: z.array(officer),
  rules: z.array(storedRule).default([]),
  platforms: z.array(platform).optional(),
  authorities: z.array(authority).optional(),
  settings: storedSettings.optional(),
  /** Kept below a key of their own; left out, the partners stay as they are. */
  partners: z.array(storedPartner).optional(),
});

/** Reads and loads the register of a bureau. */
export interface RegistryStore {
  read(): Promise<Registry>;
  /**
   * Replaces the register by this one, all at once: whoever reads has the old one or the new one.
   * @param seen the version that must still be in force
   * @param from the day from which it is in force; at once where it is left out or not after today
   * @param noted what is kept with it of who did it
   * @returns its version
   * @throws RegistryMoved when somebody else loaded one meanwhile; the register is as he left it
   * @throws RegistryWaits when another version waits for its day
   */
  load(registry: Omit<Registry, 'version'>, seen?: number, from?: LocalDate, noted?: Noted): Promise<number>;
}

/** A store that also knows which register was in force before. */
export interface RegistryVersions extends RegistryStore {
  /** As `read`, but as it is this moment. */
  readNow(): Promise<Registry>;
  /** The version in force; 0 when none was loaded. Not from the cache. */
  version(): Promise<number>;
  /** The register before the one in force, undefined when there was none. Partners are not part of it. */
  before(): Promise<Registry | undefined>;
  /** The version that waits for its day. */
  next(): Promise<{ version: number; from: LocalDate } | undefined>;
  /** Takes the waiting one away before its day; false when none waits. */
  withdraw(noted?: Noted): Promise<boolean>;
  /**
   * Other settings as the version after `seen`; entries and rules stay as they are. Likewise undone by going back.
   * @throws RegistryMoved, RegistryWaits
   */
  set(settings: Registry['settings'], seen: number, noted: Noted): Promise<number>;
}

/** A version waits for its day: what is loaded now would be lost on it. It is withdrawn first. */
export class RegistryWaits extends Error {
  override name = 'RegistryWaits';
}

/** Two people loaded registers at the same moment: the second looks at the first one's before he loads his own. */
export class RegistryMoved extends Error {
  override name = 'RegistryMoved';
}

const ENTITIES = ['units', 'divisions', 'officers', 'rules', 'platforms', 'authorities'] as const;
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
  const today = () => shanghaiDate(now());
  const stored = (of: string) => readBureauItem(client, table, of);
  const current = async (of: string) => {
    const item = await stored(of);
    return item && inForceOn(item, today());
  };
  const readNow = async () => {
    const registry = await readInForce(client, table, bureau, cached?.registry, today());
    cached = { registry, until: now().getTime() + CACHE_MS };
    return registry;
  };

  return {
    async read() {
      if (cached !== undefined && now().getTime() < cached.until) return cached.registry;
      return readNow();
    },

    readNow,

    async version() {
      return (await current(bureau))?.version ?? 0;
    },

    async before() {
      const former = (await current(bureau))?.before;
      if (former === undefined) return undefined;
      const read = await readVersion(client, table, bureau, former);
      // Somebody loads a third one at this moment, and this one is no longer the one before.
      if (read === undefined) throw new RegistryMoved();
      return read;
    },

    async next() {
      return (await current(bureau))?.next;
    },

    async withdraw(noted) {
      const item = await stored(bureau);
      if (item?.next === undefined || item.next.from <= today()) return false;
      const { item: without, gone } = cleared(withoutNext(item));
      if (!(await moveTo(without, item, bureau, client, table, noted))) throw new RegistryMoved();
      for (const set of gone) await removeSet(client, table, bureau, set);
      return true;
    },

    async set(own, seen, noted) {
      const read = await stored(bureau);
      const before = read && inForceOn(read, today());
      if (before === undefined || before.version !== seen) throw new RegistryMoved();
      if (before.next !== undefined) throw new RegistryWaits();
      const to = withSettings(before, own);
      if (!(await moveTo(to, read, bureau, client, table, noted))) throw new RegistryMoved();
      cached = undefined;
      return to.version;
    },

    async load(registry, seen, from, noted) {
      const { bureau: of, city, settings: own } = registry;
      const read = await stored(of);
      const before = read && inForceOn(read, today());
      if (seen !== undefined && seen !== (before?.version ?? 0)) throw new RegistryMoved();
      if (before?.next !== undefined) throw new RegistryWaits();
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
      const day = from !== undefined && from > today() ? from : undefined;
      const loaded = withLoaded(before, { set, items: items.length, city, settings: own }, day);
      const { item: after, gone } = cleared(loaded);
      if (!(await moveTo(after, read, of, client, table, noted))) {
        await removeSet(client, table, of, set);
        throw new RegistryMoved();
      }
      cached = undefined;
      // The set before stays: readers may be in the middle of it.
      for (const old of gone) await removeSet(client, table, of, old);
      await removeChanges(client, table, of, changesOf(after));
      return after.next?.version ?? after.version;
    },
  };
}

const SCHEMA_VERSION = 2;
const removeSet = (client: DynamoDBDocumentClient, table: string, bureau: string, set: string) =>
  replaceAll(client, table, setKey(bureau, set).pk, []);

/** Accepted changes that no version has any more. */
async function removeChanges(
  client: DynamoDBDocumentClient,
  table: string,
  bureau: string,
  needed: ReadonlySet<string>,
): Promise<void> {
  const pk = rulesKey(bureau);
  const gone = (await sortKeys(client, table, pk)).filter((sk) => !needed.has(sk.split('#')[0] ?? ''));
  await writeAll(
    client,
    table,
    gone.map((sk) => ({ DeleteRequest: { Key: { pk, sk } } })),
  );
}

/** Puts the new version into force, from the one that was read. False when somebody wrote another one by now. */
async function moveTo(
  item: BureauItem,
  read: BureauItem | undefined,
  bureau: string,
  client: DynamoDBDocumentClient,
  table: string,
  noted?: Noted,
): Promise<boolean> {
  const puts = [
    putBureauItem(table, bureau, item, read),
    // What was done and who did it are one.
    ...(noted === undefined ? [] : [putNoted(table, bureau, noted)]),
  ];
  try {
    await client.send(new TransactWriteCommand({ TransactItems: puts.map((Put) => ({ Put })) }));
    return true;
  } catch (error) {
    if (cancellationReasons(error) !== undefined) return false;
    throw error;
  }
}

const READS = 3;

async function readInForce(
  client: DynamoDBDocumentClient,
  table: string,
  bureau: string,
  known: Registry | undefined,
  today: LocalDate,
): Promise<Registry> {
  for (let tries = 1; tries <= READS; tries += 1) {
    const item = await readBureauItem(client, table, bureau);
    // Deciding by an empty register would send every case to the dispatcher: let messages come again instead.
    if (item === undefined) throw new Error(`the register of bureau ${bureau} is not loaded`);
    const found = inForceOn(item, today);
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
  { version, set, items, changes, city, settings: own }: StoredVersion,
): Promise<Registry | undefined> {
  const { count, read } = await readSet(client, table, setKey(bureau, set).pk);
  if (count !== items) return undefined;
  const accepted = changes.length === 0 ? new Map() : await readChanges(client, table, bureau);
  const rules = new Map((read.rules ?? []).map((rule) => [idOf(rule), rule]));
  for (const { id, rules: many } of changes) {
    const begun = accepted.get(id) ?? [];
    if (begun.length !== many) return undefined;
    for (const rule of begun) rules.set(idOf(rule), rule);
  }
  const whole = { ...read, rules: [...rules.values()] };
  return registryDocument.parse({ version, bureau, city, settings: own, ...whole });
}

const idOf = (rule: unknown) => String((rule as { id: unknown }).id);

/** The rules of all accepted changes, by the id of their change. */
async function readChanges(
  client: DynamoDBDocumentClient,
  table: string,
  bureau: string,
): Promise<Map<string, unknown[]>> {
  const found = new Map<string, unknown[]>();
  for await (const { sk, item } of itemsBelow(client, table, rulesKey(bureau))) {
    const [id = ''] = String(sk).split('#');
    found.set(id, [...(found.get(id) ?? []), item]);
  }
  return found;
}

async function readSet(client: DynamoDBDocumentClient, table: string, pk: string) {
  // Of the lists that a register may leave out, none is there without an entry.
  const needed = ENTITIES.filter((entity) => entity !== 'platforms' && entity !== 'authorities');
  const read: Record<string, unknown[]> = Object.fromEntries(needed.map((entity) => [entity, []]));
  let count = 0;
  for await (const { entity, item } of itemsBelow(client, table, pk)) {
    count += 1;
    // Sets from before held the businesses, too: those lie below keys of their own now.
    if (entity !== 'businesses') (read[String(entity)] ??= []).push(item);
  }
  return { count, read };
}

async function* itemsBelow(client: DynamoDBDocumentClient, table: string, pk: string) {
  const pages = paginateQuery(
    { client },
    {
      TableName: table,
      KeyConditionExpression: 'pk = :pk',
      ExpressionAttributeValues: { ':pk': pk },
      ConsistentRead: true,
    },
  );
  for await (const page of pages) yield* page.Items ?? [];
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
  officers: 'id',
  rules: 'id',
  platforms: 'name',
  authorities: 'division',
};

function sortKey(entity: (typeof ENTITIES)[number], item: object): string {
  return `${entity.toUpperCase()}#${String((item as Record<string, unknown>)[IDS[entity]])}`;
}
