import { setTimeout as delay } from 'node:timers/promises';
import type { AwsJson } from './aws-json.ts';

const indexPollMs = 100;

/** The table properties DynamoDB Local honours, named as in CloudFormation and in its own API alike. */
export interface TableProperties {
  AttributeDefinitions: object[];
  KeySchema: object[];
  BillingMode?: string;
  GlobalSecondaryIndexes?: { IndexName: string; KeySchema: object[]; Projection: object }[];
  LocalSecondaryIndexes?: { IndexName: string; KeySchema: object[]; Projection: object }[];
  StreamSpecification?: { StreamViewType: string };
}

interface TableDescription {
  TableName: string;
  GlobalSecondaryIndexes?: { IndexName: string; IndexStatus?: string }[];
  LatestStreamArn?: string;
  StreamSpecification?: { StreamEnabled: boolean };
}

/** Creates the table, or, where it persisted from an earlier start, adds the indexes it does not have yet. */
export async function ensureTable(
  dynamoDb: AwsJson,
  name: string,
  properties: TableProperties,
): Promise<void> {
  const existing = await describe(dynamoDb, name);
  if (existing) {
    await addMissingIndexes(dynamoDb, existing, properties);
    return;
  }
  await dynamoDb('CreateTable', {
    TableName: name,
    AttributeDefinitions: properties.AttributeDefinitions,
    KeySchema: properties.KeySchema,
    // Capacity is not simulated: on-demand stands for both modes.
    BillingMode: 'PAY_PER_REQUEST',
    GlobalSecondaryIndexes: properties.GlobalSecondaryIndexes?.map(indexDefinition),
    LocalSecondaryIndexes: properties.LocalSecondaryIndexes?.map(indexDefinition),
    StreamSpecification: streamSpecification(properties),
  });
}

/** The table's stream, or undefined if it has none. */
export async function streamArnOf(dynamoDb: AwsJson, tableName: string): Promise<string | undefined> {
  return (await describe(dynamoDb, tableName))?.LatestStreamArn;
}

async function addMissingIndexes(
  dynamoDb: AwsJson,
  existing: TableDescription,
  properties: TableProperties,
): Promise<void> {
  const present = (existing.GlobalSecondaryIndexes ?? []).map(({ IndexName }) => IndexName);
  for (const index of properties.GlobalSecondaryIndexes ?? []) {
    if (present.includes(index.IndexName)) continue;
    await dynamoDb('UpdateTable', {
      TableName: existing.TableName,
      AttributeDefinitions: properties.AttributeDefinitions,
      GlobalSecondaryIndexUpdates: [{ Create: indexDefinition(index) }],
    });
    // As in AWS, only one index can be made at a time.
    await untilIndexesAreMade(dynamoDb, existing.TableName);
  }
  if (properties.StreamSpecification && !existing.StreamSpecification?.StreamEnabled) {
    await dynamoDb('UpdateTable', {
      TableName: existing.TableName,
      StreamSpecification: streamSpecification(properties),
    });
  }
}

async function untilIndexesAreMade(dynamoDb: AwsJson, name: string): Promise<void> {
  const { GlobalSecondaryIndexes = [] } = (await describe(dynamoDb, name)) ?? {};
  if (GlobalSecondaryIndexes.every(({ IndexStatus }) => IndexStatus === 'ACTIVE')) return;
  await delay(indexPollMs);
  await untilIndexesAreMade(dynamoDb, name);
}

const indexDefinition = ({
  IndexName,
  KeySchema,
  Projection,
}: {
  IndexName: string;
  KeySchema: object[];
  Projection: object;
}) => ({
  IndexName,
  KeySchema,
  Projection,
});

const streamSpecification = ({ StreamSpecification }: TableProperties) =>
  StreamSpecification && { StreamEnabled: true, StreamViewType: StreamSpecification.StreamViewType };

async function describe(dynamoDb: AwsJson, name: string): Promise<TableDescription | undefined> {
  try {
    const answer = await dynamoDb('DescribeTable', { TableName: name });
    return (answer as { Table: TableDescription }).Table;
  } catch (error) {
    if ((error as Error).name === 'ResourceNotFoundException') return undefined;
    throw error;
  }
}
