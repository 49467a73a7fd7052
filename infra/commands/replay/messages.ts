import * as z from 'zod';
import type { Complaint } from '../../../shared/case/case.ts';
import { sha256 } from '../../../shared/sha256.ts';
import { seededDigits } from './seeded.ts';

/** One line of the file, made ready to be sent. */
export interface Message {
  line: number;
  id: string;
  /** The same for the same line however often it is replayed, so that the intake knows a repeat. */
  key: string;
  /** Body of POST /complaints. */
  body: Record<string, unknown>;
}

/** A file, read. */
export interface MessageFile {
  messages: Message[];
  /** Lines that are no JSON object with an id; they cannot be sent. */
  unreadable: number[];
  /** Lines that repeat an earlier line's id and content; they are not sent. */
  repeats: number[];
  /** Lines that bear an earlier line's id but say something else; they are sent. */
  sameId: number[];
}

/**
 * Either a bare message `{id, time, title, text}`, or a whole complaint: the fields of `events/submission.ts`
 * beside the id. Nothing else is checked here: what the intake does not take, it must refuse by itself.
 */
const messageLine = z.looseObject({ id: z.union([z.string(), z.number()]).transform(String) });

/**
 * The complainant of a message: plainly nobody, and for each id another one. One phone for all would be one person whose
 * messages of one matter are joined.
 */
const complainantOf = (id: string) => ({ name: '测试', phone: `1380${seededDigits(`phone ${id}`, 7)}` });

/**
 * Reads a file of JSON lines.
 * @param addressFor gives an address to lines that have none of their own (`--with-addresses`)
 */
export function readMessages(
  content: string,
  {
    addressFor,
    limit = Number.POSITIVE_INFINITY,
  }: { addressFor?: (id: string) => string; limit?: number } = {},
): MessageFile {
  const file: MessageFile = { messages: [], unreadable: [], repeats: [], sameId: [] };
  const keys = new Set<string>();
  const ids = new Set<string>();
  for (const [index, written] of content.split('\n').entries()) {
    if (file.messages.length >= limit) break;
    if (written.trim() === '') continue;
    const line = index + 1;
    const parsed = messageLine.safeParse(parseJson(written));
    if (!parsed.success) {
      file.unreadable.push(line);
      continue;
    }
    const message = { line, ...toMessage(parsed.data, addressFor) };
    if (keys.has(message.key)) {
      file.repeats.push(line);
      continue;
    }
    if (ids.has(message.id)) file.sameId.push(line);
    keys.add(message.key);
    ids.add(message.id);
    file.messages.push(message);
  }
  return file;
}

function toMessage(
  { id, time, title, text, ...others }: z.output<typeof messageLine>,
  addressFor: ((id: string) => string) | undefined,
): Omit<Message, 'line'> {
  // The time of an old message is when it was written, not when something happened: it is not sent.
  const complaint: Record<string, unknown> = {
    text: typeof title === 'string' && typeof text === 'string' ? `${title}\n${text}` : text,
    ...others,
  };
  const business = (complaint.business ?? {}) as Complaint['business'];
  if (addressFor !== undefined && business.address === undefined && business.divisionCode === undefined) {
    complaint.business = { ...business, address: addressFor(id) };
  }
  const body = { ...complaint, complainant: complainantOf(id) };
  return { id, body, key: `replay-${sha256(JSON.stringify([id, body]))}` };
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
