import * as z from 'zod';
import { type Instant, shanghaiDate } from '../dates.ts';
import { mobileOf } from '../notices/reach.ts';
import { sha256 } from '../sha256.ts';
import { markedPart } from './parts.ts';
import { type Body, type Fields, type Found, objectsIn, unscrambled } from './payload.ts';
import { type Refusal, refusal } from './refusals.ts';
import type { IncomingSms, Provider } from './sms.ts';
import { instantOf } from './times.ts';

/** Each item in a payload is a message or a refusal. */
export interface Reading {
  messages: IncomingSms[];
  refusals: Refusal[];
}

export interface ReadingContext {
  /** When the payload came in. */
  receivedAt: Instant;
  /** What is the same each time this payload is delivered: the SQS message id. */
  deliveryId?: string | undefined;
}

/** The folded names under which a provider writes each thing, the documented one first. */
export interface IncomingNames {
  id: readonly string[];
  from: readonly string[];
  to: readonly string[];
  text: readonly string[];
  sentAt: readonly string[];
  /** A number above zero: pictures and files come with the message. */
  media: readonly string[];
  /** Numbers without a plus are E.164 all the same. */
  international: boolean;
}

/** Names gateways give to the concatenation header of a long text (3GPP TS 23.040, 9.2.3.24.1). */
const PART_NAMES = {
  reference: ['concatref', 'partreference', 'udhref', 'reference', 'msgref', 'longid'],
  number: ['concatpart', 'partnumber', 'pknumber', 'sequence'],
  of: ['concattotal', 'parttotal', 'totalparts', 'partcount', 'pktotal', 'total'],
};

/** 255 parts (the header's limit) of 67 characters. */
const LONGEST_TEXT = 255 * 67;
/** Above this share of unreadable characters nobody can tell what was meant. */
const GARBLED = 0.25;
const LONGEST_ID = 128;

const written = z.union([z.string(), z.number().transform(String)]);
const perhaps = written.optional().catch(undefined);
const wholeNumber = z.coerce.number().int().optional().catch(undefined);
const incoming = z.object({
  from: written,
  text: written,
  id: perhaps,
  to: perhaps,
  sentAt: perhaps,
  media: wholeNumber,
  reference: perhaps,
  number: wholeNumber,
  of: wholeNumber,
});

/** Reads a provider's payload by its names. Never throws; each item is a message or a refusal. */
export function readIncoming(
  provider: Provider,
  body: Body,
  names: IncomingNames,
  context: ReadingContext,
): Reading {
  const objects = objectsIn(body, [...names.from, ...names.text]);
  if (objects === undefined) return { messages: [], refusals: [refusal('not-readable')] };
  const { found, barren } = objects;
  const reading: Reading = { messages: [], refusals: barren.map((at) => refusal('not-a-message', at)) };
  for (const one of found) {
    const outerId = one.envelope.id ?? context.deliveryId;
    const shared = found.some(
      (other) => other !== one && (other.envelope.id ?? context.deliveryId) === outerId,
    );
    const read = readOne(provider, one, names, { ...context, deliveryId: outerId, shared });
    if ('code' in read) reading.refusals.push(read);
    else reading.messages.push(read);
  }
  if (reading.messages.length + reading.refusals.length === 0)
    reading.refusals.push(refusal('nothing-inside'));
  return reading;
}

function readOne(
  provider: Provider,
  { fields, at, envelope }: Found,
  { international, ...names }: IncomingNames,
  context: ReadingContext & { shared: boolean },
): IncomingSms | Refusal {
  const fieldOf = (list: readonly string[]) => `${at}/${firstOf(fields, list)?.written ?? list[0]}`;
  const picked = Object.fromEntries(
    Object.entries({ ...names, ...PART_NAMES }).map(([key, list]) => [key, firstOf(fields, list)?.value]),
  );
  const parsed = incoming.safeParse(picked);
  if (!parsed.success) {
    if (parsed.error.issues.some((issue) => issue.path[0] === 'from'))
      return refusal(picked.from === undefined ? 'missing-sender' : 'bad-sender', fieldOf(names.from));
    return picked.media !== undefined && Number(picked.media) > 0
      ? refusal('only-media', fieldOf(names.media))
      : refusal(hasBlank(fields, names.text) ? 'empty-text' : 'missing-text', fieldOf(names.text));
  }
  const from = senderOf(parsed.data.from, international);
  if (from === undefined) return refusal('bad-sender', fieldOf(names.from));
  const text = unscrambled(parsed.data.text);
  if (text.trim() === '') return refusal('empty-text', fieldOf(names.text));
  if (text.length > LONGEST_TEXT) return refusal('text-too-long', fieldOf(names.text));
  if (text.split('\ufffd').length - 1 > text.length * GARBLED)
    return refusal('garbled-text', fieldOf(names.text));

  const sentAt = instantOf(parsed.data.sentAt) ?? envelope.sentAt;
  const headed = partOf(parsed.data);
  const marked = headed === undefined ? markedPart(text) : undefined;
  const part = headed ?? marked?.part;
  const id =
    tidyId(parsed.data.id) ??
    tidyId(context.shared ? undefined : context.deliveryId) ??
    // Without id and time the day stands in: it may be repeated for hours with nothing to tell it from another.
    digest([from, text, sentAt ?? context.deliveryId ?? shanghaiDate(context.receivedAt)]);
  return {
    provider,
    // The parts of one text may share its id.
    id: headed === undefined ? id : `${id}/${headed.number}`,
    from,
    to: (parsed.data.to ?? '').trim().slice(0, 60),
    // A character of two units may be parted between two parts; alone it is a mistake.
    text: part === undefined ? text.toWellFormed() : (marked?.text ?? text),
    ...(sentAt === undefined ? {} : { sentAt }),
    ...(part === undefined ? {} : { part }),
  };
}

/** The first of the names that says something. */
export function firstOf(fields: Fields, names: readonly string[]) {
  return names
    .map((name) => fields.get(name))
    .find(
      (field) =>
        field !== undefined && field.value !== null && field.value !== undefined && field.value !== '',
    );
}

const hasBlank = (fields: Fields, names: readonly string[]) =>
  names.some((name) => fields.get(name)?.value === '');

const MASKED = /^(?:\+?86|0086)?(1[3-9][\d*]{9})$/;

/** See `IncomingSms.from`; undefined for what is no number. */
function senderOf(given: string, international: boolean): string | undefined {
  // Twilio writes `rcs:` and `whatsapp:` before numbers of those.
  const plain = given
    .normalize('NFKC')
    .replace(/^\s*[a-z]+:/i, '')
    .replace(/[\s\p{Cf}\p{Pd}().]/gu, '');
  const mobile = mobileOf(plain)?.slice('+86'.length) ?? MASKED.exec(plain)?.[1];
  if (mobile !== undefined) return mobile;
  const abroad = /^(?:\+|00)([1-9]\d{6,14})$/.exec(plain)?.[1];
  if (abroad !== undefined) return `+${abroad}`;
  // The plus of a form that was not encoded has become a blank.
  if (international && /^[1-9]\d{7,14}$/.test(plain)) return `+${plain}`;
  return /^\d[\d*]{2,20}$/.test(plain) ? plain : undefined;
}

/** As a number `1234567890`, as a double `1234567890.0`: the same id. */
function tidyId(id: string | undefined): string | undefined {
  const plain = (id ?? '').trim().replace(/^(\d+)\.0+$/, '$1');
  if (plain === '') return undefined;
  return plain.length <= LONGEST_ID && /^[\x21-\x7e]+$/.test(plain) ? plain : digest([plain]);
}

function digest(of: readonly string[]): string {
  return `sha256-${sha256(JSON.stringify(of)).slice(0, 40)}`;
}

function partOf(data: {
  reference?: string | undefined;
  number?: number | undefined;
  of?: number | undefined;
}) {
  const { reference = '', number = 0, of = 0 } = data;
  return of >= 2 && of <= 255 && number >= 1 && number <= of ? { reference, number, of } : undefined;
}
