import type { SizeMeasure } from '../../shared/businesses/size.ts';
import type { Pair } from '../components/texts.ts';

export const OPEN_DATA = {
  title: { zh: '开放数据', en: 'Open data' },
  intro: {
    zh: '投诉人同意公示的处理结果、各经营者的处理情况和各区县的统计，任何人可以查看、下载和再利用。',
    en: 'Results of complaints whose complainants agreed, what became of the complaints about each business, and figures by county: for everybody to read, download and reuse.',
  },
  nothing: {
    zh: '还没有公示数据。每月第一天夜里公布上月公示的结果。',
    en: 'Nothing was released yet. The first night of each month releases what was published in the month before.',
  },
  checkedOn: { zh: '数据更新至 {date}', en: 'Data as of {date}' },
  businesses: { zh: '各经营者的处理结果', en: 'Results per business' },
  businessesHint: {
    zh: '只统计投诉人同意公示的投诉，按收到投诉的年份；一年公示不足三件的经营者不列出。件数多不等于问题多：大店客人也多，知道规模的才换算。',
    en: 'Only complaints whose complainants agreed, by the year they came in; businesses with fewer than three in a year are not listed. Many complaints need not mean many problems: large shops have many customers. Where the size is known, it is divided by it.',
  },
  search: { zh: '名称或者统一社会信用代码', en: 'Name or credit code' },
  find: { zh: '查找', en: 'Find' },
  year: { zh: '年份', en: 'Year' },
  allYears: { zh: '全部年份', en: 'All years' },
  found: { zh: '共 {count} 条', en: '{count} in all' },
  none: { zh: '没有符合条件的经营者。', en: 'No business fits.' },
  more: { zh: '显示更多', en: 'Show more' },
  published: { zh: '公示投诉', en: 'Published' },
  settled: { zh: '调解成功', en: 'Settled' },
  share: { zh: '{settled} 件，{share}', en: '{settled}, {share}' },
  interval: {
    zh: '件数有限：95% 的把握在 {from} 到 {to} 之间',
    en: 'Few cases say little: 95% sure it is between {from} and {to}',
  },
  agreed: { zh: '协议退赔', en: 'Agreed to pay' },
  proven: { zh: '已经付清', en: 'Proven paid' },
  about: { zh: '约 {sum} 元', en: 'about ¥{sum}' },
  withheld: { zh: '不公布', en: 'withheld' },
  bySize: { zh: '按规模换算', en: 'By size' },
  sizeUnknown: { zh: '规模不详，不换算', en: 'size not known' },
  perSize: { zh: '每 {per} {measure} {rate} 件', en: '{rate} per {per} {measure}' },
  cases: { zh: '{count} 件', en: '{count}' },
  answer: { zh: '经营者回应', en: 'What the business says' },
  noAnswer: { zh: '该经营者没有提交回应。', en: 'The business has not answered.' },
  answered: { zh: '{year} 年 · {date}', en: '{year} · {date}' },
  counties: { zh: '各区县统计', en: 'Figures by county' },
  month: { zh: '月份', en: 'Month' },
  place: { zh: '地区', en: 'Place' },
  countiesHint: {
    zh: '全市为准确数；区县件数取 5 的倍数，金额取千元，参与案件太少的金额不公布（—）。',
    en: 'Exact for the city; counts of counties are multiples of 5, sums of 1,000 yuan; sums of too few cases are withheld (—).',
  },
  amounts: { zh: '金额（元）', en: 'Agreed (yuan)' },
  downloads: { zh: '下载', en: 'Downloads' },
  downloadsHint: {
    zh: 'CSV 可以直接用 Excel 打开。程序请用 JSON 接口：limit、next 翻页，updatedSince 只取有变化的批次。',
    en: 'CSV opens in Excel. Programs use JSON: limit and next for pages, updatedSince for releases that changed.',
  },
  protection: { zh: '保护了什么', en: 'What is protected' },
  licence: { zh: '使用许可', en: 'Licence' },
  kept: {
    zh: '每批结果公示 {days} 天，到期撤下。经营者对结果有异议或者要回应，请联系 12315 或者所在地监管所。',
    en: 'Each release stays for {days} days. A business that disagrees or wants to answer calls 12315 or its station.',
  },
} as const satisfies Record<string, Pair>;

export const COLUMNS = {
  received: { zh: '收到', en: 'Received' },
  accepted: { zh: '受理', en: 'Accepted' },
  settled: { zh: '调解成功', en: 'Settled' },
  closed: { zh: '办结', en: 'Closed' },
  published: { zh: '公示', en: 'Published' },
} as const satisfies Record<string, Pair>;

/** How sizes are counted, as in “per 100 …”. */
export const MEASURES: Readonly<Record<SizeMeasure, Pair>> = {
  customers: { zh: '人次', en: 'customers' },
  outlets: { zh: '家门店', en: 'outlet' },
  employees: { zh: '名员工', en: 'employees' },
};
