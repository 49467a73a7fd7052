import type { Case, CaseEvent } from '../../shared/case/case.ts';
import type { CaseNumber } from '../../shared/case/case-number.ts';
import type { LocalDate } from '../../shared/dates.ts';
import { type PastCase, pastCaseOf, ROUTING_EVENTS } from '../../shared/jurisdiction/past-case.ts';
import type { CaseStore } from '../../shared/store/case-store.ts';
import { countEvents } from './progress.ts';

/**
 * The cases that a bureau received from a day on, the oldest first, with the way each went. Reads the whole table twice;
 * keeps only what routing needs.
 */
export async function readPastCases(
  store: Pick<CaseStore, 'allCases' | 'allEvents'>,
  bureau: string,
  from: LocalDate,
  now: Date,
): Promise<PastCase[]> {
  const reading = countEvents('读取案件 / reading cases');
  const cases = new Map<CaseNumber, Case>();
  for await (const found of store.allCases()) {
    reading.advance();
    if (found.unitPath[0] === bureau && found.receivedOn >= from) cases.set(found.number, found);
  }
  const events = new Map<CaseNumber, CaseEvent[]>();
  for await (const event of store.allEvents()) {
    reading.advance();
    if (!cases.has(event.number) || !ROUTING_EVENTS.includes(event.type)) continue;
    const known = events.get(event.number);
    if (known === undefined) events.set(event.number, [event]);
    else known.push(event);
  }
  reading.stop();
  return [...cases.values()]
    .flatMap((found) => {
      const own = (events.get(found.number) ?? []).sort((a, b) => a.version - b.version);
      return pastCaseOf(found, own, now.toISOString()) ?? [];
    })
    .sort((a, b) => (a.receivedOn < b.receivedOn ? -1 : 1));
}
