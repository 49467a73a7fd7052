import type { CaseNumber } from '../case/case-number.ts';
import { createSqsSender, type SendAll } from './sqs-sender.ts';

/** Asks for what strangers may read of cases to be made anew. */
export interface PublicCaseQueue {
  /** @returns the numbers that the queue did not take, to be sent again */
  send: SendAll<CaseNumber>;
}

/** The queue holds case numbers and nothing else: what may be shown is decided when it is read. */
export function createSqsPublicCaseQueue(queueUrl: string): PublicCaseQueue {
  return { send: createSqsSender<CaseNumber>(queueUrl, (number) => ({ number })) };
}
