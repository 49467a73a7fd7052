import type { LocalDate } from '../dates.ts';
import type { Reason } from './values.ts';

/** One cell: its words, and the day if the spreadsheet says that it is one. */
export interface Cell {
  text: string;
  day?: LocalDate | undefined;
}

/** A row of cells, and which row of the file it is, as a spreadsheet counts: from 1. */
interface TableRow {
  row: number;
  cells: Cell[];
}

/** A table that was read from a file; empty rows are left out. */
export interface Table {
  rows: TableRow[];
  /** Sheets of the workbook; empty for a file without sheets. */
  sheets: string[];
}

/** Why a file cannot be read, and what to do about it. */
export class Unreadable extends Error {
  override name = 'Unreadable';
  readonly reason: Reason;
  constructor(zh: string, en: string) {
    super(en);
    this.reason = { zh, en };
  }
}

/** A day's hand-over of a large bureau is some hundred rows; what is larger comes in several files. */
export const LIMITS = {
  /** Bytes of a file. */
  bytes: 2 * 1024 * 1024,
  /** Rows below the header. */
  rows: 1_000,
  /** Columns; more are a slip or an attack. */
  columns: 200,
  /** Characters of all cells together: the preview must fit into one answer. */
  characters: 1_000_000,
  /** Bytes of the parts of a workbook, unpacked: a small file can swell a thousandfold. */
  unpacked: 32 * 1024 * 1024,
} as const;

export type Limits = Readonly<Record<keyof typeof LIMITS, number>>;

/** Keeps what is written and refuses what is too much, while it is being read: nothing is read to its end first. */
export function collectRows(limits: Limits = LIMITS) {
  const rows: TableRow[] = [];
  let characters = 0;
  return {
    rows,
    add(row: number, cells: Cell[]): void {
      if (cells.every(({ text }) => text.trim() === '')) return;
      characters += cells.reduce((sum, { text }) => sum + text.length, 0);
      if (cells.length > limits.columns) {
        throw new Unreadable(
          `第 ${row} 行超过 ${limits.columns} 列，请删去多余的列`,
          `Row ${row} has over ${limits.columns} columns; please remove those that are not needed`,
        );
      }
      // One more than the rows: the header.
      if (rows.length > limits.rows) {
        throw new Unreadable(
          `一次最多导入 ${limits.rows} 行，请拆成几个文件`,
          `At most ${limits.rows} rows at once; please split the file`,
        );
      }
      if (characters > limits.characters) {
        throw new Unreadable(
          `文字超过 ${limits.characters / 10_000} 万字，请拆成几个文件`,
          `The file has over ${limits.characters} characters; please split it`,
        );
      }
      rows.push({ row, cells });
    },
  };
}
