import { describe, expect, test } from 'vitest';
import { statisticsAnswer, unitList } from '../../events/answers.ts';
import { statisticsQuery } from '../../events/statistics-query.ts';
import { rollUp } from '../../functions/roll-up-statistics/roll-up.ts';
import { listUnits, report } from '../../functions/statistics-api/report.ts';
import { COUNTERS } from '../../shared/statistics/counters.ts';
import { allEntriesOf } from '../../shared/statistics/ledger.ts';
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
    await statistics.tally(allEntriesOf(stepsTo(state, draw, at).map(({ event }) => event)));
  }
  const clock = () => new Date(now);
  await rollUp(
    { everything: true },
    {
      statistics,
      registry: registryOf(),
      bureau: '330200',
      now: clock,
      hasTime: () => true,
    },
  );
  return { statistics, registry: registryOf(), now: clock };
}
const nonZero = (counts: Record<string, number | null>) =>
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
      responded: 4,
      respondedInTime: 4,
      accepted: 3,
      refused: 1,
      settled: 1,
      terminated: 1,
      handled: 2,
      ofReceived: 4,
      ofDecided: 4,
      ofAccepted: 3,
      ofHandled: 2,
      ofSolved: 1,
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
    const divided = Object.fromEntries(
      indicators.map(({ id, numerator, denominator }) => [id, [numerator, denominator]]),
    );
    expect(divided).toMatchObject({
      acceptanceRate: [3, 4],
      decisionRate: [4, 4],
      handlingRate: [2, 3],
      resolutionRate: [1, 3],
      mediationSuccessRate: [1, 2],
    });
  });

  test('a station’s figures are rounded, without single days and without anything of reports', async () => {
    const body = await ask({ unit: '33020301', month: '2026-11' });
    expect(body).toMatchObject({ roundedTo: 5, days: [], unit: { name: '南门市场监督管理所' } });
    expect(body.cases).toMatchObject({ received: 5, settled: 0 });
    // One settlement is behind the sum: it would be that one's.
    expect(body.money).toMatchObject({ agreedFen: null, claimedFen: null });
    expect(JSON.stringify(body)).not.toMatch(/eports|filed|fineFen/);
  });

  test('below the bureau only whole months are open: days that overlap would tell a day', async () => {
    const problem = await problemOf(() => ask({ unit: '33020301', from: '2026-11-01', to: '2026-11-29' }));
    expect([problem.code, problem.errors[0]?.field]).toEqual(['bad-request', 'from']);
    expect((await ask({ unit: '33020301', from: '2026-11-01', to: '2026-11-30' })).roundedTo).toBe(5);
  });

  test('the days of a period are both included', async () => {
    expect((await ask({ from: '2026-11-16', to: '2026-11-30' })).cases['received']).toBe(3);
    expect((await ask({ from: '2026-11-17', to: '2026-11-29' })).cases['received']).toBe(0);
    expect((await ask({ from: '2026-11-16', to: '2026-11-16' })).cases['received']).toBe(2);
  });

  test('an empty month shows zeros and no rates', async () => {
    const body = await ask({ month: '2026-02' });
    expect([nonZero(body.cases), nonZero(body.money)]).toEqual([{}, {}]);
    expect(new Set(body.indicators.map(({ rate }) => rate))).toEqual(new Set([null]));
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
