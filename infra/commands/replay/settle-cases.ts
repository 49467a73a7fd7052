import { setTimeout as delay } from 'node:timers/promises';
import * as z from 'zod';
import type { Case } from '../../../shared/case/case.ts';
import { STATES, type State } from '../../../shared/case/life-cycle.ts';
import { addDays, shanghaiDate } from '../../../shared/dates.ts';
import { formatYuan } from '../../../shared/money.ts';
import { CommandFailure } from '../command-line.ts';
import { concurrently } from '../concurrently.ts';
import { type Patience, sendPatiently } from './http.ts';
import { type Ending, seededEnding } from './seeded.ts';

/** A case with a station, to be brought to its end. */
export interface OpenCase {
  number: string;
  /** Seed of the ending: the same line ends in the same way in every run. */
  key: string;
}

/** What this run did, and what it found done. Every case is in one of the last three. */
export interface Settled {
  accepted: number;
  settled: number;
  terminated: number;
  agreedFen: number;
  provenFen: number;
  /** Tellings by phone, where no SMS could go. */
  toldByHand: number;
  /** Brought to its end: closed and not published. */
  closed: number;
  /** Ended before, by an earlier run or by a person at the desk. */
  endedBefore: number;
  /** Not for an officer of a station: a dispatcher decides first, or it is no complaint. */
  atHub: number;
}

export interface SettleOptions {
  api: string;
  caseOf: (number: string) => Promise<Case | undefined>;
  /** Token of an officer of the station. */
  tokenOf: (station: string) => Promise<string>;
  inFlight: number;
  patience: Patience;
  /** How long the notices of one case may take to go out. */
  waitMs: number;
  pauseMs?: number;
  onEnded?: () => void;
}

/** A step to be taken, with what is sent. */
interface Move {
  action: string;
  body: Record<string, unknown>;
}

/** A party that must know of a form before the case can go on. */
interface Telling {
  form: 'form-5' | 'form-8';
  party: 'complainant' | 'business';
}

/** Takes cases through the desk as the officers of their stations would. What was done stays done. */
export async function settleCases(cases: readonly OpenCase[], options: SettleOptions): Promise<Settled> {
  const result: Settled = {
    accepted: 0,
    settled: 0,
    terminated: 0,
    agreedFen: 0,
    provenFen: 0,
    toldByHand: 0,
    closed: 0,
    endedBefore: 0,
    atHub: 0,
  };
  await concurrently(cases, options.inFlight, async (open) => {
    await bringToEnd(open, result, options);
    options.onEnded?.();
  });
  return result;
}

async function bringToEnd({ number, key }: OpenCase, result: Settled, options: SettleOptions): Promise<void> {
  const ending = seededEnding(key);
  const until = Date.now() + options.waitMs;
  for (;;) {
    // Read again before each step: notices record themselves, and a person may be at the case too.
    const found = await options.caseOf(number);
    const next = found === undefined ? 'not-ours' : nextFor(found, ending);
    if (found === undefined || next === 'not-ours') {
      result.atHub += 1;
      return;
    }
    if (next === 'ended') {
      // Also when the last step was ours and only its answer got lost: every case is counted once.
      result.endedBefore += 1;
      return;
    }
    if (Date.now() > until) {
      throw new CommandFailure(
        `案件 ${number} 一直在变动，或者通知没有发出 / case ${number} keeps changing, or its notices do not go out`,
      );
    }
    const token = await options.tokenOf(found.unitPath.at(-1) ?? '');
    const move = 'form' in next ? await tellByHand(found, next, token, options) : next;
    if (move === undefined) {
      await delay(options.pauseMs ?? 300);
      continue;
    }
    // A conflict (409) means that the case has moved on: look again where it stands.
    if (!(await step(found, move, token, options))) continue;
    count(move, result);
    if (move.action === 'exclude') return;
  }
}

const MEDIATE: Move = {
  action: 'start-mediation',
  body: { complainantConsents: true, businessConsents: true, mode: 'phone' },
};

/** States that lead to the end here; what a person has taken another way is left alone. */
const OURS: ReadonlySet<State> = new Set<State>([
  'accepted',
  'mediating',
  'settled',
  'performed',
  'terminated',
  'terminated-told',
  'closed',
]);

/** What an officer does next with a complaint in this state. */
function nextFor(found: Case, ending: Ending): Move | Telling | 'ended' | 'not-ours' {
  if (found.kind !== 'complaint') return 'not-ours';
  if (STATES[found.state].final || found.state === 'refused') return 'ended';
  if (found.state === 'distributed') return { action: 'accept', body: {} };
  if (!OURS.has(found.state)) return 'not-ours';
  const missing = tellingsOf(found).find(({ form, party }) => found.told[`${form}.${party}`] === undefined);
  if (missing !== undefined) return missing;
  switch (found.state) {
    case 'accepted':
      return MEDIATE;
    case 'mediating':
      return endingOf(ending);
    case 'settled':
      // What is promised beyond that is not waited for.
      return unpaidFen(found, ending) > 0
        ? perform(unpaidFen(found, ending))
        : { action: 'close', body: resultOf(found) };
    case 'performed':
    case 'terminated-told':
      return { action: 'close', body: resultOf(found) };
    case 'closed':
      return { action: 'exclude', body: { reason: 'no-consent' } };
    default:
      return 'not-ours';
  }
}

/** Who must be told of what by now (Order 121 Art. 15, 23). */
function tellingsOf({ forms }: Case): Telling[] {
  const issued = (form: string) => forms.some((one) => one.form === form);
  return [
    ...(issued('form-5') ? [{ form: 'form-5', party: 'complainant' } as const] : []),
    ...(issued('form-8')
      ? [{ form: 'form-8', party: 'complainant' } as const, { form: 'form-8', party: 'business' } as const]
      : []),
  ];
}

function endingOf(ending: Ending): Move {
  if (ending.action === 'terminate') {
    const reason = '回放的消息：按种子记为一方明确表示无法达成协议。';
    return { action: 'terminate', body: { ground: ending.ground, reason } };
  }
  return {
    action: 'settle',
    body: { agreedFen: ending.agreedFen, document: 'off-site', promisedOn: inThirtyDays() },
  };
}

function inThirtyDays(): string {
  return addDays(shanghaiDate(new Date()), 30);
}

/** What the seed wants to be paid and is not yet; never more than was agreed. */
function unpaidFen({ money }: Case, ending: Ending): number {
  const wanted = ending.action === 'settle' ? ending.provenFen : 0;
  return Math.min(wanted, money.agreed ?? 0) - (money.proven ?? 0);
}

function perform(provenFen: number): Move {
  return {
    action: 'perform',
    body: { provenFen, paidBy: 'business', evidence: '回放的消息，没有付款凭证' },
  };
}

/** The four parts of a result: a replayed case says of itself that it is one. */
function resultOf({ money }: Case) {
  const [agreed, proven] = [money.agreed ?? 0, money.proven ?? 0].map(formatYuan);
  return {
    found: '这是回放的历史消息，内容见登记正文，没有向双方核实。',
    done: '由回放命令代承办人受理、登记结果，没有联系投诉人和商家。',
    received: `登记协议金额 ${agreed} 元，登记已付 ${proven} 元，均为演示数据。`,
    routes: '真实案件可以申请仲裁，或者向人民法院提起诉讼。',
  };
}

const notices = z.object({ notices: z.array(z.object({ id: z.string(), state: z.string() })) });
/** A notice that ended so will not go out by itself. */
const BY_HAND = ['by-hand', 'rejected', 'in-doubt'];

/** The telling as a step by hand, once it is clear that no SMS goes out; until then nothing. */
async function tellByHand(
  { number, forms }: Case,
  { form, party }: Telling,
  token: string,
  { api, patience }: SettleOptions,
): Promise<Move | undefined> {
  const url = `${api}/desk/cases/${number}/notices`;
  const headers = { authorization: `Bearer ${token}` };
  const { status, body } = await sendPatiently({ method: 'GET', url, headers }, patience);
  if (status !== 200) throw new CommandFailure(`notices ${number}: 工作台回答 / the desk answered ${status}`);
  const version = forms.findLast((one) => one.form === form)?.version ?? 0;
  const ofStep = notices
    .parse(body)
    .notices.filter(({ id }) => id.startsWith(`${version}.`) && id.split('.').includes(party));
  if (!ofStep.some(({ state }) => BY_HAND.includes(state))) return undefined;
  const proof = '回放：没有可以发送短信的号码，登记为电话告知';
  return { action: 'tell', body: { form, party, by: 'phone', proof } };
}

/** @returns false when the case had moved on */
async function step(
  { number, version }: Case,
  { action, body }: Move,
  token: string,
  { api, patience }: SettleOptions,
): Promise<boolean> {
  const url = `${api}/desk/cases/${number}/${action}`;
  const headers = { authorization: `Bearer ${token}` };
  const answer = await sendPatiently({ method: 'POST', url, headers, body: { ...body, version } }, patience);
  if (answer.status === 200 || answer.status === 409) return answer.status === 200;
  throw new CommandFailure(
    `${action} ${number}: 工作台回答 / the desk answered ${answer.status}${reasonsOf(answer.body)}`,
  );
}

const problem = z.object({ errors: z.array(z.object({ field: z.string(), en: z.string() })) });

function reasonsOf(body: unknown): string {
  const errors = problem.safeParse(body).data?.errors ?? [];
  return errors.map(({ field, en }) => `; ${field}: ${en}`).join('');
}

function count({ action, body }: Move, result: Settled): void {
  if (action === 'accept') result.accepted += 1;
  if (action === 'terminate') result.terminated += 1;
  if (action === 'tell') result.toldByHand += 1;
  if (action === 'exclude') result.closed += 1;
  if (action === 'perform') result.provenFen += Number(body.provenFen);
  if (action === 'settle') {
    result.settled += 1;
    result.agreedFen += Number(body.agreedFen);
  }
}
