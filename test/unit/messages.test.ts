import { Logger } from '@aws-lambda-powertools/logger';
import { marshall } from '@aws-sdk/util-dynamodb';
import type { Context, DynamoDBRecord, SQSEvent } from 'aws-lambda';
import { beforeAll, describe, expect, test } from 'vitest';
import { triageRequest } from '../../events/triage-request.ts';
import { type RelayQueues, relay } from '../../functions/relay-events/relay.ts';
import { sweep } from '../../functions/sweep-untriaged/sweep.ts';
import { tally } from '../../functions/tally-statistics/tally.ts';
import type { CaseEvent } from '../../shared/case/case.ts';
import type { NoticeQueue } from '../../shared/queue/notice-queue.ts';
import { sqsFunction } from '../../shared/queue/sqs-function.ts';
import { streamFunction } from '../../shared/queue/stream-function.ts';
import { readStreamRecord } from '../../shared/queue/stream-records.ts';
import type { TriageQueue } from '../../shared/queue/triage-queue.ts';
import { driftBetween } from '../../shared/statistics/drift.ts';
import { allEntriesOf, liveIncrementsOf } from '../../shared/statistics/ledger.ts';
import { eventItem } from '../../shared/store/case-items.ts';
import { createMemoryCaseStore } from '../../shared/store/memory-case-store.ts';
import { createMemoryStatisticsStore } from '../../shared/store/memory-statistics-store.ts';
import { keep, MONDAY, registered, stepsTo } from './support.ts';

const record = (event: CaseEvent, place: number): DynamoDBRecord => ({
  eventName: 'INSERT',
  dynamodb: {
    SequenceNumber: String(1000 + place),
    NewImage: marshall(eventItem(event), { removeUndefinedValues: true }) as never,
  },
});

/** A queue that keeps what it is given, but for the numbers it refuses. */
function queue(refuses: readonly string[] = []): TriageQueue & { taken: string[] } {
  const taken: string[] = [];
  return {
    taken,
    send: async (numbers) => {
      taken.push(...numbers.filter((number) => !refuses.includes(number)));
      return numbers.filter((number) => refuses.includes(number));
    },
  };
}

/** A queue of notices that keeps the steps it is given, but for the types it refuses. */
function noticeQueue(refuses: readonly string[] = []): NoticeQueue & { taken: CaseEvent[] } {
  const taken: CaseEvent[] = [];
  return {
    taken,
    send: async (events) => {
      taken.push(...events.filter(({ type }) => !refuses.includes(type)));
      return events.filter(({ type }) => refuses.includes(type));
    },
  };
}

const logger = new Logger({ serviceName: 'test' });
const logged: string[] = [];
Object.assign(logger, {
  console: Object.fromEntries(
    ['info', 'error', 'warn', 'debug', 'log'].map((level) => [level, (line: string) => logged.push(line)]),
  ),
});
const lambda = { awsRequestId: 'r', getRemainingTimeInMillis: () => 1_000 } as unknown as Context;

describe('a stream record', () => {
  test('gives the very event that was written', () => {
    for (const { event } of stepsTo('settled')) {
      expect(readStreamRecord(record(event, 1))).toEqual({
        sequenceNumber: '1001',
        event: withoutUndefined(event),
      });
    }
  });

  test.each([
    ['no image', { dynamodb: { SequenceNumber: '1' } }],
    ['no place', { dynamodb: { NewImage: {} } }],
    [
      'a case instead of an event',
      { dynamodb: { SequenceNumber: '1', NewImage: marshall({ entity: 'case' }) } },
    ],
  ])('with %s cannot be read', (_, broken) => {
    expect(() => readStreamRecord(broken as never)).toThrow();
  });
});

describe('relaying', () => {
  const events = [1, 2, 3, 4].map((draw) => registered(draw).event);
  const records = events.map(record);
  const numbers = events.map(({ number }) => number);

  const queues = (changes: Partial<RelayQueues> = {}) => ({
    triage: queue(),
    notices: noticeQueue(),
    informerNotices: noticeQueue(),
    publicCases: queue(),
    ...changes,
  });

  test('puts every new case into the triage queue, in order', async () => {
    const triage = queue();
    expect(await relay(records, queues({ triage }))).toEqual({ batchItemFailures: [] });
    expect(triage.taken).toEqual(numbers);
  });

  test('puts what somebody is to be told of into a queue, of reports into one of their own', async () => {
    const [notices, informerNotices] = [noticeQueue(), noticeQueue()];
    const told = [
      ...stepsTo('accepted', 1),
      ...stepsTo('not-filed', 2, MONDAY, 'report'),
      ...stepsTo('answered', 3, MONDAY, 'inquiry'),
    ].map(({ event }) => event);
    expect(await relay(told.map(record), queues({ notices, informerNotices }))).toEqual({
      batchItemFailures: [],
    });
    expect(notices.taken.map(({ kind, type }) => [kind, type])).toEqual([
      ['complaint', 'accepted'],
      ['inquiry', 'answered'],
    ]);
    expect(informerNotices.taken.map(({ kind, type }) => [kind, type])).toEqual([['report', 'not-filed']]);
  });

  test('asks for every case but a report to be published anew, once a batch', async () => {
    const publicCases = queue();
    const told = [...stepsTo('accepted', 1), ...stepsTo('not-filed', 2, MONDAY, 'report')];
    const batch = told.map(({ event }) => event).map(record);
    expect(await relay(batch, queues({ publicCases }))).toEqual({ batchItemFailures: [] });
    expect(publicCases.taken).toEqual([told[0]?.after.number]);
    expect(await relay(batch, queues({ publicCases: queue(publicCases.taken) }))).toEqual({
      batchItemFailures: [{ itemIdentifier: '1000' }],
    });
  });

  test('starts again at the first that a queue refuses', async () => {
    const refuses = [numbers[3], numbers[1]] as string[];
    expect(await relay(records, queues({ triage: queue(refuses) }))).toEqual({
      batchItemFailures: [{ itemIdentifier: '1001' }],
    });
    const told = stepsTo('accepted', 1).map(({ event }) => event);
    expect(await relay(told.map(record), queues({ notices: noticeQueue(['accepted']) }))).toEqual({
      batchItemFailures: [{ itemIdentifier: '1002' }],
    });
  });

  test('fails as a whole when the queue cannot be reached, so that the batch comes again', async () => {
    const dead: TriageQueue = { send: () => Promise.reject(new Error('unreachable')) };
    await expect(relay(records, queues({ triage: dead }))).rejects.toThrow('unreachable');
  });

  test('an empty batch is no error', async () => {
    expect(await relay([], queues())).toEqual({ batchItemFailures: [] });
  });
});

describe('tallying', () => {
  const cases = createMemoryCaseStore();
  const histories = [
    stepsTo('settled', 1),
    stepsTo('refused', 2),
    stepsTo('at-hub', 3, '2026-11-17T02:00:00.000Z'),
  ];
  const events = histories.flatMap((steps) => steps.map(({ event }) => event));
  const expected = liveIncrementsOf(
    histories.flatMap((steps) => allEntriesOf(steps.map(({ event }) => event))),
  );
  beforeAll(async () => {
    for (const steps of histories) await keep(cases, steps);
  });
  const counted = async (batches: (readonly CaseEvent[])[]) => {
    const statistics = createMemoryStatisticsStore();
    for (const batch of batches) {
      expect(await tally(batch.map(record), { cases, statistics })).toEqual({ batchItemFailures: [] });
    }
    return statistics.allCounts();
  };

  test.each<[string, (readonly CaseEvent[])[]]>([
    ['once', [events]],
    ['twice', [events, events]],
    ['backwards', [events.toReversed()]],
    ['one by one, and all again', [...events.map((event) => [event]), events]],
    ['with the second half twice in one batch', [events, [...events.slice(4), ...events.slice(4)]]],
    ['with an overlap', [events.slice(0, 6), events.slice(3)]],
  ])('%s gives the recount of the history', async (_, batches) => {
    expect(driftBetween(await counted(batches), expected)).toEqual([]);
  });

  test('the test above can fail: one event less is a drift', async () => {
    expect(driftBetween(await counted([events.slice(1)]), expected)).not.toEqual([]);
  });

  const readBy = async (batch: readonly CaseEvent[]) => {
    const read: string[] = [];
    const statistics = createMemoryStatisticsStore();
    const counting = {
      history: (number: string) => {
        read.push(number);
        return cases.history(number);
      },
    };
    await tally(batch.map(record), { cases: counting, statistics });
    return read;
  };
  const numbers = [...new Set(events.map(({ number }) => number))];

  test('a history is read once for all its events in a batch', async () => {
    expect(await readBy(events.filter(({ version }) => version > 1))).toEqual(numbers);
    // A gap: the first and the third say nothing of the second.
    expect(await readBy(events.filter(({ version }) => version !== 2))).toEqual(numbers.slice(0, 2));
  });

  test('a history that the batch brings from the first event on is not read', async () => {
    expect(await readBy(events)).toEqual([]);
    expect(await readBy(events.toReversed())).toEqual([]);
    expect(await readBy(events.filter(({ version }) => version === 1))).toEqual([]);
  });

  test('a record that cannot be read fails the batch; nothing of it is left half counted', async () => {
    const statistics = createMemoryStatisticsStore();
    await expect(tally([...events.map(record), { dynamodb: {} }], { cases, statistics })).rejects.toThrow();
    expect(await statistics.allCounts()).toEqual([]);
  });
});

describe('the sweep', () => {
  test('asks again for cases that no triage has seen for a minute, the oldest first', async () => {
    const cases = createMemoryCaseStore();
    const at = (time: string) => `2026-11-16T02:${time}.000Z`;
    const old = await keep(cases, [registered(1, at('00:30'))]);
    const oldest = await keep(cases, [registered(2, at('00:00'))]);
    await keep(cases, [registered(3, at('01:01'))]);
    await keep(cases, stepsTo('distributed', 4, at('00:10')));
    const triage = queue();
    expect(await sweep({ cases, queue: triage, now: () => new Date(at('02:00')) })).toBe(2);
    expect(triage.taken).toEqual([oldest.number, old.number]);
  });

  test('asks for a case that stays stuck every ten minutes only', async () => {
    const cases = createMemoryCaseStore();
    const { number } = await keep(cases, [registered(1, '2026-11-16T02:00:00.000Z')]);
    const askedAt = async (time: string) => {
      const triage = queue();
      await sweep({ cases, queue: triage, now: () => new Date(`2026-11-16T02:${time}.000Z`) });
      return triage.taken.includes(number);
    };
    expect(await askedAt('14:00')).toBe(true);
    expect(await askedAt('16:00')).toBe(false);
    expect(await askedAt('20:30')).toBe(true);
    expect(await askedAt('21:00')).toBe(false);
  });

  test('finds what the queue refused again next time', async () => {
    const cases = createMemoryCaseStore();
    const { number } = await keep(cases, [registered(1, MONDAY)]);
    const now = () => new Date(Date.parse(MONDAY) + 61_000);
    await sweep({ cases, queue: queue([number]), now });
    const next = queue();
    await sweep({ cases, queue: next, now });
    expect(next.taken).toEqual([number]);
  });

  test('asks for nothing when nothing waits', async () => {
    const triage = queue();
    expect(await sweep({ cases: createMemoryCaseStore(), queue: triage, now: () => new Date(MONDAY) })).toBe(
      0,
    );
    expect(triage.taken).toEqual([]);
  });
});

describe('the wrapper around queue functions', () => {
  const good = registered(1).after.number;
  const other = registered(2).after.number;
  const messages = (...bodies: string[]) =>
    ({ Records: bodies.map((body, index) => ({ messageId: `m${index}`, body })) }) as unknown as SQSEvent;

  test('reports only what failed: the rest of the batch is done', async () => {
    const done: string[] = [];
    const handler = sqsFunction(logger, triageRequest, async ({ number }) => {
      if (number === other) throw new Error('某甲');
      done.push(number);
    });
    const answer = await handler(
      messages(
        `{"number":"${good}"}`,
        'no json 13800000000',
        `{"number":"${other}"}`,
        '{"number":"1"}',
        '{}',
      ),
      lambda,
    );
    expect(answer.batchItemFailures.map(({ itemIdentifier }) => itemIdentifier).sort()).toEqual([
      'm1',
      'm2',
      'm3',
      'm4',
    ]);
    expect(done).toEqual([good]);
    expect(logged.join('')).toContain('message-failed');
    expect(logged.join('')).not.toMatch(/某甲|13800000000/);
  });

  test('what a batch asks for twice is done once, and fails for both when it fails', async () => {
    const done: string[] = [];
    const work = async ({ number }: { number: string }) => {
      done.push(number);
      if (number === other) throw new Error('x');
    };
    const handler = sqsFunction(logger, triageRequest, work);
    const [first, second] = [`{"number":"${good}"}`, `{"number":"${other}"}`];
    const answer = await handler(messages(first, second, first, second), lambda);
    expect(done.sort()).toEqual([good, other].sort());
    expect(answer.batchItemFailures.map(({ itemIdentifier }) => itemIdentifier)).toEqual(['m1', 'm3']);
    // The next batch is another request.
    await handler(messages(first), lambda);
    expect(done.filter((number) => number === good)).toHaveLength(2);
  });

  test('a batch that fails altogether is reported, not thrown', async () => {
    const handler = sqsFunction(logger, triageRequest, () => Promise.reject(new Error('x')));
    const answer = await handler(messages(`{"number":"${good}"}`), lambda);
    expect(answer.batchItemFailures).toEqual([{ itemIdentifier: 'm0' }]);
  });
});

test('the wrapper around stream functions gives the error back to Lambda and logs no words of it', async () => {
  const handler = streamFunction(logger, () => Promise.reject(new Error('某乙')));
  await expect(handler({ Records: [] }, lambda)).rejects.toThrow('某乙');
  expect(logged.join('')).toContain('batch-failed');
  expect(logged.join('')).not.toContain('某乙');
});

function withoutUndefined<T>(value: T): T {
  return JSON.parse(JSON.stringify(value)) as T;
}
