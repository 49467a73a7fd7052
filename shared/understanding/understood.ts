import * as z from 'zod';
import { recognisedBusiness } from '../businesses/recognised.ts';
import type { Span } from './source.ts';
import type { Understanding } from './understand.ts';
import { MESSAGE_KINDS, PROBLEMS, REQUESTS, SUBJECTS, URGENCIES } from './understanding.ts';

/*
 * What a case keeps of its understanding: classes, codes, sums, days, and where the words stand in the complaint's
 * text. No words of its own: when the text is erased, nothing of what people wrote stays behind.
 */

export const textSpan = z.object({ start: z.number().int(), end: z.number().int() });
const confidence = z.number().min(0).max(1);
const spans = z.array(textSpan).default([]);
const judged = <const T extends readonly [string, ...string[]]>(values: T) =>
  z.object({ value: z.enum(values), confidence, spans });
const words = z.object({ span: textSpan, confidence });
const sum = z.object({ fen: z.number().int(), confidence, spans });
const day = z.object({ day: z.string(), confidence, spans });

export const understoodSchema = z.object({
  kind: judged(MESSAGE_KINDS),
  problem: judged(PROBLEMS).optional(),
  subject: judged(SUBJECTS).optional(),
  scope: judged(['yes', 'no', 'unsure']),
  /** The bureau's own class, where it has taught the system some (docs/understanding.md). */
  category: z.object({ value: z.string(), zh: z.string(), en: z.string(), confidence, spans }).optional(),
  /** Ids of who else may be responsible, the likeliest first. */
  authorities: z.array(z.string()).default([]),
  respondent: words.optional(),
  place: words.optional(),
  division: z.object({ code: z.string().nullable(), candidates: z.array(z.string()), confidence }).optional(),
  /** Which business of the register is meant (经济户口). */
  business: recognisedBusiness.optional(),
  paid: sum.optional(),
  claimed: sum.optional(),
  purchasedOn: day.optional(),
  occurredOn: day.optional(),
  requests: z.array(judged(REQUESTS)).default([]),
  urgency: z.array(judged(URGENCIES)).default([]),
  missing: z.array(z.string()).default([]),
  asks: z.array(z.string()).default([]),
  /** Of a message that is both: what the business may read, and what it must not. */
  parts: z.object({ complaint: z.array(textSpan), report: z.array(textSpan) }).optional(),
  /** Fields that a person has set right; these are what the bureau learns from. */
  corrected: z.array(z.string()).default([]),
});

export type Understood = z.output<typeof understoodSchema>;

/** A place that many divisions may be is asked back, not listed in full. */
const MOST_CANDIDATES = 10;

/** What to keep of an understanding of a text without a title. */
export function keep(understanding: Understanding): Understood {
  const { kind, problem, subject, scope, respondent, place, division, paid, claimed } = understanding;
  return understoodSchema.parse({
    kind: judgedOf(kind),
    problem: problem && judgedOf(problem),
    subject: subject && judgedOf(subject),
    scope: judgedOf(scope),
    authorities: scope.value === 'yes' ? [] : scope.authorities.map(({ id }) => id),
    respondent: respondent && { span: respondent.spans[0], confidence: respondent.confidence },
    place: place && { span: place.spans[0], confidence: place.confidence },
    division: division && {
      code: division.code,
      candidates: division.candidates.slice(0, MOST_CANDIDATES),
      confidence: rounded(division.confidence),
    },
    paid: paid && { fen: paid.value, ...rest(paid) },
    claimed: claimed && { fen: claimed.value, ...rest(claimed) },
    purchasedOn: understanding.purchasedOn && {
      day: understanding.purchasedOn.value,
      ...rest(understanding.purchasedOn),
    },
    occurredOn: understanding.occurredOn && {
      day: understanding.occurredOn.value,
      ...rest(understanding.occurredOn),
    },
    requests: understanding.requests.map(judgedOf),
    urgency: understanding.urgency.map(judgedOf),
    missing: understanding.missing,
    asks: understanding.questions.map(({ about }) => about),
    parts: understanding.parts,
  });
}

/** The words at places of a text, joined. */
export function wordsOf(text: string, places: readonly { start: number; end: number }[]): string {
  return places.map(({ start, end }) => text.slice(start, end)).join('');
}

const rounded = (value: number) => Math.round(value * 100) / 100;
const rest = ({ confidence: sure, spans: places }: { confidence: number; spans: Span[] }) => ({
  confidence: rounded(sure),
  spans: places,
});
const judgedOf = <T>(field: { value: T; confidence: number; spans: Span[] }) => ({
  value: field.value,
  ...rest(field),
});
