import { buildApp } from 'fauxqs';
// The package's main module keeps its stores to itself; without them objects could not persist.
import { FileS3Persistence } from '../../node_modules/fauxqs/dist/s3/fileS3Persistence.js';
import { S3Store } from '../../node_modules/fauxqs/dist/s3/s3Store.js';
import { SnsStore } from '../../node_modules/fauxqs/dist/sns/snsStore.js';
import { SqsStore } from '../../node_modules/fauxqs/dist/sqs/sqsStore.js';
import { type AwsJson, awsJsonClient } from './aws-json.ts';
import { region } from './resolver.ts';

/** The largest body of one request: an object, or a part of one. */
export const largestObjectBytes = 64 * 1024 * 1024;

/** A running fauxqs: SQS and SNS at `endpoint`; S3 behind objects.ts, which adds what it lacks. */
export interface QueueServer {
  endpoint: string;
  sqs: AwsJson;
  topics: SnsStore;
  objects: ObjectStorage;
  stop(): Promise<void>;
}

/** The S3 part of fauxqs. */
export interface ObjectStorage {
  store: S3Store;
  /** Answers a request that is in order. */
  answer(request: {
    method: string;
    url: string;
    headers: Record<string, string>;
    payload: Buffer;
  }): Promise<{ statusCode: number; headers: object; rawPayload: Buffer }>;
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

/**
 * Starts fauxqs in this process. (Its own `startFauxqs` listens on all addresses of the machine.)
 * Objects lie as files below `objectsDir`, or in memory if there is none.
 */
export async function startQueueServer(objectsDir: string | undefined): Promise<QueueServer> {
  const store = new S3Store();
  if (objectsDir !== undefined) {
    const files = new FileS3Persistence(objectsDir);
    files.loadS3(store);
    store.persistence = files;
  }
  const topics = new SnsStore();
  const stores = { sqsStore: new SqsStore(), snsStore: topics, s3Store: store };
  const app = buildApp({ logger: false, defaultRegion: region, stores });
  // fauxqs takes 11 MiB.
  app.removeContentTypeParser('*');
  const whole = { parseAs: 'buffer', bodyLimit: largestObjectBytes } as const;
  app.addContentTypeParser('*', whole, (_request, body, done) => done(null, body));
  const endpoint = await app.listen({ port: 0, host: '127.0.0.1' });
  return {
    endpoint,
    sqs: awsJsonClient(endpoint, 'AmazonSQS'),
    topics,
    objects: { store, answer: (request) => app.inject({ ...request, method: request.method as 'PUT' }) },
    stop: () => app.close(),
  };
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
