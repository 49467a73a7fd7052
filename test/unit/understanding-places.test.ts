import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { buildGazetteer } from '../../infra/commands/build-gazetteer/build.ts';
import { gazetteerBytes } from '../../infra/commands/build-gazetteer/gazetteer-bytes.ts';
import { findDivision } from '../../shared/understanding/places/find-division.ts';
import { readGazetteer } from '../../shared/understanding/places/gazetteer.ts';
import { placeIn } from '../../shared/understanding/places/place-in.ts';
import { sourceOf } from '../../shared/understanding/source.ts';

const bytes = gazetteerBytes();
const gazetteer = readGazetteer(bytes);

const find = (text: string, home?: string) => findDivision(text, gazetteer, { home });

describe('the gazetteer', () => {
  it('is the same whenever it is built, and small enough for a function', () => {
    expect(gazetteerBytes()).toEqual(bytes);
    expect(bytes.length).toBeLessThan(1_500_000);
  });

  it('can be read from bytes that do not begin at a whole word', () => {
    const shifted = new Uint8Array(bytes.length + 1);
    shifted.set(bytes, 1);
    expect(findDivision('奉化', readGazetteer(shifted.subarray(1))).code).toBe('330213');
  });

  it.each([
    ['nothing', new Uint8Array()],
    ['something else', new TextEncoder().encode('not a gazetteer, but long enough to be one')],
    ['half of it', bytes.slice(0, 100_000)],
  ])('refuses %s', (_, wrong) => {
    expect(() => readGazetteer(wrong)).toThrow(RangeError);
  });

  it('is not built when a former name points to a division that is not there', () => {
    expect(() => buildGazetteer([{ code: '33', name: '浙江省' }])).toThrow('no division');
  });
});

describe('the division of an address', () => {
  it.each([
    ['浙江省宁波市海曙区古林镇葑水港村', '330203103', 'every level written'],
    ['宁波市古林镇', '330203103', 'the county left out'],
    ['宁波海曙古林镇', '330203103', 'short names above the township'],
    ['奉化', '330213', 'a short name'],
    ['义乌廿三里', '330782007', 'a township without its sign, right behind its city'],
    ['宁波奉化市溪口镇', '330213100', 'a city that is a district today'],
    ['上海市闸北区共和新路', '310106', 'a district merged into another'],
    ['杭州市江干区九堡镇', '330102018', 'a former district and a town that is a 街道 today'],
    ['杭州市余杭区临平街道', '330113001', 'a township that went to a new district'],
    ['绍兴县柯桥', '330603001', 'a former county'],
    ['余杭乔司永兴路9号', '330113005', 'a township of a new district, by short names'],
    ['萧山区临江工业园区', '330109', 'an industrial park is not the township of its name'],
    ['莱芜市莱城区', '370116', 'a former prefecture'],
    ['苍南县龙港镇', '330383', 'a town that is a city today'],
    ['四平市公主岭市东三街道', '220184003', 'a county that went to another city'],
    ['阿克苏市新和县', '652925', 'the seat instead of the prefecture'],
    ['北京淀海区永乐路', '110108', 'two signs in the wrong order'],
    ['四川省绵阳市江油市中国浙江省宁波市慈溪市', '330282', 'a new address right behind another'],
    ['浙江省杭州市萧山区浙江省杭州市', '330109', 'the beginning once more'],
    ['岳麓区西湖街道湖南省某医院', '430104007', 'a province in the name of a house'],
    ['新罗区东街道龙腾路', '350802', 'a district whose township is nowhere else'],
    ['金华永康市方严镇', '330784109', 'one wrong sign'],
    ['义鸟市北苑街道', '330782004', 'a wrong sign before a township that five places have'],
    ['湖北省仙桃市干河街道', '429004002', 'a county directly under its province'],
    ['广东省东莞市长安镇', '441900119', 'a city without counties'],
    ['重庆市忠县', '500233', 'a county of a municipality'],
    ['长沙县', '430121', 'a county that bears the name of its city'],
    ['长沙市', '4301', 'the city of that name'],
    ['河北省唐山市路北区光明街道', '130203010', 'a district that begins like a road'],
    ['合肥高新区', '340176', 'a development zone that counts as a county'],
    ['江苏省杭州市西湖区', '330106', 'a province that does not fit'],
    ['宁波海曙某某餐饮有限公司', '330203', 'the place in the name of a business'],
    ['关东街道', '420111080', 'not 东街道, which is inside'],
    ['宁波市火车站那边的南门街道', '330203001', 'parts that stand apart'],
    ['余姚城东新区科创中心', '330281', 'a zone that many towns have'],
    ['河南新乡市', '4107', 'not 南新乡, which is written across two names'],
  ])('of %s is %s: %s', (text, code) => {
    expect(find(text).code?.slice(0, code.length)).toBe(code);
  });

  it.each([
    '北京路3号',
    '南京东路88号',
    '我要投诉东方超市',
    '祝您身体安康',
    '吃了兰州拉面',
    '青岛啤酒里有玻璃渣',
    '平安保险退保',
    '大连锁超市',
    '我们在公园里',
    '新城区万达广场旁边的奶茶店',
    '妈妈，我在楼下等你',
    '到酒店了',
    '这双鞋黑色的没货',
  ])('is not guessed from %s', (text) => {
    expect(find(text)).toMatchObject({ code: null, level: null });
  });

  it.each([
    ['鼓楼区', ['320106', '320302', '350102', '410204']],
    ['朝阳区', ['110105', '220104']],
    ['虹桥镇', ['330382108', '310112107']],
  ])('of %s, a name that several places bear, is not given, but offered', (text, candidates) => {
    const found = find(text);
    expect(found.code).toBeNull();
    expect(found.confidence).toBeLessThan(0.5);
    expect(found.candidates).toEqual(expect.arrayContaining(candidates));
  });

  it('offers every township that bears a common name', () => {
    expect(find('城关镇').candidates.length).toBeGreaterThan(80);
  });

  it('is the one in the bureau’s own area when one lies there, and the others stay candidates', () => {
    const found = find('南门街道', '3302');
    expect(found.code).toBe('330203001');
    expect(found.candidates.length).toBeGreaterThan(1);
    expect(find('南门街道', '4403').code).toBeNull();
  });

  it('is read from a short name of a township only in the bureau’s own area', () => {
    const text = '我在庄市的超市买到了过期的饼干';
    expect(find(text).code).toBeNull();
    expect(find(text, '3302').code).toBe('330211004');
    expect(find('庄市永乐路12号').code).toBe('330211004');
  });

  it('is read as the bureau reads it when the same words mean another place elsewhere', () => {
    expect(find('九堡镇', '3301').code).toBe('330102018');
    expect(find('九堡镇').code).toBe('360781103');
    expect(find('鄞州区', '330203').code).toBe('330212');
  });

  it('puts those in the bureau’s own area first when several lie there', () => {
    const found = find('龙山镇', '33');
    expect(found.code).toBeNull();
    expect(found.candidates.slice(0, 2).every((code) => code.startsWith('33'))).toBe(true);
  });

  it('says which words it rests on and how it read them', () => {
    const text = '地址：宁波市奉化市溪口镇武岭路';
    const { spans, why, exactTown } = find(text);
    expect(spans.map(({ start, end }) => text.slice(start, end))).toEqual(['宁波市', '奉化市', '溪口镇']);
    expect(why.zh).toContain('奉化区');
    expect(exactTown).toBe(true);
    expect(find('余杭区闲林镇').exactTown).toBe(false);
  });

  it('is found within a message, the place of the business rather than the city of the writer', () => {
    expect(find('我住杭州，上周在宁波海曙区鼓楼街道的一家店买了表，三天就停了').code).toBe('330203005');
  });

  it('is less sure when the parts contradict each other', () => {
    expect(find('江苏省杭州市西湖区').confidence).toBeLessThan(find('浙江省杭州市西湖区').confidence);
  });

  it('is exact for every township that is written with all that lies above it', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: gazetteer.size - 1 }), (division) => {
        fc.pre(gazetteer.level(division) === 3 && /(?:镇|乡|街道)$/.test(gazetteer.name(division)));
        fc.pre(gazetteer.name(division) !== '街道');
        let address = '';
        for (let above = division; above >= 0; above = gazetteer.parent(above)) {
          const name = gazetteer.name(above);
          if (!/^(?:市辖区|县)$|直辖县级/.test(name) && !address.startsWith(name)) address = name + address;
        }
        const found = findDivision(address, gazetteer);
        expect([found.code, ...found.candidates]).toContain(gazetteer.code(division));
      }),
      { numRuns: 500, seed: 12315 },
    );
  });

  it('answers any text', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 300 }), (text) => {
        const { code, candidates, confidence, spans } = find(text);
        expect(code === null || candidates.includes(code)).toBe(true);
        expect(confidence).toBeGreaterThanOrEqual(0);
        expect(confidence).toBeLessThanOrEqual(1);
        for (const { start, end } of spans) expect(end).toBeGreaterThan(start);
      }),
    );
    for (const part of ['城关镇', '杭州', '\ud800', '😀', '1', '路', 'A市']) {
      expect(() => find(part.repeat(10_000 / part.length))).not.toThrow();
    }
  });
});

describe('the place in a message', () => {
  const place = (text: string, title?: string, business?: string) => {
    const source = sourceOf({ title, text });
    const start = business === undefined ? -1 : source.written.indexOf(business);
    const found = placeIn(
      source,
      gazetteer,
      business === undefined ? undefined : { start, end: start + business.length },
    );
    return found === null ? null : source.written.slice(found.start, found.end);
  };

  it.each<[text: string, words: string | null, what: string]>([
    ['我在宁波市海曙区中山东路18号的一家店买了蛋糕', '宁波市海曙区中山东路18号', 'down to the house number'],
    ['镇海区庄市街道永旺菜市场有人缺斤少两', '镇海区庄市街道永旺菜市场', 'down to the market'],
    [
      '我老家是安徽阜阳的，在余杭区仓前街道文一西路的理发店办了卡',
      '余杭区仓前街道文一西路',
      'not where the writer comes from',
    ],
    ['C市C3区明德路21号云栖小区3栋2单元电梯坏了', 'C市C3区明德路21号云栖小区3栋2单元', 'coded names'],
    ['西地省B市B2区柳林镇青石村的合作社', '西地省B市B2区柳林镇青石村', 'coded, to the village'],
    ['在12315上投诉没有人理', null, 'no place at all'],
  ])('of %s is %s: %s', (text, words) => {
    expect(place(text)).toBe(words);
  });

  it('ends where the name of the business begins', () => {
    expect(place('D市D4区锦绣花园酒店乱收费', undefined, '锦绣花园酒店')).toBe('D市D4区');
  });

  it('is the place in the name of the business when there is no other', () => {
    expect(place('E市晨光电器有限公司不退款', undefined, 'E市晨光电器有限公司')).toBe('E市');
  });

  it('is taken from where it is written most fully', () => {
    expect(place('我在F市F2区长乐路的健身房办了卡', 'F2区健身房关门')).toBe('F市F2区长乐路');
  });

  it('answers any text', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 300 }), (text) => {
        const found = placeIn(sourceOf({ text }), gazetteer);
        expect(found === null || found.end > found.start).toBe(true);
      }),
    );
  });
});
