import { setTimeout as delay } from 'node:timers/promises';
import type { CaseEvent } from '../../../shared/case/case.ts';
import { concurrently } from '../concurrently.ts';

type History = readonly CaseEvent[];

/** Reads the history of a case; empty when there is no such case. */
export type HistoryOf = (number: string) => Promise<History>;

/** What became of cases in the triage. */
export interface Triaged {
  /** Histories of those that left it. */
  histories: Map<string, History>;
  /** Numbers given to a consumer that the store does not know: lost. */
  missing: string[];
  /** Still waiting when patience ran out. */
  waiting: string[];
}

/** Events by which a case leaves the triage: to a station, to the dispatcher, under the case of the same matter. */
const isTriage = ({ type, actor }: CaseEvent) =>
  (type === 'distributed' || type === 'referred' || type === 'joined') && actor.role === 'system';

/** The events by which the triage let the case go: exactly one when all is well. */
export const triageEvents = (history: History) => history.filter(isTriage);

/** Looks at the cases in rounds, each time only at those that have not left the triage. */
export async function waitForTriage(
  numbers: readonly string[],
  historyOf: HistoryOf,
  {
    waitMs,
    pauseMs = 500,
    onTriaged = () => undefined,
  }: { waitMs: number; pauseMs?: number; onTriaged?: () => void },
): Promise<Triaged> {
  const until = Date.now() + waitMs;
  const histories = new Map<string, History>();
  const missing: string[] = [];
  let waiting = [...numbers];
  for (;;) {
    const still: string[] = [];
    await concurrently(waiting, 8, async (number) => {
      const history = await historyOf(number);
      if (history.length === 0) missing.push(number);
      else if (history.some(isTriage)) {
        histories.set(number, history);
        onTriaged();
      } else still.push(number);
    });
    waiting = still;
    if (waiting.length === 0 || Date.now() >= until) return { histories, missing, waiting };
    await delay(pauseMs);
  }
}
