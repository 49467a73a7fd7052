import { COUNTER_DEFINITIONS, COUNTERS, type CounterDefinition } from '../../shared/statistics/counters.ts';
import { formulaOf, INDICATOR_IDS, indicator } from '../../shared/statistics/indicators.ts';

const VIEWS = {
  flow: '当期步骤 steps of the period',
  cohort: '当期收到的案件 cases received in it',
} as const;

/** The catalogue of figures as tables: every indicator with its formula, every counter with its meaning. */
export function indicatorsMarkdown(): string {
  const indicators = INDICATOR_IDS.map((id) => {
    const { zh, en, unit, view, source, minimum } = indicator(id);
    const formula = formulaOf(id);
    return `| \`${id}\` | ${zh} ${en} | ${formula.zh}<br>${formula.en} | ${unit} | ${VIEWS[view]} | ${minimum ?? '–'} | ${source} |`;
  });
  const counters = COUNTERS.map((id) => {
    const { zh, en, unit, sealed }: CounterDefinition = COUNTER_DEFINITIONS[id];
    return `| \`${id}\` | ${zh} ${en} | ${unit} | ${sealed === true ? '是 yes' : ''} |`;
  });
  return `${[
    'No rate is ranked or coloured below its minimum. What each counter counts, and on which day, stands in',
    '`shared/statistics/contributions.ts`; how it is kept exact in [figures.md](figures.md).',
    '',
    '## Indicators',
    '',
    '| id | name | formula | unit | view | minimum | source |',
    '| --- | --- | --- | --- | --- | --- | --- |',
    ...indicators,
    '',
    '## Counters',
    '',
    'Sealed: about reports (Art. 37); shown for the bureau as a whole, and to heads, managers and auditors.',
    '',
    '| id | name | unit | sealed |',
    '| --- | --- | --- | --- |',
    ...counters,
  ].join('\n')}\n`;
}
