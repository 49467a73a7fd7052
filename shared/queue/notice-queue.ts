import type { CaseEvent } from '../case/case.ts';
import { createSqsSender, type SendAll } from './sqs-sender.ts';

/** Asks for the notices of steps to be sent. */
export interface NoticeQueue {
  /** @returns the events that the queue did not take, to be sent again */
  send: SendAll<CaseEvent>;
}

/** The queue says which step it was and nothing else: who is told, and what, is read when it is done. */
export function createSqsNoticeQueue(queueUrl: string): NoticeQueue {
  return { send: createSqsSender<CaseEvent>(queueUrl, ({ number, version }) => ({ number, version })) };
}
