import { COUNTER_DEFINITIONS } from '../statistics/counters.ts';
import { countersOf, indicator } from '../statistics/indicators.ts';
import { largest } from './cuts.ts';
import type { FigureBook } from './figure-book.ts';
import type { Chart } from './report.ts';
import { monthLabel, WORDS } from './report-words.ts';
import type { ChartRule } from './rules.ts';
import type { ReportSource } from './source.ts';

/** A year back, and this month. */
const MONTHS_SHOWN = 13;
const BARS_SHOWN = 8;

/** The chart of a rule; undefined where there is too little to draw. */
export function chartOf(rule: ChartRule, source: ReportSource, book: FigureBook): Chart | undefined {
  if (rule.chart === 'cut') return cutChart(rule, source, book);
  return rule.chart === 'months' ? monthsChart(rule, source, book) : yearsChart(rule, source, book);
}

function monthsChart(
  { of, title }: Extract<ChartRule, { chart: 'months' }>,
  { months, language }: ReportSource,
  book: FigureBook,
): Chart | undefined {
  const shown = months.slice(-MONTHS_SHOWN);
  if (shown.length < 2) return undefined;
  return {
    id: `months-${of.join('-')}`,
    type: 'lines',
    title: title[language],
    labels: shown.map(({ month }, at) => monthLabel(month, at, language)),
    series: of.map((id) => {
      const points = shown.map(({ month, counts }) => book.month(id, month, counts));
      const [counter] = countersOf(id);
      return {
        name: counter === undefined ? indicator(id)[language] : COUNTER_DEFINITIONS[counter][language],
        values: points.map(({ value }) => value),
        figures: points.map(({ key }) => key),
      };
    }),
  };
}

/** The months of the year, beside those of the year before. */
function yearsChart(
  { of: id, title }: Extract<ChartRule, { chart: 'years' }>,
  { months, now, language }: ReportSource,
  book: FigureBook,
): Chart | undefined {
  const year = Number(now.period.to.slice(0, 4));
  const shown = months.filter(({ month }) => month.startsWith(`${year}-`));
  if (shown.length < 2) return undefined;
  const seriesOf = (name: string, back: number) => {
    const points = shown.map(({ month }) => {
      const wanted = `${year - back}${month.slice(4)}`;
      const found = months.find((one) => one.month === wanted);
      return found && book.month(id, wanted, found.counts);
    });
    return {
      name,
      values: points.map((point) => point?.value ?? null),
      figures: points.flatMap((point) => point?.key ?? []),
    };
  };
  const past = seriesOf(WORDS.yearBefore[language], 1);
  return {
    id: `years-${id}`,
    type: 'lines',
    title: title[language],
    labels: shown.map(({ month }) => monthLabel(month, -1, language).replace(/^\d+年| \d+$/, '')),
    series: [
      seriesOf(WORDS.thisYear[language], 0),
      ...(past.values.some((value) => value !== null) ? [past] : []),
    ],
  };
}

function cutChart(
  { dimension, of: id, title }: Extract<ChartRule, { chart: 'cut' }>,
  source: ReportSource,
  book: FigureBook,
): Chart | undefined {
  const bars = largest({ dimension }, source)
    .slice(0, BARS_SHOWN)
    .flatMap((cut) => {
      const [part] = book.quote({ id, cut }) ?? [];
      const value = book.value({ id, cut })?.value;
      return typeof part === 'object' && 'figure' in part && typeof value === 'number'
        ? [{ name: cut.name, value, figure: part.figure }]
        : [];
    });
  if (bars.length < 2) return undefined;
  return {
    id: `${dimension}-${id}`,
    type: 'bars',
    title: title[source.language],
    labels: bars.map(({ name }) => name),
    series: [
      {
        name: WORDS.value[source.language],
        values: bars.map(({ value }) => value),
        figures: bars.map(({ figure }) => figure),
      },
    ],
  };
}
