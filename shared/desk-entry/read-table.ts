import { readCsv } from './read-csv.ts';
import { readXlsx } from './read-xlsx.ts';
import { LIMITS, type Limits, type Table, Unreadable } from './table.ts';
import type { Reason } from './values.ts';

const ZIP = [0x50, 0x4b];
// Excel before 2007, and any workbook with a password.
const OLE = [0xd0, 0xcf, 0x11, 0xe0];

/**
 * Reads a table from a file by what it is, whatever its name says: XLSX, or text of separated values. Any bytes give a
 * table or a reason.
 * @param sheet of a workbook; the first one without
 * @param limits what is more than these is refused
 */
export function readTable(
  bytes: Uint8Array,
  sheet?: string,
  limits: Limits = LIMITS,
): { table: Table } | { reason: Reason } {
  try {
    return { table: read(bytes, sheet, limits) };
  } catch (error) {
    if (error instanceof Unreadable) return { reason: error.reason };
    throw error;
  }
}

function read(bytes: Uint8Array, sheet: string | undefined, limits: Limits): Table {
  const begins = (magic: readonly number[]) => magic.every((byte, index) => bytes[index] === byte);
  if (bytes.length === 0) throw new Unreadable('文件是空的', 'The file is empty');
  if (bytes.length > limits.bytes) {
    const limit = `${limits.bytes / 1024 / 1024} MB`;
    throw new Unreadable(`文件超过 ${limit}，请拆成几个文件`, `The file is over ${limit}; please split it`);
  }
  if (begins(OLE)) {
    throw new Unreadable(
      '这是旧版 XLS 或者有密码的文件，请另存为不带密码的 XLSX',
      'This is an old XLS file or has a password; please save it as XLSX without one',
    );
  }
  const table = begins(ZIP) ? readXlsx(bytes, sheet, limits) : readCsv(bytes, limits);
  if (table.rows.length === 0) throw new Unreadable('表格里没有内容', 'There is nothing in the table');
  return table;
}
