import { REFUSALS } from '../sms/refusals.ts';
import type { ContactReason as SmsReason } from '../sms-talk/effects.ts';
import { CONTACT_REASONS as OF_CALLS } from '../transcripts/contact-only.ts';
import { REMARKS } from '../transcripts/remarks.ts';

interface Words {
  zh: string;
  en: string;
}

const OF_TEXTS: Readonly<Record<SmsReason, Words>> = {
  empty: { zh: '没有内容', en: 'It is empty' },
  everyday: { zh: '日常短信、广告', en: 'Everyday words or advertising' },
  courtesy: { zh: '问候、致谢', en: 'A greeting or thanks' },
  'half-told': { zh: '话没有说完，之后没有下文', en: 'Told by half, and nothing followed' },
  help: { zh: '询问怎样使用', en: 'Asks how this works' },
  human: { zh: '要求人工服务', en: 'Asks for a person' },
  'opted-out': { zh: '退订', en: 'Wants no more messages' },
  'opted-in': { zh: '恢复接收', en: 'Wants messages again' },
  'too-many': { zh: '短时间内短信过多', en: 'Too many messages in a short time' },
  'wrong-number': { zh: '编号有误', en: 'The number given is none of a case' },
  'not-own': { zh: '查询的案件不属于此号码', en: 'The case belongs to another phone' },
  'no-case': { zh: '此号码没有案件', en: 'No case of this phone' },
  'which-case': { zh: '已反问是哪一件', en: 'Asked back which case is meant' },
  'confirmation-asked': { zh: '已请对方确认', en: 'Asked to confirm' },
  kept: { zh: '撤回未确认，案件保留', en: 'The withdrawal was not confirmed' },
  'points-out-of-range': { zh: '评分不在 1 至 5 之间', en: 'The points are not from 1 to 5' },
  'addition-announced': { zh: '只说要补充，还没有内容', en: 'Says that something will be added' },
  unclear: { zh: '看不懂', en: 'Cannot be understood' },
  repeated: { zh: '重复发送', en: 'The same again' },
};

const named = (table: Readonly<Record<string, readonly [zh: string, en: string]>>) =>
  Object.fromEntries(Object.entries(table).map(([code, [zh, en]]) => [code, { zh, en }]));

/** Why a message became no case, in words, by its code; a code from nowhere is shown as it is. */
const CONTACT_REASONS: Readonly<Record<string, Words>> = {
  ...REFUSALS,
  ...OF_TEXTS,
  ...named(REMARKS),
  ...named(OF_CALLS),
  'case-over': { zh: '补充来自已经结束的案件', en: 'It adds to a case that is over' },
};

export function contactReason(code: string): Words {
  return CONTACT_REASONS[code] ?? { zh: code, en: code };
}
