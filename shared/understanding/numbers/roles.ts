import { type Source, type Span, spanOf } from '../source.ts';
import type { Field, MessageKind, Pair, Request } from '../understanding.ts';
import {
  ADDS,
  BASE,
  BY_KIND,
  CAME_BACK,
  CUES,
  DAMAGES,
  DEMANDS,
  GIVEN,
  LEFT_OVER,
  LOST,
  ONLY_OFFERED,
  TOTAL,
  WANTS_MONEY,
} from './money-cues.ts';
import type { FoundSum } from './sums.ts';

export interface MoneyRoles {
  /** Fen that one consumer has paid or lost in this dispute; null when it is not said. */
  paid: Field<number | null>;
  /** Fen that are asked back or as compensation; null when no figure can be known. */
  claimed: Field<number | null>;
}

/** What other finders know already; the words alone decide where it is left out. */
export interface Known {
  kind?: MessageKind;
  requests?: ReadonlySet<Request>;
}

interface Candidate {
  sum: FoundSum;
  fen: number;
  logit: number;
  isTotal: boolean;
  isDemanded: boolean;
}

interface Surroundings {
  /** The clause before the sum. */
  before: string;
  after: string;
  sentence: string;
  /** The sentence up to the sum. */
  head: string;
}

const SENTENCE_END = /[。！？!?\n；;]/;
const CLAUSE_END = /[。！？!?\n；;,，\s]/;
const REACH = 60;
const FIRST_PERSON = /我|本人|市民|消费者|投诉人|来电人|家里|父母|爸|妈|老公|老婆|孩子/;
/** From here on a sum counts as paid. */
const PAID_FROM = 0;
/** Beside another payment in one list, so much is enough. */
const LISTED_FROM = -1;
/** In a complaint the only sum is mostly the price, whatever words stand beside it, unless they speak against it. */
const ONLY_SUM_FROM = -1.7;

/**
 * Which of the sums the writer has paid, and which he asks back.
 */
export function paidAndClaimed(source: Source, sums: readonly FoundSum[], known: Known = {}): MoneyRoles {
  const paid = findPaid(source, sums, known);
  return { paid, claimed: findClaimed(source, sums, paid, known) };
}

function findPaid(source: Source, sums: readonly FoundSum[], { kind }: Known): Field<number | null> {
  const prior =
    (kind === undefined ? 0 : BY_KIND[kind]) -
    (FIRST_PERSON.test(source.folded) ? 0 : kind === 'complaint' ? 0.3 : 1);
  const candidates = sums
    .map((sum, index) => ({ sum, from: sums[index - 1]?.end ?? 0 }))
    .flatMap(({ sum, from }) => weigh(source.folded, sum, from, prior));
  const sure = candidates.filter(({ logit }) => logit >= PAID_FROM);
  const only = sure.length === 0 ? onlySum(candidates, kind) : undefined;
  const likely = only === undefined ? sure : [only];
  const best = strongest(likely) ?? strongest(candidates);
  if (best === undefined) return nothing(0.95, { zh: '没有写明金额', en: 'no sum is stated' });
  if (likely.length === 0) {
    return nothing(0.9 + 0.1 * (1 - sureness(best.logit)), {
      zh: '金额不是已付款',
      en: 'no sum is said to have been paid',
    });
  }
  const total = strongest(likely.filter(({ isTotal }) => isTotal));
  const parts = total === undefined ? paymentsThatAdd(source, candidates) : [];
  if (parts.length > 1) {
    return {
      value: parts.reduce((whole, { fen }) => whole + fen, 0),
      confidence: 0.8 * sureness(Math.min(...parts.map(({ logit }) => logit))),
      spans: parts.map(({ sum }) => spanOf(source, sum.start, sum.end)),
      why: { zh: '几笔付款相加', en: 'several payments added up' },
    };
  }
  const chosen = total ?? best;
  const others = new Set(likely.map(({ fen }) => fen)).size;
  return {
    value: chosen.fen,
    confidence: sureness(chosen.logit) / others ** 0.25,
    spans: [spanOf(source, chosen.sum.start, chosen.sum.end)],
    why: { zh: '付款的词语在金额旁边', en: 'words of paying stand beside the sum' },
  };
}

/** The one sum that may be the price, those that are only asked for left out. */
function onlySum(candidates: readonly Candidate[], kind: MessageKind | undefined): Candidate | undefined {
  if (kind !== 'complaint') return undefined;
  const [first, ...others] = candidates.filter(
    (one) => !one.isDemanded && one.sum.per === null && one.logit >= ONLY_SUM_FROM,
  );
  return others.every(({ fen }) => fen === first?.fen) ? first : undefined;
}

/** @param from where the sum before ends: words before it speak of that one */
function weigh(text: string, sum: FoundSum, from: number, byKind: number): Candidate[] {
  if (sum.fen === null || sum.fen === 0) return [];
  const around = surroundings(text, sum, from);
  let logit = BASE + byKind;
  for (const { where, weight, words } of CUES) if (words.test(around[where])) logit += weight;
  if (/价值/.test(around.before) && LOST.test(around.sentence)) logit += 6;
  const demanded = isDemanded(text, sum);
  if (demanded) logit -= 1.5;
  if (sum.per !== null && !/[交付花]了|收了/.test(around.before)) logit -= 1;
  if (sum.fen < 100) logit -= 1.5;

  return [{ sum, fen: sum.fen, logit, isTotal: TOTAL.test(around.before), isDemanded: demanded }];
}

function surroundings(text: string, { start, end }: FoundSum, from: number): Surroundings {
  const head = lastPart(text.slice(Math.max(0, start - REACH), start), SENTENCE_END);
  const tail = firstPart(text.slice(end, end + REACH), SENTENCE_END);
  const before = lastPart(text.slice(Math.max(from, start - REACH), start).trimEnd(), CLAUSE_END);
  return { before, after: firstPart(tail, CLAUSE_END), sentence: `${head} ${tail}`, head };
}

function lastPart(text: string, border: RegExp): string {
  return text.split(border).at(-1) ?? '';
}

function firstPart(text: string, border: RegExp): string {
  return text.split(border, 1)[0] ?? '';
}

/** The likeliest; of equals the larger sum. */
function strongest(candidates: readonly Candidate[]): Candidate | undefined {
  return candidates.toSorted((a, b) => b.logit - a.logit || b.fen - a.fen)[0];
}

/** Different payments joined by 又, 另外, 和 and the like, unless one of them is the total of the others. */
function paymentsThatAdd(source: Source, candidates: readonly Candidate[]): Candidate[] {
  const parts: Candidate[] = [];
  for (const candidate of candidates) {
    const previous = parts.at(-1);
    if (parts.some(({ fen }) => fen === candidate.fen)) continue;
    if (previous === undefined) {
      if (candidate.logit >= PAID_FROM) parts.push(candidate);
      continue;
    }
    const between = source.folded.slice(previous.sum.end, candidate.sum.start);
    const adds =
      candidate.logit >= PAID_FROM &&
      previous.sum.per === null &&
      candidate.sum.per === null &&
      between.length <= REACH &&
      ADDS.test(between);
    if (adds || (candidate.logit >= LISTED_FROM && isListOfFees(between))) parts.push(candidate);
  }
  const whole = parts.reduce((sum, part) => sum + part.fen, 0);
  return parts.some(({ fen }) => fen * 2 === whole) ? [] : parts;
}

/** `，25万首付款`, `和三个月房租`: nothing but a comma and the name of a fee between two sums. */
function isListOfFees(between: string): boolean {
  return /^[^,，、和]{0,8}[,，、和](?:[^,，、多退赔]{0,6}[费款金租])?$/.test(between);
}

function findClaimed(
  source: Source,
  sums: readonly FoundSum[],
  paid: Field<number | null>,
  { requests }: Known,
): Field<number | null> {
  const wantsMoney =
    requests === undefined
      ? WANTS_MONEY.test(source.folded)
      : requests.has('refund') ||
        requests.has('return_goods') ||
        (requests.has('compensate') && LOST.test(source.folded));
  const demanded = demandedSums(source.folded, sums);
  const whole = wholeDemand(source.folded, demanded, wantsMoney ? paid.value : null);
  if (whole !== null) {
    return {
      value: whole,
      confidence: 0.75,
      spans: demanded.map(({ start, end }) => spanOf(source, start, end)),
      why: { zh: '明确要求的金额', en: 'the sum is asked for' },
    };
  }
  const times = timesOf(source.folded);
  if (times !== null && paid.value !== null) {
    return {
      value: paid.value * times.factor,
      confidence: 0.8 * paid.confidence,
      spans: [times.span(source), ...paid.spans],
      why: { zh: '按已付款的倍数要求', en: 'a multiple of what was paid is asked for' },
    };
  }
  const left = wantsMoney ? sums.find((sum) => isLeftOver(source.folded, sum)) : undefined;
  if (left !== undefined) {
    return {
      value: left.fen,
      confidence: 0.6,
      spans: [spanOf(source, left.start, left.end)],
      why: { zh: '要求退还余额', en: 'what is left is asked back' },
    };
  }
  if (wantsMoney && paid.value !== null) {
    const back = cameBack(source.folded, sums, paid.value);
    return {
      ...paid,
      value: paid.value - back,
      confidence: (back === 0 ? 0.9 : 0.8) * paid.confidence,
      why: { zh: '要求退还已付款', en: 'what was paid is asked back' },
    };
  }
  return nothing(0.9, { zh: '没有可知的要求金额', en: 'no figure of a claim can be known' });
}

type ExactSum = FoundSum & { fen: number };

/** The sums of the last sentence that demands any; the same sum asked for twice counts once. */
function demandedSums(text: string, sums: readonly FoundSum[]): ExactSum[] {
  const demanded = sums.filter(
    (sum): sum is ExactSum => sum.fen !== null && sum.fen > 0 && isDemanded(text, sum),
  );
  const last = demanded.at(-1);
  return demanded.filter(({ end }) => last !== undefined && !SENTENCE_END.test(text.slice(end, last.start)));
}

function isDemanded(text: string, sum: FoundSum): boolean {
  const { head, before } = surroundings(text, sum, 0);
  return DEMANDS.test(head) && !GIVEN.test(before);
}

/**
 * The refund and the damages together: 退还4000并赔偿1200, or 退款并赔偿500 where the price is known from elsewhere.
 * @returns fen; null when nothing is demanded in figures
 */
function wholeDemand(text: string, demanded: readonly ExactSum[], paid: number | null): number | null {
  const last = demanded.at(-1);
  if (last === undefined) return null;
  const { head } = surroundings(text, last, 0);
  const isDamages = ({ start }: ExactSum) => DAMAGES.test(text.slice(Math.max(0, start - 10), start));
  if (areJoined(text, demanded)) return demanded.reduce((whole, { fen }) => whole + fen, 0);
  const first = demanded.find((sum) => sum !== last && !isDamages(sum));
  if (!isDamages(last)) return last.fen;
  if (first !== undefined) return first.fen + last.fen;
  const refundToo =
    paid !== null &&
    /(?:退款|退货|退钱|退费|全额退)[^。]{0,6}$/.test(
      head.slice(0, -1).replace(/(?:并|和|且|,|，)?(?:要求)?赔[^。]*$/, ''),
    );
  return refundToo ? paid + last.fen : last.fen;
}

/** 赔偿1500元和看病的800元: several sums in one demand. */
function areJoined(text: string, demanded: readonly ExactSum[]): boolean {
  return (
    demanded.length > 1 &&
    demanded.every((sum, index) => {
      const next = demanded[index + 1];
      return (
        next === undefined ||
        (next.fen !== sum.fen && /^[^,，]{0,4}[和及并加、]/.test(text.slice(sum.end, next.start)))
      );
    })
  );
}

function isLeftOver(text: string, sum: FoundSum): boolean {
  const { before, sentence } = surroundings(text, sum, 0);
  return sum.fen !== null && sum.fen > 0 && LEFT_OVER.test(before) && WANTS_MONEY.test(sentence);
}

/** What came back already: 最后退了我2060元. */
function cameBack(text: string, sums: readonly FoundSum[], paid: number): number {
  const back = sums.find((sum, index) => {
    const { before } = surroundings(text, sum, sums[index - 1]?.end ?? 0);
    return sum.fen !== null && sum.fen < paid && CAME_BACK.test(before) && !ONLY_OFFERED.test(before);
  });
  return back?.fen ?? 0;
}

const TIMES =
  /退一赔([一二两三四五六七八九十]|\d{1,2})|[赔偿][^。，,]{0,4}([一二两三四五六七八九十]|\d{1,2})倍|([一二两三四五六七八九十]|\d{1,2})倍(?:的)?赔偿|假一赔([一二三四五六七八九十]|\d{1,2})/;
const FIGURES = '零一二三四五六七八九十';

/** 退一赔三 asks for the price and three times the price (Consumer Protection Law Art. 55). */
function timesOf(text: string): { factor: number; span: (source: Source) => Span } | null {
  const match = TIMES.exec(text);
  if (match === null) return null;
  const figure = (match[1] ?? match[2] ?? match[3] ?? match[4] ?? '').replace('两', '二');
  const times = /\d/.test(figure) ? Number(figure) : FIGURES.indexOf(figure);
  if (times < 1) return null;
  const back = match[1] !== undefined || match[4] !== undefined || /退[款货一还]/.test(text);
  return {
    factor: times + (back ? 1 : 0),
    span: (source) => spanOf(source, match.index, match.index + match[0].length),
  };
}

function nothing(confidence: number, why: Pair): Field<null> {
  return { value: null, confidence, spans: [], why };
}

/**
 * The share of such answers that are right. The slope and the shift were fitted on labelled messages: the weights
 * alone are too sure of themselves.
 */
function sureness(logit: number): number {
  return 1 / (1 + Math.exp(0.5 - 0.6 * logit));
}
