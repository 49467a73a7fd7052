import { createSqsSender, type SendAll } from './sqs-sender.ts';

/** Asks for texts, gatherings and talks to be looked at, by their keys: no words and no phone pass through it. */
export interface TextQueue {
  /** @returns the keys that the queue did not take, to be sent again */
  send: SendAll<string>;
}

export function createSqsTextQueue(queueUrl: string): TextQueue {
  return { send: createSqsSender<string>(queueUrl, (text) => ({ text })) };
}

/** A reply to be sent: the key of the text, and how many seconds from now. */
interface DueReply {
  text: string;
  delaySeconds: number;
}

export interface ReplyQueue {
  /** @returns what the queue did not take, to be sent again */
  send: SendAll<DueReply>;
}

export function createSqsReplyQueue(queueUrl: string): ReplyQueue {
  return {
    send: createSqsSender<DueReply>(
      queueUrl,
      ({ text }) => ({ text }),
      ({ delaySeconds }) => delaySeconds,
    ),
  };
}
