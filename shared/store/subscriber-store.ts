import { ConditionalCheckFailedException } from '@aws-sdk/client-dynamodb';
import {
  type DynamoDBDocumentClient,
  GetCommand,
  PutCommand,
  QueryCommand,
  TransactWriteCommand,
} from '@aws-sdk/lib-dynamodb';
import * as z from 'zod';
import { phoneKey } from '../case/lookup-keys.ts';
import type { Instant } from '../dates.ts';
import type { Page } from './case-store.ts';
import { cancellationReasons } from './dynamodb.ts';
import { textItemKey } from './text-items.ts';
import type { WaitingReply } from './text-store.ts';

/** Somebody who asked for consumer warnings by SMS (opt-in). */
export interface Subscriber {
  /** Drawn at random: a queue may name it, nobody can guess the phone from it. */
  id: string;
  phone: string;
  /** When the code that was sent to the phone came back: the proof of consent. */
  agreedAt: Instant;
}

/** Keeps who subscribed, in the table of identities under its key. */
export interface SubscriberStore {
  /** Kept once for each phone. */
  subscribe(subscriber: Subscriber): Promise<'subscribed' | 'already'>;
  /** Phone and consent go at once. */
  unsubscribe(phone: string): Promise<'unsubscribed' | 'none'>;
  subscribers(limit: number, after?: string): Promise<Page<Subscriber>>;
  /** Leaves an SMS where the sender of replies finds it by its key; the first one stays, one that was sent does not come back. */
  leave(key: string, text: WaitingReply, at: Instant): Promise<void>;
}

/** Partition keys, for the rights of functions: the list, and where a phone finds its place in it. */
export const SUBSCRIBER_KEYS = { list: 'SUBSCRIBERS#', byPhone: 'SUBSCRIBER#' } as const;

const stored = z.object({ id: z.string(), phone: z.string(), agreedAt: z.string() });
const lookup = z.object({ id: z.string() });

/** What is left of an SMS that was sent, its key, stays as long as a published warning may be spread again. */
const LEFT_DAYS = 365;

export function createDynamoDbSubscriberStore(
  client: DynamoDBDocumentClient,
  table: string,
  bureau: string,
): SubscriberStore {
  const item = (id: string) => ({ pk: `SUBSCRIBERS#${bureau}`, sk: `SUBSCRIBER#${id}` });
  const byPhone = (phone: string) => ({ pk: `SUBSCRIBER#${bureau}#${phoneKey(phone)}`, sk: 'SUBSCRIBER' });
  const head = (entity: string) => ({ schemaVersion: 1, entity });
  return {
    async subscribe(subscriber) {
      const { id, phone } = subscriber;
      const put = (Item: Record<string, unknown>) => ({
        Put: { TableName: table, Item, ConditionExpression: 'attribute_not_exists(pk)' },
      });
      try {
        await client.send(
          new TransactWriteCommand({
            TransactItems: [
              put({ ...byPhone(phone), ...head('subscriber-lookup'), id }),
              put({ ...item(id), ...head('subscriber'), ...subscriber }),
            ],
          }),
        );
        return 'subscribed';
      } catch (error) {
        if (cancellationReasons(error)?.[0] !== 'ConditionalCheckFailed') throw error;
        return 'already';
      }
    },

    async unsubscribe(phone) {
      const Key = byPhone(phone);
      const { Item } = await client.send(new GetCommand({ TableName: table, Key, ConsistentRead: true }));
      if (Item === undefined) return 'none';
      const { id } = lookup.parse(Item);
      await client.send(
        new TransactWriteCommand({
          TransactItems: [
            { Delete: { TableName: table, Key } },
            { Delete: { TableName: table, Key: item(id) } },
          ],
        }),
      );
      return 'unsubscribed';
    },

    async subscribers(limit, after) {
      const { Items = [], LastEvaluatedKey } = await client.send(
        new QueryCommand({
          TableName: table,
          KeyConditionExpression: 'pk = :pk',
          ExpressionAttributeValues: { ':pk': item('').pk },
          Limit: limit,
          ConsistentRead: true,
          ...(after === undefined ? {} : { ExclusiveStartKey: item(after) }),
        }),
      );
      const items = Items.map((one) => stored.parse(one));
      return { items, next: LastEvaluatedKey === undefined ? undefined : items.at(-1)?.id };
    },

    async leave(key, reply, at) {
      const Item = {
        ...textItemKey(key),
        ...head('warning-text'),
        reply,
        expiresAt: Math.floor(Date.parse(at) / 1000) + LEFT_DAYS * 24 * 60 * 60,
      };
      try {
        await client.send(
          new PutCommand({ TableName: table, Item, ConditionExpression: 'attribute_not_exists(pk)' }),
        );
      } catch (error) {
        if (!(error instanceof ConditionalCheckFailedException)) throw error;
      }
    },
  };
}

/** The double: passes the same suite. `left` is what waits to be sent, by its key. */
export function createMemorySubscriberStore(): SubscriberStore & { left: ReadonlyMap<string, WaitingReply> } {
  const byId = new Map<string, Subscriber>();
  const left = new Map<string, WaitingReply>();
  const ofPhone = (phone: string) =>
    [...byId.values()].find((one) => phoneKey(one.phone) === phoneKey(phone));
  return {
    left,
    async subscribe(subscriber) {
      if (ofPhone(subscriber.phone) !== undefined) return 'already';
      byId.set(subscriber.id, { ...subscriber });
      return 'subscribed';
    },
    async unsubscribe(phone) {
      const found = ofPhone(phone);
      return found !== undefined && byId.delete(found.id) ? 'unsubscribed' : 'none';
    },
    async subscribers(limit, after) {
      const all = [...byId.values()]
        .filter(({ id }) => after === undefined || id > after)
        .sort((one, other) => (one.id < other.id ? -1 : 1));
      const items = all.slice(0, limit);
      return { items, next: all.length > limit ? items.at(-1)?.id : undefined };
    },
    async leave(key, text) {
      if (!left.has(key)) left.set(key, text);
    },
  };
}
