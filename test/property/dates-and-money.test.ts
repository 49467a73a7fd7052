import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { makeCaseNumber, parseCaseNumber } from '../../shared/case/case-number.ts';
import { addDays, daysBetween, isLocalDate, shanghaiDate } from '../../shared/dates.ts';
import { createCalendar } from '../../shared/law/calendar.ts';
import { type CountOptions, dueDate as dueDateOf } from '../../shared/law/clocks.ts';
import { HOLIDAY_YEARS } from '../../shared/law/holidays.ts';
import type { PeriodUnit } from '../../shared/law/rule-packs.ts';
import { formatYuan, LARGEST_FEN, parseYuan } from '../../shared/money.ts';

const calendar = createCalendar(HOLIDAY_YEARS);

const day = fc.integer({ min: 0, max: 364 * 2 }).map((days) => addDays('2025-01-01', days));
const dueDate = (
  start: string,
  length: number,
  unit: PeriodUnit,
  by = calendar,
  options: CountOptions = {},
) => dueDateOf({ start, length, unit }, by, options);
const length = fc.integer({ min: 1, max: 120 });
const unit = fc.constantFrom<PeriodUnit>('WD', 'ND');
const options = fc.record({ shiftWeekends: fc.boolean() });

describe('a due date', () => {
  test('is never earlier for a later start', () => {
    fc.assert(
      fc.property(day, day, length, unit, options, (a, b, days, kind, shift) => {
        const [first, second] = a <= b ? [a, b] : [b, a];
        const due = (start: string) => dueDate(start, days, kind, calendar, shift).due;
        expect(due(first) <= due(second)).toBe(true);
      }),
    );
  });

  test('is never earlier for a longer period, and in working days always later', () => {
    fc.assert(
      fc.property(day, length, unit, options, (start, days, kind, shift) => {
        const shorter = dueDate(start, days, kind, calendar, shift).due;
        const longer = dueDate(start, days + 1, kind, calendar, shift).due;
        expect(kind === 'WD' ? shorter < longer : shorter <= longer).toBe(true);
      }),
    );
  });

  test('lies after the start, and no fewer natural days later than the period has', () => {
    fc.assert(
      fc.property(day, length, unit, (start, days, kind) => {
        expect(daysBetween(start, dueDate(start, days, kind, calendar).due)).toBeGreaterThanOrEqual(days);
      }),
    );
  });

  test('of natural days is no holiday, and moves only over holidays', () => {
    fc.assert(
      fc.property(day, length, (start, days) => {
        const { due } = dueDate(start, days, 'ND', calendar);
        expect(calendar.kindOf(due)).not.toBe('holiday');
        for (let skipped = addDays(start, days); skipped < due; skipped = addDays(skipped, 1)) {
          expect(calendar.kindOf(skipped)).toBe('holiday');
        }
      }),
      { numRuns: 300 },
    );
  });

  test('of working days is a working day, and exactly that many lie between', () => {
    fc.assert(
      fc.property(day, length, (start, days) => {
        const { due } = dueDate(start, days, 'WD', calendar);
        let counted = 0;
        for (let date = addDays(start, 1); date <= due; date = addDays(date, 1)) {
          if (calendar.isWorkingDay(date)) counted += 1;
        }
        expect([calendar.isWorkingDay(due), counted]).toEqual([true, days]);
      }),
    );
  });

  test('of working days can be counted in two parts', () => {
    fc.assert(
      fc.property(day, length, length, (start, first, second) => {
        const half = dueDate(start, first, 'WD', calendar).due;
        expect(dueDate(half, second, 'WD', calendar).due).toBe(
          dueDate(start, first + second, 'WD', calendar).due,
        );
      }),
    );
  });

  test('is provisional exactly when it reaches a year that is not loaded', () => {
    fc.assert(
      fc.property(day, length, unit, (start, days, kind) => {
        const { due, provisional } = dueDate(start, days, kind, calendar);
        expect(provisional).toBe(due > '2026-12-31');
      }),
    );
  });
});

test('any instant lies on a day that exists, between the days of UTC', () => {
  fc.assert(
    fc.property(
      fc.date({ min: new Date('1992-01-01'), max: new Date('2100-01-01'), noInvalidDate: true }),
      (at) => {
        const here = shanghaiDate(at);
        expect(isLocalDate(here)).toBe(true);
        expect([0, 1]).toContain(daysBetween(at.toISOString().slice(0, 10), here));
      },
    ),
  );
});

test('days added are days between', () => {
  fc.assert(
    fc.property(day, fc.integer({ min: -20_000, max: 20_000 }), (from, days) => {
      expect(daysBetween(from, addDays(from, days))).toBe(days);
    }),
  );
});

test('every sum is read back as it is shown, with and without its commas', () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: LARGEST_FEN }), (fen) => {
      const shown = formatYuan(fen);
      expect(parseYuan(shown)).toBe(fen);
      expect(parseYuan(`￥${shown.replaceAll(',', '')}元`)).toBe(fen);
    }),
  );
});

test('whatever is typed as a sum: a whole number of fen within the limit, or nothing', () => {
  fc.assert(
    fc.property(fc.oneof(fc.string({ unit: 'binary' }), fc.double().map(String)), (typed) => {
      const fen = parseYuan(typed);
      expect(fen === undefined || (Number.isSafeInteger(fen) && fen >= 0 && fen <= LARGEST_FEN)).toBe(true);
    }),
  );
});

describe('a case number', () => {
  const number = fc
    .tuple(day, fc.integer({ min: 0, max: 999_999 }))
    .map(([date, draw]) => makeCaseNumber(date, draw));

  test('is read back, however it is spaced', () => {
    fc.assert(
      fc.property(
        number,
        fc.array(fc.constantFrom('', ' ', '-', '\u3000', '－'), { minLength: 13, maxLength: 13 }),
        (made, gaps) => {
          const written = Array.from(made.replaceAll('-', ''))
            .map((digit, place) => digit + gaps[place])
            .join('');
          expect(parseCaseNumber(written)).toBe(made);
        },
      ),
    );
  });

  test('with one digit wrong is refused', () => {
    fc.assert(
      fc.property(number, fc.nat(12), fc.integer({ min: 1, max: 9 }), (made, place, by) => {
        const digits = Array.from(made.replaceAll('-', ''));
        digits[place] = String((Number(digits[place]) + by) % 10);
        expect(parseCaseNumber(digits.join(''))).toBeUndefined();
      }),
    );
  });

  test('any text is a number in its one written form, or none', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        const found = parseCaseNumber(text);
        expect(found === undefined || parseCaseNumber(found) === found).toBe(true);
      }),
    );
  });
});
