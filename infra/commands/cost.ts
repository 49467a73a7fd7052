import { parseArgs } from 'node:util';
import { dollarsOf, SMS, WORK, type Work } from '../../shared/health/price-list.ts';

const HELP = `npm run cost [-- --json]

What a million complaints cost on AWS, line by line: list prices times the work one complaint causes. SMS are a
line of their own, at an assumed price: they cost more than all the rest.
Prices are those of us-east-1 without free tier, November 2026; the China regions have their own list.
`;

const { values } = parseArgs({ options: { json: { type: 'boolean' }, help: { type: 'boolean' } } });
if (values.help) {
  console.log(HELP);
  process.exit(0);
}

const priced = (work: Work) => ({ step: work.step, dollarsPerMillion: dollarsOf(work) * 1e6 });
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
