import type { Understanding } from '../understanding/understand.ts';
import type { Call } from './call.ts';
import { turnsOf } from './moment.ts';

/** Why a call is kept as a contact and no case is made of it. */
export interface ContactReason {
  code: 'silent' | 'no-concern' | 'answered-inquiry' | 'no-complaint';
  zh: string;
  en: string;
}

/** Each reason in both languages. */
export const CONTACT_REASONS: Readonly<Record<ContactReason['code'], readonly [zh: string, en: string]>> = {
  silent: ['通话中没有来电人的话', 'The caller says nothing'],
  'no-concern': ['没有需要处理的事项', 'There is nothing a bureau could deal with'],
  'answered-inquiry': ['咨询已在通话中答复', 'A question that was answered on the telephone'],
  'no-complaint': ['不是投诉、举报或咨询', 'Neither a complaint nor a report nor a question'],
};

/** Whoever says so wants a case, whatever the rest sounds like. */
const WANTS_A_CASE =
  /(?<!不|没有?|不是)(?:要|想|来|进行|打算|是)(?:去)?(?:投诉|举报)(?!电话|热线|过)|投诉(?:一下|一家|这家|他们|它)/;
/** What the agent promises must not end with the call. */
const PROMISED =
  /(?:登记|记录|转(?:交|办|派|到|给)|反映|上报|核实).{0,24}(?:回复|回电|联系您|答复|处理)|(?:回复|回电|答复|联系)您|给您(?:回|登记|立案)|已(?:经)?(?:为|帮|给)您(?:登记|受理|立案|记录)/;

/** Less sure than this what a call is, and a person looks at it. */
const SURE = 0.5;

/**
 * Why a call is a contact only; nothing when it is to become a case. In doubt it is a case: a complaint that is lost costs
 * more than a case that is closed.
 */
export function contactOnly(
  call: Call,
  { kind, concerns }: Pick<Understanding, 'kind' | 'concerns'>,
): ContactReason | undefined {
  const turns = turnsOf(call);
  const said = (speaker: 'caller' | 'agent') =>
    turns.filter((turn) => turn.speaker === speaker).map(({ text }) => text);
  const caller = said('caller');
  if (caller.every((text) => text.replace(/[\s\p{P}嗯啊哦喂呃]/gu, '') === '')) return reason('silent');
  if (caller.some((text) => WANTS_A_CASE.test(text)) || said('agent').some((text) => PROMISED.test(text)))
    return undefined;
  if (kind.confidence < SURE) return undefined;
  if (!concerns) return reason('no-concern');
  if (kind.value === 'inquiry') return reason('answered-inquiry');
  return kind.value === 'other' ? reason('no-complaint') : undefined;
}

function reason(code: ContactReason['code']): ContactReason {
  const [zh, en] = CONTACT_REASONS[code];
  return { code, zh, en };
}
