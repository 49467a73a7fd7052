import { describe, expect, test } from 'vitest';
import { statisticsAnswer, unitList } from '../../events/answers.ts';
import { statisticsQuery } from '../../events/statistics-query.ts';
import { listUnits, report } from '../../functions/statistics-api/report.ts';
import { COUNTERS } from '../../shared/statistics/counters.ts';
import { createMemoryStatisticsStore } from '../../shared/store/memory-statistics-store.ts';
import { bodyOf, problemOf, registryOf, stepsTo } from './support.ts';

async function office(now = '2026-11-30T15:59:59.000Z') {
  const statistics = createMemoryStatisticsStore();
  for (const [draw, state, at] of [
    [1, 'settled', '2026-11-16T02:00:00.000Z'],
    [2, 'refused', '2026-11-16T02:00:00.000Z'],
    [3, 'terminated', '2026-11-30T15:59:59.000Z'],
    // 23:59 in UTC on 10-31 is November in Shanghai; a minute into December there is not.
    [4, 'accepted', '2026-10-31T16:00:00.000Z'],
    [5, 'settled', '2026-11-30T16:00:00.000Z'],
  ] as const) {
    await statistics.tally(stepsTo(state, draw, at).map(({ event }) => event));
  }
  return { statistics, registry: registryOf(), now: () => new Date(now) };
}
const nonZero = (counts: Record<string, number>) =>
  Object.fromEntries(Object.entries(counts).filter(([, value]) => value !== 0));
const ask = async (query: object, now?: string) =>
  statisticsAnswer.parse(await bodyOf(report(statisticsQuery.parse(query), await office(now))));

describe('the report', () => {
  test('is of the bureau and the present month in Shanghai unless asked otherwise', async () => {
    const body = await ask({});
    expect(body).toMatchObject({ unit: { code: '330200', kind: 'city' }, from: '2026-11-01' });
    expect(nonZero(body.cases)).toEqual({
      received: 4,
      distributed: 4,
      accepted: 3,
      refused: 1,
      settled: 1,
      terminated: 1,
    });
    expect(nonZero(body.money)).toEqual({ claimedFen: 4 * 12_300, agreedFen: 10_000, provenFen: 2_500 });
    // Every counter is shown, also the ones at nothing.
    expect(Object.keys({ ...body.cases, ...body.money }).sort()).toEqual([...COUNTERS].sort());
    expect(body.days.map(({ day }) => day)).toEqual(['2026-11-01', '2026-11-16', '2026-11-30']);
  });

  test('turns to the new month at midnight in Shanghai', async () => {
    expect((await ask({}, '2026-11-30T16:00:00.000Z')).cases['settled']).toBe(1);
    expect((await ask({}, '2026-11-30T16:00:00.000Z')).from).toBe('2026-12-01');
  });

  test('the indicators divide the figures that stand beside them', async () => {
    const { indicators } = await ask({});
    expect(indicators.map(({ id, numerator, denominator }) => [id, numerator, denominator])).toEqual([
      ['acceptanceRate', 3, 4],
      ['handlingRate', 2, 3],
      ['resolutionRate', 1, 3],
      ['mediationSuccessRate', 1, 2],
    ]);
  });

  test('a station’s figures do not hold what was only received at the hub', async () => {
    const body = await ask({ unit: '33020301', month: '2026-11' });
    expect(body.cases).toMatchObject({ received: 0, distributed: 4, settled: 1 });
    expect(body.unit.name).toBe('南门市场监督管理所');
  });

  test('the days of a period are both included', async () => {
    expect((await ask({ from: '2026-11-16', to: '2026-11-30' })).cases['received']).toBe(3);
    expect((await ask({ from: '2026-11-17', to: '2026-11-29' })).cases['received']).toBe(0);
    expect((await ask({ from: '2026-11-16', to: '2026-11-16' })).cases['received']).toBe(2);
  });

  test('an empty month shows zeros and no rates', async () => {
    const body = await ask({ month: '2026-02' });
    expect([nonZero(body.cases), nonZero(body.money)]).toEqual([{}, {}]);
    expect(body.indicators.map(({ rate }) => rate)).toEqual([null, null, null, null]);
    expect(body.days).toEqual([]);
  });

  test('a unit that is not in the register is not found', async () => {
    const problem = await problemOf(() => ask({ unit: '999999' }));
    expect([problem.code, problem.errors[0]?.field]).toEqual(['not-found', 'unit']);
  });
});

test('the list of units shows no address and no phone, and who belongs to whom', async () => {
  const body = unitList.parse(JSON.parse(JSON.stringify(await bodyOf(listUnits(await office())))));
  expect(body.bureau).toBe('330200');
  expect(body.units).toHaveLength(9);
  expect(body.units.find(({ code }) => code === '33020301')).toMatchObject({
    kind: 'station',
    parent: '330203',
  });
});
