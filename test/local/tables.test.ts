import { afterAll, beforeAll, expect, test } from 'vitest';
import { type AwsJson, awsJsonClient } from '../../infra/local/aws-json.ts';
import { type DynamoDbLocal, startDynamoDbLocal } from '../../infra/local/dynamodb-local.ts';
import { ensureTable, type TableProperties } from '../../infra/local/tables.ts';

let server: DynamoDbLocal;
let dynamoDb: AwsJson;
beforeAll(async () => {
  server = await startDynamoDbLocal(undefined);
  dynamoDb = awsJsonClient(server.endpoint, 'DynamoDB_20120810');
});
afterAll(() => server.stop());

const key = (AttributeName: string, KeyType = 'HASH') => ({ AttributeName, KeyType });
const index = (IndexName: string, attribute: string) => ({
  IndexName,
  KeySchema: [key(attribute)],
  Projection: { ProjectionType: 'KEYS_ONLY' },
});
const properties = (...attributes: string[]): TableProperties => ({
  AttributeDefinitions: ['pk', ...attributes].map((AttributeName) => ({ AttributeName, AttributeType: 'S' })),
  KeySchema: [key('pk')],
  GlobalSecondaryIndexes: attributes.map((attribute) => index(`by-${attribute}`, attribute)),
});

test('a table of an earlier start gets all indexes it lacks, and keeps what it has', async () => {
  await ensureTable(dynamoDb, 'Old', properties('a'));
  await dynamoDb('PutItem', { TableName: 'Old', Item: { pk: { S: '1' }, c: { S: 'x' } } });

  await ensureTable(dynamoDb, 'Old', properties('a', 'b', 'c', 'd'));
  const { Items } = (await dynamoDb('Query', {
    TableName: 'Old',
    IndexName: 'by-c',
    KeyConditionExpression: 'c = :c',
    ExpressionAttributeValues: { ':c': { S: 'x' } },
  })) as { Items: object[] };
  expect(Items).toEqual([{ pk: { S: '1' }, c: { S: 'x' } }]);

  const { Table } = (await dynamoDb('DescribeTable', { TableName: 'Old' })) as {
    Table: { GlobalSecondaryIndexes: { IndexName: string; IndexStatus: string }[] };
  };
  const made = Table.GlobalSecondaryIndexes.map(({ IndexName, IndexStatus }) => [IndexName, IndexStatus]);
  expect(Object.fromEntries(made)).toEqual({
    'by-a': 'ACTIVE',
    'by-b': 'ACTIVE',
    'by-c': 'ACTIVE',
    'by-d': 'ACTIVE',
  });
});
