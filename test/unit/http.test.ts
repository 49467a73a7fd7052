import { Logger } from '@aws-lambda-powertools/logger';
import type { APIGatewayProxyEventV2, APIGatewayProxyEventV2WithJWTAuthorizer, Context } from 'aws-lambda';
import { afterEach, describe, expect, test, vi } from 'vitest';
import * as z from 'zod';
import { problemAnswer as answerContract } from '../../events/answers.ts';
import { idempotencyKey } from '../../events/idempotency-key.ts';
import { caseNumberOf, LARGEST_BODY, parseBody, parseHeader } from '../../shared/http/parse.ts';
import { Problem, type ProblemCode, problemAnswer } from '../../shared/http/problem.ts';
import { httpFunction } from '../../shared/http/stack.ts';
import { staffOf } from '../../shared/http/staff.ts';
import { problemOf } from './support.ts';

const request = (changes: object) => ({ headers: {}, ...changes }) as unknown as APIGatewayProxyEventV2;
const schema = z.strictObject({
  sum: z.number().min(1).max(10),
  kind: z.enum(['a', 'b']).optional(),
  inner: z
    .strictObject({ text: z.string().refine((text) => text !== 'x', '不能是 x / Must not be x') })
    .optional(),
});

describe('a body that cannot be read', () => {
  test.each([
    ['no body', undefined],
    ['an empty body', ''],
    ['half a body', '{"sum": 1'],
    ['another language', '<sum>1</sum>'],
    ['NaN', '{"sum": NaN}'],
    ['a byte-order mark', '\ufeff{"sum":1}'],
    ['a NUL', '\0'],
    ['endless brackets', '['.repeat(100_000)],
  ])('%s is a bad request about the body, in both languages', async (_, body) => {
    const problem = await problemOf(() => parseBody(request({ body }), schema));
    expect(problem.code).toBe('bad-request');
    expect(problem.errors).toEqual([
      { field: 'body', zh: '请求正文不是有效的 JSON', en: 'The body is not valid JSON' },
    ]);
  });

  test('the limit of size counts bytes, and the limit itself is allowed', async () => {
    const text = z.string();
    const fits = JSON.stringify('万'.repeat((LARGEST_BODY - 2) / 3));
    expect(Buffer.byteLength(fits)).toBe(LARGEST_BODY);
    expect(parseBody(request({ body: fits }), text)).toHaveLength((LARGEST_BODY - 2) / 3);
    const problem = await problemOf(() => parseBody(request({ body: `${fits} ` }), text));
    expect([problem.code, problem.errors[0]?.field]).toEqual(['too-large', 'body']);
  });

  test('a body in base 64 is read, its decoded size counts', async () => {
    const body = Buffer.from('{"sum": 1}').toString('base64');
    expect(parseBody(request({ body, isBase64Encoded: true }), schema)).toEqual({ sum: 1 });
    const long = Buffer.from(' '.repeat(LARGEST_BODY + 1)).toString('base64');
    const problem = await problemOf(() => parseBody(request({ body: long, isBase64Encoded: true }), schema));
    expect(problem.code).toBe('too-large');
  });
});

describe('a body with mistakes names every wrong field and what to do', () => {
  test.each([
    ['{}', ['/sum'], '缺少此项', 'missing'],
    ['{"sum":"1"}', ['/sum'], 'number', 'number'],
    ['{"sum":0}', ['/sum'], '不足下限 1', 'minimum of 1'],
    ['{"sum":11}', ['/sum'], '超过上限 10', 'limit of 10'],
    ['{"sum":1,"kind":"c"}', ['/kind'], 'a、b', 'a, b'],
    ['{"sum":1,"inner":{"text":"x"}}', ['/inner/text'], '不能是 x', 'Must not be x'],
    ['{"sum":1,"inner":{}}', ['/inner/text'], '缺少此项', 'missing'],
    ['{"sum":1,"kidn":"a"}', ['/kidn'], '没有这个字段', 'no such field'],
    ['{"sum":1,"inner":{"text":"y","more":1}}', ['/inner/more'], '没有这个字段', 'no such field'],
    ['{"kind":"c","extra":1}', ['/sum', '/kind', '/extra'], '缺少此项', 'missing'],
    ['null', ['body'], 'object', 'object'],
    ['[]', ['body'], 'object', 'object'],
  ])('%s → %j', async (body, fields, zh, en) => {
    const problem = await problemOf(() => parseBody(request({ body }), schema));
    expect(problem.code).toBe('bad-request');
    expect(problem.errors.map(({ field }) => field)).toEqual(fields);
    expect(problem.errors[0]?.zh).toContain(zh);
    expect(problem.errors[0]?.en).toContain(en);
    expect(problem.errors.every((error) => /[一-鿿]/.test(error.zh))).toBe(true);
  });

  test('hundreds of unknown fields with endless names make a short answer', async () => {
    const keys = Object.fromEntries(Array.from({ length: 300 }, (_, i) => [`${i}${'长'.repeat(100)}`, 1]));
    const problem = await problemOf(() =>
      parseBody(request({ body: JSON.stringify({ sum: 1, ...keys }) }), schema),
    );
    expect(problem.errors).toHaveLength(10);
    expect((problemAnswer(problem).body ?? '').length).toBeLessThan(2_000);
  });

  test('what was sent is not sent back', async () => {
    const problem = await problemOf(() =>
      parseBody(request({ body: '{"sum":"13800000000","kind":"某甲"}' }), schema),
    );
    expect(problemAnswer(problem).body).not.toMatch(/13800000000|某甲/);
  });
});

describe('headers and the path', () => {
  test('an idempotency key may be left out, and has 8 to 128 visible characters', async () => {
    const read = (key: string | undefined) =>
      parseHeader(request({ headers: { 'idempotency-key': key } }), 'idempotency-key', idempotencyKey);
    expect(read(undefined)).toBeUndefined();
    expect(read('a'.repeat(8))).toBe('aaaaaaaa');
    expect(read('~'.repeat(128))).toHaveLength(128);
    for (const wrong of ['', 'a'.repeat(7), 'a'.repeat(129), 'with a space', '钥匙钥匙钥匙钥匙']) {
      const problem = await problemOf(() => read(wrong));
      expect(problem.errors[0]?.field, wrong).toContain('idempotency-key');
      expect(problem.errors[0]?.zh).toContain('8 至 128');
    }
  });

  test('the case number in the path is read as people write it', () => {
    expect(caseNumberOf(request({ pathParameters: { number: '2611214837292' } }))).toBe('261121-483729-2');
  });

  test.each([undefined, '', '261121-483729-3', '../../etc'])(
    '%j is refused with an example that works',
    async (number) => {
      const problem = await problemOf(() => caseNumberOf(request({ pathParameters: { number } })));
      expect(problem.errors[0]).toMatchObject({ field: 'number' });
      for (const text of [problem.errors[0]?.zh, problem.errors[0]?.en]) {
        const example = /\d{6}-\d{6}-\d/.exec(text ?? '')?.[0];
        expect(caseNumberOf(request({ pathParameters: { number: example } }))).toBe(example);
      }
    },
  );
});

describe('problems', () => {
  test.each<[ProblemCode, number]>([
    ['bad-request', 400],
    ['wrong-secret', 403],
    ['forbidden', 403],
    ['not-found', 404],
    ['conflict', 409],
    ['too-large', 413],
    ['key-reused', 422],
    ['fault', 500],
    ['try-again', 503],
  ])('%s is a %i of problem+json in both languages', (code, status) => {
    const answer = problemAnswer(new Problem(code));
    const body = JSON.parse(answer.body ?? '');
    expect(answer.statusCode).toBe(status);
    expect(answer.headers?.['content-type']).toMatch(/^application\/problem\+json/);
    expect(answerContract.parse(body)).toMatchObject({ type: `urn:hotline:problem:${code}`, status });
    expect(body.title).toMatch(/^[^/]*[一-鿿][^/]* \/ [A-Z]/);
    expect(body).not.toHaveProperty('errors');
  });

  test('only "try again" says when to come again', () => {
    expect(problemAnswer(new Problem('try-again')).headers).toHaveProperty('retry-after');
    expect(problemAnswer(new Problem('fault')).headers).not.toHaveProperty('retry-after');
  });
});

describe('the stack around every HTTP function', () => {
  const lines: string[] = [];
  const collect = (line: string) => lines.push(line);
  const logger = new Logger({ serviceName: 'test' });
  Object.assign(logger, {
    console: { info: collect, error: collect, warn: collect, debug: collect, log: collect },
  });
  const handler = httpFunction(logger, {
    'GET /good': async () => ({ status: 201, body: { ok: '好' } }),
    'GET /list': async () => ({ status: 200, body: { cases: ['一'] } }),
    'GET /problem': async () => {
      throw new Problem('conflict', [{ field: 'version', zh: '变了', en: 'changed' }]);
    },
    'GET /fault': async () => {
      throw new Error('数据库 secret-host 13800000000');
    },
  });
  const call = (routeKey: string, headers = {}) =>
    handler(request({ routeKey, headers }), { awsRequestId: 'r' } as Context);
  afterEach(() => {
    lines.length = 0;
  });

  test('answers with JSON that nobody may keep', async () => {
    const answer = await call('GET /good');
    expect(answer.statusCode).toBe(201);
    expect(JSON.parse(answer.body ?? '')).toEqual({ ok: '好' });
    expect(answer.headers).toMatchObject({
      'content-type': 'application/json; charset=utf-8',
      'cache-control': 'no-store',
      'x-content-type-options': 'nosniff',
    });
  });

  test('tells who has the same answer already that nothing is new', async () => {
    const first = await call('GET /list');
    expect(first.statusCode).toBe(200);
    const again = await call('GET /list', { 'if-none-match': `W/${String(first.headers?.etag)}` });
    expect(again).toMatchObject({ statusCode: 304, headers: { 'cache-control': 'no-store' } });
    expect(again.body).toBeUndefined();
    expect((await call('GET /list', { 'if-none-match': '"old"' })).body).toBe(first.body);
  });

  test('turns a problem into problem+json that nobody may keep', async () => {
    const answer = await call('GET /problem');
    expect(answer.statusCode).toBe(409);
    expect(answer.headers).toMatchObject({ 'cache-control': 'no-store' });
    expect(JSON.parse(answer.body ?? '').errors).toEqual([{ field: 'version', zh: '变了', en: 'changed' }]);
  });

  test('keeps inside what went wrong inside, in the answer and in the log', async () => {
    const answer = await call('GET /fault');
    expect(answer.statusCode).toBe(500);
    expect(answer.body).not.toMatch(/secret-host|13800000000/);
    expect(lines.join('')).toContain('request-failed');
    expect(lines.join('')).not.toMatch(/secret-host|13800000000/);
  });

  test('a route that is not there is a 404', async () => {
    expect((await call('GET /nothing')).statusCode).toBe(404);
  });
});

describe('who is signed in', () => {
  const event = (claims: object) =>
    ({
      requestContext: { authorizer: { jwt: { claims } } },
    }) as unknown as APIGatewayProxyEventV2WithJWTAuthorizer;

  test('is read from plain claims and from those of Cognito', () => {
    const staff = { id: 's-1', role: 'officer', unit: '33020301' };
    expect(staffOf(event({ sub: 's-1', role: 'officer', unit: '33020301' }))).toEqual(staff);
    expect(staffOf(event({ sub: 's-1', 'custom:role': 'officer', 'custom:unit': '33020301' }))).toEqual(
      staff,
    );
  });

  test.each([
    {},
    { sub: 's-1' },
    { sub: 's-1', role: 'officer' },
    { sub: 's-1', unit: '330200' },
    { role: 'officer', unit: '330200' },
    { sub: 's-1', role: 'admin', unit: '330200' },
    { sub: 's-1', role: 'system', unit: '330200' },
    { sub: 's-1', role: ['officer', 'manager'], unit: '330200' },
    { sub: 's-1', role: 'officer', unit: '' },
  ])('%j is nobody', async (claims) => {
    expect((await problemOf(() => staffOf(event(claims)))).code).toBe('forbidden');
  });
});

vi.setConfig({ testTimeout: 10_000 });
