import * as z from 'zod';
import { defined, MOST_TURNS, type RawCall } from '../call.ts';
import { record } from '../loose.ts';
import { Unreadable } from '../remarks.ts';
import { tidy } from '../text.ts';
import { withWords } from './words.ts';

/** A number of milliseconds from the beginning of the recording; also as a string. */
const offset = z
  .preprocess(
    (value) => (typeof value === 'string' && /^\d+$/.test(value) ? Number(value) : value),
    z.int().min(0),
  )
  .describe('Milliseconds from the beginning of the recording');

const word = z.object({
  text: z.string().min(1),
  startMs: offset,
  endMs: offset,
  confidence: z.number().min(0).max(1).optional(),
});

const turn = z
  .object({
    id: z.string().min(1).max(128).optional().describe('The same in every delivery of this turn'),
    speaker: z
      .enum(['caller', 'agent', 'unknown'])
      .optional()
      .describe('Left out or unknown: it is found by what is said'),
    label: z
      .string()
      .max(64)
      .optional()
      .describe('The engine’s own name of the speaker, the same for all of his turns: spk_0, channel 1'),
    text: z.string().regex(/\S/, 'must not be empty'),
    startMs: offset.optional(),
    endMs: offset.optional(),
    words: z.array(word).optional(),
    final: z.boolean().default(true).describe('False while the engine may still change the words'),
  })
  .refine(({ startMs, endMs }) => startMs === undefined || endMs === undefined || endMs >= startMs, {
    path: ['endMs'],
    message: 'must not be before startMs',
  });

/**
 * A call from an engine that we do not read by itself (iFlytek, Aliyun and others): the contract. Further entries are
 * allowed and not read.
 */
export const ownTranscript = z
  .object({
    format: z.literal('12315-transcript'),
    version: z.literal(1),
    callId: z.string().min(1).max(128).describe('The telephone system’s id of the call'),
    startedAt: z.iso.datetime({ offset: true }).optional(),
    language: z.string().min(2).max(35).optional().describe('BCP 47: zh-CN'),
    callerNumber: z
      .string()
      .regex(/^\+?\d{3,20}$/)
      .optional()
      .describe('The number the caller calls from'),
    redacted: z.boolean().default(false).describe('Names and numbers were taken out'),
    delivery: z.enum(['whole', 'part']).default('whole'),
    last: z.boolean().default(false).describe('Of parts: nothing more comes after this call has this one'),
    turns: z.array(turn).max(MOST_TURNS),
  })
  .superRefine(({ delivery, turns }, context) => {
    if (delivery !== 'part') return;
    // Parts come in any order and again: only an id and a time tell where a turn belongs.
    for (const [at, { id, startMs }] of turns.entries()) {
      if (id === undefined || startMs === undefined)
        context.addIssue({
          code: 'custom',
          path: ['turns', at, id === undefined ? 'id' : 'startMs'],
          message: 'every turn of a part needs an id and startMs',
        });
    }
  });

/** Says whether it claims to be of our own contract. */
export function isOwn(value: unknown): boolean {
  return record(value)?.format === '12315-transcript';
}

/**
 * A call of our own contract, read strictly.
 * @param raw the JSON as written: keys with their letter case
 * @throws Unreadable `contract-version`, `bad-contract` with the JSON pointer
 */
export function readOwn(_value: unknown, raw: unknown): RawCall {
  const parsed = ownTranscript.safeParse(raw);
  if (!parsed.success) {
    const path = parsed.error.issues[0]?.path ?? [];
    const field = path.length === 0 ? 'body' : `/${path.map(String).join('/')}`;
    if (field === '/version') throw new Unreadable('contract-version', field);
    throw new Unreadable(field === '/turns' && tooMany(raw) ? 'too-many-turns' : 'bad-contract', field);
  }
  const { callId, startedAt, language, callerNumber, redacted, delivery, last, turns } = parsed.data;
  return {
    callId,
    ...defined({
      startedAt: startedAt === undefined ? undefined : new Date(startedAt).toISOString(),
      language,
      callerNumber,
    }),
    delivery: delivery === 'whole' ? 'whole' : 'pieces',
    partial: delivery === 'part' && !last,
    redacted,
    problems: [],
    turns: turns.map(({ id, speaker, label, text, startMs, endMs, words = [], final }) => ({
      text: tidy(text),
      ...defined({
        id,
        label: speaker === undefined || speaker === 'unknown' ? label : speaker,
        startMs,
        endMs,
        provisional: final ? undefined : (true as const),
      }),
      ...withWords(words.map((one) => defined(one))),
    })),
  };
}

function tooMany(raw: unknown): boolean {
  const turns = record(raw)?.turns;
  return Array.isArray(turns) && turns.length > MOST_TURNS;
}
