import type { DynamoDBBatchResponse, DynamoDBRecord } from 'aws-lambda';
import { readStreamRecord } from '../../shared/queue/stream-records.ts';
import { type StatisticsStore, TALLY_BATCH } from '../../shared/store/statistics-store.ts';

/** Counts the events of a stream batch. What was counted before changes nothing, so any batch may come again. */
export async function tally(
  records: readonly DynamoDBRecord[],
  statistics: StatisticsStore,
): Promise<DynamoDBBatchResponse> {
  const events = records.map((record) => readStreamRecord(record).event);
  for (let start = 0; start < events.length; start += TALLY_BATCH) {
    await statistics.tally(events.slice(start, start + TALLY_BATCH));
  }
  return { batchItemFailures: [] };
}
