import type { Call } from './call.ts';

/** So many of a turn's pairs of characters are known, and it is the same thing said as another engine heard it. */
const SAME = 0.8;
/** Shorter turns answer and say nothing by themselves. */
const SHORTEST = 4;

/**
 * What the caller says in a call that does not stand in the words already known: whole turns, in order. Another engine
 * hears the same sentence a little differently, which is nothing new; a figure that was not there is.
 * @param exactly every difference counts: the known words had names and numbers taken out
 * @returns turns joined by line feeds; empty when there is nothing new
 */
export function newWords(call: Pick<Call, 'turns'>, known: string, exactly: boolean): string {
  const plain = plainOf(known);
  const pairs = pairsOf(plain);
  const isNew = (text: string) => {
    const words = plainOf(text);
    if (words.length < SHORTEST || plain.includes(words)) return false;
    if (exactly || (words.match(/\d{2,}/g) ?? []).some((figure) => !plain.includes(figure))) return true;
    const own = [...pairsOf(words)];
    return own.filter((pair) => pairs.has(pair)).length < own.length * SAME;
  };
  return call.turns
    .filter(({ speaker, text }) => speaker !== 'agent' && isNew(text))
    .map(({ text }) => text)
    .join('\n');
}

const plainOf = (text: string) => text.normalize('NFKC').replace(/[\s\p{P}\p{S}]/gu, '');
const pairsOf = (text: string) =>
  new Set(Array.from({ length: Math.max(0, text.length - 1) }, (_, at) => text.slice(at, at + 2)));
