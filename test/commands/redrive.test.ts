import type { Message } from '@aws-sdk/client-sqs';
import { expect, test } from 'vitest';
import { redriveMessages } from '../../shared/queue/redrive-messages.ts';

/** Queues in memory that note the order of what is done with them. */
function queuesWith(count: number, refuse: (body: string) => boolean = () => false) {
  const dead: Message[] = Array.from({ length: count }, (_, index) => ({ Body: `m${index}` }));
  const source: string[] = [];
  const done: string[] = [];
  return {
    dead,
    source,
    done,
    receive: async (most: number) => dead.slice(0, most),
    async send({ Body = '' }: Message) {
      if (refuse(Body)) throw new Error('the queue refused');
      done.push(`send ${Body}`);
      source.push(Body);
    },
    async remove(message: Message) {
      done.push(`remove ${message.Body}`);
      dead.splice(dead.indexOf(message), 1);
    },
  };
}

test('sends each message before it removes it, and brings back all', async () => {
  const queues = queuesWith(23);
  expect(await redriveMessages(queues, Number.POSITIVE_INFINITY)).toBe(23);
  expect(queues.done.slice(0, 4)).toEqual(['send m0', 'remove m0', 'send m1', 'remove m1']);
  expect(queues.dead).toEqual([]);
  expect(queues.source).toHaveLength(23);
});

test('brings back no more than the limit', async () => {
  const queues = queuesWith(23);
  expect(await redriveMessages(queues, 12)).toBe(12);
  expect(queues.dead).toHaveLength(11);
});

test('never removes what the source queue did not take', async () => {
  const queues = queuesWith(5, (body) => body === 'm2');
  await expect(redriveMessages(queues, 10)).rejects.toThrow('the queue refused');
  expect(queues.dead.map(({ Body }) => Body)).toEqual(['m2', 'm3', 'm4']);
  expect(queues.source).toEqual(['m0', 'm1']);
});
