import type { Fonts } from '../forms/fonts.ts';
import type { Format } from './order.ts';
import { renderReportDocx } from './render-docx.ts';
import { renderReportPdf } from './render-pdf.ts';
import { renderReportXlsx } from './render-xlsx.ts';
import type { Report } from './report.ts';

/** The report as a file: the same report always gives the same bytes. */
export async function renderReport(report: Report, format: Format, fonts: Fonts): Promise<Uint8Array> {
  return RENDERERS[format](report, fonts);
}

const RENDERERS: Readonly<
  Record<Format, (report: Report, fonts: Fonts) => Uint8Array | Promise<Uint8Array>>
> = {
  docx: renderReportDocx,
  pdf: renderReportPdf,
  xlsx: renderReportXlsx,
  json: (report) => new TextEncoder().encode(`${JSON.stringify(report, undefined, 2)}\n`),
};
