import { describe, expect, test } from 'vitest';
import { formatYuan, LARGEST_FEN, parseYuan } from '../../shared/money.ts';

describe('sums are shown as yuan', () => {
  test.each([
    [0, '0.00'],
    [5, '0.05'],
    [100, '1.00'],
    [123_456, '1,234.56'],
    [100_000_000, '1,000,000.00'],
    [-5, '-0.05'],
  ])('%i fen is %s', (fen, shown) => {
    expect(formatYuan(fen)).toBe(shown);
  });
});

describe('sums are read as people type them', () => {
  test.each([
    ['300', 30_000],
    ['300元', 30_000],
    ['￥300', 30_000],
    ['¥1,234.5', 123_450],
    ['１，２３４．５６元', 123_456],
    [' 12.05 ', 1_205],
    ['0', 0],
    ['1000000000', LARGEST_FEN],
  ])('%j is %i fen', (typed, fen) => {
    expect(parseYuan(typed)).toBe(fen);
  });

  test.each([
    '',
    '元',
    '.5',
    '5.',
    '1.234',
    '-5',
    '1e3',
    '三百',
    '300块',
    '12万',
    '1000000000.01',
    '99999999999',
    'NaN',
  ])('%j is not taken for a sum', (typed) => {
    expect(parseYuan(typed)).toBeUndefined();
  });
});
