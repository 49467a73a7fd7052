import { CsvError, parse } from 'csv-parse/sync';
import { collectRows, LIMITS, type Limits, type Table, Unreadable } from './table.ts';

// Excel understands a first line that names the sign.
const DECLARED = /^\ufeff?sep=(.)\n/i;
const DELIMITERS = [',', '\t', ';', '|'] as const;

/**
 * Reads a text file of separated values (RFC 4180; commas, tabs, semicolons or bars; quotes, line breaks in cells) in
 * UTF-8, GB18030 (with it GBK and GB2312) or UTF-16, with or without a mark.
 * @throws Unreadable with the reason
 */
export function readCsv(bytes: Uint8Array, limits: Limits = LIMITS): Table {
  const written = decoded(bytes).replaceAll('\r\n', '\n');
  const delimiter = delimiterOf(written);
  const text = written.replace(DECLARED, '');
  const collected = collectRows(limits);
  // Counted as a spreadsheet counts them: a row with line breaks in its cells is one, an empty one counts.
  let row = 0;
  try {
    parse(text, {
      bom: true,
      delimiter,
      record_delimiter: ['\n', '\r'],
      relax_column_count: true,
      // Inch marks and the like stand in many a cell that is not quoted.
      relax_quotes: true,
      max_record_size: limits.characters,
      on_record: (record: string[]) => {
        row += 1;
        collected.add(
          row,
          record.map((cell) => ({ text: cell })),
        );
        return null;
      },
    });
  } catch (error) {
    if (error instanceof CsvError) throw unreadable(error);
    throw error;
  }
  return { rows: collected.rows, sheets: [] };
}

function unreadable({ code, lines }: CsvError & { lines?: number }): Unreadable {
  if (code === 'CSV_QUOTE_NOT_CLOSED') {
    return new Unreadable(
      `第 ${lines ?? 1} 行附近的引号没有配对，文件可能不完整，请重新导出`,
      `A quotation mark near line ${lines ?? 1} is not closed, the file may be cut off; please export it again`,
    );
  }
  return new Unreadable(
    '文件不是完整的表格，请重新导出为 CSV 或者 XLSX',
    'The file is no complete table; please export it again as CSV or XLSX',
  );
}

/** A file from China is UTF-8 or GB18030: what is no valid UTF-8 is tried as the other. */
function decoded(bytes: Uint8Array): string {
  const encodings = isUtf16(bytes) ? [isUtf16(bytes) as string] : ['utf-8', 'gb18030'];
  for (const encoding of encodings) {
    try {
      const text = new TextDecoder(encoding, { fatal: true }).decode(bytes);
      if (!BINARY.test(text)) return text;
    } catch {
      // The next one.
    }
  }
  throw new Unreadable(
    '读不出文字：文件不是 CSV 或者 XLSX，或者编码不是 UTF-8、GB18030，请另存为 XLSX 再试',
    'No text could be read: the file is neither CSV nor XLSX, or not in UTF-8 or GB18030; please save it as XLSX',
  );
}

// Control characters that no text has; one of the signs that it was something else.
const BINARY = /[^\P{Cc}\t\n\r\f\v]/u;

function isUtf16([first, second]: Uint8Array): string | undefined {
  if (first === 0xff && second === 0xfe) return 'utf-16le';
  return first === 0xfe && second === 0xff ? 'utf-16be' : undefined;
}

/** The sign that parts most cells of the first line, outside of quotes. */
function delimiterOf(text: string): string {
  const declared = DECLARED.exec(text)?.[1];
  if (declared !== undefined) return declared;
  const header = /^(?:"[^"]*"|[^"\n])*/.exec(text.slice(0, 20_000))?.[0].replace(/"[^"]*"/g, '') ?? '';
  const counts = DELIMITERS.map((sign) => ({ sign, count: header.split(sign).length - 1 }));
  return counts.reduce((best, one) => (one.count > best.count ? one : best)).sign;
}
