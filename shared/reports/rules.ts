import type { Dimension } from '../statistics/contributions.ts';
import type { IndicatorId } from '../statistics/indicators.ts';
import type { ReportKind, Words } from './report.ts';

/*
 * The sentences of the reports, as data. In a template
 *   {accepted}           is the indicator with its unit          {handlingRateFlow.denominator} a side of a rate
 *   {accepted.yoy}       is 同比上升12.34%, {accepted.mom} 环比…   {running.accepted} since the first of the year
 *   {$unit} {$period} {$running}                                  are names
 *   […]                  is left out when something in it has no figure, or one that nobody should compare.
 * A template holds no digit: every number comes from a figure. A sentence whose figures are missing is left out.
 */

/** What must hold of a figure. */
export type Condition = { of: IndicatorId } & ({ above: number } | { below: number });

export interface SentenceRule extends Words {
  id: string;
  when?: readonly Condition[];
  /** Only in these kinds; in all of its section otherwise. */
  kinds?: readonly ReportKind[];
  /** Only where the sentence of this rule is not there. */
  unless?: string;
}

/** A sentence that lists what a cut holds: the largest, or what rose beyond chance. */
export interface ListRule extends SentenceRule {
  list: 'largest' | 'risen';
  dimension: Extract<Dimension, 'problem' | 'subject' | 'channel' | 'division'>;
  most: number;
  itemZh: string;
  itemEn: string;
}

/** A sentence about the units below, compared fairly. */
export interface UnitsRule {
  id: string;
  units: IndicatorId;
}

/** A sentence for each alarm. */
interface AlarmRule extends SentenceRule {
  alarms: true;
}

export type Rule = SentenceRule | ListRule | UnitsRule | AlarmRule;

export type TableId = 'indicators' | 'subjects' | 'problems' | 'channels' | 'units' | 'corrections';

export type ChartRule =
  | { chart: 'months'; of: readonly IndicatorId[]; title: Words }
  | { chart: 'years'; of: IndicatorId; title: Words }
  | { chart: 'cut'; dimension: 'subject' | 'problem'; of: IndicatorId; title: Words };

export interface SectionRule extends Words {
  id: string;
  kinds: readonly ReportKind[];
  paragraphs: readonly (readonly Rule[])[];
  /** Each sentence is a point of its own: 一是…二是… */
  points?: true;
  charts?: readonly (ChartRule & { kinds: readonly ReportKind[] })[];
  tables?: readonly { table: TableId; kinds: readonly ReportKind[] }[];
}

const SUMMARIES = ['monthly', 'yearly'] as const satisfies ReportKind[];
const LONG = ['monthly', 'yearly', 'public'] as const satisfies ReportKind[];
const ALL = ['monthly', 'yearly', 'daily', 'public'] as const satisfies ReportKind[];
/** Under this rise chance alone may have made it: chi-square of 1 degree of freedom, 1 %. */
export const RISE_BEYOND_CHANCE = 6.635;
/** Nothing rises from or to fewer. */
export const FEWEST_FOR_RISE = 30;

const INTAKE: SectionRule = {
  id: 'intake',
  zh: '受理总体情况',
  en: 'Intake',
  kinds: ALL,
  paragraphs: [
    [
      {
        id: 'received',
        zh: '{$period}，{$unit}共收到消费者投诉{received}[，{received.yoy}][，{received.mom}]。',
        en: 'In {$period} {$unit} received {received} complaints[, {received.yoy}][, {received.mom}].',
        kinds: ['monthly', 'public'],
      },
      {
        id: 'received-year',
        zh: '{$period}，{$unit}共收到消费者投诉{received}[，{received.yoy}]。',
        en: 'In {$period} {$unit} received {received} complaints[, {received.yoy}].',
        kinds: ['yearly'],
      },
      {
        id: 'received-day',
        zh: '{$period}，{$unit}收到消费者投诉{received}[，{received.mom}]。',
        en: 'On {$period} {$unit} received {received} complaints[, {received.mom}].',
        kinds: ['daily'],
      },
      {
        id: 'reports-received',
        zh: '收到举报{reportsReceived}[，{reportsReceived.yoy}]。',
        en: '{reportsReceived} reports of violations were received[, {reportsReceived.yoy}].',
        when: [{ of: 'reportsReceived', above: 0 }],
        kinds: SUMMARIES,
      },
      {
        id: 'reports-received-day',
        zh: '收到举报{reportsReceived}。',
        en: '{reportsReceived} reports of violations were received.',
        when: [{ of: 'reportsReceived', above: 0 }],
        kinds: ['daily'],
      },
      {
        id: 'inquiries-received',
        zh: '收到咨询及其他诉求{inquiriesReceived}。',
        en: '{inquiriesReceived} inquiries and others were received.',
        when: [{ of: 'inquiriesReceived', above: 0 }],
      },
    ],
    [
      {
        id: 'accepted-handled',
        zh: '共受理投诉{accepted}，处理{handled}，处理率{handlingRateFlow}[，挽回经济损失{agreed}]。',
        en: '{accepted} complaints were accepted and {handled} handled, a handling rate of {handlingRateFlow}[; losses of {agreed} were recovered].',
        when: [{ of: 'accepted', above: 0 }],
        kinds: LONG,
      },
      {
        id: 'accepted-handled-plain',
        zh: '共受理投诉{accepted}，处理{handled}[，挽回经济损失{agreed}]。',
        en: '{accepted} complaints were accepted and {handled} handled[; losses of {agreed} were recovered].',
        // Few, or more handled than accepted: two numbers, and no rate.
        when: [{ of: 'accepted', above: 0 }],
        unless: 'accepted-handled',
        kinds: LONG,
      },
      {
        id: 'accepted-day',
        zh: '受理投诉{accepted}，处理{handled}，办结{closed}[，挽回经济损失{agreed}]。',
        en: '{accepted} complaints were accepted, {handled} handled, {closed} closed[; losses of {agreed} were recovered].',
        kinds: ['daily'],
      },
      {
        id: 'accepted-change',
        zh: '其中受理量{accepted.yoy}，处理量{handled.yoy}。',
        en: 'Acceptances were {accepted.yoy}, cases handled {handled.yoy}.',
        when: [
          { of: 'accepted', above: 0 },
          { of: 'handled', above: 0 },
        ],
        kinds: LONG,
      },
      {
        id: 'running-month',
        zh: '{$running}累计，收到投诉{running.received}[（{running.received.yoy}）]，受理{running.accepted}，处理{running.handled}，挽回经济损失{running.agreed}。',
        en: 'From {$running}: {running.received} complaints received[ ({running.received.yoy})], {running.accepted} accepted, {running.handled} handled, {running.agreed} recovered.',
        kinds: ['monthly'],
      },
      {
        id: 'running-day',
        zh: '{$running}累计收到投诉{running.received}[，{running.received.yoy}]，挽回经济损失{running.agreed}。',
        en: 'From {$running}: {running.received} complaints received[, {running.received.yoy}], {running.agreed} recovered.',
        kinds: ['daily'],
      },
      {
        id: 'three-hundreds',
        zh: '当期收到的投诉中，受理决定率{decisionRate}，处理率{handlingRate}，回复率{replyRate}。',
        en: 'Of the complaints received in the period {decisionRate} were decided on; of those accepted {handlingRate} were handled; of those handled {replyRate} of the complainants were told.',
        kinds: SUMMARIES,
      },
    ],
  ],
  charts: [
    {
      chart: 'months',
      of: ['received', 'handled'],
      title: { zh: '投诉收到与处理趋势（件）', en: 'Complaints received and handled' },
      kinds: ['monthly', 'public'],
    },
    {
      chart: 'years',
      of: 'received',
      title: { zh: '各月收到投诉（件）', en: 'Complaints received by month' },
      kinds: ['yearly'],
    },
  ],
};

const STRUCTURE: SectionRule = {
  id: 'structure',
  zh: '结构与热点',
  en: 'Structure and hot spots',
  kinds: ALL,
  paragraphs: [
    [
      {
        id: 'subjects',
        list: 'largest',
        dimension: 'subject',
        most: 5,
        zh: '按商品和服务类别看，居前的是：{$items}。',
        en: 'By class of goods and services the largest were: {$items}.',
        itemZh: '{$item}{received}[，占{received.share}][，{received.yoy}]',
        itemEn: '{$item}: {received}[ ({received.share})][, {received.yoy}]',
        kinds: LONG,
      },
      {
        id: 'problems',
        list: 'largest',
        dimension: 'problem',
        most: 5,
        zh: '按问题性质看，居前的是：{$items}。',
        en: 'By kind of problem the largest were: {$items}.',
        itemZh: '{$item}{received}[，占{received.share}][，{received.yoy}]',
        itemEn: '{$item}: {received}[ ({received.share})][, {received.yoy}]',
        kinds: LONG,
      },
      {
        id: 'subjects-day',
        list: 'largest',
        dimension: 'subject',
        most: 3,
        zh: '投诉较集中的是：{$items}。',
        en: 'Most complaints were about: {$items}.',
        itemZh: '{$item}{received}',
        itemEn: '{$item}: {received}',
        kinds: ['daily'],
      },
      {
        id: 'problems-day',
        list: 'largest',
        dimension: 'problem',
        most: 3,
        zh: '反映的问题主要是：{$items}。',
        en: 'The problems were mainly: {$items}.',
        itemZh: '{$item}{received}',
        itemEn: '{$item}: {received}',
        kinds: ['daily'],
      },
    ],
    [
      {
        id: 'subjects-risen',
        list: 'risen',
        dimension: 'subject',
        most: 3,
        zh: '同比上升超出正常波动的类别：{$items}。',
        en: 'Classes that rose beyond chance: {$items}.',
        itemZh: '{$item}{received}，{received.yoy}',
        itemEn: '{$item}: {received}, {received.yoy}',
        kinds: SUMMARIES,
      },
      {
        id: 'channels',
        list: 'largest',
        dimension: 'channel',
        most: 4,
        zh: '按来源渠道看：{$items}。',
        en: 'By channel: {$items}.',
        itemZh: '{$item}{received}[，占{received.share}]',
        itemEn: '{$item}: {received}[ ({received.share})]',
        kinds: SUMMARIES,
      },
      {
        id: 'divisions',
        list: 'largest',
        dimension: 'division',
        most: 3,
        zh: '投诉较多的乡镇街道：{$items}。',
        en: 'Townships with most complaints: {$items}.',
        itemZh: '{$item}{received}[，{received.yoy}]',
        itemEn: '{$item}: {received}[, {received.yoy}]',
        kinds: SUMMARIES,
      },
    ],
  ],
  charts: [
    {
      chart: 'cut',
      dimension: 'subject',
      of: 'received',
      title: { zh: '投诉居前的商品和服务类别（件）', en: 'Complaints by class of goods and services' },
      kinds: LONG,
    },
    {
      chart: 'cut',
      dimension: 'problem',
      of: 'received',
      title: { zh: '投诉问题性质（件）', en: 'Complaints by kind of problem' },
      kinds: LONG,
    },
  ],
  tables: [
    { table: 'subjects', kinds: LONG },
    { table: 'problems', kinds: LONG },
  ],
};

const HANDLING: SectionRule = {
  id: 'handling',
  zh: '处理与时限',
  en: 'Handling and time limits',
  kinds: ALL,
  paragraphs: [
    [
      {
        id: 'decisions-in-time',
        zh: '应当初查告知{decisionsInTime.denominator}，按时{decisionsInTime.numerator}，按时初查率{decisionsInTime}[，{decisionsInTime.yoy}][，{decisionsInTime.mom}]。',
        en: 'Of {decisionsInTime.denominator} decisions due {decisionsInTime.numerator} were told in time, {decisionsInTime}[, {decisionsInTime.yoy}].',
        kinds: LONG,
      },
      {
        id: 'closed-in-time',
        zh: '办结{closed}，按时办结率{closedInTimeRate}[，{closedInTimeRate.yoy}]。',
        en: '{closed} cases were closed, {closedInTimeRate} of them in time[, {closedInTimeRate.yoy}].',
        kinds: LONG,
      },
      {
        id: 'mediation',
        zh: '调解成功{settled}，调解成功率{mediationSuccessRate}[，{mediationSuccessRate.yoy}]。',
        en: '{settled} mediations succeeded, {mediationSuccessRate} of those that ended[, {mediationSuccessRate.yoy}].',
        kinds: LONG,
      },
      {
        id: 'partners',
        zh: '维权服务站先行和解占比{stationShare}，企业在线和解（ODR）占比{onlineShare}。',
        en: 'Rights stations settled {stationShare}, businesses online (ODR) {onlineShare}.',
        kinds: LONG,
      },
    ],
    [
      {
        id: 'response',
        zh: '首次响应用时中位数{responseMedian}，九成案件在{responseNinetieth}内响应。',
        en: 'Half of the cases had a first response within {responseMedian}, nine tenths within {responseNinetieth}.',
        kinds: LONG,
      },
      {
        id: 'close-time',
        zh: '办结用时中位数{closeMedian}，九成案件在{closeNinetieth}内办结。',
        en: 'Half of the cases were closed within {closeMedian}, nine tenths within {closeNinetieth}.',
        kinds: LONG,
      },
      {
        id: 'satisfaction',
        zh: '回访满意率{satisfactionRate}[，{satisfactionRate.yoy}]。',
        en: 'Of those called back {satisfactionRate} were satisfied[, {satisfactionRate.yoy}].',
        kinds: LONG,
      },
      {
        id: 'publication',
        zh: '应当公示{publicationRate.denominator}，公示率{publicationRate}。',
        en: 'Of {publicationRate.denominator} results to be published {publicationRate} were.',
        kinds: LONG,
      },
      {
        id: 'returned',
        zh: '退回{returned}[，每次退回平均耽误{hoursLostByReturns}]。',
        en: '{returned} cases were handed back[, each at a loss of {hoursLostByReturns}].',
        when: [{ of: 'returned', above: 0 }],
        kinds: SUMMARIES,
      },
      {
        id: 'late',
        zh: '逾期{late}[，{late.yoy}]。',
        en: '{late} cases passed their time limit[, {late.yoy}].',
        when: [{ of: 'late', above: 0 }],
        kinds: SUMMARIES,
      },
      {
        id: 'late-day',
        zh: '逾期{late}。',
        en: '{late} cases passed their time limit.',
        when: [{ of: 'late', above: 0 }],
        kinds: ['daily'],
      },
    ],
  ],
  tables: [{ table: 'indicators', kinds: LONG }],
};

const MONEY: SectionRule = {
  id: 'money',
  zh: '挽回损失',
  en: 'Losses recovered',
  kinds: LONG,
  paragraphs: [
    [
      {
        id: 'recovered',
        zh: '为消费者挽回经济损失{agreed}[，{agreed.yoy}]，其中有履行凭证的{proven}。',
        en: 'Losses of {agreed} were recovered by agreement[, {agreed.yoy}]; of {proven} payment is proven.',
        when: [{ of: 'agreed', above: 0 }],
      },
      {
        id: 'claimed',
        zh: '消费者诉求金额{claimed}。',
        en: 'Consumers claimed {claimed}.',
        when: [{ of: 'claimed', above: 0 }],
        kinds: SUMMARIES,
      },
      {
        id: 'recovered-per-case',
        zh: '件均挽回损失{recoveredPerCase}。',
        en: 'On average a settlement recovered {recoveredPerCase}.',
        when: [{ of: 'agreed', above: 0 }],
      },
      {
        id: 'paid-first',
        zh: '先行赔付{paidFirst}。',
        en: '{paidFirst} was paid first by venues and platforms.',
        when: [{ of: 'paidFirst', above: 0 }],
      },
    ],
  ],
};

const REPORTS: SectionRule = {
  id: 'reports',
  zh: '举报与案件',
  en: 'Reports and cases',
  kinds: SUMMARIES,
  paragraphs: [
    [
      {
        id: 'reports-verified',
        zh: '应当核查举报{reportsInTime.denominator}，举报按时核查率{reportsInTime}[，{reportsInTime.yoy}]。',
        en: 'Of {reportsInTime.denominator} reports due {reportsInTime} were verified in time[, {reportsInTime.yoy}].',
      },
      {
        id: 'reports-filed',
        zh: '举报立案率{filingRate}，立案{filingRate.numerator}。',
        en: 'Cases were filed on {filingRate.numerator} reports, {filingRate} of those decided on.',
      },
      {
        id: 'reports-resolved',
        zh: '当期举报中已立案或者说明理由的占{reportsResolved}。',
        en: 'Of the reports of the period {reportsResolved} were filed, or not filed for a stated reason.',
      },
      {
        id: 'fines',
        zh: '罚没款{fines}，案值{caseValue}。',
        en: 'Fines came to {fines}, the value of the cases to {caseValue}.',
        when: [{ of: 'fines', above: 0 }],
      },
    ],
  ],
};

const UNITS: SectionRule = {
  id: 'units',
  zh: '单位情况',
  en: 'Units',
  kinds: SUMMARIES,
  paragraphs: [
    [
      { id: 'units-decisions', units: 'decisionsInTime' },
      { id: 'units-closed', units: 'closedInTimeRate' },
      { id: 'units-mediation', units: 'mediationSuccessRate' },
    ],
  ],
  tables: [{ table: 'units', kinds: SUMMARIES }],
};

const ADVICE: SectionRule = {
  id: 'advice',
  zh: '下阶段建议',
  en: 'What to do next',
  kinds: ['monthly', 'yearly', 'daily'],
  points: true,
  paragraphs: [
    [
      {
        id: 'advise-alarms',
        alarms: true,
        zh: '核查预警“{$alarm}”，涉及投诉{alarm}，督促相关单位及时处置。',
        en: 'Look into the alarm “{$alarm}” with {alarm} complaints.',
      },
      {
        id: 'advise-late',
        zh: '对逾期的{late}逐件督办，查明环节和责任。',
        en: 'Follow up each of the {late} late cases.',
        when: [{ of: 'late', above: 0 }],
      },
      {
        id: 'advise-decisions',
        zh: '按时初查率为{decisionsInTime}，未达到全部按时，应当在时限届满前提醒承办人。',
        en: 'Decisions in time stand at {decisionsInTime}: remind officers before the limit runs out.',
        when: [{ of: 'decisionsInTime', below: 1 }],
        kinds: SUMMARIES,
      },
      {
        id: 'advise-risen',
        list: 'risen',
        dimension: 'subject',
        most: 3,
        zh: '针对上升明显的{$items}，安排专项检查和消费提示。',
        en: 'Inspect, and warn consumers, where complaints rose: {$items}.',
        itemZh: '{$item}（{received.yoy}）',
        itemEn: '{$item} ({received.yoy})',
        kinds: SUMMARIES,
      },
      {
        id: 'advise-returned',
        zh: '分析退回的{returned}，完善分派规则，减少往返。',
        en: 'Look at the {returned} returned cases and mend the rules of routing.',
        when: [{ of: 'returned', above: 0 }],
        kinds: SUMMARIES,
      },
      {
        id: 'advise-publication',
        zh: '公示率为{publicationRate}，应当补齐尚未公示的投诉信息。',
        en: 'Publication stands at {publicationRate}: publish what is still missing.',
        when: [{ of: 'publicationRate', below: 1 }],
        kinds: SUMMARIES,
      },
      {
        id: 'advise-proof',
        zh: '协议金额{agreed}中有履行凭证的为{proven}，应当回访核实履行。',
        en: 'Of {agreed} agreed {proven} is proven paid: call back and ask for proof.',
        when: [{ of: 'agreed', above: 0 }],
        kinds: SUMMARIES,
      },
    ],
  ],
};

/** In the order in which the bureaus write. */
export const SECTIONS: readonly SectionRule[] = [INTAKE, STRUCTURE, HANDLING, MONEY, REPORTS, UNITS, ADVICE];

/** Indicators of the table of main figures, in their order. */
export const MAIN_INDICATORS = [
  'received',
  'reportsReceived',
  'inquiriesReceived',
  'accepted',
  'refused',
  'handled',
  'closed',
  'handlingRateFlow',
  'decisionRate',
  'handlingRate',
  'replyRate',
  'decisionsInTime',
  'closedInTimeRate',
  'responseRate',
  'mediationSuccessRate',
  'resolutionRate',
  'publicationRate',
  'reportsInTime',
  'filingRate',
  'satisfactionRate',
  'late',
  'returned',
  'agreed',
  'proven',
  'paidFirst',
  'fines',
] as const satisfies IndicatorId[];

/** Of all kinds of cases together, reports among them, and the bureau's own business: not for everybody. */
export const NOT_PUBLIC: ReadonlySet<IndicatorId> = new Set<IndicatorId>(['late', 'returned']);

/** By what the units below are compared. */
export const UNIT_INDICATORS = [
  'decisionsInTime',
  'closedInTimeRate',
  'mediationSuccessRate',
] as const satisfies IndicatorId[];
