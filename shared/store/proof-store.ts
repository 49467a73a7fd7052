import { type DynamoDBDocumentClient, PutCommand, QueryCommand } from '@aws-sdk/lib-dynamodb';
import * as z from 'zod';

/** What a nightly recount of all figures found. */
const proof = z.object({
  at: z.string(),
  /** Events that were counted. */
  events: z.int(),
  /** In how many places the figures differ from the history; 0 is the proof. */
  drift: z.int(),
  /** The same by what differs: counters, untallied, unknown, different, rollUps. */
  places: z.record(z.string(), z.int()),
});

type Proof = z.output<typeof proof>;

/** Keeps the result of every recount: a proof that nobody can look up is none. */
export interface ProofStore {
  keep(proof: Proof): Promise<void>;
  /** The latest first. */
  latest(limit: number): Promise<Proof[]>;
}

/** Beginning of the partition key, for the rights of functions. */
export const PROOF_KEYS = ['PROOFS'] as const;
const [PK] = PROOF_KEYS;

/** In the table of statistics, under a key that no roll-up and no recount looks at. */
export function createDynamoDbProofStore(client: DynamoDBDocumentClient, table: string): ProofStore {
  return {
    async keep(found) {
      const Item = { pk: PK, sk: found.at, entity: 'proof', schemaVersion: 1, ...found };
      await client.send(new PutCommand({ TableName: table, Item }));
    },
    async latest(Limit) {
      const { Items = [] } = await client.send(
        new QueryCommand({
          TableName: table,
          KeyConditionExpression: 'pk = :pk',
          ExpressionAttributeValues: { ':pk': PK },
          ScanIndexForward: false,
          Limit,
        }),
      );
      return Items.map((item) => proof.parse(item));
    },
  };
}

/** The double of the store for unit tests; it passes the same contract suite. */
export function createMemoryProofStore(): ProofStore {
  const kept = new Map<string, Proof>();
  return {
    async keep(found) {
      kept.set(found.at, structuredClone(found));
    },
    latest: async (limit) =>
      [...kept.values()]
        .sort((a, b) => (a.at < b.at ? 1 : -1))
        .slice(0, limit)
        .map((one) => structuredClone(one)),
  };
}
