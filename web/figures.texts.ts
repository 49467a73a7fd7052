import type { Pair } from './texts.ts';

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
  onlyCity: {
    zh: '登记、转人工分派和投诉人要求的金额只计入市局：登记时还不知道由哪个单位办理。',
    en: 'Complaints received, left to dispatchers, and sums claimed are counted for the city only: when they come in, nobody knows yet which unit will handle them.',
  },
  rates: { zh: '各项比率', en: 'Rates' },
  ratesHint: {
    zh: '分子分母都是本月发生的步骤。上月受理、本月办结的案件会使比率超过 100%。',
    en: 'Both sides count steps of this month. What was accepted earlier and closed now can lift a rate above 100%.',
  },
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

/** Counters of cases in the order of a case's life. */
export const CASE_COUNTERS = {
  received: { zh: '登记', en: 'Received' },
  distributed: { zh: '分送', en: 'Handed to stations' },
  referred: { zh: '转人工分派', en: 'Left to dispatchers' },
  returned: { zh: '退回', en: 'Handed back' },
  accepted: { zh: '受理', en: 'Accepted' },
  refused: { zh: '不予受理', en: 'Refused' },
  settled: { zh: '调解成功', en: 'Settled' },
  terminated: { zh: '终止调解', en: 'Mediation ended' },
} as const satisfies Record<string, Pair>;
