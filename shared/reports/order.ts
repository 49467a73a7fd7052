import * as z from 'zod';
import type { Instant } from '../dates.ts';
import { LANGUAGES, REPORT_KINDS, type ReportKind } from './report.ts';

/** An order of a report, and how far it has come: asked → composing → ready, or failed until the queue brings it again. */

/** In what a report comes. */
export const FORMATS = {
  docx: 'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
  pdf: 'application/pdf',
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
  json: 'application/json',
} as const;
export type Format = keyof typeof FORMATS;
export const FORMAT_NAMES = Object.keys(FORMATS) as [Format, ...Format[]];

/** Unit, the second it was asked in, and chance: orders of a unit sort by time. */
export const reportId = z.string().regex(/^\d{6,8}-\d{14}-[0-9a-f]{8}$/);

export const reportOrder = z.object({
  id: reportId,
  version: z.number().int().positive(),
  kind: z.enum(Object.keys(REPORT_KINDS) as [ReportKind, ...ReportKind[]]),
  unit: z.string(),
  period: z.string(),
  language: z.enum(LANGUAGES),
  formats: z.array(z.enum(FORMAT_NAMES)).min(1),
  /** Whether it holds what is sealed about reports (Art. 37): as whoever asked may see it. */
  sealed: z.boolean(),
  state: z.enum(['asked', 'composing', 'ready', 'failed']),
  progress: z.object({ done: z.number().int(), of: z.number().int() }),
  askedAt: z.string(),
  /** Subject of a member of staff. */
  askedBy: z.string(),
  readyAt: z.string().optional(),
  publishedAt: z.string().optional(),
  publishedBy: z.string().optional(),
});

export type ReportOrder = z.output<typeof reportOrder>;

/** Those who ask choose the rest. */
export type Asked = Pick<
  ReportOrder,
  'kind' | 'unit' | 'period' | 'language' | 'formats' | 'sealed' | 'askedBy'
>;

export function newOrder(asked: Asked, at: Instant, chance: string): ReportOrder {
  const second = at.replace(/\D/g, '').slice(0, 14);
  return {
    id: `${asked.unit}-${second}-${chance}`,
    version: 1,
    ...asked,
    // The same formats in the same order are the same order.
    formats: FORMAT_NAMES.filter((format) => asked.formats.includes(format)),
    state: 'asked',
    progress: { done: 0, of: 1 },
    askedAt: at,
  };
}

/** Whether this order is still open and would give the same report. */
export const isSameOrder = (one: ReportOrder, asked: Asked): boolean =>
  (one.state === 'asked' || one.state === 'composing') &&
  one.sealed === asked.sealed &&
  (['kind', 'unit', 'period', 'language'] as const).every((name) => one[name] === asked[name]) &&
  one.formats.join() === FORMAT_NAMES.filter((format) => asked.formats.includes(format)).join();

const next = (before: ReportOrder, change: Partial<ReportOrder>): ReportOrder => ({
  ...before,
  ...change,
  version: before.version + 1,
});

/** What is ready stays so: a second delivery changes nothing. Undefined: nothing to change. */
export const composing = (before: ReportOrder, done: number, of: number): ReportOrder | undefined =>
  before.state === 'ready' ? undefined : next(before, { state: 'composing', progress: { done, of } });

export const ready = (before: ReportOrder, at: Instant): ReportOrder | undefined =>
  before.state === 'ready'
    ? undefined
    : next(before, {
        state: 'ready',
        progress: { done: before.progress.of, of: before.progress.of },
        readyAt: at,
      });

export const failed = (before: ReportOrder): ReportOrder | undefined =>
  before.state === 'ready' ? undefined : next(before, { state: 'failed' });

/** Only what is ready can be published, and only once. */
export const published = (before: ReportOrder, by: string, at: Instant): ReportOrder | undefined =>
  before.state !== 'ready' || before.publishedAt !== undefined
    ? undefined
    : next(before, { publishedAt: at, publishedBy: by });

/** Where a file of the report lies in the bucket. */
export const fileKey = (id: string, format: Format): string => `reports/${id.split('-')[0]}/${id}.${format}`;
export const unitOfReport = (id: string): string => id.split('-')[0] ?? '';
