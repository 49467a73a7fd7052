import type { LocalDate } from '../dates.ts';
import { type DeskChannel, ENTRY_FIELDS, type EntryFieldName, fieldCalled } from './fields.ts';
import type { Cell, Table } from './table.ts';
import {
  type MoneyUnit,
  type Read,
  type Reason,
  readChannel,
  readDay,
  readDigits,
  readFen,
  readKind,
} from './values.ts';

/** What is wrong with a cell, or with what is missing in its row. */
export interface RowProblem extends Reason {
  /** The header above it; null for a column that the file does not have. */
  column: string | null;
  /** What it is called at the desk. */
  field: Reason;
}

/** One row on its way to an entry. */
export interface DraftRow {
  /** As the spreadsheet counts: the header is mostly row 1. */
  row: number;
  /** An entry as far as the row goes, to be checked by the contract (events/desk-entry.ts). */
  draft: Record<string, unknown>;
  problems: RowProblem[];
  /** The cells as they stand, for the file of errors. */
  cells: string[];
}

export interface Draft {
  /** The headers, and as what each is read; null for those that are left out. */
  columns: { header: string; field: EntryFieldName | null }[];
  rows: DraftRow[];
}

/** What holds for a row that does not say otherwise. */
export interface RowDefaults {
  channel: DeskChannel;
  receivedOn: LocalDate;
}

interface Column {
  header: string;
  field: EntryFieldName | null;
  unit: MoneyUnit;
}

/** Exports often have a title, a bureau and a day above the header. */
const HEADER_WITHIN = 10;
// What people put where they have nothing to put.
const NOTHING = /^(?:[-—–/\\、.。\s]*|无|没有|不详|未知|未填|暂无|空|匿名|不愿透露|n\/?a|null|none)$/i;

type Reader = (written: string, unit: MoneyUnit) => Read<string | number>;

const asWritten: Reader = (written) => ({ value: written });
const READERS: Partial<Record<EntryFieldName, Reader>> = {
  channel: readChannel,
  receivedOn: readDay,
  occurredOn: readDay,
  kind: readKind,
  phone: readDigits,
  businessPhone: readDigits,
  externalNumber: readDigits,
  paid: readFen,
  claimed: readFen,
};

/** Reads the rows of a table by its headers, each for itself: what is wrong with one stops no other. */
export function readRows({ rows }: Table, defaults: RowDefaults): Draft | { reason: Reason } {
  const best = rows
    .slice(0, HEADER_WITHIN)
    .map(({ cells }, index) => ({ index, columns: columnsOf(cells) }))
    .reduce((one, other) => (known(other.columns) > known(one.columns) ? other : one));
  const { columns, index } = best;
  if (!columns.some(({ field }) => field === 'text')) {
    const { zh, en, called } = ENTRY_FIELDS.text;
    return {
      reason: {
        zh: `没有找到“${zh}”一列（也可以叫${called.slice(1, 5).join('、')}）；请在第一行写上列名`,
        en: `There is no column "${en}" (or ${called.slice(-4).join(', ')}); please name the columns in the first row`,
      },
    };
  }
  return {
    columns: columns.map(({ header, field }) => ({ header, field })),
    rows: rows.slice(index + 1).map(({ row, cells }) => draftOf(row, cells, columns, defaults)),
  };
}

const known = (columns: readonly Column[]) => columns.filter(({ field }) => field !== null).length;

/** 涉及金额(元), 金额（万元）, 姓名（必填）: what stands in brackets is a unit or a hint. */
const BRACKETS = /[(（]([^()（）]*)[)）]/g;
const UNITS: Readonly<Record<string, MoneyUnit>> = {
  元: '元',
  人民币: '元',
  yuan: '元',
  rmb: '元',
  万元: '万元',
};
const HINT = /^(?:必填|选填|可选|required|optional|yyyy.*)?$/i;

/** Of two columns for the same thing the first counts; the other is left out, and the preview says so. */
function columnsOf(cells: readonly Cell[]): Column[] {
  const taken = new Set<EntryFieldName>();
  return cells.map(({ text }) => {
    const header = text.trim();
    const hints = [...header.matchAll(BRACKETS)].map(([, inside = '']) => inside.trim().toLowerCase());
    const unit = hints.map((hint) => UNITS[hint]).find((one) => one !== undefined);
    const field = fieldCalled(header.replace(BRACKETS, '')) ?? null;
    const isSum = field === 'paid' || field === 'claimed';
    // Dollars are no yuan.
    const isForeign = isSum && unit === undefined && hints.some((hint) => !HINT.test(hint));
    if (field === null || taken.has(field) || isForeign) return { header, field: null, unit: '元' };
    taken.add(field);
    return { header, field, unit: unit ?? '元' };
  });
}

function draftOf(
  row: number,
  cells: readonly Cell[],
  columns: readonly Column[],
  defaults: RowDefaults,
): DraftRow {
  const draft: Record<string, unknown> = { ...defaults, message: {} };
  const problems: RowProblem[] = [];
  for (const [index, { header, field, unit }] of columns.entries()) {
    const written = cells[index]?.text.trim() ?? '';
    if (field === null || NOTHING.test(written)) continue;
    const read = (READERS[field] ?? asWritten)(written, unit);
    if ('value' in read) put(draft, ENTRY_FIELDS[field].at, read.value);
    else problems.push({ column: header, field: ENTRY_FIELDS[field], ...read.reason });
  }
  return {
    row,
    draft,
    problems: problems.map(({ field: { zh, en }, ...rest }) => ({ ...rest, field: { zh, en } })),
    cells: columns.map((_, index) => cells[index]?.text ?? ''),
  };
}

/** Sets what a JSON pointer names. */
function put(draft: Record<string, unknown>, pointer: string, value: unknown): void {
  const steps = pointer.slice(1).split('/');
  const last = steps.pop() ?? '';
  let place = draft;
  for (const step of steps) {
    place[step] ??= {};
    place = place[step] as Record<string, unknown>;
  }
  place[last] = value;
}

/** A problem that the contract found, in the words of the file. Undefined when the row has already said it. */
export function inColumn(
  { field: pointer, zh, en }: Reason & { field: string },
  columns: Draft['columns'],
  already: readonly RowProblem[],
): RowProblem | undefined {
  const found = (
    Object.entries(ENTRY_FIELDS) as [EntryFieldName, (typeof ENTRY_FIELDS)[EntryFieldName]][]
  ).find(
    ([, { at }]) =>
      at === pointer || (pointer === '/message/complainant' && at === '/message/complainant/name'),
  );
  const field = found === undefined ? { zh: pointer, en: pointer } : { zh: found[1].zh, en: found[1].en };
  const column = columns.find((one) => found !== undefined && one.field === found[0])?.header ?? null;
  return already.some((one) => one.field.en === field.en) ? undefined : { column, field, zh, en };
}
