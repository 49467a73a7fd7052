/** Draws a filled form as a Word document (OOXML), to be finished by hand or sealed. */

import {
  AlignmentType,
  Document,
  Paragraph as DocxParagraph,
  Footer,
  HeightRule,
  type IParagraphOptions,
  LineRuleType,
  Packer,
  PageNumber,
  Table,
  TableCell,
  TableLayoutType,
  TableRow,
  TabStopType,
  TextRun,
  VerticalAlignTable,
  WidthType,
} from 'docx';
import { unzipSync, zipSync } from 'fflate';
import type { FilledBlock, FilledForm, FilledTable, Paragraph, Run } from './fill-form.ts';
import { TEXT_WIDTH } from './layout.ts';
import { PAPER } from './paper.ts';

const { margin, pitch, type } = PAPER;

export const TWIPS = 20;
export const HALF_POINTS = 2;

// 仿宋 and 宋体 come with Windows and Word for Mac; WPS and LibreOffice put their own in its place.
export const BODY_FONT = {
  eastAsia: '仿宋',
  ascii: 'Times New Roman',
  hAnsi: 'Times New Roman',
  cs: 'Times New Roman',
};
export const TITLE_FONT = { ...BODY_FONT, eastAsia: '宋体' };

const ALIGNMENT = {
  indent: AlignmentType.BOTH,
  left: AlignmentType.LEFT,
  center: AlignmentType.CENTER,
  right: AlignmentType.RIGHT,
} as const;

/** The form as a DOCX file. */
export async function renderDocx(form: FilledForm): Promise<Uint8Array> {
  const isNotice = form.seal.length > 0;
  const size = isNotice ? type.body : type.table;
  const linePitch = isNotice ? form.linePitch : pitch.table;
  const title: Paragraph = { align: 'center', runs: [{ text: form.title, source: 'form' }] };
  const document = new Document({
    title: form.title,
    creator: '',
    lastModifiedBy: '',
    styles: { default: { document: { run: { font: BODY_FONT, language: { eastAsia: 'zh-CN' } } } } },
    sections: [
      {
        properties: {
          page: {
            size: { width: PAPER.width * TWIPS, height: PAPER.height * TWIPS },
            margin: {
              top: margin.top * TWIPS,
              right: margin.right * TWIPS,
              bottom: margin.bottom * TWIPS,
              left: margin.left * TWIPS,
              footer: 50 * TWIPS,
            },
          },
        },
        footers: { default: new Footer({ children: [pageNumber()] }) },
        children: [
          text(title, type.title, pitch.title, { spacing: { after: 6 * TWIPS } }, TITLE_FONT),
          ...form.number.map((paragraph) =>
            text(paragraph, size, linePitch, { spacing: { after: 10 * TWIPS } }),
          ),
          ...form.body.map((block) => drawBlock(block, size, linePitch)),
          ...form.closing.map((paragraph) => text(paragraph, size, linePitch, { keepNext: true })),
          ...form.seal.map((paragraph, at) =>
            text(paragraph, size, linePitch, {
              keepNext: at < form.seal.length - 1,
              spacing: { before: at === 0 ? size * TWIPS : 0 },
              indent: { right: PAPER.sealIndent * size * TWIPS },
            }),
          ),
          ...form.notes.map((note) => text(note, type.note, pitch.note)),
        ],
      },
    ],
  });
  return dated(await Packer.toBuffer(document), form.created);
}

function drawBlock(block: FilledBlock, size: number, linePitch: number): DocxParagraph | Table {
  if ('rows' in block) return drawTable(block);
  if ('pair' in block) {
    const [{ runs: left, align }, { runs: right }] = block.pair;
    const tab: Run = { text: '\t', source: 'form' };
    const tabStops = [{ type: TabStopType.LEFT, position: block.at * TWIPS }];
    return text({ align, runs: [...left, tab, ...right] }, size, linePitch, { tabStops });
  }
  return text(block, size, linePitch);
}

function drawTable({ columns, rows, whole }: FilledTable): Table {
  return new Table({
    layout: TableLayoutType.FIXED,
    columnWidths: columns.map((width) => width * TWIPS),
    width: { size: TEXT_WIDTH * TWIPS, type: WidthType.DXA },
    rows: rows.map(
      ({ height, cells }) =>
        new TableRow({
          cantSplit: whole,
          height: { value: height * TWIPS, rule: HeightRule.ATLEAST },
          children: cells.map(
            (cell) =>
              new TableCell({
                columnSpan: cell.columns,
                rowSpan: cell.rows,
                verticalAlign: height < PAPER.lowRow ? VerticalAlignTable.CENTER : VerticalAlignTable.TOP,
                margins: { left: 5 * TWIPS, right: 5 * TWIPS },
                children: cell.paragraphs.map((paragraph) => text(paragraph, type.table, pitch.table)),
              }),
          ),
        }),
    ),
  });
}

function text(
  { runs, align }: Paragraph,
  size: number,
  linePitch: number,
  { spacing, indent, ...more }: IParagraphOptions = {},
  font?: typeof BODY_FONT,
): DocxParagraph {
  return new DocxParagraph({
    ...more,
    alignment: ALIGNMENT[align],
    spacing: { line: linePitch * TWIPS, lineRule: LineRuleType.EXACT, ...spacing },
    indent: { ...(align === 'indent' ? { firstLine: 2 * size * TWIPS } : {}), ...indent },
    children: runs.map(
      (run) =>
        new TextRun({ text: run.text, size: size * HALF_POINTS, ...(font === undefined ? {} : { font }) }),
    ),
  });
}

export function pageNumber(): DocxParagraph {
  return new DocxParagraph({
    alignment: AlignmentType.CENTER,
    children: [
      new TextRun({
        children: ['— ', PageNumber.CURRENT, ' —'],
        size: type.page * HALF_POINTS,
        font: TITLE_FONT,
      }),
    ],
  });
}

/** The library takes the clock for the document's and the archive's dates; ours come from the document. */
export function dated(docx: Uint8Array, created: string): Uint8Array {
  const files = unzipSync(docx);
  const core = 'docProps/core.xml';
  const properties = new TextDecoder().decode(files[core]);
  files[core] = new TextEncoder().encode(
    properties.replaceAll(/\d{4}-\d\d-\d\dT[\d:.]+Z/g, `${created}T00:00:00Z`),
  );
  // Local time, because an archive's dates have no zone: the same bytes everywhere.
  return zipSync(files, { mtime: new Date(1980, 0, 1) });
}
