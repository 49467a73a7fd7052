import type { DynamoDBBatchResponse, DynamoDBRecord } from 'aws-lambda';
import { readStreamRecord, resumeAt } from '../../shared/queue/stream-records.ts';
import type { TriageQueue } from '../../shared/queue/triage-queue.ts';

/**
 * Puts each newly registered case into the triage queue. The mapping's filter lets only `registered` events
 * through. If the queue refuses one, the stream starts again at the first refused.
 */
export async function relay(
  records: readonly DynamoDBRecord[],
  queue: TriageQueue,
): Promise<DynamoDBBatchResponse> {
  const streamed = records.map(readStreamRecord);
  const refused = new Set(await queue.send(streamed.map(({ event }) => event.number)));
  const first = streamed.find(({ event }) => refused.has(event.number));
  return first === undefined ? { batchItemFailures: [] } : resumeAt(first.sequenceNumber);
}
