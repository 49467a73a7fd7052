import type { LocalDate } from '../dates.ts';
import { BUILT_IN } from './classify/built-in.ts';
import { type Evidence, type Features, featuresOf, isShort } from './classify/features.ts';
import type { Weights } from './classify/judge.ts';
import { createJudge, type Judgement } from './classify/judge.ts';
import type { Judged } from './classify/tasks.ts';
import { spokenByCaller, type Turn } from './conversation.ts';
import { type Missing, missingIn } from './missing.ts';
import { findDates } from './numbers/dates.ts';
import { paidAndClaimed } from './numbers/roles.ts';
import { findSums } from './numbers/sums.ts';
import { findDivision } from './places/find-division.ts';
import type { Gazetteer } from './places/gazetteer.ts';
import { placeIn } from './places/place-in.ts';
import { type Question, questionsFor } from './questions.ts';
import { findRequests } from './requests.ts';
import { findRespondent } from './respondent/respondent.ts';
import { otherAuthorities } from './scope.ts';
import { type Source, type Span, sourceOf, spanOf } from './source.ts';
import { type Parts, splitParts } from './split.ts';
import type {
  Division,
  Field,
  MessageKind,
  Pair,
  Problem,
  Request,
  Scope,
  Subject,
  Sum,
  Urgency,
} from './understanding.ts';
import { findUrgency } from './urgency.ts';
import type { Authority } from './words/authority-words.ts';

/** A message as it came in. */
export interface Message {
  title?: string | undefined;
  /** The words; of a call they may be left out when `turns` has them. */
  text?: string | undefined;
  turns?: readonly Turn[] | undefined;
  channel?: string | undefined;
  /** What the sender filled in beside the words: it is not missing. */
  given?: Partial<Record<Missing, boolean>> | undefined;
  /** Day of receipt in China: yesterday and the like count from it. Without it only whole dates are read. */
  receivedOn?: LocalDate | undefined;
}

/** What the bureau knows beside the message. */
export interface Knowledge {
  gazetteer: Gazetteer;
  /** Division code of the bureau's own area. */
  home?: string | undefined;
  judges: Judges;
}

type Judges = ReturnType<typeof createJudges>;

/** What a clerk would write down, each with the words it rests on. */
export interface Understanding {
  kind: Field<MessageKind>;
  /** Everyday words, advertising, a slip of the finger: nothing that a bureau could answer. */
  concerns: boolean;
  problem?: Field<Problem> | undefined;
  subject?: Field<Subject> | undefined;
  respondent?: Field<string> | undefined;
  place?: Field<string> | undefined;
  division?: (Field<string | null> & Division) | undefined;
  amounts: Sum[];
  /** Fen. */
  paid?: Field<number> | undefined;
  claimed?: Field<number> | undefined;
  purchasedOn?: Field<LocalDate> | undefined;
  occurredOn?: Field<LocalDate> | undefined;
  requests: Field<Request>[];
  scope: Field<Scope> & { authorities: Omit<Authority, 'words'>[] };
  urgency: Field<Urgency>[];
  /** Only of a message that is complaint and report in one. */
  parts?: Parts | undefined;
  missing: Missing[];
  questions: Question[];
}

/** The judges; without weights of its own a bureau has the built-in ones. */
export function createJudges(weights: Partial<Record<Judged, Weights>> = {}) {
  const all = { ...BUILT_IN, ...weights };
  return {
    kind: createJudge<MessageKind>(all.kind),
    problem: createJudge<Problem>(all.problem),
    subject: createJudge<Subject>(all.subject),
    scope: createJudge<Scope>(all.scope),
  };
}

/** How likely it must be that a business is meant: who complains or reports nearly always names one. */
const LEAST_NAMED = { consumers: 0.15, others: 0.55 } as const;
/** Longer texts are read up to here: an eleventh page adds nothing, and reading must stay quick. */
export const READ_AT_MOST = 10_000;
/** Without a day of receipt nothing counts from one; only dates that are written whole are given. */
const NO_DAY = '9999-12-31';

/**
 * Understands a message: what a clerk would write down of it. Pure and total: any text gives an answer, what the text
 * says to do changes nothing.
 */
export function understand(message: Message, knowledge: Knowledge): Understanding {
  const source = sourceOfMessage(message);
  const sums = findSums(source);
  const { features, evidence } = featuresOf(source, { sums: sums.length });
  const judged = <Label extends string>(judge: (of: typeof features) => Judgement<Label>) =>
    fieldOf(judge(features), evidence, source);

  const kind = fieldOf(kindOf(source, features, knowledge.judges.kind), evidence, source);
  const consumers = kind.value === 'complaint' || kind.value === 'report' || kind.value === 'both';
  const requests = findRequests(source, kind.value);
  const respondent = findRespondent(source, consumers ? LEAST_NAMED.consumers : LEAST_NAMED.others);
  const place = placeIn(source, knowledge.gazetteer, respondent);
  const { paid, claimed } = paidAndClaimed(source, sums, {
    kind: kind.value,
    requests: new Set(requests.map(({ value }) => value)),
  });
  const dates = findDates(source, message.receivedOn ?? NO_DAY);
  const authorities = otherAuthorities(source);

  const understood = {
    kind,
    concerns: concernsBureau(kind, evidence, source),
    problem: consumers ? judged(knowledge.judges.problem) : undefined,
    subject: consumers ? judged(knowledge.judges.subject) : undefined,
    respondent: respondent === undefined ? undefined : withoutOffsets(respondent),
    place: place === null ? undefined : placeField(place, source),
    division: divisionOf(source, place, respondent, knowledge),
    amounts: sums.map(({ start, end, yuan, fen }) => ({ span: spanOf(source, start, end), yuan, fen })),
    paid: known(paid),
    claimed: known(claimed),
    purchasedOn: message.receivedOn === undefined ? undefined : known(dates.purchasedOn),
    occurredOn: message.receivedOn === undefined ? undefined : known(dates.occurredOn),
    requests,
    scope: {
      ...judged(knowledge.judges.scope),
      authorities: authorities.map(({ authority: { words, ...authority } }) => authority),
    },
    urgency: findUrgency(source),
    parts: kind.value === 'both' ? splitParts(source) : undefined,
  };
  const missing = missingIn(understood, source.written.length).filter((one) => message.given?.[one] !== true);
  return { ...understood, missing, questions: questionsFor({ ...understood, missing }) };
}

function sourceOfMessage({ title, text, turns }: Message): Source {
  const words = turns === undefined ? (text ?? '') : spokenByCaller(turns).text;
  return sourceOf({ title: title?.slice(0, READ_AT_MOST), text: words.slice(0, READ_AT_MOST) });
}

/** How much the title alone counts beside the whole: it says in a few words what people want. */
const SAY_OF_TITLE = 0.4;

/** What a message is: judged as a whole, and by its title as if that were a text message. */
function kindOf(
  { written, textStart }: Source,
  features: Features,
  judge: Judges['kind'],
): Judgement<MessageKind> {
  const whole = judge(features);
  if (textStart === 0) return whole;
  const title = sourceOf({ text: written.slice(0, textStart - 1) });
  const byTitle = judge(featuresOf(title, { sums: 0 }).features).probabilities;
  const likely = [...whole.probabilities].map(
    ([label, share]) => [label, share * Math.max(byTitle.get(label) ?? 0, 1e-3) ** SAY_OF_TITLE] as const,
  );
  const total = likely.reduce((sum, [, share]) => sum + share, 0);
  const probabilities = new Map(likely.map(([label, share]) => [label, share / total]));
  const [label, confidence] = [...probabilities].reduce((best, one) => (one[1] > best[1] ? one : best));
  const because = label === whole.label ? whole.because : [];
  return { label, confidence, probabilities, because };
}

/** A field for what was judged, with the words of the lexicons that spoke for it. */
function fieldOf<Label extends string>(
  { label, confidence, because }: Judgement<Label>,
  evidence: readonly Evidence[],
  source: Source,
): Field<Label> {
  const groups = new Set(because.map((fact) => fact.replace(/^short:|@.*|%$/g, '')));
  const rests = evidence.filter(
    ({ group, start, end }) => groups.has(`word:${source.folded.slice(start, end)}`) || groups.has(group),
  );
  const spans = withoutRepeats(rests.map(({ start, end }) => spanOf(source, start, end)));
  const words = [...new Set(rests.map(({ start, end }) => source.written.slice(start, end)))].slice(0, 4);
  return { value: label, confidence, spans, why: whyOfWords(words) };
}

function whyOfWords(words: readonly string[]): Pair {
  if (words.length === 0) {
    return {
      zh: '根据全文的写法判断，没有单独的词语可以指出',
      en: 'from the way it is written; no single word says it',
    };
  }
  const quoted = words.map((word) => `“${word}”`).join('');
  return { zh: `写到${quoted}`, en: `says ${quoted}` };
}

const MOST_SPANS = 12;

function withoutRepeats(spans: readonly Span[]): Span[] {
  const byPlace = new Map(spans.map((span) => [`${span.in}${span.start}-${span.end}`, span]));
  return [...byPlace.values()].slice(0, MOST_SPANS);
}

/** Signs of a public matter, a dispute among them; greetings and appointments have none. */
const PUBLIC =
  /^kind:(?:refund|compensation|investigate|reporting|complaining|violation|government|publicWorks|labour)$/;
/** Whoever writes 投诉, 举报, 退款, 赔偿 or 查处 beside a word of a dispute wants something of the bureau. */
const WISHED = /^kind:(?:refund|compensation|investigate|reporting|complaining)$/;
/** Everyday texts tell of shopping, too: fitted on half of them, 11 of the other 1,491 concerned; 72 of 80 complaints did. */
const SURE_OF_DISPUTE = 0.5;
/** Friends ask, too. */
const SURE_OF_QUESTION = 0.9;

/**
 * Whether a message is anything a bureau could answer. A short text must surely be a complaint or report, or ask about a
 * public matter; whoever writes at length, or with a title, means somebody.
 */
function concernsBureau(kind: Field<MessageKind>, evidence: readonly Evidence[], source: Source): boolean {
  if (!isShort(source)) {
    return (
      kind.value !== 'other' || (source.folded.length > EVERYDAY && countWords(evidence, source, PUBLIC) >= 2)
    );
  }
  const disputed = countWords(evidence, source);
  if (disputed >= 2 && countWords(evidence, source, WISHED) >= 1) return true;
  if (kind.value === 'inquiry') {
    const isPublic = disputed >= 2 && countWords(evidence, source, PUBLIC) >= 1;
    return isPublic || (kind.confidence >= SURE_OF_QUESTION && disputed >= 1);
  }
  return kind.value !== 'other' && kind.confidence >= SURE_OF_DISPUTE;
}

/** Everyday texts are shorter. */
const EVERYDAY = 120;

/** How many different words of the lexicons stand in the message; only of some groups where these are given. */
function countWords(evidence: readonly Evidence[], { folded }: Source, groups?: RegExp): number {
  const said = groups === undefined ? evidence : evidence.filter(({ group }) => groups.test(group));
  return new Set(said.map(({ start, end }) => folded.slice(start, end))).size;
}

function known<T>({ value, ...rest }: Field<T | null>): Field<T> | undefined {
  return value === null ? undefined : { value, ...rest };
}

function withoutOffsets({ value, confidence, spans, why }: Field<string>): Field<string> {
  return { value, confidence, spans, why };
}

function placeField(
  { start, end, confidence }: { start: number; end: number; confidence: number },
  source: Source,
): Field<string> {
  return {
    value: source.written.slice(start, end),
    confidence,
    spans: [spanOf(source, start, end)],
    why: { zh: '写明的地点', en: 'the place that is written' },
  };
}

/** A市A3区: in published complaints names of places are coded; another place named beside is not meant. */
const CODED_PLACE = /[A-Z]\d*[省市区县镇乡]/;

/**
 * The division of the place, else of the business's name, else of the whole message. What the message says elsewhere
 * decides between places of one name: 鼓楼区, and further down 南京. The whole is only read where that is needed.
 */
function divisionOf(
  source: Source,
  place: { start: number; end: number } | null,
  respondent: { start: number; end: number } | undefined,
  { gazetteer, home }: Knowledge,
): Understanding['division'] {
  const { written } = source;
  const isCoded = place !== null && CODED_PLACE.test(written.slice(place.start, place.end));
  let read: Place | undefined;
  const whole = () => {
    read ??= findDivision(written, gazetteer, { home });
    return read;
  };
  for (const { start, end } of [place, respondent].filter((one) => one !== null && one !== undefined)) {
    const words = written.slice(start, end);
    const alone = findDivision(words, gazetteer, { home });
    const near = alone.code === null && !isCoded ? whole().code : null;
    const found = near === null ? alone : findDivision(words, gazetteer, { home, near });
    if (isSome(found)) return divisionField(found, start, source);
  }
  return isCoded || !isSome(whole()) ? undefined : divisionField(whole(), 0, source);
}

type Place = ReturnType<typeof findDivision>;

const isSome = ({ candidates, confidence }: Place) => candidates.length > 0 && confidence > 0;

function divisionField(
  { code, level, candidates, spans, confidence, why }: Place,
  from: number,
  source: Source,
): Understanding['division'] {
  const inSource = spans.map(({ start, end }) => spanOf(source, start + from, end + from));
  return { value: code, code, level, candidates, confidence, spans: inSource, why };
}
