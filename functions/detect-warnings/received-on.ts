import type { CaseNumber } from '../../shared/case/case-number.ts';
import type { LocalDate } from '../../shared/dates.ts';
import type { StatisticsStore } from '../../shared/store/statistics-store.ts';

/**
 * Numbers of the complaints that a bureau received on a day, by the ledger of figures: the alarms count what the figures
 * count. A complaint that was counted and taken back is left out.
 */
export async function receivedOn(
  day: LocalDate,
  bureau: string,
  statistics: Pick<StatisticsStore, 'entries'>,
): Promise<CaseNumber[]> {
  const received = new Map<CaseNumber, number>();
  for await (const { number, lines } of statistics.entries(day, [bureau])) {
    for (const { counted, counts, weight } of lines) {
      if (!counted.includes(bureau) || counts.received === undefined) continue;
      received.set(number, (received.get(number) ?? 0) + weight * counts.received);
    }
  }
  return [...received].flatMap(([number, count]) => (count > 0 ? [number] : [])).sort();
}
