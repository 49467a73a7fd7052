/**
 * How a form is written down before its values are known: sentences with `{field}` where a value belongs.
 */

/** A sentence that begins with two empty characters, as Chinese paragraphs do. */
export type Sentence = string;

/** A line, or the paragraphs that a value of several lines becomes. */
interface Line {
  text: string;
  /** `left` without the two empty characters: an addressee, a label. */
  align: 'left' | 'center' | 'right';
}

/** Two texts on one line: a name and its telephone number. */
interface Pair {
  pair: readonly [string, string];
  /** Where the second one begins, in points. */
  at: number;
}

/** A bordered table. A cell may reach over columns and rows. */
interface Table {
  /** Widths in points; together {@link TEXT_WIDTH}. */
  columns: readonly number[];
  rows: readonly Row[];
  /** Its rows do not break over pages. */
  whole?: true;
}

interface Row {
  /** The least height in points; a row grows with its text, over several pages if it must. */
  height: number;
  cells: readonly Cell[];
}

export interface Cell {
  text: string;
  /** A label is centred, a value stands left. */
  align?: 'center';
  columns?: number;
  rows?: number;
  /** A second paragraph at the right, under the text: the date under a signature. */
  below?: string;
}

export type Block = Sentence | Line | Pair | Table;

/** Width of the text in points: A4 less the margins of GB/T 9704, 28 mm and 26 mm, gives 156 mm. */
export const TEXT_WIDTH = 442;
