import type { Remark } from './call.ts';
import { remark, Unreadable } from './remarks.ts';

export interface Decoded {
  text: string;
  problems: Remark[];
}

/** Of the characters beyond ASCII: so few damaged ones are a scratch; more of them are another encoding. */
const SCRATCHES = 0.2;
/** Recordings and archives are full of control characters, texts have none. */
const MOST_CONTROLS = 0.005;

/**
 * Text of a file: UTF-8 with or without byte order mark, UTF-16 either way round, GB18030 (and with it GBK, GB2312), or
 * what the content type says when it fits.
 * @throws Unreadable `not-text`, `encoding-unknown`
 */
export function decodeText(bytes: Uint8Array, contentType = ''): Decoded {
  const marked = byMark(bytes) ?? byZeros(bytes);
  const declared = /charset\s*=\s*"?([\w-]+)/i.exec(contentType)?.[1];
  const decoded =
    (marked === undefined ? strict(bytes, 'utf-8') : lossy(bytes, marked)) ??
    // Many servers say ISO-8859-1 of anything, and any bytes are that.
    (declared === undefined || /8859|1252|ascii/i.test(declared) ? undefined : strict(bytes, declared)) ??
    scratched(bytes) ??
    strict(bytes, 'gb18030');
  if (decoded === undefined) throw new Unreadable('encoding-unknown');
  const text = decoded.text.replace(/^\ufeff/, '');
  if (!isText(text)) throw new Unreadable('not-text');
  return { text: text.replaceAll('\0', '').toWellFormed(), problems: decoded.problems };
}

function byMark([first, second]: Uint8Array): string | undefined {
  if (first === 0xff && second === 0xfe) return 'utf-16le';
  return first === 0xfe && second === 0xff ? 'utf-16be' : undefined;
}

/** Signs and digits have a zero beside them in UTF-16; capitals from N on and `0` look like Han characters turned round. */
const BESIDE_ZERO = /^[\n\r -/1-M]$/;

function byZeros(bytes: Uint8Array): string | undefined {
  let [little, big] = [0, 0];
  for (let at = 0; at + 1 < Math.min(bytes.length, 4096); at += 2) {
    const [first = 0, second = 0] = bytes.subarray(at, at + 2);
    if (second === 0 && BESIDE_ZERO.test(String.fromCharCode(first))) little += 1;
    if (first === 0 && BESIDE_ZERO.test(String.fromCharCode(second))) big += 1;
  }
  if (little === big) return undefined;
  return little > big ? 'utf-16le' : 'utf-16be';
}

function strict(bytes: Uint8Array, encoding: string): Decoded | undefined {
  try {
    // As a stream: what is cut off within the last character is still a text.
    const text = new TextDecoder(encoding, { fatal: true }).decode(bytes, { stream: true });
    const whole = new TextDecoder(encoding).decode(bytes);
    return {
      text,
      problems: whole.endsWith('\ufffd') && !text.endsWith('\ufffd') ? [remark('cut-off')] : [],
    };
  } catch {
    return undefined;
  }
}

function lossy(bytes: Uint8Array, encoding: string): Decoded {
  const text = new TextDecoder(encoding).decode(bytes);
  return { text, problems: text.includes('\ufffd') ? [remark('characters-lost')] : [] };
}

function scratched(bytes: Uint8Array): Decoded | undefined {
  const decoded = lossy(bytes, 'utf-8');
  const lost = decoded.text.split('\ufffd').length - 1;
  const beyondAscii = decoded.text.match(/\P{ASCII}/gu)?.length ?? 0;
  return lost <= beyondAscii * SCRATCHES ? decoded : undefined;
}

/** How recordings, archives and documents begin. */
const OTHER_FILES = ['RIFF', 'ID3', 'OggS', 'fLaC', 'PK\u0003', '%PDF', '{\\rtf', '\u001f\u008b'];

function isText(text: string): boolean {
  const sample = text.slice(0, 20_000);
  const controls = sample.match(/[^\P{Cc}\s]/gu)?.length ?? 0;
  return !OTHER_FILES.some((sign) => text.startsWith(sign)) && controls <= sample.length * MOST_CONTROLS;
}
