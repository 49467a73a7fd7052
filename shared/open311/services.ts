import { PROBLEM_NAMES, SUBJECT_NAMES } from '../understanding/names.ts';
import type { Pair, Problem, Request, Subject } from '../understanding/understanding.ts';

/*
 * What can be filed through Open311: one service for each of the China Consumers Association's classes of goods and
 * services. Clients keep these codes: a code is never changed and never given to another class.
 */

const GOODS: Pair = { zh: '商品', en: 'Goods' };
const SERVICE: Pair = { zh: '服务', en: 'Services' };

const of = (subject: Subject, group: Pair, keywords: string) => ({
  subject,
  ...SUBJECT_NAMES[subject],
  group,
  keywords,
});

/** The services by their codes, in the order of the list. `keywords` are what people call such things. */
export const SERVICES = {
  'household-electronics': of('家用电子电器类', GOODS, '手机,电脑,电视,冰箱,空调,phone,computer,appliance'),
  'clothes-shoes': of('服装鞋帽类', GOODS, '衣服,鞋,帽,箱包,clothes,shoes'),
  food: of('食品类', GOODS, '食品,变质,过期,餐,外卖,food,expired'),
  'tobacco-drinks': of('烟酒和饮料类', GOODS, '烟,酒,饮料,茶,tobacco,liquor,drinks'),
  'housing-materials': of('房屋及建材类', GOODS, '商品房,门窗,地板,瓷砖,housing,building materials'),
  'everyday-goods': of('日用商品类', GOODS, '家具,化妆品,玩具,母婴,furniture,cosmetics,toys'),
  'jewellery-culture-sports': of('首饰及文体用品类', GOODS, '黄金,首饰,乐器,文具,jewellery,sports goods'),
  medicine: of('医药及医疗用品类', GOODS, '药品,保健品,医疗器械,medicine,medical device'),
  vehicles: of('交通工具类', GOODS, '汽车,电动车,自行车,car,e-bike,vehicle'),
  'farm-supplies': of('农用生产资料类', GOODS, '种子,化肥,农药,seed,fertilizer'),
  'everyday-services': of('生活社会服务类', SERVICE, '餐饮,美容,洗衣,家政,restaurant,hairdresser,laundry'),
  'decoration-property': of('房屋装修及物业服务', SERVICE, '装修,物业,decoration,property management'),
  travel: of('旅游服务', SERVICE, '旅行社,酒店,景区,travel,hotel'),
  'culture-leisure': of('文化娱乐体育服务', SERVICE, '健身,影院,游乐,gym,cinema,leisure'),
  'post-parcels': of('邮政业服务', SERVICE, '快递,邮政,parcel,post'),
  telecoms: of('电信服务', SERVICE, '话费,套餐,宽带,mobile plan,broadband'),
  internet: of('互联网服务', SERVICE, '网购平台,会员,游戏,online platform,membership,game'),
  finance: of('金融服务', SERVICE, '银行,贷款,信用卡,bank,loan'),
  insurance: of('保险服务', SERVICE, '保险,理赔,insurance,claim'),
  'health-care': of('卫生保健服务', SERVICE, '医院,体检,医美,hospital,clinic'),
  education: of('教育培训服务', SERVICE, '培训,课程,驾校,training,course'),
  'public-utilities': of('公共设施服务', SERVICE, '水,电,燃气,公交,停车,water,power,gas,transport'),
  retail: of('销售服务', SERVICE, '商场,超市,网购,预付卡,shop,supermarket,prepaid card'),
  'farming-services': of('农业生产技术服务', SERVICE, '农机,种植,养殖,farming'),
  other: {
    subject: undefined,
    zh: '其他商品和服务',
    en: 'Other goods and services',
    group: SERVICE,
    keywords: '其他,other',
  },
} as const satisfies Record<string, Pair & { subject: Subject | undefined; group: Pair; keywords: string }>;

export type ServiceCode = keyof typeof SERVICES;

export const SERVICE_CODES = Object.keys(SERVICES) as ServiceCode[];

/** The service of a class; `other` while no class is known. */
export function serviceOf(subject: Subject | undefined): ServiceCode {
  return SERVICE_CODES.find((code) => SERVICES[code].subject === subject) ?? 'other';
}

/** A service by its code however it is capitalised, or by the Chinese name of its class; undefined without one. */
export function findService(written: string): ServiceCode | undefined {
  const plain = written.normalize('NFKC').trim().toLowerCase();
  return SERVICE_CODES.find((code) => code === plain || SERVICES[code].zh === plain);
}

/** A list of choices by their keys. */
export type Choices = Readonly<Record<string, Pair>>;

const PROBLEM_KEYS: Readonly<Record<string, Problem>> = {
  'after-sales': '售后服务',
  contract: '合同',
  quality: '质量',
  'false-advertising': '虚假宣传',
  safety: '安全',
  price: '价格',
  counterfeit: '假冒',
  dignity: '人格权益',
  measure: '计量',
  other: '其他',
};

/** The ten kinds of problems by ASCII keys. */
const PROBLEM_CHOICES: Choices = Object.fromEntries(
  Object.entries(PROBLEM_KEYS).map(([key, problem]) => [key, PROBLEM_NAMES[problem]]),
);

const REQUEST_NAMES: Readonly<Record<Request, Pair>> = {
  refund: { zh: '退款', en: 'Refund' },
  return_goods: { zh: '退货', en: 'Return of the goods' },
  exchange: { zh: '换货', en: 'Exchange' },
  repair: { zh: '维修', en: 'Repair' },
  compensate: { zh: '赔偿', en: 'Compensation' },
  deliver: { zh: '发货或者履行', en: 'Delivery' },
  reduce_fee: { zh: '减免费用', en: 'Lower the fee' },
  apologise: { zh: '道歉', en: 'An apology' },
  stop: { zh: '停止侵害', en: 'Stop it' },
  investigate: { zh: '查处', en: 'Investigation' },
  answer: { zh: '答复', en: 'An answer' },
  other: { zh: '其他', en: 'Other' },
};

const KIND_CHOICES: Choices = {
  complaint: { zh: '投诉', en: 'Complaint: a dispute of my own with the business' },
  report: { zh: '举报', en: 'Report of a violation; it is sealed and never published' },
  inquiry: { zh: '咨询', en: 'Inquiry' },
};

const YES_NO: Choices = { yes: { zh: '是', en: 'Yes' }, no: { zh: '否', en: 'No' } };

export interface Attribute {
  code: string;
  datatype: 'string' | 'number' | 'datetime' | 'text' | 'singlevaluelist' | 'multivaluelist';
  /** False: it only tells the user something. */
  variable: boolean;
  description: Pair;
  hint?: Pair;
  values?: Choices;
}

const asks = (
  code: string,
  datatype: Attribute['datatype'],
  description: Pair,
  more: { hint?: Pair; values?: Choices } = {},
): Attribute => ({ code, datatype, variable: true, description, ...more });

/**
 * What a client asks beside the fields of the specification, the same for every service, in order. None is required:
 * what is missing is asked back from the consumer, a refused message would be a lost one.
 */
export const ATTRIBUTES = [
  {
    code: 'notice',
    datatype: 'text',
    variable: false,
    description: {
      zh: '投诉须提供姓名和电话（总局令第121号第十条）；只有举报可以匿名。地址请填写经营者的地址。',
      en: 'A complaint needs your name and phone (Order 121 Art. 10); only a report may be anonymous. The address is that of the business.',
    },
  },
  asks(
    'kind',
    'singlevaluelist',
    { zh: '类型', en: 'Kind' },
    {
      hint: { zh: '不填为投诉', en: 'A complaint when left out' },
      values: KIND_CHOICES,
    },
  ),
  asks('business_name', 'string', { zh: '经营者名称', en: 'Name of the business' }),
  asks('business_phone', 'string', { zh: '经营者电话', en: 'Phone of the business' }),
  asks('problem', 'singlevaluelist', { zh: '问题类别', en: 'Kind of problem' }, { values: PROBLEM_CHOICES }),
  asks(
    'paid',
    'number',
    { zh: '付款金额', en: 'Sum paid' },
    {
      hint: { zh: '单位：元，最多两位小数', en: 'In yuan, two decimals at the most' },
    },
  ),
  asks(
    'claimed',
    'number',
    { zh: '要求金额', en: 'Sum claimed' },
    {
      hint: { zh: '单位：元，最多两位小数', en: 'In yuan, two decimals at the most' },
    },
  ),
  asks(
    'occurred_on',
    'datetime',
    { zh: '发生日期', en: 'Day of the incident' },
    {
      hint: { zh: '例如 2026-11-21', en: 'For example 2026-11-21' },
    },
  ),
  asks('wanted', 'multivaluelist', { zh: '诉求', en: 'What you want' }, { values: REQUEST_NAMES }),
  asks('request', 'text', { zh: '诉求说明', en: 'What you want, in your own words' }),
  asks(
    'publish',
    'singlevaluelist',
    { zh: '是否同意公示投诉信息', en: 'Do you agree to publication?' },
    {
      hint: { zh: '不填为不同意', en: 'No when left out' },
      values: YES_NO,
    },
  ),
  asks(
    'entrust',
    'singlevaluelist',
    { zh: '是否同意委托调解', en: 'Do you agree to mediation by an association?' },
    {
      hint: { zh: '不填为不同意', en: 'No when left out' },
      values: YES_NO,
    },
  ),
] as const satisfies readonly Attribute[];

export type AttributeCode = (typeof ATTRIBUTES)[number]['code'];

/** The kind of problem behind a key of the attribute `problem`. */
export const problemOf = (key: string | undefined): Problem | undefined =>
  key === undefined ? undefined : PROBLEM_KEYS[key];
