import { COUNTER_DEFINITIONS, type Counter, type Counts } from './counters.ts';
import { type Interval, wilson } from './interval.ts';
import { type Histogram, quantile } from './roll-up.ts';

/** A text in both languages. */
interface Words {
  zh: string;
  en: string;
}

/** How a figure is made of counters. */
type Formula =
  /** A share: counters added up above and below the line. */
  | { of: 'rate'; numerator: readonly Counter[]; denominator: readonly Counter[] }
  /** A sum of counters. */
  | { of: 'sum'; counters: readonly Counter[] }
  /** So much for one of something else, e.g. fen a case. */
  | { of: 'mean'; numerator: readonly Counter[]; denominator: readonly Counter[] }
  /** Median, or the value under which nine tenths lie. */
  | { of: 'quantile'; histogram: 'closeDays' | 'responseHours'; share: 0.5 | 0.9; counter: Counter }
  /** For every ten thousand people who live there. */
  | { of: 'per-head'; counters: readonly Counter[] };

export type IndicatorUnit =
  | 'cases'
  | 'percent'
  | 'fen'
  | 'hours'
  | 'days'
  | 'points'
  | 'cases per 10,000 people';

export interface Indicator extends Words {
  formula: Formula;
  unit: IndicatorUnit;
  /** Which way is good; `none` where more is neither. */
  direction: 'up' | 'down' | 'none';
  /** Article, order or document that names it. */
  source: string;
  /**
   * flow: steps of the period, whenever the case came in; cohort: of the cases received in the period, how many are
   * so by now. A cohort's rate never passes 100 %.
   */
  view: 'flow' | 'cohort';
  /** Below this denominator no rate is ranked or coloured: chance decides. */
  minimum?: number;
  group: 'intake' | 'handling' | 'time' | 'outcome' | 'reports' | 'money' | 'partners' | 'voice';
}

const INDICATORS_PUBLISHED =
  '市场监管总局消费维权指标（按时初查率、按时办结率、调解成功率、举报按时核查率、公示率）';
const THREE_HUNDREDS = '襄阳市12315"三个100%"';
const ORDER_121 = '总局令第121号';
const LETTERS_12345 = '12345热线考核（响应率、解决率、满意率）';
const BUREAU = '各级市场监管部门工作总结口径';

/** Below thirty a percentage point is less than a third of a case. */
const MINIMUM = 30;

const sum = (
  group: Indicator['group'],
  counter: Counter,
  source: string,
  direction: Indicator['direction'] = 'none',
): Indicator => {
  const { zh, en, unit } = COUNTER_DEFINITIONS[counter];
  return {
    zh,
    en,
    formula: { of: 'sum', counters: [counter] },
    unit,
    direction,
    source,
    view: 'flow',
    group,
  };
};

const rate = (
  group: Indicator['group'],
  words: Words,
  numerator: readonly Counter[],
  denominator: readonly Counter[],
  source: string,
  more: Partial<Pick<Indicator, 'direction' | 'view'>> = {},
): Indicator => ({
  ...words,
  formula: { of: 'rate', numerator, denominator },
  unit: 'percent',
  direction: 'up',
  source,
  view: 'flow',
  minimum: MINIMUM,
  group,
  ...more,
});

const mean = (
  group: Indicator['group'],
  words: Words,
  numerator: readonly Counter[],
  denominator: readonly Counter[],
  unit: IndicatorUnit,
  source: string,
  direction: Indicator['direction'] = 'none',
): Indicator => ({
  ...words,
  formula: { of: 'mean', numerator, denominator },
  unit,
  direction,
  source,
  view: 'flow',
  minimum: MINIMUM,
  group,
});

const span = (
  words: Words,
  histogram: 'closeDays' | 'responseHours',
  share: 0.5 | 0.9,
  counter: Counter,
): Indicator => ({
  ...words,
  formula: { of: 'quantile', histogram, share, counter },
  unit: histogram === 'closeDays' ? 'days' : 'hours',
  direction: 'down',
  source: BUREAU,
  view: 'flow',
  minimum: MINIMUM,
  group: 'time',
});

/**
 * Every figure that API, pages, reports and docs know: this is the one place where it is defined.
 * What each counter counts, and on which day, stands in contributions.ts.
 */
export const INDICATORS = {
  received: sum('intake', 'received', BUREAU),
  reportsReceived: sum('intake', 'reportsReceived', BUREAU),
  inquiriesReceived: sum('intake', 'inquiriesReceived', BUREAU),
  receivedPerHead: {
    zh: '每万人投诉量',
    en: 'Complaints per 10,000 people',
    formula: { of: 'per-head', counters: ['received'] },
    unit: 'cases per 10,000 people',
    direction: 'none',
    source: BUREAU,
    view: 'flow',
    group: 'intake',
  },
  accepted: sum('handling', 'accepted', `${ORDER_121}第十五条`),
  refused: sum('handling', 'refused', `${ORDER_121}第十六条`),
  handled: sum('handling', 'handled', BUREAU),
  settled: sum('outcome', 'settled', `${ORDER_121}第二十四条`, 'up'),
  terminated: sum('outcome', 'terminated', `${ORDER_121}第二十三条`),
  withdrawn: sum('outcome', 'withdrawn', BUREAU),
  closed: sum('handling', 'closed', BUREAU),
  late: sum('time', 'late', BUREAU, 'down'),
  acceptanceRate: rate(
    'handling',
    { zh: '受理率', en: 'Acceptance rate' },
    ['accepted'],
    ['accepted', 'refused'],
    BUREAU,
    { direction: 'none' },
  ),
  decisionRate: rate(
    'handling',
    { zh: '受理决定率', en: 'Decided on' },
    ['ofDecided'],
    ['ofReceived'],
    THREE_HUNDREDS,
    { view: 'cohort' },
  ),
  handlingRate: rate(
    'handling',
    { zh: '处理率', en: 'Handling rate' },
    ['ofHandled'],
    ['ofAccepted'],
    THREE_HUNDREDS,
    { view: 'cohort' },
  ),
  replyRate: rate('handling', { zh: '回复率', en: 'Reply rate' }, ['ofTold'], ['ofHandled'], THREE_HUNDREDS, {
    view: 'cohort',
  }),
  handlingRateFlow: rate(
    'handling',
    { zh: '处理率（当期办理÷当期受理）', en: 'Handling rate (handled ÷ accepted in the period)' },
    ['handled'],
    ['accepted'],
    BUREAU,
  ),
  decisionsInTime: rate(
    'time',
    { zh: '按时初查率', en: 'Decisions in time' },
    ['dueDecisionsInTime'],
    ['dueDecisions'],
    INDICATORS_PUBLISHED,
  ),
  closedInTimeRate: rate(
    'time',
    { zh: '按时办结率', en: 'Closed in time' },
    ['closedInTime'],
    ['closed'],
    INDICATORS_PUBLISHED,
  ),
  responseRate: rate(
    'time',
    { zh: '响应率', en: 'Response rate' },
    ['respondedInTime'],
    ['responded'],
    LETTERS_12345,
  ),
  responseMedian: span(
    { zh: '首次响应用时（中位数）', en: 'Time to first response, median' },
    'responseHours',
    0.5,
    'responded',
  ),
  responseNinetieth: span(
    { zh: '首次响应用时（90分位）', en: 'Time to first response, 90th percentile' },
    'responseHours',
    0.9,
    'responded',
  ),
  closeMedian: span({ zh: '办结用时（中位数）', en: 'Time to close, median' }, 'closeDays', 0.5, 'closed'),
  closeNinetieth: span(
    { zh: '办结用时（90分位）', en: 'Time to close, 90th percentile' },
    'closeDays',
    0.9,
    'closed',
  ),
  returned: sum('time', 'returned', BUREAU, 'down'),
  hoursLostByReturns: mean(
    'time',
    { zh: '每次退回耗时', en: 'Hours lost by a return' },
    ['returnedHours'],
    ['returned'],
    'hours',
    BUREAU,
    'down',
  ),
  mediationSuccessRate: rate(
    'outcome',
    { zh: '调解成功率', en: 'Mediation success rate' },
    ['settled'],
    ['settled', 'terminated'],
    INDICATORS_PUBLISHED,
  ),
  resolutionRate: rate(
    'outcome',
    { zh: '解决率', en: 'Resolution rate' },
    ['ofSolved'],
    ['ofAccepted'],
    LETTERS_12345,
    { view: 'cohort' },
  ),
  reopened: sum('outcome', 'reopened', BUREAU, 'down'),
  publicationRate: rate(
    'outcome',
    { zh: '公示率', en: 'Publication rate' },
    ['duePublicationsDone'],
    ['duePublications'],
    `${ORDER_121}第三十八条；${INDICATORS_PUBLISHED}`,
  ),
  reportsInTime: rate(
    'reports',
    { zh: '举报按时核查率', en: 'Reports verified in time' },
    ['dueVerificationsInTime'],
    ['dueVerifications'],
    INDICATORS_PUBLISHED,
  ),
  reportsResolved: rate(
    'reports',
    { zh: '举报转化（立案或者说明理由）', en: 'Reports filed, or not filed for a stated reason' },
    ['ofReportsResolved'],
    ['ofReports'],
    '襄阳市12315"转化案件零疏漏"',
    { view: 'cohort' },
  ),
  filingRate: rate(
    'reports',
    { zh: '举报立案率', en: 'Filing rate' },
    ['filed'],
    ['filed', 'notFiled'],
    '市场监督管理行政处罚程序规定第十九条',
    { direction: 'none' },
  ),
  satisfactionRate: rate(
    'voice',
    { zh: '满意率', en: 'Satisfaction' },
    ['satisfied'],
    ['calledBack'],
    LETTERS_12345,
  ),
  ratingMean: mean(
    'voice',
    { zh: '评价均分（1—5）', en: 'Mean of the points given (1–5)' },
    ['ratedPoints'],
    ['rated'],
    'points',
    '国办发〔2019〕51号"好差评"',
    'up',
  ),
  claimed: sum('money', 'claimedFen', BUREAU),
  agreed: sum('money', 'agreedFen', `${BUREAU}：挽回经济损失`, 'up'),
  proven: sum('money', 'provenFen', `${ORDER_121}第二十六条`, 'up'),
  paidFirst: sum('money', 'paidFirstFen', '先行赔付制度', 'up'),
  fines: sum('money', 'fineFen', BUREAU),
  caseValue: sum('money', 'caseValueFen', BUREAU),
  recoveredPerCase: mean(
    'money',
    { zh: '件均挽回损失', en: 'Recovered per settlement' },
    ['agreedFen'],
    ['settled', 'reconciled'],
    'fen',
    BUREAU,
    'up',
  ),
  recoveredPerHead: {
    zh: '每万人挽回损失',
    en: 'Recovered per 10,000 people',
    formula: { of: 'per-head', counters: ['agreedFen'] },
    unit: 'fen',
    direction: 'up',
    source: BUREAU,
    view: 'flow',
    group: 'money',
  },
  stationShare: rate(
    'partners',
    { zh: '维权服务站和解占比', en: 'Settled by rights stations' },
    ['reconciledAtStation'],
    ['settled', 'reconciled'],
    `${ORDER_121}第六条第三款`,
  ),
  onlineShare: rate(
    'partners',
    { zh: '在线消费纠纷解决（ODR）占比', en: 'Settled by businesses online (ODR)' },
    ['reconciledOnline'],
    ['settled', 'reconciled'],
    '全国12315平台消费纠纷在线解决规则',
  ),
} as const satisfies Record<string, Indicator>;

export type IndicatorId = keyof typeof INDICATORS;
export const INDICATOR_IDS = Object.keys(INDICATORS) as IndicatorId[];
export const indicator = (id: IndicatorId): Indicator => INDICATORS[id];

/** What a figure is made from. */
export interface Basis {
  counts: Counts;
  closeDays?: Histogram | undefined;
  responseHours?: Histogram | undefined;
  /** Who live in the place of the unit. */
  population?: number | undefined;
}

/** The value of an indicator, with all it was divided by. */
export interface IndicatorValue {
  id: IndicatorId;
  /** A share from 0 up, an amount, a span; not rounded. Null where there is nothing to divide by. */
  value: number | null;
  numerator: number | null;
  denominator: number | null;
  /** 95 % of the luck of a rate; null for what is no rate, or where a flow passes 100 %. */
  interval: Interval | null;
  /** False where too few cases stand below the line to compare anybody by it. */
  comparable: boolean;
}

/** Works out one indicator. */
export function valueOf(id: IndicatorId, { counts, population, ...histograms }: Basis): IndicatorValue {
  const { formula, minimum = 0 } = indicator(id);
  const total = (counters: readonly Counter[]) =>
    counters.reduce((all, counter) => all + (counts[counter] ?? 0), 0);
  const made = (
    value: number | null,
    numerator: number | null,
    denominator: number | null,
  ): IndicatorValue => ({
    id,
    value,
    numerator,
    denominator,
    interval:
      formula.of === 'rate' && numerator !== null && denominator !== null
        ? wilson(numerator, denominator)
        : null,
    comparable: denominator === null || denominator >= minimum,
  });
  switch (formula.of) {
    case 'sum':
      return made(total(formula.counters), null, null);
    case 'per-head': {
      const above = total(formula.counters);
      const below = population ?? 0;
      return made(below > 0 ? (above / below) * 10_000 : null, above, population ?? null);
    }
    case 'quantile':
      return made(
        quantile(histograms[formula.histogram] ?? {}, formula.share),
        null,
        counts[formula.counter] ?? 0,
      );
    default: {
      const [above, below] = [total(formula.numerator), total(formula.denominator)];
      return made(below > 0 ? above / below : null, above, below);
    }
  }
}

/** The formula of an indicator as people read it, e.g. `调解成功 ÷（调解成功 + 终止调解）`. */
export function formulaOf(id: IndicatorId): Words {
  const { formula } = indicator(id);
  const names = (counters: readonly Counter[], language: 'zh' | 'en') =>
    counters.map((counter) => COUNTER_DEFINITIONS[counter][language]).join(' + ');
  const inBrackets = (counters: readonly Counter[], language: 'zh' | 'en') => {
    const text = names(counters, language);
    if (counters.length === 1) return text;
    return language === 'zh' ? `（${text}）` : `(${text})`;
  };
  const both = (make: (language: 'zh' | 'en') => string): Words => ({ zh: make('zh'), en: make('en') });
  switch (formula.of) {
    case 'sum':
      return both((language) => names(formula.counters, language));
    case 'per-head':
      return {
        zh: `${names(formula.counters, 'zh')} ÷ 常住人口 × 10000`,
        en: `${names(formula.counters, 'en')} ÷ residents × 10,000`,
      };
    case 'quantile': {
      const { zh, en } = COUNTER_DEFINITIONS[formula.histogram];
      return formula.share === 0.5
        ? { zh: `${zh}的中位数`, en: `median of: ${en}` }
        : { zh: `${zh}的 90 分位数`, en: `90th percentile of: ${en}` };
    }
    default:
      return both((language) =>
        `${inBrackets(formula.numerator, language)} ÷ ${inBrackets(formula.denominator, language)}`
          // A full-width bracket brings its own space.
          .replace(/ (?=（)/g, '')
          .replace(/(?<=）) /g, ''),
      );
  }
}

/** Counters that an indicator is made of: a figure opens to the cases behind these. */
export function countersOf(id: IndicatorId): Counter[] {
  const { formula } = indicator(id);
  switch (formula.of) {
    case 'sum':
    case 'per-head':
      return [...formula.counters];
    case 'quantile':
      return [formula.counter];
    default:
      return [...new Set([...formula.numerator, ...formula.denominator])];
  }
}
