import * as z from 'zod';
import type { CaseNumber } from '../case/case-number.ts';
import type { Instant } from '../dates.ts';
import { type Asked, QUESTION_TEXTS } from '../understanding/question-texts.ts';

/*
 * What is kept of the conversation with one phone. It holds words of the citizen as long as the talk goes on and is to
 * be kept as personal data.
 */

const instant = z.string();
const about = z.enum(Object.keys(QUESTION_TEXTS) as [Asked, ...Asked[]]);

const question = z.strictObject({
  about,
  zh: z.string(),
  en: z.string(),
  choices: z.array(z.string()).exactOptional(),
  readsBack: z.literal(true).exactOptional(),
});

/** An answer: `value` as `understandAnswer` gives it (fen, `YYYY-MM-DD`, words), null when the citizen does not know. */
const given = z.strictObject({ about, value: z.union([z.string(), z.number(), z.null(), z.literal(true)]) });

const talkCase = z.strictObject({
  /** Id of the text that registered it; of a case from another channel its number. */
  id: z.string(),
  /** What the citizen may call it by, 1 for his first. */
  handle: z.int(),
  number: z.string().exactOptional(),
  business: z.string().exactOptional(),
  withdrawn: z.boolean(),
  /** What was asked about it, once each. */
  asked: z.array(about),
  answers: z.array(given),
  /** The words so far, while the talk about them goes on. */
  told: z.string(),
  /** The last text that belongs to it. */
  lastAt: instant,
});

const part = z.strictObject({ id: z.string(), text: z.string(), at: instant });
const command = z.enum(['status', 'add', 'withdraw', 'rate']);

/** What the next text is heard as; `case` is the `id` of a case. */
const state = z.discriminatedUnion('name', [
  z.strictObject({ name: z.literal('listening') }),
  /** Texts that may be the beginning of a story. */
  z.strictObject({ name: z.literal('telling'), parts: z.array(part), begun: z.boolean() }),
  z.strictObject({ name: z.literal('asking'), case: z.string(), question, at: instant }),
  z.strictObject({ name: z.literal('confirming'), case: z.string(), at: instant }),
  /** `rest` is what the command came with: words to add, or the points. */
  z.strictObject({
    name: z.literal('choosing'),
    command,
    rest: z.string(),
    points: z.int().exactOptional(),
    choices: z.array(z.int()),
    at: instant,
  }),
  /** The bureau asked for points from 1 to 5. */
  z.strictObject({ name: z.literal('rating'), case: z.string(), at: instant }),
  /** After a bare 补充: the next text is one. */
  z.strictObject({ name: z.literal('adding'), case: z.string(), at: instant }),
]);

/** A talk as it is stored. A talk that cannot be read with it is to be treated as none. */
export const talkSchema = z.strictObject({
  schemaVersion: z.literal(1),
  state,
  cases: z.array(talkCase),
  /** How many cases this phone has had in the talk: the next handle is one more. */
  handles: z.int(),
  /** Ids of the latest messages, to know one that is delivered again. */
  seen: z.array(z.string()),
  /** When the latest texts came, for an hour. */
  recent: z.array(instant),
  lastAt: instant,
  /** When the last reply is due: the next one keeps its distance. */
  repliedAt: instant.exactOptional(),
  /** When it was last explained what this number is for. */
  hintedAt: instant.exactOptional(),
  optedOut: z.boolean(),
  quietUntil: instant.exactOptional(),
});

export type Talk = z.infer<typeof talkSchema>;
export type TalkCase = Talk['cases'][number];
export type Given = z.infer<typeof given>;
export type State = Talk['state'];
export type CaseCommand = z.infer<typeof command>;

/** More than these are not kept: the oldest go first. */
export const MOST_CASES = 20;
const MOST_SEEN = 200;

/** A talk of which nothing has been said yet. */
export function newTalk(at: Instant): Talk {
  return {
    schemaVersion: 1,
    state: { name: 'listening' },
    cases: [],
    handles: 0,
    seen: [],
    recent: [],
    lastAt: at,
    optedOut: false,
  };
}

/** The talk with a message noted as taken. */
export function withSeen(talk: Talk, id: string): Talk {
  return { ...talk, seen: [...talk.seen, id].slice(-MOST_SEEN) };
}

/** The talk with one more case, which has the next handle. */
export function withCase(talk: Talk, opened: Omit<TalkCase, 'handle'>): Talk {
  const handle = talk.handles + 1;
  return { ...talk, handles: handle, cases: [...talk.cases, { ...opened, handle }].slice(-MOST_CASES) };
}

/** The talk with some facts of one case changed. */
export function withChanged(talk: Talk, id: string, change: Partial<Omit<TalkCase, 'id' | 'handle'>>): Talk {
  return { ...talk, cases: talk.cases.map((one) => (one.id === id ? { ...one, ...change } : one)) };
}

/**
 * The talk after a text was registered: the case has its number.
 * @param registeredBy id of the text, as in the effect `register`
 */
export function withNumber(talk: Talk, registeredBy: string, number: CaseNumber): Talk {
  return withChanged(talk, registeredBy, { number });
}

/** The talk after the bureau asked for points for a case that is over: a bare 5 is an answer to it. */
export function withRatingAsked(talk: Talk, number: CaseNumber, at: Instant): Talk {
  const rated = talk.cases.find((one) => one.number === number);
  return rated === undefined ? talk : { ...talk, state: { name: 'rating', case: rated.id, at } };
}
