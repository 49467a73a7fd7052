import { Duration, type Stack } from 'aws-cdk-lib';
import type { Route } from '../constructs/hotline-api.ts';
import { HotlineFunction } from '../constructs/hotline-function.ts';
import { HotlineQueue } from '../constructs/hotline-queue.ts';
import { sendNewObjects } from '../constructs/private-bucket.ts';
import { readQueue } from '../constructs/queue-reader.ts';
import type { FunctionsProps } from './http-functions.ts';

/** Where the telephone system puts its transcripts in the bucket of calls. */
const PREFIX = 'calls/';
/** A file of 5 MB with a time for each word is read, merged and understood. */
const TIMEOUT = Duration.seconds(30);

/** What was said in calls and what became no case, for the desk. */
export function deskCallsRoutes(scope: Stack, { house, stateful, bureau }: FunctionsProps): Route[] {
  const { cases, identities } = stateful;
  const deskCalls = new HotlineFunction(scope, 'DeskCalls', {
    name: 'desk-calls',
    environment: {
      CASES_TABLE: cases.tableName,
      IDENTITIES_TABLE: identities.table.tableName,
      BUREAU: bureau,
    },
    timeout: Duration.seconds(10),
    concurrency: 10,
    impact: 'The desk sees neither transcripts of calls nor what became no case',
    house,
  })
    .allow(['dynamodb:GetItem'], cases.tableArn)
    .allowPeopleItems(['dynamodb:GetItem'], identities, 'CALL#')
    .allowPeopleItems(['dynamodb:Query'], identities, 'CONTACTS#')
    .allowPeopleItems(['dynamodb:PutItem'], identities, 'CONTACTS-READ#');
  return [
    ['GET', '/desk/cases/{number}/call', deskCalls, 'staff'],
    ['GET', '/desk/contacts', deskCalls, 'staff'],
  ];
}

/** Transcripts of phone calls: a new file in the bucket → queue → a case, words added to one, or a contact. */
export function phoneFunctions(scope: Stack, { house, stateful, bureau }: FunctionsProps): void {
  const { cases, identities, informers, registry, calls } = stateful;
  const impact = 'Complaints by telephone are not registered; their transcripts stay in the bucket';
  const queue = new HotlineQueue(scope, 'CallFiles', {
    consumerTimeout: TIMEOUT,
    impact,
    topic: house.topic,
  });
  const readTranscript = new HotlineFunction(scope, 'ReadTranscript', {
    name: 'read-transcript',
    environment: {
      CASES_TABLE: cases.tableName,
      IDENTITIES_TABLE: identities.table.tableName,
      INFORMERS_TABLE: informers.table.tableName,
      REGISTRY_TABLE: registry.tableName,
      CALLS_BUCKET: calls.bucketName,
      CALLS_QUEUE_URL: queue.queue.queueUrl,
      BUREAU: bureau,
    },
    timeout: TIMEOUT,
    memoryMb: 1769,
    concurrency: 10,
    impact,
    house,
  })
    .allow(['dynamodb:GetItem', 'dynamodb:Query', 'dynamodb:PutItem', 'dynamodb:UpdateItem'], cases.tableArn)
    .allowPeopleItems(['dynamodb:GetItem'], identities, 'CALL#')
    .allowPeopleWriteOnly(identities)
    .allowPeopleWriteOnly(informers)
    .allow(['dynamodb:Query'], registry.tableArn)
    .allowObjects(['s3:GetObject'], calls, PREFIX)
    // Without it S3 says "forbidden" of a file that was deleted, and the queue would bring it again and again.
    .allow(['s3:ListBucket'], calls.bucketArn);
  queue.queue.grantSendMessages(readTranscript.role);
  sendNewObjects(scope, 'NewCallFiles', { from: calls, prefix: PREFIX, to: queue });
  readQueue(scope, 'CallFiles', queue, readTranscript, { batchSize: 5, maxConcurrency: 5 });
}
