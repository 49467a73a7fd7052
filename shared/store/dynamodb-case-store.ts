import {
  BatchGetCommand,
  type BatchGetCommandOutput,
  type DynamoDBDocumentClient,
  GetCommand,
  paginateQuery,
  paginateScan,
  QueryCommand,
  TransactWriteCommand,
  type TransactWriteCommandInput,
} from '@aws-sdk/lib-dynamodb';
import { newsIn } from '../businesses/news.ts';
import type { Case, CaseEvent, Kind } from '../case/case.ts';
import type { CaseNumber } from '../case/case-number.ts';
import { businessKey } from '../case/lookup-keys.ts';
import type { Step } from '../case/take-step.ts';
import type { LocalDate } from '../dates.ts';
import {
  caseAttributes,
  caseItem,
  dueOfOrder,
  eventItem,
  identityItem,
  keyOf,
  lookupItem,
  lookupsOf,
  newsItems,
  parseCase,
  parseEvent,
  parseReceipt,
  receiptItem,
  SCHEMA_VERSION,
} from './case-items.ts';
import type { CaseStore, OpenCase, Outcome, Page, Receipt, Work } from './case-store.ts';
import { cancellationReasons } from './dynamodb.ts';
import { incidentItems } from './incident-store.ts';
import { leasePutItem, unleasedItem } from './lease-items.ts';

/** Names of the tables; a function that never writes identities is not given those names, nor the right. */
export interface CaseTables {
  cases: string;
  identities?: string | undefined;
  informers?: string | undefined;
}

type TransactItem = NonNullable<TransactWriteCommandInput['TransactItems']>[number];
/** An item of the transaction, and what it means when its condition fails. */
interface Part {
  item: TransactItem;
  failure: Exclude<Outcome, 'committed'>;
}

// DynamoDB Local reads all that is left of a segment for every page: eight make a long scan some three times faster.
const SCAN_SEGMENTS = 8;
const ABSENT = 'attribute_not_exists(pk)';
// BatchGetItem takes a hundred keys at once.
const LARGEST_GET = 100;

/** Keeps cases in DynamoDB. Reads by key are strongly consistent, reads by index eventually. */
export function createDynamoDbCaseStore(client: DynamoDBDocumentClient, tables: CaseTables): CaseStore {
  const get = async (key: Record<string, string>) => {
    const { Item } = await client.send(
      new GetCommand({ TableName: tables.cases, Key: key, ConsistentRead: true }),
    );
    return Item;
  };
  const queryIndex = async (
    IndexName: string,
    condition: string,
    values: Record<string, unknown>,
    more: {
      Limit?: number;
      ExclusiveStartKey?: Record<string, string> | undefined;
      ScanIndexForward?: boolean;
    },
  ) =>
    client.send(
      new QueryCommand({
        TableName: tables.cases,
        IndexName,
        KeyConditionExpression: condition,
        ExpressionAttributeValues: values,
        ...more,
      }),
    );
  const scan = (entity: string, only?: string) => scanAll(client, tables.cases, entity, only);

  return {
    async commit(work: Work): Promise<Outcome> {
      const parts = partsOf(work, tables);
      try {
        await client.send(new TransactWriteCommand({ TransactItems: parts.map(({ item }) => item) }));
        return 'committed';
      } catch (error) {
        const reasons = cancellationReasons(error);
        if (reasons === undefined || reasons.includes('ValidationError')) throw error;
        return outcomeOf(reasons, parts);
      }
    },

    async receipt(keyHash: string): Promise<Receipt | undefined> {
      const item = await get(keyOf.receipt(keyHash));
      return item === undefined ? undefined : parseReceipt(item);
    },

    async case(number: CaseNumber): Promise<Case | undefined> {
      const item = await get(keyOf.case(number));
      return item === undefined ? undefined : parseCase(item);
    },

    async cases(numbers: readonly CaseNumber[]): Promise<Case[]> {
      const parts = Array.from({ length: Math.ceil(numbers.length / LARGEST_GET) }, async (_, part) => {
        const found: Case[] = [];
        const wanted = numbers.slice(part * LARGEST_GET, (part + 1) * LARGEST_GET);
        let keys: Record<string, unknown>[] = wanted.map(keyOf.case);
        // What DynamoDB had no capacity for, or no room for in one answer, is asked for again.
        while (keys.length > 0) {
          const answer: BatchGetCommandOutput = await client.send(
            new BatchGetCommand({ RequestItems: { [tables.cases]: { Keys: keys, ConsistentRead: true } } }),
          );
          found.push(...readable(answer.Responses?.[tables.cases] ?? []).items);
          keys = answer.UnprocessedKeys?.[tables.cases]?.Keys ?? [];
        }
        return found;
      });
      return (await Promise.all(parts)).flat();
    },

    async latestEvents(number: CaseNumber, limit: number, before?: number): Promise<CaseEvent[]> {
      const { Items = [] } = await client.send(
        new QueryCommand({
          TableName: tables.cases,
          KeyConditionExpression: 'pk = :pk AND sk BETWEEN :first AND :last',
          ExpressionAttributeValues: {
            ':pk': keyOf.case(number).pk,
            ':first': keyOf.event(number, 0).sk,
            ':last': keyOf.event(number, (before ?? 1_000_000) - 1).sk,
          },
          ScanIndexForward: false,
          Limit: limit,
          ConsistentRead: true,
        }),
      );
      return Items.map(parseEvent);
    },

    async history(number: CaseNumber): Promise<CaseEvent[]> {
      const events: CaseEvent[] = [];
      const pages = paginateQuery(
        { client },
        {
          TableName: tables.cases,
          KeyConditionExpression: 'pk = :pk AND begins_with(sk, :event)',
          ExpressionAttributeValues: { ':pk': keyOf.case(number).pk, ':event': 'EVENT#' },
          ConsistentRead: true,
        },
      );
      for await (const page of pages) events.push(...(page.Items ?? []).map(parseEvent));
      return events;
    },

    async event(number: CaseNumber, version: number): Promise<CaseEvent | undefined> {
      const item = await get(keyOf.event(number, version));
      return item === undefined ? undefined : parseEvent(item);
    },

    async lastInSeries(series: string): Promise<number> {
      return Number((await get(keyOf.series(series)))?.last ?? 0);
    },

    async openCases(unit: string, limit: number, after?: string) {
      const { Items = [], LastEvaluatedKey } = await queryIndex(
        'desk',
        'deskUnit = :unit',
        { ':unit': unit },
        { Limit: limit, ExclusiveStartKey: startOf({ deskUnit: unit }, after) },
      );
      return { ...readable(Items), next: LastEvaluatedKey?.deskOrder as string | undefined };
    },

    async openInBureau(
      bureau: string,
      limit: number,
      after?: string,
      before?: LocalDate,
    ): Promise<Page<OpenCase>> {
      const { Items = [], LastEvaluatedKey } = await queryIndex(
        'bureau',
        before === undefined ? 'bureau = :bureau' : 'bureau = :bureau AND deskOrder < :before',
        { ':bureau': bureau, ...(before === undefined ? {} : { ':before': before }) },
        { Limit: limit, ExclusiveStartKey: startOf({ bureau }, after) },
      );
      return { items: Items.map(openCase), next: LastEvaluatedKey?.deskOrder as string | undefined };
    },

    async openOfPartner(partner: string, limit: number, after?: string): Promise<Page<CaseNumber>> {
      const { Items = [], LastEvaluatedKey } = await queryIndex(
        'partner',
        'offeredTo = :partner',
        { ':partner': partner },
        { Limit: limit, ExclusiveStartKey: startOf({ offeredTo: partner }, after) },
      );
      return { items: Items.map(numberOf), next: LastEvaluatedKey?.deskOrder as string | undefined };
    },

    async dueForWatch(bureau: string, now: string, limit: number): Promise<CaseNumber[]> {
      const { Items = [] } = await queryIndex(
        'watch',
        'watchBureau = :bureau AND watchAt <= :now',
        { ':bureau': bureau, ':now': now },
        { Limit: limit },
      );
      return Items.map(numberOf);
    },

    async withProvisionalDates(bureau: string): Promise<CaseNumber[]> {
      const numbers: CaseNumber[] = [];
      const pages = paginateQuery(
        { client },
        {
          TableName: tables.cases,
          IndexName: 'bureau',
          KeyConditionExpression: 'bureau = :bureau',
          FilterExpression: 'provisional = :yes',
          ExpressionAttributeValues: { ':bureau': bureau, ':yes': 'YES' },
        },
      );
      for await (const page of pages) numbers.push(...(page.Items ?? []).map(numberOf));
      return numbers;
    },

    async dueForErasure(bureau: string, on: string, limit: number): Promise<CaseNumber[]> {
      const { Items = [] } = await queryIndex(
        'retention',
        'eraseBureau = :bureau AND eraseOn <= :today',
        { ':bureau': bureau, ':today': on },
        { Limit: limit },
      );
      return Items.map(numberOf);
    },

    async awaitingTriage(from: string, until: string, limit: number): Promise<CaseNumber[]> {
      const { Items = [] } = await queryIndex(
        'untriaged',
        'untriaged = :yes AND untriagedSince BETWEEN :from AND :until',
        { ':yes': 'YES', ':from': from, ':until': until },
        { Limit: limit },
      );
      return Items.map(numberOf);
    },

    async casesOfBusiness(nameHash: string, limit: number): Promise<CaseNumber[]> {
      const { Items = [] } = await client.send(
        new QueryCommand({
          TableName: tables.cases,
          KeyConditionExpression: 'pk = :pk',
          ExpressionAttributeValues: { ':pk': keyOf.business(nameHash, '').pk },
          ScanIndexForward: false,
          Limit: limit,
        }),
      );
      return Items.map((item) => String(item.number));
    },

    async casesOfCreditCode(creditCode: string, limit: number): Promise<CaseNumber[]> {
      const { Items = [] } = await client.send(
        new QueryCommand({
          TableName: tables.cases,
          KeyConditionExpression: 'pk = :pk',
          ExpressionAttributeValues: { ':pk': keyOf.businessCode(creditCode, '').pk },
          ScanIndexForward: false,
          Limit: limit,
        }),
      );
      return Items.map((item) => String(item.number));
    },

    async businessesWithNews(bureau: string, on: string): Promise<string[]> {
      const creditCodes: string[] = [];
      const pages = paginateQuery(
        { client },
        {
          TableName: tables.cases,
          KeyConditionExpression: 'pk = :pk',
          ExpressionAttributeValues: { ':pk': keyOf.businessDay(bureau, on, '').pk },
        },
      );
      for await (const page of pages) {
        creditCodes.push(...(page.Items ?? []).map((item) => String(item.creditCode)));
      }
      return creditCodes;
    },

    async *allEvents(): AsyncGenerator<CaseEvent> {
      for await (const item of scan('event')) yield parseEvent(item);
    },

    async *allNumbers(): AsyncGenerator<CaseNumber> {
      const seen = new Set<CaseNumber>();
      for (const entity of ['case', 'event']) {
        for await (const item of scan(entity, 'pk')) {
          const number = numberOf(item);
          if (!seen.has(number)) yield number;
          seen.add(number);
        }
      }
    },

    async *allCases(): AsyncGenerator<Case> {
      for await (const item of scan('case')) yield parseCase(item);
    },
  };
}

async function* scanAll(client: DynamoDBDocumentClient, table: string, entity: string, only?: string) {
  for (let segment = 0; segment < SCAN_SEGMENTS; segment += 1) {
    const pages = paginateScan(
      { client },
      {
        TableName: table,
        FilterExpression: 'entity = :entity',
        ExpressionAttributeValues: { ':entity': entity },
        ...(only === undefined ? {} : { ProjectionExpression: only }),
        ConsistentRead: true,
        Segment: segment,
        TotalSegments: SCAN_SEGMENTS,
      },
    );
    for await (const page of pages) yield* page.Items ?? [];
  }
}

/** Everything one unit of work writes, each with what its failure means. At most 100 items (DynamoDB's limit). */
function partsOf(work: Work, tables: CaseTables): Part[] {
  const put = (TableName: string, Item: Record<string, unknown>, failure: Part['failure']): Part => ({
    item: { Put: { TableName, Item, ConditionExpression: ABSENT } },
    failure,
  });
  const {
    steps = [],
    registrations = [],
    receipt,
    numbering = [],
    identity,
    removeIdentity,
    incident,
    unlessLeased,
    lease,
  } = work;
  // One item takes one part of a transaction: where the lease itself is written, its version is the condition.
  const unleased = (unlessLeased?.numbers ?? []).filter((number) => number !== lease?.number);
  const at = steps[0]?.event.at ?? registrations[0]?.step.event.at ?? '';

  return [
    // First, so that a repeat is told from a number that is taken.
    ...(receipt === undefined ? [] : [put(tables.cases, receiptItem(receipt, at), 'key-taken')]),
    ...registrations.flatMap((registration) => registrationParts(registration, tables, put)),
    ...lastStates(steps).map(
      ({ after, from }): Part => ({
        item: { Update: { TableName: tables.cases, ...updateTo(after, from) } },
        failure: 'conflict',
      }),
    ),
    ...steps.map(({ event }) => put(tables.cases, eventItem(event), 'conflict')),
    // The same again where the case was about the business before.
    ...newsItems(newsIn(steps)).map(
      (Item): Part => ({ item: { Put: { TableName: tables.cases, Item } }, failure: 'conflict' }),
    ),
    ...numbering.map(
      ({ series, value }): Part => ({
        item: {
          Put: {
            TableName: tables.cases,
            Item: { ...keyOf.series(series), schemaVersion: SCHEMA_VERSION, entity: 'series', last: value },
            // The series still stands one before: no gap and no double, whoever draws at the same moment.
            ConditionExpression: value === 1 ? ABSENT : '#last = :before',
            ...(value === 1
              ? {}
              : {
                  ExpressionAttributeNames: { '#last': 'last' },
                  ExpressionAttributeValues: { ':before': value - 1 },
                }),
          },
        },
        failure: 'series-taken',
      }),
    ),
    ...(incident === undefined
      ? []
      : incidentItems(incident, tables.cases).map((item): Part => ({ item, failure: 'conflict' }))),
    ...(unlessLeased === undefined
      ? []
      : unleased.map(
          (number): Part => ({ item: unleasedItem(number, unlessLeased, tables.cases), failure: 'conflict' }),
        )),
    ...(lease === undefined
      ? []
      : [{ item: leasePutItem(lease, tables.cases), failure: 'conflict' } satisfies Part]),
    ...(identity === undefined ? [] : changedIdentityParts(identity, tables)),
    ...(removeIdentity === undefined ? [] : removedIdentityParts(removeIdentity, tables)),
  ];
}

function registrationParts(
  { step, identity }: NonNullable<Work['registrations']>[number],
  tables: CaseTables,
  put: (table: string, item: Record<string, unknown>, failure: Part['failure']) => Part,
): Part[] {
  const { after, event } = step;
  const { number, kind } = after;
  const people = identity === undefined ? undefined : peopleTable(kind, tables);
  const business = businessKey(after.complaint.business.name);
  return [
    put(tables.cases, caseItem(after), 'number-taken'),
    put(tables.cases, eventItem(event), 'number-taken'),
    ...(people === undefined || identity === undefined
      ? []
      : [put(people, identityItem(number, identity), 'number-taken')]),
    ...(people === undefined || identity === undefined
      ? []
      : lookupsOf(number, kind, identity).map((lookup) => put(people, lookup, 'number-taken'))),
    ...(kind !== 'complaint' || business === undefined
      ? []
      : [put(tables.cases, { ...keyOf.business(business, number), ...lookupItem(number) }, 'number-taken')]),
  ];
}

function changedIdentityParts(
  { number, kind, identity, before }: NonNullable<Work['identity']>,
  tables: CaseTables,
): Part[] {
  const TableName = peopleTable(kind, tables);
  const lookups = lookupsOf(number, kind, identity);
  const gone = lookupsOf(number, kind, before).filter(
    ({ pk, sk }) => !lookups.some((kept) => kept.pk === pk && kept.sk === sk),
  );
  return [
    ...[identityItem(number, identity), ...lookups].map((Item) => ({ Put: { TableName, Item } })),
    ...gone.map(({ pk, sk }) => ({ Delete: { TableName, Key: { pk, sk } } })),
  ].map((item) => ({ item, failure: 'conflict' }));
}

function removedIdentityParts(
  { number, kind, identity }: NonNullable<Work['removeIdentity']>,
  tables: CaseTables,
): Part[] {
  const TableName = peopleTable(kind, tables);
  return [keyOf.identity(number), ...lookupsOf(number, kind, identity)].map(({ pk, sk }) => ({
    item: { Delete: { TableName, Key: { pk, sk } } },
    failure: 'conflict',
  }));
}

/** The informers have a table of their own: functions of the complaint side have no right to read it. */
function peopleTable(kind: Kind, tables: CaseTables): string {
  const table = kind === 'report' ? tables.informers : tables.identities;
  if (table === undefined) throw new Error(`this function has no access to who sent a ${kind}`);
  return table;
}

/** Per case its state after all steps, and the version it must have had before them. */
function lastStates(steps: readonly Step[]): { after: Case; from: number }[] {
  const byCase = new Map<CaseNumber, { after: Case; from: number }>();
  for (const { after } of steps) {
    const earlier = byCase.get(after.number);
    byCase.set(after.number, { after, from: earlier?.from ?? after.version - 1 });
  }
  return [...byCase.values()];
}

function outcomeOf(reasons: readonly string[], parts: readonly Part[]): Outcome {
  const failed = reasons.findIndex((reason) => reason !== 'None');
  // Busy tables and parallel transactions look like lost races; who meets one looks again and tries again.
  return parts[failed]?.failure ?? 'conflict';
}

/**
 * An update that sets what the case has, removes what it no longer has, and leaves alone what this version
 * of the code does not know. It fails unless the stored case is exactly at the version before the steps.
 */
function updateTo(after: Case, from: number) {
  const attributes = Object.entries(caseAttributes(after));
  const set = attributes.filter(([, value]) => value !== undefined);
  const remove = attributes.filter(([, value]) => value === undefined);
  return {
    Key: keyOf.case(after.number),
    ConditionExpression: '#version = :versionBefore',
    UpdateExpression: [
      `SET ${set.map(([name]) => `#${name} = :${name}`).join(', ')}`,
      ...(remove.length === 0 ? [] : [`REMOVE ${remove.map(([name]) => `#${name}`).join(', ')}`]),
    ].join(' '),
    ExpressionAttributeNames: Object.fromEntries(attributes.map(([name]) => [`#${name}`, name])),
    ExpressionAttributeValues: {
      ...Object.fromEntries(set.map(([name, value]) => [`:${name}`, value])),
      // No name of an attribute: `before` is one.
      ':versionBefore': from,
    },
  };
}

const numberOf = (item: Record<string, unknown>) => String(item.pk).slice('CASE#'.length);

function openCase(item: Record<string, unknown>): OpenCase {
  return {
    number: numberOf(item),
    unitPath: (item.unitPath as string[] | undefined) ?? [],
    due: dueOfOrder(String(item.deskOrder)),
    watchAt: item.watchAt as string | undefined,
    provisional: item.provisional === 'YES',
  };
}

/** One item that cannot be read must not hide all others from a unit. */
function readable(items: readonly Record<string, unknown>[]): { items: Case[]; unreadable: CaseNumber[] } {
  const cases: Case[] = [];
  const unreadable: CaseNumber[] = [];
  for (const item of items) {
    try {
      cases.push(parseCase(item));
    } catch {
      unreadable.push(numberOf(item));
    }
  }
  return { items: cases, unreadable };
}

/** The page token is the last index key's sort part; the rest of the key follows from it. */
function startOf(partition: Record<string, string>, after: string | undefined) {
  if (after === undefined) return undefined;
  const number = after.split('#').at(-1) ?? '';
  return { ...partition, deskOrder: after, ...keyOf.case(number) };
}
