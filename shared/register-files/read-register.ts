import type { Limits } from '../desk-entry/table.ts';
import type { Reason } from '../desk-entry/values.ts';
import { type RegisterFile, registerFile } from './register-file.ts';
import { fromSheets } from './sheets.ts';
import { readWorkbook } from './workbook.ts';

/** A register that somebody sends: a city's fits, a bomb does not. */
const LIMITS: Limits = {
  bytes: 4 * 1024 * 1024,
  rows: 60_000,
  columns: 200,
  characters: 30_000_000,
  unpacked: 60 * 1024 * 1024,
};
const MOST_PROBLEMS = 200;

/** Something wrong in a file, where, and what to do about it. */
interface FileProblem extends Reason {
  sheet: Reason | null;
  row: number | null;
  column: string | null;
}

/** What a file says: a register, or what is wrong with it. */
export interface ReadRegister {
  document?: RegisterFile;
  problems: FileProblem[];
  /** Columns that nobody knows: they are not read. */
  unknown: string[];
}

/** Reads a register from a workbook or JSON, by what it is, whatever its name says. Any bytes give an answer. */
export function readRegisterFile(bytes: Uint8Array): ReadRegister {
  const first = bytes.find((byte) => byte > 0x20 && byte < 0x80);
  return first === '{'.charCodeAt(0) ? readJson(bytes) : readSheets(bytes);
}

function readSheets(bytes: Uint8Array): ReadRegister {
  const read = readWorkbook(bytes, LIMITS);
  if ('reason' in read) return refused(read.reason);
  const { document, problems, unknown } = fromSheets(read.tables);
  return {
    ...(document === undefined ? {} : { document }),
    problems: problems.slice(0, MOST_PROBLEMS).map(({ sheet, row, column, zh, en }) => ({
      sheet: { zh: sheet.zh, en: sheet.en },
      row: row ?? null,
      column: column ?? null,
      zh,
      en,
    })),
    unknown,
  };
}

function readJson(bytes: Uint8Array): ReadRegister {
  let json: unknown;
  try {
    json = JSON.parse(new TextDecoder().decode(bytes));
  } catch {
    return refused({
      zh: '不是有效的 JSON，请用导出的文件修改',
      en: 'This is no valid JSON: change an exported file',
    });
  }
  const parsed = registerFile.safeParse(json);
  if (parsed.success) return { document: parsed.data, problems: [], unknown: [] };
  return {
    problems: parsed.error.issues.slice(0, MOST_PROBLEMS).map(({ path, message }) => ({
      sheet: null,
      row: null,
      column: `/${path.join('/')}`,
      zh: `内容不对，请更正：${message}`,
      en: `Wrong, please correct it: ${message}`,
    })),
    unknown: [],
  };
}

const refused = (reason: Reason): ReadRegister => ({
  problems: [{ sheet: null, row: null, column: null, ...reason }],
  unknown: [],
});
