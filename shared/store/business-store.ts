import { setTimeout as delay } from 'node:timers/promises';
import { isDeepStrictEqual } from 'node:util';
import { ConditionalCheckFailedException } from '@aws-sdk/client-dynamodb';
import {
  BatchGetCommand,
  type BatchGetCommandOutput,
  type DynamoDBDocumentClient,
  GetCommand,
  PutCommand,
  paginateQuery,
  QueryCommand,
  TransactWriteCommand,
  type TransactWriteCommandInput,
} from '@aws-sdk/lib-dynamodb';
import * as z from 'zod';
import { type Business, businessRow, GRADES } from '../businesses/business.ts';
import type { ClassProposal } from '../businesses/class-proposal.ts';
import type { BusinessReader } from '../businesses/look-up.ts';
import { keysOfBusiness, type LookupKey, MOST_KEPT } from '../businesses/lookup-keys.ts';
import type { Read } from '../businesses/match-business.ts';
import { isWatched, WATCH_REASONS, type WatchEntry, type WatchReason } from '../businesses/watch-list.ts';
import type { LocalDate } from '../dates.ts';
import type { Page } from './case-store.ts';
import { cancellationReasons, writeAll } from './dynamodb.ts';

/** Businesses (经济户口), what is proposed about their classes, and the watch-list, of one bureau. */
export interface BusinessStore extends BusinessReader {
  business(creditCode: string): Promise<Business | undefined>;
  /**
   * Keeps a business with its lookup keys; keys that it no longer has go. The last one to put wins, but a class that a
   * person decided stays.
   * @param places the same that questions are read with
   */
  put(business: Business, places: readonly string[]): Promise<void>;
  /** Those that there are, in any order; at most a hundred. */
  businesses(creditCodes: readonly string[]): Promise<Business[]>;
  /** The same for many. What has not changed is not written; a class that a person decided stays, whatever the list says. */
  load(businesses: readonly Business[], places: readonly string[]): Promise<Loaded>;
  /**
   * The businesses under these keys, those of the first keys first, at most 60 together. `cut` are the keys under which
   * more lie than were read.
   */
  candidates(keys: readonly LookupKey[], limitPerKey: number): Promise<Read>;

  /** Keeps a proposal; `conflict` when one for this business is open. */
  propose(proposal: ClassProposal): Promise<'committed' | 'conflict'>;
  /**
   * Keeps a decided proposal and, when it was accepted, sets the class of the business, both or neither. `conflict` when
   * it was decided before, or the business has another class by now.
   */
  decide(proposal: ClassProposal): Promise<'committed' | 'conflict'>;
  openProposals(limit: number, after?: string): Promise<Page<ClassProposal>>;
  /** What is proposed for a business and not decided. */
  openProposal(creditCode: string): Promise<ClassProposal | undefined>;
  /** What was decided about a business, the oldest first. */
  decidedProposals(creditCode: string): Promise<ClassProposal[]>;

  /** Keeps an entry of the watch-list on the version before it. */
  keepWatch(entry: WatchEntry): Promise<'committed' | 'conflict'>;
  /** The latest entry of a business, also when it has ended. */
  watch(creditCode: string): Promise<WatchEntry | undefined>;
  /** Who is on the list that day, by credit code. */
  watched(on: LocalDate): Promise<WatchEntry[]>;
}

/** How many businesses of a list were written, and why. */
export interface Loaded {
  added: number;
  changed: number;
  unchanged: number;
  /** Of these so many keep the class that a person decided, and the list says another. */
  decided: number;
}

/** BatchGetItem takes a hundred keys at once; these are read with one. */
const MOST_CANDIDATES = 60;
const SCHEMA_VERSION = 1;
const OWN_KEYS = {
  business: 'BUSINESS#',
  proposals: 'CLASSPROPOSALS#',
  watchList: 'WATCHLIST#',
} as const;
/** How partition keys begin, for who may read and write what. */
export const BUSINESS_KEYS = { ...OWN_KEYS, read: Object.values(OWN_KEYS) } as const;

const ABSENT = 'attribute_not_exists(pk)';
/** Businesses that are loaded at the same time. */
const AT_ONCE = 20;
/** Somebody else put the same business in between; each try reads it anew. */
const MOST_TRIES = 10;

const storedBusiness = z.object({
  version: z.int().positive(),
  item: businessRow,
  /** A person decided its class: no list changes it. */
  isDecided: z.boolean().optional(),
  /** All keys that lie in the table for it, those of an older name too until they are deleted. */
  keys: z.array(z.string()),
});
type StoredBusiness = z.output<typeof storedBusiness>;

const grade = z.enum(GRADES);
const storedProposal = z.object({
  creditCode: z.string(),
  name: z.string(),
  from: grade,
  to: grade,
  timesAYear: z.int(),
  reasons: z.array(
    z.object({ rule: z.string(), people: z.int(), days: z.int(), cases: z.array(z.string()) }),
  ),
  proposedOn: z.string(),
  decided: z
    .object({
      decision: z.enum(['accepted', 'declined']),
      by: z.string(),
      on: z.string(),
      why: z.string(),
    })
    .optional(),
});
const storedWatch = z.object({
  creditCode: z.string(),
  name: z.string(),
  since: z.string(),
  until: z.string(),
  why: z.array(z.enum(Object.keys(WATCH_REASONS) as [WatchReason, ...WatchReason[]])),
  note: z.string().optional(),
  by: z.string(),
  version: z.int().positive(),
  ended: z.object({ on: z.string(), by: z.string(), why: z.string() }).optional(),
});

/** Businesses in the table of registers, each under a key of its own: they are no part of what is read whole. */
export function createDynamoDbBusinessStore(
  client: DynamoDBDocumentClient,
  table: string,
  bureau: string,
): BusinessStore {
  const businessAt = (creditCode: string) => ({
    pk: `${OWN_KEYS.business}${creditCode}`,
    sk: `BUREAU#${bureau}`,
  });
  const keyAt = (key: string, creditCode: string) => ({ pk: `BUSINESSKEY#${bureau}#${key}`, sk: creditCode });
  const proposals = `${OWN_KEYS.proposals}${bureau}`;
  const openAt = (creditCode: string) => ({ pk: proposals, sk: `OPEN#${creditCode}` });
  const decidedAt = (proposal: ClassProposal) => ({ pk: proposals, sk: `DECIDED#${nameOf(proposal)}` });
  const watchAt = (creditCode: string) => ({
    pk: `${OWN_KEYS.watchList}${bureau}`,
    sk: `WATCH#${creditCode}`,
  });
  const common = (entity: string) => ({ schemaVersion: SCHEMA_VERSION, entity });
  const keyItem = (key: string, creditCode: string) => ({
    ...keyAt(key, creditCode),
    ...common('business-key'),
  });
  const businessItem = (stored: StoredBusiness) => ({
    ...businessAt(stored.item.creditCode),
    ...common('business'),
    ...stored,
  });
  const onVersion = (before: StoredBusiness | undefined) =>
    before === undefined
      ? { ConditionExpression: ABSENT }
      : {
          ConditionExpression: '#version = :version',
          ExpressionAttributeNames: { '#version': 'version' },
          ExpressionAttributeValues: { ':version': before.version },
        };

  const read = async (creditCode: string): Promise<StoredBusiness | undefined> => {
    const { Item } = await client.send(
      new GetCommand({ TableName: table, Key: businessAt(creditCode), ConsistentRead: true }),
    );
    return Item === undefined ? undefined : storedBusiness.parse(Item);
  };
  const readMany = async (
    creditCodes: readonly string[],
    ConsistentRead: boolean,
  ): Promise<Map<string, StoredBusiness>> => {
    const found = new Map<string, StoredBusiness>();
    let Keys: Record<string, unknown>[] = creditCodes.map(businessAt);
    for (let tries = 0; Keys.length > 0; tries += 1) {
      await delay(tries * 100);
      const { Responses, UnprocessedKeys }: BatchGetCommandOutput = await client.send(
        new BatchGetCommand({ RequestItems: { [table]: { Keys, ConsistentRead } } }),
      );
      for (const item of Responses?.[table] ?? []) {
        const stored = storedBusiness.parse(item);
        found.set(stored.item.creditCode, stored);
      }
      Keys = UnprocessedKeys?.[table]?.Keys ?? [];
    }
    return found;
  };
  const transact = async (
    TransactItems: NonNullable<TransactWriteCommandInput['TransactItems']>,
  ): Promise<'committed' | 'conflict'> => {
    try {
      await client.send(new TransactWriteCommand({ TransactItems }));
      return 'committed';
    } catch (error) {
      const reasons = cancellationReasons(error);
      if (reasons === undefined || reasons.includes('ValidationError')) throw error;
      return 'conflict';
    }
  };

  /**
   * Two transactions, each on the version: first what is new together with the business, then what is old goes. Whoever
   * stops between them leaves keys behind under which a business is found whose name does not fit: harmless, and the
   * next put deletes them, since the business remembers them.
   */
  const replace = async (
    business: Business,
    places: readonly string[],
  ): Promise<'committed' | 'conflict'> => {
    const before = await read(business.creditCode);
    const item = withDecided(business, before);
    const keys = keysOfBusiness(item, places);
    const known = new Set(before?.keys);
    const gone = [...known].filter((key) => !keys.includes(key as LookupKey));
    const stored = {
      version: (before?.version ?? 0) + 1,
      item,
      ...(before?.isDecided === true ? { isDecided: true } : {}),
      keys: [...keys, ...gone],
    };
    const first = await transact([
      { Put: { TableName: table, Item: businessItem(stored), ...onVersion(before) } },
      ...keys
        .filter((key) => !known.has(key))
        .map((key) => ({ Put: { TableName: table, Item: keyItem(key, business.creditCode) } })),
    ]);
    if (first === 'conflict' || gone.length === 0) return first;
    // More are there only when puts broke off one after the other; the rest goes with the next put.
    const going = gone.slice(0, MOST_KEPT);
    return transact([
      {
        Put: {
          TableName: table,
          Item: businessItem({
            ...stored,
            version: stored.version + 1,
            keys: [...keys, ...gone.slice(MOST_KEPT)],
          }),
          ...onVersion(stored),
        },
      },
      ...going.map((key) => ({ Delete: { TableName: table, Key: keyAt(key, business.creditCode) } })),
    ]);
  };
  const put = async (business: Business, places: readonly string[]): Promise<void> => {
    for (let tries = 0; tries < MOST_TRIES; tries += 1) {
      await delay(tries * 20);
      if ((await replace(business, places)) === 'committed') return;
    }
    throw new Error(`business ${business.creditCode} is changed by others all the time`);
  };

  /** Without a transaction, at half its cost: keys without a business are found by nobody until it is there. */
  const add = async (business: Business, places: readonly string[]): Promise<void> => {
    const keys = keysOfBusiness(business, places);
    const items = keys.map((key) => keyItem(key, business.creditCode));
    await writeAll(
      client,
      table,
      items.map((Item) => ({ PutRequest: { Item } })),
    );
    try {
      await client.send(
        new PutCommand({
          TableName: table,
          Item: businessItem({ version: 1, item: business, keys }),
          ConditionExpression: ABSENT,
        }),
      );
    } catch (error) {
      // Somebody else added it meanwhile.
      if (!(error instanceof ConditionalCheckFailedException)) throw error;
      await put(business, places);
    }
  };

  const below = async (pk: string, prefix: string): Promise<Record<string, unknown>[]> => {
    const items: Record<string, unknown>[] = [];
    const pages = paginateQuery(
      { client },
      {
        TableName: table,
        KeyConditionExpression: 'pk = :pk AND begins_with(sk, :prefix)',
        ExpressionAttributeValues: { ':pk': pk, ':prefix': prefix },
        ConsistentRead: true,
      },
    );
    for await (const { Items = [] } of pages) items.push(...Items);
    return items;
  };

  return {
    business: async (creditCode) => (await read(creditCode))?.item,
    businesses: async (creditCodes) =>
      [...(await readMany([...new Set(creditCodes)], false)).values()].map(({ item }) => item),
    put,

    async load(businesses, places) {
      const counts = { added: 0, changed: 0, unchanged: 0, decided: 0 };
      // A code that stands twice in a list: the last row holds.
      const rows = [...new Map(businesses.map((one) => [one.creditCode, one])).values()];
      for (let start = 0; start < rows.length; start += AT_ONCE) {
        const part = rows.slice(start, start + AT_ONCE);
        const known = await readMany(
          part.map(({ creditCode }) => creditCode),
          true,
        );
        await Promise.all(
          part.map(async (row) => {
            const before = known.get(row.creditCode);
            const business = withDecided(row, before);
            if (business.grade !== row.grade) counts.decided += 1;
            if (before === undefined) {
              await add(business, places);
              counts.added += 1;
            } else if (isUnchanged(before, business, places)) {
              counts.unchanged += 1;
            } else {
              await put(business, places);
              counts.changed += 1;
            }
          }),
        );
      }
      return counts;
    },

    async candidates(keys, limitPerKey) {
      const pages = await Promise.all(
        keys.map(async (key) => {
          const { Items = [] } = await client.send(
            new QueryCommand({
              TableName: table,
              KeyConditionExpression: 'pk = :pk',
              ExpressionAttributeValues: { ':pk': keyAt(key, '').pk },
              ProjectionExpression: 'sk',
              // One more tells that there are more.
              Limit: limitPerKey + 1,
            }),
          );
          return { key, creditCodes: Items.map(({ sk }) => String(sk)) };
        }),
      );
      const { creditCodes, cut } = bounded(pages, limitPerKey);
      const found = await readMany(creditCodes, false);
      const businesses = creditCodes.flatMap((creditCode) => found.get(creditCode)?.item ?? []);
      return { businesses, cut };
    },

    propose: (proposal) =>
      transact([
        {
          Put: {
            TableName: table,
            Item: { ...openAt(proposal.creditCode), ...common('class-proposal'), ...proposal },
            ConditionExpression: ABSENT,
          },
        },
      ]),

    decide(proposal) {
      const { creditCode, from, to, proposedOn, decided } = proposal;
      return transact([
        {
          Delete: {
            TableName: table,
            Key: openAt(creditCode),
            ConditionExpression: 'proposedOn = :proposedOn',
            ExpressionAttributeValues: { ':proposedOn': proposedOn },
          },
        },
        {
          Put: {
            TableName: table,
            Item: { ...decidedAt(proposal), ...common('class-proposal'), ...proposal },
            ConditionExpression: ABSENT,
          },
        },
        ...(decided?.decision === 'accepted'
          ? [
              {
                Update: {
                  TableName: table,
                  Key: businessAt(creditCode),
                  UpdateExpression: 'SET #item.grade = :to, #decided = :yes, #version = #version + :one',
                  ConditionExpression: '#item.grade = :from',
                  ExpressionAttributeNames: {
                    '#item': 'item',
                    '#version': 'version',
                    '#decided': 'isDecided',
                  },
                  ExpressionAttributeValues: { ':from': from, ':to': to, ':one': 1, ':yes': true },
                },
              },
            ]
          : []),
      ]);
    },

    async openProposals(limit, after) {
      const { Items = [], LastEvaluatedKey } = await client.send(
        new QueryCommand({
          TableName: table,
          KeyConditionExpression: 'pk = :pk AND begins_with(sk, :open)',
          ExpressionAttributeValues: { ':pk': proposals, ':open': openAt('').sk },
          Limit: limit,
          ConsistentRead: true,
          ...(after === undefined ? {} : { ExclusiveStartKey: { pk: proposals, sk: after } }),
        }),
      );
      return {
        items: Items.map((item) => storedProposal.parse(item)),
        next: LastEvaluatedKey?.sk as string | undefined,
      };
    },

    async openProposal(creditCode) {
      const { Item } = await client.send(
        new GetCommand({ TableName: table, Key: openAt(creditCode), ConsistentRead: true }),
      );
      return Item === undefined ? undefined : storedProposal.parse(Item);
    },

    decidedProposals: async (creditCode) =>
      (await below(proposals, `DECIDED#${creditCode}#`)).map((item) => storedProposal.parse(item)),

    async keepWatch(entry) {
      const Item = { ...watchAt(entry.creditCode), ...common('watch'), ...entry };
      const condition =
        entry.version === 1
          ? { ConditionExpression: ABSENT }
          : {
              ConditionExpression: '#version = :before',
              ExpressionAttributeNames: { '#version': 'version' },
              ExpressionAttributeValues: { ':before': entry.version - 1 },
            };
      return transact([{ Put: { TableName: table, Item, ...condition } }]);
    },

    async watch(creditCode) {
      const { Item } = await client.send(
        new GetCommand({ TableName: table, Key: watchAt(creditCode), ConsistentRead: true }),
      );
      return Item === undefined ? undefined : storedWatch.parse(Item);
    },

    watched: async (on) =>
      (await below(watchAt('').pk, watchAt('').sk))
        .map((item) => storedWatch.parse(item))
        .filter((entry) => isWatched(entry, on)),
  };
}

/** A business as a list has it, with the class that a person decided. */
const withDecided = (
  business: Business,
  before: { item: Business; isDecided?: boolean | undefined } | undefined,
): Business => (before?.isDecided === true ? { ...business, grade: before.item.grade } : business);

/** Two proposals of one day have different reasons: the same one is silent once it is decided. */
const nameOf = ({ creditCode, proposedOn, reasons }: ClassProposal): string =>
  `${creditCode}#${proposedOn}#${reasons.map(({ rule }) => rule).join('+')}`;

/** Whether a load need not write it; other places make other keys of the same business. */
function isUnchanged(before: StoredBusiness, business: Business, places: readonly string[]): boolean {
  const keys = keysOfBusiness(business, places);
  return (
    isDeepStrictEqual(before.item, copy(business)) &&
    before.keys.length === keys.length &&
    keys.every((key) => before.keys.includes(key))
  );
}

/** What is read of the businesses under these keys: the limit of each key, and that of all together. */
function bounded(
  pages: readonly { key: LookupKey; creditCodes: readonly string[] }[],
  limitPerKey: number,
): { creditCodes: string[]; cut: LookupKey[] } {
  const found = new Set<string>();
  const cut: LookupKey[] = [];
  for (const { key, creditCodes } of pages) {
    for (const creditCode of creditCodes.slice(0, limitPerKey)) {
      if (found.size < MOST_CANDIDATES) found.add(creditCode);
    }
    if (creditCodes.length > limitPerKey || creditCodes.some((creditCode) => !found.has(creditCode))) {
      cut.push(key);
    }
  }
  return { creditCodes: [...found], cut };
}

/** A round through JSON drops undefined values, as a table does. */
const copy = <T>(value: T): T => JSON.parse(JSON.stringify(value)) as T;

/** The double for unit tests; it passes the same contract suite. */
export function createMemoryBusinessStore(
  known: readonly Business[] = [],
  knownPlaces: readonly string[] = [],
): BusinessStore {
  const businesses = new Map<string, Business>();
  const keys = new Map<string, Set<string>>();
  const open = new Map<string, ClassProposal>();
  const decided = new Map<string, ClassProposal>();
  const watches = new Map<string, WatchEntry>();
  const sorted = <T>(found: Iterable<[string, T]>): [string, T][] =>
    [...found].sort(([one], [other]) => (one < other ? -1 : 1));

  const classes = new Set<string>();
  const kept = (business: Business) => {
    const item = businesses.get(business.creditCode);
    return withDecided(business, item && { item, isDecided: classes.has(business.creditCode) });
  };

  const keep = (row: Business, places: readonly string[]): void => {
    const business = kept(row);
    const { creditCode } = business;
    for (const holders of keys.values()) holders.delete(creditCode);
    for (const key of keysOfBusiness(business, places)) {
      keys.set(key, (keys.get(key) ?? new Set()).add(creditCode));
    }
    businesses.set(creditCode, businessRow.parse(copy(business)));
  };
  const put: BusinessStore['put'] = async (row, places) => keep(row, places);

  for (const one of known) keep(one, knownPlaces);

  return {
    business: async (creditCode) => copyOf(businesses.get(creditCode)),
    businesses: async (creditCodes) =>
      [...new Set(creditCodes)].flatMap((creditCode) => copyOf(businesses.get(creditCode)) ?? []),
    put,
    async load(list, places) {
      const counts = { added: 0, changed: 0, unchanged: 0, decided: 0 };
      for (const row of new Map(list.map((one) => [one.creditCode, one])).values()) {
        const business = kept(row);
        if (business.grade !== row.grade) counts.decided += 1;
        const before = businesses.get(business.creditCode);
        const isSame = before !== undefined && isDeepStrictEqual(before, copy(business));
        counts[before === undefined ? 'added' : isSame ? 'unchanged' : 'changed'] += 1;
        if (!isSame) await put(business, places);
      }
      return counts;
    },
    async candidates(asked, limitPerKey) {
      const pages = asked.map((key) => ({
        key,
        creditCodes: [...(keys.get(key) ?? [])].sort().slice(0, limitPerKey + 1),
      }));
      const { creditCodes, cut } = bounded(pages, limitPerKey);
      return {
        businesses: creditCodes.flatMap((creditCode) => copyOf(businesses.get(creditCode)) ?? []),
        cut,
      };
    },

    async propose(proposal) {
      if (open.has(proposal.creditCode)) return 'conflict';
      open.set(proposal.creditCode, copy(proposal));
      return 'committed';
    },
    async decide(proposal) {
      const { creditCode, proposedOn, from, to } = proposal;
      const business = businesses.get(creditCode);
      const isAccepted = proposal.decided?.decision === 'accepted';
      const place = nameOf(proposal);
      if (open.get(creditCode)?.proposedOn !== proposedOn || decided.has(place)) return 'conflict';
      if (isAccepted && business?.grade !== from) return 'conflict';
      if (isAccepted && business !== undefined) {
        businesses.set(creditCode, { ...business, grade: to });
        classes.add(creditCode);
      }
      open.delete(creditCode);
      decided.set(place, copy(proposal));
      return 'committed';
    },
    async openProposals(limit, after) {
      const rest = sorted(open).filter(([creditCode]) => after === undefined || creditCode > after);
      const items = rest.slice(0, limit);
      return {
        items: items.map(([, proposal]) => copy(proposal)),
        next: rest.length > limit ? items.at(-1)?.[0] : undefined,
      };
    },
    openProposal: async (creditCode) => copyOf(open.get(creditCode)),
    decidedProposals: async (creditCode) =>
      sorted(decided).flatMap(([, proposal]) => (proposal.creditCode === creditCode ? [copy(proposal)] : [])),

    async keepWatch(entry) {
      if ((watches.get(entry.creditCode)?.version ?? 0) !== entry.version - 1) return 'conflict';
      watches.set(entry.creditCode, copy(entry));
      return 'committed';
    },
    watch: async (creditCode) => copyOf(watches.get(creditCode)),
    watched: async (on) =>
      sorted(watches).flatMap(([, entry]) => (isWatched(entry, on) ? [copy(entry)] : [])),
  };
}

const copyOf = <T>(value: T | undefined): T | undefined => (value === undefined ? undefined : copy(value));
