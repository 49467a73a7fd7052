import { fold, type Increment, incrementsOf } from '../statistics/counters.ts';
import type { StatisticsStore } from './statistics-store.ts';

/** The double of the DynamoDB store for unit tests; it passes the same contract suite. */
export function createMemoryStatisticsStore(): StatisticsStore {
  const tallied = new Set<string>();
  let lines: Increment[] = [];

  return {
    async tally(events) {
      for (const event of events) {
        if (tallied.has(event.id)) continue;
        tallied.add(event.id);
        lines = fold([...lines, ...incrementsOf(event)]);
      }
    },
    counts: async (unit, from, to) =>
      lines
        .filter((line) => line.unit === unit && line.day >= from && line.day <= to)
        .sort((a, b) => (a.day < b.day ? -1 : 1)),
    allCounts: async () => lines,
    talliedIds: async () => new Set(tallied),
  };
}
