import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { json } from 'node:stream/consumers';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { deskRequests } from '../../events/desk-requests.ts';
import { seededEnding } from '../../infra/commands/replay/seeded.ts';
import { settleCases } from '../../infra/commands/replay/settle-cases.ts';
import type { CaseEvent, EventType } from '../../shared/case/case.ts';
import { type Action, TRANSITIONS } from '../../shared/case/life-cycle.ts';

/*
 * A desk that keeps no more than the last event of each case, and answers 409 as ours does.
 */

let server: Server;
let api: string;
let last: Map<string, EventType>;
let steps: string[];
/** Called before a step is taken. */
let before: (step: string) => void;

beforeEach(async () => {
  last = new Map();
  steps = [];
  before = () => undefined;
  server = createServer((request, response) => void answer(request, response));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  api = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
  const [, , , number = '', action = ''] = request.url?.split('/') ?? [];
  const known = deskRequests[action as keyof typeof deskRequests].safeParse(await json(request)).success;
  const step = `${action} ${number} ${request.headers.authorization}`;
  before(step);
  const expected = action === 'accept' ? 'distributed' : 'accepted';
  const allowed = last.get(number) === expected;
  if (known && allowed) {
    last.set(number, TRANSITIONS[action as Action].event);
    steps.push(step);
  }
  response.writeHead(!known ? 400 : allowed ? 200 : 409).end('{}');
}

afterEach(() => {
  server.closeAllConnections();
  server.close();
});

function settle(numbers: string[]) {
  return settleCases(
    numbers.map((number) => ({ number, key: number })),
    {
      api,
      historyOf: async (number) => [
        { type: last.get(number), unitPath: ['330200', '330203', '33020301'] } as unknown as CaseEvent,
      ],
      tokenOf: async (station) => `token-of-${station}`,
      inFlight: 4,
      patience: { throttled: 0, faults: 0, unanswered: 0 },
    },
  );
}

const numbers = Array.from({ length: 40 }, (_, index) => `case-${index}`);
const agreements = numbers.map(seededEnding).filter((ending) => ending.action === 'settle');
const agreedFen = agreements.reduce((sum, { body }) => sum + body.agreedFen, 0);

test('accepts and ends every case once, with the token of its station', async () => {
  for (const number of numbers) last.set(number, 'distributed');
  const result = await settle(numbers);
  expect(result).toMatchObject({
    accepted: 40,
    settled: agreements.length,
    terminated: 40 - agreements.length,
    agreedFen,
    endedBefore: 0,
    atHub: 0,
  });
  expect(steps).toHaveLength(80);
  expect(steps.every((step) => step.endsWith('Bearer token-of-33020301'))).toBe(true);
});

test('started again it goes on where it stopped', async () => {
  for (const [index, number] of numbers.entries()) last.set(number, index < 10 ? 'accepted' : 'distributed');
  last.set('case-20', 'settled');
  last.set('case-21', 'returned');
  expect(await settle(numbers)).toMatchObject({ accepted: 28, endedBefore: 1, atHub: 1 });
  expect(await settle(numbers)).toMatchObject({
    accepted: 0,
    settled: 0,
    terminated: 0,
    endedBefore: 39,
    atHub: 1,
  });
});

test('takes a conflict for what it is: somebody was faster', async () => {
  for (const number of numbers) last.set(number, 'distributed');
  // A person at the desk accepts case-3 at the same moment, and ends case-4.
  before = (step) => {
    if (step.startsWith('accept case-3 ')) last.set('case-3', 'accepted');
    if (step.startsWith('accept case-4 ')) last.set('case-4', 'terminated');
  };
  const result = await settle(numbers);
  expect(result).toMatchObject({ accepted: 38, endedBefore: 1 });
  expect(result.settled + result.terminated).toBe(39);
});
