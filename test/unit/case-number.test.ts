import { describe, expect, test } from 'vitest';
import { makeCaseNumber, parseCaseNumber } from '../../shared/case/case-number.ts';

const NUMBERS = [
  makeCaseNumber('2026-11-21', 483_729),
  makeCaseNumber('2026-04-15', 0),
  makeCaseNumber('2030-01-01', 999_999),
  makeCaseNumber('2026-09-08', 70_123),
  makeCaseNumber('2027-12-31', 112_233),
];

test('a number bears the day, six drawn digits and a check digit', () => {
  // Worked out by hand with Damm's table: 2 6 1 1 2 1 4 8 3 7 2 9.
  expect(makeCaseNumber('2026-11-21', 483_729)).toBe('261121-483729-2');
  expect(makeCaseNumber('2026-11-21', 7)).toMatch(/^261121-000007-\d$/);
});

describe.each(NUMBERS)('the check digit of %s', (number) => {
  const digits = number.replaceAll('-', '');

  test('is right', () => {
    expect(parseCaseNumber(number)).toBe(number);
  });

  test('finds every single wrong digit', () => {
    for (let place = 0; place < digits.length; place += 1) {
      for (const wrong of '0123456789') {
        if (wrong === digits[place]) continue;
        const typed = digits.slice(0, place) + wrong + digits.slice(place + 1);
        expect(parseCaseNumber(typed), typed).toBeUndefined();
      }
    }
  });

  test('finds every swap of neighbours', () => {
    for (let place = 0; place + 1 < digits.length; place += 1) {
      const [left = '', right = ''] = digits.slice(place, place + 2);
      if (left === right) continue;
      const typed = digits.slice(0, place) + right + left + digits.slice(place + 2);
      expect(parseCaseNumber(typed), typed).toBeUndefined();
    }
  });
});

test.each([
  ['without hyphens', '2611214837292'],
  ['with spaces', ' 261121 483729 2 '],
  ['with ideographic spaces', '261121\u3000483729\u30002'],
  ['in full-width digits', '２６１１２１－４８３７２９－２'],
  ['with dashes of a word processor', '261121–483729—2'],
  ['with a line break', '261121-\n483729-2'],
])('a number is read %s', (_, written) => {
  expect(parseCaseNumber(written)).toBe('261121-483729-2');
});

test.each([
  '',
  '261121-483729',
  '261121-483729-21',
  '261121-48372O-2',
  '一二三',
  'ABCDEF-GHIJKL-M',
  '261121_483729_2',
])('%j is not a number', (written) => {
  expect(parseCaseNumber(written)).toBeUndefined();
});

test('different draws of one day give different numbers', () => {
  const numbers = new Set(Array.from({ length: 2_000 }, (_, draw) => makeCaseNumber('2026-11-21', draw)));
  expect(numbers.size).toBe(2_000);
});
