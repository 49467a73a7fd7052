import { PAUSE_REASONS } from '../law/rule-packs.ts';
import { PROBLEM_NAMES, SUBJECT_NAMES } from '../understanding/names.ts';
import type { Field, Fields } from './fields.ts';
import {
  EXCLUSION_REASONS,
  REFUSAL_GROUNDS,
  RETURN_REASONS,
  REWARD_BASES,
  TERMINATION_GROUNDS,
} from './grounds.ts';
import { MONEY_ENTRIES } from './money-entries.ts';
import {
  CONSENTED_MODES,
  DECISIONS,
  MEDIATION_DOCUMENTS,
  NEW_KINDS,
  OTHER_AUTHORITIES,
  PARTIES,
  PAYERS,
  POINTS,
  SATISFACTION,
  TOLD_BY,
  TOLD_FORMS,
} from './options.ts';

/*
 * Every step that can be taken on a case: its name, the event it writes, and what it asks for. Who may take it,
 * when, and what it leads to stands in life-cycle/. Words a person writes are `text` fields: they are kept apart
 * from the facts and erased when their purpose ends.
 */

const text = (zh: string, en: string, longest = 2_000) => ({ type: 'text', zh, en, longest }) as const;
const need = <F extends Field>(field: F) => ({ ...field, required: true }) as const;
const yes = (zh: string, en: string) => ({ type: 'yes', zh, en }) as const;
const date = (zh: string, en: string) => ({ type: 'date', zh, en }) as const;
const fen = (zh: string, en: string) => ({ type: 'fen', zh, en }) as const;
const unit = (zh: string, en: string) => ({ type: 'unit', zh, en }) as const;
const person = (zh: string, en: string) => ({ type: 'person', zh, en }) as const;
const caseNumber = (zh: string, en: string) => ({ type: 'case-number', zh, en }) as const;
const choice = <O extends Readonly<Record<string, { zh: string; en: string }>>>(
  zh: string,
  en: string,
  options: O,
) => ({ type: 'choice', zh, en, options }) as const;

const note = text('说明', 'Note');
const reason = need(text('理由', 'Reason'));
const evidence = need(text('依据材料', 'Evidence', 500));

interface ActionDefinition {
  zh: string;
  en: string;
  /** What happened, for the history: one kind of event for each action. */
  event: string;
  fields: Fields;
}

export const ACTIONS = {
  distribute: {
    zh: '分送',
    en: 'Hand to a unit',
    event: 'distributed',
    fields: { unit: need(unit('承办单位', 'Unit')), note },
  },
  refer: { zh: '转人工分派', en: 'Leave to the dispatcher', event: 'referred', fields: {} },
  recall: { zh: '撤回分送', en: 'Call back what was just handed out', event: 'recalled', fields: {} },
  return: {
    zh: '退回',
    en: 'Hand back to the hub',
    event: 'returned',
    fields: { reason: need(choice('退回原因', 'Reason', RETURN_REASONS)), note },
  },
  unreachable: {
    zh: '联系不上平台内经营者',
    en: 'The shop on the platform is not reached',
    event: 'not-reached',
    fields: { note: need(text('联系经过（何时、怎样联系）', 'When and how it was tried', 500)) },
  },
  'raise-dispute': {
    zh: '提出管辖争议',
    en: 'Dispute who is competent',
    event: 'dispute-raised',
    fields: { reason },
  },
  designate: {
    zh: '指定处理机关',
    en: 'Designate the authority',
    event: 'designated',
    fields: { unit: need(unit('指定的单位', 'Unit designated')), note },
  },
  reclassify: {
    zh: '改变类型',
    en: 'Change the kind',
    event: 'reclassified',
    fields: { kind: need(choice('类型', 'Kind', NEW_KINDS)), note },
  },
  'correct-understanding': {
    zh: '更正分类',
    en: 'Set the classes right',
    event: 'understanding-corrected',
    fields: {
      problem: choice('问题类别', 'Problem', PROBLEM_NAMES),
      subject: choice('商品服务类别', 'Goods or service', SUBJECT_NAMES),
      division: { type: 'division', zh: '经营地区划代码', en: 'Division code of the business' },
      creditCode: {
        type: 'credit-code',
        zh: '经营者的统一社会信用代码',
        en: 'Credit code of the business',
      },
      noBusiness: yes('不是名册中的经营者', 'None of the businesses known'),
    },
  },
  'split-report': {
    zh: '分出举报',
    en: 'Split off the report',
    event: 'report-split',
    fields: { text: need(text('举报内容（涉嫌违法线索）', 'The report: signs of a violation', 10_000)) },
  },
  'open-clue': {
    zh: '登记违法线索',
    en: 'Open a case on a violation found',
    event: 'clue-opened',
    fields: { text: need(text('调解中发现的线索', 'What was found while mediating', 10_000)) },
  },
  'ask-proof': {
    zh: '要求补正身份证明或材料',
    en: 'Ask for proof of identity or missing parts',
    event: 'proof-asked',
    fields: {
      wanted: need(text('需要补正的材料', 'What is missing', 500)),
      until: date('补正期限', 'Last day'),
    },
  },
  'receive-proof': {
    zh: '收到补正',
    en: 'Proof received',
    event: 'proof-received',
    fields: { note },
  },
  'offer-first': {
    zh: '转先行和解',
    en: 'Hand to a rights station or the business first',
    event: 'offered-first',
    fields: {
      partner: need({
        type: 'partner',
        zh: '维权服务站或者经营者',
        en: 'Rights station or business',
      } as const),
      consumerAgrees: need(yes('投诉人同意', 'The consumer agrees')),
      contactAgreed: yes('投诉人同意对方直接联系本人', 'The consumer agrees to be contacted by them'),
    },
  },
  'resend-offer': {
    zh: '补发办理链接',
    en: 'Send the link once more',
    event: 'offer-resent',
    fields: { note },
  },
  'offer-settlement': {
    zh: '提出和解方案',
    en: 'Offer a settlement',
    event: 'settlement-offered',
    fields: {
      // Not `agreedFen`: nothing is agreed, and counted, before the consumer says so.
      offeredFen: need(fen('和解金额', 'Sum offered')),
      terms: need(text('和解内容', 'What is offered', 1_000)),
      promisedOn: date('履行日期', 'Paid or done by'),
    },
  },
  'confirm-settlement': {
    zh: '确认和解方案',
    en: 'Confirm the settlement',
    event: 'settlement-confirmed',
    fields: {
      note,
      representedConsent: yes('被代表的投诉人均已同意', 'All complainants represented agree'),
    },
  },
  'hand-back': {
    zh: '退回先行和解',
    en: 'Hand back unsettled',
    event: 'handed-back',
    fields: { reason },
  },
  'move-on': { zh: '先行和解期满', en: 'The time to settle first is over', event: 'moved-on', fields: {} },
  reconcile: {
    zh: '和解成功',
    en: 'Settled with the business first',
    event: 'reconciled',
    fields: {
      agreedFen: need(fen('和解金额', 'Sum agreed')),
      provenFen: fen('已履行金额', 'Sum proven paid'),
      note,
    },
  },
  insist: {
    zh: '要求继续处理',
    en: 'The consumer wants the authority',
    event: 'insisted',
    fields: { note },
  },
  accept: {
    zh: '受理',
    en: 'Accept',
    event: 'accepted',
    fields: {
      authoritySeen: yes(
        '已核对授权委托书原件和代理人身份证明',
        'Power of attorney and identity of the agent were seen',
      ),
      note,
    },
  },
  refuse: {
    zh: '不予受理',
    en: 'Refuse',
    event: 'refused',
    fields: {
      ground: need(choice('法定情形', 'Ground', REFUSAL_GROUNDS)),
      reason,
    },
  },
  tell: {
    zh: '登记告知',
    en: 'Record that a party was told',
    event: 'told',
    fields: {
      form: need(choice('文书', 'Form', TOLD_FORMS)),
      party: need(choice('被告知人', 'Party', PARTIES)),
      by: need(choice('告知方式', 'How', TOLD_BY)),
      proof: need(text('送达证明', 'Proof', 300)),
    },
  },
  'start-mediation': {
    zh: '组织调解',
    en: 'Start the mediation',
    event: 'mediation-started',
    fields: {
      complainantConsents: need(yes('投诉人同意调解', 'The complainant agrees')),
      businessConsents: need(yes('被投诉人同意调解', 'The business agrees')),
      mode: need(choice('调解方式', 'How', CONSENTED_MODES)),
      meetsAt: { type: 'time', zh: '时间', en: 'Time' },
      place: text('地点', 'Place', 200),
      mediators: text('调解人员', 'Mediators', 200),
    },
  },
  'begin-testing': {
    zh: '送检（中止期限）',
    en: 'Send for testing (stops the period)',
    event: 'testing-begun',
    fields: {
      kind: need(choice('事由', 'Reason', PAUSE_REASONS)),
      institution: need(text('检测、鉴定机构', 'Institution', 200)),
      costAgreed: need(yes('双方已商定费用承担', 'Both agree who pays')),
      evidence,
    },
  },
  'end-testing': {
    zh: '检测结束（恢复期限）',
    en: 'Testing is over (the period goes on)',
    event: 'testing-ended',
    fields: { evidence },
  },
  'apply-recusal': {
    zh: '申请回避',
    en: 'Apply for recusal',
    event: 'recusal-applied',
    fields: {
      party: need(choice('申请人', 'Applicant', PARTIES)),
      mediator: need(text('被申请回避的调解人员', 'Mediator', 60)),
      reason,
    },
  },
  'decide-recusal': {
    zh: '决定回避',
    en: 'Decide on recusal',
    event: 'recusal-decided',
    fields: {
      granted: need(yes('同意回避', 'Granted')),
      officer: person('新的承办人', 'New officer'),
      reason,
    },
  },
  entrust: {
    zh: '委托调解',
    en: 'Entrust to an association',
    event: 'entrusted',
    fields: {
      organisation: need(text('受委托组织', 'Organisation', 120)),
      complainantConsents: need(yes('投诉人同意委托', 'The complainant agrees')),
      businessConsents: need(yes('被投诉人同意委托', 'The business agrees')),
    },
  },
  'take-back': {
    zh: '收回委托',
    en: 'Take back from the association',
    event: 'taken-back',
    fields: { note },
  },
  settle: {
    zh: '达成协议',
    en: 'Record the agreement',
    event: 'settled',
    fields: {
      agreedFen: need(fen('协议金额', 'Sum agreed')),
      provenFen: fen('已履行金额', 'Sum proven paid'),
      document: need(choice('调解书', 'Mediation document', MEDIATION_DOCUMENTS)),
      agreement: text('协议内容', 'What was agreed', 5_000),
      promisedOn: date('约定履行日期', 'Day promised'),
      representedConsent: yes('被代表的投诉人均已同意', 'All complainants represented agree'),
    },
  },
  perform: {
    zh: '已履行',
    en: 'Performed',
    event: 'performed',
    fields: {
      provenFen: need(fen('本次履行金额', 'Sum paid')),
      paidBy: need(choice('付款方', 'Paid by', PAYERS)),
      evidence,
    },
  },
  terminate: {
    zh: '终止调解',
    en: 'End the mediation',
    event: 'terminated',
    fields: {
      ground: need(choice('法定情形', 'Ground', TERMINATION_GROUNDS)),
      reason,
    },
  },
  withdraw: {
    zh: '撤回投诉',
    en: 'Withdraw',
    event: 'withdrawn',
    fields: { note, representedConsent: yes('被代表的投诉人均已同意', 'All complainants represented agree') },
  },
  close: {
    zh: '办结',
    en: 'Close',
    event: 'closed',
    fields: {
      found: need(text('查明情况', 'What was found', 5_000)),
      done: need(text('处理经过', 'What was done', 5_000)),
      received: need(text('消费者得到什么', 'What the consumer got', 2_000)),
      routes: need(text('后续救济途径', 'Routes left', 2_000)),
    },
  },
  publish: { zh: '公示', en: 'Publish', event: 'published', fields: { note } },
  exclude: {
    zh: '不予公示',
    en: 'Do not publish',
    event: 'excluded',
    fields: { reason: need(choice('原因', 'Reason', EXCLUSION_REASONS)), note },
  },
  'call-back': {
    zh: '回访',
    en: 'Call back',
    event: 'called-back',
    fields: {
      reached: need(yes('已联系上', 'Reached')),
      satisfaction: choice('满意度', 'Satisfaction', SATISFACTION),
      performed: yes('承诺已兑现', 'The promise was kept'),
      note,
    },
  },
  reopen: { zh: '重新办理', en: 'Reopen', event: 'reopened', fields: { reason } },
  'ask-reopen': {
    zh: '请求重新办理',
    en: 'Ask to take it up again',
    event: 'reopen-asked',
    fields: { reason: need(text('为什么要重新办理', 'Why it should be taken up again', 2_000)) },
  },
  join: {
    zh: '并案',
    en: 'Join under a lead case',
    event: 'joined',
    fields: {
      lead: need(caseNumber('主办案件编号', 'Lead case')),
      sameMatter: need(
        yes(
          '同一经营者、同一争议，投诉人同意（举报：同一举报人）',
          'Same business and dispute, the complainant agrees (reports: the same informer)',
        ),
      ),
      newFacts: yes('补充了新事实', 'It adds new facts'),
    },
  },
  'take-in': { zh: '并入案件', en: 'Take a case in', event: 'taken-in', fields: {} },
  unjoin: { zh: '拆案', en: 'Take out again', event: 'unjoined', fields: { note } },
  'let-out': { zh: '拆出案件', en: 'Let a case out', event: 'let-out', fields: {} },
  'flag-incident': {
    zh: '发现群体性投诉',
    en: 'Recognised a mass incident',
    event: 'incident-flagged',
    fields: {},
  },

  // Reports
  verify: {
    zh: '核查',
    en: 'Record the verification',
    event: 'verified',
    fields: { found: need(text('核查情况', 'What was found', 5_000)) },
  },
  'begin-pause': {
    zh: '扣除期限',
    en: 'Stop the period',
    event: 'pause-begun',
    fields: { kind: need(choice('事由', 'Reason', PAUSE_REASONS)), evidence },
  },
  'end-pause': { zh: '恢复期限', en: 'The period goes on', event: 'pause-ended', fields: { evidence } },
  extend: {
    zh: '批准延期',
    en: 'Approve an extension',
    event: 'extended',
    fields: { until: date('集体讨论决定的期限', 'Last day, by collective decision'), reason },
  },
  'file-case': {
    zh: '立案',
    en: 'File a case',
    event: 'filed',
    fields: { fileNumber: text('立案号', 'File number', 60), reason },
  },
  'not-file': { zh: '不予立案', en: 'Do not file', event: 'not-filed', fields: { reason } },
  decide: {
    zh: '作出决定',
    en: 'Decide the case',
    event: 'decided',
    fields: {
      decision: need(choice('决定', 'Decision', DECISIONS)),
      fineFen: fen('罚没款', 'Fine'),
      caseValueFen: fen('案值', 'Case value'),
      basis: need(text('法律依据', 'Legal basis', 500)),
    },
  },
  reward: {
    zh: '奖励举报人',
    en: 'Reward the informer',
    event: 'rewarded',
    fields: {
      rewardFen: need(fen('奖励金额', 'Reward')),
      basis: need(choice('依据', 'Basis', REWARD_BASES)),
    },
  },
  'hand-over': {
    zh: '移送',
    en: 'Hand to another authority',
    event: 'handed-over',
    fields: {
      authority: need(choice('接收机关', 'To', OTHER_AUTHORITIES)),
      name: need(text('机关名称', 'Name', 120)),
      reason,
    },
  },
  'point-elsewhere': {
    zh: '告知其他途径',
    en: 'Point elsewhere',
    event: 'pointed-elsewhere',
    fields: { route: need(text('应当向哪里提出', 'Where to turn', 500)) },
  },
  'add-facts': { zh: '补充新事实', en: 'New facts came in', event: 'facts-added', fields: {} },
  'add-words': {
    zh: '补充说明',
    en: 'Add to what was said',
    event: 'words-added',
    fields: { text: need(text('补充内容', 'What is added', 10_000)) },
  },
  rate: {
    zh: '评价',
    en: 'Rate',
    event: 'rated',
    fields: {
      points: need(choice('评价', 'Points', POINTS)),
      remark: text('评价内容', 'Remark', 500),
    },
  },

  // Inquiries
  answer: {
    zh: '答复',
    en: 'Answer',
    event: 'answered',
    fields: { answer: need(text('答复内容', 'Answer', 5_000)) },
  },

  // Every kind: who works on it, who watches over it, notes, money
  assign: {
    zh: '指派承办人',
    en: 'Assign',
    event: 'assigned',
    fields: { officer: need(person('承办人', 'Officer')) },
  },
  unassign: { zh: '撤销指派', en: 'Take off who is on it', event: 'unassigned', fields: { note } },
  take: { zh: '认领', en: 'Take the case', event: 'taken', fields: {} },
  'take-over': {
    zh: '领导包案',
    en: 'A leader takes it over',
    event: 'taken-over',
    fields: { leader: need(person('包案领导', 'Leader')), reason },
  },
  'add-unit': {
    zh: '增加协办单位',
    en: 'Add a unit that helps',
    event: 'unit-added',
    fields: { unit: need(unit('协办单位', 'Unit')), reason },
  },
  supervise: {
    zh: '督办',
    en: 'Supervision order',
    event: 'supervised',
    fields: {
      order: need(text('督办要求', 'Order', 1_000)),
      answerBy: need(date('反馈期限', 'Answer by')),
    },
  },
  'answer-supervision': {
    zh: '督办反馈',
    en: 'Answer the order',
    event: 'supervision-answered',
    fields: { feedback: need(text('反馈', 'Answer', 2_000)) },
  },
  alarm: { zh: '紧急情况告警', en: 'Alarm: an emergency', event: 'alarmed', fields: {} },
  remind: { zh: '到期提醒', en: 'Remind', event: 'reminded', fields: {} },
  escalate: { zh: '逾期上报', en: 'Escalate', event: 'escalated', fields: {} },
  'recount-dates': { zh: '重算期限', en: 'Recount the dates', event: 'dates-recounted', fields: {} },
  propose: { zh: '报请审核', en: 'Propose to the head', event: 'proposed', fields: {} },
  approve: { zh: '审核同意', en: 'Approve', event: 'approved', fields: {} },
  decline: { zh: '审核退回', en: 'Decline', event: 'declined', fields: { reason } },
  note: {
    zh: '备注',
    en: 'Note',
    event: 'noted',
    fields: { text: need(text('备注', 'Note')), mention: person('提请注意', 'For the attention of') },
  },
  'record-money': {
    zh: '登记金额',
    en: 'Record money',
    event: 'money-recorded',
    fields: {
      entry: need(choice('科目', 'Entry', MONEY_ENTRIES)),
      fen: need(fen('金额', 'Sum')),
      paidBy: choice('付款方', 'Paid by', PAYERS),
      evidence,
    },
  },
  'correct-money': {
    zh: '更正金额',
    en: 'Correct money',
    event: 'money-corrected',
    fields: {
      entry: need(choice('科目', 'Entry', MONEY_ENTRIES)),
      fen: need({ type: 'fen', signed: true, zh: '增减金额', en: 'Plus or minus' } as const),
      reason,
    },
  },
  'add-complainant': {
    zh: '增加共同投诉人',
    en: 'Add a joint complainant',
    event: 'complainant-added',
    fields: {
      name: need(text('姓名', 'Name', 60)),
      phone: need(text('电话', 'Phone', 30)),
      address: text('地址', 'Address', 200),
      consents: need(yes('同意共同投诉', 'Agrees to complain together')),
    },
  },
  'correct-identity': {
    zh: '更正个人信息',
    en: 'Correct personal data',
    event: 'identity-corrected',
    fields: {},
  },
  'issue-form': {
    zh: '制发分送通知书',
    en: 'Issue the distribution notice',
    event: 'form-issued',
    fields: { reportBy: date('报告结果期限', 'Report by') },
  },
  erase: { zh: '清除个人信息', en: 'Erase personal data', event: 'erased', fields: {} },
} as const satisfies Record<string, ActionDefinition>;

export type Action = keyof typeof ACTIONS;
export type EventType = 'registered' | (typeof ACTIONS)[Action]['event'];

/** The kinds of events, for whoever reads them from outside. */
export const EVENT_TYPES = ['registered', ...Object.values(ACTIONS).map(({ event }) => event)] as [
  EventType,
  ...EventType[],
];

/** The fields of an action, as plain rows. */
export function fieldsOf(action: Action): Fields {
  return ACTIONS[action].fields;
}
