import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { submission } from '../../events/submission.ts';
import { parsePostComment } from '../../shared/open311/post-comment.ts';
import { parsePostRequest } from '../../shared/open311/post-request.ts';
import type { PublicCase } from '../../shared/open311/public-case.ts';
import { parseRequestsQuery, selectRequests } from '../../shared/open311/query.ts';
import { renderErrors, renderRequests } from '../../shared/open311/render.ts';
import { parseResource } from '../../shared/open311/resource.ts';
import { SERVICE_CODES } from '../../shared/open311/services.ts';

const OWN = 'amr.example.cn';
const endpoint = { schema: submission(() => '2026-11-21'), jurisdiction: OWN, mayPost: () => true };

const SENT: Readonly<Record<string, unknown>> = {
  service_code: 'food',
  jurisdiction_id: OWN,
  address_string: '古林镇测试路1号',
  address_id: '330203105',
  lat: 29.8683,
  long: 121.544,
  first_name: '小乙',
  last_name: '某',
  phone: '13800000001',
  email: 'someone@example.cn',
  account_id: 12,
  device_id: 'd-1',
  description: '买到过期面包，店家拒绝退款。',
  media_url: 'https://pics.example/1.jpg',
  'attribute[paid]': 99.5,
  'attribute[problem]': 'quality',
  'attribute[wanted][]': ['refund', 'repair'],
  'attribute[publish]': 'yes',
};

/** In = registered + refused with a reason: whatever came, one of the two, and the reason can be sent. */
function settled(result: ReturnType<typeof parsePostRequest>): 'registered' | 'refused' {
  if (!('refusal' in result)) return 'registered';
  const { status, errors } = result.refusal;
  expect([400, 403, 404]).toContain(status);
  expect(errors.length).toBeGreaterThan(0);
  for (const { field, zh, en } of errors) expect([field, zh, en].every((text) => text !== '')).toBe(true);
  const answered: unknown = JSON.parse(renderErrors(result.refusal, 'json'));
  expect(answered).toHaveLength(errors.length);
  return 'refused';
}

const asForm = (fields: Readonly<Record<string, unknown>>) =>
  new URLSearchParams(
    Object.entries(fields).flatMap(([name, value]) =>
      (Array.isArray(value) ? value : [value]).map((one) => [name, String(one)]),
    ),
  ).toString();

const OPTIONAL = Object.keys(SENT).filter((name) => !['service_code', 'last_name', 'phone'].includes(name));
const wild = fc.oneof(
  fc.string({ unit: 'binary' }),
  fc.constantFrom(
    '',
    ' ',
    '\ud800',
    '\0',
    '%',
    '%zz',
    '<b>',
    '__proto__',
    'constructor',
    'NaN',
    '1e400',
    '-0',
  ),
  fc.integer().map(String),
);

describe('POST /requests', () => {
  test('without any of its optional fields, in another case of letters, with extra keys, it is registered', () => {
    fc.assert(
      fc.property(
        fc.subarray(OPTIONAL),
        fc.boolean(),
        fc.boolean(),
        fc.boolean(),
        (left, upper, json, extra) => {
          // A place there must be: one of three.
          const place = ['address_string', 'address_id', 'lat'].some((name) => left.includes(name));
          const names = new Set([...left, ...(place ? [] : ['address_string'])]);
          if (names.has('lat') !== names.has('long')) names.add('lat').add('long');
          const fields = Object.fromEntries(
            Object.entries(SENT)
              .filter(([name]) => !OPTIONAL.includes(name) || names.has(name))
              .map(([name, value]) => [upper ? name.toUpperCase() : name, value]),
          );
          const sent = extra ? { ...fields, utm: 'x', nested: '{"a":1}' } : fields;
          const body = json ? JSON.stringify(sent) : asForm(sent);
          expect(settled(parsePostRequest(body, json ? 'application/json' : undefined, endpoint))).toBe(
            'registered',
          );
        },
      ),
    );
  });

  test('with any field gone wrong it is registered or refused with a reason, never lost, never a fault', () => {
    fc.assert(
      fc.property(fc.constantFrom(...Object.keys(SENT)), wild, fc.boolean(), (name, value, json) => {
        const sent = { ...SENT, [name]: value };
        const body = json ? JSON.stringify(sent) : asForm(sent);
        settled(parsePostRequest(body, json ? 'application/json' : undefined, endpoint));
      }),
    );
  });

  test('cut anywhere, as text and as bytes', () => {
    fc.assert(
      fc.property(fc.nat(2_000), fc.boolean(), fc.boolean(), (at, json, bytes) => {
        const body = json ? JSON.stringify(SENT) : asForm(SENT);
        const cut = bytes ? Buffer.from(body).subarray(0, at) : body.slice(0, at);
        const result = settled(parsePostRequest(cut, json ? 'application/json' : undefined, endpoint));
        if (json && at < body.length - 1) expect(result).toBe('refused');
      }),
    );
  });

  test('any bytes of any type, any JSON at all', () => {
    const type = fc.constantFrom(
      undefined,
      '',
      'application/json',
      'x; charset=gbk',
      'x; charset=none',
      'text/xml',
    );
    fc.assert(
      fc.property(
        fc.oneof(fc.uint8Array(), fc.string({ unit: 'binary' }), fc.json()),
        type,
        (body, contentType) => {
          settled(parsePostRequest(body, contentType, endpoint));
          expect(parsePostComment('261116-000007-0', body, contentType)).toBeTypeOf('object');
        },
      ),
    );
  });

  test('the same message gives the same submission however often it comes', () => {
    const once = parsePostRequest(asForm(SENT), undefined, endpoint);
    const again = parsePostRequest(asForm(SENT), undefined, endpoint);
    expect(settled(once)).toBe('registered');
    expect(again).toEqual(once);
  });
});

const DAY_MS = 24 * 60 * 60 * 1000;
const FIRST = Date.parse('2026-08-25T00:00:00.000Z');
const someCase = fc
  .record({
    draw: fc.nat(999_999),
    received: fc.nat(80 * DAY_MS),
    later: fc.nat(5 * DAY_MS),
    status: fc.constantFrom('open' as const, 'closed' as const),
    service: fc.constantFrom(...SERVICE_CODES),
    description: fc.string({ unit: 'binary' }),
  })
  .map(
    ({ draw, received, later, ...rest }): PublicCase => ({
      ...rest,
      number: `261116-${String(draw).padStart(6, '0')}-0`,
      state: rest.status === 'open' ? 'received' : 'closed',
      requestedAt: new Date(FIRST + received).toISOString(),
      updatedAt: new Date(FIRST + received + later).toISOString(),
      steps: [],
      comments: [{ at: '2026-11-16T02:00:00.000Z', by: 'agency', text: rest.description }],
    }),
  );
const someCases = fc.uniqueArray(someCase, { selector: ({ number }) => number, maxLength: 30 });

describe('GET /requests', () => {
  const context = { now: new Date('2026-11-21T04:00:00.000Z'), jurisdiction: OWN };

  test('any parameters give a query or a reason; a span is never over 90 days and the rest of a day', () => {
    const name = fc.constantFrom(
      'service_request_id',
      'service_code',
      'start_date',
      'end_date',
      'status',
      'page',
      'page_size',
      'updated_after',
      'updated_before',
      'extensions',
      'jurisdiction_id',
    );
    const date = fc.date({ min: new Date('1990-01-01'), max: new Date('2090-01-01'), noInvalidDate: true });
    const value = fc.oneof(
      wild,
      date.map((at) => at.toISOString()),
      date.map((at) => at.toISOString().slice(0, 10)),
    );
    fc.assert(
      fc.property(fc.dictionary(name, value), (parameters) => {
        const asked = parseRequestsQuery(parameters, context);
        if ('refusal' in asked) {
          expect(asked.refusal.errors.length).toBeGreaterThan(0);
          return;
        }
        const { requested, updated, numbers, page, pageSize } = asked.query;
        expect(requested ?? updated ?? numbers).toBeDefined();
        for (const span of [requested, updated]) {
          if (span === undefined) continue;
          const length = Date.parse(span.until) - Date.parse(span.from);
          expect(length).toBeGreaterThanOrEqual(0);
          expect(length).toBeLessThanOrEqual(91 * DAY_MS);
        }
        expect(page).toBeGreaterThanOrEqual(1);
        expect(pageSize).toBeLessThanOrEqual(1_000);
      }),
    );
  });

  test('all pages together are the whole list, each request once, whatever the order it came in', () => {
    fc.assert(
      fc.property(someCases, fc.integer({ min: 1, max: 7 }), fc.boolean(), (cases, size, byUpdate) => {
        const by = byUpdate ? { updated_after: '2026-08-25', updated_before: '2026-11-22' } : {};
        const paged: string[] = [];
        for (let page: number | undefined = 1; page !== undefined; ) {
          const asked = parseRequestsQuery({ ...by, page: String(page), page_size: String(size) }, context);
          if ('refusal' in asked) throw new Error('refused');
          const part = selectRequests([...cases].reverse(), asked.query);
          paged.push(...part.cases.map(({ number }) => number));
          page = part.next;
        }
        const whole = parseRequestsQuery(by, context);
        if ('refusal' in whole) throw new Error('refused');
        expect(paged).toEqual(selectRequests(cases, whole.query).cases.map(({ number }) => number));
        expect(paged).toHaveLength(cases.length);
      }),
    );
  });
});

test('XML is well-formed whatever was written: nothing forbidden, no mark of its own, as many requests as asked', () => {
  fc.assert(
    fc.property(someCases, (cases) => {
      const xml = renderRequests(cases, 'xml', { extensions: true });
      expect(xml.isWellFormed()).toBe(true);
      expect(xml).not.toMatch(/[^\P{Cc}\t\n]|[\ufffe\uffff]/u);
      expect(xml.match(/<request>/g)?.length ?? 0).toBe(cases.length);
      expect(xml.replace(/<\/?[a-z_]+\/?>|<\?xml[^>]*>|&(?:amp|lt|gt|quot|apos|#\d+);/g, '')).not.toMatch(
        /[<>&]/,
      );
    }),
  );
});

test('any address is a resource or none', () => {
  fc.assert(
    fc.property(
      fc.oneof(
        fc.webPath(),
        fc.string().map((text) => `${text}.xml`),
      ),
      (path) => {
        const resource = parseResource(path);
        expect(resource === undefined || ['xml', 'json'].includes(resource.format)).toBe(true);
      },
    ),
  );
});
