import { describe, expect, test } from 'vitest';
import type { Complaint } from '../../shared/case/case.ts';
import { findStation } from '../../shared/jurisdiction/find-station.ts';
import { unitPathOf } from '../../shared/jurisdiction/registry.ts';
import { factsWith } from './businesses-support.ts';
import { BUSINESSES, registry, STATION_A2 } from './support.ts';

type Business = Complaint['business'];
const TODAY = '2026-11-16';
const find = (business: Business) => findStation({ business }, registry, TODAY);
const stationOf = (business: Business) => {
  const finding = find(business);
  return finding.found ? [finding.unit, finding.precision] : finding.reason;
};
const candidatesOf = (business: Business) => {
  const finding = find(business);
  return finding.found ? [] : [...finding.candidates].sort();
};

describe('by the township in the address', () => {
  test.each([
    ['宁波市海曙区古林镇测试路1号', '33020302'],
    ['浙江省宁波市海曙区古林镇', '33020302'],
    ['古林镇测试路1号', '33020302'],
    ['海曙区 古林镇 测试路', '33020302'],
    ['海曙区古林测试路1号', '33020302'],
    ['海曙古林测试路1号', '33020302'],
    ['鄞州区姜山镇', '33021201'],
    ['余姚市梨洲街道测试路', '33028101'],
    ['浙江省余姚市梨洲街道测试路', '33028101'],
  ])('%s → %s', (address, station) => {
    expect(stationOf({ address })).toEqual([station, 'township']);
  });

  test('the longer of two names inside one another wins', () => {
    // 城东街道 is of the first county, 东街道 of the second.
    expect(stationOf({ address: '城东街道测试路1号' })).toEqual(['33020301', 'township']);
    expect(stationOf({ address: '宁波市东街道测试路1号' })).toEqual(['33021201', 'township']);
  });

  test('a name that two counties have goes to the dispatcher with both stations', () => {
    expect(stationOf({ address: '新城街道测试路1号' })).toBe('address-ambiguous');
    expect(candidatesOf({ address: '新城街道测试路1号' })).toEqual(['33020302', '33021202']);
  });

  test('the county tells two townships of one name apart', () => {
    expect(stationOf({ address: '海曙区新城街道1号' })).toEqual(['33020302', 'township']);
    expect(stationOf({ address: '鄞州区新城街道1号' })).toEqual(['33021202', 'township']);
  });

  test('two townships of one station are no doubt, of two stations they are', () => {
    expect(stationOf({ address: '南门街道与城东街道交界处' })).toEqual(['33020301', 'township']);
    expect(candidatesOf({ address: '古林镇与姜山镇交界处' })).toEqual(['33020302', '33021201']);
  });

  test('the county alone gives its stations to choose from', () => {
    expect(stationOf({ address: '海曙区测试路1号' })).toBe('address-ambiguous');
    expect(candidatesOf({ address: '海曙区测试路1号' })).toEqual(['33020301', '33020302']);
  });

  test('a short name without a county is not trusted', () => {
    expect(stationOf({ address: '南门路88号' })).toBe('address-not-found');
    expect(candidatesOf({ address: '南门路88号' })).toEqual([]);
  });

  test.each(['上海市黄浦区南门街道1号', '江苏省南京市新城街道', '重庆市江北区古林镇'])(
    'another city is refused: %s',
    (address) => {
      expect(stationOf({ address })).toBe('address-not-found');
    },
  );

  test.each(['', '   ', undefined])('no address (%j) is said to be missing', (address) => {
    expect(stationOf({ address, name: '没有登记的店' })).toBe('address-missing');
  });
});

describe('by the register of businesses', () => {
  const asked = async (business: Business) =>
    findStation(await factsWith(business, BUSINESSES, registry), registry, TODAY);
  const known = async (business: Business) => {
    const finding = await asked(business);
    return finding.found ? [finding.unit, finding.precision] : finding.reason;
  };

  test.each(['宁波示例甲餐饮有限公司', '甲面馆', '甲小面', ' 甲 面 馆 '])('%s is known', async (name) => {
    expect(await known({ name })).toEqual(['33020302', 'shop']);
  });

  test('a name that two bear goes to the dispatcher with both stations', async () => {
    const finding = await asked({ name: '连锁便利' });
    expect(finding).toMatchObject({ found: false, reason: 'address-ambiguous' });
    expect(finding.found ? [] : [...finding.candidates].sort()).toEqual(['33020301', '33021201']);
  });

  test('part of a name is not a name', async () => {
    expect(await known({ name: '甲面' })).toBe('address-missing');
  });

  test('a name with a branch behind it is the business, unless another branch is known', async () => {
    expect(await known({ name: '宁波示例甲餐饮有限公司古林店' })).toEqual(['33020302', 'shop']);
  });

  test('a misspelt name alone decides nothing', async () => {
    expect(await known({ name: '宁波示例申餐饮有限公司' })).toBe('address-missing');
  });

  test('the address counts more than the name: the law asks for the actual place of business', async () => {
    expect(await known({ name: '甲面馆', address: '鄞州区姜山镇' })).toEqual(['33021201', 'township']);
  });

  test('the name helps when the address says nothing', async () => {
    expect(await known({ name: '甲面馆', address: '路口那家' })).toEqual(['33020302', 'shop']);
    expect(await known({ name: '甲面馆', address: '海曙区测试路' })).toEqual(['33020302', 'shop']);
  });
});

describe('by the division code', () => {
  test.each([
    ['330203105', 'nine digits, the township'],
    ['330203105001', 'twelve digits, a village in it'],
    ['330203105000', 'twelve digits, the township itself'],
  ])('%s (%s) gives the station', (divisionCode) => {
    expect(stationOf({ divisionCode })).toEqual(['33020302', 'township']);
  });

  test.each(['330203', '330203000', '330203000000'])(
    '%s, the county, gives its stations to choose from',
    (divisionCode) => {
      expect(stationOf({ divisionCode })).toBe('address-ambiguous');
      expect(candidatesOf({ divisionCode })).toEqual(['33020301', '33020302']);
    },
  );

  test.each(['330203999', '330203999001'])('%s is not in the register', (divisionCode) => {
    expect(stationOf({ divisionCode })).toBe('address-not-found');
    expect(candidatesOf({ divisionCode })).toEqual([]);
  });

  test.each(['110101', '110101001', '110101001001'])('%s is for an authority elsewhere', (divisionCode) => {
    expect(stationOf({ divisionCode })).toBe('elsewhere');
    expect(find({ divisionCode }).explanation.elsewhere).toBe(divisionCode);
  });
});

test('a register without anything finds nothing and breaks nothing', () => {
  const empty = { ...registry, divisions: [], units: [], officers: [] };
  const business = { name: '甲面馆', address: '海曙区古林镇', divisionCode: undefined };
  expect(findStation({ business }, empty, TODAY)).toMatchObject({
    found: false,
    reason: 'address-not-found',
    candidates: [],
  });
});

test('the path of a station leads from the city down; a station that is not in the register is an error', () => {
  expect(unitPathOf('33020302', registry.units)).toEqual(STATION_A2);
  expect(() => unitPathOf('99999999', registry.units)).toThrow(RangeError);
});
