import { ConditionalCheckFailedException } from '@aws-sdk/client-dynamodb';
import {
  type DynamoDBDocumentClient,
  GetCommand,
  PutCommand,
  QueryCommand,
  TransactWriteCommand,
  type TransactWriteCommandInput,
  UpdateCommand,
} from '@aws-sdk/lib-dynamodb';
import { cancellationReasons } from './dynamodb.ts';
import {
  gatheringItem,
  gatheringItemKey,
  parseGathering,
  parseReply,
  parseTalk,
  parseText,
  talkItem,
  talkItemKey,
  textItem,
  textItemKey,
  textKey,
  wordsHash,
} from './text-items.ts';
import type { KeptText, TakenText, TextStore } from './text-store.ts';

type Write = NonNullable<TransactWriteCommandInput['TransactItems']>[number];

const ABSENT = 'attribute_not_exists(pk)';

/** Keeps texts and talks in DynamoDB. Whoever only receives needs PutItem alone. */
export function createDynamoDbTextStore(client: DynamoDBDocumentClient, table: string): TextStore {
  const get = async (Key: Record<string, string>) => {
    const { Item } = await client.send(new GetCommand({ TableName: table, Key, ConsistentRead: true }));
    return Item;
  };
  /** False when a condition failed or somebody else wrote at the same moment. */
  const commit = async (writes: readonly Write[]): Promise<boolean> => {
    try {
      await client.send(new TransactWriteCommand({ TransactItems: [...writes] }));
      return true;
    } catch (error) {
      const reasons = cancellationReasons(error);
      if (reasons === undefined || reasons.includes('ValidationError')) throw error;
      return false;
    }
  };
  const putNew = (Item: Record<string, unknown>): Write => ({
    Put: { TableName: table, Item, ConditionExpression: ABSENT },
  });
  /** Puts what stands at this version now. */
  const putNext = (Item: Record<string, unknown>, version: number): Write => ({
    Put: {
      TableName: table,
      Item: { ...Item, version: version + 1 },
      ...(version === 0
        ? { ConditionExpression: ABSENT }
        : {
            ConditionExpression: '#version = :version',
            ExpressionAttributeNames: { '#version': 'version' },
            ExpressionAttributeValues: { ':version': version },
          }),
    },
  });
  /** The words and the phone of a text that was taken are with its case, its contact or its talk. */
  const takeText = ({ key, outcome, gathering, joinedInto }: TakenText): Write => ({
    Update: {
      TableName: table,
      Key: textItemKey(key),
      UpdateExpression:
        'SET #outcome = :outcome, #gathering = :gathering, #joinedInto = :joinedInto REMOVE #text, #from, #part, #due, #dueAt',
      ConditionExpression: 'attribute_exists(pk) AND attribute_not_exists(#outcome)',
      ExpressionAttributeNames: Object.fromEntries(
        ['outcome', 'gathering', 'joinedInto', 'text', 'from', 'part', 'due', 'dueAt'].map((name) => [
          `#${name}`,
          name,
        ]),
      ),
      ExpressionAttributeValues: {
        ':outcome': outcome,
        ':gathering': gathering ?? '',
        ':joinedInto': joinedInto ?? [],
      },
    },
  });

  return {
    async keep(text) {
      const put = async (key: string) => {
        try {
          await client.send(
            new PutCommand({
              TableName: table,
              Item: textItem({ ...text, key }),
              ConditionExpression: ABSENT,
              ReturnValuesOnConditionCheckFailure: 'ALL_OLD',
            }),
          );
          return 'new';
        } catch (error) {
          if (!(error instanceof ConditionalCheckFailedException)) throw error;
          return error.Item?.wordsHash?.S === wordsHash(text) ? 'repeat' : 'other';
        }
      };
      const key = textKey(text.provider, text.id);
      const outcome = await put(key);
      if (outcome !== 'other') return { key, outcome };
      // Ids of a gateway may begin again: other words under a known id are another text.
      const another = textKey(text.provider, `${text.id}/${wordsHash(text)}`);
      return { key: another, outcome: (await put(another)) === 'new' ? 'new' : 'repeat' };
    },

    async text(key) {
      const item = await get(textItemKey(key));
      return item === undefined ? undefined : parseText(item);
    },

    async talk(phone) {
      const item = await get(talkItemKey(phone));
      return item === undefined ? { phone, version: 0, talk: undefined, pending: [] } : parseTalk(item);
    },

    take: (text, talk, dueAt) => commit([takeText(text), putNext(talkItem(talk, dueAt), talk.version)]),
    keepTalk: (talk, dueAt) => commit([putNext(talkItem(talk, dueAt), talk.version)]),

    async gathering(key) {
      const item = await get(gatheringItemKey(key));
      return item === undefined ? undefined : parseGathering(item);
    },

    gather: (gathering, dueAt, part, joined: readonly KeptText[]) =>
      commit([
        putNext(gatheringItem(gathering, dueAt), gathering.version),
        ...(part === undefined ? [] : [takeText(part)]),
        ...joined.map((text) => putNew(textItem(text))),
      ]),

    async keepReply(text, reply) {
      await client
        .send(
          new UpdateCommand({
            TableName: table,
            Key: textItemKey(text),
            UpdateExpression: 'SET #reply = if_not_exists(#reply, :reply)',
            // Neither a second one, nor one that was sent, nor an item that has expired.
            ConditionExpression: 'attribute_exists(pk) AND attribute_not_exists(#sent)',
            ExpressionAttributeNames: { '#reply': 'reply', '#sent': 'replySent' },
            ExpressionAttributeValues: { ':reply': reply },
          }),
        )
        .catch(ignoreFailedCondition);
    },

    async reply(text) {
      return parseReply((await get(textItemKey(text))) ?? {});
    },

    async removeReply(text) {
      await client
        .send(
          new UpdateCommand({
            TableName: table,
            Key: textItemKey(text),
            UpdateExpression: 'SET #sent = :yes REMOVE #reply',
            ConditionExpression: 'attribute_exists(pk)',
            ExpressionAttributeNames: { '#reply': 'reply', '#sent': 'replySent' },
            ExpressionAttributeValues: { ':yes': true },
          }),
        )
        .catch(ignoreFailedCondition);
    },

    async due(kind, from, until, limit) {
      const { Items = [] } = await client.send(
        new QueryCommand({
          TableName: table,
          IndexName: 'due',
          KeyConditionExpression: '#due = :kind AND #dueAt BETWEEN :from AND :until',
          ExpressionAttributeNames: { '#due': 'due', '#dueAt': 'dueAt' },
          ExpressionAttributeValues: { ':kind': kind, ':from': from, ':until': until },
          Limit: limit,
        }),
      );
      return Items.map(({ lastText }) => String(lastText));
    },
  };
}

function ignoreFailedCondition(error: unknown): void {
  if (!(error instanceof ConditionalCheckFailedException)) throw error;
}
