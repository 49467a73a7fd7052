/*
 * How many messages an SMS is sent, and billed, as. A text of GSM 03.38 letters has 160 of them in one message,
 * any other text 70 (UCS-2); of several joined messages each loses some to the header that joins them.
 */

const SIZES = { gsm7: { alone: 160, joined: 153 }, ucs2: { alone: 70, joined: 67 } } as const;

const GSM_LETTERS = new Set(
  '@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !"#¤%&\'()*+,-./0123456789:;<=>?¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà',
);
/** Written as an escape and a letter: two places. */
const GSM_ESCAPED = new Set('\f^{}\\[~]|€');

/** The encoding a text needs, its length in that encoding's places, and the messages that makes. */
export function smsSegments(text: string): {
  encoding: keyof typeof SIZES;
  length: number;
  segments: number;
} {
  const letters = Array.from(text);
  const encoding = letters.every((letter) => GSM_LETTERS.has(letter) || GSM_ESCAPED.has(letter))
    ? 'gsm7'
    : 'ucs2';
  // A letter of two places (an escape, or one beyond the basic plane) is never parted between two messages.
  const widths = letters.map((letter) =>
    encoding === 'gsm7' ? 1 + Number(GSM_ESCAPED.has(letter)) : letter.length,
  );
  const length = widths.reduce((sum, width) => sum + width, 0);
  const { alone, joined } = SIZES[encoding];
  if (length <= alone) return { encoding, length, segments: length === 0 ? 0 : 1 };
  let segments = 1;
  let filled = 0;
  for (const width of widths) {
    if (filled + width > joined) {
      segments += 1;
      filled = 0;
    }
    filled += width;
  }
  return { encoding, length, segments };
}
