import { beforeEach, expect, test } from 'vitest';
import type { Contact, ContactStore } from '../../shared/store/contact-store.ts';

const contact = (minute: number, more: Partial<Contact> = {}): Contact => ({
  id: `aws/m-${minute}`,
  channel: 'sms',
  at: `2026-11-16T02:${String(minute).padStart(2, '0')}:00.000Z`,
  reason: 'everyday',
  from: '13800000001',
  text: '今晚回家吃饭吗',
  ...more,
});

/** What every store of contacts must do. */
export function contactStoreSuite(create: () => Promise<ContactStore>): void {
  let store: ContactStore;
  beforeEach(async () => {
    store = await create();
  });

  test('a contact delivered three times, out of order, is kept once; the newest comes first', async () => {
    for (const minute of [2, 1, 2, 1, 2]) await store.keep(contact(minute));
    expect((await store.ofDay('2026-11-16', 10)).items).toEqual([contact(2), contact(1)]);
  });

  test('two contacts of the same moment are both kept', async () => {
    await store.keep(contact(1));
    await store.keep(contact(1, { id: 'aws/other' }));
    expect((await store.ofDay('2026-11-16', 10)).items).toHaveLength(2);
  });

  test('a day is read page by page, and its end is the end of the day in Shanghai', async () => {
    for (const minute of [1, 2, 3]) await store.keep(contact(minute));
    await store.keep(contact(4, { at: '2026-11-16T16:00:00.000Z' }));
    const first = await store.ofDay('2026-11-16', 2);
    expect(first.items.map(({ id }) => id)).toEqual(['aws/m-3', 'aws/m-2']);
    const second = await store.ofDay('2026-11-16', 2, first.next);
    expect(second.items.map(({ id }) => id)).toEqual(['aws/m-1']);
    expect((await store.ofDay('2026-11-17', 2)).items.map(({ id }) => id)).toEqual(['aws/m-4']);
  });

  test('words beyond two thousand characters are cut, and no character in two', async () => {
    await store.keep(contact(1, { text: '𠮷'.repeat(2_500) }));
    expect((await store.ofDay('2026-11-16', 1)).items[0]?.text).toBe('𠮷'.repeat(2_000));
  });

  test('who looked at a day is on record, in order, and is no contact', async () => {
    const look = (minute: string, on = '2026-11-16') => ({
      on,
      at: `2026-11-17T02:${minute}:00.000Z`,
      staff: 'dispatcher-1',
      role: 'dispatcher',
    });
    for (const read of [look('02'), look('01'), look('03', '2026-11-15')]) await store.recordRead(read);
    expect(await store.reads('2026-11-16')).toEqual([look('01'), look('02')]);
    expect((await store.ofDay('2026-11-16', 10)).items).toEqual([]);
  });
}
