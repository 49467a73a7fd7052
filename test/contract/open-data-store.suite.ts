import { beforeEach, expect, test } from 'vitest';
import { makeCaseNumber } from '../../shared/case/case-number.ts';
import type { Release } from '../../shared/open-data/release.ts';
import type { OpenRow } from '../../shared/open-data/row.ts';
import type { OpenDataStore } from '../../shared/store/open-data-store.ts';

const NOW = '2026-11-22T04:00:00.000Z';

const row = (day: string, draw: number, more: Partial<OpenRow> = {}): OpenRow => ({
  number: makeCaseNumber(day, draw),
  business: '91330200000000011X',
  county: '330203',
  subject: '食品类',
  problem: null,
  received: day.slice(0, 7),
  published: '2026-11',
  outcome: 'settled',
  agreedFen: 12_300,
  provenFen: 0,
  days: '8-15',
  ...more,
});

/** What every store of open data must do. */
export function openDataStoreSuite(create: () => Promise<OpenDataStore>): void {
  let store: OpenDataStore;
  beforeEach(async () => {
    store = await create();
  });
  const staged = async (from: string, to: string) =>
    (await Array.fromAsync(store.staged(from, to))).map(({ number }) => number).toSorted();
  const stage = (one: OpenRow, version = 1) => store.stage({ number: one.number, version, row: one }, NOW);

  test('what is staged is found by the months of receipt, whole', async () => {
    const [first, second, third] = [row('2026-09-30', 1), row('2026-10-01', 2), row('2026-12-01', 3)];
    for (const one of [first, second, third]) await stage(one);
    expect(await staged('2026-09', '2026-10')).toEqual([first.number, second.number]);
    expect(await Array.fromAsync(store.staged('2026-12', '2026-12'))).toEqual([third]);
    expect(await staged('2027-01', '2027-02')).toEqual([]);
  });

  test('an older version never replaces a newer one, whether it shows something or not', async () => {
    const one = row('2026-10-01', 1);
    await stage(one, 3);
    await stage({ ...one, agreedFen: 1 }, 2);
    await stage(one, 3);
    expect(await Array.fromAsync(store.staged('2026-10', '2026-10'))).toEqual([one]);
    await store.stage({ number: one.number, version: 4, row: undefined }, NOW);
    await stage(one, 3);
    expect(await staged('2026-10', '2026-10')).toEqual([]);
    await stage(one, 5);
    expect(await staged('2026-10', '2026-10')).toEqual([one.number]);
  });

  const release = (month: string, groups = 1): Release => ({
    month,
    madeOn: `${month}-01`,
    changedOn: `${month}-01`,
    groups: Array.from({ length: groups }, (_, at) => ({
      id: `${month}-${at}`,
      ...(at === 1 ? { gone: true as const } : {}),
      members: [0, 1, 2].map((nth) => makeCaseNumber('2026-10-01', at * 3 + nth)),
      shown: {
        business: null,
        county: '330203',
        received: '2026-Q4',
        subject: null,
        problem: '质量',
        outcome: null,
        days: null,
        agreedFen: null,
      },
      sums: { settled: 1, agreedFen: 5, provenFen: 0, largestAgreedFen: 5, largestProvenFen: 0 },
    })),
  });

  test('releases come back whole and in order, also large ones, and are replaced and removed', async () => {
    const [october, november] = [release('2026-10', 20_000), release('2026-11', 3)];
    await store.putRelease(november);
    await store.putRelease(october);
    await store.putDocument('rows/2026-10', []);
    expect(await store.releases()).toEqual([october, november]);
    const smaller = release('2026-10');
    await store.putRelease(smaller);
    expect(await store.releases()).toEqual([smaller, november]);
    await store.removeRelease('2026-10');
    expect(await store.releases()).toEqual([november]);
    expect(await store.document('rows/2026-10')).toBeUndefined();
  });

  test('documents are found by their names, and hold what was put last', async () => {
    expect(await store.document('businesses')).toBeUndefined();
    await store.putDocument('businesses', []);
    const overview = {
      checkedOn: '2026-11-22',
      bureau: { code: '330200', name: '宁波市' },
      days: 730,
      releases: [],
      figures: null,
      businesses: 0,
    };
    await store.putDocument('overview', overview);
    await store.putDocument('overview', { ...overview, businesses: 2 });
    expect(await store.document('overview')).toEqual({ ...overview, businesses: 2 });
    expect(await store.document('businesses')).toEqual([]);
  });

  test('an answer is kept on the version before it; strangers read what was shown, and nothing that waits', async () => {
    const creditCode = '91330200000000011X';
    const entered = { text: '已整改', by: 'officer-1', at: NOW };
    const first = { creditCode, year: '2026', version: 1, waiting: entered };
    expect(await store.saveAnswer(first)).toBe('saved');
    expect(await store.saveAnswer(first)).toBe('conflict');
    expect(await store.answer(creditCode, '2026')).toEqual(first);
    expect(await store.answers()).toEqual([first]);
    expect(await store.shownAnswers(creditCode)).toEqual([]);

    const shown = { creditCode, year: '2026', version: 2, shown: { ...entered, by: 'head-1' } };
    expect(await store.saveAnswer(shown)).toBe('saved');
    expect(await store.answer(creditCode, '2026')).toEqual(shown);
    expect(await store.shownAnswers(creditCode)).toEqual([{ year: '2026', text: '已整改', at: NOW }]);
    expect(await store.shownAnswers('913302000000000020')).toEqual([]);
  });
}
