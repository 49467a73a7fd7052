import { setTimeout as delay } from 'node:timers/promises';
import * as z from 'zod';
import { CommandFailure } from '../command-line.ts';
import { concurrently } from '../concurrently.ts';
import { type Patience, sendPatiently } from './http.ts';
import type { Answered, Journal } from './journal.ts';
import type { Message } from './messages.ts';

const receipt = z.object({ number: z.string(), secret: z.string() });
const problem = z.object({ errors: z.array(z.object({ field: z.string() })).default([]) });

/** Statuses by which the intake refuses a message for good; repeating it would change nothing. */
const REFUSALS = [400, 413, 415, 422];

/** What happened to the lines of a file. */
export interface Sent {
  /** Lines sent by this run. */
  sent: number;
  /** Lines that an earlier run had an answer to. */
  before: number;
  answers: Answered[];
  /** Lines that met a fault of the system until patience ran out; the next run sends them again. */
  failed: Message[];
  patience: Patience;
}

export interface SendOptions {
  api: string;
  journal: Journal;
  /** Messages under way at the same time. */
  inFlight: number;
  /** Messages a second; as fast as it goes without. */
  rate?: number | undefined;
  patienceMs?: number;
  onAnswer?: () => void;
}

/** Sends every message that the journal has no answer to, and writes each answer into it at once. */
export async function sendMessages(messages: readonly Message[], options: SendOptions): Promise<Sent> {
  const { journal, inFlight, onAnswer = () => undefined } = options;
  const result: Sent = {
    sent: 0,
    before: 0,
    answers: [],
    failed: [],
    patience: { throttled: 0, faults: 0, unanswered: 0 },
  };
  const pace = paceOf(options.rate);
  await concurrently(messages, inFlight, async (message) => {
    const earlier = journal.get(message.key);
    if (earlier !== undefined) {
      result.before += 1;
      result.answers.push(earlier);
    } else {
      await pace();
      result.sent += 1;
      const answered = await send(message, options, result.patience);
      if (answered === undefined) result.failed.push(message);
      else {
        journal.append(answered);
        result.answers.push(answered);
      }
    }
    onAnswer();
  });
  return result;
}

async function send(
  { key, id, line, body }: Message,
  { api, patienceMs }: SendOptions,
  patience: Patience,
): Promise<Answered | undefined> {
  const url = `${api}/complaints`;
  const headers = { 'idempotency-key': key };
  const answer = await sendPatiently({ method: 'POST', url, headers, body }, patience, patienceMs);
  if (answer.status === 200 || answer.status === 201) {
    const outcome = answer.status === 201 ? 'registered' : 'again';
    return { key, id, line, outcome, ...receipt.parse(answer.body) };
  }
  if (REFUSALS.includes(answer.status)) {
    const fields = problem.safeParse(answer.body).data?.errors.map(({ field }) => field) ?? [];
    return { key, id, line, outcome: 'refused', status: answer.status, fields };
  }
  if (answer.status >= 500) return undefined;
  throw new CommandFailure(`${url} 回答 / answered ${answer.status} (line ${line})`);
}

/** Lets a message through every 1/rate seconds. */
function paceOf(rate: number | undefined): () => Promise<void> {
  if (rate === undefined) return async () => undefined;
  let next = Date.now();
  return async () => {
    const mine = Math.max(next, Date.now());
    next = mine + 1000 / rate;
    await delay(mine - Date.now());
  };
}
