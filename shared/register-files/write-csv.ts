/**
 * What a spreadsheet would compute, or take for a number or a day and so destroy: formulas, leading zeros, long numbers,
 * 1-2, 12E5. An apostrophe before it makes it text; `fromCsv` takes it away.
 */
const NOT_AS_IS = /^(?:[=+\-@'].*|0\d+|\d{12,}|\d+E\d+|\d{1,4}[-/]\d{1,2}(?:[-/]\d{1,4})?)$/is;
const DAY = /^\d{4}-\d{2}-\d{2}$/;

/** Rows as a CSV file (RFC 4180), UTF-8 with a mark so that Excel reads Chinese. */
export function writeCsv(rows: readonly (readonly string[])[]): string {
  const lines = rows.map((cells) => cells.map((cell) => `"${toCsv(cell).replaceAll('"', '""')}"`).join(','));
  return `\ufeff${lines.join('\r\n')}\r\n`;
}

// A day stays one: whatever the spreadsheet makes of it is read again.
const toCsv = (cell: string) => (NOT_AS_IS.test(cell) && !DAY.test(cell) ? `'${cell}` : cell);

/** A cell of a CSV file without the apostrophe that keeps it a text. */
export const fromCsv = (cell: string) =>
  cell.startsWith("'") && NOT_AS_IS.test(cell.slice(1)) ? cell.slice(1) : cell;
