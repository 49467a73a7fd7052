import { describe, expect, test } from 'vitest';
import { registeredAnswer } from '../../events/answers.ts';
import { type SubmitDependencies, submit } from '../../functions/submit-complaint/submit.ts';
import { isTrackingSecret } from '../../shared/case/tracking-secret.ts';
import type { Answer } from '../../shared/http/stack.ts';
import type { CaseStore } from '../../shared/store/case-store.ts';
import { createMemoryCaseStore } from '../../shared/store/memory-case-store.ts';
import { bodyOf, calendar, MONDAY, message, problemOf, registryOf, STATION_A2 } from './support.ts';

const KEY = 'key-00000001';

/** Draws the given numbers in turn, then counts up. */
function intake(
  draws: number[] = [],
  cases: CaseStore = createMemoryCaseStore(),
): SubmitDependencies & { drawn: number[] } {
  const drawn: number[] = [];
  let byte = 0;
  return {
    cases,
    registry: registryOf(),
    calendar,
    bureau: '330200',
    now: () => new Date(MONDAY),
    randomInt: (bound) => {
      expect(bound).toBe(1_000_000);
      drawn.push(draws[drawn.length] ?? 500 + drawn.length);
      return drawn.at(-1) as number;
    },
    randomBytes: (length) => Uint8Array.from({ length }, () => (byte += 1)),
    log: () => undefined,
    drawn,
  };
}

/** What a repeat must say again, whatever has happened to the case since. */
function promised({ body }: Answer) {
  const { number, secret, receivedOn, nextLegalDate } = registeredAnswer.parse(body);
  return { number, secret, receivedOn, nextLegalDate };
}

async function count(cases: CaseStore): Promise<number> {
  return (await Array.fromAsync(cases.allEvents())).length;
}

describe('a complaint', () => {
  test('is answered with its number, the secret, the next legal date and who will call', async () => {
    const deps = intake([483_729]);
    const { status, body } = await submit(message(), undefined, deps);
    expect(status).toBe(201);
    expect(registeredAnswer.parse(body)).toMatchObject({
      number: expect.stringMatching(/^261116-483729-\d$/),
      secret: expect.stringMatching(/^[0-9A-Z]{5}-[0-9A-Z]{5}$/),
      state: { code: 'received', zh: '已登记', en: 'Received', final: false },
      receivedOn: '2026-11-16',
      handledBy: { code: STATION_A2[2], name: '古林市场监督管理所' },
      nextLegalDate: { clock: 'distribute', due: '2026-11-17', provisional: false },
    });
  });

  test('is kept with its history and who complained, and without the secret', async () => {
    const deps = intake();
    const { number, secret } = await bodyOf(submit(message(), KEY, deps));
    const found = await deps.cases.case(number);
    expect(found?.complaint.text).toContain('古林镇');
    expect(found && isTrackingSecret(secret, found.secretHash)).toBe(true);
    expect(JSON.stringify(found)).not.toMatch(new RegExp(`${secret}|13800000000|某甲`));
    expect(await deps.cases.history(number)).toHaveLength(1);
    expect(await deps.cases.identity(number)).toEqual({ name: '某甲', phone: '13800000000' });
  });

  test('whose station is not clear names none', async () => {
    const body = await bodyOf(submit(message({ business: {} }), undefined, intake()));
    expect(registeredAnswer.parse(body).handledBy).toBeNull();
  });

  test('is taken while the calendar of next year is not known', async () => {
    const deps = { ...intake(), now: () => new Date('2026-12-31T02:00:00.000Z') };
    const body = await bodyOf(submit(message(), undefined, deps));
    expect(body.nextLegalDate).toMatchObject({ due: '2027-01-01', provisional: true });
  });
});

describe('the same message again', () => {
  test('with the same key: the same number and secret, and one case', async () => {
    const deps = intake();
    const first = await submit(message(), KEY, deps);
    const again = await submit(message(), KEY, deps);
    expect([first.status, again.status]).toEqual([201, 200]);
    expect(again.body).toMatchObject(promised(first));
    expect(await count(deps.cases)).toBe(1);
  });

  test('with its fields in another order and spaces around the words: still the same', async () => {
    const deps = intake();
    const first = await bodyOf(submit(message(), KEY, deps));
    const { text, ...others } = message();
    const again = await bodyOf(submit(message({ ...others, text: `  ${text}\n` }), KEY, deps));
    expect(again.number).toBe(first.number);
  });

  test('without a key: a second case, for nobody can tell', async () => {
    const deps = intake();
    const [first, second] = [
      await bodyOf(submit(message(), undefined, deps)),
      await bodyOf(submit(message(), undefined, deps)),
    ];
    expect(second.number).not.toBe(first.number);
    expect(second.secret).not.toBe(first.secret);
  });

  test('another message with the same key is refused and names the key', async () => {
    const deps = intake();
    await submit(message(), KEY, deps);
    const problem = await problemOf(() => submit(message({ claimedFen: 12_301 }), KEY, deps));
    expect([problem.code, problem.errors[0]?.field]).toEqual(['key-reused', 'idempotency-key']);
    expect(await count(deps.cases)).toBe(1);
  });

  test('another person with the same words and the same key is refused too', async () => {
    const deps = intake();
    await submit(message(), KEY, deps);
    const other = message({ complainant: { name: '某乙', phone: '13800000001' } });
    expect((await problemOf(() => submit(other, KEY, deps))).code).toBe('key-reused');
  });

  test('ten at the same moment: one case, ten equal answers', async () => {
    const deps = intake();
    const answers = await Promise.all(Array.from({ length: 10 }, () => submit(message(), KEY, deps)));
    expect(answers.filter(({ status }) => status === 201)).toHaveLength(1);
    expect(new Set(answers.map((answer) => JSON.stringify(promised(answer)))).size).toBe(1);
    expect(await count(deps.cases)).toBe(1);
  });

  test('a twin with the same key and other words at the same moment is refused', async () => {
    const deps = intake();
    const both = await Promise.allSettled([
      submit(message(), KEY, deps),
      submit(message({ text: '另一件事' }), KEY, deps),
    ]);
    expect(both.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
    expect(both.find(({ status }) => status === 'rejected')).toMatchObject({
      reason: { code: 'key-reused' },
    });
  });

  test('a twin whose receipt cannot be seen yet is asked to try again', async () => {
    const cases: CaseStore = { ...createMemoryCaseStore(), register: async () => 'key-taken' };
    expect((await problemOf(() => submit(message(), KEY, intake([], cases)))).code).toBe('try-again');
  });
});

describe('a number that is taken', () => {
  test('is drawn again', async () => {
    const deps = intake([7, 7, 7, 8]);
    const first = await bodyOf(submit(message(), undefined, deps));
    const second = await bodyOf(submit(message(), undefined, deps));
    expect(first.number).toContain('-000007-');
    expect(second.number).toContain('-000008-');
    expect(deps.drawn).toEqual([7, 7, 7, 8]);
  });

  test('five times in a row: nothing is kept and the sender may try again', async () => {
    const deps = intake([7, 7, 7, 7, 7, 7]);
    await submit(message(), undefined, deps);
    const problem = await problemOf(() => submit(message(), KEY, deps));
    expect(problem.code).toBe('try-again');
    expect(deps.drawn).toHaveLength(6);
    expect(await count(deps.cases)).toBe(1);
    // The key is still free: the repeat succeeds.
    expect((await submit(message(), KEY, deps)).status).toBe(201);
  });
});
