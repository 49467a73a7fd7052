import { describe, expect, it } from 'vitest';
import { createLexicon } from '../../shared/understanding/lexicon.ts';
import { fold } from '../../shared/understanding/source.ts';
import { AUTHORITIES } from '../../shared/understanding/words/authority-words.ts';
import { KIND_WORDS } from '../../shared/understanding/words/kind-words.ts';
import { PROBLEM_WORDS } from '../../shared/understanding/words/problem-words.ts';
import { ASKED, ASKING, WISHED } from '../../shared/understanding/words/request-words.ts';
import { SUBJECT_WORDS } from '../../shared/understanding/words/subject-words.ts';
import { URGENCY_WORDS } from '../../shared/understanding/words/urgency-words.ts';

describe('a lexicon', () => {
  const find = createLexicon({ refund: '退款 全额退款 退货', goods: '货车 水果', price: `\n  货车 水果刀` });

  it('finds every word with its group and place, in the order of the text', () => {
    expect(find('水果坏了，要退款')).toEqual([
      { group: 'goods', word: '水果', start: 0, end: 2 },
      { group: 'refund', word: '退款', start: 6, end: 8 },
    ]);
  });

  it('counts a word inside a longer one of its group once, with the longer', () => {
    expect(find('全额退款').map(({ word }) => word)).toEqual(['全额退款']);
  });

  it('lets words of different groups overlap', () => {
    expect(find('退货车').map(({ group, word }) => `${group} ${word}`)).toEqual([
      'refund 退货',
      'goods 货车',
      'price 货车',
    ]);
    expect(find('水果刀').map(({ group, word }) => `${group} ${word}`)).toEqual([
      'price 水果刀',
      'goods 水果',
    ]);
  });

  it('finds a word at each place where it stands', () => {
    expect(find('退款退款').map(({ start }) => start)).toEqual([0, 2]);
  });

  it.each(['', '退', '\ud83d', '🍎🍎'])('finds nothing in %j', (text) => {
    expect(find(text)).toEqual([]);
  });

  it('takes no word of one character, it would be found everywhere', () => {
    expect(() => createLexicon({ refund: '退款 退' })).toThrow('refund');
  });
});

const LISTS: [string, string][] = [
  ...Object.entries(KIND_WORDS),
  ...Object.entries(PROBLEM_WORDS),
  ...Object.entries(SUBJECT_WORDS),
  ...Object.entries(ASKED),
  ...Object.entries(WISHED),
  ...Object.entries(URGENCY_WORDS),
  ['asking', ASKING],
  ...AUTHORITIES.map(({ id, words }): [string, string] => [id, words]),
];

describe('the built-in words', () => {
  it.each(LISTS)('of %s can be found: they are written as texts are read', (_, words) => {
    expect(words.split(/\s+/).filter((word) => word !== fold(word))).toEqual([]);
  });
});
