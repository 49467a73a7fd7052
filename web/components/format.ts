import { daysBetween, type LocalDate, shanghaiDate } from '../../shared/dates.ts';
import { formatYuan } from '../../shared/money.ts';
import { language, type Pair, say } from './texts.ts';

const LOCALE = { zh: 'zh-CN', en: 'en-GB' } as const;

/** `2026年11月23日星期一`, `Mon, 23 November 2026`. */
export function longDate(date: LocalDate): string {
  return inWords(`${date}T00:00:00Z`, 'UTC', {
    year: 'numeric',
    month: 'long',
    day: 'numeric',
    weekday: 'short',
  });
}

/** `11月23日`, `23 Nov`. */
export function shortDate(date: LocalDate): string {
  return inWords(`${date}T00:00:00Z`, 'UTC', { month: 'short', day: 'numeric' });
}

/** `11月23日周一`, `Mon, 23 Nov`. */
export function shortWeekday(date: LocalDate): string {
  return inWords(`${date}T00:00:00Z`, 'UTC', { month: 'short', day: 'numeric', weekday: 'short' });
}

/** A point in time as clocks in China show it. */
export function moment(instant: string): string {
  return inWords(instant, 'Asia/Shanghai', {
    year: 'numeric',
    month: 'short',
    day: 'numeric',
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
  });
}

export function clockTime(instant: Date): string {
  return inWords(instant.toISOString(), 'Asia/Shanghai', {
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
  });
}

export function monthName(month: string): string {
  return inWords(`${month}-01T00:00:00Z`, 'UTC', { year: 'numeric', month: 'long' });
}

function inWords(instant: string, timeZone: string, format: Intl.DateTimeFormatOptions): string {
  return new Intl.DateTimeFormat(LOCALE[language()], { timeZone, ...format }).format(new Date(instant));
}

const YUAN: Pair = { zh: '{sum} 元', en: '¥{sum}' };

export function money(fen: number): string {
  return say(YUAN, { sum: formatYuan(fen) });
}

/** Two decimals, as bureaus publish their rates: `98.65 %`. */
export function percent(rate: number): string {
  return `${(rate * 100).toFixed(2)}%`;
}

const LEFT = {
  late: { zh: '已超期 {days} 天', en: '{days} d late' },
  today: { zh: '今天到期', en: 'due today' },
  left: { zh: '还剩 {days} 天', en: '{days} d left' },
} as const satisfies Record<string, Pair>;

export type Urgency = 'late' | 'soon' | 'later';

/** How long there is until a day, in words and as a degree. */
export function timeLeft(due: LocalDate, now: Date): { text: string; urgency: Urgency } {
  const days = daysBetween(shanghaiDate(now), due);
  if (days < 0) return { text: say(LEFT.late, { days: -days }), urgency: 'late' };
  if (days === 0) return { text: say(LEFT.today), urgency: 'soon' };
  return { text: say(LEFT.left, { days }), urgency: days <= 2 ? 'soon' : 'later' };
}

const NUMERALS = '零一二三四五六七八九';

/** `四十一` → 41. Articles go up to ninety-nine. */
function numeral(chinese: string): number {
  const [tens, ones] = chinese.includes('十') ? chinese.split('十') : ['零', chinese];
  return (tens === '' ? 1 : NUMERALS.indexOf(tens ?? '')) * 10 + (ones ? NUMERALS.indexOf(ones) : 0);
}

const IN_ENGLISH: readonly (readonly [RegExp, string])[] = [
  [/统一接收机构退回规则/g, 'Rule of the hub on handing back'],
  [/不得自行移送/g, 'no unit may pass a case on by itself'],
  [/内部时限管理/g, 'internal limits'],
  [/内部时限/g, 'the bureau’s own limit'],
  [/市场监督管理行政处罚程序规定/g, 'Procedure for Administrative Penalties '],
  [/侵害消费者权益行为处罚办法/g, 'Measures on Penalties for Harming Consumers '],
  [/消费者权益保护法/g, 'Consumer Protection Law '],
  [/个人信息保护法/g, 'Personal Information Protection Law '],
  [/全国12315平台工作指引/g, 'Guide of the national 12315 platform'],
  [/全国12315平台消费纠纷在线解决规则/g, 'Rules of the national 12315 platform on settling online'],
  [/督办/g, 'supervision order'],
  [/领导包案/g, 'hard case taken over by a leader'],
  [/主办、协办/g, 'lead and co-handling units'],
  [/内部分工/g, 'division of work'],
  [/内部审核/g, 'internal review'],
  [/内部分类管理/g, 'internal classification'],
  [/工作记录/g, 'working record'],
  [/挽回经济损失登记/g, 'record of losses recovered'],
  [/挽回经济损失更正：只增不改/g, 'corrections of losses recovered are new entries'],
  [/误分送的更正/g, 'setting right what was handed out wrongly'],
  [/先行和解/g, 'settling first with the business'],
  [/同一消费者权益争议/g, 'the same dispute'],
  [/内部预警/g, 'the bureau’s own warning'],
  [/突发情况应急处置/g, 'handling of emergencies'],
  [/国办发〔(\d+)〕(\d+)号/g, 'Order $2 of the General Office of the State Council, $1'],
  [/文书式样三/g, 'Form 3'],
  [/投诉登记表"是否同意公示投诉信息"/g, 'consent to publication on form 1'],
  [/，只向下级或者本机关内设机构分送/g, ', only to units below'],
  [/只向下级或者本机关内设机构分送/g, 'only to units below'],
  [/自收到最后一次举报之日起重新计算/g, 'counted anew from the last report'],
  [/、/g, ', '],
  [/总局令第(\d+)号/g, 'SAMR Order $1 '],
  [/国务院令第(\d+)号/g, 'State Council Decree $1 '],
  [/"及时"/g, ' (“promptly”)'],
  [/（/g, ' ('],
  [/）/g, ')'],
  [/；/g, '; '],
  [/：/g, ': '],
];

/** A legal basis as the service names it, `总局令第121号第十五条`, in the chosen language. */
export function article(basis: string): string {
  if (language() === 'zh') return basis;
  const numbered = basis
    .replace(/第([一二三四五六七八九十]+)条/g, (_, n: string) => `Art. ${numeral(n)}`)
    .replace(/第([一二三四五六七八九十]+)款/g, (_, n: string) => `(${numeral(n)})`)
    .replace(/第（([一二三四五六七八九十]+)）项/g, (_, n: string) => `(${numeral(n)})`)
    .replace(/第([一二三四五六七八九十]+)项/g, (_, n: string) => `(${numeral(n)})`);
  return IN_ENGLISH.reduce((text, [chinese, english]) => text.replace(chinese, english), numbered);
}
