import type * as z from 'zod';
import type { figureUnitsQuery } from '../../events/figures.ts';
import { shanghaiDate } from '../../shared/dates.ts';
import type { Answer } from '../../shared/http/stack.ts';
import { seesSealedFigures } from '../../shared/people/access.ts';
import type { Staff } from '../../shared/people/roles.ts';
import { SEALED_COUNTERS } from '../../shared/statistics/counters.ts';
import { compareUnits } from '../../shared/statistics/fair.ts';
import { countersOf, INDICATOR_IDS, indicator, valueOf } from '../../shared/statistics/indicators.ts';
import { readPeriod } from '../../shared/store/read-period.ts';
import { type FiguresDependencies, periodOf, placeOf, shownPlace } from './figures.ts';

/** The units right below one, compared by every rate, each against what its mix of problems lets expect. */
export async function showUnits(
  query: z.output<typeof figureUnitsQuery>,
  staff: Staff,
  deps: FiguresDependencies,
): Promise<Answer> {
  const registry = await deps.registry.read();
  const place = placeOf(query.unit, staff, registry);
  const today = shanghaiDate(deps.now());
  const period = periodOf(query, today);
  const below = registry.units.filter(({ parent }) => parent === place.code);
  const { statistics } = deps;
  const read = async (unit: string) => {
    const asked = { unit, bureau: registry.bureau, today, statistics };
    return (await readPeriod(asked, period, { cuts: true })).rollUp;
  };
  const [whole, ...parts] = await Promise.all([read(place.code), ...below.map(({ code }) => read(code))]);
  const names = new Map(below.map(({ code, name }) => [code, name]));
  const ids = INDICATOR_IDS.filter(
    (id) =>
      indicator(id).formula.of === 'rate' &&
      (seesSealedFigures(staff) || !countersOf(id).some((counter) => SEALED_COUNTERS.has(counter))),
  );
  return {
    status: 200,
    body: {
      unit: shownPlace(place),
      ...period,
      indicators: ids.map((id) => ({
        id,
        zh: indicator(id).zh,
        en: indicator(id).en,
        overall: valueOf(id, { counts: whole?.totals ?? {} }).value,
        units:
          whole === undefined
            ? []
            : compareUnits(id, whole, parts).map(({ unit, ...one }) => ({
                code: unit,
                name: names.get(unit) ?? unit,
                ...one,
              })),
      })),
    },
  };
}
