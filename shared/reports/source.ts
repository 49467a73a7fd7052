import * as z from 'zod';
import { DIMENSIONS } from '../statistics/contributions.ts';
import { COUNTERS, type Counter, SEALED_COUNTERS } from '../statistics/counters.ts';
import { protectedCounts } from '../statistics/protect.ts';
import { LANGUAGES, REPORT_KINDS, type ReportKind } from './report.ts';

/*
 * All that a report is made from. It is kept with the report: from it the same report can be made again, to the last
 * digit, whatever was corrected since.
 */

const day = z.string().regex(/^\d{4}-\d{2}-\d{2}$/);
const period = z.object({ from: day, to: day });
const counts = z.partialRecord(z.enum(COUNTERS as [Counter, ...Counter[]]), z.number().int());
const histogram = z.record(z.string(), z.number().int());

/** Figures of one unit in one period. */
const reportFigures = z.object({
  period,
  counts,
  by: z.partialRecord(z.enum(DIMENSIONS), z.record(z.string(), counts)),
  closeDays: histogram,
  responseHours: histogram,
});

export const reportSource = z.object({
  kind: z.enum(Object.keys(REPORT_KINDS) as [ReportKind, ...ReportKind[]]),
  language: z.enum(LANGUAGES),
  unit: z.object({ code: z.string(), name: z.string(), isBureau: z.boolean() }),
  made: z.string(),
  /** Whether what is sealed about reports (Art. 37) may stand in it. */
  sealed: z.boolean(),
  now: reportFigures,
  before: reportFigures,
  lastYear: reportFigures,
  /** From the first of the year (of a day: of the month) to the end of the period, with the same days a year ago. */
  running: reportFigures.optional(),
  runningLastYear: reportFigures.optional(),
  /** Months up to the end of the period, the oldest first. */
  months: z.array(z.object({ month: z.string(), counts })),
  units: z.array(z.object({ code: z.string(), name: z.string(), figures: reportFigures })),
  /** Names of the townships that figures are cut by. */
  divisions: z.record(z.string(), z.string()),
  /** Rises that were seen in the period, none of which was judged false. */
  alarms: z.array(
    z.object({
      id: z.string(),
      watch: z.string(),
      subject: z.string().optional(),
      problem: z.string().optional(),
      division: z.string().optional(),
      count: z.number().int(),
    }),
  ),
  /** What was published for this unit and period before. */
  published: z.object({ id: z.string(), on: day, figures: reportFigures }).optional(),
});

export type ReportFigures = z.output<typeof reportFigures>;
export type ReportSource = z.output<typeof reportSource>;

type CountsOf = ReportFigures['counts'];
const open = (of: CountsOf): CountsOf =>
  Object.fromEntries(Object.entries(of).filter(([name]) => !SEALED_COUNTERS.has(name as Counter)));

/**
 * What of it everybody may see: nothing about reports; what is smaller than the whole bureau is rounded, and so are
 * cuts, in which one case could be one person's. Units are not shown one by one, spans of a small unit neither.
 */
export function openSource(source: ReportSource): ReportSource {
  const { isBureau } = source.unit;
  const ofPlace = (of: CountsOf) => (isBureau ? open(of) : protectedCounts(open(of)));
  const figures = (of: ReportFigures): ReportFigures => ({
    period: of.period,
    counts: ofPlace(of.counts),
    by: Object.fromEntries(
      Object.entries(of.by)
        // Of a township a single complaint may be known to the neighbours; of the kinds one is sealed.
        .filter(([dimension]) => !['division', 'kind', 'business'].includes(dimension))
        .map(([dimension, values]) => [
          dimension,
          Object.fromEntries(
            Object.entries(values).map(([value, cut]) => [value, protectedCounts(open(cut))]),
          ),
        ]),
    ),
    closeDays: isBureau ? of.closeDays : {},
    responseHours: isBureau ? of.responseHours : {},
  });
  return {
    ...source,
    sealed: false,
    now: figures(source.now),
    before: figures(source.before),
    lastYear: figures(source.lastYear),
    running: source.running && figures(source.running),
    runningLastYear: source.runningLastYear && figures(source.runningLastYear),
    months: source.months.map(({ month, counts: of }) => ({ month, counts: ofPlace(of) })),
    units: [],
    divisions: {},
    alarms: [],
    published: source.published && { ...source.published, figures: figures(source.published.figures) },
  };
}
