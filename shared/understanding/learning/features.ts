import { fold, type Source, sourceOf } from '../source.ts';
import { createCutter, type Dictionary } from './dictionary.ts';
import { HASH_START, hashEnd, hashNext, hashOf } from './hashes.ts';

/** What of a message the model looks at. */
export interface FeatureOptions {
  /** Longest sequence of characters, 1 to 4. */
  longest: number;
  /** How much more the first characters (the title, the first words of a call) weigh; 0 is as all others. */
  head: number;
  /** Whether the words of the title count as features of their own as well. */
  ownTitle: boolean;
}

/** A message cut into pieces that sequences of characters do not cross. */
export interface Pieces {
  source: Source;
  /** Start and end of each piece, one after the other. */
  bounds: number[];
  /** Whether pieces of Han characters are words. */
  areWords: boolean;
}

/** Takes one occurrence of a feature. */
type TakeFeature = (hash: number, weight: number, start: number, end: number) => void;

const GRAM_SALT = 0;
const WHOLE_SALT = 1;
const TITLE_SALT = 2;
/** After this many characters the additional weight of the head has fallen to a third. */
const HEAD_LENGTH = 20;
const HEAD_END = 200;
const LONGEST_NUMBER = 4;
const LONGEST_WHOLE = 24;

const isHan = (unit: number): boolean => unit >= 0x3400 && unit <= 0x9fff;
const isLetter = (unit: number): boolean => unit >= 0x61 && unit <= 0x7a;
const isDigit = (unit: number): boolean => unit >= 0x30 && unit <= 0x39;
/** A question or an exclamation says something about what the writer wants. */
const isMark = (unit: number): boolean => unit === 0x3f || unit === 0x21;

/** Cuts messages at everything that is no character of a word, and into words where there is a dictionary. */
export function createPieceMaker(dictionary: Dictionary | undefined) {
  const cut = dictionary === undefined ? undefined : createCutter(dictionary);
  return (message: { title?: string | undefined; text: string }): Pieces => {
    const source = sourceOf(message);
    const { folded } = source;
    const bounds: number[] = [];
    const take = (start: number, end: number) => bounds.push(start, end);
    eachRun(folded, cut === undefined, (start, end) => {
      if (cut === undefined || !isHan(folded.charCodeAt(start))) take(start, end);
      else cut(folded, start, end, take);
    });
    return { source, bounds, areWords: cut !== undefined };
  };
}

/** A list of words as pieces; words without a character that counts are left out. */
export function piecesOfWords(words: readonly string[]): Pieces {
  const written = words.join(' ');
  const folded = fold(written);
  const bounds: number[] = [];
  eachRun(folded, false, (start, end) => bounds.push(start, end));
  return { source: { written, folded, textStart: 0 }, bounds, areWords: true };
}

function eachRun(folded: string, marks: boolean, take: (start: number, end: number) => void): void {
  let at = 0;
  while (at < folded.length) {
    const start = at;
    if (isHan(folded.charCodeAt(at))) {
      while (at < folded.length && isInHanRun(folded.charCodeAt(at), marks)) at += 1;
      take(start, at);
      continue;
    }
    let digits = true;
    while (at < folded.length && isInWord(folded.charCodeAt(at))) {
      digits &&= isDigit(folded.charCodeAt(at));
      at += 1;
    }
    if (at === start) at += 1;
    else if (!(digits && at - start > LONGEST_NUMBER) && at - start <= LONGEST_WHOLE) take(start, at);
  }
}

const isInHanRun = (unit: number, marks: boolean): boolean => isHan(unit) || (marks && isMark(unit));
const isInWord = (unit: number): boolean => isLetter(unit) || isDigit(unit);

const HEAD = Float64Array.from({ length: HEAD_END }, (_, at) => Math.exp(-at / HEAD_LENGTH));

/** All features of a message: sequences of characters inside the pieces, and pieces as a whole. */
export function eachFeature(pieces: Pieces, options: FeatureOptions, take: TakeFeature): void {
  const {
    source: { folded, textStart },
    bounds,
    areWords,
  } = pieces;
  let before = 0;
  for (let piece = 0; piece < bounds.length; piece += 2) {
    const start = bounds[piece]!;
    const end = bounds[piece + 1]!;
    const han = isHan(folded.charCodeAt(start));
    if (han) {
      const titled = options.ownTitle && start < textStart;
      for (let at = start; at < end; at += 1) {
        const weight = weightAt(before + at - start, options);
        const stop = Math.min(end, at + options.longest);
        let hash = HASH_START;
        for (let to = at; to < stop; to += 1) {
          hash = hashNext(hash, folded.charCodeAt(to));
          take(hashEnd(hash, GRAM_SALT), weight, at, to + 1);
          if (titled) take(hashEnd(hash, TITLE_SALT), weight, at, to + 1);
        }
      }
    }
    if (!han || (areWords && end - start > 1)) {
      take(hashOf(folded, WHOLE_SALT, start, end), weightAt(before, options), start, end);
    }
    before += end - start;
  }
}

const weightAt = (place: number, { head }: FeatureOptions): number =>
  place < HEAD_END ? 1 + head * HEAD[place]! : 1;
