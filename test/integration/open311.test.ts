import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import * as z from 'zod';
import { sampleRegistry } from '../../infra/local/sample-registry.ts';
import { sha256 } from '../../shared/sha256.ts';
import { step } from './scenario.ts';
import { eventually, parsed, type System, startSystem } from './system.ts';

/*
 * A program of somebody else's that knows GeoReport v2 and nothing of this house: it lists services, files, looks its
 * requests up and follows what changes.
 */

const KEY = 'key-of-the-city-app';
const ENDPOINT = '/open311/v2';
/** What must come out nowhere: it was sent by the person. */
const SECRETS = [
  '示范',
  '13800000001',
  'someone@example.org',
  '样例路88号',
  'https://example.org/photo.jpg',
  KEY,
];

let system: System;
beforeAll(async () => {
  system = await startSystem({ withRegister: false });
  const keys = [{ client: 'city app', sha256: sha256(KEY) }];
  await system.register.load({ ...sampleRegistry(), settings: { open311: { keys, contact: '12315' } } });
});
afterAll(() => system.stop());

// As the specification describes them, by hand; strict, so that nothing of ours shows unasked.
const word = z.string().nullable();
const moment = z.string().regex(/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}\+08:00$/);
const REQUEST = {
  service_request_id: z.string(),
  status: z.enum(['open', 'closed']),
  status_notes: word,
  service_name: word,
  service_code: z.string(),
  description: z.string().max(4000).nullable(),
  agency_responsible: word,
  service_notice: word,
  requested_datetime: moment,
  updated_datetime: moment,
  expected_datetime: moment.nullable(),
  address: word,
  address_id: word,
  zipcode: word,
  lat: z.null(),
  long: z.null(),
  media_url: z.null(),
};
const requestList = z.array(z.strictObject(REQUEST));
const extendedList = z.array(
  z.strictObject({
    ...REQUEST,
    extended_attributes: z.strictObject({ state: z.string(), final: z.boolean() }),
    notes: z.array(z.strictObject({ datetime: moment, description: z.string(), type: z.string() })).min(1),
    comments: z.array(z.unknown()),
  }),
);
const serviceList = z
  .array(
    z.strictObject({
      service_code: z.string(),
      service_name: z.string(),
      description: z.string(),
      metadata: z.boolean(),
      type: z.literal('realtime'),
      keywords: z.string(),
      group: z.string(),
    }),
  )
  .min(20);
const definition = z.object({
  service_code: z.string(),
  attributes: z.array(
    z.strictObject({
      variable: z.boolean(),
      code: z.string(),
      datatype: z.enum(['string', 'number', 'datetime', 'text', 'singlevaluelist', 'multivaluelist']),
      required: z.boolean(),
      datatype_description: word,
      order: z.int().positive(),
      description: z.string(),
      values: z.array(z.strictObject({ key: z.string(), name: z.string() })).optional(),
    }),
  ),
});
const posted = z.tuple([
  z.strictObject({
    service_request_id: z.string().regex(/^\d{6}-\d{6}-\d$/),
    service_notice: word,
    account_id: word,
  }),
]);
const errors = z.array(z.strictObject({ code: z.number(), description: z.string().min(10) })).min(1);

const get = (path: string, headers: Record<string, string> = {}) =>
  system.api('GET', `${ENDPOINT}/${path}`, { headers });
const xml = async (path: string, options?: RequestInit) => {
  const answer = await fetch(`${system.runtime.endpoints.api}${ENDPOINT}/${path}`, options);
  const text = await answer.text();
  expect(answer.headers.get('content-type')).toBe('text/xml; charset=utf-8');
  return { status: answer.status, elements: elementsOf(text), text };
};
/** Names of all elements in their order; fails where they do not nest, or where something stands unescaped. */
function elementsOf(text: string): string[] {
  const open: string[] = [];
  const names: string[] = [];
  const [, head, root = ''] = /^(<\?xml version="1\.0" encoding="utf-8"\?>\n)(.*)\n$/s.exec(text) ?? [];
  expect(head, text.slice(0, 100)).toBeDefined();
  for (const [, close, name = '', empty] of root.matchAll(/<(\/?)([a-z_]+)(\/?)>/g)) {
    if (close !== '/') names.push(name);
    if (close === '/') expect(open.pop()).toBe(name);
    else if (empty !== '/') open.push(name);
  }
  expect(open).toEqual([]);
  expect(root.replace(/<\/?[a-z_]+\/?>|&(?:amp|lt|gt|quot|apos|#\d+);/g, '')).not.toMatch(/[<&]/);
  return names;
}

const MESSAGE = {
  api_key: KEY,
  service_code: 'food',
  address_string: '宁波市海曙区古林镇样例路88号',
  first_name: '小乙',
  last_name: '示范',
  phone: '13800000001',
  email: 'someone@example.org',
  description: '在样例面包店买到过期面包 <3 & 店家拒绝退款。',
  media_url: 'https://example.org/photo.jpg',
  account_id: 'account-7',
  'attribute[business_name]': '样例面包店',
  'attribute[paid]': '99.50',
};
const FORM = { 'content-type': 'application/x-www-form-urlencoded; charset=utf-8' };
/** Posts a form and gives the number. */
async function file(changes: Record<string, string> = {}) {
  const raw = new URLSearchParams({ ...MESSAGE, ...changes }).toString();
  const answer = await system.api('POST', `${ENDPOINT}/requests.json`, { raw, headers: FORM });
  const [{ service_request_id: number, account_id }] = parsed(posted, answer, 200);
  expect(account_id).toBe('account-7');
  return number;
}
/** Another person with another shop: another matter. */
const another = (index: number) => ({
  phone: `1380000010${index}`,
  'attribute[business_name]': `样例第${index}商店`,
});
/** Waits until the projection shows the case as the test wants it. */
const shown = (number: string, wanted: (one: z.output<typeof requestList>[number]) => boolean = () => true) =>
  eventually(async () => {
    const [one] = parsed(requestList, await get(`requests.json?service_request_id=${number}`), 200);
    return one !== undefined && wanted(one) ? one : undefined;
  });

describe('what is on offer', () => {
  test('discovery, services and their attributes, in both formats; nothing has changed the second time', async () => {
    const { endpoints, key_service, contact } = (await get('discovery.json')).body;
    expect(endpoints).toMatchObject([
      { specification: 'http://wiki.open311.org/GeoReport_v2', type: 'production' },
    ]);
    expect(endpoints[0].url).toMatch(/^https:\/\/.+\/open311\/v2$/);
    expect([key_service, contact]).toEqual(['请向本局申请 / Please ask the bureau', '12315']);
    expect((await xml('discovery.xml')).elements).toContain('endpoint');

    const services = await get('services.json?jurisdiction_id=330200');
    expect(services.headers.get('content-type')).toBe('application/json; charset=utf-8');
    expect(services.headers.get('cache-control')).toBe('public, max-age=3600');
    const codes = parsed(serviceList, services, 200).map(({ service_code }) => service_code);
    const inXml = await xml('services.xml');
    expect(inXml.elements.filter((name) => name === 'service')).toHaveLength(codes.length);
    const again = await fetch(`${system.runtime.endpoints.api}${ENDPOINT}/services.json`, {
      headers: { 'if-none-match': services.headers.get('etag') ?? '' },
    });
    expect([again.status, await again.text()]).toEqual([304, '']);

    for (const code of ['food', 'other']) {
      const { attributes } = parsed(definition, await get(`services/${code}.json`), 200);
      expect(attributes.map((one) => one.code)).toContain('publish');
    }
    expect((await xml('services/food.xml')).elements.slice(0, 3)).toEqual([
      'service_definition',
      'service_code',
      'attributes',
    ]);
  });

  test('what does not exist is refused in the format asked for', async () => {
    for (const path of ['services/none.json', 'services.json?jurisdiction_id=other', 'nothing.json']) {
      const [wrong] = parsed(errors, await get(path), 404);
      expect(wrong?.code).toBe(404);
    }
    const unknown = [
      'requests/261116-000001-9.xml',
      'tokens/none.xml',
      'services.yaml',
      'services',
      'constructor.xml',
    ];
    for (const path of unknown) {
      expect(await xml(path)).toMatchObject({
        status: 404,
        elements: ['errors', 'error', 'code', 'description'],
      });
    }
  });
});

describe('filing', () => {
  test('a form and its repeats are one case, with a number at once; the words go out by consent only', async () => {
    const number = await file();
    expect(await Promise.all([file(), file(), file()])).toEqual([number, number, number]);
    // Before any queue was read.
    const [atOnce] = parsed(requestList, await get(`requests/${number}.json`), 200);
    expect(atOnce).toMatchObject({ service_request_id: number, status: 'open', service_code: 'food' });
    expect((await get(`tokens/${number}.json`)).body).toEqual([
      { service_request_id: number, token: number },
    ]);

    const one = await shown(number, ({ agency_responsible }) => agency_responsible !== null);
    expect(one.description).toContain('食品');
    expect(one).toMatchObject({ address: '海曙区古林镇', address_id: '330203103' });
    const found = await system.cases.case(number);
    expect(found).toMatchObject({
      channel: 'open311',
      kind: 'complaint',
      complaint: { paidFen: 9_950, open311: { service: 'food', mediaUrl: MESSAGE.media_url } },
    });

    const agreed = await file({ ...another(0), 'attribute[publish]': 'yes' });
    expect(agreed).not.toBe(number);
    const words = await shown(agreed, ({ description }) => description?.includes('过期面包') === true);
    expect(words.description).toBe(MESSAGE.description);
    const inXml = await xml(`requests/${agreed}.xml?extensions=true`);
    expect(inXml.text).toContain('过期面包 &lt;3 &amp; 店家');
    expect(inXml.elements).toEqual(expect.arrayContaining(['notes', 'extended_attributes', 'comments']));
  });

  test('JSON with a key of the client’s own: a repeat is answered as before, another message under it is refused', async () => {
    const { 'attribute[paid]': paid, 'attribute[business_name]': shop, ...rest } = MESSAGE;
    const body = {
      ...rest,
      attribute: { paid, business_name: shop },
      description: '样例店的蛋糕发霉，要求退款。',
    };
    const post = (changes = {}, query = '', key = 'app-message-000001') =>
      system.api('POST', `${ENDPOINT}/requests.json${query}`, {
        body: { ...body, ...changes },
        headers: { 'idempotency-key': key },
      });
    const first = parsed(posted, await post(), 200);
    expect(parsed(posted, await post(), 200)).toEqual(first);
    expect(first[0].service_notice).toMatch(/^\d{4}-\d{2}-\d{2} 前：/);
    const [other] = parsed(errors, await post({ description: '别的事情，要求处理。' }), 400);
    expect(other?.description).toMatch(/^Idempotency-Key: /);
    parsed(errors, await post({}, '', 'short'), 400);

    const [{ tracking_secret: secret }] = (await post({}, '?extensions=true')).body;
    const tracked = await system.api('GET', `/complaints/${first[0].service_request_id}`, {
      headers: { 'tracking-secret': secret },
    });
    expect(tracked.status).toBe(200);

    const number = first[0].service_request_id;
    const comment = (tracking_secret: string) =>
      system.api('POST', `${ENDPOINT}/requests/${number}/comments.json`, {
        body: { description: '补充：小票还在。', tracking_secret },
      });
    const added = { status: 200, body: [{ service_request_id: number }] };
    expect(await comment(secret)).toMatchObject(added);
    expect(await comment(secret)).toMatchObject(added);
    parsed(errors, await comment('AAAAA-AAAAA'), 403);
    const words = (await system.cases.history(number)).filter(({ type }) => type === 'words-added');
    expect(words.map((event) => event.words?.text)).toEqual(['补充：小票还在。']);
  });

  test('what cannot be taken is refused with its reason, in XML as in JSON, and nothing is kept', async () => {
    const post = (body: BodyInit, headers: Record<string, string> = FORM) =>
      xml('requests.xml', { method: 'POST', body, headers });
    const form = (changes: Record<string, string>) =>
      new URLSearchParams({ ...MESSAGE, ...changes }).toString();
    const gbk = Buffer.from('api_key=x&description=%C4%E3%BA%C3');
    const refused: [status: number, field: string, ...Parameters<typeof post>][] = [
      [403, 'api_key', form({ api_key: 'wrong' })],
      [403, 'api_key', form({ api_key: '' })],
      [404, 'service_code', form({ service_code: 'no-such' })],
      [400, 'phone', form({ phone: '打给我' })],
      [400, 'attribute[paid]', form({ 'attribute[paid]': '很多' })],
      [400, 'address_string', form({ address_string: '' })],
      [400, 'request', gbk],
      [400, 'request', '{"api_key":', { 'content-type': 'application/json' }],
      [400, 'request', '<request/>', { 'content-type': 'text/xml' }],
      [400, 'request', form({}), { 'content-type': 'application/x-www-form-urlencoded; charset=klingon' }],
      [400, 'request', `description=${'x'.repeat(130 * 1024)}`],
    ];
    for (const [status, field, ...sent] of refused) {
      const answer = await post(...sent);
      expect(answer, field).toMatchObject({ status, elements: expect.arrayContaining(['errors', 'error']) });
      expect(answer.text).toContain(`<code>${status}</code><description>${field}`);
    }
    const [wrong] = parsed(
      errors,
      await system.api('POST', `${ENDPOINT}/requests.json`, {
        raw: form({ api_key: 'wrong' }),
        headers: FORM,
      }),
      403,
    );
    expect(wrong?.description).toContain('Missing or invalid API key');
  });
});

describe('reading', () => {
  test('by service, by status, page by page, from one change to the next, with the history', async () => {
    const numbers: string[] = [];
    for (const index of [1, 2, 3]) {
      numbers.push(await file({ service_code: 'travel', ...another(index) }));
      await shown(numbers.at(-1) ?? '', ({ agency_responsible }) => agency_responsible !== null);
    }
    const list = async (query: string) => parsed(requestList, await get(`requests.json?${query}`), 200);
    const ids = async (query: string) => (await list(query)).map((one) => one.service_request_id);
    const newest = numbers.toReversed();
    // Lists are read from what was published, a few seconds behind.
    await eventually(async () => ((await ids('service_code=travel')).length === 3 ? true : undefined));
    expect(await ids('service_code=travel')).toEqual(newest);
    expect(await ids('service_code=travel&status=closed')).toEqual([]);
    expect(await ids('service_code=travel,food&status=open')).toEqual(expect.arrayContaining(newest));

    const page = await get('requests.json?service_code=travel&page_size=2');
    expect(parsed(requestList, page, 200)).toHaveLength(2);
    const [, next = ''] = /^<\?(.+)>; rel="next"$/.exec(page.headers.get('link') ?? '') ?? [];
    const last = await get(`requests.json?${next}`);
    expect(parsed(requestList, last, 200).map((one) => one.service_request_id)).toEqual(newest.slice(2));
    expect(last.headers.get('link')).toBeNull();

    // Somebody follows the changes; then one case moves.
    const since = (await list(`service_request_id=${newest[0]}`))[0]?.updated_datetime ?? '';
    const [moved = ''] = numbers;
    const { unitPath = [] } = (await system.cases.case(moved)) ?? {};
    await step(system, await system.token('officer', unitPath.at(-1) ?? ''), moved, 'accept');
    const changes = await eventually(async () => {
      const query = `service_code=travel&extensions=true&updated_after=${encodeURIComponent(since)}`;
      const found = parsed(extendedList, await get(`requests.json?${query}`), 200);
      const [first] = found.slice(-1);
      return first?.service_request_id === moved && first.notes.length === 4 ? found : undefined;
    });
    const moves = changes.at(-1)?.notes.map(({ type }) => type);
    expect(moves).toEqual(['registered', 'distributed', 'accepted', 'told']);
    expect(changes.at(-1)?.extended_attributes).toEqual({ state: 'accepted', final: false });

    const etag = (await get('requests.json?service_code=travel')).headers.get('etag') ?? '';
    const again = await fetch(
      `${system.runtime.endpoints.api}${ENDPOINT}/requests.json?service_code=travel`,
      {
        headers: { 'if-none-match': etag },
      },
    );
    expect(again.status).toBe(304);

    const [wrong] = parsed(errors, await get('requests.json?status=lost&start_date=yesterday'), 400);
    expect(wrong?.description).toContain('status');
  });

  test('a report gets a number that opens nothing; a complaint that turns out to be one disappears', async () => {
    const report = await file({
      ...another(4),
      'attribute[kind]': 'report',
      service_code: 'medicine',
      description: '举报样例药店无证销售处方药。',
    });
    const complaint = await file({
      ...another(5),
      address_string: '没有登记的地方',
      'attribute[business_name]': '没有登记的小店',
    });
    await eventually(async () =>
      (await system.cases.case(complaint))?.state === 'at-hub' ? true : undefined,
    );
    await shown(complaint);
    const dispatcher = await system.token('dispatcher', '330200');
    await step(system, dispatcher, complaint, 'reclassify', { kind: 'report' });
    await eventually(async () =>
      (await get(`requests/${complaint}.json`)).status === 404 &&
      (await get(`requests.json?service_request_id=${complaint}`)).body.length === 0
        ? true
        : undefined,
    );
    for (const number of [report, complaint]) {
      expect((await get(`requests/${number}.json`)).status).toBe(404);
      expect((await get(`tokens/${number}.json`)).status).toBe(404);
    }
    const all = await get('requests.json?extensions=true');
    expect(parsed(extendedList, all, 200).length).toBeGreaterThan(0);
    expect(all.body.map((one: { service_code: string }) => one.service_code)).not.toContain('medicine');
    for (const secret of SECRETS) expect(JSON.stringify(all.body), secret).not.toContain(secret);
    expect(system.logs.filter((line) => SECRETS.some((secret) => line.includes(secret)))).toEqual([]);
  });
});
