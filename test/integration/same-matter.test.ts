import { SendMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { caseDetail, signsAnswer } from '../../events/answers.ts';
import { batchAnswer, incidentDetail, incidentList, incidentView } from '../../events/incidents.ts';
import { COMPLAINT, fileComplaint, step } from './scenario.ts';
import { eventually, parsed, type System, startSystem } from './system.ts';

let system: System;
let dispatcher: string;
beforeAll(async () => {
  system = await startSystem();
  dispatcher = await system.token('dispatcher', '330200');
});
afterAll(() => system.stop());

const get = (path: string, token = dispatcher) => system.api('GET', path, { token });
const post = (path: string, body: object, token = dispatcher) => system.api('POST', path, { token, body });
const stateOf = async (number: string) => (await system.cases.case(number))?.state;

/** Puts the numbers into the queue of the triage once more and waits until they are worked off. */
async function deliverAgain(numbers: readonly string[]): Promise<void> {
  const client = new SQSClient({
    endpoint: system.runtime.endpoints.sqs,
    region: 'us-east-1',
    credentials: { accessKeyId: 'test', secretAccessKey: 'test' },
  });
  const QueueUrl = system.runtime.physicalId('Triage/Queue');
  for (const number of numbers) {
    await client.send(new SendMessageCommand({ QueueUrl, MessageBody: JSON.stringify({ number }) }));
  }
  await eventually(async () => {
    const { queues } = await system.runtime.status();
    return Object.values(queues).every((depth) => depth === 0) ? true : undefined;
  });
}

test('the same matter told twice is one case; taken apart it goes on by itself and stays apart', async () => {
  const told = { ...COMPLAINT, paidFen: 199_900 };
  const first = (await fileComplaint(system, told)).registered.number;
  const { registered, tracked } = await fileComplaint(system, {
    ...told,
    text: '燃气热水器漏水，样例家电城不给换也不给退，1999元',
  });
  const second = registered.number;
  expect(tracked.state.code).toBe('joined');
  expect((await system.cases.case(first))?.joined).toEqual([second]);

  // The officer who has the lead sees why, and takes it out with one click.
  const { unitPath } = (await system.cases.case(first)) ?? { unitPath: [] };
  const officer = await system.token('officer', unitPath.at(-1) ?? '');
  const detail = parsed(caseDetail, await get(`/desk/cases/${second}`, officer), 200);
  expect(detail).toMatchObject({ lead: first, actions: expect.arrayContaining(['unjoin']) });
  expect(detail.history.findLast(({ type }) => type === 'joined')).toMatchObject({
    actor: { role: 'system' },
    facts: { matched: expect.arrayContaining(['same-person', 'same-business', 'same-sum']) },
  });
  await step(system, officer, second, 'unjoin');
  await eventually(async () => ((await stateOf(second)) === 'distributed' ? true : undefined));
  await deliverAgain([second, first, second]);
  expect(await stateOf(second)).toBe('distributed');
  expect((await system.cases.case(first))?.joined).toEqual([]);

  // Where it is not sure, it stays with the person who looks, with the reasons.
  const vague = (await fileComplaint(system, { ...COMPLAINT, text: '那件事请你们快一点', paidFen: 999 }))
    .registered.number;
  const { matters } = parsed(signsAnswer, await get(`/desk/cases/${vague}/signs`), 200);
  expect(matters.find(({ number }) => number === first)).toMatchObject({
    same: 'maybe',
    join: { case: vague, lead: first },
  });
});

test('six people and one business are shown as one, each once however often they are delivered', async () => {
  const numbers: string[] = [];
  for (let n = 1; n <= 6; n += 1) {
    const { registered } = await fileComplaint(system, {
      text: `健身房关门，第${n}张年卡里的钱不退，门口贴了装修通知`,
      complainant: { name: `会员${n}`, phone: `1380000010${n}` },
      business: { name: '云朵健身俱乐部', address: '宁波市海曙区古林镇样例路66号' },
      claimedFen: 100_000,
    });
    numbers.push(registered.number);
  }
  await deliverAgain([...numbers].reverse());

  const { incidents } = parsed(incidentList, await get('/desk/incidents'), 200);
  expect(incidents).toMatchObject([
    { name: '云朵健身俱乐部', people: 6, cases: 6, claimedFen: 600_000, state: { code: 'open' } },
  ]);
  const [shown] = incidents;
  if (shown === undefined) throw new Error('no incident is shown');
  const { id, version, first: lead } = shown;
  const found = parsed(incidentDetail, await get(`/desk/incidents/${id}`), 200);
  expect(found.members.map(({ number }) => number).sort()).toEqual([...numbers].sort());
  const told = await Promise.all(numbers.map((number) => system.cases.history(number)));
  expect(told.flat().filter(({ type }) => type === 'incident-flagged')).toHaveLength(1);

  // The head of a station without a case of it sees nothing, an officer may not look.
  const other = await system.token('head', '33021201');
  expect(parsed(incidentList, await get('/desk/incidents', other), 200).incidents).toEqual([]);
  expect((await get(`/desk/incidents/${id}`, other)).status).toBe(404);
  expect((await get('/desk/incidents', await system.token('officer', '330203'))).status).toBe(403);
  expect((await post(`/desk/incidents/${id}/join-all`, { lead })).body.errors[0].field).toBe('/sameMatter');

  // Handled together, twice the same, and taken apart again.
  const joined = async (path: string, body: object) => parsed(batchAnswer, await post(path, body), 200);
  const together = { lead, sameMatter: true };
  expect(await joined(`/desk/incidents/${id}/join-all`, together)).toMatchObject({
    done: 5,
    left: 0,
    skipped: [],
  });
  expect(await joined(`/desk/incidents/${id}/join-all`, together)).toMatchObject({ done: 0, left: 0 });
  expect(await joined(`/desk/incidents/${id}/unjoin-all`, { lead })).toMatchObject({ done: 5, left: 0 });
  expect((await system.cases.case(lead))?.joined).toEqual([]);

  expect((await post(`/desk/incidents/${id}/dismiss`, { version: version - 1 })).status).toBe(409);
  const away = parsed(incidentView, await post(`/desk/incidents/${id}/dismiss`, { version }), 200);
  expect(away.state.code).toBe('dismissed');
  expect(parsed(incidentList, await get('/desk/incidents'), 200).incidents).toEqual([]);
  expect(parsed(incidentList, await get('/desk/incidents?all=yes'), 200).incidents).toHaveLength(1);
});

test('no log line names a person, a phone or a business', () => {
  expect(system.logs.join('\n')).not.toMatch(/会员\d|1380000010|云朵健身|样例家电城|热水器/);
});
