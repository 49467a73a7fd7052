import {
  GetQueueAttributesCommand,
  type Message,
  ReceiveMessageCommand,
  SQSClient,
} from '@aws-sdk/client-sqs';
import type { RawMessage } from '../health/dead-message.ts';
import { type RedriveQueues, sqsRedriveQueues } from './redrive-messages.ts';

/** How many messages a queue holds; about, SQS says. */
interface QueueNumbers {
  visible: number;
  inFlight: number;
  delayed: number;
}

/** What an administrator does with queues, by their deployed names. */
export interface WatchedQueues {
  numbers(name: string): Promise<QueueNumbers>;
  /** Some of the messages that wait; they stay where they are, and whoever receives next gets them all the same. */
  look(name: string, most: number): Promise<RawMessage[]>;
  /** The two ends of a redrive. */
  between(deadLetter: string, source: string): RedriveQueues;
}

/** One call returns ten at the most, and of a short queue often fewer. */
const LOOKS = 4;

/** @param base what the addresses of all queues begin with */
export function createSqsWatchedQueues(base: string): WatchedQueues {
  const client = new SQSClient({});
  const urlOf = (name: string) => `${base}/${name}`;

  return {
    async numbers(name) {
      const { Attributes = {} } = await client.send(
        new GetQueueAttributesCommand({
          QueueUrl: urlOf(name),
          AttributeNames: [
            'ApproximateNumberOfMessages',
            'ApproximateNumberOfMessagesNotVisible',
            'ApproximateNumberOfMessagesDelayed',
          ],
        }),
      );
      return {
        visible: Number(Attributes.ApproximateNumberOfMessages ?? 0),
        inFlight: Number(Attributes.ApproximateNumberOfMessagesNotVisible ?? 0),
        delayed: Number(Attributes.ApproximateNumberOfMessagesDelayed ?? 0),
      };
    },

    async look(name, most) {
      const found = new Map<string, RawMessage>();
      for (let looks = 0; looks < LOOKS && found.size < most; looks += 1) {
        const { Messages = [] } = await client.send(
          new ReceiveMessageCommand({
            QueueUrl: urlOf(name),
            MaxNumberOfMessages: 10,
            // Nothing is taken: each message is there for the next reader at once.
            VisibilityTimeout: 0,
            WaitTimeSeconds: 1,
            MessageAttributeNames: ['All'],
            MessageSystemAttributeNames: ['SentTimestamp', 'ApproximateReceiveCount'],
          }),
        );
        if (Messages.length === 0) break;
        for (const message of Messages) found.set(message.MessageId ?? '', rawOf(message));
      }
      return [...found.values()].sort((a, b) => (a.sentAt < b.sentAt ? -1 : 1)).slice(0, most);
    },

    between: (deadLetter, source) => sqsRedriveQueues(client, urlOf(deadLetter), urlOf(source)),
  };
}

function rawOf({ MessageId = '', Body = '', Attributes = {}, MessageAttributes = {} }: Message): RawMessage {
  return {
    id: MessageId,
    sentAt: new Date(Number(Attributes.SentTimestamp ?? 0)).toISOString(),
    attempts: Number(Attributes.ApproximateReceiveCount ?? 0),
    body: Body,
    attributes: Object.fromEntries(
      Object.entries(MessageAttributes).map(([name, { StringValue = '' }]) => [name, StringValue]),
    ),
  };
}
