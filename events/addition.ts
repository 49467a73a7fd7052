import * as z from 'zod';
import { requiredWords } from './words.ts';

/** POST /complaints/{number}/words: what the complainant adds to what he said. */
export const addition = z.strictObject({
  text: requiredWords(10_000).describe('What is added, in the person’s own words (补充内容)'),
});
