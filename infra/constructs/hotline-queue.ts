import { Duration } from 'aws-cdk-lib';
import type { ITopic } from 'aws-cdk-lib/aws-sns';
import { Queue, QueueEncryption } from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import { acknowledge } from './acknowledge.ts';
import { addAlarm } from './alarm.ts';

/** A queue for what could not be done: encrypted, TLS only, kept for 14 days, with an alarm. */
export class DeadLetterQueue extends Queue {
  constructor(scope: Construct, id: string, { impact, topic }: { impact: string; topic: ITopic }) {
    super(scope, id, {
      encryption: QueueEncryption.SQS_MANAGED,
      enforceSSL: true,
      retentionPeriod: Duration.days(14),
    });
    const reason =
      'This queue is the end of the line: an alarm goes off, a person looks, `npm run redrive` brings back.';
    acknowledge(this, { 'AwsSolutions-SQS3': reason, 'Serverless-SQSRedrivePolicy': reason });
    addAlarm(this, `${id}NotEmpty`, {
      metric: this.metricApproximateNumberOfMessagesVisible({
        period: Duration.minutes(1),
        statistic: 'Maximum',
      }),
      threshold: 1,
      impact,
      topic,
    });
  }
}

export interface HotlineQueueProps {
  /** Timeout of the function that works on the messages. */
  consumerTimeout: Duration;
  /** What it means for people when messages end in the DLQ. */
  impact: string;
  topic: ITopic;
}

/** House rule: every queue is encrypted, takes TLS only, and has a DLQ with an alarm and a written impact. */
export class HotlineQueue extends Construct {
  readonly queue: Queue;
  readonly deadLetterQueue: DeadLetterQueue;

  constructor(scope: Construct, id: string, props: HotlineQueueProps) {
    super(scope, id);
    this.deadLetterQueue = new DeadLetterQueue(this, `${id}Dlq`, props);
    this.queue = new Queue(this, 'Queue', {
      encryption: QueueEncryption.SQS_MANAGED,
      enforceSSL: true,
      retentionPeriod: Duration.days(4),
      // AWS: six times the function's timeout, or a message is worked on again while it still is.
      visibilityTimeout: Duration.seconds(props.consumerTimeout.toSeconds() * 6),
      // Five at least: with partial batch responses throttled polls count as receives.
      deadLetterQueue: { queue: this.deadLetterQueue, maxReceiveCount: 5 },
    });
    addAlarm(this, `${id}Late`, {
      metric: this.queue.metricApproximateAgeOfOldestMessage({ period: Duration.minutes(5) }),
      threshold: Duration.minutes(10).toSeconds(),
      impact: props.impact,
      topic: props.topic,
    });
  }
}
