import { type Source, spanOf } from '../source.ts';
import type { Field, Pair } from '../understanding.ts';
import { candidatesOf } from './candidates.ts';
import { confidenceOf } from './confidence.ts';
import { describe, FEATURES, isNobody, KINDS, type Name, type Scene, sceneOf } from './features.ts';
import { marksOf } from './marks.ts';
import { NAMED, namedOf } from './named.ts';
import { NAMED_WEIGHTS, NO_NAME, WEIGHTS } from './weights.ts';

/** The business complained about: `start` and `end` are offsets in `source.written`. */
export interface Respondent extends Field<string> {
  start: number;
  end: number;
}

interface Ranked extends Name {
  score: number;
  /** Likelihood that exactly these words are the name, if any are. */
  share: number;
}

/** Longer messages are read so far: a respondent who is first named later is none that can be found. */
const READ_AT_MOST = 3_000;
/** Weights of the features for each kind of name. */
const WEIGHT_LISTS = KINDS.map((_, kind) =>
  Float64Array.from(FEATURES, (feature) => WEIGHTS[feature][kind] ?? 0),
);
const NO_WEIGHTS = new Float64Array(FEATURES.length);
const NAMED_WEIGHT_LIST = Float64Array.from(NAMED, (figure) => NAMED_WEIGHTS[figure]);
/** A name may be this much less surely the right business than another and still be given for its better form. */
const NEARLY_AS_SURE = 0.6;
/** Names farther behind are not what is meant. */
const LOOKED_AT = 12;

const WHY: readonly { when: RegExp; why: Pair }[] = [
  { when: /有限(?:责任)?公司/, why: { zh: '文中写明的公司全称', en: 'the full name of a firm' } },
  { when: /公司|集团$/, why: { zh: '文中写明的公司名称', en: 'the name of a firm' } },
];
const OTHERWISE: Pair = { zh: '文中被指称的商家名称', en: 'the name that the words of complaint are about' };

/**
 * Finds the business that a message complains about: the words that name it most fully, without leading words that
 * are not part of the name (the convention of the labelled data). A place counts as part of the name of a firm or a
 * public institution, not of a shop or an estate.
 * @param least likelihood, 0 to 1, that a business is meant at all; below it nobody is named
 * @returns undefined when no business is named, or none surely enough
 */
export function findRespondent(message: Source, least: number): Respondent | undefined {
  const source = beginningOf(message);
  const scene = sceneOf(source, marksOf(source.folded));
  const ranked = rankedNames(scene);
  const highest = ranked[0]?.score;
  if (highest === undefined) return undefined;
  const { name, business } = likeliest(ranked);
  const figures = new Float64Array(FEATURES.length);
  describe(name, scene, figures);
  const right = logistic(dot(namedOf(source, figures, highest, business), NAMED_WEIGHT_LIST));
  if (right < least) return undefined;
  const { start, end } = name.mentions[0];
  const value = message.written.slice(start, end);
  return {
    value,
    start,
    end,
    confidence: confidenceOf(right, name.share),
    spans: [spanOf(message, start, end)],
    why: WHY.find(({ when }) => when.test(value))?.why ?? OTHERWISE,
  };
}

function beginningOf(source: Source): Source {
  if (source.written.length <= READ_AT_MOST) return source;
  const end = Math.max(READ_AT_MOST, source.textStart);
  return { ...source, written: source.written.slice(0, end), folded: source.folded.slice(0, end) };
}

function rankedNames(scene: Scene): Ranked[] {
  const { source, marks } = scene;
  const names = new Map<string, Name>();
  for (const candidate of candidatesOf(source, marks)) {
    const words = source.written.slice(candidate.start, candidate.end);
    if (isNobody(candidate, source, marks)) continue;
    const name = names.get(words);
    if (name === undefined) names.set(words, { words, mentions: [candidate] });
    else name.mentions.push(candidate);
  }
  const figures = new Float64Array(FEATURES.length);
  const ranked = Array.from(names.values(), (name) => {
    const kind = describe(name, scene, figures);
    const score = dot(figures, WEIGHT_LISTS[kind] ?? NO_WEIGHTS) - NO_NAME;
    return { words: name.words, mentions: name.mentions, score, share: 0 };
  }).sort((a, b) => b.score - a.score);
  const highest = ranked[0]?.score ?? 0;
  const total = ranked.reduce((sum, { score }) => sum + Math.exp(score - highest), 0);
  for (const name of ranked) name.share = Math.exp(name.score - highest) / total;
  return ranked;
}

/**
 * The name to give: of those that are likely to be the business, all shorter and longer forms counted, the one that is
 * likeliest in exactly these words. So a name of which two forms share the likelihood wins over a third that has one.
 */
function likeliest(ranked: readonly Ranked[]): { name: Ranked; business: number } {
  const first = ranked.slice(0, LOOKED_AT);
  const looked = first.map((name) => {
    const forms = first.filter(({ words }) => words.includes(name.words) || name.words.includes(words));
    return { name, business: forms.reduce((sum, { share }) => sum + share, 0) };
  });
  const surest = Math.max(...looked.map(({ business }) => business));
  const sure = looked.filter(({ business }) => business >= surest * NEARLY_AS_SURE);
  return sure.reduce((best, one) => (one.name.share > best.name.share ? one : best));
}

function dot(figures: ArrayLike<number>, weights: Float64Array): number {
  let sum = 0;
  for (let at = 0; at < weights.length; at += 1) sum += (figures[at] ?? 0) * (weights[at] ?? 0);
  return sum;
}

function logistic(odds: number): number {
  return 1 / (1 + Math.exp(-odds));
}
