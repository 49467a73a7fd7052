import { COMMON_WORDS } from './common-words.ts';
import { EVERYDAY_WORDS } from './everyday-words.ts';
import { CHARS_AFTER, CHARS_AFTER_HARD, CHARS_BEFORE, CHARS_BEFORE_HARD, NAME_WORDS } from './words.ts';

/** Where a word of the lexicon stands. */
export interface WordHit {
  start: number;
  end: number;
}

/** What the lexicon says about each border between two characters and about each character. */
export interface Marks {
  /** At offset i: whether a name may begin here, see `BORDER`. */
  starts: Uint8Array;
  /** At offset i: whether a name may end here, see `BORDER`. */
  ends: Uint8Array;
  /** Up to offset i: how many characters only say trade, kind or place. */
  plain: Uint16Array;
  /** Up to offset i: how many characters are no one's own: plain, common or of an office. */
  said: Uint16Array;
  /** Up to offset i: how many characters belong to offices and persons. */
  office: Uint16Array;
  /** Up to offset i: how many characters belong to verbs, adverbs and the like. */
  common: Uint16Array;
  /** Up to offset i: how many characters belong to other words of everyday. */
  everyday: Uint16Array;
  /** Up to offset i: how many borders at which a name may begin or end. */
  borders: Uint16Array;
  /** Up to offset i: how many borders over which no name reaches. */
  surely: Uint16Array;
  /** Ends of businesses' names. */
  suffixes: (WordHit & { kind: Suffix })[];
  /** At offset i: how long the end of a business's name is that begins here. */
  suffixAt: Uint8Array;
  /** At offset i: how long the end of a business's name is that ends here. */
  suffixTo: Uint8Array;
  brands: WordHit[];
}

export type Suffix = 'firm' | 'shop' | 'housing';
/** What makes a border of a name, the surest last; from `surely` on no name reaches over it. */
export const BORDER = {
  none: 0,
  character: 1,
  suffix: 2,
  word: 3,
  surely: 4,
  sureCharacter: 4,
  sureWord: 5,
  sign: 6,
} as const;

const WORDS = { ...NAME_WORDS, common: COMMON_WORDS, everyday: EVERYDAY_WORDS };
type Group = keyof typeof WORDS;

/** A word with what its groups mean for the borders around it. */
interface Entry {
  word: string;
  length: number;
  /** Its third character; NaN, which no character is, for shorter words. */
  third: number;
  suffixes: Suffix[];
  isBrand: boolean;
  isWhole: boolean;
  isBefore: boolean;
  isAfter: boolean;
  isCommon: boolean;
  isEveryday: boolean;
  /** What its characters are part of, see `PART`. */
  parts: number;
}

/** Groups whose words say something in a sentence and are no name by themselves. */
const SPOKEN: readonly Group[] = ['common', 'office', 'before', 'after'];
/** More than the lexicon has different characters. */
const MOST = 4096;
const SPREAD = 2053;
const SUFFIXES: readonly Suffix[] = ['firm', 'shop', 'housing'];

const CODES = 65_536;
/** What a character is by itself, in bits. */
const IS = { sign: 1, before: 2, beforeHard: 4, after: 8, afterHard: 16, digit: 32, hanDigit: 64 } as const;
/** Bits that say something about the borders of a character that is in no word. */
const SPOKEN_ALONE = IS.before | IS.after;
const CHARACTERS = characters();
/** What a character is part of, in bits. */
const PART = { plain: 1, said: 2, office: 4, common: 8, everyday: 16 } as const;
const LEXICON = lexicon();
/** A number of these is no part of the name before it: '13栋'. */
const MEASURES = new Set('年月日号栋楼层期座元万');
const PARTS_OF_ESTATES = new Set('期栋楼层');
/** The place in the name of a firm: '知行(杭州)教育科技有限公司'. */
const PLACE_IN_FIRM =
  /\((?:[a-z]\d{0,2}[省市区县州]|西地省|[一-龥]{2,3}[省市]?)\)(?=[一-龥]{2,16}?(?:公司|集团))/g;
/** Telephone operators by their short names, which otherwise only say a trade. */
const OPERATOR =
  /(?:移动|联通|电信|铁通|广电)(?<=(?:^|[\s，。！？；、在去被和跟找诉报])..)(?=[乱扣不私强多违给擅欺骗拒的客营宽套未没还说掉])/g;
const CODED_PLACE = /[a-z]\d{0,2}(?:县市|[省市区县州镇])|西地省/g;

/** Reads a folded message once and marks all borders and words. Takes time in proportion to its length. */
export function marksOf(folded: string): Marks {
  const { length } = folded;
  const starts = new Uint8Array(length + 1);
  const ends = new Uint8Array(length + 1);
  const parts = new Uint8Array(length);
  const suffixes: Marks['suffixes'] = [];
  const suffixAt = new Uint8Array(length);
  const suffixTo = new Uint8Array(length + 1);
  const brands: WordHit[] = [];
  const suffixEnds: Record<Suffix, number> = { firm: 0, shop: 0, housing: 0 };
  const inFirms = folded.includes(')') ? hitsOf(folded, PLACE_IN_FIRM) : [];
  const places = placesIn(folded).filter(({ start }) =>
    inFirms.every((one) => start < one.start || start >= one.end),
  );
  const fitting: Entry[] = [];
  let wholeEnd = 0;
  let brandEnd = 0;
  let place = 0;
  let placeStart = places[0]?.start ?? length;
  let placeEnd = places[0]?.end ?? length;
  let inFirm = 0;
  let inFirmStart = inFirms[0]?.start ?? length;
  let digitsEnd = 0;

  for (let at = 0; at < length; at += 1) {
    if (at >= placeEnd) {
      place += 1;
      placeStart = places[place]?.start ?? length;
      placeEnd = places[place]?.end ?? length;
    }
    if (at > placeStart) continue;
    if (at === inFirmStart) {
      at = (inFirms[inFirm]?.end ?? at) - 1;
      inFirm += 1;
      inFirmStart = inFirms[inFirm]?.start ?? length;
      continue;
    }
    const code = folded.charCodeAt(at);
    const is = CHARACTERS[code] ?? 0;
    if (at >= digitsEnd && (is & (IS.digit | IS.hanDigit)) !== 0) {
      const kind = is & (IS.digit | IS.hanDigit);
      digitsEnd = at + 1;
      while (((CHARACTERS[folded.charCodeAt(digitsEnd)] ?? 0) & kind) !== 0) digitsEnd += 1;
      const measures = kind === IS.digit ? MEASURES : PARTS_OF_ESTATES;
      if (measures.has(folded[digitsEnd] ?? '')) raise(ends, at, BORDER.character);
    }
    if ((is & IS.sign) !== 0) {
      raise(starts, at + 1, BORDER.sign);
      raise(ends, at, BORDER.sign);
      continue;
    }
    fitting.length = 0;
    addWordsAt(fitting, folded, at, code);
    const longest = fitting[0]?.length ?? 0;
    let passing = 0;
    for (let one = 0; one < fitting.length; one += 1) {
      const { isWhole, isAfter, length: long } = fitting[one] as Entry;
      if (isWhole) wholeEnd = Math.max(wholeEnd, at + long);
      if (isAfter) passing = Math.max(passing, long);
    }
    for (let one = 0; one < fitting.length; one += 1) {
      const entry = fitting[one] as Entry;
      const end = at + entry.length;
      const isWord = entry.length > 1;
      if (entry.parts !== 0) put(parts, at, end, entry.parts);
      if (entry.isBrand) {
        if (at >= brandEnd) brands.push({ start: at, end });
        brandEnd = Math.max(brandEnd, end);
        raise(starts, at, BORDER.suffix);
      }
      if (end > wholeEnd && !(isWord && isLimitedNext(folded, end))) {
        if (entry.isBefore) raise(starts, end, isWord ? BORDER.sureWord : BORDER.character);
        if (entry.isAfter || entry.isCommon) {
          raise(ends, at, isWord ? BORDER.word : BORDER.character);
          if (isWord) raise(starts, end, BORDER.word);
        }
        if (entry.isEveryday) {
          raise(ends, at, BORDER.character);
          raise(starts, end, BORDER.character);
        }
        if (entry.isCommon) put(parts, at, end, PART.common);
      }
      if (isWord && (entry.isAfter || entry.isCommon)) wholeEnd = Math.max(wholeEnd, end);
      if (entry.length < passing || (!isWord && longest > 1)) continue;
      if (entry.suffixes.length > 0)
        for (const kind of entry.suffixes) {
          if (at < suffixEnds[kind]) continue;
          suffixEnds[kind] = end;
          suffixes.push({ start: at, end, kind });
          raise(suffixAt, at, entry.length);
          raise(suffixTo, end, entry.length);
          if (isWord) raise(starts, end, BORDER.suffix);
          if (isWord && kind === 'housing') raise(ends, at, BORDER.character);
        }
    }
    if ((is & SPOKEN_ALONE) === 0 || at < wholeEnd) continue;
    put(parts, at, at + 1, PART.said);
    if ((is & IS.before) !== 0)
      raise(starts, at + 1, (is & IS.beforeHard) !== 0 ? BORDER.sureCharacter : BORDER.character);
    if ((is & IS.after) !== 0)
      raise(ends, at, (is & IS.afterHard) !== 0 ? BORDER.sureCharacter : BORDER.character);
  }
  for (const operator of hitsOf(folded, OPERATOR)) brands.push(operator);
  raise(starts, 0, BORDER.sign);
  raise(ends, length, BORDER.sign);
  for (const { start, end } of places) {
    raise(starts, start, BORDER.word);
    raise(starts, end, BORDER.word);
    put(parts, start, end, PART.plain | PART.said);
  }
  return { starts, ends, suffixes, suffixAt, suffixTo, brands, ...sumsOf(starts, ends, parts) };
}

/** Sums up to each offset: `plain[j] - plain[i]` counts from i to j. */
function sumsOf(starts: Uint8Array, ends: Uint8Array, parts: Uint8Array) {
  const size = parts.length + 1;
  const sums = {
    plain: new Uint16Array(size),
    said: new Uint16Array(size),
    office: new Uint16Array(size),
    common: new Uint16Array(size),
    everyday: new Uint16Array(size),
    borders: new Uint16Array(size + 1),
    surely: new Uint16Array(size + 1),
  };
  const { plain, said, office, common, everyday, borders, surely } = sums;
  let [plainTo, saidTo, officeTo, commonTo, everydayTo, bordersTo, surelyTo] = [0, 0, 0, 0, 0, 0, 0];
  for (let at = 0; at < size; at += 1) {
    plain[at] = plainTo;
    said[at] = saidTo;
    office[at] = officeTo;
    common[at] = commonTo;
    everyday[at] = everydayTo;
    borders[at] = bordersTo;
    surely[at] = surelyTo;
    const part = parts[at] ?? 0;
    const start = starts[at] ?? 0;
    plainTo += part & 1;
    saidTo += (part >> 1) & 1;
    officeTo += (part >> 2) & 1;
    commonTo += (part >> 3) & 1;
    everydayTo += (part >> 4) & 1;
    if ((start > 0 && start !== BORDER.suffix) || (ends[at] ?? 0) > 0) bordersTo += 1;
    if (start >= BORDER.surely) surelyTo += 1;
  }
  borders[size] = bordersTo;
  surely[size] = surelyTo;
  return sums;
}

/** Whether '有限' of a firm's name follows: then the word before it belongs to the name. */
function isLimitedNext(folded: string, at: number): boolean {
  return folded.charCodeAt(at) === 0x67_09 && folded.charCodeAt(at + 1) === 0x96_50;
}

function put(parts: Uint8Array, start: number, end: number, bits: number): void {
  for (let at = start; at < end; at += 1) parts[at] = (parts[at] ?? 0) | bits;
}

/** Coded names of places. No word begins inside them: in 'A市长房' nobody is a 市长. */
function placesIn(folded: string): WordHit[] {
  return hitsOf(folded, CODED_PLACE);
}

function hitsOf(folded: string, what: RegExp): WordHit[] {
  return Array.from(folded.matchAll(what), ({ 0: place, index }) => ({
    start: index,
    end: index + place.length,
  }));
}

function raise(levels: Uint8Array, at: number, level: number): void {
  if ((levels[at] ?? 0) < level) levels[at] = level;
}

/** Blanks, punctuation and what else no name is written with; brackets and dots of names are looked at apart. */
function isSign(code: number): boolean {
  const isLetterOrDigit = (code >= 0x30 && code <= 0x39) || (code >= 0x61 && code <= 0x7a);
  const isHan = (code >= 0x4e00 && code <= 0x9fff) || (code >= 0x3400 && code <= 0x4dbf);
  return !isLetterOrDigit && !isHan && !(code === 0x26 || code === 0xb7 || (code >= 0xd800 && code < 0xe000));
}

function characters(): Uint8Array {
  const is = new Uint8Array(CODES);
  for (let code = 0; code < CODES; code += 1) if (isSign(code)) is[code] = IS.sign;
  const add = (among: string, bit: number): void => {
    for (const character of among) is[character.charCodeAt(0)] = (is[character.charCodeAt(0)] ?? 0) | bit;
  };
  add('0123456789', IS.digit);
  add('一二三四五六七八九十', IS.hanDigit);
  add(CHARS_BEFORE, IS.before);
  add(CHARS_BEFORE_HARD, IS.before | IS.beforeHard);
  add(CHARS_AFTER, IS.after);
  add(CHARS_AFTER_HARD, IS.after | IS.afterHard);
  return is;
}

/** Adds the words of the lexicon that stand here, the longest first. */
function addWordsAt(fitting: Entry[], folded: string, at: number, code: number): void {
  const first = LEXICON.numbers[code] ?? 0;
  if (first === 0) return;
  const second = LEXICON.numbers[folded.charCodeAt(at + 1)] ?? 0;
  let words = LEXICON.single[first];
  if (second !== 0) {
    const key = first * MOST + second;
    let pair = LEXICON.slots[(first * SPREAD + second) & 0xffff] ?? 0;
    while (pair !== 0 && LEXICON.keys[pair] !== key) pair = LEXICON.next[pair] ?? 0;
    if (pair !== 0) words = LEXICON.words[pair];
  }
  if (words === undefined) return;
  const third = folded.charCodeAt(at + 2);
  for (let one = 0; one < words.length; one += 1) {
    const entry = words[one] as Entry;
    // Most longer words differ in the third character: comparing whole words costs much more.
    const fits = entry.length <= 2 || (entry.third === third && folded.startsWith(entry.word, at));
    if (fits) fitting.push(entry);
  }
}

/** All words: those of one character by its number, the others by the numbers of their first two. */
function lexicon() {
  const groupsOf = new Map<string, Set<Group>>();
  for (const [group, words] of Object.entries(WORDS) as [Group, string][]) {
    for (const word of words.split(/\s+/).filter((one) => one !== '')) {
      const groups = groupsOf.get(word) ?? new Set();
      groupsOf.set(word, groups.add(group));
    }
  }
  const numbers = new Uint16Array(CODES);
  let count = 0;
  const numberOf = (code: number): number => {
    if (numbers[code] === 0) numbers[code] = count += 1;
    return numbers[code] ?? 0;
  };
  const single: (readonly Entry[])[] = [];
  const longer = new Map<number, Entry[]>();
  for (const [word, groups] of groupsOf) {
    const entry = entryOf(word, groups);
    const first = numberOf(word.charCodeAt(0));
    if (word.length === 1) single[first] = [entry];
    else {
      const second = numberOf(word.charCodeAt(1));
      const key = first * MOST + second;
      longer.set(key, [...(longer.get(key) ?? []), entry]);
    }
  }
  for (const [key, words] of longer) {
    words.push(...(single[Math.floor(key / MOST)] ?? []));
    words.sort((a, b) => b.length - a.length);
  }
  return { numbers, single, ...tableOf(longer) };
}

/** The words by the numbers of their first two characters, in chains of one typed table: quicker than a Map. */
function tableOf(longer: ReadonlyMap<number, Entry[]>) {
  const slots = new Uint16Array(CODES);
  const keys = new Uint32Array(longer.size + 1);
  const next = new Uint16Array(longer.size + 1);
  const words: (readonly Entry[])[] = [[]];
  for (const [key, entries] of longer) {
    const pair = words.length;
    const slot = (Math.floor(key / MOST) * SPREAD + (key % MOST)) & 0xffff;
    keys[pair] = key;
    next[pair] = slots[slot] ?? 0;
    slots[slot] = pair;
    words.push(entries);
  }
  return { slots, keys, next, words };
}

function entryOf(word: string, groups: ReadonlySet<Group>): Entry {
  const suffixes = SUFFIXES.filter((kind) => groups.has(kind));
  const isPlain = groups.has('trade') || (suffixes.length > 0 && word.length > 1);
  const isSpoken = isPlain || SPOKEN.some((group) => groups.has(group));
  return {
    word,
    length: word.length,
    third: word.charCodeAt(2),
    suffixes,
    isBrand: groups.has('brand'),
    isWhole: groups.has('whole') || groups.has('brand'),
    isBefore: groups.has('before'),
    isAfter: groups.has('after'),
    isCommon: groups.has('common'),
    isEveryday: groups.has('everyday'),
    parts:
      (isPlain ? PART.plain : 0) |
      (isSpoken && word.length > 1 ? PART.said : 0) |
      (groups.has('office') ? PART.office : 0) |
      (groups.has('everyday') ? PART.everyday : 0),
  };
}
