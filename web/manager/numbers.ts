import { percentText, valueText } from '../../shared/reports/numbers.ts';
import type { IndicatorUnit } from '../../shared/statistics/indicators.ts';
import type { Figure } from '../api/answers.ts';
import { chinese } from '../components/page.ts';
import { language, type Pair, say } from '../components/texts.ts';
import { MANAGER } from './manager.texts.ts';

/*
 * Values of indicators and their changes, in the words a manager reads.
 */

/** For ten thousand people: their sides are counts and residents, not what the value is made of by dividing alone. */
const isPerHead = ({ id }: Pick<Figure, 'id'>) => id.endsWith('PerHead');

/** A value with its unit: `98.65%`, `827.7万元`, `12件`. */
export function figureText(figure: Figure): string {
  const { value, numerator, denominator, unit } = figure;
  if (value === null) return say(MANAGER.none);
  if (isPerHead(figure)) return plainText(value, unit);
  return valueText({ value, numerator, denominator }, unit as IndicatorUnit, language()) ?? say(MANAGER.none);
}

/** The same for a value whose sides are not known: that of an earlier period, or one per day. */
export function plainText(value: number, unit: string): string {
  if (unit === 'percent') return rateText(value);
  const places = unit === 'points' || unit === 'cases per 10,000 people' ? 100 : 10;
  const rounded = unit === 'fen' ? Math.round(value) : Math.round(value * places) / places;
  const sides = { value: rounded, numerator: null, denominator: null };
  return valueText(sides, unit as IndicatorUnit, language()) ?? '';
}

export const rateText = (rate: number): string => percentText(Math.round(rate * 10_000));

export function intervalText(interval: { from: number; to: number } | null): string | undefined {
  if (interval === null) return undefined;
  return say(MANAGER.interval, { from: shortRate(interval.from), to: shortRate(interval.to) });
}

/** Luck has no second decimal. */
export const shortRate = (rate: number): string => `${(rate * 100).toFixed(1)}%`;

export interface Change {
  arrow: string;
  text: string;
  /** Undefined where more is neither good nor bad, or where nothing can be said. */
  judged: 'better' | 'worse' | undefined;
}

/**
 * How a figure moved, with an arrow and in words: colour alone tells some people nothing.
 * @param mayJudge false where the cases are too few, or the period is not over
 */
export function changeOf(figure: Figure, past: Figure['before'], mayJudge: boolean): Change {
  if (past === null || past.value === null || figure.value === null) {
    return { arrow: '–', text: say(MANAGER.nothingBefore), judged: undefined };
  }
  const difference = figure.value - past.value;
  const was = say(MANAGER.was, { value: plainText(past.value, figure.unit) });
  if (difference === 0) return { arrow: '=', text: `${say(MANAGER.same)}${was}`, judged: undefined };
  const by =
    past.change === null
      ? ''
      : figure.unit === 'percent'
        ? say(MANAGER.points, { points: Math.abs(past.change * 100).toFixed(2) })
        : shortRate(Math.abs(past.change));
  const direction = difference > 0 ? 'up' : 'down';
  const isTiny = by !== '' && /^0\.0+\D/.test(by);
  const isLuck = isByChance(figure, past.value);
  const judged =
    !mayJudge || isTiny || isLuck || figure.direction === 'none'
      ? undefined
      : direction === figure.direction
        ? 'better'
        : 'worse';
  const verdict = judged === undefined ? (mayJudge && isLuck ? say(MANAGER.luck) : '') : say(MANAGER[judged]);
  const moved = isTiny ? say(MANAGER.nearlySame) : say(MANAGER[direction], { by }).trim();
  return {
    arrow: isTiny ? '≈' : difference > 0 ? '▲' : '▼',
    text: `${moved}${isTiny ? '' : verdict}${was}`,
    judged,
  };
}

/** The square of the 1.96 standard deviations that hold 95 % of what is luck. */
const BEYOND_CHANCE = 3.84;

/** A rate whose interval holds what it was, a count that differs by no more than counts do: nobody did better or worse. */
function isByChance({ unit, interval, value }: Figure, was: number): boolean {
  if (interval !== null) return was >= interval.from && was <= interval.to;
  if (unit !== 'cases' || value === null) return false;
  return (value - was) ** 2 <= BEYOND_CHANCE * (value + was);
}

const HAN = /(\p{Script=Han}+)/u;

/** Words of the service in which names stay Chinese whatever the language of the page is. */
export function withNames(words: Pair): (Node | string)[] {
  if (language() === 'zh') return [words.zh];
  return words.en.split(HAN).map((part) => (HAN.test(part) ? chinese(part) : part));
}
