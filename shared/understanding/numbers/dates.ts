import { addDays, isLocalDate, type LocalDate, weekday } from '../../dates.ts';
import { type Source, spanOf } from '../source.ts';
import type { Field, Pair } from '../understanding.ts';
import { numeralValue, toNumber } from './numerals.ts';

/** A date at its place in `source.written`. */
interface FoundDate {
  start: number;
  end: number;
  /** The day that is meant; null when only a month, a year or a time around it is said (去年底, 上个月). */
  day: LocalDate | null;
  /** True when year and month are written and not worked out from the day of receipt. */
  explicit: boolean;
}

export interface MessageDates {
  all: FoundDate[];
  purchasedOn: Field<LocalDate | null>;
  occurredOn: Field<LocalDate | null>;
}

type Groups = Readonly<Record<string, string | undefined>>;

interface Form {
  /** Begins with figures, Arabic or Chinese. */
  figures: boolean;
  words: RegExp;
  /** The day, or null when the words fix none; undefined when they are no date at all. */
  read: (groups: Groups, receivedOn: LocalDate) => LocalDate | null | undefined;
  explicit: boolean;
}

const FIGURES = '\\d{1,2}';
const DAY =
  '\\d{1,2}|[一二三四五六七八九]?十[一二三四五六七八九]?|[一二三四五六七八九]|廿[一二三四五六七八九]?';
const MONTH = '1[0-2]|0?[1-9]|十[一二]?|[一二三四五六七八九]';
const YEAR_WORDS: Readonly<Record<string, number>> = {
  今年: 0,
  本年: 0,
  去年: 1,
  上年: 1,
  前年: 2,
  大前年: 3,
};
const MONTH_WORDS: Readonly<Record<string, number>> = {
  本月: 0,
  这个月: 0,
  这月: 0,
  当月: 0,
  上个月: 1,
  上月: 1,
  上上个月: 2,
  上上月: 2,
};
const DAY_WORDS: Readonly<Record<string, number>> = {
  今天: 0,
  今日: 0,
  今早: 0,
  今晚: 0,
  今儿: 0,
  今晨: 0,
  刚才: 0,
  刚刚: 0,
  昨天: 1,
  昨日: 1,
  昨晚: 1,
  昨夜: 1,
  昨儿: 1,
  前天: 2,
  前日: 2,
  前晚: 2,
  大前天: 3,
};
const FEASTS: Readonly<Record<string, string>> = {
  元旦: '01-01',
  情人节: '02-14',
  妇女节: '03-08',
  三八节: '03-08',
  劳动节: '05-01',
  五一: '05-01',
  儿童节: '06-01',
  六一: '06-01',
  教师节: '09-10',
  国庆: '10-01',
  双十一: '11-11',
  双11: '11-11',
  双十二: '12-12',
  双12: '12-12',
  平安夜: '12-24',
  圣诞: '12-25',
};
const WEEKDAYS = '日一二三四五六';

/** The forms of dates, the most telling first. All are tried at each place where one of their first characters is. */
const FORMS: readonly Form[] = [
  {
    words: new RegExp(
      `(?<year>(?:19|20)\\d\\d|\\d\\d(?=年)) ?[年./\\-—] ?(?<month>${MONTH}) ?[月./\\-—] ?(?<day>${DAY})(?!\\d) ?[日号]?`,
      'y',
    ),
    read: ({ year, month, day }, receivedOn) =>
      dayOf(fullYear(year, receivedOn), numberOf(month), numberOf(day), receivedOn),
    figures: true,
    explicit: true,
  },
  {
    words: new RegExp(
      `(?<year>[一二][零〇○九][零〇○一二三四五六七八九]{2}|[零〇○一二三四五六七八九]{2})年(?<month>${MONTH})月(?<day>${DAY})[日号]?`,
      'y',
    ),
    read: ({ year, month, day }, receivedOn) =>
      dayOf(fullYear(year, receivedOn), numberOf(month), numberOf(day), receivedOn),
    figures: true,
    explicit: true,
  },
  {
    words: /(?<year>20\d\d)(?<month>0[1-9]|1[0-2])(?<day>0[1-9]|[12]\d|3[01])(?!\d)/y,
    read: ({ year, month, day }, receivedOn) => dayOf(Number(year), Number(month), Number(day), receivedOn),
    figures: true,
    explicit: true,
  },
  {
    words:
      /(?:(?<year>(?:19|20)\d\d) ?年(?:(?:1[0-2]|0?[1-9]) ?月份?)?|\d\d年(?:(?:1[0-2]|0?[1-9]|[一二三四五六七八九十]) ?月份?|(?=年?[初底末])))(?:年?[初底末中]|初|底|末|中|左右|上半年|下半年|春节)?/y,
    read: () => null,
    figures: true,
    explicit: true,
  },
  {
    words: new RegExp(
      `(?<year>今年|本年|去年|上年|大?前年)(?:的)?(?<month>${MONTH})月份?的?(?:(?<day>${DAY})[日号]|(?<figures>${FIGURES}))`,
      'y',
    ),
    read: ({ year, month, day, figures }, receivedOn) =>
      dayOf(
        Number(receivedOn.slice(0, 4)) - (YEAR_WORDS[year ?? ''] ?? 0),
        numberOf(month),
        numberOf(day ?? figures),
        receivedOn,
      ),
    figures: false,
    explicit: false,
  },
  {
    words:
      /(?:今年|去年|大?前年)(?:年?[初底末中]|春节|[上下]半年|(?:1[0-2]|[1-9]|十[一二]?|[一二三四五六七八九])月份?)?/y,
    read: () => null,
    figures: false,
    explicit: false,
  },
  {
    words: new RegExp(
      `(?<month>${MONTH}) ?月份?的? ?(?<day>${DAY})(?: ?[日号]|(?=[上下]午|[早晚中]|凌晨|当天|那天|[,，在]))`,
      'y',
    ),
    read: ({ month, day }, receivedOn) => latest(numberOf(month), numberOf(day), receivedOn),
    figures: true,
    explicit: false,
  },
  {
    words: new RegExp(
      `(?<months>本月|这个?月|当月|上上个?月|上个?月)的?(?:(?<day>${DAY})[日号]?(?!\\d|多|来|几|个)|[初底末]|中旬)?`,
      'y',
    ),
    read: ({ months, day }, receivedOn) =>
      day === undefined ? null : inMonth(MONTH_WORDS[months ?? ''] ?? 0, numberOf(day), receivedOn),
    figures: false,
    explicit: false,
  },
  {
    words: /(?<day>大前天|今[天日早晚儿晨]|昨[天日晚夜儿]|前[天日晚]|刚[才刚])/y,
    read: ({ day }, receivedOn) => addDays(receivedOn, -(DAY_WORDS[day ?? ''] ?? 0)),
    figures: false,
    explicit: false,
  },
  {
    words:
      /(?<which>上上|上|这|本)?个?(?:周|星期|礼拜)(?<weekday>[一二三四五六日天])(?!到|至|-|~|—|[一二三四五六末])/y,
    read: ({ which, weekday: name }, receivedOn) => dayOfWeek(which, name ?? '', receivedOn),
    figures: false,
    explicit: false,
  },
  {
    words: /(?<days>\d{1,3}|[一二两三四五六七八九十]{1,3})天(?:之|以)?前/y,
    read: ({ days }, receivedOn) => addDays(receivedOn, -numberOf(days)),
    figures: true,
    explicit: false,
  },
  {
    words:
      /(?<feast>元旦|情人节|妇女节|三八节|劳动节|五一|儿童节|六一|教师节|国庆|双十一|双11|双十二|双12|平安夜|圣诞)节?(?<loose>期间|假|放假|前|后|长假|黄金周|小?长?假期?|大道|路|广场|中路|新村|小学|活动)?/y,
    read: ({ feast, loose }, receivedOn) => {
      if (loose !== undefined) return /道|路|广场|村|小学/.test(loose) ? undefined : null;
      const [month, day] = (FEASTS[feast ?? ''] ?? '').split('-').map(Number);
      return latest(month ?? 0, day ?? 0, receivedOn);
    },
    figures: false,
    explicit: false,
  },
  {
    words: new RegExp(
      `(?<day>[12]\\d|3[01]|[1-9])[日号](?=当天|那天|[上下]午|[早晚]上|凌晨|中午|晚|早)`,
      'y',
    ),
    read: ({ day }, receivedOn) => inMonth(0, Number(day), receivedOn) ?? inMonth(1, Number(day), receivedOn),
    figures: true,
    explicit: false,
  },
];

/** A number that may begin a date; nothing else is tried on the many other numbers of a message. */
const BEGINS = /[\d零〇○一二两三四五六七八九十]{1,4} ?[年月日号天./—-]|20\d{6}/y;
const FIRST = /[0-9零〇○一二三四五六七八九十今本去上大前这当昨刚周星礼元情妇劳儿教国双平圣两]/g;
/** Dates of papers, laws and cases, and times that will come: 生产日期, 〔2019〕, 截止. */
const NOT_OURS =
  /生产日期|保质期|有效期|发证日期|出生|生日|截止|发布|颁布|施行|印发|实施|通知|到期$|时至$|[到至]$|保质期/;

const BUYING =
  /购买|购入|购得|网购|买|订购|下单|拍下|订|交了|付款|支付|付了|签[订了]?|办理?[了卡]|充值|交给|交纳|收取|报名|报了|预[订定约交]|认购|认筹|转账|转了|缴|租|入住|消费|就餐|用餐|吃饭|充了|办卡|投了|定了|购/;
/** Bought and used at once: the day of buying is the day it happened. */
const USING = /消费|就餐|用餐|吃饭|吃了|聚餐|乘坐|停车|住宿|入住|理发|洗车|打车|游玩|看病|就诊|加油/;
const HAPPENING =
  /发现|出现|发生|坏了|故障|摔|中毒|呕吐|腹泻|不适|过敏|拒|被|骗|打开|收到|送到|到货|爆|漏|断|停水|停电|涨价|要求|扣|联系|投诉|关门|跑路|倒闭|失联|拉肚子|住院|去|到|来/;

/**
 * Finds the dates of a message, and which of them are the days of buying and of what happened. Days without a year
 * are the last ones before the receipt, relative ones count from it; nothing lies after it.
 * @param receivedOn day of receipt in China
 */
export function findDates(source: Source, receivedOn: LocalDate): MessageDates {
  const all = findAll(source.folded, receivedOn);
  const days = all.filter((date): date is FoundDate & { day: LocalDate } => date.day !== null);
  const weighed = days.map((date) => ({ date, ...roles(source.folded, date, all) }));
  const bought = weighed.find(({ buying }) => buying);
  const happened =
    weighed.find(({ happening, buying, using }) => (happening && !buying) || using) ??
    weighed.find(({ buying, ours }) => !buying && ours);
  return {
    all,
    purchasedOn: field(source, bought?.date, bought === undefined ? 0 : 0.85, {
      zh: '日期旁边有购买的词语',
      en: 'words of buying stand beside the date',
    }),
    occurredOn: field(
      source,
      happened?.date,
      happened?.happening === true || happened?.using === true ? 0.7 : 0.5,
      {
        zh: '日期旁边写了发生的事',
        en: 'what happened is told beside the date',
      },
    ),
  };
}

function findAll(text: string, receivedOn: LocalDate): FoundDate[] {
  const dates: FoundDate[] = [];
  FIRST.lastIndex = 0;
  for (let match = FIRST.exec(text); match !== null; match = FIRST.exec(text)) {
    const date = readAt(text, match.index, receivedOn);
    if (date === null) {
      if (/\d/.test(match[0])) FIRST.lastIndex = endOfFigures(text, match.index);
      continue;
    }
    FIRST.lastIndex = date.end;
    if (date.day === null || date.day <= receivedOn) dates.push(date);
  }
  return dates;
}

/** The rest of a number is no date: 139 1月 is, but not the 5 of 13915月. */
function endOfFigures(text: string, start: number): number {
  let at = start + 1;
  while (at < text.length && /\d/.test(text[at] ?? '')) at += 1;
  return at;
}

const BY_FIGURES = FORMS.filter(({ figures }) => figures);
const BY_WORDS = FORMS.filter(({ figures }) => !figures);

function readAt(text: string, at: number, receivedOn: LocalDate): FoundDate | null {
  BEGINS.lastIndex = at;
  const forms = BEGINS.test(text) ? BY_FIGURES : BY_WORDS;
  for (const { words, read, explicit } of forms) {
    words.lastIndex = at;
    const match = words.exec(text);
    if (match === null) continue;
    const said = read(match.groups ?? {}, receivedOn);
    if (said === undefined) continue;
    const isLunar = /[农阴]历/.test(text.slice(Math.max(0, at - 3), at));
    const day = isLunar ? null : said;
    return { start: at, end: at + match[0].length, day, explicit };
  }
  return null;
}

function roles(text: string, { start, end }: FoundDate, all: readonly FoundDate[]) {
  const from = all.findLast((other) => other.end <= start)?.end ?? 0;
  const to = all.find((other) => other.start >= end)?.start ?? text.length;
  const before =
    text
      .slice(Math.max(from, start - 14), start)
      .split(/[。！？!?\n；;，,]/)
      .at(-1) ?? '';
  const after = text.slice(end, Math.min(to, end + 60)).split(/[。！？!?\n；;]/, 1)[0] ?? '';
  const near = after.slice(0, 36);
  const ours =
    !NOT_OURS.test(before) &&
    !/^(?:发布|颁布|施行|出台|印发|出生|生|.{0,16}(?:下发|印发|发布|通过)的?《)/.test(after) &&
    !isSignature(text, start, end);
  return {
    ours,
    buying: ours && (BUYING.test(near) || USING.test(near) || BUYING.test(before)),
    using: ours && USING.test(near),
    happening: ours && HAPPENING.test(near),
  };
}

/** The date under a letter. */
function isSignature(text: string, start: number, end: number): boolean {
  return (
    text.slice(end, end + 12).trim() === '' &&
    end + 12 >= text.length &&
    /[\s。！!)）]$/.test(text.slice(0, start)) &&
    start > 40
  );
}

function field(
  source: Source,
  date: (FoundDate & { day: LocalDate }) | undefined,
  confidence: number,
  why: Pair,
): Field<LocalDate | null> {
  if (date === undefined) {
    return {
      value: null,
      confidence: 0.8,
      spans: [],
      why: { zh: '没有写明日期', en: 'no such day is stated' },
    };
  }
  return {
    value: date.day,
    confidence: date.explicit ? confidence : confidence - 0.05,
    spans: [spanOf(source, date.start, date.end)],
    why,
  };
}

// ---- reckoning ----------------------------------------------------------------------------------------------

function numberOf(numeral: string | undefined): number {
  const value = numeralValue(numeral ?? '');
  return value === null ? Number.NaN : toNumber(value);
}

/** 19 or 一九 is 2019, 98 is 1998: two figures mean the last such year. */
function fullYear(numeral: string | undefined, receivedOn: LocalDate): number {
  const year = numberOf(numeral);
  if (year >= 100) return year;
  return year <= Number(receivedOn.slice(2, 4)) ? 2000 + year : 1900 + year;
}

/** The day, when it exists and is not after the receipt. */
function dayOf(year: number, month: number, day: number, receivedOn: LocalDate): LocalDate | null {
  const date = `${String(year).padStart(4, '0')}-${String(month).padStart(2, '0')}-${String(day).padStart(2, '0')}`;
  return isLocalDate(date) && date <= receivedOn ? date : null;
}

/** The last such day up to the receipt. */
function latest(month: number, day: number, receivedOn: LocalDate): LocalDate | null {
  const year = Number(receivedOn.slice(0, 4));
  return dayOf(year, month, day, receivedOn) ?? dayOf(year - 1, month, day, receivedOn);
}

function inMonth(monthsAgo: number, day: number, receivedOn: LocalDate): LocalDate | null {
  const months = Number(receivedOn.slice(0, 4)) * 12 + Number(receivedOn.slice(5, 7)) - 1 - monthsAgo;
  return dayOf(Math.floor(months / 12), (months % 12) + 1, day, receivedOn);
}

/** 上周六 is the Saturday of the week before (weeks begin on Monday); 周六 alone is the last Saturday. */
function dayOfWeek(which: string | undefined, name: string, receivedOn: LocalDate): LocalDate | null {
  const wanted = (WEEKDAYS.indexOf(name === '天' ? '日' : name) + 6) % 7;
  const monday = addDays(receivedOn, -((weekday(receivedOn) + 6) % 7));
  const weeks = which === '上' ? 1 : which === '上上' ? 2 : 0;
  const day = addDays(monday, wanted - 7 * weeks);
  if (day <= receivedOn) return day;
  return which === undefined ? addDays(day, -7) : null;
}
