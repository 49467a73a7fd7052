import type { AwsJson } from './aws-json.ts';
import { failedIdentifiers } from './batch-response.ts';
import { messageOf } from './errors.ts';
import { pause } from './pause.ts';
import { region } from './resolver.ts';
import type { FunctionSandboxes } from './sandbox.ts';

/** The largest batch one ReceiveMessage can return. */
const maxReceive = 10;
const longPollSeconds = 20;

/** An event source mapping of a queue. */
export interface SqsMapping {
  queueArn: string;
  queueUrl: string;
  batchSize: number;
  batchingWindowSeconds: number;
  maximumConcurrency: number;
  reportsFailures: boolean;
}

interface Message {
  MessageId: string;
  ReceiptHandle: string;
  Body: string;
  MD5OfBody: string;
  Attributes?: Record<string, string>;
  MessageAttributes?: Record<string, { DataType: string; StringValue?: string; BinaryValue?: string }>;
}

/**
 * Polls the queue until `signal` aborts, and resolves when the invocations under way have ended.
 * A failed message is left alone: it becomes visible again by itself, and the queue's redrive policy counts.
 */
export async function runSqsMapping(
  mapping: SqsMapping,
  sandboxes: FunctionSandboxes,
  sqs: AwsJson,
  signal: AbortSignal,
  notice: (line: string) => void,
): Promise<void> {
  const concurrency = Math.min(mapping.maximumConcurrency, sandboxes.limit);
  const running = new Set<Promise<void>>();
  while (!signal.aborted) {
    try {
      // Receiving only with a free sandbox, a message does not spend its visibility timeout waiting for one.
      if (running.size >= concurrency) await Promise.race(running);
      const messages = await receiveBatch(mapping, sqs, signal);
      if (messages.length === 0) continue;
      const invocation = handle(mapping, messages, sandboxes, sqs)
        .catch((error) => notice(`${mapping.queueArn}: ${messageOf(error)}`))
        .finally(() => running.delete(invocation));
      running.add(invocation);
    } catch (error) {
      if (signal.aborted) break;
      notice(`${mapping.queueArn}: ${messageOf(error)}`);
      await pause(1000, signal);
    }
  }
  await Promise.all(running);
}

async function receiveBatch(mapping: SqsMapping, sqs: AwsJson, signal: AbortSignal): Promise<Message[]> {
  const batch = await receive(mapping, mapping.batchSize, longPollSeconds, sqs, signal);
  const windowEnd = Date.now() + mapping.batchingWindowSeconds * 1000;
  while (batch.length > 0 && batch.length < mapping.batchSize) {
    const seconds = Math.ceil((windowEnd - Date.now()) / 1000);
    if (seconds <= 0) break;
    batch.push(...(await receive(mapping, mapping.batchSize - batch.length, seconds, sqs, signal)));
  }
  return batch;
}

async function receive(
  mapping: SqsMapping,
  wanted: number,
  waitSeconds: number,
  sqs: AwsJson,
  signal: AbortSignal,
): Promise<Message[]> {
  const answer = await sqs(
    'ReceiveMessage',
    {
      QueueUrl: mapping.queueUrl,
      MaxNumberOfMessages: Math.min(wanted, maxReceive),
      WaitTimeSeconds: Math.min(waitSeconds, longPollSeconds),
      MessageSystemAttributeNames: ['All'],
      MessageAttributeNames: ['All'],
    },
    signal,
  );
  return (answer as { Messages?: Message[] }).Messages ?? [];
}

async function handle(mapping: SqsMapping, messages: Message[], sandboxes: FunctionSandboxes, sqs: AwsJson) {
  const result = await sandboxes.invoke({ Records: messages.map((message) => record(mapping, message)) });
  if (result.functionError) return;
  const identifiers = messages.map((message) => message.MessageId);
  const failed = mapping.reportsFailures ? failedIdentifiers(result.payload, identifiers) : [];
  const done = messages.filter((message) => !failed.includes(message.MessageId));
  for (let start = 0; start < done.length; start += maxReceive) {
    const Entries = done
      .slice(start, start + maxReceive)
      .map(({ ReceiptHandle }, index) => ({ Id: String(index), ReceiptHandle }));
    await sqs('DeleteMessageBatch', { QueueUrl: mapping.queueUrl, Entries });
  }
}

function record(mapping: SqsMapping, message: Message) {
  const attributes = Object.entries(message.MessageAttributes ?? {}).map(([name, attribute]) => [
    name,
    {
      stringValue: attribute.StringValue,
      binaryValue: attribute.BinaryValue,
      stringListValues: [],
      binaryListValues: [],
      dataType: attribute.DataType,
    },
  ]);
  return {
    messageId: message.MessageId,
    receiptHandle: message.ReceiptHandle,
    body: message.Body,
    attributes: message.Attributes ?? {},
    messageAttributes: Object.fromEntries(attributes),
    md5OfBody: message.MD5OfBody,
    eventSource: 'aws:sqs',
    eventSourceARN: mapping.queueArn,
    awsRegion: region,
  };
}
