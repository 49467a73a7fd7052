import { randomUUID } from 'node:crypto';
import { ConditionalCheckFailedException } from '@aws-sdk/client-dynamodb';
import { type DynamoDBDocumentClient, paginateQuery, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import { unmarshall } from '@aws-sdk/util-dynamodb';
import {
  inOrder,
  noticeAttributes,
  noticeByHand,
  noticeKey,
  noticesOf,
  parseNotice,
} from './notice-items.ts';
import {
  type Claim,
  ENDS_FROM,
  type Ending,
  type NoticeKey,
  type NoticeMessage,
  type NoticeStore,
  type StoredNotice,
} from './notice-store.ts';

/**
 * Keeps notices in the table of the cases, each beside its case. Every write is conditional on what it found.
 * @param apart for what belongs to no case, such as replies to texts: how its keys begin, and how long it is kept
 */
export function createDynamoDbNoticeStore(
  client: DynamoDBDocumentClient,
  table: string,
  apart?: { prefix: string; keptDays: number },
): NoticeStore {
  const keyOf = (key: NoticeKey) =>
    apart === undefined ? noticeKey(key) : { ...noticeKey(key), pk: `${apart.prefix}${key.number}` };
  const expiring = (at: string) =>
    apart === undefined
      ? {}
      : { expiresAt: Math.floor(Date.parse(at) / 1000) + apart.keptDays * 24 * 60 * 60 };
  /**
   * Sets these attributes; gives the item as it is now, or as it stood in the way. What an earlier ending left behind
   * stays unread: each state has its own attributes.
   */
  const write = async (
    key: NoticeKey,
    attributes: Record<string, unknown>,
    condition: { expression: string; values: Record<string, unknown> },
  ): Promise<{ done: boolean; item: Record<string, unknown> | undefined }> => {
    const set = Object.entries(attributes).filter(([, value]) => value !== undefined);
    const names = [...set.map(([name]) => name), 'attempt'];
    try {
      const { Attributes } = await client.send(
        new UpdateCommand({
          TableName: table,
          Key: keyOf(key),
          UpdateExpression: `SET ${set.map(([name]) => `#${name} = :${name}`).join(', ')}`,
          ConditionExpression: condition.expression,
          ExpressionAttributeNames: Object.fromEntries(names.map((name) => [`#${name}`, name])),
          ExpressionAttributeValues: {
            ...Object.fromEntries(set.map(([name, value]) => [`:${name}`, value])),
            ...condition.values,
          },
          ReturnValues: 'ALL_NEW',
          ReturnValuesOnConditionCheckFailure: 'ALL_OLD',
        }),
      );
      return { done: true, item: Attributes };
    } catch (error) {
      if (!(error instanceof ConditionalCheckFailedException)) throw error;
      return { done: false, item: error.Item && unmarshall(error.Item) };
    }
  };

  return {
    async claim(message: NoticeMessage, at: string): Promise<Claim> {
      // Tells our own claim from another's when the SDK repeats a write whose answer was lost.
      const claimant = randomUUID();
      const claimWith = (attempt: number, condition: Parameters<typeof write>[2]) => {
        const attributes = noticeAttributes({ ...message, attempt, claimedAt: at, state: 'claimed' });
        return write(message, { ...attributes, claimant, ...expiring(at) }, condition);
      };
      const isOurs = ({ done, item }: Awaited<ReturnType<typeof write>>) =>
        done || item?.claimant === claimant;

      const first = await claimWith(1, { expression: 'attribute_not_exists(pk)', values: {} });
      if (isOurs(first)) return { won: true, attempt: 1 };
      const found = parseNotice(first.item);
      if (found.state !== 'try-again') return { won: false, found };

      const attempt = found.attempt + 1;
      const again = await claimWith(attempt, {
        expression: '#state = :tryAgain AND #attempt = :last',
        values: { ':tryAgain': 'try-again', ':last': found.attempt },
      });
      return isOurs(again) ? { won: true, attempt } : { won: false, found: parseNotice(again.item) };
    },

    async end(key: NoticeKey, attempt: number, ending: Ending): Promise<StoredNotice> {
      const from = ENDS_FROM[ending.state].map((state, index) => [`:from${index}`, state]);
      const { item } = await write(
        key,
        { ...ending },
        {
          expression: `#attempt = :attempt AND #state IN (${from.map(([name]) => name).join(', ')})`,
          values: { ':attempt': attempt, ...Object.fromEntries(from) },
        },
      );
      return parseNotice(item);
    },

    async leaveByHand(key: NoticeKey, reason: string, at: string): Promise<StoredNotice> {
      const left = noticeByHand(key, reason, at);
      const { item } = await write(key, noticeAttributes(left), {
        expression: 'attribute_not_exists(pk)',
        values: {},
      });
      return parseNotice(item);
    },

    async notices(number: string): Promise<StoredNotice[]> {
      const { pk, prefix } = noticesOf(number);
      const pages = paginateQuery(
        { client },
        {
          TableName: table,
          KeyConditionExpression: 'pk = :pk AND begins_with(sk, :prefix)',
          ExpressionAttributeValues: { ':pk': pk, ':prefix': prefix },
          ConsistentRead: true,
        },
      );
      const found: StoredNotice[] = [];
      for await (const page of pages) found.push(...(page.Items ?? []).map(parseNotice));
      return inOrder(found);
    },
  };
}
