import { readdirSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { expect, test } from 'vitest';
import { QUEUES } from '../../infra/commands/redrive/queues.ts';
import { ASSEMBLY } from '../synthesize.ts';

test('every queue that gives up on messages can be redriven, by the names of the template', () => {
  const ids = readdirSync(ASSEMBLY, { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.template.json'))
    .flatMap((file) =>
      Object.entries<{ Type: string; Properties: { RedrivePolicy?: { deadLetterTargetArn: unknown } } }>(
        JSON.parse(readFileSync(resolve(ASSEMBLY, file), 'utf8')).Resources ?? {},
      ),
    )
    .filter(
      ([, { Type, Properties }]) => Type === 'AWS::SQS::Queue' && Properties.RedrivePolicy !== undefined,
    )
    .map(([id, { Properties }]) => ({
      source: id.replace(/[0-9A-F]{8}$/, ''),
      deadLetter: JSON.stringify(Properties.RedrivePolicy?.deadLetterTargetArn).match(
        /"([A-Za-z]+)[0-9A-F]{8}"/,
      )?.[1],
    }));
  const bySource = (a: { source: string }, b: { source: string }) => (a.source < b.source ? -1 : 1);
  expect(Object.values(QUEUES).toSorted(bySource)).toEqual(ids.toSorted(bySource));
});
