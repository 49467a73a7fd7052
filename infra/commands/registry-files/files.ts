import { existsSync, mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { extname, join } from 'node:path';
import * as z from 'zod';
import { readTable } from '../../../shared/desk-entry/read-table.ts';
import type { Limits, Table } from '../../../shared/desk-entry/table.ts';
import type { Reason } from '../../../shared/desk-entry/values.ts';
import type { Registry } from '../../../shared/jurisdiction/registry.ts';
import { INSTRUCTIONS, type RuleReview } from '../../../shared/jurisdiction/review-rules.ts';
import type { RoutingRule } from '../../../shared/jurisdiction/routing-rule.ts';
import { readCell } from '../../../shared/register-files/cells.ts';
import { headerOf, REVIEW_SHEET } from '../../../shared/register-files/columns.ts';
import { type RegisterFile, registerFile } from '../../../shared/register-files/register-file.ts';
import {
  ALL_SHEETS,
  fromSheets,
  isCalled,
  listRows,
  OPTIONAL,
  type Problem,
  readList,
  toSheets,
} from '../../../shared/register-files/sheets.ts';
import { readWorkbook, workbookOf } from '../../../shared/register-files/workbook.ts';
import { fromCsv, writeCsv } from '../../../shared/register-files/write-csv.ts';
import { CommandFailure } from '../command-line.ts';

/** A city has some hundred thousand businesses. */
const LIMITS: Limits = {
  bytes: 256 * 1024 * 1024,
  rows: 1_000_000,
  columns: 200,
  characters: 200_000_000,
  unpacked: 500 * 1024 * 1024,
};
const MOST_PROBLEMS = 20;

/**
 * Writes a register as JSON, as a workbook, or as a folder of CSV files, by the ending of the name.
 * @throws CommandFailure when something of that name exists: it may be somebody's work
 */
export function writeRegistry(out: string, registry: Registry): void {
  const ending = extname(out).toLowerCase();
  if (existsSync(out)) throw exists(out);
  if (ending === '.json') return writeFileSync(out, `${JSON.stringify(registry, undefined, 2)}\n`);
  if (ending === '.xlsx') return writeFileSync(out, workbookOf(registry));
  if (ending !== '') {
    throw new CommandFailure(`不认识 ${ending} / Unknown ending ${ending}: .json, .xlsx or a folder`);
  }
  mkdirSync(out, { recursive: true });
  for (const [file, own] of Object.entries(toSheets(registry)))
    writeFileSync(join(out, `${file}.csv`), writeCsv(own));
}

const exists = (out: string) =>
  new CommandFailure(`${out} 已经存在，请换一个名字 / exists already: choose another name`);

/**
 * Reads a register from what `writeRegistry` writes.
 * @param note is told of columns that are not read
 * @throws CommandFailure that names up to twenty places with their remedies
 */
export function readRegistry(file: string, note: (line: string) => void = () => undefined): RegisterFile {
  if (extname(file).toLowerCase() === '.json') return readJson(file);
  const { document, problems, unknown } = fromSheets(tablesOf(file));
  for (const column of unknown) note(`提示 / note: 不认识的列，没有读 / unknown column, not read: ${column}`);
  if (document === undefined) throw failure(file, problems);
  return document;
}

function tablesOf(file: string): Record<string, Table | undefined> {
  if (existsSync(file) && statSync(file).isDirectory()) {
    const isLeftOut = (name: string) => OPTIONAL.includes(name) && !existsSync(pathOf(name));
    const pathOf = (name: string) => join(file, `${name}.csv`);
    return Object.fromEntries(
      Object.keys(ALL_SHEETS).map((name) => [name, isLeftOut(name) ? undefined : csvTable(pathOf(name))]),
    );
  }
  const workbook = readWorkbook(bytesOf(file), LIMITS);
  if ('reason' in workbook) throw unreadable(file, workbook.reason);
  return workbook.tables;
}

/**
 * Writes rules with what a person has to know to decide about them, as JSON or CSV by the ending of the name.
 * @throws CommandFailure when something of that name exists
 */
export function writeReview(out: string, reviews: readonly RuleReview[], origin: object): void {
  if (existsSync(out)) throw exists(out);
  if (extname(out).toLowerCase() === '.json') {
    const rules = reviews.map(({ rule, ...review }) => ({ ...rule, review }));
    return writeFileSync(out, `${JSON.stringify({ ...origin, rules }, undefined, 2)}\n`);
  }
  const rows = reviews.map(({ rule, ...review }) => ({ ...rule, ...review }));
  writeFileSync(out, writeCsv(listRows(REVIEW_SHEET, rows)));
}

/** A rule that a person has decided about. */
export interface DecidedRule {
  rule: RoutingRule;
  do: RuleReview['do'];
}

const decided = z.object({ do: z.enum(Object.keys(INSTRUCTIONS) as [RuleReview['do']]).default('load') });
const reviewFile = z.object({
  rules: z.array(z.looseObject({ review: decided.default({ do: 'load' }) })),
});

/**
 * Rules alone, as `writeReview` writes them; without a word on what to do they are to be loaded.
 * @throws CommandFailure that names the places
 */
export function readRules(file: string): DecidedRule[] {
  if (extname(file).toLowerCase() === '.json') {
    const json = parseJson(file);
    const review = reviewFile.safeParse(json);
    const rules = review.success ? registerFile.shape.rules.safeParse(review.data.rules) : review;
    if (!review.success || !rules.success) throw wrongShape(file, rules.error?.issues ?? []);
    return rules.data.map((rule, index) => ({ rule, do: review.data.rules[index]?.review.do ?? 'load' }));
  }
  const table = extname(file).toLowerCase() === '.xlsx' ? read(file) : csvTable(file);
  const { entries, problems } = readList('rules', table);
  const [instruction] = REVIEW_SHEET.columns;
  const at = table.rows[0]?.cells.findIndex(({ text }) => instruction && isCalled(text, instruction)) ?? -1;
  const rows = table.rows.slice(1).map(({ row, cells }) => {
    const cell = cells[at]?.text.trim() ?? '';
    const found = instruction === undefined || cell === '' ? { value: 'load' } : readCell(instruction, cell);
    if ('reason' in found) {
      problems.push({
        sheet: REVIEW_SHEET,
        row,
        column: instruction && headerOf(instruction),
        ...found.reason,
      });
    }
    return 'value' in found ? (found.value as RuleReview['do']) : 'keep';
  });
  if (problems.length > 0) throw failure(file, problems);
  const rules = registerFile.shape.rules.parse(entries);
  return rules.map((rule, index) => ({ rule, do: rows[index] ?? 'keep' }));
}

function csvTable(file: string): Table {
  const { rows, sheets } = read(file);
  return {
    rows: rows.map(({ row, cells }) => ({ row, cells: cells.map(({ text }) => ({ text: fromCsv(text) })) })),
    sheets,
  };
}

function read(file: string): Table {
  const found = readTable(bytesOf(file), undefined, LIMITS);
  if ('reason' in found) throw unreadable(file, found.reason);
  return found.table;
}

const unreadable = (file: string, { zh, en }: Reason) => new CommandFailure(`${file}: ${zh} / ${en}`);

function bytesOf(file: string): Uint8Array {
  try {
    return readFileSync(file);
  } catch (error) {
    const { code = '' } = error as NodeJS.ErrnoException;
    throw new CommandFailure(`${file} 读不到 / cannot be read (${code})`);
  }
}

function parseJson(file: string): unknown {
  try {
    return JSON.parse(new TextDecoder().decode(bytesOf(file)));
  } catch (error) {
    if (error instanceof CommandFailure) throw error;
    throw new CommandFailure(`${file} 读不懂 / ${file} cannot be read as JSON: ${(error as Error).message}`);
  }
}

function readJson(file: string): RegisterFile {
  const parsed = registerFile.safeParse(parseJson(file));
  if (parsed.success) return parsed.data;
  throw wrongShape(file, parsed.error.issues);
}

function wrongShape(file: string, issues: readonly { path: PropertyKey[]; message: string }[]) {
  const places = issues.slice(0, 5).map(({ path, message }) => `/${path.join('/')}: ${message}`);
  return new CommandFailure(`${file} 格式不对 / is not a register: ${places.join('; ')}`);
}

function failure(file: string, problems: readonly Problem[]): CommandFailure {
  const lines = problems.slice(0, MOST_PROBLEMS).map(({ sheet, row, column, zh, en }) => {
    const place = [
      `${sheet.zh} ${sheet.en}`,
      row === undefined ? undefined : `第 ${row} 行 / row ${row}`,
      column,
    ].filter((part) => part !== undefined);
    return `${place.join('，')}: ${zh} / ${en}`;
  });
  const more = problems.length > MOST_PROBLEMS ? [`… +${problems.length - MOST_PROBLEMS}`] : [];
  const head = `${file} 有 ${problems.length} 处错误，没有载入 / ${problems.length} error(s), nothing was loaded`;
  return new CommandFailure([head, ...lines, ...more].join('\n'));
}
