import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { json } from 'node:stream/consumers';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { deskRequests } from '../../events/desk-requests.ts';
import { act } from '../../functions/desk-api/act.ts';
import { showNotices } from '../../functions/desk-api/desk.ts';
import { seededEnding } from '../../infra/commands/replay/seeded.ts';
import { type Settled, settleCases } from '../../infra/commands/replay/settle-cases.ts';
import type { Action } from '../../shared/case/actions.ts';
import { Problem, problemAnswer } from '../../shared/http/problem.ts';
import { createMemoryNoticeStore } from '../../shared/store/memory-notice-store.ts';
import type { NoticeStore } from '../../shared/store/notice-store.ts';
import { house, keep, registered, STATION_A1, staff, stepsTo, take } from '../unit/support.ts';

/*
 * The desk's own verbs behind a small HTTP server. Where the notice function would stand, a party is told by SMS
 * at once, or its notice is left to be told by hand.
 */

const officer = staff('officer', '33020301');
const numbersOf = (count: number) =>
  Array.from({ length: count }, (_, draw) => registered(draw).after.number);
const numbers = numbersOf(20);
const agreements = numbers.map(seededEnding).filter((ending) => ending.action === 'settle');
const agreedFen = agreements.reduce((sum, ending) => sum + ending.agreedFen, 0);
const provenFen = agreements.reduce((sum, ending) => sum + ending.provenFen, 0);

let desk: ReturnType<typeof house>;
let notices: NoticeStore;
let server: Server;
let api: string;
let steps: string[];
/** Parties whom an SMS reaches. */
let reachable: string[];
/** Called before a step is taken. */
let before: (step: string) => Promise<void>;

beforeEach(async () => {
  notices = createMemoryNoticeStore();
  desk = { ...house(), notices };
  // "Thirty days ahead" is reckoned from today.
  desk.now = () => new Date();
  steps = [];
  reachable = ['complainant'];
  before = async () => undefined;
  server = createServer((request, response) => void answer(request, response));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  api = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterEach(() => {
  server.closeAllConnections();
  server.close();
});

async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
  const [, , , number = '', action = ''] = request.url?.split('/') ?? [];
  const reply = await replyTo(number, action, request).catch((error: unknown) => {
    if (error instanceof Problem) return { status: Number(problemAnswer(error).statusCode), body: error };
    // Not the contract: said at once, instead of being tried again as a fault would be.
    return { status: 400, body: { errors: [{ field: action, en: String(error) }] } };
  });
  response.writeHead(reply.status).end(JSON.stringify(reply.body));
}

async function replyTo(number: string, action: string, request: IncomingMessage) {
  if (action === 'notices') return showNotices(number, officer, desk);
  await before(`${action} ${number}`);
  const sent = deskRequests[action as Action]?.parse(await json(request)) ?? {};
  const reply = await act(number, action as Action, sent, officer, desk);
  steps.push(`${action} ${number} ${request.headers.authorization}`);
  await tell(number);
  return reply;
}

/** What follows from the last step: everybody who can be reached is told, the others are left to the desk. */
async function tell(number: string): Promise<void> {
  const { version = 0 } = (await desk.cases.case(number)) ?? {};
  const event = await desk.cases.event(number, version);
  for (const { notice, party, form } of event?.notices ?? []) {
    const found = await desk.cases.case(number);
    // A notice without a form is news, not a telling that the law asks for.
    if (found === undefined || form === undefined) continue;
    if (reachable.includes(party)) {
      const told = take(found, 'tell', { form, party, by: 'sms', proof: 'provider-1' });
      await desk.cases.commit({ steps: [told] });
    } else {
      await notices.leaveByHand(
        { number, id: `${version}.${notice}.${party}.0` },
        'no-channel',
        event?.at ?? '',
      );
    }
  }
}

async function keepIn(state: Parameters<typeof stepsTo>[0], draw: number): Promise<void> {
  await keep(desk.cases, stepsTo(state, draw));
}

function settle(waitMs = 10_000): Promise<Settled> {
  return settleCases(
    numbers.map((number) => ({ number, key: number })),
    {
      api,
      caseOf: (number) => desk.cases.case(number),
      tokenOf: async (station) => `token-of-${station}`,
      inFlight: 4,
      patience: { throttled: 0, faults: 0, unanswered: 0 },
      waitMs,
      pauseMs: 5,
    },
  );
}

test('takes every case from its acceptance to its end, with the token of its station', async () => {
  for (const draw of numbers.keys()) await keepIn('distributed', draw);
  const result = await settle();
  expect(result).toEqual({
    accepted: 20,
    settled: agreements.length,
    terminated: 20 - agreements.length,
    agreedFen,
    provenFen,
    // The business gave no number: whoever ends a mediation calls it.
    toldByHand: 20 - agreements.length,
    closed: 20,
    endedBefore: 0,
    atHub: 0,
  });
  for (const number of numbers) {
    expect(await desk.cases.case(number)).toMatchObject({ state: 'excluded', unitPath: STATION_A1 });
  }
  expect(steps.every((step) => step.endsWith('Bearer token-of-33020301'))).toBe(true);
});

test('tells the consumer by hand where no SMS can go', async () => {
  reachable = [];
  for (const draw of numbers.keys()) await keepIn('distributed', draw);
  const { toldByHand, closed } = await settle();
  expect({ toldByHand, closed }).toEqual({ toldByHand: 20 + 2 * (20 - agreements.length), closed: 20 });
});

test('waits for notices that are on their way, and says so when they never go out', async () => {
  await keepIn('accepted', 0);
  await expect(settle(60)).rejects.toThrow('its notices do not go out');
});

test('started again it goes on where it stopped', async () => {
  for (const draw of numbers.keys()) await keepIn('distributed', draw);
  let left = 25;
  before = async () => {
    left -= 1;
    if (left < 0) throw new Problem('forbidden');
  };
  await expect(settle()).rejects.toThrow('answered 403');
  before = async () => undefined;
  const { closed, endedBefore } = await settle();
  expect(closed).toBeGreaterThan(0);
  expect(closed + endedBefore).toBe(20);
  expect(await settle()).toMatchObject({ accepted: 0, settled: 0, closed: 0, endedBefore: 20 });
});

test('leaves to others what no officer of a station can settle', async () => {
  await keepIn('at-hub', 0);
  await keepIn('testing', 1);
  await keepIn('refused-told', 2);
  await keep(desk.cases, stepsTo('distributed', 3, undefined, 'report'));
  for (const draw of numbers.keys()) if (draw > 3) await keepIn('published', draw);
  expect(await settle()).toMatchObject({ accepted: 0, closed: 0, endedBefore: 17, atHub: 3 });
});

test('takes a conflict for what it is: somebody was faster', async () => {
  for (const draw of numbers.keys()) await keepIn('distributed', draw);
  const [first = '', second = ''] = numbers;
  // At the same moment a person at the desk accepts the first case, and refuses the second.
  before = async (step) => {
    const action = { [`accept ${first}`]: 'accept', [`accept ${second}`]: 'refuse' }[step];
    const found = await desk.cases.case(step.split(' ')[1] ?? '');
    if (action === undefined || found?.state !== 'distributed') return;
    await desk.cases.commit({ steps: [take(found, action as Action)] });
    await tell(found.number);
  };
  const result = await settle();
  expect(result).toMatchObject({ accepted: 18, closed: 19, endedBefore: 1 });
});
