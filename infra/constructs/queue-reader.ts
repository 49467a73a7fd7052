import type { Duration, Stack } from 'aws-cdk-lib';
import { EventSourceMapping } from 'aws-cdk-lib/aws-lambda';
import { acknowledge } from './acknowledge.ts';
import type { AnyFunction } from './hotline-function.ts';
import type { HotlineQueue } from './hotline-queue.ts';

/** Delivers the messages of a queue to a function, which reports those that failed one by one. */
export function readQueue(
  scope: Stack,
  id: string,
  { queue }: HotlineQueue,
  fn: AnyFunction,
  limits: { batchSize: number; maxConcurrency: number; maxBatchingWindow?: Duration },
): void {
  queue.grantConsumeMessages(fn.role);
  const mapping = new EventSourceMapping(scope, `${id}Mapping`, {
    target: fn.lambda,
    eventSourceArn: queue.queueArn,
    ...limits,
    reportBatchItemFailures: true,
  });
  acknowledge(mapping, {
    'Serverless-LambdaEventSourceMappingDestination':
      'A mapping on SQS has none: the queue itself has the DLQ.',
  });
}
