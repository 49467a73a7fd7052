import type { Case, CaseEvent, Identity } from '../case/case.ts';
import type { Step } from '../case/steps.ts';
import { caseItem, eventItem, indexAttributes, parseCase, parseEvent } from './case-items.ts';
import type { CaseStore, Receipt } from './case-store.ts';

/**
 * The double of the DynamoDB store for unit tests. It passes the same contract suite, and goes through the
 * same item schemas, so that what a test keeps here could also be kept there.
 */
export function createMemoryCaseStore(): CaseStore {
  const cases = new Map<string, Record<string, unknown>>();
  const events = new Map<string, Record<string, unknown>>();
  const identities = new Map<string, Identity>();
  const receipts = new Map<string, Receipt>();
  // A round through JSON drops undefined values and shared references, as a table does.
  const copy = <T>(value: T): T => JSON.parse(JSON.stringify(value)) as T;

  const keep = ({ after, event }: Step) => {
    cases.set(after.number, copy(caseItem(after)));
    events.set(event.id, copy(eventItem(event)));
  };
  const all = (): Case[] => [...cases.values()].map(parseCase);

  return {
    async register(step, identity, receipt) {
      if (receipt !== undefined && receipts.has(receipt.keyHash)) return 'key-taken';
      if (cases.has(step.after.number)) return 'number-taken';
      keep(step);
      identities.set(step.after.number, copy(identity));
      if (receipt !== undefined) receipts.set(receipt.keyHash, copy(receipt));
      return 'registered';
    },
    receipt: async (keyHash) => receipts.get(keyHash),
    async case(number) {
      const item = cases.get(number);
      return item === undefined ? undefined : parseCase(item);
    },
    history: async (number) =>
      [...events.values()]
        .map(parseEvent)
        .filter((event) => event.number === number)
        .sort((a, b) => a.version - b.version),
    identity: async (number) => identities.get(number),
    async commit(step) {
      if (cases.get(step.after.number)?.version !== step.after.version - 1) return 'conflict';
      keep(step);
      return 'committed';
    },
    async openCases(unit, limit, after = '') {
      const open = all()
        .map((found) => ({ found, index: indexAttributes(found) }))
        .filter(({ index }) => index.deskUnit === unit && (index.deskOrder ?? '') > after)
        .sort((a, b) => ((a.index.deskOrder ?? '') < (b.index.deskOrder ?? '') ? -1 : 1));
      const items = open.slice(0, limit);
      return {
        items: items.map(({ found }) => found),
        next: open.length > limit ? items.at(-1)?.index.deskOrder : undefined,
      };
    },
    awaitingTriage: async (from, until, limit) =>
      all()
        .filter(
          (found) => found.state === 'received' && found.receivedAt >= from && found.receivedAt <= until,
        )
        .sort((a, b) => (a.receivedAt < b.receivedAt ? -1 : 1))
        .slice(0, limit)
        .map((found) => found.number),
    async *allEvents(): AsyncGenerator<CaseEvent> {
      yield* [...events.values()].map(parseEvent);
    },
  };
}
