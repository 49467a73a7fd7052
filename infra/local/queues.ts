import { buildApp } from 'fauxqs';
import { type AwsJson, awsJsonClient } from './aws-json.ts';
import { region } from './resolver.ts';

/** A running fauxqs: SQS (and SNS and S3, which the template does not run yet). */
export interface QueueServer {
  endpoint: string;
  sqs: AwsJson;
  stop(): Promise<void>;
}

/** The queue properties fauxqs honours. */
export interface QueueProperties {
  DelaySeconds?: number;
  MaximumMessageSize?: number;
  MessageRetentionPeriod?: number;
  ReceiveMessageWaitTimeSeconds?: number;
  RedrivePolicy?: { deadLetterTargetArn: string; maxReceiveCount: number };
  VisibilityTimeout?: number;
}

/** Starts fauxqs in this process. (Its own `startFauxqs` listens on all addresses of the machine.) */
export async function startQueueServer(): Promise<QueueServer> {
  const app = buildApp({ logger: false, defaultRegion: region });
  const endpoint = await app.listen({ port: 0, host: '127.0.0.1' });
  return { endpoint, sqs: awsJsonClient(endpoint, 'AmazonSQS'), stop: () => app.close() };
}

/** Creates the queue. Queues do not persist: each start makes them anew. */
export async function createQueue(sqs: AwsJson, name: string, properties: QueueProperties): Promise<void> {
  const { RedrivePolicy, ...numbers } = properties;
  const attributes: Record<string, string> = {};
  for (const [attribute, value] of Object.entries(numbers)) {
    if (attribute !== 'QueueName' && typeof value === 'number') attributes[attribute] = String(value);
  }
  if (RedrivePolicy) attributes.RedrivePolicy = JSON.stringify(RedrivePolicy);
  await sqs('CreateQueue', { QueueName: name, Attributes: attributes });
}
