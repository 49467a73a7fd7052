import type { Pair } from '../understanding/understanding.ts';

/*
 * All that the bureau says in a talk by SMS. An SMS is read on locked screens: no text repeats the words of a complaint
 * or says that there was a report. A business is named only where the citizen must choose between his own cases.
 */

/** When a reply goes out: a number at once, an answer after a pause, a receipt only if nothing was said just now. */
type Pace = 'at-once' | 'may-wait' | 'may-be-left-out';

interface Text extends Pair {
  pace: Pace;
}

export const TEXTS = {
  registered: {
    pace: 'at-once',
    zh: '已登记，编号{number}，请保存。最迟{dueOn}给您答复，发“查询”看进度。',
    en: 'Registered under {number}; please keep it. You hear from us by {dueOn}. Send QUERY for the state.',
  },
  'registered-asking': {
    pace: 'at-once',
    zh: '已登记，编号{number}。{question}',
    en: 'Registered under {number}. {question}',
  },
  'registered-opted-out': {
    pace: 'at-once',
    zh: '已登记，编号{number}。您已退订，回复“开通”可恢复接收短信。',
    en: 'Registered under {number}. You opted out; send START to receive messages again.',
  },
  asking: { pace: 'may-wait', zh: '{question}', en: '{question}' },
  added: {
    pace: 'may-be-left-out',
    zh: '已补充到编号{number}，谢谢。',
    en: 'Added to {number}, thank you.',
  },
  'already-have': {
    pace: 'may-be-left-out',
    zh: '这条已经记在编号{number}，不用重发。',
    en: 'This is already noted under {number}.',
  },
  'all-answered': {
    pace: 'may-wait',
    zh: '谢谢，已记入编号{number}。还有要说的，可以直接补充。',
    en: 'Thank you, noted under {number}. You can send more at any time.',
  },
  'say-more': {
    pace: 'may-wait',
    zh: '请接着说要补充的内容，我们记入编号{number}。',
    en: 'Please send what you want to add to {number}.',
  },
  begin: {
    pace: 'may-wait',
    zh: '请直接回复：哪家店、在哪里、发生了什么事、希望怎么解决。可以分几条发。',
    en: 'Please tell us: which shop, where, what happened, what you want. Several messages are fine.',
  },
  hint: {
    pace: 'may-wait',
    zh: '这里是12315。要投诉举报，请写明商家、地址、什么事和要求；其他用法回复“帮助”。',
    en: 'This is 12315. To complain, name the business, its address, what happened, what you want. HELP for more.',
  },
  'hint-with-case': {
    pace: 'may-wait',
    zh: '这条没有记入案件。要补充，请发“补充”加内容；要新投诉，请直接写明情况；查进度发“查询”。',
    en: 'This was not added to a case. To add, send ADD and your words. For a new case, tell what happened.',
  },
  help: {
    pace: 'may-wait',
    zh: '直接发内容即可投诉举报。查进度发“查询”，补充发“补充+内容”，撤回发“撤诉”，评价发“评价5”，人工拨12315，不再接收发“退订”。',
    en: 'Just send what happened. QUERY for the state, ADD and your words, WITHDRAW, RATE 5. To talk: call 12315. STOP to opt out.',
  },
  human: {
    pace: 'may-wait',
    zh: '人工服务请拨打12315。您的短信已转给工作人员。',
    en: 'To talk to someone call 12315. Your message was passed to the staff.',
  },
  'opted-out': {
    pace: 'may-wait',
    zh: '已退订，不再给您发短信。您仍可发短信投诉；回复“开通”恢复接收。',
    en: 'You get no more messages. You can still complain by SMS; send START to receive messages again.',
  },
  'opted-in': {
    pace: 'may-wait',
    zh: '已开通，您会收到案件进展短信。回复“退订”不再接收。',
    en: 'You receive messages again. Send STOP to opt out.',
  },
  'too-many': {
    pace: 'may-wait',
    zh: '您的短信已全部留存。一小时内条数较多，暂不逐条回复，急事请拨打12315。',
    en: 'All your messages are kept. There were many in an hour: we pause replies. If urgent call 12315.',
  },
  'wrong-number': {
    pace: 'may-wait',
    zh: '您发的编号有误，请核对13位数字，例如260415-123456-7；忘了编号请直接发“查询”。',
    en: 'That case number is not right: please check its 13 digits, or send QUERY without a number.',
  },
  'not-own': {
    pace: 'may-wait',
    zh: '这个编号不能用本手机号办理。请用登记时的手机号发送，或者拨打12315。',
    en: 'This number cannot be used from this phone. Use the phone it was registered with, or call 12315.',
  },
  'no-case': {
    pace: 'may-wait',
    zh: '没有查到本手机号的投诉。请发送13位编号；要新投诉请直接写明情况。',
    en: 'There is no case for this phone. Send its 13-digit number, or tell us what happened.',
  },
  'which-case': {
    pace: 'may-wait',
    zh: '您有{count}件，请回复序号：{choices}',
    en: 'You have {count} cases, which one? {choices}',
  },
  status: {
    pace: 'may-wait',
    zh: '编号{number}：{status}，由{station}办理，最迟{dueOn}答复。',
    en: '{number}: {status}, with {station}; you hear from us by {dueOn}.',
  },
  'confirm-withdrawal': {
    pace: 'may-wait',
    zh: '确定撤回编号{number}吗？撤回后不再处理。回复“是”撤回，回复“否”保留。',
    en: 'Withdraw {number}? We will not go on with it. YES to withdraw, NO to keep it.',
  },
  withdrawn: {
    pace: 'may-wait',
    zh: '已收到您撤回编号{number}的请求，办理后告知您。',
    en: 'We have your request to withdraw {number} and will confirm it.',
  },
  kept: {
    pace: 'may-wait',
    zh: '好的，编号{number}继续处理。',
    en: 'All right, we go on with {number}.',
  },
  'already-withdrawn': {
    pace: 'may-wait',
    zh: '编号{number}已经申请撤回，不用再发。',
    en: 'You have already asked to withdraw {number}.',
  },
  rated: { pace: 'may-wait', zh: '谢谢您的评价。', en: 'Thank you for your rating.' },
  'points-wanted': {
    pace: 'may-wait',
    zh: '请回复1到5的数字评价：5非常满意，4满意，3基本满意，2不满意，1非常不满意。',
    en: 'Please rate from 1 to 5: 5 is very satisfied, 1 very dissatisfied.',
  },
  unclear: {
    pace: 'may-wait',
    zh: '没有看懂，请再说一次。{question}',
    en: 'Sorry, we did not understand. {question}',
  },
  'which-case-unclear': {
    pace: 'may-wait',
    zh: '请只回复序号：{choices}',
    en: 'Please send only the digit: {choices}',
  },
} as const satisfies Record<string, Text>;

export type TextId = keyof typeof TEXTS;

/** Values that are known only after the effects are done. */
export interface LateValues {
  number?: string;
  /** As it is to be read: `12月31日`. */
  dueOn?: string;
  station?: string;
  /** Name of the state: `调解中`. */
  status?: string;
}

/** Longest value that a reply has room for; a longer one is cut. */
export const LONGEST = { number: 15, dueOn: 6, station: 14, status: 10, business: 8, choices: 5 } as const;

/** Cuts a value to so many UTF-16 units, between characters, with `…` at the end. */
export function cut(value: string, longest: number): string {
  return value.length <= longest ? value : `${value.slice(0, longest - 1).replace(/[\ud800-\udbff]$/, '')}…`;
}

/** A text with the values put in; placeholders without a value stay. A value is never read as a template. */
export function fill(template: string, values: Readonly<Record<string, string | undefined>>): string {
  return template.replace(/\{(\w+)\}/g, (placeholder, name: string) => values[name] ?? placeholder);
}

/**
 * The words of a reply with the values that its effects gave. Without a value the sentence part that needs it goes:
 * no citizen reads a placeholder.
 */
export function fillReply(reply: Pair, values: LateValues): Pair {
  const known = Object.fromEntries(
    Object.entries(values).flatMap(([name, value]) =>
      value === undefined || value === '' ? [] : [[name, cut(value, LONGEST[name as keyof LateValues])]],
    ),
  );
  return { zh: clean(fill(reply.zh, known)), en: clean(fill(reply.en, known)) };
}

/** Takes out the part between two signs in which a placeholder stayed. */
function clean(text: string): string {
  return text
    .replace(/[，,;；]?[^，,;；。.:：？?！!]*\{(?:number|dueOn|station|status)\}[^，,;；。.:：？?！!]*/g, '')
    .replace(/^[，,;；。.:：\s]+/, '')
    .replace(/([。.？?！!])(?:\s*[，,;；。.])+/g, '$1')
    .replace(/[，,;；:：]+(?=[。.])/g, '');
}
