import { compareUnits } from '../statistics/fair.ts';
import type { IndicatorId } from '../statistics/indicators.ts';
import { emptyRollUp, type RollUp } from '../statistics/roll-up.ts';
import type { Cut } from './figure-book.ts';
import { cutName } from './report-words.ts';
import { FEWEST_FOR_RISE, type ListRule, RISE_BEYOND_CHANCE } from './rules.ts';
import type { ReportFigures, ReportSource } from './source.ts';

/** The values of a dimension, those with most complaints first. */
export function largest({ dimension }: Pick<ListRule, 'dimension'>, source: ReportSource): Cut[] {
  return Object.entries(source.now.by[dimension] ?? {})
    .map(([value, counts]) => ({ value, received: counts.received ?? 0 }))
    .filter(({ received }) => received > 0)
    .toSorted((a, b) => b.received - a.received || (a.value < b.value ? -1 : 1))
    .map(({ value }) => ({ dimension, value, name: cutName(dimension, value, source) }));
}

/** Values that rose on the year before by more than chance makes of such numbers, the steepest first. */
export function risen({ dimension }: Pick<ListRule, 'dimension'>, source: ReportSource): Cut[] {
  const of = (figures: ReportFigures, value: string) => figures.by[dimension]?.[value]?.received ?? 0;
  return largest({ dimension }, source)
    .map((cut) => ({ cut, now: of(source.now, cut.value), before: of(source.lastYear, cut.value) }))
    .filter(({ now, before }) => now > before && before >= FEWEST_FOR_RISE)
    .filter(({ now, before }) => (now - before) ** 2 > RISE_BEYOND_CHANCE * (now + before))
    .toSorted((a, b) => b.now / b.before - a.now / a.before)
    .map(({ cut }) => cut);
}

/** Units compared, as the roll-ups of fair.ts. */
export function comparedUnits(id: IndicatorId, source: ReportSource) {
  const rollUpOf = (unit: string, { counts, by }: ReportFigures): RollUp => ({
    ...emptyRollUp(unit, ''),
    totals: counts,
    by,
  });
  return compareUnits(
    id,
    rollUpOf(source.unit.code, source.now),
    source.units.map(({ code, figures }) => rollUpOf(code, figures)),
  );
}
