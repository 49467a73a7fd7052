import type { Dimension } from '../statistics/contributions.ts';
import { type Counter, SEALED_COUNTERS } from '../statistics/counters.ts';
import {
  countersOf,
  formulaOf,
  type IndicatorId,
  type IndicatorValue,
  indicator,
  valueOf,
} from '../statistics/indicators.ts';
import { countText, decimal, percentText, scaled, shareOf, valueText } from './numbers.ts';
import type { Cell, FigureSense, Language, Part, ReportFigure } from './report.ts';
import type { ReportFigures, ReportSource } from './source.ts';

/** Which of the figures of the source. */
export type Place = 'now' | 'running';

/** A cut that a figure is of. */
export interface Cut {
  dimension: Dimension;
  value: string;
  /** As the reader calls it. */
  name: string;
}

/** Where a figure lies. */
interface Lookup {
  id: IndicatorId;
  place?: Place | undefined;
  cut?: Cut | undefined;
}

/** Below so many cases a change is told in cases: of three complaints one more is no rise by a third. */
const FEWEST_FOR_PERCENT = 30;

const PAST = { 'year-on-year': 'lastYear', 'on-period-before': 'before' } as const;
export type Past = keyof typeof PAST;

/** 同比, 环比 in words; of a day the day before. */
const COMPARED: Readonly<Record<Past | 'day', { zh: string; en: string }>> = {
  'year-on-year': { zh: '同比', en: ' on the year before' },
  'on-period-before': { zh: '环比', en: ' on the month before' },
  day: { zh: '较前一日', en: ' on the day before' },
};

/**
 * Writes figures down: every number of a report is asked for here, and is kept with its formula, source and path.
 * What is not known, too small to be compared, or sealed from the reader is undefined.
 */
export class FigureBook {
  readonly figures: Record<string, ReportFigure> = {};
  readonly #source: ReportSource;

  constructor(source: ReportSource) {
    this.#source = source;
  }

  get language(): Language {
    return this.#source.language;
  }

  /** True when this may be shown at all. */
  isOpen(id: IndicatorId): boolean {
    return this.#source.sealed || !countersOf(id).some((counter) => SEALED_COUNTERS.has(counter));
  }

  /** The indicator's value, as far as it may be quoted. */
  value({ id, place = 'now', cut }: Lookup): IndicatorValue | undefined {
    const figures = this.#at(place);
    return figures === undefined ? undefined : this.#quotable(id, figures, cut);
  }

  /** `18241件`. */
  quote(lookup: Lookup): Part[] | undefined {
    const found = this.value(lookup);
    if (found === undefined) return undefined;
    const text = valueText(found, indicator(lookup.id).unit, this.language);
    return text === undefined ? undefined : [this.#write(lookup, 'value', text, found)];
  }

  /** What stands above or below the line of a rate. */
  quoteSide(lookup: Lookup, side: 'numerator' | 'denominator'): Part[] | undefined {
    const found = this.value(lookup);
    const number = found?.[side];
    if (found === undefined || number === null || number === undefined) return undefined;
    const text = valueText(
      { value: number, numerator: null, denominator: null },
      indicator(lookup.id).unit === 'fen' ? 'fen' : 'cases',
      this.language,
    );
    return [this.#write(lookup, side, text ?? '', { ...found, value: number })];
  }

  /** Of a cut: its share of the whole. */
  quoteShare(lookup: Lookup & { cut: Cut }): Part[] | undefined {
    const [part, whole] = [this.value(lookup)?.value, this.value({ ...lookup, cut: undefined })?.value];
    // Rounded cuts of an open report may pass the whole by a little.
    if (part === undefined || part === null || !whole || whole < FEWEST_FOR_PERCENT || part > whole) {
      return undefined;
    }
    const sides = { value: part / whole, numerator: part, denominator: whole };
    return [this.#write(lookup, 'share', percentText(shareOf(part, whole)), sides)];
  }

  /** `同比上升12.34%`, `环比下降1.44个百分点`, `同比增加3件`, `同比持平`. */
  quoteChange(lookup: Lookup, past: Past): Part[] | undefined {
    const change = this.changeOf(lookup, past);
    if (change === undefined) return undefined;
    const { zh, en } = COMPARED[this.#wordsOf(past)];
    const { amount, text, way } = change;
    if (amount === 0) return [this.language === 'zh' ? `${zh}持平` : `unchanged${en}`];
    const figure = this.#write(lookup, past, text, {
      value: amount,
      numerator: change.now,
      denominator: change.before,
    });
    return this.language === 'zh' ? [`${zh}${way.zh}`, figure] : [`${way.en} `, figure, en];
  }

  /** By how much a figure changed, and how it is said. */
  changeOf(lookup: Lookup, past: Past) {
    const { unit, formula } = indicator(lookup.id);
    // The period before a year is the year before: it is said once.
    if (past === 'on-period-before' && this.#source.kind === 'yearly') return undefined;
    const [now, was] = [this.value(lookup), this.#past(lookup, past)];
    if (now?.value === undefined || now.value === null || was?.value === undefined || was.value === null) {
      return undefined;
    }
    const zh = this.language === 'zh';
    const sides = { now: now.value, before: was.value };
    const more = (is: boolean, up: string, down: string) => (is ? up : down);
    if (formula.of === 'rate') {
      // Of the two as they are printed, so that whoever subtracts them finds the same.
      const amount =
        shareOf(now.numerator ?? 0, now.denominator ?? 1) - shareOf(was.numerator ?? 0, was.denominator ?? 1);
      const points = decimal(Math.abs(amount), 2);
      return {
        ...sides,
        amount,
        text: zh ? `${points}个百分点` : `${points} percentage points`,
        way: { zh: more(amount > 0, '提高', '下降'), en: more(amount > 0, 'up', 'down') },
      };
    }
    if (formula.of !== 'sum') return undefined;
    const difference = now.value - was.value;
    const rise = { zh: more(difference > 0, '上升', '下降'), en: more(difference > 0, 'up', 'down') };
    if (unit === 'cases' && was.value < FEWEST_FOR_PERCENT) {
      const size = Math.abs(difference);
      return {
        ...sides,
        amount: difference,
        text: zh ? `${size}件` : countText(size, 'en'),
        way: { ...rise, zh: more(difference > 0, '增加', '减少') },
      };
    }
    if (was.value === 0) return undefined;
    const amount = scaled(difference, was.value, 10_000);
    return { ...sides, amount, text: percentText(Math.abs(amount)), way: rise };
  }

  /** The value of the past, as a cell. */
  pastCell(lookup: Lookup, past: Past): Cell {
    const then = this.#past(lookup, past);
    const text = then && valueText(then, indicator(lookup.id).unit, this.language);
    return text ?? '—';
  }

  /** What was published before, where it is not what the figures say now. */
  quotePublished(id: IndicatorId): { old: Part; corrected: Part } | undefined {
    const { published, now } = this.#source;
    if (published === undefined || !this.isOpen(id)) return undefined;
    const [was, is] = [published.figures, now].map((of) => valueOf(id, basisOf(of)));
    const { unit } = indicator(id);
    const [old, corrected] = [was, is].map((one) => one && valueText(one, unit, this.language));
    if (was === undefined || is === undefined || old === undefined || corrected === undefined)
      return undefined;
    if (old === corrected) return undefined;
    return {
      old: this.#write({ id }, 'as-published', old, was),
      corrected: this.#write({ id }, 'value', corrected, is),
    };
  }

  /** How many units compare so by an indicator. */
  quoteUnits(id: IndicatorId, verdict: string, count: number): Part {
    const text = countText(count, this.language);
    const sides = { value: count, numerator: null, denominator: null };
    return this.#write({ id }, 'units', text, sides, `units-${verdict}`);
  }

  /** How many complaints an alarm has: a figure of the early warning, opened there. */
  quoteAlarm({ id, count }: ReportSource['alarms'][number]): Part {
    const text = this.language === 'zh' ? `${count}件` : countText(count, 'en');
    const sides = { value: count, numerator: null, denominator: null };
    return this.#write({ id: 'received' }, 'alarm', text, sides, id);
  }

  /** A unit's own rate. */
  quoteUnit(id: IndicatorId, unit: { code: string; name: string }, figures: ReportFigures): Part | undefined {
    const found = valueOf(id, basisOf(figures));
    const text = valueText(found, indicator(id).unit, this.language);
    if (text === undefined || !this.isOpen(id)) return undefined;
    return this.#write({ id }, 'value', text, found, unit.code, unit);
  }

  /** A month of the trend. */
  month(id: IndicatorId, month: string, counts: ReportFigures['counts']): { key: string; value: number } {
    const { value } = valueOf(id, { counts });
    const number = value ?? 0;
    const text = valueText(
      { value: number, numerator: null, denominator: null },
      indicator(id).unit,
      this.language,
    );
    const sides = { value: number, numerator: null, denominator: null };
    const { figure } = this.#write({ id }, 'value', text ?? '', sides, `month-${month}`, undefined, month);
    return { key: figure, value: number };
  }

  #at(place: Place): ReportFigures | undefined {
    return place === 'now' ? this.#source.now : this.#source.running;
  }

  #past({ id, place = 'now', cut }: Lookup, past: Past): IndicatorValue | undefined {
    const figures =
      place === 'now'
        ? this.#source[PAST[past]]
        : past === 'year-on-year'
          ? this.#source.runningLastYear
          : undefined;
    return figures === undefined ? undefined : this.#quotable(id, figures, cut);
  }

  #quotable(id: IndicatorId, figures: ReportFigures, cut: Cut | undefined): IndicatorValue | undefined {
    if (!this.isOpen(id)) return undefined;
    const counts = cut === undefined ? figures.counts : (figures.by[cut.dimension]?.[cut.value] ?? {});
    const found = valueOf(id, cut === undefined ? basisOf(figures) : { counts });
    const isRate = indicator(id).formula.of === 'rate';
    // A flow over 100 % handled what came in before: it is true, and no rate.
    const passes = isRate && (found.numerator ?? 0) > (found.denominator ?? 0);
    return found.value === null || !found.comparable || passes ? undefined : found;
  }

  #wordsOf(past: Past): Past | 'day' {
    return past === 'on-period-before' && this.#source.kind === 'daily' ? 'day' : past;
  }

  #write(
    { id, place = 'now', cut }: Lookup,
    sense: FigureSense,
    text: string,
    { value, numerator, denominator }: Pick<ReportFigure, 'value' | 'numerator' | 'denominator'>,
    more = '',
    unit: { code: string; name: string } = this.#source.unit,
    month?: string,
  ): { figure: string; text: string } {
    const { zh, en, source } = indicator(id);
    const { period } = this.#at(place) ?? this.#source.now;
    const days = month === undefined ? period : { from: `${month}-01`, to: `${month}-31` };
    const key = [place, id, sense, cut && `${cut.dimension}=${cut.value}`, more].filter(Boolean).join('.');
    const called = this.language === 'zh' ? zh : en;
    this.figures[key] = {
      key,
      indicator: id,
      sense,
      name: [unit === this.#source.unit ? undefined : unit.name, cut?.name, called].filter(Boolean).join(' '),
      text,
      value,
      numerator,
      denominator,
      unit: unit.code,
      ...days,
      by: cut && { dimension: cut.dimension, value: cut.value },
      formula: formulaOf(id)[this.language],
      source,
      query: this.#source.kind === 'public' ? '' : queryOf(id, sense, unit.code, days, month, cut, more),
    };
    return { figure: key, text };
  }
}

const basisOf = ({ counts, closeDays, responseHours }: ReportFigures) => ({
  counts,
  closeDays,
  responseHours,
});

/** The path that opens a figure: to its cases where it is one counter, else to the indicator with its counters. */
function queryOf(
  id: IndicatorId,
  sense: FigureSense,
  unit: string,
  { from, to }: { from: string; to: string },
  month: string | undefined,
  cut: Cut | undefined,
  more: string,
): string {
  const days: Record<string, string> = month === undefined ? { from, to } : { month };
  const counters = countersOf(id);
  const isCases = (sense === 'value' || sense === 'as-published') && counters.length === 1;
  const asked = {
    unit,
    ...days,
    ...(isCases ? { counter: counters[0] as Counter } : {}),
    ...(isCases && cut ? { by: cut.dimension, value: cut.value } : {}),
  };
  if (sense === 'alarm') return `/desk/alarms/${more}`;
  const path = isCases ? '/desk/figures/cases' : sense === 'units' ? '/desk/figures/units' : '/desk/figures';
  return `${path}?${new URLSearchParams(asked).toString()}`;
}
