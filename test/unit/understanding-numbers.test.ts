import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { findDates } from '../../shared/understanding/numbers/dates.ts';
import { findPhones, spokenDigits } from '../../shared/understanding/numbers/digits.ts';
import { numeralValue, toHundredths, toNumber } from '../../shared/understanding/numbers/numerals.ts';
import { paidAndClaimed } from '../../shared/understanding/numbers/roles.ts';
import { findSums } from '../../shared/understanding/numbers/sums.ts';
import { sourceOf, wordsAt } from '../../shared/understanding/source.ts';

const sumsOf = (text: string) => {
  const source = sourceOf({ text });
  return findSums(source).map(({ start, end, yuan }) => [source.written.slice(start, end), yuan]);
};
const rolesOf = (text: string) => {
  const source = sourceOf({ text });
  const { paid, claimed } = paidAndClaimed(source, findSums(source));
  return { paid: paid.value, claimed: claimed.value };
};
const datesOf = (text: string, receivedOn = '2020-03-18') => {
  const { purchasedOn, occurredOn } = findDates(sourceOf({ text }), receivedOn);
  return { purchased: purchasedOn.value, occurred: occurredOn.value };
};

describe('numerals', () => {
  it.each([
    ['一万二', 12_000],
    ['一万零五', 10_005],
    ['十三万五', 135_000],
    ['2万8', 28_000],
    ['3万2千', 32_000],
    ['1万600', 10_600],
    ['三点五万', 35_000],
    ['陆仟柒佰', 6700],
    ['廿八', 28],
    ['1.2w', 12_000],
    ['3k', 3000],
    ['两千零八', 2008],
    ['七千九', 7900],
    ['一二三', 123],
    ['负三', -3],
  ])('%s is %d', (numeral, value) => {
    const read = numeralValue(numeral);
    expect(read === null ? null : toNumber(read)).toBe(value);
  });

  it.each(['', '元', '点', '一点', '十一十二', '1..2', '一'.repeat(200)])('%s is no number', (numeral) => {
    expect(numeralValue(numeral)).toBeNull();
  });

  it('keeps cents exact where floating numbers do not', () => {
    const read = numeralValue('1138424.29');
    expect(read === null ? null : toHundredths(read)).toBe(113_842_429);
  });

  it('has no whole cents for parts of a cent', () => {
    const read = numeralValue('0.588');
    expect(read === null ? 0 : toHundredths(read)).toBeNull();
  });

  it('reads every whole number as it is written in Chinese', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 99_999_999 }), (number) => {
        const read = numeralValue(inChinese(number));
        expect(read === null ? null : toNumber(read)).toBe(number);
      }),
    );
  });
});

describe('sums of money', () => {
  it.each<[string, [string, number | null][]]>([
    ['买水壶花了128元', [['128元', 128]]],
    ['实收￥66.50', [['￥66.50', 66.5]]],
    ['一共两百三十块钱', [['两百三十块', 230]]],
    ['三块五一斤的葱', [['三块五', 3.5]]],
    ['每碗一块二毛五', [['一块二毛五', 1.25]]],
    ['鸡蛋5块8一斤', [['5块8', 5.8]]],
    ['票价50块一张', [['50块', 50]]],
    ['涨了5毛', [['5毛', 0.5]]],
    ['收了我５６０元', [['５６０元', 560]]],
    ['货款23，400.00元', [['23，400.00元', 23_400]]],
    ['人民币伍仟圆整', [['伍仟圆整', 5000]]],
    ['每度电0.588元', [['0.588元', 0.588]]],
    ['总价 4.98 万', [['4.98 万', 49_800]]],
    ['近600元的锅', [['600元', 600]]],
    ['5元4角3分', [['5元4角3分', 5.43]]],
    ['1.3000元押金没退', [['3000元', 3000]]],
  ])('%s', (text, sums) => {
    expect(sumsOf(text)).toEqual(sums);
  });

  it.each<[string, [string, null][]]>([
    ['花了三千多', [['三千多', null]]],
    ['几百块的耳机', [['几百块', null]]],
    ['上万元的货', [['上万元', null]]],
    ['500-800元不等', [['500-800元', null]]],
    ['罚了三五百块', [['三五百块', null]]],
    ['要价7、8万', [['7、8万', null]]],
    ['付了300美元', [['300美元', null]]],
    ['亏了好几万', [['好几万', null]]],
  ])('%s is a sum without an exact value', (text, sums) => {
    expect(sumsOf(text)).toEqual(sums);
  });

  it.each<[string, [string, number][]]>([
    ['我转了2600给店长', [['2600', 2600]]],
    ['办卡花费899，没用过', [['899', 899]]],
    ['商家只退200', [['200', 200]]],
    ['房租1900一个月', [['1900', 1900]]],
    ['报价6500/平', [['6500', 6500]]],
    [
      '充值500送80',
      [
        ['500', 500],
        ['80', 80],
      ],
    ],
    [
      '找他要三百，他只给一百',
      [
        ['三百', 300],
        ['一百', 100],
      ],
    ],
    [
      '车位分3200、4100、5000元三档',
      [
        ['3200', 3200],
        ['4100', 4100],
        ['5000元', 5000],
      ],
    ],
    [
      '押金1600元，退房后1600不退',
      [
        ['1600元', 1600],
        ['1600', 1600],
      ],
    ],
  ])('%s: bare numbers that mean money', (text, sums) => {
    expect(sumsOf(text)).toEqual(sums);
  });

  it.each([
    '住3栋1402室',
    '2019年7月1日',
    '电话13900001111',
    '跑了3000米',
    '依据第十二条',
    '面积88平方',
    '打了7折，差20%',
    '打12315没人接',
    '买了两块地板',
    '每天上班8小时',
    '共有五百多人',
    '坐公交233路',
    '三角洲',
    '一分钱都没退我',
    '承诺假一赔十',
    '三元区',
    '5栋2单元',
    '成千上万的人',
    '千万不要去',
    'GB2760-2014',
    '0元购',
    '十有八九',
  ])('%s holds no sum', (text) => {
    expect(sumsOf(text)).toEqual([]);
  });

  it('tells prices for a unit from sums', () => {
    const of = (text: string) => findSums(sourceOf({ text }))[0]?.per;
    expect(of('物业费2.5元/平')).toBe('平');
    expect(of('每立方米3元')).toBe('立方米');
    expect(of('付了30元')).toBeNull();
  });

  it('takes an answer that is nothing but a sum', () => {
    expect(sumsOf('一万二')).toEqual([['一万二', 12_000]]);
    expect(sumsOf('大概三千吧')).toEqual([['三千', 3000]]);
  });

  it('gives places in title and text', () => {
    const source = sourceOf({ title: '押金300元不退', text: '交了300元' });
    expect(findSums(source).map(({ start, end }) => source.written.slice(start, end))).toEqual([
      '300元',
      '300元',
    ]);
  });

  it('finds every sum with its unit, whatever stands around it', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 99_999_999 }), (fen) => {
        const written = `${Math.floor(fen / 100)}.${String(fen % 100).padStart(2, '0')}元`;
        const [sum] = findSums(sourceOf({ text: `我在店里付了${written}。` }));
        expect(sum?.fen).toBe(fen);
      }),
    );
  });
});

describe('paid and claimed', () => {
  it.each<[string, number | null, number | null]>([
    ['我在网上花299元买了鞋，开胶了，商家只肯退100元，要求全额退款', 29_900, 29_900],
    ['我交了2000元定金，后来不想买了，店家不退', 200_000, 200_000],
    ['原价5999元，我付了4999元，到货发现是翻新机', 499_900, null],
    ['洗个头收我380元，要求退一赔三', 38_000, 152_000],
    ['我充值3980元办健身卡，现在关门，要求退还剩余2600元', 398_000, 260_000],
    ['我交了5000元定金，25万首付款，要求退房退款', 25_500_000, 25_500_000],
    ['父亲被骗买保健品，前后共花费2.6万元', 2_600_000, null],
    ['我订房花了688元，到店没房，要求退款并赔偿500元', 68_800, 118_800],
    ['举报某超市卖过期酸奶，标价12.8元', null, null],
    ['停车一小时10元太贵，别处才5元', null, null],
    ['我报班学费7000元，协商后退了我2000元，剩下的不肯退，要求退费', 700_000, 500_000],
  ])('%s', (text, paid, claimed) => {
    expect(rolesOf(text)).toEqual({ paid, claimed });
  });

  it('says on which words it rests', () => {
    const source = sourceOf({ text: '我昨天付了450元修手机，没修好。' });
    const { paid } = paidAndClaimed(source, findSums(source));
    expect(paid.spans.map((span) => wordsAt(source, span))).toEqual(['450元']);
    expect(paid.why.zh).not.toBe('');
  });

  it('claims nothing when no money is wanted back', () => {
    const source = sourceOf({ text: '我付了450元修手机，没修好，邻居说可以退款。' });
    const { claimed } = paidAndClaimed(source, findSums(source), { requests: new Set(['repair']) });
    expect(claimed.value).toBeNull();
  });

  it('is less sure of a report than of a complaint', () => {
    const source = sourceOf({ text: '我们被收取培训费700元。' });
    const sure = (kind: 'complaint' | 'report') =>
      paidAndClaimed(source, findSums(source), { kind }).paid.confidence;
    expect(sure('complaint')).toBeGreaterThan(sure('report'));
  });
});

describe('dates', () => {
  it.each<[string, string | null, string | null]>([
    ['2019年3月5日在超市买了牛奶', '2019-03-05', null],
    ['3月5号我在网上下单', '2020-03-05', null],
    ['12月30日买的', '2019-12-30', null],
    ['上个月15号买的，昨天坏了', '2020-02-15', '2020-03-17'],
    ['前天吃饭拉肚子', '2020-03-16', '2020-03-16'],
    ['去年12月29日交了订金', '2019-12-29', null],
    ['二〇一九年十月一日订的家具', '2019-10-01', null],
    ['2019.7.26购买', '2019-07-26', null],
    ['上周六发现漏水', null, '2020-03-14'],
    ['三天前收到货', null, '2020-03-15'],
    ['国庆节去吃饭', '2019-10-01', '2019-10-01'],
    ['去年底买的', null, null],
    ['2019年6月买的', null, null],
    ['时至今日没有解决', null, null],
    ['生产日期2020年1月3日', null, null],
    ['住在五一路，3号线旁', null, null],
    ['2021年1月1日购买', null, null],
    ['2019年2月30日购买', null, null],
  ])('%s', (text, purchased, occurred) => {
    expect(datesOf(text)).toEqual({ purchased, occurred });
  });

  it('never gives a day after the receipt', () => {
    fc.assert(
      fc.property(
        fc.string({
          unit: fc.constantFrom(
            '今',
            '上',
            '个',
            '月',
            '1',
            '3',
            '年',
            '日',
            '号',
            '2',
            '0',
            '周',
            '五',
            '昨',
            '天',
          ),
        }),
        (text) => {
          for (const { day } of findDates(sourceOf({ text }), '2020-03-18').all) {
            expect(day === null || day <= '2020-03-18').toBe(true);
          }
        },
      ),
    );
  });
});

describe('figures said one by one', () => {
  it.each([
    ['幺三九零零零零一一一一', '13900001111'],
    ['一三九，零零零零，一一一一', '13900001111'],
    ['1 3 9 0 0 0 0 1 1 1 1', '13900001111'],
    ['一三九四个零一一一一', '13900001111'],
    ['139-0000-1111', '13900001111'],
    ['+86 139 0000 1111', '13900001111'],
  ])('%s is a mobile', (text, number) => {
    expect(findPhones(sourceOf({ text })).map((phone) => [phone.kind, phone.number])).toEqual([
      ['mobile', number],
    ]);
  });

  it('knows landlines, 400 numbers and hotlines', () => {
    const kinds = (text: string) =>
      findPhones(sourceOf({ text })).map(({ kind, number }) => `${kind} ${number}`);
    expect(kinds('座机0571-88880000')).toEqual(['landline 057188880000']);
    expect(kinds('客服400-000-1234')).toEqual(['service 4000001234']);
    expect(kinds('拨打12315')).toEqual(['service 12315']);
    expect(kinds('订单123456789012345678')).toEqual([]);
  });

  it('reads order numbers', () => {
    expect(spokenDigits(sourceOf({ text: '订单号二零二三 零四 一五 八八九九' }))[0]?.digits).toBe(
      '202304158899',
    );
  });

  it('leaves years and amounts alone', () => {
    expect(spokenDigits(sourceOf({ text: '二〇一九年花了一千三百八十' }))).toEqual([]);
  });
});

describe('whatever is written', () => {
  const odd = fc.oneof(
    fc.string({ unit: 'binary' }),
    fc.string({
      unit: fc.constantFrom(
        '1',
        ',',
        '.',
        '万',
        '块',
        '元',
        '毛',
        '一',
        '五',
        '十',
        '几',
        '多',
        '-',
        '\ud800',
        ' ',
        '年',
        '退一赔',
        '花了',
      ),
    }),
  );

  it('gets an answer, with places inside the text and in order', () => {
    fc.assert(
      fc.property(odd, (text) => {
        const source = sourceOf({ text });
        const sums = findSums(source);
        paidAndClaimed(source, sums);
        findDates(source, '2020-03-18');
        findPhones(source);
        let last = 0;
        for (const { start, end } of sums) {
          expect(start).toBeGreaterThanOrEqual(last);
          expect(end).toBeGreaterThan(start);
          last = end;
        }
        expect(last).toBeLessThanOrEqual(text.length);
      }),
    );
  });

  it.each(['1', '一', '万', '1,', '三块', '买了1元，', '\ud83d', '1-', '2019年', '要求退'])(
    'ten thousand times %s',
    (part) => {
      const source = sourceOf({ text: part.repeat(10_000 / part.length) });
      expect(() => paidAndClaimed(source, findSums(source))).not.toThrow();
      expect(() => findDates(source, '2020-03-18')).not.toThrow();
      expect(() => findPhones(source)).not.toThrow();
    },
  );
});

/** The numeral as it is taught: 10203 is 一万零二百零三. */
function inChinese(number: number): string {
  const digits = '零一二三四五六七八九';
  const units = ['', '十', '百', '千'];
  const section = (part: number): string => {
    let text = '';
    let zero = false;
    for (let power = 3; power >= 0; power -= 1) {
      const digit = Math.floor(part / 10 ** power) % 10;
      if (digit === 0) zero = text !== '';
      else {
        text += `${zero ? '零' : ''}${digits[digit] ?? ''}${units[power] ?? ''}`;
        zero = false;
      }
    }
    return text;
  };
  const high = Math.floor(number / 10_000);
  const low = number % 10_000;
  if (high === 0) return section(low);
  const joint = low > 0 && low < 1000 ? '零' : '';
  return `${section(high)}万${joint}${low === 0 ? '' : section(low)}`;
}
