import type { Span } from './source.ts';

/** What a message is, judged by content (Order 121 Art. 3): a dispute of one's own, a violation, both, a question. */
export const MESSAGE_KINDS = ['complaint', 'report', 'both', 'inquiry', 'other'] as const;
export type MessageKind = (typeof MESSAGE_KINDS)[number];

/** The China Consumers Association's ten kinds of problems (its yearly statistics). */
export const PROBLEMS = [
  '售后服务',
  '合同',
  '质量',
  '虚假宣传',
  '安全',
  '价格',
  '假冒',
  '人格权益',
  '计量',
  '其他',
] as const;
export type Problem = (typeof PROBLEMS)[number];

/** The China Consumers Association's classes: ten of goods, fourteen of services. */
export const SUBJECTS = [
  '家用电子电器类',
  '服装鞋帽类',
  '食品类',
  '烟酒和饮料类',
  '房屋及建材类',
  '日用商品类',
  '首饰及文体用品类',
  '医药及医疗用品类',
  '交通工具类',
  '农用生产资料类',
  '生活社会服务类',
  '房屋装修及物业服务',
  '旅游服务',
  '文化娱乐体育服务',
  '邮政业服务',
  '电信服务',
  '互联网服务',
  '金融服务',
  '保险服务',
  '卫生保健服务',
  '教育培训服务',
  '公共设施服务',
  '销售服务',
  '农业生产技术服务',
] as const;
export type Subject = (typeof SUBJECTS)[number];

/** What the writer asks for. */
export const REQUESTS = [
  'refund',
  'return_goods',
  'exchange',
  'repair',
  'compensate',
  'deliver',
  'reduce_fee',
  'apologise',
  'stop',
  'investigate',
  'answer',
  'other',
] as const;
export type Request = (typeof REQUESTS)[number];

/** Whether a market supervision bureau is the right authority. */
export type Scope = 'yes' | 'no' | 'unsure';

/** What cannot wait. */
export const URGENCIES = ['injury', 'food-poisoning', 'many-people', 'children', 'danger-going-on'] as const;
export type Urgency = (typeof URGENCIES)[number];

export interface Pair {
  zh: string;
  en: string;
}

/** One thing that was understood: value, how sure (of those at 0.9 nine in ten are right), the words, and why. */
export interface Field<T> {
  value: T;
  confidence: number;
  spans: Span[];
  why: Pair;
}

/** A sum of money in the message. */
export interface Sum {
  span: Span;
  /** Exact sum in yuan; null for a range, an about, another currency. Unit prices have parts of a fen. */
  yuan: number | null;
  /** The sum in whole fen; null where `yuan` is null or not whole fen. */
  fen: number | null;
}

export interface Division {
  /** 2 province, 4 city, 6 county, 9 township digits; null when several places bear the name. */
  code: string | null;
  level: 'province' | 'city' | 'county' | 'town' | null;
  /** Every division that the words may mean, the likeliest first; holds `code` when there is one. */
  candidates: string[];
}
