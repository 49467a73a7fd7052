import type { Word } from './call.ts';

const CJK = '\\p{Script=Han}\\u3000-\\u303f\\uff00-\\uffef';
const BLANK_IN_CJK = new RegExp(
  `(?<=[${CJK}])[ \\t\\u00a0]+(?=[${CJK}\\d])|(?<=[\\d])[ \\t\\u00a0]+(?=[${CJK}])`,
  'gu',
);
const BLANK_BEFORE_SIGN = /[ \t]+(?=[，。？！、；：,?!;])/g;
const STARTS_APART = new RegExp(`^[${CJK}.,!?;:%'’)\\]]`, 'u');
const ENDS_APART = new RegExp(`[${CJK}(\\[]$`, 'u');

/** What an engine wrote, in one line; Chinese engines put blanks between words where nobody writes any. */
export function tidy(text: string): string {
  return text.replace(/\s+/g, ' ').replace(BLANK_IN_CJK, '').replace(BLANK_BEFORE_SIGN, '').trim();
}

/** Words in a row: with blanks where both neighbours are words of a script that has them. */
export function joinWords(words: readonly string[]): string {
  let text = '';
  let before = '';
  for (const word of words) {
    const apart = before !== '' && !STARTS_APART.test(word) && !ENDS_APART.test(before);
    text += (apart ? ' ' : '') + word;
    before = word.slice(-2);
  }
  return text;
}

/** A word that is found farther on is another one. */
const FARTHEST = 40;

/** Where each word stands in a text that was made of them; words that are not found are left out. */
export function placeWords(text: string, words: readonly Word[]): (Word & { start: number; end: number })[] {
  let from = 0;
  return words.flatMap((word) => {
    const at = text.indexOf(word.text, from);
    if (at === -1 || at > from + FARTHEST) return [];
    from = at + word.text.length;
    return [{ ...word, start: at, end: from }];
  });
}
