import * as z from 'zod';
import { addDays } from '../dates.ts';
import { formatYuan } from '../money.ts';
import { PROBLEM_NAMES, SUBJECT_NAMES } from '../understanding/names.ts';
import type { Pair, Problem } from '../understanding/understanding.ts';
import type { Alarm } from './alarm.ts';
import { type DivisionNames, isFromNothing, plain } from './reason.ts';
import type { Flag, Signal } from './signal.ts';
import type { WatchId } from './watches.ts';

/*
 * Drafts of consumer warnings (消费提示). Each sentence rests on a figure of the alarm and says it; advice is only given
 * for what was complained about. No business is named: whether one is, a person decides, and signs for it.
 */

const pair = z.object({ zh: z.string(), en: z.string() });

/** One sentence, and the cases that its number counts: whoever asks is shown them. */
const sentence = pair.extend({ cases: z.array(z.string()) });

export const warningDraft = z.object({
  /** Of the alarm: one warning comes of an alarm. */
  alarm: z.string(),
  /** Version of the alarm it was drafted from. */
  alarmVersion: z.number().int(),
  title: pair,
  sentences: z.array(sentence),
  /** Period that the figures are of. */
  from: z.string(),
  to: z.string(),
  /** Named by a person, with the reason (Order 121 Art. 38: published by law, not by machine). */
  named: z.object({ name: z.string(), by: z.string(), why: z.string() }).optional(),
});

/** A warning that was published, under a number that is given once. */
export const publishedWarning = warningDraft.extend({
  year: z.string(),
  serial: z.number().int().positive(),
  at: z.string(),
  by: z.string(),
});

type Sentence = z.output<typeof sentence>;
export type WarningDraft = z.output<typeof warningDraft>;
export type PublishedWarning = z.output<typeof publishedWarning>;

/** `消费提示〔2026〕3号` */
export function warningNumber({ year, serial }: Pick<PublishedWarning, 'year' | 'serial'>): Pair {
  return { zh: `消费提示〔${year}〕${serial}号`, en: `Consumer warning ${year}/${serial}` };
}

/** What a warning is about, by the watch that rose. */
const THEMES: Readonly<Record<WatchId, Pair>> = {
  'prepaid-business': { zh: '预付卡', en: 'prepaid cards' },
  'prepaid-division': { zh: '预付卡', en: 'prepaid cards' },
  'food-business': { zh: '食品安全', en: 'food safety' },
  'food-product': { zh: '食品安全', en: 'food safety' },
  'food-division': { zh: '食品安全', en: 'food safety' },
  'same-day': { zh: '群体性投诉', en: 'many complaints on one day' },
  product: { zh: '同一产品', en: 'one product' },
  business: { zh: '同一经营者', en: 'one business' },
  place: { zh: '同一地点', en: 'one place' },
  address: { zh: '同一地点', en: 'one place' },
  'subject-division': { zh: '投诉集中', en: 'many complaints' },
};

/** What to do, for what was complained about; the sentence begins with its number. */
const ADVICE_FOR_FLAGS: Readonly<Record<Flag, { told: Pair; advice: Pair }>> = {
  closing: {
    told: { zh: '反映停业、失联', en: 'tell of a business that closed or cannot be reached' },
    advice: {
      zh: '办卡前请查看是否有停业公告，少充、短充，并保存合同和付款凭证',
      en: 'look for a notice of closing before you pay ahead, pay little and for a short time, keep contract and receipts',
    },
  },
  moving: {
    told: { zh: '反映搬迁、转让', en: 'tell of a business that moved or changed hands' },
    advice: {
      zh: '遇到换址换老板，请当场书面确认余额由谁承担',
      en: 'when a business moves or is sold, have it in writing at once who answers for the balance',
    },
  },
  refund: {
    told: { zh: '反映退卡退费难', en: 'tell of refunds that are not given' },
    advice: {
      zh: '签约时请写明退费条件、手续费和期限',
      en: 'have the conditions, the fee and the term of a refund written into the contract',
    },
  },
  'food-safety': {
    told: { zh: '反映食品安全问题', en: 'tell of unsafe food' },
    advice: {
      zh: '发现变质、异物请停止食用，保留食品、小票，身体不适请就医并保存病历',
      en: 'stop eating, keep the food and the receipt, and see a doctor and keep the record if you feel ill',
    },
  },
};
const ADVICE_FOR_PROBLEMS: Readonly<Record<Problem, Pair>> = {
  售后服务: {
    zh: '购买时请问清“三包”期限并保存凭证',
    en: 'ask for the warranty period when you buy and keep the proof',
  },
  合同: {
    zh: '签约前请逐条核对，口头承诺写进合同',
    en: 'check each clause before you sign and have promises written down',
  },
  质量: { zh: '收货时请当面验货，拍照留存', en: 'check the goods on receipt and take photos' },
  虚假宣传: { zh: '请保存广告、直播和聊天记录', en: 'keep the advertisement, the stream and the chat' },
  安全: { zh: '请停止使用并保留实物', en: 'stop using it and keep the thing itself' },
  价格: {
    zh: '消费前请确认明码标价，索要清单',
    en: 'check the marked price first and ask for an itemised bill',
  },
  假冒: { zh: '请查验标识和正规发票', en: 'check the marks and ask for a proper invoice' },
  人格权益: { zh: '请留存影像和证人信息', en: 'keep pictures and the names of witnesses' },
  计量: { zh: '请当场复秤', en: 'have it weighed again on the spot' },
  其他: { zh: '请保存合同、付款和沟通记录', en: 'keep contract, payments and messages' },
};
/** Advice is given for what at least so many of the complaints tell of. */
const SHARE_FOR_ADVICE = 0.2;

/**
 * Drafts a warning from an alarm.
 * @param signals of its cases; figures are counted from these, so that each opens to its cases
 */
export function draftConsumerWarning(
  alarm: Alarm,
  signals: readonly Signal[],
  names: DivisionNames,
): WarningDraft {
  const own = signals.filter(({ number }) => alarm.cases.includes(number));
  const sentences = [riseOf(alarm), ...adviceOf(own), ...sumOf(own)];
  return {
    alarm: alarm.id,
    alarmVersion: alarm.version,
    title: titleOf(alarm, names),
    sentences,
    from: alarm.firstDay,
    to: alarm.lastDay,
  };
}

function titleOf({ watch, subject, division }: Alarm, names: DivisionNames): Pair {
  const place = division === undefined ? undefined : names(division);
  const goods = subject === undefined ? undefined : SUBJECT_NAMES[subject];
  const theme = THEMES[watch];
  return {
    zh: `关于${place?.zh ?? ''}${goods?.zh ?? ''}${theme.zh}的消费提示`,
    en: `Consumer warning: ${[theme.en, goods?.en, place?.en].filter((part) => part !== undefined).join(', ')}`,
  };
}

function riseOf({ found, lastDay, cases }: Alarm): Sentence {
  const { days, observed, expected, weeks } = found;
  const from = addDays(lastDay, 1 - days);
  const head = {
    zh: `${from === lastDay ? from : `${from}至${lastDay}`}收到同类投诉 ${observed} 件`,
    en: `${from === lastDay ? `On ${from}` : `From ${from} to ${lastDay}`} there were ${observed} complaints of this kind`,
  };
  // A multiple of next to nothing says nothing.
  if (isFromNothing({ observed, expected })) {
    return {
      zh: `${head.zh}，过去 ${weeks} 周同期几乎没有。`,
      en: `${head.en}, next to none in the same days of the past ${weeks} weeks.`,
      cases,
    };
  }
  const times = plain(observed / expected);
  return {
    zh: `${head.zh}，是过去 ${weeks} 周同期平均的 ${times} 倍。`,
    en: `${head.en}, ${times} times the average of the past ${weeks} weeks.`,
    cases,
  };
}

/** What the complaints tell of, the most frequent first, each with its number and what to do about it. */
function adviceOf(own: readonly Signal[]): Sentence[] {
  const flagged = (Object.keys(ADVICE_FOR_FLAGS) as Flag[]).map((flag) => ({
    ...ADVICE_FOR_FLAGS[flag],
    cases: own.filter(({ flags }) => flags.includes(flag)),
  }));
  const problems = [...Map.groupBy(own, ({ problem }) => problem)].flatMap(([problem, cases]) =>
    problem === undefined
      ? []
      : [
          {
            told: {
              zh: `属于${problem}问题`,
              en: `are about ${PROBLEM_NAMES[problem].en.toLowerCase()}`,
            },
            advice: ADVICE_FOR_PROBLEMS[problem],
            cases,
          },
        ],
  );
  return [...flagged, ...problems]
    .filter(({ cases }) => cases.length > 0 && cases.length >= SHARE_FOR_ADVICE * own.length)
    .sort((one, other) => other.cases.length - one.cases.length)
    .map(({ told, advice, cases }) => ({
      zh: `其中 ${cases.length} 件${told.zh}：${advice.zh}。`,
      en: `${cases.length} of these ${told.en}: ${advice.en}.`,
      cases: cases.map(({ number }) => number),
    }));
}

function sumOf(own: readonly Signal[]): Sentence[] {
  const claiming = own.filter(({ claimedFen }) => claimedFen > 0);
  const sum = claiming.reduce((total, { claimedFen }) => total + claimedFen, 0);
  if (sum === 0) return [];
  return [
    {
      zh: `${claiming.length} 件写明诉求金额，合计 ${formatYuan(sum)} 元。`,
      en: `${claiming.length} name a sum, ${formatYuan(sum)} yuan in all.`,
      cases: claiming.map(({ number }) => number),
    },
  ];
}

/**
 * A person decides that the business is named.
 * @throws RangeError without who, why and which
 */
export function nameBusiness(
  draft: WarningDraft,
  named: { name: string; by: string; why: string },
): WarningDraft {
  if ([named.name, named.by, named.why].some((part) => part.trim() === '')) {
    throw new RangeError(`${draft.alarm}: naming needs the name, who and why`);
  }
  return { ...draft, named };
}

/** The whole text as it is published; nothing without a number, nobody's name but the one a person decided on. */
export function textOf({ sentences, named }: WarningDraft): Pair {
  const [rise, ...others] = sentences;
  const about: Pair =
    named === undefined
      ? { zh: '', en: '' }
      : { zh: `涉及经营者：${named.name}。`, en: `Business concerned: ${named.name}. ` };
  return {
    zh: `${rise?.zh ?? ''}${about.zh}${others.map(({ zh }) => zh).join('')}`,
    en: `${rise?.en ?? ''} ${about.en}${others.map(({ en }) => en).join(' ')}`.trim(),
  };
}

/** Longest SMS that is billed as two. */
const LONGEST_SMS = 134;

/** The warning as an SMS to who subscribed; how to stop it stands in each (Measures on SMS Services Art. 18–20). */
export function smsOf(warning: PublishedWarning): Pair {
  const number = warningNumber(warning);
  const [rise] = warning.sentences;
  const head = `${number.zh}：${warning.title.zh}。`;
  const room = LONGEST_SMS - head.length - STOP.zh.length;
  const first = rise?.zh ?? '';
  return {
    zh: `${head}${first.length <= room ? first : ''}${STOP.zh}`,
    en: `${number.en}: ${warning.title.en}. ${rise?.en ?? ''} ${STOP.en}`,
  };
}

const STOP: Pair = { zh: '回复“退订”不再接收', en: 'Send STOP to opt out.' };
