import type { CaseEvent } from '../shared/case/case.ts';
import type { Role } from '../shared/people/roles.ts';
import type { Pair } from './texts.ts';

export const DESK = {
  title: { zh: '工作台', en: 'Desk' },
  signInIntro: {
    zh: '分派员、承办人和负责人从这里办理投诉。用本单位的统一身份认证登录。',
    en: 'Dispatchers, officers and managers handle complaints here. Sign in with your bureau account.',
  },
  signIn: { zh: '登录', en: 'Sign in' },
  signOut: { zh: '退出登录', en: 'Sign out' },
  expired: {
    zh: '登录已过期。您填写的内容都在，请重新登录后继续。',
    en: 'Your sign-in has run out. What you typed is kept; sign in again to go on.',
  },
  openCases: { zh: '待办案件', en: 'Open cases' },
  unit: { zh: '单位', en: 'Unit' },
  refresh: { zh: '刷新', en: 'Refresh' },
  count: { zh: '共 {count} 件', en: '{count} open' },
  countMore: { zh: '已列出 {count} 件，还有更多', en: '{count} listed, there are more' },
  lateCount: { zh: '{count} 件已超期', en: '{count} late' },
  updated: { zh: '{time} 更新', en: 'as of {time}' },
  notUpdated: { zh: '没有刷新成功，显示的是 {time} 的内容', en: 'Not refreshed; this is as of {time}' },
  arrived: { zh: '新到 {count} 件', en: '{count} new' },
  more: { zh: '再列出一些', en: 'List more' },
  none: { zh: '没有待办案件。', en: 'There are no open cases.' },
  noneHint: {
    zh: '新的投诉送到后会自动出现在这里。',
    en: 'New complaints appear here by themselves.',
  },
  chooseStation: {
    zh: '这里列的是直接停在本单位的案件。要看监管所的案件，请在上面选单位。',
    en: 'This lists what lies with this unit itself. Choose a station above to see its cases.',
  },
  noBusiness: { zh: '没有写商家', en: 'No business named' },
  keys: {
    zh: '键盘：{next} 上下移动，{open} 打开，{close} 关闭',
    en: 'Keys: {next} to move, {open} to open, {close} to close',
  },
  pick: { zh: '从左边选一件案件。', en: 'Choose a case on the left.' },
  readOnly: { zh: '您可以查看，不能办理。', en: 'You can look, not act.' },
  noActions: { zh: '现在没有您可以办理的步骤。', en: 'There is no step for you to take now.' },
  back: { zh: '返回列表', en: 'Back to the list' },
  caseNumber: { zh: '编号 {number}', en: 'Case {number}' },
  registered: { zh: '登记时间', en: 'Registered' },
  business: { zh: '被投诉人', en: 'Business' },
  businessAddress: { zh: '经营地址', en: 'Its address' },
  division: { zh: '行政区划代码', en: 'Division code' },
  text: { zh: '投诉内容', en: 'Complaint' },
  request: { zh: '投诉请求', en: 'Request' },
  paid: { zh: '消费金额', en: 'Paid' },
  claimed: { zh: '要求金额', en: 'Claimed' },
  occurredOn: { zh: '发生日期', en: 'Day of the incident' },
  complainant: { zh: '投诉人', en: 'Complainant' },
  identityNote: { zh: '本次查看已记录。', en: 'This look has been recorded.' },
  hubReason: { zh: '待分派原因', en: 'Why it is at the hub' },
  ground: { zh: '理由', en: 'Ground' },
  recovered: { zh: '挽回损失', en: 'Recovered' },
  history: { zh: '办理记录', en: 'History' },
  theCase: { zh: '案件', en: 'Case' },
  act: { zh: '办理', en: 'Take a step' },

  acceptHint: {
    zh: '受理后开始计算调解期限，请同时告知投诉人。',
    en: 'The time for mediation begins. Tell the complainant.',
  },
  agreed: { zh: '协议金额（元）', en: 'Sum agreed (yuan)' },
  agreedHint: {
    zh: '商家同意退、赔、付的总额；没有金额填 0',
    en: 'All the business agreed to pay back or give; 0 if there is no sum',
  },
  provenSum: { zh: '其中已履行（元）', en: 'Of it paid (yuan)' },
  provenHint: {
    zh: '有凭证证明已经付清的部分；没有就留空',
    en: 'The part proven to be paid; leave empty if none',
  },
  provenAbove: { zh: '已履行金额不能大于协议金额', en: 'The sum paid cannot exceed the sum agreed' },
  note: { zh: '备注', en: 'Note' },
  refusalGround: { zh: '不予受理的情形', en: 'Ground of refusal' },
  terminationGround: { zh: '终止调解的情形', en: 'Ground to end the mediation' },
  returnReason: { zh: '退回原因', en: 'Reason to hand back' },
  chooseOne: { zh: '请选择一项', en: 'Please choose one' },
  findStation: { zh: '找监管所', en: 'Find a station' },
  findStationHint: { zh: '输入名称、区县或代码的一部分', en: 'Type part of its name, county or code' },
  station: { zh: '分送给', en: 'Hand to' },
  candidates: { zh: '系统建议', en: 'Suggested' },
  chooseAStation: { zh: '请选择监管所', en: 'Please choose a station' },
  confirm: { zh: '确认{action}', en: 'Confirm: {action}' },
  sending: { zh: '正在办理…', en: 'Working…' },
  notSent: {
    zh: '没有收到系统的回复，填写的内容还在。请再试一次；如果上一次其实已办成，会提示案件已有变动。',
    en: 'No answer came; what you typed is here. Try again: if the first attempt did arrive, you are told that the case has moved on.',
  },
  movedOn: {
    zh: '这件案件已被办理过，状态有变。已为您重新载入，请核对后再办。',
    en: 'Somebody has moved this case on. It was loaded again: please check before you act.',
  },
  changed: { zh: '这件案件刚刚有变动。', en: 'This case has just changed.' },
  reload: { zh: '重新载入', en: 'Load it again' },
  gone: {
    zh: '这件案件已经不在您的单位，可能已退回或者转走。',
    en: 'This case is no longer with your unit; it may have been handed back.',
  },
  done: { zh: '已记录：{action}', en: 'Recorded: {action}' },
  next: { zh: '下一件', en: 'Next case' },
} as const satisfies Record<string, Pair>;

export const ROLE_NAMES = {
  officer: { zh: '承办人', en: 'officer' },
  dispatcher: { zh: '分派员', en: 'dispatcher' },
  manager: { zh: '负责人', en: 'manager' },
  consumer: { zh: '投诉人', en: 'complainant' },
  system: { zh: '系统', en: 'system' },
} as const satisfies Record<Role | CaseEvent['actor']['role'], Pair>;

/** Facts that a case was sent to a station by. */
export const DISTRIBUTION_BASES: Readonly<Record<string, Pair>> = {
  'division-code': { zh: '按行政区划代码', en: 'by the division code' },
  'registered-business': { zh: '按登记的经营者', en: 'by the register of businesses' },
  'township-in-address': { zh: '按地址中的乡镇街道', en: 'by the town in the address' },
  dispatcher: { zh: '由分派员确定', en: 'by the dispatcher' },
};
