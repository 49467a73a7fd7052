import { createLexicon, type Hit } from '../lexicon.ts';
import type { Source } from '../source.ts';
import type { Problem, Subject } from '../understanding.ts';
import { KIND_WORDS } from '../words/kind-words.ts';
import { PROBLEM_WORDS } from '../words/problem-words.ts';
import { SUBJECT_WORDS } from '../words/subject-words.ts';

/** Named facts of a message; a value is about 0 to 1. */
export type Features = Map<string, number>;

/** Words of the lexicons that stand in the message: what a judgement rests on. */
export type Evidence = Hit<LexiconGroup>;

type LexiconGroup = `kind:${keyof typeof KIND_WORDS}` | `problem:${Problem}` | `subject:${Subject}`;

const prefixed = (prefix: string, groups: Readonly<Record<string, string>>) =>
  Object.fromEntries(Object.entries(groups).map(([name, words]) => [`${prefix}:${name}`, words]));

const find = createLexicon({
  ...prefixed('kind', KIND_WORDS),
  ...prefixed('problem', PROBLEM_WORDS),
  ...prefixed('subject', SUBJECT_WORDS),
} as Record<LexiconGroup, string>);

/** Names of facts are made once: a new string for each of some hundred facts a message would cost most of the time. */
const namesOfWord = remembered((word) => ({ here: `word:${word}`, title: `word:${word}@title` }));
const namesOfGroup = remembered((group) => ({
  here: group,
  title: `${group}@title`,
  end: `${group}@end`,
  share: `${group}%`,
  matter: group.split(':')[0] ?? '',
}));

function remembered<Value>(make: (key: string) => Value): (key: string) => Value {
  const made = new Map<string, Value>();
  return (key) => {
    const known = made.get(key);
    if (known !== undefined) return known;
    const value = make(key);
    made.set(key, value);
    return value;
  };
}

/** What a message asks for stands mostly in its last sentences. */
const END = 90;
/** A word in the title says as much as three in the text. */
const TITLE = 3;
const BOUGHT = /[买购办订租卖充报]/;

/** The facts from which kind, problem, subject and scope are judged, and the words behind them. */
export function featuresOf(
  source: Source,
  { sums }: { sums: number },
): { features: Features; evidence: Evidence[] } {
  const { folded, textStart } = source;
  const features: Features = new Map([['bias', 1]]);
  const evidence = find(folded);
  const endFrom = Math.max(textStart, folded.length - END);
  const scores = new Map<LexiconGroup, number>();
  const seen = new Map<LexiconGroup, Map<string, number>>();
  for (const { group, word, start } of evidence) {
    const inTitle = start < textStart;
    const names = { word: namesOfWord(word), group: namesOfGroup(group) };
    features.set(names.word.here, 1);
    if (inTitle) features.set(names.word.title, 1).set(names.group.title, 1);
    if (start >= endFrom && names.group.matter === 'kind') features.set(names.group.end, 1);
    const words = seen.get(group) ?? new Map<string, number>();
    seen.set(group, words);
    const times = (words.get(word) ?? 0) + 1;
    words.set(word, times);
    // Long words say more than short ones, a second mention less than the first.
    let weight = (0.4 + 0.3 * Math.min(4, word.length)) / times;
    if (inTitle) weight *= TITLE;
    if (BOUGHT.test(folded.slice(Math.max(0, start - 5), start))) weight *= 1.5;
    scores.set(group, (scores.get(group) ?? 0) + weight);
  }
  for (const [group, score] of scores) features.set(group, Math.log1p(score) / 2);
  const matters = [...addShares(features, scores, 'problem'), ...addShares(features, scores, 'subject')];
  addShape(features, source);
  if (sums > 0) features.set('sums', dampened(sums, 5));
  addPairs(features, matters);
  return { features: isShort(source) ? ofShort(features, folded) : features, evidence };
}

/** A text message or a title alone. */
const SHORT = 100;

/** Short messages without a title: each word counts for more in them, and few words of a lexicon occur. */
export const isShort = ({ folded, textStart }: Source): boolean => textStart === 0 && folded.length <= SHORT;

const nameInShort = remembered((name) => `short:${name}`);
const nameOfCharacters = remembered((characters) => `short:word:~${characters}`);
const CHARACTERS = 0.4;

/** The facts of a short message have names, and so weights, of their own; its single characters and pairs are facts. */
function ofShort(features: Features, folded: string): Features {
  const facts: Features = new Map([...features].map(([name, value]) => [nameInShort(name), value]));
  const plain = folded.replace(/\d+/g, '0').replace(/[\s,.。!?、]+/g, ',');
  for (const length of [1, 2]) {
    for (let at = 0; at + length <= plain.length; at += 1) {
      facts.set(nameOfCharacters(plain.slice(at, at + length)), CHARACTERS);
    }
  }
  return facts;
}

/** A problem or subject that holds this share of all is the matter of the message. */
const MATTER = 0.3;

/** Of problems and subjects the one that stands out counts, not how much there is of all. Gives those that do. */
function addShares(features: Features, scores: ReadonlyMap<LexiconGroup, number>, matter: string): string[] {
  const mine = [...scores].filter(([group]) => namesOfGroup(group).matter === matter);
  const total = mine.reduce((sum, [, score]) => sum + score, 1);
  return mine.flatMap(([group, score]) => {
    const { share } = namesOfGroup(group);
    features.set(share, score / total);
    return score / total > MATTER ? [share] : [];
  });
}

/** Facts that mean something else beside one another: who bought and asks for his money, who only accuses. */
const PAIRED = [
  ...[
    'bought',
    'myself',
    'refund',
    'compensation',
    'negotiated',
    'helpMe',
    'cheatedMe',
    'investigate',
    'reporting',
    'complaining',
    'violation',
    'many',
    'asks',
    'suggests',
    'labour',
    'government',
    'publicWorks',
    'betweenBusinesses',
    'priceLevel',
  ].map((group) => `kind:${group}`),
  'question-title',
  'report-title',
  'complaint-title',
  'inquiry-title',
  'questions',
  'i',
  'sums',
];
const PAIRS = PAIRED.map((one) => PAIRED.map((other) => `word:${one}&${other}`));
const LACKS = PAIRED.map((fact) => `no:${fact}`);
const pairsOfMatter = remembered((matter) => PAIRED.map((fact) => `word:${matter}&${fact}`));

function addPairs(features: Features, matters: readonly string[]): void {
  const present: number[] = [];
  for (const [at, fact] of PAIRED.entries()) {
    if (features.has(fact)) present.push(at);
    else features.set(LACKS[at] ?? '', 0.5);
  }
  for (const [at, one] of present.entries()) {
    for (const other of present.slice(at + 1)) features.set(PAIRS[one]?.[other] ?? '', 0.5);
    for (const matter of matters) features.set(pairsOfMatter(matter)[one] ?? '', 0.5);
  }
}

const SHAPES: readonly [string, 'title' | 'text' | 'opening', RegExp][] = [
  ['question-title', 'title', /(?:[?吗呢]|怎么办|是否合法|合理)[?!。.\s]*$/],
  ['inquiry-title', 'title', /^(?:请问|咨询|想问|关于.{0,30}(?:咨询|疑问|请教))|咨询|疑问/],
  ['report-title', 'opening', /^(?:实名)?(?:举报|检举)/],
  ['complaint-title', 'opening', /^(?:我要)?投诉/],
  ['request-title', 'title', /^(?:强烈)?(?:建议|呼吁|希望|请求?|恳请)/],
  ['question-end', 'text', /[?吗呢]\s*(?:非常)?(?:谢谢|感谢|盼复|谢)?[!。.~\s]*$/],
];

function addShape(features: Features, { folded, textStart }: Source): void {
  const title = folded.slice(0, Math.max(0, textStart - 1));
  const text = folded.slice(textStart);
  const parts = { title, text: text.slice(-30), opening: title === '' ? text.slice(0, 30) : title };
  for (const [name, part, shape] of SHAPES) if (shape.test(parts[part])) features.set(name, 1);
  features.set('length', dampened(text.length / 40, 24));
  if (textStart === 0) features.set('no-title', 1);
  if (folded.length < 40) features.set('very-short', 1);
  const count = (name: string, sign: RegExp, full: number) => {
    const times = text.match(sign)?.length ?? 0;
    if (times > 0) features.set(name, dampened(times, full));
  };
  count('questions', /[?]/g, 4);
  count('i', /我(?![们国市县省区镇村校院司局])|本人/g, 10);
  count('we', /我们/g, 6);
}

/** Many of a kind say little more than a few: 0 for none, 1 for `full` and more. */
function dampened(times: number, full: number): number {
  return Math.min(1, Math.log1p(times) / Math.log1p(full));
}
