import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { registeredAnswer, stepAnswer } from '../../events/answers.ts';
import { makeCaseNumber } from '../../shared/case/case-number.ts';
import { recount } from '../../shared/store/recount.ts';
import { COMPLAINT, fileComplaint, PERSONAL, track, wholeJob } from './scenario.ts';
import { settledFirst } from './settle-first.ts';
import { eventually, parsed, type System, startSystem } from './system.ts';

let system: System;
beforeAll(async () => {
  system = await startSystem();
});
afterAll(() => system.stop());

test('a complaint is filed, reaches its station, is settled, paid and closed, and shows in the figures', async () => {
  const { registered, tracked, station, list, detail, settled, closed, figures } = await wholeJob(system);

  expect(registered.number).toMatch(/^\d{6}-\d{6}-\d$/);
  expect(registered.handledBy?.code).toBe(station);
  expect(registered.nextLegalDate).toMatchObject({ clock: 'distribute' });

  expect(tracked).toMatchObject({ state: { code: 'distributed' }, nextLegalDate: { clock: 'accept' } });
  expect(list.cases.map(({ number }) => number)).toContain(registered.number);
  expect(detail).toMatchObject({ complaint: { text: COMPLAINT.text }, mayReadIdentity: true });
  expect(detail.actions).toEqual(expect.arrayContaining(['return', 'accept', 'refuse']));
  expect(detail.actions).not.toContain('settle');

  expect(settled).toMatchObject({
    state: { code: 'settled', final: false },
    recovered: { agreedFen: 200_000, provenFen: 150_000 },
  });
  expect(closed).toMatchObject({
    state: { code: 'closed' },
    recovered: { agreedFen: 200_000, provenFen: 200_000 },
    result: { received: '退款两千元已到账' },
  });
  expect(closed.steps.map(({ type }) => type)).toEqual([
    'registered',
    'distributed',
    'accepted',
    'told',
    'mediation-started',
    'settled',
    'performed',
    'closed',
  ]);
  expect(figures).toMatchObject({
    cases: { distributed: 1, accepted: 1, settled: 1, performed: 1, closed: 1 },
    money: { agreedFen: 200_000, provenFen: 200_000 },
  });
  expect(figures.indicators.find(({ id }) => id === 'resolutionRate')).toMatchObject({
    numerator: 1,
    denominator: 1,
    rate: 1,
  });
});

test('who was asked to settle first answers by link or by its own system; nothing counts before the consumer confirms', async () => {
  const { byLink, bySystem } = await settledFirst(system);

  expect(byLink.partners[0]).toMatchObject({ why: { code: 'same-name' }, kind: { code: 'business' } });
  expect(byLink.seen).toMatchObject({
    state: { code: 'open' },
    complaint: { text: COMPLAINT.text, claimedFen: 358_000 },
    consumer: { name: PERSONAL.name, phone: PERSONAL.phone },
  });
  expect(byLink.repeated).toEqual(byLink.receipt);
  expect(byLink.changed.status).toBe(409);
  expect(byLink.asked).toMatchObject({
    state: { code: 'first-agreed' },
    first: { name: '古林示例市场消费维权服务站', offer: { offeredFen: 50_000 } },
    recovered: null,
  });
  expect(byLink.confirmed).toMatchObject({ status: 200, body: { state: { code: 'reconciled' } } });
  expect(byLink.done).toMatchObject({ state: { code: 'settled' }, complaint: null, consumer: null });
  expect(byLink.strangers.map(({ status }) => status)).toEqual([401, 401, 401]);
  const found = await system.cases.case(byLink.number);
  expect(found?.money).toMatchObject({ agreed: 50_000 });
  const auditor = await system.token('auditor', '330200');
  const { body } = await system.api('GET', `/desk/cases/${byLink.number}/reads`, { token: auditor });
  expect(body.reads).toMatchObject([{ staff: 'S33020302', role: 'partner', reason: 'settling' }]);
  expect(system.logs.join('\n')).not.toContain(byLink.link);

  expect(bySystem.list.cases.map(({ number }) => number)).toEqual([bySystem.number]);
  expect(bySystem.seen.consumer).toBeNull();
  expect(bySystem.refused.map(({ status }) => status)).toEqual([401, 401, 401]);
  expect(bySystem.replayed).toEqual(bySystem.receipt);
  expect(bySystem.after).toMatchObject({
    state: { code: 'distributed' },
    nextLegalDate: { clock: 'accept' },
  });
  for (const reason of ['link-not-ours', 'wrong-time', 'wrong-signature', 'no-credentials']) {
    expect(
      system.logs.filter((line) => line.includes(reason)),
      reason,
    ).not.toEqual([]);
  }
});

test('what the triage cannot place waits with the dispatcher, with the reason, and is handed on by him', async () => {
  const { registered, tracked } = await fileComplaint(system, {
    ...COMPLAINT,
    business: { name: '没有登记的小店' },
  });
  expect(tracked).toMatchObject({ state: { code: 'at-hub' }, station: null });

  const token = await system.token('dispatcher', '330200');
  const { body: list } = await system.api('GET', '/desk/cases', { token });
  const waiting = list.cases.find(({ number }: { number: string }) => number === registered.number);
  expect(waiting).toMatchObject({
    hubReason: { code: 'address-missing' },
    actions: expect.arrayContaining(['distribute']),
  });

  const { station } = (await fileComplaint(system)).tracked;
  const moved = parsed(
    stepAnswer,
    await system.api('POST', `/desk/cases/${registered.number}/distribute`, {
      token,
      body: { version: waiting.version, unit: station?.code },
    }),
    200,
  );
  expect(moved).toMatchObject({
    state: { code: 'distributed' },
    unitPath: ['330200', '330203', station?.code],
  });
});

describe('a message that the network repeats', () => {
  test('is registered once and gets the same number and secret', async () => {
    const headers = { 'idempotency-key': crypto.randomUUID() };
    const first = parsed(
      registeredAnswer,
      await system.api('POST', '/complaints', { body: COMPLAINT, headers }),
      201,
    );
    const again = parsed(
      registeredAnswer,
      await system.api('POST', '/complaints', { body: COMPLAINT, headers }),
      200,
    );
    expect([again.number, again.secret]).toEqual([first.number, first.secret]);
  });

  test('is registered once even when all copies arrive together', async () => {
    const headers = { 'idempotency-key': crypto.randomUUID() };
    const answers = await Promise.all(
      Array.from({ length: 8 }, () => system.api('POST', '/complaints', { body: COMPLAINT, headers })),
    );
    const numbers = new Set(answers.filter(({ status }) => status < 300).map(({ body }) => body.number));
    expect(numbers.size).toBe(1);
    // A copy that meets the first in the middle of its transaction is told to try again, never at fault.
    expect(answers.every(({ status }) => [200, 201, 503].includes(status))).toBe(true);
  });

  test('with the same key but other words is refused', async () => {
    const headers = { 'idempotency-key': crypto.randomUUID() };
    await system.api('POST', '/complaints', { body: COMPLAINT, headers });
    const other = await system.api('POST', '/complaints', {
      body: { ...COMPLAINT, text: '别的事' },
      headers,
    });
    expect(other).toMatchObject({ status: 422, body: { errors: [{ field: 'idempotency-key' }] } });
  });
});

describe('who may see and do what', () => {
  test('without a token, or with one that is forged, the desk stays shut', async () => {
    expect((await system.api('GET', '/desk/cases')).status).toBe(401);
    const token = await system.token('officer', '33020301');
    expect((await system.api('GET', '/desk/cases', { token: `${token.slice(0, -6)}AAAAAA` })).status).toBe(
      401,
    );
  });

  test('an officer of another station sees nothing of the case', async () => {
    const { registered, tracked } = await fileComplaint(system);
    const other = tracked.station?.code === '33020601' ? '33020501' : '33020601';
    const token = await system.token('officer', other);
    expect((await system.api('GET', `/desk/cases/${registered.number}`, { token })).status).toBe(404);
    expect(
      (await system.api('POST', `/desk/cases/${registered.number}/accept`, { token, body: {} })).status,
    ).toBe(404);
    expect((await system.api('GET', `/desk/cases?unit=${tracked.station?.code}`, { token })).status).toBe(
      403,
    );
  });

  test('an auditor reads but takes no steps', async () => {
    const { registered } = await fileComplaint(system);
    const token = await system.token('auditor', '330200');
    expect((await system.api('GET', `/desk/cases/${registered.number}`, { token })).body.actions).toEqual([]);
    expect(
      (await system.api('POST', `/desk/cases/${registered.number}/accept`, { token, body: {} })).status,
    ).toBe(403);
  });

  test('a wrong secret and an unknown number get the same answer', async () => {
    const { registered } = await fileComplaint(system);
    const headers = { 'tracking-secret': 'AAAAA-AAAAA' };
    const wrong = await system.api('GET', `/complaints/${registered.number}`, { headers });
    const unknown = await system.api('GET', `/complaints/${makeCaseNumber('2026-01-01', 0)}`, { headers });
    expect(wrong.status).toBe(403);
    expect(unknown.body).toEqual(wrong.body);
    expect(
      (await track(system, registered.number, registered.secret.toLowerCase().replace('-', ' '))).number,
    ).toBe(registered.number);
  });
});

test('of two officers who accept at once, one is told that the case has moved on', async () => {
  const { registered, tracked } = await fileComplaint(system);
  const token = await system.token('officer', tracked.station?.code ?? '');
  const answers = await Promise.all(
    [1, 2].map(() =>
      system.api('POST', `/desk/cases/${registered.number}/accept`, { token, body: { version: 2 } }),
    ),
  );
  expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([200, 409]));
});

test('after all this the figures equal a recount of the history', async () => {
  const result = await eventually(async () => {
    const counted = await recount(system.cases, system.statistics);
    return counted.untallied.length === 0 ? counted : undefined;
  });
  expect(result.drift).toEqual([]);
  expect(result.events).toBeGreaterThan(10);
});
