import { createHash } from 'node:crypto';
import { gunzipSync, gzipSync } from 'node:zlib';
import { ConditionalCheckFailedException } from '@aws-sdk/client-dynamodb';
import {
  DeleteCommand,
  type DynamoDBDocumentClient,
  GetCommand,
  PutCommand,
  paginateQuery,
  TransactWriteCommand,
} from '@aws-sdk/lib-dynamodb';
import * as z from 'zod';
import type { CaseNumber } from '../case/case-number.ts';
import type { Instant } from '../dates.ts';
import type { BusinessAnswer } from '../open-data/business-answer.ts';
import type { BusinessResult } from '../open-data/business-results.ts';
import type { OpenFigure } from '../open-data/open-figures.ts';
import type { Release } from '../open-data/release.ts';
import type { OpenRow } from '../open-data/row.ts';
import type { OpenGroup, Overview } from '../open-data/shown.ts';
import { monthAfter } from '../statistics/periods.ts';
import { cancellationReasons, onVersionBefore } from './dynamodb.ts';

/** What may become open data of a case once it had this version; undefined: nothing. */
export interface Staging {
  number: CaseNumber;
  version: number;
  row: OpenRow | undefined;
}

/** What everybody may read, by its name. */
export interface OpenDocuments {
  overview: Overview;
  figures: OpenFigure[];
  businesses: BusinessResult[];
  /** Groups of one release. */
  [release: `rows/${string}`]: OpenGroup[];
}

/** What the public function reads. */
export interface OpenDataReader {
  document<Name extends keyof OpenDocuments>(name: Name): Promise<OpenDocuments[Name] | undefined>;
  /** What a business answered, by year. */
  shownAnswers(creditCode: string): Promise<ShownAnswer[]>;
}

interface ShownAnswer {
  year: string;
  text: string;
  at: Instant;
}

/** Keeps open data in two halves: what is staged and how it was grouped, with case numbers; and what everybody reads. */
export interface OpenDataStore extends OpenDataReader {
  /** An older version never replaces a newer one, also when the newer one showed nothing. */
  stage(staging: Staging, now: Instant): Promise<void>;
  /** What is staged of cases received in these months, both included, in any order. */
  staged(from: string, to: string): AsyncIterable<OpenRow>;
  /** Releases with their groups and members, in order. */
  releases(): Promise<Release[]>;
  putRelease(release: Release): Promise<void>;
  /** Removes a release, and what everybody reads of it. */
  removeRelease(month: string): Promise<void>;
  putDocument<Name extends keyof OpenDocuments>(name: Name, content: OpenDocuments[Name]): Promise<void>;

  answer(creditCode: string, year: string): Promise<BusinessAnswer | undefined>;
  /** Keeps an answer on the version before it; what is shown of it goes out in the same moment. */
  saveAnswer(answer: BusinessAnswer): Promise<'saved' | 'conflict'>;
  answers(): Promise<BusinessAnswer[]>;
}

/** How partition keys begin: the public function may read the first and nothing else. */
export const OPEN_DATA_KEYS = {
  open: 'OPENDATA#',
  staged: 'OPENSTAGE#',
  releases: 'OPENRELEASES#',
  answers: 'OPENANSWERS#',
} as const;
const SHOWN_ANSWERS = `${OPEN_DATA_KEYS.open}ANSWERS#`;
/** How sort keys begin. */
const RELEASE = 'RELEASE#';
const ANSWER = 'ANSWER#';
const YEAR = 'YEAR#';

const SCHEMA_VERSION = 1;
/** As for public cases: a hidden case leaves its version behind for a day. */
const HIDDEN_SECONDS = 24 * 60 * 60;
/** An item holds 400 KB. */
const LARGEST_PART = 350_000;

const storedRow = z.object({
  number: z.string(),
  business: z.string().nullable(),
  county: z.string().nullable(),
  subject: z.string().nullable(),
  problem: z.string().nullable(),
  received: z.string(),
  published: z.string(),
  outcome: z.enum(['settled', 'ended', 'other']),
  agreedFen: z.int(),
  provenFen: z.int(),
  days: z.enum(['0-7', '8-15', '16-30', '31-60', '61+']),
});
const sums = z.object({
  settled: z.int(),
  agreedFen: z.int(),
  provenFen: z.int(),
  largestAgreedFen: z.int(),
  largestProvenFen: z.int(),
});
const shown = storedRow
  .pick({ business: true, county: true, received: true, subject: true, problem: true })
  .extend({
    outcome: storedRow.shape.outcome.nullable(),
    days: storedRow.shape.days.nullable(),
    agreedFen: z.int().nullable(),
  });
const storedRelease = z.object({
  month: z.string(),
  madeOn: z.string(),
  changedOn: z.string(),
  groups: z.array(
    z.object({
      id: z.string(),
      gone: z.literal(true).optional(),
      members: z.array(z.string()),
      shown,
      sums,
    }),
  ),
});
const storedAnswer = z.object({
  creditCode: z.string(),
  year: z.string(),
  version: z.int().positive(),
  waiting: z.object({ text: z.string(), by: z.string(), at: z.string() }).optional(),
  shown: z.object({ text: z.string(), by: z.string(), at: z.string() }).optional(),
  declined: z.object({ why: z.string(), by: z.string(), at: z.string() }).optional(),
});
const storedShownAnswer = z.object({ year: z.string(), text: z.string(), at: z.string() });

type Item = Record<string, unknown>;

/** A case's month of receipt stands in its number: `261121-…`. */
const stagedAt = (number: CaseNumber) => ({
  pk: `${OPEN_DATA_KEYS.staged}20${number.slice(0, 2)}-${number.slice(2, 4)}`,
  sk: `CASE#${number}`,
});
const head = (entity: string) => ({ schemaVersion: SCHEMA_VERSION, entity });

/** What lies in the table of a case until it is let out. */
export function stagedItem({ number, version, row }: Staging, now: Instant): Item {
  return {
    ...stagedAt(number),
    ...head('open-row'),
    version,
    ...(row === undefined ? { expiresAt: Math.floor(Date.parse(now) / 1000) + HIDDEN_SECONDS } : { row }),
  };
}

/** A large value as packed parts: the first says how many, and all bear the hash of the whole. */
function partsOf(pk: string, sk: string, entity: string, value: unknown): Item[] {
  const bytes = gzipSync(JSON.stringify(value));
  const stamp = createHash('sha256').update(bytes).digest('hex');
  const parts = Math.max(1, Math.ceil(bytes.length / LARGEST_PART));
  return Array.from({ length: parts }, (_, at) => ({
    pk,
    sk: `${sk}#${String(at).padStart(3, '0')}`,
    ...head(entity),
    parts,
    stamp,
    packed: bytes.subarray(at * LARGEST_PART, (at + 1) * LARGEST_PART),
  }));
}

/** The value out of its parts; undefined where there is none, or a writer is between two of them. */
function valueOf(items: readonly Item[]): unknown {
  const [first] = items;
  if (first === undefined) return undefined;
  const own = items.slice(0, Number(first.parts)).filter(({ stamp }) => stamp === first.stamp);
  if (own.length !== Number(first.parts)) return undefined;
  return JSON.parse(gunzipSync(Buffer.concat(own.map(({ packed }) => packed as Uint8Array))).toString());
}

/** Both halves in the table of public cases, told apart by their keys. */
export function createDynamoDbOpenDataStore(client: DynamoDBDocumentClient, table: string): OpenDataStore {
  return createStore({
    async put(item) {
      await client.send(new PutCommand({ TableName: table, Item: item }));
    },
    async putNewer(item) {
      try {
        await client.send(
          new PutCommand({
            TableName: table,
            Item: item,
            ConditionExpression: 'attribute_not_exists(pk) OR #version <= :version',
            ExpressionAttributeNames: { '#version': 'version' },
            ExpressionAttributeValues: { ':version': item.version },
          }),
        );
      } catch (error) {
        // Somebody staged a newer version meanwhile: a normal outcome.
        if (!(error instanceof ConditionalCheckFailedException)) throw error;
      }
    },
    async putOnVersion(item, also) {
      const first = { Put: { TableName: table, Item: item, ...onVersionBefore(Number(item.version)) } };
      const second = also === undefined ? [] : [{ Put: { TableName: table, Item: also } }];
      try {
        await client.send(new TransactWriteCommand({ TransactItems: [first, ...second] }));
        return 'saved';
      } catch (error) {
        if (cancellationReasons(error) === undefined) throw error;
        return 'conflict';
      }
    },
    async get(pk, sk) {
      const { Item } = await client.send(
        new GetCommand({ TableName: table, Key: { pk, sk }, ConsistentRead: true }),
      );
      return Item;
    },
    async *below(pk, prefix) {
      const pages = paginateQuery(
        { client },
        {
          TableName: table,
          KeyConditionExpression: 'pk = :pk AND begins_with(sk, :prefix)',
          ExpressionAttributeValues: { ':pk': pk, ':prefix': prefix },
          ConsistentRead: true,
        },
      );
      for await (const { Items = [] } of pages) yield* Items;
    },
    async remove(pk, sk) {
      await client.send(new DeleteCommand({ TableName: table, Key: { pk, sk } }));
    },
  });
}

/** The double for unit tests; it passes the same contract suite. */
export function createMemoryOpenDataStore(): OpenDataStore {
  const items = new Map<string, Item>();
  const nameOf = (pk: unknown, sk: unknown) => `${String(pk)} ${String(sk)}`;
  const put = (item: Item) => {
    items.set(nameOf(item.pk, item.sk), structuredClone(item));
  };
  return createStore({
    put: async (item) => put(item),
    async putNewer(item) {
      const before = Number(items.get(nameOf(item.pk, item.sk))?.version ?? 0);
      if (before <= Number(item.version)) put(item);
    },
    async putOnVersion(item, also) {
      const before = Number(items.get(nameOf(item.pk, item.sk))?.version ?? 0);
      if (before !== Number(item.version) - 1) return 'conflict';
      put(item);
      if (also !== undefined) put(also);
      return 'saved';
    },
    get: async (pk, sk) => items.get(nameOf(pk, sk)),
    async *below(pk, prefix) {
      const found = [...items].filter(([name]) => name.startsWith(nameOf(pk, prefix)));
      yield* found.toSorted(([a], [b]) => (a < b ? -1 : 1)).map(([, item]) => item);
    },
    async remove(pk, sk) {
      items.delete(nameOf(pk, sk));
    },
  });
}

/** What the store asks of a table. */
interface Items {
  put(item: Item): Promise<void>;
  putNewer(item: Item): Promise<void>;
  putOnVersion(item: Item, also?: Item): Promise<'saved' | 'conflict'>;
  get(pk: string, sk: string): Promise<Item | undefined>;
  below(pk: string, prefix: string): AsyncIterable<Item>;
  remove(pk: string, sk: string): Promise<void>;
}

function createStore(items: Items): OpenDataStore {
  const { open, staged, releases, answers } = OPEN_DATA_KEYS;
  /** From the last part to the first: until the first is there a reader has the value of before, or none. */
  const write = async (pk: string, sk: string, entity: string, value: unknown) => {
    const parts = partsOf(pk, sk, entity, value);
    for (const part of parts.toReversed()) await items.put(part);
    for await (const { sk: old } of items.below(pk, `${sk}#`)) {
      if (!parts.some((part) => part.sk === old)) await items.remove(pk, String(old));
    }
  };
  const erase = async (pk: string, sk: string) => {
    for await (const { sk: old } of items.below(pk, `${sk}#`)) await items.remove(pk, String(old));
  };
  const documentsAt = `${open}DOCUMENTS`;

  return {
    stage: (staging, now) => items.putNewer(stagedItem(staging, now)),
    async *staged(from, to) {
      for (let month = from; month <= to; month = monthAfter(month, 1)) {
        for await (const { row } of items.below(`${staged}${month}`, 'CASE#')) {
          if (row !== undefined) yield storedRow.parse(row);
        }
      }
    },
    async releases() {
      const parts = Map.groupBy(await Array.fromAsync(items.below(releases, RELEASE)), ({ sk }) =>
        String(sk).slice(0, RELEASE.length + '2026-12'.length),
      );
      return [...parts.values()].map((its) => storedRelease.parse(valueOf(its)));
    },
    putRelease: (release) => write(releases, `${RELEASE}${release.month}`, 'open-release', release),
    async removeRelease(month) {
      // What everybody reads goes first: a run that stops between leaves nothing open.
      await erase(documentsAt, `rows/${month}`);
      await erase(releases, `${RELEASE}${month}`);
    },
    putDocument: (name, content) => write(documentsAt, name, 'open-document', content),
    async document(name) {
      const parts = await Array.fromAsync(items.below(documentsAt, `${name}#`));
      return valueOf(parts) as never;
    },
    async shownAnswers(creditCode) {
      const found = await Array.fromAsync(items.below(`${SHOWN_ANSWERS}${creditCode}`, YEAR));
      return found.map((item) => storedShownAnswer.parse(item));
    },

    async answer(creditCode, year) {
      const item = await items.get(answers, `${ANSWER}${creditCode}#${year}`);
      return item === undefined ? undefined : storedAnswer.parse(item);
    },
    saveAnswer(answer) {
      const { creditCode, year } = answer;
      const item = {
        pk: answers,
        sk: `${ANSWER}${creditCode}#${year}`,
        ...head('business-answer'),
        ...answer,
      };
      if (answer.shown === undefined) return items.putOnVersion(item);
      const { text, at } = answer.shown;
      const copy = { pk: `${SHOWN_ANSWERS}${creditCode}`, sk: `${YEAR}${year}`, ...head('shown-answer') };
      return items.putOnVersion(item, { ...copy, year, text, at });
    },
    async answers() {
      const found = await Array.fromAsync(items.below(answers, ANSWER));
      return found.map((item) => storedAnswer.parse(item));
    },
  };
}
