import {
  BatchGetCommand,
  type BatchGetCommandOutput,
  type DynamoDBDocumentClient,
  GetCommand,
  QueryCommand,
} from '@aws-sdk/lib-dynamodb';
import * as z from 'zod';
import type { CaseNumber } from '../case/case-number.ts';
import { BULK_ACTIONS, type BulkAction, type BulkOrder } from '../desk-work/bulk.ts';
import { isHeld, type Lease } from '../desk-work/lease.ts';
import { putOnVersion } from './dynamodb.ts';
import { expiry, leaseItem, leaseKey, type UnlessLeased } from './lease-items.ts';

/** A list that one person, or a unit, keeps; `version` 0 while there is none. */
export interface KeptList {
  version: number;
  items: readonly unknown[];
}

/** Whose list: the saved filters of a person, the absences of a unit. */
type ListKey = { filtersOf: string } | { absencesOf: string };

/** What the desk keeps beside the cases: who works on which, orders on many, lists. */
export interface DeskWorkStore {
  /** Read as it is this moment. */
  lease(number: CaseNumber): Promise<Lease | undefined>;
  /** Of several cases, for a list: may be a moment old. At most 100. */
  leases(numbers: readonly CaseNumber[]): Promise<Lease[]>;
  /** Kept if nobody has written one since; a conflict is a normal outcome: look again. */
  saveLease(lease: Lease): Promise<'saved' | 'conflict'>;
  bulk(id: string): Promise<BulkOrder | undefined>;
  /** Keeps an order once; gives what is kept, the first one that came. */
  keepBulk(order: BulkOrder): Promise<BulkOrder>;
  list(key: ListKey): Promise<KeptList>;
  /** Kept if the list has not moved on since the version before; items of `list` are parsed by who asks. */
  saveList(key: ListKey, list: KeptList): Promise<'saved' | 'conflict'>;
}

const storedLease = z.object({
  number: z.string(),
  staff: z.string(),
  until: z.string(),
  version: z.number().int().positive(),
});
const storedBulk = z.object({
  id: z.string(),
  staff: z.string(),
  action: z.enum(Object.keys(BULK_ACTIONS) as [BulkAction, ...BulkAction[]]),
  at: z.string(),
  payloadHash: z.string(),
  cases: z.array(z.object({ number: z.string(), version: z.number().int() })),
});
const storedList = z.object({ version: z.number().int().positive(), items: z.array(z.unknown()) });

const bulkKey = (id: string) => ({ pk: `BULK#${id}`, sk: 'BULK' });
const listKey = (key: ListKey) =>
  'filtersOf' in key
    ? { pk: `FILTERS#${key.filtersOf}`, sk: 'FILTERS' }
    : { pk: `ABSENCES#${key.absencesOf}`, sk: 'ABSENCES' };
/** Partition keys of the registry that the desk may write; the register itself is loaded by a command. */
export const DESK_LISTS = ['FILTERS#', 'ABSENCES#'] as const;

/** Leases and orders lie with the cases, where they are written together with steps; lists lie in the registry's table. */
export function createDynamoDbDeskWorkStore(
  client: DynamoDBDocumentClient,
  tables: { cases: string; registry: string },
): DeskWorkStore {
  const get = async (TableName: string, Key: Record<string, string>) => {
    const { Item } = await client.send(new GetCommand({ TableName, Key, ConsistentRead: true }));
    return Item;
  };
  return {
    async lease(number) {
      const item = await get(tables.cases, leaseKey(number));
      return item === undefined ? undefined : storedLease.parse(item);
    },
    async leases(numbers) {
      const found: Lease[] = [];
      let keys: Record<string, unknown>[] = [...new Set(numbers)].map(leaseKey);
      while (keys.length > 0) {
        const answer: BatchGetCommandOutput = await client.send(
          new BatchGetCommand({ RequestItems: { [tables.cases]: { Keys: keys } } }),
        );
        found.push(...(answer.Responses?.[tables.cases] ?? []).map((item) => storedLease.parse(item)));
        keys = answer.UnprocessedKeys?.[tables.cases]?.Keys ?? [];
      }
      return found;
    },
    saveLease: async (lease) => putOnVersion(client, tables.cases, leaseItem(lease)),
    async bulk(id) {
      const item = await get(tables.cases, bulkKey(id));
      return item === undefined ? undefined : storedBulk.parse(item);
    },
    async keepBulk(order) {
      const Item = {
        ...bulkKey(order.id),
        schemaVersion: 1,
        entity: 'bulk',
        ...order,
        expiresAt: expiry(order.at),
      };
      const saved = await putOnVersion(client, tables.cases, { ...Item, version: 1 });
      if (saved === 'saved') return order;
      return storedBulk.parse(await get(tables.cases, bulkKey(order.id)));
    },
    async list(key) {
      const { pk, sk } = listKey(key);
      // By a query: no function may get single items of the registry's table.
      const { Items = [] } = await client.send(
        new QueryCommand({
          TableName: tables.registry,
          KeyConditionExpression: 'pk = :pk AND sk = :sk',
          ExpressionAttributeValues: { ':pk': pk, ':sk': sk },
          ConsistentRead: true,
        }),
      );
      return Items[0] === undefined ? { version: 0, items: [] } : storedList.parse(Items[0]);
    },
    async saveList(key, list) {
      const Item = { ...listKey(key), schemaVersion: 1, entity: 'desk-list', ...list };
      return putOnVersion(client, tables.registry, Item);
    },
  };
}

/** The double: passes the same suite; a store of cases in memory looks into it and writes through it. */
export interface MemoryDeskWorkStore extends DeskWorkStore {
  /** Whether a step may be kept beside the leases there are. */
  fits(unlessLeased: UnlessLeased | undefined, lease: Lease | undefined): boolean;
  put(lease: Lease): void;
}

export function createMemoryDeskWorkStore(): MemoryDeskWorkStore {
  const leases = new Map<CaseNumber, Lease>();
  const orders = new Map<string, BulkOrder>();
  const lists = new Map<string, KeptList>();
  const copy = <T>(value: T): T => JSON.parse(JSON.stringify(value)) as T;
  const nameOf = (key: ListKey) => listKey(key).pk;
  const follows = (lease: Lease) => (leases.get(lease.number)?.version ?? 0) === lease.version - 1;
  const put = (lease: Lease) => leases.set(lease.number, copy(lease));
  return {
    fits(unlessLeased, lease) {
      if (lease !== undefined && !follows(lease)) return false;
      const others = (unlessLeased?.numbers ?? []).filter((number) => number !== lease?.number);
      return others.every((number) => {
        const held = leases.get(number);
        return (
          held === undefined ||
          held.staff === unlessLeased?.staff ||
          !isHeld(held, unlessLeased?.now ?? held.until)
        );
      });
    },
    put,
    lease: async (number) => leases.get(number),
    leases: async (numbers) => [...new Set(numbers)].flatMap((number) => leases.get(number) ?? []),
    async saveLease(lease) {
      if (!follows(lease)) return 'conflict';
      put(lease);
      return 'saved';
    },
    bulk: async (id) => orders.get(id),
    async keepBulk(order) {
      const kept = orders.get(order.id) ?? copy(order);
      orders.set(order.id, kept);
      return kept;
    },
    list: async (key) => copy(lists.get(nameOf(key)) ?? { version: 0, items: [] }),
    async saveList(key, list) {
      if ((lists.get(nameOf(key))?.version ?? 0) !== list.version - 1) return 'conflict';
      lists.set(nameOf(key), copy(list));
      return 'saved';
    },
  };
}
