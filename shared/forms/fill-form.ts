/**
 * Puts values into a form. The result is the whole wording, laid out but not drawn: what both renderers and a preview
 * on the desk read, so that Word, PDF and screen have the same words.
 */

import { isLocalDate, type LocalDate } from '../dates.ts';
import { type Field, FORMS, type FormDefinition, type FormId, type FormValues, type Kinds } from './forms.ts';
import type { Block, Cell } from './layout.ts';

export interface Run {
  text: string;
  /** The form's own words, a value, or the blank that stands for a missing one. */
  source: 'form' | 'value' | 'blank';
}

export interface Paragraph {
  /** `indent`: from the left, the first line begins with two empty characters. */
  align: 'indent' | 'left' | 'center' | 'right';
  runs: Run[];
}

interface FilledCell {
  paragraphs: Paragraph[];
  columns: number;
  rows: number;
}

interface FilledPair {
  pair: [Paragraph, Paragraph];
  at: number;
}

export interface FilledTable {
  columns: readonly number[];
  whole: boolean;
  rows: { height: number; cells: FilledCell[] }[];
}

export type FilledBlock = Paragraph | FilledPair | FilledTable;

export interface FilledForm {
  title: string;
  /** 文号 under the title; register forms have their 编号 in the body. */
  number: Paragraph[];
  body: FilledBlock[];
  /** What stays on one page with the seal. */
  closing: Paragraph[];
  /** The bureau and the date, at the right, where the seal goes; none on a register form. */
  seal: Paragraph[];
  notes: Paragraph[];
  /** Points from line to line. */
  linePitch: number;
  /** The file's own date: the document's, so that the same values always give the same file. */
  created: LocalDate;
  /** Characters that no document can hold (control codes, halves of characters); 〓 stands in their place. */
  rejected: string[];
}

export interface MissingValue {
  key: string;
  zh: string;
  en: string;
}

/** What printers set where a character is wanting. */
export const MISSING_CHARACTER = '〓';

/** 22 lines on a page, GB/T 9704. */
const LINE_PITCH = 28;

/** A draft without a date takes the day from which the forms are used. */
const FIRST_DAY: LocalDate = '2026-04-15';

const LINE_BREAK = /\r\n?|[\n\v\f\u0085\u2028\u2029]/;
// Besides what XML forbids: marks that turn the direction of writing, with which a name could pass for another.
const REJECTED = /[\p{Cc}\p{Cs}\u{202a}-\u{202e}\u{2066}-\u{2069}\u{fdd0}-\u{fdef}\u{fffe}\u{ffff}]/gu;

interface Printer<Value> {
  /** Undefined for what is not a value: an empty text, a day that does not exist. */
  print(value: Value): string | undefined;
  blank: string;
}

const isBlank = (text: string) => text.trim() === '';
const oneLine = (text: string) => text.split(LINE_BREAK).join(' ');
const numeral = (ground: number) => '一二三四五六七八'[ground - 1];
const closed = (items: readonly string[], mark: (item: string, at: number) => string, between: string) =>
  `${items.map(mark).join(between)}。`;

const PRINTERS: { [Kind in keyof Kinds]: Printer<Kinds[Kind]> } = {
  text: {
    print: (text) => (isBlank(text) ? undefined : oneLine(text)),
    blank: '＿＿＿＿＿＿',
  },
  prose: { print: (text) => (isBlank(text) ? undefined : text), blank: '＿＿＿＿＿＿＿＿＿＿＿＿' },
  date: {
    print: (date) => {
      if (!isLocalDate(date)) return undefined;
      const [year, month, day] = date.split('-').map(Number);
      return `${year}年${month}月${day}日`;
    },
    blank: '＿＿＿＿年＿＿月＿＿日',
  },
  time: {
    print: (time) => {
      const [, hour, minute] = /^([01]\d|2[0-3]):([0-5]\d)$/.exec(time) ?? [];
      if (hour === undefined || minute === undefined) return undefined;
      return minute === '00' ? `${Number(hour)}时` : `${Number(hour)}时${minute}分`;
    },
    blank: '＿＿时',
  },
  count: {
    print: (count) => (Number.isSafeInteger(count) && count >= 0 ? String(count) : undefined),
    blank: '＿＿',
  },
  list: {
    print: (items) => {
      const filled = items.filter((item) => !isBlank(item)).map(oneLine);
      return filled.length === 0 ? undefined : closed(filled, (item, at) => `${at + 1}.${item}`, '；\n');
    },
    blank: '＿＿＿＿＿＿＿＿＿＿＿＿',
  },
  materials: {
    print: (items) =>
      closed(['', ...items.map(oneLine)], (item, at) => (at === 0 ? '' : `${at + 1}.${item}`), '；'),
    blank: '',
  },
  names: {
    print: (names) => {
      const filled = names.filter((name) => !isBlank(name));
      return filled.length === 0 ? undefined : oneLine(filled.join('、'));
    },
    blank: '＿＿＿＿＿＿',
  },
  consent: { print: (yes) => (yes ? '☑是 □否' : '□是 ☑否'), blank: '' },
  matter: { print: (matter) => matter, blank: '' },
  refusalGround: { print: (ground) => (ground <= 7 ? numeral(ground) : undefined), blank: '　' },
  terminationGround: { print: numeral, blank: '　' },
};

/** The required values that are missing, or that are no such value: a document with any of them is a draft. */
export function missingValues<Id extends FormId>(id: Id, values: FormValues<Id>): MissingValue[] {
  return Object.entries<Field>(FORMS[id].fields)
    .filter(([key, field]) => field.required && print(field, read(values, key)) === undefined)
    .map(([key, { zh, en }]) => ({ key, zh, en }));
}

/** The form with its values; a missing value leaves the blank of the official form, to be filled with a pen. */
export function fillForm<Id extends FormId>(id: Id, values: FormValues<Id>): FilledForm {
  const form: FormDefinition = FORMS[id];
  const rejected = new Set<string>();
  const paragraphs = (text: string, align: Paragraph['align'], boxed = false) =>
    fillText(text, form, values, boxed, rejected).map((runs): Paragraph => ({ align, runs }));
  const paragraph = (text: string, align: Paragraph['align']): Paragraph => ({
    align,
    runs: paragraphs(text, align).flatMap(({ runs }) => runs),
  });

  const fillCell = ({ text, align, below, columns = 1, rows = 1 }: Cell): FilledCell => ({
    paragraphs: [
      ...paragraphs(text, align ?? 'left', true),
      ...(below === undefined ? [] : paragraphs(below, 'right', true)),
    ],
    columns,
    rows,
  });
  const fillBlock = (block: Block): FilledBlock[] => {
    if (typeof block === 'string') return paragraphs(block, 'indent');
    if ('pair' in block) {
      const [left, right] = block.pair;
      return [{ pair: [paragraph(left, 'left'), paragraph(right, 'left')], at: block.at }];
    }
    if ('rows' in block) {
      const rows = block.rows.map(({ height, cells }) => ({ height, cells: cells.map(fillCell) }));
      return [{ columns: block.columns, whole: block.whole ?? false, rows }];
    }
    return paragraphs(block.text, block.align);
  };

  const onDocument = form.numbered === 'document';
  const date = read(values, 'date');
  return {
    title: form.title,
    number: onDocument ? paragraphs('{documentNumber}', 'center') : [],
    body: form.body.flatMap(fillBlock),
    closing: form.closing === undefined ? [] : paragraphs(form.closing, 'indent'),
    seal: onDocument ? [...paragraphs('{authority}（印章）', 'right'), ...paragraphs('{date}', 'right')] : [],
    notes: onDocument
      ? []
      : form.notes.flatMap((note, at) => paragraphs(at === 0 ? `注：${note}` : note, 'left')),
    linePitch: form.linePitch ?? LINE_PITCH,
    created: typeof date === 'string' && isLocalDate(date) ? date : FIRST_DAY,
    rejected: [...rejected],
  };
}

/** Every word of a filled form in reading order, as in the documents drawn from it. */
export function paragraphsOf(form: FilledForm): Paragraph[] {
  const body = form.body.flatMap((block): Paragraph[] => {
    if ('pair' in block) return block.pair;
    if ('rows' in block) return block.rows.flatMap(({ cells }) => cells.flatMap((cell) => cell.paragraphs));
    return [block];
  });
  const title: Paragraph = { align: 'center', runs: [{ text: form.title, source: 'form' }] };
  return [title, ...form.number, ...body, ...form.closing, ...form.seal, ...form.notes];
}

/** Splits at the placeholders first and at line breaks after: a value that looks like a placeholder stays text. */
function fillText(
  text: string,
  form: FormDefinition,
  values: object,
  boxed: boolean,
  rejected: Set<string>,
): Run[][] {
  const paragraphs: Run[][] = [[]];
  for (const [at, piece] of text.split(/\{(\w+)\}/).entries()) {
    const run =
      at % 2 === 0 ? ({ text: piece, source: 'form' } as const) : fillField(piece, form, values, boxed);
    for (const [line, part] of run.text.split(LINE_BREAK).entries()) {
      if (line > 0) paragraphs.push([]);
      const clean = part.replaceAll('\t', ' ').replace(REJECTED, (character) => {
        rejected.add(character);
        return MISSING_CHARACTER;
      });
      if (clean !== '') paragraphs.at(-1)?.push({ text: clean, source: run.source });
    }
  }
  return paragraphs;
}

function fillField(key: string, form: FormDefinition, values: object, boxed: boolean): Run {
  const field = form.fields[key];
  if (field === undefined) throw new Error(`${form.title} has no field ${key}`);
  const printed = print(field, read(values, key));
  if (printed !== undefined) return { text: printed, source: 'value' };
  // An empty box is blank enough; a date keeps its 年月日.
  const inBox = boxed && (field.kind === 'text' || field.kind === 'prose');
  return { text: inBox ? '' : (field.blank ?? PRINTERS[field.kind].blank), source: 'blank' };
}

function print(field: Field, value: unknown): string | undefined {
  if (value === undefined || value === null) return undefined;
  return (PRINTERS[field.kind] as Printer<unknown>).print(value);
}

function read(values: object, key: string): unknown {
  return Object.hasOwn(values, key) ? (values as Record<string, unknown>)[key] : undefined;
}
