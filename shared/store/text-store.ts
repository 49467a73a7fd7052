import type { Instant } from '../dates.ts';
import type { Gathering } from '../sms/parts.ts';
import type { IncomingSms } from '../sms/sms.ts';
import type { Effect } from '../sms-talk/effects.ts';
import type { Talk } from '../sms-talk/talk.ts';

/** An SMS as it was kept before anybody answered for it. */
export interface KeptText extends IncomingSms {
  /** See `textKey`. */
  key: string;
  receivedAt: Instant;
}

/** What is left of a text once it was taken: no words, no phone. */
export interface TakenText {
  key: string;
  /** `phoneKey` of the sender. */
  phone: string;
  receivedAt: Instant;
  /** What it led to: the type of its effect, the reason of its contact, `joined`. */
  outcome: string;
  /** Of a part: where its like are gathered, and the texts it became part of. */
  gathering?: string | undefined;
  joinedInto?: readonly string[] | undefined;
}

/** A reply that waits to be sent. */
export interface WaitingReply {
  to: string;
  body: string;
  template: { id: string; values: Readonly<Record<string, string>> };
}

/** What a text led to and is not done yet; written with the talk, done afterwards, safe to do twice. */
export interface Pending {
  /** Key of the text. */
  text: string;
  from: string;
  receivedAt: Instant;
  effects: readonly Effect[];
}

/** The talk with one phone. `version` counts its writes; 0 when there is none yet. */
export interface KeptTalk {
  phone: string;
  version: number;
  talk: Talk | undefined;
  pending: readonly Pending[];
}

/** The parts of one long text. `version` as with talks. */
export interface KeptGathering {
  key: string;
  version: number;
  gathering: Gathering | undefined;
  /** The part that came last: the sweep names it, as it says nothing of a phone. */
  lastText: string;
  /** From whom, whither, by whom: what the joined text bears. */
  of: Pick<IncomingSms, 'provider' | 'from' | 'to'>;
}

/** What waits for the sweep. */
export type Due = 'text' | 'parts' | 'talk';

/**
 * Keeps texts, talks by SMS and gatherings of parts, in the table of identities under its key. Each write is on the
 * condition of what was read; false means that somebody was faster.
 */
export interface TextStore {
  /** Keeps a text once. The same id with other words is another text and kept, too. @returns its key */
  keep(text: Omit<KeptText, 'key'>): Promise<{ key: string; outcome: 'new' | 'repeat' }>;
  text(key: string): Promise<KeptText | TakenText | undefined>;
  talk(phone: string): Promise<KeptTalk>;
  /** Keeps what a text made of the talk, and with it that the text is taken: both or nothing. */
  take(text: TakenText, talk: KeptTalk, dueAt: Instant | undefined): Promise<boolean>;
  /** Keeps a talk alone: its effects are done, or a silence ended it. */
  keepTalk(talk: KeptTalk, dueAt: Instant | undefined): Promise<boolean>;
  gathering(key: string): Promise<KeptGathering | undefined>;
  /** Keeps a gathering, that its newest part is taken, and the texts that it gives: all or nothing. */
  gather(
    gathering: KeptGathering,
    dueAt: Instant | undefined,
    part: TakenText | undefined,
    joined: readonly KeptText[],
  ): Promise<boolean>;
  /** Keeps the reply to a text; the first one stays. */
  keepReply(text: string, reply: WaitingReply): Promise<void>;
  /** Undefined when there is none, or it was sent. */
  reply(text: string): Promise<WaitingReply | undefined>;
  removeReply(text: string): Promise<void>;
  /** Keys of texts by which what is due by then is found, the oldest first. */
  due(kind: Due, from: Instant, until: Instant, limit: number): Promise<string[]>;
}

export const isTaken = (text: KeptText | TakenText): text is TakenText => 'outcome' in text;
