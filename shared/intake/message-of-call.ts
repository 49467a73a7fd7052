import { mobileOf } from '../notices/reach.ts';
import type { Call } from '../transcripts/call.ts';
import { callerOf } from '../transcripts/caller.ts';
import { turnsOf } from '../transcripts/moment.ts';
import { spokenByCaller } from '../understanding/conversation.ts';
import { kindOfCase } from '../understanding/kind-of-case.ts';
import type { Understanding } from '../understanding/understand.ts';
import type { Message } from './file-message.ts';
import { UNNAMED } from './unnamed.ts';

/** As much as a form on the web may hold; all of it stands in the transcript. */
const LONGEST_TEXT = 10_000;
const LONGEST_NAME = 120;
const LEAST_DIGITS = 6;
/** Less sure than this of a business and it is asked back, not written down (understanding/questions.ts). */
const SURE = 0.6;

/**
 * A call as a message to be registered. The text is what the caller said or confirmed, character by character as the
 * understanding read it: what it found stands at the same places in the case. Sums and days stay hints for the desk.
 */
export function messageOfCall(call: Call, { kind, respondent }: Understanding): Message {
  const { name, phone } = callerOf(call);
  const reachable = phone !== undefined && phone.replace(/\D/g, '').length >= LEAST_DIGITS;
  const text = spokenByCaller(turnsOf(call))
    .text.slice(0, LONGEST_TEXT)
    .replace(/[\ud800-\udbff]$/, '');
  const named = respondent !== undefined && respondent.confidence >= SURE;
  return {
    kind: kindOfCase(kind.value),
    text,
    business: named && respondent.value.length <= LONGEST_NAME ? { name: respondent.value } : {},
    // Without a number nobody could be told of anything; the name stands in the words.
    complainant: reachable
      ? { name: name ?? UNNAMED, phone: mobileOf(phone)?.slice('+86'.length) ?? phone }
      : undefined,
  };
}

/** What is asked back after a call, by its code; `redacted` for what was taken out of the transcript. */
export function asksOfCall({ redacted }: Call, { questions }: Understanding): string[] {
  return [...questions.map(({ about }) => about), ...(redacted ? ['redacted'] : [])];
}
