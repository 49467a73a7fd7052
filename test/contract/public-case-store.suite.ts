import { beforeEach, expect, test } from 'vitest';
import { makeCaseNumber } from '../../shared/case/case-number.ts';
import type { PublicCase } from '../../shared/open311/public-case.ts';
import { parseRequestsQuery } from '../../shared/open311/query.ts';
import type { PublicCaseStore } from '../../shared/store/public-case-store.ts';

const NOW = '2026-11-22T04:00:00.000Z';

const one = (draw: number, requestedAt: string, more: Partial<PublicCase> = {}): PublicCase => ({
  number: `261116-00000${draw}-0`,
  status: 'open',
  state: 'distributed',
  service: 'food',
  requestedAt,
  updatedAt: requestedAt,
  next: { due: '2026-11-25', zh: '决定', en: 'Decide', basis: '第十五条' },
  agency: '某所',
  division: { code: '330203', name: '海曙区' },
  steps: [{ type: 'registered', at: requestedAt }],
  comments: [],
  ...more,
});

/** What every store of public cases must do. */
export function publicCaseStoreSuite(create: () => Promise<PublicCaseStore>): void {
  let store: PublicCaseStore;
  beforeEach(async () => {
    store = await create();
  });
  const publish = (shown: PublicCase, version = 1) =>
    store.publish({ number: shown.number, version, shown }, NOW);
  const select = async (parameters: Readonly<Record<string, string>> = {}) => {
    const read = parseRequestsQuery(parameters, { now: new Date(NOW), jurisdiction: '330200' });
    if ('refusal' in read) throw new Error(JSON.stringify(read.refusal));
    const { cases, next } = await store.select(read.query);
    return { numbers: cases.map(({ number }) => Number(number.split('-')[1])), next, cases };
  };

  test('what was put is found by its number, whole', async () => {
    const number = makeCaseNumber('2026-11-16', 7);
    const put = one(1, '2026-01-16T02:00:00.000Z', { number, description: '字 🍞 <b>' });
    await publish(put);
    expect(await store.case(number)).toEqual(put);
    const unknown = makeCaseNumber('2026-11-16', 9);
    expect((await select({ service_request_id: `${unknown},${number}` })).cases).toEqual([put]);
    expect(await store.case(unknown)).toBeUndefined();
  });

  test('an older version never replaces a newer one, whether shown or hidden; the same one again changes nothing', async () => {
    const at = '2026-11-16T02:00:00.000Z';
    const [first, third] = [one(1, at), one(1, at, { status: 'closed', state: 'closed' })];
    await publish(third, 3);
    await publish(first, 1);
    await publish(third, 3);
    expect(await store.case(third.number)).toEqual(third);

    await store.publish({ number: third.number, version: 4, shown: undefined }, NOW);
    await publish(third, 3);
    expect(await store.case(third.number)).toBeUndefined();
    expect((await select()).numbers).toEqual([]);
    await publish(first, 5);
    expect((await select()).numbers).toEqual([1]);
  });

  test('lists: the newest first over months; by change the oldest first; filters; pages without gap', async () => {
    await publish(one(1, '2026-09-01T00:00:00.000Z', { updatedAt: '2026-11-20T00:00:00.000Z' }));
    await publish(one(2, '2026-10-31T23:59:59.999Z', { service: 'travel' }));
    await publish(one(3, '2026-11-01T00:00:00.000Z', { status: 'closed', state: 'closed' }));
    await publish(one(4, '2026-11-21T00:00:00.000Z'));
    await publish(one(5, '2026-11-21T00:00:00.000Z'));
    await publish(one(6, '2026-06-01T00:00:00.000Z'));

    expect((await select()).numbers).toEqual([5, 4, 3, 2, 1]);
    expect((await select({ service_code: 'food', status: 'open' })).numbers).toEqual([5, 4, 1]);
    expect((await select({ service_code: 'travel,food', status: 'closed' })).numbers).toEqual([3]);
    expect((await select({ start_date: '2026-06-01', end_date: '2026-06-02' })).numbers).toEqual([6]);
    expect(
      (await select({ start_date: '2026-11-01T00:00:00Z', end_date: '2026-11-21T00:00:00Z' })).numbers,
    ).toEqual([5, 4, 3]);
    expect((await select({ updated_after: '2026-11-01T00:00:00Z' })).numbers).toEqual([3, 1, 4, 5]);
    expect(
      (await select({ updated_after: '2026-11-01T00:00:00Z', start_date: '2026-11-01', status: 'open' }))
        .numbers,
    ).toEqual([4, 5]);

    const pages = [await select({ page_size: '2' })];
    for (let page = pages[0]?.next; page !== undefined; page = pages.at(-1)?.next) {
      pages.push(await select({ page_size: '2', page: String(page) }));
    }
    expect(pages.map(({ numbers }) => numbers)).toEqual([[5, 4], [3, 2], [1]]);
    expect((await select({ page_size: '5' })).next).toBeUndefined();
    expect(await select({ page_size: '2', page: '9' })).toMatchObject({ numbers: [], cases: [] });
  });

  test('more than one call can fetch is fetched all the same', async () => {
    const many = Array.from({ length: 130 }, (_, index) => ({
      ...one(1, new Date(Date.parse('2026-11-16T00:00:00Z') + index * 1000).toISOString()),
      number: `261116-${String(index).padStart(6, '0')}-0`,
    }));
    await Promise.all(many.map((shown) => publish(shown)));
    const { cases, next } = await select({ page_size: '120' });
    expect(cases).toEqual(many.toReversed().slice(0, 120));
    expect(next).toBe(2);
  });
}
