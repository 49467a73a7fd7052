import { promisify } from 'node:util';
import { gunzip, gzip } from 'node:zlib';
import { type DynamoDBDocumentClient, GetCommand } from '@aws-sdk/lib-dynamodb';
import * as z from 'zod';
import type { CaseNumber } from '../case/case-number.ts';
import type { Instant } from '../dates.ts';
import { sha256 } from '../sha256.ts';
import type { Call } from '../transcripts/call.ts';
import { remark } from '../transcripts/remarks.ts';
import { putOnVersion } from './dynamodb.ts';

/** What became of a call: a case, or a contact with the code of its reason. */
export type CallOutcome = { number: CaseNumber; report: boolean } | { reason: string };

/** A call as all its deliveries together tell it. */
export interface KeptCall {
  /** `callIdOf` of the telephone system's id. */
  id: string;
  /** Counts the changes; the first one kept is 1. */
  version: number;
  call: Call;
  /** When the first and the last delivery came. */
  receivedAt: Instant;
  lastAt: Instant;
  /** Absent while pieces are awaited. */
  outcome?: CallOutcome | undefined;
}

/** Keeps what was said in calls, beside those who said it. */
export interface CallStore {
  call(id: string): Promise<KeptCall | undefined>;
  /** Keeps the call if it still is at the version before this one; a conflict is a normal outcome: look again. */
  save(kept: KeptCall): Promise<'saved' | 'conflict'>;
}

/** Ids of calls can be names of files, and these hold phones: only the hash is used as a key. */
export const callIdOf = (callId: string): string => sha256(`phone:${callId}`);

/** The idempotency key under which a call is registered. */
export const receiptKeyOf = (id: string): string => `phone:${id}`;

/** DynamoDB takes 400 KB an item. */
const MOST_BYTES = 380_000;
/** As long as contacts are kept; a call that is a case goes with the case's people (`Eraser`), at last after five years. */
const KEPT_SECONDS = 90 * 24 * 60 * 60;
const KEPT_WITH_CASE_SECONDS = 5 * 366 * 24 * 60 * 60;

const stored = z.object({
  callId: z.string(),
  version: z.number().int(),
  call: z.instanceof(Uint8Array),
  receivedAt: z.string(),
  lastAt: z.string(),
  outcome: z
    .union([z.object({ number: z.string(), report: z.boolean() }), z.object({ reason: z.string() })])
    .optional(),
});

const zip = promisify(gzip);
const unzip = promisify(gunzip);

/**
 * A call small enough for an item: as it is; without the times of its words, so that moments are those of turns; at last
 * without its last turns, with a remark. The file itself stays in its bucket.
 */
async function fitted(call: Call, most: number): Promise<{ call: Call; bytes: Uint8Array }> {
  const bytes = await zip(JSON.stringify(call));
  if (bytes.length <= most) return { call, bytes };
  if (call.turns.some(({ words }) => words !== undefined)) {
    return fitted({ ...call, turns: call.turns.map(({ words, ...turn }) => turn) }, most);
  }
  const problems = call.problems.some(({ code }) => code === 'cut-off')
    ? call.problems
    : [...call.problems, remark('cut-off')];
  return fitted({ ...call, problems, turns: call.turns.slice(0, Math.floor(call.turns.length / 2)) }, most);
}

/** The key of a call's item. */
export const callKey = (id: string): { pk: string; sk: string } => ({ pk: `CALL#${id}`, sk: 'CALL' });

/** Calls in the table of identities, under its key. */
export function createDynamoDbCallStore(
  client: DynamoDBDocumentClient,
  table: string,
  mostBytes = MOST_BYTES,
): CallStore {
  return {
    async call(id) {
      const { Item } = await client.send(
        new GetCommand({ TableName: table, Key: callKey(id), ConsistentRead: true }),
      );
      if (Item === undefined) return undefined;
      const { callId, call, ...rest } = stored.parse(Item);
      return { id: callId, ...rest, call: JSON.parse((await unzip(call)).toString()) as Call };
    },
    async save({ id, call, ...kept }) {
      const { bytes } = await fitted(call, mostBytes);
      const keptFor = 'number' in (kept.outcome ?? {}) ? KEPT_WITH_CASE_SECONDS : KEPT_SECONDS;
      return putOnVersion(client, table, {
        ...callKey(id),
        schemaVersion: 1,
        entity: 'call',
        callId: id,
        ...kept,
        call: bytes,
        expiresAt: Math.floor(Date.parse(kept.receivedAt) / 1000) + keptFor,
      });
    },
  };
}

/** The double for unit tests; it passes the same contract suite. */
export function createMemoryCallStore(mostBytes = MOST_BYTES): CallStore {
  const calls = new Map<string, KeptCall>();
  return {
    async call(id) {
      return structuredClone(calls.get(id));
    },
    async save(kept) {
      if ((calls.get(kept.id)?.version ?? 0) !== kept.version - 1) return 'conflict';
      const { call } = await fitted(kept.call, mostBytes);
      calls.set(kept.id, structuredClone({ ...kept, call }));
      return 'saved';
    },
  };
}
