import { randomUUID } from 'node:crypto';
import {
  type DynamoDBDocumentClient,
  paginateQuery,
  TransactWriteCommand,
  type TransactWriteCommandInput,
} from '@aws-sdk/lib-dynamodb';
import { type Clock, type LocalDate, shanghaiDate } from '../dates.ts';
import type { Registry } from '../jurisdiction/registry.ts';
import type { RoutingRule } from '../jurisdiction/routing-rule.ts';
import { type RuleProposal, renewed, ruleProposal } from '../jurisdiction/rule-proposal.ts';
import { cancellationReasons, onVersionBefore, putOnVersion } from './dynamodb.ts';
import { type Noted, putNoted } from './noted-store.ts';
import {
  type BureauItem,
  inForceOn,
  putBureauItem,
  RULES_PREFIX,
  readBureauItem,
  rulesKey,
  withChangedRules,
  withFormer,
} from './register-versions.ts';

/** Where the register stands: the version in force, the one to which it can go back, the one that waits for its day. */
export interface RegisterState {
  version: number;
  before?: number | undefined;
  next?: { version: number; from: LocalDate } | undefined;
}

/** Proposed changes of rules, what people decided about them, and the publication of what they accepted. */
export interface RuleStore {
  register(): Promise<RegisterState>;
  proposals(): Promise<RuleProposal[]>;
  /** Keeps what was computed; what people have decided stays. Gives how many are new or have new figures. */
  propose(fresh: readonly RuleProposal[]): Promise<number>;
  /** Keeps a decision. A conflict is a normal outcome: look again. */
  decide(after: RuleProposal): Promise<'saved' | 'conflict'>;
  /** Keeps the decision and puts its rules into the register as the version after `seen`, all at once. */
  publish(after: RuleProposal, rules: readonly RoutingRule[], seen: number): Promise<'saved' | 'conflict'>;
  /** The version before once more, as the one after `seen`, with what was accepted in between marked as taken back. */
  back(takenBack: readonly RuleProposal[], seen: number, noted?: Noted): Promise<'saved' | 'conflict'>;
}

/** Rules that one proposal may write: with its ended ones they fit into one transaction. */
export const MOST_RULES = 40;

const PROPOSALS_PREFIX = 'PROPOSALS#';
/** Partition keys of the registry below which the desk may write proposals and accepted rules. */
export const DESK_RULES = [PROPOSALS_PREFIX, RULES_PREFIX] as const;

type Put = NonNullable<NonNullable<TransactWriteCommandInput['TransactItems']>[number]['Put']>;

/** Proposals lie in the registry's table, beside the register that they would change. */
export function createDynamoDbRuleStore(
  client: DynamoDBDocumentClient,
  table: string,
  bureau: string,
  now: Clock,
): RuleStore {
  const pk = `${PROPOSALS_PREFIX}${bureau}`;
  const itemOf = (proposal: RuleProposal) => ({
    pk,
    sk: proposal.id,
    entity: 'rule-proposal',
    schemaVersion: 1,
    version: proposal.version,
    proposal,
  });
  const putOf = (proposal: RuleProposal): Put => ({
    TableName: table,
    Item: itemOf(proposal),
    ...onVersionBefore(proposal.version),
  });
  const stored = async () => {
    const read = await readBureauItem(client, table, bureau);
    return read && { read, current: inForceOn(read, shanghaiDate(now())) };
  };

  return {
    async register() {
      const { current } = (await stored()) ?? {};
      return stateOf(current);
    },

    async proposals() {
      const found: RuleProposal[] = [];
      const pages = paginateQuery(
        { client },
        {
          TableName: table,
          KeyConditionExpression: 'pk = :pk',
          ExpressionAttributeValues: { ':pk': pk },
          ConsistentRead: true,
        },
      );
      for await (const page of pages) {
        found.push(...(page.Items ?? []).map(({ proposal }) => ruleProposal.parse(proposal)));
      }
      return found;
    },

    async propose(fresh) {
      const known = new Map((await this.proposals()).map((one) => [one.id, one]));
      let kept = 0;
      for (const one of fresh) {
        const next = renewed(known.get(one.id), one);
        // Somebody decides about it at this moment: what he decides stays.
        if (next !== undefined && (await putOnVersion(client, table, itemOf(next))) === 'saved') kept += 1;
      }
      return kept;
    },

    decide: async (after) => putOnVersion(client, table, itemOf(after)),

    async publish(after, rules, seen) {
      const found = await stored();
      if (found?.current.version !== seen || found.current.next !== undefined) return 'conflict';
      const change = randomUUID();
      const puts = rules.map(
        (item): Put => ({
          TableName: table,
          Item: {
            pk: rulesKey(bureau),
            sk: `${change}#${item.id}`,
            entity: 'rules',
            schemaVersion: 1,
            item,
          },
        }),
      );
      const to = withChangedRules(found.current, change, rules.length);
      return writeTogether(client, [...puts, putBureauItem(table, bureau, to, found.read), putOf(after)]);
    },

    async back(takenBack, seen, noted) {
      const found = await stored();
      if (found?.current.version !== seen || found.current.next !== undefined) return 'conflict';
      const to = withFormer(found.current);
      if (to === undefined) return 'conflict';
      return writeTogether(client, [
        putBureauItem(table, bureau, to, found.read),
        ...takenBack.map(putOf),
        ...(noted === undefined ? [] : [putNoted(table, bureau, noted)]),
      ]);
    },
  };
}

function stateOf(current: BureauItem | undefined): RegisterState {
  const next = current?.next;
  return {
    version: current?.version ?? 0,
    ...(current?.before === undefined ? {} : { before: current.before.version }),
    ...(next === undefined ? {} : { next: { version: next.version, from: next.from } }),
  };
}

async function writeTogether(
  client: DynamoDBDocumentClient,
  puts: readonly Put[],
): Promise<'saved' | 'conflict'> {
  try {
    await client.send(new TransactWriteCommand({ TransactItems: puts.map((Put) => ({ Put })) }));
    return 'saved';
  } catch (error) {
    if (cancellationReasons(error) === undefined) throw error;
    return 'conflict';
  }
}

/** The double: passes the same suite; `current` is the register that it publishes into. */
export interface MemoryRuleStore extends RuleStore {
  current(): Registry;
}

export function createMemoryRuleStore(loaded: Registry): MemoryRuleStore {
  const kept = new Map<string, RuleProposal>();
  let current = loaded;
  let before: Registry | undefined;
  const copy = <T>(value: T): T => JSON.parse(JSON.stringify(value)) as T;
  const follows = ({ id, version }: RuleProposal) => (kept.get(id)?.version ?? 0) === version - 1;
  const put = (one: RuleProposal) => kept.set(one.id, copy(one));
  const moveTo = (next: Registry) => {
    before = current;
    current = { ...next, version: current.version + 1 };
  };
  return {
    current: () => current,
    register: async () => ({
      version: current.version,
      ...(before === undefined ? {} : { before: before.version }),
    }),
    proposals: async () => [...kept.values()].map(copy).sort((a, b) => (a.id < b.id ? -1 : 1)),
    async propose(fresh) {
      const next = fresh.flatMap((one) => renewed(kept.get(one.id), one) ?? []);
      for (const one of next) put(one);
      return next.length;
    },
    async decide(after) {
      if (!follows(after)) return 'conflict';
      put(after);
      return 'saved';
    },
    async publish(after, rules, seen) {
      if (seen !== current.version || !follows(after)) return 'conflict';
      const ids = new Set(rules.map(({ id }) => id));
      moveTo({ ...current, rules: [...current.rules.filter(({ id }) => !ids.has(id)), ...rules] });
      put(after);
      return 'saved';
    },
    async back(takenBack, seen) {
      if (before === undefined || seen !== current.version || !takenBack.every(follows)) return 'conflict';
      moveTo(before);
      for (const one of takenBack) put(one);
      return 'saved';
    },
  };
}
