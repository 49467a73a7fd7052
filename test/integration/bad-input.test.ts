import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { problemAnswer } from '../../events/answers.ts';
import { makeCaseNumber } from '../../shared/case/case-number.ts';
import { COMPLAINT } from './scenario.ts';
import { type System, startSystem } from './system.ts';

let system: System;
beforeAll(async () => {
  system = await startSystem();
});
afterAll(() => system.stop());

const changed = (change: object) => JSON.stringify({ ...COMPLAINT, ...change });
const someone = (change: object) => changed({ complainant: { ...COMPLAINT.complainant, ...change } });
const nested = `${'['.repeat(20_000)}${']'.repeat(20_000)}`;

/** What strangers send → the field that the answer must name. */
const BAD: Record<string, [body: string, field: string]> = {
  'nothing at all': ['', 'body'],
  'not JSON': ['你好', 'body'],
  'JSON that stops in the middle': ['{"text":', 'body'],
  'a list instead of an object': ['[]', 'body'],
  null: ['null', 'body'],
  'a number for the text': [changed({ text: 12 }), '/text'],
  'a list for the text': [changed({ text: ['a'] }), '/text'],
  'no text': [changed({ text: undefined }), '/text'],
  'a text of spaces': [changed({ text: '  \n ' }), '/text'],
  'a text that is too long': [changed({ text: '长'.repeat(10_001) }), '/text'],
  'deep nesting in a field': [`{"text":${nested},"complainant":{"name":"a","phone":"13800000000"}}`, '/text'],
  'deep nesting everywhere': [nested, 'body'],
  'a lone surrogate': [JSON.stringify({ ...COMPLAINT, text: 'x' }).replace('"x"', '"\\ud800"'), '/text'],
  'a NUL': [changed({ text: '漏水\u0000' }), '/text'],
  'an unknown field': [changed({ admin: true }), '/admin'],
  'an unknown field inside': [someone({ vip: 1 }), '/complainant/vip'],
  'a prototype in disguise': [
    '{"__proto__":{"a":1},"text":"x","complainant":{"name":"a","phone":"13800000000"}}',
    '/__proto__',
  ],
  'a date in the future': [changed({ occurredOn: '2999-01-01' }), '/occurredOn'],
  'a date that does not exist': [changed({ occurredOn: '2026-02-30' }), '/occurredOn'],
  'a negative amount': [changed({ claimedFen: -1 }), '/claimedFen'],
  'an absurd amount': [changed({ claimedFen: 1e15 }), '/claimedFen'],
  'half a fen': [changed({ paidFen: 0.5 }), '/paidFen'],
  'an amount in words': [changed({ paidFen: '一百' }), '/paidFen'],
  'markup in the text': [changed({ text: '请看<script>alert(1)</script>' }), '/text'],
  'markup in a name': [someone({ name: '<b>王</b>' }), '/complainant/name'],
  'no complainant': [changed({ complainant: undefined }), '/complainant'],
  'a phone that is none': [someone({ phone: 'call me' }), '/complainant/phone'],
  'a division code that is none': [changed({ business: { divisionCode: '12' } }), '/business/divisionCode'],
};

describe('bad input gets a 4xx that names the field in Chinese and English', () => {
  test.each(Object.entries(BAD))('%s', async (_, [raw, field]) => {
    const answer = await system.api('POST', '/complaints', {
      raw,
      headers: { 'content-type': 'application/json' },
    });
    expect(answer.status).toBe(400);
    expect(answer.headers.get('content-type')).toContain('application/problem+json');
    const { errors = [] } = problemAnswer.parse(answer.body);
    expect(errors.map((error) => error.field)).toContain(field);
    for (const { zh, en } of errors) {
      expect(zh).toMatch(/[一-鿿]/);
      expect(en).toMatch(/^[^一-鿿]+$/);
    }
  });

  test.each([200_000, 10_000_000, 12_000_000])('a body of %d bytes', async (size) => {
    const answer = await system.api('POST', '/complaints', {
      raw: changed({ text: 'x'.repeat(size) }),
      headers: { 'content-type': 'application/json' },
    });
    expect(answer.status).toBe(413);
    expect(problemAnswer.parse(answer.body).errors).toMatchObject([{ field: 'body' }]);
  });

  test('a bad idempotency key', async () => {
    const answer = await system.api('POST', '/complaints', {
      body: COMPLAINT,
      headers: { 'idempotency-key': 'x' },
    });
    expect(answer).toMatchObject({ status: 400, body: { errors: [{ field: 'idempotency-key' }] } });
  });

  test('a case number with a slip', async () => {
    const answer = await system.api('GET', '/complaints/261121-483729-9', {
      headers: { 'tracking-secret': 'x' },
    });
    expect(answer).toMatchObject({ status: 400, body: { errors: [{ field: 'number' }] } });
  });

  test.each([
    ['/statistics?month=2026-13', 'month'],
    ['/statistics?from=2026-01-01', 'from'],
    ['/statistics?from=2026-02-01&to=2026-01-01', 'to'],
    ['/statistics?unit=x', 'unit'],
    ['/statistics?unknown=1', 'unknown'],
  ])('%s', async (path, field) => {
    const answer = await system.api('GET', path);
    expect(answer.status).toBe(400);
    expect(problemAnswer.parse(answer.body).errors?.map((error) => error.field)).toContain(field);
  });

  test('at the desk: an unknown step, a ground, a form or a reason that there is not', async () => {
    const token = await system.token('officer', '33020301');
    const path = `/desk/cases/${makeCaseNumber('2026-01-01', 0)}`;
    const answers = await Promise.all([
      system.api('POST', `${path}/steal`, { token, body: {} }),
      system.api('POST', `${path}/settle`, { token, body: { agreedFen: 0.5, document: 'form-9' } }),
      system.api('POST', `${path}/refuse`, { token, body: { ground: 'art99' } }),
      system.api('POST', `${path}/tell`, { token, body: { form: 'form-99' } }),
      system.api('GET', `${path}/complainant`, { token }),
      system.api('GET', `${path}/forms/form-99`, { token }),
      system.api('GET', `${path}/history?before=0`, { token }),
      system.api('GET', '/desk/cases?limit=1000', { token }),
    ]);
    for (const answer of answers) {
      expect(answer.status).toBe(400);
      expect(problemAnswer.parse(answer.body).errors).not.toEqual([]);
    }
  });
});

test('whatever arrives, it is never our fault and never half a case', async () => {
  const before = await countEvents();
  let registered = 0;
  await fc.assert(
    fc.asyncProperty(
      fc.oneof(
        fc.string({ unit: 'binary' }),
        fc.json(),
        fc
          .record({ text: fc.anything(), complainant: fc.anything(), business: fc.anything() })
          .map((value) => safeJson(value)),
        fc.string({ unit: 'binary', minLength: 1 }).map((text) => changed({ text })),
        fc.object().map((extra) => changed(extra)),
      ),
      async (raw) => {
        const answer = await system.api('POST', '/complaints', {
          raw,
          headers: { 'content-type': 'application/json' },
        });
        if (answer.status === 201) registered += 1;
        expect(answer.status === 201 || (answer.status >= 400 && answer.status < 500)).toBe(true);
      },
    ),
    { numRuns: 250 },
  );
  // Each that got a number has its first event, and nothing else has.
  expect((await countEvents()) - before).toBe(registered);
});

async function countEvents(): Promise<number> {
  let count = 0;
  for await (const event of system.cases.allEvents()) if (event.type === 'registered') count += 1;
  return count;
}

function safeJson(value: unknown): string {
  try {
    return JSON.stringify(value, (_, part) => (typeof part === 'bigint' ? String(part) : part)) ?? 'null';
  } catch {
    return '{';
  }
}
