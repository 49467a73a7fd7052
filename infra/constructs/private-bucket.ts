import { Duration, RemovalPolicy } from 'aws-cdk-lib';
import { Rule, RuleTargetInput } from 'aws-cdk-lib/aws-events';
import { SqsQueue } from 'aws-cdk-lib/aws-events-targets';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import {
  BlockPublicAccess,
  Bucket,
  BucketEncryption,
  type CfnBucket,
  type CorsRule,
  ObjectOwnership,
} from 'aws-cdk-lib/aws-s3';
import type { Construct } from 'constructs';
import { acknowledge } from './acknowledge.ts';
import type { HotlineQueue } from './hotline-queue.ts';

export interface PrivateBucketProps {
  /** Objects lie under this key; without one under a key of S3's own. */
  key?: IKey;
  versioned: boolean;
  /** What is deleted by itself after so many days. */
  expires: readonly { prefix: string; days: number }[];
  cors?: CorsRule[];
}

/**
 * House rule for a bucket: open to nobody but roles that are named, TLS only, encrypted, kept when its stack goes;
 * uploads that were begun and left are cleared away after a day. It tells EventBridge of new objects.
 */
export class PrivateBucket extends Bucket {
  constructor(scope: Construct, id: string, { key, versioned, expires, cors }: PrivateBucketProps) {
    super(scope, id, {
      blockPublicAccess: BlockPublicAccess.BLOCK_ALL,
      objectOwnership: ObjectOwnership.BUCKET_OWNER_ENFORCED,
      enforceSSL: true,
      ...(key === undefined
        ? { encryption: BucketEncryption.S3_MANAGED }
        : { encryption: BucketEncryption.KMS, encryptionKey: key, bucketKeyEnabled: true }),
      versioned,
      lifecycleRules: [
        { abortIncompleteMultipartUploadAfter: Duration.days(1) },
        ...expires.map(({ prefix, days }) => ({ prefix, expiration: Duration.days(days) })),
        ...(versioned ? [{ noncurrentVersionExpiration: Duration.days(30) }] : []),
      ],
      ...(cors === undefined ? {} : { cors }),
      removalPolicy: RemovalPolicy.RETAIN,
    });
    // The L2's own switch is a custom resource with a function; the property of the bucket does the same.
    (this.node.defaultChild as CfnBucket).notificationConfiguration = {
      eventBridgeConfiguration: { eventBridgeEnabled: true },
    };
    acknowledge(this, {
      'AwsSolutions-S1':
        'Who reads a file is written into its case; server access logs would be one more place that names people’s files.',
    });
  }
}

/**
 * Sends every new object below a prefix to a queue; the message is `{ key, size, etag, sequencer }` (the key is not
 * URL-encoded). By a rule of EventBridge in the stack of the queue: a notification of the bucket itself would make
 * the bucket's stack depend on the queue's, and would put the address of whoever uploaded into the message.
 */
export function sendNewObjects(
  scope: Construct,
  id: string,
  { from, prefix, to }: { from: PrivateBucket; prefix: string; to: HotlineQueue },
): void {
  new Rule(scope, id, {
    description: `12315 hotline: new objects below ${prefix}`,
    eventPattern: {
      source: ['aws.s3'],
      detailType: ['Object Created'],
      detail: { bucket: { name: [from.bucketName] }, object: { key: [{ prefix }] } },
    },
    targets: [
      new SqsQueue(to.queue, {
        message: RuleTargetInput.fromEventPath('$.detail.object'),
        deadLetterQueue: to.deadLetterQueue,
      }),
    ],
  });
}
