import * as z from 'zod';
import { phoneKey } from '../case/lookup-keys.ts';
import type { Instant } from '../dates.ts';
import { sha256 } from '../sha256.ts';
import type { IncomingSms } from '../sms/sms.ts';
import type { Effect } from '../sms-talk/effects.ts';
import { talkSchema } from '../sms-talk/talk.ts';
import type {
  Due,
  KeptGathering,
  KeptTalk,
  KeptText,
  Pending,
  TakenText,
  WaitingReply,
} from './text-store.ts';

/* Texts, talks and parts in the table of identities. Keys are hashes and say nothing to whoever sees them. */

const SCHEMA_VERSION = 1;
const DAY_SECONDS = 24 * 60 * 60;
const MINUTE_MS = 60_000;

/**
 * A push may be replayed for as long as its signature holds, that of Twilio forever: what is left of a text, its key
 * and what it led to, stays for a year.
 */
const TEXT_DAYS = 365;
const PARTS_DAYS = 30;
/** The cases of a talk are found by the phone afterwards, too. */
const TALK_DAYS = 180;
/** Who opted out does so for long. */
const OPTED_OUT_DAYS = 5 * 365;
const KEY_LENGTH = 32;

/** A text normally is taken within a second; after a minute its message is taken for lost. */
const TAKEN_WITHIN_MS = MINUTE_MS;
/** Parts of one text come within seconds; a phone out of reach may take minutes. */
export const PARTS_WITHIN_MS = 5 * MINUTE_MS;

/** The key of a text: the same for each delivery of it. */
export const textKey = (provider: string, id: string) =>
  sha256(JSON.stringify([provider, id])).slice(0, KEY_LENGTH);

/** The key of the long text that a part belongs to. */
export const gatheringKey = ({ provider, from, to, part }: IncomingSms) =>
  sha256(JSON.stringify([provider, from, to, part?.reference])).slice(0, KEY_LENGTH);

const keyOf = (kind: string, key: string) => ({ pk: `${kind}#${key}`, sk: kind });
export const textItemKey = (key: string) => keyOf('TEXT', key);
export const talkItemKey = (phone: string) => keyOf('TALK', phone);
export const gatheringItemKey = (key: string) => keyOf('PARTS', key);

const head = (entity: string, at: Instant | number, days: number) => ({
  schemaVersion: SCHEMA_VERSION,
  entity,
  expiresAt: Math.floor(new Date(at).getTime() / 1000) + days * DAY_SECONDS,
});
/** What the sweep finds an item by, while there is something to do with it. */
const dueOf = (due: Due, dueAt: Instant | undefined) => (dueAt === undefined ? {} : { due, dueAt });
const after = (at: Instant, ms: number) => new Date(Date.parse(at) + ms).toISOString();

const provider = z.enum(['aws', 'aliyun', 'huawei', 'twilio']);
const part = z.object({ reference: z.string(), number: z.int(), of: z.int() });
const keptText = z.object({
  key: z.string(),
  provider,
  id: z.string(),
  from: z.string(),
  to: z.string(),
  text: z.string(),
  sentAt: z.string().exactOptional(),
  part: part.exactOptional(),
  receivedAt: z.string(),
});
const takenText = z.object({
  key: z.string(),
  phone: z.string(),
  receivedAt: z.string(),
  outcome: z.string(),
  gathering: z.string().optional(),
  joinedInto: z.array(z.string()).optional(),
});
const waitingReply = z.object({
  to: z.string(),
  body: z.string(),
  template: z.object({ id: z.string(), values: z.record(z.string(), z.string()) }),
});
// Effects are our own, written and read by one function within seconds; what each must have is checked by its type.
const effect = z.looseObject({
  type: z.enum(['register', 'add', 'withdraw', 'rate', 'ask-status', 'contact', 'reply']),
});
const keptTalk = z.object({
  phone: z.string(),
  version: z.int().positive(),
  // "A talk that cannot be read is to be treated as none": the next text begins a new one.
  talk: talkSchema.optional().catch(undefined),
  pending: z.array(
    z.object({ text: z.string(), from: z.string(), receivedAt: z.string(), effects: z.array(effect) }),
  ),
});
const keptGathering = z.object({
  key: z.string(),
  version: z.int().positive(),
  gathering: z.object({
    of: z.int(),
    firstAt: z.string(),
    parts: z.record(z.string(), z.object({ id: z.string(), text: z.string() })),
    closedAt: z.string().exactOptional(),
  }),
  lastText: z.string(),
  of: z.object({ provider, from: z.string(), to: z.string() }),
});
export const wordsHash = ({ from, text }: Pick<KeptText, 'from' | 'text'>) =>
  sha256(JSON.stringify([from, text])).slice(0, KEY_LENGTH);

export const textItem = (text: KeptText) => ({
  ...textItemKey(text.key),
  ...head('text', text.receivedAt, TEXT_DAYS),
  ...text,
  phone: phoneKey(text.from),
  lastText: text.key,
  wordsHash: wordsHash(text),
  ...dueOf('text', after(text.receivedAt, TAKEN_WITHIN_MS)),
});

export const talkItem = (talk: KeptTalk, dueAt: Instant | undefined) => ({
  ...talkItemKey(talk.phone),
  ...head('talk', talk.talk?.lastAt ?? 0, talk.talk?.optedOut === true ? OPTED_OUT_DAYS : TALK_DAYS),
  ...talk,
  lastText: talk.pending[0]?.text ?? talk.talk?.seen.at(-1),
  ...dueOf('talk', dueAt),
});

export const gatheringItem = (gathering: KeptGathering, dueAt: Instant | undefined) => ({
  ...gatheringItemKey(gathering.key),
  ...head('parts', gathering.gathering?.firstAt ?? 0, PARTS_DAYS),
  ...gathering,
  ...dueOf('parts', dueAt),
});

export function parseText(item: unknown): KeptText | TakenText {
  const taken = takenText.safeParse(item);
  return taken.success ? taken.data : keptText.parse(item);
}
export const parseReply = (item: unknown): WaitingReply | undefined =>
  z.object({ reply: waitingReply.optional() }).parse(item).reply;

export function parseTalk(item: unknown): KeptTalk {
  const { pending, ...rest } = keptTalk.parse(item);
  return {
    ...rest,
    talk: rest.talk,
    pending: pending.map((one): Pending => ({ ...one, effects: one.effects as unknown as Effect[] })),
  };
}
export const parseGathering = (item: unknown): KeptGathering => keptGathering.parse(item);

/** When the sweep looks at a talk whose effects should be done by then. */
export const effectsDueAt = (at: Instant): Instant => after(at, TAKEN_WITHIN_MS);
