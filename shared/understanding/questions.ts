import type { LocalDate } from '../dates.ts';
import type { Missing } from './missing.ts';
import { findDates } from './numbers/dates.ts';
import { findSums } from './numbers/sums.ts';
import { type Asked, QUESTION_TEXTS } from './question-texts.ts';
import { findRespondent } from './respondent/respondent.ts';
import { sourceOf } from './source.ts';
import type { Understanding } from './understand.ts';
import type { Field, MessageKind, Pair } from './understanding.ts';

export interface Question extends Pair {
  about: Asked;
  /** What can be answered by its number, in order. */
  choices?: string[];
  /** It reads back what was understood: a plain yes answers it. */
  readsBack?: true;
}

/** More than three questions nobody answers. */
const MOST_QUESTIONS = 3;
/** Below this a field is asked back: of those less sure, more than four in ten would be wrong. */
const DOUBTFUL = 0.6;
/** One SMS holds 70 characters (GSM 03.38, UCS-2). */
export const ONE_SMS = 70;

/** What the answers 1, 2, 3 to the question for the kind mean, and the words in which people say it. */
const KIND_CHOICES: readonly { kind: MessageKind; said: RegExp }[] = [
  { kind: 'complaint', said: /退|赔|诉求|投诉/ },
  { kind: 'report', said: /举报|查处/ },
  { kind: 'both', said: /都要|两者|两个都|全都/ },
];

/** The questions that help most, the most helpful first; each fits one SMS. */
export function questionsFor(understood: Omit<Understanding, 'questions'>): Question[] {
  const { kind, missing, concerns } = understood;
  if (!concerns) return [];
  const asked: Question[] = [];
  const consumers = kind.value === 'complaint' || kind.value === 'report' || kind.value === 'both';
  if (consumers && kind.confidence < DOUBTFUL) {
    asked.push({ about: 'kind', ...QUESTION_TEXTS.kind, choices: KIND_CHOICES.map((choice) => choice.kind) });
  }
  for (const one of missing) asked.push({ about: one, ...QUESTION_TEXTS[one] });
  const doubtful: [Missing, Field<unknown> | undefined][] = [
    ['respondent', understood.respondent],
    ['paid', understood.paid],
  ];
  for (const [about, field] of doubtful) {
    if (consumers && field !== undefined && field.confidence < DOUBTFUL)
      asked.push(confirmation(about, field));
  }
  if (consumers && understood.place !== undefined && understood.division?.code === null) {
    asked.push({
      about: 'which-place',
      zh: `“${short(understood.place.value)}”有好几处，请问在哪个市、哪个区县？`,
      en: `There are several places called "${short(understood.place.value)}": in which city and district?`,
    });
  }
  return asked.slice(0, MOST_QUESTIONS);
}

function confirmation(about: Missing, { value }: Field<unknown>): Question {
  const shown = about === 'paid' ? `${Number(value) / 100}元` : `“${short(String(value))}”`;
  return about === 'paid'
    ? {
        about,
        readsBack: true,
        zh: `您一共花了${shown}，对吗？不对请回复正确的金额。`,
        en: `You paid ${shown} in all, right? If not, please send the right sum.`,
      }
    : {
        about,
        readsBack: true,
        zh: `您投诉的是${shown}，对吗？不对请回复正确的店名。`,
        en: `It is about ${shown}, right? If not, please send the right name.`,
      };
}

/** Names stay short enough for one SMS. */
const short = (name: string) =>
  name.length > 20 ? `${name.slice(0, 19).replace(/[\ud800-\udbff]$/, '')}…` : name;

/** What an answer to a question says. */
type Answer =
  | { about: Asked; understood: true; confirmed: true }
  | { about: Asked; understood: true; confirmed?: false; value: string | number }
  /** The sender does not know: it is not asked again. */
  | { about: Asked; understood: true; confirmed?: false; value: null }
  | { about: Asked; understood: false };

const CONFIRMS = /^(?:(?:对的?|是的?|嗯|好的?|没错|正确|可以|ok|yes|y)[。.!,\s啊呀呢了]*)+$/;
const UNKNOWN =
  /^我?[也都真]?(?:不太?(?:知道|清楚|记得|确定|晓得)|忘记?|记不[清得]|没有|没注意)(?:[了啊呢楚]|店名|名字|地址|具体|叫什么|在哪里?|哪天|哪一天|多少钱|是)*[。.!,\s]*$/;
/** 不是299，是399: what stands behind is meant. */
const CORRECTS = /^(?:不是|不对)[^,。!\s]*?(?:[,。!\s]+|(?=应该是|而?是))/;
const DENIES = /^(?:不是|不对|错了)/;
/** An answer is short; what stands further on is not read. */
const READ_AT_MOST = 1_000;
/** What people put before an answer. */
const OPENING =
  /^(?:(?:这?家?店?(?:名字?)?(?:应该)?(?:叫|是|就是|而是|名叫)|(?:店|公司|地址|位置|名称|店名)(?:是|在|[:：])|在|我(?:说的)?是|是在|不是[,，。]?(?:是|应该是)?|不对[,，。]?(?:是|应该是)?|应该是|好像是|大概是|叫做?|它在)\s*)+/;

/**
 * Understands an answer in the context of its question: "299" behind a question for the sum is money, behind one for
 * the choice it is nothing. Corrections ("不是，是…") give the new value.
 * @param receivedOn day of receipt in China, from which 昨天 counts
 */
export function understandAnswer(question: Question, answer: string, receivedOn: LocalDate): Answer {
  const { about } = question;
  const { folded, written } = sourceOf({ text: answer.slice(0, READ_AT_MOST).trim() });
  if (UNKNOWN.test(folded)) return { about, understood: true, value: null };
  if (question.choices !== undefined) return choiceOf(question, folded);
  if (CONFIRMS.test(folded)) {
    return question.readsBack === true
      ? { about, understood: true, confirmed: true }
      : { about, understood: false };
  }
  const from = CORRECTS.exec(folded)?.[0].length ?? 0;
  // Who only denies has not said what is right.
  if (DENIES.test(folded.slice(from)) || from === folded.length) return { about, understood: false };
  const value = READERS[about](written.slice(from), folded.slice(from), receivedOn);
  return value === undefined ? { about, understood: false } : { about, understood: true, value };
}

/** 2, 选2, 第二个, 2举报; not 12 and not 3月5日. */
const NUMBERED = /^[\s(我要第选择回复]*([123一二三])(?=[\s).、。!,个号项条种退只两]|$)/;

/** 不举报, 不想要赔: what the writer does not want. */
const DECLINED = /(?:不|别|没有?|无需)(?:想|要|用|需要|是)*(?:举报|投诉|查处|退款?|赔偿?)/g;

function choiceOf({ about, choices = [] }: Question, folded: string): Answer {
  const number = NUMBERED.exec(folded)?.[1] ?? '';
  const wanted = folded.replace(DECLINED, '');
  const said = KIND_CHOICES.filter(({ kind, said: words }) => choices.includes(kind) && words.test(wanted));
  const value =
    number === ''
      ? said.length === 1
        ? said[0]?.kind
        : undefined
      : choices['123一二三'.indexOf(number) % 3];
  return value === undefined ? { about, understood: false } : { about, understood: true, value };
}

type Reader = (written: string, folded: string, receivedOn: LocalDate) => string | number | undefined;

const words: Reader = (written) => {
  const value = written
    .replace(OPENING, '')
    .trim()
    .replace(/(?:[买办吃订]的)?[。.!！,，~～]*$/, '')
    .trim();
  return value === '' ? undefined : value;
};

const name: Reader = (written, folded, receivedOn) => {
  const value = words(written, folded, receivedOn);
  if (typeof value !== 'string' || value.length <= 20) return value;
  return findRespondent(sourceOf({ text: written }), 0)?.value ?? value;
};

const READERS: Readonly<Record<Asked, Reader>> = {
  respondent: name,
  place: words,
  'which-place': words,
  request: words,
  facts: words,
  kind: words,
  paid: (written, folded) => {
    const bare = /^\D{0,8}(\d{1,7}(?:\.\d{1,2})?)\s*(?:元|块钱?|圆|rmb)?[。.!,\s了吧]*$/.exec(folded)?.[1];
    const [sum] = findSums(sourceOf({ text: written })).filter(({ fen }) => fen !== null);
    if (sum?.fen !== null && sum?.fen !== undefined) return sum.fen;
    return bare === undefined ? undefined : Math.round(Number(bare) * 100);
  },
  date: (written, _folded, receivedOn) =>
    findDates(sourceOf({ text: written }), receivedOn).all.find(({ day }) => day !== null)?.day ?? undefined,
};
