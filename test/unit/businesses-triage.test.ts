import { expect, test } from 'vitest';
import { act } from '../../functions/desk-api/act.ts';
import { showCase } from '../../functions/desk-api/desk.ts';
import { triage } from '../../functions/triage-case/triage.ts';
import type { LookupKey } from '../../shared/businesses/lookup-keys.ts';
import { entriesOf } from '../../shared/statistics/ledger.ts';
import type { BusinessStore } from '../../shared/store/business-store.ts';
import { understoodSchema } from '../../shared/understanding/understood.ts';
import {
  BUSINESSES,
  bodyOf,
  type House,
  house,
  keep,
  MONDAY,
  problemOf,
  registered,
  STATION_A2,
  staff,
} from './support.ts';

const [NOODLES, MARKET, SHOP] = BUSINESSES;
const dispatcher = staff('dispatcher');
type Business = { name?: string; address?: string; phone?: string };

/** Files a complaint against this business; `draw` tells cases apart. */
async function file(deps: House, business: Business, draw = 1, text = '面条变质，不肯退款') {
  const { number } = await keep(deps.cases, [registered(draw, MONDAY, { text, business })]);
  return number;
}
const understoodOf = async (deps: House, number: string) =>
  (await deps.cases.case(number))?.understood?.business;

test('the business that is clearly meant is on the case by its credit code, and routes it', async () => {
  const deps = house();
  const number = await file(deps, { name: '甲面馆' });
  await triage(number, deps);
  expect(await understoodOf(deps, number)).toEqual({
    creditCode: NOODLES.creditCode,
    grade: 'B',
    confidence: 0.95,
    by: 'one',
    candidates: [{ creditCode: NOODLES.creditCode, division: '330203105', score: 38, why: ['same-alias'] }],
  });
  expect(await deps.cases.case(number)).toMatchObject({ state: 'distributed', unitPath: STATION_A2 });
  const [, event] = await deps.cases.history(number);
  expect(event?.facts).toMatchObject({
    basis: 'shop',
    understood: { business: { creditCode: NOODLES.creditCode } },
  });
  expect(await deps.cases.casesOfCreditCode(NOODLES.creditCode, 10)).toEqual([number]);
  // And the figures know of which class it is.
  const [line] = entriesOf(await deps.cases.history(number)).flatMap(({ lines }) =>
    lines.filter(({ weight }) => weight === 1),
  );
  expect(line?.dimensions).toMatchObject({ business: NOODLES.creditCode, grade: 'B' });
});

test('a name that two bear decides neither business nor station; the desk sees both with points and reasons', async () => {
  const deps = house();
  const number = await file(deps, { name: '连锁便利' });
  await triage(number, deps);
  expect(await deps.cases.case(number)).toMatchObject({ state: 'at-hub', hubReason: 'address-ambiguous' });
  expect(await understoodOf(deps, number)).toMatchObject({ creditCode: null, confidence: 0, by: 'several' });
  for (const { creditCode } of BUSINESSES) {
    expect(await deps.cases.casesOfCreditCode(creditCode, 10)).toEqual([]);
  }
  const { recognised } = await bodyOf(showCase(number, dispatcher, deps));
  expect(recognised).toMatchObject({ creditCode: null, name: null, by: { zh: '可能是其中之一' } });
  expect(
    recognised.candidates.map(({ name, score, why }: { name: string; score: number; why: object[] }) => [
      name,
      score,
      why,
    ]),
  ).toEqual(
    [MARKET, SHOP].map(({ name }) => [
      name,
      38,
      [{ code: 'same-alias', points: 38, zh: '别名一致', en: 'same as an alias' }],
    ]),
  );
});

test('a misspelt name with its township is a candidate, not more', async () => {
  const deps = house();
  const number = await file(deps, { name: '甲面官', address: '海曙区古林镇1号' });
  await triage(number, deps);
  expect(await understoodOf(deps, number)).toMatchObject({
    creditCode: null,
    candidates: [{ creditCode: NOODLES.creditCode, why: expect.arrayContaining(['near-name']) }],
  });
});

test('a township that the register knows by another code says its county, and speaks against nobody', async () => {
  const deps = house();
  // The gazetteer has another code for it than this register.
  const number = await file(deps, { name: '甲面馆' }, 1, '在古林镇某面馆买到变质的面条，商家拒绝退款。');
  await triage(number, deps);
  expect((await deps.cases.case(number))?.understood?.division?.code).toBe('330203103');
  expect(await understoodOf(deps, number)).toMatchObject({
    creditCode: NOODLES.creditCode,
    candidates: [{ why: ['same-alias', 'same-county'] }],
  });
});

test('a credit code in the words tells the business for certain', async () => {
  const deps = house();
  const number = await file(deps, { name: '门口那家' }, 1, `执照上是${MARKET.creditCode}，牛奶过期`);
  await triage(number, deps);
  expect(await understoodOf(deps, number)).toMatchObject({ creditCode: MARKET.creditCode, confidence: 1 });
});

test('a case that names nobody asks for nobody', async () => {
  const deps = house();
  const businesses: BusinessStore = {
    ...deps.businesses,
    candidates: async () => {
      throw new Error('nobody was named');
    },
  };
  const number = await file(deps, { address: '海曙区古林镇1号' }, 1, '过期了不肯退');
  await triage(number, { ...deps, businesses });
  expect(await understoodOf(deps, number)).toBeUndefined();
});

test('delivered twice, at once, and out of order, it is the same', async () => {
  const deps = house();
  const numbers = [
    await file(deps, { name: '甲面馆' }, 1, '面条变质'),
    await file(deps, { name: '甲 小 面' }, 2, '多收了钱'),
    await file(deps, { name: '乙超市' }, 3, '牛奶过期'),
  ];
  await Promise.all([...numbers, ...numbers.toReversed()].map((number) => triage(number, deps)));
  for (const number of numbers) await triage(number, deps);
  expect(await deps.cases.casesOfCreditCode(NOODLES.creditCode, 10)).toEqual(
    numbers.slice(0, 2).sort().reverse(),
  );
  expect(await deps.cases.casesOfCreditCode(MARKET.creditCode, 10)).toEqual([numbers[2]]);
  for (const number of numbers) {
    const told = (await deps.cases.history(number)).filter(({ facts }) => facts.understood !== undefined);
    expect(told).toHaveLength(1);
  }
});

test('one message is a handful of requests where the name is known, and at most 40 keys where it is not', async () => {
  const asked = async (business: Business) => {
    const deps = house();
    let keys = 0;
    let reads = 0;
    const businesses: BusinessStore = {
      ...deps.businesses,
      candidates: async (wanted: readonly LookupKey[], limit) => {
        keys += wanted.length;
        reads += 1;
        return deps.businesses.candidates(wanted, limit);
      },
    };
    await triage(await file(deps, business), { ...deps, businesses });
    return { keys, reads };
  };
  expect(await asked({ name: '甲面馆' })).toEqual({ keys: 1, reads: 1 });
  expect(await asked({ name: '甲面馆', address: '海曙区古林镇样例路' })).toEqual({ keys: 7, reads: 2 });
  expect(await asked({ name: '没有登记的店' })).toEqual({ keys: 10, reads: 2 });
  expect(
    (
      await asked({
        name: '宁波某个很长很长的没有登记的餐饮管理店',
        address: '海曙区古林镇样例路8号天一广场3楼B12铺',
        phone: '0574-87000000',
      })
    ).keys,
  ).toBeLessThanOrEqual(40);
});

test('what a person said of the business stays when the case comes again', async () => {
  const deps = house();
  const first = registered(1, MONDAY, { business: { name: '甲面馆' } });
  const understood = understoodSchema.parse({
    kind: { value: 'complaint', confidence: 1 },
    scope: { value: 'yes', confidence: 1 },
    business: { creditCode: SHOP.creditCode, confidence: 1, by: 'by-hand' },
    corrected: ['business'],
  });
  const { number } = await keep(deps.cases, [{ ...first, after: { ...first.after, understood } }]);
  await triage(number, deps);
  expect(await understoodOf(deps, number)).toMatchObject({ creditCode: SHOP.creditCode, by: 'by-hand' });
});

test('a person sets the business right', async () => {
  const deps = house();
  const number = await file(deps, { name: '连锁便利', address: '海曙区南门街道1号' });
  await triage(number, deps);
  const officer = staff('officer', '33020301');
  const wrong = '91330200000000999Y';
  const refused = await problemOf(() =>
    act(number, 'correct-understanding', { creditCode: wrong }, officer, deps),
  );
  expect([refused.code, refused.errors[0]?.field]).toEqual(['bad-request', '/creditCode']);
  const both = { creditCode: SHOP.creditCode, noBusiness: true };
  expect((await problemOf(() => act(number, 'correct-understanding', both, officer, deps))).code).toBe(
    'bad-request',
  );
  await act(number, 'correct-understanding', { creditCode: SHOP.creditCode }, officer, deps);
  const found = await deps.cases.case(number);
  expect(found?.understood).toMatchObject({
    business: { creditCode: SHOP.creditCode, confidence: 1, by: 'by-hand' },
    corrected: ['business'],
  });
  expect(await deps.cases.casesOfCreditCode(SHOP.creditCode, 10)).toEqual([number]);
  const { recognised } = await bodyOf(showCase(number, officer, deps));
  expect(recognised).toMatchObject({ name: SHOP.name, by: { code: 'by-hand', zh: '人工认定' } });
});
