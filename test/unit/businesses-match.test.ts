import { describe, expect, test } from 'vitest';
import { QUIET } from '../../shared/businesses/class-proposal.ts';
import { lookUpBusiness } from '../../shared/businesses/look-up.ts';
import type { LookupKey } from '../../shared/businesses/lookup-keys.ts';
import { WHY } from '../../shared/businesses/match-business.ts';
import { NAME_PARTS } from '../../shared/businesses/name-core.ts';
import { townshipsOf } from '../../shared/businesses/recognised.ts';
import { WATCH_REASONS } from '../../shared/businesses/watch-list.ts';
import { createMemoryBusinessStore } from '../../shared/store/business-store.ts';
import { ask, businessOf, codeOf, PLACES, TODAY } from './businesses-support.ts';

const inMall = (n: number, name: string, place: string, more = {}) =>
  businessOf(n, { name, address: `宁波市海曙区药行街48号天一广场${place}`, ...more });
const codes = ({ candidates }: Awaited<ReturnType<typeof ask>>) =>
  candidates.map(({ creditCode }) => creditCode);

describe('one business', () => {
  test('by its name, when nobody else bears it', async () => {
    const found = await ask([businessOf(1), businessOf(2, { name: '老李饺子馆' })], { name: '老王面馆' });
    expect(found).toEqual({
      outcome: 'one',
      candidates: [
        { creditCode: codeOf(1), division: '330203001', grade: 'B', score: 40, why: ['same-name'] },
      ],
    });
  });

  test.each([
    ['a wrong character', '海地捞火锅'],
    ['one missing', '海底捞火'],
    ['one too many', '海底捞捞火锅'],
    ['two swapped', '海捞底火锅'],
  ])('by a name with %s and the floor of the mall', async (_, name) => {
    const businesses = [inMall(1, '海底捞火锅', '5楼'), inMall(2, '老王面馆', '5楼')];
    const found = await ask(businesses, { name, address: '天一广场五楼' });
    expect([found.outcome, codes(found)[0]]).toEqual(['one', codeOf(1)]);
    expect(found.candidates[0]?.why).toEqual(['near-name', 'same-unit']);
  });

  test('by the branch that people add to its name', async () => {
    const businesses = [
      inMall(1, '宁波星巴克咖啡有限公司', '1楼', { aliases: ['星巴克'] }),
      businessOf(2, {
        name: '江北咖啡有限公司',
        aliases: ['星巴克'],
        division: '330205001',
        address: '江北区人民路1号',
      }),
    ];
    const found = await ask(businesses, { name: '星巴克天一店' });
    expect([found.outcome, codes(found)]).toEqual(['one', [codeOf(1), codeOf(2)]]);
  });

  test('by its shop on a platform, whoever else bears the name', async () => {
    const businesses = [
      businessOf(1, { name: '示例商贸', shops: [{ platform: '美团', shop: '老王面馆' }] }),
      businessOf(2),
    ];
    const found = await ask(businesses, { platform: '美团外卖', name: '老王面馆' });
    expect([found.outcome, codes(found)]).toEqual(['one', [codeOf(1), codeOf(2)]]);
  });

  test('by its credit code, though the sign says something else', async () => {
    const found = await ask([businessOf(1)], { creditCode: codeOf(1).toLowerCase(), name: '茶百道' });
    expect(found.outcome).toBe('one');
    expect(found.candidates[0]?.why).toEqual(['same-code', 'other-name']);
  });

  test('by its phone and its house', async () => {
    const businesses = [businessOf(1, { phone: '0574-87000000' })];
    const found = await ask(businesses, { phone: '０５７４ 87000000', address: '海曙药行街48号' });
    expect(found.outcome).toBe('one');
  });

  test('of two with one name, by the county', async () => {
    const businesses = [businessOf(1), businessOf(2, { division: '330212001', address: '鄞州区人民路1号' })];
    const found = await ask(businesses, { name: '老王面馆', division: '330212000000' });
    expect([found.outcome, codes(found)[0]]).toEqual(['one', codeOf(2)]);
  });
});

describe('a person chooses', () => {
  test('when the name is seen with two places: a name alone decides no station', async () => {
    const businesses = [businessOf(1), businessOf(2, { division: '330212001', address: '鄞州区人民路1号' })];
    const found = await ask(businesses, { name: '老王面馆' });
    expect([found.outcome, codes(found)]).toEqual(['several', [codeOf(1), codeOf(2)]]);
  });

  test('also when one of the two has closed, or bears it as an alias only', async () => {
    const closed = businessOf(2, { division: '330212001', to: '2025-12-31' });
    expect((await ask([businessOf(1), closed], { name: '老王面馆' })).outcome).toBe('several');
    const alias = businessOf(3, { name: '示例餐饮有限公司', aliases: ['老王面馆'], division: '330212001' });
    expect((await ask([businessOf(1), alias], { name: '老王面馆' })).outcome).toBe('several');
  });

  test('when the name is misspelt and nothing else is said', async () => {
    const found = await ask([businessOf(1)], { name: '老汪面馆' });
    expect(found).toEqual({
      outcome: 'several',
      candidates: [
        { creditCode: codeOf(1), division: '330203001', grade: 'B', score: 24, why: ['near-name'] },
      ],
    });
  });

  test('when a number differs: 第一 and 第二药房 are two', async () => {
    const found = await ask([inMall(1, '天天第一药房', '5楼')], {
      name: '天天第二药房',
      address: '天一广场5楼',
    });
    expect([found.outcome, found.candidates[0]?.why]).toEqual(['several', ['number-differs', 'same-unit']]);
  });

  test('when the credit code is of one and the name of another', async () => {
    const businesses = [businessOf(1), businessOf(2, { name: '老李饺子馆' })];
    const found = await ask(businesses, { creditCode: codeOf(1), name: '老李饺子馆' });
    expect([found.outcome, codes(found)]).toEqual(['several', [codeOf(1), codeOf(2)]]);
  });

  test('when the only one of that name lies in another county than was said', async () => {
    const found = await ask([businessOf(1)], { name: '老王面馆', division: '330212' });
    expect([found.outcome, found.candidates[0]?.why]).toEqual(['several', ['same-name', 'other-county']]);
  });

  test('when the mall, floor and shop fit and the name on the sign is not registered', async () => {
    const found = await ask([inMall(1, '王小明奶茶店', '2楼B12铺')], {
      name: '茶百道',
      address: '天一广场2楼B12铺',
    });
    expect([found.outcome, found.candidates[0]?.why]).toEqual(['several', ['other-name', 'same-unit']]);
  });
});

describe('too common', () => {
  const shops = Array.from({ length: 40 }, (_, n) =>
    businessOf(n, {
      name: '好邻居超市',
      address: `海曙区人民路${n}号`,
      division: `3302030${String(n).padStart(2, '0')}`,
    }),
  );

  test('a name that more bear than are read, with some of them', async () => {
    const found = await ask(shops, { name: '好邻居超市' });
    expect(found.outcome).toBe('too-common');
    expect(found.candidates).toHaveLength(10);
  });

  test('the township is enough all the same', async () => {
    const found = await ask(shops, { name: '好邻居超市', division: '330203037' });
    expect([found.outcome, codes(found)[0]]).toEqual(['one', codeOf(37)]);
  });

  test('a name that says only what a shop is, though only one is called so', async () => {
    const one = businessOf(1, { name: '宁波市海曙区水果店' });
    expect((await ask([one], { name: '水果店' })).outcome).toBe('too-common');
    expect((await ask([one], { name: '楼下超市' })).outcome).toBe('too-common');
    expect((await ask([one], { name: '水果店', address: '药行街48号' })).outcome).toBe('one');
  });
});

test('nobody known', async () => {
  expect(await ask([businessOf(1)], { name: '阳光健身' })).toEqual({ outcome: 'none', candidates: [] });
  expect(await ask([businessOf(1)], {})).toEqual({ outcome: 'none', candidates: [] });
});

test('what a match reads does not grow with the number of businesses', async () => {
  const reads = async (count: number) => {
    const store = createMemoryBusinessStore();
    const trades = ['面馆', '超市', '水果店', '药房'];
    const list = Array.from({ length: count }, (_, n) =>
      businessOf(n, {
        name: `${'天地玄黄宇宙洪荒'[n % 8]}${'日月盈昃'[n % 4]}${trades[n % 4]}`,
        address: `海曙区人民路${n % 50}号天一广场${n % 6}楼`,
      }),
    );
    await store.load(list, PLACES);
    let asked = 0;
    let read = 0;
    const reader = {
      ...store,
      async candidates(keys: readonly LookupKey[], limit: number) {
        asked += keys.length;
        const found = await store.candidates(keys, limit);
        read += found.businesses.length;
        return found;
      },
    };
    const question = { name: '天日面馆', address: '人民路8号天一广场2楼', division: '330203001' };
    await lookUpBusiness(question, reader, TODAY, PLACES);
    return { asked, read };
  };
  const [few, many] = [await reads(400), await reads(4000)];
  expect(many.asked).toBe(few.asked);
  expect(many.read).toBeLessThanOrEqual(120);
});

test('everything that is shown as a reason has words in both languages', () => {
  for (const { zh, en } of [WHY, NAME_PARTS, WATCH_REASONS].flatMap((words) => Object.values(words))) {
    expect(zh).toMatch(/\p{Script=Han}/u);
    expect(en).toMatch(/^[a-zA-Z][\w ,:-]+$/);
  }
  expect(QUIET.zh).toMatch(/\p{Script=Han}/u);
});

test('who nearly bears the name, in the very mall that is named, leaves a doubt', async () => {
  const businesses = [businessOf(1), businessOf(2, { name: '老汪面馆', address: '宁波市海曙区天一广场3楼' })];
  const found = await ask(businesses, { name: '老王面馆', address: '天一广场' });
  expect([found.outcome, found.candidates.map(({ score }) => score)]).toEqual(['several', [40, 39]]);
});

test('a name routes by the townships of all who bear it, never by one of whom it is in doubt', () => {
  const of = (by: 'one' | 'several', creditCode: string | null, ...divisions: string[]) =>
    townshipsOf({
      creditCode,
      confidence: 0,
      by,
      candidates: divisions.map((division, n) => ({
        creditCode: codeOf(n + 1),
        division,
        score: 40,
        why: ['same-name'],
      })),
    });
  expect(of('one', codeOf(1), '330203001', '330212001')).toEqual(['330203001']);
  expect(of('several', null, '330203001', '330212001')).toEqual(['330203001', '330212001']);
  expect(of('several', null, '330203001')).toEqual([]);
});
