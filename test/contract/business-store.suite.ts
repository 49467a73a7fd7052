import { type DynamoDBDocumentClient, paginateScan } from '@aws-sdk/lib-dynamodb';
import { beforeEach, describe, expect, test } from 'vitest';
import { type ClassProposal, decideClass, PATROLS } from '../../shared/businesses/class-proposal.ts';
import { lookUpBusiness } from '../../shared/businesses/look-up.ts';
import { keysOfBusiness, type LookupKey } from '../../shared/businesses/lookup-keys.ts';
import { putOnWatch, takeOffWatch } from '../../shared/businesses/watch-list.ts';
import { addDays } from '../../shared/dates.ts';
import type { BusinessStore } from '../../shared/store/business-store.ts';
import { businessOf, codeOf, PLACES, TODAY } from '../unit/businesses-support.ts';

const NAME: LookupKey = 'name:老王面馆';
const proposalOf = (n: number, more: Partial<ClassProposal> = {}): ClassProposal => ({
  creditCode: codeOf(n),
  name: businessOf(n).name,
  from: 'B',
  to: 'C',
  timesAYear: PATROLS.C.timesAYear,
  reasons: [{ rule: 'concentrated', people: 10, days: 30, cases: ['261116-000001-9'] }],
  proposedOn: TODAY,
  ...more,
});
const decided = (proposal: ClassProposal, decision: 'accepted' | 'declined') =>
  decideClass(proposal, { decision, by: 'head-1', on: TODAY, why: '属实' });

/** What every store of businesses must do. */
export function businessStoreSuite(create: () => Promise<BusinessStore>): void {
  let store: BusinessStore;
  beforeEach(async () => {
    store = await create();
  });
  const codes = async (keys: LookupKey[], limit = 10) =>
    (await store.candidates(keys, limit)).businesses.map(({ creditCode }) => creditCode);

  describe('a business', () => {
    test('comes back as it was put, by its code and under every key of it', async () => {
      const business = businessOf(1, {
        aliases: ['老王'],
        shops: [{ platform: '美团', shop: '老王面馆(天一店)' }],
        phone: '0574-87000000',
        from: '2020-01-01',
      });
      await store.put(business, PLACES);
      expect(await store.business(codeOf(1))).toEqual(business);
      expect(await store.business(codeOf(2))).toBeUndefined();
      for (const key of keysOfBusiness(business, PLACES)) expect(await codes([key])).toEqual([codeOf(1)]);
    });

    test('whose name changed is no longer found by the old one', async () => {
      await store.put(businessOf(1), PLACES);
      await store.put(businessOf(1, { name: '老李饺子馆' }), PLACES);
      expect(await codes([NAME])).toEqual([]);
      expect(await codes(['name:老李饺子馆'])).toEqual([codeOf(1)]);
      expect((await store.business(codeOf(1)))?.name).toBe('老李饺子馆');
    });

    test('put by several at once is found by the name that it has in the end, and by no other', async () => {
      const names = ['老李饺子馆', '小张馄饨铺', '阿婆汤圆', '海边渔家'];
      await Promise.all(names.map((name) => store.put(businessOf(1, { name }), PLACES)));
      const { name } = (await store.business(codeOf(1))) ?? {};
      for (const one of names) {
        expect(await codes([`name:${one}`]), one).toEqual(one === name ? [codeOf(1)] : []);
      }
    });
  });

  describe('a list', () => {
    test('is loaded, and loaded again writes only what has changed', async () => {
      const list = Array.from({ length: 45 }, (_, n) => businessOf(n, { name: `老王面馆${n}号店` }));
      expect(await store.load(list, PLACES)).toEqual({ added: 45, changed: 0, unchanged: 0, decided: 0 });
      const changed = [...list.slice(1), businessOf(0, { name: '老李饺子馆' }), businessOf(45)];
      expect(await store.load(changed, PLACES)).toEqual({ added: 1, changed: 1, unchanged: 44, decided: 0 });
      expect(await codes(['name:老李饺子馆'])).toEqual([codeOf(0)]);
      expect(await store.business(codeOf(44))).toEqual(list[44]);
    });

    test('with one code in two rows keeps the last', async () => {
      const counts = await store.load([businessOf(1), businessOf(1, { name: '老李饺子馆' })], PLACES);
      expect([counts.added, await codes([NAME])]).toEqual([1, []]);
    });
  });

  describe('candidates', () => {
    test('under several keys come once; a key with more than were read is named', async () => {
      await store.load(
        [1, 2, 3].map((n) => businessOf(n, { phone: `0574-8700000${n}` })),
        PLACES,
      );
      const phone: LookupKey = 'phone:057487000002';
      expect(await store.candidates([phone, NAME, 'name:x'], 3)).toEqual({
        businesses: [2, 1, 3].map((n) => businessOf(n, { phone: `0574-8700000${n}` })),
        cut: [],
      });
      const cut = await store.candidates([phone, NAME], 2);
      expect([cut.businesses.length, cut.cut]).toEqual([2, [NAME]]);
    });

    test('are at most sixty, and the keys that did not get their turn are named', async () => {
      const list = Array.from({ length: 70 }, (_, n) =>
        businessOf(n, { name: n < 35 ? '老王面馆' : '老李饺子馆' }),
      );
      await store.load(list, PLACES);
      const { businesses, cut } = await store.candidates([NAME, 'name:老李饺子馆'], 40);
      expect([businesses.length, cut]).toEqual([60, ['name:老李饺子馆']]);
    });

    test('of what a consumer wrote lead to the one that is meant', async () => {
      await store.load(
        [
          businessOf(1, { name: '海底捞火锅', address: '宁波市海曙区天一广场5楼' }),
          businessOf(2, { name: '海底捞火锅', address: '宁波市鄞州区万达广场3楼', division: '330212001' }),
        ],
        PLACES,
      );
      const ask = (question: object) => lookUpBusiness(question, store, TODAY, PLACES);
      expect(await ask({ name: '海地捞火锅', address: '天一广场五楼' })).toEqual({
        outcome: 'one',
        candidates: [
          {
            creditCode: codeOf(1),
            division: '330203001',
            grade: 'B',
            score: 54,
            why: ['near-name', 'same-unit'],
          },
          {
            creditCode: codeOf(2),
            division: '330212001',
            grade: 'B',
            score: 24,
            why: ['near-name'],
          },
        ],
      });
      expect((await ask({ name: '海底捞火锅' })).outcome).toBe('several');
      expect((await ask({ creditCode: codeOf(2) })).candidates[0]?.why).toEqual(['same-code']);
    });
  });

  test('several are read at once, each once, and those that are not there are left out', async () => {
    await store.load([businessOf(1), businessOf(2)], PLACES);
    const found = await store.businesses([codeOf(2), codeOf(1), codeOf(3), codeOf(2)]);
    expect(found.map(({ creditCode }) => creditCode).sort()).toEqual([codeOf(1), codeOf(2)].sort());
  });

  describe('a class that a person decided', () => {
    beforeEach(async () => {
      await store.put(businessOf(1), PLACES);
      await store.propose(proposalOf(1));
      await store.decide(decided(proposalOf(1), 'accepted'));
    });

    test('stays, whatever a list says, and the load tells of it', async () => {
      const listed = businessOf(1, { phone: '0574-87000000' });
      expect(await store.load([listed, businessOf(2)], PLACES)).toEqual({
        added: 1,
        changed: 1,
        unchanged: 0,
        decided: 1,
      });
      expect(await store.business(codeOf(1))).toEqual({ ...listed, grade: 'C' });
      expect(await store.load([listed], PLACES)).toEqual({ added: 0, changed: 0, unchanged: 1, decided: 1 });
      await store.put(listed, PLACES);
      expect((await store.business(codeOf(1)))?.grade).toBe('C');
    });

    test('may be decided again', async () => {
      const back = proposalOf(1, {
        from: 'C',
        to: 'B',
        reasons: [{ rule: 'quiet', people: 0, days: 365, cases: [] }],
      });
      await store.propose(back);
      expect(await store.decide(decided(back, 'accepted'))).toBe('committed');
      await store.load([businessOf(1, { grade: 'A' })], PLACES);
      expect((await store.business(codeOf(1)))?.grade).toBe('B');
    });
  });

  describe('a class proposal', () => {
    test('is read by the business until it is decided', async () => {
      await store.put(businessOf(1), PLACES);
      await store.propose(proposalOf(1));
      expect(await store.openProposal(codeOf(1))).toEqual(proposalOf(1));
      expect(await store.openProposal(codeOf(2))).toBeUndefined();
      await store.decide(decided(proposalOf(1), 'declined'));
      expect(await store.openProposal(codeOf(1))).toBeUndefined();
    });

    test('is open once for a business, and listed page by page', async () => {
      const list = [1, 2, 3].map((n) => proposalOf(n));
      for (const one of list) expect(await store.propose(one)).toBe('committed');
      expect(await store.propose(proposalOf(1, { to: 'D' }))).toBe('conflict');
      const first = await store.openProposals(2);
      const second = await store.openProposals(2, first.next);
      expect([...first.items, ...second.items]).toEqual(list);
    });

    test('accepted sets the class of the business, with who and why', async () => {
      await store.put(businessOf(1), PLACES);
      await store.propose(proposalOf(1));
      expect(await store.decide(decided(proposalOf(1), 'accepted'))).toBe('committed');
      expect((await store.business(codeOf(1)))?.grade).toBe('C');
      expect((await store.openProposals(10)).items).toEqual([]);
      expect(await store.decidedProposals(codeOf(1))).toEqual([decided(proposalOf(1), 'accepted')]);
      expect(await store.decidedProposals(codeOf(2))).toEqual([]);
      // Keys and class are kept apart: a change of the name afterwards keeps neither old key nor old class.
      await store.put(businessOf(1, { name: '老李饺子馆', grade: 'C' }), PLACES);
      expect(await codes([NAME])).toEqual([]);
    });

    test('declined leaves the class alone, and another may be proposed', async () => {
      await store.put(businessOf(1), PLACES);
      await store.propose(proposalOf(1));
      expect(await store.decide(decided(proposalOf(1), 'declined'))).toBe('committed');
      expect((await store.business(codeOf(1)))?.grade).toBe('B');
      const other = proposalOf(1, { reasons: [{ rule: 'filed', people: 1, days: 365, cases: [] }] });
      expect(await store.propose(other)).toBe('committed');
      expect(await store.decide(decided(other, 'declined'))).toBe('committed');
      expect(await store.decidedProposals(codeOf(1))).toHaveLength(2);
    });

    test('is decided once, also by two at the same moment', async () => {
      await store.put(businessOf(1), PLACES);
      await store.propose(proposalOf(1));
      const [one, other] = await Promise.all([
        store.decide(decided(proposalOf(1), 'accepted')),
        store.decide(decided(proposalOf(1), 'declined')),
      ]);
      expect([one, other].sort()).toEqual(['committed', 'conflict']);
      expect(await store.decidedProposals(codeOf(1))).toHaveLength(1);
      expect((await store.business(codeOf(1)))?.grade).toBe(one === 'committed' ? 'C' : 'B');
    });

    test('cannot be accepted when the business has another class by now, or is gone', async () => {
      await store.put(businessOf(1, { grade: 'D' }), PLACES);
      for (const n of [1, 2]) {
        await store.propose(proposalOf(n));
        expect(await store.decide(decided(proposalOf(n), 'accepted'))).toBe('conflict');
      }
      expect((await store.business(codeOf(1)))?.grade).toBe('D');
      expect((await store.openProposals(10)).items).toHaveLength(2);
      expect(await store.decide(decided(proposalOf(1), 'declined'))).toBe('committed');
    });
  });

  test('the watch-list holds who is on it that day; of two changes of one version one is kept', async () => {
    const wanted = (n: number) => ({
      creditCode: codeOf(n),
      name: businessOf(n).name,
      until: addDays(TODAY, 30 * n),
      why: ['prepaid-card' as const],
      by: 'head-1',
    });
    const [first, second] = [
      putOnWatch(undefined, wanted(1), TODAY),
      putOnWatch(undefined, wanted(2), TODAY),
    ];
    expect(await store.keepWatch(first)).toBe('committed');
    expect(await store.keepWatch(second)).toBe('committed');
    expect(await store.keepWatch(first)).toBe('conflict');
    expect(await store.watch(codeOf(1))).toEqual(first);
    expect(await store.watch(codeOf(3))).toBeUndefined();
    expect(await store.watched(TODAY)).toEqual([first, second]);
    expect(await store.watched(addDays(TODAY, 31))).toEqual([second]);
    const off = takeOffWatch(second, { on: TODAY, by: 'head-1', why: '已整改' });
    expect(await store.keepWatch(off)).toBe('committed');
    expect(await store.watched(TODAY)).toEqual([first]);
    expect(await store.watch(codeOf(2))).toEqual(off);
  });
}

/** What holds for businesses in DynamoDB; `open` gives stores of several bureaus on one empty table. */
export function businessInDynamoDbSuite(
  open: () => Promise<{
    client: DynamoDBDocumentClient;
    table: string;
    of: (bureau: string) => BusinessStore;
  }>,
): void {
  test('bureaus do not see each other’s businesses', async () => {
    const { of } = await open();
    await of('330200').put(businessOf(1), PLACES);
    await of('330200').propose(proposalOf(1));
    expect(await of('110100').business(codeOf(1))).toBeUndefined();
    expect(await of('110100').candidates([NAME], 10)).toEqual({ businesses: [], cut: [] });
    expect((await of('110100').openProposals(10)).items).toEqual([]);
  });

  test('nothing is left behind of names that a business had, with as many keys as one can have', async () => {
    const { client, table, of } = await open();
    const store = of('330200');
    const named = (sign: string) =>
      businessOf(1, {
        name: `${sign}天地玄黄宇宙洪荒`,
        aliases: Array.from({ length: 10 }, (_, n) => `${sign}日月盈昃辰宿列张${n}`),
      });
    for (const sign of ['甲', '乙', '丙']) await store.put(named(sign), PLACES);
    const kept: string[] = [];
    for await (const { Items = [] } of paginateScan({ client }, { TableName: table }))
      kept.push(...Items.map(({ pk }) => String(pk)));
    const keys = keysOfBusiness(named('丙'), PLACES).map((key) => `BUSINESSKEY#330200#${key}`);
    expect(kept.sort()).toEqual([...keys, `BUSINESS#${codeOf(1)}`].sort());
  });

  test('a put that broke off before the old keys were deleted is made good by the next one', async () => {
    const { client, of } = await open();
    const store = of('330200');
    await store.put(businessOf(1), PLACES);
    let writes = 0;
    client.middlewareStack.add(
      (next, context) => async (request) => {
        if (
          context['commandName'] === 'TransactWriteItemsCommand' ||
          context['commandName'] === 'TransactWriteCommand'
        ) {
          writes += 1;
          if (writes === 2) throw new Error('the line went dead');
        }
        return next(request);
      },
      { step: 'initialize', name: 'breaks-off' },
    );
    const renamed = businessOf(1, { name: '老李饺子馆' });
    await expect(store.put(renamed, PLACES)).rejects.toThrow('the line went dead');
    client.middlewareStack.remove('breaks-off');
    // Found by both names until then, by its present data in any case.
    expect((await store.candidates([NAME], 10)).businesses).toEqual([renamed]);
    expect(await store.load([renamed], PLACES)).toEqual({ added: 0, changed: 1, unchanged: 0, decided: 0 });
    expect((await store.candidates([NAME], 10)).businesses).toEqual([]);
    expect((await store.candidates(['name:老李饺子馆'], 10)).businesses).toEqual([renamed]);
  });
}
