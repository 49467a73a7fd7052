import * as z from 'zod';
import { parseCaseNumber } from '../shared/case/case-number.ts';

/** Body of a message in a queue of notices: somebody is to be told of this step. It holds nothing personal. */
export const noticeRequest = z.object({
  number: z.string().refine((number) => parseCaseNumber(number) === number, 'not a case number'),
  version: z.int().positive(),
});
