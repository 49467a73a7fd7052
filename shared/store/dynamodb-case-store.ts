import {
  type DynamoDBDocumentClient,
  GetCommand,
  paginateScan,
  QueryCommand,
  TransactWriteCommand,
} from '@aws-sdk/lib-dynamodb';
import type { Case, CaseEvent, Identity } from '../case/case.ts';
import type { CaseNumber } from '../case/case-number.ts';
import type { Step } from '../case/steps.ts';
import {
  caseAttributes,
  caseItem,
  eventItem,
  identityItem,
  keyOf,
  parseCase,
  parseEvent,
  parseIdentity,
  parseReceipt,
  receiptItem,
} from './case-items.ts';
import type { CaseStore, Page, Receipt, Registration } from './case-store.ts';
import { cancellationReasons } from './dynamodb.ts';

/** Names of the tables; a function that never reads identities is not given that name, nor the right. */
export interface CaseTables {
  cases: string;
  identities?: string | undefined;
}

// DynamoDB Local reads all that is left of a segment for every page: eight make a long scan some three times faster.
const SCAN_SEGMENTS = 8;

const ABSENT = 'attribute_not_exists(pk)';

/** Keeps cases in DynamoDB. Reads by key are strongly consistent, reads by index eventually. */
export function createDynamoDbCaseStore(client: DynamoDBDocumentClient, tables: CaseTables): CaseStore {
  const identitiesTable = () => {
    if (tables.identities === undefined) throw new Error('this function has no access to identities');
    return tables.identities;
  };
  const get = async (table: string, key: Record<string, string>) => {
    const { Item } = await client.send(new GetCommand({ TableName: table, Key: key, ConsistentRead: true }));
    return Item;
  };

  return {
    async register(step: Step, identity: Identity, receipt: Receipt | undefined): Promise<Registration> {
      const put = (TableName: string, Item: Record<string, unknown>) => ({
        Put: { TableName, Item, ConditionExpression: ABSENT },
      });
      const { number } = step.after;
      try {
        await client.send(
          new TransactWriteCommand({
            TransactItems: [
              put(tables.cases, caseItem(step.after)),
              put(tables.cases, eventItem(step.event)),
              put(identitiesTable(), identityItem(number, identity)),
              ...(receipt === undefined ? [] : [put(tables.cases, receiptItem(receipt, step.event.at))]),
            ],
          }),
        );
        return 'registered';
      } catch (error) {
        const reasons = cancellationReasons(error);
        // Two deliveries of one message at the same moment conflict on the receipt: that key is being used.
        if (reasons?.[3] !== undefined && reasons[3] !== 'None') return 'key-taken';
        // Also when another transaction is just taking it, or the table is busy: the intake draws again.
        if (reasons !== undefined && !reasons.includes('ValidationError')) return 'number-taken';
        throw error;
      }
    },

    async receipt(keyHash: string): Promise<Receipt | undefined> {
      const item = await get(tables.cases, keyOf.receipt(keyHash));
      return item === undefined ? undefined : parseReceipt(item);
    },

    async case(number: CaseNumber): Promise<Case | undefined> {
      const item = await get(tables.cases, keyOf.case(number));
      return item === undefined ? undefined : parseCase(item);
    },

    async history(number: CaseNumber): Promise<CaseEvent[]> {
      const { Items = [] } = await client.send(
        new QueryCommand({
          TableName: tables.cases,
          KeyConditionExpression: 'pk = :pk AND begins_with(sk, :event)',
          ExpressionAttributeValues: { ':pk': keyOf.case(number).pk, ':event': 'EVENT#' },
          ConsistentRead: true,
        }),
      );
      return Items.map(parseEvent);
    },

    async identity(number: CaseNumber): Promise<Identity | undefined> {
      const item = await get(identitiesTable(), keyOf.identity(number));
      return item === undefined ? undefined : parseIdentity(item);
    },

    async commit(step: Step): Promise<'committed' | 'conflict'> {
      try {
        await client.send(
          new TransactWriteCommand({
            TransactItems: [
              { Update: { TableName: tables.cases, ...updateTo(step.after) } },
              { Put: { TableName: tables.cases, Item: eventItem(step.event), ConditionExpression: ABSENT } },
            ],
          }),
        );
        return 'committed';
      } catch (error) {
        const reasons = cancellationReasons(error);
        const lost = ['ConditionalCheckFailed', 'TransactionConflict'];
        if (reasons?.some((reason) => lost.includes(reason))) return 'conflict';
        throw error;
      }
    },

    async openCases(unit: string, limit: number, after?: string): Promise<Page<Case>> {
      const { Items = [], LastEvaluatedKey } = await client.send(
        new QueryCommand({
          TableName: tables.cases,
          IndexName: 'desk',
          KeyConditionExpression: 'deskUnit = :unit',
          ExpressionAttributeValues: { ':unit': unit },
          Limit: limit,
          ExclusiveStartKey: after === undefined ? undefined : decodeStart(unit, after),
        }),
      );
      const next = LastEvaluatedKey?.deskOrder as string | undefined;
      return { items: Items.map(parseCase), next };
    },

    async awaitingTriage(from: string, until: string, limit: number): Promise<CaseNumber[]> {
      const { Items = [] } = await client.send(
        new QueryCommand({
          TableName: tables.cases,
          IndexName: 'untriaged',
          KeyConditionExpression: 'untriaged = :yes AND untriagedSince BETWEEN :from AND :until',
          ExpressionAttributeValues: { ':yes': 'YES', ':from': from, ':until': until },
          Limit: limit,
        }),
      );
      return Items.map((item) => String(item.pk).slice('CASE#'.length));
    },

    async *allEvents(): AsyncGenerator<CaseEvent> {
      for (let segment = 0; segment < SCAN_SEGMENTS; segment += 1) {
        const pages = paginateScan(
          { client },
          {
            TableName: tables.cases,
            FilterExpression: 'entity = :event',
            ExpressionAttributeValues: { ':event': 'event' },
            ConsistentRead: true,
            Segment: segment,
            TotalSegments: SCAN_SEGMENTS,
          },
        );
        for await (const page of pages) yield* (page.Items ?? []).map(parseEvent);
      }
    },
  };
}

/**
 * An update that sets what the case has, removes what it no longer has, and leaves alone what this version
 * of the code does not know. It fails unless the stored case is exactly one version behind.
 */
function updateTo(after: Case) {
  const attributes = Object.entries(caseAttributes(after));
  const set = attributes.filter(([, value]) => value !== undefined);
  const remove = attributes.filter(([, value]) => value === undefined);
  return {
    Key: keyOf.case(after.number),
    ConditionExpression: '#version = :before',
    UpdateExpression: [
      `SET ${set.map(([name]) => `#${name} = :${name}`).join(', ')}`,
      ...(remove.length === 0 ? [] : [`REMOVE ${remove.map(([name]) => `#${name}`).join(', ')}`]),
    ].join(' '),
    ExpressionAttributeNames: Object.fromEntries(attributes.map(([name]) => [`#${name}`, name])),
    ExpressionAttributeValues: {
      ...Object.fromEntries(set.map(([name, value]) => [`:${name}`, value])),
      ':before': after.version - 1,
    },
  };
}

/** The page token is the last index key's sort part; the rest of the key follows from it. */
function decodeStart(unit: string, after: string): Record<string, string> {
  const number = after.split('#').at(-1) ?? '';
  return { deskUnit: unit, deskOrder: after, ...keyOf.case(number) };
}
