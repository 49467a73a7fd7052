/** The tables of a report as a workbook, and a sheet with the source of every figure. */

import { type SheetRows, writeXlsx } from '../write-xlsx.ts';
import { blocksOf, type Chart, type Report, type Table, tablesOf } from './report.ts';
import { WORDS } from './report-words.ts';
import { figuresRows, sourcesTable } from './sources-table.ts';

/** Excel takes no more, and none of these. */
const LONGEST_NAME = 31;
const sheetName = (title: string) =>
  title
    .replace(/[[\]:*?/\\（）]/g, ' ')
    .trim()
    .slice(0, LONGEST_NAME);

export function renderReportXlsx(report: Report): Uint8Array {
  const { figures, language } = report;
  const charts = blocksOf(report).flatMap((block) => ('chart' in block ? [block.chart] : []));
  const sheets: SheetRows[] = [
    ...tablesOf(report).map((table) => tableSheet(table, report)),
    // Bars say what the tables say; lines nothing else does.
    ...charts.filter(({ type }) => type === 'lines').map((chart) => chartSheet(chart, report)),
    {
      name: sheetName(WORDS.figures[language]),
      rows: figuresRows({ ...report, figures }),
      widths: FIGURES_WIDTHS,
    },
    tableSheet(sourcesTable(report), report),
  ];
  return writeXlsx(sheets);
}

const FIGURES_WIDTHS = [28, 16, 16, 14, 10, 10, 10, 12, 12, 40, 40, 60];

/** Beside every figure the formula and source of the row's first one. */
function tableSheet({ title, columns, rows, id }: Table, { figures, language }: Report): SheetRows {
  const isSources = id === 'sources';
  const more = isSources ? [] : [WORDS.formula, WORDS.source, WORDS.query].map((words) => words[language]);
  return {
    name: sheetName(title),
    widths: [28, ...columns.slice(1).map(() => (isSources ? 50 : 16)), 40, 40, 60],
    rows: [
      [...columns, ...more],
      ...rows.map((cells) => {
        const first = cells.find((cell) => typeof cell !== 'string');
        const figure = first === undefined ? undefined : figures[first.figure];
        return [
          ...cells.map((cell) => (typeof cell === 'string' ? cell : numberOf(cell, figures))),
          ...(isSources ? [] : [figure?.formula ?? '', figure?.source ?? '', figure?.query ?? '']),
        ];
      }),
    ],
  };
}

/** Whole counts as numbers, so that they can be added up; what has a unit of its own as it is written. */
function numberOf({ figure, text }: { figure: string; text: string }, figures: Report['figures']) {
  const found = figures[figure];
  const isCount = found?.sense === 'value' && found.numerator === null && /^[\d,]+件?$/.test(text);
  return isCount && found.value !== null ? found.value : text;
}

function chartSheet({ title, labels, series }: Chart, { language }: Report): SheetRows {
  return {
    name: sheetName(title),
    rows: [
      [WORDS.item[language], ...series.map(({ name }) => name)],
      ...labels.map((label, at) => [label, ...series.map(({ values }) => values[at] ?? '')]),
    ],
  };
}
