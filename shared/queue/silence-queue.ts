import { createSqsSender } from './sqs-sender.ts';

/** Brings a call back into the queue after a while, to see whether more of it has come. */
export interface SilenceQueue {
  lookAgain(callId: string): Promise<void>;
}

/** The queue of calls itself, with a delay of at most 15 minutes (SQS). The message holds the id and nothing else. */
export function createSqsSilenceQueue(queueUrl: string, delaySeconds: number): SilenceQueue {
  const send = createSqsSender<string>(
    queueUrl,
    (call) => ({ call }),
    () => delaySeconds,
  );
  return {
    async lookAgain(callId) {
      if ((await send([callId])).length > 0) throw new Error('the queue took no message');
    },
  };
}
