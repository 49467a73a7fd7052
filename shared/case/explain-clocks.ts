import type { LocalDate } from '../dates.ts';
import { explainDueDate } from '../law/clocks.ts';
import type { Case } from './case.ts';
import { clockView } from './case-view.ts';
import type { Counting } from './turn-clocks.ts';

/** "Why this date?" for every clock of a case: each day, counted or skipped, and why (Order 121 Art. 45). */
export function explainClocks(
  found: Pick<Case, 'clocks' | 'receivedOn'>,
  { calendar, settings }: Counting,
  today: LocalDate,
) {
  return found.clocks
    .filter((clock) => clock.void === undefined)
    .map((clock) => {
      const view = clockView(clock, found.receivedOn, { settings });
      const period = {
        start: clock.start,
        length: view.length,
        unit: view.unit,
        pauses: clock.pauses ?? [],
        extensions: clock.extensions ?? [],
      };
      // A day that a person set (form 4, a promise) was not counted: there is nothing to explain.
      const explanation =
        clock.set === true
          ? null
          : explainDueDate(period, calendar, { shiftWeekends: settings.shiftWeekends, today });
      return { ...view, set: clock.set ?? false, explanation };
    });
}
