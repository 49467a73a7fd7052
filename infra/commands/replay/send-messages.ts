import { setTimeout as delay } from 'node:timers/promises';
import { concurrently } from '../concurrently.ts';
import type { Patience } from './http.ts';
import type { Answered, Journal } from './journal.ts';
import type { Message } from './messages.ts';
import type { Way } from './ways.ts';

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
  /** The channel that a message takes. */
  wayOf: (message: Message) => Way;
  journal: Journal;
  /** Messages under way at the same time. */
  inFlight: number;
  /** Messages a second; as fast as it goes without. */
  rate?: number | undefined;
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
      const at = Date.now();
      const answered = await options.wayOf(message)(message, result.patience);
      if (answered === undefined) result.failed.push(message);
      else {
        const timed = { ...answered, sentAt: at, ms: Date.now() - at };
        journal.append(timed);
        result.answers.push(timed);
      }
    }
    onAnswer();
  });
  return result;
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
