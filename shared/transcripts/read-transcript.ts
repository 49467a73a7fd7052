import { type Call, defined, LARGEST_FILE, MOST_TURNS, type RawCall, type Remark } from './call.ts';
import { decodeText } from './decode.ts';
import { finish } from './finish.ts';
import { isAnyTurns, readAnyTurns } from './formats/any-turns.ts';
import {
  isPostCall,
  isRealTime,
  isUtterance,
  readPostCall,
  readRealTime,
  readUtterance,
} from './formats/contact-lens.ts';
import { isOwn, readOwn } from './formats/own.ts';
import { readPlainText } from './formats/plain-text.ts';
import { isTimedText, readTimedText } from './formats/timed-text.ts';
import { isBatch, isStream, readBatch, readStream } from './formats/transcribe.ts';
import { jsonValues } from './json-values.ts';
import { sayingsOfKey } from './key.ts';
import { record, withPlainKeys } from './loose.ts';
import { mergeDeliveries } from './merge-deliveries.ts';
import { remark, Unreadable } from './remarks.ts';

/** A file as it was delivered. */
export interface TranscriptFile {
  bytes: Uint8Array;
  /** The S3 key or the file's name. */
  key?: string | undefined;
  contentType?: string | undefined;
}

/** What a file holds. Together there is at least one of calls and refusals: nothing is thrown away. */
export interface Reading {
  /** Nearly always one; several when the file holds records of several calls. */
  calls: Call[];
  /** What could not be read, and why. */
  refused: Remark[];
}

interface JsonFormat {
  fits: (value: unknown) => boolean;
  /** @throws Unreadable */
  read: (value: unknown, raw: unknown) => RawCall;
}

/** The first that fits reads; the formats of named programs come before the guess. */
const JSON_FORMATS: readonly JsonFormat[] = [
  { fits: isOwn, read: readOwn },
  { fits: isRealTime, read: readRealTime },
  { fits: isUtterance, read: readUtterance },
  { fits: isBatch, read: readBatch },
  { fits: isStream, read: readStream },
  { fits: isPostCall, read: readPostCall },
  { fits: isAnyTurns, read: readAnyTurns },
];

/**
 * Reads a transcript of whatever format, which is told by its content. Never throws: what cannot be read is refused with
 * a reason.
 */
export function readTranscript({ bytes, key, contentType }: TranscriptFile): Reading {
  try {
    if (bytes.length > LARGEST_FILE) throw new Unreadable('too-large');
    const { text, problems } = decodeText(bytes, contentType);
    if (text.trim() === '') throw new Unreadable('empty');
    const reading = isJson(text) ? readJson(text) : { raws: [readText(text)], refused: [] };
    return callsOf(reading, sayingsOfKey(key), problems);
  } catch (error) {
    return { calls: [], refused: [reasonOf(error)] };
  }
}

/** `[00:12]` and `[客服]` begin with a bracket, too. */
function isJson(text: string): boolean {
  return /^\s*(?:\{|\[\s*(?:[[{"\]]|$))/.test(text);
}

function readText(text: string): RawCall {
  if (/^\s*<(?:\?xml|!doctype|html|error)\b/i.test(text)) throw new Unreadable('markup-page');
  return isTimedText(text) ? readTimedText(text) : readPlainText(text);
}

interface RawReading {
  raws: RawCall[];
  refused: Remark[];
}

/** A turn comes in a few records; more of them than this are no call. */
const MOST_RECORDS = 4 * MOST_TURNS;

function readJson(text: string): RawReading {
  const raws: RawCall[] = [];
  const refused: Remark[] = [];
  const values = jsonValues(text);
  if (values.length > MOST_RECORDS) throw new Unreadable('too-many-turns');
  for (const found of values) {
    if ('unreadable' in found) {
      refused.push(remark('not-json', found.unreadable));
      continue;
    }
    for (const raw of membersOf(found.value)) {
      try {
        raws.push(readValue(raw));
      } catch (error) {
        refused.push(reasonOf(error));
      }
    }
  }
  return { raws, refused };
}

/** A list of calls or records is each of them; a list of turns is one call. */
function membersOf(value: unknown): unknown[] {
  if (!Array.isArray(value)) return [value];
  const plain = value.map((one) => withPlainKeys(one));
  const calls = plain.some((one) => JSON_FORMATS.some(({ fits }) => record(one) !== undefined && fits(one)));
  return calls ? value : [value];
}

function readValue(raw: unknown): RawCall {
  const value = withPlainKeys(raw);
  const format = JSON_FORMATS.find(({ fits }) => fits(value));
  if (format === undefined) throw new Unreadable('format-unknown');
  return format.read(value, raw);
}

/** Pieces and repeats of one call within a file are one call. */
function callsOf(
  { raws, refused }: RawReading,
  { callId: named, redacted }: ReturnType<typeof sayingsOfKey>,
  problems: readonly Remark[],
): Reading {
  const byId = new Map<string, Call[]>();
  const reasons = [...refused];
  for (const [at, raw] of raws.entries()) {
    try {
      const call = finish({
        ...raw,
        redacted: raw.redacted || redacted,
        problems: [...raw.problems, ...problems],
      });
      // Pieces without an id belong together: streams do not name the call. Whole calls without one are apart.
      const id = call.callId ?? (call.delivery === 'pieces' ? 'pieces' : `${at}`);
      byId.set(id, byId.get(id) ?? []);
      byId.get(id)?.push(call);
    } catch (error) {
      reasons.push(reasonOf(error));
    }
  }
  const calls = [...byId.values()].flatMap(mergeAll);
  const nameless = calls.filter(({ callId }) => callId === undefined).length;
  return {
    calls: calls.map((call, at) => {
      const callId = call.callId ?? (named === undefined || nameless === 1 ? named : `${named}#${at + 1}`);
      return { ...call, ...defined({ callId }) };
    }),
    refused: calls.length + reasons.length === 0 ? [remark('format-unknown')] : reasons,
  };
}

/** Halves first: pieces by the thousand, each merged with all before it, would take minutes. */
function mergeAll(deliveries: readonly Call[]): Call[] {
  const [only] = deliveries;
  if (only === undefined) return [];
  if (deliveries.length === 1) return [only.delivery === 'whole' ? only : mergeDeliveries(only, only)];
  const half = Math.ceil(deliveries.length / 2);
  const [first = only] = mergeAll(deliveries.slice(0, half));
  const [second = only] = mergeAll(deliveries.slice(half));
  return [mergeDeliveries(first, second)];
}

function reasonOf(error: unknown): Remark {
  return error instanceof Unreadable ? error.reason : remark('format-unknown');
}
