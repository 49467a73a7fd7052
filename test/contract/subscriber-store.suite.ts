import { beforeEach, expect, test } from 'vitest';
import type { SubscriberStore } from '../../shared/store/subscriber-store.ts';
import { MONDAY } from '../unit/support.ts';

/** What every store of subscribers must do. */
export function subscriberStoreSuite(create: () => Promise<SubscriberStore>): void {
  let store: SubscriberStore;
  beforeEach(async () => {
    store = await create();
  });
  const phone = (n: number) => `+861380000000${n}`;
  const subscriber = (n: number) => ({ id: `id-${n}`, phone: phone(n), agreedAt: MONDAY });

  test('a phone subscribes once, however it is written, and is forgotten when it stops', async () => {
    expect(await store.subscribe(subscriber(1))).toBe('subscribed');
    expect(await store.subscribe({ ...subscriber(2), phone: '138 0000 0001' })).toBe('already');
    expect((await store.subscribers(10)).items).toEqual([subscriber(1)]);
    expect(await store.unsubscribe('13800000001')).toBe('unsubscribed');
    expect(await store.unsubscribe('13800000001')).toBe('none');
    expect(await store.subscribers(10)).toEqual({ items: [], next: undefined });
    expect(await store.subscribe(subscriber(3))).toBe('subscribed');
  });

  test('subscribers come page by page, each once', async () => {
    for (let n = 0; n < 5; n += 1) await store.subscribe(subscriber(n));
    const seen: string[] = [];
    let after: string | undefined;
    do {
      const page = await store.subscribers(2, after);
      seen.push(...page.items.map(({ id }) => id));
      after = page.next;
    } while (after !== undefined);
    expect(seen).toEqual(['id-0', 'id-1', 'id-2', 'id-3', 'id-4']);
  });
}
