import { GetCommand, PutCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { accept, returnToHub } from '../../shared/case/steps.ts';
import type { Registry } from '../../shared/jurisdiction/registry.ts';
import { keyOf } from '../../shared/store/case-items.ts';
import { createDynamoDbCaseStore } from '../../shared/store/dynamodb-case-store.ts';
import { createDynamoDbStatisticsStore } from '../../shared/store/dynamodb-statistics-store.ts';
import { createMemoryCaseStore } from '../../shared/store/memory-case-store.ts';
import { createMemoryStatisticsStore } from '../../shared/store/memory-statistics-store.ts';
import { createDynamoDbRegistryStore } from '../../shared/store/registry-store.ts';
import { context, IDENTITY, keep, MONDAY, registered, registry, stepsTo } from '../unit/support.ts';
import { caseStoreSuite } from './case-store.suite.ts';
import { startTables, type Tables } from './dynamodb.ts';
import { statisticsStoreSuite } from './statistics-store.suite.ts';

let tables: Tables;
beforeAll(async () => {
  tables = await startTables();
});
afterAll(() => tables?.stop());

const inDynamoDb = async () => {
  const names = await tables.create();
  const store = createDynamoDbCaseStore(tables.client, { cases: names.Cases, identities: names.Identities });
  return { names, store };
};

describe('cases in memory', () => caseStoreSuite(async () => createMemoryCaseStore()));
describe('cases in DynamoDB', () => caseStoreSuite(async () => (await inDynamoDb()).store));
describe('statistics in memory', () => statisticsStoreSuite(async () => createMemoryStatisticsStore()));
describe('statistics in DynamoDB', () =>
  statisticsStoreSuite(async () =>
    createDynamoDbStatisticsStore(tables.client, (await tables.create()).Statistics),
  ));

describe('only in DynamoDB', () => {
  test('the receipt goes after a day, the case does not', async () => {
    const { names, store } = await inDynamoDb();
    const step = registered(1);
    const receipt = { keyHash: 'k', payloadHash: 'p', number: step.after.number, secret: 's' };
    await store.register(step, IDENTITY, receipt);
    const read = async (Key: Record<string, string>) =>
      (await tables.client.send(new GetCommand({ TableName: names.Cases, Key }))).Item;
    expect((await read(keyOf.receipt('k')))?.expiresAt).toBe(Date.parse(MONDAY) / 1000 + 86_400);
    expect(await read(keyOf.case(step.after.number))).not.toHaveProperty('expiresAt');
    expect(await read(keyOf.event(step.after.number, 1))).not.toHaveProperty('expiresAt');
  });

  test('names and phones lie in the table of identities only', async () => {
    const { names, store } = await inDynamoDb();
    const found = await keep(store, stepsTo('accepted', 1));
    const Key = keyOf.identity(found.number);
    expect((await tables.client.send(new GetCommand({ TableName: names.Cases, Key }))).Item).toBeUndefined();
    expect(
      (await tables.client.send(new GetCommand({ TableName: names.Identities, Key }))).Item,
    ).toMatchObject({
      phone: IDENTITY.phone,
    });
  });

  test('a function without the table of identities can do everything but read and write them', async () => {
    const { names, store } = await inDynamoDb();
    const found = await keep(store, stepsTo('distributed', 1));
    const narrow = createDynamoDbCaseStore(tables.client, { cases: names.Cases });
    expect(await narrow.commit(accept(found, context()))).toBe('committed');
    await expect(narrow.identity(found.number)).rejects.toThrow('identities');
    await expect(narrow.register(registered(2), IDENTITY, undefined)).rejects.toThrow('identities');
  });

  test('a step leaves alone what a newer version of the code has added to the case', async () => {
    const { names, store } = await inDynamoDb();
    const found = await keep(store, stepsTo('distributed', 1));
    const Key = keyOf.case(found.number);
    await tables.client.send(
      new UpdateCommand({
        TableName: names.Cases,
        Key,
        UpdateExpression: 'SET fromTheFuture = :x',
        ExpressionAttributeValues: { ':x': '以后' },
      }),
    );
    expect(await store.case(found.number)).not.toHaveProperty('fromTheFuture');
    expect(await store.commit(returnToHub(found, { reason: 'unclear' }, context()))).toBe('committed');
    expect((await tables.client.send(new GetCommand({ TableName: names.Cases, Key }))).Item).toMatchObject({
      fromTheFuture: '以后',
      state: 'at-hub',
    });
  });

  test('an item of another schema version is not read by guess', async () => {
    const { names, store } = await inDynamoDb();
    const found = await keep(store, stepsTo('received', 1));
    const Key = keyOf.case(found.number);
    const { Item } = await tables.client.send(new GetCommand({ TableName: names.Cases, Key }));
    await tables.client.send(new PutCommand({ TableName: names.Cases, Item: { ...Item, schemaVersion: 2 } }));
    await expect(store.case(found.number)).rejects.toThrow();
  });
});

describe('the register', () => {
  const sorted = ({ units, divisions, businesses, officers, ...others }: Registry) => ({
    ...others,
    units: units.toSorted((a, b) => a.code.localeCompare(b.code)),
    divisions: divisions.toSorted((a, b) => a.code.localeCompare(b.code)),
    businesses: businesses.toSorted((a, b) => a.creditCode.localeCompare(b.creditCode)),
    officers: officers.toSorted((a, b) => a.id.localeCompare(b.id)),
  });
  const create = async (clock = { ms: 0 }) => {
    const { Registry: table } = await tables.create();
    const open = () => createDynamoDbRegistryStore(tables.client, table, '330200', () => new Date(clock.ms));
    return { clock, writer: open(), reader: open() };
  };

  test('comes back as it was loaded, also more than one call takes', async () => {
    const { writer, reader } = await create();
    const business = registry.businesses[0] as Registry['businesses'][number];
    const many = Array.from({ length: 60 }, (_, i) => ({
      ...business,
      creditCode: `9133020000000${String(i).padStart(5, '0')}`,
    }));
    await writer.load({ ...registry, businesses: many });
    expect(sorted(await reader.read())).toEqual(sorted({ ...registry, businesses: many }));
  });

  test('loaded twice is the same as once, and a change takes effect within a minute', async () => {
    const { clock, writer, reader } = await create();
    await writer.load(registry);
    await reader.read();
    const units = registry.units.map((unit) => ({ ...unit, phone: '0574-11111111' }));
    await writer.load({ ...registry, units });
    clock.ms = 59_999;
    expect((await reader.read()).units[0]?.phone).toBe('0574-00000000');
    clock.ms = 60_000;
    expect(sorted(await reader.read())).toEqual(sorted({ ...registry, units }));
    // Whoever loaded it sees it at once.
    expect((await writer.read()).units[0]?.phone).toBe('0574-11111111');
  });

  test('of another bureau is not mixed in', async () => {
    const { writer, reader } = await create();
    await writer.load({ ...registry, bureau: '110100', city: '北京市', officers: [] });
    await writer.load(registry);
    expect(sorted(await reader.read())).toEqual(sorted(registry));
  });

  test('that nobody has loaded is an error: an empty one would send every case to the dispatcher', async () => {
    const { reader } = await create();
    await expect(reader.read()).rejects.toThrow('330200');
  });

  // Fails today: loading only ever adds. Whoever mends it turns this into a plain test.
  test('a station that was closed is gone after the next loading', async () => {
    const { writer, reader } = await create();
    await writer.load(registry);
    const units = registry.units.filter(({ code }) => code !== '33028101');
    await writer.load({ ...registry, units });
    expect(sorted(await reader.read())).toEqual(sorted({ ...registry, units }));
  });
});
