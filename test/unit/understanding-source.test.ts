import { describe, expect, it } from 'vitest';
import { fold, sourceOf, spanOf, wordsAt } from '../../shared/understanding/source.ts';

describe('the source of a message', () => {
  it('is title, line break, text, exactly as written', () => {
    const source = sourceOf({ title: '退款', text: '鞋子開胶 ＡＢ' });
    expect(source.written).toBe('退款\n鞋子開胶 ＡＢ');
    expect(source.textStart).toBe(3);
  });

  it.each([undefined, ''])('is the text alone when the title is %j', (title) => {
    expect(sourceOf({ title, text: '鞋子' })).toEqual({ written: '鞋子', folded: '鞋子', textStart: 0 });
  });

  it('folds what is full width or large, every character at its place', () => {
    const written = '花了１，２９９．５０　ＡPP😀！';
    expect(fold(written)).toBe('花了1,299.50 app😀!');
    expect(fold(written)).toHaveLength(written.length);
  });

  it('leaves Chinese signs and half of a pair as they are', () => {
    expect(fold('。、“”《》\ud83d')).toBe('。、“”《》\ud83d');
  });
});

describe('a span', () => {
  const source = sourceOf({ title: '鞋城不退款', text: '我买了鞋' });

  it('counts from the beginning of its part and gives back the words', () => {
    expect(spanOf(source, 2, 5)).toEqual({ in: 'title', start: 2, end: 5 });
    expect(spanOf(source, 7, 10)).toEqual({ in: 'text', start: 1, end: 4 });
    expect(wordsAt(source, spanOf(source, 2, 5))).toBe('不退款');
    expect(wordsAt(source, spanOf(source, 7, 10))).toBe('买了鞋');
  });

  it('of the title ends with the title', () => {
    const span = spanOf(source, 3, 9);
    expect(span).toEqual({ in: 'title', start: 3, end: 5 });
    expect(wordsAt(source, span)).toBe('退款');
  });
});
