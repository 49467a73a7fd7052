import type { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { releaseOpenData } from '../../../functions/release-open-data/release.ts';
import { rollUp } from '../../../functions/roll-up-statistics/roll-up.ts';
import { newsIn } from '../../../shared/businesses/news.ts';
import { businessKey } from '../../../shared/case/lookup-keys.ts';
import type { Step } from '../../../shared/case/take-step.ts';
import type { Clock, LocalDate } from '../../../shared/dates.ts';
import type { Registry } from '../../../shared/jurisdiction/registry.ts';
import { openRow } from '../../../shared/open-data/row.ts';
import { readPublicCase } from '../../../shared/open311/read-public-case.ts';
import { add, type Counts } from '../../../shared/statistics/counters.ts';
import { allEntriesOf, type LedgerEntry, liveIncrementsOf } from '../../../shared/statistics/ledger.ts';
import type { RollUp } from '../../../shared/statistics/roll-up.ts';
import { createDynamoDbBusinessStore } from '../../../shared/store/business-store.ts';
import {
  caseItem,
  eventItem,
  identityItem,
  keyOf,
  lookupItem,
  lookupsOf,
  newsItems,
} from '../../../shared/store/case-items.ts';
import { createDynamoDbStatisticsStore } from '../../../shared/store/dynamodb-statistics-store.ts';
import { createDynamoDbOpenDataStore, stagedItem } from '../../../shared/store/open-data-store.ts';
import { publicCaseItem } from '../../../shared/store/public-case-store.ts';
import {
  entryItem,
  rollUpItems,
  STATISTICS_SCHEMA,
  shardOf,
  statisticsKeyOf,
} from '../../../shared/store/statistics-items.ts';
import type { RolledDay } from '../../../shared/store/statistics-store.ts';
import { createBulkWriter } from './bulk-writer.ts';
import type { MadeCase } from './make-cases.ts';

/** The tables that cases are written to. */
export interface Tables {
  Cases: string;
  Identities: string;
  Informers: string;
  Registry: string;
  Statistics: string;
  PublicCases: string;
}

/** What was written. */
export interface Filled {
  cases: number;
  events: number;
  items: number;
  states: Readonly<Record<string, number>>;
}

/** A new database has this one generation of figures. */
const GENERATION = 1;

export interface Filling {
  client: DynamoDBDocumentClient;
  tables: Tables;
  registry: Registry;
  now: Clock;
  onCase?: () => void;
  /** Called when cases are written, and the figures of the days begin. */
  onFigures?: () => void;
}

/**
 * Writes cases with all that the system keeps of them: history, people and lookups, ledger, counters and roll-ups, what
 * Open311 shows, the first release of open data. Past the stores and their conditions: the tables must hold no cases.
 */
export async function fill(cases: Iterable<MadeCase>, filling: Filling): Promise<Filled> {
  const { tables, registry, now } = filling;
  const writer = createBulkWriter(filling.client);
  const figures = createFigures();
  const states: Record<string, number> = {};
  let count = 0;
  let events = 0;
  for (const made of cases) {
    const { after } = made.steps.at(-1) as Step;
    const history = made.steps.map(({ event }) => event);
    const people = after.kind === 'report' ? tables.Informers : tables.Identities;
    const entries = allEntriesOf(history);
    figures.add(entries);
    await writer.put(tables.Cases, caseItems(made.steps));
    await writer.put(people, peopleItems(made));
    await writer.put(
      tables.Statistics,
      entries.map((entry) => entryItem(GENERATION, entry)),
    );
    await writer.put(tables.PublicCases, await publicItems(made.steps, registry, now().toISOString()));
    count += 1;
    events += history.length;
    const state = `${after.kind} ${after.state}`;
    states[state] = (states[state] ?? 0) + 1;
    filling.onCase?.();
  }
  filling.onFigures?.();
  await writer.put(tables.Statistics, figures.counters());
  await rollUp(
    { everything: true },
    {
      statistics: figures.rollingUp((items) => writer.put(tables.Statistics, items)),
      registry: { read: async () => registry },
      bureau: registry.bureau,
      now,
      hasTime: () => true,
    },
  );
  const items = await writer.finish();
  await releaseOpenData({
    openData: createDynamoDbOpenDataStore(filling.client, tables.PublicCases),
    businesses: createDynamoDbBusinessStore(filling.client, tables.Registry, registry.bureau),
    statistics: createDynamoDbStatisticsStore(filling.client, tables.Statistics),
    registry: { read: async () => registry },
    now,
  });
  return { cases: count, events, items, states };
}

function caseItems(steps: readonly Step[]) {
  const { after } = steps.at(-1) as Step;
  const business = businessKey(steps[0]?.after.complaint.business.name);
  const { number, kind } = after;
  return [
    caseItem(after),
    ...steps.map(({ event }) => eventItem(event)),
    ...newsItems(newsIn(steps)),
    ...(kind !== 'complaint' || business === undefined
      ? []
      : [{ ...keyOf.business(business, number), ...lookupItem(number) }]),
  ];
}

function peopleItems({ steps, identity }: MadeCase) {
  const [first] = steps;
  if (identity === undefined || first === undefined) return [];
  const { number, kind } = first.after;
  return [identityItem(number, identity), ...lookupsOf(number, kind, identity)];
}

/** What strangers may read, and what waits to become open data. */
async function publicItems(steps: readonly Step[], registry: Registry, now: string) {
  const { after } = steps.at(-1) as Step;
  const history = steps.map(({ event }) => event);
  const publication = await readPublicCase(after.number, {
    cases: { case: async () => after, history: async () => history },
    registry: { read: async () => registry },
  });
  const row = openRow(after, history);
  const { number, version } = after;
  return [
    ...(publication?.shown === undefined ? [] : [publicCaseItem(publication, now)]),
    ...(row === undefined ? [] : [stagedItem({ number, version, row }, now)]),
  ];
}

/** Ledger of all days in memory, from which counters and roll-ups are made as the system makes them. */
function createFigures() {
  const days = new Map<LocalDate, LedgerEntry[]>();
  const counters = new Map<
    string,
    { unit: string; day: string; shard?: number; counts: Counts; entries: number }
  >();
  const count = (unit: string, day: string, shard: number | undefined, counts: Counts, entries: number) => {
    const key = `${unit} ${day} ${shard ?? ''}`;
    const before = counters.get(key);
    counters.set(key, {
      unit,
      day,
      ...(shard === undefined ? {} : { shard }),
      counts: add(before?.counts ?? {}, counts),
      entries: (before?.entries ?? 0) + entries,
    });
  };
  return {
    add(entries: readonly LedgerEntry[]) {
      const bureau = entries[0]?.units[0];
      const shard = shardOf(entries[0]?.number ?? '');
      for (const { unit, day, counts } of liveIncrementsOf(entries)) {
        count(unit, day, unit === bureau ? shard : undefined, counts, 0);
      }
      for (const entry of entries) {
        count(entry.units[0] ?? '', entry.day, shard, {}, 1);
        const ofDay = days.get(entry.day);
        if (ofDay === undefined) days.set(entry.day, [entry]);
        else ofDay.push(entry);
      }
    },
    counters: () =>
      [...counters.values()].map(({ unit, day, shard, counts, entries }) => ({
        ...statisticsKeyOf.counts(GENERATION, unit, day, shard),
        unit,
        day,
        entity: 'counts',
        generation: GENERATION,
        schemaVersion: STATISTICS_SCHEMA,
        ...counts,
        ...(entries > 0 ? { entries } : {}),
      })),
    /** What the roll-up asks of its store, answered from memory. */
    rollingUp(put: (items: Record<string, unknown>[]) => Promise<void>) {
      const rolled = new Map<string, Map<string, RollUp>>();
      const between = (unit: string, from: string, to: string) =>
        [...(rolled.get(unit)?.values() ?? [])].filter(
          ({ period }) => period.length === from.length && period >= from && period <= to,
        );
      return {
        async *entries(day: LocalDate) {
          yield* days.get(day) ?? [];
        },
        revisions: async () => [...days].map(([day, { length }]) => ({ day, entries: length })),
        rolledUp: async () => [],
        rollUps: async (unit: string, from: string, to: string) => between(unit, from, to),
        rollUpsOf: async () => [],
        async putRollUps(rollUps: readonly RollUp[]) {
          for (const one of rollUps) {
            const ofUnit = rolled.get(one.unit) ?? new Map<string, RollUp>();
            rolled.set(one.unit, ofUnit.set(one.period, one));
          }
          await put(rollUps.flatMap((one) => rollUpItems(GENERATION, one)));
        },
        async markRolled(bureau: string, one: RolledDay) {
          const key = statisticsKeyOf.rolled(GENERATION, bureau, one.day);
          const head = { entity: 'rolled', generation: GENERATION, schemaVersion: STATISTICS_SCHEMA };
          await put([{ ...key, ...head, ...one }]);
        },
      };
    },
  };
}
