/*
 * List prices of AWS and the work that a complaint causes: for `npm run cost` and for the month's cost in the health of the
 * system. us-east-1 without free tier, November 2026; the China regions have their own list.
 */

/** US dollars for one of each. */
const PRICES = {
  'HTTP API request': 1.0 / 1e6,
  'CloudFront request': 1.0 / 1e6,
  'Lambda request': 0.2 / 1e6,
  'Lambda GB-second (arm64)': 0.0000133334,
  'DynamoDB write unit': 0.625 / 1e6,
  'DynamoDB read unit': 0.125 / 1e6,
  'SQS request': 0.4 / 1e6,
  'KMS request': 0.03 / 1e4,
  'CloudWatch log GB': 0.5,
  'X-Ray trace': 5.0 / 1e6,
  // An assumption, not a price: what a carrier takes for one segment differs by country, contract and month.
  'SMS segment': 0.02,
} as const;

type Price = keyof typeof PRICES;

/** Work that one complaint causes, and with what it comes: its receipt, or that it is handled to its end. */
export interface Work {
  step: string;
  zh: string;
  per: 'received' | 'handled';
  uses: Partial<Record<Price, number>>;
}

/**
 * The work of one complaint that is filed, looked at five times by its consumer, accepted, mediated, settled, paid,
 * called back and closed: eleven events. Units of tables: docs/data-model.md; a step on a case of 3 KB writes 8 units
 * in its transaction and about 8 in the indexes desk, bureau, watch and retention. Durations are assumptions, on
 * the high side: 50 ms for a call, 1.5 s for a form, 20 ms for its share of a batch.
 */
export const WORK: readonly Work[] = [
  {
    step: 'file (1 call)',
    zh: '提交（1 次请求）',
    per: 'received',
    uses: { ...call(1, 1.0, 0.05), 'DynamoDB write unit': 24, 'DynamoDB read unit': 1, 'KMS request': 0.1 },
  },
  {
    step: 'relay and triage (batches of 10)',
    zh: '转送和分派（每批 10 件）',
    per: 'received',
    uses: { ...work(0.2, 1.0, 0.02), 'SQS request': 0.4, 'DynamoDB read unit': 6, 'DynamoDB write unit': 20 },
  },
  {
    step: 'track (5 calls)',
    zh: '查询进度（5 次）',
    per: 'received',
    uses: { ...call(5, 0.5, 0.05), 'DynamoDB read unit': 15 },
  },
  {
    step: 'desk: list and read (20 calls)',
    zh: '工作台：列表和查看（20 次）',
    per: 'received',
    // Half of them lists of forty cases, each with who works on it.
    uses: { ...call(20, 1.0, 0.05), 'DynamoDB read unit': 200 + 10 * 20, 'KMS request': 0.4 },
  },
  {
    step: 'desk: seven steps (7 calls)',
    zh: '工作台：办理七步（7 次）',
    per: 'handled',
    uses: { ...call(7, 1.0, 0.05), 'DynamoDB read unit': 10 + 7, 'DynamoDB write unit': 7 * 18 + 4 },
  },
  {
    step: 'desk: two forms as PDF (2 calls)',
    zh: '工作台：两份文书 PDF（2 次）',
    per: 'handled',
    uses: { ...call(2, 1.73, 1.5), 'DynamoDB read unit': 8, 'DynamoDB write unit': 2, 'KMS request': 0.2 },
  },
  {
    // The provider's call is waited for.
    step: 'one notice and its telling (a step)',
    zh: '一次通知并登记告知',
    per: 'handled',
    uses: {
      ...work(1, 1.0, 0.5),
      'SQS request': 4,
      'DynamoDB read unit': 8,
      'DynamoDB write unit': 16 + 2,
      'KMS request': 0.1,
    },
  },
  {
    step: 'one reminder (watch-deadlines)',
    zh: '一次到期提醒',
    per: 'handled',
    uses: { ...work(0.1, 1.0, 0.1), 'DynamoDB write unit': 16 },
  },
  {
    step: 'erase at the end of retention',
    zh: '到期清除个人信息',
    per: 'handled',
    uses: { ...work(0.1, 1.0, 0.1), 'DynamoDB write unit': 40 },
  },
  {
    step: 'count 11 events (batches of 25)',
    zh: '统计 11 个事件（每批 25 个）',
    per: 'handled',
    uses: { ...work(0.44, 0.5, 0.02), 'DynamoDB write unit': 66 },
  },
  {
    // Open311: the case and its history are read, what may be shown is put, with both its indexes.
    step: 'publish 11 steps (batches of 10)',
    zh: '公开 11 步（每批 10 件）',
    per: 'handled',
    uses: {
      ...work(2.2, 0.5, 0.05),
      'SQS request': 3.3,
      'DynamoDB read unit': 33,
      'DynamoDB write unit': 66,
    },
  },
  {
    step: 'logs (60 lines of 400 bytes)',
    zh: '日志（60 行，每行 400 字节）',
    per: 'received',
    uses: { 'CloudWatch log GB': (60 * 400) / 1e9 },
  },
  {
    step: 'traces (5 % of 40 invocations)',
    zh: '跟踪（40 次调用的 5%）',
    per: 'received',
    uses: { 'X-Ray trace': 2 },
  },
];

/** What the carriers take, beside what AWS takes for the work: the acceptance is told in two segments. */
export const SMS: Work = {
  step: 'SMS: 2 segments (ASSUMED 0.02 USD each)',
  zh: '短信：2 段（假定每段 0.02 美元）',
  per: 'handled',
  uses: { 'SMS segment': 2 },
};

function call(count: number, gb: number, seconds: number): Partial<Record<Price, number>> {
  return { 'HTTP API request': count, 'CloudFront request': count, ...work(count, gb, seconds) };
}

function work(count: number, gb: number, seconds: number): Partial<Record<Price, number>> {
  return { 'Lambda request': count, 'Lambda GB-second (arm64)': count * gb * seconds };
}

/** US dollars for this work, done once. */
export function dollarsOf({ uses }: Pick<Work, 'uses'>): number {
  return (Object.entries(uses) as [Price, number][]).reduce(
    (sum, [price, count]) => sum + count * PRICES[price],
    0,
  );
}

/** Each month, whatever comes in: keys and alarms. Storage and schedules come on top. */
export const FIXED_DOLLARS = 7.6;
