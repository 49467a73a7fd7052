import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { DEFAULT_SETTINGS } from '../../shared/law/bureau-settings.ts';
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
import { type ClockId, clockRule, type PeriodUnit, rulePackFor } from '../../shared/law/rule-packs.ts';

/*
 * A second count, written from the words of the rules and sharing nothing with the first: a row of days by
 * month lengths instead of `Date`, holidays and lengths typed again, and the days of a period picked from
 * that row instead of walked.
 */

interface Day {
  date: string;
  weekend: boolean;
  off: boolean;
  worked: boolean;
}

const LEAP = (year: number) => (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0;
const two = (number: number) => String(number).padStart(2, '0');

// State Council, 2025-11: off 1/1–1/3, 2/15–2/23, 4/4–4/6, 5/1–5/5, 6/19–6/21, 9/25–9/27, 10/1–10/7.
const OFF = [
  '01-01 01-02 01-03',
  '02-15 02-16 02-17 02-18 02-19 02-20 02-21 02-22 02-23',
  '04-04 04-05 04-06',
  '05-01 05-02 05-03 05-04 05-05',
  '06-19 06-20 06-21',
  '09-25 09-26 09-27',
  '10-01 10-02 10-03 10-04 10-05 10-06 10-07',
].flatMap((block) => block.split(' ').map((date) => `2026-${date}`));
const WORKED_WEEKENDS = ['2026-01-04', '2026-02-14', '2026-02-28', '2026-05-09', '2026-09-20', '2026-10-10'];

/** Every day from 2026 to 2033; 2026-01-01 was a Thursday. */
const DAYS: Day[] = [];
let sinceMonday = 3;
for (let year = 2026; year <= 2033; year += 1) {
  const months = [31, LEAP(year) ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];
  for (const [month, length] of months.entries()) {
    for (let day = 1; day <= length; day += 1) {
      const date = `${year}-${two(month + 1)}-${two(day)}`;
      const weekend = sinceMonday % 7 >= 5;
      const off = OFF.includes(date);
      DAYS.push({ date, weekend, off, worked: WORKED_WEEKENDS.includes(date) || (!weekend && !off) });
      sinceMonday += 1;
    }
  }
}
const DATES = DAYS.map(({ date }) => date);
const DAYS_OF_2026 = DATES.slice(0, 365);

/** Which of the days after the start are counted at all: those in no pause. */
function openDays(start: string, pauses: readonly Pause[], today: string): Day[] {
  const paused = new Set(
    pauses.flatMap(({ from, to }) => DATES.filter((date) => date > from && date <= (to ?? today))),
  );
  return DAYS.filter(({ date }) => date > start && !paused.has(date));
}

/** The last day, by the rule: so many counted days; not on a holiday, else the first day after it. */
function lastDay(
  open: readonly Day[],
  length: number,
  unit: PeriodUnit,
  shiftWeekends: boolean,
): string | undefined {
  if (unit === 'WD') return open.filter(({ worked }) => worked)[length - 1]?.date;
  return open
    .slice(length - 1)
    .find(({ off, weekend, worked }) => !off && !(shiftWeekends && weekend && !worked))?.date;
}

function anniversary(start: string, years: number): string {
  const year = Number(start.slice(0, 4)) + years;
  return start.endsWith('-02-29') && !LEAP(year) ? `${year}-02-28` : `${year}${start.slice(4)}`;
}

const calendar = createCalendar(HOLIDAY_YEARS);

/** The tables of the law README, typed again. */
const EVERY_PACK: Partial<Record<ClockId, [number, PeriodUnit]>> = {
  distribute: [1, 'WD'],
  accept: [7, 'WD'],
  mediate: [60, 'ND'],
  'tell-termination': [7, 'WD'],
  'verify-clue': [15, 'WD'],
  'verify-report': [15, 'WD'],
  'decide-case': [90, 'ND'],
  'authority-dispute': [7, 'WD'],
  identity: [3, 'WD'],
  recusal: [3, 'WD'],
  'station-first': [10, 'WD'],
  'confirm-first': [5, 'WD'],
  publish: [7, 'WD'],
  answer: [5, 'WD'],
  supervision: [3, 'WD'],
  limitation: [3, 'Y'],
  'refund-delay': [15, 'ND'],
};
const PACKS: [string, string, Partial<Record<ClockId, [number, PeriodUnit]>>][] = [
  ['CN-SAMR-121', '2026-04-15', EVERY_PACK],
  ['CN-SAMR-20', '2026-04-14', { ...EVERY_PACK, 'tell-informer': [5, 'WD'] }],
  [
    'CN-SAMR-20 before Decree 778',
    '2024-06-30',
    { ...EVERY_PACK, mediate: [45, 'WD'], 'tell-informer': [5, 'WD'] },
  ],
];

test('the row of days is the calendar on the wall', () => {
  expect(DAYS_OF_2026.at(-1)).toBe('2026-12-31');
  expect(DAYS.find(({ weekend }) => weekend)?.date).toBe('2026-01-03');
  expect(DATES.filter((date) => date.endsWith('-02-29'))).toEqual(['2028-02-29', '2032-02-29']);
});

describe.each(PACKS)('%s: for every day of 2026', (_, receivedOn, table) => {
  test.each(Object.entries(table) as [ClockId, [number, PeriodUnit]][])(
    '%s ends where a count day by day ends',
    (id, [length, unit]) => {
      const rule = clockRule(receivedOn, id, DEFAULT_SETTINGS);
      const period = { length: rule.length, unit: rule.unit };
      for (const start of DAYS_OF_2026) {
        const open = openDays(start, [], start);
        const days = unit === 'Y' ? DATES.indexOf(anniversary(start, 3)) - DATES.indexOf(start) : length;
        for (const shiftWeekends of [false, true]) {
          const due = lastDay(open, days, unit, shiftWeekends);
          expect(dueDate({ start, ...period }, calendar, { shiftWeekends }), start).toEqual({
            due,
            // Of the years in the row only 2026 is loaded.
            provisional: String(due) > '2026-12-31',
            paused: false,
          });
        }
      }
    },
  );

  test('a promise is due on its own day', () => {
    const { length, unit } = clockRule(receivedOn, 'promise', DEFAULT_SETTINGS);
    for (const start of DAYS_OF_2026) expect(dueDate({ start, length, unit }, calendar).due).toBe(start);
  });

  test('no clock of the pack is left out', () => {
    const tested = Object.keys(table).concat('promise');
    expect(Object.keys(rulePackFor(receivedOn).clocks).toSorted()).toEqual(tested.toSorted());
  });
});

const day = fc.nat(364).map((index) => DATES[index] as string);
const pause = (start: string): fc.Arbitrary<Pause> =>
  fc
    .tuple(fc.integer({ min: -10, max: 150 }), fc.option(fc.nat(40), { nil: undefined }), fc.nat(9))
    .map(([offset, length, evidence]) => {
      const first = Math.max(0, DATES.indexOf(start) + offset);
      const from = DATES[first] as string;
      const to = length === undefined ? undefined : (DATES[first + length] as string);
      return { reason: 'testing', from, to, evidence: `报告${evidence}` };
    });
const extension = (unit: PeriodUnit): fc.Arbitrary<Extension> =>
  fc.record({
    length: fc.nat(30),
    unit: fc.constant(unit),
    on: fc.constant('2026-06-01'),
    by: fc.constant('x'),
  });

/** A period with up to three pauses and two extensions, and the day on which somebody looks at it. */
const period = fc.tuple(day, fc.constantFrom<PeriodUnit>('WD', 'ND')).chain(([start, unit]) =>
  fc.record({
    start: fc.constant(start),
    unit: fc.constant(unit),
    length: fc.integer({ min: 1, max: 90 }),
    pauses: fc.array(pause(start), { maxLength: 3 }),
    extensions: fc.array(extension(unit), { maxLength: 2 }),
  }),
);
const options = fc.record({ shiftWeekends: fc.boolean(), today: day });
const fullLength = ({ length, extensions = [] }: Period) =>
  extensions.reduce((sum, one) => sum + one.length, length);

describe('with any pauses and extensions', () => {
  test('the last day is that of the count day by day', () => {
    fc.assert(
      fc.property(period, options, (of, { shiftWeekends, today }) => {
        const open = openDays(of.start, of.pauses, today);
        const due = String(lastDay(open, fullLength(of), of.unit, shiftWeekends));
        const counted = dueDate(of, calendar, { shiftWeekends, today });
        expect(counted.due).toBe(due);
        expect(counted.paused).toBe(of.pauses.some(({ from, to }) => to === undefined && from < due));
      }),
      { numRuns: 2_000 },
    );
  });

  test('the explanation adds up: every day once, as many counted as the period has, each skipped one with its reason', () => {
    fc.assert(
      fc.property(period, options, (of, { shiftWeekends, today }) => {
        const { days, due, length } = explainDueDate(of, calendar, { shiftWeekends, today });
        expect(due).toBe(dueDate(of, calendar, { shiftWeekends, today }).due);
        expect(days.map(({ date }) => date)).toEqual(DATES.filter((date) => date > of.start && date <= due));
        expect(length).toBe(fullLength(of));
        expect(days.filter(({ counted }) => counted).map(({ n }) => n)).toEqual(
          Array.from({ length }, (_, index) => index + 1),
        );
        for (const { date, counted, n, why } of days.filter((one) => !one.counted)) {
          expect([counted, n]).toEqual([false, undefined]);
          const paused = of.pauses.filter(({ from, to }) => date > from && date <= (to ?? today));
          if (paused.length > 0) {
            expect(paused.some(({ evidence }) => why.zh.endsWith(`证据：${evidence}`))).toBe(true);
            expect(paused.some(({ evidence }) => why.en.endsWith(`evidence: ${evidence}`))).toBe(true);
          } else {
            expect(why.zh).toMatch(/^(?:周末|国务院放假)，(?:不计|期满日顺延)|^放假后的第一日，期间届满/);
            expect(why.en).toMatch(/not counted|the end moves on|the period ends/);
          }
        }
      }),
      { numRuns: 500 },
    );
  });

  test('a pause or an extension more never makes the date earlier', () => {
    const more = period.chain((of) => fc.tuple(fc.constant(of), pause(of.start), extension(of.unit)));
    fc.assert(
      fc.property(more, options, ([of, onePause, oneExtension], by) => {
        const before = dueDate(of, calendar, by).due;
        const paused = { ...of, pauses: [...of.pauses, onePause] };
        const extended = { ...of, extensions: [...of.extensions, oneExtension] };
        expect(dueDate(paused, calendar, by).due >= before).toBe(true);
        expect(dueDate(extended, calendar, by).due >= before).toBe(true);
      }),
    );
  });
});

describe('working days between', () => {
  test('are those of the row of days, and the other way round as many below zero', () => {
    fc.assert(
      fc.property(day, day, (a, b) => {
        const [first, last] = a <= b ? [a, b] : [b, a];
        const worked = DAYS.filter((one) => one.date > first && one.date <= last && one.worked).length;
        expect(workingDaysBetween(first, last, calendar)).toBe(worked);
        expect(workingDaysBetween(last, first, calendar)).toBe(worked === 0 ? 0 : -worked);
      }),
    );
  });

  test('are what was added, and from a working day they lead back', () => {
    fc.assert(
      fc.property(day, fc.integer({ min: 1, max: 60 }), (start, n) => {
        const later = addWorkingDays(start, n, calendar);
        expect(workingDaysBetween(start, later, calendar)).toBe(n);
        const back = addWorkingDays(later, -n, calendar);
        const from = DAYS.findLast((one) => one.date <= start && one.worked)?.date;
        // Before the first working day of 2026 the row of days has nothing to compare with.
        if (from !== undefined) expect(back).toBe(from);
      }),
    );
  });
});
