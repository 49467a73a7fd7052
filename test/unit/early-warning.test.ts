import { describe, expect, test } from 'vitest';
import { addDays } from '../../shared/dates.ts';
import {
  type Alarm,
  alarmSchema,
  holdsUntil,
  markAlarm,
  precisionOf,
} from '../../shared/early-warning/alarm.ts';
import { chanceOf, expectedOf } from '../../shared/early-warning/chance.ts';
import { detect } from '../../shared/early-warning/detect.ts';
import { prepaidTroubles } from '../../shared/early-warning/prepaid-words.ts';
import { reasonOf } from '../../shared/early-warning/reason.ts';
import { type Signal, signalOf, signalSchema } from '../../shared/early-warning/signal.ts';
import { weighDays } from '../../shared/early-warning/traffic.ts';
import { festivalOf } from '../../shared/law/lunar.ts';
import { classOf, GYM, keyed, quietWeeks, series, signal, TODAY } from './early-warning-signals.ts';
import { calendar, caseIn, registered, registry, stepsTo } from './support.ts';

const at = (day: string) => `${day}T10:00:00.000Z`;
const look = (signals: readonly Signal[], day = TODAY, earlier: readonly Alarm[] = []) =>
  detect({ day, signals, calendar, earlier, at: at(day) });
const closing = (day: string, count: number, changes: Partial<Signal> = {}) =>
  Array.from({ length: count }, () =>
    signal(day, { business: GYM, cause: GYM, flags: ['closing', 'refund'], problem: '合同', ...changes }),
  );

describe('chance', () => {
  const usual = { count: 56, days: 56, average: 0.1, dispersion: 1 };

  test('one a day is expected where one a day came, and few weeks say less than many', () => {
    expect(expectedOf(usual, 1)).toBeCloseTo(0.926, 2);
    expect(chanceOf(0, usual, 1)).toBe(1);
    const long = chanceOf(6, usual, 1);
    const short = chanceOf(6, { ...usual, count: 7, days: 7, average: 1 }, 1);
    expect(long).toBeLessThan(0.002);
    expect(short).toBeGreaterThan(2 * long);
  });

  test('agrees with the negative binomial in closed form where one complaint is meant', () => {
    // P(X ≥ 1) = 1 − (size / (size + mean)) ^ size
    const mean = expectedOf(usual, 2);
    const size = 56.5;
    expect(chanceOf(1, usual, 2)).toBeCloseTo(1 - (size / (size + mean)) ** size, 10);
  });

  test('counts that vary more than chance make a rise less surprising, large ones do not overflow', () => {
    expect(chanceOf(6, { ...usual, dispersion: 3 }, 1)).toBeGreaterThan(chanceOf(6, usual, 1));
    const large = { count: 56_000, days: 56, average: 10, dispersion: 1 };
    expect(chanceOf(1_000, large, 1)).toBeGreaterThan(0.4);
    expect(chanceOf(1_500, large, 1)).toBeLessThan(1e-20);
  });
});

describe('traffic', () => {
  test('a weekend is known by what came in on weekends; a holiday before there was one is taken for a quiet day', () => {
    const received = new Map<string, number>();
    for (let date = '2026-07-06'; date < TODAY; date = addDays(date, 1)) {
      received.set(date, calendar.isWorkingDay(date) ? 10 : 2);
    }
    const weigh = weighDays(received, calendar);
    expect(weigh('2026-09-11') / weigh('2026-09-12')).toBeGreaterThan(3);
    expect(weigh('2026-10-02')).toBeLessThan(0.7);
    expect(weigh('2027-02-06')).toBeLessThan(0.8);
    expect(weighDays(new Map(), calendar)('2026-09-11')).toBe(1.2);
  });

  test('festivals fall on the days that the State Council gave', () => {
    expect([
      festivalOf('spring-festival', 2025),
      festivalOf('spring-festival', 2026),
      festivalOf('mid-autumn', 2025),
      festivalOf('mid-autumn', 2026),
      festivalOf('dragon-boat', 2026),
    ]).toEqual(['2025-01-29', '2026-02-17', '2025-10-06', '2026-09-25', '2026-06-19']);
  });
});

describe('a rise', () => {
  test('is none on quiet days', () => {
    expect(look(quietWeeks())).toEqual([]);
  });

  test('of prepaid cards at one business is an alarm at the third complaint, with its cases and the reason', () => {
    const burst = closing(TODAY, 3);
    expect(look([...quietWeeks(), ...closing(TODAY, 2)])).toEqual([]);
    const [alarm, ...others] = look([...quietWeeks(), ...burst]);
    expect(others).toEqual([]);
    expect(alarmSchema.parse(alarm)).toEqual(alarm);
    expect(alarm).toMatchObject({
      version: 1,
      watch: 'prepaid-business',
      key: GYM,
      firstDay: TODAY,
      lastDay: TODAY,
      state: 'open',
      problem: '合同',
      cases: burst.map(({ number }) => number),
      count: 3,
      units: ['330200', '330203', '33020301'],
    });
    expect(reasonOf(alarm as Alarm).zh).toMatch(/^过去 8 周同类日平均 < 0\.1 件，今日 3 件；偶然出现/);
    expect(reasonOf(alarm as Alarm).en).toMatch(
      /^On such a day of the past 8 weeks there were < 0\.1 on average/,
    );
  });

  test('of a class in a division is seen against what is usual there', () => {
    const food = (count: number) =>
      Array.from({ length: count }, (_, index) =>
        signal(TODAY, { subject: '食品类', business: keyed(`new ${index}`) }),
      );
    expect(look([...quietWeeks(), ...food(3)])).toEqual([]);
    const [alarm] = look([...quietWeeks(), ...food(12)]);
    expect(alarm).toMatchObject({
      watch: 'subject-division',
      key: '食品类|330203',
      subject: '食品类',
      division: '330203',
      count: 14,
    });
    expect(alarm?.found.expected).toBeGreaterThan(1.5);
    expect(alarm?.found.expected).toBeLessThan(3);
  });

  test('that all of the bureau has is no rise of one class', () => {
    const all = series(TODAY, 1, 100, (index) => ({
      subject: classOf(index),
      business: keyed(`all ${index}`),
    }));
    expect(look([...quietWeeks(), ...all])).toEqual([]);
  });

  test('is one alarm, whatever watches see it; the others stand with it', () => {
    const burst = closing(TODAY, 9);
    const alarms = look([...quietWeeks(), ...burst]);
    expect(alarms.map(({ watch }) => watch)).toEqual(['prepaid-business']);
    expect(alarms[0]?.also.map(({ watch }) => watch)).toEqual(
      expect.arrayContaining(['prepaid-division', 'same-day', 'business']),
    );
  });

  test('beside another one is an alarm of its own', () => {
    const bakery = Array.from({ length: 4 }, () =>
      signal(TODAY, { business: keyed('a bakery'), subject: '食品类', flags: ['food-safety'] }),
    );
    const alarms = look([...quietWeeks(), ...closing(TODAY, 4), ...bakery]);
    expect(alarms.map(({ watch }) => watch)).toEqual(['prepaid-business', 'food-business']);
  });

  test('is not looked for before anybody knows what is usual, and messages of a person counted already are not counted', () => {
    expect(look([...series(TODAY, 19, 10), ...closing(TODAY, 9)])).toEqual([]);
    expect(look([...quietWeeks(), ...closing(TODAY, 9, { counted: false })])).toEqual([]);
  });

  test('seen on a part of the day stands at its end', () => {
    const morning = [...quietWeeks(addDays(TODAY, -1)), ...closing(TODAY, 4)];
    const [early] = look(morning);
    const [late] = look(
      [...morning, ...quietWeeks().filter(({ receivedOn }) => receivedOn === TODAY)],
      TODAY,
      [early as Alarm],
    );
    expect(late?.id).toBe(early?.id);
  });
});

describe('a running alarm', () => {
  const base = quietWeeks(addDays(TODAY, 40));
  const first = closing(TODAY, 4);
  const raised = () => look([...base, ...first])[0] as Alarm;

  test('looked for again is the very same; nothing is new', () => {
    const alarm = raised();
    expect(look([...base, ...first])).toEqual([alarm]);
    const again = look([...base, ...first], TODAY, [alarm]);
    expect(again[0]).toBe(alarm);
  });

  test('takes in what comes on the next days, and makes no second one', () => {
    const alarm = raised();
    const next = addDays(TODAY, 1);
    const more = closing(next, 2);
    const [grown, ...others] = look([...base, ...first, ...more], next, [alarm]);
    expect(others).toEqual([]);
    expect(grown).toMatchObject({ id: alarm.id, version: 2, count: 6, lastDay: next, firstDay: TODAY });
    expect(grown?.cases).toEqual([...first, ...more].map(({ number }) => number));
  });

  test('is over after seven quiet days: then it is a new one', () => {
    const alarm = raised();
    expect(holdsUntil(alarm)).toBe(addDays(TODAY, 7));
    const later = addDays(TODAY, 20);
    const [second] = look([...base, ...first, ...closing(later, 5)], later, [alarm]);
    expect(second?.id).not.toBe(alarm.id);
  });

  test('judged false is silent for four weeks, unless it doubles', () => {
    const judged = markAlarm(raised(), 'false', { by: 'staff', at: at(TODAY), why: '同一人重复投诉' });
    const later = addDays(TODAY, 20);
    const [quiet] = look([...base, ...first, ...closing(later, 3)], later, [judged]);
    expect(quiet).toMatchObject({ id: judged.id, state: 'false', count: 7 });
    const [loud] = look([...base, ...first, ...closing(later, 4)], later, [judged]);
    expect(loud).toMatchObject({ id: judged.id, state: 'open', count: 8 });
    expect(loud?.marks).toHaveLength(1);
  });
});

describe('marks', () => {
  const alarm = look([...quietWeeks(), ...closing(TODAY, 3)])[0] as Alarm;

  test('need who and why; the last one counts, all are kept', () => {
    expect(() => markAlarm(alarm, 'true', { by: 'staff', at: at(TODAY), why: ' ' })).toThrow(RangeError);
    const wrong = markAlarm(alarm, 'false', { by: 'a', at: at(TODAY), why: '误判' });
    const right = markAlarm(wrong, 'true', { by: 'b', at: at(TODAY), why: '现场查实已停业' });
    expect(right).toMatchObject({ state: 'true', version: 3 });
    expect(right.marks.map(({ as, by }) => [as, by])).toEqual([
      ['false', 'a'],
      ['true', 'b'],
    ]);
  });

  test('give the precision, with how sure it is', () => {
    const judged = (state: Alarm['state'], watch: Alarm['watch']) => ({ state, watch });
    const all = [
      ...Array.from({ length: 3 }, () => judged('true', 'prepaid-business')),
      judged('false', 'business'),
      judged('open', 'business'),
    ];
    const { byWatch, ...sum } = precisionOf(all);
    expect(sum).toMatchObject({ right: 3, wrong: 1, open: 1, precision: 0.75 });
    expect(sum.low).toBeCloseTo(0.301, 2);
    expect(sum.high).toBeCloseTo(0.954, 2);
    expect(byWatch['prepaid-business']).toMatchObject({ right: 3, wrong: 0, precision: 1 });
    expect(precisionOf([]).precision).toBeNull();
  });
});

describe('signals', () => {
  test('of a complaint: classes, codes and hashes, nothing that a person wrote', () => {
    const { after } = registered(0, '2026-11-16T02:00:00.000Z', {
      text: '在某某健身房办了年卡，今天去发现已经关门跑路，要求退卡，批号:AB20260101。',
      business: { name: '甲乙丙健身俱乐部', address: '宁波市海曙区中山东路88号' },
    });
    const found = signalOf(after, registry);
    expect(signalSchema.parse(found)).toEqual(found);
    expect(found).toMatchObject({
      number: after.number,
      receivedOn: '2026-11-16',
      flags: ['closing', 'refund'],
      counted: true,
    });
    for (const key of [found?.business, found?.cause, found?.product, found?.address]) {
      expect(key).toMatch(/^[0-9a-f]{20}$/);
    }
    expect(JSON.stringify(found)).not.toMatch(/甲乙丙|中山|AB20260101/);
  });

  test('of the same place written differently are the same', () => {
    const at88 = (address: string) =>
      signalOf(registered(0, undefined, { business: { address } }).after, registry)?.address;
    expect(at88('宁波市海曙区中山东路88号')).toBe(at88('海曙区中山东路 88号2楼'));
    expect(at88('中山东路')).toBeUndefined();
  });

  test('are none of a report, nor of what was joined', () => {
    const complaint = caseIn('received');
    expect(signalOf({ ...complaint, kind: 'report' }, registry)).toBeUndefined();
    expect(signalOf({ ...complaint, lead: '261116-000001-9' }, registry)).toBeUndefined();
    expect(stepsTo('received')).not.toEqual([]);
  });

  test.each([
    ['健身房年卡，店关门了老板失联', ['closing']],
    ['储值卡里还有余额，店搬走了不给退', ['moving', 'refund']],
    ['手机充值话费没有到账，要求退款', []],
    ['银行卡被冻结，不给退款', []],
    ['买的手机坏了，要求退款', []],
    ['培训机构课程包没上完，拒绝退费', ['refund']],
  ])('know prepaid-card trouble: %s', (text, troubles) => {
    expect(prepaidTroubles(text)).toEqual(troubles);
  });
});
