import { add, fold, type Increment, withoutZeros } from '../statistics/counters.ts';
import { type LedgerEntry, liveIncrementsOf } from '../statistics/ledger.ts';
import type { RollUp } from '../statistics/roll-up.ts';
import { statisticsKeyOf } from './statistics-items.ts';
import type { Generations, RolledDay, StatisticsStore } from './statistics-store.ts';

interface Figures {
  entries: Map<string, LedgerEntry>;
  counts: Increment[];
  rollUps: Map<string, RollUp>;
  rolled: Map<string, RolledDay>;
}

const nothing = (): Figures => ({ entries: new Map(), counts: [], rollUps: new Map(), rolled: new Map() });
const byDay = (a: { day: string }, b: { day: string }) => (a.day < b.day ? -1 : 1);

/** The double of the DynamoDB store for unit tests; it passes the same contract suite. */
export function createMemoryStatisticsStore(): StatisticsStore {
  const kept = new Map<number, Figures>([[1, nothing()]]);
  let generations: Generations = { live: 1 };
  const of = (generation = generations.live) => kept.get(generation) ?? nothing();

  return {
    async tally(entries) {
      const { live, building } = generations;
      for (const generation of building === undefined ? [live] : [live, building]) {
        const figures = of(generation);
        for (const entry of entries) {
          const key = Object.values(statisticsKeyOf.entry(0, entry)).join(' ');
          if (figures.entries.has(key)) continue;
          figures.entries.set(key, entry);
          figures.counts = fold([...figures.counts, ...liveIncrementsOf([entry])]);
        }
      }
    },
    async *entries(day, units) {
      const inside = (path: readonly string[]) => units.every((unit, index) => path[index] === unit);
      for (const entry of of().entries.values()) if (entry.day === day && inside(entry.units)) yield entry;
    },
    async revisions(bureau, from, to) {
      const sums = new Map<string, number>();
      for (const { day, units } of of().entries.values()) {
        if (units[0] === bureau && day >= from && day <= to) sums.set(day, (sums.get(day) ?? 0) + 1);
      }
      return [...sums].map(([day, entries]) => ({ day, entries })).toSorted(byDay);
    },
    rollUps: async (unit, from, to) =>
      [...of().rollUps.values()]
        .filter(({ unit: its, period }) => its === unit && period >= from && period <= to)
        .filter(({ period }) => period.length === from.length)
        .toSorted((a, b) => (a.period < b.period ? -1 : 1)),
    rollUpsOf: async (unit, periods, cuts) =>
      periods.flatMap((period) => {
        const found = of().rollUps.get(`${unit} ${period}`);
        if (found === undefined) return [];
        return [cuts === undefined ? { ...found, by: {} } : found];
      }),
    countsOfDay: async (unit, _, day) =>
      tidy(of().counts).find((line) => line.unit === unit && line.day === day)?.counts ?? {},
    async putRollUps(rollUps) {
      for (const rollUp of rollUps) of().rollUps.set(`${rollUp.unit} ${rollUp.period}`, rollUp);
    },
    async markRolled(bureau, rolled) {
      of().rolled.set(`${bureau} ${rolled.day}`, rolled);
    },
    rolledUp: async (bureau, from, to) =>
      [...of().rolled]
        .filter(([key, { day }]) => key.startsWith(`${bureau} `) && day >= from && day <= to)
        .map(([, rolled]) => rolled)
        .toSorted(byDay),
    allCounts: async (generation) => tidy(of(generation).counts),
    async *allEntries(generation) {
      yield* of(generation).entries.values();
    },
    generations: async () => generations,
    async beginGeneration() {
      const building = generations.building ?? generations.live + 1;
      if (generations.building === undefined) kept.set(building, nothing());
      generations = { ...generations, building };
      return building;
    },
    async goLive(generation) {
      generations = { live: generation };
    },
    async dropGeneration(generation) {
      if (generation === generations.live || generation === generations.building) {
        throw new RangeError('this generation is in use');
      }
      kept.delete(generation);
    },
  };
}

function tidy(counts: readonly Increment[]): Increment[] {
  return counts
    .map((line) => ({ ...line, counts: withoutZeros(add({}, line.counts)) }))
    .filter(({ counts: left }) => Object.keys(left).length > 0);
}
