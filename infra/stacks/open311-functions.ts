import { Duration, type Stack } from 'aws-cdk-lib';
import { GUARD_KEYS } from '../../shared/store/guard-store.ts';
import type { Route } from '../constructs/hotline-api.ts';
import { HotlineFunction } from '../constructs/hotline-function.ts';
import { HotlineQueue } from '../constructs/hotline-queue.ts';
import { readQueue } from '../constructs/queue-reader.ts';
import type { FunctionsProps } from './http-functions.ts';

const QUERY = ['dynamodb:Query'];

/** The Open311 endpoint. A route cannot name `.json` and `.xml` behind a variable: the function reads the rest itself. */
export function open311Routes(scope: Stack, { house, stateful, bureau }: FunctionsProps): Route[] {
  const { cases, identities, informers, registry, publicCases } = stateful;
  const open311 = new HotlineFunction(scope, 'Open311', {
    name: 'open311',
    environment: {
      CASES_TABLE: cases.tableName,
      IDENTITIES_TABLE: identities.table.tableName,
      INFORMERS_TABLE: informers.table.tableName,
      REGISTRY_TABLE: registry.tableName,
      PUBLIC_CASES_TABLE: publicCases.tableName,
      BUREAU: bureau,
    },
    timeout: Duration.seconds(10),
    memoryMb: 1024,
    concurrency: 20,
    impact: 'Programs of others can neither file nor read by Open311',
    house,
  })
    // A case is put, read with its history, and updated when its consumer adds to it.
    .allow(['dynamodb:GetItem', 'dynamodb:PutItem', 'dynamodb:UpdateItem', 'dynamodb:Query'], cases.tableArn)
    .allowPeopleWriteOnly(identities)
    .allowPeopleWriteOnly(informers)
    .allowPeopleItems(['dynamodb:UpdateItem'], identities, GUARD_KEYS.windows)
    .allowPeopleItems(['dynamodb:GetItem'], identities, GUARD_KEYS.codes)
    .allow(['dynamodb:GetItem', 'dynamodb:BatchGetItem'], publicCases.tableArn)
    .allow(QUERY, `${publicCases.tableArn}/index/requested`, `${publicCases.tableArn}/index/updated`)
    .allow(QUERY, registry.tableArn);
  return [
    ['GET', '/open311/v2/{proxy+}', open311, 'anyone'],
    ['POST', '/open311/v2/{proxy+}', open311, 'anyone'],
  ];
}

/** What strangers may read of a case, made anew after each of its steps. @returns the queue to ask for it */
export function publishCases(scope: Stack, { house, stateful, bureau }: FunctionsProps): HotlineQueue {
  const { cases, registry, publicCases } = stateful;
  const timeout = Duration.seconds(30);
  const impact = 'Open311 shows cases as they were; what was withdrawn from publication may still be shown';
  const queue = new HotlineQueue(scope, 'PublicCases', {
    consumerTimeout: timeout,
    impact,
    topic: house.topic,
  });
  const publish = new HotlineFunction(scope, 'PublishCases', {
    name: 'publish-cases',
    environment: {
      CASES_TABLE: cases.tableName,
      REGISTRY_TABLE: registry.tableName,
      PUBLIC_CASES_TABLE: publicCases.tableName,
      BUREAU: bureau,
    },
    timeout,
    concurrency: 5,
    impact,
    house,
  })
    .allow(['dynamodb:GetItem', 'dynamodb:Query'], cases.tableArn)
    .allow(['dynamodb:PutItem'], publicCases.tableArn)
    .allow(QUERY, registry.tableArn);
  // Strangers can wait: registration and distribution, a moment apart, are published as one.
  const maxBatchingWindow = Duration.seconds(3);
  readQueue(scope, 'PublicCases', queue, publish, { batchSize: 100, maxConcurrency: 5, maxBatchingWindow });
  return queue;
}
