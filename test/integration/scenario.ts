import {
  caseDetail,
  caseList,
  registeredAnswer,
  statisticsAnswer,
  trackingAnswer,
} from '../../events/answers.ts';
import { eventually, parsed, type System } from './system.ts';

/** Words that must appear in no log: the scenario's people, phones, addresses and sentences. */
export const PERSONAL = {
  name: '王小测',
  phone: '13800001234',
  home: '样例小区9幢301室',
  words: '燃气热水器装好第三天就漏水',
};

export const COMPLAINT = {
  text: `我家${PERSONAL.words}，商家一直推脱，不给换也不给退。`,
  request: '退款并赔偿地板损失',
  complainant: { name: PERSONAL.name, phone: PERSONAL.phone, address: PERSONAL.home },
  business: { name: '样例家电城', address: '宁波市海曙区古林镇样例路88号' },
  paidFen: 258_000,
  claimedFen: 358_000,
};

/** Files a complaint and waits until the triage has seen it. */
export async function fileComplaint(system: System, complaint: object = COMPLAINT) {
  const registered = parsed(
    registeredAnswer,
    await system.api('POST', '/complaints', {
      body: complaint,
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

/** The main job: file, route, accept, settle, look at the figures. */
export async function wholeJob(system: System) {
  const { registered, tracked } = await fileComplaint(system);
  const station = tracked.station?.code ?? '';
  const token = await system.token('officer', station);
  const list = parsed(caseList, await system.api('GET', '/desk/cases', { token }), 200);
  const detail = parsed(
    caseDetail,
    await system.api('GET', `/desk/cases/${registered.number}`, { token }),
    200,
  );
  await system.api('POST', `/desk/cases/${registered.number}/accept`, {
    token,
    body: { version: detail.version },
  });
  await system.api('POST', `/desk/cases/${registered.number}/settle`, {
    token,
    body: { agreedFen: 200_000, provenFen: 150_000 },
  });
  const settled = await track(system, registered.number, registered.secret);
  const figures = await eventually(async () => {
    const answer = parsed(statisticsAnswer, await system.api('GET', `/statistics?unit=${station}`), 200);
    return (answer.cases.settled ?? 0) > 0 ? answer : undefined;
  });
  return { registered, tracked, station, list, detail, settled, figures };
}
