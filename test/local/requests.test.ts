import { createHash, randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { request } from 'node:http';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { RecordedCall } from '../../infra/local/call-recorder.ts';
import type { Runtime } from '../../infra/local/runtime.ts';
import { buildFixture } from './fixture/build.ts';
import { eventually, sampleUsers, services, startFixture, temporaryDir } from './fixture/start.ts';

const temporary = temporaryDir();
const calls: RecordedCall[] = [];
const lines: string[] = [];
let runtime: Runtime;
let on: ReturnType<typeof services>;
/** The API on its own address, without the distribution before it. */
let api: string;

beforeAll(async () => {
  process.env.SECRET_OF_THE_PARENT = 'must not be seen';
  const assemblyDir = await buildFixture(temporary.dir);
  runtime = await startFixture(assemblyDir, `${temporary.dir}/data`, {
    inMemory: true,
    integrationTimeoutMs: 4000,
    recordCalls: (call) => calls.push(call),
    onLog: (_, line) => lines.push(line),
  });
  on = services(runtime);
  // The first answer of a function takes as long as its bundle takes to load.
  await runtime.invoke('Echo', {});
  const output = Object.entries(runtime.outputs).find(([name]) => name.includes('ApiEndpoint'));
  api = `${String(output?.[1])}/api`;
});

afterAll(async () => {
  await runtime?.stop();
  temporary.remove();
});

/** The parts of an event the tests look at. */
interface Event extends Record<string, unknown> {
  headers: Record<string, string>;
  pathParameters?: Record<string, string>;
  requestContext: { authorizer: { jwt: { claims: Record<string, string>; scopes: string[] | null } } };
}

async function eventOf(path: string, init?: RequestInit): Promise<Event> {
  const response = await fetch(api + path, init);
  expect(response.status).toBe(200);
  return ((await response.json()) as { event: Event }).event;
}

/** The keys of an object and of the objects in it, for comparing shapes. */
function shape(value: unknown): unknown {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return typeof value;
  return Object.fromEntries(Object.entries(value).map(([key, part]) => [key, shape(part)]));
}

describe('the HTTP API', () => {
  it('makes events in the shape of those AWS makes', async () => {
    const sample = JSON.parse(
      readFileSync(new URL('./fixture/apigw-http_jwt-authorizer-auth.json', import.meta.url), 'utf8'),
    );
    const { access_token } = await on.token({ role: 'officer', unit: 'S01', name: '王五' });
    const event = await eventOf('/me', { headers: { authorization: `Bearer ${access_token}` } });
    const compared = (of: Event) => {
      const { headers: _headers, requestContext, ...rest } = of;
      const { jwt } = requestContext.authorizer;
      return shape({
        ...rest,
        requestContext: { ...requestContext, authorizer: { jwt: { scopes: jwt.scopes } } },
      });
    };
    expect(compared(event)).toEqual(compared(sample));
    expect(event.requestContext.authorizer.jwt.claims).toMatchObject({
      iss: runtime.endpoints.issuer,
      aud: 'fixture',
      role: 'officer',
      unit: 'S01',
      name: '王五',
      exp: expect.stringMatching(/^\d+$/),
    });
  });

  it('hands over path, query, cookies, headers and body as format 2.0 says', async () => {
    const event = await eventOf('/echo/%E4%B8%80%2F2?a=1&a=2&b=%20', {
      method: 'POST',
      headers: { 'content-type': 'application/json', cookie: 'x=1; y=2', 'X-Mixed': 'Case' },
      body: '{"text":"诉求"}',
    });
    expect(event).toMatchObject({
      version: '2.0',
      routeKey: 'ANY /echo/{id}',
      rawPath: '/api/echo/%E4%B8%80%2F2',
      rawQueryString: 'a=1&a=2&b=%20',
      cookies: ['x=1', 'y=2'],
      headers: { 'x-mixed': 'Case', 'content-type': 'application/json' },
      queryStringParameters: { a: '1,2', b: ' ' },
      pathParameters: { id: '一/2' },
      body: '{"text":"诉求"}',
      isBase64Encoded: false,
      requestContext: { stage: 'api', http: { method: 'POST', path: '/api/echo/%E4%B8%80%2F2' } },
    });
    expect(event.headers.cookie).toBeUndefined();
  });

  it('hands a body over in base64 unless its type is text', async () => {
    const bytes = Buffer.from([0, 255, 128]);
    const headers = { 'content-type': 'image/png' };
    const event = await eventOf('/echo/1', { method: 'PUT', headers, body: bytes });
    expect(event).toMatchObject({ isBase64Encoded: true, body: bytes.toString('base64') });
  });

  it.each([
    ['/echo/fixed', 'GET /echo/fixed', undefined],
    ['/echo/other', 'ANY /echo/{id}', { id: 'other' }],
    ['/files/a/b.txt', 'GET /files/{proxy+}', { proxy: 'a/b.txt' }],
  ])('sends %s to %s', async (path, routeKey, pathParameters) => {
    const event = await eventOf(path);
    expect([event.routeKey, event.pathParameters]).toEqual([routeKey, pathParameters]);
  });

  it('sends back status, headers, cookies and a binary body', async () => {
    const response = await fetch(`${api}/echo/1?do=binary`);
    expect(response.status).toBe(201);
    expect(response.headers.get('content-type')).toBe('image/png');
    expect(response.headers.getSetCookie()).toEqual(['a=1', 'b=2']);
    expect(Buffer.from(await response.arrayBuffer())).toEqual(Buffer.from([1, 2, 255]));
  });

  it('takes an answer without a status code for the body', async () => {
    const response = await fetch(`${api}/echo/1?do=inferred`);
    expect([response.status, await response.json()]).toEqual([200, { hello: 'world' }]);
  });

  it.each([
    ['an unknown path', '/nowhere', 404, 'Not Found'],
    ['an unknown method', '/echo/fixed/more', 404, 'Not Found'],
    ['a function that throws', '/echo/1?do=throw', 500, 'Internal Server Error'],
    ['a function that ends its process', '/echo/1?do=crash', 500, 'Internal Server Error'],
    ['a function slower than the limit', '/echo/1?do=hang', 503, 'Service Unavailable'],
  ])('answers %s as AWS does', async (_, path, status, message) => {
    const response = await fetch(api + path);
    expect([response.status, await response.json()]).toEqual([status, { message }]);
  });

  it('lets through as many requests as the throttle allows', async () => {
    const statuses = await Promise.all(
      Array.from({ length: 4 }, async () => (await fetch(`${api}/limited`)).status),
    );
    expect(statuses.filter((status) => status === 200)).toHaveLength(2);
    expect(statuses.filter((status) => status === 429)).toHaveLength(2);
  });

  it.each([
    ['over the 10 MB of the API', 10 * 1024 * 1024 + 1],
    ['over the 6 MB of a function', 7 * 1024 * 1024],
  ])('refuses a body %s', async (_, length) => {
    const body = Buffer.alloc(length, 'x');
    const response = await fetch(`${api}/echo/1`, {
      method: 'POST',
      body,
      headers: { 'content-type': 'text/plain' },
    });
    expect([response.status, await response.json()]).toEqual([413, { message: 'Request Entity Too Large' }]);
  });

  it('refuses a body of unknown length once it is too long', async () => {
    const { hostname, port } = new URL(api);
    const status = await new Promise((resolve, reject) => {
      const outgoing = request({ hostname, port, path: '/api/echo/1', method: 'POST' }, (response) => {
        resolve(response.statusCode);
        response.resume();
        outgoing.destroy();
      });
      outgoing.on('error', reject);
      for (let sent = 0; sent < 11; sent += 1) outgoing.write(Buffer.alloc(1024 * 1024));
    });
    expect(status).toBe(413);
  });
});

describe('the JWT authorizer', () => {
  const status = async (path: string, token?: string) => {
    const headers: Record<string, string> = token ? { authorization: `Bearer ${token}` } : {};
    const response = await fetch(api + path, { headers });
    return [
      response.status,
      response.headers
        .get('www-authenticate')
        ?.replace(/error_description.*/, '')
        .trim(),
    ];
  };

  it('lets a good token through and refuses none, a changed one, and one without the scope', async () => {
    const { access_token: token } = await on.token({ role: 'officer', unit: 'S01' });
    const { access_token: scoped } = await on.token({ role: 'officer', unit: 'S01', scope: 'orders/read' });
    const [header, payload, signature = ''] = token.split('.');
    const claims = JSON.parse(Buffer.from(payload ?? '', 'base64url').toString());
    const raised = Buffer.from(JSON.stringify({ ...claims, role: 'admin' })).toString('base64url');
    expect(await status('/me', token)).toEqual([200, undefined]);
    expect(await status('/me')).toEqual([401, 'Bearer']);
    expect(await status('/me', [header, raised, signature].join('.'))).toEqual([
      401,
      'Bearer scope="" error="invalid_token"',
    ]);
    expect(await status('/scoped', scoped)).toEqual([200, undefined]);
    expect(await status('/scoped', token)).toEqual([
      403,
      'Bearer scope="orders/read" error="insufficient_scope"',
    ]);
  });
});

describe('the edge', () => {
  const get = async (path: string, init?: RequestInit) => {
    const response = await fetch(runtime.endpoints.pages + path, { redirect: 'manual', ...init });
    return {
      status: response.status,
      headers: Object.fromEntries(response.headers),
      text: await response.text(),
    };
  };

  it('serves pages with their type, cache control, ETag and security headers', async () => {
    const { status, headers, text } = await get('/');
    expect([status, text.trim()]).toEqual([200, '<!doctype html><title>home</title>']);
    expect(headers).toMatchObject({
      'content-type': 'text/html',
      'cache-control': 'no-cache',
      'content-security-policy': `default-src 'self'; connect-src 'self' ${runtime.endpoints.issuer}`,
      'strict-transport-security': 'max-age=31536000; includeSubDomains',
      'x-content-type-options': 'nosniff',
      'x-frame-options': 'DENY',
      'referrer-policy': 'same-origin',
      'permissions-policy': 'camera=()',
    });
    const again = await get('/', { headers: { 'if-none-match': headers.etag ?? '' } });
    expect(again.status).toBe(304);
    expect((await get('/app.js')).headers['content-type']).toBe('text/javascript');
  });

  it('fills deploy-time values into the pages', async () => {
    expect(JSON.parse((await get('/config.json')).text)).toEqual({ issuer: runtime.endpoints.issuer });
  });

  it('runs the CloudFront Function on viewer requests', async () => {
    expect((await get('/desk/cases/1')).text).toContain('desk');
    const moved = await get('/old');
    expect([moved.status, moved.headers.location]).toEqual([301, '/desk']);
  });

  it('answers a missing page with the custom error response, and a method it does not allow with 403', async () => {
    const missing = await get('/missing.txt');
    expect([missing.status, missing.text.trim()]).toEqual([404, '<!doctype html><title>missing</title>']);
    expect((await get('/', { method: 'DELETE' })).status).toBe(403);
  });

  it('passes the API on unchanged, with the headers CloudFront adds', async () => {
    const { status, text } = await get('/api/echo/1?x=1');
    const { event } = JSON.parse(text);
    expect(status).toBe(200);
    expect(event).toMatchObject({ rawPath: '/api/echo/1', rawQueryString: 'x=1' });
    expect(event.headers).toMatchObject({
      'x-amz-cf-id': expect.any(String),
      'x-forwarded-for': '127.0.0.1, 127.0.0.1',
      'x-forwarded-proto': 'https',
      host: new URL(api).host,
    });
  });
});

describe('a function', () => {
  it('has its own environment and nothing of the one that runs it', async () => {
    const { payload } = await runtime.invoke('Echo', { do: 'environment' });
    expect(payload).toMatchObject({
      ONLY_HERE: 'echo',
      WORK_QUEUE_URL: runtime.physicalId('Work'),
      AWS_LAMBDA_FUNCTION_NAME: runtime.physicalId('Echo'),
      AWS_REGION: 'us-east-1',
      TZ: ':UTC',
      _HANDLER: 'index.handler',
    });
    expect(payload).not.toHaveProperty('SECRET_OF_THE_PARENT');
    expect(payload).not.toHaveProperty('HOME');
  });

  it('fails as on Lambda when it throws, ends its process or takes too long, and works the next time', async () => {
    const failure = async (action: string) => (await runtime.invoke('Echo', { do: action })).functionError;
    expect(await failure('throw')).toMatchObject({ errorType: 'TypeError', errorMessage: 'asked to throw' });
    expect(await failure('crash')).toMatchObject({ errorType: 'Runtime.ExitError' });
    expect(await failure('hang')).toMatchObject({
      errorType: 'Sandbox.Timedout',
      errorMessage: expect.stringMatching(/^RequestId: .* Error: Task timed out after 6.00 seconds$/),
    });
    expect((await runtime.invoke('Echo', {})).functionError).toBeUndefined();
  });

  it('keeps its sandbox warm between invocations', async () => {
    const invocations = async () =>
      JSON.parse(((await runtime.invoke('Echo', {})).payload as { body: string }).body).invocations;
    const first = await invocations();
    expect(await invocations()).toBe(first + 1);
  });

  it('writes what it prints to its own file', async () => {
    const before = lines.length;
    await runtime.invoke('Echo', {});
    await eventually(() => lines.length > before);
    const file = `${temporary.dir}/data/logs/${runtime.physicalId('Echo')}.log`;
    await eventually(() => readFileSync(file, 'utf8').includes(lines.at(-1) ?? ''));
    expect(lines.at(-1)).toMatch(/^echo [0-9a-f-]{36}$/);
  });

  it('has its calls recorded under its own name', async () => {
    await runtime.invoke('Echo', { do: 'send' });
    await runtime.invoke('Consumer', { sweep: true });
    const [echo, consumer] = [/^Echo/, /^Consumer/].map((id) =>
      calls.findLast(({ functionLogicalId }) => id.test(functionLogicalId ?? '')),
    );
    expect(echo).toMatchObject({
      service: 'sqs',
      action: 'SendMessage',
      queueUrl: runtime.physicalId('Work'),
    });
    expect(consumer).toMatchObject({
      service: 'dynamodb',
      action: 'UpdateItem',
      table: runtime.physicalId('Seen'),
    });
  });
});

describe('the issuer', () => {
  const redirectUri = 'http://127.0.0.1:8315/desk';
  const verifier = randomBytes(32).toString('base64url');
  const authorize = (extra: Record<string, string>) =>
    `${runtime.endpoints.issuer}/authorize?${new URLSearchParams({
      response_type: 'code',
      client_id: 'fixture',
      redirect_uri: redirectUri,
      state: 's',
      code_challenge: createHash('sha256').update(verifier).digest('base64url'),
      code_challenge_method: 'S256',
      ...extra,
    })}`;
  const exchange = async (form: Record<string, string>) => {
    const body = new URLSearchParams({
      grant_type: 'authorization_code',
      client_id: 'fixture',
      redirect_uri: redirectUri,
      ...form,
    });
    const response = await fetch(`${runtime.endpoints.issuer}/token`, { method: 'POST', body });
    return {
      status: response.status,
      body: (await response.json()) as Record<string, string>,
      headers: response.headers,
    };
  };
  /** Follows the page's link for a user up to the code. */
  const codeFor = async (sub: string) => {
    const chosen = await fetch(authorize({ login_hint: sub }), { redirect: 'manual' });
    const issued = await fetch(new URL(chosen.headers.get('location') ?? '', runtime.endpoints.issuer), {
      redirect: 'manual',
    });
    const back = new URL(issued.headers.get('location') ?? '');
    expect([back.origin + back.pathname, back.searchParams.get('state')]).toEqual([redirectUri, 's']);
    return back.searchParams.get('code') ?? '';
  };

  it('shows who there is to sign in as, in Chinese first', async () => {
    const page = await (await fetch(authorize({}))).text();
    expect(page).toContain('<html lang="zh-CN">');
    for (const { sub, name } of sampleUsers)
      expect(page).toMatch(new RegExp(`login_hint=${sub}"><b>${name}`));
  });

  it('gives the chosen user a token for the audience, once per code and only with the verifier', async () => {
    const code = await codeFor('u2');
    const { status, body, headers } = await exchange({ code, code_verifier: verifier });
    expect([status, headers.get('access-control-allow-origin')]).toEqual([200, '*']);
    const claims = JSON.parse(Buffer.from(body.access_token?.split('.')[1] ?? '', 'base64url').toString());
    expect(claims).toMatchObject({ ...sampleUsers[1], aud: 'fixture', iss: runtime.endpoints.issuer });
    expect(claims.exp - claims.iat).toBe(8 * 3600);
    expect(
      (await fetch(`${api}/me`, { headers: { authorization: `Bearer ${body.access_token}` } })).status,
    ).toBe(200);
    expect((await exchange({ code, code_verifier: verifier })).status).toBe(400);
    expect((await exchange({ code: await codeFor('u2') })).status).toBe(400);
    expect((await exchange({ code: 'made-up' })).body).toEqual({ error: 'invalid_grant' });
  });

  it('sends nobody to an address that is not of this machine', async () => {
    expect((await fetch(authorize({ redirect_uri: 'https://example.org/' }))).status).toBe(400);
  });
});
