import { describe, expect, test } from 'vitest';
import { provePhone } from '../../functions/prove-phone/prove-phone.ts';
import { submit } from '../../functions/submit-complaint/submit.ts';
import type { BureauSettings } from '../../shared/law/bureau-settings.ts';
import { type Messenger, OutcomeUnknown, type OutgoingMessage } from '../../shared/notices/messenger.ts';
import { house, message, problemOf, registry, registryOf } from './support.ts';

const FROM = { address: '192.0.2.1' };
const PHONE = '13800000000';

/** A bureau with these settings, and what it sends by SMS. */
function bureau(settings: Partial<BureauSettings>, send?: Messenger['send']) {
  const sms: OutgoingMessage[] = [];
  const messenger: Messenger = {
    send: async (outgoing) => {
      sms.push(outgoing);
      return (await send?.(outgoing)) ?? { kind: 'sent', providerId: 'p-1' };
    },
  };
  let ids = 0;
  const deps = {
    ...house(),
    registry: registryOf({ ...registry, settings }),
    messenger,
    id: () => `id-${(ids += 1)}`,
    randomInt: () => 42,
  };
  let drawn = 0;
  const file = (key: string, more: { code?: string; address?: string; phone?: string } = {}) =>
    submit(
      message({ complainant: { name: '某甲', phone: more.phone ?? PHONE } }),
      key,
      { address: more.address ?? FROM.address, code: more.code },
      { ...deps, randomInt: () => (drawn += 1) },
    );
  return {
    deps,
    sms,
    file,
    ask: (phone = PHONE, purpose: 'complaint' | 'warnings' = 'complaint') =>
      provePhone({ phone, for: purpose }, FROM, deps),
  };
}

describe('too many new messages', () => {
  test('from one phone on one day are refused with the time to wait; the next day takes them again', async () => {
    const { deps, file } = bureau({ mostFromPhone: 3 });
    for (const key of ['key-00000001', 'key-00000002', 'key-00000003']) {
      expect(await file(key)).toMatchObject({ status: 201 });
    }
    const problem = await problemOf(() => file('key-00000004'));
    expect(problem.code).toBe('too-many');
    // Until midnight in Shanghai; the clock stands at ten o'clock in the morning.
    expect(problem.retryAfter).toBe(14 * 60 * 60);
    expect(await file('key-00000005', { phone: '13800000001' })).toMatchObject({ status: 201 });
    deps.clock.at = '2026-11-16T16:00:00.000Z';
    expect(await file('key-00000006')).toMatchObject({ status: 201 });
  });

  test('from one address within ten minutes are refused, whatever the phones; repeats are not counted', async () => {
    const { deps, file } = bureau({ mostFromAddress: 5 });
    for (let n = 1; n <= 5; n += 1) await file(`key-0000000${n}`, { phone: `1380000000${n}` });
    for (let n = 1; n <= 9; n += 1) {
      expect(await file('key-00000001', { phone: '13800000001' })).toMatchObject({ status: 200 });
    }
    expect((await problemOf(() => file('key-00000006'))).code).toBe('too-many');
    expect(await file('key-00000006', { address: '192.0.2.2' })).toMatchObject({ status: 201 });
    deps.clock.at = '2026-11-16T02:10:00.000Z';
    expect(await file('key-00000007')).toMatchObject({ status: 201 });
  });

  test('the log says that somebody was refused, and not who', async () => {
    const { deps, file } = bureau({ mostFromPhone: 3 });
    for (let n = 1; n <= 4; n += 1) await file(`key-0000000${n}`).catch(() => undefined);
    expect(deps.logged).toContainEqual({ code: 'too-many', facts: { what: 'phone' } });
    expect(JSON.stringify(deps.logged)).not.toMatch(/138|192\.0/);
  });

  test('when the counts cannot be kept the complaint is taken all the same', async () => {
    const { deps } = bureau({});
    const guard = { ...deps.guard, count: () => Promise.reject(new Error('table away')) };
    expect(await submit(message(), 'key-00000001', FROM, { ...deps, guard })).toMatchObject({ status: 201 });
    expect(deps.logged).toContainEqual({ code: 'guard-failed', facts: { what: 'address', fault: 'Error' } });
  });
});

describe('a bureau that wants phones proven', () => {
  test('refuses without a code, sends one, and takes the message with it; a repeat needs none', async () => {
    const { sms, file, ask } = bureau({ provePhone: true });
    const refused = await problemOf(() => file('key-00000001'));
    expect(refused).toMatchObject({ code: 'phone-not-proven', errors: [{ field: 'x-phone-code' }] });
    expect(await ask()).toMatchObject({ status: 202, body: { needed: true } });
    expect(sms).toHaveLength(1);
    expect(sms[0]).toMatchObject({ to: '+8613800000000', body: expect.stringContaining('000042') });
    expect(await file('key-00000001', { code: '000042' })).toMatchObject({ status: 201 });
    expect(await file('key-00000001')).toMatchObject({ status: 200 });
  });

  test('takes no code of another phone, none that has ended, and not a sixth guess', async () => {
    const { deps, file, ask } = bureau({ provePhone: true });
    await ask();
    const other = await problemOf(() => file('key-00000001', { code: '000042', phone: '13800000001' }));
    expect(other.code).toBe('phone-not-proven');
    for (let guess = 0; guess < 5; guess += 1) {
      expect((await problemOf(() => file('key-00000001', { code: '111111' }))).code).toBe('phone-not-proven');
    }
    expect((await problemOf(() => file('key-00000001', { code: '000042' }))).errors[0]?.en).toContain(
      'Too many',
    );
    deps.clock.at = '2026-11-16T02:05:00.000Z';
    await ask();
    deps.clock.at = '2026-11-16T02:15:01.000Z';
    expect((await problemOf(() => file('key-00000001', { code: '000042' }))).errors[0]?.en).toContain(
      'has ended',
    );
  });

  test('asks no code of a land line, which cannot get one', async () => {
    const { file } = bureau({ provePhone: true });
    expect(await file('key-00000001', { phone: '0574-12345678' })).toMatchObject({ status: 201 });
  });

  test('sends one code a minute at the most', async () => {
    const { sms, ask, deps } = bureau({ provePhone: true });
    await ask();
    expect((await problemOf(() => ask())).code).toBe('too-many');
    deps.clock.at = '2026-11-16T02:01:00.000Z';
    await ask();
    expect(sms).toHaveLength(2);
  });

  test('says so when the SMS cannot go out; in doubt it says that one may come', async () => {
    const failing = (send: Messenger['send']) => bureau({ provePhone: true }, send).ask();
    expect((await problemOf(() => failing(async () => ({ kind: 'try-again', reason: 'x' })))).code).toBe(
      'try-again',
    );
    expect(
      (await problemOf(() => failing(async () => ({ kind: 'rejected', reason: 'x' })))).errors[0]?.field,
    ).toBe('/phone');
    const unknown = () => Promise.reject(new OutcomeUnknown('TimeoutError'));
    expect(await failing(unknown)).toMatchObject({ status: 202 });
  });
});

test('a bureau that wants none says so, and sends nothing', async () => {
  const { sms, ask } = bureau({});
  expect(await ask()).toEqual({ status: 200, body: { needed: false } });
  expect(sms).toEqual([]);
});
