import type { Source } from '../source.ts';
import {
  FILLING,
  HOTLINES,
  MONEY_AFTER,
  MONEY_BEFORE,
  MONEY_NEAR,
  OTHER_WORDS,
  PIECES,
} from './money-words.ts';
import {
  chineseDigit,
  type Exact,
  numeralValue,
  scaled,
  toHundredths,
  toNumber,
  unitPower,
} from './numerals.ts';
import { digitAt, isOneOf, type Quantity, readRange } from './quantities.ts';
import {
  createFinder,
  currencyBefore,
  isCounted,
  priceFor,
  priceForBefore,
  readUnit,
  type Unit,
} from './units.ts';

/** A sum of money, at its place in `source.written`. */
export interface FoundSum {
  start: number;
  end: number;
  /** Exact yuan; null for a range, an about (三千多, 七八千), another currency. Unit prices may have parts of a fen. */
  yuan: number | null;
  /** Whole fen; null where `yuan` is null, has parts of a fen or is too large to be exact. */
  fen: number | null;
  /** True for 500-800元, 三五百块 and the like. */
  range: boolean;
  /** The currency is another one than the yuan. */
  foreign: boolean;
  /** What the price is for (元/平, 3000一个月, 每斤2元); null when the sum stands alone. */
  per: string | null;
  /** False when there is no unit and only the words around say that it is money. */
  hasUnit: boolean;
}

const START = /[0-9零〇一二两兩三四五六七八九十百千万亿几数壹贰貳叁參肆伍陆柒捌玖拾佰仟萬億廿卅]/g;
const SAFE_AFTER_PIECE = /[\s。,、;；:!?？)”"'的钱多左不起以每/到涨变至就才也都封\d一二三四五六七八九]/;
const ONE_YUAN = numeralValue('1') ?? 0n;
const pieceAt = createFinder(PIECES);
/** What may follow a small bare number that is named as a sum elsewhere. */
const ALONE = /^[的不，,。]/;

/**
 * Finds every sum of money in a message, in the order of the text, by units (元, 块, 毛, ¥), by words around bare
 * numbers (交了5800, 押金五百, 3000一个月) and by likeness (the same number named with its unit elsewhere).
 */
export function findSums({ folded }: Source): FoundSum[] {
  const sums: FoundSum[] = [];
  const doubtful: Quantity[] = [];
  START.lastIndex = 0;
  for (let match = START.exec(folded); match !== null; match = START.exec(folded)) {
    const quantity = readRange(folded, match.index);
    if (quantity === null) continue;
    const end = quantity.end;
    if (isPartOfName(folded, quantity)) {
      START.lastIndex = end;
      continue;
    }
    const sum = moneyByUnit(folded, quantity) ?? moneyByWords(folded, quantity);
    if (sum === null) doubtful.push(quantity);
    else sums.push(sum);
    START.lastIndex = Math.max(end, sum?.end ?? 0);
  }
  const [only] = doubtful;
  if (sums.length === 0 && only !== undefined && isWholeMessage(folded, only)) {
    return [found(folded, { ...only, foreign: false, hasUnit: false })];
  }
  return withLikeness(folded, sums, doubtful);
}

/** Part of a code, a date, a case number, a phone: letters, points, strokes or 第 directly before. */
function isPartOfName(text: string, { start }: Quantity): boolean {
  const before = text[start - 1] ?? '';
  if (
    before === '第' ||
    (before === '之' && text[start - 2] === '分') ||
    before === '_' ||
    before === '#' ||
    before === '*'
  )
    return true;
  if (/[a-z]/.test(before))
    return !/(?:rmb|cny|usd|hkd|eur)$/.test(text.slice(Math.max(0, start - 4), start));
  if (before === '.' || before === '-' || before === '/') return /[\da-z]/.test(text[start - 2] ?? '');
  return false;
}

function moneyByUnit(text: string, quantity: Quantity): FoundSum | null {
  const start = withoutEnumeration(text, quantity);
  const sign = currencyBefore(text, start);
  const unit = readUnit(text, quantity);
  if (unit === null && sign === null) return null;
  if (unit?.kind === 'piece' && !isMoneyPiece(text, quantity, unit.end)) return null;
  if (unit !== null && isIdiom(text, quantity, unit)) return null;
  const numeral = start === quantity.start ? quantity.value : numeralValue(text.slice(start, quantity.end));
  const foreign = unit?.kind === 'foreign' || sign?.foreign === true;
  const about = isAboutOne(text, quantity);
  const whole = about ? null : valueIn(unit, numeral);
  const parts = unit === null || foreign || whole === null ? null : readParts(text, unit);
  const end = parts?.end ?? unit?.end ?? quantity.end;
  return found(text, {
    start: about ? start - 1 : (sign?.start ?? start),
    end,
    value: whole === null ? null : whole + (parts?.value ?? 0n),
    range: quantity.range,
    foreign,
    hasUnit: true,
  });
}

/** 近万元, 约百元: an order of magnitude, its 近 a part of it as in 上万元. */
function isAboutOne(text: string, { start, end }: Quantity): boolean {
  return /[近约]/.test(text[start - 1] ?? '') && /^[百千万亿]+$/.test(text.slice(start, end));
}

function valueIn(unit: Unit | null, value: Exact | null): Exact | null {
  if (value === null) return null;
  if (unit?.kind === 'jiao') return scaled(value, -1);
  return unit?.kind === 'fen' ? scaled(value, -2) : value;
}

/** 一分钱都没有, 一角, 0元购: figures of speech and not sums. */
function isIdiom(text: string, { start, end }: Quantity, unit: Unit): boolean {
  const figures = text.slice(start, end);
  if (/^[0零]$/.test(figures)) return true;
  if (text[unit.end - 1] === '角' && !/\d$/.test(figures))
    return !/^(?:$|[钱\d一二三四五六七八九，,。/])/.test(text.slice(unit.end, unit.end + 1));
  if (!/^[一1]$/.test(figures) || (unit.kind !== 'fen' && unit.kind !== 'jiao')) return false;
  if (unit.kind === 'fen') return true;
  return (
    /[没不未无连]/.test(text.slice(Math.max(0, start - 8), start) + text.slice(unit.end, unit.end + 5)) ||
    /^钱?(?:都|也)/.test(text.slice(unit.end, unit.end + 2))
  );
}

/** `1.5000元` at the head of a line is item 1 with 5000元. */
function withoutEnumeration(text: string, { start, end }: Quantity): number {
  const item = /^[1-9]\d?\.(?=[1-9]\d{2,}$)/.exec(text.slice(start, end));
  return item !== null && (start === 0 || /[\s。;；]/.test(text[start - 1] ?? ''))
    ? start + item[0].length
    : start;
}

/** The parts after 元 or 块 or 毛: 1角1分, 三块五, 一块二毛五. */
function readParts(text: string, unit: Unit): { end: number; value: Exact } | null {
  if (unit.kind === 'fen') return null;
  const zero = text[unit.end] === '零' && unit.kind !== 'jiao' ? 1 : 0;
  const at = unit.end + zero;
  const digit = digitAt(text, at);
  if (digit === null) return null;
  const next = text[at + 1] ?? '';
  const power = unit.kind === 'jiao' ? -2 : -1;
  const one = numeralValue(String(digit)) ?? 0n;
  if ((next === '毛' || next === '角') && unit.kind !== 'jiao') {
    const smaller = readParts(text, { end: at + 2, kind: 'jiao' });
    return { end: smaller?.end ?? at + 2, value: scaled(one, -1) + (smaller?.value ?? 0n) };
  }
  if (next === '分' && !/[之钟店公期]/.test(text[at + 2] ?? ''))
    return { end: at + 2, value: scaled(one, -2) };
  if (zero === 1 || digit === 0 || unit.kind === 'yuan') return null;
  if (isOneOf(text, at) || (digitAt(text, at + 1) !== null && !(priceFor(text, at + 1) !== null)))
    return null;
  if (
    unitPower(next) !== undefined ||
    isCounted(text, at + 1) ||
    /^(?:[、:\-~至到折个块元]|[.,]\d)/.test(text.slice(at + 1, at + 3))
  )
    return null;
  return { end: at + 1, value: scaled(one, power) };
}

/** Whether N块 is money and not pieces of something. */
function isMoneyPiece(text: string, quantity: Quantity, end: number): boolean {
  const next = text[end] ?? '';
  const spelled = text.slice(quantity.start, quantity.end);
  if (next === '钱') return !/[这那哪某同另]$/.test(text.slice(0, quantity.start)) || spelled !== '一';
  if (digitAt(text, end) !== null && /[毛角]/.test(text[end + 1] ?? '')) return true;
  if (/[元块毛角分][,、]$/.test(text.slice(Math.max(0, quantity.start - 2), quantity.start))) return true;
  if (isMoneyBefore(text, quantity.start) && !(pieceAt(text, end) !== undefined)) return true;
  if (spelled === '一' || (quantity.start > 0 && /[这那哪某每]/.test(text[quantity.start - 1] ?? ''))) {
    return digitAt(text, end) !== null && chineseDigit(next) !== 1 && !isCounted(text, end + 1);
  }
  if (pieceAt(text, end) !== undefined) return false;
  const small = /^(?:1?\d|[二两三四五六七八九十])$/.test(spelled);
  return !small || end === text.length || SAFE_AFTER_PIECE.test(next) || priceFor(text, end) !== null;
}

/** A bare number that the words around it say is money. */
function moneyByWords(text: string, quantity: Quantity): FoundSum | null {
  const { start, end } = quantity;
  const length = end - start;
  const price = priceFor(text, end) !== null && length >= 2;
  if (!price && isCounted(text, end)) return null;
  const bare = quantity.plain && !quantity.range;
  const figures = text.slice(start, end);
  if (bare && (length > 10 || /^0\d/.test(figures) || isHotline(text, start, figures))) return null;
  if (!bare && (!/[十百千万亿佰仟萬億kw\d]/.test(figures) || figures === '十')) return null;
  if (/^[百千万亿佰仟拾萬]+$/.test(figures)) return null;
  const year = bare && isYear(figures);
  const strong =
    (isMoneyBefore(text, start) && !(bare && length === 1)) ||
    price ||
    (length >= 2 && !year && MONEY_AFTER.test(text.slice(end, end + 10)));
  if (bare && !strong) return null;
  if (year && !price && /[年级版届]|[在于从到至]$/.test(text.slice(Math.max(0, start - 1), start)))
    return null;
  if (strong || isLikelyMoney(text, quantity)) {
    return found(text, { ...quantity, foreign: false, hasUnit: false });
  }
  return null;
}

function isHotline(text: string, start: number, figures: string): boolean {
  return (
    HOTLINES.test(figures) &&
    (/[打拨电话热线报警投诉]/.test(text.slice(Math.max(0, start - 6), start)) ||
      !/[花交付收充罚扣退赔价费款金额钱资薪租][了:]?$/.test(text.slice(Math.max(0, start - 2), start)))
  );
}

/** Nothing but 一万二 or 约30w: the answer to a question about money. Bare figures may be anything. */
function isWholeMessage(text: string, { start, end, plain }: Quantity): boolean {
  return (
    !plain &&
    /[百千万亿佰仟萬億kw]/.test(text.slice(start, end)) &&
    /^\s*(?:约|大约|大概|近|不到|小于|至少|差不多|有)?$/.test(text.slice(Math.max(0, start - 8), start)) &&
    start < 9 &&
    /^(?:左右|上下|以上|吧)?[。.!]?\s*$/.test(text.slice(end, end + 8))
  );
}

function isYear(figures: string): boolean {
  return /^(?:19|20)\d\d$/.test(figures);
}

/** 万 or 千 without a unit, in a sentence about money, with no counted thing after it. */
function isLikelyMoney(text: string, { start, end, value, range }: Quantity): boolean {
  const figures = text.slice(start, end);
  if (!/[万亿千百佰仟萬kw]/.test(figures)) return false;
  if (value === null && !range && !/[万亿]|[千百]/.test(figures)) return false;
  const head = text.slice(Math.max(0, start - 32), start);
  const tail = text.slice(end, end + 20);
  const sentence = `${head.slice(head.search(/[^。!?！？;；\n]*$/))}|${tail.split(/[。!?！？;；\n]/, 1)[0] ?? ''}`;
  return MONEY_NEAR.test(sentence);
}

/** Whether 花了, 押金, 均价 and the like stand before a number, filling words between left out. */
function isMoneyBefore(text: string, start: number): boolean {
  let at = start;
  for (let skipped = 0; skipped < 4 && at > 0; skipped += 1) {
    for (let length = 4; length >= 1; length -= 1) {
      if (at < length || !MONEY_BEFORE.has(text.slice(at - length, at))) continue;
      if (length > 1 || !OTHER_WORDS.has(text.slice(Math.max(0, at - 2), at))) return true;
    }
    const filling = [4, 3, 2, 1].find((length) => at >= length && FILLING.has(text.slice(at - length, at)));
    if (filling === undefined) return false;
    at -= filling;
  }
  return false;
}

/** Bare numbers that share a list with a sum (4800、8500、9400元) or equal one named elsewhere. */
function withLikeness(text: string, sums: FoundSum[], doubtful: readonly Quantity[]): FoundSum[] {
  if (doubtful.length === 0 || sums.length === 0) return sums;
  const known = new Set(sums.map(({ yuan }) => yuan));
  const starts = new Set(sums.map(({ start }) => start));
  const added: FoundSum[] = [];
  for (const quantity of doubtful.toReversed()) {
    if (quantity.value === null || quantity.end - quantity.start < 2 || isCounted(text, quantity.end))
      continue;
    const figures = text.slice(quantity.start, quantity.end);
    if (isYear(figures) || HOTLINES.test(figures)) continue;
    const yuan = toNumber(quantity.value);
    const inList =
      /[、/,]/.test(text[quantity.end] ?? '') && starts.has(quantity.end + 1) && figures.length >= 3;
    const again =
      known.has(yuan) && (figures.length >= 3 || ALONE.test(text.slice(quantity.end, quantity.end + 1)));
    if (!inList && !again) continue;
    added.push(found(text, { ...quantity, foreign: false, hasUnit: false }));
    starts.add(quantity.start);
  }
  return [...sums, ...added].sort((a, b) => a.start - b.start);
}

/** From a thousand yuan on, parts of a fen are a slip of writing; below they are unit prices. */
function withoutPartsOfFen(yuan: Exact): Exact {
  return yuan < scaled(ONE_YUAN, 3) ? yuan : yuan - (yuan % scaled(ONE_YUAN, -2));
}

interface Spelled {
  start: number;
  end: number;
  value: Exact | null;
  range: boolean;
  foreign: boolean;
  hasUnit: boolean;
}

function found(text: string, { start, end, value, range, foreign, hasUnit }: Spelled): FoundSum {
  const exact = foreign || value === null ? null : withoutPartsOfFen(value);
  return {
    start,
    end,
    yuan: exact === null ? null : toNumber(exact),
    fen: exact === null ? null : toHundredths(exact),
    range,
    foreign,
    per: priceFor(text, end) ?? priceForBefore(text, start),
    hasUnit,
  };
}
