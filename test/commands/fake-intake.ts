import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** Stands for POST /complaints: registers by idempotency key, and misbehaves when told to. */
export interface FakeIntake {
  api: string;
  /** Idempotency key → number. */
  registered: Map<string, string>;
  /** Requests that arrived, by idempotency key. */
  arrivals: string[];
  /** Looked at before each answer; a status makes that the answer. */
  misbehave: (
    arrival: number,
  ) => { status: number; headers?: Record<string, string> } | 'hang-up' | undefined;
  /** The most requests that were under way at one moment. */
  busiest: number;
  stop(): Promise<void>;
}

export async function startFakeIntake(): Promise<FakeIntake> {
  let underWay = 0;
  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    underWay += 1;
    intake.busiest = Math.max(intake.busiest, underWay);
    const { text } = JSON.parse(await readAll(request)) as { text: unknown };
    // Time for others to arrive, as in life.
    await new Promise((resolve) => {
      setTimeout(resolve, 2);
    });
    underWay -= 1;
    const key = String(request.headers['idempotency-key']);
    intake.arrivals.push(key);
    const misbehaviour = intake.misbehave(intake.arrivals.length);
    const known = intake.registered.get(key);
    const number = known ?? `number-${intake.registered.size + 1}`;
    const write = (status: number, value: object, headers: Record<string, string> = {}) => {
      response.writeHead(status, { 'content-type': 'application/json', ...headers });
      response.end(JSON.stringify(value));
    };
    if (misbehaviour === 'hang-up') {
      // The worst moment: the case is kept and the answer is lost.
      intake.registered.set(key, number);
      request.socket.destroy();
    } else if (misbehaviour !== undefined) {
      write(misbehaviour.status, {}, misbehaviour.headers);
    } else if (typeof text !== 'string' || text.includes('<b>')) {
      write(400, { errors: [{ field: '/text', zh: '', en: '' }] });
    } else {
      intake.registered.set(key, number);
      write(known === undefined ? 201 : 200, { number, secret: `secret of ${number}` });
    }
  }
  const server = createServer((request, response) => void answer(request, response));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const intake: FakeIntake = {
    api: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    registered: new Map(),
    arrivals: [],
    misbehave: () => undefined,
    busiest: 0,
    async stop() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
  return intake;
}

async function readAll(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString();
}
