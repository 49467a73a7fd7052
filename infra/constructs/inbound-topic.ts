import { Aws } from 'aws-cdk-lib';
import { PolicyStatement, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { Key } from 'aws-cdk-lib/aws-kms';
import { Topic } from 'aws-cdk-lib/aws-sns';
import { SqsSubscription } from 'aws-cdk-lib/aws-sns-subscriptions';
import { Construct } from 'constructs';
import type { HotlineQueue } from './hotline-queue.ts';

export interface InboundTopicProps {
  /** Who publishes, as `sms-voice.amazonaws.com`, for this account only. */
  publisher: string;
  /** Every message arrives here as it was published, without SNS's envelope. */
  queue: HotlineQueue;
  description: string;
}

/**
 * A topic that a service of AWS publishes to and one queue of ours reads: encrypted under a key that the service
 * may use, TLS only; what SNS cannot deliver goes to the queue's DLQ.
 * https://docs.aws.amazon.com/sms-voice/latest/userguide/two-way-sms-iam-policy-auto.html
 */
export class InboundTopic extends Construct {
  readonly topic: Topic;

  constructor(scope: Construct, id: string, { publisher, queue, description }: InboundTopicProps) {
    super(scope, id);
    const principal = new ServicePrincipal(publisher);
    const conditions = { StringEquals: { 'aws:SourceAccount': Aws.ACCOUNT_ID } };
    // The key that AWS manages for SNS does not let other services publish.
    const key = new Key(this, 'Key', {
      description: `12315 hotline: ${description}`,
      enableKeyRotation: true,
    });
    key.addToResourcePolicy(
      new PolicyStatement({
        principals: [principal],
        actions: ['kms:Decrypt', 'kms:GenerateDataKey*'],
        resources: ['*'],
        conditions,
      }),
    );
    this.topic = new Topic(this, 'Topic', { enforceSSL: true, masterKey: key });
    this.topic.addToResourcePolicy(
      new PolicyStatement({
        principals: [principal],
        actions: ['sns:Publish'],
        resources: [this.topic.topicArn],
        conditions,
      }),
    );
    this.topic.addSubscription(
      new SqsSubscription(queue.queue, { rawMessageDelivery: true, deadLetterQueue: queue.deadLetterQueue }),
    );
  }
}
