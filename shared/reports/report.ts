import type { Instant, LocalDate } from '../dates.ts';
import type { Dimension } from '../statistics/contributions.ts';
import type { IndicatorId } from '../statistics/indicators.ts';
import type { Period } from '../statistics/periods.ts';

/** A report as a document: made from figures by rules (compose.ts), drawn by the renderers, sent as JSON. */

export const LANGUAGES = ['zh', 'en'] as const;
export type Language = (typeof LANGUAGES)[number];

export interface Words {
  zh: string;
  en: string;
}

/**
 * What is written, with what a period of it looks like. `public` is the monthly or yearly report for everybody:
 * nothing about reports (Art. 37), small numbers rounded.
 */
export const REPORT_KINDS = {
  monthly: { zh: '消费投诉举报工作月报', en: 'Monthly summary of complaints and reports', period: 'month' },
  yearly: {
    zh: '年度消费投诉举报工作总结',
    en: 'Yearly summary of complaints and reports',
    period: 'year',
  },
  daily: { zh: '今日要情', en: 'Brief of the day', period: 'day' },
  public: { zh: '消费投诉情况公示', en: 'Public report on complaints', period: 'month or year' },
} as const satisfies Record<string, Words & { period: string }>;
export type ReportKind = keyof typeof REPORT_KINDS;

/** In what sense a figure says its number. */
export type FigureSense =
  | 'value'
  /** The sides of a rate. */
  | 'numerator'
  | 'denominator'
  /** Of the whole, e.g. of all complaints those about food. */
  | 'share'
  /** 同比, 环比: percent of sums, percentage points of rates, cases of small sums. */
  | 'year-on-year'
  | 'on-period-before'
  /** What was published before it was corrected. */
  | 'as-published'
  /** How many units compare so. */
  | 'units'
  /** How many complaints an alarm of the early warning has. */
  | 'alarm';

/** A number that the report quotes, with where it comes from. */
export interface ReportFigure {
  key: string;
  indicator: IndicatorId;
  sense: FigureSense;
  /** As the reader calls it, in the report's language. */
  name: string;
  /** As it is written in the report. */
  text: string;
  value: number | null;
  numerator: number | null;
  denominator: number | null;
  /** Unit code, first and last day. */
  unit: string;
  from: LocalDate;
  to: LocalDate;
  by?: { dimension: Dimension; value: string } | undefined;
  formula: string;
  source: string;
  /** Path of the API that opens it; empty in an open report, whose readers have no token. */
  query: string;
}

/** A stretch of a sentence: fixed words, a figure, or a name (a unit, a class, a period). */
export type Part = string | { figure: string; text: string } | { name: string };

export interface Sentence {
  /** Id of the rule that made it. */
  rule: string;
  parts: readonly Part[];
}

/** Fixed words, or a figure. */
export type Cell = string | { figure: string; text: string };

export interface Table {
  id: string;
  title: string;
  columns: readonly string[];
  /** Widths as shares of the page. */
  widths: readonly number[];
  rows: readonly (readonly Cell[])[];
}

export interface Chart {
  id: string;
  /** Bars lie one below the other with their names; lines run over months. */
  type: 'bars' | 'lines';
  title: string;
  labels: readonly string[];
  series: readonly { name: string; values: readonly (number | null)[]; figures: readonly string[] }[];
}

export type Block = { paragraph: readonly Sentence[] } | { table: Table } | { chart: Chart };

export interface Section {
  id: string;
  title: string;
  blocks: readonly Block[];
}

export interface Report {
  kind: ReportKind;
  language: Language;
  title: string;
  /** 宁波市市场监督管理局 2026年10月 */
  subtitle: string;
  unit: { code: string; name: string };
  period: Period;
  made: Instant;
  sections: readonly Section[];
  /** What the figures mean, where they come from, what was rounded. */
  notes: readonly string[];
  figures: Readonly<Record<string, ReportFigure>>;
}

export const textOfPart = (part: Part): string =>
  typeof part === 'string' ? part : 'name' in part ? part.name : part.text;
export const textOf = ({ parts }: Sentence): string => parts.map(textOfPart).join('');

/** Sentences stand one after the other; English ones with a blank between. */
export const paragraphText = (sentences: readonly Sentence[], language: Language): string =>
  sentences.map(textOf).join(language === 'zh' ? '' : ' ');

export const cellText = (cell: Cell): string => (typeof cell === 'string' ? cell : cell.text);

export const blocksOf = ({ sections }: Report): Block[] => sections.flatMap(({ blocks }) => blocks);
export const sentencesOf = (report: Report): Sentence[] =>
  blocksOf(report).flatMap((block) => ('paragraph' in block ? block.paragraph : []));
export const tablesOf = (report: Report): Table[] =>
  blocksOf(report).flatMap((block) => ('table' in block ? [block.table] : []));
