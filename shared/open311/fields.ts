import { LARGEST_BODY } from '../http/parse.ts';
import type { Wrong } from './refusal.ts';

/** Fields of a message by their names in lower case, each with all its values that say something. */
export type Fields = ReadonlyMap<string, readonly string[]>;

type Read = { fields: Fields } | { wrong: Wrong };

const unreadable = (zh: string, en: string): Read => ({
  wrong: { code: 'unreadable', field: 'request', zh, en },
});

/** Far more than the specification and our attributes have. */
const MOST_FIELDS = 500;

/**
 * Reads a message as GeoReport v2 sends it (`application/x-www-form-urlencoded`), or as JSON with the same names.
 * Names may be written in any case; `attribute[code][]=value` may repeat; JSON may nest attributes as an object or
 * as a list of `{code, value}`. What begins with `{` is JSON, whatever its content type says.
 * @param body as it came; text, or bytes in the charset that the content type names (UTF-8 without one)
 * @param query parameters of the address, where some clients put `api_key` or even everything
 */
export function readFields(
  body: string | Uint8Array,
  contentType: string | undefined,
  query: Readonly<Record<string, string | undefined>> = {},
): Read {
  if (body.length > LARGEST_BODY) {
    return {
      wrong: {
        code: 'too-large',
        field: 'request',
        zh: '内容太长，请缩短',
        en: 'Too long, please shorten it',
      },
    };
  }
  const type = (contentType ?? '').toLowerCase();
  if (/multipart\/|xml/.test(type)) {
    return unreadable(
      '请用 application/x-www-form-urlencoded 或者 application/json 提交',
      'Please send application/x-www-form-urlencoded or application/json',
    );
  }
  const decode = decoderFor(/charset\s*=\s*"?([\w.:-]+)/.exec(type)?.[1]);
  if (decode === undefined)
    return unreadable('不支持的字符编码，请用 UTF-8', 'Unknown charset, please use UTF-8');
  const text = typeof body === 'string' ? body : decode(body);
  if (text === undefined) return NOT_THIS_CHARSET;
  const plain = text.replace(/^\ufeff/, '').trim();
  const pairs = plain.startsWith('{') || plain.startsWith('[') ? jsonPairs(plain) : formPairs(plain, decode);
  if (!Array.isArray(pairs)) return pairs;
  const given = Object.entries(query).flatMap(
    ([name, value]): Pairs => (value === undefined ? [] : [[name, value]]),
  );
  const sent = collect(pairs);
  // What the body says counts before what the address says.
  const fields = new Map([...collect(given), ...sent]);
  return fields.size > MOST_FIELDS ? unreadable('字段太多', 'There are too many fields') : { fields };
}

const NOT_THIS_CHARSET = unreadable(
  '内容不是有效的 UTF-8，请用 UTF-8 编码',
  'This is not valid UTF-8; please use UTF-8',
);

type Pairs = (readonly [string, string])[];
type Decode = (bytes: Uint8Array) => string | undefined;

/** Undefined for a charset that nobody knows. */
function decoderFor(charset = 'utf-8'): Decode | undefined {
  try {
    const decoder = new TextDecoder(charset, { fatal: true });
    return (bytes) => {
      try {
        return decoder.decode(bytes);
      } catch {
        return undefined;
      }
    };
  } catch {
    return undefined;
  }
}

/** `URLSearchParams` would put U+FFFD for what is cut in half or in another charset; here it is noticed. */
function formPairs(text: string, decode: Decode): Pairs | Read {
  const pairs: Pairs = [];
  for (const part of text.split('&')) {
    const at = part.indexOf('=');
    const name = percentDecoded(at < 0 ? part : part.slice(0, at), decode);
    const value = percentDecoded(at < 0 ? '' : part.slice(at + 1), decode);
    if (name === undefined || value === undefined) return NOT_THIS_CHARSET;
    pairs.push([name, value]);
  }
  return pairs;
}

function percentDecoded(written: string, decode: Decode): string | undefined {
  const spaced = written.replaceAll('+', ' ');
  if (!spaced.includes('%')) return spaced;
  const parts = spaced.split(/((?:%[0-9a-f]{2})+)/i).map((part, index) => {
    if (index % 2 === 0) return part;
    return decode(Uint8Array.from(part.slice(1).split('%'), (hex) => Number.parseInt(hex, 16)));
  });
  return parts.includes(undefined) ? undefined : parts.join('');
}

/** The arguments of POST requests; what else is sent beside them and the attributes, is ignored. */
const ARGUMENTS = new Set(
  (
    'api_key jurisdiction_id service_code lat long address_string address_id email device_id account_id ' +
    'first_name last_name phone description media_url'
  ).split(' '),
);

function jsonPairs(text: string): Pairs | Read {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return unreadable('不是有效的 JSON', 'This is not valid JSON');
  }
  // A list of one message is what our own answers look like; several messages are sent one by one.
  const single: unknown = Array.isArray(value) && value.length === 1 ? value[0] : value;
  if (!isObject(single)) return unreadable('请提交一个 JSON 对象', 'Please send one JSON object');
  const entries = Object.entries(single).flatMap(([name, part]): (readonly [string, unknown])[] =>
    /^attributes?$/i.test(name) ? attributesIn(part) : [[nameOf(name), part]],
  );
  const nested = entries.find(
    ([name, part]) => isNested(part) && (ARGUMENTS.has(name) || name.includes('[')),
  );
  if (nested !== undefined) {
    return {
      wrong: {
        code: 'unreadable',
        field: nested[0],
        zh: '应为文字、数字或者它们的列表',
        en: 'Must be text, a number, or a list of them',
      },
    };
  }
  return entries.flatMap(([name, part]) => texts(part).map((one) => [name, one] as const));
}

/** `{code: value}` or `[{code, value}]` */
function attributesIn(value: unknown): (readonly [string, unknown])[] {
  const entries = Array.isArray(value)
    ? value.filter(isObject).map((entry) => [lower(entry).code, lower(entry).value] as const)
    : Object.entries(isObject(value) ? value : {});
  return entries.flatMap(([code, part]) =>
    texts(code).map((name) => [nameOf(`attribute[${name}]`), part] as const),
  );
}

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const isNested = (value: unknown): boolean =>
  isObject(value) ||
  (Array.isArray(value) && value.some((part) => typeof part === 'object' && part !== null));

const lower = (value: Record<string, unknown>): Record<string, unknown> =>
  Object.fromEntries(Object.entries(value).map(([name, part]) => [name.toLowerCase(), part]));

/** Numbers and truth values as text, lists one by one. */
function texts(value: unknown): string[] {
  const list: unknown[] = Array.isArray(value) ? value : [value];
  return list.flatMap((part) =>
    typeof part === 'string' || typeof part === 'number' || typeof part === 'boolean' ? [String(part)] : [],
  );
}

/** A name in one spelling: lower case, without the `[]` that tells a list. */
const nameOf = (written: string) =>
  written
    .trim()
    .toLowerCase()
    .replace(/\[\d*\]$/, '')
    .replace(/^attributes\[/, 'attribute[');

/** An empty value is as good as none (GeoReport v2, "Optional Arguments"). */
function collect(pairs: Pairs): Map<string, string[]> {
  const fields = new Map<string, string[]>();
  for (const [written, value] of pairs) {
    const name = nameOf(written);
    if (name === '' || value.trim() === '') continue;
    fields.set(name, [...(fields.get(name) ?? []), value.trim()]);
  }
  return fields;
}
