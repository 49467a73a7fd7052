import { describe, expect, test } from 'vitest';
import { type DaysAhead, dueByUnit, together, whenDue } from '../../shared/desk-work/due-ahead.ts';

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

describe('what is late beside what will be', () => {
  const days = { unit: '330200', today: '2026-11-23', nextWorkingDay: '2026-11-24', until: '2026-11-27' };
  const none = { name: '某局', overdue: 0, today: 0, nextWorkingDay: 0, soon: 0 };
  const cases = (count: number, due: string) =>
    Array.from({ length: count }, (_, index) => ({ number: `${due} ${index}`, due, unit: '330203' }));

  test('every unit stands once with both counts, the latest first; all cases of a few, twenty of many', () => {
    const ahead = {
      ...days,
      complete: true,
      units: [
        { ...none, code: '330203', today: 2 },
        { ...none, code: '330205', soon: 1 },
      ],
      first: cases(5, '2026-11-23'),
    };
    const late = {
      ...days,
      complete: false,
      units: [
        { ...none, code: '330205', overdue: 3 },
        { ...none, code: '330206', overdue: 1 },
      ],
      first: cases(4, '2026-11-20'),
    };
    const all = together(ahead, late);
    expect(all.units).toEqual([
      { ...none, code: '330205', overdue: 3, soon: 1 },
      { ...none, code: '330206', overdue: 1 },
      { ...none, code: '330203', today: 2 },
    ]);
    expect(all.first).toEqual([...late.first, ...ahead.first]);
    expect(all.complete).toBe(false);
    expect(together(ahead, { ...late, first: cases(20, '2026-11-20') }).first).toHaveLength(20);
  });
});
