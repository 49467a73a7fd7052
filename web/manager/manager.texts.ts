import type { Counter } from '../../shared/statistics/counters.ts';
import type { Indicator } from '../../shared/statistics/indicators.ts';
import type { Pair } from '../components/texts.ts';

export const MANAGER = {
  intro: {
    zh: '每个数字都能点开，看到它背后的每一件案件。',
    en: 'Every number opens to the cases behind it.',
  },
  views: { zh: '管理看板的各部分', en: 'Parts of this page' },
  unit: { zh: '单位', en: 'Unit' },
  length: { zh: '时段', en: 'Period' },
  period: { zh: '哪一期', en: 'Which one' },
  month: { zh: '按月', en: 'Month' },
  quarter: { zh: '按季', en: 'Quarter' },
  year: { zh: '按年', en: 'Year' },
  quarterName: { zh: '{year}年第{quarter}季度', en: 'Q{quarter} {year}' },
  yearName: { zh: '{year}年', en: '{year}' },

  glance: { zh: '本期概览', en: 'At a glance' },
  trend: { zh: '趋势与结构', en: 'Trend and structure' },
  units: { zh: '单位比较', en: 'Units compared' },
  alarms: { zh: '预警', en: 'Early warning' },
  reports: { zh: '报告', en: 'Reports' },

  asOf: {
    zh: '数据截至 {time} · 本期 {days} 个工作日',
    en: 'As of {time} · {days} working days in the period',
  },
  running: {
    zh: '本期尚未结束：环比、同比是与完整的上期、去年同期相比，只作参考，不判断好坏。',
    en: 'The period is not over: it is set against whole earlier periods, so changes are shown without a judgement.',
  },
  change: { zh: '{name} {arrow} {words}', en: '{name} {arrow} {words}' },
  before: { zh: '环比', en: 'On the period before' },
  lastYear: { zh: '同比', en: 'On a year ago' },
  festival: { zh: '同比（按春节对齐）', en: 'On a year ago, aligned to the Spring Festival' },
  up: { zh: '上升 {by}', en: 'up {by}' },
  down: { zh: '下降 {by}', en: 'down {by}' },
  same: { zh: '持平', en: 'unchanged' },
  nearlySame: { zh: '基本持平', en: 'nearly unchanged' },
  luck: { zh: '，在偶然波动以内', en: ', no more than chance' },
  was: { zh: '（原为 {value}）', en: ' (was {value})' },
  nothingBefore: { zh: '无可比数据', en: 'nothing to compare with' },
  better: { zh: '，向好', en: ', better' },
  worse: { zh: '，变差', en: ', worse' },
  points: { zh: '{points} 个百分点', en: '{points} percentage points' },
  tooFew: { zh: '样本太少，不宜比较', en: 'Too few cases to compare' },
  none: { zh: '无法计算', en: 'n/a' },
  noDenominator: { zh: '分母为 0', en: 'nothing to divide by' },
  noResidents: { zh: '本单位没有登记常住人口', en: 'No number of residents is on record' },
  nothingMeasured: { zh: '本期没有可计算的案件', en: 'No case to measure in the period' },
  divided: { zh: '{above} ÷ {below}', en: '{above} ÷ {below}' },
  interval: { zh: '95% 区间 {from}—{to}', en: '95% interval {from} to {to}' },
  perWorkingDay: { zh: '每个工作日', en: 'Per working day' },
  how: { zh: '怎么算的', en: 'How it is worked out' },
  formula: { zh: '公式', en: 'Formula' },
  source: { zh: '出处', en: 'Source' },
  view: { zh: '口径', en: 'Counted by' },
  openCases: { zh: '查看 {name} 背后的案件', en: 'Show the cases behind {name}' },

  behind: { zh: '数字背后的案件：{name}', en: 'The cases behind: {name}' },
  only: { zh: '只看：{name}', en: 'Only: {name}' },
  counter: { zh: '看哪一项', en: 'Which count' },
  close: { zh: '关闭', en: 'Close' },
  more: { zh: '更多', en: 'More' },
  shown: { zh: '已列出 {count} 件。', en: '{count} cases listed.' },
  comesTo: { zh: '合计 {sum}。', en: 'Together: {sum}.' },
  noCases: { zh: '本期没有这样的案件。', en: 'There is no such case in the period.' },
  sealed: {
    zh: '另有 {count} 条属于您无权查看的案件，只计数，不列出。',
    en: '{count} more belong to cases that you may not see; they are counted, not listed.',
  },
  lateBooked: { zh: '{date} 补记', en: 'written down on {date}' },
  takenBack: { zh: '冲减', en: 'taken back' },
  sealedState: { zh: '密封', en: 'sealed' },

  trendOf: { zh: '看哪两项', en: 'Which two' },
  numbers: { zh: '图中的数字', en: 'The numbers of the chart' },
  trendTitle: { zh: '近 13 个月', en: 'The last 13 months' },
  trendHint: {
    zh: '柱是“{bar}”，线是“{line}”。当月数字几分钟更新一次，可能还不含今天。',
    en: 'Bars: {bar}. Line: {line}. The present month follows within minutes and may lack today.',
  },
  trendSummary: {
    zh: '图：{from}至{to}各月的{bar}（柱）和{line}（线）。数字见下表。',
    en: 'Chart: {bar} (bars) and {line} (line) by month, {from} to {to}. The table below has the numbers.',
  },
  inWan: { zh: '图中单位：万元', en: 'In the chart: ten thousand yuan' },
  monthColumn: { zh: '月份', en: 'Month' },
  subject: { zh: '投诉最多的商品服务', en: 'Goods and services most complained of' },
  problem: { zh: '投诉最多的问题', en: 'Problems most complained of' },
  topTen: {
    zh: '前 10 类，占比按全部收到的投诉计算。',
    en: 'The first ten; shares of all complaints received.',
  },
  noCuts: { zh: '本期还没有分类数字。', en: 'There are no figures by class for this period yet.' },
  class: { zh: '类别', en: 'Class' },
  count: { zh: '件数', en: 'Complaints' },
  share: { zh: '占比', en: 'Share' },

  rate: { zh: '比较哪个比率', en: 'Rate' },
  unitsHint: {
    zh: '“应有水平”是全局按该单位的问题构成能达到的水平；区间不含它，才说好于或差于。样本太少的不排名，与应有水平分不出的并列。',
    en: '“Expected” is what the whole would have reached with this unit’s mix of problems. Only where the interval leaves it out is a unit called better or worse. Units with too few cases have no rank; those as expected share one.',
  },
  overall: { zh: '全部合计 {value}', en: 'All together: {value}' },
  rank: { zh: '排名', en: 'Rank' },
  value: { zh: '数值', en: 'Value' },
  cases: { zh: '分子 ÷ 分母', en: 'Cases' },
  intervalColumn: { zh: '95% 区间', en: '95% interval' },
  expected: { zh: '应有水平', en: 'Expected' },
  verdict: { zh: '判断', en: 'Verdict' },
  noUnits: { zh: '这个单位下面没有别的单位。', en: 'There are no units below this one.' },

  atOneLook: { zh: '最要紧的数字', en: 'The figures that matter most' },
  mapHint: {
    zh: '示意图，只表示相对位置，不是行政区域界线。▲ 好于、▼ 差于按案件构成应有的水平；点开看下级单位。',
    en: 'A sketch of where they lie to each other, no boundaries. ▲ better, ▼ worse than their mix of cases lets expect; a tile opens the units below.',
  },
  due: { zh: '临期与超期', en: 'Due soon' },
  dueHint: {
    zh: '到 {until} 为止五个工作日内的法定与内部时限。现在能办的，就不会超期。',
    en: 'Periods that end within five working days, until {until}. What is done now will not be late.',
  },
  dueIncomplete: {
    zh: '待办很多，已超期的和快到期的各只数了最急的五千件。',
    en: 'So many are due that only the five thousand most urgent were counted, of the late and of the others each.',
  },
  nothingDue: { zh: '五个工作日内没有到期的案件。', en: 'Nothing is due within five working days.' },
  lateUnknown: {
    zh: '超期件数没有取到，刷新本页再试。',
    en: 'What is overdue could not be counted. Please load this page again.',
  },
  overdue: { zh: '已超期', en: 'Overdue' },
  today: { zh: '今天到期', en: 'Due today' },
  dueOn: { zh: '{date} 到期', en: 'Due {date}' },
  dueSince: { zh: '{date} 已到期', en: 'Was due {date}' },
  dueUntil: { zh: '至 {date} 到期', en: 'Due until {date}' },
  mostUrgent: { zh: '最急的案件', en: 'The most urgent cases' },
  alarmsHint: {
    zh: '近 90 天的预警。请核实后标记；系统按标记计算预警的准确率。',
    en: 'Alarms of the last 90 days. Look into each and mark it; the precision is reckoned from the marks.',
  },
  noAlarms: { zh: '近 90 天没有预警。', en: 'No alarm in the last 90 days.' },
  precision: {
    zh: '准确率 {share}（{right} 条属实，{wrong} 条不属实，{open} 条待核实）',
    en: 'Precision {share} ({right} true, {wrong} false, {open} to be looked at)',
  },
  precisionInterval: { zh: '，95% 区间 {from}—{to}', en: ', 95% interval {from} to {to}' },
  notYet: { zh: '尚无', en: 'none yet' },
  byWatch: { zh: '各类预警的准确率', en: 'Precision by kind of alarm' },
  urgent: { zh: '紧急', en: 'Urgent' },
  also: { zh: '同时触发：{names}', en: 'Also rose: {names}' },
  days: { zh: '{from} 至 {to}', en: '{from} to {to}' },
  caseCount: { zh: '{count} 件投诉', en: '{count} complaints' },
  alarmCases: { zh: '涉及的案件', en: 'Its cases' },
  casesListed: { zh: '列出其中 {count} 件', en: '{count} of them are listed' },
  marks: { zh: '核实记录', en: 'What people found' },
  mark: { zh: '核实结果', en: 'What was found' },
  markTrue: { zh: '属实', en: 'It is true' },
  markFalse: { zh: '不属实', en: 'It is a false alarm' },
  why: { zh: '核实的情况', en: 'How it was found' },
  saveMark: { zh: '记录核实结果', en: 'Record what was found' },
  draft: { zh: '起草消费提示', en: 'Draft a consumer warning' },
  draftTitle: { zh: '消费提示草稿', en: 'Draft of the consumer warning' },
  published: { zh: '已发布：{number}', en: 'Published: {number}' },
  inChinese: { zh: '中文', en: 'In Chinese' },
  inEnglish: { zh: '英文', en: 'In English' },
  named: { zh: '公开经营者名称：{name}（{why}）', en: 'The business is named: {name} ({why})' },
  notNamed: { zh: '草稿不写经营者名称。', en: 'The draft names no business.' },
  name: { zh: '经营者名称', en: 'Name of the business' },
  nameWhy: { zh: '公开名称的理由', en: 'Why it is named' },
  nameIt: { zh: '公开这个名称', en: 'Name this business' },
  publishWarning: { zh: '发布消费提示', en: 'Publish the warning' },
  sureWarning: {
    zh: '发布后任何人都能看到，订阅者会收到短信，不能撤回。',
    en: 'Everybody will see it and subscribers get an SMS. It cannot be taken back.',
  },
  yesPublish: { zh: '确定，发布', en: 'Yes, publish it' },
  recorded: { zh: '已记录', en: 'Recorded' },

  order: { zh: '订一份报告', en: 'Order a report' },
  kind: { zh: '种类', en: 'Kind' },
  reportPeriod: { zh: '时段', en: 'Period' },
  day: { zh: '日期', en: 'Day' },
  language: { zh: '语言', en: 'Language' },
  formats: { zh: '格式', en: 'Formats' },
  needFormat: { zh: '请至少选择一种格式', en: 'Please choose at least one format' },
  send: { zh: '生成报告', en: 'Compose the report' },
  ordered: {
    zh: '已开始生成，完成后可以在下面下载。',
    en: 'It is being composed; you can download it below when ready.',
  },
  list: { zh: '最近的报告', en: 'Latest reports' },
  noReports: { zh: '还没有报告。', en: 'There are no reports yet.' },
  askedAt: { zh: '{time} 提出', en: 'asked for {time}' },
  readyAt: { zh: '{time} 完成', en: 'ready {time}' },
  publishedAt: { zh: '{time} 已公布', en: 'published {time}' },
  progress: { zh: '进度 {done}/{of}', en: '{done} of {of}' },
  download: { zh: '下载 {format}', en: 'Get {format}' },
  yesReport: { zh: '确定，公布', en: 'Yes, publish it' },
  publishReport: { zh: '公布', en: 'Publish' },
  sureReport: {
    zh: '公布后，以后更正的数字会与公布时的数字并列显示。',
    en: 'From then on, a figure that is corrected later is shown beside the published one.',
  },
} as const satisfies Record<string, Pair>;

export const GROUPS = {
  intake: { zh: '来件', en: 'Intake' },
  handling: { zh: '办理', en: 'Handling' },
  time: { zh: '时效', en: 'Time' },
  outcome: { zh: '结果', en: 'Outcome' },
  money: { zh: '挽回损失', en: 'Money' },
  reports: { zh: '举报', en: 'Reports of violations' },
  voice: { zh: '群众评价', en: 'Voice of the people' },
  partners: { zh: '社会共治', en: 'Partners' },
} as const satisfies Record<Indicator['group'], Pair>;

/** The one figure of each group that is read first. */
export const HEADLINES: Readonly<Record<string, string>> = {
  intake: 'received',
  handling: 'handlingRate',
  time: 'closedInTimeRate',
  outcome: 'resolutionRate',
  money: 'agreed',
  reports: 'reportsInTime',
  voice: 'satisfactionRate',
  partners: 'stationShare',
};

export const COUNTED_BY = {
  flow: {
    zh: '发生制：本期发生的办理步骤，不论案件何时收到',
    en: 'Flow: steps taken in the period, whenever the case came in',
  },
  cohort: {
    zh: '收件制：本期收到的案件，到目前为止办到哪一步',
    en: 'Cohort: cases received in the period, as they stand by now',
  },
} as const satisfies Record<Indicator['view'], Pair>;

/** Beside a value, where there is room for a word only. */
export const COUNTED_BY_SHORT = {
  flow: { zh: '发生制', en: 'flow' },
  cohort: { zh: '收件制', en: 'cohort' },
} as const satisfies Record<Indicator['view'], Pair>;

export const VERDICTS = {
  better: { zh: '好于应有水平', en: 'Better than expected' },
  'as-expected': { zh: '与应有水平相当', en: 'As expected' },
  worse: { zh: '差于应有水平', en: 'Worse than expected' },
  'too-few': { zh: '样本太少，不宜比较', en: 'Too few cases to compare' },
} as const satisfies Record<string, Pair>;

export const REPORT_STATES = {
  asked: { zh: '排队中', en: 'Waiting' },
  composing: { zh: '正在生成', en: 'Being composed' },
  ready: { zh: '已完成', en: 'Ready' },
  failed: { zh: '没有生成，系统会再试', en: 'Failed; it will be tried again' },
} as const satisfies Record<string, Pair>;

export const LANGUAGE_NAMES = {
  zh: { zh: '中文', en: 'Chinese' },
  en: { zh: '英文', en: 'English' },
} as const satisfies Record<string, Pair>;

/** What the trend shows together: bars and a line. */
export const TRENDS: readonly (Pair & { id: string; bar: Counter; line: Counter })[] = [
  { id: 'work', zh: '收到投诉与办结', en: 'Received and closed', bar: 'received', line: 'closed' },
  { id: 'mediation', zh: '受理与调解成功', en: 'Accepted and settled', bar: 'accepted', line: 'settled' },
  {
    id: 'money',
    zh: '挽回损失：协议与已履行',
    en: 'Money agreed and proven',
    bar: 'agreedFen',
    line: 'provenFen',
  },
  { id: 'trouble', zh: '退回与逾期', en: 'Handed back and late', bar: 'returned', line: 'late' },
];

/** Where an indicator comes from; Chinese is what the catalogue of indicators says. */
export const SOURCES: Readonly<Record<string, string>> = {
  各级市场监管部门工作总结口径: 'As bureaus count in their work summaries',
  '各级市场监管部门工作总结口径：挽回经济损失': 'As bureaus count in their work summaries: losses recovered',
  '市场监管总局消费维权指标（按时初查率、按时办结率、调解成功率、举报按时核查率、公示率）':
    'SAMR indicators of consumer protection',
  '襄阳市12315"三个100%"': 'Xiangyang 12315, the “three 100%”',
  '襄阳市12315"转化案件零疏漏"': 'Xiangyang 12315, no report dropped on its way to a case',
  '12345热线考核（响应率、解决率、满意率）': 'Assessment of the 12345 hotlines',
  '国办发〔2019〕51号"好差评"': 'State Council Office [2019] No. 51, “good or bad” ratings',
  先行赔付制度: 'Pay-first schemes',
};
