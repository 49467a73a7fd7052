import { keep, kept } from './storage.ts';

/** One text in both languages. Texts that come from the service have the same shape. */
export interface Pair {
  zh: string;
  en: string;
}

export type Language = keyof Pair;

const LANGUAGE_KEY = 'language';

let chosen: Language | undefined;

/** Chinese unless the address (`?lang=en`) or an earlier visit says otherwise. */
export function language(): Language {
  chosen ??= chooseLanguage();
  return chosen;
}

function chooseLanguage(): Language {
  const asked = new URLSearchParams(location.search).get('lang');
  if (asked === 'zh' || asked === 'en') {
    keep('localStorage', LANGUAGE_KEY, asked);
    return asked;
  }
  return (kept('localStorage', LANGUAGE_KEY) as Language | undefined) === 'en' ? 'en' : 'zh';
}

/** The text in the chosen language, with `{name}` replaced by its value. */
export function say(text: Pair, values: Record<string, string | number> = {}): string {
  return text[language()].replace(/\{(\w+)\}/g, (_, name: string) => String(values[name] ?? ''));
}

/** Texts that more than one page shows. */
export const COMMON = {
  brand: { zh: '12315 消费投诉', en: '12315 Complaints' },
  owner: { zh: '市场监督管理局', en: 'Market Regulation' },
  skip: { zh: '跳到正文', en: 'Skip to the content' },
  pages: { zh: '页面', en: 'Pages' },
  file: { zh: '我要投诉', en: 'Complain' },
  track: { zh: '查询进度', en: 'Track a case' },
  figures: { zh: '统计公示', en: 'Figures' },
  openData: { zh: '开放数据', en: 'Open data' },
  desk: { zh: '工作人员入口', en: 'For staff' },
  manager: { zh: '管理看板', en: 'Managers' },
  footer: {
    zh: '紧急情况或不便上网，请拨打 12315。',
    en: 'If it is urgent, or you cannot use this page, call 12315.',
  },
  required: { zh: '必填', en: 'required' },
  optional: { zh: '选填', en: 'optional' },
  errorsAbove: { zh: '有 {count} 处需要修改', en: 'Please correct: {count}' },
  listed: { zh: '{field}：{problem}', en: '{field}: {problem}' },
  missing: { zh: '此项必填，请填写', en: 'This is needed; please fill it in' },
  notAnAmount: {
    zh: '请填写金额，例如 1234.50',
    en: 'Please give a sum such as 1234.50',
  },
  unreachable: { zh: '连不上网络或服务器', en: 'No connection to the service' },
  unreachableAdvice: {
    zh: '请检查网络后再试一次。',
    en: 'Please check your connection and try again.',
  },
  tryAgain: { zh: '再试一次', en: 'Try again' },
  loading: { zh: '正在读取…', en: 'Loading…' },
  print: { zh: '打印', en: 'Print' },
  phone: { zh: '电话', en: 'Phone' },
  address: { zh: '地址', en: 'Address' },
  station: { zh: '承办单位', en: 'Handled by' },
  dueBy: { zh: '最迟 {date}', en: 'By {date}' },
  duty: { zh: '应办事项', en: 'What is due' },
  basis: { zh: '依据', en: 'Legal basis' },
  workingDay: { zh: '{length} 个工作日', en: '{length} working day' },
  workingDays: { zh: '{length} 个工作日', en: '{length} working days' },
  naturalDays: { zh: '{length} 日', en: '{length} days' },
  agreedDay: { zh: '约定的日期', en: 'the day agreed' },
  period: { zh: '{basis}（{length}，自{start}起算）', en: '{basis} ({length}, counted from {start})' },
  afterwards: { zh: '再往后', en: 'After that' },
  within: { zh: '{duty}：{length}内', en: '{duty}: within {length}' },
  provisional: {
    zh: '此日期为暂定：期限跨入的年份，国务院放假安排尚未公布，公布后可能调整。',
    en: 'This date is provisional: the public holidays of the year it reaches into are not announced yet, so it may move.',
  },
  agreed: { zh: '协议金额', en: 'Agreed' },
  proven: { zh: '其中已履行', en: 'Of it paid, proven' },
  steps: { zh: '办理经过', en: 'What has been done' },
  years: { zh: '{length} 年', en: '{length} years' },
  api: { zh: '接口说明', en: 'API' },
  why: { zh: '为什么是这一天？', en: 'Why this date?' },
  countedSet: {
    zh: '这一天是写明、约定的日期，不是推算出来的。',
    en: 'This day was set in the notice or the agreement, not counted.',
  },
  countedFrom: {
    zh: '从 {start} 的第二天起算，共 {length}，到 {due} 届满。',
    en: 'Counted from the day after {start}: {length}, ending on {due}.',
  },
  countedPaused: {
    zh: '期限正在暂停：检测等事由结束以后，这一天会往后移。',
    en: 'The period is stopped now; when the reason is over, this day moves on.',
  },
  day: { zh: '日期', en: 'Day' },
  nth: { zh: '第几日', en: 'Counts as' },
  reason: { zh: '原因', en: 'Why' },
  notCounted: { zh: '不计', en: 'no' },
  doneOn: { zh: '{date} 已办', en: 'Done on {date}' },
  paused: { zh: '已暂停', en: 'Stopped' },
  internalPeriod: { zh: '内部时限', en: 'the bureau’s own limit' },
  partFound: { zh: '查明情况', en: 'What was found' },
  partDone: { zh: '处理经过', en: 'What was done' },
  partReceived: { zh: '消费者得到什么', en: 'What the consumer got' },
  partRoutes: { zh: '后续救济途径', en: 'Routes that are left' },
  result: { zh: '办理结果', en: 'Result' },
  cancel: { zh: '再想想', en: 'Not yet' },
} as const satisfies Record<string, Pair>;
