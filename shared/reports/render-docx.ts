/** Draws a report as a Word document, to be edited before it goes out; its charts are Word's own, with their data. */

import {
  AlignmentType,
  BorderStyle,
  Document,
  Footer,
  LineRuleType,
  Packer,
  Paragraph,
  Table,
  TableCell,
  TableLayoutType,
  TableRow,
  TextRun,
  WidthType,
} from 'docx';
import { ChartRun } from 'docx/charts';
import { unzipSync, zipSync } from 'fflate';
import { shanghaiDate, shanghaiTime } from '../dates.ts';
import { TEXT_WIDTH } from '../forms/layout.ts';
import { PAPER } from '../forms/paper.ts';
import { BODY_FONT, dated, HALF_POINTS, pageNumber, TITLE_FONT, TWIPS } from '../forms/render-docx.ts';
import {
  type Block,
  type Chart,
  cellText,
  paragraphText,
  type Report,
  type Table as ReportTable,
} from './report.ts';
import { dayName, WORDS } from './report-words.ts';
import { sourcesTable } from './sources-table.ts';

const { margin } = PAPER;
const HEADING_FONT = { ...BODY_FONT, eastAsia: '黑体' };
/** 三号 type at the pitch of official papers; a brief is one page, and English letters are read at a smaller size. */
const LONG = { body: 16, pitch: 28, table: 10.5, tablePitch: 15 };
const BRIEF = { body: 12, pitch: 21, table: 10, tablePitch: 14 };
const NOTE = { size: 9, pitch: 13 };
/** Pixels at 96 to the inch. */
const CHART_WIDTH = Math.round((TEXT_WIDTH / 72) * 96);
/** Dark and pale: told apart on a copier. */
const SHADES = ['1F3F66', '8A8A8A'];

interface Style {
  size: number;
  pitch: number;
  align?: (typeof AlignmentType)[keyof typeof AlignmentType];
  font?: typeof BODY_FONT;
  indent?: boolean;
  before?: number;
  keepNext?: boolean;
}

const line = (words: string, { size, pitch, align, font, indent, before, keepNext }: Style): Paragraph =>
  new Paragraph({
    alignment: align ?? AlignmentType.LEFT,
    keepNext: keepNext ?? false,
    spacing: { line: pitch * TWIPS, lineRule: LineRuleType.EXACT, before: (before ?? 0) * TWIPS },
    indent: indent === true ? { firstLine: 2 * size * TWIPS } : {},
    children: [
      new TextRun({ text: words, size: size * HALF_POINTS, ...(font === undefined ? {} : { font }) }),
    ],
  });

/** The report as a DOCX file. */
export async function renderReportDocx(report: Report): Promise<Uint8Array> {
  const { language } = report;
  const size = report.kind === 'daily' || language === 'en' ? BRIEF : LONG;
  const block = (one: Block): (Paragraph | Table)[] => {
    if ('table' in one) return table(one.table, size.table, size.tablePitch);
    if ('chart' in one) return chart(one.chart, size.table);
    return [
      line(paragraphText(one.paragraph, language), {
        size: size.body,
        pitch: size.pitch,
        align: AlignmentType.BOTH,
        indent: language === 'zh',
      }),
    ];
  };
  const made = `${WORDS.made[language]} ${dayName(shanghaiDate(report.made), language)} ${shanghaiTime(report.made)}`;
  const document = new Document({
    title: `${report.title} ${report.subtitle}`,
    creator: '',
    lastModifiedBy: '',
    styles: {
      default: {
        document: { run: { font: BODY_FONT, language: { eastAsia: 'zh-CN', value: 'en-US' } } },
      },
    },
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
          line(report.title, { size: 22, pitch: 36, align: AlignmentType.CENTER, font: TITLE_FONT }),
          line(report.subtitle, { size: 14, pitch: 28, align: AlignmentType.CENTER }),
          ...report.sections.flatMap(({ title, blocks }) => [
            line(title, {
              size: size.body,
              pitch: size.pitch,
              font: HEADING_FONT,
              indent: language === 'zh',
              before: 6,
              keepNext: true,
            }),
            ...blocks.flatMap(block),
          ]),
          ...report.notes.map((note, at) => line(note, { ...NOTE, before: at === 0 ? 10 : 0 })),
          line(made, NOTE),
          ...(report.kind === 'daily' ? [] : table(sourcesTable(report), NOTE.size, NOTE.pitch)),
        ],
      },
    ],
  });
  return dated(steady(await Packer.toBuffer(document)), shanghaiDate(report.made));
}

const STRONG = { style: BorderStyle.SINGLE, size: 8, color: '000000' };
const THIN = { style: BorderStyle.SINGLE, size: 4, color: 'B0B0B0' };
const NO = { style: BorderStyle.NONE, size: 0, color: 'auto' };

function table(
  { title, columns, widths, rows, id }: ReportTable,
  size: number,
  pitch: number,
): (Paragraph | Table)[] {
  const total = widths.reduce((sum, width) => sum + width, 0);
  const twips = widths.map((width) => Math.round((width / total) * TEXT_WIDTH * TWIPS));
  const isText = (at: number) => at === 0 || id === 'sources';
  const row = (cells: readonly string[], isHeader: boolean) =>
    new TableRow({
      cantSplit: true,
      tableHeader: isHeader,
      children: cells.map(
        (cell, at) =>
          new TableCell({
            width: { size: twips[at] ?? 0, type: WidthType.DXA },
            margins: { left: 4 * TWIPS, right: 4 * TWIPS, top: 2 * TWIPS, bottom: 2 * TWIPS },
            children: [
              line(cell, {
                size,
                pitch,
                align: isText(at) ? AlignmentType.LEFT : AlignmentType.RIGHT,
                ...(isHeader ? { font: HEADING_FONT } : {}),
              }),
            ],
          }),
      ),
    });
  return [
    line(title, {
      size: size + 0.5,
      pitch: pitch + 4,
      align: AlignmentType.CENTER,
      before: 8,
      keepNext: true,
    }),
    new Table({
      layout: TableLayoutType.FIXED,
      columnWidths: twips,
      width: { size: TEXT_WIDTH * TWIPS, type: WidthType.DXA },
      borders: {
        top: STRONG,
        bottom: STRONG,
        left: NO,
        right: NO,
        insideHorizontal: THIN,
        insideVertical: NO,
      },
      rows: [row(columns, true), ...rows.map((cells) => row(cells.map(cellText), false))],
    }),
  ];
}

function chart({ type, title, labels, series }: Chart, size: number): Paragraph[] {
  const font = { name: '宋体' };
  const common = {
    legend: series.length > 1 ? { position: 'bottom' as const } : (false as const),
    font,
    chartArea: { border: 'none' as const },
    // For who cannot see it: what it shows, in words.
    altText: {
      name: title,
      description: series
        .map(
          ({ name, values }) =>
            `${name}: ${labels.map((label, at) => `${label} ${values[at] ?? '—'}`).join(', ')}`,
        )
        .join('; '),
    },
  };
  const run =
    type === 'bars'
      ? new ChartRun({
          ...common,
          type: 'bar',
          // Word puts the first at the bottom.
          categories: labels.toReversed(),
          series: series.map(({ name, values }, at) => ({
            name,
            values: values.toReversed(),
            color: SHADES[at] ?? '1F3F66',
          })),
          dataLabels: { value: true },
          gapWidth: 60,
          valueAxis: { visible: false, gridlines: false },
          transformation: { width: CHART_WIDTH, height: 40 + labels.length * 28 },
        })
      : new ChartRun({
          ...common,
          type: 'line',
          categories: [...labels],
          series: series.map(({ name, values }, at) => ({
            name,
            values: [...values],
            color: SHADES[at] ?? '1F3F66',
            markers: { shape: at === 0 ? ('circle' as const) : ('square' as const) },
            ...(at === 0 ? {} : { line: { dash: 'dash' as const } }),
          })),
          transformation: { width: CHART_WIDTH, height: 260 },
        });
  return [
    line(title, { size: size + 0.5, pitch: 20, align: AlignmentType.CENTER, before: 8, keepNext: true }),
    new Paragraph({ alignment: AlignmentType.CENTER, children: [run] }),
  ];
}

/**
 * The library names what belongs to a chart by chance, and takes the clock for the workbook inside: the same report
 * has to give the same bytes, however often it is made.
 */
function steady(docx: Uint8Array): Uint8Array {
  const files = unzipSync(docx);
  const names = new Map<string, string>();
  for (const [path, bytes] of Object.entries(files)) {
    if (path.startsWith('word/embeddings/')) {
      files[path] = zipSync(unzipSync(bytes), { mtime: new Date(1980, 0, 1) });
    } else if (/\.(?:xml|rels)$/.test(path)) {
      const text = new TextDecoder().decode(bytes).replaceAll(/rId[\w-]{15,}/g, (name) => {
        if (!names.has(name)) names.set(name, `rIdChart${names.size + 1}`);
        return names.get(name) ?? name;
      });
      // And drawings are counted over all documents of the process.
      let drawings = 0;
      const counted = text.replaceAll(/<wp:docPr id="\d+"/g, () => `<wp:docPr id="${(drawings += 1)}"`);
      files[path] = new TextEncoder().encode(counted);
    }
  }
  return zipSync(files);
}
