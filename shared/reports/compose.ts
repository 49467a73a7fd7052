import type { Verdict } from '../statistics/fair.ts';
import { type IndicatorId, indicator } from '../statistics/indicators.ts';
import { chartOf } from './charts.ts';
import { comparedUnits, largest, risen } from './cuts.ts';
import { type Cut, FigureBook, type Past, type Place } from './figure-book.ts';
import {
  type Block,
  type Part,
  REPORT_KINDS,
  type Report,
  type Section,
  type Sentence,
  textOfPart,
} from './report.ts';
import {
  alarmName,
  dayName,
  NOTES,
  POINTS,
  periodName,
  runningName,
  SECTION_NUMBERS,
  VERDICTS,
  WORDS,
} from './report-words.ts';
import {
  type Condition,
  type ListRule,
  type Rule,
  SECTIONS,
  type SectionRule,
  type SentenceRule,
  type UnitsRule,
} from './rules.ts';
import { openSource, type ReportSource } from './source.ts';
import { correctionsTable, tableOf } from './tables.ts';
import { fillTemplate } from './template.ts';

/** Makes the report that a source gives: the same source always gives the same report. */
export function composeReport(from: ReportSource): Report {
  const source = from.kind === 'public' ? openSource(from) : from;
  const { kind, language, unit, now } = source;
  const book = new FigureBook(source);
  const made = [...SECTIONS.map((rule) => sectionOf(rule, source, book)), correctionsOf(source, book)];
  const sections = made.filter((section) => section !== undefined);
  const period = periodName(now.period, language);
  const notes = [
    ...(kind === 'public' ? [NOTES.rounded] : []),
    ...(kind === 'daily' ? [] : [NOTES.change]),
    ...(sections.some(({ id }) => id === 'units') ? [NOTES.fair] : []),
  ];
  return {
    kind,
    language,
    title: REPORT_KINDS[kind][language],
    subtitle: language === 'zh' ? `${unit.name}　${period}` : `${unit.name}, ${period}`,
    unit: { code: unit.code, name: unit.name },
    period: now.period,
    made: source.made,
    sections: sections.map((section, at) => ({ ...section, title: numbered(section.title, at, source) })),
    notes: notes.map((note) => note[language]),
    figures: book.figures,
  };
}

const numbered = (title: string, at: number, { language }: ReportSource) =>
  language === 'zh' ? `${SECTION_NUMBERS[at]}、${title}` : title;

function sectionOf(rule: SectionRule, source: ReportSource, book: FigureBook): Section | undefined {
  const { kind, language } = source;
  if (!rule.kinds.includes(kind)) return undefined;
  const paragraphs = rule.paragraphs
    .map((rules) => sentencesOf(rules, source, book))
    .flatMap((sentences) =>
      rule.points === true ? points(sentences, source).map((point) => [point]) : [sentences],
    )
    .filter((sentences) => sentences.length > 0);
  const charts = (rule.charts ?? [])
    .filter(({ kinds }) => kinds.includes(kind))
    .flatMap((chart) => chartOf(chart, source, book) ?? []);
  const tables = (rule.tables ?? [])
    .filter(({ kinds }) => kinds.includes(kind))
    .flatMap(({ table }) => tableOf(table, source, book) ?? []);
  const blocks: Block[] = [
    ...paragraphs.map((paragraph) => ({ paragraph })),
    ...charts.map((chart) => ({ chart })),
    ...tables.map((table) => ({ table })),
  ];
  return blocks.length === 0 ? undefined : { id: rule.id, title: rule[language], blocks };
}

/** 一是…；二是…。 */
function points(sentences: readonly Sentence[], { language }: ReportSource): Sentence[] {
  if (language === 'en' || sentences.length < 2) return [...sentences];
  return sentences.map(({ rule, parts }, at) => ({ rule, parts: [POINTS[at] ?? '', ...parts] }));
}

function sentencesOf(rules: readonly Rule[], source: ReportSource, book: FigureBook): Sentence[] {
  const made: Sentence[] = [];
  for (const rule of rules) {
    const { kinds, unless } = rule as Partial<SentenceRule>;
    if (kinds !== undefined && !kinds.includes(source.kind)) continue;
    if (unless !== undefined && made.some((one) => one.rule === unless)) continue;
    made.push(...make(rule, source, book).map((parts) => ({ rule: rule.id, parts })));
  }
  return made;
}

/** The sentences of a rule: none, one, or of alarms one each. */
function make(rule: Rule, source: ReportSource, book: FigureBook): Part[][] {
  if ('units' in rule) return someOf(unitsSentence(rule, source, book));
  if (!(rule.when ?? []).every((condition) => holds(condition, book))) return [];
  if ('list' in rule) return someOf(listSentence(rule, source, book));
  if (!('alarms' in rule)) return someOf(sentence(rule, source, book));
  return source.alarms.flatMap((alarm) =>
    someOf(
      fillTemplate(rule[source.language], (name) => {
        if (name === '$alarm') return [{ name: alarmName(alarm, source) }];
        return name === 'alarm' ? [book.quoteAlarm(alarm)] : undefined;
      }),
    ),
  );
}

const someOf = <Made>(made: Made | undefined): Made[] => (made === undefined ? [] : [made]);

function holds(condition: Condition, book: FigureBook): boolean {
  const value = book.value({ id: condition.of })?.value;
  if (value === undefined || value === null) return false;
  return 'above' in condition ? value > condition.above : value < condition.below;
}

function sentence(rule: SentenceRule, source: ReportSource, book: FigureBook): Part[] | undefined {
  return fillTemplate(rule[source.language], (name) => nameOf(name, source) ?? figureOf(name, book));
}

function nameOf(name: string, { kind, language, unit, now, running }: ReportSource): Part[] | undefined {
  if (name === '$unit') return [{ name: unit.name }];
  if (name === '$period') return [{ name: periodName(now.period, language) }];
  if (name === '$running' && running !== undefined) {
    return [{ name: runningName(kind, running.period, language) }];
  }
  return undefined;
}

const CHANGES: Readonly<Record<string, Past>> = { yoy: 'year-on-year', mom: 'on-period-before' };

/** `running.received.yoy`: place, indicator, sense; the first and the last may be missing. */
function figureOf(name: string, book: FigureBook, cut?: Cut): Part[] | undefined {
  const steps = name.split('.');
  const place: Place = steps[0] === 'running' ? 'running' : 'now';
  const [id = '', sense = 'value'] = place === 'running' ? steps.slice(1) : steps;
  const lookup = { id: id as IndicatorId, place, cut };
  const past = CHANGES[sense];
  if (past !== undefined) return book.quoteChange(lookup, past);
  if (sense === 'numerator' || sense === 'denominator') return book.quoteSide(lookup, sense);
  if (sense === 'share') return cut && book.quoteShare({ ...lookup, cut });
  return book.quote(lookup);
}

function listSentence(rule: ListRule, source: ReportSource, book: FigureBook): Part[] | undefined {
  const cuts = rule.list === 'largest' ? largest(rule, source) : risen(rule, source);
  const template = source.language === 'zh' ? rule.itemZh : rule.itemEn;
  const items = cuts.slice(0, rule.most).flatMap((cut) => {
    const parts = fillTemplate(template, (name) =>
      name === '$item' ? [{ name: cut.name }] : figureOf(name, book, cut),
    );
    return parts === undefined ? [] : [parts];
  });
  if (items.length === 0) return undefined;
  const between = source.language === 'zh' ? '；' : '; ';
  const list = items.flatMap((item, at) => (at === 0 ? item : [between, ...item]));
  return fillTemplate(rule[source.language], (name) =>
    name === '$items' ? list : (nameOf(name, source) ?? figureOf(name, book)),
  );
}

/** How many units stand out by an indicator, which ones, and that the others do not. */
function unitsSentence({ units: id }: UnitsRule, source: ReportSource, book: FigureBook): Part[] | undefined {
  if (source.units.length < 2 || !book.isOpen(id)) return undefined;
  const compared = comparedUnits(id, source);
  const of = (verdict: Verdict) => compared.filter((one) => one.verdict === verdict);
  if (of('too-few').length === compared.length) return undefined;
  const zh = source.language === 'zh';
  const listed = (verdict: Verdict): Part[] =>
    of(verdict).flatMap(({ unit }, at): Part[] => {
      const found = source.units.find(({ code }) => code === unit);
      const quoted = found && book.quoteUnit(id, found, found.figures);
      if (found === undefined || quoted === undefined) return [];
      return [...(at === 0 ? [] : [zh ? '、' : ', ']), { name: found.name }, zh ? '' : ' ', quoted];
    });
  const stretch = (verdict: Verdict, before: string): Part[] => {
    const found = of(verdict);
    if (found.length === 0) return [];
    const count = book.quoteUnits(id, verdict, found.length);
    const names = verdict === 'better' || verdict === 'worse' ? listed(verdict) : [];
    return [
      zh ? `，${before}的有` : `; ${before} `,
      count,
      zh ? '个单位' : '',
      ...(names.length === 0 ? [] : [zh ? '（' : ' (', ...names, zh ? '）' : ')']),
    ];
  };
  return [
    { name: indicator(id)[source.language] },
    zh ? '经投诉问题构成校正后' : ', allowing for the mix of problems',
    ...stretch('better', VERDICTS.better[source.language]),
    ...stretch('worse', VERDICTS.worse[source.language]),
    ...stretch(
      'as-expected',
      zh ? '差异属正常波动、不排名次' : 'no more apart than by luck, and not ranked:',
    ),
    ...stretch('too-few', zh ? '件数过少、不参加比较' : 'too few cases to compare:'),
    zh ? '。' : '.',
  ];
}

/** What was published and is another number now, old and new side by side. */
function correctionsOf(source: ReportSource, book: FigureBook): Section | undefined {
  const table = correctionsTable(source, book);
  if (table === undefined || source.published === undefined) return undefined;
  const { language, published } = source;
  const sentences = table.rows.map(([name = '', old = '', corrected = '']): Sentence => {
    const [zh, parts] = [language === 'zh', [name, old, corrected] as Part[]];
    return {
      rule: 'corrected',
      parts: zh
        ? [{ name: textOfPart(parts[0] ?? '') }, '原公布', parts[1] ?? '', '，更正后', parts[2] ?? '', '。']
        : [
            { name: textOfPart(parts[0] ?? '') },
            ': published as ',
            parts[1] ?? '',
            ', corrected to ',
            parts[2] ?? '',
            '.',
          ],
    };
  });
  const on = dayName(published.on, language);
  const title =
    language === 'zh' ? `更正说明（与${on}公布的相比）` : `Corrections of what was published on ${on}`;
  return {
    id: 'corrections',
    title,
    blocks: [{ paragraph: sentences }, { table: { ...table, title: WORDS.corrections[language] } }],
  };
}
