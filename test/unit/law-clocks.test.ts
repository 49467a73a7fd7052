import { describe, expect, test } from 'vitest';
import { createCalendar } from '../../shared/law/calendar.ts';
import {
  addWorkingDays,
  dueDate,
  type Extension,
  explainDueDate,
  type Pause,
  type Period,
  workingDaysBetween,
} from '../../shared/law/clocks.ts';
import { HOLIDAY_YEARS } from '../../shared/law/holidays.ts';
import { PAUSE_REASONS, type PauseReason } from '../../shared/law/rule-packs.ts';

const calendar = createCalendar(HOLIDAY_YEARS);

const REPORT = '检测报告 2026-0817';
const testing = (from: string, to?: string): Pause => ({ reason: 'testing', from, to, evidence: REPORT });
const extension = (changes: Partial<Extension>): Extension => ({
  length: 30,
  unit: 'ND',
  on: '2026-09-20',
  by: '负责人',
  ...changes,
});

/** 60 days from 3 August end on 2 October, a holiday: due on 8 October. */
const mediation = (...pauses: Pause[]): Period => ({ start: '2026-08-03', length: 60, unit: 'ND', pauses });
/** 15 working days from 18 September: due on 15 October. */
const verification = (...pauses: Pause[]): Period => ({
  start: '2026-09-18',
  length: 15,
  unit: 'WD',
  pauses,
});

describe('time of testing is not counted (Art. 22)', () => {
  test('ten days of testing move the end of a mediation by ten days', () => {
    const period = mediation(testing('2026-08-10', '2026-08-20'));
    expect(dueDate(period, calendar)).toEqual({ due: '2026-10-12', provisional: false, paused: false });
  });

  test('a pause over holidays takes no more working days than there are in it', () => {
    // Counted: 20 and 21 September, then from 10 October, a Saturday that is worked.
    expect(dueDate(verification(testing('2026-09-21', '2026-10-09')), calendar).due).toBe('2026-10-27');
    // A weekend is counted neither way.
    expect(dueDate(verification(testing('2026-10-10', '2026-10-11')), calendar).due).toBe('2026-10-15');
  });

  test('the day it begins is counted, the day it ends is not', () => {
    const period = { start: '2026-11-09', length: 7, unit: 'WD' } as const;
    const due = (from: string, to: string) =>
      dueDate({ ...period, pauses: [testing(from, to)] }, calendar).due;
    expect(due('2026-11-10', '2026-11-10')).toBe('2026-11-18');
    expect(due('2026-11-10', '2026-11-11')).toBe('2026-11-19');
    expect(due('2026-11-09', '2026-11-10')).toBe('2026-11-19');
    expect(due('2026-11-01', '2026-11-09')).toBe('2026-11-18');
  });

  test('days in two pauses count once', () => {
    const first = testing('2026-08-10', '2026-08-20');
    const second = testing('2026-08-15', '2026-08-25');
    expect(dueDate(mediation(first, second), calendar).due).toBe('2026-10-17');
    expect(dueDate(mediation(second, first, first), calendar).due).toBe('2026-10-17');
    expect(dueDate(mediation(first, second), calendar, { shiftWeekends: true }).due).toBe('2026-10-19');
  });

  test('while it lasts the date is what it would be if it ended today', () => {
    const period = mediation(testing('2026-08-10'));
    expect(dueDate(period, calendar, { today: '2026-08-20' })).toEqual({
      due: '2026-10-12',
      provisional: false,
      paused: true,
    });
    expect(dueDate(period, calendar, { today: '2026-08-05' }).due).toBe('2026-10-08');
    expect(dueDate(period, calendar)).toEqual({ due: '2026-10-08', provisional: false, paused: true });
  });

  test('it saves nobody whose period was over before', () => {
    const july = (...pauses: Pause[]): Period => ({ start: '2026-07-28', length: 60, unit: 'ND', pauses });
    const over = { due: '2026-09-28', provisional: false, paused: false };
    expect(dueDate(july(), calendar)).toEqual(over);
    expect(dueDate(july(testing('2026-09-28', '2026-10-20')), calendar)).toEqual(over);
    expect(dueDate(july(testing('2026-09-28')), calendar, { today: '2026-10-20' })).toEqual(over);
    expect(dueDate(verification(testing('2026-10-15')), calendar, { today: '2026-11-20' })).toEqual({
      ...over,
      due: '2026-10-15',
    });
  });

  test('begun inside the holidays that the end has moved over, it still moves the end', () => {
    const pause = testing('2026-10-03', '2026-10-20');
    expect(dueDate(mediation(pause), calendar).due).toBe('2026-10-21');
    expect(dueDate(mediation(testing('2026-10-03')), calendar, { today: '2026-10-20' })).toMatchObject({
      due: '2026-10-21',
      paused: true,
    });
  });
});

describe('an approved extension', () => {
  test('is counted on from the last day, before that day was moved over holidays', () => {
    const filed: Period = { start: '2026-07-03', length: 90, unit: 'ND' };
    expect(dueDate(filed, calendar).due).toBe('2026-10-08');
    expect(dueDate({ ...filed, extensions: [extension({})] }, calendar).due).toBe('2026-10-31');
  });

  test('by collective decision sets the last day itself', () => {
    const decided = extension({ length: 0, until: '2027-02-05' });
    const filed: Period = {
      start: '2026-07-03',
      length: 90,
      unit: 'ND',
      extensions: [extension({}), decided],
    };
    expect(dueDate(filed, calendar)).toEqual({ due: '2027-02-05', provisional: false, paused: false });
    const { days, due } = explainDueDate(filed, calendar);
    expect([due, days.at(-1)?.date, days.at(-1)?.why.zh]).toEqual([
      '2027-02-05',
      '2027-02-05',
      '延期决定确定的期满日',
    ]);
  });

  test('of another unit, or with an end before the start, is refused', () => {
    const extended = (changes: Partial<Extension>) => () =>
      dueDate({ ...verification(), extensions: [extension(changes)] }, calendar);
    expect(extended({ unit: 'ND' })).toThrow(RangeError);
    expect(extended({ unit: 'WD', until: '2026-09-18' })).toThrow(RangeError);
    expect(extended({ unit: 'WD', until: '2026-09-19' })).not.toThrow();
  });
});

describe('three years end on the same day of the calendar', () => {
  test.each([
    ['2023-05-20', '2026-05-20', false],
    // A holiday, and a weekend that does not move it.
    ['2023-06-19', '2026-06-22', false],
    ['2023-04-18', '2026-04-18', false],
    ['2024-02-29', '2027-02-28', true],
    ['2025-02-28', '2028-02-28', true],
  ])('known on %s: until %s, provisional %s', (start, due, provisional) => {
    const period: Period = { start, length: 3, unit: 'Y' };
    expect(dueDate(period, calendar)).toEqual({ due, provisional, paused: false });
  });

  test('four years after 29 February is 29 February', () => {
    expect(dueDate({ start: '2024-02-29', length: 4, unit: 'Y' }, calendar).due).toBe('2028-02-29');
  });

  test('a bureau that shifts weekends gives until Monday', () => {
    const period: Period = { start: '2023-04-18', length: 3, unit: 'Y' };
    expect(dueDate(period, calendar, { shiftWeekends: true }).due).toBe('2026-04-20');
  });
});

describe('a length that is none', () => {
  test.each([-1, 1.5, Number.NaN, Number.POSITIVE_INFINITY])('%s is refused', (length) => {
    expect(() => dueDate({ start: '2026-11-16', length, unit: 'WD' }, calendar)).toThrow(RangeError);
  });

  test('of 0 is due on the day itself: a promise for a day', () => {
    expect(dueDate({ start: '2026-10-01', length: 0, unit: 'WD' }, calendar).due).toBe('2026-10-01');
  });
});

describe('why this date?', () => {
  test('7 working days after 18 September 2026, day by day', () => {
    const { days, ...others } = explainDueDate({ start: '2026-09-18', length: 7, unit: 'WD' }, calendar);
    expect(others).toEqual({
      start: '2026-09-18',
      due: '2026-09-29',
      provisional: false,
      paused: false,
      length: 7,
      unit: 'WD',
      basis: '总局令第121号第四十五条',
    });
    expect(days.map(({ date, n, why }) => [date, n, why.zh])).toEqual([
      ['2026-09-19', undefined, '周末，不计'],
      ['2026-09-20', 1, '调休上班，计入'],
      ['2026-09-21', 2, '工作日，计入'],
      ['2026-09-22', 3, '工作日，计入'],
      ['2026-09-23', 4, '工作日，计入'],
      ['2026-09-24', 5, '工作日，计入'],
      ['2026-09-25', undefined, '国务院放假，不计'],
      ['2026-09-26', undefined, '国务院放假，不计'],
      ['2026-09-27', undefined, '国务院放假，不计'],
      ['2026-09-28', 6, '工作日，计入'],
      ['2026-09-29', 7, '工作日，计入'],
    ]);
    expect(days[0]?.why.en).toBe('a weekend: not counted');
    expect(days[1]).toMatchObject({ kind: 'worked-weekend', counted: true });
  });

  test('an end on a holiday moves over the block, and each day of it says so', () => {
    const { days } = explainDueDate({ start: '2026-06-09', length: 10, unit: 'ND' }, calendar);
    expect(days.slice(-5).map(({ date, n, counted, why }) => [date, n, counted, why.zh])).toEqual([
      ['2026-06-18', 9, true, '自然日，计入'],
      ['2026-06-19', 10, true, '计入；期满日为国务院放假，顺延'],
      ['2026-06-20', undefined, false, '国务院放假，期满日顺延'],
      ['2026-06-21', undefined, false, '国务院放假，期满日顺延'],
      ['2026-06-22', undefined, false, '放假后的第一日，期间届满'],
    ]);
  });

  test('a pause is named with its evidence, in both languages', () => {
    const { days, due } = explainDueDate(mediation(testing('2026-08-10', '2026-08-12')), calendar);
    expect(due).toBe('2026-10-08');
    const paused = days.filter(({ date }) => date > '2026-08-10' && date <= '2026-08-12');
    expect(paused.map(({ counted, why }) => [counted, why])).toEqual([
      [
        false,
        { zh: `检测期间不计，证据：${REPORT}`, en: `time of testing is not counted; evidence: ${REPORT}` },
      ],
      [
        false,
        { zh: `检测期间不计，证据：${REPORT}`, en: `time of testing is not counted; evidence: ${REPORT}` },
      ],
    ]);
  });

  test('a pause that lasts says so', () => {
    const { days, paused } = explainDueDate(mediation(testing('2026-08-10')), calendar, {
      today: '2026-08-12',
    });
    expect(paused).toBe(true);
    expect(days.find(({ date }) => date === '2026-08-12')?.why.zh).toBe(
      `检测期间不计（尚未结束），证据：${REPORT}`,
    );
  });

  test.each(Object.keys(PAUSE_REASONS) as PauseReason[])('%s is called by its name', (reason) => {
    const pause = { reason, from: '2026-08-10', to: '2026-08-11', evidence: 'x' };
    const { why } = explainDueDate(mediation(pause), calendar).days[7] ?? {};
    expect(why?.zh).toContain(PAUSE_REASONS[reason].zh);
    expect(why?.en).toContain(PAUSE_REASONS[reason].en);
  });

  test('days of an extension are told from the ordinary ones', () => {
    const period = { ...verification(), extensions: [extension({ length: 15, unit: 'WD' })] };
    const { days, length } = explainDueDate(period, calendar);
    expect(length).toBe(30);
    expect(days.find(({ n }) => n === 15)?.why.zh).toBe('工作日，计入');
    expect(days.find(({ n }) => n === 16)?.why).toEqual({
      zh: '延长期内，计入',
      en: 'within the extension: counted',
    });
  });

  test('a year without a notice is confessed on the days that depend on it, until it is loaded', () => {
    const period: Period = { start: '2026-12-29', length: 4, unit: 'WD' };
    const before = explainDueDate(period, calendar);
    expect(before).toMatchObject({ due: '2027-01-04', provisional: true });
    const unsure = before.days.filter(({ why }) => why.zh.includes('该年放假安排未公布，暂按周一至周五'));
    expect(unsure.map(({ date }) => date)).toEqual(['2027-01-01', '2027-01-02', '2027-01-03', '2027-01-04']);

    // Made up for this test.
    const notice = { off: [['2027-01-01', '2027-01-03']], worked: [], source: '' } as const;
    const after = explainDueDate(period, createCalendar({ ...HOLIDAY_YEARS, 2027: notice }));
    expect(after).toMatchObject({ due: '2027-01-05', provisional: false });
    expect(after.days.some(({ why }) => why.zh.includes('未公布'))).toBe(false);
  });

  test('a period of days depends on no more than its end', () => {
    // 2024 is not loaded: what kind of day 20 December 2024 was changes nothing.
    expect(dueDate({ start: '2024-12-11', length: 60, unit: 'ND' }, calendar)).toEqual({
      due: '2025-02-09',
      provisional: false,
      paused: false,
    });
    expect(dueDate({ start: '2024-12-11', length: 20, unit: 'WD' }, calendar).provisional).toBe(true);
  });
});

describe('working days between two days', () => {
  test.each([
    ['2026-09-18', '2026-09-29', 7],
    ['2026-09-30', '2026-10-08', 1],
    ['2026-10-01', '2026-10-07', 0],
    ['2026-09-19', '2026-09-20', 1],
    ['2026-11-16', '2026-11-16', 0],
    ['2026-11-20', '2026-11-16', -4],
  ])('after %s up to %s: %i', (from, to, count) => {
    expect(workingDaysBetween(from, to, calendar)).toBe(count);
  });

  test.each([
    ['2026-10-08', -1, '2026-09-30'],
    ['2026-10-08', -8, '2026-09-20'],
    ['2026-09-18', 7, '2026-09-29'],
    ['2026-10-03', 1, '2026-10-08'],
    ['2026-10-03', 0, '2026-10-03'],
  ])('%s and %i working days is %s', (date, n, found) => {
    expect(addWorkingDays(date, n, calendar)).toBe(found);
  });
});
