import { unzipSync } from 'fflate';
import { extractText, getDocumentProxy } from 'unpdf';
import { describe, expect, test } from 'vitest';
import { readXlsx } from '../../shared/desk-entry/read-xlsx.ts';
import { loadFonts } from '../../shared/forms/fonts.ts';
import { composeReport } from '../../shared/reports/compose.ts';
import { drawChart } from '../../shared/reports/draw-chart.ts';
import { renderReport } from '../../shared/reports/render.ts';
import { blocksOf, LANGUAGES, REPORT_KINDS, type ReportKind } from '../../shared/reports/report.ts';
import { sourceOf } from './report-year.ts';

const fonts = loadFonts();
const plain = (text: string) => text.replace(/\s+/g, '');
const decode = (bytes: Uint8Array | undefined) => new TextDecoder().decode(bytes);
const SENTENCE = {
  zh: '共受理投诉18241件，处理17995件，处理率98.65%，挽回经济损失827.7万元。',
  en: 'a handling rate of 98.65%; losses of 8.277 million yuan were recovered.',
};
const reportOf = async (kind: ReportKind, language: 'zh' | 'en', period: string) =>
  composeReport(await sourceOf({ kind, language, period }));
const textOfPdf = async (bytes: Uint8Array) => {
  const pdf = await getDocumentProxy(new Uint8Array(bytes));
  return { pages: pdf.numPages, text: plain((await extractText(pdf, { mergePages: true })).text) };
};

describe.each(LANGUAGES)('the yearly summary in %s', (language) => {
  test('PDF: the sentence, the names of its charts, its fonts inside', async () => {
    const bytes = await renderReport(await reportOf('yearly', language, '2026'), 'pdf', fonts);
    const { text } = await textOfPdf(bytes);
    expect(text).toContain(plain(SENTENCE[language]));
    expect(text).toContain(language === 'zh' ? '各月收到投诉' : 'Complaintsreceivedbymonth');
    expect(decode(bytes)).toContain('/FontFile2');
  });

  test('DOCX: the sentence, and charts with their data', async () => {
    const files = unzipSync(await renderReport(await reportOf('yearly', language, '2026'), 'docx', fonts));
    expect(decode(files['word/document.xml'])).toContain(SENTENCE[language]);
    const charts = Object.keys(files).filter((name) => /^word\/charts\/chart\d+\.xml$/.test(name));
    expect(charts).toHaveLength(3);
    expect(Object.keys(files).filter((name) => name.startsWith('word/embeddings/'))).toHaveLength(3);
  });

  test('XLSX: tables with formula, source and path beside each row, and every figure', async () => {
    const report = await reportOf('yearly', language, '2026');
    const bytes = await renderReport(report, 'xlsx', fonts);
    const files = unzipSync(bytes);
    const names = decode(files['xl/workbook.xml']);
    expect(names).toContain(language === 'zh' ? '数字来源' : 'Figures');
    const sheets = Object.entries(files).filter(([name]) => name.startsWith('xl/worksheets/'));
    const all = sheets.map(([, sheet]) => decode(sheet)).join('');
    // A count is a number, not a text: it can be added up.
    expect(all).toContain('<v>18241</v>');
    for (const { query } of Object.values(report.figures)) {
      expect(all).toContain(query.replaceAll('&', '&amp;'));
    }
  });
});

test('a workbook is read by our own reader: main figures with number, formula and source', async () => {
  const bytes = await renderReport(await reportOf('yearly', 'zh', '2026'), 'xlsx', fonts);
  const { rows } = readXlsx(bytes, '主要指标');
  const cells = rows.map((row) => row.cells.map(({ text }) => text));
  expect(cells[0]).toEqual(['指标', '本期', '上年同期', '同比', '计算公式', '依据', '数据查询']);
  const accepted = cells.find(([name]) => name === '受理');
  expect(accepted?.slice(0, 2)).toEqual(['受理', '18241']);
  expect(accepted?.at(-1)).toContain('counter=accepted');
});

test('the brief of a day is one page', async () => {
  const source = await sourceOf({ kind: 'daily', period: '2026-10-31' });
  const busy = {
    ...source,
    now: {
      ...source.now,
      counts: {
        received: 812,
        reportsReceived: 130,
        inquiriesReceived: 310,
        accepted: 700,
        handled: 690,
        late: 4,
      },
      by: {
        subject: { 食品类: { received: 210 }, 教育培训服务: { received: 90 }, 服装鞋帽类: { received: 80 } },
        problem: { 质量: { received: 230 }, 合同: { received: 140 }, 价格: { received: 90 } },
      },
    },
    alarms: ['0', '1', '2'].map((id) => ({
      id: `2026103${id}-0123456789ab`,
      watch: 'business',
      subject: '食品类',
      problem: '质量',
      count: 31,
    })),
  };
  const { pages, text } = await textOfPdf(await renderReport(composeReport(busy), 'pdf', fonts));
  expect(pages).toBe(1);
  expect(text).toContain('收到消费者投诉812件');
});

test.each(Object.keys(REPORT_KINDS) as ReportKind[])(
  'the same %s report gives the same bytes',
  async (kind) => {
    const period = { daily: '2026-10-31', monthly: '2026-10', yearly: '2026', public: '2026' }[kind];
    for (const format of ['pdf', 'docx', 'xlsx', 'json'] as const) {
      const [one, other] = [
        await renderReport(await reportOf(kind, 'zh', period), format, fonts),
        await renderReport(await reportOf(kind, 'zh', period), format, fonts),
      ];
      expect(Buffer.compare(one, other), format).toBe(0);
    }
  },
);

test('nothing about reports is in any file of the public report', async () => {
  const report = await reportOf('public', 'zh', '2026');
  for (const format of ['docx', 'xlsx', 'json'] as const) {
    const bytes = await renderReport(report, format, fonts);
    const files = format === 'json' ? { json: bytes } : unzipSync(bytes);
    const text = Object.values(files).map(decode).join('');
    expect(text, format).not.toMatch(
      /举报(?!数据|按时|工作)(?!.{0,3}除外)[^。]*\d件|reportsReceived|fineFen|罚没/,
    );
  }
  const { text } = await textOfPdf(await renderReport(report, 'pdf', fonts));
  expect(text).not.toMatch(/收到举报|罚没|立案/);
});

test('charts are told apart without colour, and hold no text that SVG could run', async () => {
  const report = await reportOf('monthly', 'zh', '2026-10');
  const charts = blocksOf(report).flatMap((block) => ('chart' in block ? [block.chart] : []));
  const [lines] = charts.filter(({ type }) => type === 'lines');
  const { svg } = drawChart(lines!, 'zh', 'x');
  expect(svg.match(/stroke-dasharray/g)).toHaveLength(2);
  expect(svg).toContain('<circle');
  const { svg: odd } = drawChart({ ...lines!, labels: ['<script>', '2'] }, 'zh', 'x');
  expect(odd).not.toContain('<script>');
  expect(
    drawChart({ ...lines!, series: [{ name: '0', values: [0, 0], figures: [] }] }, 'zh', 'x').svg,
  ).not.toContain('NaN');
});
