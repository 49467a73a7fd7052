import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { accept } from '../../shared/jurisdiction/rule-proposal.ts';
import { createDynamoDbRegistryStore, RegistryWaits } from '../../shared/store/registry-store.ts';
import { createDynamoDbRuleStore, createMemoryRuleStore } from '../../shared/store/rule-store.ts';
import { registry } from '../unit/support.ts';
import { startTables, type Tables } from './dynamodb.ts';
import { proposalOf, ruleStoreSuite } from './rule-store.suite.ts';

let tables: Tables;
beforeAll(async () => {
  tables = await startTables();
});
afterAll(() => tables?.stop());

const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;
/** Noon in Shanghai. */
const NOON = Date.parse('2026-11-16T04:00:00.000Z');

const inDynamoDb = async () => {
  const table = await tables.table('Registry');
  const clock = { ms: NOON };
  const now = () => new Date(clock.ms);
  const open = () => createDynamoDbRegistryStore(tables.client, table, '330200', now);
  const store = createDynamoDbRuleStore(tables.client, table, '330200', now);
  return { clock, open, store, loader: open() };
};

describe('rules in memory', () =>
  ruleStoreSuite(async () => {
    const store = createMemoryRuleStore(registry);
    return { store, read: async () => store.current() };
  }));
describe('rules in DynamoDB', () =>
  ruleStoreSuite(async () => {
    const { open, store, loader } = await inDynamoDb();
    await loader.load(registry);
    // A function that has not read the register yet: another one may have the former for a minute.
    return { store, read: async () => open().read() };
  }));

const named = (city: string) => ({ ...registry, city });

describe('a register that is loaded from a day on', () => {
  test('is in force from that day, within a minute after midnight in Shanghai, and the one before can be had again', async () => {
    const { clock, open, loader } = await inDynamoDb();
    await loader.load(named('甲市'));
    expect(await loader.load(named('乙市'), 1, '2026-11-18')).toBe(2);
    const reader = open();
    expect(await reader.read()).toMatchObject({ city: '甲市', version: 1 });
    expect(await reader.next()).toMatchObject({ version: 2, from: '2026-11-18' });
    expect(await reader.before()).toBeUndefined();
    clock.ms = Date.parse('2026-11-17T15:59:30.000Z');
    expect(await reader.read()).toMatchObject({ version: 1 });
    clock.ms += MINUTE;
    expect(await reader.read()).toMatchObject({ city: '乙市', version: 2 });
    expect(await reader.version()).toBe(2);
    expect(await reader.next()).toBeUndefined();
    expect(await reader.before()).toMatchObject({ city: '甲市', version: 1 });
    // And it goes on from there.
    expect(await loader.load(named('丙市'), 2)).toBe(3);
    expect(await open().read()).toMatchObject({ city: '丙市', version: 3 });
    expect(await open().before()).toMatchObject({ city: '乙市', version: 2 });
  });

  test('nothing may be loaded or accepted meanwhile: it would be lost on that day; it can be withdrawn', async () => {
    const { open, store, loader } = await inDynamoDb();
    await loader.load(named('甲市'));
    await loader.load(named('乙市'), 1, '2026-11-18');
    await expect(loader.load(named('丙市'))).rejects.toThrow(RegistryWaits);
    const one = proposalOf('样例市场');
    await store.propose([one]);
    const after = accept(one, { by: 'm', at: '2026-11-16T04:00:00.000Z', from: '2026-11-16', register: 2 });
    expect(await store.publish(after, one.rules, 1)).toBe('conflict');
    expect(await store.register()).toEqual({ version: 1, next: { version: 2, from: '2026-11-18' } });
    expect(await loader.withdraw()).toBe(true);
    expect(await loader.withdraw()).toBe(false);
    expect(await store.publish(after, one.rules, 1)).toBe('saved');
    expect(await open().read()).toMatchObject({ city: '甲市', version: 2, rules: [{ word: '样例市场' }] });
  });

  test.each([['2026-11-16'], ['2026-01-01'], [undefined]])('%s is at once', async (from) => {
    const { open, loader } = await inDynamoDb();
    await loader.load(named('甲市'));
    expect(await loader.load(named('乙市'), 1, from)).toBe(2);
    expect(await open().read()).toMatchObject({ city: '乙市', version: 2 });
  });
});

test('an accepted change is kept when a register is exported, changed and loaded; what nobody needs is removed', async () => {
  const { open, store, loader, clock } = await inDynamoDb();
  await loader.load(registry);
  const one = proposalOf('样例市场');
  await store.propose([one]);
  await store.publish(
    accept(one, { by: 'm', at: '2026-11-16T04:00:00.000Z', from: '2026-11-16', register: 2 }),
    one.rules,
    1,
  );
  const exported = await open().read();
  for (const city of ['乙市', '丙市', '丁市']) {
    clock.ms += DAY;
    await loader.load({ ...exported, city });
  }
  expect(await open().read()).toMatchObject({ city: '丁市', version: 5, rules: one.rules });
  expect(await open().before()).toMatchObject({ city: '丙市', version: 4 });
});
