import * as z from 'zod';

/**
 * Body of a message in the queues of texts and replies: look at this text, or send its reply. The key is a hash of the
 * provider's id: it says nothing of a phone.
 */
export const textRequest = z.object({ text: z.string().regex(/^[0-9a-f]{32}$/) });
