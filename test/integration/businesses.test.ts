import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import * as answers from '../../events/businesses-answers.ts';
import { searchAnswer } from '../../events/desk-work-answers.ts';
import { sampleBusinesses, sampleRegistry } from '../../infra/local/sample-registry.ts';
import { placesOf } from '../../shared/businesses/places.ts';
import { addDays, shanghaiDate } from '../../shared/dates.ts';
import { tenComplained } from './business-scene.ts';
import { COMPLAINT, fileComplaint } from './scenario.ts';
import { parsed, type System, startSystem } from './system.ts';

/*
 * A known business from the complaint to the patrols: recognised, its cases joined by its credit code, a class proposed
 * by night, decided by a person, kept whatever a list says.
 */

let system: System;
let manager: string;
let head: string;
const [BUSINESS, OTHER] = sampleBusinesses() as [
  ReturnType<typeof sampleBusinesses>[number],
  ReturnType<typeof sampleBusinesses>[number],
];
const { creditCode: CODE } = BUSINESS;
const today = () => shanghaiDate(new Date());

beforeAll(async () => {
  system = await startSystem();
  const township = sampleRegistry().divisions.find(({ code }) => code === BUSINESS.division);
  const station = township?.station ?? '';
  manager = await system.token('manager', '330203', 'manager-330203-1');
  head = await system.token('head', station, `head-${station}-1`);
});
afterAll(() => system.stop());

const get = (path: string, token: string) => system.api('GET', path, { token });
const post = (path: string, token: string, body: object) => system.api('POST', path, { token, body });
const shown = async (code: string, token: string) =>
  parsed(answers.businessAnswer, await get(`/desk/businesses/${code}`, token), 200);

describe('a complaint', () => {
  test('by an alias, or misspelt with the road and number, leads to the business and its station', async () => {
    for (const business of [
      { name: '甬样家电城' },
      { name: '甬祥电器', address: '宁波市海曙区高桥镇示例东路18号' },
    ]) {
      const { registered } = await fileComplaint(system, { ...COMPLAINT, business });
      const found = await system.cases.case(registered.number);
      expect(found?.understood?.business?.creditCode, business.name).toBe(CODE);
      expect(found?.unitPath[1]).toBe('330203');
      const { cases } = await shown(CODE, head);
      expect(cases.map(({ number }) => number)).toContain(registered.number);
      const search = parsed(searchAnswer, await post('/desk/search', head, { business: CODE }), 200);
      expect(search.cases.map(({ number }) => number)).toContain(registered.number);
    }
  });

  test('a report is found by who is on it only', async () => {
    const { registered } = await fileComplaint(system, {
      ...COMPLAINT,
      kind: 'report',
      business: { name: OTHER.name },
    });
    const township = sampleRegistry().divisions.find(({ code }) => code === OTHER.division);
    const station = township?.station ?? '';
    const headThere = await system.token('head', station, `head-${station}-1`);
    expect(await system.cases.casesOfCreditCode(OTHER.creditCode, 10)).toContain(registered.number);
    expect((await shown(OTHER.creditCode, headThere)).cases).toEqual([]);
    const found = parsed(
      searchAnswer,
      await post('/desk/search', headThere, { business: OTHER.creditCode }),
      200,
    );
    expect([found.cases, found.looked]).toEqual([[], 0]);
    expect((await shown(OTHER.creditCode, manager)).cases.map(({ number }) => number)).toEqual([
      registered.number,
    ]);
  });
});

test('an unknown code, a wrong one, and who has no business here are refused in both languages', async () => {
  expect(await get('/desk/businesses/914403001922038217', head)).toMatchObject({ status: 400 });
  expect(await get('/desk/businesses/91330100799655058B', head)).toMatchObject({ status: 404 });
  const officer = await system.token('officer', '33020301');
  expect(await get('/desk/class-proposals', officer)).toMatchObject({ status: 403 });
  expect(await get('/desk/watch-list', officer)).toMatchObject({ status: 403 });
});

test('many complaints propose a class by night, once; a manager accepts it; no list takes it back', async () => {
  const numbers = await tenComplained(system, BUSINESS);
  for (let time = 1; time <= 2; time += 1) {
    await system.runtime.invoke('WatchDeadlines/Function', { task: 'propose-classes' });
  }
  const { proposals } = parsed(answers.proposalList, await get('/desk/class-proposals', manager), 200);
  expect(proposals).toHaveLength(1);
  expect(proposals[0]).toMatchObject({ creditCode: CODE, from: 'A', to: 'B', patrol: { timesAYear: 4 } });
  const [reason] = proposals[0]?.reasons ?? [];
  expect(reason).toMatchObject({ code: 'concentrated', days: 30 });
  expect(reason?.people).toBeGreaterThanOrEqual(10);
  expect(numbers).toEqual(expect.arrayContaining(reason?.cases ?? []));
  expect((await shown(CODE, head)).proposal).toEqual(proposals[0]);

  const path = `/desk/class-proposals/${CODE}/decide`;
  const sent = { decision: 'accepted', why: '现场核查属实', proposedOn: proposals[0]?.proposedOn };
  const accepted = parsed(answers.proposalView, await post(path, manager, sent), 200);
  expect(parsed(answers.proposalView, await post(path, manager, sent), 200)).toEqual(accepted);
  expect(await post(path, head, { ...sent, decision: 'declined' })).toMatchObject({ status: 409 });
  expect(await shown(CODE, head)).toMatchObject({ grade: 'B', patrol: { timesAYear: 4 }, proposal: null });

  await system.runtime.invoke('WatchDeadlines/Function', { task: 'propose-classes' });
  expect(parsed(answers.proposalList, await get('/desk/class-proposals', manager), 200).proposals).toEqual(
    [],
  );

  const places = placesOf(sampleRegistry());
  expect(await system.businesses.load(sampleBusinesses(), places)).toMatchObject({ changed: 0, decided: 1 });
  expect((await shown(CODE, head)).grade).toBe('B');
});

test('the watch-list is kept by heads and managers of the place, with reasons', async () => {
  const until = addDays(today(), 90);
  const path = `/desk/watch-list/${CODE}`;
  const wanted = { until, why: ['concentrated'], version: 0 };
  const entry = parsed(answers.watchView, await post(path, head, wanted), 200);
  expect(entry).toMatchObject({ since: today(), until, version: 1, ended: null });
  expect(await post(path, manager, { ...wanted, until: addDays(today(), 30) })).toMatchObject({
    status: 409,
  });
  expect(parsed(answers.watchList, await get('/desk/watch-list', manager), 200).entries).toEqual([entry]);
  const elsewhere = await system.token('head', '33021201', 'head-33021201-1');
  expect(parsed(answers.watchList, await get('/desk/watch-list', elsewhere), 200).entries).toEqual([]);
  expect(await post(path, elsewhere, wanted)).toMatchObject({ status: 403 });
  await post(`${path}/end`, manager, { why: '已整改', version: 1 });
  expect(parsed(answers.watchList, await get('/desk/watch-list', manager), 200).entries).toEqual([]);
});
