import { GetCommand, PutCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { verifyChain } from '../../shared/case/chain.ts';
import type { Registry } from '../../shared/jurisdiction/registry.ts';
import type { Partner } from '../../shared/partners/partner.ts';
import { createDynamoDbAlarmStore, createMemoryAlarmStore } from '../../shared/store/alarm-store.ts';
import { createDynamoDbBusinessStore, createMemoryBusinessStore } from '../../shared/store/business-store.ts';
import { createDynamoDbCalendarStore, createMemoryCalendarStore } from '../../shared/store/calendar-store.ts';
import { createDynamoDbCallStore, createMemoryCallStore } from '../../shared/store/call-store.ts';
import { keyOf } from '../../shared/store/case-items.ts';
import { createDynamoDbContactStore, createMemoryContactStore } from '../../shared/store/contact-store.ts';
import { createDynamoDbDeliveryStore, createMemoryDeliveryStore } from '../../shared/store/delivery-store.ts';
import { createDynamoDbDeskWorkStore } from '../../shared/store/desk-work-store.ts';
import { createDocumentClient } from '../../shared/store/dynamodb.ts';
import { createDynamoDbCaseStore } from '../../shared/store/dynamodb-case-store.ts';
import { createDynamoDbEraser } from '../../shared/store/dynamodb-eraser.ts';
import { createDynamoDbIdentityStore } from '../../shared/store/dynamodb-identity-store.ts';
import { createDynamoDbNoticeStore } from '../../shared/store/dynamodb-notice-store.ts';
import { createDynamoDbStatisticsStore } from '../../shared/store/dynamodb-statistics-store.ts';
import { createDynamoDbTextStore } from '../../shared/store/dynamodb-text-store.ts';
import { createDynamoDbEvidenceStore, createMemoryEvidenceStore } from '../../shared/store/evidence-store.ts';
import { createDynamoDbGuardStore, createMemoryGuardStore } from '../../shared/store/guard-store.ts';
import { createDynamoDbIncidentStore } from '../../shared/store/incident-store.ts';
import { createMemoryCaseStore } from '../../shared/store/memory-case-store.ts';
import { createMemoryNoticeStore } from '../../shared/store/memory-notice-store.ts';
import { createMemoryStatisticsStore } from '../../shared/store/memory-statistics-store.ts';
import { createMemoryTextStore } from '../../shared/store/memory-text-store.ts';
import { createDynamoDbModelStore, createMemoryModelStore } from '../../shared/store/model-store.ts';
import { createDynamoDbNotedStore, createMemoryNotedStore } from '../../shared/store/noted-store.ts';
import {
  createDynamoDbOpenDataStore,
  createMemoryOpenDataStore,
} from '../../shared/store/open-data-store.ts';
import { createDynamoDbPartnerStore, createMemoryPartnerStore } from '../../shared/store/partner-store.ts';
import { createDynamoDbProofStore, createMemoryProofStore } from '../../shared/store/proof-store.ts';
import {
  createDynamoDbPublicCaseStore,
  createMemoryPublicCaseStore,
} from '../../shared/store/public-case-store.ts';
import { createDynamoDbRegistryStore, RegistryMoved } from '../../shared/store/registry-store.ts';
import { createDynamoDbReportStore, createMemoryReportStore } from '../../shared/store/report-store.ts';
import {
  createDynamoDbSubscriberStore,
  createMemorySubscriberStore,
} from '../../shared/store/subscriber-store.ts';
import { IDENTITY, keep, MONDAY, PARTNERS, registered, registry, stepsTo, take } from '../unit/support.ts';
import { alarmStoreSuite } from './alarm-store.suite.ts';
import { businessInDynamoDbSuite, businessStoreSuite } from './business-store.suite.ts';
import { calendarInDynamoDbSuite, calendarStoreSuite } from './calendar-store.suite.ts';
import { callStoreSuite } from './call-store.suite.ts';
import { caseStoreSuite } from './case-store.suite.ts';
import { contactStoreSuite } from './contact-store.suite.ts';
import { deliveryStoreSuite } from './delivery-store.suite.ts';
import { deskWorkStoreSuite } from './desk-work-store.suite.ts';
import { startTables, type Tables } from './dynamodb.ts';
import { eraserSuite } from './eraser.suite.ts';
import { evidenceStoreSuite } from './evidence-store.suite.ts';
import { guardStoreSuite } from './guard-store.suite.ts';
import { incidentStoreSuite } from './incident-store.suite.ts';
import { modelInDynamoDbSuite, modelStoreSuite } from './model-store.suite.ts';
import { notedStoreSuite } from './noted-store.suite.ts';
import { noticeStoreSuite } from './notice-store.suite.ts';
import { openDataStoreSuite } from './open-data-store.suite.ts';
import { peopleSuite } from './people.suite.ts';
import { proofStoreSuite } from './proof-store.suite.ts';
import { publicCaseStoreSuite } from './public-case-store.suite.ts';
import { reportStoreSuite } from './report-store.suite.ts';
import { statisticsStoreSuite } from './statistics-store.suite.ts';
import { subscriberStoreSuite } from './subscriber-store.suite.ts';
import { textStoreSuite } from './text-store.suite.ts';

let tables: Tables;
beforeAll(async () => {
  tables = await startTables();
});
afterAll(() => tables?.stop());

const inDynamoDb = async () => {
  const names = await tables.create('Cases', 'Identities', 'Informers');
  const { Cases: cases, Identities: identities, Informers: informers } = names;
  const store = {
    ...createDynamoDbCaseStore(tables.client, { cases, identities, informers }),
    complainants: createDynamoDbIdentityStore(tables.client, identities),
    informers: createDynamoDbIdentityStore(tables.client, informers),
  };
  return { names, store };
};

describe('cases in memory', () => caseStoreSuite(async () => createMemoryCaseStore()));
describe('cases in DynamoDB', () => caseStoreSuite(async () => (await inDynamoDb()).store));
describe('proofs of the figures in memory', () => proofStoreSuite(async () => createMemoryProofStore()));
describe('proofs of the figures in DynamoDB', () =>
  proofStoreSuite(async () => createDynamoDbProofStore(tables.client, await tables.table('Statistics'))));
describe('what administrators did in memory', () => notedStoreSuite(async () => createMemoryNotedStore()));
describe('what administrators did in DynamoDB', () =>
  notedStoreSuite(async () =>
    createDynamoDbNotedStore(tables.client, await tables.table('Registry'), '330200'),
  ));
describe('reports in memory', () => reportStoreSuite(async () => createMemoryReportStore()));
describe('reports in DynamoDB', () =>
  reportStoreSuite(async () => createDynamoDbReportStore(tables.client, await tables.table('Statistics'))));
describe('statistics in memory', () => statisticsStoreSuite(async () => createMemoryStatisticsStore()));
describe('statistics in DynamoDB', () =>
  statisticsStoreSuite(async () =>
    createDynamoDbStatisticsStore(tables.client, await tables.table('Statistics')),
  ));
const withPeople = async () => {
  const { Cases, Identities, Informers } = await tables.create('Cases', 'Identities', 'Informers');
  const names = { cases: Cases, identities: Identities, informers: Informers };
  return {
    cases: createDynamoDbCaseStore(tables.client, names),
    complainants: createDynamoDbIdentityStore(tables.client, Identities),
    informers: createDynamoDbIdentityStore(tables.client, Informers),
    eraser: createDynamoDbEraser(tables.client, names),
    notices: createDynamoDbNoticeStore(tables.client, Cases),
    calls: createDynamoDbCallStore(tables.client, Identities),
  };
};
describe('people in DynamoDB', () => peopleSuite(withPeople));
describe('erasure in DynamoDB', () => eraserSuite(withPeople));
describe('notices in memory', () => noticeStoreSuite(async () => createMemoryNoticeStore()));
describe('notices in DynamoDB', () =>
  noticeStoreSuite(async () => createDynamoDbNoticeStore(tables.client, await tables.table('Cases'))));
describe('contacts in memory', () => contactStoreSuite(async () => createMemoryContactStore()));
describe('contacts in DynamoDB', () =>
  contactStoreSuite(async () => createDynamoDbContactStore(tables.client, await tables.table('Identities'))));
describe('calls in memory', () => callStoreSuite(async (most) => createMemoryCallStore(most)));
describe('calls in DynamoDB', () =>
  callStoreSuite(async (most) =>
    createDynamoDbCallStore(tables.client, await tables.table('Identities'), most),
  ));
describe('evidence in memory', () => evidenceStoreSuite(async () => createMemoryEvidenceStore()));
describe('evidence in DynamoDB', () =>
  evidenceStoreSuite(async () => createDynamoDbEvidenceStore(tables.client, await tables.table('Cases'))));
describe('the guard in memory', () => guardStoreSuite(async () => createMemoryGuardStore()));
describe('the guard in DynamoDB', () =>
  guardStoreSuite(async () => createDynamoDbGuardStore(tables.client, await tables.table('Identities'))));
describe('public cases in memory', () => publicCaseStoreSuite(async () => createMemoryPublicCaseStore()));
describe('public cases in DynamoDB', () =>
  publicCaseStoreSuite(async () =>
    createDynamoDbPublicCaseStore(tables.client, await tables.table('PublicCases')),
  ));
describe('open data in memory', () => openDataStoreSuite(async () => createMemoryOpenDataStore()));
describe('open data in DynamoDB', () =>
  openDataStoreSuite(async () =>
    createDynamoDbOpenDataStore(tables.client, await tables.table('PublicCases')),
  ));
describe.each([
  ['in memory', async () => createMemoryPartnerStore()],
  [
    'in DynamoDB',
    async () =>
      createDynamoDbPartnerStore(tables.client, await tables.table('Registry'), '330200', () => new Date(0)),
  ],
])('rights stations and businesses %s', (_, create) => {
  test('are loaded, found by their code, listed, and replaced by the next list', async () => {
    const store = await create();
    expect(await store.all()).toEqual([]);
    const [station, business] = PARTNERS as [Partner, Partner];
    await store.load(PARTNERS);
    expect(await store.partner(station.code)).toEqual(station);
    expect((await store.all()).map(({ code }) => code).sort()).toEqual([business.code, station.code]);
    await store.load([{ ...business, name: '新名称' }]);
    expect(await store.partner(station.code)).toBeUndefined();
    expect(await store.all()).toEqual([{ ...business, name: '新名称' }]);
  });
});
describe('incidents in memory', () =>
  incidentStoreSuite(async () => {
    const cases = createMemoryCaseStore();
    return { cases, incidents: cases.incidents };
  }));
describe('incidents in DynamoDB', () =>
  incidentStoreSuite(async () => {
    const { names, store } = await inDynamoDb();
    return { cases: store, incidents: createDynamoDbIncidentStore(tables.client, names.Cases) };
  }));
describe('the desk’s work in memory', () =>
  deskWorkStoreSuite(async () => {
    const cases = createMemoryCaseStore();
    return { cases, deskWork: cases.deskWork };
  }));
describe('the desk’s work in DynamoDB', () =>
  deskWorkStoreSuite(async () => {
    const { names, store } = await inDynamoDb();
    const tablesOf = { cases: names.Cases, registry: await tables.table('Registry') };
    return { cases: store, deskWork: createDynamoDbDeskWorkStore(tables.client, tablesOf) };
  }));
describe('delivery reports in memory', () => deliveryStoreSuite(async () => createMemoryDeliveryStore()));
describe('delivery reports in DynamoDB', () =>
  deliveryStoreSuite(async () =>
    createDynamoDbDeliveryStore(tables.client, await tables.table('Identities')),
  ));
describe('texts in memory', () => textStoreSuite(async () => createMemoryTextStore()));
describe('texts in DynamoDB', () =>
  textStoreSuite(async () => createDynamoDbTextStore(tables.client, await tables.table('Identities'))));
describe('calendar years in memory', () => calendarStoreSuite(async () => createMemoryCalendarStore()));
describe('calendar years in DynamoDB', () => {
  calendarStoreSuite(async () =>
    createDynamoDbCalendarStore(tables.client, await tables.table('Registry'), () => new Date(0)),
  );
  calendarInDynamoDbSuite(async () => ({
    client: tables.client,
    table: await tables.table('Registry'),
  }));
});

describe('models of a bureau in memory', () => modelStoreSuite(async () => createMemoryModelStore()));
describe('models of a bureau in DynamoDB', () => {
  const open = async () => {
    const table = await tables.table('Registry');
    return (bureau: string) => createDynamoDbModelStore(tables.client, table, bureau);
  };
  modelStoreSuite(async () => (await open())('330200'));
  modelInDynamoDbSuite(open);
});

describe('businesses in memory', () => businessStoreSuite(async () => createMemoryBusinessStore()));
describe('businesses in DynamoDB', () => {
  const open = async () => {
    const { client } = tables;
    const table = await tables.table('Registry');
    return { client, table, of: (bureau: string) => createDynamoDbBusinessStore(client, table, bureau) };
  };
  businessStoreSuite(async () => (await open()).of('330200'));
  businessInDynamoDbSuite(open);
});

describe('alarms in memory', () => alarmStoreSuite(async () => createMemoryAlarmStore()));
describe('alarms in DynamoDB', () =>
  alarmStoreSuite(async () =>
    createDynamoDbAlarmStore(tables.client, await tables.table('Registry'), '330200'),
  ));
describe('subscribers in memory', () => subscriberStoreSuite(async () => createMemorySubscriberStore()));
describe('subscribers in DynamoDB', () => {
  const open = async () => {
    const table = await tables.table('Identities');
    return {
      subscribers: createDynamoDbSubscriberStore(tables.client, table, '330200'),
      texts: createDynamoDbTextStore(tables.client, table),
    };
  };
  subscriberStoreSuite(async () => (await open()).subscribers);

  test('an SMS that was left is what the sender of replies finds by its key; once sent it does not come back', async () => {
    const { subscribers, texts } = await open();
    const reply = {
      to: '+8613800000001',
      body: '消费提示',
      template: { id: 'consumer-warning', values: {} },
    };
    await subscribers.leave('a-key', reply, MONDAY);
    await subscribers.leave('a-key', { ...reply, body: '另一条' }, MONDAY);
    expect(await texts.reply('a-key')).toEqual(reply);
    await texts.removeReply('a-key');
    await subscribers.leave('a-key', reply, MONDAY);
    expect(await texts.reply('a-key')).toBeUndefined();
  });
});

describe('only in DynamoDB', () => {
  test('a claim whose answer got lost on the way back is still the claim of whoever made it', async () => {
    const { names } = await inDynamoDb();
    const client = createDocumentClient();
    let writes = 0;
    client.middlewareStack.add(
      (next) => async (request) => {
        writes += 1;
        const isFirst = writes === 1;
        const answer = await next(request);
        // The SDK then writes again, and finds the notice claimed.
        if (isFirst) throw Object.assign(new Error('the line went dead'), { name: 'TimeoutError' });
        return answer;
      },
      { step: 'deserialize', priority: 'high' },
    );
    const message = { number: '261116-000001-9', id: '3.accepted.complainant.0', channel: 'sms' } as const;
    const store = createDynamoDbNoticeStore(client, names.Cases);
    expect(await store.claim({ ...message, to: '138****0000', bodySha256: 'ab' }, MONDAY)).toEqual({
      won: true,
      attempt: 1,
    });
    expect(writes).toBe(2);
    client.destroy();
  });

  test('the receipt goes after a day, the case does not', async () => {
    const { names, store } = await inDynamoDb();
    const step = registered(1);
    const receipt = { keyHash: 'k', payloadHash: 'p', number: step.after.number, secret: 's' };
    await store.commit({ registrations: [{ step, identity: IDENTITY }], receipt });
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
    expect(await narrow.commit({ steps: [take(found, 'accept')] })).toBe('committed');
    for (const kind of ['complaint', 'report'] as const) {
      const registration = { step: registered(2, MONDAY, { kind }), identity: IDENTITY };
      await expect(narrow.commit({ registrations: [registration] })).rejects.toThrow(kind);
    }
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
    expect(await store.commit({ steps: [take(found, 'return')] })).toBe('committed');
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
    await tables.client.send(new PutCommand({ TableName: names.Cases, Item: { ...Item, schemaVersion: 3 } }));
    await expect(store.case(found.number)).rejects.toThrow();
  });
});

describe('what the first version wrote', () => {
  const clock = { start: '2026-11-16', due: '2026-11-25', provisional: false, authority: '330203' };
  const number = '261116-000001-9';
  const base = { schemaVersion: 1, number };
  const v1Case = (changes: object) => ({
    ...keyOf.case(number),
    ...base,
    entity: 'case',
    version: 2,
    state: 'distributed',
    channel: 'web',
    complaint: { text: '旧案', business: {}, claimedFen: 12_300 },
    receivedAt: MONDAY,
    receivedOn: '2026-11-16',
    unitPath: ['330200', '330203', '33020301'],
    area: 'A101',
    clocks: { distribute: { ...clock, stopped: '2026-11-16', authority: '330200' }, accept: clock },
    secretHash: '0'.repeat(64),
    deskUnit: '33020301',
    deskOrder: `2026-11-25#${MONDAY}#${number}`,
    ...changes,
  });
  const v1Event = (version: number, type: string, facts?: object) => ({
    ...keyOf.event(number, version),
    ...base,
    entity: 'event',
    id: `${number}.${version}`,
    version,
    type,
    at: MONDAY,
    on: '2026-11-16',
    actor: { role: 'officer', id: 'staff-1' },
    unitPath: ['330200', '330203', '33020301'],
    ...(facts === undefined ? {} : { facts }),
  });
  const written = async (...items: Record<string, unknown>[]) => {
    const { names, store } = await inDynamoDb();
    for (const Item of items) await tables.client.send(new PutCommand({ TableName: names.Cases, Item }));
    return store;
  };
  const history = [
    v1Event(1, 'registered', { channel: 'web', claimedFen: 12_300 }),
    v1Event(2, 'distributed', { area: 'A101', basis: 'township-in-address' }),
  ];

  test('is read as a complaint with the same periods and sums, and is in its unit’s list', async () => {
    const store = await written(v1Case({}), ...history);
    expect(await store.case(number)).toMatchObject({
      kind: 'complaint',
      state: 'distributed',
      clocks: [
        { id: 'distribute', stopped: '2026-11-16' },
        { id: 'accept', due: '2026-11-25' },
      ],
      money: { claimed: 12_300 },
      officers: [],
      forms: [],
    });
    expect((await store.openCases('33020301', 10)).items).toHaveLength(1);
    expect((await store.history(number)).map(({ money }) => money)).toEqual([{ claimed: 12_300 }, undefined]);
  });

  test('steps on: the old history stays as it was written, what comes now is chained', async () => {
    const store = await written(v1Case({}), ...history);
    const before = await store.case(number);
    const accepted = take(before as NonNullable<typeof before>, 'accept');
    const noted = take(accepted.after, 'note');
    expect(await store.commit({ steps: [accepted, noted] })).toBe('committed');
    const after = await store.case(number);
    expect(after).toMatchObject({ version: 4, state: 'accepted', kind: 'complaint' });
    const events = await store.history(number);
    expect(events.map(({ hash }) => hash === undefined)).toEqual([true, true, false, false]);
    expect(verifyChain(events, after)).toBeUndefined();
    expect((await store.openInBureau('330200', 10)).items).toHaveLength(1);
  });

  test.each([
    ['refused', 'refused-told'],
    ['terminated', 'terminated-told'],
    ['settled', 'settled'],
  ])('a case that was %s there is %s here', async (old, state) => {
    const store = await written(v1Case({ state: old, recovered: { agreedFen: 500, provenFen: 100 } }));
    expect(await store.case(number)).toMatchObject({
      state,
      money: { claimed: 12_300, agreed: 500, proven: 100 },
    });
  });

  test('a settlement keeps its sums for the statistics', async () => {
    const store = await written(v1Event(1, 'settled', { agreedFen: 500, provenFen: 100 }));
    expect((await store.event(number, 1))?.money).toEqual({ agreed: 500, proven: 100 });
    const without = await written(v1Event(1, 'settled', {}));
    await expect(without.event(number, 1)).rejects.toThrow();
  });
});

describe('an item that cannot be read', () => {
  const broken = async () => {
    const { names, store } = await inDynamoDb();
    const good = await keep(store, stepsTo('distributed', 1));
    const bad = await keep(store, stepsTo('distributed', 2));
    await tables.client.send(
      new UpdateCommand({
        TableName: names.Cases,
        Key: keyOf.case(bad.number),
        UpdateExpression: 'REMOVE secretHash',
      }),
    );
    return { store, good: good.number, bad: bad.number };
  };

  test('is left out of the unit’s list and named; all else is there', async () => {
    const { store, good, bad } = await broken();
    const { items, unreadable } = await store.openCases('33020301', 10);
    expect([items.map(({ number }) => number), unreadable]).toEqual([[good], [bad]]);
  });

  test('is left out when several are read at once', async () => {
    const { store, good, bad } = await broken();
    expect((await store.cases([good, bad])).map(({ number }) => number)).toEqual([good]);
  });

  test('is a fault when it is asked for by itself', async () => {
    const { store, bad } = await broken();
    await expect(store.case(bad)).rejects.toThrow();
  });
});

describe('the register', () => {
  const sorted = ({ units, divisions, officers, ...others }: Registry) => ({
    ...others,
    units: units.toSorted((a, b) => a.code.localeCompare(b.code)),
    divisions: divisions.toSorted((a, b) => a.code.localeCompare(b.code)),
    officers: officers.toSorted((a, b) => a.id.localeCompare(b.id)),
  });
  const create = async (clock = { ms: 0 }) => {
    const table = await tables.table('Registry');
    const open = () => createDynamoDbRegistryStore(tables.client, table, '330200', () => new Date(clock.ms));
    return { clock, writer: open(), reader: open() };
  };

  test('comes back as it was loaded, also more than one call takes', async () => {
    const { writer, reader } = await create();
    const officer = registry.officers[0] as Registry['officers'][number];
    const many = Array.from({ length: 60 }, (_, i) => ({ ...officer, id: `officer-${i}` }));
    await writer.load({ ...registry, officers: many });
    expect(sorted(await reader.read())).toEqual(sorted({ ...registry, officers: many }));
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
    expect(sorted(await reader.read())).toEqual(sorted({ ...registry, version: 2, units }));
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

  test('a station that was closed is gone after the next loading', async () => {
    const { writer, reader } = await create();
    await writer.load(registry);
    const units = registry.units.filter(({ code }) => code !== '33028101');
    await writer.load({ ...registry, units });
    expect(sorted(await reader.read())).toEqual(sorted({ ...registry, version: 2, units }));
  });

  test('says which version it is; rules come back with it', async () => {
    const { writer, reader } = await create();
    const rules: Registry['rules'] = [
      {
        id: 'by-hand:银泰城',
        precision: 'place',
        word: '银泰城',
        within: '330203',
        unit: '33020301',
        from: '2026-01-01',
        source: 'by-hand',
      },
      {
        id: 'by-hand:测试路:1',
        precision: 'house',
        word: '测试路',
        numbers: { from: 1, to: 99, side: 'odd' },
        kinds: ['report'],
        unit: '33020302',
        source: 'by-hand',
      },
    ];
    expect(await writer.load(registry)).toBe(1);
    expect(await writer.load({ ...registry, rules })).toBe(2);
    const read = await reader.read();
    expect(read.version).toBe(2);
    expect(read.rules.toSorted((a, b) => (a.id < b.id ? -1 : 1))).toEqual(
      rules.toSorted((a, b) => (a.id < b.id ? -1 : 1)),
    );
  });

  test('changed again and again while others read is whole at every look', async () => {
    const { clock, writer, reader } = await create();
    const withPhone = (phone: string) => ({
      ...registry,
      units: registry.units.map((one) => ({ ...one, phone })),
    });
    await writer.load(withPhone('0'));
    const looks: string[][] = [];
    const looking = (async () => {
      for (let look = 0; look < 30; look += 1) {
        clock.ms += 60_000;
        looks.push([...new Set((await reader.read()).units.map(({ phone }) => phone))]);
      }
    })();
    for (let change = 1; change <= 6; change += 1) await writer.load(withPhone(String(change)));
    await looking;
    expect(looks.filter((phones) => phones.length !== 1)).toEqual([]);
    clock.ms += 60_000;
    expect((await reader.read()).version).toBe(7);
  });

  test('keeps the one before it, with its settings, so that people can go back and forth', async () => {
    const { clock, writer, reader } = await create();
    expect(await writer.version()).toBe(0);
    expect(await writer.before()).toBeUndefined();
    await writer.load({ ...registry, settings: { routingThreshold: 0.5 } });
    expect(await writer.before()).toBeUndefined();
    await writer.load({ ...registry, officers: [], settings: undefined });
    const before = await writer.before();
    expect(sorted(before!)).toEqual(sorted({ ...registry, version: 1, settings: { routingThreshold: 0.5 } }));
    expect(await writer.load(before!, await writer.version())).toBe(3);
    clock.ms += 60_000;
    const back = { ...registry, version: 3, settings: { routingThreshold: 0.5 } };
    expect(sorted(await reader.read())).toEqual(sorted(back));
    // Back once more is what was taken back.
    expect((await writer.before())?.officers).toEqual([]);
  });

  test('that was read at another version than the one in force is not loaded', async () => {
    const { writer, reader } = await create();
    await writer.load(registry);
    await writer.load(registry);
    await expect(reader.load({ ...registry, officers: [] }, 1)).rejects.toThrow(RegistryMoved);
    expect((await reader.read()).officers).toHaveLength(registry.officers.length);
    expect(await reader.load(registry, 2)).toBe(3);
  });

  test('loaded by two people at once is loaded by one of them; the other is told', async () => {
    const { writer, reader } = await create();
    await writer.load(registry);
    const outcomes = await Promise.allSettled([writer.load(registry), reader.load(registry)]);
    expect(outcomes.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
    expect((await reader.read()).version).toBe(2);
  });
});
