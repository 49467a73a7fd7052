import * as z from 'zod';
import { isLocalDate } from '../shared/dates.ts';
import { LARGEST_FEN } from '../shared/money.ts';
import { requiredWords, words } from './words.ts';

/*
 * POST /complaints, the contract with the outside world: strict, every refusal names the field and the remedy.
 */

const fen = z
  .number()
  .int('金额以分为单位，请填整数 / Sums are whole fen (1/100 yuan)')
  .min(0)
  .max(LARGEST_FEN);

/** A day up to today. Which day it is, is asked when a message is parsed, never when the code is loaded. */
function pastDate(today: () => string) {
  return z
    .string()
    .refine(isLocalDate, { abort: true, error: '日期应写作 2026-11-21 / Write the date as 2026-11-21' })
    .refine((date) => date <= today(), '日期不能晚于今天 / The date must not be in the future')
    .refine((date) => date >= '1990-01-01', '日期太早，请核对 / The date is too early, please check');
}

/**
 * The schema of a complaint.
 * @param today gives the present day in Shanghai
 */
export function submission(today: () => string) {
  return z.strictObject({
    text: requiredWords(10_000).describe('What happened, in the consumer’s own words (投诉内容)'),
    request: words(1_000).optional().describe('What the consumer asks for (投诉请求)'),
    complainant: z
      .strictObject({
        name: requiredWords(60),
        phone: words(30).refine(
          (phone) => /^\+?[\s()-]*(?:\d[\s()-]*){6,20}$/.test(phone.normalize('NFKC')),
          '请填写可以联系到您的电话号码 / Please give a phone number that reaches you',
        ),
        address: words(200).optional(),
      })
      .describe('Who complains (Order 121 Art. 10)'),
    business: z
      .strictObject({
        name: words(120).optional(),
        address: words(200).optional(),
        divisionCode: z
          .string()
          .regex(
            /^\d{6}(?:\d{3}){0,2}$/,
            '行政区划代码为 6、9 或 12 位数字 / A division code has 6, 9 or 12 digits',
          )
          .optional(),
      })
      .default({})
      .describe('Who the complaint is about (被投诉人)'),
    paidFen: fen.optional().describe('Sum paid, in fen'),
    claimedFen: fen.optional().describe('Sum claimed, in fen'),
    occurredOn: pastDate(today).optional().describe('Day of the incident, YYYY-MM-DD'),
  });
}

export type Submission = z.output<ReturnType<typeof submission>>;

/** Header `Idempotency-Key`: any printable text the sender chooses, the same for every repeat of a message. */
export const idempotencyKey = z
  .string()
  .regex(
    /^[\x21-\x7e]{8,128}$/,
    '幂等键为 8 至 128 个可见字符 / The idempotency key has 8 to 128 visible characters',
  )
  .optional();
