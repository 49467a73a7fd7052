import { describe, expect, test } from 'vitest';
import { act } from '../../functions/desk-api/act.ts';
import { showCase } from '../../functions/desk-api/desk.ts';
import { triage } from '../../functions/triage-case/triage.ts';
import type { Complaint, Kind } from '../../shared/case/case.ts';
import { authorityOf, type PlatformOperator } from '../../shared/jurisdiction/competence.ts';
import { findStation } from '../../shared/jurisdiction/find-station.ts';
import type { Registry } from '../../shared/jurisdiction/registry.ts';
import type { RoutingFacts } from '../../shared/jurisdiction/route.ts';
import { bodyOf, house, keep, MONDAY, registered, registry, registryOf, staff } from './support.ts';

const OURS: PlatformOperator = {
  name: '样例优选',
  aliases: ['样例优选APP'],
  operator: '宁波样例优选网络科技有限公司',
  division: '330212105',
};
const THEIRS: PlatformOperator = {
  name: '示例到家',
  aliases: [],
  operator: '杭州示例到家科技有限公司',
  division: '330110',
};
const withPlatforms = { ...registry, platforms: [OURS, THEIRS] };
const [ofOurs] = registry.divisions.filter(({ code }) => code === OURS.division);

const find = (business: Complaint['business'], more: Partial<RoutingFacts> = {}) => {
  const finding = findStation({ business, ...more }, withPlatforms, '2026-11-16');
  const { ground, elsewhere } = finding.explanation;
  return { to: finding.found ? finding.unit : finding.reason, ground, elsewhere };
};

describe('whose place decides, by Order 121', () => {
  test('a shop in the street: where it is (Art. 13)', () => {
    expect(find({ address: '海曙区古林镇' })).toMatchObject({ to: '33020302', ground: 'art13-1' });
  });

  test('a platform operator: its residence, whatever address was written', () => {
    const to = ofOurs?.station;
    expect(find({ name: '样例优选', address: '海曙区古林镇' })).toMatchObject({
      to,
      ground: 'art13-operator',
    });
    expect(find({ name: ' 宁波样例优选网络科技有限公司' })).toMatchObject({ to, ground: 'art13-operator' });
  });

  test('a shop on a platform: the address that it shows there', () => {
    expect(find({ name: '小店', platform: '示例到家', address: '海曙区古林镇' })).toMatchObject({
      to: '33020302',
      ground: 'art13-shown',
    });
  });

  test('a shop on a platform without an address: the residence of the operator, here or elsewhere', () => {
    expect(find({ name: '小店', platform: '样例优选app' })).toMatchObject({
      to: ofOurs?.station,
      ground: 'art13-not-shown',
    });
    expect(find({ name: '小店', platform: '示例到家' })).toEqual({
      to: 'elsewhere',
      ground: 'art13-not-shown',
      elsewhere: '330110',
    });
  });

  test('nobody reached at the address shown: the residence of the operator', () => {
    const business = { name: '小店', platform: '样例优选', address: '海曙区古林镇' };
    expect(find(business, { unreachable: true })).toMatchObject({
      to: ofOurs?.station,
      ground: 'art13-not-shown',
    });
  });

  test.each<[Kind, Partial<RoutingFacts>, string | undefined, string]>([
    ['report', {}, undefined, 'art29-act'],
    ['report', {}, '示例到家', 'art31-shop'],
    ['report', { unreachable: true }, '示例到家', 'art31-shop'],
  ])('a %s %j on platform %s goes by the place that is named: %s', (kind, more, platform, ground) => {
    const business = { address: '海曙区古林镇', ...(platform === undefined ? {} : { platform }) };
    expect(find(business, { kind, ...more })).toMatchObject({ to: '33020302', ground });
  });

  test('a platform operator that is reported: its residence (Art. 31)', () => {
    expect(find({ name: '样例优选', address: '海曙区古林镇' }, { kind: 'report' })).toMatchObject({
      to: ofOurs?.station,
      ground: 'art31-operator',
    });
  });

  test('a platform that the register does not know changes nothing', () => {
    expect(find({ platform: '没听过', address: '海曙区古林镇' })).toMatchObject({
      to: '33020302',
      ground: 'art13-1',
    });
  });
});

describe('a platform that stands in the words only', () => {
  const asked = (
    text: string,
    business: Complaint['business'] = { name: '小店' },
    more: Partial<RoutingFacts> = {},
  ) => {
    const { explanation } = findStation({ business, text, ...more }, withPlatforms, '2026-11-16');
    return explanation;
  };

  test.each([
    '我在样例优选上买了一双鞋，开胶了。',
    '我于10月3日在样例优选平台一家店铺下单购买手机，收到是翻新机。',
    '通过ＡＰＰ样例优选app订购的牛奶过期了',
    '样例优选店铺卖假货，不给退',
  ])('counts where it says that it was bought there: %s', (text) => {
    const { ground, read = [], matches } = asked(text);
    expect(ground).toBe('art13-not-shown');
    const [found] = read;
    expect(found).toMatchObject({ what: 'platform', confidence: 0.9 });
    expect(text.normalize('NFKC').toLowerCase().slice(found?.start, found?.end)).toMatch(/^样例优选/);
    expect(matches).toMatchObject([{ unit: ofOurs?.station, confidence: 0.9 }]);
  });

  test('elsewhere leads there, and a person decides', () => {
    expect(asked('在示例到家上点了外卖，吃坏了肚子')).toMatchObject({
      nothing: 'elsewhere',
      elsewhere: '330110',
    });
  });

  test.each([
    ['only a way to pay', '在店里用样例优选支付了三百元'],
    ['only where it was seen', '在样例优选上看到这家店，到店里买了一件衣服'],
    ['two of them', '在样例优选上买过，又在示例到家上买过'],
    ['none', '在一家店里买了一双鞋'],
  ])('%s changes nothing: %s', (_, text) => {
    expect(asked(text)).toMatchObject({ ground: 'art13-1' });
    expect(asked(text)).not.toHaveProperty('read');
  });

  test('what the sender filled in goes before what he wrote; an address that the shop shows decides', () => {
    const text = '在样例优选上买的';
    expect(asked(text, { name: '小店', platform: '示例到家' })).toMatchObject({ elsewhere: '330110' });
    expect(asked(text, { address: '海曙区古林镇' })).toMatchObject({ ground: 'art13-shown' });
  });
});

describe('a report of an advertisement (Art. 32)', () => {
  const asked = (text: string, rules: Registry['rules'] = [], kind: Kind = 'report') => {
    const business = { name: '甲养生馆', address: '海曙区古林镇样例路1号' };
    const finding = findStation({ business, text, kind }, { ...withPlatforms, rules }, '2026-11-16');
    return { finding, ground: finding.explanation.ground, read: finding.explanation.read };
  };
  const paper = {
    id: 'p',
    precision: 'shop',
    word: '示例日报',
    unit: '33021202',
    source: 'by-hand',
  } as const;

  test('in press, radio, television goes by the place of the publisher, whom a rule of the register knows', () => {
    const text = '甲养生馆在示例日报上刊登虚假广告，说能治癌症。';
    const { finding, ground, read } = asked(text, [paper]);
    expect(ground).toBe('art32-publisher');
    expect(finding).toMatchObject({ found: true, unit: '33021202' });
    expect(read?.map(({ what, start, end }) => [what, text.slice(start, end)])).toEqual([
      ['advertising', '日报'],
      ['publisher', '示例日报'],
    ]);
  });

  test('of a publisher that nobody knows, or does not name, a person decides: the advertiser’s address says nothing', () => {
    for (const text of ['该馆在示例电视台播放违法广告', '该馆在报纸上发布虚假广告'])
      expect(asked(text)).toMatchObject({
        ground: 'art32-publisher',
        finding: { found: false, reason: 'address-missing' },
      });
  });

  test.each([
    ['在互联网上发布虚假广告', 'art32-first'],
    ['在抖音投放违法广告，宣称包治百病', 'art32-first'],
    ['该公司官网发布绝对化用语广告', 'art32-advertiser'],
    ['商家在自己的公众号推送虚假广告', 'art32-advertiser'],
  ])('on the internet the advertiser’s place may, where it was told first: %s', (text, ground) => {
    expect(asked(text)).toMatchObject({ ground, finding: { found: true, unit: '33020302' } });
  });

  test.each([
    ['a product that was bought after one', '我在抖音看到广告就购买了一台按摩椅，发布的是三无产品'],
    ['a board at the door', '门口发布招牌广告写着全国第一'],
    ['no advertisement at all', '在电视台旁边的店里买到过期食品'],
  ])('not of %s', (_, text) => {
    expect(asked(text)).toMatchObject({ ground: 'art29-act', read: undefined });
  });

  test('and not a complaint: the consumer’s dispute is with the business (Art. 13)', () => {
    expect(asked('在示例日报上刊登虚假广告', [paper], 'complaint').ground).toBe('art13-1');
  });
});

describe('an officer who reaches nobody at the address that is shown', () => {
  const officer = staff('officer', '33020302');
  const NOTE = '十六日、十七日各打三次电话无人接听，登门已搬走。';
  const filed = async (platform?: string) => {
    const deps = { ...house(), registry: registryOf(withPlatforms) };
    const business = {
      name: '小店',
      address: '海曙区古林镇',
      ...(platform === undefined ? {} : { platform }),
    };
    const { number } = await keep(deps.cases, [registered(1, MONDAY, { business })]);
    await triage(number, deps);
    return { deps, number };
  };

  test('gives the case back, and the hub sees that the operator’s place decides now', async () => {
    const { deps, number } = await filed('样例优选');
    expect((await deps.cases.case(number))?.unitPath.at(-1)).toBe('33020302');
    await act(number, 'unreachable', { note: NOTE }, officer, deps);
    expect(await deps.cases.case(number)).toMatchObject({
      state: 'at-hub',
      hubReason: 'unreachable',
      unreachable: true,
    });
    const { routing } = await bodyOf(showCase(number, staff('dispatcher'), deps));
    expect(routing).toMatchObject({
      ground: { code: 'art13-not-shown' },
      decided: { code: ofOurs?.station },
    });
  });

  test('cannot do so for a shop in the street', async () => {
    const { deps, number } = await filed();
    await expect(act(number, 'unreachable', { note: NOTE }, officer, deps)).rejects.toThrow();
    expect((await deps.cases.case(number))?.state).toBe('distributed');
  });
});

describe('an address elsewhere', () => {
  test('says which division is competent, when that is known', () => {
    const address = '杭州市西湖区古林镇';
    expect(find({ address }, { addressDivision: '330106' })).toMatchObject({
      to: 'elsewhere',
      elsewhere: '330106',
    });
    expect(find({ address })).toMatchObject({ to: 'address-not-found', elsewhere: undefined });
  });

  test('in our own area that nobody is in charge of is a gap in the register, not somebody else’s', () => {
    expect(find({ address: '某路' }, { addressDivision: '330205' }).to).toBe('address-not-found');
  });

  test('leads to the authority of its county, else of its city', () => {
    const one = { division: '330106', name: '西湖区市场监督管理局', address: '某路1号', phone: '0571-12315' };
    const city = { ...one, division: '330100', name: '杭州市市场监督管理局' };
    expect(authorityOf('330106005', [city, one])).toBe(one);
    expect(authorityOf('330110', [city, one])).toBe(city);
    expect(authorityOf('110101', [city, one])).toBeUndefined();
  });
});
