import type { Instant } from '../dates.ts';
import type { Question } from '../understanding/questions.ts';
import type { Understanding } from '../understanding/understand.ts';
import type { CaseRef, ContactReason, Effect, Reply } from './effects.ts';
import type { State, Talk, TalkCase } from './talk.ts';
import { fill, TEXTS, type TextId } from './texts.ts';

/** A text as it came in; `at` is when the citizen sent it, as far as the provider says. */
export interface IncomingText {
  id: string;
  text: string;
  at: Instant;
  from: string;
}

/** What is understood of words, as far as the talk needs it. */
export type Reading = Pick<Understanding, 'concerns' | 'questions' | 'respondent' | 'kind'>;

export interface Context {
  /** Reads words as a complaint is read (`understand`); must give the same for the same words. */
  read(text: string): Reading;
  /** Cases of this phone that came by other channels. */
  ownCases?: readonly { number: string; business?: string | undefined }[] | undefined;
}

export interface Taken {
  talk: Talk;
  effects: Effect[];
}

/** One text in its talk: what all steps below look at. */
export interface Scene {
  talk: Talk;
  incoming: IncomingText;
  /** When it was sent; and the latest time known, which never goes back. */
  sentAt: number;
  now: number;
  /** Full width as ASCII, letters small, without case numbers. */
  said: string;
  numbers: readonly string[];
  isWrongNumber: boolean;
  context: Context;
}

const SECOND = 1000;
export const MINUTE = 60 * SECOND;
export const HOUR = 60 * MINUTE;
export const DAY = 24 * HOUR;

const BETWEEN_REPLIES = 20 * SECOND;
/** A reply that would come later is not sent: the talk has gone on. */
const LONGEST_WAIT = 60 * SECOND;
export const timeOf = (at: Instant, otherwise: number): number => {
  const time = Date.parse(at);
  return Number.isNaN(time) ? otherwise : time;
};
export const instantOf = (time: number): Instant => new Date(time).toISOString();

export const caseOf = ({ cases }: Talk, id: string): TalkCase | undefined =>
  cases.find((one) => one.id === id);

export const refOf = ({ id, number }: TalkCase): CaseRef =>
  number === undefined ? { registeredBy: id } : { number };

export function contact({ talk, incoming }: Scene, reason: ContactReason): Taken {
  return { talk, effects: [{ type: 'contact', message: incoming.id, reason, text: incoming.text }] };
}

/** Who opted out hears this all the same. */
const HEARD_BY_ALL: ReadonlySet<TextId> = new Set(['registered-opted-out', 'opted-out']);

/** What is put into a text at once: a question in both languages, or plain values. */
type Values = Question | { count?: string; choices?: string };

/**
 * What was taken, with a reply. Replies keep their distance: one that falls too close waits; one that would wait too long,
 * or a receipt that would wait at all, is left out.
 */
export function replied(
  scene: Scene,
  taken: Taken,
  id: TextId,
  values: Values = {},
  about?: TalkCase,
): Taken {
  const { talk, effects } = taken;
  if (talk.optedOut && !HEARD_BY_ALL.has(id)) return taken;
  const { now, incoming } = scene;
  const { zh, en, pace } = TEXTS[id];
  const last = timeOf(talk.repliedAt ?? '', Number.NEGATIVE_INFINITY);
  const due = pace === 'at-once' ? now : Math.max(now, last + BETWEEN_REPLIES);
  const wait = due - now;
  if (wait > (pace === 'may-be-left-out' ? 0 : LONGEST_WAIT)) return taken;
  const number = about?.number;
  const reply: Reply = {
    type: 'reply',
    key: incoming.id,
    id,
    zh: fill(zh, { ...inWords(values, 'zh'), number }),
    en: fill(en, { ...inWords(values, 'en'), number }),
    ...(about === undefined ? {} : { case: refOf(about) }),
    pace: { dueAt: instantOf(due), delaySeconds: Math.ceil(wait / SECOND) },
  };
  return { talk: { ...talk, repliedAt: instantOf(Math.max(due, last)) }, effects: [...effects, reply] };
}

const inWords = (values: Values, language: 'zh' | 'en'): Record<string, string> =>
  'about' in values ? { question: values[language] } : { ...values };

/** The talk in the state that waits for the answer to its reply, from when that is sent; without a reply as it was. */
export function waiting(taken: Taken, state: (at: Instant) => State, otherwise?: Instant): Taken {
  const reply = taken.effects.find((effect) => effect.type === 'reply');
  const at = reply?.pace.dueAt ?? otherwise;
  return at === undefined ? taken : { ...taken, talk: { ...taken.talk, state: state(at) } };
}
