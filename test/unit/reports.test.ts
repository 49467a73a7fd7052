import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Step } from '../../shared/case/take-step.ts';
import { composeReport } from '../../shared/reports/compose.ts';
import { gatherReport } from '../../shared/reports/gather.ts';
import { decimal, moneyText, percentText, scaled, shareOf } from '../../shared/reports/numbers.ts';
import {
  blocksOf,
  cellText,
  LANGUAGES,
  REPORT_KINDS,
  type Report,
  type ReportKind,
  sentencesOf,
  tablesOf,
  textOf,
} from '../../shared/reports/report.ts';
import { SECTIONS, type SentenceRule } from '../../shared/reports/rules.ts';
import { openSource, type ReportSource, reportSource } from '../../shared/reports/source.ts';
import { fillTemplate } from '../../shared/reports/template.ts';
import { COUNTERS, type Counts, SEALED_COUNTERS } from '../../shared/statistics/counters.ts';
import { countersOf, INDICATORS, type IndicatorId } from '../../shared/statistics/indicators.ts';
import { allEntriesOf } from '../../shared/statistics/ledger.ts';
import { ROUNDED_TO } from '../../shared/statistics/protect.ts';
import { rollUpDay, rollUpPeriod } from '../../shared/statistics/roll-up.ts';
import { createMemoryStatisticsStore } from '../../shared/store/memory-statistics-store.ts';
import type { StatisticsStore } from '../../shared/store/statistics-store.ts';
import { correct, requestOf, sourceOf, storeOfYear, withDefaults, XIANGYANG } from './report-year.ts';
import { follow, registry, stepsTo, tenOn } from './support.ts';

const KINDS = Object.keys(REPORT_KINDS) as ReportKind[];
const PERIODS: Readonly<Record<ReportKind, string>> = {
  yearly: '2026',
  monthly: '2026-10',
  daily: '2026-10-31',
  public: '2026-10',
};
const yearly = await sourceOf();
const sentence = (report: Report, rule: string) =>
  sentencesOf(report)
    .filter((one) => one.rule === rule)
    .map(textOf)
    .join('');
/** The same source with other counts of its period. */
const withCounts = (source: ReportSource, counts: Counts): ReportSource => ({
  ...source,
  now: { ...source.now, counts },
});

describe('the year of Xiangyang', () => {
  test('18,241 accepted, 17,995 handled, 98.65 %, 8.277 million yuan stand in one sentence', () => {
    expect(sentence(composeReport(yearly), 'accepted-handled')).toBe(
      '共受理投诉18241件，处理17995件，处理率98.65%，挽回经济损失827.7万元。',
    );
  });

  test('and in English', () => {
    expect(sentence(composeReport({ ...yearly, language: 'en' }), 'accepted-handled')).toBe(
      '18,241 complaints were accepted and 17,995 handled, a handling rate of 98.65%; losses of 8.277 million yuan were recovered.',
    );
  });

  test('each of the four numbers bears indicator, formula, source and the path that opens it', () => {
    const { figures } = composeReport(yearly);
    expect(figures['now.handlingRateFlow.value']).toMatchObject({
      text: '98.65%',
      numerator: 17_995,
      denominator: 18_241,
      formula: '处理 ÷ 受理',
      query: '/desk/figures?unit=330200&from=2026-01-01&to=2026-12-31',
    });
    expect(figures['now.agreed.value']).toMatchObject({
      value: XIANGYANG.agreedFen,
      query: '/desk/figures/cases?unit=330200&from=2026-01-01&to=2026-12-31&counter=agreedFen',
    });
    for (const figure of Object.values(figures)) {
      expect(INDICATORS).toHaveProperty(figure.indicator);
      expect(figure.formula, figure.key).not.toBe('');
      expect(figure.source, figure.key).not.toBe('');
      expect(figure.query, figure.key).toMatch(/^\/desk\//);
    }
  });

  test('sections follow the bureaus’ order', () => {
    expect(composeReport(yearly).sections.map(({ title }) => title)).toEqual([
      '一、受理总体情况',
      '二、结构与热点',
      '三、处理与时限',
      '四、挽回损失',
      '五、举报与案件',
      '六、单位情况',
      '七、下阶段建议',
    ]);
  });

  test('what rose beyond chance is named, what rose as everything did is not', () => {
    expect(sentence(composeReport(yearly), 'subjects-risen')).toMatch(
      /^同比上升超出正常波动的类别：食品类4766件，同比上升\d+\.\d\d%/,
    );
  });

  test('the county that is late beyond chance is named, the others share no rank', () => {
    const text = sentence(composeReport(yearly), 'units-closed');
    expect(text).toMatch(/低于可比水平的有1个单位（余姚市市场监督管理局93\.0\d%）/);
    expect(text).toContain('差异属正常波动、不排名次的有2个单位');
  });
});

describe('sentences by rules', () => {
  test('no template holds a digit: every number comes from a figure', () => {
    const rules = SECTIONS.flatMap(({ paragraphs }) => paragraphs.flat()) as SentenceRule[];
    expect(rules.filter(({ zh, en }) => /\d/.test(`${zh}${en}`)).map(({ id }) => id)).toEqual([]);
  });

  test('every name in a template is an indicator', () => {
    const names = SECTIONS.flatMap(({ paragraphs }) => paragraphs.flat()).flatMap((rule) => {
      const {
        zh = '',
        en = '',
        itemZh = '',
        itemEn = '',
      } = rule as unknown as Partial<Record<string, string>>;
      return [...`${zh}${en}${itemZh}${itemEn}`.matchAll(/\{([^}]+)\}/g)].map(([, name = '']) => name);
    });
    const ids = names
      .filter((name) => !name.startsWith('$') && name !== 'alarm')
      .map((name) => name.replace(/^running\./, '').split('.')[0] as IndicatorId);
    expect(ids.filter((id) => !Object.hasOwn(INDICATORS, id))).toEqual([]);
  });

  test('a stretch in brackets goes without its figure, a sentence does not', () => {
    const resolve = (name: string) => (name === 'a' ? ['1件'] : undefined);
    expect(fillTemplate('收到{a}[，{b}]。', resolve)).toEqual(['收到1件。']);
    expect(fillTemplate('收到{a}，{b}。', resolve)).toBeUndefined();
  });

  test('too few cases for a rate: two numbers, and no rate', () => {
    const report = composeReport(withCounts(yearly, { accepted: 8, handled: 6, agreedFen: 120_050 }));
    expect(sentence(report, 'accepted-handled')).toBe('');
    expect(sentence(report, 'accepted-handled-plain')).toBe('共受理投诉8件，处理6件，挽回经济损失1200.5元。');
    expect(sentence(report, 'mediation')).toBe('');
  });

  test('more handled than accepted is told without a rate over 100 %', () => {
    const report = composeReport(withCounts(yearly, { accepted: 100, handled: 130 }));
    expect(sentencesOf(report).map(textOf).join('')).toContain('共受理投诉100件，处理130件');
    expect(sentencesOf(report).map(textOf).join('')).not.toContain('130.00%');
  });

  test('a change on a small base is told in cases', () => {
    const source = withCounts(yearly, { received: 12 });
    const few = { ...source, lastYear: { ...source.lastYear, counts: { received: 9 } } };
    expect(sentence(composeReport(few), 'received-year')).toContain('共收到消费者投诉12件，同比增加3件');
  });

  test('nothing at all gives a report without rates, lists or advice', () => {
    const empty = { period: yearly.now.period, counts: {}, by: {}, closeDays: {}, responseHours: {} };
    const report = composeReport({
      ...yearly,
      now: empty,
      before: empty,
      lastYear: empty,
      units: [],
      months: [],
    });
    expect(sentencesOf(report).map(textOf)).toEqual([
      '2026年，宁波市市场监督管理局共收到消费者投诉0件，同比持平。',
    ]);
  });

  test('an alarm that nobody judged false becomes advice', async () => {
    const alarm = { id: '20261020-0123456789ab', watch: 'business', subject: '食品类', count: 17 };
    const report = composeReport({
      ...(await sourceOf({ kind: 'monthly', period: '2026-10' })),
      alarms: [alarm],
    });
    expect(sentence(report, 'advise-alarms')).toContain('涉及投诉17件');
    expect(Object.values(report.figures).find(({ sense }) => sense === 'alarm')?.query).toBe(
      '/desk/alarms/20261020-0123456789ab',
    );
  });
});

describe('every number in the text is a figure of the report', () => {
  const counts = fc.record(
    Object.fromEntries(COUNTERS.map((name) => [name, fc.integer({ min: 0, max: 5_000 })])),
    { requiredKeys: [] },
  ) as fc.Arbitrary<Counts>;

  test.each(KINDS.flatMap((kind) => LANGUAGES.map((language) => [kind, language] as const)))(
    '%s in %s',
    async (kind, language) => {
      const source = await sourceOf({ kind, language, period: PERIODS[kind] });
      fc.assert(
        fc.property(counts, counts, fc.boolean(), (now, lastYear, sealed) => {
          const report = composeReport({
            ...withCounts(source, now),
            sealed,
            lastYear: { ...source.lastYear, counts: lastYear },
          });
          for (const { parts, rule } of sentencesOf(report)) {
            for (const part of parts) {
              if (typeof part === 'string') expect(part, rule).not.toMatch(/\d/);
              else if ('figure' in part) expect(report.figures[part.figure]?.text, rule).toBe(part.text);
            }
            // No sentence without its number.
            expect(
              parts.some((part) => typeof part === 'object' && 'figure' in part),
              rule,
            ).toBe(true);
          }
          for (const cell of tablesOf(report).flatMap(({ rows }) => rows.flat())) {
            if (typeof cell === 'object') expect(report.figures).toHaveProperty([cell.figure]);
          }
          for (const block of blocksOf(report)) {
            if (!('chart' in block)) continue;
            for (const { figures } of block.chart.series) {
              for (const key of figures) expect(report.figures).toHaveProperty([key]);
            }
          }
        }),
        { numRuns: 40 },
      );
    },
  );
});

describe('what is open', () => {
  const sealedIds = (Object.keys(INDICATORS) as IndicatorId[]).filter((id) =>
    countersOf(id).some((counter) => SEALED_COUNTERS.has(counter)),
  );

  test.each(LANGUAGES)('nothing about reports stands in the public report (%s)', async (language) => {
    for (const period of ['2026', '2026-10']) {
      const report = composeReport(await sourceOf({ kind: 'public', language, period, sealed: true }));
      expect(Object.values(report.figures).filter(({ indicator }) => sealedIds.includes(indicator))).toEqual(
        [],
      );
      expect(Object.values(report.figures).map(({ indicator }) => indicator)).not.toContain('late');
      expect(report.sections.map(({ id }) => id)).not.toContain('reports');
      expect(Object.values(report.figures).map(({ query }) => query)).toEqual(
        Object.keys(report.figures).map(() => ''),
      );
    }
  });

  test('nor in a summary for somebody who may not see it', () => {
    const report = composeReport({ ...yearly, sealed: false });
    expect(Object.values(report.figures).filter(({ indicator }) => sealedIds.includes(indicator))).toEqual(
      [],
    );
    expect(sentencesOf(report).map(textOf).join('')).not.toContain('举报');
  });

  test('no sealed counter, unit or township is left in an open source; cuts are rounded', async () => {
    const source = openSource(await sourceOf({ kind: 'public', period: '2026-10' }));
    expect(JSON.stringify(source)).not.toMatch(new RegExp(`"(?:${[...SEALED_COUNTERS].join('|')})"`));
    expect(source.units).toEqual([]);
    expect(source.now.by.division).toBeUndefined();
    for (const cut of Object.values(source.now.by).flatMap((values) => Object.values(values))) {
      expect((cut.received ?? 0) % ROUNDED_TO).toBe(0);
    }
  });

  test('of a unit below the bureau every number is rounded', async () => {
    const report = composeReport(await sourceOf({ kind: 'public', period: '2026-10', unit: '330203' }));
    const cases = Object.values(report.figures).filter(({ text }) => /^\d+件$/.test(text));
    expect(cases.length).toBeGreaterThan(5);
    expect(cases.filter(({ value }) => (value ?? 0) % ROUNDED_TO !== 0).map(({ key }) => key)).toEqual([]);
  });
});

describe('a figure corrected three months later', () => {
  const request = requestOf({ kind: 'monthly', period: '2026-07' });

  test('the published one can be made again, the corrected one stands beside it', async () => {
    const store = await storeOfYear(2026, { ...XIANGYANG, late: 120 });
    const first = await gatherReport(request, withDefaults(store, { at: '2026-08-03T01:00:00.000Z' }));
    const kept = JSON.stringify(first);
    const before = composeReport(first);
    expect(sentence(before, 'late')).toContain('逾期10件');

    await correct(store, '2026-07', { late: -1 });
    const published = { id: '330200-20260803010000-00000000', on: '2026-08-03', figures: first.now };
    const later = await gatherReport(
      request,
      withDefaults(store, { at: '2026-11-03T01:00:00.000Z', published }),
    );
    const report = composeReport(later);
    expect(sentence(report, 'late')).toContain('逾期9件');
    expect(sentence(report, 'corrected')).toBe('逾期原公布10件，更正后9件。');
    expect(report.sections.at(-1)?.title).toBe('八、更正说明（与2026年8月3日公布的相比）');
    expect(
      tablesOf(report)
        .find(({ id }) => id === 'corrections')
        ?.rows.map((row) => row.map(cellText)),
    ).toEqual([['逾期', '10件', '9件']]);
    // From the figures kept with it the old report comes again, to the last letter.
    expect(composeReport(reportSource.parse(JSON.parse(kept)))).toEqual(before);
  });
});

describe('from the histories of cases', () => {
  /** The store after these cases, every day and month of theirs rolled up. */
  async function storeOf(cases: readonly (readonly Step[])[]): Promise<StatisticsStore> {
    const store = createMemoryStatisticsStore();
    const entries = cases.flatMap((steps) => allEntriesOf(steps.map(({ event }) => event)));
    const days = [...new Set(entries.map(({ day }) => day))].map((day) =>
      rollUpDay(
        day,
        entries.filter((entry) => entry.day === day),
      ),
    );
    await store.putRollUps(days.flat());
    const ofUnit = (unit: string, month: string) =>
      days.flat().filter((one) => one.unit === unit && one.period.startsWith(month));
    for (const month of ['2026-11', '2027-02']) {
      for (const { code } of registry.units) {
        await store.putRollUps([rollUpPeriod(code, month, ofUnit(code, month))]);
      }
    }
    return store;
  }

  test('a sum corrected three months later: the month of the agreement is corrected, beside what was published', async () => {
    const settled = Array.from({ length: 4 }, (_, draw) => stepsTo('settled', draw + 1));
    const request = requestOf({ kind: 'monthly', period: '2026-11' });
    const first = await gatherReport(
      request,
      withDefaults(await storeOf(settled), { at: '2026-12-02T01:00:00.000Z' }),
    );
    expect(sentence(composeReport(first), 'accepted-handled-plain')).toBe(
      '共受理投诉4件，处理4件，挽回经济损失400元。',
    );

    const [wrong = [], ...others] = settled;
    const corrected = follow(
      wrong,
      [['correct-money', { entry: 'agreed', fen: -1_000, reason: '协议书上为九十元，登记有误。' }]],
      tenOn('2027-02-16'),
    );
    const later = await gatherReport(
      request,
      withDefaults(await storeOf([corrected, ...others]), {
        at: '2027-02-17T01:00:00.000Z',
        published: { id: '330200-20261202010000-00000000', on: '2026-12-02', figures: first.now },
      }),
    );
    const report = composeReport(later);
    expect(sentence(report, 'accepted-handled-plain')).toContain('挽回经济损失390元');
    expect(sentence(report, 'corrected')).toBe('挽回经济损失（协议）原公布400元，更正后390元。');
    expect(composeReport(first)).not.toEqual(report);
  });
});

describe('numbers as the bureaus write them', () => {
  test.each([
    [827_700_000, '827.7万元', '8.277 million yuan'],
    [97_790_000, '97.79万元', '977,900 yuan'],
    [99_999, '999.99元', '999.99 yuan'],
    [435_000_000_000, '43.5亿元', '4,350 million yuan'],
    [0, '0元', '0 yuan'],
  ])('%d fen: %s', (fen, zh, en) => {
    expect(moneyText(fen, 'zh')).toBe(zh);
    expect(moneyText(fen, 'en')).toBe(en);
  });

  test('only the whole is 100 %, only nothing is 0', () => {
    expect(percentText(shareOf(29_999, 30_000))).toBe('99.99%');
    expect(percentText(shareOf(100_000, 100_000))).toBe('100%');
    expect(percentText(shareOf(999_999, 1_000_000))).toBe('99.99%');
    expect(percentText(shareOf(1, 1_000_000))).toBe('0.01%');
    expect(percentText(shareOf(0, 7))).toBe('0%');
  });

  test('rounding is of whole numbers, halves away from nothing, the same for gains and losses', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 1e12 }), fc.integer({ min: 1, max: 1e9 }), (above, below) => {
        const exact = (BigInt(above) * 10_000n * 2n + BigInt(below)) / (2n * BigInt(below));
        expect(BigInt(scaled(above, below, 10_000))).toBe(exact);
        expect(scaled(-above, below, 10_000)).toBe(0 - scaled(above, below, 10_000));
      }),
    );
    expect(decimal(5, 2)).toBe('0.05');
    expect(decimal(-144, 2)).toBe('-1.44');
  });
});
