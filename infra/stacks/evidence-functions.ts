import { Duration, type Stack } from 'aws-cdk-lib';
import type { Route } from '../constructs/hotline-api.ts';
import { HotlineFunction } from '../constructs/hotline-function.ts';
import { HotlineQueue } from '../constructs/hotline-queue.ts';
import { sendNewObjects } from '../constructs/private-bucket.ts';
import { readQueue } from '../constructs/queue-reader.ts';
import type { FunctionsProps } from './http-functions.ts';

/** Where people put files, and where they lie once they are found to be what they claim. */
const INCOMING = 'incoming/';
const CHECKED = 'checked/';
/** A film of 200 MB is read once and copied. */
const CHECK_TIMEOUT = Duration.seconds(30);

/** Files that go with a case: people put them into the bucket, a function checks each before anybody can open it. */
export function evidenceFunctions(scope: Stack, { house, stateful }: FunctionsProps): Route[] {
  const { cases, identities, informers, evidence: bucket } = stateful;
  const common = { CASES_TABLE: cases.tableName, EVIDENCE_BUCKET: bucket.bucketName };
  // Without it S3 says "forbidden" of a file that is not there.
  const LIST = ['s3:ListBucket'];

  const evidence = new HotlineFunction(scope, 'Evidence', {
    name: 'evidence',
    environment: {
      ...common,
      IDENTITIES_TABLE: identities.table.tableName,
      INFORMERS_TABLE: informers.table.tableName,
    },
    timeout: Duration.seconds(10),
    memoryMb: 1024,
    concurrency: 20,
    impact: 'Nobody can add evidence to a case, or open it at the desk',
    house,
  })
    .allow(['dynamodb:GetItem', 'dynamodb:Query', 'dynamodb:PutItem'], cases.tableArn)
    // Who opened a file, beside who looked at the person.
    .allowPeopleWriteOnly(identities)
    .allowPeopleWriteOnly(informers)
    .allowObjects(
      ['s3:PutObject', 's3:GetObject', 's3:AbortMultipartUpload', 's3:ListMultipartUploadParts'],
      bucket,
      INCOMING,
    )
    .allowObjects(['s3:GetObject'], bucket, CHECKED)
    .allow(LIST, bucket.bucketArn);

  const impact = 'Evidence stays unchecked: nobody can open it; after seven days it is gone';
  const queue = new HotlineQueue(scope, 'EvidenceFiles', {
    consumerTimeout: CHECK_TIMEOUT,
    impact,
    topic: house.topic,
  });
  const checkEvidence = new HotlineFunction(scope, 'CheckEvidence', {
    name: 'check-evidence',
    environment: common,
    timeout: CHECK_TIMEOUT,
    memoryMb: 1769,
    concurrency: 5,
    impact,
    house,
  })
    .allow(['dynamodb:GetItem', 'dynamodb:PutItem'], cases.tableArn)
    .allowObjects(['s3:GetObject', 's3:DeleteObject'], bucket, INCOMING)
    .allowObjects(['s3:PutObject', 's3:DeleteObject'], bucket, CHECKED)
    .allow(LIST, bucket.bucketArn);
  sendNewObjects(scope, 'NewEvidenceFiles', { from: bucket, prefix: INCOMING, to: queue });
  // One at a time: each may be a long film.
  readQueue(scope, 'EvidenceFiles', queue, checkEvidence, { batchSize: 1, maxConcurrency: 5 });

  const both = (prefix: `/${string}`, opens: 'anyone' | 'staff'): Route[] => [
    ['GET', `${prefix}/evidence`, evidence, opens],
    ['POST', `${prefix}/evidence`, evidence, opens],
    ['GET', `${prefix}/evidence/{id}`, evidence, opens],
    ['POST', `${prefix}/evidence/{id}/complete`, evidence, opens],
  ];
  return [
    ...both('/complaints/{number}', 'anyone'),
    ...both('/desk/cases/{number}', 'staff'),
    ['GET', '/desk/cases/{number}/evidence/{id}/file', evidence, 'staff'],
  ];
}
