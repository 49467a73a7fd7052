import { expect, test } from 'vitest';
import type { NotedStore } from '../../shared/store/noted-store.ts';

/** What every store of what administrators did must do. */
export function notedStoreSuite(create: () => Promise<NotedStore>): void {
  const done = (minute: string, what = 'register-loaded') => ({
    at: `2026-11-22T03:${minute}:00.000Z`,
    by: 'administrator-330200-1',
    what,
    facts: { version: 3, queue: 'triage' },
  });

  test('what was done comes back, the latest first, a page at a time', async () => {
    const store = await create();
    for (const minute of ['01', '03', '02']) await store.note(done(minute));
    expect(await store.latest(2)).toEqual([done('03'), done('02')]);
    expect(await store.latest(2, done('02').at)).toEqual([done('01')]);
  });

  test('two things done in the same moment are both kept', async () => {
    const store = await create();
    await store.note(done('01'));
    await store.note(done('01', 'queue-redriven'));
    expect(await store.latest(9)).toHaveLength(2);
  });
}
