import { createHashIndex, HASH_START, hashEnd, hashNext, hashOf } from './hashes.ts';

/** Words and the beginnings of words, ascending by hash, with how rare they are; learnt from lists of words. */
export interface Dictionary {
  hashes: Uint32Array;
  /** −ln of the share of all words, in tenths; `NO_WORD` for what only begins words. */
  costs: Uint8Array;
  /** Cost of a character that begins no word, in tenths. */
  unknownCost: number;
}

/** Takes one word of the text, by its place. */
type TakeWord = (start: number, end: number) => void;

const LONGEST_WORD = 8;
const COST_STEPS = 10;
const NO_WORD = 255;
const MAX_COST = 254;
const WORD_SALT = 7;

/** Words of at least `minCount` occurrences; single characters always, as they keep the rest in step. */
export function buildDictionary(lists: Iterable<readonly string[]>, minCount = 1): Dictionary {
  const counts = new Map<string, number>();
  let total = 0;
  for (const words of lists) {
    for (const word of words) {
      if (word.length > LONGEST_WORD) continue;
      counts.set(word, (counts.get(word) ?? 0) + 1);
      total += 1;
    }
  }
  const costOf = (count: number) =>
    Math.min(MAX_COST, Math.round(Math.log(total / Math.max(count, 1)) * COST_STEPS));
  const costs = new Map<number, number>();
  for (const [word, count] of counts) {
    if (count < minCount && word.length > 1) continue;
    const hash = hashOf(word, WORD_SALT);
    costs.set(hash, Math.min(costs.get(hash) ?? MAX_COST, costOf(count)));
    for (let units = 1; units < word.length; units += 1) {
      const beginning = hashOf(word.slice(0, units), WORD_SALT);
      if (!costs.has(beginning)) costs.set(beginning, NO_WORD);
    }
  }
  const hashes = Uint32Array.from(costs.keys()).sort();
  return {
    hashes,
    costs: Uint8Array.from(hashes, (hash) => costs.get(hash)!),
    unknownCost: costOf(1),
  };
}

/**
 * Cuts a run of characters into the likeliest words (unigram Viterbi). What is no word of the dictionary is left
 * out: function words, when the lists that it was learnt from have none.
 */
export function createCutter({ hashes, costs, unknownCost }: Dictionary) {
  const find = createHashIndex(hashes);
  let best = new Float64Array(64);
  let length = new Uint8Array(64);
  let known = new Uint8Array(64);

  /** Fills the tables from the end, so that the words can be read off from the start. */
  function fill(text: string, start: number, end: number): void {
    const size = end - start;
    if (best.length <= size) {
      best = new Float64Array(size * 2);
      length = new Uint8Array(size * 2);
      known = new Uint8Array(size * 2);
    }
    best[size] = 0;
    for (let at = size - 1; at >= 0; at -= 1) {
      best[at] = best[at + 1]! + unknownCost;
      length[at] = 1;
      known[at] = 0;
      const longest = Math.min(LONGEST_WORD, size - at);
      let hash = HASH_START;
      for (let units = 1; units <= longest; units += 1) {
        hash = hashNext(hash, text.charCodeAt(start + at + units - 1));
        const place = find(hashEnd(hash, WORD_SALT));
        if (place < 0) break;
        if (costs[place] === NO_WORD) continue;
        const cost = best[at + units]! + costs[place]!;
        if (known[at] === 1 && cost >= best[at]!) continue;
        if (known[at] === 0 && cost > best[at]!) continue;
        best[at] = cost;
        length[at] = units;
        known[at] = 1;
      }
    }
  }

  return (text: string, start: number, end: number, take: TakeWord): void => {
    fill(text, start, end);
    const size = end - start;
    for (let at = 0; at < size; at += length[at]!) {
      if (known[at] === 1) take(start + at, start + at + length[at]!);
    }
  };
}
