import type { Log } from '../../shared/logging.ts';
import type { CaseStore } from '../../shared/store/case-store.ts';
import { recount } from '../../shared/store/recount.ts';
import type { StatisticsStore } from '../../shared/store/statistics-store.ts';

export interface RecountDependencies {
  cases: Pick<CaseStore, 'allEvents' | 'history'>;
  statistics: Pick<StatisticsStore, 'allCounts' | 'allEntries' | 'rolledUp' | 'rollUps' | 'tally'>;
  log: Log;
}

/**
 * Works all figures out once more from the history and says in how many places they differ; a metric is made of the
 * line. Nothing is said as 0, too: silence is not health.
 */
export async function recountDaily({ cases, statistics, log }: RecountDependencies): Promise<void> {
  const found = await recount(cases, statistics);
  const places = {
    counters: found.drift.length,
    untallied: found.untallied.length,
    unknown: found.unknown.length,
    different: found.different.length,
    rollUps: found.rollUps.length,
  };
  const drift = Object.values(places).reduce((sum, one) => sum + one, 0);
  log('recounted', { events: found.events, drift, ...places, moving: found.moving.length });
}
