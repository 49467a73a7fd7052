import { setTimeout as delay } from 'node:timers/promises';
import { PutObjectCommand, type S3Client } from '@aws-sdk/client-s3';
import * as z from 'zod';
import { sha256 } from '../../../shared/sha256.ts';
import { type CallStore, callIdOf, receiptKeyOf } from '../../../shared/store/call-store.ts';
import type { CaseStore } from '../../../shared/store/case-store.ts';
import { textKey } from '../../../shared/store/text-items.ts';
import type { TextStore } from '../../../shared/store/text-store.ts';
import { LOCAL_PARAMETERS } from '../../local/parameters.ts';
import { CommandFailure } from '../command-line.ts';
import { type HttpAnswer, type Patience, type RepeatableRequest, sendPatiently } from './http.ts';
import type { Answered } from './journal.ts';
import type { Message } from './messages.ts';

/** How a message goes in, and how it is known what became of it; undefined when the system did not say in time. */
export type Way = (message: Message, patience: Patience) => Promise<Answered | undefined>;

/** Where messages can go in. */
export const WAY_NAMES = ['web', 'sms', 'phone'] as const;
export type WayName = (typeof WAY_NAMES)[number];

/** The ways by name. */
export type Ways = Readonly<Record<WayName, Way>>;

/** `mix` takes the channels in turn, line by line: each line always the same. */
export function wayOf(ways: Ways, channel: WayName | 'mix'): (message: Message) => Way {
  return ({ line }) => ways[channel === 'mix' ? (WAY_NAMES[line % WAY_NAMES.length] ?? 'web') : channel];
}

export interface WayOptions {
  api: string;
  patienceMs?: number | undefined;
}

const receipt = z.object({ number: z.string(), secret: z.string() });
const problem = z.object({ errors: z.array(z.object({ field: z.string() })).default([]) });

/** Statuses by which the intake refuses a message for good; repeating it would change nothing. */
const REFUSALS = [400, 413, 415, 422];

/** By POST /complaints; the answer says the number. */
export function webWay({ api, patienceMs }: WayOptions): Way {
  return async (message, patience) => {
    const { key, id, line, body } = message;
    const url = `${api}/complaints`;
    const headers = { 'idempotency-key': key };
    const answer = await sendPatiently({ method: 'POST', url, headers, body }, patience, patienceMs);
    if (answer.status === 200 || answer.status === 201) {
      const outcome = answer.status === 201 ? 'registered' : 'again';
      return { key, id, line, outcome, ...receipt.parse(answer.body) };
    }
    return notTaken(url, answer, message);
  };
}

/** A message that the intake did not take: refused, or a fault of the system. */
function notTaken(url: string, answer: HttpAnswer, { key, id, line }: Message): Answered | undefined {
  if (REFUSALS.includes(answer.status)) {
    const fields = problem.safeParse(answer.body).data?.errors.map(({ field }) => field) ?? [];
    return { key, id, line, outcome: 'refused', status: answer.status, fields };
  }
  if (answer.status >= 500) return undefined;
  throw new CommandFailure(`${url} 回答 / answered ${answer.status} (line ${line})`);
}

/** What the ways without an answer look at. */
export interface Looking {
  cases: Pick<CaseStore, 'receipt'>;
  texts: Pick<TextStore, 'text'>;
  calls: Pick<CallStore, 'call'>;
}

/** From look to look twice as long: many are looked for at the same time, and looking often would be most of the load. */
const FIRST_LOOK_MS = 500;
const LONGEST_LOOK_MS = 2_000;
const DEFAULT_PATIENCE_MS = 60_000;

/** As a text of the sender's phone, pushed by Aliyun (SmsUp) to its webhook. The registration is looked up. */
export function smsWay({ api, patienceMs = DEFAULT_PATIENCE_MS }: WayOptions, look: Looking): Way {
  const token = encodeURIComponent(LOCAL_PARAMETERS.AliyunSmsTokens);
  const url = `${api}/channels/sms/aliyun?token=${token}`;
  return async (message, patience) => {
    const push: RepeatableRequest = { method: 'POST', url, body: [aliyunText(message)] };
    const answer = await sendPatiently(push, patience, patienceMs);
    if (answer.status !== 200) return notTaken(url, answer, message);
    const key = textKey('aliyun', message.key);
    return whenKnown(message, patienceMs, async () => {
      const number = await numberOf(`sms:${key}`, look);
      if (number !== undefined) return { number };
      const text = await look.texts.text(key);
      return text !== undefined && 'outcome' in text && text.outcome !== 'register'
        ? { reason: text.outcome }
        : undefined;
    });
  };
}

/** A message as Aliyun pushes it. Its id is the message's key, so that a repeat is known. */
function aliyunText({ key, body }: Message) {
  return { phone_number: phoneOf(body), content: String(body.text), sequence_id: key, dest_code: '12315' };
}

/** As the transcript of a call, put into the bucket of calls in our own format. The registration is looked up. */
export function phoneWay(
  { patienceMs = DEFAULT_PATIENCE_MS }: WayOptions,
  bucket: { client: S3Client; name: string },
  look: Looking,
): Way {
  return async (message) => {
    const call = transcriptOf(message);
    await bucket.client.send(
      new PutObjectCommand({
        Bucket: bucket.name,
        Key: `calls/${message.key}.json`,
        Body: JSON.stringify(call),
        ContentType: 'application/json',
      }),
    );
    const id = callIdOf(call.callId);
    return whenKnown(message, patienceMs, async () => {
      const number = await numberOf(receiptKeyOf(id), look);
      if (number !== undefined) return { number };
      const outcome = (await look.calls.call(id))?.outcome;
      return outcome !== undefined && 'reason' in outcome ? { reason: outcome.reason } : undefined;
    });
  };
}

const PIECE = /[^。！？!?\n]+[。！？!?\n]*/g;
const MS_A_CHARACTER = 180;

/** What the message says as a call: the agent greets, the caller says it sentence by sentence. */
function transcriptOf({ key, body }: Message) {
  const said = [
    { speaker: 'agent', text: '您好，12315热线，请讲。' },
    ...(String(body.text).match(PIECE) ?? [])
      .filter((text) => /\S/.test(text))
      .map((text) => ({ speaker: 'caller', text: text.trim() })),
  ];
  let at = 0;
  const turns = said.map((turn) => {
    const startMs = at;
    at += turn.text.length * MS_A_CHARACTER;
    return { ...turn, startMs, endMs: at };
  });
  return { format: '12315-transcript', version: 1, callId: key, callerNumber: phoneOf(body), turns };
}

const withPhone = z.object({ complainant: z.object({ phone: z.string() }) });
const phoneOf = (body: Message['body']) => withPhone.parse(body).complainant.phone;

async function numberOf(key: string, { cases }: Looking): Promise<string | undefined> {
  return (await cases.receipt(sha256(key)))?.number;
}

/** Looks until something is known of a message. Its secret is sent to the phone, not to us. */
async function whenKnown(
  { key, id, line }: Message,
  patienceMs: number,
  look: () => Promise<{ number: string } | { reason: string } | undefined>,
): Promise<Answered | undefined> {
  const until = Date.now() + patienceMs;
  for (let wait = FIRST_LOOK_MS; Date.now() < until; wait = Math.min(2 * wait, LONGEST_LOOK_MS)) {
    await delay(wait);
    const known = await look();
    if (known !== undefined) {
      return 'number' in known
        ? { key, id, line, outcome: 'registered', number: known.number, secret: '' }
        : { key, id, line, outcome: 'contact', reason: known.reason };
    }
  }
  return undefined;
}
