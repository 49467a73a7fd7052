import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { keepTexts } from '../../shared/intake/keep-texts.ts';
import type { Provider } from '../../shared/sms/sms.ts';
import { office } from '../unit/sms-office.ts';

const anything = fc.oneof(
  fc.record(
    {
      phone_number: fc.oneof(
        fc.constantFrom('13800000001', '+86 138-0000-0002', '1381111****', ''),
        fc.integer(),
      ),
      content: fc.oneof(fc.string({ unit: 'grapheme' }), fc.constant(null), fc.integer()),
      sequence_id: fc.oneof(fc.string(), fc.integer(), fc.double()),
      send_time: fc.oneof(
        fc.constantFrom('2026-11-16 09:59:00', '2020-01-01 00:00:00', 'yesterday'),
        fc.integer(),
      ),
      more: fc.anything(),
    },
    { requiredKeys: [] },
  ),
  fc.anything(),
);

test('whatever a provider pushes: each item is kept as a text, or refused, counted and kept as a contact', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.constantFrom<Provider>('aliyun', 'aws', 'huawei', 'twilio'),
      fc.array(anything, { minLength: 1, maxLength: 6 }),
      fc.nat(200),
      async (provider, items, cutAt) => {
        const { deps, contacts } = office();
        const whole = JSON.stringify(items) ?? '';
        for (const body of [whole, Buffer.from(whole), whole.slice(0, cutAt)]) {
          await keepTexts(provider, { body, as: 'texts' }, deps);
        }
        const told = deps.logged.map(({ code, facts }) => ({ code, ...(facts as { texts?: number }) }));
        const refused = told.filter(({ code }) => code === 'sms-refused').length;
        expect(refused + told.reduce((sum, { texts = 0 }) => sum + texts, 0)).toBeGreaterThan(0);
        const kept = await contacts.ofDay('2026-11-16', 1_000);
        expect(kept.items.length).toBeLessThanOrEqual(refused);
        expect(refused > 0).toBe(kept.items.length > 0);
      },
    ),
    { numRuns: 150 },
  );
});

const WORDS = [
  '我在宁波市海曙区古林镇样例超市买的牛奶昨天喝了拉肚子，要求退款三十八元',
  '另外还要投诉一家：姜山镇样例健身房关门了，我充值的两千元会员费不退，要求退款',
  '我要投诉',
  '查询',
  '补充：小票还在',
  '撤诉',
  '是',
  '评价5',
  '妈，晚上回家吃饭吗',
  '谢谢',
  '',
] as const;
const STEPS: ReadonlySet<string> = new Set(['register', 'add', 'withdraw', 'rate', 'ask-status']);

test('however texts are delivered, and whatever fails meanwhile: each is taken once, none is lost, none answered twice', async () => {
  const delivery = fc.record({
    of: fc.nat(5),
    fails: fc.constantFrom('replies', 'contacts', undefined, undefined),
  });
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.constantFrom(...WORDS), { minLength: 2, maxLength: 6 }),
      fc.array(delivery, { maxLength: 12 }),
      async (words, deliveries) => {
        const it = office();
        const items: string[] = [];
        for (const text of words) items.push(await it.receives(text));
        for (const { of, fails } of deliveries) {
          it.wait(7_000);
          if (fails !== undefined) it.fails[fails] = 1;
          await it.answers(items[of % items.length] ?? '').catch(() => undefined);
          it.fails.replies = 0;
          it.fails.contacts = 0;
        }
        it.wait(60_000);
        await it.sweeps();
        for (const item of items) await it.answers(item);

        const outcomes = it.outcomes();
        expect(outcomes).not.toContain('waiting');
        expect(outcomes).toHaveLength(words.length);
        expect(await it.all()).toHaveLength(outcomes.filter((one) => one === 'register').length);
        expect(await it.ofToday()).toHaveLength(outcomes.filter((one) => !STEPS.has(one)).length);
        const steps = (await Promise.all((await it.all()).map((number) => it.cases.history(number))))
          .flat()
          .filter(({ type }) => type === 'words-added' || type === 'rated');
        expect(steps).toHaveLength(outcomes.filter((one) => one === 'add' || one === 'rate').length);
        expect(new Set(it.sent.map(({ reference }) => reference)).size).toBe(it.sent.length);
      },
    ),
    { numRuns: 25 },
  );
});
