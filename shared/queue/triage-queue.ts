import { SendMessageBatchCommand, type SendMessageBatchCommandOutput, SQSClient } from '@aws-sdk/client-sqs';
import type { CaseNumber } from '../case/case-number.ts';

/** Asks the triage to look at cases. */
export interface TriageQueue {
  /** @returns the numbers that the queue did not take, to be sent again */
  send(numbers: readonly CaseNumber[]): Promise<CaseNumber[]>;
}

// SQS takes ten messages in one call.
const LARGEST_BATCH = 10;

/** The queue holds case numbers and nothing else: no words and no person's data pass through it. */
export function createSqsTriageQueue(queueUrl: string): TriageQueue {
  const client = new SQSClient({});
  return {
    async send(numbers) {
      const refused: CaseNumber[] = [];
      for (let start = 0; start < numbers.length; start += LARGEST_BATCH) {
        const batch = numbers.slice(start, start + LARGEST_BATCH);
        const { Failed = [] }: SendMessageBatchCommandOutput = await client.send(
          new SendMessageBatchCommand({
            QueueUrl: queueUrl,
            Entries: batch.map((number, index) => ({
              Id: String(index),
              MessageBody: JSON.stringify({ number }),
            })),
          }),
        );
        refused.push(...Failed.map(({ Id }) => batch[Number(Id)] ?? ''));
      }
      return refused;
    },
  };
}
