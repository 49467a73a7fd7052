import { phoneKey } from '../case/lookup-keys.ts';
import { type Clock, shanghaiDate } from '../dates.ts';
import { Problem } from '../http/problem.ts';
import type { BureauSettings } from '../law/bureau-settings.ts';
import type { Log } from '../logging.ts';
import { mobileOf } from '../notices/reach.ts';
import { sha256 } from '../sha256.ts';
import type { GuardStore } from '../store/guard-store.ts';
import type { Message } from './file-message.ts';

/*
 * Against floods and against complaints in the name of others. Only what is new is counted: a repeat of a message is
 * answered as before, however often it comes.
 */

export interface GuardDependencies {
  guard: GuardStore;
  now: Clock;
  log: Log;
}

/** Who sends a message, as far as the network and he himself say. */
export interface Sender {
  /** Network address. */
  address: string;
  /** The code that was sent to the phone, if he gave one. */
  code?: string | undefined;
}

type Limits = Pick<BureauSettings, 'mostFromAddress' | 'mostFromPhone' | 'provePhone'>;

const TEN_MINUTES_MS = 10 * 60_000;
const DAY_MS = 24 * 60 * 60_000;
/** Of a million codes five can be tried before the next one must be sent: one guess in 200,000 is right. */
const MOST_TRIES = 5;
export const CODE_LASTS_MS = TEN_MINUTES_MS;

/**
 * Lets a new message through.
 * @throws Problem `too-many` above the limits of the bureau, `phone-not-proven` where it wants a code and there is no
 *   right one. When the counts cannot be kept it lets through: a complaint must not be lost for them.
 */
export async function admit(
  { complainant }: Pick<Message, 'complainant'>,
  sender: Sender,
  limits: Limits,
  deps: GuardDependencies,
): Promise<void> {
  const ofAddress = window('address', sender.address, TEN_MINUTES_MS, deps);
  await within(ofAddress, limits.mostFromAddress, 'address', deps);
  if (complainant === undefined) return;
  const key = phoneKey(complainant.phone);
  // A land line cannot get a code, and its owner may complain as everybody.
  if (limits.provePhone && mobileOf(complainant.phone) !== undefined) {
    await proven(key, sender.code, deps);
  }
  await within(window('phone', key, DAY_MS, deps), limits.mostFromPhone, 'phone', deps);
}

/** A carrier's or an office's address stands for many people, and each looks several times while he writes. */
const MOST_PREVIEWS = 600;

/** Lets somebody see what his words would become. @throws Problem `too-many`: reading costs work, and keeps nothing */
export async function admitPreview({ address }: Sender, deps: GuardDependencies): Promise<void> {
  await within(window('preview-address', address, TEN_MINUTES_MS, deps), MOST_PREVIEWS, 'address', deps);
}

const CODE_LIMITS = { address: 20, phoneEachMinute: 1, phoneEachDay: 6 } as const;

/** Lets somebody ask for a code. @throws Problem `too-many`: a code costs money, and somebody else's peace */
export async function admitCodeRequest(
  phone: string,
  { address }: Sender,
  deps: GuardDependencies,
): Promise<void> {
  const key = phoneKey(phone);
  await within(window('code-address', address, TEN_MINUTES_MS, deps), CODE_LIMITS.address, 'address', deps);
  await within(window('code-minute', key, 60_000, deps), CODE_LIMITS.phoneEachMinute, 'code', deps);
  await within(window('code-day', key, DAY_MS, deps), CODE_LIMITS.phoneEachDay, 'code', deps);
}

/** What is kept of a code: bound to its phone, so that a code for one phone proves no other. */
export function codeHash(phoneHash: string, code: string): string {
  return sha256(`${phoneHash}:${code}`);
}

/** Who gives the code that was sent has the phone in hand. @throws Problem `phone-not-proven` */
export async function proven(
  phoneHash: string,
  code: string | undefined,
  deps: GuardDependencies,
): Promise<void> {
  if (code === undefined) throw unproven('请获取短信验证码后填写', 'Please ask for a code and enter it');
  const sent = await deps.guard.code(phoneHash);
  if (sent === undefined || Date.parse(sent.endsAt) < deps.now().getTime())
    throw unproven('验证码已失效，请重新获取', 'The code has ended; please ask for a new one');
  // The window is the code's own: a new code can be tried again.
  const tries = { key: sha256(`code-try:${phoneHash}:${sent.hash}`), endsAt: sent.endsAt };
  if (!(await deps.guard.count(tries, MOST_TRIES)))
    throw unproven('输错次数太多，请重新获取验证码', 'Too many wrong codes; please ask for a new one');
  if (sent.hash !== codeHash(phoneHash, code))
    throw unproven('验证码不正确，请核对', 'The code is not right; please check it');
}

const unproven = (zh: string, en: string) =>
  new Problem('phone-not-proven', [{ field: 'x-phone-code', zh, en }]);

/** The window of this length that now lies in; a day is one of Shanghai. */
function window(scope: string, of: string, lengthMs: number, { now }: GuardDependencies) {
  const time = now().getTime();
  const began =
    lengthMs === DAY_MS
      ? Date.parse(`${shanghaiDate(now())}T00:00:00+08:00`)
      : Math.floor(time / lengthMs) * lengthMs;
  return {
    key: sha256(`${scope}:${of}:${began}`),
    endsAt: new Date(began + lengthMs).toISOString(),
  };
}

async function within(
  counted: { key: string; endsAt: string },
  most: number,
  what: 'address' | 'phone' | 'code',
  { guard, now, log }: GuardDependencies,
): Promise<void> {
  let admitted: boolean;
  try {
    admitted = await guard.count(counted, most);
  } catch (error) {
    log('guard-failed', { what, fault: error instanceof Error ? error.name : typeof error });
    return;
  }
  if (admitted) return;
  log('too-many', { what });
  const seconds = Math.max(1, Math.ceil((Date.parse(counted.endsAt) - now().getTime()) / 1000));
  throw new Problem('too-many', [], seconds);
}
