import type { Pair } from '../components/texts.ts';

/** What came in and became no case, and what was said in calls. */
export const CONTACTS = {
  title: { zh: '来访记录：未立案来电来信', en: 'Contacts: what came in and became no case' },
  view: { zh: '未立案来电来信', en: 'Contacts' },
  intro: {
    zh: '电话、短信里没有登记为案件的内容，以及系统看不懂的通话文件。每次查看都会留痕。',
    en: 'Calls and messages that became no case, and files of calls that could not be read. Each look is recorded.',
  },
  day: { zh: '日期', en: 'Day' },
  show: { zh: '查看', en: 'Show' },
  none: { zh: '这一天没有。', en: 'There are none on this day.' },
  more: { zh: '更多', en: 'More' },
  from: { zh: '来电、来信号码', en: 'From' },
  reason: { zh: '未立案原因', en: 'Why it is no case' },
  register: { zh: '登记', en: 'Register' },
  call: { zh: '通话记录', en: 'What was said in the call' },
  callNote: {
    zh: '按时间排列，标出系统所依据的词语；时间从录音开始计算。',
    en: 'In order, with the words marked that a field rests on; times count from the beginning of the recording.',
  },
  redacted: { zh: '姓名、号码已隐去', en: 'Names and numbers were taken out' },
  partial: { zh: '通话记录不完整', en: 'The transcript is not complete' },
  unsureRoles: { zh: '说话人由系统推断', en: 'Who speaks was guessed' },
  caller: { zh: '来电人', en: 'Caller' },
  agent: { zh: '接线员', en: 'Agent' },
  unknown: { zh: '不明', en: 'Unknown' },
  doubtful: { zh: '待核对', en: 'to be checked' },
} as const satisfies Record<string, Pair>;

/** The fields that are tied to moments of a call. */
export const CALL_FIELDS: Readonly<Record<string, Pair>> = {
  respondent: { zh: '被投诉人', en: 'business' },
  place: { zh: '地点', en: 'place' },
  paid: { zh: '花费', en: 'paid' },
  claimed: { zh: '索赔', en: 'claimed' },
  purchasedOn: { zh: '购买日期', en: 'bought on' },
  occurredOn: { zh: '发生日期', en: 'happened on' },
  request: { zh: '诉求', en: 'request' },
  urgency: { zh: '紧急情形', en: 'urgent' },
};
