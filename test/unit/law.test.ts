import { describe, expect, test } from 'vitest';
import { addDays, daysBetween } from '../../shared/dates.ts';
import { type Calendar, createCalendar } from '../../shared/law/calendar.ts';
import { type CountOptions, dueDate as dueDateOf } from '../../shared/law/clocks.ts';
import { HOLIDAY_YEARS, type HolidayYear } from '../../shared/law/holidays.ts';
import type { PeriodUnit } from '../../shared/law/rule-packs.ts';

const calendar = createCalendar(HOLIDAY_YEARS);

const dueDate = (
  start: string,
  length: number,
  unit: PeriodUnit,
  by = calendar,
  options: CountOptions = {},
) => dueDateOf({ start, length, unit }, by, options);

const daysOf = (year: number) =>
  Array.from({ length: daysBetween(`${year}-01-01`, `${year + 1}-01-01`) }, (_, day) =>
    addDays(`${year}-01-01`, day),
  );

describe('the calendar follows the notices of the State Council', () => {
  test.each([
    // National days off, and working days of the year, as the notices add up.
    [2025, 28, 248],
    [2026, 33, 248],
  ])('%i has %i days off in holiday blocks and %i working days', (year, off, working) => {
    const days = daysOf(year);
    expect(days.filter((day) => calendar.kindOf(day) === 'holiday')).toHaveLength(off);
    expect(days.filter((day) => calendar.isWorkingDay(day))).toHaveLength(working);
  });

  test.each([
    ['2025-01-26', 'worked-weekend'],
    ['2025-01-27', 'working'],
    ['2025-01-28', 'holiday'],
    ['2025-10-08', 'holiday'],
    ['2025-10-11', 'worked-weekend'],
    ['2026-01-03', 'holiday'],
    ['2026-01-04', 'worked-weekend'],
    ['2026-02-14', 'worked-weekend'],
    ['2026-02-15', 'holiday'],
    ['2026-02-24', 'working'],
    ['2026-05-09', 'worked-weekend'],
    ['2026-06-19', 'holiday'],
    ['2026-09-20', 'worked-weekend'],
    ['2026-10-08', 'working'],
    ['2026-11-21', 'weekend'],
  ])('%s is a %s day', (day, kind) => {
    expect(calendar.kindOf(day)).toBe(kind);
  });

  test('a year without a notice is not taken for loaded', () => {
    expect(
      ['2024-12-31', '2025-01-01', '2026-12-31', '2027-01-01'].map((day) => calendar.isLoaded(day)),
    ).toEqual([false, true, true, false]);
  });
});

describe('golden dates', () => {
  test.each([
    ['2026-04-15', '2026-04-24'],
    ['2026-04-28', '2026-05-11'],
    ['2026-04-30', '2026-05-13'],
    ['2026-05-02', '2026-05-13'],
    ['2026-06-18', '2026-06-30'],
    ['2026-09-18', '2026-09-29'],
    ['2026-09-30', '2026-10-15'],
    ['2026-10-01', '2026-10-15'],
    ['2026-02-13', '2026-03-02'],
    // 2025, counted by hand over the Spring Festival and the National Day.
    ['2025-01-24', '2025-02-10'],
    ['2025-09-26', '2025-10-13'],
    ['2025-04-25', '2025-05-08'],
  ])('7 working days after %s end on %s', (start, due) => {
    expect(dueDate(start, 7, 'WD', calendar)).toEqual({ due, provisional: false, paused: false });
  });

  test.each([
    ['2026-04-15', '2026-05-09', '2026-05-29'],
    ['2026-09-18', '2026-10-15', '2026-11-05'],
    ['2026-09-30', '2026-10-27', '2026-11-17'],
  ])('15 working days after %s end on %s, 15 more on %s', (start, due, extended) => {
    expect(dueDate(start, 15, 'WD', calendar).due).toBe(due);
    const extensions = [{ length: 15, unit: 'WD', on: due, by: '负责人' }] as const;
    expect(dueDateOf({ start, length: 15, unit: 'WD', extensions }, calendar).due).toBe(extended);
    expect(dueDate(due, 15, 'WD', calendar).due).toBe(extended);
  });

  test.each([
    ['2026-04-20', 60, '2026-06-22'],
    ['2026-08-03', 60, '2026-10-08'],
    ['2026-07-28', 60, '2026-09-28'],
    ['2026-07-03', 90, '2026-10-08'],
    // 2025: 60 days after 08-02 is 10-01, the first of eight days off.
    ['2025-08-02', 60, '2025-10-09'],
    ['2025-07-01', 60, '2025-08-30'],
  ])('from %s, %i natural days end on %s', (start, length, due) => {
    expect(dueDate(start, length, 'ND', calendar)).toEqual({ due, provisional: false, paused: false });
  });

  test('a weekend ends a period of natural days, unless the bureau shifts weekends', () => {
    // 2026-11-21 is a Saturday.
    expect(dueDate('2026-11-11', 10, 'ND', calendar).due).toBe('2026-11-21');
    expect(dueDate('2026-11-11', 10, 'ND', calendar, { shiftWeekends: true }).due).toBe('2026-11-23');
    // 2026-02-14 is a Saturday that is worked: nothing to shift.
    expect(dueDate('2026-02-04', 10, 'ND', calendar, { shiftWeekends: true }).due).toBe('2026-02-14');
    // A holiday block that touches a weekend: 2026-06-19 to 06-21.
    expect(dueDate('2026-06-09', 10, 'ND', calendar, { shiftWeekends: true }).due).toBe('2026-06-22');
  });
});

describe('a year that is not loaded', () => {
  test('makes a date provisional, but is no obstacle', () => {
    expect(dueDate('2026-12-28', 7, 'WD', calendar)).toEqual({
      due: '2027-01-06',
      provisional: true,
      paused: false,
    });
    expect(dueDate('2027-05-03', 60, 'ND', calendar)).toEqual({
      due: '2027-07-02',
      provisional: true,
      paused: false,
    });
  });

  test('leaves alone what ends before it', () => {
    expect(dueDate('2026-12-22', 7, 'WD', calendar)).toEqual({
      due: '2026-12-31',
      provisional: false,
      paused: false,
    });
    expect(dueDate('2026-11-01', 60, 'ND', calendar)).toEqual({
      due: '2026-12-31',
      provisional: false,
      paused: false,
    });
    expect(dueDate('2026-12-23', 7, 'WD', calendar).provisional).toBe(true);
  });

  test('gives the final date once its notice is loaded', () => {
    const notice: HolidayYear = { off: [['2027-01-01', '2027-01-03']], worked: [], source: 'made up' };
    const loaded = createCalendar({ ...HOLIDAY_YEARS, 2027: notice });
    expect(dueDate('2026-12-28', 7, 'WD', loaded)).toEqual({
      due: '2027-01-07',
      provisional: false,
      paused: false,
    });
  });
});

describe('what a simpler calendar would get wrong in 2026 (law/README)', () => {
  const year = HOLIDAY_YEARS[2026] as HolidayYear;
  const mondayToFriday = createCalendar({ 2026: { off: [], worked: [], source: '' } });
  const withoutWorkedWeekends = createCalendar({ 2026: { ...year, worked: [] } });
  const wrong = (other: Calendar, length: number, startDays: number) =>
    daysOf(2026)
      .slice(0, startDays)
      .filter((day) => dueDate(day, length, 'WD', other).due !== dueDate(day, length, 'WD', calendar).due)
      .length;

  test('7 working days: 84 of 349 start days, 65 with holidays but no worked weekends', () => {
    expect(wrong(mondayToFriday, 7, 349)).toBe(84);
    expect(wrong(withoutWorkedWeekends, 7, 349)).toBe(65);
  });

  test('15 working days: 138 of 330 start days, 100 with holidays but no worked weekends', () => {
    expect(wrong(mondayToFriday, 15, 330)).toBe(138);
    expect(wrong(withoutWorkedWeekends, 15, 330)).toBe(100);
  });
});
