import { createServer as createHttpServer } from 'node:http';
import { type AddressInfo, createServer, type Server } from 'node:net';
import { afterEach, expect, it } from 'vitest';
import { type DynamoDbLocal, startDynamoDbLocal } from '../../infra/local/dynamodb-local.ts';

const open: Server[] = [];
let database: DynamoDbLocal | undefined;
afterEach(async () => {
  await database?.stop();
  database = undefined;
  for (const server of open.splice(0)) server.close();
});

async function portOf(server: Server): Promise<number> {
  open.push(server);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return (server.address() as AddressInfo).port;
}

it.each([
  [
    'a server that knows nothing of tables',
    () => createHttpServer((_, answer) => answer.writeHead(404).end()),
  ],
  ['a server that says nothing at all', () => createServer((socket) => socket.destroy())],
])('starts on another port when %s was faster', async (_, holder) => {
  const taken = await portOf(holder());
  const asked: number[] = [];
  const nextPort = async () => {
    const free = createServer();
    const port = asked.length === 0 ? taken : await portOf(free);
    free.close();
    asked.push(port);
    return port;
  };
  database = await startDynamoDbLocal(undefined, undefined, 'mixed', nextPort);
  expect(asked).toHaveLength(2);
  expect(database.endpoint).toBe(`http://127.0.0.1:${asked[1]}`);
});
