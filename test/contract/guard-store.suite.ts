import { beforeEach, expect, test } from 'vitest';
import type { GuardStore } from '../../shared/store/guard-store.ts';

const window = (key: string) => ({ key, endsAt: '2026-11-16T02:10:00.000Z' });

/** What every store of the guard must do. */
export function guardStoreSuite(create: () => Promise<GuardStore>): void {
  let store: GuardStore;
  beforeEach(async () => {
    store = await create();
  });

  test('a window takes as many as it holds, also when they come at once, and no other window suffers', async () => {
    const asked = await Promise.all(Array.from({ length: 8 }, () => store.count(window('a'), 5)));
    expect(asked.filter(Boolean)).toHaveLength(5);
    expect(await store.count(window('a'), 5)).toBe(false);
    expect(await store.count(window('b'), 5)).toBe(true);
  });

  test('of two codes for one phone the later counts', async () => {
    expect(await store.code('phone')).toBeUndefined();
    await store.keepCode('phone', { hash: 'one', endsAt: '2026-11-16T02:10:00.000Z' });
    await store.keepCode('phone', { hash: 'two', endsAt: '2026-11-16T02:11:00.000Z' });
    expect(await store.code('phone')).toEqual({ hash: 'two', endsAt: '2026-11-16T02:11:00.000Z' });
  });
}
