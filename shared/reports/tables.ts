import { type IndicatorId, indicator } from '../statistics/indicators.ts';
import { comparedUnits, largest } from './cuts.ts';
import type { Cut, FigureBook, Past } from './figure-book.ts';
import type { Cell, Part, Table } from './report.ts';
import { VERDICTS, WORDS } from './report-words.ts';
import { type ListRule, MAIN_INDICATORS, NOT_PUBLIC, type TableId, UNIT_INDICATORS } from './rules.ts';
import type { ReportSource } from './source.ts';

const NONE = '—';
/** A year has twenty-four classes: the smaller ones stand in the XLSX of the month. */
const ROWS_SHOWN = 12;

/** The table of this id; undefined where nothing stands in it. */
export function tableOf(id: TableId, source: ReportSource, book: FigureBook): Table | undefined {
  const made = TABLES[id](source, book);
  return made === undefined || made.rows.length === 0 ? undefined : { id, ...made };
}

type Make = (source: ReportSource, book: FigureBook) => Omit<Table, 'id'> | undefined;

const TABLES: Readonly<Record<TableId, Make>> = {
  indicators({ kind, language }, book) {
    // A year is compared with the year before only; what was a month ago says nothing there.
    const changes: Past[] = kind === 'yearly' ? ['year-on-year'] : ['year-on-year', 'on-period-before'];
    const rows = MAIN_INDICATORS.flatMap((id): Cell[][] => {
      if (kind === 'public' && NOT_PUBLIC.has(id)) return [];
      const [value] = book.quote({ id }) ?? [];
      if (value === undefined) return [];
      const { zh, en } = indicator(id);
      return [
        [
          language === 'zh' ? zh : en,
          cellOf(value),
          book.pastCell({ id }, 'year-on-year'),
          ...changes.map((past) => changeCell({ id }, past, book)),
        ],
      ];
    });
    const { indicator: name, value, lastYear, yearChange, monthChange } = WORDS;
    const columns = [name, value, lastYear, yearChange, ...(changes.length > 1 ? [monthChange] : [])];
    return {
      title: WORDS.mainFigures[language],
      columns: columns.map((words) => words[language]),
      widths: changes.length > 1 ? [0.34, 0.16, 0.16, 0.17, 0.17] : [0.4, 0.2, 0.2, 0.2],
      rows,
    };
  },
  subjects: (source, book) => cutTable('subject', WORDS.bySubject[source.language], source, book),
  problems: (source, book) => cutTable('problem', WORDS.byProblem[source.language], source, book),
  channels: (source, book) => cutTable('channel', WORDS.byChannel[source.language], source, book),
  units(source, book) {
    const { language } = source;
    if (source.units.length < 2) return undefined;
    const ids = UNIT_INDICATORS.filter((id) => book.isOpen(id));
    const compared = new Map(ids.map((id) => [id, comparedUnits(id, source)]));
    return {
      title: WORDS.byUnit[language],
      columns: [
        WORDS.unit[language],
        WORDS.cases[language],
        ...ids.flatMap((id) => [indicator(id)[language], WORDS.verdict[language]]),
      ],
      widths: [0.28, 0.09, 0.09, 0.12, 0.09, 0.12, 0.09, 0.12],
      // In the order of the register: a list from best to worst would be the ranking that luck decides.
      rows: source.units.map((unit): Cell[] => [
        unit.name,
        cellOf(book.quoteUnit('received', unit, unit.figures)),
        ...ids.flatMap((id): Cell[] => {
          const verdict = compared.get(id)?.find((one) => one.unit === unit.code)?.verdict ?? 'too-few';
          const value = verdict === 'too-few' ? NONE : cellOf(book.quoteUnit(id, unit, unit.figures));
          return [value, VERDICTS[verdict][language]];
        }),
      ]),
    };
  },
  corrections: correctionsTable,
};

/** What was published and is another number now; undefined where nothing is. */
export function correctionsTable(source: ReportSource, book: FigureBook): Table | undefined {
  const { language } = source;
  const rows = MAIN_INDICATORS.flatMap((id: IndicatorId): Cell[][] => {
    const found = source.kind === 'public' && NOT_PUBLIC.has(id) ? undefined : book.quotePublished(id);
    return found === undefined ? [] : [[indicator(id)[language], cellOf(found.old), cellOf(found.corrected)]];
  });
  if (rows.length === 0) return undefined;
  const { indicator: name, asPublished, corrected } = WORDS;
  return {
    id: 'corrections',
    title: WORDS.corrections[language],
    columns: [name, asPublished, corrected].map((words) => words[language]),
    widths: [0.5, 0.25, 0.25],
    rows,
  };
}

function cutTable(
  dimension: ListRule['dimension'],
  title: string,
  source: ReportSource,
  book: FigureBook,
): Omit<Table, 'id'> {
  const { item, cases, share, yearChange, monthChange } = WORDS;
  const hasMonth = source.kind !== 'yearly';
  return {
    title,
    columns: [item, cases, share, yearChange, ...(hasMonth ? [monthChange] : [])].map(
      (words) => words[source.language],
    ),
    widths: hasMonth ? [0.32, 0.17, 0.17, 0.17, 0.17] : [0.4, 0.2, 0.2, 0.2],
    rows: largest({ dimension }, source)
      .slice(0, ROWS_SHOWN)
      .map((cut): Cell[] => {
        const lookup = { id: 'received', cut } as const;
        return [
          cut.name,
          cellOf(book.quote(lookup)?.[0]),
          cellOf(book.quoteShare(lookup)?.[0]),
          changeCell(lookup, 'year-on-year', book),
          ...(hasMonth ? [changeCell(lookup, 'on-period-before', book)] : []),
        ];
      }),
  };
}

const cellOf = (part: Part | undefined): Cell => (typeof part === 'object' && 'figure' in part ? part : NONE);

/** `+12.34%`: the sign is the way, under a header that says against what. */
function changeCell(lookup: { id: IndicatorId; cut?: Cut | undefined }, past: Past, book: FigureBook): Cell {
  const change = book.changeOf(lookup, past);
  if (change === undefined) return NONE;
  if (change.amount === 0) return book.language === 'zh' ? '持平' : 'unchanged';
  const figure = book.quoteChange(lookup, past)?.find((part) => typeof part === 'object' && 'figure' in part);
  const cell = cellOf(figure);
  if (typeof cell === 'string') return cell;
  return {
    ...cell,
    text: `${change.amount > 0 ? '+' : '−'}${cell.text.replace(/ percentage points$/, ' pp')}`,
  };
}
