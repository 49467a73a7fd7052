import { describe, expect, test } from 'vitest';
import { registeredAnswer } from '../../events/answers.ts';
import type { Submission } from '../../events/submission.ts';
import { type SubmitDependencies, submit as submitFrom } from '../../functions/submit-complaint/submit.ts';
import { isTrackingSecret } from '../../shared/case/tracking-secret.ts';
import type { Answer } from '../../shared/http/stack.ts';
import { createMemoryCalendarStore } from '../../shared/store/calendar-store.ts';
import type { CaseStore } from '../../shared/store/case-store.ts';
import { createMemoryGuardStore } from '../../shared/store/guard-store.ts';
import { createMemoryCaseStore, type MemoryCaseStore } from '../../shared/store/memory-case-store.ts';
import { bodyOf, MONDAY, message, problemOf, registryOf, STATION_A2 } from './support.ts';

const KEY = 'key-00000001';
const submit = (submission: Submission, key: string | undefined, deps: SubmitDependencies) =>
  submitFrom(submission, key, { address: '192.0.2.1' }, deps);

/** Draws the given numbers in turn, then counts up. */
function intake(
  draws: number[] = [],
  cases: MemoryCaseStore = createMemoryCaseStore(),
): SubmitDependencies & { cases: MemoryCaseStore; drawn: number[]; logged: object[] } {
  const drawn: number[] = [];
  const logged: object[] = [];
  let byte = 0;
  return {
    cases,
    guard: createMemoryGuardStore(),
    registry: registryOf(),
    calendar: createMemoryCalendarStore(),
    bureau: '330200',
    now: () => new Date(MONDAY),
    randomInt: (bound) => {
      expect(bound).toBe(1_000_000);
      drawn.push(draws[drawn.length] ?? 500 + drawn.length);
      return drawn.at(-1) as number;
    },
    randomBytes: (length) => Uint8Array.from({ length }, () => (byte += 1)),
    salt: () => 'salt',
    log: (code, facts) => logged.push({ code, ...facts }),
    drawn,
    logged,
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
    expect(await deps.cases.complainants.identity(number)).toEqual({ name: '某甲', phone: '13800000000' });
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
    const cases: MemoryCaseStore = { ...createMemoryCaseStore(), commit: async () => 'key-taken' };
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

describe('a message that complains and reports (Art. 9)', () => {
  const both = (report: object = {}) =>
    message({ report: { text: '后厨有老鼠，食材过期。', ...report }, occurredOn: '2026-11-15' });
  const kept = async (deps: ReturnType<typeof intake>, sent = both()) => {
    const { number, report } = await bodyOf(submit(sent, KEY, deps));
    const [complaint, clue] = await Promise.all([deps.cases.case(number), deps.cases.case(report.number)]);
    if (complaint === undefined || clue === undefined) throw new Error('two cases');
    return { complaint, clue };
  };

  test('becomes two cases with numbers of their own, opened by one secret', async () => {
    const deps = intake([111_111, 222_222]);
    const { complaint, clue } = await kept(deps);
    expect([complaint.kind, clue.kind]).toEqual(['complaint', 'report']);
    expect(complaint.number).toContain('-111111-');
    expect(clue.number).toContain('-222222-');
    expect(clue.secretHash).toBe(complaint.secretHash);
    expect(await count(deps.cases)).toBe(2);
  });

  test('the report points to the complaint; nothing at the complaint tells of the report', async () => {
    const deps = intake();
    const { complaint, clue } = await kept(deps);
    expect(clue.linkedTo).toBe(complaint.number);
    const side = JSON.stringify([complaint, await deps.cases.history(complaint.number)]);
    expect(side).not.toContain(clue.number);
    expect(side).not.toMatch(/老鼠|举报|report/);
    expect(clue.complaint).toEqual({
      text: '后厨有老鼠，食材过期。',
      business: complaint.complaint.business,
      occurredOn: '2026-11-15',
    });
    expect(clue.money).toEqual({});
  });

  test('the person is a complainant in one table and an informer in another', async () => {
    const deps = intake();
    const { complaint, clue } = await kept(deps);
    const who = { name: '某甲', phone: '13800000000' };
    const { complainants, informers } = deps.cases;
    expect(await complainants.identity(complaint.number)).toEqual(who);
    expect(await informers.identity(clue.number)).toEqual(who);
    expect(await complainants.identity(clue.number)).toBeUndefined();
    expect(await informers.identity(complaint.number)).toBeUndefined();
  });

  test('a report that shall not bear the name does not', async () => {
    const deps = intake();
    const { complaint, clue } = await kept(deps, both({ anonymous: true }));
    expect(await deps.cases.informers.identity(clue.number)).toBeUndefined();
    expect(clue.consents).toEqual({ anonymous: true });
    expect(await deps.cases.complainants.identity(complaint.number)).toBeDefined();
  });

  test('a repeat is told both numbers again', async () => {
    const deps = intake();
    const first = await submit(both(), KEY, deps);
    const again = await submit(both(), KEY, deps);
    expect([first.status, again.status]).toEqual([201, 200]);
    expect(again.body).toMatchObject({
      number: registeredAnswer.parse(first.body).number,
      report: registeredAnswer.parse(first.body).report,
    });
    expect(await count(deps.cases)).toBe(2);
  });

  test('of which one number is taken is kept whole under new numbers, or not at all', async () => {
    const deps = intake([7, 8, 7, 9, 10]);
    await submit(message(), undefined, deps);
    const { complaint, clue } = await kept(deps);
    expect([complaint.number, clue.number]).toEqual([
      expect.stringContaining('-000009-'),
      expect.stringContaining('-000010-'),
    ]);
    expect(await count(deps.cases)).toBe(3);
  });

  test('both numbers are logged, and no line names both', async () => {
    const deps = intake();
    const { complaint, clue } = await kept(deps);
    expect(deps.logged).toHaveLength(2);
    for (const line of deps.logged.map((one) => JSON.stringify(one))) {
      expect(line.includes(complaint.number) && line.includes(clue.number)).toBe(false);
    }
  });
});

describe('who sends it', () => {
  test('a report may come without a name: nobody is kept', async () => {
    const deps = intake();
    const { complainant: _, ...rest } = message();
    const sent = { ...rest, kind: 'report' as const };
    const body = registeredAnswer.parse(await bodyOf(submit(sent, KEY, deps)));
    expect(body).toMatchObject({ kind: 'report', nextLegalDate: { clock: 'distribute' }, report: null });
    expect(await deps.cases.informers.identity(body.number)).toBeUndefined();
    expect((await deps.cases.case(body.number))?.consents).toEqual({ anonymous: true });
  });

  test('a report with a name: an informer, no complainant', async () => {
    const deps = intake();
    const { number } = await bodyOf(submit(message({ kind: 'report' }), KEY, deps));
    expect(await deps.cases.informers.identity(number)).toEqual({ name: '某甲', phone: '13800000000' });
    expect(await deps.cases.complainants.identity(number)).toBeUndefined();
  });

  test('several complainants together: all are kept, with nothing but what they gave', async () => {
    const deps = intake();
    const joint = [{ name: '某乙', phone: '13800000001', consents: true as const }];
    const { number } = await bodyOf(submit(message({ joint }), KEY, deps));
    expect(await deps.cases.complainants.identity(number)).toEqual({
      name: '某甲',
      phone: '13800000000',
      joint: [{ name: '某乙', phone: '13800000001' }],
    });
    const found = await deps.cases.case(number);
    expect(found?.consents).toEqual({ joint: true });
    expect(JSON.stringify(found)).not.toMatch(/某乙|13800000001/);
  });

  test('by an agent: he is kept with the complainant, the case only tells that there is one', async () => {
    const deps = intake();
    const agent = { name: '代理人丙', phone: '13800000003', powers: 'general' as const };
    const { number } = await bodyOf(submit(message({ agent }), KEY, deps));
    expect((await deps.cases.complainants.identity(number))?.agent).toEqual(agent);
    const found = await deps.cases.case(number);
    expect(found?.consents).toEqual({ agent: true });
    expect(JSON.stringify(found)).not.toMatch(/代理人丙|13800000003/);
  });

  test.each(['inquiry', 'other'] as const)('an %s is kept as what it is', async (kind) => {
    const deps = intake();
    const body = await bodyOf(submit(message({ kind }), KEY, deps));
    expect(body.kind).toBe(kind);
    expect((await deps.cases.case(body.number))?.clocks.map(({ id }) => id)).toEqual([
      'distribute',
      'answer',
    ]);
  });
});

test('an intake never waits for a register that cannot be read', async () => {
  const deps = intake();
  const registry = { ...registryOf(), read: () => Promise.reject(new Error('no table')) };
  const body = registeredAnswer.parse(await bodyOf(submit(message(), KEY, { ...deps, registry })));
  expect(body.handledBy).toBeNull();
  expect(await deps.cases.case(body.number)).toBeDefined();
});

test('a function that has lived for days counts by the present day, over New Year and the change of rules', async () => {
  const deps = intake();
  const at = async (now: string) => {
    const body = await bodyOf(submit(message(), undefined, { ...deps, now: () => new Date(now) }));
    return [body.receivedOn, body.nextLegalDate.basis, body.nextLegalDate.provisional];
  };
  expect(await at('2026-04-14T15:59:59.999Z')).toEqual(['2026-04-14', '内部时限', false]);
  expect(await at('2026-04-14T16:00:00.000Z')).toEqual([
    '2026-04-15',
    '总局令第121号第四十一条"及时"；内部时限',
    false,
  ]);
  expect((await at('2026-12-31T15:59:59.999Z'))[0]).toBe('2026-12-31');
  expect(await at('2026-12-31T16:00:00.000Z')).toMatchObject(['2027-01-01', expect.any(String), true]);
});

describe('number and where to follow it by SMS', () => {
  const registered = async (changes: object, key: string | undefined) => {
    const deps = intake();
    const { body } = await submit({ ...message(), ...changes }, key, deps);
    const { number, secret } = registeredAnswer.parse(body);
    return { secret, event: await deps.cases.event(number, 1), case: await deps.cases.case(number), deps };
  };

  test('on wish: the history holds where the secret is found for a day, never the secret', async () => {
    const { event, secret, deps, case: found } = await registered({ sms: true }, KEY);
    expect(event?.notices).toEqual([{ notice: 'web-registered', party: 'complainant' }]);
    expect((await deps.cases.receipt(String(event?.facts.receipt)))?.secret).toBe(secret);
    expect(JSON.stringify([event, found, deps.logged])).not.toContain(secret);
    expect(found?.complaint).not.toHaveProperty('sms');
  });

  test.each([
    ['not without the wish', {}, KEY],
    ['not without a key: nobody could find the secret again', { sms: true }, undefined],
  ])('%s', async (_, changes, key) => {
    expect((await registered(changes, key)).event?.notices).toBeUndefined();
  });
});
