import {
  BatchGetCommand,
  type DynamoDBDocumentClient,
  GetCommand,
  QueryCommand,
  TransactWriteCommand,
  type TransactWriteCommandInput,
} from '@aws-sdk/lib-dynamodb';
import * as z from 'zod';
import type { Incident, Member } from '../matter/incident.ts';
import type { Page } from './case-store.ts';
import { cancellationReasons, onVersionBefore } from './dynamodb.ts';

/** A new state of an incident, and the complaint that led to it; kept on the version before it, or not at all. */
export interface IncidentChange {
  bureau: string;
  after: Incident;
  member?: Member | undefined;
}

/** Reads what gathers; what a complaint adds is kept with the step of its case (`Work.incident`). */
export interface IncidentStore {
  incident(id: string): Promise<Incident | undefined>;
  /** Complaints gathered under this id, the latest received first. */
  members(id: string, limit: number, after?: string): Promise<Page<Member>>;
  /** All that were recognised in the last hundred days, also those that are over or dismissed. */
  recognised(bureau: string, limit: number): Promise<Incident[]>;
  /** A step by a person, without a case. */
  save(change: IncidentChange): Promise<'committed' | 'conflict'>;
}

/** Longer than any rule looks back, and than a business' usual number needs. */
const KEPT_DAYS = 100;

const storedMember = z.object({
  number: z.string(),
  at: z.string(),
  counted: z.boolean(),
  claimedFen: z.number().int(),
  unitPath: z.array(z.string()),
});

const storedIncident = z.object({
  id: z.string(),
  version: z.number().int().positive(),
  kind: z.enum(['business', 'place']),
  state: z.enum(['gathering', 'open', 'dismissed']),
  cases: z.number().int(),
  people: z.number().int(),
  claimedFen: z.number().int(),
  since: z.string(),
  lastAt: z.string(),
  days: z.record(z.string(), z.number().int()).default({}),
  first: z.string(),
  units: z.array(z.string()),
  begunAt: z.string().optional(),
  toldAt: z.number().int(),
  dismissed: z.object({ by: z.string(), at: z.string(), people: z.number().int() }).optional(),
});

const head = (id: string) => ({ pk: `INCIDENT#${id}`, sk: 'INCIDENT' });
const memberSk = ({ at, number }: Pick<Member, 'at' | 'number'>) => `MEMBER#${at}#${number}`;
const pointer = (bureau: string, id: string) => ({ pk: `INCIDENTS#${bureau}`, sk: id });
const expiry = (at: string) => Math.floor(Date.parse(at) / 1000) + KEPT_DAYS * 24 * 60 * 60;
const common = (at: string) => ({ schemaVersion: 1, expiresAt: expiry(at) });

/** What one change writes: the state on the version before it, the complaint once, and the list of those recognised. */
export function incidentItems(
  { bureau, after, member }: IncidentChange,
  TableName: string,
): NonNullable<TransactWriteCommandInput['TransactItems']> {
  return [
    {
      Put: {
        TableName,
        Item: { ...head(after.id), ...common(after.lastAt), entity: 'incident', ...after },
        ...onVersionBefore(after.version),
      },
    },
    ...(member === undefined
      ? []
      : [
          {
            Put: {
              TableName,
              Item: {
                pk: head(after.id).pk,
                sk: memberSk(member),
                ...common(member.at),
                entity: 'incident-member',
                ...member,
              },
              ConditionExpression: 'attribute_not_exists(pk)',
            },
          },
        ]),
    ...(after.state === 'gathering'
      ? []
      : [
          {
            Put: {
              TableName,
              Item: { ...pointer(bureau, after.id), ...common(after.lastAt), entity: 'incident-listed' },
            },
          },
        ]),
  ];
}

/** Incidents in the table of cases: they are written together with the step of a case. */
export function createDynamoDbIncidentStore(client: DynamoDBDocumentClient, table: string): IncidentStore {
  return {
    async incident(id) {
      const { Item } = await client.send(
        new GetCommand({ TableName: table, Key: head(id), ConsistentRead: true }),
      );
      return Item === undefined ? undefined : storedIncident.parse(Item);
    },
    async members(id, limit, after) {
      const { Items = [], LastEvaluatedKey } = await client.send(
        new QueryCommand({
          TableName: table,
          KeyConditionExpression: 'pk = :pk AND begins_with(sk, :member)',
          ExpressionAttributeValues: { ':pk': head(id).pk, ':member': 'MEMBER#' },
          ScanIndexForward: false,
          Limit: limit,
          ConsistentRead: true,
          ...(after === undefined ? {} : { ExclusiveStartKey: { pk: head(id).pk, sk: after } }),
        }),
      );
      return {
        items: Items.map((item) => storedMember.parse(item)),
        next: LastEvaluatedKey?.sk as string | undefined,
      };
    },
    async recognised(bureau, limit) {
      const { Items = [] } = await client.send(
        new QueryCommand({
          TableName: table,
          KeyConditionExpression: 'pk = :pk',
          ExpressionAttributeValues: { ':pk': pointer(bureau, '').pk },
          Limit: Math.min(limit, 100),
          ConsistentRead: true,
        }),
      );
      if (Items.length === 0) return [];
      const Keys = Items.map(({ sk }) => head(String(sk)));
      const { Responses } = await client.send(
        new BatchGetCommand({ RequestItems: { [table]: { Keys, ConsistentRead: true } } }),
      );
      return (Responses?.[table] ?? []).map((item) => storedIncident.parse(item));
    },
    async save(change) {
      try {
        await client.send(new TransactWriteCommand({ TransactItems: incidentItems(change, table) }));
        return 'committed';
      } catch (error) {
        const reasons = cancellationReasons(error);
        if (reasons === undefined || reasons.includes('ValidationError')) throw error;
        return 'conflict';
      }
    },
  };
}

/** The double: passes the same suite; a store of cases in memory writes through it. */
export interface MemoryIncidentStore extends IncidentStore {
  fits(change: IncidentChange): boolean;
  put(change: IncidentChange): void;
}

export function createMemoryIncidentStore(): MemoryIncidentStore {
  const heads = new Map<string, Incident>();
  const kept = new Map<string, { sk: string; member: Member }[]>();
  const listed = new Map<string, Set<string>>();
  const membersOf = (id: string) => kept.get(id) ?? [];
  const copy = <T>(value: T): T => JSON.parse(JSON.stringify(value)) as T;

  const fits = ({ after, member }: IncidentChange) =>
    (heads.get(after.id)?.version ?? 0) === after.version - 1 &&
    (member === undefined || !membersOf(after.id).some(({ sk }) => sk === memberSk(member)));
  const put = ({ bureau, after, member }: IncidentChange) => {
    heads.set(after.id, copy(after));
    if (member !== undefined) {
      kept.set(after.id, [...membersOf(after.id), { sk: memberSk(member), member: copy(member) }]);
    }
    if (after.state !== 'gathering') listed.set(bureau, (listed.get(bureau) ?? new Set()).add(after.id));
  };
  return {
    fits,
    put,
    async incident(id) {
      const found = heads.get(id);
      return found === undefined ? undefined : storedIncident.parse(copy(found));
    },
    async members(id, limit, after) {
      const found = membersOf(id)
        .filter(({ sk }) => after === undefined || sk < after)
        .sort((one, other) => (one.sk < other.sk ? 1 : -1));
      const page = found.slice(0, limit);
      return {
        items: page.map(({ member }) => copy(member)),
        next: found.length > limit ? page.at(-1)?.sk : undefined,
      };
    },
    recognised: async (bureau, limit) =>
      [...(listed.get(bureau) ?? [])]
        .slice(0, limit)
        .flatMap((id) => storedIncident.parse(copy(heads.get(id)))),
    async save(change) {
      if (!fits(change)) return 'conflict';
      put(change);
      return 'committed';
    },
  };
}
