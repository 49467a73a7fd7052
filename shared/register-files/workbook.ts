import { readTable } from '../desk-entry/read-table.ts';
import type { Limits, Table } from '../desk-entry/table.ts';
import type { Reason } from '../desk-entry/values.ts';
import type { Registry } from '../jurisdiction/registry.ts';
import { type SheetRows, writeXlsx } from '../write-xlsx.ts';
import { BUREAU_SHEET, type Column, sheetNameOf } from './columns.ts';
import { ALL_SHEETS, OPTIONAL, toSheets } from './sheets.ts';

/** A register as a workbook. */
export function workbookOf(registry: Registry): Uint8Array {
  const rows = toSheets(registry);
  return writeXlsx(
    Object.entries(ALL_SHEETS).map(
      ([file, sheet]): SheetRows => ({
        name: sheetNameOf(sheet),
        rows: rows[file] ?? [],
        choices: choicesOf(sheet.columns),
      }),
    ),
  );
}

function choicesOf(columns: readonly Column[]) {
  return new Map(
    columns.flatMap(({ type, options = {} }, at) =>
      type === 'choice' ? [[at, Object.values(options).map(({ zh }) => zh)] as const] : [],
    ),
  );
}

/** The sheets of a workbook, by the names of their files; or why it cannot be read. */
export function readWorkbook(
  bytes: Uint8Array,
  limits?: Limits,
): { tables: Record<string, Table | undefined> } | { reason: Reason } {
  const bureau = readTable(bytes, sheetNameOf(BUREAU_SHEET), limits);
  if ('reason' in bureau) return bureau;
  const tables: Record<string, Table | undefined> = {};
  for (const [name, sheet] of Object.entries(ALL_SHEETS)) {
    const called = sheetNameOf(sheet);
    if (OPTIONAL.includes(name) && !bureau.table.sheets.includes(called)) continue;
    const read = readTable(bytes, called, limits);
    if ('reason' in read) return read;
    tables[name] = read.table;
  }
  return { tables };
}
