import { expect, test } from 'vitest';
import type { DeliveryReport } from '../../shared/sms/delivery-reports.ts';
import type { DeliveryStore } from '../../shared/store/delivery-store.ts';

/** What every store of delivery reports must do. */
export function deliveryStoreSuite(create: () => Promise<DeliveryStore>): void {
  test('each report of a message is kept once, whatever the order; those of others are apart', async () => {
    const store = await create();
    const report = (
      providerId: string,
      status: DeliveryReport['status'],
      second: number,
    ): DeliveryReport => ({
      provider: 'huawei',
      providerId,
      status,
      code: status,
      at: `2026-11-16T02:00:0${second}.000Z`,
      part: { number: 1, of: 2 },
    });
    const all = [report('a', 'delivered', 2), report('a', 'pending', 1), report('b', 'failed', 1)];
    for (const one of [...all, ...all]) await store.keep(one);
    const kept = (await store.reports('a')).toSorted((x, y) => (x.at < y.at ? -1 : 1));
    expect(kept).toEqual([all[1], all[0]]);
    expect(await store.reports('c')).toEqual([]);
  });
}
