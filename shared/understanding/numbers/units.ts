import {
  COUNTED,
  FOREIGN_BEFORE,
  FOREIGN_UNITS,
  MEASURES,
  MONEY_NOUNS_AFTER,
  NOT_AFTER_SMALL,
  NOT_AFTER_YUAN,
  PER_UNITS,
  YUAN_UNITS,
} from './money-words.ts';

/** The unit of money behind a number, and where it ends. */
export interface Unit {
  end: number;
  kind: 'yuan' | 'piece' | 'jiao' | 'fen' | 'foreign';
}

/** 整 belongs to the sum only in the formal hand of contracts: 叁仟圆整, but 60000元 整. */
const FORMAL_ONLY = /[整正]$/;

/** Makes a finder of the first of the words that stands at a place; words are looked up by their first character. */
export function createFinder(words: readonly string[]): (text: string, at: number) => string | undefined {
  const byFirst = Map.groupBy(words, (word) => word.charAt(0));
  return (text, at) => byFirst.get(text.charAt(at))?.find((word) => text.startsWith(word, at));
}

const yuanAt = createFinder(YUAN_UNITS);
const foreignAt = createFinder(FOREIGN_UNITS);
const countedAt = createFinder(COUNTED);
const moneyNounAt = createFinder(MONEY_NOUNS_AFTER);
const perUnitAt = createFinder(PER_UNITS);
/** By the last character, as these stand before the number. */
const FOREIGN_BY_LAST = Map.groupBy(FOREIGN_BEFORE, (word) => word.charAt(word.length - 1));

/** The unit of money directly after a quantity (one blank between is none). */
export function readUnit(text: string, { end }: { end: number }): Unit | null {
  let at = text[end] === ' ' ? end + 1 : end;
  if (text.startsWith('(含)', at)) at += 3;
  const next = text[at] ?? '';
  if (next === '块') return { end: at + 1, kind: 'piece' };
  if (next === '毛' || next === '角') {
    return NOT_AFTER_SMALL.has(text[at + 1] ?? '') ? null : { end: at + 1, kind: 'jiao' };
  }
  if (next === '分' && text[at + 1] === '钱') return { end: at + 1, kind: 'fen' };
  const foreign = foreignAt(text, at);
  if (foreign !== undefined) return { end: at + foreign.length, kind: 'foreign' };
  const yuan = yuanAt(text, at);
  if (
    yuan === undefined ||
    (FORMAL_ONLY.test(yuan) && !/[壹贰貳叁參肆伍陆柒捌玖拾佰仟]/.test(text.slice(Math.max(0, end - 3), end)))
  ) {
    return yuan === undefined ? null : { end: at + 1, kind: 'yuan' };
  }
  return NOT_AFTER_YUAN.has(text[at + yuan.length] ?? '') && yuan === '元'
    ? null
    : { end: at + yuan.length, kind: 'yuan' };
}

/** ¥, RMB or another currency before a number. */
export function currencyBefore(text: string, start: number): { start: number; foreign: boolean } | null {
  const at = text[start - 1] === ' ' || text[start - 1] === ':' ? start - 1 : start;
  const before = text[at - 1];
  if (before === '¥' || before === '￥') return { start: at - 1, foreign: false };
  if (text.slice(Math.max(0, at - 3), at) === 'rmb') return { start: at - 3, foreign: false };
  const word = FOREIGN_BY_LAST.get(text.charAt(at - 1))?.find((name) => text.endsWith(name, at));
  if (word === undefined) return null;
  return { start: at - word.length, foreign: true };
}

/** Whether what stands at `at` is a measure or a counted thing, which makes the number before it no money. */
export function isCounted(text: string, at: number): boolean {
  const from = text[at] === ' ' ? at + 1 : at;
  if (priceFor(text, from) !== null && text[from] !== '一') return false;
  if (moneyNounAt(text, from) !== undefined) return false;
  return MEASURES.has(text[from] ?? '') || countedAt(text, from) !== undefined;
}

/** What a price directly before `at` is for: `/平`, `一个月`, `每斤`; null when no such thing follows. */
export function priceFor(text: string, at: number): string | null {
  const rest = text[at] === '钱' ? at + 1 : at;
  const mark = text[rest] ?? '';
  if (mark !== '/' && mark !== '一' && mark !== '每') return null;
  const from = rest + 1;
  if (mark === '一' && /^一(?:个人|名|位|家人)/.test(text.slice(rest, rest + 3))) return null;
  return perUnitAt(text, from) ?? null;
}

/** What the price is for when it is said before: 每立方米0.7元, 一年2400元. */
export function priceForBefore(text: string, start: number): string | null {
  const head = text.slice(Math.max(0, start - 8), start);
  const mark = Math.max(head.lastIndexOf('每'), head.lastIndexOf('一'));
  if (mark < 0) return null;
  const rest = head.slice(mark + 1);
  const unit = perUnitAt(rest, 0);
  return unit !== undefined && rest.length - unit.length <= 3 && !/[,.。、;；]/.test(rest) ? unit : null;
}
