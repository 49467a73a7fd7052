import type { RowProblem } from './read-rows.ts';

/** A row that was not registered, and why. */
export interface FailedRow {
  row: number;
  cells: readonly string[];
  problems: readonly Pick<RowProblem, 'column' | 'field' | 'zh' | 'en'>[];
}

/**
 * The rows that were not registered as a CSV file (RFC 4180, UTF-8 with a mark so that Excel reads it): the columns as
 * they were, behind them the number of the row and what to correct. Corrected, it can be imported as it is.
 */
export function errorFile(
  headers: readonly string[],
  rows: readonly FailedRow[],
  language: 'zh' | 'en',
): string {
  const { line, why, part } = HEADERS[language];
  const lines = [
    [...headers, line, why],
    ...rows.map(({ row, cells, problems }) => [
      ...cells,
      String(row),
      problems
        .map((problem) => part(problem.column ?? problem.field[language], problem[language]))
        .join(language === 'zh' ? '；' : '; '),
    ]),
  ];
  return `\ufeff${lines.map((cells) => cells.map(quoted).join(',')).join('\r\n')}\r\n`;
}

const HEADERS = {
  zh: { line: '原行号', why: '未登记原因', part: (column: string, reason: string) => `${column}：${reason}` },
  en: {
    line: 'Row',
    why: 'Not registered because',
    part: (column: string, reason: string) => `${column}: ${reason}`,
  },
} as const;

/** A cell that begins like a formula would be computed when the file is opened: an apostrophe makes it text. */
function quoted(cell: string): string {
  const safe = /^[=+\-@\t\r]/.test(cell) && !/^[+-]?[\d\s-]+$/.test(cell) ? `'${cell}` : cell;
  return `"${safe.replaceAll('"', '""')}"`;
}
