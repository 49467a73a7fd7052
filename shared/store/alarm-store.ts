import { gunzipSync, gzipSync } from 'node:zlib';
import {
  type DynamoDBDocumentClient,
  PutCommand,
  paginateQuery,
  QueryCommand,
  TransactWriteCommand,
} from '@aws-sdk/lib-dynamodb';
import * as z from 'zod';
import { addDays, type Instant, type LocalDate, shanghaiDate } from '../dates.ts';
import { type Alarm, alarmSchema } from '../early-warning/alarm.ts';
import {
  type PublishedWarning,
  publishedWarning,
  type WarningDraft,
  warningDraft,
} from '../early-warning/consumer-warning.ts';
import { type Signal, signalSchema } from '../early-warning/signal.ts';
import { cancellationReasons, onVersionBefore, putOnVersion } from './dynamodb.ts';

/** A draft with how often it was written, and the number under which it was published. */
export interface KeptDraft {
  draft: WarningDraft;
  version: number;
  published?: { year: string; serial: number } | undefined;
}

/** How far the SMS of a published warning have been handed to the queue. */
export interface Spreading {
  year: string;
  serial: number;
  version: number;
  /** Id of the last subscriber whose SMS the queue has; absent before the first. */
  after?: string | undefined;
  done: boolean;
}

/** Keeps signals by day, alarms, drafts and published warnings of one bureau. Nothing of any person. */
export interface AlarmStore {
  /** All signals of a day, replacing those that were kept before. */
  keepSignals(day: LocalDate, signals: readonly Signal[]): Promise<void>;
  /** Of each day that was kept; a day that is not in it was never looked at. */
  signals(from: LocalDate, to: LocalDate): Promise<Map<LocalDate, Signal[]>>;
  /** Alarms that began on this day or later, the oldest first. */
  alarms(from: LocalDate): Promise<Alarm[]>;
  alarm(id: string): Promise<Alarm | undefined>;
  /** Kept if it has not moved on since the version before; a conflict is a normal outcome: look again. */
  saveAlarm(alarm: Alarm): Promise<'saved' | 'conflict'>;
  draft(alarm: string): Promise<KeptDraft | undefined>;
  saveDraft(kept: KeptDraft): Promise<'saved' | 'conflict'>;
  /**
   * Publishes a draft under the next number of its year: without gaps or doubles, each draft once. A draft that was
   * published meanwhile, or written anew, is a conflict.
   */
  publish(kept: KeptDraft, by: string, at: Instant): Promise<PublishedWarning | 'conflict'>;
  /** Of one year, the latest first. */
  warnings(year: string, limit: number): Promise<PublishedWarning[]>;
  spreading(year: string, serial: number): Promise<Spreading | undefined>;
  saveSpreading(spreading: Spreading): Promise<'saved' | 'conflict'>;
}

const storedDraft = z.object({
  draft: warningDraft,
  version: z.number().int().positive(),
  published: z.object({ year: z.string(), serial: z.number().int() }).optional(),
});
const storedSpreading = z.object({
  year: z.string(),
  serial: z.number().int(),
  version: z.number().int().positive(),
  after: z.string().optional(),
  done: z.boolean(),
});
const storedSeries = z.object({ last: z.number().int().positive() });
const storedSignals = z.object({
  day: z.string(),
  index: z.number().int(),
  of: z.number().int(),
  signals: z.instanceof(Uint8Array),
});

/** Beginnings of the partition keys, for the rights of functions. */
export const EARLY_WARNING_KEYS = ['ALARMS#', 'SIGNALS#', 'WARNINGS#'] as const;
/** Signals are looked at for two months, and for the plan once more a year later. */
const SIGNALS_KEPT_DAYS = 430;
/** Signals of one item: 300 bytes each, a tenth of that gzipped; an item holds 400 KB. */
const SIGNALS_AN_ITEM = 2_000;
const DAY_SECONDS = 24 * 60 * 60;
/** Another publication may take the number at the same moment. */
const TRIES = 8;

const serialOf = (serial: number) => String(serial).padStart(6, '0');
const part = (index: number) => String(index).padStart(3, '0');

/** Keys of one bureau's items. */
function keysOf(bureau: string) {
  const warnings = `WARNINGS#${bureau}`;
  return {
    signals: (day: LocalDate, index: number) => ({
      pk: `SIGNALS#${bureau}`,
      sk: `DAY#${day}#${part(index)}`,
    }),
    // The id begins with its first day: alarms lie in the order in which they began.
    alarm: (id: string) => ({ pk: `ALARMS#${bureau}`, sk: `ALARM#${id}` }),
    draft: (alarm: string) => ({ pk: warnings, sk: `DRAFT#${alarm}` }),
    warning: (year: string, serial: number) => ({ pk: warnings, sk: `WARNING#${year}#${serialOf(serial)}` }),
    series: (year: string) => ({ pk: warnings, sk: `SERIES#${year}` }),
    spreading: (year: string, serial: number) => ({ pk: warnings, sk: `SPREAD#${year}#${serialOf(serial)}` }),
  };
}

const head = (entity: string) => ({ schemaVersion: 1, entity });

/** Alarms and warnings in the table of registers: they are what staff decided, and no event leads back to them. */
export function createDynamoDbAlarmStore(
  client: DynamoDBDocumentClient,
  table: string,
  bureau: string,
): AlarmStore {
  const keyOf = keysOf(bureau);
  // By a query: no function may get single items of the registry's table.
  const one = async ({ pk, sk }: { pk: string; sk: string }) => {
    const { Items = [] } = await client.send(
      new QueryCommand({
        TableName: table,
        KeyConditionExpression: 'pk = :pk AND sk = :sk',
        ExpressionAttributeValues: { ':pk': pk, ':sk': sk },
        ConsistentRead: true,
      }),
    );
    return Items[0];
  };
  const between = async (pk: string, from: string, to: string) => {
    const items: Record<string, unknown>[] = [];
    const pages = paginateQuery(
      { client },
      {
        TableName: table,
        KeyConditionExpression: 'pk = :pk AND sk BETWEEN :from AND :to',
        ExpressionAttributeValues: { ':pk': pk, ':from': from, ':to': to },
        ConsistentRead: true,
      },
    );
    for await (const page of pages) items.push(...(page.Items ?? []));
    return items;
  };
  const draftItem = (kept: KeptDraft) => ({
    ...keyOf.draft(kept.draft.alarm),
    ...head('warning-draft'),
    ...kept,
  });

  return {
    async keepSignals(day, signals) {
      const chunks = Array.from({ length: Math.ceil(signals.length / SIGNALS_AN_ITEM) || 1 }, (_, index) =>
        signals.slice(index * SIGNALS_AN_ITEM, (index + 1) * SIGNALS_AN_ITEM),
      );
      for (const [index, chunk] of chunks.entries()) {
        const Item = {
          ...keyOf.signals(day, index),
          ...head('signals'),
          day,
          index,
          of: chunks.length,
          signals: gzipSync(JSON.stringify(chunk)),
          expiresAt: Date.parse(`${addDays(day, SIGNALS_KEPT_DAYS)}T00:00:00Z`) / 1000 + DAY_SECONDS,
        };
        await client.send(new PutCommand({ TableName: table, Item }));
      }
    },

    async signals(from, to) {
      const { pk, sk } = keyOf.signals(from, 0);
      const days = new Map<LocalDate, Signal[]>();
      const parts = new Map<LocalDate, number>();
      for (const item of await between(pk, sk, `DAY#${to}#~`)) {
        const { day, index, of, signals } = storedSignals.parse(item);
        // The first part says how many there are: what a longer list has left behind is none of them.
        if (index === 0) parts.set(day, of);
        if (index < (parts.get(day) ?? 0)) days.set(day, [...(days.get(day) ?? []), ...unpacked(signals)]);
      }
      return days;
    },

    async alarms(from) {
      const first = keyOf.alarm(from.replaceAll('-', ''));
      return (await between(first.pk, first.sk, keyOf.alarm('~').sk)).map((item) => alarmSchema.parse(item));
    },

    async alarm(id) {
      const item = await one(keyOf.alarm(id));
      return item === undefined ? undefined : alarmSchema.parse(item);
    },

    saveAlarm: (alarm) =>
      putOnVersion(client, table, { ...keyOf.alarm(alarm.id), ...head('alarm'), ...alarm }),

    async draft(alarm) {
      const item = await one(keyOf.draft(alarm));
      return item === undefined ? undefined : storedDraft.parse(item);
    },

    saveDraft: (kept) => putOnVersion(client, table, draftItem(kept)),

    async publish(kept, by, at) {
      const year = shanghaiDate(at).slice(0, 4);
      for (let round = 0; round < TRIES; round += 1) {
        const series = await one(keyOf.series(year));
        const last = series === undefined ? 0 : storedSeries.parse(series).last;
        const serial = last + 1;
        const published: PublishedWarning = { ...kept.draft, year, serial, at, by };
        const version = kept.version + 1;
        const items = [
          { Item: draftItem({ ...kept, version, published: { year, serial } }), ...onVersionBefore(version) },
          {
            Item: { ...keyOf.series(year), ...head('warning-series'), last: serial },
            ...(last === 0
              ? { ConditionExpression: 'attribute_not_exists(pk)' }
              : {
                  ConditionExpression: '#last = :last',
                  ExpressionAttributeNames: { '#last': 'last' },
                  ExpressionAttributeValues: { ':last': last },
                }),
          },
          {
            Item: { ...keyOf.warning(year, serial), ...head('warning'), ...published },
            ConditionExpression: 'attribute_not_exists(pk)',
          },
          {
            Item: {
              ...keyOf.spreading(year, serial),
              ...head('warning-spread'),
              year,
              serial,
              version: 1,
              done: false,
            },
            ConditionExpression: 'attribute_not_exists(pk)',
          },
        ];
        try {
          await client.send(
            new TransactWriteCommand({
              TransactItems: items.map((item) => ({ Put: { TableName: table, ...item } })),
            }),
          );
          return published;
        } catch (error) {
          const reasons = cancellationReasons(error);
          if (reasons === undefined || reasons.includes('ValidationError')) throw error;
          if (reasons[0] === 'ConditionalCheckFailed') return 'conflict';
        }
      }
      return 'conflict';
    },

    async warnings(year, limit) {
      const { pk, sk } = keyOf.warning(year, 0);
      const { Items = [] } = await client.send(
        new QueryCommand({
          TableName: table,
          KeyConditionExpression: 'pk = :pk AND sk BETWEEN :from AND :to',
          ExpressionAttributeValues: { ':pk': pk, ':from': sk, ':to': `WARNING#${year}#~` },
          ScanIndexForward: false,
          Limit: limit,
          ConsistentRead: true,
        }),
      );
      return Items.map((item) => publishedWarning.parse(item));
    },

    async spreading(year, serial) {
      const item = await one(keyOf.spreading(year, serial));
      return item === undefined ? undefined : storedSpreading.parse(item);
    },

    saveSpreading: (spreading) =>
      putOnVersion(client, table, {
        ...keyOf.spreading(spreading.year, spreading.serial),
        ...head('warning-spread'),
        ...spreading,
      }),
  };
}

const unpacked = (packed: Uint8Array): Signal[] =>
  z.array(signalSchema).parse(JSON.parse(gunzipSync(packed).toString('utf8')));

/** The double: passes the same suite. */
export function createMemoryAlarmStore(): AlarmStore {
  const signals = new Map<LocalDate, Signal[]>();
  const alarms = new Map<string, Alarm>();
  const drafts = new Map<string, KeptDraft>();
  const warnings: PublishedWarning[] = [];
  const spreadings = new Map<string, Spreading>();
  const copy = <T>(value: T): T => JSON.parse(JSON.stringify(value)) as T;
  const save = <T extends { version: number }>(kept: Map<string, T>, key: string, value: T) => {
    if ((kept.get(key)?.version ?? 0) !== value.version - 1) return 'conflict' as const;
    kept.set(key, copy(value));
    return 'saved' as const;
  };
  const found = <T>(value: T | undefined) => (value === undefined ? undefined : copy(value));
  const spreadKey = ({ year, serial }: { year: string; serial: number }) => `${year}#${serial}`;

  return {
    async keepSignals(day, own) {
      signals.set(day, copy([...own]));
    },
    signals: async (from, to) =>
      new Map([...signals].filter(([day]) => day >= from && day <= to).map(([day, own]) => [day, copy(own)])),
    alarms: async (from) =>
      copy([...alarms.values()])
        .filter(({ id }) => id >= from.replaceAll('-', ''))
        .sort((one, other) => (one.id < other.id ? -1 : 1)),
    alarm: async (id) => found(alarms.get(id)),
    saveAlarm: async (alarm) => save(alarms, alarm.id, alarm),
    draft: async (alarm) => found(drafts.get(alarm)),
    saveDraft: async (kept) => save(drafts, kept.draft.alarm, kept),
    async publish(kept, by, at) {
      const year = shanghaiDate(at).slice(0, 4);
      const serial = 1 + Math.max(0, ...warnings.filter((one) => one.year === year).map((one) => one.serial));
      const next = { ...kept, version: kept.version + 1, published: { year, serial } };
      if (save(drafts, kept.draft.alarm, next) === 'conflict') return 'conflict';
      const published: PublishedWarning = { ...kept.draft, year, serial, at, by };
      warnings.push(copy(published));
      save(spreadings, spreadKey(published), { year, serial, version: 1, done: false });
      return published;
    },
    warnings: async (year, limit) =>
      copy(warnings.filter((one) => one.year === year))
        .sort((one, other) => other.serial - one.serial)
        .slice(0, limit),
    spreading: async (year, serial) => found(spreadings.get(spreadKey({ year, serial }))),
    saveSpreading: async (spreading) => save(spreadings, spreadKey(spreading), spreading),
  };
}
