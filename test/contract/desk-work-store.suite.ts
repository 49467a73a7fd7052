import { beforeEach, expect, test } from 'vitest';
import type { BulkOrder } from '../../shared/desk-work/bulk.ts';
import { givenBack, type Lease, leaseFrom } from '../../shared/desk-work/lease.ts';
import type { CaseStore } from '../../shared/store/case-store.ts';
import type { DeskWorkStore } from '../../shared/store/desk-work-store.ts';
import { context, keep, MONDAY, stepsTo, take } from '../unit/support.ts';

const minutesLater = (minutes: number) => new Date(Date.parse(MONDAY) + minutes * 60_000).toISOString();

/** What every store of the desk's work must do, together with the cases. */
export function deskWorkStoreSuite(
  create: () => Promise<{ cases: CaseStore; deskWork: DeskWorkStore }>,
): void {
  let cases: CaseStore;
  let store: DeskWorkStore;
  let number: string;
  let lease: Lease;
  beforeEach(async () => {
    ({ cases, deskWork: store } = await create());
    ({ number } = await keep(cases, stepsTo('distributed', 1)));
    lease = leaseFrom(number, 'officer-a1', MONDAY, undefined);
  });
  /** A step at the desk by this person. */
  async function stepBy(staff: string, now: string, more: { lease?: Lease } = {}) {
    const found = await cases.case(number);
    if (found === undefined) throw new Error('no case');
    const step = take(found, 'note', { text: '已联系' }, context(now, { role: 'officer', id: staff }));
    return cases.commit({ steps: [step], unlessLeased: { numbers: [number], staff, now }, ...more });
  }

  test('of ten who take a case at once one has it', async () => {
    const taken = await Promise.all(
      Array.from({ length: 10 }, (_, n) =>
        store.saveLease(leaseFrom(number, `officer-${n}`, MONDAY, undefined)),
      ),
    );
    expect(taken.filter((outcome) => outcome === 'saved')).toHaveLength(1);
    expect(await store.lease(number)).toMatchObject({
      version: 1,
      staff: `officer-${taken.indexOf('saved')}`,
    });
  });

  test('a lease is renewed and given back on the version before; an old look changes nothing', async () => {
    expect(await store.lease(number)).toBeUndefined();
    expect(await store.saveLease(lease)).toBe('saved');
    expect(await store.saveLease(lease)).toBe('conflict');
    const renewed = leaseFrom(number, 'officer-a1', minutesLater(4), lease);
    expect(await store.saveLease(renewed)).toBe('saved');
    expect(await store.saveLease(givenBack(lease, minutesLater(5)))).toBe('conflict');
    expect(await store.lease(number)).toEqual(renewed);
    const other = (await keep(cases, stepsTo('distributed', 2))).number;
    expect(await store.leases([number, other, number])).toEqual([renewed]);
  });

  test('while a lease lasts, steps of others are not kept; its holder’s are, and everybody’s after it', async () => {
    await store.saveLease(lease);
    expect(await stepBy('officer-a2', minutesLater(1))).toBe('conflict');
    expect(await stepBy('officer-a1', minutesLater(1))).toBe('committed');
    expect(await stepBy('officer-a2', minutesLater(5))).toBe('committed');
    expect((await cases.case(number))?.version).toBe(4);
    // The case itself knows nothing of it: history and lists are as before.
    expect(await cases.history(number)).toHaveLength(4);
    expect((await cases.openCases('33020301', 10)).items).toHaveLength(1);
  });

  test('steps of our own functions ask for no lease', async () => {
    await store.saveLease(lease);
    const found = await cases.case(number);
    if (found === undefined) throw new Error('no case');
    expect(await cases.commit({ steps: [take(found, 'note')] })).toBe('committed');
  });

  test('a lease begins or ends with a step, or neither is kept', async () => {
    await store.saveLease(lease);
    const over = givenBack(lease, minutesLater(1));
    expect(await stepBy('officer-a1', minutesLater(1), { lease: { ...over, version: 5 } })).toBe('conflict');
    expect((await cases.case(number))?.version).toBe(2);
    expect(await stepBy('officer-a1', minutesLater(1), { lease: over })).toBe('committed');
    expect(await store.lease(number)).toEqual(over);
    expect(await stepBy('officer-a2', minutesLater(1))).toBe('committed');
  });

  test('an order on many cases is kept once, as it came first', async () => {
    const order: BulkOrder = {
      id: 'f'.repeat(32),
      staff: 'head-33020301',
      action: 'assign',
      at: MONDAY,
      payloadHash: 'a',
      cases: [{ number, version: 2 }],
    };
    expect(await store.bulk(order.id)).toBeUndefined();
    expect(await store.keepBulk(order)).toEqual(order);
    expect(await store.keepBulk({ ...order, at: minutesLater(3), payloadHash: 'b' })).toEqual(order);
    expect(await store.bulk(order.id)).toEqual(order);
  });

  test('a list is one person’s or one unit’s, and changes on the version before', async () => {
    const mine = { filtersOf: 'officer-a1' };
    expect(await store.list(mine)).toEqual({ version: 0, items: [] });
    expect(await store.saveList(mine, { version: 1, items: [{ name: '今天' }] })).toBe('saved');
    expect(await store.saveList(mine, { version: 1, items: [] })).toBe('conflict');
    expect(await store.saveList(mine, { version: 3, items: [] })).toBe('conflict');
    expect(await store.list(mine)).toEqual({ version: 1, items: [{ name: '今天' }] });
    for (const other of [{ filtersOf: 'officer-a2' }, { absencesOf: 'officer-a1' }]) {
      expect(await store.list(other)).toEqual({ version: 0, items: [] });
    }
  });
}
