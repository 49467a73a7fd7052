import { beforeEach, describe, expect, test } from 'vitest';
import { driftBetween } from '../../shared/statistics/drift.ts';
import { allEntriesOf, type LedgerEntry, liveIncrementsOf } from '../../shared/statistics/ledger.ts';
import { rollUpDay } from '../../shared/statistics/roll-up.ts';
import type { StatisticsStore } from '../../shared/store/statistics-store.ts';
import { registered, STATION_A1, STATION_A2, STATION_B1, stepsTo } from '../unit/support.ts';

const entriesOfSteps = (...cases: ReturnType<typeof stepsTo>[]): LedgerEntry[] =>
  cases.flatMap((steps) => allEntriesOf(steps.map(({ event }) => event)));
const DAY = '2026-11-16';

/** What every store of statistics must do. */
export function statisticsStoreSuite(create: () => Promise<StatisticsStore>): void {
  let store: StatisticsStore;
  beforeEach(async () => {
    store = await create();
  });
  const drift = async (entries: readonly LedgerEntry[], generation?: number) =>
    driftBetween(await store.allCounts(generation), liveIncrementsOf(entries));
  const name = ({ event, day, units }: LedgerEntry) => `${event} ${day} ${units.join('/')}`;
  const inOrder = (entries: readonly LedgerEntry[]) =>
    entries.toSorted((a, b) => (name(a) < name(b) ? -1 : 1));
  const kept = async (generation?: number) => inOrder(await Array.fromAsync(store.allEntries(generation)));

  test('counts for the station, its county and the bureau', async () => {
    await store.tally(entriesOfSteps(stepsTo('settled', 1)));
    const counts = {
      received: 1,
      claimedFen: 12_300,
      distributed: 1,
      accepted: 1,
      responded: 1,
      respondedInTime: 1,
      settled: 1,
      handled: 1,
      agreedFen: 10_000,
      provenFen: 2_500,
      ofReceived: 1,
      ofDecided: 1,
      ofAccepted: 1,
      ofHandled: 1,
      ofSolved: 1,
    };
    for (const unit of STATION_A1) {
      expect(await store.countsOfDay(unit, '330200', DAY)).toEqual(counts);
    }
  });

  test('counts each entry once: again, in another order, in part, and twice in one batch', async () => {
    const entries = entriesOfSteps(stepsTo('settled', 1), stepsTo('refused', 2), stepsTo('at-hub', 3));
    await store.tally(entries.slice(0, 5));
    await store.tally(entries.toReversed());
    await store.tally([...entries.slice(2, 7), ...entries.slice(2, 7)]);
    expect(await drift(entries)).toEqual([]);
    expect(await kept()).toEqual(inOrder(entries));
    // And the comparison does see an entry too many.
    expect(await drift(entries.slice(1))).not.toEqual([]);
  });

  test('counts each entry once when overlapping batches arrive at the same moment', async () => {
    const entries = entriesOfSteps(
      ...Array.from({ length: 12 }, (_, draw) => stepsTo(draw % 2 === 0 ? 'settled' : 'refused', draw)),
    );
    const batches = Array.from({ length: 8 }, (_, start) => entries.slice(start * 5, start * 5 + 17));
    const outcomes = await Promise.allSettled(batches.map((batch) => store.tally(batch)));
    // A batch may be given back when too many write at once; its source delivers it again.
    for (const [index, { status }] of outcomes.entries()) {
      if (status === 'rejected') await store.tally(batches[index] as LedgerEntry[]);
    }
    await store.tally(entries);
    expect(await drift(entries)).toEqual([]);
  });

  test('takes a batch with more units and days than fit into one transaction', async () => {
    const paths = [STATION_A1, STATION_A2, STATION_B1];
    const entries = Array.from({ length: 90 }, (_, draw): LedgerEntry => {
      const [entry] = entriesOfSteps([registered(draw)]) as [LedgerEntry];
      const units = paths[draw % 3] as string[];
      const day = `2026-${String((draw % 9) + 1).padStart(2, '0')}-01`;
      const lines = entry.lines.map((line) => ({ ...line, path: units, counted: units }));
      return { ...entry, day, on: day, units, lines };
    });
    await store.tally(entries);
    expect(await drift(entries)).toEqual([]);
    expect(await kept()).toHaveLength(90);
  });

  test('the counts of one day are read by their keys', async () => {
    await store.tally(entriesOfSteps(stepsTo('settled', 1), stepsTo('settled', 2), stepsTo('settled', 3)));
    for (const unit of STATION_A1) {
      expect(await store.countsOfDay(unit, '330200', DAY)).toMatchObject({ received: 3, settled: 3 });
      expect(await store.countsOfDay(unit, '330200', '2026-11-17')).toEqual({});
    }
  });

  test('an empty batch counts nothing', async () => {
    await store.tally([]);
    expect(await store.allCounts()).toEqual([]);
    expect(await kept()).toEqual([]);
  });

  test('sums of the largest amounts stay exact', async () => {
    const entries = Array.from({ length: 20 }, (_, draw) =>
      entriesOfSteps([registered(draw, undefined, { claimedFen: 99_999_999_999 })]),
    ).flat();
    await store.tally(entries);
    expect(await store.countsOfDay('330200', '330200', DAY)).toEqual({
      received: 20,
      claimedFen: 1_999_999_999_980,
      ofReceived: 20,
    });
  });

  test('what is taken back leaves no counter behind', async () => {
    const [one] = entriesOfSteps([registered(1)]) as [LedgerEntry];
    const undone: LedgerEntry = {
      ...one,
      event: one.event.replace(/1$/, '2'),
      version: 2,
      lines: one.lines.map((line) => ({ ...line, weight: -1 as const })),
    };
    await store.tally([one]);
    await store.tally([undone]);
    expect(await store.countsOfDay('330200', '330200', DAY)).toEqual({});
    expect(await store.allCounts()).toEqual([]);
  });

  test('the counts of a day are those of the unit alone, and of what was counted on that day', async () => {
    const [told] = entriesOfSteps(stepsTo('closed', 1)).filter(({ day, on }) => day !== on) as [LedgerEntry];
    await store.tally(entriesOfSteps(stepsTo('distributed', 1)));
    await store.tally([told]);
    const at = (unit: string, day = DAY) => store.countsOfDay(unit, '330200', day);
    expect(await at('33020301')).toMatchObject({ distributed: 1 });
    expect(await at('33020302')).toEqual({});
    // It counts for a day to come: that day's roll-up will have it.
    expect(await at('33020301', told.day)).toEqual({});
    expect(await store.revisions('330200', told.day, told.day)).toEqual([{ day: told.day, entries: 1 }]);
  });

  describe('the ledger of a day', () => {
    test('opens to the entries of a unit and of all below it, and of no neighbour', async () => {
      const entries = entriesOfSteps(stepsTo('settled', 1), stepsTo('at-hub', 2));
      await store.tally(entries);
      const at = async (units: readonly string[], day = DAY) =>
        (await Array.fromAsync(store.entries(day, units))).length;
      expect(await at(['330200'])).toBe(entries.length);
      expect(await at(STATION_A1)).toBe(3);
      expect(await at(STATION_A1.slice(0, 2))).toBe(3);
      expect(await at(STATION_A2)).toBe(0);
      expect(await at(['330200'], '2026-11-17')).toBe(0);
    });

    test('has a revision that grows with each entry, also with one that moves no counter', async () => {
      const entries = entriesOfSteps(stepsTo('settled', 1), stepsTo('refused', 12));
      await store.tally(entries);
      await store.tally(entries);
      expect(await store.revisions('330200', '2026-11-01', '2026-11-30')).toEqual([
        { day: DAY, entries: entries.filter(({ day }) => day === DAY).length },
        ...(entries.some(({ day }) => day > DAY) ? [expect.anything()] : []),
      ]);
    });
  });

  test('roll-ups are kept by unit and period, days apart from months', async () => {
    const rollUps = rollUpDay(DAY, entriesOfSteps(stepsTo('settled', 1)));
    const month = { ...(rollUps[0] as (typeof rollUps)[number]), unit: '330200', period: '2026-11' };
    await store.putRollUps([...rollUps, month]);
    await store.markRolled('330200', { day: DAY, entries: 5, units: ['330200', 'area:A101'] });
    const of = async (unit: string, from: string, to: string) => store.rollUps(unit, from, to);
    expect(await of('330200', '2026-11-01', '2026-11-30')).toEqual(
      rollUps.filter(({ unit }) => unit === '330200'),
    );
    expect(await of('area:A101', DAY, DAY)).toHaveLength(1);
    expect(await of('330200', '2026-01', '2026-12')).toEqual([month]);
    expect(await of('330200', '2026-11-17', '2026-11-30')).toEqual([]);
    expect(await store.rollUpsOf('330200', ['2026-10', '2026-11'])).toEqual([{ ...month, by: {} }]);
    expect(await store.rollUpsOf('330200', ['2026-11', DAY], 'with-cuts')).toEqual([
      month,
      ...rollUps.filter(({ unit }) => unit === '330200'),
    ]);
    expect(await store.rolledUp('330200', '2026-11-01', '2026-11-30')).toEqual([
      { day: DAY, entries: 5, units: ['330200', 'area:A101'] },
    ]);
  });

  describe('a new generation', () => {
    const entries = entriesOfSteps(stepsTo('settled', 1), stepsTo('refused', 2));

    test('is built beside the live one, takes what comes in meanwhile, and replaces it', async () => {
      await store.tally(entries.slice(0, 4));
      expect(await store.generations()).toEqual({ live: 1 });
      const building = await store.beginGeneration();
      expect(await store.beginGeneration()).toBe(building);
      // What comes in is counted in both, what came in before by the rebuild, in whatever order.
      await store.tally(entries.slice(3));
      await store.tally(entries.toReversed());
      expect(await drift(entries)).toEqual([]);
      expect(await drift(entries, building)).toEqual([]);
      await store.goLive(building);
      expect(await store.generations()).toEqual({ live: building });
      expect(await drift(entries)).toEqual([]);
      await store.dropGeneration(1);
      expect(await kept(1)).toEqual([]);
      expect(await drift(entries)).toEqual([]);
    });

    test('that is live or being built cannot be dropped', async () => {
      const building = await store.beginGeneration();
      await expect(store.dropGeneration(1)).rejects.toThrow(RangeError);
      await expect(store.dropGeneration(building)).rejects.toThrow(RangeError);
    });
  });
}
