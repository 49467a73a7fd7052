import { marshall } from '@aws-sdk/util-dynamodb';
import { showFigures } from '../../functions/figures-api/figures.ts';
import type { Case } from '../../shared/case/case.ts';
import type { Step } from '../../shared/case/take-step.ts';
import { addDays, type LocalDate, lastDayOf } from '../../shared/dates.ts';
import { withoutZeros } from '../../shared/statistics/counters.ts';
import {
  allEntriesOf,
  entriesOf,
  type LedgerEntry,
  liveIncrementsOf,
} from '../../shared/statistics/ledger.ts';
import { type RollUp, rollUpDay, rollUpPeriod } from '../../shared/statistics/roll-up.ts';
import { caseItem, eventItem, indexAttributes } from '../../shared/store/case-items.ts';
import { createMemoryCaseStore } from '../../shared/store/memory-case-store.ts';
import {
  entryItem,
  rollUpItems,
  SHARDS,
  STATISTICS_SCHEMA,
  statisticsKeyOf,
} from '../../shared/store/statistics-items.ts';
import { PROBLEMS, SUBJECTS } from '../../shared/understanding/understanding.ts';
import { calendar, follow, MONDAY, registryOf, STATION_A1, stepsTo } from '../unit/support.ts';

/*
 * What figures cost in DynamoDB's units, worked out from the items that the stores really write and the keys they
 * really read: DynamoDB Local does not count transactions rightly.
 */

const TODAY = '2026-11-30';
const SIZES = [1_000, 10_000, 100_000] as const;
const STATES = ['published', 'settled', 'refused-told', 'terminated-told', 'distributed'] as const;
const COUNTIES = 10;
const STATIONS = 4;

/** Size of an item as DynamoDB counts it. */
function bytesOf(item: Record<string, unknown>): number {
  const size = (value: unknown): number => {
    const [[type, content] = ['', undefined]] = Object.entries(value as Record<string, unknown>);
    switch (type) {
      case 'S':
        return Buffer.byteLength(content as string);
      case 'N':
        return Math.ceil((content as string).replace(/[-.]/g, '').length / 2) + 1;
      case 'B':
        return (content as Uint8Array).byteLength;
      case 'L':
        return 3 + (content as unknown[]).reduce<number>((sum, one) => sum + 1 + size(one), 0);
      case 'M':
        return (
          3 +
          Object.entries(content as object).reduce(
            (sum, [name, one]) => sum + 1 + Buffer.byteLength(name) + size(one),
            0,
          )
        );
      default:
        return 1;
    }
  };
  return Object.entries(marshall(item, { removeUndefinedValues: true })).reduce(
    (sum, [name, value]) => sum + Buffer.byteLength(name) + size(value),
    0,
  );
}
const writeUnits = (item: Record<string, unknown>) => Math.ceil(bytesOf(item) / 1024);
/** Eventually consistent: half a unit for each 4 KB. */
const readUnits = (bytes: number) => Math.max(0.5, Math.ceil(bytes / 4096) / 2);

/** Write units of one step on a case: case and event in a transaction (twice), and what the indexes are changed by. */
function unitsOfStep({ after, event }: Step, before: Case | undefined): number {
  const item = caseItem(after);
  const inTransaction = 2 * (writeUnits(item) + writeUnits(eventItem(event)));
  const [was, is] = [before === undefined ? {} : indexAttributes(before), indexAttributes(after)];
  const changes = (keys: readonly string[], size: number, everything: boolean) => {
    const [had, has] = [
      keys.every((key) => was[key] !== undefined),
      keys.every((key) => is[key] !== undefined),
    ];
    const same = keys.every((key) => was[key] === is[key]);
    if (had && has && same) return everything ? size : 0;
    return (had ? size : 0) + (has ? size : 0);
  };
  return (
    inTransaction +
    changes(['deskUnit', 'deskOrder'], writeUnits(item), true) +
    changes(['bureau', 'deskOrder'], 1, true) +
    changes(['untriaged', 'untriagedSince'], 1, false) +
    changes(['watchBureau'], 1, after.watchAt !== before?.watchAt)
  );
}

/** Write units of counting its event: entries and counters in a transaction. */
function unitsOfCounting(entries: readonly LedgerEntry[]): number {
  const counters = liveIncrementsOf(entries)
    .map((line) => ({ ...line, counts: withoutZeros(line.counts) }))
    .filter(({ counts }) => Object.keys(counts).length > 0)
    .map(({ unit, day }) => `${unit} ${day}`);
  // The bureau's day is written in any case: that its ledger has grown.
  const items = new Set([...counters, ...entries.map(({ units, day }) => `${units[0]} ${day}`)]);
  // An item of a busy day holds every counter.
  const counter = 1;
  return (
    entries.reduce((sum, entry) => sum + 2 * writeUnits(entryItem(1, entry)), 0) + 2 * counter * items.size
  );
}

/** Ways of a case, each with what the triage read in its words: the class moves all that was counted before. */
const WAYS: Readonly<Record<string, () => Step[]>> = {
  ...Object.fromEntries(STATES.map((state) => [state, () => stepsTo(state, 1)])),
  'returned and handed elsewhere': () =>
    follow(stepsTo('distributed', 1), [
      ['assign', { officer: 'officer-a1' }],
      ['return', { reason: 'not-competent' }],
      ['distribute', { unit: '33021201' }],
      'accept',
    ]),
  'report decided': () => stepsTo('decided', 1, MONDAY, 'report'),
};
const UNDERSTOOD = {
  kind: { value: 'complaint', confidence: 0.97, spans: [] },
  problem: { value: PROBLEMS[0], confidence: 0.91, spans: [{ start: 4, end: 9 }] },
  subject: { value: SUBJECTS[0], confidence: 0.88, spans: [{ start: 0, end: 4 }] },
  division: { code: '330203', candidates: ['330203'], confidence: 0.99 },
};

/** What each way of a case costs to write, and to count, event by event. */
function writing() {
  const ways = Object.entries(WAYS).map(([way, walk]) => {
    const steps = walk().map(({ after, event }) => ({
      after,
      event:
        event.type === 'distributed'
          ? { ...event, facts: { ...event.facts, understood: UNDERSTOOD } }
          : event,
    }));
    const history = steps.map(({ event }) => event);
    const events = steps.map((step, index) => {
      const ofCase = unitsOfStep(step, steps[index - 1]?.after);
      const ofFigures = unitsOfCounting(entriesOf(history.slice(0, index + 1)));
      return { event: step.event.type, case: ofCase, figures: ofFigures, ratio: round2(ofFigures / ofCase) };
    });
    const sum = (side: 'case' | 'figures') => events.reduce((all, one) => all + one[side], 0);
    const largest = events.toSorted((a, b) => b.ratio - a.ratio)[0];
    return {
      way,
      case: sum('case'),
      figures: sum('figures'),
      ratio: round2(sum('figures') / sum('case')),
      largest,
    };
  });
  return { ways, largestRatio: Math.max(...ways.map(({ largest }) => largest?.ratio ?? 0)) };
}

/** The entries of a day of a bureau with so many cases a year: cases like ours, at its stations, of all classes. */
function* entriesOfDay(day: LocalDate, cases: number, random: () => number): Generator<LedgerEntry> {
  const pick = <T>(list: readonly T[]): T => list[Math.floor(random() * list.length)] as T;
  for (let index = 0; index < cases; index += 1) {
    const template = pick(TEMPLATES);
    const county = `3302${String(Math.floor(random() * COUNTIES) + 1).padStart(2, '0')}`;
    const station = `${county}0${Math.floor(random() * STATIONS) + 1}`;
    const place = (node: string) =>
      node === STATION_A1[1] ? county : node === STATION_A1[2] ? station : node;
    const dimensions = {
      kind: 'complaint' as const,
      channel: pick(['web', 'sms', 'phone', 'hotline-12345'] as const),
      problem: pick(PROBLEMS),
      subject: pick(SUBJECTS),
      division: county,
    };
    for (const entry of template) {
      yield {
        ...entry,
        day,
        units: entry.units.map(place),
        lines: entry.lines.map((line) => ({
          ...line,
          dimensions,
          path: line.path.map(place),
          counted: line.counted.map(place),
        })),
      };
    }
  }
}
const TEMPLATES = STATES.map((state) => allEntriesOf(stepsTo(state, 1).map(({ event }) => event)));

/** A small generator of even numbers, so that every run measures the same year (mulberry32). */
function seeded(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** Read units of the dashboard of a bureau with so many cases in two years behind it. */
async function reading(cases: number) {
  const random = seeded(cases);
  const bureau = '330200';
  const days = new Map<string, RollUp>();
  let open = 0;
  for (let day = '2024-11-01'; day <= TODAY; day = addDays(day, 1)) {
    open += cases / 365;
    const whole = Math.floor(open);
    open -= whole;
    const mine = rollUpDay(day, entriesOfDay(day, whole, random)).find(({ unit }) => unit === bureau);
    if (mine !== undefined) days.set(day, mine);
  }
  const months = new Map<string, RollUp>();
  for (const [name, parts] of Map.groupBy(days, ([day]) => day.slice(0, 7))) {
    const upTo = name === TODAY.slice(0, 7) ? addDays(TODAY, -1) : lastDayOf(name);
    const past = parts.filter(([day]) => day < TODAY).map(([, one]) => one);
    months.set(name, { ...rollUpPeriod(bureau, name, past), upTo });
  }

  let units = 0;
  let largest = 0;
  const itemsOf = (rollUp: RollUp) => rollUpItems(1, rollUp).map(bytesOf);
  const between = (from: string, to: string) =>
    [...(from.length === 7 ? months : days)]
      .filter(([name]) => name >= from && name <= to)
      .map(([, one]) => one);
  const statistics = {
    async rollUpsOf(_: string, names: readonly string[], cuts?: 'with-cuts') {
      const found = names.flatMap((name) => months.get(name) ?? days.get(name) ?? []);
      const read = found.flatMap((one) => itemsOf(one).slice(0, cuts === undefined ? 1 : 2));
      largest = Math.max(largest, ...read);
      units += read.reduce((sum, bytes) => sum + readUnits(bytes), 0);
      // An item that is not there costs as much as a small one.
      units += 0.5 * (names.length * (cuts === undefined ? 1 : 2) - read.length);
      return found.map((one) => (cuts === undefined ? { ...one, by: {} } : one));
    },
    async rollUps(_: string, from: string, to: string) {
      const found = between(from, to);
      units += readUnits(found.flatMap(itemsOf).reduce((sum, one) => sum + one, 0));
      return found;
    },
    async countsOfDay() {
      const counts = days.get(TODAY)?.totals ?? {};
      const item = {
        ...statisticsKeyOf.counts(1, bureau, TODAY, 0),
        unit: bureau,
        day: TODAY,
        entity: 'counts',
        generation: 1,
        schemaVersion: STATISTICS_SCHEMA,
        ...counts,
      };
      units += SHARDS * readUnits(bytesOf(item));
      return counts;
    },
    async *entries() {},
  };
  const began = performance.now();
  await showFigures(
    { month: TODAY.slice(0, 7) },
    { id: 'manager', role: 'manager', unit: bureau },
    {
      statistics,
      cases: createMemoryCaseStore(),
      registry: registryOf(),
      calendar: { read: async () => calendar },
      now: () => new Date(`${TODAY}T02:00:00.000Z`),
    },
  );
  return { cases, readUnits: units, largestItemBytes: largest, computeMs: round2(performance.now() - began) };
}

/** What figures cost: read units of a dashboard by cases behind it, write units of counting by those of the case. */
export async function figures() {
  return {
    dashboard: await inTurn(SIZES, reading),
    counting: writing(),
  };
}

async function inTurn<T, R>(list: readonly T[], work: (one: T) => Promise<R>): Promise<R[]> {
  const results: R[] = [];
  for (const one of list) results.push(await work(one));
  return results;
}

const round2 = (value: number) => Math.round(value * 100) / 100;
