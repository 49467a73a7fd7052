import {
  DeleteMessageCommand,
  GetQueueAttributesCommand,
  type Message,
  ReceiveMessageCommand,
  SendMessageCommand,
  type SQSClient,
} from '@aws-sdk/client-sqs';

/** The three things a redrive does with queues. */
export interface RedriveQueues {
  /** At most `most` messages of the dead-letter queue; empty when it has no more. */
  receive(most: number): Promise<Message[]>;
  /** Puts a copy into the source queue. */
  send(message: Message): Promise<void>;
  /** Takes the message out of the dead-letter queue. */
  remove(message: Message): Promise<void>;
}

/**
 * Brings messages back to the queue they came from, one after the other. A message is removed only after
 * its copy was taken: a crash in between leaves it in both queues, and the consumers can bear that.
 * @returns how many were brought back
 */
export async function redriveMessages(
  queues: RedriveQueues,
  limit: number,
  onMoved: () => void = () => undefined,
): Promise<number> {
  let moved = 0;
  while (moved < limit) {
    // What is received and not brought back would be hidden from the next run for a minute.
    const messages = await queues.receive(Math.min(10, limit - moved));
    if (messages.length === 0) break;
    for (const message of messages) {
      await queues.send(message);
      await queues.remove(message);
      moved += 1;
      onMoved();
    }
  }
  return moved;
}

/** The queues of SQS. */
export function sqsRedriveQueues(client: SQSClient, deadLetterUrl: string, sourceUrl: string): RedriveQueues {
  return {
    async receive(most) {
      const { Messages = [] } = await client.send(
        new ReceiveMessageCommand({
          QueueUrl: deadLetterUrl,
          MaxNumberOfMessages: most,
          // A short poll may find nothing although there is something.
          WaitTimeSeconds: 2,
          VisibilityTimeout: 60,
          MessageAttributeNames: ['All'],
        }),
      );
      return Messages;
    },
    async send({ Body, MessageAttributes }) {
      await client.send(
        new SendMessageCommand({ QueueUrl: sourceUrl, MessageBody: Body, MessageAttributes }),
      );
    },
    async remove({ ReceiptHandle }) {
      await client.send(new DeleteMessageCommand({ QueueUrl: deadLetterUrl, ReceiptHandle }));
    },
  };
}

/** About how many messages a queue holds, for the progress bar. */
export async function messagesIn(client: SQSClient, queueUrl: string): Promise<number> {
  const { Attributes } = await client.send(
    new GetQueueAttributesCommand({ QueueUrl: queueUrl, AttributeNames: ['ApproximateNumberOfMessages'] }),
  );
  return Number(Attributes?.ApproximateNumberOfMessages ?? 0);
}
