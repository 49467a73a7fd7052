/** Draws a report as PDF with its fonts inside and its charts as vectors. */

import pdfmake from 'pdfmake';
import type { Content, CustomTableLayout } from 'pdfmake/interfaces.js';
import { shanghaiDate, shanghaiTime } from '../dates.ts';
import { type Fonts, postscriptName, splitByFont } from '../forms/fonts.ts';
import { TEXT_WIDTH } from '../forms/layout.ts';
import { PAPER } from '../forms/paper.ts';
import { FONT_LINE_HEIGHT, fontName, provide } from '../forms/render-pdf.ts';
import { drawChart } from './draw-chart.ts';
import { type Block, cellText, paragraphText, type Report, type Section, type Table } from './report.ts';
import { dayName, WORDS } from './report-words.ts';
import { sourcesTable } from './sources-table.ts';

const { margin } = PAPER;

/** A brief is one page; a summary is read from farther. */
const SIZES = {
  long: { title: 22, subtitle: 14, heading: 15, body: 14, pitch: 26, table: 10, tablePitch: 14, chart: 11 },
  english: {
    title: 20,
    subtitle: 13,
    heading: 14,
    body: 11.5,
    pitch: 19,
    table: 9.5,
    tablePitch: 13,
    chart: 10.5,
  },
  brief: { title: 22, subtitle: 13, heading: 13, body: 12, pitch: 21, table: 9.5, tablePitch: 13, chart: 10 },
} as const;
const NOTE = { size: 9, pitch: 13 };

/** Lines between the rows only, strong ones above and below: how the bureaus set tables of figures. */
const TABLE_LAYOUT: CustomTableLayout = {
  hLineWidth: (at, node) => (at === 0 || at === node.table.body.length ? 1 : at === 1 ? 0.75 : 0.4),
  hLineColor: (at, node) => (at <= 1 || at === node.table.body.length ? '#000000' : '#b0b0b0'),
  vLineWidth: () => 0,
  paddingLeft: () => 4,
  paddingRight: () => 4,
  paddingTop: () => 3,
  paddingBottom: () => 3,
};

/** Type of the charts. pdfmake opens the file of a font that an SVG names: under its own name it is open already. */
const CHART_FONT = 'charts';

/** The report as a PDF file. The fonts are those of `loadFonts`. */
export async function renderReportPdf(report: Report, fonts: Fonts): Promise<Uint8Array> {
  provide(fonts);
  const [first] = fonts;
  if (first !== undefined) pdfmake.addFonts({ [CHART_FONT]: { normal: postscriptName(first) } });
  const { language } = report;
  const size = SIZES[report.kind === 'daily' ? 'brief' : language === 'en' ? 'english' : 'long'];
  const text = (words: string, fontSize: number, pitch: number) => ({
    text: splitByFont(words || ' ', fonts).map((stretch) => ({
      text: stretch.text,
      font: fontName(stretch.font),
    })),
    fontSize,
    lineHeight: pitch / (fontSize * FONT_LINE_HEIGHT),
  });

  const table = ({ title, columns, widths, rows }: Table, small: boolean): Content => {
    const [fontSize, pitch] = small ? [NOTE.size - 0.5, NOTE.pitch - 1] : [size.table, size.tablePitch];
    const isNumber = (at: number) => at > 0 && !small;
    const row = (cells: readonly string[]) =>
      cells.map((cell, at) => ({
        ...text(cell, fontSize, pitch),
        alignment: isNumber(at) ? ('right' as const) : ('left' as const),
      }));
    const room = TEXT_WIDTH - columns.length * 8;
    return {
      stack: [
        ...(title === ''
          ? []
          : [
              {
                ...text(title, size.chart, size.tablePitch + 4),
                alignment: 'center' as const,
                headlineLevel: 1,
              },
            ]),
        {
          table: {
            headerRows: 1,
            dontBreakRows: true,
            keepWithHeaderRows: 2,
            widths: widths.map((share) => share * room),
            body: [row(columns), ...rows.map((cells) => row(cells.map(cellText)))],
          },
          layout: TABLE_LAYOUT,
        },
      ],
      // A short table stays whole; pdfmake loses an unbreakable block that is higher than a page.
      unbreakable: rows.length <= 14,
      margin: [0, 8, 0, 8],
    };
  };
  const block = (one: Block): Content => {
    if ('table' in one) return table(one.table, false);
    if ('chart' in one) {
      const { svg, height } = drawChart(one.chart, language, CHART_FONT);
      return {
        stack: [
          { ...text(one.chart.title, size.chart, size.tablePitch + 4), alignment: 'center' as const },
          { svg, width: TEXT_WIDTH, height },
        ],
        unbreakable: true,
        margin: [0, 8, 0, 8],
      };
    }
    return {
      ...text(paragraphText(one.paragraph, language), size.body, size.pitch),
      alignment: language === 'zh' ? 'left' : 'justify',
      ...(language === 'zh' ? { leadingIndent: 2 * size.body } : { margin: [0, 0, 0, 6] }),
    };
  };
  const section = ({ title, blocks }: Section): Content[] => [
    {
      ...text(title, size.heading, size.pitch + 2),
      margin: [0, 6, 0, 2],
      headlineLevel: 2,
    },
    ...blocks.map(block),
  ];
  const line = (width: number, above: number, below: number): Content => ({
    canvas: [{ type: 'line', x1: 0, y1: 0, x2: TEXT_WIDTH, y2: 0, lineWidth: width }],
    margin: [0, above, 0, below],
  });
  const made = `${WORDS.made[language]} ${dayName(shanghaiDate(report.made), language)} ${shanghaiTime(report.made)}`;
  const sources = sourcesTable(report);

  return pdfmake
    .createPdf({
      pageSize: 'A4',
      pageMargins: [margin.left, report.kind === 'daily' ? 64 : 88, margin.right, 72],
      language: language === 'zh' ? 'zh-CN' : 'en',
      displayTitle: true,
      info: {
        title: `${report.title} ${report.subtitle}`,
        creationDate: new Date(`${shanghaiDate(report.made)}T00:00:00Z`),
      },
      defaultStyle: { font: fontName(0), preserveLeadingSpaces: true },
      footer: (page, pages) => ({
        text: `— ${page} / ${pages} —`,
        alignment: 'center',
        fontSize: 11,
        margin: [0, 20, 0, 0],
      }),
      // A heading at the foot of a page goes with what it heads.
      pageBreakBefore: (node, nodes) =>
        node.headlineLevel !== undefined && nodes.getFollowingNodesOnPage().length === 0,
      content: [
        { ...text(report.title, size.title, 34), alignment: 'center' },
        { ...text(report.subtitle, size.subtitle, 24), alignment: 'center' },
        line(1.2, 6, 8),
        ...report.sections.flatMap(section),
        line(0.5, 10, 4),
        ...report.notes.map((note) => text(note, NOTE.size, NOTE.pitch)),
        text(made, NOTE.size, NOTE.pitch),
        ...(report.kind === 'daily' ? [] : [table(sources, true)]),
      ],
    })
    .getBuffer();
}
