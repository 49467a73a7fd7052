import { formulaOf, type IndicatorId, indicator } from '../statistics/indicators.ts';
import type { Report, Table } from './report.ts';
import { WORDS } from './report-words.ts';

/** What each indicator of the report means and who asks for it, in the order in which they are quoted. */
export function sourcesTable({ figures, language }: Report): Table {
  const ids = [...new Set<IndicatorId>(Object.values(figures).map((figure) => figure.indicator))];
  return {
    id: 'sources',
    title: WORDS.sources[language],
    columns: [WORDS.indicator, WORDS.formula, WORDS.source].map((words) => words[language]),
    widths: [0.27, 0.43, 0.3],
    rows: ids.map((id) => [indicator(id)[language], formulaOf(id)[language], indicator(id).source]),
  };
}

/** Every figure with all that it bears, for a spreadsheet. */
export function figuresRows({ figures, language }: Report): (string | number)[][] {
  const { indicator: name, written, number, numerator, denominator, unit, from, to } = WORDS;
  const { formula, source, query, sense } = WORDS;
  const header = [
    name,
    written,
    sense,
    number,
    numerator,
    denominator,
    unit,
    from,
    to,
    formula,
    source,
    query,
  ];
  return [
    header.map((words) => words[language]),
    ...Object.values(figures).map((one) => [
      one.name,
      one.text,
      one.sense,
      one.value ?? '',
      one.numerator ?? '',
      one.denominator ?? '',
      one.unit,
      one.from,
      one.to,
      one.formula,
      one.source,
      one.query,
    ]),
  ];
}
