import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { COUNTERS, type Counter, fold, type Increment } from '../../shared/statistics/counters.ts';
import { driftBetween } from '../../shared/statistics/drift.ts';
import { allEntriesOf, type LedgerEntry, liveIncrementsOf } from '../../shared/statistics/ledger.ts';
import { createMemoryStatisticsStore } from '../../shared/store/memory-statistics-store.ts';
import { stepsTo } from '../unit/support.ts';

const increment: fc.Arbitrary<Increment> = fc.record({
  unit: fc.constantFrom('330200', '330203', '33020301'),
  day: fc.constantFrom('2026-11-01', '2026-11-02'),
  counts: fc.dictionary(fc.constantFrom<Counter>(...COUNTERS), fc.integer({ min: 0, max: 1e11 })),
});
const increments = fc.array(increment, { maxLength: 30 });
const sorted = (lines: readonly Increment[]) =>
  lines.toSorted((a, b) => `${a.unit}${a.day}`.localeCompare(`${b.unit}${b.day}`));

describe('adding up', () => {
  test('gives the same in any order', () => {
    fc.assert(
      fc.property(
        increments.chain((lines) =>
          fc.tuple(fc.constant(lines), fc.shuffledSubarray(lines, { minLength: lines.length })),
        ),
        ([lines, shuffled]) => {
          expect(sorted(fold(shuffled))).toEqual(sorted(fold(lines)));
        },
      ),
    );
  });

  test('gives the same in parts, however they are split', () => {
    fc.assert(
      fc.property(increments, fc.nat(30), (lines, cut) => {
        const parts = [...fold(lines.slice(0, cut)), ...fold(lines.slice(cut))];
        expect(sorted(fold(parts))).toEqual(sorted(fold(lines)));
        expect(sorted(fold(fold(lines)))).toEqual(sorted(fold(lines)));
      }),
    );
  });

  test('loses nothing: every counter adds up to what was put in', () => {
    fc.assert(
      fc.property(increments, (lines) => {
        for (const counter of COUNTERS) {
          const sum = (some: readonly Increment[]) =>
            some.reduce((n, { counts }) => n + (counts[counter] ?? 0), 0);
          expect(sum(fold(lines))).toBe(sum(lines));
        }
      }),
    );
  });
});

test('entries that come in any order, in any batches and any number of times are counted once', async () => {
  const entries: LedgerEntry[] = (['settled', 'refused', 'at-hub', 'terminated'] as const).flatMap(
    (state, draw) =>
      allEntriesOf(stepsTo(state, draw, `2026-11-1${draw}T02:00:00.000Z`).map(({ event }) => event)),
  );
  const expected = liveIncrementsOf(entries);
  const deliveries = fc
    .tuple(
      fc.shuffledSubarray(entries, { minLength: entries.length }),
      fc.array(fc.constantFrom(...entries), { maxLength: 20 }),
      fc.array(fc.integer({ min: 1, max: 10 }), { minLength: 1 }),
      fc.nat(8),
    )
    .map(([once, again, sizes, rebuildAt]) => {
      const all = [...once, ...again];
      const batches: LedgerEntry[][] = [];
      for (let round = 0; all.length > 0; round += 1)
        batches.push(all.splice(0, sizes[round % sizes.length]));
      return { batches, rebuildAt };
    });
  await fc.assert(
    fc.asyncProperty(deliveries, async ({ batches, rebuildAt }) => {
      const store = createMemoryStatisticsStore();
      let building: number | undefined;
      for (const [index, batch] of batches.entries()) {
        if (index === rebuildAt) building = await store.beginGeneration();
        await store.tally(batch);
      }
      // The rebuild reads the whole history, in whatever order, beside what comes in.
      if (building !== undefined) {
        await store.tally(entries.toReversed());
        expect(driftBetween(await store.allCounts(building), expected)).toEqual([]);
        await store.goLive(building);
      }
      expect(driftBetween(await store.allCounts(), expected)).toEqual([]);
    }),
  );
});

test('drift is empty exactly when both sides count the same', () => {
  fc.assert(
    fc.property(increments, increments, (left, right) => {
      const [stored, recounted] = [fold(left), fold(right)];
      expect(driftBetween(stored, stored.toReversed())).toEqual([]);
      const drift = driftBetween(stored, recounted);
      const repaired = fold([
        ...stored,
        ...drift.map(({ unit, day, counter, stored: is, recounted: should }) => ({
          unit,
          day,
          counts: { [counter]: should - is },
        })),
      ]);
      expect(driftBetween(repaired, recounted)).toEqual([]);
    }),
  );
});
