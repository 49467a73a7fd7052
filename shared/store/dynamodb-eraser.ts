import {
  DeleteCommand,
  type DynamoDBDocumentClient,
  GetCommand,
  paginateQuery,
  UpdateCommand,
} from '@aws-sdk/lib-dynamodb';
import { callKey } from './call-store.ts';
import { keyOf, lookupsOf, parseIdentity } from './case-items.ts';
import type { Eraser } from './eraser.ts';
import { noticesOf } from './notice-items.ts';

/** A few writes at a time: a history of thousands of events must not take the whole capacity. */
const AT_ONCE = 10;

type Key = { pk: string; sk: string };

/** Erases in DynamoDB. The identity goes after the entries that are found by it, so that none is left behind. */
export function createDynamoDbEraser(
  client: DynamoDBDocumentClient,
  tables: { cases: string; identities: string; informers: string },
): Eraser {
  /** Keys of the items of a case that begin so and have this attribute. */
  const having = async (
    { pk, prefix }: { pk: string; prefix: string },
    attribute: string,
  ): Promise<Key[]> => {
    const keys: Key[] = [];
    const pages = paginateQuery(
      { client },
      {
        TableName: tables.cases,
        KeyConditionExpression: 'pk = :pk AND begins_with(sk, :prefix)',
        FilterExpression: 'attribute_exists(#attribute)',
        ExpressionAttributeNames: { '#attribute': attribute },
        ExpressionAttributeValues: { ':pk': pk, ':prefix': prefix },
        ProjectionExpression: 'pk, sk',
        ConsistentRead: true,
      },
    );
    for await (const page of pages) keys.push(...((page.Items ?? []) as Key[]));
    return keys;
  };
  const change = async (
    keys: readonly Key[],
    UpdateExpression: string,
    attribute: string,
    value?: string,
  ) => {
    for (let start = 0; start < keys.length; start += AT_ONCE) {
      const changes = keys.slice(start, start + AT_ONCE).map((Key) =>
        client.send(
          new UpdateCommand({
            TableName: tables.cases,
            Key,
            UpdateExpression,
            // Never makes an item anew that is gone.
            ConditionExpression: 'attribute_exists(pk)',
            ExpressionAttributeNames: { '#attribute': attribute },
            ...(value === undefined ? {} : { ExpressionAttributeValues: { ':value': value } }),
          }),
        ),
      );
      await Promise.all(changes);
    }
  };

  return {
    async erase(number, kind) {
      const events = await having({ pk: keyOf.case(number).pk, prefix: 'EVENT#' }, 'words');
      await change(events, 'REMOVE #attribute', 'words');
      await change(await having(noticesOf(number), 'to'), 'SET #attribute = :value', 'to', '');

      const { Item: registered } = await client.send(
        new GetCommand({ TableName: tables.cases, Key: keyOf.event(number, 1) }),
      );
      const call: unknown = registered?.facts?.call;
      if (typeof call === 'string') {
        await client.send(new DeleteCommand({ TableName: tables.identities, Key: callKey(call) }));
      }

      const TableName = kind === 'report' ? tables.informers : tables.identities;
      const own = keyOf.identity(number);
      // An informer leaves no other entry: whoever erases needs no right to read them.
      const { Item } =
        kind === 'report'
          ? {}
          : await client.send(new GetCommand({ TableName, Key: own, ConsistentRead: true }));
      const lookups = Item === undefined ? [] : lookupsOf(number, kind, parseIdentity(Item));
      for (const { pk, sk } of [...lookups, own]) {
        await client.send(new DeleteCommand({ TableName, Key: { pk, sk } }));
      }
    },
  };
}
