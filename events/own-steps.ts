import * as z from 'zod';
import { requiredWords, words } from './words.ts';

/*
 * What a person sends with steps on his own case, beside number and secret.
 */

/** POST /complaints/{number}/rating: one tap, and a remark for who wants to say more. */
export const rating = z.strictObject({
  points: z
    .int('评分为 1 到 5 的整数 / Points are a whole number from 1 to 5')
    .min(1, '评分为 1 到 5 的整数 / Points are a whole number from 1 to 5')
    .max(5, '评分为 1 到 5 的整数 / Points are a whole number from 1 to 5')
    .describe('5 very satisfied … 1 not satisfied at all (评价)'),
  remark: words(500).optional().describe('In the person’s own words (评价内容)'),
});

/** POST /complaints/{number}/reopening: why it should be taken up again. */
export const reopening = z.strictObject({
  reason: requiredWords(2_000).describe('Why, in the person’s own words (为什么要重新办理)'),
});
