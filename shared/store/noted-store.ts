import { randomUUID } from 'node:crypto';
import { type DynamoDBDocumentClient, PutCommand, QueryCommand } from '@aws-sdk/lib-dynamodb';
import * as z from 'zod';

/** One thing that an administrator did: who, when, what, on what. Never anything of a complaint. */
const noted = z.object({
  at: z.string(),
  by: z.string(),
  /** What was done, as a code: `register-loaded`. */
  what: z.string(),
  /** Versions, names of settings and queues, counts. */
  facts: z.record(z.string(), z.union([z.string(), z.number()])),
});

export type Noted = z.output<typeof noted>;

/** Keeps what administrators do. Nothing is changed or taken out again. */
export interface NotedStore {
  note(what: Noted): Promise<void>;
  /** The latest first, from before a moment on where one is given. */
  latest(limit: number, before?: string): Promise<Noted[]>;
}

/** Beginning of the partition keys, for the rights of functions. */
export const NOTED_KEYS = ['NOTED#'] as const;

/** The put that notes something, for a transaction with what was done. */
export function putNoted(table: string, bureau: string, what: Noted) {
  return {
    TableName: table,
    Item: {
      pk: `${NOTED_KEYS[0]}${bureau}`,
      sk: `${what.at}#${randomUUID()}`,
      entity: 'noted',
      schemaVersion: 1,
      ...what,
    },
    ConditionExpression: 'attribute_not_exists(pk)',
  };
}

/** In the registry's table, beside what administrators change. */
export function createDynamoDbNotedStore(
  client: DynamoDBDocumentClient,
  table: string,
  bureau: string,
): NotedStore {
  return {
    async note(what) {
      await client.send(new PutCommand(putNoted(table, bureau, what)));
    },
    async latest(Limit, before) {
      const { Items = [] } = await client.send(
        new QueryCommand({
          TableName: table,
          KeyConditionExpression: before === undefined ? 'pk = :pk' : 'pk = :pk AND sk < :before',
          ExpressionAttributeValues: {
            ':pk': `${NOTED_KEYS[0]}${bureau}`,
            ...(before === undefined ? {} : { ':before': before }),
          },
          ScanIndexForward: false,
          ConsistentRead: true,
          Limit,
        }),
      );
      return Items.map((item) => noted.parse(item));
    },
  };
}

/** The double of the store for unit tests; it passes the same contract suite. */
export function createMemoryNotedStore(): NotedStore {
  const kept: Noted[] = [];
  return {
    async note(what) {
      kept.push(structuredClone(what));
    },
    latest: async (limit, before) =>
      kept
        .filter(({ at }) => before === undefined || at < before)
        .sort((a, b) => (a.at < b.at ? 1 : -1))
        .slice(0, limit)
        .map((one) => structuredClone(one)),
  };
}
