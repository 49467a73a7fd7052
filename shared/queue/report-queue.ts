import { createSqsSender, type SendAll } from './sqs-sender.ts';

/** Asks for reports to be composed. */
export interface ReportQueue {
  /** @returns the ids that the queue did not take, to be sent again */
  send: SendAll<string>;
}

/** The queue holds ids of orders and nothing else: what is asked for is read when it is composed. */
export function createSqsReportQueue(queueUrl: string): ReportQueue {
  return { send: createSqsSender<string>(queueUrl, (id) => ({ id })) };
}
