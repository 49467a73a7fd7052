import type { CaseNumber } from '../case/case-number.ts';
import { createSqsSender, type SendAll } from './sqs-sender.ts';

/** Asks the triage to look at cases. */
export interface TriageQueue {
  /** @returns the numbers that the queue did not take, to be sent again */
  send: SendAll<CaseNumber>;
}

/** The queue holds case numbers and nothing else: no words and no person's data pass through it. */
export function createSqsTriageQueue(queueUrl: string): TriageQueue {
  return { send: createSqsSender<CaseNumber>(queueUrl, (number) => ({ number })) };
}
