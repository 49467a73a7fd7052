import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { submission } from '../../events/submission.ts';
import type { Case, CaseEvent } from '../../shared/case/case.ts';
import { STATES, type State } from '../../shared/case/life-cycle.ts';
import { takeStep } from '../../shared/case/take-step.ts';
import { settingsOf } from '../../shared/law/bureau-settings.ts';
import { parsePostComment } from '../../shared/open311/post-comment.ts';
import { parsePostRequest } from '../../shared/open311/post-request.ts';
import { type PublicCase, type PublicContext, publicCase } from '../../shared/open311/public-case.ts';
import { parseRequestsQuery, selectRequests, wantsExtensions } from '../../shared/open311/query.ts';
import { BAD_API_KEY, BUSY, NO_SUCH_REQUEST, NO_SUCH_SERVICE, refuse } from '../../shared/open311/refusal.ts';
import {
  renderDiscovery,
  renderErrors,
  renderPosted,
  renderRequests,
  renderServiceDefinition,
  renderServices,
  renderToken,
} from '../../shared/open311/render.ts';
import { parseResource } from '../../shared/open311/resource.ts';
import {
  ATTRIBUTES,
  findService,
  SERVICE_CODES,
  SERVICES,
  serviceOf,
} from '../../shared/open311/services.ts';
import { isPublicStep, PUBLIC_STEPS, STATUS_OF_STATE } from '../../shared/open311/status.ts';
import { CONTENT_TYPES, escapeXml } from '../../shared/open311/write.ts';
import { SUBJECTS } from '../../shared/understanding/understanding.ts';
import { type Understood, understoodSchema } from '../../shared/understanding/understood.ts';
import { context, MONDAY, registered, STATION_A2, system } from './support.ts';

const OWN = 'amr.example.cn';
const endpoint = {
  schema: submission(() => '2026-11-21'),
  jurisdiction: OWN,
  mayPost: (key: string | undefined): boolean => key === 'key-1',
};
const FORM = 'application/x-www-form-urlencoded; charset=utf-8';

const SENT = {
  api_key: 'key-1',
  jurisdiction_id: OWN,
  service_code: 'food',
  address_string: '宁波市海曙区古林镇测试路1号',
  first_name: '小乙',
  last_name: '某',
  phone: '13800000001',
  email: 'someone@example.cn',
  description: '买到过期面包，\n店家拒绝退款 & 态度差 100%。',
} as const;

const form = (fields: Readonly<Record<string, string>>) => new URLSearchParams(fields).toString();
const post = (fields: Readonly<Record<string, string>>) => parsePostRequest(form(fields), FORM, endpoint);

function accepted(result: ReturnType<typeof post>) {
  if ('refusal' in result) throw new Error(JSON.stringify(result.refusal));
  return result;
}

function refusal(result: object) {
  if (!('refusal' in result)) throw new Error('was accepted');
  return result.refusal as Extract<ReturnType<typeof post>, { refusal: unknown }>['refusal'];
}

describe('POST /requests', () => {
  test('a form as the specification sends it becomes a complaint', () => {
    const { submission: read, details } = accepted(post(SENT));
    expect(read).toEqual({
      kind: 'complaint',
      text: SENT.description,
      complainant: { name: '某小乙', phone: '13800000001', email: 'someone@example.cn' },
      business: { address: SENT.address_string },
    });
    expect(details).toEqual({ service: 'food' });
  });

  test('JSON with the same names says the same', () => {
    const json = parsePostRequest(JSON.stringify(SENT), 'application/json', endpoint);
    expect(json).toEqual(post(SENT));
  });

  test('attributes of the service definition reach the case: sums in fen, choices by key, several wishes', () => {
    const body = `${form(SENT)}&attribute[business_name]=%E4%B9%99%E5%BA%97&attribute[problem]=quality&attribute[paid]=99.5&attribute[claimed]=1,000&attribute[occurred_on]=2026-11-19T23:30:00-08:00&attribute[wanted][]=refund&attribute[wanted][]=apologise&attribute[request]=%E5%B0%BD%E5%BF%AB&attribute[publish]=true&attribute[entrust]=no`;
    const { submission: read, details } = accepted(parsePostRequest(body, FORM, endpoint));
    expect(read).toMatchObject({
      business: { name: '乙店', address: SENT.address_string },
      paidFen: 9_950,
      claimedFen: 100_000,
      occurredOn: '2026-11-20',
      request: '退款、道歉；尽快',
      consents: { publish: true, entrust: false },
    });
    expect(details.problem).toBe('质量');
  });

  test('JSON attributes: as an object, as a list of code and value, by their flat names', () => {
    const nested = { ...SENT, attribute: { paid: 12, wanted: ['refund', 'repair'] } };
    const listed = {
      ...SENT,
      attributes: [
        { code: 'paid', value: '12' },
        { Code: 'wanted', Value: ['refund', 'repair'] },
      ],
    };
    const flat = { ...SENT, 'attribute[paid]': '12.00', 'attribute[wanted][]': ['refund', 'repair'] };
    for (const sent of [nested, listed, flat]) {
      const read = accepted(parsePostRequest(JSON.stringify(sent), 'application/json', endpoint)).submission;
      expect(read).toMatchObject({ paidFen: 1_200, request: '退款、维修' });
    }
  });

  test('names in another case, numbers for text, extra keys and a wrong content type change nothing', () => {
    const { phone, service_code, ...rest } = SENT;
    const odd = JSON.stringify({
      ...rest,
      Phone: 13800000001,
      SERVICE_CODE: 'FOOD',
      debug: { deep: [1] },
      x: null,
    });
    expect(parsePostRequest(odd, FORM, endpoint)).toEqual(post(SENT));
    expect(phone + service_code).not.toBe('');
  });

  test('an object where words belong is refused: what it says would be lost; elsewhere it is an extra key', () => {
    const json = (changes: object) =>
      parsePostRequest(JSON.stringify({ ...SENT, ...changes }), 'application/json', endpoint);
    expect(refusal(json({ Description: { text: '坏了' } })).errors[0].field).toBe('description');
    expect(refusal(json({ phone: [['13800000001']] })).errors[0].field).toBe('phone');
    expect(refusal(json({ attribute: { paid: { yuan: 1 } } })).errors[0].field).toBe('attribute[paid]');
    expect(accepted(json({ meta: { deep: true }, description: ['买到过期面包'] })).submission.text).toBe(
      '买到过期面包',
    );
  });

  test('a place by degrees or by division code is enough; degrees are told to whoever looks for the business', () => {
    const { address_string: _, ...rest } = SENT;
    const degrees = accepted(post({ ...rest, lat: '29.8683', long: '121.5440' }));
    expect(degrees.details.location).toEqual({ lat: 29.8683, long: 121.544 });
    expect(degrees.submission.business.address).toBe('WGS84 29.8683, 121.544');
    expect(accepted(post({ ...rest, address_id: '330203105' })).submission.business).toEqual({
      divisionCode: '330203105',
    });
  });

  test('without any place it is refused; 0, 0 is no place but a device that does not know', () => {
    const { address_string: _, ...rest } = SENT;
    for (const sent of [rest, { ...rest, lat: '0', long: '0.0' }, { ...rest, address_string: ' ' }]) {
      expect(refusal(post(sent))).toMatchObject({ status: 400, errors: [{ field: 'address_string' }] });
    }
  });

  test('a description is optional: then the class is what it is about', () => {
    const { description: _, ...rest } = SENT;
    expect(accepted(post(rest)).submission.text).toBe('食品类');
    expect(accepted(post({ ...rest, 'attribute[problem]': 'price' })).submission.text).toBe('食品类：价格');
  });

  test('a report may come without a name, a complaint may not', () => {
    const { first_name: _, last_name: __, phone: ___, email: ____, ...nameless } = SENT;
    expect(accepted(post({ ...nameless, 'attribute[kind]': 'report' })).submission).not.toHaveProperty(
      'complainant',
    );
    expect(refusal(post(nameless))).toMatchObject({ status: 400, errors: [{ field: 'last_name, phone' }] });
    const { phone: _____, ...phoneless } = SENT;
    expect(refusal(post(phoneless)).errors.map(({ field }) => field)).toEqual(['phone']);
  });

  test('a Latin name keeps its order, a Chinese one has none of its blanks', () => {
    const { complainant } = accepted(post({ ...SENT, first_name: 'Ada', last_name: 'Example' })).submission;
    expect(complainant?.name).toBe('Ada Example');
  });

  test('media, account and device are handed over apart; a link that is no web address is refused', () => {
    const more = { ...SENT, media_url: 'https://pics.example/1.jpg', account_id: 'a-1', device_id: 'd-1' };
    expect(accepted(post(more)).details).toEqual({
      service: 'food',
      mediaUrl: 'https://pics.example/1.jpg',
      accountId: 'a-1',
      deviceId: 'd-1',
    });
    for (const media_url of ['javascript:alert(1)', 'file:///etc/passwd', 'pics.example']) {
      expect(refusal(post({ ...SENT, media_url })).errors[0].field).toBe('media_url');
    }
  });

  test.each([
    ['no key', { api_key: '' }, 403, 'api_key'],
    ['a wrong key', { api_key: 'key-2' }, 403, 'api_key'],
    ['another jurisdiction', { jurisdiction_id: 'elsewhere.example' }, 404, 'jurisdiction_id'],
    ['an unknown service', { service_code: 'potholes' }, 404, 'service_code'],
    ['no service', { service_code: '' }, 400, 'service_code'],
    ['lat without long', { lat: '29.8' }, 400, 'long'],
    ['degrees off the globe', { lat: '91', long: '121' }, 400, 'lat'],
    ['degrees in words', { lat: 'north', long: '121' }, 400, 'lat'],
    ['an address id of another kind', { address_id: 'abc' }, 400, 'address_id'],
    ['an unknown choice', { 'attribute[problem]': 'colour' }, 400, 'attribute[problem]'],
    ['a choice that every object has', { 'attribute[problem]': 'constructor' }, 400, 'attribute[problem]'],
    ['a sum in words', { 'attribute[paid]': 'much' }, 400, 'attribute[paid]'],
    ['a day that does not exist', { 'attribute[occurred_on]': '2026-02-30' }, 400, 'attribute[occurred_on]'],
    ['a day to come', { 'attribute[occurred_on]': '2026-11-22' }, 400, 'attribute[occurred_on]'],
    ['markup', { description: '<script>alert(1)</script>' }, 400, 'description'],
    ['a bad e-mail address', { email: 'nobody' }, 400, 'email'],
  ])('%s is refused with the parameter that is wrong', (_what, changes, status, field) => {
    const refused = refusal(post({ ...SENT, ...changes }));
    expect(refused.status).toBe(status);
    expect(refused.errors.map((wrong) => wrong.field)).toEqual([field]);
  });

  test('all that is wrong is said at once', () => {
    const refused = refusal(
      post({ ...SENT, media_url: 'x', 'attribute[paid]': 'y', 'attribute[publish]': 'z' }),
    );
    expect(refused.errors.map(({ field }) => field)).toEqual([
      'attribute[paid]',
      'attribute[publish]',
      'media_url',
    ]);
  });

  test('what was sent is in no reason', () => {
    const refused = refusal(
      post({
        ...SENT,
        phone: 'geheim',
        'attribute[paid]': 'geheim',
        address_id: 'geheim',
        media_url: 'geheim',
      }),
    );
    expect(renderErrors(refused, 'json')).not.toContain('geheim');
  });

  test('cut in half, in another charset, of another type, too long: each with a reason', () => {
    const cut = form(SENT).slice(0, -2);
    const chinese = 'description=%E4%BD%A0%E5%A5';
    const gbk = Uint8Array.from([...Buffer.from('description='), 0xc4, 0xe3]);
    expect(refusal(parsePostRequest(cut, FORM, endpoint)).errors[0].code).toBe('unreadable');
    expect(refusal(parsePostRequest(chinese, FORM, endpoint)).errors[0].code).toBe('unreadable');
    expect(refusal(parsePostRequest(gbk, FORM, endpoint)).errors[0].code).toBe('unreadable');
    expect(
      refusal(parsePostRequest('{"api_key":"key-1', 'application/json', endpoint)).errors[0].en,
    ).toContain('JSON');
    expect(refusal(parsePostRequest('<a/>', 'text/xml', endpoint)).errors[0].code).toBe('unreadable');
    expect(refusal(parsePostRequest('x'.repeat(200_000), FORM, endpoint)).errors[0].code).toBe('too-large');
    expect(refusal(parsePostRequest('', undefined, endpoint)).errors[0].code).toBe('api-key');
  });

  test('a client that says it writes GB 18030 is read so', () => {
    // 你好 in GBK
    const body = `${form({ ...SENT, description: '' })}&description=%C4%E3%BA%C3`.replaceAll(
      /%E[4-9]%[^&=]*/g,
      'x',
    );
    const read = parsePostRequest(body, 'application/x-www-form-urlencoded; charset=GBK', endpoint);
    expect(accepted(read).submission.text).toBe('你好');
  });

  test('the same message again has the same key; another word, account or client has another', () => {
    const key = (changes: Readonly<Record<string, string>>, mayPost = endpoint.mayPost) =>
      accepted(parsePostRequest(form({ ...SENT, ...changes }), FORM, { ...endpoint, mayPost })).repeatKey;
    const shuffled = Object.fromEntries(Object.entries(SENT).reverse());
    expect(accepted(post(shuffled)).repeatKey).toBe(key({}));
    const keys = [
      key({}),
      key({ description: '坏了' }),
      key({ account_id: '2' }),
      key({ api_key: 'k' }, () => true),
    ];
    expect(new Set(keys).size).toBe(4);
    expect(key({})).toMatch(/^[0-9a-f]{64}$/);
  });

  test('parameters of the address fill in what the body does not say', () => {
    const { api_key, service_code, ...rest } = SENT;
    const query = { api_key, service_code, phone: '13900000000' };
    expect(parsePostRequest(form(rest), FORM, { ...endpoint, query })).toEqual(post(SENT));
  });
});

const UNDERSTOOD = understoodSchema.parse({
  kind: { value: 'complaint', confidence: 0.9 },
  scope: { value: 'yes', confidence: 0.9 },
  subject: { value: '食品类', confidence: 0.9 },
});
const understood = (changes: Partial<Understood>): Understood => ({ ...UNDERSTOOD, ...changes });

const known: PublicContext = {
  events: [],
  settings: settingsOf({}),
  unitName: (code) => (code === '33020302' ? '古林市场监督管理所' : undefined),
  divisionName: (code) => (code === '330203105' ? '宁波市海曙区古林镇' : undefined),
};

const PERSONAL = /某甲|某丙|13800000000|13800000001|测试路|someone|宁波示例/;
const WORDS =
  '我叫某甲吗？不，电话１３８ 0000 0001，微信 wx_12345，邮箱someone@example.cn，2026-11-16 买的面包 12345 元。';

/** A complaint with a history: received, handed to the station, accepted. */
function worked(changes: Parameters<typeof registered>[2] = {}) {
  const first = registered(7, MONDAY, {
    business: { name: '宁波示例甲', address: '古林镇测试路1号', divisionCode: '330203105' },
    ...changes,
  });
  const second = takeStep(
    first.after,
    'distribute',
    { unit: '33020302', basis: 'address' },
    context(MONDAY, system),
    STATION_A2,
  );
  const third = takeStep(second.after, 'accept', {}, context('2026-11-17T01:02:03.000Z'));
  const found: Case = { ...third.after, understood: UNDERSTOOD };
  return { found, events: [first.event, second.event, third.event] };
}

const event = (from: CaseEvent, changes: Partial<CaseEvent>): CaseEvent => ({ ...from, ...changes });

function shown(found: Case, more: Partial<PublicContext> = {}): PublicCase {
  const view = publicCase(found, { ...known, ...more });
  if (view === undefined) throw new Error('is not shown');
  return view;
}

describe('what strangers see of a case', () => {
  test('class, state, unit, township, dates, and no word of the people', () => {
    const { found, events } = worked({ text: WORDS, request: '某丙要求退款' });
    const json = renderRequests([shown(found, { events })], 'json', { extensions: true });
    expect(JSON.parse(json)).toEqual([
      {
        service_request_id: found.number,
        status: 'open',
        status_notes: '已受理 / Accepted',
        service_name: '食品类 / Food',
        service_code: 'food',
        description: '食品类 / Food',
        agency_responsible: '古林市场监督管理所',
        service_notice: expect.stringContaining('总局令第121号'),
        requested_datetime: '2026-11-16T10:00:00+08:00',
        updated_datetime: '2026-11-17T09:02:03+08:00',
        expected_datetime: expect.stringMatching(/^20\d\d-\d\d-\d\dT23:59:59\+08:00$/),
        address: '宁波市海曙区古林镇',
        address_id: '330203105',
        zipcode: null,
        lat: null,
        long: null,
        media_url: null,
        extended_attributes: { state: 'accepted', final: false },
        notes: [
          { datetime: '2026-11-16T10:00:00+08:00', description: '已登记 / Registered', type: 'registered' },
          {
            datetime: '2026-11-16T10:00:00+08:00',
            description: '已分送承办单位 / Handed to the unit',
            type: 'distributed',
          },
          { datetime: '2026-11-17T09:02:03+08:00', description: '决定受理 / Accepted', type: 'accepted' },
        ],
        comments: [],
      },
    ]);
    expect(json).not.toMatch(PERSONAL);
  });

  test('the words come out with consent only, and then without phones, accounts and addresses of mail', () => {
    const { found, events } = worked({ text: WORDS, consents: { publish: true } });
    const { description } = shown(found, { events });
    expect(description).toBe('我叫某甲吗？不，电话***，微信***，邮箱***，2026-11-16 买的面包 12345 元。');
    const refused = worked({ text: WORDS, consents: { publish: false } });
    expect(shown(refused.found, refused).description).toBeUndefined();
    const withdrawn = { ...found, consents: { publish: false } };
    expect(shown(withdrawn, { events }).description).toBeUndefined();
    expect(shown({ ...found, state: 'excluded' }, { events }).description).toBeUndefined();
  });

  test('the words wait until they were understood: nobody knows yet whether a report stands in them', () => {
    const { found } = worked({ consents: { publish: true } });
    expect(shown({ ...found, understood: undefined }).description).toBeUndefined();
  });

  test('of a message that is complaint and report in one only the complaint comes out', () => {
    const text = '要求退款。后厨有老鼠。';
    const { found, events } = worked({ text, consents: { publish: true } });
    const kind: Understood['kind'] = { value: 'both', confidence: 0.9, spans: [] };
    const parts = { complaint: [{ start: 0, end: 5 }], report: [{ start: 5, end: 11 }] };
    expect(shown({ ...found, understood: understood({ kind, parts }) }).description).toBe('要求退款。');
    expect(shown({ ...found, understood: understood({ kind }) }).description).toBeUndefined();
    const split = event(events[2] as CaseEvent, {
      type: 'report-split',
      version: 4,
      at: '2026-11-18T01:00:00.000Z',
    });
    const after = shown(found, { events: [...events, split] });
    expect(after.description).toBeUndefined();
    expect(JSON.stringify(after)).not.toContain('report');
    expect(after.updatedAt).toBe('2026-11-17T01:02:03.000Z');
  });

  test('a description ends at 4,000 characters', () => {
    const { found } = worked({ text: `${'好'.repeat(3_999)}😀很好`, consents: { publish: true } });
    expect(shown(found).description).toBe('好'.repeat(3_999));
  });

  test('reports, what reads like one, what became another kind, and erased cases are not there', () => {
    const { found } = worked();
    const report = registered(8, MONDAY, { kind: 'report' }).after;
    const reads = understood({ kind: { value: 'report', confidence: 0.6, spans: [] } });
    for (const hidden of [
      report,
      { ...report, state: 'received' as State, understood: UNDERSTOOD },
      { ...found, understood: reads },
      { ...found, state: 'reclassified' as State },
      { ...found, erased: true },
    ]) {
      expect(publicCase(hidden, known)).toBeUndefined();
    }
    expect(publicCase(found, known)).toBeDefined();
  });

  test('steps inside the bureau are no update and no note', () => {
    const { found, events } = worked();
    const inside = (['noted', 'supervised', 'clue-opened', 'reminded'] as const).map((type, index) =>
      event(events[2] as CaseEvent, { type, version: 4 + index, at: '2026-11-19T01:00:00.000Z' }),
    );
    const view = shown(found, { events: [...inside, ...events].reverse() });
    expect(view.steps.map(({ type }) => type)).toEqual(['registered', 'distributed', 'accepted']);
    expect(view.updatedAt).toBe('2026-11-17T01:02:03.000Z');
  });

  test('a closed case was updated when it was closed, whatever came after', () => {
    const { found, events } = worked();
    const closed = event(events[2] as CaseEvent, {
      type: 'closed',
      version: 4,
      at: '2026-11-20T01:00:00.000Z',
    });
    const published = event(events[2] as CaseEvent, {
      type: 'published',
      version: 5,
      at: '2026-11-25T01:00:00.000Z',
    });
    const view = shown({ ...found, state: 'published' }, { events: [...events, closed, published] });
    expect([view.status, view.updatedAt, view.next]).toEqual(['closed', closed.at, undefined]);
  });

  test('an address is never finer than a township, and nothing without a code', () => {
    const at = (divisionCode: string) =>
      shown(worked({ business: { name: '宁波示例甲', divisionCode } }).found).division;
    expect(at('330203105201')).toEqual({ code: '330203105', name: '宁波市海曙区古林镇' });
    expect(at('330203')).toEqual({ code: '330203' });
    const read = worked({ business: { address: '古林镇测试路1号' } }).found;
    expect(shown(read).division).toBeUndefined();
    const division = { code: '330203105', candidates: [], confidence: 0.9 };
    expect(shown({ ...read, understood: understood({ division }) }).division?.code).toBe('330203105');
  });

  test('an order from above is no promise to the public', () => {
    const { found } = worked();
    const [clock] = found.clocks;
    if (clock === undefined) throw new Error('no clock');
    const order = { ...clock, id: 'supervision' as const, due: '2026-11-16', stopped: undefined };
    expect(shown({ ...found, clocks: [order] }).next).toBeUndefined();
  });

  test('the class: what staff set right, then what the sender chose, then what was read', () => {
    const { found } = worked();
    expect(shown(found, { postedTo: 'retail' }).service).toBe('retail');
    expect(
      shown({ ...found, understood: understood({ corrected: ['subject'] }) }, { postedTo: 'retail' }).service,
    ).toBe('food');
    expect(shown({ ...found, understood: undefined }).service).toBe('other');
  });

  test('every state is open, closed or not shown; what is final and shown is closed', () => {
    for (const state of Object.keys(STATES) as State[]) {
      const of = STATUS_OF_STATE[state];
      if (of !== undefined && STATES[state].final) expect(of.status, state).toBe('closed');
      if (of?.status === 'closed') expect(of.by.every(isPublicStep), state).toBe(true);
    }
    expect(STATUS_OF_STATE.settled).toEqual({ status: 'open' });
    expect(STATUS_OF_STATE.closed?.status).toBe('closed');
    for (const sealed of [
      'verified',
      'filed',
      'not-filed',
      'decided',
      'report-closed',
      'handed-over',
      'reclassified',
    ] as const)
      expect(STATUS_OF_STATE[sealed], sealed).toBeUndefined();
    expect(Object.keys(PUBLIC_STEPS).some((step) => /report|clue|note|supervis|remind/.test(step))).toBe(
      false,
    );
  });
});

/** A small reader of our own XML: elements without attributes. */
function parseXml(xml: string): unknown {
  const body = xml.replace(/^<\?xml version="1\.0" encoding="utf-8"\?>\n/, '').trim();
  expect(body).not.toBe(xml.trim());
  const read = (text: string): unknown => {
    const children: [string, unknown][] = [];
    const rest = text.replace(
      /<([a-z_]+)(?:\/>|>(.*?)<\/\1>)/gs,
      (_all, name: string, inner: string | undefined) => {
        children.push([name, inner === undefined ? null : read(inner)]);
        return '';
      },
    );
    return children.length === 0 ? text : [rest, children];
  };
  return read(body);
}

describe('rendering', () => {
  const base: PublicCase = {
    number: '261116-000007-0',
    status: 'open',
    state: 'received',
    service: 'food',
    requestedAt: MONDAY,
    updatedAt: MONDAY,
    description: 'a < b && c > "d" \'e\' ]]> \u0000\u0007\r\n\t\ud800 \uffff 中文😀',
    steps: [{ type: 'registered', at: MONDAY }],
    comments: [{ at: MONDAY, by: 'agency', text: '已联系 <双方>' }],
  };

  test('without extensions a request has the elements of the specification, in its order, and no other', () => {
    const names = [...renderRequests([base], 'xml').matchAll(/<([a-z_]+)[/>]/g)].map(([, name]) => name);
    expect(names).toEqual([
      'service_requests',
      'request',
      'service_request_id',
      'status',
      'status_notes',
      'service_name',
      'service_code',
      'description',
      'agency_responsible',
      'service_notice',
      'requested_datetime',
      'updated_datetime',
      'expected_datetime',
      'address',
      'address_id',
      'zipcode',
      'lat',
      'long',
      'media_url',
    ]);
    expect(Object.keys(JSON.parse(renderRequests([base], 'json'))[0])).toEqual(names.slice(2));
  });

  test('all that means something to XML is escaped, what XML forbids is gone', () => {
    const xml = renderRequests([base], 'xml');
    expect(xml).toContain(
      'a &lt; b &amp;&amp; c &gt; &quot;d&quot; &apos;e&apos; ]]&gt; \ufffd\ufffd&#13;\n\t\ufffd \ufffd 中文😀',
    );
    expect(escapeXml('\u0085\u2028\u001b')).toBe('&#133;&#8232;\ufffd');
    expect(JSON.parse(renderRequests([base], 'json'))[0].description).toContain('\u0000\u0007\r\n\t\ufffd');
  });

  test('with extensions come history and comments, each list with its entries named', () => {
    const xml = renderRequests([base], 'xml', { extensions: true });
    expect(xml).toContain(
      '<extended_attributes><state>received</state><final>false</final></extended_attributes>',
    );
    expect(xml).toContain('<notes><note><datetime>2026-11-16T10:00:00+08:00</datetime>');
    expect(xml).toContain('<comments><comment><datetime>');
    expect(xml).toContain('已联系 &lt;双方&gt;');
  });

  test('no request is an empty list', () => {
    expect(renderRequests([], 'xml')).toBe('<?xml version="1.0" encoding="utf-8"?>\n<service_requests/>\n');
    expect(renderRequests([], 'json')).toBe('[]');
  });

  test('services: one for each class, their codes short and plain', () => {
    const services = JSON.parse(renderServices('json'));
    expect(services).toHaveLength(25);
    expect(Object.keys(services[0])).toEqual([
      'service_code',
      'service_name',
      'description',
      'metadata',
      'type',
      'keywords',
      'group',
    ]);
    for (const { service_code, metadata, type } of services) {
      expect(service_code).toMatch(/^[a-z][a-z-]{1,30}$/);
      expect([metadata, type]).toEqual([true, 'realtime']);
    }
    expect(SUBJECTS.map((subject) => SERVICES[serviceOf(subject)].subject)).toEqual([...SUBJECTS]);
    expect(new Set(SERVICE_CODES.map((code) => SERVICES[code].zh)).size).toBe(25);
    expect(renderServices('xml').match(/<service>/g)).toHaveLength(25);
    expect([findService(' Food '), findService('食品类'), findService('toString')]).toEqual([
      'food',
      'food',
      undefined,
    ]);
  });

  test('service codes are never renamed: clients keep them', () => {
    expect(SERVICE_CODES.join(' ')).toBe(
      'household-electronics clothes-shoes food tobacco-drinks housing-materials everyday-goods jewellery-culture-sports medicine vehicles farm-supplies everyday-services decoration-property travel culture-leisure post-parcels telecoms internet finance insurance health-care education public-utilities retail farming-services other',
    );
  });

  test('the definition names each attribute once, in order, with its choices', () => {
    const { service_code, attributes } = JSON.parse(renderServiceDefinition('food', 'json'));
    expect(service_code).toBe('food');
    expect(attributes.map(({ order }: { order: number }) => order)).toEqual(
      attributes.map((_: unknown, at: number) => at + 1),
    );
    expect(new Set(attributes.map(({ code }: { code: string }) => code)).size).toBe(attributes.length);
    for (const { datatype, values } of attributes)
      expect(datatype.endsWith('list')).toBe(values !== undefined);
    const xml = renderServiceDefinition('food', 'xml');
    expect(xml).toContain(
      '<service_definition><service_code>food</service_code><attributes><attribute><variable>false</variable>',
    );
    expect(xml).toContain('<values><value><key>after-sales</key>');
    expect(parseXml(xml)).toBeTruthy();
  });

  test('the answer to a post: number or token, never both; the secret only by the extension', () => {
    const posted = { number: '261116-000007-0', secret: 'K7QM4-X2D9P', accountId: 'a<1' };
    expect(JSON.parse(renderPosted(posted, 'json'))).toEqual([
      { service_request_id: '261116-000007-0', service_notice: null, account_id: 'a<1' },
    ]);
    expect(renderPosted(posted, 'xml')).not.toContain('K7QM4');
    expect(renderPosted(posted, 'xml', { extensions: true })).toContain(
      '<tracking_secret>K7QM4-X2D9P</tracking_secret>',
    );
    expect(renderPosted({ token: 't-1', notice: '稍候' }, 'xml')).toBe(
      '<?xml version="1.0" encoding="utf-8"?>\n<service_requests><request><token>t-1</token><service_notice>稍候</service_notice><account_id/></request></service_requests>\n',
    );
    expect(JSON.parse(renderToken('261116-000007-0', 't-1', 'json'))).toEqual([
      { service_request_id: '261116-000007-0', token: 't-1' },
    ]);
  });

  test('errors: code and description, in both formats', () => {
    expect(JSON.parse(renderErrors(refuse(BAD_API_KEY).refusal, 'json'))).toEqual([
      { code: 403, description: 'api_key: 缺少 API 密钥或者密钥无效 / Missing or invalid API key' },
    ]);
    const { refusal: two } = refuse(BUSY, NO_SUCH_SERVICE);
    expect(two.status).toBe(404);
    expect(renderErrors(two, 'xml')).toMatch(
      /^<\?xml version="1\.0" encoding="utf-8"\?>\n<errors><error><code>404<\/code><description>[^<]+<\/description><\/error><error>/,
    );
    expect(renderErrors(refuse(NO_SUCH_REQUEST).refusal, 'xml')).toContain('<code>404</code>');
  });

  test('discovery and content types', () => {
    const told = {
      url: 'https://x.example/open311/v2',
      changeset: '2026-11-22 00:00',
      contact: '12315',
      keyService: 'ask',
      type: 'test',
    } as const;
    expect(JSON.parse(renderDiscovery(told, 'json')).endpoints).toEqual([
      {
        specification: 'http://wiki.open311.org/GeoReport_v2',
        url: told.url,
        changeset: told.changeset,
        type: 'test',
        formats: ['text/xml', 'application/json'],
      },
    ]);
    expect(renderDiscovery(told, 'xml')).toContain(
      '<formats><format>text/xml</format><format>application/json</format></formats>',
    );
    expect(CONTENT_TYPES).toEqual({
      xml: 'text/xml; charset=utf-8',
      json: 'application/json; charset=utf-8',
    });
  });
});

test('addresses below the endpoint', () => {
  expect(parseResource('services.xml')).toEqual({ name: 'services', format: 'xml' });
  expect(parseResource('/services/food.JSON')).toEqual({ name: 'service', id: 'food', format: 'json' });
  expect(parseResource('requests.json')).toEqual({ name: 'requests', format: 'json' });
  expect(parseResource('requests/261116-000007-0.xml')).toEqual({
    name: 'request',
    id: '261116-000007-0',
    format: 'xml',
  });
  expect(parseResource('tokens/t-1.json')).toEqual({ name: 'token', id: 't-1', format: 'json' });
  expect(parseResource('discovery.xml')).toEqual({ name: 'discovery', format: 'xml' });
  expect(parseResource('requests/261116-000007-0/comments.json')).toEqual({
    name: 'comments',
    id: '261116-000007-0',
    format: 'json',
  });
  for (const other of [
    'services',
    'services.html',
    'constructor.xml',
    'requests/.xml',
    'tokens.xml',
    'a/b/c/d.xml',
    '',
  ]) {
    expect(parseResource(other), other).toBeUndefined();
  }
});

describe('GET /requests', () => {
  const now = new Date('2026-11-21T04:00:00.000Z');
  const ask = (parameters: Readonly<Record<string, string | undefined>>) =>
    parseRequestsQuery(parameters, { now, jurisdiction: OWN });
  function query(parameters: Readonly<Record<string, string | undefined>>) {
    const asked = ask(parameters);
    if ('refusal' in asked) throw new Error(JSON.stringify(asked.refusal));
    return asked.query;
  }

  test('nothing asked: the last 90 days, the first thousand', () => {
    expect(query({ status: '', page: undefined })).toEqual({
      requested: { from: '2026-08-23T04:00:00.000Z', until: '2026-11-21T04:00:00.000Z' },
      page: 1,
      pageSize: 1_000,
      extensions: false,
    });
  });

  test('numbers override all else, also what would be refused; what cannot be a number is left out', () => {
    const [number] = [registered(7).after.number];
    expect(
      query({ service_request_id: `${number}, nonsense,${number}`, status: 'half-open', page: '0' }),
    ).toEqual({
      numbers: [number],
      page: 1,
      pageSize: 1_000,
      extensions: false,
    });
  });

  test('one end of a span reaches 90 days; a day is a day in China; a plus may arrive as a blank', () => {
    expect(query({ start_date: '2026-08-01' }).requested).toEqual({
      from: '2026-07-31T16:00:00.000Z',
      until: '2026-10-29T16:00:00.000Z',
    });
    expect(query({ end_date: '2026-11-01T08:00:00 08:00' }).requested?.until).toBe(
      '2026-11-01T00:00:00.000Z',
    );
    expect(query({ start_date: '2026-11-01', end_date: '2026-11-01' }).requested).toEqual({
      from: '2026-10-31T16:00:00.000Z',
      until: '2026-11-01T15:59:59.999Z',
    });
    expect(query({ Start_Date: '2026-11-01t00:00:00z' }).requested?.from).toBe('2026-11-01T00:00:00.000Z');
  });

  test.each([
    [{ start_date: '2026-08-01T00:00:00Z', end_date: '2026-10-30T00:00:01Z' }, 400, 'start_date, end_date'],
    [{ start_date: '2026-08-01', end_date: '2026-10-31' }, 400, 'start_date, end_date'],
    [{ start_date: '2026-11-02', end_date: '2026-11-01' }, 400, 'start_date, end_date'],
    [{ start_date: '2026-11-02T10:00:00' }, 400, 'start_date'],
    [{ end_date: '2026-02-30' }, 400, 'end_date'],
    [{ updated_after: 'yesterday' }, 400, 'updated_after'],
    [{ status: 'open,half' }, 400, 'status'],
    [{ service_code: 'food,potholes' }, 404, 'service_code'],
    [{ page: '0' }, 400, 'page'],
    [{ page_size: '-5' }, 400, 'page_size'],
    [{ jurisdiction_id: 'elsewhere.example' }, 404, 'jurisdiction_id'],
  ])('%j is refused', (parameters, status, field) => {
    expect(refusal(ask(parameters))).toMatchObject({ status, errors: [{ field }] });
  });

  test('exactly 90 days are no more than 90 days', () => {
    expect(
      query({ start_date: '2026-08-01T00:00:00Z', end_date: '2026-10-30T00:00:00Z' }).requested,
    ).toBeDefined();
    expect(query({ start_date: '2026-08-01', end_date: '2026-10-30' }).requested).toBeDefined();
  });

  test('updates are asked for without a span of receipt, unless one is given', () => {
    const updated = query({ updated_after: '2026-11-20T00:00:00Z', jurisdiction_id: OWN.toUpperCase() });
    expect(updated.requested).toBeUndefined();
    expect(updated.updated?.from).toBe('2026-11-20T00:00:00.000Z');
    expect(query({ updated_before: '2026-11-20', start_date: '2026-11-01' }).requested).toBeDefined();
  });

  test('a page is never larger than a thousand', () => {
    expect(query({ page: '3', page_size: '5000', extensions: 'TRUE' })).toMatchObject({
      page: 3,
      pageSize: 1_000,
      extensions: true,
    });
    expect([wantsExtensions(undefined), wantsExtensions('1'), wantsExtensions('false')]).toEqual([
      false,
      true,
      false,
    ]);
  });

  const one = (draw: number, day: string, changes: Partial<PublicCase> = {}): PublicCase => ({
    number: `26111${draw}-000000-0`,
    status: 'open',
    state: 'received',
    service: 'food',
    requestedAt: `${day}T02:00:00.000Z`,
    updatedAt: `${day}T02:00:00.000Z`,
    steps: [],
    comments: [],
    ...changes,
  });
  const cases = [
    one(1, '2026-11-01', { updatedAt: '2026-11-20T03:00:00.000Z' }),
    one(2, '2026-11-10', { service: 'retail' }),
    one(3, '2026-11-20', { status: 'closed', state: 'closed' }),
    one(4, '2026-06-01'),
  ];
  const numbers = (parameters: Readonly<Record<string, string>>) =>
    selectRequests(cases, query(parameters)).cases.map(({ number }) => number.slice(5, 6));

  test('the newest first; by class, by status, by number, by update with the oldest change first', () => {
    expect(numbers({})).toEqual(['3', '2', '1']);
    expect(numbers({ service_code: 'food,travel' })).toEqual(['3', '1']);
    expect(numbers({ status: 'Closed' })).toEqual(['3']);
    expect(numbers({ status: 'open,closed' })).toEqual(['3', '2', '1']);
    expect(numbers({ start_date: '2026-06-01', end_date: '2026-06-01' })).toEqual(['4']);
    expect(numbers({ updated_after: '2026-11-20T00:00:00Z' })).toEqual(['3', '1']);
    expect(
      selectRequests(cases, { numbers: [cases[3]?.number ?? ''], page: 1, pageSize: 10, extensions: false })
        .cases,
    ).toEqual([cases[3]]);
  });

  test('pages follow each other without gap or repeat', () => {
    expect(selectRequests(cases, query({ page_size: '2' }))).toMatchObject({ next: 2 });
    expect(numbers({ page_size: '2', page: '2' })).toEqual(['1']);
    expect(selectRequests(cases, query({ page_size: '2', page: '2' })).next).toBeUndefined();
    expect(numbers({ page: '9' })).toEqual([]);
  });
});

test('a comment needs the number, the secret and words; nothing of it comes back in a refusal', () => {
  const { number } = registered(7).after;
  const body = form({ description: '补充：有发票', tracking_secret: 'K7QM4-X2D9P' });
  expect(parsePostComment(number, body, FORM)).toEqual({
    comment: { number, text: '补充：有发票', secret: 'K7QM4-X2D9P' },
  });
  expect(refusal(parsePostComment('1', body, FORM)).status).toBe(404);
  expect(refusal(parsePostComment(number, 'description=x', FORM)).errors[0].field).toBe('tracking_secret');
  expect(refusal(parsePostComment(number, 'tracking_secret=x', FORM)).errors[0].field).toBe('description');
  const long = form({ description: '长'.repeat(4_001), tracking_secret: 'x' });
  expect(refusal(parsePostComment(number, long, FORM)).errors[0].code).toBe('bad-value');
  expect(refusal(parsePostComment(number, '{"a', 'application/json')).errors[0].code).toBe('unreadable');
});

test('the page for clients names every service, attribute and parameter', () => {
  const page = readFileSync(new URL('../../docs/open311.md', import.meta.url), 'utf8');
  const parameters = [
    'page',
    'page_size',
    'updated_after',
    'updated_before',
    'extensions',
    'tracking_secret',
    'notes',
    'comments',
  ];
  for (const name of [...SERVICE_CODES, ...ATTRIBUTES.map(({ code }) => code), ...parameters]) {
    expect(page, name).toContain(`\`${name}\``);
  }
});
