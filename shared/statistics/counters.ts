import type { LocalDate } from '../dates.ts';

/** In what a counter is counted: sums of money in fen, spans of time in whole hours or natural days. */
type CounterUnit = 'cases' | 'fen' | 'hours' | 'days' | 'points';

export interface CounterDefinition {
  zh: string;
  en: string;
  unit: CounterUnit;
  /** Sealed about reports (Art. 37): in open figures a single reward on a day would point to one informer. */
  sealed?: true;
}

const counter = (zh: string, en: string, unit: CounterUnit = 'cases'): CounterDefinition => ({
  zh,
  en,
  unit,
});
const sealed = (zh: string, en: string, unit: CounterUnit = 'cases'): CounterDefinition => ({
  zh,
  en,
  unit,
  sealed: true,
});

/**
 * What is counted per unit and day. Which event adds what, and on which day, stands in contributions.ts:
 * flows count on the day of the step, `due…` on the last day of the period, `of…` (the cohort: of those received
 * that day, how many are so by now) on the day of receipt.
 */
export const COUNTER_DEFINITIONS = {
  received: counter('收到投诉', 'Complaints received'),
  reportsReceived: sealed('收到举报', 'Reports received'),
  inquiriesReceived: counter('收到咨询及其他', 'Inquiries and others received'),
  distributed: counter('分送', 'Handed to units'),
  referred: counter('转人工分派', 'Left to the dispatcher'),
  returned: counter('退回', 'Handed back'),
  returnedHours: counter('退回耗时', 'Hours lost by returns', 'hours'),
  responded: counter('首次响应', 'First responses'),
  respondedInTime: counter('24 小时内首次响应', 'First responses within 24 hours'),
  responseHours: counter('首次响应用时', 'Hours to the first response', 'hours'),
  offeredFirst: counter('转先行和解', 'Handed to a rights station or business first'),
  reconciled: counter('先行和解成功', 'Settled with the business first'),
  reconciledAtStation: counter('维权服务站和解', 'Settled by a rights station'),
  reconciledOnline: counter('企业在线和解（ODR）', 'Settled by a business online (ODR)'),
  accepted: counter('受理', 'Accepted'),
  refused: counter('不予受理', 'Refused'),
  settled: counter('调解成功', 'Settled'),
  performed: counter('协议履行', 'Performed'),
  terminated: counter('终止调解', 'Mediations ended'),
  withdrawn: counter('撤回', 'Withdrawn'),
  handled: counter('处理', 'Handled'),
  handledTold: counter('处理后已告知', 'Handled and told'),
  closed: counter('办结', 'Closed'),
  closedInTime: counter('按时办结', 'Closed in time'),
  closeDays: counter('办结用时', 'Days to close', 'days'),
  published: counter('公示', 'Published'),
  excluded: counter('不予公示', 'Not published'),
  reopened: counter('重新办理', 'Reopened'),
  joined: counter('并案', 'Joined'),
  calledBack: counter('回访', 'Called back'),
  satisfied: counter('满意', 'Satisfied'),
  rated: counter('评价', 'Rated'),
  ratedPoints: counter('评价得分', 'Points given', 'points'),
  dueDecisions: counter('应当初查告知', 'Decisions to be told'),
  dueDecisionsInTime: counter('按时初查告知', 'Decisions told in time'),
  duePublications: counter('应当公示', 'To be published'),
  duePublicationsDone: counter('按时公示', 'Published in time'),
  verified: sealed('举报核查', 'Reports verified'),
  dueVerifications: sealed('应当核查举报', 'Reports to be verified'),
  dueVerificationsInTime: sealed('举报按时核查', 'Reports verified in time'),
  filed: sealed('立案', 'Cases filed'),
  notFiled: sealed('不予立案', 'Not filed'),
  decided: sealed('作出决定', 'Decided'),
  handedOver: sealed('移送', 'Handed to another authority'),
  answered: counter('答复咨询', 'Inquiries answered'),
  pointedElsewhere: counter('告知其他途径', 'Pointed elsewhere'),
  supervised: counter('督办', 'Supervision orders'),
  late: counter('逾期', 'Late'),
  claimedFen: counter('诉求金额', 'Claimed', 'fen'),
  agreedFen: counter('挽回经济损失（协议）', 'Recovered losses (agreed)', 'fen'),
  provenFen: counter('挽回经济损失（已履行）', 'Recovered losses (proven paid)', 'fen'),
  paidFirstFen: counter('先行赔付', 'Paid first', 'fen'),
  fineFen: sealed('罚没款', 'Fines', 'fen'),
  caseValueFen: sealed('案值', 'Case value', 'fen'),
  rewardFen: sealed('举报奖励', 'Rewards', 'fen'),
  ofReceived: counter('当期收到（不含并案）', 'Received in the period (joined ones left out)'),
  ofDecided: counter('收到中已作受理决定', 'Received, and decided on'),
  ofAccepted: counter('收到中已受理', 'Received, and accepted'),
  ofHandled: counter('收到中已处理', 'Received, and handled'),
  ofTold: counter('收到中已告知结果', 'Received, and told the result'),
  ofSolved: counter('收到中已解决', 'Received, and solved'),
  ofClosed: counter('收到中已办结', 'Received, and closed'),
  ofReports: sealed('当期收到举报', 'Reports received in the period'),
  ofReportsResolved: sealed(
    '收到中已立案或者说明理由',
    'Received, and filed, or not filed for a stated reason',
  ),
} as const satisfies Record<string, CounterDefinition>;

export type Counter = keyof typeof COUNTER_DEFINITIONS;
export const COUNTERS = Object.keys(COUNTER_DEFINITIONS) as Counter[];
export type Counts = Partial<Record<Counter, number>>;

/** What open figures of one unit never show. */
export const SEALED_COUNTERS: ReadonlySet<Counter> = new Set(
  COUNTERS.filter((name) => 'sealed' in COUNTER_DEFINITIONS[name] && COUNTER_DEFINITIONS[name].sealed),
);

/** Counters of one unit on one day, or a change to them. */
export interface Increment {
  unit: string;
  day: LocalDate;
  counts: Counts;
}

/** Adds up increments per unit and day, in any order; sums are exact because all numbers are integers. */
export function fold(increments: Iterable<Increment>): Increment[] {
  const sums = new Map<string, Increment>();
  for (const { unit, day, counts } of increments) {
    const key = `${unit} ${day}`;
    const sum = sums.get(key);
    sums.set(key, { unit, day, counts: sum === undefined ? counts : add(sum.counts, counts) });
  }
  return [...sums.values()];
}

export function add(left: Counts, right: Counts, weight = 1): Counts {
  const sum: Counts = { ...left };
  for (const [name, value] of Object.entries(right) as [Counter, number][]) {
    sum[name] = (sum[name] ?? 0) + weight * value;
  }
  return sum;
}

/** Counts without the counters that stand at zero: what was taken back leaves no trace. */
export function withoutZeros(counts: Counts): Counts {
  return Object.fromEntries(Object.entries(counts).filter(([, value]) => value !== 0));
}
