import { ConditionalCheckFailedException } from '@aws-sdk/client-dynamodb';
import {
  BatchGetCommand,
  type BatchGetCommandOutput,
  type DynamoDBDocumentClient,
  GetCommand,
  PutCommand,
  paginateQuery,
} from '@aws-sdk/lib-dynamodb';
import * as z from 'zod';
import type { CaseNumber } from '../case/case-number.ts';
import { STATES, type State } from '../case/life-cycle.ts';
import type { Instant } from '../dates.ts';
import type { PublicCase } from '../open311/public-case.ts';
import { type RequestsQuery, selectRequests } from '../open311/query.ts';
import { SERVICE_CODES } from '../open311/services.ts';
import { PUBLIC_STEPS, type PublicStep } from '../open311/status.ts';

/** What may be shown of a case once it had this version; undefined: nothing. */
export interface Publication {
  number: CaseNumber;
  version: number;
  shown: PublicCase | undefined;
}

/** Keeps what strangers may read of cases: a projection that can be made again from the cases at any time. */
export interface PublicCaseStore {
  /**
   * Puts what may be shown in the place of what was shown before, or takes it away. An older version never replaces a
   * newer one, also when the newer one showed nothing.
   */
  publish(publication: Publication, now: Instant): Promise<void>;
  case(number: CaseNumber): Promise<PublicCase | undefined>;
  /** The page that was asked for, in the order of `selectRequests`, and the number of the next one if there is more. */
  select(query: RequestsQuery): Promise<{ cases: PublicCase[]; next?: number | undefined }>;
}

const SCHEMA_VERSION = 1;
/** A hidden case leaves its version behind for a day: whoever read the case before it was hidden has long ended then. */
const HIDDEN_SECONDS = 24 * 60 * 60;
// BatchGetItem takes a hundred keys at once.
const LARGEST_GET = 100;

const oneOf = <Key extends string>(keys: readonly Key[]) => z.enum(keys as [Key, ...Key[]]);
const storedPublicCase = z.object({
  number: z.string(),
  status: z.enum(['open', 'closed']),
  state: oneOf(Object.keys(STATES) as State[]),
  service: oneOf(SERVICE_CODES),
  requestedAt: z.string(),
  updatedAt: z.string(),
  next: z.object({ due: z.string(), zh: z.string(), en: z.string(), basis: z.string() }).optional(),
  agency: z.string().optional(),
  division: z.object({ code: z.string(), name: z.string().optional() }).optional(),
  description: z.string().optional(),
  steps: z.array(z.object({ type: oneOf(Object.keys(PUBLIC_STEPS) as PublicStep[]), at: z.string() })),
  comments: z.array(z.object({ at: z.string(), by: z.enum(['agency', 'submitter']), text: z.string() })),
});

const keyOf = (number: CaseNumber) => ({ pk: `CASE#${number}`, sk: 'PUBLIC' });
const monthOf = (at: Instant) => at.slice(0, 7);

/** What lies in the table of a case. */
export function publicCaseItem(
  { number, version, shown }: Publication,
  now: Instant,
): Record<string, unknown> {
  const head = { ...keyOf(number), schemaVersion: SCHEMA_VERSION, entity: 'public-case', version };
  if (shown === undefined) {
    return { ...head, expiresAt: Math.floor(Date.parse(now) / 1000) + HIDDEN_SECONDS };
  }
  return {
    ...head,
    ...shown,
    requestedMonth: monthOf(shown.requestedAt),
    requestedOrder: `${shown.requestedAt}#${number}`,
    updatedMonth: monthOf(shown.updatedAt),
    updatedOrder: `${shown.updatedAt}#${number}`,
  };
}

/** What lies in the table; undefined for a hidden case. */
const parseItem = (item: Record<string, unknown> | undefined): PublicCase | undefined =>
  item?.status === undefined ? undefined : storedPublicCase.parse(item);

/** Public cases in a table of their own, found by number and, month by month, by receipt and by last change. */
export function createDynamoDbPublicCaseStore(
  client: DynamoDBDocumentClient,
  table: string,
): PublicCaseStore {
  const batch = async (numbers: readonly CaseNumber[]): Promise<PublicCase[]> => {
    const found: PublicCase[] = [];
    let keys: Record<string, unknown>[] = numbers.map(keyOf);
    while (keys.length > 0) {
      const { Responses, UnprocessedKeys }: BatchGetCommandOutput = await client.send(
        new BatchGetCommand({ RequestItems: { [table]: { Keys: keys } } }),
      );
      found.push(...(Responses?.[table] ?? []).map(parseItem).filter((one) => one !== undefined));
      keys = UnprocessedKeys?.[table]?.Keys ?? [];
    }
    return found;
  };
  const cases = async (numbers: readonly CaseNumber[]): Promise<PublicCase[]> => {
    const parts = Array.from({ length: Math.ceil(numbers.length / LARGEST_GET) }, (_, part) =>
      batch(numbers.slice(part * LARGEST_GET, (part + 1) * LARGEST_GET)),
    );
    return (await Promise.all(parts)).flat();
  };

  return {
    async publish(publication, now) {
      try {
        await client.send(
          new PutCommand({
            TableName: table,
            Item: publicCaseItem(publication, now),
            ConditionExpression: 'attribute_not_exists(pk) OR #version <= :version',
            ExpressionAttributeNames: { '#version': 'version' },
            ExpressionAttributeValues: { ':version': publication.version },
          }),
        );
      } catch (error) {
        // Somebody published a newer version meanwhile: a normal outcome.
        if (!(error instanceof ConditionalCheckFailedException)) throw error;
      }
    },

    async case(number) {
      const { Item } = await client.send(new GetCommand({ TableName: table, Key: keyOf(number) }));
      return parseItem(Item);
    },

    async select(query) {
      if (query.numbers !== undefined) return selectRequests(await cases(query.numbers), query);
      const first = (query.page - 1) * query.pageSize;
      const numbers: CaseNumber[] = [];
      let place = 0;
      let more = false;
      for await (const number of numbersOf(client, table, query)) {
        // The first one after the page tells that there is a next one.
        more = numbers.length === query.pageSize;
        if (more) break;
        if (place >= first) numbers.push(number);
        place += 1;
      }
      const found = new Map((await cases(numbers)).map((one) => [one.number, one]));
      const inOrder = numbers.map((number) => found.get(number)).filter((one) => one !== undefined);
      return { cases: inOrder, ...(more ? { next: query.page + 1 } : {}) };
    },
  };
}

/** The cases that a query asks for, in its order. A month of an index is one partition; a span has four at the most. */
async function* numbersOf(
  client: DynamoDBDocumentClient,
  table: string,
  { services, statuses, requested, updated }: RequestsQuery,
): AsyncGenerator<CaseNumber> {
  const by = updated === undefined ? 'requested' : 'updated';
  const span = updated ?? requested;
  if (span === undefined) return;
  const filters = [
    ...(services === undefined ? [] : [oneOfThese('service', services)]),
    ...(statuses === undefined ? [] : [oneOfThese('status', statuses)]),
    ...(updated === undefined || requested === undefined
      ? []
      : [
          {
            expression: 'requestedAt BETWEEN :first AND :last',
            names: {},
            values: { ':first': requested.from, ':last': requested.until },
          },
        ]),
  ];
  const months = monthsOf(span);
  for (const month of by === 'requested' ? months.toReversed() : months) {
    const pages = paginateQuery(
      { client },
      {
        TableName: table,
        IndexName: by,
        KeyConditionExpression: `${by}Month = :month AND ${by}Order BETWEEN :from AND :until`,
        ExpressionAttributeValues: {
          ':month': month,
          ':from': span.from,
          // After every number of that moment.
          ':until': `${span.until}#~`,
          ...Object.assign({}, ...filters.map(({ values }) => values)),
        },
        ...(filters.length === 0
          ? {}
          : { FilterExpression: filters.map(({ expression }) => expression).join(' AND ') }),
        ...(services === undefined && statuses === undefined
          ? {}
          : { ExpressionAttributeNames: Object.assign({}, ...filters.map(({ names }) => names)) }),
        ScanIndexForward: by === 'updated',
      },
    );
    for await (const page of pages) yield* (page.Items ?? []).map((item) => String(item.number));
  }
}

function oneOfThese(name: string, wanted: readonly string[]) {
  const values = wanted.map((value, index) => [`:${name}${index}`, value] as const);
  return {
    expression: `#${name} IN (${values.map(([place]) => place).join(', ')})`,
    names: { [`#${name}`]: name },
    values: Object.fromEntries(values),
  };
}

/** `2026-09`, `2026-10`, …: the months, in UTC, that a span touches, the oldest first. */
function monthsOf({ from, until }: { from: Instant; until: Instant }): string[] {
  const months: string[] = [];
  const month = new Date(`${monthOf(from)}-01T00:00:00.000Z`);
  for (; month.toISOString().slice(0, 7) <= monthOf(until); month.setUTCMonth(month.getUTCMonth() + 1)) {
    months.push(monthOf(month.toISOString()));
  }
  return months;
}

/** The double for unit tests; it passes the same contract suite. */
export function createMemoryPublicCaseStore(): PublicCaseStore {
  const items = new Map<CaseNumber, Record<string, unknown>>();
  const read = (number: CaseNumber) => parseItem(items.get(number));
  return {
    async publish(publication, now) {
      const before = Number(items.get(publication.number)?.version ?? 0);
      // A round through JSON drops undefined values, as a table does.
      if (before <= publication.version) {
        items.set(publication.number, JSON.parse(JSON.stringify(publicCaseItem(publication, now))));
      }
    },
    case: async (number) => read(number),
    select: async (query) =>
      selectRequests(
        [...items.keys()].map(read).filter((one) => one !== undefined),
        query,
      ),
  };
}
