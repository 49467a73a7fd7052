import { readFileSync } from 'node:fs';
import { CsvError, parse } from 'csv-parse/sync';
import { CommandFailure } from './command-line.ts';

/**
 * The objects of a JSONL file.
 * @throws CommandFailure for a file that cannot be read, or a line that is no object, with its number
 */
export function readLines(file: string): Record<string, unknown>[] {
  const lines = contents(file)
    .replace(/^\uFEFF/, '')
    .split('\n');
  return lines.flatMap((line, index) => (line.trim() === '' ? [] : [objectOf(line, file, index + 1)]));
}

/**
 * The same, or the rows of a CSV file by the names in its first line.
 * @throws CommandFailure for a file that cannot be read
 */
export function readRows(file: string): Record<string, unknown>[] {
  if (!file.toLowerCase().endsWith('.csv')) return readLines(file);
  try {
    return parse(contents(file), { bom: true, columns: true, skip_empty_lines: true });
  } catch (error) {
    if (!(error instanceof CsvError)) throw error;
    throw new CommandFailure(`${file}: 不是 CSV / is no CSV: ${error.message}`);
  }
}

function contents(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    throw new CommandFailure(`读不到文件 / Cannot read ${file}${code === undefined ? '' : ` (${code})`}`);
  }
}

function objectOf(line: string, file: string, number: number): Record<string, unknown> {
  let value: unknown;
  try {
    value = JSON.parse(line);
  } catch {
    value = undefined;
  }
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) {
    return value as Record<string, unknown>;
  }
  throw new CommandFailure(`${file}:${number} 不是 JSON 对象 / is not a JSON object`);
}
