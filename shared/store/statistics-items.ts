import { gunzipSync, gzipSync } from 'node:zlib';
import * as z from 'zod';
import { CHANNELS, type Channel, KINDS, type Kind } from '../case/case.ts';
import { COUNTERS, type Counts, type Increment } from '../statistics/counters.ts';
import type { LedgerEntry } from '../statistics/ledger.ts';
import { ROLLED, type RollUp } from '../statistics/roll-up.ts';
import type { RolledDay } from './statistics-store.ts';

/*
 * What lies in the statistics table. Every key begins with its generation, so that figures can be built anew beside
 * those that are read. Counters that a newer version wrote are dropped by an older one, not refused.
 */

export const STATISTICS_SCHEMA = 2;

const counts = z
  .record(z.string(), z.number().int())
  .transform(
    (all): Counts => Object.fromEntries(COUNTERS.flatMap((name) => (name in all ? [[name, all[name]]] : []))),
  );
const optional = z.string().optional();
const dimensions = z.object({
  kind: z.enum(Object.keys(KINDS) as [Kind, ...Kind[]]),
  channel: z.enum(Object.keys(CHANNELS) as [Channel, ...Channel[]]),
  problem: optional,
  subject: optional,
  division: optional,
  business: optional,
  grade: optional,
});
const storedEntry = z.object({
  event: z.string(),
  number: z.string(),
  version: z.number().int(),
  at: z.string(),
  on: z.string(),
  day: z.string(),
  units: z.array(z.string()),
  lines: z.array(
    z.object({
      path: z.array(z.string()),
      counted: z.array(z.string()),
      weight: z.literal([1, -1]),
      counts,
      dimensions,
    }),
  ),
});
const histogram = z.record(z.string(), z.number().int()).default({});
const cuts = z.partialRecord(z.enum(ROLLED), z.record(z.string(), counts));
const storedRollUp = z.object({
  unit: z.string(),
  period: z.string(),
  totals: counts,
  upTo: optional,
  closeDays: histogram,
  responseHours: histogram,
});
const storedRolled = z.object({
  day: z.string(),
  entries: z.number().int(),
  units: z.array(z.string()),
  campaigns: optional,
});
const storedCounts = z.looseObject({ unit: z.string(), day: z.string() });
const storedGenerations = z.object({ live: z.number().int(), building: z.number().int().optional() });

/** A city's counters of a day are written by every event of it: four items share the load. */
export const SHARDS = 4;

export const shardOf = (text: string) =>
  Array.from(text, (sign) => sign.codePointAt(0) ?? 0).reduce((sum, code) => sum + code, 0) % SHARDS;

const CUTS = '#CUTS';

export const statisticsKeyOf = {
  /** Sorted by unit, so that a station's lines are read without those of its neighbours. */
  entry: (generation: number, { units, day, event }: Pick<LedgerEntry, 'units' | 'day' | 'event'>) => ({
    pk: `G${generation}#LEDGER#${units[0]}#${day}`,
    sk: `${units.join('/')}#${event}`,
  }),
  counts: (generation: number, unit: string, day: string, shard?: number) => ({
    pk: `G${generation}#UNIT#${unit}`,
    sk: shard === undefined ? `DAY#${day}` : `DAY#${day}#${shard}`,
  }),
  rollUp: (generation: number, unit: string, period: string) => ({
    pk: `G${generation}#ROLLUP#${unit}`,
    sk: period,
  }),
  cuts: (generation: number, unit: string, period: string) => ({
    pk: `G${generation}#ROLLUP#${unit}`,
    sk: `${period}${CUTS}`,
  }),
  rolled: (generation: number, bureau: string, day: string) => ({
    pk: `G${generation}#ROLLED#${bureau}`,
    sk: day,
  }),
  generations: { pk: 'GENERATIONS', sk: 'GENERATIONS' },
};

export const entryItem = (generation: number, entry: LedgerEntry) => ({
  ...statisticsKeyOf.entry(generation, entry),
  entity: 'entry',
  generation,
  schemaVersion: STATISTICS_SCHEMA,
  ...entry,
});

/**
 * A roll-up is two items: totals and spans, some 2 KB whatever it sums up, and its cuts, packed. Whoever compares
 * months reads the first only.
 */
export function rollUpItems(generation: number, { by, ...rollUp }: RollUp): Record<string, unknown>[] {
  const key = statisticsKeyOf.rollUp(generation, rollUp.unit, rollUp.period);
  const head = { generation, schemaVersion: STATISTICS_SCHEMA };
  return [
    { ...key, entity: 'rollup', ...head, ...rollUp },
    {
      ...statisticsKeyOf.cuts(generation, rollUp.unit, rollUp.period),
      entity: 'cuts',
      ...head,
      packed: gzipSync(JSON.stringify(by)),
    },
  ];
}

/** Roll-ups out of their items, in the order of their periods; cuts that were not read are none. */
export function parseRollUps(items: readonly Record<string, unknown>[]): RollUp[] {
  const packed = new Map(
    items
      .filter(({ entity }) => entity === 'cuts')
      .map(({ sk, packed: its }) => [String(sk), its as Uint8Array]),
  );
  return items
    .filter(({ entity }) => entity === 'rollup')
    .map((item) => {
      const its = packed.get(`${String(item.sk)}${CUTS}`);
      return {
        ...storedRollUp.parse(item),
        by: its === undefined ? {} : cuts.parse(JSON.parse(gunzipSync(its).toString())),
      };
    })
    .toSorted((a, b) => (a.period < b.period ? -1 : 1));
}

export const parseEntry = (item: unknown): LedgerEntry => storedEntry.parse(item);
export const parseRolled = (item: unknown): RolledDay => storedRolled.parse(item);
export const parseGenerations = (item: unknown) => storedGenerations.parse(item);

/** Counters of one item, and how many entries were added up in it. */
export function parseCounts(item: unknown): Increment & { entries: number } {
  const { unit, day, ...rest } = storedCounts.parse(item);
  const numbers = Object.fromEntries(
    Object.entries(rest).filter((pair): pair is [string, number] => typeof pair[1] === 'number'),
  );
  return { unit, day, counts: counts.parse(numbers), entries: numbers.entries ?? 0 };
}
