import { addDays, type LocalDate, lastDayOf } from '../dates.ts';
import { FESTIVALS, type Festival, festivalOf } from '../law/lunar.ts';
import type { Pair, Subject } from '../understanding/understanding.ts';

/*
 * What is inspected in which season (季节性检查). Data: months by number, festivals by the moon; a bureau changes a row, not
 * the code.
 */

/** Days before and after a festival, or months from and to (both included; may run over the turn of the year). */
type When =
  | { readonly festival: Festival; readonly before: number; readonly after: number }
  | { readonly from: `${number}-${number}`; readonly to: `${number}-${number}` };

export interface SeasonRow extends Pair {
  readonly when: When;
  /** Who is visited. */
  readonly who: Pair;
  /** What is looked at. */
  readonly what: Pair;
  /** Complaints of these classes in the same season say where. */
  readonly subjects: readonly Subject[];
}

export const SEASONS: readonly SeasonRow[] = [
  {
    zh: '年货市场',
    en: 'New Year goods',
    when: { festival: 'spring-festival', before: 35, after: 0 },
    who: { zh: '商超、农贸市场、酒类和熟食店', en: 'supermarkets, markets, liquor and cooked food shops' },
    what: {
      zh: '食品保质期、明码标价、假酒、缺斤短两',
      en: 'shelf life, marked prices, false liquor, short weight',
    },
    subjects: ['食品类', '烟酒和饮料类', '销售服务'],
  },
  {
    zh: '年夜饭、春节餐饮住宿',
    en: 'New Year dinners and travel',
    when: { festival: 'spring-festival', before: 15, after: 15 },
    who: { zh: '餐饮、旅馆、景区', en: 'restaurants, hotels, sights' },
    what: { zh: '后厨卫生、包间费和预订金、涨价', en: 'kitchens, charges and deposits, raised prices' },
    subjects: ['生活社会服务类', '旅游服务'],
  },
  {
    zh: '元宵汤圆',
    en: 'Lantern Festival dumplings',
    when: { festival: 'lantern-festival', before: 10, after: 0 },
    who: { zh: '汤圆生产企业、商超', en: 'makers and sellers of rice dumplings' },
    what: { zh: '现做散装食品标签、冷冻温度', en: 'labels of loose food, freezing temperature' },
    subjects: ['食品类'],
  },
  {
    zh: '3·15 消费者权益日',
    en: 'Consumer Rights Day',
    when: { from: '03-01', to: '03-20' },
    who: { zh: '上年投诉最多的经营者', en: 'the businesses with most complaints last year' },
    what: { zh: '投诉办理、承诺兑现', en: 'how complaints and promises were kept' },
    subjects: ['销售服务', '家用电子电器类', '互联网服务'],
  },
  {
    zh: '春耕农资',
    en: 'Farm supplies for spring',
    when: { from: '02-20', to: '04-30' },
    who: { zh: '种子、化肥、农药门店', en: 'sellers of seed, fertilizer, pesticide' },
    what: { zh: '质量抽检、标签、假冒', en: 'samples, labels, counterfeits' },
    subjects: ['农用生产资料类', '农业生产技术服务'],
  },
  {
    zh: '五一旅游',
    en: 'May Day travel',
    when: { from: '04-15', to: '05-07' },
    who: { zh: '景区商户、旅馆、旅行社、停车场', en: 'shops at sights, hotels, agencies, car parks' },
    what: { zh: '价格、计量、退订', en: 'prices, weights, cancellations' },
    subjects: ['旅游服务', '公共设施服务'],
  },
  {
    zh: '端午粽子',
    en: 'Dragon Boat rice dumplings',
    when: { festival: 'dragon-boat', before: 21, after: 0 },
    who: { zh: '粽子生产经营单位', en: 'makers and sellers of rice dumplings' },
    what: { zh: '生产日期、过度包装、添加剂', en: 'dates, excessive packaging, additives' },
    subjects: ['食品类'],
  },
  {
    zh: '中高考与校园周边',
    en: 'Examinations, around schools',
    when: { from: '05-25', to: '06-20' },
    who: { zh: '校园周边食品、文具店、旅馆', en: 'food, stationery and hotels around schools' },
    what: { zh: '食品安全、房价、保健品宣传', en: 'food safety, room prices, claims of health products' },
    subjects: ['食品类', '教育培训服务', '医药及医疗用品类'],
  },
  {
    zh: '夏季冷饮、烧烤和空调',
    en: 'Summer: cold drinks, barbecue, air conditioners',
    when: { from: '06-01', to: '08-31' },
    who: { zh: '夜市、饮品店、小龙虾和烧烤店、空调安装维修', en: 'night markets, drinks, barbecue, fitters' },
    what: { zh: '冷链和微生物、安装维修乱收费', en: 'cold chain and germs, charges for fitting and repair' },
    subjects: ['食品类', '烟酒和饮料类', '家用电子电器类'],
  },
  {
    zh: '暑期培训和健身',
    en: 'Summer courses and gyms',
    when: { from: '06-20', to: '08-31' },
    who: { zh: '培训机构、游泳馆、健身房', en: 'schools, pools, gyms' },
    what: { zh: '预付费合同、退费、停业风险', en: 'prepaid contracts, refunds, risk of closing' },
    subjects: ['教育培训服务', '文化娱乐体育服务'],
  },
  {
    zh: '秋季开学',
    en: 'Schools begin',
    when: { from: '08-20', to: '09-20' },
    who: {
      zh: '学校食堂、校园周边、校服文具、托管班',
      en: 'canteens, shops around schools, uniforms, after-school care',
    },
    what: { zh: '食堂原料、校服质量、收费', en: 'canteen supplies, quality of uniforms, fees' },
    subjects: ['食品类', '服装鞋帽类', '首饰及文体用品类', '教育培训服务'],
  },
  {
    zh: '中秋月饼',
    en: 'Moon cakes',
    when: { festival: 'mid-autumn', before: 35, after: 0 },
    who: { zh: '月饼生产企业、商超、酒店、网店', en: 'makers, supermarkets, hotels, online shops' },
    what: { zh: '馅料、保质期、过度包装、月饼券兑付', en: 'fillings, shelf life, packaging, vouchers' },
    subjects: ['食品类', '销售服务'],
  },
  {
    zh: '国庆旅游',
    en: 'National Day travel',
    when: { from: '09-20', to: '10-08' },
    who: { zh: '景区商户、旅馆、餐饮、停车场', en: 'shops at sights, hotels, restaurants, car parks' },
    what: { zh: '价格、计量、退订', en: 'prices, weights, cancellations' },
    subjects: ['旅游服务', '生活社会服务类', '公共设施服务'],
  },
  {
    zh: '重阳保健品',
    en: 'Health products for the elderly',
    when: { festival: 'double-ninth', before: 20, after: 5 },
    who: { zh: '保健品门店、会销场所', en: 'shops and sales meetings for health products' },
    what: { zh: '虚假宣传、免费礼品诱导', en: 'false claims, free gifts' },
    subjects: ['医药及医疗用品类', '卫生保健服务'],
  },
  {
    zh: '双十一、双十二网购',
    en: 'November and December sales online',
    when: { from: '10-20', to: '12-15' },
    who: { zh: '平台、直播商家、快递网点', en: 'platforms, streaming sellers, parcel offices' },
    what: {
      zh: '先涨后降、赠品、七日退货、延误',
      en: 'raised then lowered prices, gifts, returns in 7 days, delays',
    },
    subjects: ['互联网服务', '销售服务', '邮政业服务'],
  },
  {
    zh: '冬季取暖',
    en: 'Heating in winter',
    when: { from: '11-01', to: '02-28' },
    who: { zh: '燃气具、电热产品、供热收费单位', en: 'gas and electric heaters, heat suppliers' },
    what: { zh: '3C 认证、质量抽检、乱收费', en: 'certificates, samples, charges' },
    subjects: ['家用电子电器类', '公共设施服务', '房屋装修及物业服务'],
  },
  {
    zh: '年末预付卡',
    en: 'Prepaid cards at the end of the year',
    when: { from: '12-01', to: '01-31' },
    who: { zh: '健身、美容、洗浴、培训', en: 'gyms, beauty, baths, schools' },
    what: { zh: '集中充值促销、关门前兆', en: 'sales of cards, signs of closing' },
    subjects: ['文化娱乐体育服务', '生活社会服务类', '教育培训服务'],
  },
];

/** First and last day of a row's season around a year. */
function spanOf(when: When, year: number): readonly [LocalDate, LocalDate] {
  if ('festival' in when) {
    const day = festivalOf(when.festival, year);
    return [addDays(day, -when.before), addDays(day, when.after)];
  }
  const isOverTurn = when.to < when.from;
  return [`${year}-${when.from}`, `${isOverTurn ? year + 1 : year}-${when.to}`];
}

/** A season in a month, with its days and what it hangs on. */
export interface Season extends SeasonRow {
  from: LocalDate;
  to: LocalDate;
  festival?: { zh: string; en: string; on: LocalDate } | undefined;
}

/** The seasons that touch a month (`2026-09`). */
export function seasonsOf(month: string, rows: readonly SeasonRow[] = SEASONS): Season[] {
  const [first, last] = [`${month}-01`, lastDayOf(month)];
  const year = Number(month.slice(0, 4));
  return rows.flatMap((row) => {
    // A season of the year before may run on, one before an early festival begins in December.
    const span = [year - 1, year, year + 1]
      .map((one) => ({ year: one, span: spanOf(row.when, one) }))
      .find(({ span: [from, to] }) => from <= last && to >= first);
    if (span === undefined) return [];
    const { when } = row;
    const festival =
      'festival' in when
        ? {
            zh: FESTIVALS[when.festival].zh,
            en: FESTIVALS[when.festival].en,
            on: festivalOf(when.festival, span.year),
          }
        : undefined;
    return [{ ...row, from: span.span[0], to: span.span[1], festival }];
  });
}
