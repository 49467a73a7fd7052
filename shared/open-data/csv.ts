/** What a cell of an open table may hold. */
export type Cell = string | number | boolean | null;

/**
 * A table as CSV (RFC 4180) that Excel opens with Chinese: UTF-8 with a byte order mark. Whoever names a business
 * `=cmd|…` must not run anything in a reader's spreadsheet: text that begins like a formula gets an apostrophe (OWASP,
 * CSV Injection); numbers stay numbers.
 */
export function csvOf<Name extends string>(
  names: readonly Name[],
  rows: readonly Readonly<Record<Name, Cell>>[],
): string {
  const lines = [names.join(','), ...rows.map((row) => names.map((name) => cellOf(row[name])).join(','))];
  return `\ufeff${lines.join('\r\n')}\r\n`;
}

function cellOf(value: Cell): string {
  if (value === null) return '';
  if (typeof value !== 'string') return String(value);
  // A leading space does not keep a spreadsheet from computing.
  const safe = /^[\s\ufeff]*[=+\-@＝＋－＠\t\r]/.test(value) ? `'${value}` : value;
  return `"${safe.replaceAll('"', '""')}"`;
}
