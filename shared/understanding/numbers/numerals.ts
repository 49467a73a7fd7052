/**
 * Numerals as people write and say them (1.2万, 一万二, 肆佰叁拾萬, 100万三千, 一七二零点一), read exactly.
 * The reading rules are those of everyday Chinese: a digit after a unit counts tenths of that unit (三万五 = 35000)
 * unless a 零 or several figures stand before it (十万零五, 1万600).
 */

/** An exact decimal number: its value times 10^20. */
export type Exact = bigint;

const DECIMALS = 20;
const ONE: Exact = 10n ** BigInt(DECIMALS);
/** Longer numerals are account numbers or noise; reading them would cost time and mean nothing. */
const LONGEST = 60;

const DIGITS: ReadonlyMap<string, number> = new Map(
  ['零〇○', '一壹幺弌', '二贰貳两兩俩', '三叁參仨', '四肆', '五伍', '六陆陸', '七柒', '八捌', '九玖'].flatMap(
    (characters, value) => characters.split('').map((character) => [character, value] as const),
  ),
);

/** Units below ten thousand, and those that close a group (万, 亿), as powers of ten. */
const SMALL_UNITS: ReadonlyMap<string, number> = new Map([
  ['十', 1],
  ['拾', 1],
  ['百', 2],
  ['佰', 2],
  ['千', 3],
  ['仟', 3],
  ['k', 3],
]);
const LARGE_UNITS: ReadonlyMap<string, number> = new Map([
  ['万', 4],
  ['萬', 4],
  ['w', 4],
  ['亿', 8],
  ['億', 8],
]);
const TENS_IN_ONE: ReadonlyMap<string, string> = new Map([
  ['廿', '二十'],
  ['卅', '三十'],
  ['卌', '四十'],
]);

/** The value 0–9 of a Chinese digit. */
export function chineseDigit(character: string): number | undefined {
  return DIGITS.get(character);
}

/** The power of ten of a unit (十 is 1, 万 is 4). */
export function unitPower(character: string): number | undefined {
  return SMALL_UNITS.get(character) ?? LARGE_UNITS.get(character);
}

/** The value of a numeral in figures, Chinese or both, folded to half width; null when it is none. */
export function numeralValue(numeral: string): Exact | null {
  const negative = /^[-负]/.test(numeral);
  const unsigned = numeral.replace(/^[-负]/, '').replace(/[廿卅卌]/g, (tens) => TENS_IN_ONE.get(tens) ?? '');
  if (unsigned === '' || unsigned.length > LONGEST) return null;
  const value = figures(unsigned) ?? withUnits(unsigned);
  return value !== null && negative ? -value : value;
}

/** The number as a floating one, rounded once. */
export function toNumber(exact: Exact): number {
  return Number(toDecimal(exact));
}

/** Whole hundredths (yuan to fen); null when there are smaller parts or it is too large to be exact. */
export function toHundredths(exact: Exact): number | null {
  const hundredths = exact * 100n;
  if (hundredths % ONE !== 0n) return null;
  const whole = Number(hundredths / ONE);
  return Number.isSafeInteger(whole) ? whole : null;
}

/** The number times ten to the power. */
export function scaled(exact: Exact, power: number): Exact {
  return power >= 0 ? exact * 10n ** BigInt(power) : exact / 10n ** BigInt(-power);
}

function toDecimal(exact: Exact): string {
  const size = exact < 0n ? -exact : exact;
  return `${exact < 0n ? '-' : ''}${size / ONE}.${String(size % ONE).padStart(DECIMALS, '0')}`;
}

/** Figures read one by one, with a point: 1,299.00, 一七二零点一. */
function figures(text: string): Exact | null {
  let whole = '';
  let parts: string | null = null;
  for (const character of text) {
    const figure = figureOf(character);
    if (figure !== null) {
      if (parts === null) whole += figure;
      else parts += figure;
    } else if ((character === '.' || character === '点') && parts === null && whole !== '') parts = '';
    else if (!(character === ',' && parts === null && whole !== '')) return null;
  }
  if (whole === '' || parts === '' || (parts?.length ?? 0) > DECIMALS) return null;
  return BigInt(whole) * ONE + BigInt((parts ?? '').padEnd(DECIMALS, '0'));
}

function figureOf(character: string): string | null {
  if (character >= '0' && character <= '9') return character;
  const digit = DIGITS.get(character);
  return digit === undefined ? null : String(digit);
}

/** A numeral with units: 一万二, 1.2万, 三千万亿, 一百点123. */
function withUnits(text: string): Exact | null {
  const point = /[十百千万亿拾佰仟萬億]点/.test(text) ? text.indexOf('点') : -1;
  if (point >= 0) {
    const whole = withUnits(text.slice(0, point));
    const parts = figures(`0.${text.slice(point + 1)}`);
    return whole === null || parts === null ? null : whole + parts;
  }
  let closed = 0n;
  let group = 0n;
  let section = 0n;
  let digits = '';
  let unit = 0;
  let lowest = Number.POSITIVE_INFINITY;
  let afterZero = false;
  for (const character of text) {
    const small = SMALL_UNITS.get(character);
    const large = LARGE_UNITS.get(character);
    if (small === undefined && large === undefined) {
      if (digits === '' && DIGITS.get(character) === 0) afterZero = true;
      else digits += character;
      continue;
    }
    const counted = digits === '' ? null : figures(digits);
    if (digits !== '' && counted === null) return null;
    digits = '';
    if (small !== undefined) {
      if (small >= lowest) return null;
      section += scaled(counted ?? ONE, small);
      lowest = small;
    } else if (large !== undefined) {
      section += counted ?? 0n;
      if (large === 8) {
        const below = group + section;
        closed = closed + (below === 0n ? ONE : below) * 10n ** 8n;
        group = 0n;
      } else {
        group = scaled(group + (section === 0n && group === 0n ? ONE : section), large);
      }
      section = 0n;
      lowest = Number.POSITIVE_INFINITY;
    }
    unit = small ?? large ?? 0;
    afterZero = false;
  }
  if (digits === '') return closed + group + section;
  const rest = figures(digits);
  if (rest === null || (unit === 0 && text !== digits)) return null;
  const tenths = digits.length === 1 && !afterZero && unit > 1;
  return closed + group + section + (tenths ? scaled(rest, unit - 1) : rest);
}
