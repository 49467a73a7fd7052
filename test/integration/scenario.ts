import {
  caseDetail,
  caseList,
  registeredAnswer,
  statisticsAnswer,
  stepAnswer,
  trackingAnswer,
} from '../../events/answers.ts';
import { deskRequests } from '../../events/desk-requests.ts';
import type { Action } from '../../shared/case/actions.ts';
import { eventually, parsed, type System } from './system.ts';

/** Words that must appear in no log: the scenario's people, phones, addresses and sentences. */
export const PERSONAL = {
  name: '王小测',
  phone: '13800001234',
  home: '样例小区9幢301室',
  words: '燃气热水器装好第三天就漏水',
  shopPhone: '13900005678',
  informerWords: '店里的热水器没有强制认证标志',
};

export const COMPLAINT = {
  text: `我家${PERSONAL.words}，商家一直推脱，不给换也不给退。`,
  request: '退款并赔偿地板损失',
  complainant: { name: PERSONAL.name, phone: PERSONAL.phone, address: PERSONAL.home },
  business: { name: '样例家电城', address: '宁波市海曙区古林镇样例路88号', phone: PERSONAL.shopPhone },
  paidFen: 258_000,
  claimedFen: 358_000,
};

// What the same person tells twice of one purchase is joined: here each is a purchase of its own.
let purchases = 0;
function anotherPurchase(complaint: { paidFen?: number }) {
  purchases += 1;
  return complaint.paidFen === COMPLAINT.paidFen
    ? { ...complaint, paidFen: COMPLAINT.paidFen + 100 * purchases }
    : complaint;
}

/** Files a complaint about a purchase of its own and waits until the triage has seen it. */
export async function fileComplaint(system: System, complaint: object = COMPLAINT) {
  const registered = parsed(
    registeredAnswer,
    await system.api('POST', '/complaints', {
      body: anotherPurchase(complaint),
      headers: { 'idempotency-key': crypto.randomUUID() },
    }),
    201,
  );
  const tracked = await eventually(async () => {
    const answer = await track(system, registered.number, registered.secret);
    return answer.state.code === 'received' ? undefined : answer;
  });
  return { registered, tracked };
}

export async function track(system: System, number: string, secret: string) {
  return parsed(
    trackingAnswer,
    await system.api('GET', `/complaints/${number}`, { headers: { 'tracking-secret': secret } }),
    200,
  );
}

/** Takes a step at the desk and expects it to be taken. */
export async function step(system: System, token: string, number: string, action: string, body: object = {}) {
  const send = (more: object) =>
    system.api('POST', `/desk/cases/${number}/${action}`, { token, body: { ...more, ...body } });
  const needsVersion = deskRequests[action as Action]?.shape.version.safeParse(undefined).success === false;
  if (!needsVersion) return parsed(stepAnswer, await send({}), 200);
  // Our own functions may record a telling between the look and the step: look again.
  const answer = await eventually(async () => {
    const tried = await send({ version: (await system.cases.case(number))?.version });
    return tried.status === 409 ? undefined : tried;
  });
  return parsed(stepAnswer, answer, 200);
}

/** Waits until a party was told by a form and the history says so. */
export async function told(system: System, number: string, form: string, party: string): Promise<void> {
  await eventually(async () => (await system.cases.case(number))?.told[`${form}.${party}`]);
}

/** The main job: file, route, accept, tell, mediate, settle, pay, close, look at the figures. */
export async function wholeJob(system: System) {
  const { registered, tracked } = await fileComplaint(system);
  const { number } = registered;
  const station = tracked.station?.code ?? '';
  const token = await system.token('officer', station);
  const list = parsed(caseList, await system.api('GET', '/desk/cases', { token }), 200);
  const detail = parsed(caseDetail, await system.api('GET', `/desk/cases/${number}`, { token }), 200);
  await step(system, token, number, 'accept', { version: detail.version });
  await told(system, number, 'form-5', 'complainant');
  await step(system, token, number, 'start-mediation', {
    mode: 'phone',
    complainantConsents: true,
    businessConsents: true,
  });
  await step(system, token, number, 'settle', {
    agreedFen: 200_000,
    provenFen: 150_000,
    document: 'off-site',
    promisedOn: '2099-01-05',
  });
  const settled = await track(system, number, registered.secret);
  await step(system, token, number, 'perform', {
    provenFen: 50_000,
    paidBy: 'business',
    evidence: '转账凭证编号 20260001',
  });
  await step(system, token, number, 'close', {
    found: '热水器安装不当导致漏水，有检测照片为证',
    done: '两次电话调解，经营者认可安装责任',
    received: '退款两千元已到账',
    routes: '对质量另有争议的，可以向人民法院起诉',
  });
  const closed = await track(system, number, registered.secret);
  const figures = await eventually(async () => {
    const answer = parsed(statisticsAnswer, await system.api('GET', '/statistics'), 200);
    return (answer.cases.closed ?? 0) > 0 ? answer : undefined;
  });
  return { registered, tracked, station, token, list, detail, settled, closed, figures };
}

/** A report with a name, seen through to its decision: its informer is told of the result. */
export async function wholeReport(system: System) {
  const { registered } = await fileComplaint(system, {
    kind: 'report',
    text: `举报${PERSONAL.informerWords}。`,
    complainant: COMPLAINT.complainant,
    business: COMPLAINT.business,
  });
  const { number } = registered;
  const { unitPath = [], officers = [] } = (await system.cases.case(number)) ?? {};
  const station = unitPath.at(-1) ?? '';
  const head = await system.token('head', station);
  const officer = officers[0] ?? `officer-${station}-1`;
  if (officers.length === 0) await step(system, head, number, 'assign', { officer });
  const token = await system.token('officer', station, officer);
  const manager = await system.token('manager', '330200');
  await step(system, token, number, 'verify', { found: '现场检查发现三台热水器无强制性产品认证标志' });
  await step(system, manager, number, 'file-case', {
    fileNumber: '样例立案〔2026〕1号',
    reason: '涉嫌销售无认证产品',
  });
  await step(system, manager, number, 'decide', {
    decision: 'penalty',
    fineFen: 1_000_000,
    caseValueFen: 774_000,
    basis: '《中华人民共和国认证认可条例》第六十六条',
  });
  await told(system, number, 'form-10', 'informer');
  return { registered, number, station, officer, token, head, manager };
}
