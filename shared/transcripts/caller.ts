import { spokenByCaller } from '../understanding/conversation.ts';
import { findPhones } from '../understanding/numbers/digits.ts';
import { sourceOf } from '../understanding/source.ts';
import type { Call } from './call.ts';
import { turnsOf } from './moment.ts';

/** Who calls, as far as the caller says so or confirms it. */
interface Caller {
  name?: string;
  /** Eleven digits of a mobile, else the number as the telephone system has it. */
  phone?: string;
}

const SAYS_NAME =
  /(?:我叫|我的?名字(?:叫|是)|(?:姓名|名字)(?:叫|是)?)[，,：:\s]*(?!什么)([\p{Script=Han}·]{2,4}?)(?=[，,。.！!；;、\s]|$|电话|手机|是|的)/mu;
const SAYS_SURNAME = /(?:免贵|我)姓([\p{Script=Han}]{1,2}?)(?=[，,。.！!；;、\s]|$|叫)/mu;
const ADDRESSED = /(?:^|[，,。.！!？?；;、\s]|您好)([\p{Script=Han}])(先生|女士)/gu;
/** A number that is called the caller's own; the shop's must never get a message about the case. */
const OWN_NUMBER =
  /(?:我|本人|您|联系|回电|打)[^，。！？\n]{0,8}(?:电话|手机|号码?|联系方式)|(?:电话|手机)(?:号码?)?(?:就)?是/u;
const ASKED_BEFORE = /(?:您|你|联系).{0,6}(?:电话|手机|号码|联系方式)/u;

/**
 * Name and number of the caller: the number he calls from, else a mobile he names as his own; the name he gives, else
 * his surname with 先生 or 女士 when the agent addresses him so.
 */
export function callerOf(call: Call): Caller {
  const turns = turnsOf(call);
  const { text } = spokenByCaller(turns);
  const agent = turns.filter(({ speaker }) => speaker === 'agent').map((turn) => turn.text);
  const name = SAYS_NAME.exec(text)?.[1] ?? titled(SAYS_SURNAME.exec(text)?.[1], agent);
  const phone = call.callerNumber ?? spokenNumber(turns);
  return { ...(name === undefined ? {} : { name }), ...(phone === undefined ? {} : { phone }) };
}

function titled(surname: string | undefined, agent: readonly string[]): string | undefined {
  if (surname === undefined) return undefined;
  for (const words of agent) {
    for (const [, addressed, title] of words.matchAll(ADDRESSED)) {
      if (addressed === surname.at(-1)) return `${surname}${title}`;
    }
  }
  return undefined;
}

function spokenNumber(turns: ReturnType<typeof turnsOf>): string | undefined {
  for (const [at, { speaker, text }] of turns.entries()) {
    if (speaker === 'agent') continue;
    const [mobile] = findPhones(sourceOf({ text })).filter(({ kind }) => kind === 'mobile');
    const before = turns[at - 1];
    const asked = before?.speaker === 'agent' && ASKED_BEFORE.test(before.text);
    if (mobile !== undefined && (asked || OWN_NUMBER.test(text.slice(0, mobile.start)))) return mobile.number;
  }
  return undefined;
}
