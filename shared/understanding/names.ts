import type { Pair, Problem, Subject } from './understanding.ts';

function named<Value extends string>(english: Record<Value, string>): Readonly<Record<Value, Pair>> {
  const pairs = Object.entries<string>(english).map(([zh, en]) => [zh, { zh, en }]);
  return Object.fromEntries(pairs) as Record<Value, Pair>;
}

/** The ten kinds of problems in both languages. */
export const PROBLEM_NAMES = named<Problem>({
  售后服务: 'After-sales service',
  合同: 'Contract',
  质量: 'Quality',
  虚假宣传: 'False advertising',
  安全: 'Safety',
  价格: 'Price',
  假冒: 'Counterfeit',
  人格权益: 'Dignity and privacy',
  计量: 'Measure and weight',
  其他: 'Other',
});

/** The classes of goods and services in both languages. */
export const SUBJECT_NAMES = named<Subject>({
  家用电子电器类: 'Household electronics',
  服装鞋帽类: 'Clothes and shoes',
  食品类: 'Food',
  烟酒和饮料类: 'Tobacco, liquor, drinks',
  房屋及建材类: 'Housing and building materials',
  日用商品类: 'Everyday goods',
  首饰及文体用品类: 'Jewellery, culture and sports goods',
  医药及医疗用品类: 'Medicine and medical goods',
  交通工具类: 'Vehicles',
  农用生产资料类: 'Farm supplies',
  生活社会服务类: 'Everyday services',
  房屋装修及物业服务: 'Decoration and property management',
  旅游服务: 'Travel',
  文化娱乐体育服务: 'Culture, leisure, sports',
  邮政业服务: 'Post and parcels',
  电信服务: 'Telecommunications',
  互联网服务: 'Internet services',
  金融服务: 'Finance',
  保险服务: 'Insurance',
  卫生保健服务: 'Health care',
  教育培训服务: 'Education and training',
  公共设施服务: 'Public utilities and transport',
  销售服务: 'Retail',
  农业生产技术服务: 'Farming services',
});
