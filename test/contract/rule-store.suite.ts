import { describe, expect, test } from 'vitest';
import type { Registry } from '../../shared/jurisdiction/registry.ts';
import {
  accept,
  decline,
  newProposal,
  type RuleProposal,
  takeBack,
} from '../../shared/jurisdiction/rule-proposal.ts';
import type { RuleStore } from '../../shared/store/rule-store.ts';

const NOW = '2026-11-16T02:00:00.000Z';
const BY = { by: 'manager-1', at: NOW };

/** A proposal of one rule, with figures of nothing. */
export const proposalOf = (word: string, unit = '33020302'): RuleProposal =>
  newProposal({
    kind: 'learnt',
    standing: 'new',
    ends: [],
    rules: [
      {
        id: `rule-${word}`,
        precision: 'place',
        word,
        unit,
        source: 'learned',
        seen: { here: 3, elsewhere: 0 },
      },
    ],
    advice: 'accept',
    evidence: {
      here: 3,
      elsewhere: 0,
      byPeople: 1,
      returns: 0,
      hoursLost: 0,
      reasons: {},
      units: [],
      cases: [],
    },
    trial: {
      days: 90,
      on: '2026-11-16',
      cases: 3,
      known: 3,
      moved: 3,
      ways: [{ to: unit, cases: 3 }],
      toDispatcher: 0,
      fromDispatcher: 3,
      returned: 0,
      returnsSaved: 0,
      returnsCaused: 0,
      before: { right: 0, wrong: 0, dispatcher: 3 },
      after: { right: 3, wrong: 0, dispatcher: 0 },
    },
    computedAt: NOW,
    register: 1,
  });

/** @param open a store without proposals over a register that was loaded once; `read` what routes cases */
export function ruleStoreSuite(
  open: () => Promise<{ store: RuleStore; read: () => Promise<Registry> }>,
): void {
  const words = async (read: () => Promise<Registry>) =>
    (await read()).rules.map(({ word }) => word).toSorted();
  const accepted = (one: RuleProposal, register: number) =>
    accept(one, { ...BY, from: '2026-11-16', register });

  describe('proposals', () => {
    test('are kept as they were computed, each once', async () => {
      const { store } = await open();
      const both = [proposalOf('样例市场'), proposalOf('样例广场')];
      expect(await store.propose(both)).toBe(2);
      const byId = (all: readonly RuleProposal[]) => all.toSorted((a, b) => (a.id < b.id ? -1 : 1));
      expect(byId(await store.proposals())).toEqual(byId(both));
      expect(await store.propose(both)).toBe(2);
      expect(await store.proposals()).toHaveLength(2);
    });

    test('that were declined stay so when they are computed again; two people at once, one of them looks again', async () => {
      const { store } = await open();
      const one = proposalOf('样例市场');
      await store.propose([one]);
      const declined = decline(one, { ...BY, reason: '旧址已拆' });
      expect(await store.decide(declined)).toBe('saved');
      expect(await store.decide(decline(one, { ...BY, reason: '另一人' }))).toBe('conflict');
      expect(await store.propose([one])).toBe(0);
      expect(await store.proposals()).toEqual([declined]);
    });
  });

  describe('what is accepted', () => {
    test('is in the register with the decision, as its next version', async () => {
      const { store, read } = await open();
      const { version } = await store.register();
      const one = proposalOf('样例市场');
      await store.propose([one]);
      const after = accepted(one, version + 1);
      expect(await store.publish(after, one.rules, version)).toBe('saved');
      expect(await store.register()).toEqual({ version: version + 1, before: version });
      expect(await store.proposals()).toEqual([after]);
      expect(await words(read)).toEqual(['样例市场']);
      expect((await read()).version).toBe(version + 1);
    });

    test('comes one upon the other, and of one id the later one counts', async () => {
      const { store, read } = await open();
      const [first, second] = [proposalOf('样例市场'), proposalOf('样例广场')];
      await store.propose([first, second]);
      await store.publish(accepted(first, 2), first.rules, 1);
      const moved = first.rules.map((rule) => ({ ...rule, to: '2026-12-31' }));
      expect(await store.publish(accepted(second, 3), [...moved, ...second.rules], 2)).toBe('saved');
      const { rules } = await read();
      expect(rules).toHaveLength(2);
      expect(rules).toContainEqual(moved[0]);
      expect(rules).toContainEqual(second.rules[0]);
    });

    test('on a register that somebody changed meanwhile is not kept, neither rule nor decision', async () => {
      const { store, read } = await open();
      const [first, second] = [proposalOf('样例市场'), proposalOf('样例广场')];
      await store.propose([first, second]);
      await store.publish(accepted(first, 2), first.rules, 1);
      expect(await store.publish(accepted(second, 2), second.rules, 1)).toBe('conflict');
      expect(await words(read)).toEqual(['样例市场']);
      expect((await store.proposals()).find(({ id }) => id === second.id)?.state).toBe('open');
    });

    test('by two people at once is accepted once', async () => {
      const { store, read } = await open();
      const one = proposalOf('样例市场');
      await store.propose([one]);
      const outcomes = await Promise.all([0, 1].map(() => store.publish(accepted(one, 2), one.rules, 1)));
      expect(outcomes.toSorted()).toEqual(['conflict', 'saved']);
      expect(await words(read)).toEqual(['样例市场']);
    });

    test('is taken back with the version before, and that can be taken back, too', async () => {
      const { store, read } = await open();
      const one = proposalOf('样例市场');
      await store.propose([one]);
      const after = accepted(one, 2);
      await store.publish(after, one.rules, 1);
      expect(await store.back([takeBack(after, { ...BY, register: 3 })], 2)).toBe('saved');
      expect(await words(read)).toEqual([]);
      expect(await store.register()).toEqual({ version: 3, before: 2 });
      expect((await store.proposals())[0]?.state).toBe('undone');
      expect(await store.back([], 2)).toBe('conflict');
      expect(await store.back([], 3)).toBe('saved');
      expect(await words(read)).toEqual(['样例市场']);
    });

    test('cannot be taken back where there was nothing before', async () => {
      const { store } = await open();
      expect(await store.back([], 1)).toBe('conflict');
    });
  });
}
