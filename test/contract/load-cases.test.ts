import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { chanceOf } from '../../infra/commands/load-cases/chance.ts';
import { type Filled, fill, type Tables } from '../../infra/commands/load-cases/fill.ts';
import { makeCases } from '../../infra/commands/load-cases/make-cases.ts';
import { makeMessages } from '../../infra/commands/load-cases/messages.ts';
import { verifyCases } from '../../infra/commands/verify-history/verify.ts';
import { sampleBusinesses, sampleRegistry } from '../../infra/local/sample-registry.ts';
import type { CaseNumber } from '../../shared/case/case-number.ts';
import { settingsOf } from '../../shared/law/bureau-settings.ts';
import { createDynamoDbCaseStore } from '../../shared/store/dynamodb-case-store.ts';
import { createDynamoDbStatisticsStore } from '../../shared/store/dynamodb-statistics-store.ts';
import { createDynamoDbOpenDataStore } from '../../shared/store/open-data-store.ts';
import { isClean, recount } from '../../shared/store/recount.ts';
import { calendar } from '../unit/support.ts';
import { type Tables as Server, startTables } from './dynamodb.ts';

const UNTIL = '2026-11-22T09:00:00.000Z';
const COUNT = 150;
const whole = sampleRegistry();
// A few townships: each has messages of its own, which are all read.
const registry = { ...whole, divisions: whole.divisions.slice(0, 6) };

const made = async (seed: number) => {
  const chance = chanceOf(seed);
  const messages = await makeMessages(registry, sampleBusinesses(), '2026-11-01', chance);
  return makeCases(COUNT, {
    registry,
    calendar,
    messages,
    chance,
    until: UNTIL,
    days: 60,
    secretHash: 'secret',
  });
};

describe('a system that was filled with made-up cases', () => {
  let server: Server;
  let tables: Tables;
  let filled: Filled;

  beforeAll(async () => {
    server = await startTables();
    tables = await server.create();
    const now = () => new Date(UNTIL);
    filled = await fill(await made(7), { client: server.client, tables, registry, now });
  });
  afterAll(() => server.stop());

  test('has as many as were asked for, in many states, each tracked to its day', () => {
    expect(filled.cases).toBeGreaterThan(COUNT * 0.9);
    expect(Object.keys(filled.states).length).toBeGreaterThan(12);
    expect(Object.values(filled.states).reduce((sum, count) => sum + count, 0)).toBe(filled.cases);
  });

  test('has figures that a recount from the history finds without a difference, days rolled up', async () => {
    const cases = createDynamoDbCaseStore(server.client, { cases: tables.Cases });
    const statistics = createDynamoDbStatisticsStore(server.client, tables.Statistics);
    const found = await recount(cases, statistics);
    expect({ ...found, repaired: 0 }).toEqual({
      ...found,
      repaired: 0,
      drift: [],
      untallied: [],
      unknown: [],
    });
    expect(isClean(found)).toBe(true);
    expect(found.events).toBe(filled.events);
    const [month] = await statistics.rollUpsOf(registry.bureau, ['2026-10']);
    expect(month?.totals.received).toBeGreaterThan(COUNT / 4);
  });

  test('has histories whose chains hold, and cases that are what their histories make of them', async () => {
    const cases = createDynamoDbCaseStore(server.client, { cases: tables.Cases });
    const numbers: CaseNumber[] = await Array.fromAsync(cases.allNumbers());
    const counting = async () => ({ calendar, settings: settingsOf(registry.settings) });
    const { broken } = await verifyCases(numbers, cases, counting);
    expect(broken).toEqual([]);
  });

  test('has released open data', async () => {
    const overview = await createDynamoDbOpenDataStore(server.client, tables.PublicCases).document(
      'overview',
    );
    expect(overview?.bureau.code).toBe(registry.bureau);
  });

  test('is the same again for the same seed, another for another', async () => {
    const histories = async (seed: number) =>
      [...(await made(seed))].map(({ steps }) => steps.at(-1)?.after.hash).join();
    expect(await histories(7)).toBe(await histories(7));
    expect(await histories(8)).not.toBe(await histories(7));
  });
});
