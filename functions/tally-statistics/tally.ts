import type { DynamoDBBatchResponse, DynamoDBRecord } from 'aws-lambda';
import { readStreamRecord } from '../../shared/queue/stream-records.ts';
import { entriesOf, type LedgerEntry } from '../../shared/statistics/ledger.ts';
import type { CaseStore } from '../../shared/store/case-store.ts';
import type { StatisticsStore } from '../../shared/store/statistics-store.ts';

export interface TallyDependencies {
  cases: Pick<CaseStore, 'history'>;
  statistics: Pick<StatisticsStore, 'tally'>;
}

/**
 * Counts the events of a stream batch. Each is counted by the history up to it, which is read once for a case, and not
 * at all where the batch brings it from the first event on, as it does of what has just come in. What was counted before
 * changes nothing, so any batch may come again, late and out of order.
 */
export async function tally(
  records: readonly DynamoDBRecord[],
  { cases, statistics }: TallyDependencies,
): Promise<DynamoDBBatchResponse> {
  const events = records.map((record) => readStreamRecord(record).event);
  const byCase = [...Map.groupBy(events, ({ number }) => number)];
  const entries = await Promise.all(
    byCase.map(async ([number, itsEvents]): Promise<LedgerEntry[]> => {
      const brought = itsEvents.toSorted((one, other) => one.version - other.version);
      const isWhole = brought.every(({ version }, index) => version === index + 1);
      const history = isWhole ? brought : await cases.history(number);
      return itsEvents.flatMap(({ version }) => entriesOf(history.slice(0, version)));
    }),
  );
  await statistics.tally(entries.flat());
  return { batchItemFailures: [] };
}
