import type { Instant } from '../dates.ts';

/** Providers in China write local time without a zone. */
const CHINA = '+08:00';

const WRITTEN =
  /^(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})(?:[T ]+(\d{1,2}):(\d{2})(?::(\d{2})(?:[.,](\d{1,3})\d*)?)?)?\s*(Z|[+-]\d{2}:?\d{2})?$/i;
/** `20170901000000` (Aliyun, older), `20261122T100000Z` (Huawei X-Sdk-Date). */
const COMPACT = /^(\d{4})(\d{2})(\d{2})T?(\d{2})(\d{2})(\d{2})(Z?)$/i;
/** `Thu, 25 Nov 2021 10:27:00 +0800` (Aliyun international, RFC 5322). */
const MAIL = /^[A-Za-z]{3},\s+\d{1,2}\s+[A-Za-z]{3}\s+\d{4}\s/;

/**
 * A provider's time in any of the ways they write it; without a zone it is Asia/Shanghai. Numbers are Unix seconds or
 * milliseconds. Undefined for what is no time between 2000 and 2100.
 */
export function instantOf(given: unknown): Instant | undefined {
  if (typeof given !== 'string' && typeof given !== 'number') return undefined;
  const text = String(given).trim();
  if (/^(?:\d{10}|\d{13})$/.test(text)) return plausible(Number(text.padEnd(13, '0')));
  if (MAIL.test(text)) return plausible(Date.parse(text));
  const compact = COMPACT.exec(text);
  if (compact !== null) return fromParts(compact.slice(1, 7), '', compact[7] ?? '');
  const written = WRITTEN.exec(text);
  return written === null ? undefined : fromParts(written.slice(1, 7), written[7] ?? '', written[8] ?? '');
}

function fromParts(parts: readonly (string | undefined)[], fraction: string, zone: string) {
  const [year, month, day, hour, minute, second] = parts.map((part) => (part ?? '').padStart(2, '0'));
  const date = `${year}-${month}-${day}`;
  const midnight = Date.parse(`${date}T00:00:00Z`);
  // 30 February would slip into March.
  if (Number.isNaN(midnight) || !new Date(midnight).toISOString().startsWith(date)) return undefined;
  const offset = zone === '' ? CHINA : zone.toUpperCase().replace(/^([+-]\d{2})(\d{2})$/, '$1:$2');
  return plausible(Date.parse(`${date}T${hour}:${minute}:${second}.${fraction.padEnd(3, '0')}${offset}`));
}

function plausible(time: number): Instant | undefined {
  if (!(time >= Date.UTC(2000, 0, 1) && time < Date.UTC(2100, 0, 1))) return undefined;
  return new Date(time).toISOString();
}
