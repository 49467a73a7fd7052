/** Draws a filled form as PDF with its fonts inside, so that it looks the same wherever it is opened. */

import pdfmake from 'pdfmake';
import type { Content, ContentText, CustomTableLayout, TableCell } from 'pdfmake/interfaces.js';
import type { FilledBlock, FilledForm, FilledTable, Paragraph } from './fill-form.ts';
import { type Fonts, splitByFont } from './fonts.ts';
import { PAPER } from './paper.ts';

const { margin, pitch, type } = PAPER;

// pdfmake multiplies a font's own line height, of which Noto Serif's is 1.437 of the size.
export const FONT_LINE_HEIGHT = 1.437;

/** Characters; a page holds 22 lines of 28. */
const HALF_PAGE = 300;

const CELL = { line: 0.75, side: 5, top: 4 };

const GRID: CustomTableLayout = {
  hLineWidth: () => CELL.line,
  vLineWidth: () => CELL.line,
  paddingTop: () => CELL.top,
  paddingBottom: () => CELL.top,
  paddingLeft: () => CELL.side,
  paddingRight: () => CELL.side,
};

export const fontName = (at: number) => `font${at}`;

// A form has nothing to fetch and no file to read.
pdfmake.setUrlAccessPolicy(() => false);
pdfmake.setLocalAccessPolicy(() => false);

/** The form as a PDF file. The fonts are those of `loadFonts`; see `unrenderable` for what they lack. */
export async function renderPdf(form: FilledForm, fonts: Fonts): Promise<Uint8Array> {
  provide(fonts);
  const text = ({ runs, align }: Paragraph, size: number, linePitch: number): ContentText => ({
    text: splitByFont(runs.map((run) => run.text).join('') || ' ', fonts).map((stretch) => ({
      text: stretch.text,
      font: fontName(stretch.font),
    })),
    fontSize: size,
    lineHeight: linePitch / (size * FONT_LINE_HEIGHT),
    alignment: align === 'indent' ? 'left' : align,
    ...(align === 'indent' ? { leadingIndent: 2 * size } : {}),
  });
  const title: Paragraph = { align: 'center', runs: [{ text: form.title, source: 'form' }] };
  const isNotice = form.seal.length > 0;
  const bodyText = (paragraph: Paragraph) => text(paragraph, type.body, form.linePitch);

  const table = ({ columns, rows, whole }: FilledTable): Content => {
    const body = rows.map((): TableCell[] => []);
    for (const [y, { cells, height }] of rows.entries()) {
      let x = 0;
      for (const { paragraphs, columns: colSpan, rows: rowSpan } of cells) {
        while (body[y]?.[x] !== undefined) x += 1;
        // pdfmake wants an empty cell wherever another one reaches to.
        for (let down = 0; down < rowSpan; down += 1) {
          for (let right = 0; right < colSpan; right += 1) (body[y + down] ?? [])[x + right] = {};
        }
        (body[y] ?? [])[x] = {
          stack: paragraphs.map((paragraph) => text(paragraph, type.table, pitch.table)),
          colSpan,
          rowSpan,
          verticalAlignment: height < PAPER.lowRow ? 'middle' : 'top',
        };
      }
    }
    return {
      table: {
        body,
        widths: columns.map((width) => width - 2 * CELL.side - CELL.line),
        heights: rows.map(({ height }) => height - 2 * CELL.top),
        dontBreakRows: whole,
      },
      layout: GRID,
    };
  };
  const block = (filled: FilledBlock): Content => {
    if ('rows' in filled) return table(filled);
    if ('pair' in filled) {
      const [left, right] = filled.pair.map((part) =>
        isNotice ? bodyText(part) : text(part, type.table, pitch.table),
      );
      const columns = [{ ...left, width: filled.at } as Content, { ...right, width: '*' } as Content];
      return { columns, margin: [0, 0, 0, isNotice ? 0 : 6] };
    }
    return bodyText(filled);
  };
  const sealed: Content = {
    stack: [
      ...form.closing.map(bodyText),
      { text: ' ', fontSize: type.body },
      ...form.seal.map((paragraph) => ({
        ...bodyText(paragraph),
        margin: [0, 0, PAPER.sealIndent * type.body, 0] as [number, number, number, number],
      })),
    ],
    // pdfmake loses an unbreakable block that is higher than a page: it is one only if it surely fits.
    unbreakable: lengthOf([...form.closing, ...form.seal]) < HALF_PAGE,
  };

  const document = pdfmake.createPdf({
    pageSize: 'A4',
    pageMargins: [margin.left, margin.top, margin.right, margin.bottom],
    language: 'zh-CN',
    displayTitle: true,
    info: { title: form.title, creationDate: new Date(`${form.created}T00:00:00Z`) },
    defaultStyle: { font: fontName(0), preserveLeadingSpaces: true },
    footer: (page) => ({
      text: `— ${page} —`,
      alignment: 'center',
      fontSize: type.page,
      margin: [0, 28, 0, 0],
    }),
    content: [
      text(title, type.title, pitch.title),
      ...form.number.map(bodyText),
      { text: ' ', fontSize: 6 },
      ...form.body.map(block),
      ...(isNotice ? [sealed] : []),
      ...form.notes.map((note, at) => ({
        ...text(note, type.note, pitch.note),
        margin: [0, at === 0 ? 4 : 0, 0, 0] as [number, number, number, number],
      })),
    ],
  });
  return document.getBuffer();
}

const lengthOf = (paragraphs: Paragraph[]) =>
  paragraphs.flatMap(({ runs }) => runs).reduce((sum, { text }) => sum + text.length, 0);

const provided: Uint8Array[] = [];

/** Puts the fonts where pdfmake, which keeps them for the process, looks for them. */
export function provide(fonts: Fonts): void {
  for (const [at, bytes] of fonts.entries()) {
    if (provided[at] === bytes) continue;
    pdfmake.virtualfs.writeFileSync(fontName(at), bytes);
    pdfmake.addFonts({ [fontName(at)]: { normal: fontName(at) } });
    provided[at] = bytes;
  }
}
