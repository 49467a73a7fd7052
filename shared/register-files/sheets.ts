import type * as z from 'zod';
import { readBusiness } from '../businesses/business.ts';
import type { Table } from '../desk-entry/table.ts';
import type { Reason } from '../desk-entry/values.ts';
import type { Registry } from '../jurisdiction/registry.ts';
import { readCell, writeCell } from './cells.ts';
import { BUREAU_SHEET, type Column, headerOf, SHEETS, type Sheet, sheetNameOf } from './columns.ts';
import { type RegisterFile, registerFile } from './register-file.ts';

export type List = keyof typeof SHEETS;
const SCHEMAS: Readonly<Partial<Record<List, z.ZodType<object[] | undefined>>>> = registerFile.shape;
const LISTS = (Object.keys(SHEETS) as List[]).filter((list) => SCHEMAS[list] !== undefined);
/** These came later: a register may be without, and a folder from before has no file of them. */
export const OPTIONAL: readonly string[] = ['platforms', 'authorities', 'businesses'] satisfies List[];
/** Every sheet by the name of its file without ending. */
export const ALL_SHEETS: Readonly<Record<string, Sheet>> = {
  bureau: BUREAU_SHEET,
  ...Object.fromEntries(LISTS.map((list) => [SHEETS[list].en, SHEETS[list]])),
};

/** What is wrong with a cell, or with what is missing. */
export interface Problem extends Reason {
  sheet: Pick<Sheet, 'zh' | 'en'>;
  /** As a spreadsheet counts; undefined for the sheet as a whole. */
  row?: number | undefined;
  /** The header of the column. */
  column?: string | undefined;
}

/** Rows of cells, the header first, by the name of the sheet's file. */
export function toSheets({ version, bureau, city, settings = {}, ...rest }: Registry) {
  const items: [string, string][] = [
    ['version', String(version)],
    ['bureau', bureau],
    ['city', city],
    ...Object.entries(settings).map(([name, value]): [string, string] => [
      `settings.${name}`,
      JSON.stringify(value),
    ]),
  ];
  const lists: Partial<Record<List, readonly object[]>> = rest;
  const rows: Record<string, string[][]> = { bureau: [BUREAU_SHEET.columns.map(headerOf), ...items] };
  for (const list of LISTS) rows[SHEETS[list].en] = listRows(SHEETS[list], lists[list] ?? []);
  return rows;
}

/** Entries as rows, below their header. */
export function listRows({ columns }: Sheet, entries: readonly object[]): string[][] {
  return [
    columns.map(headerOf),
    ...entries.map((entry) => columns.map((column) => writeCell(column, valueAt(entry, column.at)))),
  ];
}

/**
 * A register from its sheets. What is wrong is told by sheet, row and column; then there is no register.
 * @param tables by the name of the sheet's file
 */
export function fromSheets(tables: Readonly<Record<string, Table | undefined>>): {
  document?: RegisterFile;
  problems: Problem[];
  /** Columns that nobody knows: they are not read. */
  unknown: string[];
} {
  const bureau = readBureau(tables.bureau);
  const read = LISTS.map((list) => ({ list, ...readList(list, tables[SHEETS[list].en]) }));
  const problems = [...bureau.problems, ...read.flatMap((one) => one.problems)];
  const unknown = read.flatMap((one) => one.unknown);
  if (problems.length > 0) return { problems, unknown };
  const parsed = registerFile.safeParse({
    ...bureau.items,
    ...Object.fromEntries(
      read
        .filter(({ list, entries }) => entries.length > 0 || !OPTIONAL.includes(list))
        .map(({ list, entries }) => [list, entries]),
    ),
  });
  if (parsed.success) return { document: parsed.data, problems, unknown };
  const left = parsed.error.issues.map(({ path, message }) => ({
    sheet: BUREAU_SHEET,
    column: path.join('.'),
    zh: `内容不对：${message}`,
    en: message,
  }));
  return { problems: left, unknown };
}

/** The entries of one list, each checked for itself. */
export function readList(list: List, table: Table | undefined) {
  const sheet: Sheet = SHEETS[list];
  const problems: Problem[] = [];
  const [header, ...rows] = table?.rows ?? [];
  if (header === undefined && !OPTIONAL.includes(list)) {
    problems.push({
      sheet,
      zh: '缺少这张表；没有内容也要保留表头',
      en: 'is missing: keep its header also without rows',
    });
  }
  const places = sheet.columns.map((column) => ({
    column,
    at: header?.cells.findIndex(({ text }) => isCalled(text, column)) ?? -1,
  }));
  for (const { column, at } of places) {
    if (header !== undefined && at < 0 && column.empty !== 'optional') {
      problems.push({ sheet, column: headerOf(column), zh: '缺少这一列', en: 'this column is missing' });
    }
  }
  const unknown = (header?.cells ?? [])
    .map(({ text }) => text.trim())
    .filter((text) => text !== '' && !sheet.columns.some((column) => isCalled(text, column)))
    .map((text) => `${sheetNameOf(sheet)}: ${text}`);

  const entries = rows.map(({ row, cells }) => {
    const entry: Record<string, unknown> = {};
    const before = problems.length;
    for (const { column, at } of places) {
      if (at < 0) continue;
      const read = readCell(column, cells[at]?.text ?? '');
      if ('reason' in read) problems.push({ sheet, row, column: headerOf(column), ...read.reason });
      else put(entry, column.at, read.value);
    }
    // What no cell alone can say: house numbers from, but not to.
    if (problems.length === before) problems.push(...problemsOf(list, entry, sheet, row));
    return entry;
  });
  return { entries, problems, unknown };
}

/** What is wrong with an entry whose cells can all be read. */
function problemsOf(list: List, entry: object, sheet: Sheet, row: number): Problem[] {
  if (list === 'businesses') {
    const read = readBusiness(entry);
    return 'business' in read
      ? []
      : read.problems.map(({ field, zh, en }) => ({ sheet, row, column: columnOf(field, sheet), zh, en }));
  }
  const parsed = SCHEMAS[list]?.safeParse([entry]);
  return (parsed?.error?.issues ?? []).map(({ path, message }) =>
    problemAt(path.slice(1).join('.'), message, sheet, row),
  );
}

function columnOf(path: string, sheet: Sheet): string {
  const column = sheet.columns.find(({ at }) => at === path);
  return column === undefined ? path : headerOf(column);
}

function problemAt(path: string, message: string, sheet: Sheet, row: number): Problem {
  return {
    sheet,
    row,
    column: columnOf(path, sheet),
    zh: '与同组的列要一起填写，或者都不填',
    en: `fill it in together with the columns beside it, or none of them (${message})`,
  };
}

function readBureau(table: Table | undefined) {
  const sheet = BUREAU_SHEET;
  const problems: Problem[] = [];
  const items: Record<string, unknown> = {};
  const settings: Record<string, unknown> = {};
  for (const { row, cells } of (table?.rows ?? []).slice(1)) {
    const [item = '', value = ''] = cells.map(({ text }) => text.trim());
    const [, setting] = /^settings\.(\w+)$/.exec(item) ?? [];
    if (setting !== undefined) {
      try {
        settings[setting] = JSON.parse(value);
      } catch {
        problems.push({
          sheet,
          row,
          column: '值 (value)',
          zh: `${item} 不是 JSON`,
          en: `${item} is no JSON`,
        });
      }
    } else if (item === 'version') items.version = /^\d+$/.test(value) ? Number(value) : value;
    else if (item === 'bureau' || item === 'city') items[item] = value;
    else {
      problems.push({
        sheet,
        row,
        column: '项目 (item)',
        zh: `不认识“${item}”，请删去或者更正`,
        en: `“${item}” is unknown: remove or correct it`,
      });
    }
  }
  for (const item of ['version', 'bureau', 'city']) {
    if (items[item] !== undefined && items[item] !== '') continue;
    problems.push({ sheet, zh: `缺少 ${item} 一行`, en: `the row ${item} is missing` });
  }
  if (Object.keys(settings).length > 0) items.settings = settings;
  return { items, problems };
}

/** 代码 (code), 代码（code）, 代码 or code. */
export function isCalled(header: string, { zh, en, at }: Column): boolean {
  const names = header.split(/[()（）]/).map((part) => part.trim().toLowerCase());
  return names.some((name) => name !== '' && [zh, en.toLowerCase(), at.toLowerCase()].includes(name));
}

/** What a path such as `county.code` names in an entry. */
export function valueAt(entry: object, path: string): unknown {
  return path
    .split('.')
    .reduce<unknown>((inside, step) => (inside as Record<string, unknown> | undefined)?.[step], entry);
}

/** Sets what a path names; no value makes nothing. */
function put(entry: Record<string, unknown>, path: string, value: unknown): void {
  if (value === undefined) return;
  const steps = path.split('.');
  const last = steps.pop() ?? '';
  let inside = entry;
  for (const step of steps) {
    inside[step] ??= {};
    inside = inside[step] as Record<string, unknown>;
  }
  inside[last] = value;
}
