import { answer } from '../../functions/answer-text/answer.ts';
import { sendReply } from '../../functions/send-text-replies/send-reply.ts';
import { sweepTexts } from '../../functions/sweep-texts/sweep-texts.ts';
import { gazetteerBytes } from '../../infra/commands/build-gazetteer/gazetteer-bytes.ts';
import { type CreateReader, createReader } from '../../shared/intake/create-understand.ts';
import type { OutgoingMessage } from '../../shared/notices/messenger.ts';
import type { SmsPart } from '../../shared/sms/sms.ts';
import { createMemoryContactStore } from '../../shared/store/contact-store.ts';
import { createMemoryDeliveryStore } from '../../shared/store/delivery-store.ts';
import { createMemoryNoticeStore } from '../../shared/store/memory-notice-store.ts';
import { createMemoryTextStore } from '../../shared/store/memory-text-store.ts';
import { readGazetteer } from '../../shared/understanding/places/gazetteer.ts';
import { createJudges } from '../../shared/understanding/understand.ts';
import { house } from './support.ts';

/* The conversation by SMS in memory, for unit and property tests. */

export const PHONE = '13800000001';

let reader: CreateReader | undefined;
const readerOnce: CreateReader = (bureau) => {
  reader ??= createReader(readGazetteer(gazetteerBytes()), async () => ({ judges: createJudges() }));
  return reader(bureau);
};

/** All of the conversation in memory; `fails` says what does not work the next times: `replies` are neither sent nor queued. */
export function office() {
  const base = house();
  const texts = createMemoryTextStore();
  const contacts = createMemoryContactStore();
  const notices = createMemoryNoticeStore();
  const queued: string[] = [];
  const asked: { text: string; delaySeconds: number }[] = [];
  const sent: OutgoingMessage[] = [];
  const fails = { texts: 0, replies: 0, contacts: 0, provider: 0 };
  const failing = (what: keyof typeof fails) => {
    if (fails[what] === 0) return false;
    fails[what] -= 1;
    return true;
  };
  const senders = {
    texts,
    store: notices,
    open: ['sms'] as const,
    now: base.now,
    log: base.log,
    messenger: {
      send: async (message: OutgoingMessage) => {
        if (fails.replies > 0 || failing('provider')) return { kind: 'try-again' as const, reason: 'busy' };
        sent.push(message);
        return { kind: 'sent' as const, providerId: `id-${sent.length}` };
      },
    },
  };
  const deps = {
    ...base,
    ...senders,
    contacts: {
      ...contacts,
      keep: async (contact: Parameters<typeof contacts.keep>[0]) => {
        if (failing('contacts')) throw new Error('the table is away');
        return contacts.keep(contact);
      },
    },
    deliveries: createMemoryDeliveryStore(),
    reader: readerOnce,
    queue: {
      send: async (items: readonly string[]) => {
        if (failing('texts')) return [...items];
        queued.push(...items);
        return [];
      },
    },
    replies: {
      send: async (due: readonly { text: string; delaySeconds: number }[]) => {
        if (failing('replies')) return [...due];
        asked.push(...due);
        return [];
      },
    },
  };
  let id = 0;
  return {
    deps,
    fails,
    queued,
    asked,
    sent,
    contacts,
    clock: base.clock,
    cases: base.cases,
    wait(ms: number) {
      base.clock.at = new Date(Date.parse(base.clock.at) + ms).toISOString();
    },
    /** Somebody's text is kept, and the key of its message. */
    async receives(text: string, part?: SmsPart): Promise<string> {
      id += 1;
      const sms = { provider: 'aliyun' as const, id: String(id), from: PHONE, to: '12315', text };
      const kept = await texts.keep({
        ...sms,
        ...(part === undefined ? {} : { part }),
        receivedAt: base.clock.at,
      });
      return kept.key;
    },
    async answers(item: string) {
      await answer(item, deps);
      for (const { text } of asked) await sendReply(text, senders);
      return sent.at(-1)?.body;
    },
    /** What the sweep finds is done. */
    async sweeps() {
      const from = queued.length;
      const found = await sweepTexts(deps);
      for (const item of queued.slice(from)) await answer(item, deps);
      return found;
    },
    outcomes: () => texts.texts().map((one) => ('outcome' in one ? one.outcome : 'waiting')),
    ofToday: async () => (await contacts.ofDay('2026-11-16', 100)).items.map(({ reason }) => reason),
    all: async () => {
      const numbers = [];
      for await (const number of base.cases.allNumbers()) numbers.push(number);
      return numbers;
    },
  };
}
