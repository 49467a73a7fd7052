import { beforeEach, describe, expect, test } from 'vitest';
import { proposalAnswer, proposalList, undoAnswer } from '../../events/rules.ts';
import { decideProposal, listProposals, undoRules } from '../../functions/desk-api/rules.ts';
import { problemAnswer } from '../../shared/http/problem.ts';
import { findStation } from '../../shared/jurisdiction/find-station.ts';
import type { Role } from '../../shared/people/roles.ts';
import { createMemoryRuleStore, type MemoryRuleStore } from '../../shared/store/rule-store.ts';
import { proposalOf } from '../contract/rule-store.suite.ts';
import { bodyOf, type House, house, MONDAY, problemOf, registry } from './support.ts';

const [TODAY, LATER] = [MONDAY.slice(0, 10), '2026-12-01'];
const staff = (role: Role, unit = '330200') => ({ id: `${role}-1`, role, unit });
const MANAGER = staff('manager');
const one = proposalOf('样例市场', '33020302');

let deps: House;
let rules: MemoryRuleStore;
beforeEach(async () => {
  rules = createMemoryRuleStore(registry);
  deps = { ...house(), rules, registry: { read: async () => rules.current(), load: async () => 0 } };
  await rules.propose([one]);
});
const list = (state: 'open' | 'accepted' | 'declined' | 'undone' = 'open', who = MANAGER) =>
  bodyOf(listProposals({ state }, who, deps)).then((body) => proposalList.parse(body));
const acceptIt = (more: object = {}, who = MANAGER) =>
  decideProposal(one.id, { decision: 'accept', version: 1, register: 1, ...more }, who, deps);
const statusOf = async (attempt: () => Promise<unknown>) =>
  problemAnswer(await problemOf(attempt)).statusCode;
const stationOn = (day: string) => {
  const found = findStation({ business: { address: '样例市场8号' } }, rules.current(), day);
  return found.found ? found.unit : found.reason;
};

describe('the list', () => {
  test('shows what is proposed with its evidence and trial, units by name, and what this person may do', async () => {
    const { register, mayUndo, proposals } = await list();
    expect({ register, mayUndo }).toEqual({
      register: { version: 1, before: null, next: null },
      mayUndo: false,
    });
    expect(proposals).toMatchObject([
      {
        id: one.id,
        kind: { code: 'learnt', zh: '从办结案件学到' },
        state: { code: 'open' },
        standing: { code: 'new', zh: '新' },
        rules: [{ word: '样例市场', unit: { code: '33020302', name: '古林市场监督管理所' } }],
        trial: { ways: [{ from: null, to: { code: '33020302' }, cases: 3 }] },
        actions: ['accept', 'decline'],
      },
    ]);
  });

  test.each([
    ['dispatcher', '330200', []],
    ['auditor', '330200', []],
    ['manager', '330200', ['accept', 'decline']],
    ['administrator', '330200', ['accept', 'decline']],
  ] as const)('to a %s of the bureau: %s, may %j', async (role, unit, actions) => {
    expect((await list('open', staff(role, unit))).proposals[0]?.actions).toEqual(actions);
  });

  test.each([
    ['manager', '330203'],
    ['head', '33020301'],
    ['officer', '33020301'],
  ] as const)('not to a %s of %s: it is the register of the whole bureau', async (role, unit) => {
    expect(await statusOf(() => listProposals({ state: 'open' }, staff(role, unit), deps))).toBe(403);
    expect(await statusOf(() => acceptIt({}, staff(role, unit)))).toBe(403);
    expect(await statusOf(() => undoRules({ register: 1 }, staff(role, unit), deps))).toBe(403);
  });

  test('a dispatcher sees and does not decide', async () => {
    expect(await statusOf(() => acceptIt({}, staff('dispatcher')))).toBe(403);
    expect(stationOn(TODAY)).toBe('address-not-found');
  });
});

describe('an accepted change', () => {
  test('routes at once, as the next version of the register, and is on record with who did it', async () => {
    const answer = proposalAnswer.parse(await bodyOf(acceptIt()));
    expect(answer).toMatchObject({
      state: { code: 'accepted' },
      decided: { by: 'manager-1', from: TODAY, register: 2 },
      actions: [],
    });
    expect(stationOn(TODAY)).toBe('33020302');
    expect(await list()).toMatchObject({ register: { version: 2, before: 1 }, mayUndo: true, proposals: [] });
    expect((await list('accepted')).proposals).toHaveLength(1);
    expect(deps.logged).toContainEqual({
      code: 'rule-proposal-decided',
      facts: { staff: 'manager-1', proposal: one.id, decision: 'accept' },
    });
    // What is a name in a rule may be a person's.
    expect(JSON.stringify(deps.logged)).not.toContain('样例市场');
  });

  test('from a day on routes from that day', async () => {
    await acceptIt({ from: LATER });
    expect(stationOn('2026-11-30')).toBe('address-not-found');
    expect(stationOn(LATER)).toBe('33020302');
  });

  test.each([
    ['a day that is over', { from: '2026-01-01' }, 400, '/from'],
    ['an older look at the proposal', { version: 2 }, 409, '/version'],
    ['an older look at the register', { register: 7 }, 409, '/register'],
  ])('not on %s', async (_, more, status, field) => {
    const problem = await problemOf(() => acceptIt(more));
    expect([problemAnswer(problem).statusCode, problem.errors[0]?.field]).toEqual([status, field]);
    expect(stationOn(TODAY)).toBe('address-not-found');
  });

  test('not twice', async () => {
    await acceptIt();
    expect(await statusOf(() => acceptIt({ version: 2, register: 2 }))).toBe(409);
  });

  test('is undone with the version before, may be accepted again, and that is in force', async () => {
    await acceptIt();
    const answer = undoAnswer.parse(await bodyOf(undoRules({ register: 2 }, MANAGER, deps)));
    expect(answer).toEqual({ register: { version: 3, before: 2, next: null }, takenBack: [one.id] });
    expect(stationOn(TODAY)).toBe('address-not-found');
    expect((await list('undone')).proposals[0]?.actions).toEqual(['accept', 'decline']);
    await acceptIt({ version: 3, register: 3 });
    expect(stationOn(TODAY)).toBe('33020302');
  });

  test('is not undone by who looked at another version, nor where nothing was before', async () => {
    expect(await statusOf(() => undoRules({ register: 1 }, MANAGER, deps))).toBe(409);
    await acceptIt();
    expect(await statusOf(() => undoRules({ register: 1 }, MANAGER, deps))).toBe(409);
    expect(stationOn(TODAY)).toBe('33020302');
  });
});

describe('a declined change', () => {
  test('never acts, keeps its reason, and does not come again', async () => {
    const sent = { decision: 'decline', version: 1, reason: '该市场已搬迁' } as const;
    const answer = await bodyOf(decideProposal(one.id, sent, MANAGER, deps));
    expect(answer).toMatchObject({ state: { code: 'declined' }, decided: { reason: '该市场已搬迁' } });
    await rules.propose([one]);
    expect((await list()).proposals).toEqual([]);
    expect(stationOn(TODAY)).toBe('address-not-found');
    expect(await statusOf(() => acceptIt({ version: 2 }))).toBe(409);
  });

  test('that is unknown is not found', async () => {
    const sent = { decision: 'decline', version: 1, reason: '无' } as const;
    expect(await statusOf(() => decideProposal('0'.repeat(20), sent, MANAGER, deps))).toBe(404);
  });
});
