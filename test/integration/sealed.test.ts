import { unzipSync } from 'fflate';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { caseDetail, caseList, informerAnswer, registeredAnswer } from '../../events/answers.ts';
import { FORMS } from '../../shared/forms/forms.ts';
import { COMPLAINT, track } from './scenario.ts';
import { eventually, parsed, type System, startSystem } from './system.ts';

/*
 * Order 121 Art. 9, 37: a message complains and reports. Nothing that shows the complaint side may let anybody see
 * that there is a report: every answer, form, notice and figure of the complaint is searched for it.
 */

const CLUE = '后厨使用过期冷冻肉并涂改生产日期';
const STATION_MESSAGE = {
  ...COMPLAINT,
  business: { ...COMPLAINT.business, phone: '13900001111' },
  consents: { publish: true },
  report: { text: `${CLUE}，每周二进货。` },
};

let system: System;
/** Everything the complaint side was shown, by where it was shown. */
const shown = new Map<string, string>();
let complaint: { number: string; secret: string };
let report: string;
let station: string;

async function ask(what: string, method: string, path: string, token: string, body?: object) {
  const answer = await system.api(method, path, { token, ...(body === undefined ? {} : { body }) });
  shown.set(`${what} ${method} ${path}`, JSON.stringify(answer.body));
  return answer;
}

async function tokenOf(sub: string, role: string, unit: string): Promise<string> {
  const answer = await fetch(`${system.runtime.endpoints.issuer}/token`, {
    method: 'POST',
    body: new URLSearchParams({ grant_type: 'client_credentials', sub, role, unit }),
  });
  return ((await answer.json()) as { access_token: string }).access_token;
}

beforeAll(async () => {
  system = await startSystem();
  const registered = parsed(
    registeredAnswer,
    await system.api('POST', '/complaints', { body: STATION_MESSAGE }),
    201,
  );
  complaint = registered;
  report = registered.report?.number ?? '';
  station = await eventually(async () => {
    const { station: unit } = await track(system, complaint.number, complaint.secret);
    return unit?.code;
  });
  await eventually(async () => {
    const found = await system.cases.case(report);
    return found?.state === 'distributed' ? true : undefined;
  });
});
afterAll(() => system.stop());

test('one message becomes two cases with numbers and people of their own, and only the report knows of the other', async () => {
  const [one, two] = [await system.cases.case(complaint.number), await system.cases.case(report)];
  expect([one?.kind, two?.kind]).toEqual(['complaint', 'report']);
  expect(two?.linkedTo).toBe(complaint.number);
  expect(JSON.stringify(one)).not.toContain(report);
});

test('nothing on the complaint side says that there is a report: answers, forms, notices, figures, logs', async () => {
  const officer = await tokenOf('officer-elsewhere', 'officer', station);
  const path = `/desk/cases/${complaint.number}`;
  await ask('officer', 'POST', `${path}/accept`, officer, {});
  await eventually(async () => {
    const { body } = await system.api('GET', path, { token: officer });
    return body.told['form-5.complainant'];
  });
  const meeting = { mode: 'on-site', meetsAt: '2030-01-07T14:30', place: '二楼调解室', mediators: '赵某' };
  await ask('officer', 'POST', `${path}/start-mediation`, officer, {
    complainantConsents: true,
    businessConsents: true,
    ...meeting,
  });
  await ask('officer', 'POST', `${path}/terminate`, officer, {
    ground: 'art23-3',
    reason: '经营者当场表示不同意任何赔偿，双方分歧无法弥合',
  });
  await eventually(async () => {
    const { body } = await system.api('GET', path, { token: officer });
    return body.state.code === 'terminated-told' ? true : undefined;
  });

  for (const [role, unit] of [
    ['officer', station],
    ['head', station],
    ['dispatcher', '330200'],
    ['auditor', '330200'],
  ] as const) {
    const token = await tokenOf(`${role}-elsewhere`, role, unit);
    for (const part of [
      '',
      '/history',
      '/complainant?reason=handling',
      '/reads',
      '/dates',
      '/signs',
      '/notices',
    ]) {
      await ask(role, 'GET', `${path}${part}`, token);
    }
  }
  for (const form of Object.keys(FORMS)) {
    for (const party of ['complainant', 'business']) {
      await ask('officer', 'GET', `${path}/forms/${form}?format=json&party=${party}`, officer);
    }
  }
  const docx = await fetch(`${system.runtime.endpoints.api}${path}/forms/form-8?format=docx&party=business`, {
    headers: { authorization: `Bearer ${officer}` },
  });
  const files = unzipSync(new Uint8Array(await docx.arrayBuffer()));
  shown.set(
    'docx',
    Object.values(files)
      .map((file) => Buffer.from(file).toString())
      .join('\n'),
  );
  const tracked = await track(system, complaint.number, complaint.secret);
  shown.set('track', JSON.stringify(tracked));
  shown.set('figures', JSON.stringify((await system.api('GET', `/statistics?unit=${station}`)).body));
  shown.set('notices sent', JSON.stringify(system.runtime.sent));

  expect(shown.size).toBeGreaterThan(50);
  expect(JSON.stringify([...shown])).toContain('二楼调解室');
  for (const [where, what] of shown) {
    for (const secret of [CLUE, '每周二进货', report]) expect(what, where).not.toContain(secret);
  }
  // In the logs numbers stand apart, the words nowhere.
  expect(system.logs.join('\n')).not.toContain(CLUE);
  const together = system.logs.filter((line) => line.includes(report) && line.includes(complaint.number));
  expect(together).toEqual([]);
});

test('an officer of the same unit who is not on the report sees that it is due, and nothing of it', async () => {
  const officer = await tokenOf('officer-elsewhere', 'officer', station);
  const list = parsed(caseList, await system.api('GET', '/desk/cases', { token: officer }), 200);
  const line = list.cases.find(({ number }) => number === report);
  expect(line).toMatchObject({ sealed: true, excerpt: '', business: {} });
  const detail = parsed(
    caseDetail,
    await system.api('GET', `/desk/cases/${report}`, { token: officer }),
    200,
  );
  expect(detail).toMatchObject({ sealed: true, complaint: null, history: [] });
  for (const part of ['history', 'dates', 'signs', 'notices']) {
    expect((await system.api('GET', `/desk/cases/${report}/${part}`, { token: officer })).status, part).toBe(
      403,
    );
  }
  const informer = await system.api('GET', `/desk/reports/${report}/informer?reason=handling`, {
    token: officer,
  });
  expect(informer.status).toBe(403);
  const form = await system.api('GET', `/desk/reports/${report}/forms/form-2?format=json`, {
    token: officer,
  });
  expect(form.status).toBe(403);
});

test('whoever is on the report reads the informer, with a reason that is kept', async () => {
  const found = await system.cases.case(report);
  const head = await tokenOf('head-1', 'head', station);
  const chosen = found?.officers[0] ?? `officer-${station}-1`;
  await system.api('POST', `/desk/cases/${report}/assign`, { token: head, body: { officer: chosen } });
  const token = await tokenOf(chosen, 'officer', station);
  const answer = parsed(
    informerAnswer,
    await system.api('GET', `/desk/reports/${report}/informer?reason=handling`, { token }),
    200,
  );
  expect(answer.informer?.name).toBe(COMPLAINT.complainant.name);
  // By the way of complaints the informer is not found.
  const wrongWay = await system.api('GET', `/desk/cases/${report}/complainant?reason=handling`, { token });
  expect(wrongWay.status).toBe(404);
});
