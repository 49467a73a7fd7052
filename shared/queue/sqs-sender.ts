import { SendMessageBatchCommand, type SendMessageBatchCommandOutput, SQSClient } from '@aws-sdk/client-sqs';

// SQS takes ten messages in one call.
const LARGEST_BATCH = 10;

/** Puts messages into one queue. @returns those that the queue did not take, to be sent again */
export type SendAll<Message> = (messages: readonly Message[]) => Promise<Message[]>;

/**
 * A sender for one queue; `bodyOf` makes of a message the JSON that lies in the queue, which nobody sees before
 * `delayOf` it have passed (seconds, 15 minutes at most).
 */
export function createSqsSender<Message>(
  queueUrl: string,
  bodyOf: (message: Message) => object,
  delayOf?: (message: Message) => number,
): SendAll<Message> {
  const client = new SQSClient({});
  return async (messages) => {
    const refused: Message[] = [];
    for (let start = 0; start < messages.length; start += LARGEST_BATCH) {
      const batch = messages.slice(start, start + LARGEST_BATCH);
      const { Failed = [] }: SendMessageBatchCommandOutput = await client.send(
        new SendMessageBatchCommand({
          QueueUrl: queueUrl,
          Entries: batch.map((message, index) => ({
            Id: String(index),
            MessageBody: JSON.stringify(bodyOf(message)),
            ...(delayOf === undefined ? {} : { DelaySeconds: delayOf(message) }),
          })),
        }),
      );
      const failed = new Set(Failed.map(({ Id }) => Number(Id)));
      refused.push(...batch.filter((_, index) => failed.has(index)));
    }
    return refused;
  };
}
