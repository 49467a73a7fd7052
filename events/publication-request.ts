import * as z from 'zod';
import { parseCaseNumber } from '../shared/case/case-number.ts';

/** Body of a message in the queue of public cases: a step was taken on this case. It holds nothing personal. */
export const publicationRequest = z.object({
  number: z.string().refine((number) => parseCaseNumber(number) === number, 'not a case number'),
});
