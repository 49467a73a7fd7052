import { Duration, type Stack } from 'aws-cdk-lib';
import { REPORT_KEYS } from '../../shared/store/report-store.ts';
import type { Route } from '../constructs/hotline-api.ts';
import { HotlineFunction, type House } from '../constructs/hotline-function.ts';
import { HotlineQueue } from '../constructs/hotline-queue.ts';
import { readQueue } from '../constructs/queue-reader.ts';
import type { StatefulStack } from './stateful-stack.ts';

/** Where the files of reports lie in their bucket. */
const FILES = 'reports/';
/** A city's yearly summary is read and drawn in a few seconds; the fonts take one. */
const COMPOSE_TIMEOUT = Duration.seconds(30);

interface Given {
  stateful: StatefulStack;
  bureau: string;
  house: House;
}

/** Work summaries, briefs and public reports are composed from a queue: managers fetch them when they are ready. */
export function composeReports(scope: Stack, { stateful, bureau, house }: Given): HotlineQueue {
  const { registry, statistics, reports } = stateful;
  const impact = 'Reports that managers asked for are not written';
  const queue = new HotlineQueue(scope, 'Reports', {
    consumerTimeout: COMPOSE_TIMEOUT,
    impact,
    topic: house.topic,
  });
  const compose = new HotlineFunction(scope, 'ComposeReport', {
    name: 'compose-report',
    environment: {
      STATISTICS_TABLE: statistics.tableName,
      REGISTRY_TABLE: registry.tableName,
      REPORTS_BUCKET: reports.bucketName,
      BUREAU: bureau,
    },
    timeout: COMPOSE_TIMEOUT,
    memoryMb: 1769,
    concurrency: 2,
    impact,
    house,
  })
    .allow(['dynamodb:Query', 'dynamodb:GetItem', 'dynamodb:BatchGetItem'], statistics.tableArn)
    .allowItems(['dynamodb:PutItem'], statistics.tableArn, ...REPORT_KEYS)
    // Names of units and townships; alarms of the period.
    .allow(['dynamodb:Query'], registry.tableArn)
    .allowObjects(['s3:PutObject'], reports, FILES);
  readQueue(scope, 'Reports', queue, compose, { batchSize: 1, maxConcurrency: 2 });
  return queue;
}

/** Lets the API of figures take orders of reports and hand out their files. */
export function reportRoutes(
  figuresApi: HotlineFunction<'figures-api'>,
  { queue }: HotlineQueue,
  { statistics, reports }: StatefulStack,
): Route[] {
  figuresApi
    .allowItems(['dynamodb:PutItem'], statistics.tableArn, ...REPORT_KEYS)
    .allow(['sqs:SendMessage'], queue.queueArn)
    .allowObjects(['s3:GetObject'], reports, FILES);
  return [
    ['POST', '/desk/figures/reports', figuresApi, 'staff'],
    ['GET', '/desk/figures/reports', figuresApi, 'staff'],
    ['GET', '/desk/figures/reports/{id}', figuresApi, 'staff'],
    ['GET', '/desk/figures/reports/{id}/{format}', figuresApi, 'staff'],
    ['POST', '/desk/figures/reports/{id}/publish', figuresApi, 'staff'],
  ];
}
