import { expect, test } from 'vitest';
import type { ProofStore } from '../../shared/store/proof-store.ts';

/** What every store of recounts must do. */
export function proofStoreSuite(create: () => Promise<ProofStore>): void {
  const proofOf = (day: string, drift = 0) => ({
    at: `2026-11-${day}T20:00:00.000Z`,
    events: 279,
    drift,
    places: { counters: drift, untallied: 0 },
  });

  test('the last recounts come first, each with what it found', async () => {
    const store = await create();
    for (const day of ['20', '22', '21']) await store.keep(proofOf(day, day === '21' ? 3 : 0));
    expect(await store.latest(2)).toEqual([proofOf('22'), proofOf('21', 3)]);
  });

  test('a recount that is kept twice is one', async () => {
    const store = await create();
    await store.keep(proofOf('20'));
    await store.keep(proofOf('20'));
    expect(await store.latest(9)).toHaveLength(1);
  });
}
