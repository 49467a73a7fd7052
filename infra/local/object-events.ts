import { randomUUID } from 'node:crypto';
import type { AwsJson } from './aws-json.ts';
import { StartFailure } from './errors.ts';
import { eventFilter } from './event-filter.ts';
import type { ObjectCreated } from './objects.ts';
import { accountId, region } from './resolver.ts';
import type { Template } from './template.ts';

interface RuleProperties {
  EventPattern: Record<string, unknown>;
  State?: string;
  Targets?: { Arn: string; InputPath?: string }[];
}

interface BucketProperties {
  NotificationConfiguration?: { EventBridgeConfiguration?: { EventBridgeEnabled?: boolean } };
}

/**
 * EventBridge between buckets and queues: the rules of the template that wait for new objects.
 * Rules on anything else are refused, for nothing here would ever set them off.
 */
export function wireObjectEvents(
  template: Template,
  sqs: AwsJson,
  queueUrl: (arn: string) => string,
): (object: ObjectCreated) => Promise<void> {
  const telling = new Set(
    template
      .ofType<BucketProperties>('AWS::S3::Bucket')
      .filter(({ properties }) => properties.NotificationConfiguration?.EventBridgeConfiguration)
      .map(({ name }) => name),
  );
  const targets = template.ofType<RuleProperties>('AWS::Events::Rule').flatMap(({ name, properties }) => {
    const { EventPattern, State, Targets = [] } = properties;
    if (String(EventPattern.source) !== 'aws.s3' || String(EventPattern['detail-type']) !== 'Object Created')
      throw new StartFailure(`${name}: locally a rule can wait for new objects only.`);
    if (State === 'DISABLED') return [];
    const passes = eventFilter([JSON.stringify(EventPattern)]);
    return Targets.map(({ Arn, InputPath = '$' }) => {
      if (Arn.split(':')[2] !== 'sqs' || !/^\$(\.[\w-]+)*$/.test(InputPath))
        throw new StartFailure(`${name}: target ${Arn} with ${InputPath} is not supported locally.`);
      return { passes, queueUrl: queueUrl(Arn), path: InputPath.split('.').slice(1) };
    });
  });
  return async (object) => {
    if (!telling.has(object.bucket)) return;
    const event = eventOf(object);
    for (const target of targets.filter(({ passes }) => passes(event))) {
      const part = target.path.reduce<unknown>(
        (value, key) => (value as Record<string, unknown>)[key],
        event,
      );
      await sqs('SendMessage', { QueueUrl: target.queueUrl, MessageBody: JSON.stringify(part) });
    }
  };
}

/** https://docs.aws.amazon.com/AmazonS3/latest/userguide/ev-events.html */
function eventOf({ bucket, key, size, etag, reason }: ObjectCreated) {
  return {
    version: '0',
    id: randomUUID(),
    'detail-type': 'Object Created',
    source: 'aws.s3',
    account: accountId,
    time: new Date().toISOString().replace(/\.\d+/, ''),
    region,
    resources: [`arn:aws:s3:::${bucket}`],
    detail: {
      version: '0',
      bucket: { name: bucket },
      object: { key, size, etag, sequencer: Date.now().toString(16).toUpperCase().padStart(18, '0') },
      'request-id': 'LOCAL',
      requester: accountId,
      'source-ip-address': '127.0.0.1',
      reason,
    },
  };
}
