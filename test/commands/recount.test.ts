import { beforeEach, describe, expect, test } from 'vitest';
import { describeRecount } from '../../infra/commands/recount/describe.ts';
import { allEntriesOf, type LedgerEntry } from '../../shared/statistics/ledger.ts';
import { type RollUp, rollUpDay } from '../../shared/statistics/roll-up.ts';
import type { CaseStore } from '../../shared/store/case-store.ts';
import { createMemoryCaseStore } from '../../shared/store/memory-case-store.ts';
import { createMemoryStatisticsStore } from '../../shared/store/memory-statistics-store.ts';
import { isClean, recount } from '../../shared/store/recount.ts';
import type { StatisticsStore } from '../../shared/store/statistics-store.ts';
import { keep, stepsTo } from '../unit/support.ts';

const QUICKLY = { waitMs: 40, pauseMs: 5 };

let cases: CaseStore;
let statistics: StatisticsStore;
let entries: LedgerEntry[];

beforeEach(async () => {
  cases = createMemoryCaseStore();
  statistics = createMemoryStatisticsStore();
  entries = [];
  for (let draw = 0; draw < 30; draw += 1) await settledCase(draw);
});

/** Four events (registered, distributed, accepted, settled) write five entries: handed out, it leaves the hub’s cohort. */
async function settledCase(draw: number): Promise<void> {
  const steps = stepsTo('settled', draw, '2026-11-20T02:00:00.000Z');
  await keep(cases, steps);
  entries.push(...allEntriesOf(steps.map(({ event }) => event)));
}

/** A statistics store whose counters lie. */
function lying(lie: (counts: Record<string, number>) => Record<string, number>): StatisticsStore {
  return {
    ...statistics,
    allCounts: async () =>
      (await statistics.allCounts()).map((line) =>
        line.unit === '33020301' ? { ...line, counts: lie(line.counts as Record<string, number>) } : line,
      ),
  };
}

describe('recount', () => {
  test('finds nothing when every event was counted, in whatever order and however often', async () => {
    await statistics.tally(entries.toReversed());
    await statistics.tally(entries);
    const found = await recount(cases, statistics, QUICKLY);
    expect(found).toMatchObject({
      events: 120,
      drift: [],
      untallied: [],
      unknown: [],
      different: [],
      rollUps: [],
      moving: [],
    });
    expect(isClean(found)).toBe(true);
    expect(describeRecount(found).join()).toContain('120 event(s) recounted, no difference');
  });

  test('names unit, day, counter, stored and recounted of every difference', async () => {
    await statistics.tally(entries);
    const found = await recount(
      cases,
      lying((counts) => ({ ...counts, settled: 31, agreedFen: 1 })),
      QUICKLY,
    );
    expect(found.drift).toEqual([
      { unit: '33020301', day: '2026-11-20', counter: 'settled', stored: 31, recounted: 30 },
      { unit: '33020301', day: '2026-11-20', counter: 'agreedFen', stored: 1, recounted: 300_000 },
    ]);
    expect(isClean(found)).toBe(false);
    expect(describeRecount(found)[0]).toContain('33020301 day 2026-11-20 settled stored 31 recounted 30');
  });

  test('does not take for a difference what only the first look saw', async () => {
    await statistics.tally(entries);
    let looks = 0;
    const halfWay = lying((counts) => (++looks === 1 ? { ...counts, settled: 29 } : counts));
    // Time for a second look, however slow the machine is.
    expect(isClean(await recount(cases, halfWay, { ...QUICKLY, waitMs: 20_000 }))).toBe(true);
  });

  test('waits for events that are only late', async () => {
    await statistics.tally(entries.slice(0, 130));
    setTimeout(() => void statistics.tally(entries.slice(130)), 15);
    const waiting: number[] = [];
    const found = await recount(cases, statistics, {
      waitMs: 2_000,
      pauseMs: 5,
      onWaiting: (count) => waiting.push(count),
    });
    expect(isClean(found)).toBe(true);
    expect(waiting).toEqual([20]);
  });

  test('tells events that are not counted from counters that are wrong', async () => {
    await statistics.tally(entries.slice(0, 148));
    const found = await recount(cases, statistics, QUICKLY);
    expect(found.drift).toEqual([]);
    expect(found.untallied).toEqual(
      entries.slice(148).map(({ event, day, units }) => `${event} ${day} ${units.join('/')}`),
    );
    expect(isClean(found)).toBe(false);
  });

  test('does not wait for what came in after the first look', async () => {
    const late = entries.slice(149);
    await statistics.tally(entries.slice(0, 149));
    let readings = 0;
    const busy: StatisticsStore = {
      ...statistics,
      async *allEntries() {
        // At the second look the late entry is there, and new ones are not yet.
        readings += 1;
        if (readings === 2) {
          await statistics.tally(late);
          await settledCase(100);
        }
        yield* statistics.allEntries();
      },
    };
    const found = await recount(cases, busy, { waitMs: 2_000, pauseMs: 5 });
    expect(found).toMatchObject({ events: 124, untallied: [], drift: [] });
    expect(isClean(found)).toBe(true);
  });

  test('says which counters never stood still, instead of guessing', async () => {
    await statistics.tally(entries.slice(0, 10));
    let next = 10;
    const counting: StatisticsStore = {
      ...statistics,
      async *allEntries() {
        yield* statistics.allEntries();
        await statistics.tally(entries.slice(next, (next += 1)));
      },
    };
    const found = await recount(cases, counting, { waitMs: 0 });
    expect(found).toMatchObject({ drift: [], moving: expect.arrayContaining(['330200 2026-11-20']) });
    expect(isClean(found)).toBe(false);
  });

  test('a standstill in one look is enough to compare a line', async () => {
    await statistics.tally(entries.slice(0, 149));
    let readings = 0;
    const counting: StatisticsStore = {
      ...statistics,
      async *allEntries() {
        yield* statistics.allEntries();
        readings += 1;
        if (readings === 1) await statistics.tally(entries.slice(149));
      },
    };
    expect(isClean(await recount(cases, counting, { waitMs: 2_000, pauseMs: 5 }))).toBe(true);
    expect(readings).toBe(2);
  });

  test('compares a line again after a late event was added to it', async () => {
    await statistics.tally(entries.slice(0, 149));
    setTimeout(() => void statistics.tally(entries.slice(149)), 15);
    // The counters lie from the moment on that the late event (a settlement) is counted.
    const store = lying((counts) => (counts.settled === 30 ? { ...counts, settled: 31 } : counts));
    const found = await recount(cases, store, { waitMs: 2_000, pauseMs: 5 });
    expect(found.drift).toMatchObject([{ unit: '33020301', counter: 'settled', stored: 31, recounted: 30 }]);
  });

  test('names what was counted although the history does not have it', async () => {
    await statistics.tally(entries);
    const [first] = entries as [LedgerEntry];
    await statistics.tally([{ ...first, event: '261120-999999-9.1' }]);
    const found = await recount(cases, statistics, QUICKLY);
    expect(found.unknown).toEqual(['261120-999999-9.1 2026-11-20 330200']);
    expect(found.drift.map(({ counter, stored, recounted }) => [counter, stored, recounted])).toContainEqual([
      'received',
      31,
      30,
    ]);
  });

  test('names entries that say something else than the history', async () => {
    await statistics.tally(entries);
    const changed: StatisticsStore = {
      ...statistics,
      async *allEntries() {
        for await (const entry of statistics.allEntries()) {
          const isFirst = entry.event === entries[0]?.event;
          yield isFirst ? { ...entry, at: '2026-11-20T03:00:00.000Z' } : entry;
        }
      },
    };
    const found = await recount(cases, changed, QUICKLY);
    expect(found.different).toEqual([`${entries[0]?.event} 2026-11-20 330200`]);
    expect(describeRecount(found).join()).toContain('台账与历史不符');
    expect(isClean(found)).toBe(false);
  });

  test('names roll-ups that are not what their ledger adds up to; one that is only old is none', async () => {
    await statistics.tally(entries);
    const [city] = rollUpDay('2026-11-20', entries).filter(({ unit }) => unit === '330200') as [RollUp];
    const made = entries.filter(({ day }) => day === '2026-11-20').length;
    const marked = { day: '2026-11-20', entries: made, units: ['330200'] };
    await statistics.putRollUps([city]);
    await statistics.markRolled('330200', marked);
    expect((await recount(cases, statistics, QUICKLY)).rollUps).toEqual([]);

    await statistics.putRollUps([{ ...city, totals: { ...city.totals, settled: 31 } }]);
    const found = await recount(cases, statistics, QUICKLY);
    expect(found.rollUps).toEqual(['330200 2026-11-20']);
    expect(isClean(found)).toBe(false);

    await statistics.markRolled('330200', { ...marked, entries: made - 1 });
    expect((await recount(cases, statistics, QUICKLY)).rollUps).toEqual([]);
  });

  test('repair counts what was not counted, once', async () => {
    await statistics.tally(entries.slice(0, 50));
    const found = await recount(cases, statistics, { ...QUICKLY, waitMs: 2_000, repair: true });
    expect(found).toMatchObject({ repaired: 100, untallied: [], drift: [] });
    expect(isClean(await recount(cases, statistics, QUICKLY))).toBe(true);
  });
});
