import * as z from 'zod';
import { isLocalDate } from '../shared/dates.ts';
import { LARGEST_FEN } from '../shared/money.ts';
import { requiredWords } from './words.ts';

/*
 * What a rights station or a business sends: from its page (by the link in a notice) or from its own system.
 */

/** GET /partner/cases */
export const partnerListQuery = z.strictObject({
  limit: z.coerce.number().int().min(1).max(100).default(50),
  after: z.string().min(1).max(200).optional(),
});

const settle = z.strictObject({
  answer: z.literal('settle'),
  offeredFen: z
    .number()
    .int('金额以分为单位，请填整数 / Sums are whole fen (1/100 yuan)')
    .min(0)
    .max(LARGEST_FEN)
    .describe('Sum offered to the consumer, in fen; 0 for an exchange, a repair, an apology'),
  terms: requiredWords(1_000).describe('What is offered, in words; the consumer reads it'),
  promisedOn: z
    .string()
    .refine(isLocalDate, '日期应写作 2026-11-21 / Write the date as 2026-11-21')
    .optional()
    .describe('Last day on which it is paid or done; needed with a sum'),
});
const handBack = z.strictObject({
  answer: z.literal('hand-back'),
  reason: requiredWords(2_000).describe('Why it was not settled'),
});

/** POST /partner/cases/{number}/answer */
export const partnerAnswer = z.discriminatedUnion('answer', [settle, handBack], {
  error: 'answer 只能是 settle 或者 hand-back / `answer` must be settle or hand-back',
});

export type PartnerAnswer = z.output<typeof partnerAnswer>;
