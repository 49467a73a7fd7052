import { describe, expect, test } from 'vitest';
import { isInBusiness, readBusiness } from '../../shared/businesses/business.ts';
import {
  keysOfBusiness,
  keysOfQuestion,
  MOST_ASKED,
  MOST_KEPT,
} from '../../shared/businesses/lookup-keys.ts';
import { branchReadings, readName } from '../../shared/businesses/name-core.ts';
import { platformOf } from '../../shared/businesses/platforms.ts';
import { spotsOf } from '../../shared/businesses/spots.ts';
import { businessOf, codeOf, PLACES } from './businesses-support.ts';

describe('the core of a name', () => {
  test.each([
    ['宁波市海曙区老王面馆（个体工商户）', '老王面馆', undefined],
    ['宁波老王面馆有限公司天一店', '老王面馆', '天一'],
    ['老王面馆（天一店）', '老王面馆', '天一'],
    ['老王面馆天一广场店', '老王面馆', '天一广场'],
    ['老 王·面馆', '老王面馆', undefined],
    ['ＫＦＣ【天一广场店】', 'kfc', '天一广场'],
    ['麦当劳（中国）有限公司', '麦当劳', undefined],
    ['浙江省宁波市鄞州区示例餐饮管理有限责任公司', '示例餐饮管理', undefined],
    ['好又多超市第五分店', '好又多超市', '第五'],
    ['好又多超市二店', '好又多超市', '二'],
    ['李宁官方旗舰店', '李宁', undefined],
    ['三江商行', '三江商行', undefined],
    ['古林镇阿姨水果店', '阿姨水果店', undefined],
    ['杭州市西湖区示例水果店', '示例水果店', undefined],
    ['杭州市示例水果有限公司', '示例水果', undefined],
    ['阿婆市果店', '阿婆市果店', undefined],
    // What looks like a place, a form or a branch and is the name.
    ['好又多超市', '好又多超市', undefined],
    ['都市丽人', '都市丽人', undefined],
    ['老乡鸡', '老乡鸡', undefined],
    ['宁波银行股份有限公司', '宁波银行', undefined],
    ['宁波饭店', '宁波饭店', undefined],
    ['有限公司', '有限公司', undefined],
  ])('%s → %s', (written, core, branch) => {
    const reading = readName(written, PLACES);
    expect([reading.core, reading.branch]).toEqual([core, branch]);
  });

  test('says what was left out, and why', () => {
    expect(readName('宁波市海曙区老王面馆有限公司（天一店）', PLACES).dropped).toEqual([
      { part: 'branch', text: '天一店' },
      { part: 'form', text: '有限公司' },
      { part: 'place', text: '宁波市' },
      { part: 'place', text: '海曙区' },
    ]);
  });

  test('where nothing tells where the branch begins, each way is tried', () => {
    expect(branchReadings(readName('星巴克天一店'))).toEqual([
      { core: '星巴克', branch: '天一' },
      { core: '星巴', branch: '克天一' },
    ]);
    expect(branchReadings(readName('阿姨水果店'))).toEqual([]);
  });

  test('a name made to be slow to read is read at once', () => {
    const start = performance.now();
    readName('生鲜超市'.repeat(10_000));
    readName('生鲜超市'.repeat(24));
    readName(`${'('.repeat(50)}${')'.repeat(50)}`);
    spotsOf('宁波市'.repeat(10_000));
    expect(performance.now() - start).toBeLessThan(500);
  });
});

test.each([
  ['宁波市海曙区药行街48号天一广场2楼B12铺', ['天一广场'], '2', 'b12', '药行街', '48'],
  ['天一广场二楼', ['天一广场'], '2', undefined, undefined, undefined],
  ['海曙天一广场 地下一层 2-105号', ['天一广场'], '-1', '2105', undefined, undefined],
  ['天一广场F3', ['天一广场'], '3', undefined, undefined, undefined],
  ['宁波市鄞州区万达广场十二楼', ['鄞州万达', '万达'], '12', undefined, undefined, undefined],
  ['中山东路166号', [], undefined, undefined, '中山东路', '166'],
  ['古林镇人民路', [], undefined, undefined, '人民路', undefined],
  [undefined, [], undefined, undefined, undefined, undefined],
])('the spot in %s', (address, malls, floor, unit, road, house) => {
  expect(spotsOf(address, PLACES)).toEqual({ malls, floor, unit, road, house });
});

test('platforms are the same however they are called', () => {
  expect(['美团', '美团外卖', ' Meituan '].map(platformOf)).toEqual(['meituan', 'meituan', 'meituan']);
  expect(platformOf('某某 商城')).toBe('某某商城');
});

describe('keys', () => {
  test('one question asks for a bounded number of keys, however much is written', () => {
    const long = '天地玄黄宇宙洪荒日月盈昃辰宿列张';
    const keys = keysOfQuestion(
      {
        name: `${long}天一店`,
        platform: '美团',
        shop: `寒来暑往秋收冬藏闰余成岁(天一店)`,
        address: '宁波市鄞州区药行街48号万达广场2楼B12铺',
        division: '330212001',
        phone: '0574-87000000',
      },
      PLACES,
    );
    expect(keys.length).toBeLessThanOrEqual(MOST_ASKED);
    expect(keys.filter((key) => key.startsWith('near:'))).toHaveLength(22);
    expect(keysOfQuestion({}, PLACES)).toEqual([]);
  });

  test('a business with ten long aliases and shops still fits a transaction, every name among its keys', () => {
    const names = Array.from({ length: 10 }, (_, n) => `天地玄黄宇宙洪荒日月盈昃${n}`);
    const business = businessOf(1, {
      aliases: names,
      shops: names.map((name) => ({ platform: '美团', shop: `${name}甲` })),
      phone: '0574-87000000',
    });
    const keys = keysOfBusiness(business, PLACES);
    expect(keys).toHaveLength(MOST_KEPT);
    for (const name of names) expect(keys).toContain(`name:${name}`);
  });

  test('a village’s business is found by its township', () => {
    expect(keysOfBusiness(businessOf(1, { division: '330203001002' }), PLACES)).toContain(
      'name-township:老王面馆@330203001',
    );
  });
});

describe('a row of an import', () => {
  const row = {
    creditCode: codeOf(1),
    name: '老王面馆',
    address: '药行街48号',
    division: '330203001',
    grade: 'B',
  };

  test('is read, a credit code with blanks and small letters too', () => {
    const code = codeOf(1);
    const read = readBusiness({ ...row, creditCode: ` ${code.slice(0, 8)} ${code.slice(8).toLowerCase()}` });
    expect(read).toEqual({ business: { ...row, aliases: [], shops: [] } });
  });

  test.each([
    [{ creditCode: '91330203000000018X' }, 'creditCode', '统一社会信用代码：请照营业执照填写18位代码'],
    [{ name: '' }, 'name', '名称：请填写登记名称'],
    [{ division: '330203' }, 'division', '行政区划代码：请填写乡镇、街道的9位代码'],
    [{ grade: 'E' }, 'grade', '监管类别：请填写A、B、C、D之一'],
    [{ from: '2026-02-30' }, 'from', '开业日期：'],
    [{ from: '2026-02-01', to: '2026-01-31' }, 'to', '停业日期：'],
    [{ shops: [{ platform: '美团' }] }, 'shops', '网店：'],
    [{ adress: 'x' }, 'adress', 'adress：没有这个字段'],
  ])('that cannot be taken names the field and the remedy: %o', (wrong, field, zh) => {
    const read = readBusiness({ ...row, ...wrong });
    expect(read).toEqual({ problems: [expect.objectContaining({ field, zh: expect.stringContaining(zh) })] });
    const [problem] = 'problems' in read ? read.problems : [];
    expect(problem?.en).toMatch(/^[^:]+: .{10}/);
  });

  test('that is no row at all says so', () => {
    expect(readBusiness('x')).toEqual({ problems: [expect.objectContaining({ field: '' })] });
  });
});

test('a business is in business from its first to its last day', () => {
  const days = { from: '2026-01-01', to: '2026-06-30' };
  expect(
    ['2025-12-31', '2026-01-01', '2026-06-30', '2026-07-01'].map((on) => isInBusiness(days, on)),
  ).toEqual([false, true, true, false]);
});
