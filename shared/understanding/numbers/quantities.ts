import { chineseDigit, type Exact, numeralValue, unitPower } from './numerals.ts';
import { isCounted, priceFor, readUnit } from './units.ts';

/** A number in the text, whatever it counts. */
export interface Quantity {
  start: number;
  end: number;
  /** Null when it is an about or a range. */
  value: Exact | null;
  range: boolean;
  /** Bare figures without 万, 千 and the like. */
  plain: boolean;
}

const FIGURES = /(?:\d{1,3}(?:,\d{3})+(?!\d)|\d+)(?:\.\d+)?/y;
const CONNECTOR = / ?(?:\(含\))? ?(?:[-~—–－～至到―]|--|——){1,2} ?/y;
const LONGEST = 48;

/** A quantity or a range of two (8800-9500, 四至五万, 7、8万), beginning at `start`. */
export function readRange(text: string, start: number): Quantity | null {
  const first = readQuantity(text, start);
  if (first === null) return null;
  const unit = readUnit(text, first);
  const from = unit?.end ?? first.end;
  const neighbours = readNeighbours(text, first);
  if (neighbours !== null) return neighbours;
  CONNECTOR.lastIndex = from;
  const connector = CONNECTOR.exec(text);
  if (connector === null) return first;
  const second = readQuantity(text, from + connector[0].length);
  if (second === null || second.start !== from + connector[0].length) return first;
  const chain = text[second.end];
  if ((chain === '-' || chain === '/') && /\d/.test(text[second.end + 1] ?? '')) {
    return unit === null ? { ...second, start: first.start, range: true, value: null } : first;
  }
  const secondUnit = readUnit(text, second);
  if (secondUnit === null && (unit !== null || /[到至]/.test(connector[0])) && isCounted(text, second.end)) {
    return first;
  }
  return {
    start: first.start,
    end: second.end,
    value: null,
    range: true,
    plain: first.plain && second.plain,
  };
}

/** 7、8万 or 三、四千: neighbouring digits before one unit are a range, not a list. */
function readNeighbours(text: string, first: Quantity): Quantity | null {
  if (first.end - first.start !== 1 || (text[first.end] !== '、' && text[first.end] !== ',')) return null;
  const low = digitAt(text, first.start);
  const high = digitAt(text, first.end + 1);
  if (low === null || high !== low + 1 || unitPower(text[first.end + 2] ?? '') === undefined) return null;
  if (first.start === 0 || /[\s。;；(]/.test(text[first.start - 1] ?? '')) return null;
  const second = readQuantity(text, first.end + 1);
  return second === null ? null : { ...second, start: first.start, value: null, range: true };
}

/** The value of a single figure, Arabic or Chinese; null for anything else. */
export function digitAt(text: string, at: number): number | null {
  const character = text[at] ?? '';
  if (character >= '0' && character <= '9') return Number(character);
  return chineseDigit(character) ?? null;
}

/** One number as written, with 多, 余, 几 and the like; null when it is none. */
function readQuantity(text: string, from: number): Quantity | null {
  let start = from;
  let at = from;
  let numeral = '';
  let about = false;
  let last: 'none' | 'figures' | 'digit' | 'unit' | 'about' = 'none';
  const before = text[from - 1] ?? '';
  if (text[from] === '几' && (before === '好' || before === '大')) start -= 1;
  else if (before === '上' && unitPower(text[from] ?? '') !== undefined) {
    if (text[from - 2] === '千' || text[from - 2] === '百') return null;
    if (text[from - 2] !== '以') {
      start -= 1;
      about = true;
    }
  }
  while (at < text.length && at - from < LONGEST) {
    const character = text[at] ?? '';
    if (character >= '0' && character <= '9') {
      if (last === 'figures' || last === 'digit' || last === 'about') break;
      FIGURES.lastIndex = at;
      const figures = FIGURES.exec(text)?.[0] ?? character;
      numeral += figures.replaceAll(',', '');
      at += figures.length;
      last = 'figures';
    } else if (chineseDigit(character) !== undefined || '廿卅'.includes(character)) {
      if (
        last === 'figures' ||
        last === 'about' ||
        (last === 'unit' && !/[十拾]$/.test(numeral) && isOneOf(text, at))
      )
        break;
      numeral += character;
      at += 1;
      last = '廿卅'.includes(character) ? 'unit' : 'digit';
    } else if (isUnitAt(text, at, last)) {
      numeral += character;
      at += 1;
      last = 'unit';
    } else if (character === '几' || (character === '数' && last === 'none')) {
      if (last === 'digit' || last === 'about') break;
      if (character === '数' && unitPower(text[at + 1] ?? '') === undefined) break;
      about = true;
      at += 1;
      last = 'about';
    } else if (
      (character === '把' || text.startsWith('八十', at)) &&
      last === 'unit' &&
      numeral.length === 1 &&
      /[百千万]/.test(numeral)
    ) {
      about = true;
      at += character === '把' ? 1 : 2;
      last = 'about';
    } else if (
      (character === '多' || character === '余' || character === '来') &&
      (last === 'figures' || last === 'unit')
    ) {
      if (character === '来' && !/[块元个万千百]/.test(text[at + 1] ?? '')) break;
      about = true;
      at += 1;
      last = 'about';
    } else if (character === '个' && last !== 'none' && /[万亿]/.test(text[at + 1] ?? '')) at += 1;
    else if (character === ' ' && last === 'figures' && /[万亿]/.test(text[at + 1] ?? '')) at += 1;
    else if (character === '点' && (last === 'digit' || last === 'unit') && isSpokenDecimal(text, at)) {
      numeral += character;
      at += 1;
      last = 'digit';
    } else break;
  }
  if (at === from) return null;
  const pair = neighbouringDigits(numeral);
  const value = about || pair ? null : numeralValue(numeral);
  if (value === null && !about && !pair) return { start, end: at, value, range: false, plain: true };
  return { start, end: at, value, range: pair, plain: /^[\d.]+$/.test(numeral) };
}

/** 一 in 12万一个, 两千一盒: the price for one, no digit of the number. */
export function isOneOf(text: string, at: number): boolean {
  return (
    text[at] === '一' &&
    unitPower(text[at + 1] ?? '') === undefined &&
    text[at + 1] !== '块' &&
    priceFor(text, at) !== null
  );
}

function isUnitAt(text: string, at: number, last: string): boolean {
  const character = text[at] ?? '';
  if (character === 'k' || character === 'w') {
    return last === 'figures' && !/[a-z0-9]/.test(text[at + 1] ?? '');
  }
  return unitPower(character) !== undefined;
}

/** 三点五万, but not 三点十五分. */
function isSpokenDecimal(text: string, at: number): boolean {
  return /^点[零一二三四五六七八九\d]+(?:[万亿元块千百]|个[万亿])/.test(text.slice(at, at + 12));
}

/** 七八千, 三五百, 十七八: two neighbouring digits side by side. Longer chains are figures read one by one. */
function neighbouringDigits(numeral: string): boolean {
  const pair = /(?:^|[十百千万亿])([一二两三四五六七八])([二两三四五六七八九])(?=$|[十百千万亿])/.exec(
    numeral,
  );
  if (pair === null) return false;
  const low = chineseDigit(pair[1] ?? '') ?? 0;
  const high = chineseDigit(pair[2] ?? '') ?? 0;
  return high === low + 1 || (low === 3 && high === 5);
}
