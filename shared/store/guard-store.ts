import { ConditionalCheckFailedException } from '@aws-sdk/client-dynamodb';
import { type DynamoDBDocumentClient, GetCommand, PutCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import * as z from 'zod';
import type { Instant } from '../dates.ts';

/** Counts in windows, and the codes that prove a phone. Keys are hashes. */
export interface GuardStore {
  /** Counts one more in a window, unless that has its fill. @returns false when it has */
  count(window: { key: string; endsAt: Instant }, most: number): Promise<boolean>;
  /** Keeps the hash of the code sent to a phone; a new code replaces the one before. */
  keepCode(phoneHash: string, code: { hash: string; endsAt: Instant }): Promise<void>;
  /** Hash and end of the code last sent to a phone. */
  code(phoneHash: string): Promise<{ hash: string; endsAt: Instant } | undefined>;
}

/** How the partition keys begin, for the roles of functions. */
export const GUARD_KEYS = { windows: 'RATE#', codes: 'PHONECODE#' } as const;

const storedCode = z.object({ hash: z.string(), endsAt: z.string() });
const windowKey = (key: string) => ({ pk: `${GUARD_KEYS.windows}${key}`, sk: 'RATE' });
const codeKey = (phoneHash: string) => ({ pk: `${GUARD_KEYS.codes}${phoneHash}`, sk: 'PHONECODE' });
// DynamoDB deletes by it within days; whether a code still counts is asked of `endsAt`.
const expiry = (endsAt: Instant) => Math.ceil(Date.parse(endsAt) / 1000);

/** In the table of identities: phones and addresses can be guessed from their hashes. */
export function createDynamoDbGuardStore(client: DynamoDBDocumentClient, table: string): GuardStore {
  return {
    async count({ key, endsAt }, most) {
      try {
        await client.send(
          new UpdateCommand({
            TableName: table,
            Key: windowKey(key),
            UpdateExpression: 'ADD #count :one SET expiresAt = :expiresAt, schemaVersion = :version',
            ConditionExpression: 'attribute_not_exists(#count) OR #count < :most',
            ExpressionAttributeNames: { '#count': 'count' },
            ExpressionAttributeValues: {
              ':one': 1,
              ':most': most,
              ':expiresAt': expiry(endsAt),
              ':version': 1,
            },
          }),
        );
        return true;
      } catch (error) {
        if (error instanceof ConditionalCheckFailedException) return false;
        throw error;
      }
    },
    async keepCode(phoneHash, { hash, endsAt }) {
      const Item = {
        ...codeKey(phoneHash),
        schemaVersion: 1,
        entity: 'phone-code',
        hash,
        endsAt,
        expiresAt: expiry(endsAt),
      };
      await client.send(new PutCommand({ TableName: table, Item }));
    },
    async code(phoneHash) {
      const { Item } = await client.send(
        new GetCommand({ TableName: table, Key: codeKey(phoneHash), ConsistentRead: true }),
      );
      return Item === undefined ? undefined : storedCode.parse(Item);
    },
  };
}

/** The double for unit tests; it passes the same contract suite. */
export function createMemoryGuardStore(): GuardStore {
  const counts = new Map<string, number>();
  const codes = new Map<string, { hash: string; endsAt: Instant }>();
  return {
    async count({ key }, most) {
      const count = counts.get(key) ?? 0;
      if (count >= most) return false;
      counts.set(key, count + 1);
      return true;
    },
    async keepCode(phoneHash, code) {
      codes.set(phoneHash, { ...code });
    },
    code: async (phoneHash) => codes.get(phoneHash),
  };
}
