import type * as z from 'zod';
import type { figureCasesQuery } from '../../events/figures.ts';
import { addDays, type LocalDate, shanghaiDate } from '../../shared/dates.ts';
import { Problem } from '../../shared/http/problem.ts';
import type { Answer } from '../../shared/http/stack.ts';
import { seesSealedFigures, viewOf } from '../../shared/people/access.ts';
import type { Staff } from '../../shared/people/roles.ts';
import {
  COUNTER_DEFINITIONS,
  type Counter,
  type Counts,
  SEALED_COUNTERS,
} from '../../shared/statistics/counters.ts';
import { countersOf, INDICATOR_IDS, indicator } from '../../shared/statistics/indicators.ts';
import { allEntriesOf, type LedgerEntry, type LedgerLine } from '../../shared/statistics/ledger.ts';
import type { RolledDimension } from '../../shared/statistics/roll-up.ts';
import { type FiguresDependencies, periodOf, placeOf } from './figures.ts';

/** A line that a figure is made of. */
interface Hit {
  entry: LedgerEntry;
  line: LedgerLine;
  value: number;
}

/** Days that are looked at for one page: a rare counter over a year is asked for page by page. */
const DAYS_A_PAGE = 62;
/** Of them so many ledgers with something in them are read, some hundred read units each at a city: the rest is the next page. */
const LEDGERS_A_PAGE = 3;

/** The cases behind a figure: what each step added to it, the latest day first. */
export async function showCasesBehind(
  query: z.output<typeof figureCasesQuery>,
  staff: Staff,
  deps: FiguresDependencies,
): Promise<Answer> {
  const place = placeOf(query.unit, staff, await deps.registry.read());
  if (SEALED_COUNTERS.has(query.counter) && !seesSealedFigures(staff)) throw new Problem('forbidden');
  const { from, to } = periodOf(query, shanghaiDate(deps.now()));
  const [start = to, skipped = '0'] = query.next?.split(' ') ?? [];

  const hits: Hit[] = [];
  let next: string | undefined;
  let skip = Number(skipped);
  const earliest = addDays(start, 1 - DAYS_A_PAGE);
  const knownOf = await knownDays(
    place.code,
    { from: from > earliest ? from : earliest, to: start },
    query,
    deps,
  );
  let ledgers = 0;
  for (let day = start; day >= from; day = addDays(day, -1)) {
    if (day < earliest || ledgers === LEDGERS_A_PAGE) {
      next = `${day} 0`;
      break;
    }
    const known = knownOf(day);
    if (known === 'nothing') continue;
    if (known === 'something') ledgers += 1;
    const ofDay = (await hitsOf(day, place.code, place.path, query, deps)).slice(skip);
    const room = query.limit - hits.length;
    hits.push(...ofDay.slice(0, room));
    if (ofDay.length > room) {
      next = `${day} ${skip + room}`;
      break;
    }
    skip = 0;
  }

  const { zh, en } = COUNTER_DEFINITIONS[query.counter];
  const numbers = [...new Set(hits.map(({ entry }) => entry.number))];
  const found = new Map((await deps.cases.cases(numbers)).map((one) => [one.number, one]));
  const lines = hits.flatMap(({ entry: { number, version, day, on, at }, value }) => {
    const its = found.get(number);
    const view = its === undefined ? 'none' : viewOf(its, staff);
    if (its === undefined || view === 'none') return [];
    const state = view === 'full' ? its.state : null;
    return [{ number, version, day, on, at, value, takenBack: value < 0, state }];
  });
  return {
    status: 200,
    body: {
      counter: { id: query.counter, zh, en },
      lines,
      ...(next === undefined ? {} : { next }),
      sealed: hits.length - lines.length,
    },
  };
}

/**
 * What the roll-ups of days say about what is asked for: where they count nothing the ledger need not be read. A day that
 * was not rolled up yet is read; what came since the last roll-up, some minutes ago, follows with the next.
 */
async function knownDays(
  node: string,
  { from, to }: { from: LocalDate; to: LocalDate },
  { counter, by, value = '' }: z.output<typeof figureCasesQuery>,
  { statistics, now }: FiguresDependencies,
): Promise<(day: LocalDate) => 'nothing' | 'something' | 'not-rolled'> {
  const today = shanghaiDate(now());
  const rolled = new Map((await statistics.rollUps(node, from, to)).map((one) => [one.period, one]));
  return (day) => {
    const ofDay = rolled.get(day);
    // Of today the counters are live, and their roll-up is behind.
    if (ofDay === undefined || day >= today) return 'not-rolled';
    if (ofDay.totals[counter] === undefined) return 'nothing';
    const cuts: Readonly<Record<string, Counts>> =
      by === undefined ? {} : (ofDay.by[by as RolledDimension] ?? {});
    // Not every counter is cut by everything: only where it is, a value that is missing says nothing was there.
    const isCut = Object.values(cuts).some((counts) => counts[counter] !== undefined);
    return isCut && cuts[value]?.[counter] === undefined ? 'nothing' : 'something';
  };
}

async function hitsOf(
  day: LocalDate,
  node: string,
  units: readonly string[],
  { counter, by, value }: z.output<typeof figureCasesQuery>,
  { statistics }: FiguresDependencies,
): Promise<Hit[]> {
  const entries = await Array.fromAsync(statistics.entries(day, units, counter));
  return entries
    .toSorted((a, b) => (a.at < b.at ? 1 : -1))
    .flatMap((entry) =>
      entry.lines
        .filter(({ counted, counts }) => counted.includes(node) && counts[counter] !== undefined)
        .filter(({ dimensions }) => by === undefined || dimensions[by] === value)
        .map((line) => ({ entry, line, value: line.weight * (line.counts[counter] ?? 0) })),
    );
}

/** The figures that a case counts in: each line it wrote, and the indicators it moves. */
export async function showFiguresOfCase(
  number: string,
  staff: Staff,
  deps: FiguresDependencies,
): Promise<Answer> {
  const [found] = await deps.cases.cases([number]);
  if (found === undefined || viewOf(found, staff) !== 'full') throw new Problem('not-found');
  const entries = allEntriesOf(await deps.cases.history(number));
  const lines = entries.flatMap(({ version, day, on, lines: its }) =>
    its.flatMap(({ counted, counts, weight }) =>
      (Object.entries(counts) as [Counter, number][]).map(([id, value]) => ({
        version,
        day,
        on,
        units: [...counted],
        value: weight * value,
        counter: wordsOf(id),
        indicators: INDICATOR_IDS.filter((one) => countersOf(one).includes(id)).map((one) => {
          const { zh, en } = indicator(one);
          return { id: one, zh, en };
        }),
      })),
    ),
  );
  const dimensions = entries.at(-1)?.lines.at(-1)?.dimensions ?? {};
  return { status: 200, body: { number, dimensions, lines } };
}

function wordsOf(id: Counter) {
  const { zh, en } = COUNTER_DEFINITIONS[id];
  return { id, zh, en };
}
