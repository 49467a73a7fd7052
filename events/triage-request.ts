import * as z from 'zod';
import { parseCaseNumber } from '../shared/case/case-number.ts';

/** Body of a message in the triage queue: look at this case. It holds nothing personal. */
export const triageRequest = z.object({
  number: z.string().refine((number) => parseCaseNumber(number) === number, 'not a case number'),
});
