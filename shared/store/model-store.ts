import { gunzipSync, gzipSync } from 'node:zlib';
import { ConditionalCheckFailedException } from '@aws-sdk/client-dynamodb';
import {
  type DynamoDBDocumentClient,
  PutCommand,
  paginateQuery,
  QueryCommand,
  TransactWriteCommand,
} from '@aws-sdk/lib-dynamodb';
import * as z from 'zod';
import type { Instant } from '../dates.ts';
import { cancellationReasons } from './dynamodb.ts';

/** What is known of a model without reading it. */
export interface ModelEntry {
  version: number;
  trainedOn: string;
  cases: number;
  corrections: number;
}

/** A model went live, or was taken back: who did it, and what the review said. */
export interface ModelMove {
  /** The version before and after; 0 is the built-in knowledge. */
  from: number;
  to: number;
  action: 'publish' | 'take-back';
  at: Instant;
  by: string;
  /** The verdict of the review that it was published on. */
  verdict?: string | undefined;
}

/** The models of one bureau: kept for good, at most one of them live. */
export interface ModelStore {
  /** Version of the live model; 0 when the built-in knowledge serves alone. */
  live(): Promise<number>;
  /** The bytes of a version; undefined when there is none. */
  read(version: number): Promise<Uint8Array | undefined>;
  /** All versions, the oldest first. */
  versions(): Promise<ModelEntry[]>;
  /** Keeps a new model. False when somebody else has taken the version. */
  add(entry: ModelEntry, bytes: Uint8Array): Promise<boolean>;
  /** Everything that went live or was taken back, in order. */
  moves(): Promise<ModelMove[]>;
  /** Moves the pointer to the live model. False when it no longer stands at `from`. */
  move(move: ModelMove): Promise<boolean>;
}

/** The version that was live before this one was published. */
export async function formerOf(store: ModelStore, version: number): Promise<number> {
  const published = (await store.moves()).findLast(
    ({ action, to }) => action === 'publish' && to === version,
  );
  return published?.from ?? 0;
}

/** An item of DynamoDB holds 400 KB. */
const LARGEST = 380_000;
const MOVE = 'MOVE#';
const VERSION = 'VERSION#';

const entry = z.object({
  version: z.int().positive(),
  trainedOn: z.string(),
  cases: z.int(),
  corrections: z.int(),
});
const stored = z.object({ bytes: z.instanceof(Uint8Array) });
const pointer = z.object({ version: z.int().min(0), moves: z.int().min(1) });
const move = z.object({
  from: z.int(),
  to: z.int(),
  action: z.enum(['publish', 'take-back']),
  at: z.string(),
  by: z.string(),
  verdict: z.string().optional(),
});

/** Keeps the models in the table of registers, compressed, one item a version. A reader needs Query alone. */
export function createDynamoDbModelStore(
  client: DynamoDBDocumentClient,
  registryTable: string,
  bureau: string,
): ModelStore {
  const pk = `MODEL#${bureau}`;
  const item = (sk: string, entity: string, attributes: object) => ({
    TableName: registryTable,
    Item: { pk, sk, schemaVersion: 1, entity, ...attributes },
  });
  const one = async (sk: string) => {
    const { Items = [] } = await client.send(
      new QueryCommand({
        TableName: registryTable,
        KeyConditionExpression: 'pk = :pk AND sk = :sk',
        ExpressionAttributeValues: { ':pk': pk, ':sk': sk },
        ConsistentRead: true,
      }),
    );
    return Items[0];
  };
  const all = async (prefix: string, attributes: readonly string[]) => {
    const items: Record<string, unknown>[] = [];
    const pages = paginateQuery(
      { client },
      {
        TableName: registryTable,
        KeyConditionExpression: 'pk = :pk AND begins_with(sk, :prefix)',
        ExpressionAttributeValues: { ':pk': pk, ':prefix': prefix },
        ProjectionExpression: attributes.map((name) => `#${name}`).join(', '),
        ExpressionAttributeNames: Object.fromEntries(attributes.map((name) => [`#${name}`, name])),
        ConsistentRead: true,
      },
    );
    for await (const page of pages) items.push(...(page.Items ?? []));
    return items;
  };
  const place = async () => {
    const found = await one('LIVE');
    return found === undefined ? { version: 0, moves: 0 } : pointer.parse(found);
  };

  return {
    live: async () => (await place()).version,

    async read(version) {
      const found = await one(sortKey(VERSION, version));
      return found === undefined ? undefined : new Uint8Array(gunzipSync(stored.parse(found).bytes));
    },

    versions: async () => (await all(VERSION, Object.keys(entry.shape))).map((found) => entry.parse(found)),

    async add(facts, bytes) {
      const packed = gzipSync(bytes, { level: 9 });
      if (packed.length > LARGEST) throw new RangeError(`a model of ${packed.length} bytes is too large`);
      try {
        await client.send(
          new PutCommand({
            ...item(sortKey(VERSION, facts.version), 'understanding-model', { ...facts, bytes: packed }),
            ConditionExpression: 'attribute_not_exists(pk)',
          }),
        );
        return true;
      } catch (error) {
        if (error instanceof ConditionalCheckFailedException) return false;
        throw error;
      }
    },

    moves: async () => (await all(MOVE, Object.keys(move.shape))).map((found) => move.parse(found)),

    async move(moved) {
      const { version, moves } = await place();
      if (version !== moved.from) return false;
      const next = moves + 1;
      try {
        await client.send(
          new TransactWriteCommand({
            TransactItems: [
              {
                Put: {
                  ...item('LIVE', 'live-model', { version: moved.to, moves: next }),
                  // Nobody has moved it since it was read.
                  ...(moves === 0
                    ? { ConditionExpression: 'attribute_not_exists(pk)' }
                    : {
                        ConditionExpression: '#moves = :moves',
                        ExpressionAttributeNames: { '#moves': 'moves' },
                        ExpressionAttributeValues: { ':moves': moves },
                      }),
                },
              },
              {
                Put: {
                  ...item(sortKey(MOVE, next), 'model-move', moved),
                  ConditionExpression: 'attribute_not_exists(pk)',
                },
              },
            ],
          }),
        );
        return true;
      } catch (error) {
        if (cancellationReasons(error) === undefined) throw error;
        return false;
      }
    },
  };
}

const sortKey = (prefix: string, number: number) => `${prefix}${String(number).padStart(6, '0')}`;

/** The same store in memory. */
export function createMemoryModelStore(): ModelStore {
  const models = new Map<number, { facts: ModelEntry; bytes: Uint8Array }>();
  const moves: ModelMove[] = [];
  const live = () => moves.at(-1)?.to ?? 0;
  return {
    live: async () => live(),
    read: async (version) => models.get(version)?.bytes.slice(),
    versions: async () =>
      [...models.values()].map(({ facts }) => facts).sort((one, other) => one.version - other.version),
    async add(facts, bytes) {
      if (models.has(facts.version)) return false;
      models.set(facts.version, { facts, bytes: bytes.slice() });
      return true;
    },
    moves: async () => structuredClone(moves),
    async move(moved) {
      if (live() !== moved.from) return false;
      moves.push(moved);
      return true;
    },
  };
}
