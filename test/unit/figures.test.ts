import { describe, expect, test } from 'vitest';
import {
  caseFiguresAnswer,
  catalogueAnswer,
  figureCasesAnswer,
  figureCasesQuery,
  figuresAnswer,
  figuresQuery,
  figureUnitsAnswer,
  figureUnitsQuery,
} from '../../events/figures.ts';
import { showCasesBehind, showFiguresOfCase } from '../../functions/figures-api/cases-behind.ts';
import { showCatalogue, showFigures } from '../../functions/figures-api/figures.ts';
import { showUnits } from '../../functions/figures-api/units.ts';
import { rollUp } from '../../functions/roll-up-statistics/roll-up.ts';
import type { Step } from '../../shared/case/take-step.ts';
import type { Role } from '../../shared/people/roles.ts';
import { compareUnits } from '../../shared/statistics/fair.ts';
import { allEntriesOf } from '../../shared/statistics/ledger.ts';
import {
  alignedToFestival,
  month,
  periodBefore,
  workingDaysIn,
  yearBefore,
} from '../../shared/statistics/periods.ts';
import { emptyRollUp, type RollUp } from '../../shared/statistics/roll-up.ts';
import { createMemoryCaseStore } from '../../shared/store/memory-case-store.ts';
import { createMemoryStatisticsStore } from '../../shared/store/memory-statistics-store.ts';
import { countsAsOf, readPeriod } from '../../shared/store/read-period.ts';
import {
  bodyOf,
  calendar,
  follow,
  keep,
  MONDAY,
  problemOf,
  registry,
  registryOf,
  STATION_A1,
  stepsTo,
  tenOn,
} from './support.ts';

const NOW = '2026-11-30T02:00:00.000Z';
const staff = (role: Role, unit = '330200') => ({ id: `${role}-${unit}`, role, unit });

/** A bureau with some cases of this month, one of the month before and one of last year. */
async function office(more: readonly Step[][] = []) {
  const statistics = createMemoryStatisticsStore();
  const cases = createMemoryCaseStore();
  const files = [
    stepsTo('published', 1),
    stepsTo('settled', 2),
    stepsTo('refused', 3),
    stepsTo('at-hub', 4),
    stepsTo('decided', 5, MONDAY, 'report'),
    stepsTo('settled', 6, '2026-10-12T02:00:00.000Z'),
    stepsTo('settled', 7, '2025-11-12T02:00:00.000Z'),
    ...more,
  ];
  for (const steps of files) {
    await keep(cases, steps);
    await statistics.tally(allEntriesOf(steps.map(({ event }) => event)));
  }
  const deps = {
    statistics,
    cases,
    registry: registryOf(),
    calendar: { read: async () => calendar },
    now: () => new Date(NOW),
    bureau: '330200',
    hasTime: () => true,
  };
  await rollUp({ everything: true }, deps);
  return deps;
}
const show = async (
  query: object,
  role: Role = 'manager',
  unit = '330200',
  deps?: Awaited<ReturnType<typeof office>>,
) =>
  figuresAnswer.parse(
    await bodyOf(showFigures(figuresQuery.parse(query), staff(role, unit), deps ?? (await office()))),
  );
const figureOf = (body: Awaited<ReturnType<typeof show>>, id: string) =>
  body.figures.find((one) => one.id === id);

describe('the figures of a unit', () => {
  test('of this month, with formula, the month before and the year before', async () => {
    const body = await show({});
    expect(body).toMatchObject({ from: '2026-11-01', to: '2026-11-30', unit: { code: '330200' } });
    expect(figureOf(body, 'received')).toMatchObject({
      value: 4,
      before: { from: '2026-10-01', to: '2026-10-31', value: 1, change: 3 },
      lastYear: { from: '2025-11-01', to: '2025-11-30', value: 1, change: 3 },
      festival: null,
    });
    expect(figureOf(body, 'agreed')).toMatchObject({ value: 20_000, unit: 'fen', direction: 'up' });
    expect(figureOf(body, 'handlingRate')).toMatchObject({
      numerator: 2,
      denominator: 2,
      value: 1,
      view: 'cohort',
    });
    expect(figureOf(body, 'closeMedian')).toMatchObject({ value: 0, denominator: 1 });
    expect(body.by.channel).toMatchObject({ web: { received: 4 } });
    expect(body.months.map(({ month: name }) => name)).toEqual(['2025-11', '2026-10', '2026-11']);
  });

  test('are counted live, before anything is rolled up', async () => {
    const deps = await office();
    const steps = stepsTo('settled', 20, NOW);
    await keep(deps.cases, steps);
    await deps.statistics.tally(allEntriesOf(steps.map(({ event }) => event)));
    expect(figureOf(await show({}, 'manager', '330200', deps), 'received')?.value).toBe(5);
    // A year is read by months, of which the running one is counted live.
    expect(figureOf(await show({ year: '2026' }, 'manager', '330200', deps), 'received')?.value).toBe(6);
  });

  test('of a quarter, a year, two days, a station, an area and an officer', async () => {
    expect(figureOf(await show({ quarter: '2026-Q4' }), 'received')?.value).toBe(5);
    expect(figureOf(await show({ year: '2026' }), 'received')?.value).toBe(5);
    expect(figureOf(await show({ from: '2026-11-16', to: '2026-11-16' }), 'received')?.value).toBe(4);
    expect(figureOf(await show({ unit: '33020301' }), 'received')?.value).toBe(3);
    expect(figureOf(await show({ unit: 'area:A101' }), 'received')?.value).toBe(3);
    const assigned = [follow(stepsTo('distributed', 30), [['assign', { officer: 'officer-a1' }]])];
    const deps = await office(assigned);
    expect(
      figureOf(await show({ unit: 'officer:officer-a1' }, 'manager', '330200', deps), 'received')?.value,
    ).toBe(1);
  });

  test('as they stood on a day: what was published then can be published again', async () => {
    const corrected = follow(
      stepsTo('settled', 40),
      [['correct-money', { entry: 'agreed', fen: -1_000, reason: '协议书上为九十元，登记有误。' }]],
      tenOn('2027-02-16'),
    );
    const deps = { ...(await office([corrected])), now: () => new Date(tenOn('2027-02-20')) };
    const november = { month: '2026-11' };
    expect(figureOf(await show(november, 'manager', '330200', deps), 'agreed')?.value).toBe(29_000);
    expect(
      figureOf(await show({ ...november, asOf: '2026-12-01' }, 'manager', '330200', deps), 'agreed')?.value,
    ).toBe(30_000);
    expect(
      await countsAsOf(
        { path: STATION_A1, node: '33020301' },
        month('2026-11'),
        '2026-12-01',
        deps.statistics,
      ),
    ).toMatchObject({
      agreedFen: 30_000,
    });
  });

  test('are shown to who answers for the unit; what is sealed of reports to heads, managers and auditors', async () => {
    const seen = async (role: Role, unit: string, query: object = {}) =>
      (await show(query, role, unit)).figures.map(({ id }) => id);
    expect(await seen('manager', '330200')).toContain('fines');
    expect(await seen('head', '33020301')).toContain('reportsReceived');
    for (const [role, unit] of [
      ['officer', '33020301'],
      ['dispatcher', '330200'],
    ] as const) {
      const ids = await seen(role, unit);
      expect(ids).toContain('received');
      expect(ids.join()).not.toMatch(/eports|fines|caseValue/);
    }
    const refused = async (role: Role, unit: string, query: object) =>
      (await problemOf(() => show(query, role, unit))).code;
    expect(await refused('head', '33020301', { unit: '33020302' })).toBe('forbidden');
    expect(await refused('officer', '33020301', { unit: '330200' })).toBe('forbidden');
    expect(await refused('officer', '33020301', { unit: 'officer:officer-a1' })).toBe('forbidden');
    expect(await refused('administrator', '330200', {})).toBe('forbidden');
    expect(await refused('manager', '330200', { unit: '999999' })).toBe('not-found');
  });

  test.each([
    { month: '2026-11', year: '2026' },
    { from: '2026-11-01' },
    { from: '2026-11-02', to: '2026-11-01' },
    { from: '2025-11-01', to: '2026-11-30' },
    { quarter: '2026-Q5' },
    { year: '2026', asOf: '2026-11-30' },
    { unit: 'x' },
    { nothing: '1' },
  ])('%j is refused with what to write instead', (query) => {
    expect(figuresQuery.safeParse(query).success).toBe(false);
  });
});

describe('every figure opens', () => {
  const behind = async (query: object, role: Role = 'manager', deps?: Awaited<ReturnType<typeof office>>) =>
    figureCasesAnswer.parse(
      await bodyOf(showCasesBehind(figureCasesQuery.parse(query), staff(role), deps ?? (await office()))),
    );

  test('to the steps it is made of, each with its case, and they add up to it', async () => {
    const deps = await office();
    for (const { counters } of (await show({}, 'manager', '330200', deps)).figures) {
      for (const counter of counters) {
        const { lines } = await behind({ counter, limit: 200 }, 'manager', deps);
        const asked = { unit: '330200', bureau: '330200', today: '2026-11-30', statistics: deps.statistics };
        const { counts } = await readPeriod(asked, month('2026-11'), { cuts: false });
        expect([counter, lines.reduce((sum, { value }) => sum + value, 0)]).toEqual([
          counter,
          counts[counter] ?? 0,
        ]);
      }
    }
  });

  test('page by page, without losing or doubling a line', async () => {
    const deps = await office();
    const seen: string[] = [];
    let next: string | undefined;
    do {
      const page = await behind({ counter: 'received', limit: 1, ...(next && { next }) }, 'manager', deps);
      seen.push(...page.lines.map(({ number, version }) => `${number}.${version}`));
      next = page.next;
    } while (next !== undefined);
    expect(seen).toHaveLength(4);
    expect(new Set(seen).size).toBe(4);
  });

  test('of one cut only, where it is asked for', async () => {
    expect((await behind({ counter: 'received', by: 'channel', value: 'web' })).lines).toHaveLength(4);
    expect((await behind({ counter: 'received', by: 'channel', value: 'sms' })).lines).toHaveLength(0);
  });

  test('and hides what the reader may not see', async () => {
    const problem = await problemOf(() => behind({ counter: 'fineFen' }, 'dispatcher'));
    expect(problem.code).toBe('forbidden');
    // The head of another station learns neither number nor state.
    const deps = await office();
    const own = figureCasesAnswer.parse(
      await bodyOf(
        showCasesBehind(figureCasesQuery.parse({ counter: 'fineFen' }), staff('head', '33020301'), deps),
      ),
    );
    expect(own.lines.map(({ state }) => state)).toEqual([null]);
  });

  test('from a case to all it counts in', async () => {
    const deps = await office();
    const { lines } = await behind({ counter: 'closed' }, 'manager', deps);
    const [first] = lines;
    const body = caseFiguresAnswer.parse(
      await bodyOf(showFiguresOfCase(first?.number ?? '', staff('manager'), deps)),
    );
    const settled = body.lines.find(({ counter }) => counter.id === 'settled');
    expect(settled?.indicators.map(({ id }) => id)).toEqual(
      expect.arrayContaining(['settled', 'mediationSuccessRate', 'recoveredPerCase']),
    );
    const problem = await problemOf(() =>
      showFiguresOfCase(first?.number ?? '', staff('head', '33020302'), deps),
    );
    expect(problem.code).toBe('not-found');
  });

  test('the catalogue names every indicator with formula and source', async () => {
    const { indicators, counters } = catalogueAnswer.parse(await bodyOf(Promise.resolve(showCatalogue())));
    expect(indicators.length).toBeGreaterThanOrEqual(40);
    for (const { counters: its } of indicators) {
      expect(counters.map(({ id }) => id)).toEqual(expect.arrayContaining(its));
    }
  });
});

describe('rolling up', () => {
  test('again changes nothing, and only what grew is looked at', async () => {
    const deps = await office();
    expect(await rollUp({}, deps)).toEqual({ days: 0, left: 0 });
    const steps = stepsTo('settled', 50, '2026-11-18T02:00:00.000Z');
    await deps.statistics.tally(allEntriesOf(steps.map(({ event }) => event)));
    expect(await rollUp({}, deps)).toEqual({ days: 1, left: 0 });
    expect((await deps.statistics.rollUps('330200', '2026-11', '2026-11'))[0]?.totals.received).toBe(5);
  });

  test('that runs out of time leaves the older days to the next run', async () => {
    const deps = await office();
    for (const [draw, day] of ['2026-09-01', '2026-09-02', '2026-09-03'].entries()) {
      const steps = stepsTo('distributed', 60 + draw, tenOn(day));
      await deps.statistics.tally(allEntriesOf(steps.map(({ event }) => event)));
    }
    let days = 0;
    const short = { ...deps, hasTime: () => (days += 1) <= 2 };
    expect(await rollUp({}, short)).toEqual({ days: 2, left: 1 });
    expect(await rollUp({}, deps)).toEqual({ days: 1, left: 0 });
    expect((await deps.statistics.rollUps('330200', '2026-09', '2026-09'))[0]?.totals.received).toBe(3);
  });
});

describe('campaigns', () => {
  const campaign = { id: 'spring-tea', name: '春茶专项', from: '2026-11-01', to: '2026-11-30' };
  const ran = async (more: object) => {
    const base = await office([
      follow(stepsTo('settled', 70), [['correct-understanding', { subject: '食品类', problem: '质量' }]]),
    ]);
    const deps = {
      ...base,
      registry: registryOf({ ...registry, settings: { campaigns: [{ ...campaign, ...more }] } }),
    };
    await rollUp({}, deps);
    return (await show({}, 'manager', '330200', deps)).by.campaign ?? {};
  };

  test('cut the figures by what cases are about, also those that came before anybody thought of it', async () => {
    expect(await ran({ subjects: ['食品类'] })).toMatchObject({ 'spring-tea': { received: 1, settled: 1 } });
    expect(await ran({ subjects: ['食品类'], problems: ['价格'] })).toEqual({});
    expect(await ran({ subjects: ['食品类'], from: '2026-11-17' })).toEqual({});
    expect(await ran({ divisions: ['3302'] })).toEqual({});
  });
});

describe('boundaries', () => {
  const received = async (query: object, deps: Awaited<ReturnType<typeof office>>) =>
    figureOf(await show(query, 'manager', '330200', deps), 'received')?.value;

  test('a year ends at midnight in Beijing', async () => {
    const before = stepsTo('distributed', 80, '2025-12-31T15:59:59.999Z');
    const after = stepsTo('distributed', 81, '2025-12-31T16:00:00.000Z');
    const deps = await office([before, after]);
    expect(await received({ month: '2025-12' }, deps)).toBe(1);
    expect(await received({ month: '2026-01' }, deps)).toBe(1);
    expect(await received({ year: '2025' }, deps)).toBe(2);
    expect(await received({ quarter: '2026-Q1' }, deps)).toBe(1);
  });

  test('a unit that is split in the middle of the year keeps its figures, the new one begins at nothing', async () => {
    const old = [1, 2].map((draw) => stepsTo('distributed', 82 + draw, tenOn(`2026-05-1${draw}`)));
    const since = follow(
      stepsTo('at-hub', 90, tenOn('2026-07-02')),
      [['distribute', { unit: '33020302', area: 'A201' }]],
      tenOn('2026-07-02'),
    );
    const deps = await office([...old, since]);
    const first = { from: '2026-04-01', to: '2026-06-30' };
    const second = { from: '2026-07-01', to: '2026-09-30' };
    expect(await received({ unit: '33020301', ...first }, deps)).toBe(2);
    expect(await received({ unit: '33020302', ...first }, deps)).toBe(0);
    expect(await received({ unit: '33020301', ...second }, deps)).toBe(0);
    expect(await received({ unit: '33020302', ...second }, deps)).toBe(1);
    // The county has both, whichever station had them.
    expect(await received({ unit: '330203', from: '2026-04-01', to: '2026-09-30' }, deps)).toBe(3);
  });
});

describe('periods', () => {
  test('months are compared with months, days with as many days', () => {
    expect(periodBefore(month('2026-03'))).toEqual({ from: '2026-02-01', to: '2026-02-28' });
    expect(periodBefore({ from: '2026-01-01', to: '2026-03-31' })).toEqual({
      from: '2025-10-01',
      to: '2025-12-31',
    });
    expect(periodBefore({ from: '2026-03-10', to: '2026-03-16' })).toEqual({
      from: '2026-03-03',
      to: '2026-03-09',
    });
    expect(yearBefore(month('2025-02'))).toEqual({ from: '2024-02-01', to: '2024-02-29' });
    expect(yearBefore({ from: '2024-02-29', to: '2024-02-29' })).toEqual({
      from: '2023-02-28',
      to: '2023-02-28',
    });
  });

  test('near the Spring Festival the same days before and after it are compared', () => {
    // 2026-02-17 and 2025-01-29 are the first days of their years.
    expect(alignedToFestival({ from: '2026-02-10', to: '2026-02-23' })).toEqual({
      from: '2025-01-22',
      to: '2025-02-04',
    });
    expect(alignedToFestival(month('2026-07'))).toBeUndefined();
    // A year has its festival in it, as the year before had.
    expect(alignedToFestival({ from: '2026-01-01', to: '2026-12-31' })).toBeUndefined();
  });

  test('working days follow the notices of the State Council', () => {
    expect(workingDaysIn(month('2026-11'), calendar)).toBe(21);
    expect(workingDaysIn({ from: '2026-10-01', to: '2026-10-07' }, calendar)).toBe(0);
  });
});

describe('units compared fairly', () => {
  const unit = (code: string, classes: Record<string, [solved: number, of: number]>): RollUp => {
    const counts = ([ofSolved, ofAccepted]: [number, number]) => ({ ofSolved, ofAccepted });
    const totals = Object.values(classes).reduce(
      ([a, b], [c, d]) => [a + c, b + d] as [number, number],
      [0, 0],
    );
    return {
      ...emptyRollUp(code, '2026'),
      totals: counts(totals),
      by: { problem: Object.fromEntries(Object.entries(classes).map(([name, one]) => [name, counts(one)])) },
    };
  };
  const easy = unit('easy', { food: [95, 100], prepaid: [0, 0] });
  const hard = unit('hard', { food: [0, 0], prepaid: [40, 100] });
  const weak = unit('weak', { food: [70, 100], prepaid: [10, 100] });
  const small = unit('small', { food: [5, 5] });
  const whole = unit('whole', { food: [170, 205], prepaid: [50, 200] });
  const compared = compareUnits('resolutionRate', whole, [easy, hard, weak, small]);
  const of = (code: string) => compared.find((one) => one.unit === code);

  test('who has the hard complaints is measured against hard complaints', () => {
    expect(of('hard')).toMatchObject({ value: 0.4, expected: 0.25, verdict: 'better', rank: 1 });
    expect(of('easy')?.value).toBe(0.95);
    expect(of('easy')).toMatchObject({ verdict: 'better', rank: 2 });
    expect(of('weak')).toMatchObject({ verdict: 'worse', rank: 3 });
  });

  test('who has too few cases is not ranked', () => {
    expect(of('small')).toMatchObject({ verdict: 'too-few', rank: null });
  });

  test('a unit that is the whole is as expected', () => {
    expect(compareUnits('resolutionRate', whole, [whole])[0]).toMatchObject({
      verdict: 'as-expected',
      rank: 1,
    });
  });

  test('by API: every rate, the units right below', async () => {
    const body = figureUnitsAnswer.parse(
      await bodyOf(showUnits(figureUnitsQuery.parse({}), staff('manager'), await office())),
    );
    expect(
      body.indicators
        .find(({ id }) => id === 'acceptanceRate')
        ?.units.map(({ code }) => code)
        .sort(),
    ).toEqual(['330203', '330212', '330281']);
  });
});
