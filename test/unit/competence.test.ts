import { describe, expect, test } from 'vitest';
import { act } from '../../functions/desk-api/act.ts';
import { showCase } from '../../functions/desk-api/desk.ts';
import { triage } from '../../functions/triage-case/triage.ts';
import type { Complaint, Kind } from '../../shared/case/case.ts';
import { authorityOf, type PlatformOperator } from '../../shared/jurisdiction/competence.ts';
import { findStation } from '../../shared/jurisdiction/find-station.ts';
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
    ['report', { advertising: true }, undefined, 'art32-publisher'],
    ['report', { unreachable: true }, '示例到家', 'art31-shop'],
  ])('a %s %j on platform %s goes by the place that is named: %s', (kind, more, platform, ground) => {
    const business = { address: '海曙区古林镇', ...(platform === undefined ? {} : { platform }) };
    expect(find(business, { kind, ...more })).toMatchObject({ to: '33020302', ground });
  });

  test('a platform that the register does not know changes nothing', () => {
    expect(find({ platform: '没听过', address: '海曙区古林镇' })).toMatchObject({
      to: '33020302',
      ground: 'art13-1',
    });
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
