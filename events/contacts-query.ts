import * as z from 'zod';
import { isLocalDate } from '../shared/dates.ts';

/** GET /desk/contacts: of which day (in Shanghai), how many, from where. */
export const contactsQuery = z.strictObject({
  on: z.string().refine(isLocalDate, '日期应写作 2026-11-21 / Write the date as 2026-11-21'),
  limit: z.coerce.number().int().min(1).max(100).default(50),
  after: z.string().min(1).max(200).optional(),
});
