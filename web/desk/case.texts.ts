import type { Pair } from '../components/texts.ts';

/** Words of the parts of a case beside its facts. */
export const CASE = {
  // Where it goes, and why
  routing: { zh: '送到哪里，为什么', en: 'Where it goes, and why' },
  proposed: { zh: '系统建议', en: 'The system proposes' },
  sent: { zh: '系统送到', en: 'The system sent it to' },
  sure: { zh: '把握 {percent}', en: '{percent} sure' },
  notSure: { zh: '系统没有把握：{reason}', en: 'The system is not sure: {reason}' },
  confirmTo: { zh: '确认分送', en: 'Confirm' },
  confirmHint: { zh: '按 Enter 确认，Esc 不办', en: 'Enter confirms, Esc does not' },
  facts: { zh: '依据的事实', en: 'Facts that were weighed' },
  elsewhere: { zh: '可能由外地机关处理', en: 'Perhaps for an authority elsewhere' },
  ground: { zh: '管辖依据', en: 'Ground of competence' },
  map: { zh: '示意图', en: 'Sketch' },
  mapNote: {
    zh: '一格一个所，不表示实际位置。',
    en: 'One tile a station; not where they lie.',
  },
  'mark.decided': { zh: '建议', en: 'proposed' },
  'mark.proposal': { zh: '备选', en: 'another choice' },
  'mark.weighed': { zh: '考虑过', en: 'weighed' },
  'mark.here': { zh: '现在', en: 'lies here' },

  // Steps
  notAllowed: { zh: '现在不能办的 {count} 步，为什么', en: '{count} steps not possible now, and why' },
  'why.role': { zh: '由{roles}办理', en: 'for {roles}' },
  'why.state': { zh: '案件要在：{states}', en: 'only while it is: {states}' },
  'why.reach': { zh: '只有承办单位、承办人可以办', en: 'only for the unit, or those on the case' },
  preview: { zh: '先看看文书', en: 'See the form first' },
  previewOf: { zh: '文书预览：{form}', en: 'Preview: {form}' },
  previewNote: {
    zh: '按现在填写的内容起草；还空着的以后再补，提交后才有文号和日期。查看已记录。',
    en: 'Drafted with what you have filled in so far; number and date come when it is sent. This look is recorded.',
  },
  stays: { zh: '留在投诉里的', en: 'Stays in the complaint' },
  goes: { zh: '分出去的举报（商家看不到）', en: 'The report (never shown to the business)' },

  // Money
  ledger: { zh: '钱款', en: 'Money' },
  paid: { zh: '消费', en: 'Paid for it' },
  claimed: { zh: '要求', en: 'Claimed' },
  agreed: { zh: '协议', en: 'Agreed' },
  proven: { zh: '已付（有凭证）', en: 'Paid, proven' },
  entries: { zh: '逐笔', en: 'Entry by entry' },
  entry: { zh: '科目', en: 'Entry' },
  sum: { zh: '金额', en: 'Sum' },
  day: { zh: '日期', en: 'Day' },
  by: { zh: '经办', en: 'By' },

  // Others
  others: { zh: '这家商家的其他案件', en: 'Other cases of this business' },
  othersOfPerson: { zh: '这个电话的其他案件', en: 'Other cases of this phone' },
  othersNote: {
    zh: '按电话查找会记录下来。',
    en: 'Looking by phone is recorded.',
  },
  noOthers: { zh: '没有其他案件。', en: 'There are no others.' },
  record: { zh: '商家档案', en: 'Record of the business' },
  recognised: { zh: '对应的商家', en: 'Business in the register' },
  compare: { zh: '并排对照', en: 'Side by side' },
  compareTitle: { zh: '对照两件案件', en: 'Two cases side by side' },
  thisCase: { zh: '本案', en: 'This case' },
  otherCase: { zh: '另一件', en: 'The other' },
  same: { zh: '相同', en: 'the same' },
  differs: { zh: '不同', en: 'different' },
  receivedOn: { zh: '收到', en: 'Received' },
  joinAs: { zh: '把 {case} 并入 {lead}', en: 'Join {case} under {lead}' },
  joinSure: {
    zh: '同一经营者、同一争议，投诉人同意',
    en: 'Same business, same dispute, and the complainant agrees',
  },
  cannotJoin: {
    zh: '这两件现在不能并案：后收到的一件要在您手上，并且还没有办结。',
    en: 'These cannot be joined now: the later one must lie with you and be open.',
  },
  joined: { zh: '已并案', en: 'Joined' },
  close: { zh: '关闭', en: 'Close' },

  // History
  ahead: { zh: '接下来', en: 'Ahead' },
} as const satisfies Record<string, Pair>;

/** Why a step that the law knows in this state is not offered. */
export const WHY_IDLE: Readonly<Record<string, Pair>> = {
  take: { zh: '已经有承办人', en: 'somebody is on it' },
  unassign: { zh: '还没有承办人', en: 'nobody is on it' },
  approve: { zh: '没有等待审核的事项', en: 'nothing awaits approval' },
  decline: { zh: '没有等待审核的事项', en: 'nothing awaits approval' },
  'begin-pause': { zh: '期限已经中止', en: 'the period is stopped already' },
  'end-pause': { zh: '期限没有中止', en: 'the period is not stopped' },
  'answer-supervision': { zh: '没有督办', en: 'no supervision order stands' },
  tell: { zh: '还没有制发文书', en: 'no form was issued yet' },
  publish: { zh: '投诉人没有同意公示（第三十八条）', en: 'no consent to publication (Art. 38)' },
  perform: { zh: '没有未履行的协议金额', en: 'nothing agreed is left to be paid' },
  reward: { zh: '匿名举报', en: 'the report is anonymous' },
  reopen: { zh: '个人信息已依法清除', en: 'personal data were erased by law' },
};
