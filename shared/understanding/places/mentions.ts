import { type Gazetteer, type Level, NAME_KINDS } from './gazetteer.ts';
import { CUES, ORDINARY_WORDS, ROAD_AHEAD, THING_AHEAD, WARE_AHEAD } from './words.ts';

/** A name of divisions that stands in the text. */
export interface Mention {
  key: number;
  start: number;
  end: number;
  /** The end with a sign that its divisions do not bear today: 镇 in 上望镇, now 上望街道. */
  signed: number;
  /** The level of that sign; null when no sign follows. */
  sign: Level | null;
  /** It begins the text or stands behind a mark or a word like 在. */
  cued: boolean;
  ordinary: boolean;
  /** What follows says that it is something else. */
  ahead: 'road' | 'thing' | 'ware' | null;
  /** It is part of a longer name that begins with it. */
  inLonger: boolean;
  /** Its last sign is the first of another word: 市 of 市场. */
  torn: boolean;
  whole: boolean;
  /** It begins a text that looks like an address. */
  headOfAddress: boolean;
  /** With its sign it is the whole name of some other division. */
  taken: boolean;
  /** A zone of the kind that many towns have: 城东新区. */
  zone: boolean;
  /** It is the name of a road too: 南京东路 of 南京东路街道. */
  road: boolean;
}

const FIRST_HAN = 0x3400;
const SHORTEST_WHOLE = 3;
const LONGEST_ADDRESS = 80;
const ADDRESS =
  /[\da-zA-Z一二三四五六七八九十](?:号|栋|幢|弄|楼|层|室|座|区|单元)|[路街道巷村镇乡]|小区|花园|广场|大厦|工业|公寓|市场|商场|码头|商城|\d{3}/;
const SENTENCE = /[。！？!?…~；;了吗呢吧啊]|\.\./;
/** A text that repeats a name that many places bear is read no further: reading must stay quick. */
const MOST_BEARERS = 2000;

/** The names of divisions in a text in order, the shortest first of those that begin at one place. */
export function mentionsIn(text: string, gazetteer: Gazetteer): Mention[] {
  const mentions: Mention[] = [];
  // For each place the end of the longest whole name that begins there.
  const wholes = new Map<number, number>();
  const longest = new Map<number, number>();
  const bearers = new Map<number, number>();
  let blockedTo = 0;
  for (let start = 0; start < text.length; start += 1) {
    if (text.charCodeAt(start) < FIRST_HAN) continue;
    gazetteer.eachName(text, start, (end, key) => {
      const first = gazetteer.first(key);
      if (first === gazetteer.last(key)) blockedTo = Math.max(blockedTo, end);
      const isWhole = end - start >= SHORTEST_WHOLE && NAME_KINDS[gazetteer.kinds[first] ?? 0] !== 'stem';
      if (isWhole && !ORDINARY_WORDS.has(text.slice(start, end))) wholes.set(start, end);
      longest.set(start, end);
      const borne = (bearers.get(key) ?? 0) + gazetteer.last(key) - first;
      bearers.set(key, borne);
      if (borne > MOST_BEARERS) return;
      mentions.push({
        key,
        start,
        end,
        signed: end,
        sign: null,
        cued: false,
        ordinary: false,
        ahead: null,
        inLonger: false,
        torn: false,
        whole: false,
        headOfAddress: false,
        taken: false,
        road: false,
        zone: false,
      });
    });
    if (blockedTo > start) {
      for (let last = mentions.length - 1; last >= 0 && (mentions[last]?.start ?? 0) === start; last -= 1) {
        if ((mentions[last]?.end ?? 0) <= blockedTo) mentions.splice(last, 1);
      }
    }
  }
  const isAddress = text.length <= LONGEST_ADDRESS && ADDRESS.test(text) && !SENTENCE.test(text);
  for (const mention of mentions) {
    lookAround(text, mention, wholes, longest);
    mention.headOfAddress = isAddress && mention.start === 0;
  }
  return outermost(mentions);
}

/** Without what stands inside a longer name that begins before it: 东街道 in 关东街道. */
function outermost(mentions: readonly Mention[]): Mention[] {
  const left: Mention[] = [];
  // End of the longest name that began before this start, and of those that begin here.
  let before = 0;
  let here = 0;
  let start = -1;
  for (const mention of mentions) {
    if (mention.start !== start) {
      before = Math.max(before, here);
      start = mention.start;
    }
    if (mention.end <= before) continue;
    left.push(mention);
    // 南新乡 of 河南新乡 begins within another name: it covers nothing.
    const across = mention.start < before;
    if (!mention.torn && !across) here = Math.max(here, mention.end);
  }
  return left;
}

const SIGNS: readonly [string, Level][] = [
  ['街道办事处', 3],
  ['街道办', 3],
  ['街道', 3],
  ['镇', 3],
  ['乡', 3],
  ['地区', 1],
  ['盟', 1],
  ['州', 1],
  ['省', 0],
  ['县', 2],
  ['区', 2],
  ['市', 2],
  ['旗', 2],
];
const ZONE = /(?:新区|园区|开发区|工业[园区]|产业园|示范区|物流园|科技园)$/;
const ROAD_END = /[路街道巷]/;
const TORN = /^(?:市场|区别|区间|区块|区分|县城|区府|乡村|乡下|乡亲|乡里|省份|省钱|州人|旗下|旗舰)/;

function lookAround(
  text: string,
  mention: Mention,
  wholes: ReadonlyMap<number, number>,
  longest: ReadonlyMap<number, number>,
): void {
  const { start, end } = mention;
  const before = text[start - 1];
  mention.cued = before === undefined || CUES.has(before);
  mention.zone = ZONE.test(text.slice(start, end));
  mention.road = ROAD_END.test(text[end - 1] ?? '');
  mention.whole = start === 0 && end === text.length;
  mention.ordinary = ORDINARY_WORDS.has(text.slice(start, end));
  mention.torn = TORN.test(text.slice(end - 1, end + 1)) && !wholes.has(end);
  const to = longest.get(start) ?? 0;
  mention.inLonger = to > end && !TORN.test(text.slice(to - 1, to + 1));
  if (wholes.has(end)) return;
  const sign = SIGNS.find(([word]) => text.startsWith(word, end));
  if (sign !== undefined && !TORN.test(text.slice(end, end + 2))) {
    mention.sign = sign[1];
    mention.signed = end + sign[0].length;
    mention.taken = to === mention.signed;
    return;
  }
  mention.ahead = aheadOf(text, end);
}

function aheadOf(text: string, end: number): Mention['ahead'] {
  for (const [pattern, ahead] of [
    [ROAD_AHEAD, 'road'],
    [WARE_AHEAD, 'ware'],
    [THING_AHEAD, 'thing'],
  ] as const) {
    pattern.lastIndex = end;
    if (pattern.test(text)) return ahead;
  }
  return null;
}
