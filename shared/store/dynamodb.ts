import { setTimeout as delay } from 'node:timers/promises';
import {
  ConditionalCheckFailedException,
  DynamoDBClient,
  TransactionCanceledException,
} from '@aws-sdk/client-dynamodb';
import {
  BatchWriteCommand,
  type BatchWriteCommandInput,
  type BatchWriteCommandOutput,
  DynamoDBDocumentClient,
  PutCommand,
} from '@aws-sdk/lib-dynamodb';

/** One client for a function's whole life. Endpoint, region and credentials come from the environment. */
export function createDocumentClient(): DynamoDBDocumentClient {
  return DynamoDBDocumentClient.from(new DynamoDBClient({}), {
    marshallOptions: { removeUndefinedValues: true },
  });
}

/**
 * Why a transaction was cancelled, one entry per item in the order they were sent: `ConditionalCheckFailed`,
 * `TransactionConflict`, `None` … Undefined when the error is of another kind.
 */
export function cancellationReasons(error: unknown): string[] | undefined {
  if (!(error instanceof TransactionCanceledException)) return undefined;
  return (error.CancellationReasons ?? []).map((reason) => reason.Code ?? 'None');
}

/** The condition of a put that is to be kept on the version before its own; the first version where nothing is yet. */
export function onVersionBefore(version: number) {
  if (version === 1) return { ConditionExpression: 'attribute_not_exists(pk)' };
  return {
    ConditionExpression: '#version = :before',
    ExpressionAttributeNames: { '#version': 'version' },
    ExpressionAttributeValues: { ':before': version - 1 },
  };
}

/** Keeps an item on the version before its own; a conflict is a normal outcome: look again. */
export async function putOnVersion(
  client: DynamoDBDocumentClient,
  TableName: string,
  Item: Readonly<Record<string, unknown>> & { version: number },
): Promise<'saved' | 'conflict'> {
  try {
    await client.send(new PutCommand({ TableName, Item, ...onVersionBefore(Item.version) }));
    return 'saved';
  } catch (error) {
    if (error instanceof ConditionalCheckFailedException) return 'conflict';
    throw error;
  }
}

type WriteRequest = NonNullable<BatchWriteCommandInput['RequestItems']>[string][number];

/** DynamoDB's limit for one call. */
const LARGEST_WRITE = 25;

/** Writes them all, a call's worth at a time; what DynamoDB had no capacity for is sent again, a little later. */
export async function writeAll(
  client: DynamoDBDocumentClient,
  table: string,
  requests: readonly WriteRequest[],
): Promise<void> {
  for (let start = 0; start < requests.length; start += LARGEST_WRITE) {
    let open = requests.slice(start, start + LARGEST_WRITE);
    for (let tries = 0; open.length > 0; tries += 1) {
      await delay(tries * 100);
      const { UnprocessedItems }: BatchWriteCommandOutput = await client.send(
        new BatchWriteCommand({ RequestItems: { [table]: open } }),
      );
      open = UnprocessedItems?.[table] ?? [];
    }
  }
}
