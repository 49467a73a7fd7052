import { type DynamoDBDocumentClient, GetCommand, paginateQuery } from '@aws-sdk/lib-dynamodb';
import * as z from 'zod';
import type { CaseNumber } from '../case/case-number.ts';
import { EVIDENCE_STATES, type Evidence, REFUSALS, type Refusal } from '../evidence/evidence.ts';
import { EVIDENCE_TYPES, type EvidenceType } from '../evidence/types.ts';
import { keyOf } from './case-items.ts';
import { putOnVersion } from './dynamodb.ts';

/** Keeps which files go with a case; the files themselves are elsewhere. */
export interface EvidenceStore {
  evidence(number: CaseNumber, id: string): Promise<Evidence | undefined>;
  /** All of a case, the first begun first. */
  ofCase(number: CaseNumber): Promise<Evidence[]>;
  /** Keeps it if it still is at the version before this one; a conflict is a normal outcome: look again. */
  save(evidence: Evidence): Promise<'saved' | 'conflict'>;
}

const keysOf = <Key extends string>(table: Readonly<Record<Key, unknown>>) =>
  z.enum(Object.keys(table) as [Key, ...Key[]]);

const stored = z.object({
  number: z.string(),
  id: z.string(),
  version: z.number().int(),
  state: keysOf<Evidence['state']>(EVIDENCE_STATES),
  name: z.string(),
  type: keysOf<EvidenceType>(EVIDENCE_TYPES),
  size: z.number().int(),
  by: z.enum(['consumer', 'staff']),
  staff: z.string().optional(),
  begunAt: z.string(),
  uploadId: z.string().optional(),
  reason: keysOf<Refusal>(REFUSALS).optional(),
  sha256: z.string().optional(),
  keptAt: z.string().optional(),
});

const SK = 'EVIDENCE#';

const keyFor = (number: CaseNumber, id: string) => ({ pk: keyOf.case(number).pk, sk: `${SK}${id}` });
const inOrder = (a: Evidence, b: Evidence) => (a.begunAt < b.begunAt ? -1 : 1);

/** Files of cases in the table of cases, beside their case. */
export function createDynamoDbEvidenceStore(client: DynamoDBDocumentClient, table: string): EvidenceStore {
  return {
    async evidence(number, id) {
      const { Item } = await client.send(
        new GetCommand({ TableName: table, Key: keyFor(number, id), ConsistentRead: true }),
      );
      return Item === undefined ? undefined : stored.parse(Item);
    },
    async ofCase(number) {
      const pages = paginateQuery(
        { client },
        {
          TableName: table,
          KeyConditionExpression: 'pk = :pk AND begins_with(sk, :prefix)',
          ExpressionAttributeValues: { ':pk': keyOf.case(number).pk, ':prefix': SK },
          ConsistentRead: true,
        },
      );
      const items: Evidence[] = [];
      for await (const { Items = [] } of pages) items.push(...Items.map((item) => stored.parse(item)));
      return items.sort(inOrder);
    },
    async save(evidence) {
      return putOnVersion(client, table, {
        ...keyFor(evidence.number, evidence.id),
        schemaVersion: 1,
        entity: 'evidence',
        ...evidence,
      });
    },
  };
}

/** The double for unit tests; it passes the same contract suite. */
export function createMemoryEvidenceStore(): EvidenceStore {
  const items = new Map<string, Evidence>();
  const key = (number: CaseNumber, id: string) => `${number} ${id}`;
  return {
    async evidence(number, id) {
      return structuredClone(items.get(key(number, id)));
    },
    async ofCase(number) {
      return structuredClone([...items.values()].filter((one) => one.number === number).sort(inOrder));
    },
    async save(evidence) {
      const { number, id, version } = evidence;
      if ((items.get(key(number, id))?.version ?? 0) !== version - 1) return 'conflict';
      items.set(key(number, id), structuredClone(evidence));
      return 'saved';
    },
  };
}
