import * as z from 'zod';
import { CHANNELS } from '../notices/messenger.ts';
import type { NoticeKey, StoredNotice } from './notice-store.ts';

/* Notices lie in the partition of their case. As all items, they are read tolerantly but never unparsed. */

const SCHEMA_VERSION = 1;
const PREFIX = 'NOTICE#';

const reason = { reason: z.string(), endedAt: z.string() };

const storedNotice = z
  .object({
    schemaVersion: z.literal(SCHEMA_VERSION),
    entity: z.literal('notice'),
    number: z.string(),
    id: z.string(),
    channel: z.enum([...CHANNELS, 'by-hand']),
    to: z.string(),
    bodySha256: z.string(),
    attempt: z.number().int().positive(),
    claimedAt: z.string(),
  })
  .and(
    z.discriminatedUnion('state', [
      z.object({ state: z.literal('claimed') }),
      z.object({
        state: z.literal('sent'),
        providerId: z.string(),
        sentAt: z.string(),
        segments: z.number().int().optional(),
      }),
      z.object({ state: z.literal('rejected'), ...reason }),
      z.object({ state: z.literal('try-again'), ...reason }),
      z.object({ state: z.literal('in-doubt'), ...reason }),
      z.object({ state: z.literal('by-hand'), ...reason }),
    ]),
  );

export const noticeKey = ({ number, id }: NoticeKey) => ({ pk: `CASE#${number}`, sk: `${PREFIX}${id}` });

/** Where the notices of a case begin. */
export const noticesOf = (number: string) => ({ pk: `CASE#${number}`, prefix: PREFIX });

export function noticeAttributes(notice: StoredNotice): Record<string, unknown> {
  return { schemaVersion: SCHEMA_VERSION, entity: 'notice', ...notice };
}

/** A notice that a person has to tell of. */
export function noticeByHand(key: NoticeKey, why: string, at: string): StoredNotice {
  const { number, id } = key;
  const told = { channel: 'by-hand', to: '', bodySha256: '', attempt: 1, claimedAt: at } as const;
  return { number, id, ...told, state: 'by-hand', reason: why, endedAt: at };
}

export function parseNotice(item: unknown): StoredNotice {
  const { schemaVersion, entity, ...found } = storedNotice.parse(item);
  return found;
}

/** In the order of the steps: the 10th after the 9th. */
export function inOrder(notices: readonly StoredNotice[]): StoredNotice[] {
  return notices.toSorted((a, b) => a.id.localeCompare(b.id, 'en', { numeric: true }));
}
