import { type DynamoDBDocumentClient, PutCommand, QueryCommand } from '@aws-sdk/lib-dynamodb';
import * as z from 'zod';
import type { DeliveryReport } from '../sms/delivery-reports.ts';

/** What a provider says has come of messages we sent; kept by their ids, so that a report may come before the proof. */
export interface DeliveryStore {
  /** Keeps a report once. */
  keep(report: DeliveryReport): Promise<void>;
  /** Everything that was reported of one message, in no particular order. */
  reports(providerId: string): Promise<DeliveryReport[]>;
}

const KEPT_SECONDS = 180 * 24 * 60 * 60;

const storedReport = z.object({
  provider: z.enum(['aws', 'aliyun', 'huawei', 'twilio']),
  providerId: z.string(),
  status: z.enum(['delivered', 'failed', 'pending']),
  code: z.string(),
  at: z.string(),
  part: z.object({ number: z.int(), of: z.int() }).exactOptional(),
  segments: z.int().exactOptional(),
});

const pkOf = (providerId: string) => `DELIVERY#${providerId}`;
const skOf = ({ at, status, part, code }: DeliveryReport) =>
  `REPORT#${at}#${status}#${part?.number ?? 0}#${code}`;

/** Reports in the table of identities, where those who receive them may put. They hold ids and codes. */
export function createDynamoDbDeliveryStore(client: DynamoDBDocumentClient, table: string): DeliveryStore {
  return {
    async keep(report) {
      const Item = {
        pk: pkOf(report.providerId),
        sk: skOf(report),
        schemaVersion: 1,
        entity: 'delivery',
        ...report,
        expiresAt: Math.floor(Date.parse(report.at) / 1000) + KEPT_SECONDS,
      };
      await client.send(new PutCommand({ TableName: table, Item }));
    },
    async reports(providerId) {
      const { Items = [] } = await client.send(
        new QueryCommand({
          TableName: table,
          KeyConditionExpression: 'pk = :pk',
          ExpressionAttributeValues: { ':pk': pkOf(providerId) },
          ConsistentRead: true,
        }),
      );
      return Items.map((item) => storedReport.parse(item));
    },
  };
}

/** The double for unit tests; it passes the same contract suite. */
export function createMemoryDeliveryStore(): DeliveryStore {
  const items = new Map<string, DeliveryReport>();
  return {
    async keep(report) {
      items.set(`${report.providerId} ${skOf(report)}`, report);
    },
    async reports(providerId) {
      return [...items.values()].filter((one) => one.providerId === providerId);
    },
  };
}
