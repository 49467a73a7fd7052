import { smsSegments } from '../notices/segments.ts';
import type { Provider } from './sms.ts';

/**
 * What a text is sent and billed as: GSM 7-bit 160 units alone and 153 in each of several, UCS-2 70 and 67. An escaped
 * GSM character (`{`, `€`) and a character beyond the basic plane (an emoji) are two units and never parted. The empty
 * text is no segment.
 *
 * Source: 3GPP TS 23.038 (alphabets), TS 23.040 9.2.3.24.1 (joined messages).
 */
export function segments(text: string): { encoding: 'gsm7' | 'ucs2'; segments: number; units: number } {
  const { encoding, length, segments: count } = smsSegments(text);
  return { encoding, segments: count, units: length };
}

/** Price of one segment by provider, in 1/1000 fen: 0.045 yuan is 4500. Contract prices change: they are data. */
export type SegmentPrices = Partial<Record<Provider, number>>;

/**
 * What these messages cost, summed exactly in 1/1000 fen; `fen` is that sum rounded half up, once.
 * `unpriced` counts the segments of providers without a price.
 * @throws RangeError for a price or a count that is not a whole number from zero
 */
export function costOf(
  sent: Iterable<{ provider: Provider; segments: number }>,
  prices: SegmentPrices,
): { segments: number; milliFen: number; fen: number; unpriced: number } {
  const cost = { segments: 0, milliFen: 0, fen: 0, unpriced: 0 };
  for (const { provider, segments: count } of sent) {
    const price = prices[provider];
    cost.segments += whole(count);
    if (price === undefined) cost.unpriced += count;
    else cost.milliFen = whole(cost.milliFen + whole(count) * whole(price));
  }
  cost.fen = Math.floor((cost.milliFen + 500) / 1000);
  return cost;
}

function whole(number: number): number {
  if (!Number.isSafeInteger(number) || number < 0) throw new RangeError('not a whole number from zero');
  return number;
}
