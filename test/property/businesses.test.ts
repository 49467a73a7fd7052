import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Business } from '../../shared/businesses/business.ts';
import { lookUpBusiness } from '../../shared/businesses/look-up.ts';
import {
  keysOfBusiness,
  keysOfQuestion,
  MOST_ASKED,
  MOST_KEPT,
} from '../../shared/businesses/lookup-keys.ts';
import { matchBusiness } from '../../shared/businesses/match-business.ts';
import { readName } from '../../shared/businesses/name-core.ts';
import { createMemoryBusinessStore } from '../../shared/store/business-store.ts';
import { ask, businessOf, PLACES, TODAY } from '../unit/businesses-support.ts';

/** Words of which names are made, among them those that are read as something else. */
const WORDS = (
  '宁波市 宁波 海曙区 海曙 古林镇 新 城 市 区 县 省 路 店 分店 门店 旗舰店 总店 有限公司 股份有限公司 公司 集团 个体工商户 （个体工商户） ' +
  '（ ） 【 】 第 一 二 5 十 天一 老王 海底捞 好邻居 超市 水果 水果店 面馆 银行 商行 医院 市场 A b Ｃ · 　 İ ﬁ é'
).split(' ');
const written = fc.oneof(
  fc.array(fc.constantFrom(...WORDS), { maxLength: 8 }).map((words) => words.join('')),
  fc.string({ maxLength: 30, unit: 'grapheme' }),
);
const sign = fc.constantFrom(
  ...Array.from('天地玄黄宇宙洪荒日月盈昃辰宿列张寒来暑往秋收冬藏闰余成岁律吕调阳云腾致雨露结为霜'),
);
/** Cores of real names: so many characters, and often what the shop is. */
const core = fc
  .tuple(
    fc.array(sign, { minLength: 2, maxLength: 20 }),
    fc.constantFrom('面馆', '超市', '水果店', '牛肉面', '餐饮管理', '天寒', '宁波银行'),
  )
  .map(([signs, trade]) => signs.join('') + trade);
/** What is put in the place of another character, among them those that make a place or a number. */
const slip = fc.oneof(sign, fc.constantFrom(...Array.from('市区县镇路一二5a')));

test('a core is the core of itself', () => {
  fc.assert(
    fc.property(written, fc.constantFrom([], PLACES), (name, places) => {
      const { core: once } = readName(name, places);
      expect(readName(once, places)).toEqual({ core: once, dropped: [] });
    }),
    { numRuns: 2000 },
  );
});

test('with any one character wrong, missing, too many or swapped the business is among the candidates', async () => {
  const damage = fc.constantFrom('wrong', 'missing', 'more', 'swapped');
  await fc.assert(
    fc.asyncProperty(core, damage, fc.nat(), slip, async (name, how, where, other) => {
      const signs = Array.from(name);
      const at = where % signs.length;
      if (how === 'wrong') signs[at] = other;
      else if (how === 'missing') signs.splice(at, 1);
      else if (how === 'more') signs.splice(at, 0, other);
      else signs.splice(Math.max(at - 1, 0), 2, ...signs.slice(Math.max(at - 1, 0), at + 1).reverse());
      const business = businessOf(1, { name: `宁波市海曙区${name}有限公司` });
      for (const question of [
        { name: signs.join('') },
        { platform: '美团', shop: signs.join('') },
        {
          name: `宁波${signs.join('')}（天一店）`,
          shop: '甲乙丙丁戊己庚辛壬癸子丑寅卯',
          address: '万达广场2楼B12铺',
        },
      ]) {
        const { candidates } = await ask([business], question);
        expect(candidates.map(({ creditCode }) => creditCode)).toEqual([business.creditCode]);
      }
    }),
    { numRuns: 1000 },
  );
});

const place = fc.constantFrom(
  { address: '宁波市海曙区药行街48号天一广场2楼', division: '330203001' },
  { address: '海曙区药行街48号天一广场5楼B12铺', division: '330203001' },
  { address: '鄞州区万达广场2楼', division: '330212001' },
  { address: '人民路1号', division: '330205001' },
);
const name = fc.constantFrom(
  '老王面馆',
  '老汪面馆',
  '宁波老王面馆有限公司天一店',
  '好邻居超市',
  '星巴克',
  '星巴克咖啡',
  '水果店',
);
const businesses = fc
  .array(fc.record({ name, place, aliases: fc.array(name, { maxLength: 2 }) }), { maxLength: 6 })
  .map((rows) => rows.map(({ place: at, ...row }, n): Business => businessOf(n + 1, { ...row, ...at })));
const question = fc.record(
  {
    name: fc.oneof(name, written),
    address: fc.oneof(
      place.map(({ address }) => address),
      written,
    ),
    division: fc.constantFrom('330203', '330203001', '330212000000', '330200', 'x'),
    platform: fc.constantFrom('美团', '淘宝'),
    shop: name,
    phone: fc.constantFrom('0574-87000000', '1'),
    creditCode: fc.constantFrom('x', businessOf(1).creditCode),
  },
  { requiredKeys: [] },
);

test('the order in which businesses were read makes no difference', () => {
  fc.assert(
    fc.property(businesses, question, (found, asked) => {
      const match = (read: Business[]) => matchBusiness(asked, { businesses: read, cut: [] }, TODAY, PLACES);
      expect(match(found.toReversed())).toEqual(match(found));
    }),
  );
});

test('asked in two steps it finds what it finds when all is asked at once', async () => {
  await fc.assert(
    fc.asyncProperty(businesses, question, async (found, asked) => {
      const store = createMemoryBusinessStore();
      await store.load(found, PLACES);
      const byCode = asked.creditCode === undefined ? undefined : await store.business(asked.creditCode);
      const { businesses: read, cut } = await store.candidates(keysOfQuestion(asked, PLACES), 25);
      const others = read.filter(({ creditCode }) => creditCode !== byCode?.creditCode);
      const all = byCode === undefined ? others : [byCode, ...others];
      const whole = matchBusiness(asked, { businesses: all, cut }, TODAY, PLACES);
      const { outcome, candidates } = await lookUpBusiness(asked, store, TODAY, PLACES);
      expect([outcome, candidates[0]]).toEqual([whole.outcome, whole.candidates[0]]);
    }),
    { numRuns: 2000 },
  );
});

test('a name alone never decides between two that bear it', async () => {
  await fc.assert(
    fc.asyncProperty(
      businesses,
      core,
      fc.constantFrom('', '（个体工商户）', '有限公司'),
      async (others, same, form) => {
        const two = [
          businessOf(91, { name: `宁波市海曙区${same}${form}` }),
          businessOf(92, { name: '示例商贸', aliases: [same], address: '人民路1号', division: '330205001' }),
        ];
        expect((await ask([...others, ...two], { name: `宁波${same}` })).outcome).toBe('several');
      },
    ),
  );
});

test('keys are bounded, whatever is written', () => {
  fc.assert(
    fc.property(question, fc.array(written, { maxLength: 10 }), (asked, names) => {
      expect(keysOfQuestion(asked, PLACES).length).toBeLessThanOrEqual(MOST_ASKED);
      const business = {
        ...businessOf(1),
        aliases: names,
        shops: names.map((shop) => ({ platform: shop, shop })),
      };
      expect(keysOfBusiness(business, PLACES).length).toBeLessThanOrEqual(MOST_KEPT);
    }),
  );
});

test('who is found for sure is the first of the candidates and well ahead', async () => {
  await fc.assert(
    fc.asyncProperty(businesses, question, async (found, asked) => {
      const { outcome, candidates } = await ask(found, asked);
      expect(candidates.toSorted((one, other) => other.score - one.score)).toEqual(candidates);
      if (outcome === 'one') {
        expect((candidates[0]?.score ?? 0) - (candidates[1]?.score ?? -100)).toBeGreaterThanOrEqual(12);
      }
      if (outcome === 'none') expect(candidates).toEqual([]);
    }),
  );
});
