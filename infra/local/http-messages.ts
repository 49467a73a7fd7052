import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { setTimeout as delay } from 'node:timers/promises';
import { StartFailure } from './errors.ts';

/** Answers that never have a body, nor a length. */
const bodyless = [204, 304];
/** How long requests under way may still take when a server closes. */
/** Longer than a client pauses. */
const keepAliveMs = 65_000;
const closeTimeoutMs = 5000;

/** A request on its way through the edge to an origin. */
export interface HttpRequest {
  method: string;
  /** Path as received, still percent-encoded. */
  path: string;
  query: string;
  /** Names in lower case; several lines of one name joined with a comma. */
  headers: Record<string, string>;
  sourceIp: string;
  /** Reads the body; undefined if it is longer than `limit`, of which no more than that is kept. */
  readBody: (limit: number) => Promise<Buffer | undefined>;
  /** Closes the connection without an answer; what the handler returns is thrown away. */
  cut: () => void;
}

/** An answer on its way back. */
export interface HttpResponse {
  statusCode: number;
  headers: Record<string, string>;
  cookies?: string[];
  body: string | Buffer;
}

/** Answers a request. */
export type HttpHandler = (request: HttpRequest) => Promise<HttpResponse>;

/** A server on the loopback whose handler is set once everything it needs has started. */
export interface LocalServer {
  origin: string;
  handle(handler: HttpHandler): void;
  /** Takes no more requests, and resolves when those under way have been answered. */
  stop(): Promise<void>;
}

/** Listens on 127.0.0.1; port 0 takes any free one. */
export async function listen(port: number, notice: (line: string) => void): Promise<LocalServer> {
  let handler: HttpHandler = async () => ({ statusCode: 503, headers: {}, body: 'Starting' });
  const server = createServer((incoming, outgoing) => {
    void handler(requestOf(incoming))
      .catch((error: Error): HttpResponse => {
        notice(`${incoming.method} ${incoming.url}: ${error.stack}`);
        return { statusCode: 500, headers: {}, body: 'The local runtime failed; see its output.' };
      })
      .then((response) => send(incoming, outgoing, response));
  });
  // Node's five seconds end while a busy machine is about to use the connection again: its next request is reset.
  server.keepAliveTimeout = keepAliveMs;
  server.listen(port, '127.0.0.1');
  await listening(server, port);
  const address = server.address() as { port: number };
  return {
    origin: `http://127.0.0.1:${address.port}`,
    handle: (newHandler) => {
      handler = newHandler;
    },
    stop: async () => {
      const closed = once(server, 'close');
      server.close();
      await Promise.race([closed, delay(closeTimeoutMs, undefined, { ref: false })]);
      server.closeAllConnections();
    },
  };
}

/** Waits until the server listens; a taken port becomes an error that says which. */
async function listening(server: Server, port: number): Promise<void> {
  try {
    await once(server, 'listening');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EADDRINUSE') throw error;
    throw new StartFailure(
      `端口 ${port} 已被占用，请用 --port 另选。Port ${port} is taken: choose another with --port.`,
    );
  }
}

function requestOf(incoming: IncomingMessage): HttpRequest {
  const [path = '/', ...query] = (incoming.url ?? '/').split('?');
  const headers = Object.entries(incoming.headersDistinct).map(([name, lines = []]) => [
    name,
    lines.join(','),
  ]);
  return {
    method: incoming.method ?? 'GET',
    path,
    query: query.join('?'),
    headers: Object.fromEntries(headers),
    sourceIp: incoming.socket.remoteAddress ?? '127.0.0.1',
    readBody: (limit) => readBody(incoming, limit),
    cut: () => void incoming.socket.destroy(),
  };
}

async function readBody(incoming: IncomingMessage, limit: number): Promise<Buffer | undefined> {
  if (Number(incoming.headers['content-length'] ?? 0) > limit) return undefined;
  const chunks: Buffer[] = [];
  let length = 0;
  // Not an async iterator: leaving one early destroys the socket, and the client would never see the 413.
  return new Promise((resolve, reject) => {
    incoming.on('data', (chunk: Buffer) => {
      length += chunk.length;
      if (length <= limit) chunks.push(chunk);
      else resolve(undefined);
    });
    incoming.on('end', () => resolve(Buffer.concat(chunks)));
    incoming.on('error', reject);
    incoming.on('aborted', () => reject(new Error('The client went away')));
  });
}

function send(incoming: IncomingMessage, outgoing: ServerResponse, response: HttpResponse): void {
  const body = Buffer.isBuffer(response.body) ? response.body : Buffer.from(response.body);
  const cookies = response.cookies ?? [];
  // The answer to HEAD tells of a body that is not there.
  const told = incoming.method === 'HEAD' && 'content-length' in response.headers;
  // What is left of a request body is read and thrown away; a client still sending it would see a reset.
  incoming.resume();
  outgoing.writeHead(response.statusCode, {
    ...response.headers,
    ...(cookies.length > 0 ? { 'set-cookie': cookies } : {}),
    ...(told || bodyless.includes(response.statusCode) ? {} : { 'content-length': body.length }),
  });
  outgoing.end(incoming.method === 'HEAD' ? undefined : body);
}

/** A percent-encoded text decoded; as it is if it is not well formed. */
export function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

/** The headers of a request that go on with it; the others belong to the connection it came by. */
export function endToEndHeaders({ headers }: HttpRequest): Record<string, string> {
  const {
    host: _host,
    connection: _connection,
    'content-length': _length,
    expect: _expect,
    ...endToEnd
  } = headers;
  return endToEnd;
}
