import sax from 'sax';
import { type Cell, collectRows, LIMITS, type Limits, type Table, Unreadable } from './table.ts';
import { openZip, type Zip } from './unzip.ts';
import { dayOfSerial } from './values.ts';

/**
 * Reads one sheet of an XLSX workbook (ECMA-376 part 1, chapter 18): shared and inline strings, numbers to the last
 * digit, days by their number format, values of formulas as they were last computed.
 * @param sheet its name; the first one without
 * @throws Unreadable with the reason
 */
export function readXlsx(bytes: Uint8Array, sheet?: string, limits: Limits = LIMITS): Table {
  const zip = openZip(bytes, limits);
  const { sheets, epoch1904 } = readWorkbook(zip);
  const chosen = sheet === undefined ? sheets[0] : sheets.find(({ name }) => name === sheet);
  if (chosen === undefined) {
    const names = sheets.map(({ name }) => name).join('、');
    throw sheets.length === 0
      ? new Unreadable(
          '这不是 Excel 工作簿，请另存为 XLSX',
          'This is no Excel workbook; please save it as XLSX',
        )
      : new Unreadable(`没有这个工作表；有：${names}`, `There is no such sheet; there are: ${names}`);
  }
  const context = { strings: readStrings(zip), isDay: readDayStyles(zip), epoch1904, limits };
  return { rows: readSheet(zip, chosen.path, context), sheets: sheets.map(({ name }) => name) };
}

interface Element {
  name: string;
  attributes: Record<string, string>;
}

/** Walks through a part of the workbook. Names come without their prefix: `x:row` is a row, too. */
function walk(
  zip: Zip,
  path: string,
  {
    open,
    close,
    text,
  }: { open?: (element: Element) => void; close?: (name: string) => void; text?: (words: string) => void },
): void {
  const part = zip.part(path);
  if (part === undefined) return;
  const parser = Object.assign(sax.parser(true, { position: false }), {
    onopentag: ({ name, attributes }: Element) => open?.({ name: plain(name), attributes }),
    onclosetag: (name: string) => close?.(plain(name)),
    ontext: (words: string) => text?.(words),
    oncdata: (words: string) => text?.(words),
    onerror: () => {
      throw new Unreadable(
        'XLSX 文件的内容已损坏，请用 Excel 或者 WPS 打开再另存一次',
        'The contents of the XLSX file are damaged; please open it in Excel or WPS and save it again',
      );
    },
  });
  parser.write(new TextDecoder().decode(part)).close();
}

const plain = (name: string) => name.slice(name.indexOf(':') + 1);

interface Sheet {
  name: string;
  path: string;
}

function readWorkbook(zip: Zip): { sheets: Sheet[]; epoch1904: boolean } {
  const root = 'xl/workbook.xml';
  const targets = new Map<string, string>();
  walk(zip, 'xl/_rels/workbook.xml.rels', {
    open: ({ name, attributes: { Id, Target } }) => {
      if (name === 'Relationship' && Id && Target) targets.set(Id, pathOf(Target));
    },
  });
  const sheets: Sheet[] = [];
  let epoch1904 = false;
  walk(zip, root, {
    open: ({ name, attributes }) => {
      if (name === 'workbookPr') epoch1904 = isTrue(attributes.date1904);
      if (name !== 'sheet') return;
      const id = Object.entries(attributes).find(([key]) => plain(key) === 'id')?.[1];
      const path = targets.get(id ?? '') ?? `xl/worksheets/sheet${sheets.length + 1}.xml`;
      sheets.push({ name: attributes.name ?? '', path });
    },
  });
  return { sheets, epoch1904 };
}

/** Targets stand relative to `xl/`, or from the root. */
const pathOf = (target: string) => (target.startsWith('/') ? target.slice(1) : `xl/${target}`);
const isTrue = (value: string | undefined) => value === '1' || value === 'true';

/** The strings that cells point to. Pieces of rich text belong together, phonetic hints do not. */
function readStrings(zip: Zip): string[] {
  const strings: string[] = [];
  let inPhonetic = false;
  let inText = false;
  walk(zip, 'xl/sharedStrings.xml', {
    open: ({ name }) => {
      if (name === 'si') strings.push('');
      if (name === 'rPh') inPhonetic = true;
      inText = name === 't' && !inPhonetic;
    },
    close: (name) => {
      if (name === 'rPh') inPhonetic = false;
      if (name === 't') inText = false;
    },
    text: (words) => {
      if (inText) strings[strings.length - 1] += words;
    },
  });
  return strings;
}

// Built-in formats of days (18.8.30); 27 to 36 and 50 to 58 are those of China, Japan and Korea.
const BUILT_IN_DAY = (id: number) =>
  (id >= 14 && id <= 17) ||
  id === 22 ||
  (id >= 27 && id <= 31) ||
  id === 36 ||
  (id >= 50 && id <= 54) ||
  (id >= 57 && id <= 58);

/** For each style of a cell, whether its number is a day. */
function readDayStyles(zip: Zip): boolean[] {
  const custom = new Map<number, boolean>();
  const styles: boolean[] = [];
  let inCells = false;
  walk(zip, 'xl/styles.xml', {
    open: ({ name, attributes }) => {
      if (name === 'numFmt') custom.set(Number(attributes.numFmtId), showsDay(attributes.formatCode ?? ''));
      if (name === 'cellXfs') inCells = true;
      if (name !== 'xf' || !inCells) return;
      const id = Number(attributes.numFmtId ?? 0);
      styles.push(custom.get(id) ?? BUILT_IN_DAY(id));
    },
    close: (name) => {
      if (name === 'cellXfs') inCells = false;
    },
  });
  return styles;
}

/** A format that shows a year or a day: letters outside of quotes, colours and locales count. */
const showsDay = (format: string) => /[yd]/i.test(format.replace(/"[^"]*"|\\.|\[[^\]]*\]/g, ''));

interface SheetContext {
  strings: readonly string[];
  isDay: readonly boolean[];
  epoch1904: boolean;
  limits: Limits;
}

function readSheet(zip: Zip, path: string, context: SheetContext) {
  const collected = collectRows(context.limits);
  let row = 0;
  let cells: Cell[] = [];
  let column = 0;
  let cell: { type: string; style: number } | undefined;
  let value = '';
  let inValue = false;
  if (!zip.names.includes(path)) {
    throw new Unreadable(
      'XLSX 文件缺少工作表，请重新导出',
      'The XLSX file lacks its sheet; please export it again',
    );
  }
  walk(zip, path, {
    open: ({ name, attributes }) => {
      if (name === 'row') {
        row = Number(attributes.r ?? row + 1);
        cells = [];
        column = 0;
      }
      if (name === 'c') {
        cell = { type: attributes.t ?? 'n', style: Number(attributes.s ?? 0) };
        column = columnOf(attributes.r) ?? column + 1;
        value = '';
      }
      if (name === 'rPh') inValue = false;
      else if (name === 'v' || name === 't') inValue = cell !== undefined;
    },
    text: (words) => {
      if (inValue) value += words;
    },
    close: (name) => {
      if (name === 'v' || name === 't') inValue = false;
      if (name === 'c' && cell !== undefined) {
        put(cells, column, cellOf(value, cell, context));
        cell = undefined;
      }
      if (name === 'row') collected.add(row, cells);
    },
  });
  return collected.rows;
}

/** Cells that are left out in the file are empty; a column far to the right is refused before it takes room. */
function put(cells: Cell[], column: number, cell: Cell): void {
  if (cell.text === '' || column > MOST_COLUMNS) return;
  while (cells.length < column - 1) cells.push({ text: '' });
  cells[column - 1] = cell;
}
const MOST_COLUMNS = 1_000;

/** `C12` is in column 3. */
function columnOf(reference: string | undefined): number | undefined {
  const letters = /^[A-Z]{1,3}/.exec(reference ?? '')?.[0];
  return letters === undefined
    ? undefined
    : Array.from(letters).reduce((sum, letter) => sum * 26 + letter.charCodeAt(0) - 64, 0);
}

function cellOf(
  value: string,
  { type, style }: { type: string; style: number },
  context: SheetContext,
): Cell {
  switch (type) {
    case 's':
      return { text: context.strings[Number(value)] ?? '' };
    case 'b':
      return { text: value === '1' ? '是' : '否' };
    case 'd':
      return { text: value };
    case 'n':
      return numberCell(value.trim(), context.isDay[style] === true, context.epoch1904);
    default:
      // Texts, and errors such as #N/A: whoever reads the row says what is wrong with it.
      return { text: value };
  }
}

/** Spreadsheets count with 15 digits; what the file has beyond that is noise: 298.50000000000006. */
function numberCell(value: string, isDay: boolean, epoch1904: boolean): Cell {
  const number = Number(value);
  if (value === '' || !Number.isFinite(number)) return { text: value };
  const day = isDay ? dayOfSerial(number, epoch1904) : undefined;
  if (day !== undefined) return { text: day, day };
  return { text: Number.isSafeInteger(number) ? String(number) : String(Number(number.toPrecision(15))) };
}
