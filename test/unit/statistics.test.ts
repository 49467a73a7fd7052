import { describe, expect, test } from 'vitest';
import { add, COUNTERS, fold, incrementsOf } from '../../shared/statistics/counters.ts';
import { driftBetween } from '../../shared/statistics/drift.ts';
import { indicatorsOf } from '../../shared/statistics/indicators.ts';
import { caseIn, STATION_A1, stepsTo, take } from './support.ts';

const events = stepsTo('settled').map(({ event }) => event);

describe('what one event counts', () => {
  test('a complaint counts at the bureau, with the sum it claims', () => {
    const [registered] = events;
    expect(registered && incrementsOf(registered)).toEqual([
      { unit: '330200', day: '2026-11-16', counts: { received: 1, claimedFen: 12_300 } },
    ]);
  });

  test('a settlement counts at the station, its county and the bureau, with both sums', () => {
    const settled = events.at(-1);
    expect(settled && incrementsOf(settled)).toEqual(
      STATION_A1.map((unit) => ({
        unit,
        day: '2026-11-16',
        counts: { settled: 1, agreedFen: 10_000, provenFen: 2_500 },
      })),
    );
  });

  test('every event counts under a counter that is published', () => {
    const all = [...events, ...stepsTo('refused'), ...stepsTo('terminated'), ...stepsTo('at-hub')].map(
      (step) => ('event' in step ? step.event : step),
    );
    for (const event of all) {
      for (const { counts } of incrementsOf(event)) {
        expect(COUNTERS).toEqual(expect.arrayContaining(Object.keys(counts)));
        expect(Object.values(counts)).toContain(1);
      }
    }
  });
});

describe('what else counts', () => {
  const countsOf = (
    state: Parameters<typeof stepsTo>[0],
    kind: Parameters<typeof stepsTo>[3] = 'complaint',
  ) => {
    const last = stepsTo(state, 1, undefined, kind).at(-1);
    return last && incrementsOf(last.event)[0]?.counts;
  };

  test('reports and inquiries are received apart from complaints', () => {
    expect(countsOf('received', 'report')).toEqual({ reportsReceived: 1 });
    expect(countsOf('received', 'inquiry')).toEqual({ inquiriesReceived: 1 });
    expect(countsOf('received', 'other')).toEqual({ inquiriesReceived: 1 });
  });

  test('a fine counts with the value of the case, a hand-over and an answer by themselves', () => {
    expect(countsOf('decided', 'report')).toEqual({ decided: 1, fineFen: 500_000, caseValueFen: 30_000 });
    expect(countsOf('handed-over', 'report')).toEqual({ handedOver: 1 });
    expect(countsOf('answered', 'inquiry')).toEqual({ answered: 1 });
  });

  test.each([
    ['satisfied', { calledBack: 1, satisfied: 1 }],
    ['mostly-satisfied', { calledBack: 1, satisfied: 1 }],
    ['dissatisfied', { calledBack: 1 }],
  ])('a call-back that found the consumer %s', (satisfaction, counts) => {
    const { event } = take(caseIn('closed'), 'call-back', { reached: true, satisfaction });
    expect(incrementsOf(event)[0]?.counts).toEqual(counts);
  });

  test('a period that was not kept counts once, at its first level', () => {
    const late = (level: number) =>
      incrementsOf(take(caseIn('distributed'), 'escalate', { clock: 'accept', level, to: 'head' }).event);
    expect(late(1)[0]?.counts).toEqual({ late: 1 });
    expect(late(2)).toEqual([]);
  });

  test('a note counts nothing; a correction counts its sum, also below nothing', () => {
    expect(incrementsOf(take(caseIn('accepted'), 'note').event)).toEqual([]);
    const corrected = take(caseIn('settled'), 'correct-money', {
      entry: 'agreed',
      fen: -1_000,
      reason: '协议书上为九十元，登记有误。',
    });
    expect(incrementsOf(corrected.event)[0]?.counts).toEqual({ agreedFen: -1_000 });
  });
});

test('counters add up per unit and day, and leave what was added alone', () => {
  const first = { unit: 'u', day: '2026-01-01', counts: { received: 1, claimedFen: 5 } };
  const lines = [
    first,
    { ...first, counts: { received: 2 } },
    { ...first, day: '2026-01-02' },
    { ...first, unit: 'v' },
  ];
  expect(fold(lines)).toEqual([
    { unit: 'u', day: '2026-01-01', counts: { received: 3, claimedFen: 5 } },
    { unit: 'u', day: '2026-01-02', counts: { received: 1, claimedFen: 5 } },
    { unit: 'v', day: '2026-01-01', counts: { received: 1, claimedFen: 5 } },
  ]);
  expect(first.counts).toEqual({ received: 1, claimedFen: 5 });
  expect(add({}, { settled: 0 })).toEqual({ settled: 0 });
});

describe('indicators by hand', () => {
  // 80 accepted, 20 refused, 30 settled, 10 ended.
  const values = indicatorsOf({ accepted: 80, refused: 20, settled: 30, terminated: 10, received: 999 });
  test.each([
    ['acceptanceRate', 80, 100, 0.8],
    ['handlingRate', 40, 80, 0.5],
    ['resolutionRate', 30, 80, 0.375],
    ['mediationSuccessRate', 30, 40, 0.75],
  ])('%s = %i / %i = %f', (id, numerator, denominator, rate) => {
    expect(values.find((value) => value.id === id)).toMatchObject({ numerator, denominator, rate });
  });

  test('Xiangyang: 17,995 of 18,241 handled are 98.65 %', () => {
    const handled = indicatorsOf({ accepted: 18_241, settled: 17_995 }).find(
      ({ id }) => id === 'handlingRate',
    );
    expect(((handled?.rate ?? 0) * 100).toFixed(2)).toBe('98.65');
  });

  test('nothing to divide by is no rate, not zero and not an error', () => {
    for (const { rate, denominator } of indicatorsOf({})) expect([rate, denominator]).toEqual([null, 0]);
    expect(indicatorsOf({ accepted: 5 }).find(({ id }) => id === 'resolutionRate')?.rate).toBe(0);
  });

  test('each is named and shows its formula in both languages', () => {
    for (const { zh, en, formula } of values) {
      expect([zh, formula.zh].every((text) => /[一-鿿]/.test(text))).toBe(true);
      expect([en, formula.en].every((text) => /[a-z]/.test(text))).toBe(true);
      expect(formula.zh).toContain('÷');
    }
  });
});

describe('drift', () => {
  const line = (unit: string, day: string, counts: object) => ({ unit, day, counts });

  test('none when both say the same, in any order, and a zero is the same as nothing', () => {
    const stored = [
      line('u', '2026-01-01', { received: 2, settled: 0 }),
      line('v', '2026-01-01', { accepted: 1 }),
    ];
    const recounted = [line('v', '2026-01-01', { accepted: 1 }), line('u', '2026-01-01', { received: 2 })];
    expect(driftBetween(stored, recounted)).toEqual([]);
  });

  test('each counter that differs is named with both figures, also where one side has no line at all', () => {
    const stored = [line('u', '2026-01-01', { received: 2 }), line('w', '2026-01-03', { refused: 1 })];
    const recounted = [line('u', '2026-01-01', { received: 3 }), line('v', '2026-01-02', { agreedFen: 7 })];
    expect(driftBetween(stored, recounted)).toEqual([
      { unit: 'u', day: '2026-01-01', counter: 'received', stored: 2, recounted: 3 },
      { unit: 'v', day: '2026-01-02', counter: 'agreedFen', stored: 0, recounted: 7 },
      { unit: 'w', day: '2026-01-03', counter: 'refused', stored: 1, recounted: 0 },
    ]);
  });
});
