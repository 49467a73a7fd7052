/** Where in a message something stands. Offsets are UTF-16 units, as `String.prototype.slice` takes them. */
export interface Span {
  in: 'title' | 'text';
  start: number;
  end: number;
}

/** A message as all finders read it: title and text in one string, so that each finder goes through it once. */
export interface Source {
  /** Title, line break, text; exactly as written. */
  written: string;
  /** The same length and offsets as `written`: full-width letters, digits and signs as ASCII, letters small. */
  folded: string;
  /** Offset in `written` at which the text begins; 0 when there is no title. */
  textStart: number;
}

const FULL_WIDTH_START = 0xff01;
const FULL_WIDTH_END = 0xff5e;
const FULL_WIDTH_OFFSET = 0xfee0;
const IDEOGRAPHIC_SPACE = 0x3000;
const NO_BREAK_SPACE = 0xa0;
const TO_FOLD = /[\uff01-\uff5e\u3000\u00a0A-Z]/g;

/** Full-width ASCII to ASCII, letters to small ones; every character stays at its place. */
export function fold(written: string): string {
  return written.replace(TO_FOLD, (character) => {
    const code = character.charCodeAt(0);
    if (code === IDEOGRAPHIC_SPACE || code === NO_BREAK_SPACE) return ' ';
    const narrow = code >= FULL_WIDTH_START && code <= FULL_WIDTH_END ? code - FULL_WIDTH_OFFSET : code;
    return String.fromCharCode(narrow).toLowerCase();
  });
}

/** The source of a message; an empty title counts as none. */
export function sourceOf({ title, text }: { title?: string | undefined; text: string }): Source {
  const head = title === undefined || title === '' ? '' : `${title}\n`;
  const written = head + text;
  return { written, folded: fold(written), textStart: head.length };
}

/** A place in the source as a place in the title or the text. It never reaches over the border. */
export function spanOf({ textStart }: Source, start: number, end: number): Span {
  return start < textStart
    ? { in: 'title', start, end: Math.min(end, textStart - 1) }
    : { in: 'text', start: start - textStart, end: end - textStart };
}

/** The words at a place in the source, exactly as written. */
export function wordsAt({ written, textStart }: Source, span: Span): string {
  const shift = span.in === 'title' ? 0 : textStart;
  return written.slice(span.start + shift, span.end + shift);
}
