import * as z from 'zod';

const block = z.tuple([z.string(), z.string()]);

/** One year's notice as a document: the file that `npm run load-calendar` reads, and what the administrator sends. */
export const calendarDocument = z.strictObject({
  year: z.int().min(2000).max(2099),
  off: z.array(block).min(1),
  worked: z.array(z.string()),
  source: z.url({ protocol: /^https$/ }),
});
