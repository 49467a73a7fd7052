import { beforeEach, describe, expect, test } from 'vitest';
import type { CaseEvent } from '../../shared/case/case.ts';
import { fold, incrementsOf } from '../../shared/statistics/counters.ts';
import { driftBetween } from '../../shared/statistics/drift.ts';
import { type StatisticsStore, TALLY_BATCH } from '../../shared/store/statistics-store.ts';
import { registered, STATION_A1, STATION_A2, STATION_B1, stepsTo } from '../unit/support.ts';

const eventsOf = (...steps: ReturnType<typeof stepsTo>[]): CaseEvent[] =>
  steps.flat().map(({ event }) => event);

/** What every store of statistics must do. */
export function statisticsStoreSuite(create: () => Promise<StatisticsStore>): void {
  let store: StatisticsStore;
  beforeEach(async () => {
    store = await create();
  });
  const drift = async (events: readonly CaseEvent[]) =>
    driftBetween(await store.allCounts(), fold(events.flatMap(incrementsOf)));

  test('counts for the station, its county and the bureau', async () => {
    await store.tally(eventsOf(stepsTo('settled', 1)));
    const day = '2026-11-16';
    expect(await store.counts('330200', day, day)).toEqual([
      {
        unit: '330200',
        day,
        counts: {
          received: 1,
          distributed: 1,
          accepted: 1,
          settled: 1,
          claimedFen: 12_300,
          agreedFen: 10_000,
          provenFen: 2_500,
        },
      },
    ]);
    for (const unit of STATION_A1.slice(1)) {
      expect((await store.counts(unit, day, day))[0]?.counts).toEqual({
        distributed: 1,
        accepted: 1,
        settled: 1,
        agreedFen: 10_000,
        provenFen: 2_500,
      });
    }
  });

  test('counts each event once: again, in another order, in part, and twice in one batch', async () => {
    const events = eventsOf(stepsTo('settled', 1), stepsTo('refused', 2), stepsTo('at-hub', 3));
    await store.tally(events.slice(0, 5));
    await store.tally(events.toReversed());
    await store.tally([...events.slice(2, 7), ...events.slice(2, 7)]);
    expect(await drift(events)).toEqual([]);
    expect(await store.talliedIds()).toEqual(new Set(events.map(({ id }) => id)));
    // And the comparison does see an event too many.
    expect(await drift(events.slice(1))).not.toEqual([]);
  });

  test('counts each event once when overlapping batches arrive at the same moment', async () => {
    const events = eventsOf(
      ...Array.from({ length: 12 }, (_, draw) => stepsTo(draw % 2 === 0 ? 'settled' : 'refused', draw)),
    );
    const batches = Array.from({ length: 8 }, (_, start) => events.slice(start * 4, start * 4 + 14));
    const outcomes = await Promise.allSettled(batches.map((batch) => store.tally(batch)));
    // A batch may be given back when too many write at once; its source delivers it again.
    for (const [index, { status }] of outcomes.entries()) {
      if (status === 'rejected') await store.tally(batches[index] as CaseEvent[]);
    }
    expect(await drift(events)).toEqual([]);
  });

  test('takes the largest batch with as many units and days as there can be', async () => {
    const paths = [STATION_A1, STATION_A2, STATION_B1];
    const events = Array.from({ length: TALLY_BATCH }, (_, draw): CaseEvent => {
      const [, distributed] = stepsTo(
        'distributed',
        draw,
        `2026-10-${String(draw + 1).padStart(2, '0')}T02:00:00.000Z`,
      );
      return { ...(distributed?.event as CaseEvent), unitPath: paths[draw % 3] as string[] };
    });
    await store.tally(events);
    expect(await drift(events)).toEqual([]);
    expect(await store.allCounts()).toHaveLength(3 * TALLY_BATCH);
  });

  test('an empty batch counts nothing', async () => {
    await store.tally([]);
    expect(await store.allCounts()).toEqual([]);
    expect(await store.talliedIds()).toEqual(new Set());
  });

  test('sums of the largest amounts stay exact', async () => {
    const events = Array.from(
      { length: 20 },
      (_, draw) => registered(draw, undefined, { claimedFen: 99_999_999_999 }).event,
    );
    await store.tally(events);
    expect((await store.counts('330200', '2026-11-16', '2026-11-16'))[0]?.counts).toEqual({
      received: 20,
      claimedFen: 1_999_999_999_980,
    });
  });

  describe('the counts of a period', () => {
    beforeEach(async () => {
      for (const [draw, day] of ['2026-10-31', '2026-11-01', '2026-11-30', '2026-12-01'].entries()) {
        await store.tally(eventsOf(stepsTo('distributed', draw, `${day}T02:00:00.000Z`)));
      }
    });

    test('hold both its days, in order', async () => {
      const days = async (from: string, to: string) =>
        (await store.counts('330200', from, to)).map(({ day }) => day);
      expect(await days('2026-11-01', '2026-11-30')).toEqual(['2026-11-01', '2026-11-30']);
      expect(await days('2026-11-01', '2026-11-31')).toEqual(['2026-11-01', '2026-11-30']);
      expect(await days('2026-11-02', '2026-11-29')).toEqual([]);
      expect(await days('2000-01-01', '2099-12-31')).toHaveLength(4);
      expect(await days('2026-12-01', '2026-12-01')).toEqual(['2026-12-01']);
    });

    test('are those of the unit alone', async () => {
      expect((await store.counts('33020301', '2026-11-01', '2026-11-30'))[0]?.counts).toEqual({
        distributed: 1,
      });
      expect(await store.counts('33020302', '2000-01-01', '2099-12-31')).toEqual([]);
      expect(await store.counts('3302', '2000-01-01', '2099-12-31')).toEqual([]);
    });
  });
}
