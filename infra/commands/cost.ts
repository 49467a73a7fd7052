import { parseArgs } from 'node:util';

const HELP = `npm run cost [-- --json]

What a million complaints cost on AWS, line by line: list prices times the work one complaint causes.
Prices are those of us-east-1 without free tier, November 2026; the China regions have their own list.
`;

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
} as const;

type Price = keyof typeof PRICES;

/**
 * The work of one complaint that is filed, looked at five times by its consumer, read and settled at the desk.
 * Units of tables: docs/data-model.md. Durations are assumptions, on the high side: 50 ms for a call, 20 ms for
 * its share of a batch.
 */
const WORK: readonly { step: string; uses: Partial<Record<Price, number>> }[] = [
  {
    step: 'file (1 call)',
    uses: { ...call(1, 1.0, 0.05), 'DynamoDB write unit': 19, 'DynamoDB read unit': 1, 'KMS request': 0.1 },
  },
  {
    step: 'relay and triage (batches of 10)',
    uses: { ...work(0.2, 1.0, 0.02), 'SQS request': 0.4, 'DynamoDB read unit': 1, 'DynamoDB write unit': 11 },
  },
  { step: 'track (5 calls)', uses: { ...call(5, 0.5, 0.05), 'DynamoDB read unit': 15 } },
  {
    step: 'desk: list and read (6 calls)',
    uses: { ...call(6, 1.0, 0.05), 'DynamoDB read unit': 60, 'KMS request': 0.2 },
  },
  {
    step: 'desk: accept and settle (2 calls)',
    uses: { ...call(2, 1.0, 0.05), 'DynamoDB read unit': 2, 'DynamoDB write unit': 22 },
  },
  { step: 'count 4 events (batches of 25)', uses: { ...work(0.16, 0.5, 0.02), 'DynamoDB write unit': 24 } },
  { step: 'logs (20 lines of 400 bytes)', uses: { 'CloudWatch log GB': (20 * 400) / 1e9 } },
  { step: 'traces (5 % of 15 invocations)', uses: { 'X-Ray trace': 0.75 } },
];

function call(count: number, gb: number, seconds: number): Partial<Record<Price, number>> {
  return { 'HTTP API request': count, 'CloudFront request': count, ...work(count, gb, seconds) };
}

function work(count: number, gb: number, seconds: number): Partial<Record<Price, number>> {
  return { 'Lambda request': count, 'Lambda GB-second (arm64)': count * gb * seconds };
}

const { values } = parseArgs({ options: { json: { type: 'boolean' }, help: { type: 'boolean' } } });
if (values.help) {
  console.log(HELP);
  process.exit(0);
}

const lines = WORK.map(({ step, uses }) => ({
  step,
  dollarsPerMillion: (Object.entries(uses) as [Price, number][]).reduce(
    (sum, [price, count]) => sum + count * PRICES[price] * 1e6,
    0,
  ),
}));
const total = lines.reduce((sum, { dollarsPerMillion }) => sum + dollarsPerMillion, 0);

if (values.json) {
  console.log(JSON.stringify({ lines, total }, undefined, 2));
} else {
  for (const { step, dollarsPerMillion } of lines) {
    console.log(`${step.padEnd(40)} ${dollarsPerMillion.toFixed(2).padStart(8)} USD`);
  }
  console.log(`${'a million complaints'.padEnd(40)} ${total.toFixed(2).padStart(8)} USD`);
  console.log('and each month: storage 0.25 USD/GB, two KMS keys 2 USD, 24 alarms 2.40 USD');
}
