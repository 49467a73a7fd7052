import { describe, expect, test } from 'vitest';
import { type DaysAhead, dueByUnit, whenDue } from '../../shared/desk-work/due-ahead.ts';

/** Friday, the Monday after it, the Thursday after that. */
const DAYS: DaysAhead = { today: '2026-11-20', nextWorkingDay: '2026-11-23', until: '2026-11-26' };

describe('what is due ahead', () => {
  test.each([
    ['2026-11-19', 'overdue'],
    ['2026-11-20', 'today'],
    // A period that ends on a Saturday is as urgent as one of Monday.
    ['2026-11-21', 'nextWorkingDay'],
    ['2026-11-23', 'nextWorkingDay'],
    ['2026-11-24', 'soon'],
    ['2026-11-26', 'soon'],
    ['2026-11-27', undefined],
  ])('%s is %s', (due, when) => {
    expect(whenDue(due, DAYS)).toBe(when);
  });

  const open = [
    { due: '2026-11-19', unitPath: ['330200', '330203', '33020301'] },
    { due: '2026-11-20', unitPath: ['330200', '330203', '33020302'] },
    { due: '2026-11-24', unitPath: ['330200', '330203'] },
    { due: '2026-11-20', unitPath: ['330200'] },
    { due: '2026-12-24', unitPath: ['330200', '330205'] },
  ];
  const none = { overdue: 0, today: 0, nextWorkingDay: 0, soon: 0 };

  test('a bureau sees its counties, and under its own code what waits for the dispatcher', () => {
    expect(Object.fromEntries(dueByUnit(open, '330200', DAYS))).toEqual({
      '330203': { ...none, overdue: 1, today: 1, soon: 1 },
      '330200': { ...none, today: 1 },
    });
  });

  test('a county sees its stations and what lies with itself, nothing of others', () => {
    expect(Object.fromEntries(dueByUnit(open, '330203', DAYS))).toEqual({
      '33020301': { ...none, overdue: 1 },
      '33020302': { ...none, today: 1 },
      '330203': { ...none, soon: 1 },
    });
  });
});
