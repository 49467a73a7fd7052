import { describe, expect, test } from 'vitest';
import { addDays, daysBetween, isLocalDate, shanghaiDate, weekday } from '../../shared/dates.ts';

describe('the legal day is the day in Shanghai', () => {
  test.each([
    ['2026-04-14T15:59:59.999Z', '2026-04-14'],
    ['2026-04-14T16:00:00.000Z', '2026-04-15'],
    ['2025-12-31T16:00:00.000Z', '2026-01-01'],
    ['2028-02-28T23:59:00.000Z', '2028-02-29'],
  ])('%s lies on %s', (instant, day) => {
    expect(shanghaiDate(instant)).toBe(day);
    expect(shanghaiDate(new Date(instant))).toBe(day);
  });
});

describe('days are counted over month ends, leap days and years', () => {
  test.each([
    ['2026-02-28', 1, '2026-03-01'],
    ['2028-02-28', 1, '2028-02-29'],
    ['2026-12-31', 1, '2027-01-01'],
    ['2026-03-01', -1, '2026-02-28'],
    ['2026-06-15', 0, '2026-06-15'],
  ])('%s plus %i days is %s, and back', (from, days, to) => {
    expect(addDays(from, days)).toBe(to);
    expect(daysBetween(from, to)).toBe(days);
  });

  test('weekdays are those of the calendar on the wall', () => {
    expect([weekday('2026-11-15'), weekday('2026-11-16'), weekday('2026-11-21')]).toEqual([0, 1, 6]);
  });
});

test.each([
  '2026-02-30',
  '2026-13-01',
  '2026-1-1',
  '26-01-01',
  '2026-01-01T00:00',
  ' 2026-01-01',
  '',
  '2027-02-29',
])('%j is not a day', (text) => {
  expect(isLocalDate(text)).toBe(false);
});

test.each(['2026-01-01', '2028-02-29', '1990-12-31'])('%s is a day', (text) => {
  expect(isLocalDate(text)).toBe(true);
});
