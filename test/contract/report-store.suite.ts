import { beforeEach, expect, test } from 'vitest';
import { composing, newOrder, ready } from '../../shared/reports/order.ts';
import type { ReportStore } from '../../shared/store/report-store.ts';
import { sourceOf } from '../unit/report-year.ts';

/** What every store of reports must do. */
export function reportStoreSuite(create: () => Promise<ReportStore>): void {
  let store: ReportStore;
  beforeEach(async () => {
    store = await create();
  });
  const orderAt = (at: string, chance = '00000001', unit = '330200') =>
    newOrder(
      {
        kind: 'monthly',
        unit,
        period: '2026-10',
        language: 'zh',
        formats: ['pdf', 'docx'],
        sealed: true,
        askedBy: 'manager-1',
      },
      at,
      chance,
    );

  test('orders come back, the latest first, of one unit only', async () => {
    const [old, young] = [orderAt('2026-11-01T01:00:00.000Z'), orderAt('2026-11-03T01:00:00.000Z')];
    for (const order of [young, old, orderAt('2026-11-02T01:00:00.000Z', '00000002', '330203')]) {
      expect(await store.save(order)).toBe('saved');
    }
    expect(await store.order(old.id)).toEqual(old);
    expect(await store.order('330200-20200101000000-00000000')).toBeUndefined();
    expect((await store.orders('330200', 9)).map(({ id }) => id)).toEqual([young.id, old.id]);
    expect(await store.orders('330200', 1)).toEqual([young]);
  });

  test('an order is kept on the version before it', async () => {
    const order = orderAt('2026-11-01T01:00:00.000Z');
    await store.save(order);
    expect(await store.save(order)).toBe('conflict');
    const moved = composing(order, 1, 4)!;
    const outcomes = await Promise.all([store.save(moved), store.save(moved)]);
    expect(outcomes.toSorted()).toEqual(['conflict', 'saved']);
    expect(await store.save(ready(moved, '2026-11-01T01:00:05.000Z')!)).toBe('saved');
    expect(await store.order(order.id)).toMatchObject({ state: 'ready', progress: { done: 4, of: 4 } });
  });

  test('figures are kept once: whoever comes second gets those of the first', async () => {
    const { id } = orderAt('2026-11-01T01:00:00.000Z');
    const source = await sourceOf();
    expect(await store.source(id)).toBeUndefined();
    expect(await store.keepSource(id, source)).toEqual(source);
    const other = { ...source, now: { ...source.now, counts: { received: 1 } } };
    expect(await store.keepSource(id, other)).toEqual(source);
    expect(await store.source(id)).toEqual(source);
  });

  test('the latest publication of a kind and period is found; a second note changes nothing', async () => {
    const [first, second] = [orderAt('2026-11-01T01:00:00.000Z'), orderAt('2026-12-01T01:00:00.000Z')];
    expect(await store.publication(first)).toBeUndefined();
    await store.notePublication(first, '2026-11-01T20:00:00.000Z');
    await store.notePublication(first, '2026-11-09T02:00:00.000Z');
    expect(await store.publication(first)).toEqual({ id: first.id, on: '2026-11-02' });
    await store.notePublication(second, '2026-12-02T02:00:00.000Z');
    expect(await store.publication(first)).toEqual({ id: second.id, on: '2026-12-02' });
    expect(await store.publication({ ...first, period: '2026-1' })).toBeUndefined();
    expect(await store.publication({ ...first, kind: 'public' })).toBeUndefined();
  });
}
