import { Duration } from 'aws-cdk-lib';
import type { Table } from 'aws-cdk-lib/aws-dynamodb';
import { EventSourceMapping, FilterCriteria, StartingPosition } from 'aws-cdk-lib/aws-lambda';
import { SqsDlq } from 'aws-cdk-lib/aws-lambda-event-sources';
import type { ITopic } from 'aws-cdk-lib/aws-sns';
import type { Construct } from 'constructs';
import { addAlarm } from './alarm.ts';
import type { AnyFunction } from './hotline-function.ts';
import { DeadLetterQueue } from './hotline-queue.ts';

export interface StreamReaderProps {
  table: Table;
  /** Attributes by which an event passes; of several, one is enough. None lets every event pass. */
  only: readonly Record<string, unknown>[];
  /** How long events wait for others: fewer, larger batches, where nobody waits for them. */
  maxBatchingWindow?: Duration;
  /** What it means for people when events are given up. */
  givenUp: string;
  topic: ITopic;
}

/** Delivers history events from the stream of the cases table to a function. */
export function readStream(
  scope: Construct,
  fn: AnyFunction,
  { table, only, maxBatchingWindow, givenUp, topic }: StreamReaderProps,
): void {
  const id = fn.node.id;
  const stream = table.tableStreamArn ?? '';
  fn.allow(
    ['dynamodb:DescribeStream', 'dynamodb:GetRecords', 'dynamodb:GetShardIterator', 'dynamodb:ListStreams'],
    stream,
  );
  const deadLetterQueue = new DeadLetterQueue(scope, `${id}Dlq`, { impact: givenUp, topic });
  deadLetterQueue.grantSendMessages(fn.role);
  const entity = { S: ['event'] };
  const images = only.length === 0 ? [{ entity }] : only.map((attributes) => ({ entity, ...attributes }));
  new EventSourceMapping(scope, `${id}Mapping`, {
    target: fn.lambda,
    eventSourceArn: stream,
    startingPosition: StartingPosition.TRIM_HORIZON,
    batchSize: 100,
    ...(maxBatchingWindow === undefined ? {} : { maxBatchingWindow }),
    // New events only: one whose words are erased is not news, and nobody is told of it again.
    filters: images.map((NewImage) =>
      FilterCriteria.filter({ eventName: ['INSERT'], dynamodb: { NewImage } }),
    ),
    bisectBatchOnError: true,
    // Together with halving this gives a passing fault several minutes; a poison record is out in as many.
    retryAttempts: 10,
    reportBatchItemFailures: true,
    onFailure: new SqsDlq(deadLetterQueue),
  });
  addAlarm(fn, `${id}Late`, {
    metric: fn.lambda.metric('IteratorAge', { period: Duration.minutes(5), statistic: 'Maximum' }),
    threshold: Duration.minutes(10).toMilliseconds(),
    impact: 'Events wait in the stream for more than ten minutes',
    topic,
  });
}
