import { parseArgs } from 'node:util';

const HELP = `npm run cost [-- --json]

What a million complaints cost on AWS, line by line: list prices times the work one complaint causes. SMS are a
line of their own, at an assumed price: they cost more than all the rest.
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
  // An assumption, not a price: what a carrier takes for one segment differs by country, contract and month.
  'SMS segment': 0.02,
} as const;

type Price = keyof typeof PRICES;

/**
 * The work of one complaint that is filed, looked at five times by its consumer, accepted, mediated, settled, paid,
 * called back and closed: eleven events. Units of tables: docs/data-model.md; a step on a case of 3 KB writes 8 units
 * in its transaction and about 8 in the indexes desk, bureau, watch and retention. Durations are assumptions, on
 * the high side: 50 ms for a call, 1.5 s for a form, 20 ms for its share of a batch.
 */
const WORK: readonly { step: string; uses: Partial<Record<Price, number>> }[] = [
  {
    step: 'file (1 call)',
    uses: { ...call(1, 1.0, 0.05), 'DynamoDB write unit': 24, 'DynamoDB read unit': 1, 'KMS request': 0.1 },
  },
  {
    step: 'relay and triage (batches of 10)',
    uses: { ...work(0.2, 1.0, 0.02), 'SQS request': 0.4, 'DynamoDB read unit': 6, 'DynamoDB write unit': 20 },
  },
  { step: 'track (5 calls)', uses: { ...call(5, 0.5, 0.05), 'DynamoDB read unit': 15 } },
  {
    step: 'desk: list and read (20 calls)',
    // Half of them lists of forty cases, each with who works on it.
    uses: { ...call(20, 1.0, 0.05), 'DynamoDB read unit': 200 + 10 * 20, 'KMS request': 0.4 },
  },
  {
    step: 'desk: seven steps (7 calls)',
    uses: { ...call(7, 1.0, 0.05), 'DynamoDB read unit': 10 + 7, 'DynamoDB write unit': 7 * 18 + 4 },
  },
  {
    step: 'desk: two forms as PDF (2 calls)',
    uses: { ...call(2, 1.73, 1.5), 'DynamoDB read unit': 8, 'DynamoDB write unit': 2, 'KMS request': 0.2 },
  },
  {
    // The provider's call is waited for.
    step: 'one notice and its telling (a step)',
    uses: {
      ...work(1, 1.0, 0.5),
      'SQS request': 4,
      'DynamoDB read unit': 8,
      'DynamoDB write unit': 16 + 2,
      'KMS request': 0.1,
    },
  },
  { step: 'one reminder (watch-deadlines)', uses: { ...work(0.1, 1.0, 0.1), 'DynamoDB write unit': 16 } },
  { step: 'erase at the end of retention', uses: { ...work(0.1, 1.0, 0.1), 'DynamoDB write unit': 40 } },
  { step: 'count 11 events (batches of 25)', uses: { ...work(0.44, 0.5, 0.02), 'DynamoDB write unit': 66 } },
  {
    // Open311: the case and its history are read, what may be shown is put, with both its indexes.
    step: 'publish 11 steps (batches of 10)',
    uses: {
      ...work(2.2, 0.5, 0.05),
      'SQS request': 3.3,
      'DynamoDB read unit': 33,
      'DynamoDB write unit': 66,
    },
  },
  { step: 'logs (60 lines of 400 bytes)', uses: { 'CloudWatch log GB': (60 * 400) / 1e9 } },
  { step: 'traces (5 % of 40 invocations)', uses: { 'X-Ray trace': 2 } },
];

/** What the carriers take, beside what AWS takes for the work: the acceptance is told in two segments. */
const SMS = { step: 'SMS: 2 segments (ASSUMED 0.02 USD each)', uses: { 'SMS segment': 2 } };

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

const priced = ({ step, uses }: (typeof WORK)[number]) => ({
  step,
  dollarsPerMillion: (Object.entries(uses) as [Price, number][]).reduce(
    (sum, [price, count]) => sum + count * PRICES[price] * 1e6,
    0,
  ),
});
const lines = WORK.map(priced);
const total = lines.reduce((sum, { dollarsPerMillion }) => sum + dollarsPerMillion, 0);
const sms = priced(SMS);

if (values.json) {
  console.log(JSON.stringify({ lines, total, sms }, undefined, 2));
} else {
  const row = (step: string, dollars: number) => `${step.padEnd(42)} ${dollars.toFixed(2).padStart(9)} USD`;
  for (const { step, dollarsPerMillion } of lines) console.log(row(step, dollarsPerMillion));
  console.log(row('a million complaints, AWS', total));
  console.log(row(sms.step, sms.dollarsPerMillion));
  console.log(
    'and each month: storage 0.25 USD/GB, three KMS keys 3 USD, 46 alarms 4.60 USD, schedules under 1 USD',
  );
}
