import type { LocalDate } from '../dates.ts';

/** WD = working day (工作日), ND = natural day (日), Y = year (年). */
export type PeriodUnit = 'WD' | 'ND' | 'Y';

/** Every period that the rules know. */
export const CLOCKS = [
  'distribute',
  'accept',
  'mediate',
  'tell-termination',
  'verify-clue',
  'verify-report',
  'decide-case',
  'authority-dispute',
  'identity',
  'recusal',
  'station-first',
  'confirm-first',
  'publish',
  'promise',
  'answer',
  'supervision',
  'tell-informer',
  'limitation',
  'refund-delay',
] as const;

/** A period that runs while somebody owes a step. */
export type ClockId = (typeof CLOCKS)[number];

/** A text in both languages. */
export interface Words {
  zh: string;
  en: string;
}

/** Why days inside a period may not be counted. */
export type PauseReason =
  | 'testing'
  | 'appraisal'
  | 'inspection'
  | 'quarantine'
  | 'right-holder'
  | 'suspension'
  | 'hearing'
  | 'announcement';

const ART_22 = '总局令第121号第二十二条第三款';
const PROCEDURE_ART_18 = '市场监督管理行政处罚程序规定第十八条';
const PROCEDURE_ART_64 = '市场监督管理行政处罚程序规定第六十四条';

/** The words of each reason, and the articles that take its days out of a period. */
export const PAUSE_REASONS: Readonly<Record<PauseReason, Words & { basis: string }>> = {
  testing: { zh: '检测', en: 'testing', basis: `${ART_22}；${PROCEDURE_ART_18}；${PROCEDURE_ART_64}` },
  appraisal: { zh: '鉴定', en: 'expert appraisal', basis: `${ART_22}；${PROCEDURE_ART_18}` },
  inspection: { zh: '检验', en: 'inspection', basis: PROCEDURE_ART_18 },
  quarantine: { zh: '检疫', en: 'quarantine', basis: PROCEDURE_ART_18 },
  'right-holder': {
    zh: '权利人辨认或者鉴别',
    en: 'identification by the right holder',
    basis: PROCEDURE_ART_18,
  },
  suspension: { zh: '中止', en: 'suspension', basis: PROCEDURE_ART_64 },
  hearing: { zh: '听证', en: 'the hearing', basis: PROCEDURE_ART_64 },
  announcement: { zh: '公告', en: 'public announcement', basis: PROCEDURE_ART_64 },
};

/** One period: what is owed, from when, how long, and under which article. */
export interface ClockRule {
  /** In `unit`s. */
  length: number;
  unit: PeriodUnit;
  /** What must be done before it ends. */
  duty: Words;
  /** The event it starts from; the day of that event is not counted. */
  starts: Words;
  /** Article, in Chinese. */
  basis: string;
  /** True: the law sets no number, the bureau does (`BureauSettings.lengths`); `length` is the default. */
  internal: boolean;
  /** How the period may be lengthened, and how often. */
  extension?: { length: number; unit: PeriodUnit; times: number; basis: string };
  /** The reasons for which days are not counted; for any other the clock runs on. */
  pauses: readonly PauseReason[];
}

export interface RulePack {
  id: 'CN-SAMR-20' | 'CN-SAMR-121';
  clocks: Readonly<Partial<Record<ClockId, ClockRule>>>;
}

const VERIFICATION_EXTENSION = { length: 15, unit: 'WD', times: 1 } as const;

const CLOCKS_121: Readonly<Record<Exclude<ClockId, 'tell-informer'>, ClockRule>> = {
  distribute: {
    length: 1,
    unit: 'WD',
    duty: { zh: '分送有处理权限的机构', en: 'Hand the case to the competent unit' },
    starts: { zh: '统一接收机构收到投诉举报', en: 'receipt by the hub' },
    basis: '总局令第121号第四十一条"及时"；内部时限',
    internal: true,
    pauses: [],
  },
  accept: {
    length: 7,
    unit: 'WD',
    duty: { zh: '决定是否受理并告知投诉人', en: 'Accept or refuse, and tell the complainant' },
    starts: { zh: '有处理权限的部门收到投诉', en: 'receipt by the competent authority' },
    basis: '总局令第121号第十五条',
    internal: false,
    pauses: [],
  },
  mediate: {
    length: 60,
    unit: 'ND',
    duty: { zh: '达成调解协议或者终止调解', en: 'Reach an agreement or end the mediation' },
    starts: { zh: '受理投诉', en: 'acceptance of the complaint' },
    basis: '总局令第121号第二十三条第一款第（五）项',
    internal: false,
    // A recusal (Art. 21) suspends the mediation, not this period: Art. 22 takes out nothing else.
    pauses: ['testing', 'appraisal'],
  },
  'tell-termination': {
    length: 7,
    unit: 'WD',
    duty: { zh: '将终止调解告知双方', en: 'Tell both sides that the mediation has ended' },
    starts: { zh: '作出终止调解决定', en: 'the decision to end the mediation' },
    basis: '总局令第121号第二十三条第二款',
    internal: false,
    pauses: [],
  },
  'verify-clue': {
    length: 15,
    unit: 'WD',
    duty: { zh: '核查违法线索并决定是否立案', en: 'Verify the clue and decide whether to file a case' },
    starts: { zh: '调解中发现违法线索', en: 'discovery of the clue while mediating' },
    basis: '总局令第121号第二十七条第一款',
    internal: false,
    extension: { ...VERIFICATION_EXTENSION, basis: '总局令第121号第二十七条第一款' },
    pauses: [],
  },
  'verify-report': {
    length: 15,
    unit: 'WD',
    duty: { zh: '核查举报并决定是否立案', en: 'Verify the report and decide whether to file a case' },
    starts: { zh: '收到举报', en: 'receipt of the report' },
    basis: PROCEDURE_ART_18,
    internal: false,
    extension: { ...VERIFICATION_EXTENSION, basis: PROCEDURE_ART_18 },
    pauses: ['testing', 'inspection', 'quarantine', 'appraisal', 'right-holder'],
  },
  'decide-case': {
    length: 90,
    unit: 'ND',
    duty: { zh: '对立案的案件作出处理决定', en: 'Decide the case that was filed' },
    starts: { zh: '立案', en: 'filing of the case' },
    basis: PROCEDURE_ART_64,
    internal: false,
    extension: { length: 30, unit: 'ND', times: 1, basis: PROCEDURE_ART_64 },
    pauses: ['suspension', 'hearing', 'announcement', 'testing'],
  },
  'authority-dispute': {
    length: 7,
    unit: 'WD',
    duty: {
      zh: '协商确定处理机关或者报请共同的上一级指定',
      en: 'Agree on the authority, or ask the common superior',
    },
    starts: { zh: '发生权限争议', en: 'the dispute over who handles it' },
    basis: '总局令第121号第三十三条',
    internal: false,
    pauses: [],
  },
  identity: {
    length: 3,
    unit: 'WD',
    duty: { zh: '投诉人提供身份证明材料', en: 'The complainant hands in proof of identity' },
    starts: { zh: '发出限期提供身份证明材料通知书', en: 'the notice that asks for the proof' },
    basis: '总局令第121号第十条第三款；内部时限',
    internal: true,
    pauses: [],
  },
  recusal: {
    length: 3,
    unit: 'WD',
    duty: { zh: '作出是否回避的决定', en: 'Decide whether the mediator is replaced' },
    starts: { zh: '收到回避申请', en: 'receipt of the application for recusal' },
    basis: '总局令第121号第二十一条第二款；内部时限',
    internal: true,
    pauses: [],
  },
  'station-first': {
    length: 10,
    unit: 'WD',
    duty: { zh: '与消费者协商并登记结果', en: 'Negotiate with the consumer and record the result' },
    starts: {
      zh: '转交企业或者消费维权服务站',
      en: 'hand-over to the business or the rights station in the venue',
    },
    basis: '全国12315平台工作指引',
    internal: false,
    pauses: [],
  },
  'confirm-first': {
    length: 5,
    unit: 'WD',
    duty: { zh: '消费者确认或者拒绝和解方案', en: 'The consumer confirms or refuses the settlement offered' },
    starts: { zh: '维权服务站或者经营者提出和解方案', en: 'the offer of the rights station or the business' },
    basis: '先行和解；内部时限',
    internal: true,
    pauses: [],
  },
  publish: {
    length: 7,
    unit: 'WD',
    duty: { zh: '公示投诉信息或者说明不公示的理由', en: 'Publish the complaint, or state why not' },
    starts: { zh: '办结', en: 'close of the case' },
    basis: '总局令第121号第三十八条；内部时限',
    internal: true,
    pauses: [],
  },
  promise: {
    length: 0,
    unit: 'WD',
    duty: { zh: '兑现对投诉人的承诺', en: 'Keep what was promised to the complainant' },
    starts: { zh: '承诺的日期', en: 'the day that was promised' },
    basis: '内部时限',
    internal: true,
    pauses: [],
  },
  answer: {
    length: 5,
    unit: 'WD',
    duty: { zh: '答复或者告知相应途径', en: 'Answer, or say which route to take' },
    starts: { zh: '收到咨询', en: 'receipt of the inquiry' },
    basis: '总局令第121号第四十四条；内部时限',
    internal: true,
    pauses: [],
  },
  supervision: {
    length: 3,
    unit: 'WD',
    duty: { zh: '反馈督办事项', en: 'Answer the supervision order' },
    starts: { zh: '上级督办', en: 'the order from above' },
    basis: '督办；内部时限',
    internal: true,
    pauses: [],
  },
  limitation: {
    length: 3,
    unit: 'Y',
    duty: { zh: '提出投诉', en: 'File the complaint' },
    starts: {
      zh: '知道或者应当知道权益受到侵害',
      en: 'when the complainant knew or should have known of the harm',
    },
    basis: '总局令第121号第十六条第（四）项',
    internal: false,
    pauses: [],
  },
  'refund-delay': {
    length: 15,
    unit: 'ND',
    duty: {
      zh: '经营者满足消费者的要求，逾期可认定故意拖延',
      en: 'The business meets the demand; after that, delay counts as deliberate',
    },
    starts: { zh: '消费者提出要求', en: 'the consumer’s demand' },
    basis: '侵害消费者权益行为处罚办法第八条、第九条',
    internal: false,
    pauses: [],
  },
};

/** Order 121 of the State Administration for Market Regulation, in force since 2026-04-15. */
const ORDER_121: RulePack = { id: 'CN-SAMR-121', clocks: CLOCKS_121 };

/**
 * Order 20, for what was received before. Its 45 working days of mediation gave way on 2024-07-01 to the
 * 60 days of the Implementing Regulations (Decree 778): `ORDER_20_BEFORE_DECREE_778` is for older cases.
 */
const ORDER_20: RulePack = {
  id: 'CN-SAMR-20',
  clocks: {
    ...CLOCKS_121,
    distribute: { ...CLOCKS_121.distribute, basis: '内部时限' },
    accept: { ...CLOCKS_121.accept, basis: '总局令第20号第十四条' },
    mediate: { ...CLOCKS_121.mediate, basis: '国务院令第778号第四十六条' },
    'tell-termination': { ...CLOCKS_121['tell-termination'], basis: '总局令第20号第二十一条第二款' },
    'verify-clue': {
      ...CLOCKS_121['verify-clue'],
      basis: '总局令第20号',
      extension: { ...VERIFICATION_EXTENSION, basis: '总局令第20号' },
    },
    'authority-dispute': { ...CLOCKS_121['authority-dispute'], basis: '总局令第20号' },
    identity: { ...CLOCKS_121.identity, basis: '内部时限' },
    recusal: { ...CLOCKS_121.recusal, basis: '内部时限' },
    publish: { ...CLOCKS_121.publish, basis: '内部时限' },
    answer: { ...CLOCKS_121.answer, basis: '内部时限' },
    limitation: { ...CLOCKS_121.limitation, basis: '总局令第20号第十五条第（四）项' },
    // Order 121 dropped it: now the law that grants the informer an answer sets the period (Art. 36).
    'tell-informer': {
      length: 5,
      unit: 'WD',
      duty: {
        zh: '将是否立案告知实名举报人',
        en: 'Tell the informer, if known by name, whether a case was filed',
      },
      starts: { zh: '作出是否立案决定', en: 'the decision on filing' },
      basis: '总局令第20号第三十一条第二款',
      internal: false,
      pauses: [],
    },
  },
};
const ORDER_20_BEFORE_DECREE_778: RulePack = {
  ...ORDER_20,
  clocks: {
    ...ORDER_20.clocks,
    mediate: { ...CLOCKS_121.mediate, length: 45, unit: 'WD', basis: '总局令第20号第二十一条' },
  },
};

/** Newest first: the first pack whose day is not after the day of receipt applies. */
const IN_FORCE_FROM: readonly (readonly [LocalDate, RulePack])[] = [
  ['2026-04-15', ORDER_121],
  ['2024-07-01', ORDER_20],
  ['0000-01-01', ORDER_20_BEFORE_DECREE_778],
];

/**
 * The rules for a case received on this day; a later change of the law does not touch it.
 * @throws RangeError for a day before the year 0
 */
export function rulePackFor(receivedOn: LocalDate): RulePack {
  const entry = IN_FORCE_FROM.find(([from]) => receivedOn >= from);
  if (entry === undefined) throw new RangeError(`no rule pack for ${receivedOn}`);
  return entry[1];
}

/**
 * One period for a case received on this day, with the bureau's own length where the law sets none. A length
 * that a bureau sets for a limit of law is not heeded.
 * @throws RangeError for a clock that the rules of that day do not have
 */
export function clockRule(
  receivedOn: LocalDate,
  id: ClockId,
  settings: { readonly lengths: Readonly<Partial<Record<ClockId, number>>> },
): ClockRule {
  const pack = rulePackFor(receivedOn);
  const rule = pack.clocks[id];
  if (rule === undefined) throw new RangeError(`${pack.id} has no clock ${id}`);
  return rule.internal ? { ...rule, length: settings.lengths[id] ?? rule.length } : rule;
}

/** The periods whose length a bureau may set for itself, with the defaults. */
export const INTERNAL_LENGTHS: Readonly<Partial<Record<ClockId, number>>> = Object.fromEntries(
  Object.entries(CLOCKS_121)
    .filter(([, { internal }]) => internal)
    .map(([id, { length }]) => [id, length]),
);
