import type { Receipt } from '../api/answers.ts';
import { type BodyOf, call } from '../api/call.ts';
import { randomToken } from '../components/random.ts';
import { forgetTraces, keepTrace, traceOf } from './own-traces.ts';

/*
 * The message on its way. The same message bears the same key however often it is sent, over a lost network and a
 * closed page, so it is registered once; another message gets another key.
 */

interface Sent {
  key: string;
  json: string;
}

/** Puts a message in; it stays until its answer has come. */
export function putIn(json: string): void {
  const earlier = traceOf('sent') as Sent | undefined;
  if (earlier?.json !== json) keepTrace('sent', { key: randomToken(), json });
}

/** It is to be sent as soon as there is a network. */
export const wait = (): void => {
  if (waitingSince() === undefined) keepTrace('waiting', new Date().toISOString());
};

/** Since when a message waits; undefined where none does. */
export const waitingSince = (): string | undefined => traceOf('waiting') as string | undefined;

/** It is to be changed first. Its key stays for the case that nothing is changed. */
export const stopWaiting = (): void => forgetTraces('waiting');

/** The key belongs to another message and can never work. */
export const dropKey = (): void => forgetTraces('sent');

/** Sends what is in. Once it is answered nothing of it stays but the receipt. */
export async function sendOut(headers: Record<string, string>): Promise<Receipt> {
  const { key, json } = traceOf('sent') as Sent;
  const receipt = await call('POST /complaints', {
    headers: { ...headers, 'idempotency-key': key },
    body: JSON.parse(json) as BodyOf<'POST /complaints'>,
  });
  forgetTraces('draft', 'sent', 'waiting');
  keepTrace('receipt', receipt);
  return receipt;
}
