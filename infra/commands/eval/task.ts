import type { Progress } from '../progress.ts';

/** A line of a JSONL file, or a row of a CSV file by its column names; not yet looked at: every task parses what it needs. */
export type Line = Readonly<Record<string, unknown>>;

export interface TaskInput {
  lines: readonly Line[];
  /** The lines of each file given with --train. */
  train: readonly (readonly Line[])[];
  /** Code of the county that the file is of, given with --county. */
  county?: string | undefined;
  startProgress: (label: string, total: number) => Progress;
}

/** One wrong answer, for a person to read. */
export interface Mistake {
  id: string;
  field?: string;
  expected: unknown;
  got: unknown;
  confidence?: number;
  text: string;
}

export interface Table {
  title: string;
  head: readonly string[];
  rows: readonly (readonly (string | number)[])[];
}

export interface Report {
  /** The figures of the JSON line, by the keys that docs/understanding.md names. */
  figures: Record<string, number | string>;
  tables: readonly Table[];
  /** Worst first: the surest of the wrong ones. */
  mistakes: readonly Mistake[];
}

export interface Task {
  zh: string;
  en: string;
  run: (input: TaskInput) => Report;
}
