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
 * Counts the events of a stream batch. Each is counted by its whole history, which is read once for a case; what was
 * counted before changes nothing, so any batch may come again, late and out of order.
 */
export async function tally(
  records: readonly DynamoDBRecord[],
  { cases, statistics }: TallyDependencies,
): Promise<DynamoDBBatchResponse> {
  const events = records.map((record) => readStreamRecord(record).event);
  const byCase = [...Map.groupBy(events, ({ number }) => number)];
  const entries = await Promise.all(
    byCase.map(async ([number, itsEvents]): Promise<LedgerEntry[]> => {
      const history = await cases.history(number);
      return itsEvents.flatMap(({ version }) => entriesOf(history.slice(0, version)));
    }),
  );
  await statistics.tally(entries.flat());
  return { batchItemFailures: [] };
}
