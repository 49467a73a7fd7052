import type { Instant } from '../dates.ts';
import type { IncomingSms, SmsPart } from './sms.ts';

/** What has come of one long text. Keep it under sender, own number and reference for some days after it is closed. */
export interface Gathering {
  of: number;
  firstAt: Instant;
  /** By number, from 1. */
  parts: Readonly<Record<number, { id: string; text: string }>>;
  /** Its text was taken: complete, or with gaps because the rest did not come. */
  closedAt?: Instant;
}

/** A long text as far as it came, and the numbers of the parts that did not. */
export interface Joined {
  text: string;
  missing: number[];
}

export type Added =
  /** This part was here before: nothing to do. */
  | { kind: 'repeat'; gathering: Gathering }
  /** More parts are to come. */
  | { kind: 'waiting'; gathering: Gathering; missing: number[]; replaced?: Joined }
  /** The whole text is here. */
  | { kind: 'complete'; gathering: Gathering; text: string; replaced?: Joined }
  /** It came after its text had been taken with a gap: `text` is what fills the gap. */
  | { kind: 'late'; gathering: Gathering; text: string };

/**
 * Adds a part to what is there, in whatever order they come. A part that was here already changes nothing. Phones use
 * a reference again after 255 long texts: a part that does not fit what is there begins a new gathering, and
 * `replaced` is what the old one held, if nobody has taken it yet.
 */
export function addPart(
  before: Gathering | undefined,
  sms: Pick<IncomingSms, 'id' | 'text'> & { part: Pick<SmsPart, 'number' | 'of'> },
  at: Instant,
): Added {
  const { number, of } = sms.part;
  const part = { id: sms.id, text: sms.text };
  const there = before?.parts[number];
  const fits = before?.of === of && (there === undefined || there.id === part.id || there.text === part.text);
  if (before !== undefined && fits && there !== undefined) return { kind: 'repeat', gathering: before };
  if (before !== undefined && fits && before.closedAt !== undefined) {
    const gathering = { ...before, parts: { ...before.parts, [number]: part } };
    return { kind: 'late', gathering, text: part.text.toWellFormed() };
  }
  const gathering: Gathering =
    before !== undefined && fits
      ? { ...before, parts: { ...before.parts, [number]: part } }
      : { of, firstAt: at, parts: { [number]: part } };
  const replaced =
    before !== undefined && !fits && before.closedAt === undefined ? { replaced: join(before) } : {};
  const { text, missing } = join(gathering);
  return missing.length === 0
    ? { kind: 'complete', gathering: { ...gathering, closedAt: at }, text, ...replaced }
    : { kind: 'waiting', gathering, missing, ...replaced };
}

/**
 * When the missing parts have not come in time: the text with marks where they belong, and the gathering closed.
 * Undefined while there is still time, or when its text was taken already.
 * @param patienceMs how long to wait after the first part
 */
export function closeGathering(
  gathering: Gathering,
  at: Instant,
  patienceMs: number,
): (Joined & { gathering: Gathering }) | undefined {
  if (gathering.closedAt !== undefined) return undefined;
  if (Date.parse(at) - Date.parse(gathering.firstAt) < patienceMs) return undefined;
  return { ...join(gathering), gathering: { ...gathering, closedAt: at } };
}

/** Stands where a part did not come. */
const gap = (numbers: readonly number[]) => `【缺第${numbers.join('、')}条短信】`;

function join({ of, parts }: Gathering): Joined {
  const missing: number[] = [];
  let text = '';
  let lost: number[] = [];
  for (let number = 1; number <= of; number += 1) {
    const part = parts[number];
    if (part === undefined) {
      missing.push(number);
      lost.push(number);
      continue;
    }
    text += (lost.length === 0 ? '' : gap(lost)) + part.text;
    lost = [];
  }
  return { text: (text + (lost.length === 0 ? '' : gap(lost))).toWellFormed(), missing };
}

/** `(1/3)`, `【2/3】`, `［3/3］`; without brackets it might be a date. */
const MARK = /^\s*[(（[［【]\s*(\d{1,2})\s*[/／]\s*(\d{1,2})\s*[)）\]］】]\s*/;
/** More parts than these nobody numbers by hand or by phone. */
const MOST_MARKED = 20;

/**
 * The part a text says it is, as phones and gateways write it that cannot join texts, and the text without the mark.
 * The reference is empty.
 */
export function markedPart(text: string): { part: SmsPart; text: string } | undefined {
  const match = MARK.exec(text);
  if (match === null) return undefined;
  const [number, of] = [Number(match[1]), Number(match[2])];
  const rest = text.slice(match[0].length);
  if (of < 2 || of > MOST_MARKED || number < 1 || number > of || rest === '') return undefined;
  return { part: { reference: '', number, of }, text: rest };
}
