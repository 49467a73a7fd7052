import { CHANNELS } from '../case/case.ts';
import { WATCHES } from '../early-warning/watches.ts';
import { month as monthPeriod, type Period } from '../statistics/periods.ts';
import { PROBLEM_NAMES, SUBJECT_NAMES } from '../understanding/names.ts';
import type { Language, ReportKind, Words } from './report.ts';
import type { ReportSource } from './source.ts';

const MONTHS = [
  'January',
  'February',
  'March',
  'April',
  'May',
  'June',
  'July',
  'August',
  'September',
  'October',
  'November',
  'December',
];
const numbersOf = (text: string) => text.split('-').map(Number) as [number, number, number];
const monthEn = (month: number) => MONTHS[month - 1] ?? '';

/** The period as an order names it: `2026-10-31`, `2026-10`, `2026`. */
export function periodOf(text: string): Period {
  if (text.length === 10) return { from: text, to: text };
  return text.length === 7 ? monthPeriod(text) : { from: `${text}-01-01`, to: `${text}-12-31` };
}

/** 2026年10月, October 2026. */
export function periodName({ from, to }: Period, language: Language): string {
  const [year, month, day] = numbersOf(from);
  if (from === to) {
    return language === 'zh' ? `${year}年${month}月${day}日` : `${day} ${monthEn(month)} ${year}`;
  }
  if (from.slice(0, 7) === to.slice(0, 7))
    return language === 'zh' ? `${year}年${month}月` : `${monthEn(month)} ${year}`;
  if (from.endsWith('-01-01') && to.endsWith('-12-31')) return language === 'zh' ? `${year}年` : String(year);
  const [, last] = numbersOf(to);
  return language === 'zh' ? `${year}年${month}—${last}月` : `${monthEn(month)} to ${monthEn(last)} ${year}`;
}

/** 本月 for a day, 2026年1—10月 for a month. */
export function runningName(kind: ReportKind, period: Period, language: Language): string {
  if (kind !== 'daily') return periodName(period, language);
  return language === 'zh' ? '本月' : 'the first of the month';
}

/** 2026-10-31 as people write it. */
export const dayName = (day: string, language: Language): string =>
  periodName({ from: day, to: day }, language);

/** 2026-10 under a chart: `10月`, and with the year where it begins. */
export function monthLabel(month: string, index: number, language: Language): string {
  const [year, number] = numbersOf(month);
  const isFirst = index === 0 || number === 1;
  if (language === 'zh') return isFirst ? `${String(year).slice(2)}年${number}月` : `${number}月`;
  const short = monthEn(number).slice(0, 3);
  return isFirst ? `${short} ${String(year).slice(2)}` : short;
}

const NAMES: Readonly<Record<string, Readonly<Record<string, Words>>>> = {
  subject: SUBJECT_NAMES,
  problem: PROBLEM_NAMES,
  channel: CHANNELS,
};

/** What a cut's value is called. */
export function cutName(
  dimension: string,
  value: string,
  { language, divisions }: Pick<ReportSource, 'language' | 'divisions'>,
): string {
  if (dimension === 'division') return divisions[value] ?? value;
  return NAMES[dimension]?.[value]?.[language] ?? value;
}

/** 食品类 · 产品批次 */
export function alarmName(
  { watch, subject, problem, division }: ReportSource['alarms'][number],
  source: Pick<ReportSource, 'language' | 'divisions'>,
): string {
  const { language } = source;
  const watches: Readonly<Record<string, Words>> = WATCHES;
  const about = [
    division === undefined ? undefined : cutName('division', division, source),
    subject === undefined ? undefined : cutName('subject', subject, source),
    problem === undefined ? undefined : cutName('problem', problem, source),
  ].filter((one) => one !== undefined);
  return [watches[watch]?.[language] ?? watch, ...about].join(language === 'zh' ? '·' : ', ');
}

/** Headers and notes. */
export const WORDS = {
  item: { zh: '项目', en: 'Item' },
  indicator: { zh: '指标', en: 'Indicator' },
  value: { zh: '本期', en: 'This period' },
  yearChange: { zh: '同比', en: 'On the year' },
  monthChange: { zh: '环比', en: 'On the month' },
  lastYear: { zh: '上年同期', en: 'Year before' },
  cases: { zh: '件数', en: 'Complaints' },
  share: { zh: '占比', en: 'Share' },
  unit: { zh: '单位', en: 'Unit' },
  verdict: { zh: '可比结论', en: 'Compared fairly' },
  asPublished: { zh: '原公布', en: 'As published' },
  corrected: { zh: '更正后', en: 'Corrected' },
  formula: { zh: '计算公式', en: 'Formula' },
  source: { zh: '依据', en: 'Source' },
  query: { zh: '数据查询', en: 'Query' },
  number: { zh: '数值', en: 'Number' },
  written: { zh: '文中写法', en: 'As written' },
  numerator: { zh: '分子', en: 'Numerator' },
  denominator: { zh: '分母', en: 'Denominator' },
  from: { zh: '起', en: 'From' },
  to: { zh: '止', en: 'To' },
  sense: { zh: '含义', en: 'Sense' },
  figures: { zh: '数字来源', en: 'Figures' },
  mainFigures: { zh: '主要指标', en: 'Main figures' },
  bySubject: { zh: '商品和服务类别', en: 'By class of goods and services' },
  byProblem: { zh: '问题性质', en: 'By kind of problem' },
  byChannel: { zh: '来源渠道', en: 'By channel' },
  byUnit: { zh: '各单位可比情况', en: 'Units compared fairly' },
  corrections: { zh: '更正说明', en: 'Corrections' },
  sources: { zh: '附：指标口径', en: 'What the figures mean' },
  made: { zh: '生成时间', en: 'Made' },
  thisYear: { zh: '本年', en: 'This year' },
  yearBefore: { zh: '上年', en: 'Year before' },
} as const satisfies Record<string, Words>;

export const NOTES = {
  rounded: {
    zh: '为防止识别个人，分类数字按最接近的整五件取整，各项相加可能不等于合计；不含举报数据。',
    en: 'Cuts are rounded to the nearest five so that nobody can be recognised; they may not add up. Reports are left out.',
  },
  change: {
    zh: '基数较小的变化以件数表示；分母不足、不宜比较的比率不列出。率的变化按文中所列数值相减。',
    en: 'Changes on a small base are given in cases; rates of too few cases are left out. Changes of rates are taken between the rates as printed.',
  },
  fair: {
    zh: '单位比较已按投诉问题构成校正；差异在正常波动以内的不排名次。',
    en: 'Units are compared after allowing for their mix of problems; where luck alone could make the difference there is no ranking.',
  },
} as const satisfies Record<string, Words>;

export const VERDICTS = {
  better: { zh: '好于可比水平', en: 'better than expected' },
  'as-expected': { zh: '正常波动', en: 'as expected' },
  worse: { zh: '低于可比水平', en: 'worse than expected' },
  'too-few': { zh: '件数过少', en: 'too few cases' },
} as const satisfies Record<string, Words>;

/** 一是…二是… */
export const POINTS = ['一是', '二是', '三是', '四是', '五是', '六是', '七是', '八是', '九是', '十是'];
/** 一、二、 */
export const SECTION_NUMBERS = ['一', '二', '三', '四', '五', '六', '七', '八', '九', '十'];
