import { type Span, spanOf, wordsAt } from '../source.ts';
import type { Pieces } from './features.ts';

/** Words that spoke for a class, and how much. */
export interface Reason {
  words: string;
  span: Span;
  weight: number;
}

const MOST = 5;
/** Characters that gain less than this share of the best one end a group of words. */
const GROUP_SHARE = 0.3;

/**
 * The strongest words, each once; where the pieces are no words, neighbouring characters that gain much.
 * @param gains per character of the source, how much it spoke for the class
 */
export function strongest({ source, bounds, areWords }: Pieces, gains: Float64Array): Reason[] {
  const groups: { start: number; end: number; weight: number }[] = [];
  const least = GROUP_SHARE * gains.reduce((most, gain) => Math.max(most, gain), 0);
  for (let piece = 0; piece < bounds.length; piece += 2) {
    const end = bounds[piece + 1]!;
    let start = bounds[piece]!;
    let weight = 0;
    for (let at = start; at < end; at += 1) {
      if (areWords || gains[at]! > least) {
        weight += gains[at]!;
        continue;
      }
      if (weight > 0) groups.push({ start, end: at, weight });
      start = at + 1;
      weight = 0;
    }
    if (weight > 0) groups.push({ start, end, weight });
  }
  groups.sort((a, b) => b.weight - a.weight || a.start - b.start);

  const reasons = new Map<string, Reason>();
  for (const { start, end, weight } of groups) {
    const span = spanOf(source, start, end);
    const words = wordsAt(source, span);
    if (!reasons.has(words)) reasons.set(words, { words, span, weight });
    if (reasons.size === MOST) break;
  }
  return [...reasons.values()];
}
