import { describe, expect, test } from 'vitest';
import type { Step } from '../../shared/case/take-step.ts';
import { add, COUNTERS, type Counts, fold } from '../../shared/statistics/counters.ts';
import { driftBetween } from '../../shared/statistics/drift.ts';
import {
  formulaOf,
  INDICATOR_IDS,
  type IndicatorId,
  indicator,
  valueOf,
} from '../../shared/statistics/indicators.ts';
import { wilson } from '../../shared/statistics/interval.ts';
import { allEntriesOf, entriesOf, incrementsOf } from '../../shared/statistics/ledger.ts';
import { protectedCounts } from '../../shared/statistics/protect.ts';
import { quantile, rollUpDay, rollUpPeriod } from '../../shared/statistics/roll-up.ts';
import { follow, MONDAY, STATION_A1, STATION_B1, stepsTo, tenOn } from './support.ts';

const eventsOf = (steps: readonly Step[]) => steps.map(({ event }) => event);
/** What a case counts at a unit on a day, or on all days together. */
function countsAt(steps: readonly Step[], unit = '330200', day?: string): Counts {
  return incrementsOf(allEntriesOf(eventsOf(steps)))
    .filter((line) => line.unit === unit && (day === undefined || line.day === day))
    .reduce<Counts>((sum, { counts }) => add(sum, counts), {});
}
/** What the last event of a case changes at a unit. */
const lastAt = (steps: readonly Step[], unit = '330200') =>
  incrementsOf(entriesOf(eventsOf(steps))).find((line) => line.unit === unit)?.counts;

describe('what a case counts', () => {
  test('a complaint is received at the bureau, with the sum it claims, and joins the cohort of its day', () => {
    expect(incrementsOf(allEntriesOf(eventsOf(stepsTo('received'))))).toEqual([
      { unit: '330200', day: '2026-11-16', counts: { received: 1, claimedFen: 12_300, ofReceived: 1 } },
    ]);
  });

  test('handed out it is received at station, county, area and officer, and not twice at the bureau', () => {
    const steps = stepsTo('distributed');
    for (const unit of [...STATION_A1, 'area:A101']) {
      expect(countsAt(steps, unit)).toMatchObject({ received: 1, claimedFen: 12_300, distributed: 1 });
    }
    const assigned = follow(steps, [['assign', { officer: 'officer-a1' }]]);
    expect(countsAt(assigned, 'officer:officer-a1')).toMatchObject({ received: 1, ofReceived: 1 });
    expect(countsAt(assigned, '33020301').received).toBe(1);
  });

  test('called back at once, the unit never had it', () => {
    const steps = follow(stepsTo('distributed'), [['recall', {}]]);
    expect(countsAt(steps, '33020301')).toMatchObject({ received: 0, claimedFen: 0, distributed: 0 });
    expect(countsAt(steps)).toMatchObject({ received: 1, claimedFen: 12_300, distributed: 0, ofReceived: 1 });
  });

  test('returned and handed to another county it is received once by each, and in the cohort of the last', () => {
    const steps = follow(
      stepsTo('distributed'),
      [
        ['return', { reason: 'not-competent' }],
        ['distribute', { unit: '33021201' }],
      ],
      tenOn('2026-11-18'),
    );
    expect(countsAt(steps)).toMatchObject({ received: 1, distributed: 2, returned: 1, ofReceived: 1 });
    expect(countsAt(steps, '330203')).toMatchObject({ received: 1, returned: 1, returnedHours: 48 });
    expect(countsAt(steps, '330203').ofReceived).toBe(0);
    for (const unit of STATION_B1.slice(1))
      expect(countsAt(steps, unit)).toMatchObject({ received: 1, ofReceived: 1 });
  });

  test('a settlement counts at the station, its county and the bureau, with both sums', () => {
    const steps = stepsTo('settled');
    for (const unit of STATION_A1) {
      expect(lastAt(steps, unit)).toEqual({
        settled: 1,
        handled: 1,
        agreedFen: 10_000,
        provenFen: 2_500,
        ofHandled: 1,
        ofSolved: 1,
      });
    }
  });

  test('every counter is one that is defined', () => {
    for (const state of [
      'published',
      'refused-told',
      'terminated-told',
      'reconciled',
      'withdrawn',
    ] as const) {
      for (const { counts } of incrementsOf(allEntriesOf(eventsOf(stepsTo(state))))) {
        expect(COUNTERS).toEqual(expect.arrayContaining(Object.keys(counts)));
      }
    }
  });

  test('reports and inquiries are received apart from complaints', () => {
    const received = (kind: Parameters<typeof stepsTo>[3]) => countsAt(stepsTo('received', 1, MONDAY, kind));
    expect(received('report')).toEqual({ reportsReceived: 1, ofReports: 1 });
    expect(received('inquiry')).toEqual({ inquiriesReceived: 1 });
    expect(received('other')).toEqual({ inquiriesReceived: 1 });
  });

  test('a fine counts with the value of the case, a hand-over and an answer by themselves', () => {
    expect(lastAt(stepsTo('decided', 1, MONDAY, 'report'))).toEqual({
      decided: 1,
      fineFen: 500_000,
      caseValueFen: 30_000,
    });
    expect(lastAt(stepsTo('handed-over', 1, MONDAY, 'report'))).toEqual({ handedOver: 1 });
    expect(lastAt(stepsTo('answered', 1, MONDAY, 'inquiry'))).toMatchObject({ answered: 1 });
  });

  test.each([
    ['satisfied', { calledBack: 1, satisfied: 1 }],
    ['mostly-satisfied', { calledBack: 1, satisfied: 1 }],
    ['dissatisfied', { calledBack: 1 }],
  ])('a call-back that found the consumer %s', (satisfaction, counts) => {
    expect(lastAt(follow(stepsTo('closed'), [['call-back', { reached: true, satisfaction }]]))).toEqual(
      counts,
    );
  });

  test('points that the consumer gives are added up beside how many gave any', () => {
    expect(lastAt(follow(stepsTo('closed'), [['rate', { points: '4' }]]))).toEqual({
      rated: 1,
      ratedPoints: 4,
    });
  });

  test('a note counts nothing and writes no entry', () => {
    expect(entriesOf(eventsOf(follow(stepsTo('accepted'), ['note'])))).toEqual([]);
  });
});

describe('periods', () => {
  const DUE = '2026-11-25';

  test('told in time, the decision counts as due and kept on the last day of its period', () => {
    const steps = stepsTo('published');
    expect(countsAt(steps, '33020301', DUE)).toMatchObject({ dueDecisions: 1, dueDecisionsInTime: 1 });
  });

  test('not told in time it is due and not kept, once, for who let it pass', () => {
    const escalated = follow(
      stepsTo('distributed'),
      [1, 2].map((level) => ['escalate', { clock: 'accept', level, to: 'head', due: DUE, unit: '33020301' }]),
      tenOn('2026-11-26'),
    );
    expect(countsAt(escalated, '33020301', DUE)).toEqual({ dueDecisions: 1 });
    expect(countsAt(escalated, '33020301', '2026-11-26')).toEqual({ late: 1 });
    const told = follow(
      follow(escalated, ['accept'], tenOn('2026-11-30')),
      [['tell', { form: 'form-5', party: 'complainant', by: 'phone', proof: '电话录音' }]],
      tenOn('2026-11-30'),
    );
    expect(countsAt(told, '33020301', DUE)).toEqual({ dueDecisions: 1 });
  });

  test('nobody is late by a period in which somebody else owes the step', () => {
    const waiting = follow(stepsTo('awaiting-proof'), [
      ['escalate', { clock: 'identity', level: 1, to: 'officer', due: '2026-11-20', unit: '33020301' }],
    ]);
    expect(countsAt(waiting).late).toBeUndefined();
  });

  test('closed in time, or not, by every period of the bureau', () => {
    expect(countsAt(stepsTo('closed'))).toMatchObject({ closed: 1, closedInTime: 1 });
  });
});

describe('corrections', () => {
  test('a sum that is corrected three months later moves the month it was agreed in', () => {
    const steps = follow(
      stepsTo('settled'),
      [['correct-money', { entry: 'agreed', fen: -1_000, reason: '协议书上为九十元，登记有误。' }]],
      tenOn('2027-02-16'),
    );
    expect(countsAt(steps, '33020301', '2026-11-16').agreedFen).toBe(9_000);
    expect(countsAt(steps, '33020301', '2027-02-16')).toEqual({});
    // What was published then can still be worked out: entries say when they were written.
    const asPublished = allEntriesOf(eventsOf(steps)).filter(({ on }) => on <= '2026-11-30');
    expect(incrementsOf(asPublished).find(({ unit }) => unit === '33020301')?.counts.agreedFen).toBe(10_000);
  });

  test('a class that is corrected moves all that the case counts, and no sum', () => {
    const before = stepsTo('settled');
    const steps = follow(before, [['correct-understanding', { subject: '食品类' }]], tenOn('2027-02-16'));
    const entries = entriesOf(eventsOf(steps));
    expect(
      incrementsOf(entries)
        .flatMap(({ counts }) => Object.values(counts))
        .every((n) => n === 0),
    ).toBe(true);
    const [day] = rollUpDay('2026-11-16', allEntriesOf(eventsOf(steps))).filter(
      ({ unit }) => unit === '330200',
    );
    expect(day?.by.subject).toMatchObject({ 食品类: { received: 1, settled: 1, agreedFen: 10_000 } });
  });

  test('opened again, a case is solved no more, and told and handled once in each round', () => {
    const steps = follow(stepsTo('closed'), [['reopen', { reason: '商家没有退款' }]], tenOn('2026-12-01'));
    expect(countsAt(steps)).toMatchObject({
      ofSolved: 0,
      ofHandled: 0,
      ofClosed: 0,
      settled: 1,
      reopened: 1,
    });
  });

  test('taken up as another kind, a message is received there only', () => {
    const steps = follow(stepsTo('at-hub'), [['reclassify', { kind: 'inquiry' }]]);
    expect(countsAt(steps)).toMatchObject({ received: 0, claimedFen: 0, ofReceived: 0 });
  });
});

describe('roll-ups', () => {
  const entries = [1, 2, 3].flatMap((draw) => allEntriesOf(eventsOf(stepsTo('published', draw))));
  const [day] = rollUpDay(
    '2026-11-16',
    entries.filter(({ day: on }) => on === '2026-11-16'),
  ).filter(({ unit }) => unit === '33020301');

  test('cut the same totals by every dimension', () => {
    expect(day?.totals.settled).toBe(3);
    expect(day?.by.kind).toMatchObject({ complaint: { settled: 3 } });
    expect(day?.by.channel).toMatchObject({ web: { settled: 3, agreedFen: 30_000 } });
  });

  test('keep how long each took, so that a median is exact', () => {
    expect(day?.closeDays).toEqual({ 0: 3 });
    expect(day?.responseHours).toEqual({ 0: 3 });
  });

  test('add up, and what was taken back leaves no trace', () => {
    if (day === undefined) throw new Error('no roll-up');
    expect(rollUpPeriod('33020301', '2026-11', [day, day]).totals.settled).toBe(6);
    const undone = entries.map((entry) => ({
      ...entry,
      lines: entry.lines.map((line) => ({ ...line, weight: (line.weight * -1) as 1 | -1 })),
    }));
    for (const one of rollUpDay('2026-11-16', [...entries, ...undone])) {
      expect(one).toMatchObject({ totals: {}, by: {}, closeDays: {}, responseHours: {} });
    }
  });

  test.each([
    [{ 1: 1, 2: 1, 3: 1 }, 0.5, 2],
    [{ 1: 1, 2: 1 }, 0.5, 1],
    [{ 5: 9, 40: 1 }, 0.9, 5],
    [{ 5: 8, 40: 2 }, 0.9, 40],
    [{ 0: 1 }, 0.9, 0],
    [{}, 0.5, null],
  ])('the quantile of %j at %f is %s', (histogram, share, value) => {
    expect(quantile(histogram, share)).toBe(value);
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
  const counts = {
    accepted: 80,
    refused: 20,
    settled: 30,
    terminated: 10,
    ofReceived: 100,
    ofDecided: 99,
    ofAccepted: 80,
    ofHandled: 40,
    ofSolved: 30,
    agreedFen: 900_000,
    reconciled: 15,
    reconciledAtStation: 10,
  };
  test.each<[IndicatorId, number, number, number]>([
    ['acceptanceRate', 80, 100, 0.8],
    ['decisionRate', 99, 100, 0.99],
    ['handlingRate', 40, 80, 0.5],
    ['resolutionRate', 30, 80, 0.375],
    ['mediationSuccessRate', 30, 40, 0.75],
    ['recoveredPerCase', 900_000, 45, 20_000],
    ['stationShare', 10, 45, 10 / 45],
  ])('%s = %i / %i = %f', (id, numerator, denominator, value) => {
    expect(valueOf(id, { counts })).toMatchObject({ numerator, denominator, value });
  });

  test('Xiangyang: 17,995 of 18,241 handled are 98.65 %', () => {
    const { value } = valueOf('handlingRateFlow', { counts: { accepted: 18_241, handled: 17_995 } });
    expect(((value ?? 0) * 100).toFixed(2)).toBe('98.65');
  });

  test('nothing to divide by is no rate, not zero and not an error', () => {
    for (const id of INDICATOR_IDS) {
      const { value, denominator } = valueOf(id, { counts: {} });
      if (denominator !== null || indicator(id).formula.of === 'quantile')
        expect([id, value]).toEqual([id, null]);
    }
    expect(valueOf('resolutionRate', { counts: { ofAccepted: 5 } }).value).toBe(0);
  });

  test('too few to compare anybody by it are said to be so', () => {
    expect(valueOf('resolutionRate', { counts: { ofAccepted: 29, ofSolved: 29 } }).comparable).toBe(false);
    expect(valueOf('resolutionRate', { counts: { ofAccepted: 30, ofSolved: 29 } }).comparable).toBe(true);
  });

  test('per head of population only where the population is known', () => {
    expect(valueOf('receivedPerHead', { counts: { received: 250 }, population: 500_000 }).value).toBe(5);
    expect(valueOf('receivedPerHead', { counts: { received: 250 } }).value).toBeNull();
  });

  test('each is named, sourced and shows its formula in both languages', () => {
    for (const id of INDICATOR_IDS) {
      const { zh, en, source } = indicator(id);
      const formula = formulaOf(id);
      expect([id, [zh, formula.zh, source].every((text) => /[一-鿿]/.test(text))]).toEqual([id, true]);
      expect([id, [en, formula.en].every((text) => /[a-z]/.test(text) && !/[一-鿿]/.test(text))]).toEqual([
        id,
        true,
      ]);
      if (indicator(id).formula.of === 'rate') expect(formula.zh).toContain('÷');
    }
  });

  // By hand from the formula; the first two stand in Brown, Cai & DasGupta's tables to three digits.
  test.each([
    [0, 10, 0, 0.278],
    [10, 10, 0.722, 1],
    [50, 100, 0.404, 0.596],
  ])('the interval of %i of %i', (hits, of, from, to) => {
    const interval = wilson(hits, of);
    expect(interval?.from).toBeCloseTo(from, 3);
    expect(interval?.to).toBeCloseTo(to, 3);
  });

  test('a flow that passes 100 % has no interval', () => {
    expect(wilson(11, 10)).toBeNull();
    expect(wilson(0, 0)).toBeNull();
  });
});

test('open figures below the bureau are rounded: counts to five, sums to a thousand yuan', () => {
  // Two have a part in what was paid first and in what was proven: it is left out.
  expect(protectedCounts({ received: 12, settled: 2, provenFen: 90_000 })).toEqual({
    received: 10,
    settled: 0,
  });
  expect(protectedCounts({ received: 12, settled: 7, agreedFen: 149_999, closed: 0 })).toEqual({
    received: 10,
    settled: 5,
    agreedFen: 100_000,
    closed: 0,
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
