import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { COMPLAINT, fileComplaint, PERSONAL, step, told, wholeReport } from './scenario.ts';
import { eventually, type System, startSystem } from './system.ts';

/** Of a phone number that ends so, the first message is refused for the moment, or all of them for good. */
const BUSY = '4444';
const OPTED_OUT = '5555';
let system: System;
beforeAll(async () => {
  system = await startSystem({ misfortunes: { [BUSY]: 'throttle-once', [OPTED_OUT]: 'reject' } });
});
afterAll(() => system.stop());

const sentTo = (phone: string, number: string) =>
  system.runtime.sent.filter(({ to, body }) => to === `+86${phone}` && body.includes(number));

async function accepted(complaint: object = COMPLAINT) {
  const { registered, tracked } = await fileComplaint(system, complaint);
  const { number } = registered;
  const token = await system.token('officer', tracked.station?.code ?? '');
  const { version } = await step(system, token, number, 'accept');
  return { number, token, version };
}

const again = (fn: string, ...messages: { number: string; version: number }[]) =>
  system.runtime.invoke(`${fn}/Function`, {
    Records: messages.map((message, index) => ({ messageId: String(index), body: JSON.stringify(message) })),
  });

describe('the acceptance', () => {
  test('is told by SMS; the history has the proof, and the period to accept stops', async () => {
    const { number, token } = await accepted();
    await told(system, number, 'form-5', 'complainant');

    const [sms, ...others] = sentTo(PERSONAL.phone, number);
    expect(others).toEqual([]);
    expect(sms).toMatchObject({ channel: 'sms' });
    expect(sms?.body).toMatch(/^【.+】您\d{4}年\d{1,2}月\d{1,2}日的投诉.+我局决定受理/);
    const found = await system.cases.case(number);
    expect(found?.clocks.find(({ id }) => id === 'accept')?.stopped).toBe(found?.told['form-5.complainant']);
    const telling = (await system.cases.history(number)).filter(({ type }) => type === 'told');
    const { body } = await system.api('GET', `/desk/cases/${number}/notices`, { token });
    expect(body.notices).toMatchObject([{ state: 'sent', channel: 'sms', to: '138****1234' }]);
    expect(telling).toMatchObject([
      {
        actor: { role: 'system', id: 'send-notices' },
        facts: { form: 'form-5', party: 'complainant', by: 'sms' },
        words: { proof: body.notices[0].providerId },
      },
    ]);
  });

  test('brought again by the queue, twice at once and late, is neither sent nor recorded again', async () => {
    const { number, version } = await accepted();
    await told(system, number, 'form-5', 'complainant');
    const message = { number, version };
    await Promise.all([again('SendNotices', message, message), again('SendNotices', message)]);
    expect(sentTo(PERSONAL.phone, number)).toHaveLength(1);
    expect((await system.cases.case(number))?.version).toBe(version + 1);
  });

  test('that the service could not take at first goes out when the queue brings it again', async () => {
    const phone = `1380000${BUSY}`;
    const { number, version } = await accepted({ ...COMPLAINT, complainant: { name: '赵小测', phone } });
    await eventually(async () => {
      const [notice] = await system.notices.notices(number);
      return notice?.state === 'try-again' ? true : undefined;
    });
    expect((await system.cases.case(number))?.told).toEqual({});
    const answer = await again('SendNotices', { number, version });
    expect(answer.payload).toEqual({ batchItemFailures: [] });
    expect(sentTo(phone, number)).toHaveLength(1);
    expect((await system.cases.case(number))?.told).toHaveProperty(['form-5.complainant']);
  });

  test.each([
    ['a land line', '0574-87654321', 'by-hand'],
    ['a phone that takes no SMS', `1380000${OPTED_OUT}`, 'rejected'],
  ])('to %s is left to the officer, and the period runs on', async (_, phone, state) => {
    const { number, token } = await accepted({ ...COMPLAINT, complainant: { name: '钱小测', phone } });
    const notice = await eventually(async () => {
      const { body } = await system.api('GET', `/desk/cases/${number}/notices`, { token });
      return body.notices.find((one: { state: string }) => one.state === state);
    });
    expect(notice.id).toContain('accepted.complainant.0');
    const found = await system.cases.case(number);
    expect(found?.told).toEqual({});
    expect(found?.clocks.find(({ id }) => id === 'accept')?.stopped).toBeUndefined();
    await step(system, token, number, 'tell', {
      form: 'form-5',
      party: 'complainant',
      by: 'phone',
      proof: '通话录音 2026-001',
    });
    expect((await system.cases.case(number))?.told).toHaveProperty(['form-5.complainant']);
  });
});

test('the end of a mediation is told to both sides, and only then the case has ended', async () => {
  const { number, token } = await accepted();
  await told(system, number, 'form-5', 'complainant');
  await step(system, token, number, 'terminate', {
    ground: 'art23-2',
    reason: '双方对赔偿数额分歧过大，多次调解无果',
  });
  await eventually(async () =>
    (await system.cases.case(number))?.state === 'terminated-told' ? true : undefined,
  );
  expect(sentTo(PERSONAL.shopPhone, number)).toHaveLength(1);
  expect(sentTo(PERSONAL.phone, number)).toHaveLength(2);
});

test('who complained in a case that was joined is told of the lead case’s steps, by the own number', async () => {
  const first = await fileComplaint(system);
  const other = '13800007777';
  const second = await fileComplaint(system, {
    ...COMPLAINT,
    complainant: { name: '孙小测', phone: other },
  });
  const token = await system.token('officer', first.tracked.station?.code ?? '');
  await step(system, token, second.registered.number, 'join', {
    lead: first.registered.number,
    sameMatter: true,
  });
  await step(system, token, first.registered.number, 'accept');
  await told(system, first.registered.number, 'form-5', 'complainant');
  expect(sentTo(PERSONAL.phone, first.registered.number)).toHaveLength(1);
  // Once that the cases are handled together, once that the lead case is accepted: in whatever order they went out.
  const bodies = await eventually(async () => {
    const sent = sentTo(other, second.registered.number).map(({ body }) => body);
    return sent.length >= 2 ? sent : undefined;
  });
  expect(bodies).toHaveLength(2);
  expect(bodies.join()).toMatch(/合并处理/);
  expect(bodies.join()).toMatch(/决定受理/);
});

test('the informer is told of the result in words that do not say that there was a report', async () => {
  const { number } = await wholeReport(system);
  const [sms, ...others] = sentTo(PERSONAL.phone, number);
  expect(others).toEqual([]);
  expect(sms?.body).toContain('您反映的事项');
  expect(sms?.body).not.toMatch(/举报|report/i);
  const [telling] = (await system.cases.history(number)).filter(({ type }) => type === 'told');
  expect(telling).toMatchObject({
    actor: { role: 'system', id: 'send-informer-notices' },
    facts: { form: 'form-10', party: 'informer' },
  });
  const message = { number, version: Number(telling?.version) - 1 };
  await again('SendInformerNotices', message, message);
  expect(sentTo(PERSONAL.phone, number)).toHaveLength(1);
});

describe('number and where to follow it, on wish of who files by web', () => {
  test('go by SMS once, with the secret behind the #, which stands in no history and no log', async () => {
    const headers = { 'idempotency-key': 'number-by-sms-1' };
    const body = { ...COMPLAINT, sms: true };
    const filed = await system.api('POST', '/complaints', { body, headers });
    const { number, secret } = filed.body as { number: string; secret: string };
    const sms = await eventually(async () => sentTo(PERSONAL.phone, number)[0]);
    expect(sms.body).toContain(`#track/${number}/${secret}`);
    await again('SendNotices', { number, version: 1 }, { number, version: 1 });
    expect(sentTo(PERSONAL.phone, number)).toHaveLength(1);
    expect(JSON.stringify(await system.cases.history(number))).not.toContain(secret);
  });

  test('never of a report', async () => {
    const { status, body } = await system.api('POST', '/complaints', {
      body: { ...COMPLAINT, kind: 'report', sms: true },
    });
    expect([status, body.errors[0].field]).toEqual([400, '/sms']);
  });
});
