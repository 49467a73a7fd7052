import type { Source } from '../source.ts';
import { chineseDigit } from './numerals.ts';

/** Figures said or written one by one, at their place in `source.written`. */
export interface DigitRun {
  start: number;
  end: number;
  digits: string;
}

export interface FoundPhone {
  start: number;
  end: number;
  /** Digits only, without the country code: 13800138000, 01088888888, 4008001234, 12315. */
  number: string;
  kind: 'mobile' | 'landline' | 'service';
}

/** Shorter runs are amounts, rooms and years. */
const SHORTEST = 5;
const LONGEST = 40;
const START = /[0-9零〇○一幺两二三四五六七八九壹贰叁肆伍陆柒捌玖]/g;
/** 三个八 is 888. */
const REPEATED =
  /([两二三四五六七八3-8])个([零一幺二三四五六七八九0-9])(?![一二三四五六七八九十百千万\d]*[月年天人元块])/y;
const UNITS = new Set('十百千万亿年月日号点元块角毛分个多几半');

/**
 * Finds figures read one by one: 幺八五 一二三四, 1 8 5, 一三八三个零. Blanks and strokes between groups do not matter;
 * commas only between spoken figures.
 */
export function spokenDigits({ folded }: Source): DigitRun[] {
  const runs: DigitRun[] = [];
  START.lastIndex = 0;
  for (let match = START.exec(folded); match !== null; match = START.exec(folded)) {
    const run = readRun(folded, match.index);
    START.lastIndex = Math.max(run.end, match.index + 1);
    if (run.digits.length >= SHORTEST) runs.push(run);
  }
  return runs;
}

/** Finds telephone numbers as they are dialled in China; figures that are spoken count as well. */
export function findPhones(source: Source): FoundPhone[] {
  const phones: FoundPhone[] = [];
  for (const run of spokenDigits(source)) {
    const number = withoutCountry(run.digits);
    const kind = kindOf(number, source.folded, run);
    if (kind !== null) phones.push({ start: startOf(source.folded, run), end: run.end, number, kind });
  }
  return phones;
}

function readRun(text: string, start: number): DigitRun {
  let digits = '';
  let at = start;
  let end = start;
  let group = 0;
  let spoken = false;
  while (at < text.length && digits.length < LONGEST) {
    REPEATED.lastIndex = at;
    const repeated = digits === '' ? null : REPEATED.exec(text);
    const digit = digitOf(text[at] ?? '');
    if (repeated !== null) {
      digits += (digitOf(repeated[2] ?? '') ?? '').repeat(Number(digitOf(repeated[1] ?? '') ?? 0));
      at += 3;
      end = at;
      group += 1;
    } else if (digit !== null) {
      spoken = !/\d/.test(text[at] ?? '');
      digits += digit;
      at += 1;
      end = at;
      group += 1;
    } else if (group > 0 && isPause(text[at] ?? '', spoken) && digitOf(text[at + 1] ?? '') !== null) {
      at += 1;
      group = 0;
    } else break;
  }
  const next = text[end] ?? '';
  if (spoken && UNITS.has(next) && digits.length > 1) return { start, end, digits: '' };
  return { start, end, digits };
}

function digitOf(character: string): string | null {
  if (character >= '0' && character <= '9') return character;
  const digit = chineseDigit(character);
  return digit === undefined ? null : String(digit);
}

function isPause(character: string, spoken: boolean): boolean {
  return (
    character === ' ' ||
    character === '-' ||
    character === '–' ||
    (spoken && (character === ',' || character === '、'))
  );
}

function withoutCountry(digits: string): string {
  if (/^(?:0086|86)1[3-9]\d{9}$/.test(digits)) return digits.slice(-11);
  return /^0086\d{9,11}$/.test(digits) ? `0${digits.slice(4)}` : digits;
}

function startOf(text: string, { start }: DigitRun): number {
  return text[start - 1] === '+' ? start - 1 : start;
}

/**
 * The kind by the numbering plan (MIIT 2017): mobiles 13–19, areas 010, 02x and 03xx–09xx, 400 and 800, and the short
 * numbers 1xx, 123xx, 95xxx, 96xxx.
 */
function kindOf(number: string, text: string, { start }: DigitRun): FoundPhone['kind'] | null {
  if (/^1[3-9]\d{9}$/.test(number)) return 'mobile';
  if (/^(?:010|02\d)\d{8}$|^0[3-9]\d{2}\d{7,8}$/.test(number)) return 'landline';
  if (/^[48]00\d{7}$/.test(number)) return 'service';
  const announced = /电话|座机|热线|[拨打]|致电|号码|手机|联系|客服/.test(
    text.slice(Math.max(0, start - 10), start),
  );
  if (announced && /^(?:123\d{2}|9[56]\d{3,4}|100\d{2})$/.test(number)) return 'service';
  return announced && /^[2-8]\d{6,7}$/.test(number) ? 'landline' : null;
}
