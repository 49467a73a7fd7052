import { PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import {
  callAnswer,
  consumerStepAnswer,
  contactsAnswer,
  datesAnswer,
  entryAnswer,
  formPreview,
  importAnswer,
  importPreview,
  noticesAnswer,
  phoneCodeAnswer,
  readsAnswer,
  signsAnswer,
} from '../../events/answers.ts';
import * as businesses from '../../events/businesses-answers.ts';
import * as answers from '../../events/desk-work-answers.ts';
import { evidenceAnswer, evidenceFile, evidenceList, evidenceUpload } from '../../events/evidence.ts';
import { previewAnswer } from '../../events/preview.ts';
import { proposalList } from '../../events/rules.ts';
import { sampleBusinesses } from '../../infra/local/sample-registry.ts';
import { register } from '../../shared/case/register.ts';
import { type StepContext, takeStep } from '../../shared/case/take-step.ts';
import { shanghaiDate } from '../../shared/dates.ts';
import { settingsOf } from '../../shared/law/bureau-settings.ts';
import { createCalendar } from '../../shared/law/calendar.ts';
import { HOLIDAY_YEARS } from '../../shared/law/holidays.ts';
import { administered } from './administration-scene.ts';
import { tenComplained } from './business-scene.ts';
import { figuresAndWarnings } from './figures-scene.ts';
import { openDataReleased } from './open-data-scene.ts';
import { COMPLAINT, fileComplaint, step, told, wholeJob, wholeReport } from './scenario.ts';
import { settledFirst } from './settle-first.ts';
import { aliyunPush, type Push } from './sms-senders.ts';
import { eventually, parsed, type System } from './system.ts';

const LAND_LINE = '0574-87654321';
const WITHOUT_ADDRESS = { ...COMPLAINT, business: { name: '没有登记的小店' } };

/** A scenario in which every function does all that it can do at any hour of any day. */
export async function everythingHappens(system: System): Promise<void> {
  const job = await wholeJob(system);
  const report = await wholeReport(system);
  const dispatcher = await system.token('dispatcher', '330200');
  const auditor = await system.token('auditor', '330200');

  await withTheDispatcher(system, dispatcher);
  await byTheConsumer(system);
  await joined(system, job.token);
  await byEmail(system, job.token);
  await lookedAt(system, job.registered.number, job.token, auditor);
  await reportLookedAt(system, report.number, report.token, await system.token('auditor', '330200'));
  await longAgo(system);

  await enteredAtTheDesk(system, dispatcher);
  await phoneProven(system);
  await byOpen311(system);

  await bySms(system);
  await byPhone(system, dispatcher);
  await withEvidence(system, job.token);

  await sharedOut(system);
  await rulesLookedAt(system);
  await withBusinesses(system);

  await figuresAndWarnings(system);
  await openDataReleased(system);
  await administered(system, job.registered.number);

  await settledFirst(system);
  await system.runtime.invoke('SweepUntriaged/Function', {});
  await system.runtime.invoke('WatchDeadlines/Function', {});
  await system.runtime.invoke('WatchDeadlines/Function', { task: 'recount-dates' });
  await system.runtime.invoke('WatchDeadlines/Function', { task: 'propose-classes' });
  await system.api('GET', '/units');
}

async function withTheDispatcher(system: System, token: string): Promise<void> {
  const handedOn = (await fileComplaint(system, WITHOUT_ADDRESS)).registered.number;
  await step(system, token, handedOn, 'distribute', { unit: '33020301' });

  // A complaint that is a report, and the other way round: each person moves to the other table.
  const toReport = (await fileComplaint(system, WITHOUT_ADDRESS)).registered.number;
  await step(system, token, toReport, 'reclassify', { kind: 'report' });
  const wrong = { ...WITHOUT_ADDRESS, kind: 'report', complainant: COMPLAINT.complainant };
  const toComplaint = (await fileComplaint(system, wrong)).registered.number;
  const { status } = await system.api('POST', `/desk/reports/${toComplaint}/reclassify`, {
    token,
    body: { kind: 'complaint' },
  });
  if (status !== 200) throw new Error(`reclassify: ${status}`);
}

/** Work is found, taken, shared out, and kept in lists. */
async function sharedOut(system: System): Promise<void> {
  const { registered, tracked } = await fileComplaint(system);
  const { number } = registered;
  const station = tracked.station?.code ?? '';
  const token = await system.token('head', station, `head-${station}-1`);
  const post = (path: string, body: object, headers = {}) =>
    system.api('POST', path, { token, body, headers });
  parsed(answers.leaseAnswer, await post(`/desk/cases/${number}/lease`, {}), 200);
  parsed(answers.leaseAnswer, await system.api('DELETE', `/desk/cases/${number}/lease`, { token }), 200);
  const order = {
    action: 'assign',
    cases: [{ number, version: (await system.cases.case(number))?.version }],
    sent: { officer: `officer-${station}-1` },
  };
  const key = { 'idempotency-key': 'everything-1' };
  const { id } = parsed(answers.bulkAnswer, await post('/desk/bulk', order, key), 200);
  parsed(answers.bulkAnswer, await post(`/desk/bulk/${id}/undo`, {}), 200);
  const filter = { name: '今天', filter: { dueUntil: 'today' }, version: 0 };
  parsed(answers.filterList, await post('/desk/filters', filter), 200);
  parsed(answers.absenceList, await post('/desk/absences', { absences: [], version: 0 }), 200);
  parsed(answers.dueAheadAnswer, await system.api('GET', '/desk/due-ahead', { token }), 200);
  parsed(answers.loadAnswer, await system.api('GET', '/desk/load', { token }), 200);
  parsed(answers.staffList, await system.api('GET', '/desk/staff', { token }), 200);
  parsed(answers.hintsAnswer, await system.api('GET', '/desk/hints', { token }), 200);
  for (const sent of [{ number }, { phone: COMPLAINT.complainant.phone }, { words: '热水器' }]) {
    parsed(answers.searchAnswer, await post('/desk/search', sent), 200);
  }
}

/** Known businesses: recognised, found by the code, watched, their class decided; of another one proposed by night. */
async function withBusinesses(system: System): Promise<void> {
  const [business, other] = sampleBusinesses();
  if (business === undefined || other === undefined) throw new Error('the sample has no business');
  await tenComplained(system, other);
  const { creditCode, name } = business;
  const { registered, tracked } = await fileComplaint(system, { ...COMPLAINT, business: { name } });
  const station = tracked.station?.code ?? '';
  const token = await system.token('head', station, `head-${station}-1`);
  const get = (path: string) => system.api('GET', path, { token });
  const post = (path: string, body: object) => system.api('POST', path, { token, body });
  const shown = parsed(businesses.businessAnswer, await get(`/desk/businesses/${creditCode}`), 200);
  if (!shown.cases.some(({ number }) => number === registered.number)) throw new Error('not recognised');
  parsed(businesses.findBusinessAnswer, await post('/desk/businesses/find', { name }), 200);
  await step(system, token, registered.number, 'correct-understanding', { creditCode });
  parsed(answers.searchAnswer, await post('/desk/search', { business: creditCode }), 200);
  for (const [decision, reason, to] of [
    ['declined', 'concentrated', 'B'],
    ['accepted', 'filed', 'C'],
  ] as const) {
    const proposedOn = shanghaiDate(new Date());
    await system.businesses.propose({
      creditCode,
      name,
      from: business.grade,
      to,
      timesAYear: 4,
      reasons: [{ rule: reason, people: 10, days: 30, cases: [registered.number] }],
      proposedOn,
    });
    parsed(businesses.proposalList, await get('/desk/class-proposals'), 200);
    const sent = { decision, why: '已核实', proposedOn };
    parsed(businesses.proposalView, await post(`/desk/class-proposals/${creditCode}/decide`, sent), 200);
  }
  const wanted = { until: shanghaiDate(new Date()), why: ['filed'], version: 0 };
  parsed(businesses.watchView, await post(`/desk/watch-list/${creditCode}`, wanted), 200);
  parsed(businesses.watchList, await get('/desk/watch-list'), 200);
  const end = { why: '已整改', version: 1 };
  parsed(businesses.watchView, await post(`/desk/watch-list/${creditCode}/end`, end), 200);
}

/** What is proposed for the rules is looked at; what would be accepted stands in rules.test.ts. */
async function rulesLookedAt(system: System): Promise<void> {
  const token = await system.token('manager', '330200', 'manager-330200-1');
  parsed(proposalList, await system.api('GET', '/desk/rules/proposals', { token }), 200);
}

async function byTheConsumer(system: System): Promise<void> {
  const { registered } = await fileComplaint(system);
  const answer = await system.api('POST', `/complaints/${registered.number}/withdraw`, {
    headers: { 'tracking-secret': registered.secret },
  });
  parsed(consumerStepAnswer, answer, 200);

  const text = '在光明电器行买的水壶漏水，不给退，要求退款299元';
  const words = { text, business: { name: '光明电器行' } };
  parsed(previewAnswer, await system.api('POST', '/complaints/preview', { body: words }), 200);
  for (const [path, body] of [
    ['rating', { points: 2, remark: '拖得太久。' }],
    ['reopening', { reason: '商家后来又不肯退。' }],
  ] as const) {
    const own = `/complaints/${registered.number}/${path}`;
    const headers = { 'tracking-secret': registered.secret };
    parsed(consumerStepAnswer, await system.api('POST', own, { body, headers }), 200);
  }
}

async function joined(system: System, token: string): Promise<void> {
  const lead = (await fileComplaint(system)).registered.number;
  const other = (await fileComplaint(system)).registered.number;
  await step(system, token, other, 'join', { lead, sameMatter: true });
  await step(system, token, lead, 'add-complainant', {
    name: '李小测',
    phone: '13800009999',
    consents: true,
  });
  await step(system, token, lead, 'accept');
  await told(system, lead, 'form-5', 'complainant');
  await step(system, token, other, 'unjoin');
  await step(system, token, lead, 'split-report', { text: '同时反映经营者没有营业执照，请依法查处。' });
}

async function byEmail(system: System, token: string): Promise<void> {
  const complainant = { ...COMPLAINT.complainant, phone: LAND_LINE, email: 'consumer@example.org' };
  const byMail = (await fileComplaint(system, { ...COMPLAINT, complainant })).registered.number;
  await step(system, token, byMail, 'accept');
  await told(system, byMail, 'form-5', 'complainant');

  const unreachable = { ...COMPLAINT.complainant, phone: LAND_LINE };
  const byHand = (await fileComplaint(system, { ...COMPLAINT, complainant: unreachable })).registered.number;
  await step(system, token, byHand, 'accept');
  await eventually(async () => ((await system.notices.notices(byHand)).length > 0 ? true : undefined));
}

async function lookedAt(system: System, number: string, token: string, auditor: string): Promise<void> {
  const get = (path: string, by = token) => system.api('GET', `/desk/cases${path}`, { token: by });
  parsed(datesAnswer, await get(`/${number}/dates`), 200);
  parsed(signsAnswer, await get(`/${number}/signs`), 200);
  parsed(noticesAnswer, await get(`/${number}/notices`), 200);
  for (const path of [`/${number}/history`, `/${number}/complainant?reason=handling`]) {
    const { status } = await get(path);
    if (status !== 200) throw new Error(`${path}: ${status}`);
  }
  parsed(readsAnswer, await get(`/${number}/reads`, auditor), 200);
  await get('?below=all&unit=330200', auditor);
  await form(system, `/desk/cases/${number}/forms/form-5`, token);
  await formTyped(system, `/desk/cases/${number}/forms/form-6`, token);
}

async function reportLookedAt(system: System, number: string, token: string, auditor: string): Promise<void> {
  for (const [path, by] of [
    [`/desk/reports/${number}/informer?reason=handling`, token],
    [`/desk/reports/${number}/reads`, auditor],
  ] as const) {
    const { status } = await system.api('GET', path, { token: by });
    if (status !== 200) throw new Error(`${path}: ${status}`);
  }
  await form(system, `/desk/reports/${number}/forms/form-10`, token);
  await formTyped(system, `/desk/reports/${number}/forms/form-10`, token);
}

async function form(system: System, path: string, token: string): Promise<void> {
  const { status } = await fetch(`${system.runtime.endpoints.api}${path}`, {
    headers: { authorization: `Bearer ${token}` },
  });
  if (status !== 200) throw new Error(`${path}: ${status}`);
}

async function formTyped(system: System, path: string, token: string): Promise<void> {
  parsed(formPreview, await system.api('POST', path, { token, body: { values: {} } }), 200);
}

/** Cases that ended before the term of keeping: their people's data are erased. */
async function longAgo(system: System): Promise<void> {
  const at = new Date('2020-03-02T02:00:00.000Z');
  const context: StepContext = {
    actor: { role: 'system', id: 'test' },
    now: () => at,
    salt: () => 'salt',
    calendar: createCalendar(HOLIDAY_YEARS),
    settings: settingsOf(undefined),
  };
  const identity = { name: '周小测', phone: '13800006666' };
  for (const [draw, kind] of (['complaint', 'report'] as const).entries()) {
    const begun = register(
      { text: '多年以前的样例', business: { name: '早已注销的店' } },
      { kind, channel: 'web', bureau: '330200', draw, secretHash: '0'.repeat(64), identity },
      context,
    );
    await system.cases.commit({ registrations: [{ step: begun, identity }] });
    const waiting = takeStep(begun.after, 'refer', { reason: 'address-missing' }, context);
    const over =
      kind === 'complaint'
        ? takeStep(waiting.after, 'withdraw', { note: '投诉人当年来电表示撤回，早年的样例' }, context)
        : takeStep(waiting.after, 'point-elsewhere', { route: '早年告知的样例' }, context);
    await system.cases.commit({ steps: [waiting, over] });
  }
  await system.runtime.invoke('EraseExpired/Function', {});
}

/** A text by Aliyun in two parts, then commands; a report by text by AWS; what a sweep finds. */
async function bySms(system: System): Promise<void> {
  const phone = '13800005555';
  const send = async ({ path, headers, body }: Push) => {
    const { status } = await fetch(`${system.runtime.endpoints.api}${path}`, {
      method: 'POST',
      headers,
      body,
    });
    if (status !== 200) throw new Error(`${path}: ${status}`);
  };
  let at = Date.now() - 30 * 60_000;
  const says = async (text: string, replies: number, afterMs = 30_000) => {
    at += afterMs;
    await send(aliyunPush([{ from: phone, text, id: `everything-${at}` }], new Date(at)));
    await eventually(async () =>
      system.runtime.sent.filter(({ to }) => to === `+86${phone}`).length >= replies ? true : undefined,
    );
  };
  await says('(1/2)我在宁波市海曙区古林镇样例超市买的牛奶昨天喝了', 0);
  await says('(2/2)拉肚子，要求退款三十八元', 1);
  await says('补充：小票还在', 2);
  await says('查询', 3);
  await says('评价5', 4);
  // Replies keep twenty seconds' distance: this one waits in the queue.
  await says('查询', 5, 19_000);
  const attributes = { SentTimestamp: String(Date.now()) };
  const text = {
    originationNumber: '+8613800006666',
    messageBody: '举报宁波市海曙区古林镇样例烟酒店销售假烟假酒，没有营业执照，请查处',
    inboundMessageId: 'everything-aws',
  };
  const report = {
    eventType: 'TEXT_DELIVERED',
    messageId: 'everything',
    messageStatus: 'DELIVERED',
    isFinal: true,
  };
  await system.runtime.invoke('ReceiveAwsSms/Function', {
    Records: [text, report, 'rubbish'].map((body, index) => ({
      messageId: `everything-${index}`,
      body: JSON.stringify(body),
      attributes,
    })),
  });
  await eventually(async () => system.runtime.sent.find(({ to }) => to === '+8613800006666'));
  await system.runtime.invoke('SweepTexts/Function', {});
}

/** The telephone system delivers a call, first in pieces, then whole, then with more in it; and one that is no complaint. */
async function byPhone(system: System, dispatcher: string): Promise<void> {
  const client = new S3Client({
    endpoint: system.runtime.endpoints.s3,
    region: 'us-east-1',
    credentials: { accessKeyId: 'telephone', secretAccessKey: 'telephone' },
  });
  const put = (Key: string, said: readonly string[], more: object = {}) => {
    const turns = said.map((text, at) => ({ id: `t-${at}`, speaker: 'caller', text, startMs: at * 5_000 }));
    const call = { format: '12315-transcript', version: 1, callId: 'everything', turns, ...more };
    const Bucket = system.runtime.physicalId('Calls');
    return client.send(new PutObjectCommand({ Bucket, Key, Body: JSON.stringify(call) }));
  };
  const said = '我要投诉，我在样例车行买的电动车，三天就坏了，要求退款。';
  const phone = { callerNumber: '13800008888' };
  await put('calls/silent.json', ['喂？'], { callId: 'silent' });
  await put('calls/part.json', [said], { ...phone, delivery: 'part' });
  await put('calls/everything.json', [said], phone);
  const sms = await eventually(async () => system.runtime.sent.find(({ to }) => to.endsWith('8888')));
  const number = /\d{6}-\d{6}-\d/.exec(sms.body)?.[0] ?? '';
  await put('calls/more.json', [said, '店在海曙区古林镇，一共花了两千八百元。'], phone);
  await eventually(async () =>
    (await system.cases.history(number)).find(({ type }) => type === 'words-added'),
  );
  const secret = /#track\/[\d-]+\/(\S+)$/.exec(sms.body)?.[1] ?? '';
  const added = await system.api('POST', `/complaints/${number}/words`, {
    headers: { 'tracking-secret': secret },
    body: { text: '发票还在。' },
  });
  parsed(consumerStepAnswer, added, 200);
  parsed(callAnswer, await system.api('GET', `/desk/cases/${number}/call`, { token: dispatcher }), 200);
  const contacts = `/desk/contacts?on=${shanghaiDate(new Date())}`;
  parsed(contactsAnswer, await system.api('GET', contacts, { token: dispatcher }), 200);
  client.destroy();
}

/** A program files a complaint and a report, follows them, and adds to the complaint. */
async function byOpen311(system: System): Promise<void> {
  const call = async (method: string, path: string, body?: object) => {
    const answer = await system.api(method, `/open311/v2/${path}`, { body });
    if (answer.status !== 200) throw new Error(`${path}: ${answer.status} ${JSON.stringify(answer.body)}`);
    return answer.body;
  };
  const { complainant, business, text } = COMPLAINT;
  const message = {
    service_code: 'household-electronics',
    address_string: business.address,
    last_name: complainant.name,
    phone: '13800007777',
    description: text,
    attribute: { publish: 'yes' },
  };
  const [{ service_request_id: number, tracking_secret }] = await call(
    'POST',
    'requests.json?extensions=true',
    message,
  );
  await call('POST', 'requests.json', { ...message, attribute: { kind: 'report' } });
  await call('POST', `requests/${number}/comments.json`, { description: '小票还在。', tracking_secret });
  await call('GET', `requests/${number}.json`);
  await eventually(async () => (await call('GET', `requests.json?service_request_id=${number}`))[0]);
  await call('GET', 'requests.json');
  await call('GET', 'requests.json?updated_after=2026-01-01T00:00:00Z&updated_before=2026-03-01T00:00:00Z');
}

/** A bureau begins to want phones proven: somebody asks for a code. */
async function phoneProven(system: System): Promise<void> {
  const before = await system.register.read();
  await system.register.load({ ...before, settings: { ...before.settings, provePhone: true } });
  const answer = await system.api('POST', '/phone-codes', { body: { phone: '13800000001' } });
  parsed(phoneCodeAnswer, answer, 202);
  await system.register.load(before);
}

/** On paper, and handed over in a table: a complaint, and a report by name. */
async function enteredAtTheDesk(system: System, token: string): Promise<void> {
  const { complainant } = COMPLAINT;
  const clue = { channel: 'walk-in', message: { kind: 'report', text: '样例小店没有证照。', complainant } };
  parsed(entryAnswer, await system.api('POST', '/desk/entries', { token, body: clue }), 201);
  const file = Buffer.from(`姓名,电话,内容\n${complainant.name},${complainant.phone},买到的牛奶过期了\n`);
  const body = { file: file.toString('base64'), channel: 'hotline-12345' };
  const shown = await system.api('POST', '/desk/imports/preview', { token, body });
  const entries = parsed(importPreview, shown, 200).rows.map(({ entry }) => entry);
  parsed(importAnswer, await system.api('POST', '/desk/imports', { token, body: { entries } }), 200);
}

/** The person sends a picture of the receipt after all, to a case of his own; the officer takes it. */
async function withEvidence(system: System, token: string): Promise<void> {
  const { registered } = await fileComplaint(system);
  const headers = { 'tracking-secret': registered.secret };
  const mine = `/complaints/${registered.number}/evidence`;
  const bytes = Uint8Array.of(0xff, 0xd8, 0xff, 0xe0, 0, 1);
  const body = { name: '小票.jpg', type: 'image/jpeg', size: bytes.length };
  const { evidence, parts } = parsed(evidenceUpload, await system.api('POST', mine, { headers, body }), 201);
  for (const { url } of parts) await fetch(url, { method: 'PUT', body: bytes });
  parsed(evidenceAnswer, await system.api('POST', `${mine}/${evidence.id}/complete`, { headers }), 200);
  await eventually(async () => {
    const { evidence: all } = parsed(evidenceList, await system.api('GET', mine, { headers }), 200);
    return all.find(({ state }) => state.code === 'kept');
  });
  const file = `/desk/cases/${registered.number}/evidence/${evidence.id}/file`;
  parsed(evidenceFile, await system.api('GET', file, { token }), 200);
}
