import { appendFileSync, existsSync, mkdirSync, readFileSync } from 'node:fs';
import { dirname } from 'node:path';
import * as z from 'zod';

/** What the intake answered to a line: it has a number now, or it was refused for good. */
const ofLine = {
  key: z.string(),
  id: z.string(),
  line: z.number(),
  /** When it was sent, and how many milliseconds later its outcome was known here. */
  sentAt: z.number().optional(),
  ms: z.number().optional(),
};
const answered = z.discriminatedUnion('outcome', [
  z.object({
    ...ofLine,
    outcome: z.enum(['registered', 'again']),
    number: z.string(),
    secret: z.string(),
  }),
  z.object({
    ...ofLine,
    outcome: z.literal('refused'),
    status: z.number(),
    fields: z.array(z.string()),
  }),
  /** No case: the channel took it for something else, and kept it with the reason. */
  z.object({ ...ofLine, outcome: z.literal('contact'), reason: z.string() }),
]);

export type Answered = z.output<typeof answered>;

/** What was answered so far, on disk: a replay that starts again sends only what is not in here. */
export interface Journal {
  get(key: string): Answered | undefined;
  append(entry: Answered): void;
}

/**
 * Opens a journal, or begins one. Each answer is one appended line, so a kill can tear only the last one:
 * a torn line counts as not answered, is sent again with the same key and gets the same number.
 */
export function openJournal(path: string): Journal {
  mkdirSync(dirname(path), { recursive: true });
  const written = existsSync(path) ? readFileSync(path, 'utf8') : '';
  const entries = new Map<string, Answered>();
  for (const line of written.split('\n')) {
    const entry = parseEntry(line);
    if (entry !== undefined) entries.set(entry.key, entry);
  }
  // Never write behind a torn line: the next answer would be torn with it.
  if (written !== '' && !written.endsWith('\n')) appendFileSync(path, '\n');
  return {
    get: (key) => entries.get(key),
    append(entry) {
      appendFileSync(path, `${JSON.stringify(entry)}\n`);
      entries.set(entry.key, entry);
    },
  };
}

function parseEntry(line: string): Answered | undefined {
  try {
    return answered.parse(JSON.parse(line));
  } catch {
    return undefined;
  }
}
