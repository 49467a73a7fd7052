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
  desk: { zh: '工作人员入口', en: 'For staff' },
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
} as const satisfies Record<string, Pair>;

/** Steps of a case, for whom it concerns. */
export const STEPS = {
  registered: { zh: '投诉已登记', en: 'Complaint registered' },
  distributed: { zh: '已分送监管所', en: 'Handed to a station' },
  referred: { zh: '转人工核对由谁管辖', en: 'Left to a dispatcher to find the station' },
  returned: { zh: '监管所退回，重新分派', en: 'Handed back by the station, to be sent again' },
  accepted: { zh: '已受理，开始调解', en: 'Accepted, mediation begins' },
  refused: { zh: '决定不予受理', en: 'Not accepted' },
  settled: { zh: '调解成功，达成协议', en: 'Settled, both sides agreed' },
  terminated: { zh: '终止调解', en: 'Mediation ended' },
} as const satisfies Record<string, Pair>;
