import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { ADMINISTRATOR, administered, putMessage } from './administration-scene.ts';
import { COMPLAINT, fileComplaint, PERSONAL } from './scenario.ts';
import { type System, startSystem } from './system.ts';

let system: System;
let token: string;
beforeAll(async () => {
  system = await startSystem();
  token = await system.token('administrator', '330200', ADMINISTRATOR);
});
afterAll(async () => system?.stop());

const get = (path: string, by = token) => system.api('GET', `/administrator${path}`, { token: by });
const post = (path: string, body: object, by = token) =>
  system.api('POST', `/administrator${path}`, { token: by, body });

describe('how the system stands', () => {
  test('queues with what they gave up, the last proof of the figures, what the month costs', async () => {
    await fileComplaint(system);
    await system.runtime.invoke('RecountStatistics/Function', {});
    const { status, body } = await get('/health');
    expect(status).toBe(200);
    expect(body.queues.find(({ name }: { name: string }) => name === 'triage')).toMatchObject({
      dead: 0,
      redrivable: true,
    });
    expect(body.proofs[0]).toMatchObject({ drift: 0 });
    expect(body.proofs[0].events).toBeGreaterThan(0);
    expect(body.cost.received).toBeGreaterThan(0);
    expect(body.cost.microDollars).toBeGreaterThan(body.cost.fixedMicroDollars);
  });

  test('says that ages, lags and runs are not measured on one machine, instead of showing zeros', async () => {
    const { body } = await get('/health');
    expect(body.measured).toBe(false);
    expect(body.queues[0].oldestSeconds).toBeNull();
    expect(body.streams[0].lagSeconds).toBeNull();
    expect(body.runs[0]).toMatchObject({ last: null, failed: null });
  });

  test('is shown to auditors, and to nobody who works with cases', async () => {
    expect((await get('/health', await system.token('auditor', '330200'))).status).toBe(200);
    for (const role of ['manager', 'dispatcher', 'officer']) {
      expect((await get('/health', await system.token(role, '330200'))).status).toBe(403);
    }
    expect((await get('/health', await system.token('administrator', '330203'))).status).toBe(403);
  });
});

describe('what queues gave up', () => {
  test('is looked at without taking it, and brought back', async () => {
    const { registered } = await fileComplaint(system);
    await system.runtime.invoke('RecountStatistics/Function', {});
    await administered(system, registered.number);
    const { body } = await get('/queues/triage');
    expect(body).toMatchObject({ dead: 0, messages: [] });
  });

  test('shows no word and no phone of what a carrier delivered', async () => {
    const delivered = {
      Message: JSON.stringify({ originationNumber: PERSONAL.phone, messageBody: COMPLAINT.text }),
    };
    await putMessage(system, 'AwsSms/AwsSmsDlq', delivered);
    const { body } = await get('/queues/aws-sms');
    expect(body.messages).toHaveLength(1);
    expect(body.messages[0]).toMatchObject({ case: null, error: null });
    expect(JSON.stringify(body)).not.toContain(PERSONAL.phone);
    expect(JSON.stringify(body)).not.toContain(COMPLAINT.text.slice(0, 6));
    // Looked at twice it is still there.
    expect((await get('/queues/aws-sms')).body.messages).toHaveLength(1);
  });

  test('of a schedule is not brought back; an auditor brings nothing back; an unknown queue is told', async () => {
    expect((await post('/queues/watch/redrive', {})).status).toBe(409);
    expect((await post('/queues/triage/redrive', {}, await system.token('auditor', '330200'))).status).toBe(
      403,
    );
    const unknown = await get('/queues/nothing');
    expect(unknown.status).toBe(400);
    expect(unknown.body.errors[0].field).toContain('queue');
  });
});

const base64 = (bytes: string | Uint8Array) => Buffer.from(bytes).toString('base64');
const overview = async () => (await get('/register')).body;
const download = async () => (await get('/register/file?format=json')).body;

describe('the register', () => {
  test('comes as a workbook that goes back in without a difference', async () => {
    const answer = await fetch(`${system.runtime.endpoints.api}/administrator/register/file`, {
      headers: { authorization: `Bearer ${token}` },
    });
    expect(answer.headers.get('content-disposition')).toMatch(/register-330200-\d+\.xlsx/);
    const file = base64(new Uint8Array(await answer.arrayBuffer()));
    const { body } = await post('/register/check', { file });
    expect(body).toMatchObject({ loadable: true, problems: [], differences: [], stale: false });
  });

  test('of a file that is wrong each place is told, and nothing takes effect', async () => {
    const document = await download();
    const before = await overview();
    const [unit, ...units] = document.units;
    const wrong = { ...document, units: [{ ...unit, dutyHours: 'whenever' }, ...units] };
    const { body } = await post('/register/check', { file: base64(JSON.stringify(wrong)) });
    expect(body.loadable).toBe(false);
    expect(body.problems[0]).toMatchObject({ column: '/units/0/dutyHours' });
    const lost = { ...document, divisions: [{ ...document.divisions[0], station: '33029999' }] };
    const file = base64(JSON.stringify(lost));
    const found = (await post('/register/check', { file })).body;
    expect(found).toMatchObject({ loadable: false, problems: [] });
    expect(found.findings.filter(({ fatal }: { fatal: boolean }) => fatal)).toHaveLength(1);
    const load = await post('/register/load', { file, register: before.register.version });
    expect(load.status).toBe(400);
    expect(load.body.errors[0].field).toBe('/file');
    expect(await overview()).toEqual(before);
  });

  test('the one of another bureau, and what is no register at all, is refused with the reason', async () => {
    const other = { ...(await download()), bureau: '330900' };
    for (const file of [
      base64(JSON.stringify(other)),
      base64('{'),
      base64('PK\u0003\u0004broken'),
      base64('，,'),
    ]) {
      const { status, body } = await post('/register/check', { file });
      expect(status).toBe(200);
      expect(body.loadable).toBe(false);
      expect(body.problems.length).toBeGreaterThan(0);
    }
  });

  test('a changed one tells its differences, takes effect, and is taken back; each step is noted', async () => {
    const { version } = (await overview()).register;
    const document = await download();
    const [unit, ...units] = document.units;
    const file = base64(
      JSON.stringify({ ...document, units: [{ ...unit, phone: '0574-88880000' }, ...units] }),
    );
    const { body } = await post('/register/check', { file });
    expect(body.differences).toEqual([
      expect.objectContaining({
        list: 'units',
        changed: {
          count: 1,
          shown: [
            {
              id: unit.code,
              name: unit.name,
              fields: [{ zh: '电话', en: 'phone', before: unit.phone, after: '0574-88880000' }],
            },
          ],
        },
      }),
    ]);
    const loaded = await post('/register/load', { file, register: version });
    expect(loaded.body.register).toMatchObject({ version: version + 1, before: version });
    expect((await download()).units[0].phone).toBe('0574-88880000');

    const again = await post('/register/load', { file, register: version });
    expect(again.status).toBe(409);
    const back = await post('/register/back', { register: version + 1 });
    expect(back.body.register.version).toBe(version + 2);
    expect((await download()).units[0].phone).toBe(unit.phone);
    const { notes } = (await get('/notes')).body;
    const codes = notes.map(({ what }: { what: { code: string } }) => what.code);
    expect(codes).toEqual(expect.arrayContaining(['register-loaded', 'register-back']));
    expect(notes[0].by).toBe(ADMINISTRATOR);
  });

  test('one that waits for its day is withdrawn', async () => {
    const { version } = (await overview()).register;
    const file = base64(JSON.stringify(await download()));
    const { body } = await post('/register/load', { file, register: version, from: '2099-01-01' });
    expect(body.register).toMatchObject({ version, next: { from: '2099-01-01' } });
    const blocked = await post('/settings', { register: version, name: 'provePhone', value: true });
    expect(blocked.status).toBe(409);
    expect((await post('/register/back', { register: version })).body).toMatchObject({
      withdrawn: true,
      register: { version, next: null },
    });
  });

  test('the map of gaps shows townships without anybody in charge on a day', async () => {
    const { counties, units } = (await get('/register/gaps')).body;
    expect(counties).toHaveLength(10);
    const townships = counties.flatMap((county: { townships: { cover: string }[] }) => county.townships);
    expect(townships.every(({ cover }: { cover: string }) => cover === 'covered')).toBe(true);
    expect(units).toEqual(expect.any(Array));
  });
});

describe('what the bureau sets', () => {
  test('a threshold is shown with its meaning, changed, and undone', async () => {
    const shown = (await get('/settings')).body;
    const threshold = shown.settings.find(({ name }: { name: string }) => name === 'routingThreshold');
    expect(threshold).toMatchObject({ default: 0.8, value: 0.8, own: false });
    expect(threshold.meaning.zh).toContain('分派员');
    const { version } = shown.register;
    const wrong = await post('/settings', { register: version, name: 'routingThreshold', value: 7 });
    expect(wrong.status).toBe(400);
    expect(wrong.body.errors[0].field).toBe('/routingThreshold');
    const { body } = await post('/settings', { register: version, name: 'routingThreshold', value: 0.9 });
    expect(body.register.version).toBe(version + 1);
    expect((await system.register.read()).version).toBeLessThanOrEqual(version + 1);
    await post('/register/back', { register: version + 1 });
    const after = (await get('/settings')).body.settings;
    expect(after.find(({ name }: { name: string }) => name === 'routingThreshold').value).toBe(0.8);
  });

  test('a campaign is added and ended', async () => {
    const { version } = (await overview()).register;
    const campaign = {
      id: 'gas-2026',
      name: '燃气安全',
      from: '2026-11-01',
      to: '2027-03-31',
      problems: ['安全'],
    };
    const { body } = await post('/settings', { register: version, name: 'campaigns', value: [campaign] });
    expect(body.settings.find(({ name }: { name: string }) => name === 'campaigns').value).toEqual([
      campaign,
    ]);
    const ended = await post('/settings', { register: version + 1, name: 'campaigns', value: null });
    expect(ended.body.settings.find(({ name }: { name: string }) => name === 'campaigns').own).toBe(false);
  });

  test('a person of the register is added, moved and removed; a unit that does not exist is refused', async () => {
    const { version } = (await overview()).register;
    const person = { do: 'keep', id: 'officer-test', name: '示例测试', role: 'officer', unit: '33020301' };
    const added = await post('/users', { ...person, register: version });
    expect(added.body.users).toContainEqual(expect.objectContaining({ id: 'officer-test' }));
    const nowhere = await post('/users', { ...person, unit: '33029999', register: version + 1 });
    expect(nowhere.status).toBe(400);
    const removed = await post('/users', { do: 'remove', id: 'officer-test', register: version + 1 });
    expect(removed.body.users).not.toContainEqual(expect.objectContaining({ id: 'officer-test' }));
  });

  test('a year of holidays is checked before it is loaded', async () => {
    const year = {
      year: 2032,
      off: [['2032-01-01', '2032-01-01']],
      worked: ['2032-01-05'],
      source: 'https://www.gov.cn/x.htm',
    };
    const check = (await post('/calendar', { ...year, check: true })).body;
    expect(check.findings[0].which).toEqual(['2032-01-05']);
    expect((await post('/calendar', year)).status).toBe(400);
    const right = { ...year, worked: ['2032-01-04'] };
    expect((await post('/calendar', { ...right, check: true })).body).toMatchObject({
      loaded: false,
      findings: [],
    });
    expect((await post('/calendar', right)).body.loaded).toBe(true);
    expect((await get('/calendar')).body.years[0]).toMatchObject({ year: 2032, loaded: true });
  });

  test('is changed by administrators of the bureau only, and shown to auditors', async () => {
    const { version } = (await overview()).register;
    const change = { register: version, name: 'provePhone', value: true };
    for (const [role, unit] of [
      ['auditor', '330200'],
      ['manager', '330200'],
      ['administrator', '330203'],
    ] as const) {
      expect((await post('/settings', change, await system.token(role, unit))).status).toBe(403);
    }
    expect((await get('/taxonomies', await system.token('auditor', '330200'))).status).toBe(200);
  });
});
