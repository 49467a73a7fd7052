import { describe, expect, test } from 'vitest';
import { submission } from '../../events/submission.ts';
import { type Asked, type Open311Dependencies, open311 } from '../../functions/open311/open311.ts';
import { publishCase } from '../../functions/publish-cases/publish.ts';
import type { Case } from '../../shared/case/case.ts';
import { makeCaseNumber } from '../../shared/case/case-number.ts';
import { createMemoryOpenDataStore } from '../../shared/store/open-data-store.ts';
import { createMemoryPublicCaseStore } from '../../shared/store/public-case-store.ts';
import { caseIn, house, keep, registryOf, SECRET, stepsTo } from './support.ts';

const FORM = 'application/x-www-form-urlencoded';
const SENT = {
  service_code: 'food',
  address_string: '宁波市海曙区古林镇测试路1号',
  first_name: '小乙',
  last_name: '某',
  phone: '13800000001',
  description: '买到过期面包，店家拒绝退款。',
};

function endpoint(settings: Parameters<typeof house>[0] = {}, changes: Partial<Open311Dependencies> = {}) {
  const failed: unknown[] = [];
  const publicCases = createMemoryPublicCaseStore();
  const own = house(settings);
  const deps: Open311Dependencies = {
    ...own,
    publicCases,
    schema: submission(() => '2026-11-16'),
    failed: (error) => failed.push(error),
    ...changes,
  };
  const ask = async (method: string, path: string, more: Partial<Asked> = {}) => {
    const { status, headers, body } = await open311(
      {
        method,
        path,
        query: {},
        headers: { 'content-type': FORM },
        body: new Uint8Array(),
        url: 'https://api.example/open311/v2',
        address: '192.0.2.1',
        ...more,
      },
      deps,
    );
    return { status, headers, text: new TextDecoder().decode(body as Uint8Array) };
  };
  const post = (changed: Record<string, string> = {}, more: Partial<Asked> = {}) =>
    ask('POST', 'requests.json', {
      body: new TextEncoder().encode(new URLSearchParams({ ...SENT, ...changed }).toString()),
      ...more,
    });
  return { cases: own.cases, publicCases, failed, ask, post };
}

describe('publishing', () => {
  const steps = stepsTo('closed');
  const { number } = caseIn('closed');
  const published = async (order: readonly Case[]) => {
    const deps = {
      ...house(),
      publicCases: createMemoryPublicCaseStore(),
      openData: createMemoryOpenDataStore(),
    };
    await keep(deps.cases, steps);
    for (const read of order) {
      // A function that was slow: it read the case at this version, and writes only now.
      const cases = { ...deps.cases, case: async () => read };
      await publishCase(number, { ...deps, cases });
    }
    return deps.publicCases.case(number);
  };

  test('whatever order messages come in and however often, the newest state is shown, with the steps so far', async () => {
    const states = steps.map(({ after }) => after);
    const inOrder = await published(states);
    expect(inOrder).toMatchObject({ status: 'closed', agency: '南门市场监督管理所' });
    expect(inOrder?.steps.map(({ type }) => type)).toEqual(
      steps.map(({ event }) => event.type).filter((type) => type !== 'noted'),
    );
    expect(await published(states.toReversed())).toEqual(inOrder);
    expect(await published([...states, ...states, ...states.slice(0, 2)])).toEqual(inOrder);
    const [first] = states as [Case];
    expect((await published([first]))?.steps.map(({ type }) => type)).toEqual(['registered']);
  });

  test('what may no longer be shown disappears, and an older look does not bring it back', async () => {
    const way = stepsTo('reclassified', 7);
    const deps = {
      ...house(),
      publicCases: createMemoryPublicCaseStore(),
      openData: createMemoryOpenDataStore(),
    };
    const { number: reclassified } = await keep(deps.cases, way);
    for (const { after } of [...way, ...way.slice(0, 1)]) {
      const cases = { ...deps.cases, case: async () => after };
      await publishCase(reclassified, { ...deps, cases });
    }
    expect(await deps.publicCases.case(reclassified)).toBeUndefined();
  });

  test('a message about no case fails, so that somebody looks', async () => {
    const deps = {
      ...house(),
      publicCases: createMemoryPublicCaseStore(),
      openData: createMemoryOpenDataStore(),
    };
    await expect(publishCase(number, deps)).rejects.toThrow('does not exist');
  });

  test('an address without a code is shown as the county of the unit that has the case', async () => {
    expect((await published([caseIn('closed')]))?.division).toEqual({ code: '330203', name: '海曙区' });
  });
});

describe('the endpoint', () => {
  test('where the bureau has given out no key anybody may post, within its limits', async () => {
    const { post, failed } = endpoint({ mostFromPhone: 3 });
    for (const paid of ['1', '2', '3']) {
      expect(await post({ 'attribute[paid]': paid })).toMatchObject({ status: 200 });
    }
    expect(await post({ 'attribute[paid]': '3' })).toMatchObject({ status: 200 });
    const flood = await post({ 'attribute[paid]': '4' });
    expect(flood.status).toBe(429);
    expect(Number(flood.headers?.['retry-after'])).toBeGreaterThan(0);
    expect(JSON.parse(flood.text)).toEqual([{ code: 429, description: expect.stringContaining('12315') }]);
    expect(failed).toEqual([]);
  });

  test('where it wants phones proven, a code is asked for in the words of GeoReport', async () => {
    const refused = await endpoint({ provePhone: true }).post();
    expect(refused.status).toBe(403);
    expect(JSON.parse(refused.text)[0].description).toMatch(/^x-phone-code: /);
  });

  test('our own fault is told in the format asked for, without its insides, and is known to us', async () => {
    const broken = new Error('table xyz is gone');
    const { ask, failed } = endpoint(
      {},
      { registry: { ...registryOf(), read: () => Promise.reject(broken) } },
    );
    const fault = { status: 500, text: expect.stringContaining('500') };
    expect(await ask('GET', 'discovery.xml')).toMatchObject({
      ...fault,
      headers: { 'content-type': 'text/xml; charset=utf-8' },
    });
    const json = await ask('POST', 'requests.json', { body: new Uint8Array([0xff]) });
    expect(json).toMatchObject({ ...fault, headers: { 'content-type': 'application/json; charset=utf-8' } });
    expect(json.text).not.toContain('xyz');
    expect(failed).toEqual([broken, broken]);
  });

  test('what passes by itself tells programs to try again', async () => {
    const { cases } = house();
    const { post } = endpoint({}, { cases: { ...cases, commit: async () => 'number-taken' } });
    expect(await post()).toMatchObject({ status: 503, headers: { 'retry-after': '1' } });
  });

  test('degrees beside an address are kept, account and device are not', async () => {
    const { post, cases } = endpoint();
    const sent = { lat: '29.8683', long: '121.5440', account_id: 'a-1', device_id: 'd-1' };
    const [{ service_request_id: number, account_id }] = JSON.parse((await post(sent)).text);
    expect(account_id).toBe('a-1');
    const found = await cases.case(number);
    expect(found?.complaint.open311).toEqual({ service: 'food', location: { lat: 29.8683, long: 121.544 } });
    expect(JSON.stringify(found)).not.toMatch(/a-1|d-1/);
  });

  test('a list too long for one answer is refused, not cut', async () => {
    const { ask, publicCases } = endpoint();
    const description = '长'.repeat(4_000);
    for (let draw = 0; draw < 400; draw += 1) {
      const number = `261116-${String(draw).padStart(6, '0')}-0`;
      const at = '2026-11-16T01:00:00.000Z';
      const shown = { status: 'open', state: 'received', service: 'food', steps: [], comments: [] } as const;
      await publicCases.publish(
        { number, version: 1, shown: { ...shown, number, requestedAt: at, updatedAt: at, description } },
        at,
      );
    }
    const refused = await ask('GET', 'requests.json');
    expect(refused.status).toBe(400);
    expect(refused.text).toContain('page_size');
    expect(await ask('GET', 'requests.json', { query: { page_size: '200' } })).toMatchObject({
      status: 200,
      headers: { link: '<?page_size=200&page=2>; rel="next"' },
    });
  });
});

describe('a comment', () => {
  const comment = (path: string, tracking_secret = SECRET) => ({
    path: `requests/${path}/comments.json`,
    body: new TextEncoder().encode(
      new URLSearchParams({ description: '补充一点。', tracking_secret }).toString(),
    ),
  });

  test('of a case that is over, or that is not one’s own, is refused; when the case moves all the time it comes again', async () => {
    const { cases, ask } = endpoint();
    const over = await keep(cases, stepsTo('withdrawn', 1));
    const open = await keep(cases, stepsTo('accepted', 2));
    const send = ({ path, body }: ReturnType<typeof comment>, by = ask) => by('POST', path, { body });
    expect(await send(comment(over.number))).toMatchObject({ status: 400 });
    expect(await send(comment(open.number, 'WRONG-WRONG'))).toMatchObject({ status: 403 });
    expect(await send(comment(makeCaseNumber('2026-11-16', 999)))).toMatchObject({ status: 403 });

    const moving = endpoint({}, { cases: { ...cases, commit: async () => 'conflict' } });
    expect(await send(comment(open.number), moving.ask)).toMatchObject({ status: 503 });
    expect(await send(comment(open.number))).toMatchObject({ status: 200 });
    expect(await send(comment(open.number))).toMatchObject({ status: 200 });
    const added = (await cases.history(open.number)).filter(({ type }) => type === 'words-added');
    expect(added).toHaveLength(1);
  });
});
