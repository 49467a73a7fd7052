import { gunzipSync, gzipSync } from 'node:zlib';
import { ConditionalCheckFailedException } from '@aws-sdk/client-dynamodb';
import { type DynamoDBDocumentClient, GetCommand, PutCommand, QueryCommand } from '@aws-sdk/lib-dynamodb';
import * as z from 'zod';
import { type Instant, type LocalDate, shanghaiDate } from '../dates.ts';
import { type ReportOrder, reportOrder, unitOfReport } from '../reports/order.ts';
import { type ReportSource, reportSource } from '../reports/source.ts';
import { putOnVersion } from './dynamodb.ts';

/** A report that was published, and when. */
interface Publication {
  id: string;
  on: LocalDate;
}

/** Keeps orders of reports, the figures each was made from, and which were published. */
export interface ReportStore {
  order(id: string): Promise<ReportOrder | undefined>;
  /** Of one unit, the latest first. */
  orders(unit: string, limit: number): Promise<ReportOrder[]>;
  /** Kept if it has not moved on since the version before; a conflict is a normal outcome: look again. */
  save(order: ReportOrder): Promise<'saved' | 'conflict'>;
  /**
   * Keeps the figures of a report; those that were kept first stay, whoever comes second gets them: however often a
   * report is composed it is the same.
   */
  keepSource(id: string, source: ReportSource): Promise<ReportSource>;
  source(id: string): Promise<ReportSource | undefined>;
  /** Notes that a report was published; a second time changes nothing. */
  notePublication(order: Pick<ReportOrder, 'id' | 'unit' | 'kind' | 'period'>, at: Instant): Promise<void>;
  /** The latest that was published of this kind and period. */
  publication(of: Pick<ReportOrder, 'unit' | 'kind' | 'period'>): Promise<Publication | undefined>;
}

/** Beginning of the partition keys, for the rights of functions. */
export const REPORT_KEYS = ['REPORTS#'] as const;

const pkOf = (unit: string) => `REPORTS#${unit}`;
const keyOf = {
  order: (id: string) => ({ pk: pkOf(unitOfReport(id)), sk: `ORDER#${id}` }),
  source: (id: string) => ({ pk: pkOf(unitOfReport(id)), sk: `SOURCE#${id}` }),
  publication: ({ id, unit, kind, period }: Pick<ReportOrder, 'id' | 'unit' | 'kind' | 'period'>) => ({
    pk: pkOf(unit),
    sk: `PUBLISHED#${kind}#${period}#${id}`,
  }),
};
const storedSource = z.object({ source: z.instanceof(Uint8Array) });
const storedPublication = z.object({ id: z.string(), on: z.string() });

/** In the table of statistics, under keys that no roll-up and no recount looks at. */
export function createDynamoDbReportStore(client: DynamoDBDocumentClient, table: string): ReportStore {
  const one = async (key: { pk: string; sk: string }) => {
    const { Item } = await client.send(new GetCommand({ TableName: table, Key: key, ConsistentRead: true }));
    return Item;
  };
  /** Keeps an item where none is yet. */
  const putOnce = async (Item: Record<string, unknown>): Promise<'saved' | 'there'> => {
    try {
      await client.send(
        new PutCommand({ TableName: table, Item, ConditionExpression: 'attribute_not_exists(pk)' }),
      );
      return 'saved';
    } catch (error) {
      if (error instanceof ConditionalCheckFailedException) return 'there';
      throw error;
    }
  };
  const latest = async (pk: string, begins: string, Limit: number) => {
    const { Items = [] } = await client.send(
      new QueryCommand({
        TableName: table,
        KeyConditionExpression: 'pk = :pk AND begins_with(sk, :begins)',
        ExpressionAttributeValues: { ':pk': pk, ':begins': begins },
        ScanIndexForward: false,
        ConsistentRead: true,
        Limit,
      }),
    );
    return Items;
  };

  const store: ReportStore = {
    async order(id) {
      const item = await one(keyOf.order(id));
      return item && reportOrder.parse(item);
    },
    orders: async (unit, limit) =>
      (await latest(pkOf(unit), 'ORDER#', limit)).map((item) => reportOrder.parse(item)),
    save: (order) => putOnVersion(client, table, { ...keyOf.order(order.id), ...order }),
    async keepSource(id, source) {
      // A city's figures are some 40 KB of JSON, a fifth of that gzipped; an item holds 400 KB.
      const packed = gzipSync(JSON.stringify(source));
      if ((await putOnce({ ...keyOf.source(id), source: packed })) === 'saved') return source;
      const kept = await store.source(id);
      if (kept === undefined) throw new Error('the figures of a report went away');
      return kept;
    },
    async source(id) {
      const item = await one(keyOf.source(id));
      if (item === undefined) return undefined;
      const { source } = storedSource.parse(item);
      return reportSource.parse(JSON.parse(gunzipSync(source).toString('utf8')));
    },
    async notePublication(order, at) {
      await putOnce({ ...keyOf.publication(order), id: order.id, on: shanghaiDate(at) });
    },
    async publication(of) {
      const [item] = await latest(pkOf(of.unit), `PUBLISHED#${of.kind}#${of.period}#`, 1);
      return item && storedPublication.parse(item);
    },
  };
  return store;
}

/** The double of the store for unit tests; it passes the same contract suite. */
export function createMemoryReportStore(): ReportStore {
  const orders = new Map<string, ReportOrder>();
  const sources = new Map<string, ReportSource>();
  const publications = new Map<string, Publication>();
  const backwards = (a: string, b: string) => (a < b ? 1 : -1);
  return {
    order: async (id) => structuredClone(orders.get(id)),
    orders: async (unit, limit) =>
      [...orders.keys()]
        .filter((id) => unitOfReport(id) === unit)
        .sort(backwards)
        .slice(0, limit)
        .flatMap((id) => structuredClone(orders.get(id)) ?? []),
    async save(order) {
      if ((orders.get(order.id)?.version ?? 0) !== order.version - 1) return 'conflict';
      orders.set(order.id, structuredClone(order));
      return 'saved';
    },
    async keepSource(id, source) {
      if (!sources.has(id)) sources.set(id, structuredClone(source));
      return structuredClone(sources.get(id) as ReportSource);
    },
    source: async (id) => structuredClone(sources.get(id)),
    async notePublication(order, at) {
      const { sk } = keyOf.publication(order);
      const key = `${order.unit} ${sk}`;
      if (!publications.has(key)) publications.set(key, { id: order.id, on: shanghaiDate(at) });
    },
    async publication({ unit, kind, period }) {
      const [key = ''] = [...publications.keys()]
        .filter((one) => one.startsWith(`${unit} PUBLISHED#${kind}#${period}#`))
        .sort(backwards);
      return publications.get(key);
    },
  };
}
