import type { IndicatorUnit } from '../statistics/indicators.ts';
import type { Language } from './report.ts';

/*
 * Numbers as the bureaus write them: 18241件, 98.65%, 827.7万元, 1.44个百分点. Worked out in whole numbers, so that
 * no figure is off by the last digit of a binary fraction.
 */

/** n ÷ d × scale as a whole number, halves away from nothing. */
export function scaled(numerator: number, denominator: number, scale: number): number {
  const [above, below] = [BigInt(numerator) * BigInt(scale), BigInt(denominator)];
  const size = above < 0n ? -above : above;
  const rounded = Number((size * 2n + below) / (below * 2n));
  return above < 0n && rounded > 0 ? -rounded : rounded;
}

/** A whole number of the last decimal place as a decimal number: 8277, 1 → `827.7`. Of `least` decimals at least. */
export function decimal(whole: number, places: number, least = places): string {
  const digits = String(Math.abs(whole)).padStart(places + 1, '0');
  const [before, after] = [digits.slice(0, digits.length - places), digits.slice(digits.length - places)];
  const kept = after.replace(/0+$/, '').padEnd(least, '0');
  return `${whole < 0 ? '-' : ''}${before}${kept === '' ? '' : `.${kept}`}`;
}

/** Thousands are parted in English only: the bureaus write 18241件. */
export function countText(value: number, language: Language): string {
  return language === 'zh' ? String(value) : grouped(String(value));
}

/** 4350.5 → `4,350.5` */
function grouped(number: string): string {
  const [whole = '', rest] = number.split('.');
  return `${whole.replace(/\B(?=(\d{3})+$)/g, ',')}${rest === undefined ? '' : `.${rest}`}`;
}

/** A share in hundredths of a percent. What is not the whole is never shown as 100 %, what is something never as 0. */
export function shareOf(numerator: number, denominator: number): number {
  const rounded = scaled(numerator, denominator, 10_000);
  if (rounded === 10_000 && numerator < denominator) return 9_999;
  return rounded === 0 && numerator > 0 ? 1 : rounded;
}

/** 9865 → `98.65%`; 10000 → `100%`. */
export const percentText = (hundredths: number): string =>
  `${hundredths % 10_000 === 0 ? hundredths / 100 : decimal(hundredths, 2)}%`;

const FEN_PER_YUAN = 100;
/** From so many fen on: 亿元, 万元. */
const YI_FEN = 10_000_000_000;
const WAN_FEN = 1_000_000;
const MILLION_FEN = 100_000_000;

/** 827700000 fen → `827.7万元`, `8.277 million yuan`. */
export function moneyText(fen: number, language: Language): string {
  const size = Math.abs(fen);
  if (language === 'zh') {
    if (size >= YI_FEN) return `${decimal(scaled(fen, YI_FEN, 10_000), 4, 0)}亿元`;
    if (size >= WAN_FEN) return `${decimal(scaled(fen, WAN_FEN, 100), 2, 0)}万元`;
    return `${decimal(scaled(fen, FEN_PER_YUAN, 100), 2, 0)}元`;
  }
  if (size >= MILLION_FEN) return `${grouped(decimal(scaled(fen, MILLION_FEN, 1_000), 3, 0))} million yuan`;
  return `${grouped(decimal(scaled(fen, FEN_PER_YUAN, 100), 2, 0))} yuan`;
}

const AFTER: Readonly<Record<IndicatorUnit, { zh: string; en: string; one: string }>> = {
  cases: { zh: '件', en: '', one: '' },
  percent: { zh: '', en: '', one: '' },
  fen: { zh: '', en: '', one: '' },
  hours: { zh: '小时', en: ' hours', one: ' hour' },
  days: { zh: '天', en: ' days', one: ' day' },
  points: { zh: '分', en: ' points', one: ' point' },
  'cases per 10,000 people': { zh: '件', en: '', one: '' },
};

/** A value with its unit as it stands in a sentence. */
export function valueText(
  { value, numerator, denominator }: Sides,
  unit: IndicatorUnit,
  language: Language,
): string | undefined {
  if (value === null) return undefined;
  if (unit === 'percent') return percentText(shareOf(numerator ?? 0, denominator ?? 1));
  const isMean = numerator !== null && denominator !== null && denominator > 0;
  if (unit === 'fen') {
    return moneyText(isMean ? scaled(numerator, denominator, 1) : value, language);
  }
  const places = unit === 'points' ? 2 : 1;
  const number = isMean
    ? decimal(scaled(numerator, denominator, 10 ** places), places, 0)
    : countText(value, language);
  const after = AFTER[unit];
  return `${number}${language === 'zh' ? after.zh : number === '1' ? after.one : after.en}`;
}

export interface Sides {
  value: number | null;
  numerator: number | null;
  denominator: number | null;
}
