import type { Instant } from '../dates.ts';
import { instantOf } from './times.ts';

/** What arrived: bytes, or text that somebody has decoded already. */
export type Body = string | Uint8Array;

/** An object in a payload by its folded names: `phone_number`, `phoneNumber` and `PHONE-NUMBER` are `phonenumber`. */
export type Fields = ReadonlyMap<string, { value: unknown; written: string }>;

/** An object found in a payload, where it stands, and what its envelope says of it. */
export interface Found {
  fields: Fields;
  /** JSON pointer. */
  at: string;
  /** SNS or SQS: the id of the message around it, and when that was published. */
  envelope: { id?: string; sentAt?: Instant };
}

/** Deeper than any envelope in use: SQS event, record, SNS envelope, EventBridge event, detail. */
const DEEPEST = 8;

/**
 * The objects in a payload that have one of these names, whatever is wrapped around them: arrays, SQS and SNS
 * envelopes, EventBridge events, JSON written as a string or in base64, a form. Others in the same array are `barren`.
 * Undefined when the payload cannot be read at all.
 */
export function objectsIn(
  body: Body,
  names: readonly string[],
): { found: Found[]; barren: string[] } | undefined {
  const text = typeof body === 'string' ? body : decode(body);
  const value = readJson(text) ?? readForm(text);
  if (value === undefined) return undefined;
  const result = { found: [] as Found[], barren: [] as string[] };
  search(value, { at: '', envelope: {}, depth: 0 });
  return result;

  function search(given: unknown, place: { at: string; envelope: Found['envelope']; depth: number }): number {
    const inner = typeof given === 'string' ? readJson(given) : given;
    if (typeof inner !== 'object' || inner === null || place.depth > DEEPEST) return 0;
    const before = result.found.length;
    const into = (key: string | number, child: unknown, envelope: Found['envelope']) =>
      search(child, { at: `${place.at}/${pointerPart(key)}`, envelope, depth: place.depth + 1 });
    if (Array.isArray(inner)) {
      const barren = inner.flatMap((child, index) =>
        into(index, child, place.envelope) === 0 ? [`${place.at}/${index}`] : [],
      );
      // Arrays that have nothing to do with messages lie in envelopes, too.
      if (place.at === '' || barren.length < inner.length) for (const at of barren) result.barren.push(at);
      return result.found.length - before;
    }
    const fields = fieldsOf(inner);
    if (names.some((name) => fields.has(name))) {
      result.found.push({ fields, at: place.at, envelope: place.envelope });
    } else {
      const envelope = { ...place.envelope, ...envelopeOf(fields) };
      for (const [key, child] of Object.entries(inner)) into(key, child, envelope);
    }
    return result.found.length - before;
  }
}

/** A name somebody else chose may say something about a person: only plain ones are shown. */
const pointerPart = (key: string | number) =>
  typeof key === 'number' || (/^[\w.-]{1,40}$/.test(key) && !/\d{5}/.test(key)) ? key : '*';

function fieldsOf(object: object): Fields {
  const fields = new Map<string, { value: unknown; written: string }>();
  for (const [written, value] of Object.entries(object)) {
    const name = written.toLowerCase().replace(/[\s_.-]/g, '');
    const earlier = fields.get(name)?.value;
    if (earlier === undefined || earlier === null || earlier === '') fields.set(name, { value, written });
  }
  return fields;
}

function envelopeOf(fields: Fields): Found['envelope'] {
  const id = fields.get('messageid')?.value;
  const attributes = fields.get('attributes')?.value;
  const sent =
    fields.get('timestamp')?.value ??
    (typeof attributes === 'object' && attributes !== null
      ? fieldsOf(attributes).get('senttimestamp')?.value
      : undefined);
  const sentAt = instantOf(sent);
  return {
    ...(typeof id === 'string' && id !== '' ? { id } : {}),
    ...(sentAt === undefined ? {} : { sentAt }),
  };
}

/**
 * Bytes as text: UTF-8, else GB18030 (gateways in China), else UTF-8 with marks where it cannot be read. A character
 * cut off at the end does not make UTF-8 something else.
 */
export function decode(bytes: Uint8Array): string {
  for (const encoding of ['utf-8', 'gb18030']) {
    try {
      return new TextDecoder(encoding, { fatal: true }).decode(bytes, { stream: true });
    } catch {
      // The next one.
    }
  }
  return new TextDecoder().decode(bytes);
}

/**
 * UTF-8 that was read as Latin-1 somewhere on its way, read right (Huawei: "上行短信呈现乱码", FAQ of Message & SMS);
 * any other text as it is.
 */
export function unscrambled(text: string): string {
  if (!/[\u0080-\u00ff]/.test(text) || /[\u0100-\uffff]/.test(text)) return text;
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(Buffer.from(text, 'latin1'));
  } catch {
    return text;
  }
}

const BASE64 = /^[A-Za-z0-9+/_-]{8,}={0,2}$/;

/** An object or array in JSON, also when it is written as a JSON string or in base64; undefined for anything else. */
function readJson(text: string, depth = 0): object | undefined {
  const trimmed = text.replace(/^\ufeff/, '').trim();
  if (depth > 3 || trimmed === '') return undefined;
  if (BASE64.test(trimmed)) return readJson(decode(Buffer.from(trimmed, 'base64')), depth + 1);
  if (!/^[[{"]/.test(trimmed)) return undefined;
  try {
    const value: unknown = JSON.parse(mended(trimmed));
    if (typeof value === 'string') return readJson(value, depth + 1);
    return typeof value === 'object' && value !== null ? value : undefined;
  } catch {
    return undefined;
  }
}

/**
 * JSON as it should have been written: long numbers in quotes, as ids beyond 2^53 would lose their last digits and
 * become one; line breaks and the like within a text escaped.
 */
function mended(json: string): string {
  return json.replace(/"[^"\\]*(?:\\.[^"\\]*)*"|(?<![\w.+-])\d{16,}(?![\d.eE])/g, (match) =>
    match.startsWith('"')
      ? match.replace(/\p{Cc}/gu, (sign) => `\\u${sign.charCodeAt(0).toString(16).padStart(4, '0')}`)
      : `"${match}"`,
  );
}

/** The names and values of a form (`application/x-www-form-urlencoded`), decoded, in their order. */
export function formPairs(body: Body): [string, string][] {
  const text = typeof body === 'string' ? body : decode(body);
  return text
    .trim()
    .split('&')
    .filter((pair) => pair !== '')
    .map((pair) => {
      const equals = pair.indexOf('=');
      const [name, value] = equals < 0 ? [pair, ''] : [pair.slice(0, equals), pair.slice(equals + 1)];
      return [decodePercent(name), decodePercent(value)];
    });
}

/** Not `decodeURIComponent`: that throws at GBK and at a sequence cut off. */
function decodePercent(text: string): string {
  const bytes: Buffer[] = [];
  for (const [piece] of text.replaceAll('+', ' ').matchAll(/(?:%[0-9a-f]{2})+|[^%]+|%/gi)) {
    const escaped = piece.length > 2 && piece.startsWith('%');
    bytes.push(escaped ? Buffer.from(piece.replaceAll('%', ''), 'hex') : Buffer.from(piece, 'utf8'));
  }
  return decode(Buffer.concat(bytes));
}

function readForm(text: string): object | undefined {
  if (!/^\s*[\w.[\]%-]+=/.test(text)) return undefined;
  const form: Record<string, string> = Object.create(null);
  for (const [name, value] of formPairs(text)) form[name] ||= value;
  return form;
}
