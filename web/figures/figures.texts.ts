import type { Counter } from '../../shared/statistics/counters.ts';
import type { Pair } from '../components/texts.ts';

export const FIGURES = {
  title: { zh: '统计公示', en: 'Figures' },
  intro: {
    zh: '每个比率都写明怎么算，数字来自每一件案件的办理记录。',
    en: 'Every rate says how it is worked out; the numbers come from the record of each case.',
  },
  unit: { zh: '单位', en: 'Unit' },
  month: { zh: '月份', en: 'Month' },
  asOf: { zh: '数据截至 {time}', en: 'As of {time}' },
  cases: { zh: '本月办了多少', en: 'Steps taken in the month' },
  casesHint: {
    zh: '按办理步骤发生的日期统计，单位：件。',
    en: 'Counted by the day each step was taken; number of cases.',
  },
  rounded: {
    zh: '为不指向具体个人，市局以下单位的件数按 {to} 的倍数取整，金额按千元取整，不列每天的数字。',
    en: 'So that no figure points to a person, counts of units below the city are rounded to multiples of {to}, sums to a thousand yuan, and single days are left out.',
  },
  moreCounters: { zh: '其他办理步骤', en: 'Further steps' },
  rates: { zh: '各项比率', en: 'Rates' },
  ratesHint: {
    zh: '写明"收到中"的，是本月收到的案件到目前为止的情况；其余分子分母都是本月发生的步骤，上月受理、本月办理的案件会使比率超过 100%。',
    en: 'Where a formula says “received, and …”, it is about the cases received in this month, as they stand by now. The others count steps of this month: what was accepted earlier and handled now can lift a rate above 100%.',
  },
  fewCases: { zh: '案件太少，不公布', en: 'Too few cases' },
  noRate: { zh: '无法计算', en: 'n/a' },
  noRateHint: { zh: '分母为 0', en: 'nothing to divide by' },
  divided: { zh: '{numerator} ÷ {denominator}', en: '{numerator} ÷ {denominator}' },
  money: { zh: '挽回经济损失', en: 'Recovered for consumers' },
  agreed: { zh: '协议金额', en: 'Agreed' },
  agreedHint: {
    zh: '调解协议中商家同意退、赔、付的总额',
    en: 'What businesses agreed to pay back or give in settlements',
  },
  proven: { zh: '其中已履行', en: 'Of it proven paid' },
  provenHint: { zh: '有凭证证明已经付清', en: 'Shown by proof of payment' },
  claimed: { zh: '投诉人要求', en: 'Claimed' },
  claimedHint: {
    zh: '本月登记的投诉中要求的总额',
    en: 'Total asked for in complaints registered in the month',
  },
  perDay: { zh: '每天的数字', en: 'Day by day' },
  chart: {
    zh: '柱状图：{month}每天{first}和调解成功的件数，共{first} {received} 件，调解成功 {settled} 件。数字见下表。',
    en: 'Bar chart: {first} and settled on each day of {month}; {received} and {settled} in all. The table below has the numbers.',
  },
  day: { zh: '日期', en: 'Day' },
  onlyDays: { zh: '没有列出的日子各项均为 0。', en: 'Days that are not listed have zero in every column.' },
  nothing: { zh: '这个月还没有数据。', en: 'There is nothing for this month yet.' },
  total: { zh: '合计', en: 'Total' },
  amountsIn: { zh: '金额单位：元', en: 'Sums in yuan' },
} as const satisfies Record<string, Pair>;

/** Counters of cases in the order of a case's life; the first group is read by everybody. */
export const CASE_COUNTERS = {
  received: { zh: '投诉登记', en: 'Complaints' },
  reportsReceived: { zh: '举报登记', en: 'Reports' },
  inquiriesReceived: { zh: '咨询登记', en: 'Inquiries' },
  distributed: { zh: '分送', en: 'Handed to units' },
  accepted: { zh: '受理', en: 'Accepted' },
  refused: { zh: '不予受理', en: 'Refused' },
  settled: { zh: '调解成功', en: 'Settled' },
  terminated: { zh: '终止调解', en: 'Mediation ended' },
  closed: { zh: '办结', en: 'Closed' },
  late: { zh: '逾期', en: 'Late' },
} as const satisfies Partial<Record<Counter, Pair>>;

/** Further counters, folded away, by what they belong to. */
export const MORE_COUNTERS = {
  referred: { zh: '转人工分派', en: 'Left to dispatchers' },
  returned: { zh: '退回', en: 'Handed back' },
  reconciled: { zh: '先行和解', en: 'Settled with the business' },
  withdrawn: { zh: '撤回', en: 'Withdrawn' },
  performed: { zh: '协议履行', en: 'Performed' },
  joined: { zh: '并案', en: 'Joined' },
  published: { zh: '公示', en: 'Published' },
  excluded: { zh: '不予公示', en: 'Not published' },
  reopened: { zh: '重新办理', en: 'Reopened' },
  calledBack: { zh: '回访', en: 'Called back' },
  satisfied: { zh: '回访满意', en: 'Satisfied when called' },
  supervised: { zh: '督办', en: 'Supervision orders' },
  verified: { zh: '举报核查', en: 'Reports verified' },
  filed: { zh: '立案', en: 'Filed' },
  notFiled: { zh: '不予立案', en: 'Not filed' },
  decided: { zh: '作出决定', en: 'Decided' },
  handedOver: { zh: '移送', en: 'Handed over' },
  answered: { zh: '咨询答复', en: 'Inquiries answered' },
  pointedElsewhere: { zh: '告知其他途径', en: 'Pointed elsewhere' },
} as const satisfies Partial<Record<Counter, Pair>>;

/** Columns of the table by day: what does not fit stands in the tiles. */
export const DAY_COUNTERS = [
  'received',
  'reportsReceived',
  'distributed',
  'accepted',
  'refused',
  'settled',
  'terminated',
  'closed',
  'late',
] as const satisfies readonly (keyof typeof CASE_COUNTERS)[];

/** Sums beside what was recovered for consumers. */
export const MORE_SUMS = {
  paidFirstFen: { zh: '其中先行赔付', en: 'Of it paid first by trader or venue' },
  fineFen: { zh: '罚没款', en: 'Fines' },
  caseValueFen: { zh: '案值', en: 'Value of cases' },
  rewardFen: { zh: '举报奖励', en: 'Rewards to informers' },
} as const satisfies Partial<Record<Counter, Pair>>;
