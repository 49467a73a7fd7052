import * as z from 'zod';
import { isLocalDate } from '../shared/dates.ts';
import { FORMAT_NAMES, reportId, reportOrder } from '../shared/reports/order.ts';
import { LANGUAGES, REPORT_KINDS, type ReportKind } from '../shared/reports/report.ts';

const MONTH = /^\d{4}-(?:0[1-9]|1[0-2])$/;
const YEAR = /^\d{4}$/;
/** What a period of each kind looks like. */
const isPeriodOf: Readonly<Record<ReportKind, (text: string) => boolean>> = {
  daily: isLocalDate,
  monthly: (text) => MONTH.test(text),
  yearly: (text) => YEAR.test(text),
  public: (text) => MONTH.test(text) || YEAR.test(text),
};
const unit = z.string().regex(/^\d{6,8}$/, '请给出单位代码 / Give the code of a unit');

/** POST /desk/figures/reports */
export const reportRequest = z
  .strictObject({
    kind: z.enum(Object.keys(REPORT_KINDS) as [ReportKind, ...ReportKind[]]),
    unit: unit.optional(),
    /** `2026-10-31`, `2026-10`, `2026`, as the kind asks for. */
    period: z.string().max(10),
    language: z.enum(LANGUAGES).default('zh'),
    formats: z.array(z.enum(FORMAT_NAMES)).min(1).max(FORMAT_NAMES.length).default(['docx', 'pdf', 'xlsx']),
  })
  .refine(({ kind, period }) => isPeriodOf[kind](period), {
    path: ['period'],
    message:
      '今日要情写日期 2026-10-31，月报写 2026-10，年度总结写 2026，公示写月或者年 / A brief takes a day 2026-10-31, a monthly summary 2026-10, a yearly one 2026, a public report a month or a year',
  });

/** GET /desk/figures/reports */
export const reportsQuery = z.strictObject({ unit: unit.optional() });

export const reportPath = z.object({ id: reportId });
export const reportFilePath = z.object({ id: reportId, format: z.enum(FORMAT_NAMES) });

/** What lies in the queue: the order says the rest. */
export const composeRequest = z.strictObject({ id: reportId });
export type ComposeRequest = z.output<typeof composeRequest>;

/** How a report stands; who asked for it is not told. */
export const reportAnswer = z.strictObject({
  ...reportOrder.omit({ version: true, askedBy: true, publishedBy: true, sealed: true }).shape,
});

/** GET /desk/figures/reports */
export const reportsAnswer = z.strictObject({ reports: z.array(reportAnswer) });

/** GET /desk/figures/reports/{id}/json: the document with every figure, its formula, source and path. */
export const reportDocument = z.looseObject({
  kind: z.string(),
  language: z.enum(LANGUAGES),
  title: z.string(),
  sections: z.array(z.looseObject({ id: z.string(), title: z.string() })),
  figures: z.record(z.string(), z.looseObject({ key: z.string(), text: z.string(), formula: z.string() })),
});
