import type { Clock } from '../../shared/dates.ts';
import type { Log } from '../../shared/logging.ts';
import type { CaseStore } from '../../shared/store/case-store.ts';
import type { ProofStore } from '../../shared/store/proof-store.ts';
import { recount } from '../../shared/store/recount.ts';
import type { StatisticsStore } from '../../shared/store/statistics-store.ts';

export interface RecountDependencies {
  cases: Pick<CaseStore, 'allEvents' | 'history'>;
  statistics: Pick<StatisticsStore, 'allCounts' | 'allEntries' | 'rolledUp' | 'rollUps' | 'tally'>;
  proofs: Pick<ProofStore, 'keep'>;
  now: Clock;
  log: Log;
}

/**
 * Works all figures out once more from the history and says in how many places they differ; a metric is made of the
 * line, and the administrator reads it. Nothing is said as 0, too: silence is not health.
 */
export async function recountDaily({
  cases,
  statistics,
  proofs,
  now,
  log,
}: RecountDependencies): Promise<void> {
  const found = await recount(cases, statistics);
  const places = {
    counters: found.drift.length,
    untallied: found.untallied.length,
    unknown: found.unknown.length,
    different: found.different.length,
    rollUps: found.rollUps.length,
  };
  const drift = Object.values(places).reduce((sum, one) => sum + one, 0);
  const { events } = found;
  log('recounted', { events, drift, ...places, moving: found.moving.length });
  await proofs.keep({ at: now().toISOString(), events, drift, places });
}
