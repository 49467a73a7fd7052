import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Runtime } from '../../infra/local/runtime.ts';
import { buildFixture } from './fixture/build.ts';
import { eventually, services, startFixture, temporaryDir } from './fixture/start.ts';

const temporary = temporaryDir();
const notices: string[] = [];
let runtime: Runtime;
let on: ReturnType<typeof services>;

beforeAll(async () => {
  const assemblyDir = await buildFixture(temporary.dir);
  const onNotice = (line: string) => notices.push(line);
  runtime = await startFixture(assemblyDir, `${temporary.dir}/data`, { inMemory: true, onNotice });
  on = services(runtime);
  // A bundle that still loads would let the first messages' visibility timeout pass.
  await runtime.invoke('Consumer', { Records: [] });
});

afterAll(async () => {
  await runtime?.stop();
  temporary.remove();
});

/** How often the consumer was handed each of these bodies. */
async function timesConsumed(...bodies: string[]): Promise<number[]> {
  const consumed = await on.seen('consumed');
  return bodies.map((body) => consumed.filter((line) => line === body).length);
}

/** Waits until nothing is left in the queue, visible or not. */
const drained = (queue: string) => eventually(async () => (await on.depth(queue)) === 0);

describe('a queue', () => {
  it('delivers again only the messages a batch reports as failed', async () => {
    await on.send('Work', 'fine-1', 'fail-once-1', 'fine-2');
    await eventually(async () => (await timesConsumed('fail-once-1'))[0] === 2);
    await drained('Work');
    expect(await timesConsumed('fine-1', 'fail-once-1', 'fine-2')).toEqual([1, 2, 1]);
  });

  it('keeps a failed message invisible for its visibility timeout', async () => {
    const sent = Date.now();
    await on.send('Work', 'fail-once-2');
    await eventually(async () => (await timesConsumed('fail-once-2'))[0] === 2);
    expect(Date.now() - sent).toBeGreaterThanOrEqual(3000);
  });

  it('delivers the whole batch again when the function throws', async () => {
    await on.send('Work', 'throw-once-1');
    await eventually(async () => (await timesConsumed('throw-once-1'))[0] === 2);
    await drained('Work');
    expect(await timesConsumed('throw-once-1')).toEqual([2]);
  });

  it('takes an answer with an unknown identifier as a failure of the whole batch', async () => {
    await on.send('Work', 'bad-id-1');
    await eventually(async () => (await timesConsumed('bad-id-1'))[0] === 2);
    await drained('Work');
    expect(await timesConsumed('bad-id-1')).toEqual([2]);
  });

  it('sets a message aside after maxReceiveCount, and the alarm on the dead-letter queue tells', async () => {
    expect((await runtime.status()).alarms).toEqual({ 'stateless/WorkDlqAlarm': 'OK' });
    await on.send('Work', 'fail-always-1');
    await eventually(async () => (await on.depth('WorkDlq')) === 1);
    expect(await timesConsumed('fail-always-1')).toEqual([3]);
    await eventually(async () => (await runtime.status()).alarms['stateless/WorkDlqAlarm'] === 'ALARM');
    expect(notices.filter((line) => line.startsWith('Alarm'))).toEqual([
      'Alarm stateless/WorkDlqAlarm: OK → ALARM (1 message(s) visible)',
    ]);
    expect((await on.receive('WorkDlq')).map(({ Body }) => Body)).toEqual(['fail-always-1']);
  });
});

describe('a stream', () => {
  it('hands over only the records its filter lets through, each item in order', async () => {
    const numbers = Array.from({ length: 12 }, (_, index) => String(index).padStart(2, '0'));
    for (const number of numbers) {
      await on.put('item-a', 'event', number);
      await on.put('item-b', Number(number) % 2 === 0 ? 'event' : 'other', number);
    }
    const relayed = await eventually(async () => {
      const lines = await on.seen('relayed');
      return lines.length >= 18 && lines;
    });
    expect(relayed.filter((line) => line.startsWith('item-a'))).toEqual(
      numbers.map((number) => `item-a/${number}`),
    );
    expect(relayed.filter((line) => line.startsWith('item-b'))).toEqual(
      numbers.filter((number) => Number(number) % 2 === 0).map((number) => `item-b/${number}`),
    );
  });

  it('narrows a failing batch down to the poison, gives that up, and goes on with the others', async () => {
    const kinds = ['event', 'event', 'poison', 'event', 'event'];
    for (const [index, kind] of kinds.entries()) await on.put(`poisoned-${index}`, kind, '0');
    const relayed = await eventually(async () => {
      const lines = (await on.seen('relayed')).filter((line) => line.startsWith('poisoned'));
      return new Set(lines).size === 4 && lines;
    });
    expect([...new Set(relayed)].toSorted()).toEqual([0, 1, 3, 4].map((index) => `poisoned-${index}/0`));
    const [message] = await eventually(async () => {
      const messages = await on.receive('StreamDlq');
      return messages.length > 0 && messages;
    });
    expect(JSON.parse(message?.Body ?? '')).toMatchObject({
      version: '1.0',
      requestContext: { condition: 'RetryAttemptsExhausted', approximateInvokeCount: 3 },
      DDBStreamBatchInfo: {
        batchSize: 1,
        shardId: expect.stringMatching(/^shardId-/),
        startSequenceNumber: expect.stringMatching(/^\d+$/),
        endSequenceNumber: expect.stringMatching(/^\d+$/),
        streamArn: expect.stringContaining('table/stateful-Orders'),
      },
    });
  });

  it('goes on from the first record a batch reports as failed', async () => {
    const kinds = ['step', 'step-fails-once', 'step'];
    for (const [index, kind] of kinds.entries()) await on.put('reported', kind, String(index));
    const reported = await eventually(async () => {
      const lines = await on.seen('reported');
      return lines.length >= 3 && lines;
    });
    expect(reported).toEqual(['0', '1', '2']);
  });
});

it('runs a rate schedule soon after the start, because it was missed while the machine was off', async () => {
  expect(await eventually(async () => (await on.seen('sweep')).length)).toBe(1);
});
