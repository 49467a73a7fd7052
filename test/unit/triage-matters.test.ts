import { describe, expect, test } from 'vitest';
import { act } from '../../functions/desk-api/act.ts';
import { showSigns } from '../../functions/desk-api/desk.ts';
import * as incidents from '../../functions/desk-api/incidents.ts';
import { triage } from '../../functions/triage-case/triage.ts';
import type { Channel } from '../../shared/case/case.ts';
import { fileMessage, type Message } from '../../shared/intake/file-message.ts';
import { UNNAMED } from '../../shared/intake/unnamed.ts';
import { settingsOf } from '../../shared/law/bureau-settings.ts';
import { bodyOf, type House, house, MONDAY, problemOf, staff } from './support.ts';

const dispatcher = staff('dispatcher');
const WORDS = '热水器装好第三天就漏水，把地板泡坏了，商家一直推脱，不换也不退。';
const BUSINESS = { name: '样例家电城', address: '宁波市海曙区古林镇样例路88号' };
const minutesLater = (minutes: number) => new Date(Date.parse(MONDAY) + minutes * 60_000).toISOString();

/** Files a message; who sends it is the n-th person. */
async function file(
  deps: House,
  n: number,
  changes: Partial<Message> = {},
  channel: Channel = 'web',
  minutes = 0,
) {
  deps.clock.at = minutesLater(minutes);
  const message: Message = {
    kind: 'complaint',
    text: WORDS,
    business: BUSINESS,
    paidFen: 258_000,
    complainant: { name: `某${n}`, phone: `138000000${String(n).padStart(2, '0')}` },
    ...changes,
  };
  const origin = {
    channel,
    actor: { role: 'consumer', id: 'complainant' } as const,
    settings: settingsOf({}),
  };
  const filed = await fileMessage(message, origin, deps);
  if (filed.outcome !== 'new') throw new Error(filed.outcome);
  return filed.found.number;
}
const stateOf = async (deps: House, number: string) => (await deps.cases.case(number))?.state;

describe('the same person with the same business and matter', () => {
  /** By web, then by SMS in other words without the address. */
  async function twice(deps: House) {
    const first = await file(deps, 1);
    await triage(first, deps);
    const second = await file(
      deps,
      1,
      { text: '样例家电城的热水器漏水，2580元，不给换', business: {}, paidFen: undefined },
      'sms',
      30,
    );
    await triage(second, deps);
    return { first, second };
  }

  test('by SMS and web joins one case; it says why, and the person is told', async () => {
    const deps = house();
    const { first, second } = await twice(deps);
    const lead = await deps.cases.case(first);
    expect(lead).toMatchObject({ state: 'distributed', joined: [second] });
    expect(await deps.cases.case(second)).toMatchObject({
      state: 'joined',
      lead: first,
      unitPath: lead?.unitPath,
      understood: { kind: { value: 'complaint' } },
    });
    const [, joined] = await deps.cases.history(second);
    expect(joined).toMatchObject({
      type: 'joined',
      actor: { role: 'system', id: 'triage-case' },
      facts: { lead: first, matched: expect.arrayContaining(['same-person', 'same-business', 'same-sum']) },
      notices: [{ notice: 'joined', party: 'complainant' }],
    });
    expect(JSON.stringify(joined)).not.toMatch(/13800000001|某1/);
  });

  test('by a text message, which gives no name, too', async () => {
    const deps = house();
    const first = await file(deps, 1);
    const person = { name: UNNAMED, phone: '13800000001' };
    const second = await file(
      deps,
      1,
      { complainant: person, business: {}, text: `样例家电城${WORDS}2580元` },
      'sms',
      30,
    );
    for (const number of [first, second]) await triage(number, deps);
    expect(await deps.cases.case(second)).toMatchObject({ state: 'joined', lead: first });
    const [, joined] = await deps.cases.history(second);
    expect(joined?.facts.matched).toContain('same-phone');
  });

  test('taken out again it goes on by itself, with its own period, and is never joined again by the system', async () => {
    const deps = house();
    const { first, second } = await twice(deps);
    const officer = staff('officer', '33020302');
    await act(second, 'unjoin', {}, officer, deps);
    expect(await deps.cases.case(second)).toMatchObject({
      state: 'received',
      apart: [first],
      unitPath: ['330200'],
    });
    await triage(second, deps);
    const out = await deps.cases.case(second);
    expect(['at-hub', 'distributed']).toContain(out?.state);
    expect(
      out?.clocks.filter(({ stopped, void: gone }) => stopped === undefined && gone === undefined),
    ).toHaveLength(1);
    expect((await deps.cases.case(first))?.joined).toEqual([]);
    // Nor is it shown as a hint any more; a third message of the matter goes to the earlier of the two.
    expect((await bodyOf(showSigns(second, dispatcher, deps))).matters).toEqual([]);
    const third = await file(deps, 1, {}, 'phone', 60);
    await triage(third, deps);
    expect(await deps.cases.case(third)).toMatchObject({ state: 'joined', lead: first });
  });

  test.each([[[0, 1, 2]], [[2, 1, 0]], [[1, 0, 2]], [[2, 0, 1]]])(
    'three at the same moment, looked at in the order %j, have the first as their lead, each once',
    async (order) => {
      const deps = house();
      const numbers = [await file(deps, 1), await file(deps, 1, {}, 'sms'), await file(deps, 1, {}, 'phone')];
      const [first = ''] = [...numbers].sort();
      const asked = order.map((n) => numbers[n] ?? '');
      await Promise.all([...asked, ...asked].map((number) => triage(number, deps)));
      const cases = await deps.cases.cases(numbers);
      expect(cases.filter(({ state }) => state === 'joined').map(({ lead }) => lead)).toEqual([first, first]);
      const lead = cases.find(({ number }) => number === first);
      expect([...(lead?.joined ?? [])].sort()).toEqual(numbers.filter((number) => number !== first).sort());
      expect(lead?.state).toBe('distributed');
    },
  );

  test.each<[string, Partial<Message>]>([
    ['another purchase', { text: '又买了一台电饭煲漏电', paidFen: 39_900 }],
    ['another business', { business: { ...BUSINESS, name: '云朵健身' } }],
    ['another person with the same phone', { complainant: { name: '某乙', phone: '13800000001' } }],
    ['another phone', { complainant: { name: '某1', phone: '13800000002' } }],
    ['a report', { kind: 'report' }],
    ['people who complain together', { joint: [{ name: '某丙', phone: '13800000003' }] }],
  ])('%s stays a case of its own', async (_, changes) => {
    const deps = house();
    await triage(await file(deps, 1), deps);
    const other = await file(deps, 1, changes, 'web', 30);
    await triage(other, deps);
    expect(await stateOf(deps, other)).toBe('distributed');
  });

  test('a case that is over takes nothing in', async () => {
    const deps = house();
    const first = await file(deps, 1);
    await triage(first, deps);
    await act(first, 'withdraw', { said: true, note: '来电撤回' }, staff('officer', '33020302'), deps).catch(
      () => undefined,
    );
    const found = await deps.cases.case(first);
    const second = await file(deps, 1, {}, 'sms', 30);
    await triage(second, deps);
    expect(await stateOf(deps, second)).toBe(found?.state === 'withdrawn' ? 'distributed' : 'joined');
  });

  test('where it is not sure, the dispatcher sees what speaks for and against, and may join them', async () => {
    const deps = house();
    const first = await file(deps, 1);
    const second = await file(deps, 1, { text: '上次说的那件事请快一点处理', paidFen: undefined }, 'sms', 30);
    for (const number of [first, second]) await triage(number, deps);
    const { matters } = await bodyOf(showSigns(second, dispatcher, deps));
    expect(matters).toMatchObject([{ number: first, same: 'maybe', join: { case: second, lead: first } }]);
    expect(matters[0].why.map(({ code }: { code: string }) => code)).toEqual([
      'same-person',
      'same-business',
    ]);
    await act(second, 'join', { lead: first, sameMatter: true }, dispatcher, deps);
    expect(await stateOf(deps, second)).toBe('joined');
    expect((await bodyOf(showSigns(first, dispatcher, deps))).matters).toEqual([]);
  });
});

describe('many people and one business', () => {
  /** People 1 to `count`, every ten minutes one. */
  async function many(deps: House, count: number, from = 1) {
    const numbers: string[] = [];
    for (let n = from; n < from + count; n += 1) {
      const number = await file(
        deps,
        n,
        {
          text: `云朵健身关门了，第${n}个会员，卡里的钱不退`,
          business: { ...BUSINESS, name: n % 2 === 0 ? '云朵健身' : '宁波云朵健身有限公司' },
          claimedFen: 100_000,
        },
        'web',
        n * 10,
      );
      numbers.push(number);
      await triage(number, deps);
    }
    return numbers;
  }
  const list = async (deps: House, who = dispatcher, all: { all?: 'yes' } = {}) =>
    (await bodyOf(incidents.listIncidents(all, who, deps))).incidents;

  test('are one from the fifth on, each counted once however often its message comes', async () => {
    const deps = house();
    const four = await many(deps, 4);
    expect(await list(deps)).toEqual([]);
    const more = await many(deps, 2, 5);
    for (const number of [...four, ...more].reverse()) await triage(number, deps);
    const [incident, ...others] = await list(deps);
    expect(others).toEqual([]);
    expect(incident).toMatchObject({
      state: { code: 'open' },
      name: '宁波云朵健身有限公司',
      first: four[0],
      cases: 6,
      people: 6,
      claimedFen: 600_000,
    });
    const { members, actions } = await bodyOf(
      incidents.showIncident(incident.id, { limit: 50 }, dispatcher, deps),
    );
    expect(members.map(({ number }: { number: string }) => number)).toEqual([...four, ...more].reverse());
    expect(actions).toEqual(['dismiss', 'join-all', 'unjoin-all']);
    // Told once, by the case with which it began.
    const flagged = (await Promise.all([...four, ...more].map((number) => deps.cases.history(number))))
      .flat()
      .filter(({ type }) => type === 'incident-flagged');
    expect(flagged).toMatchObject([
      {
        number: more[0],
        facts: { people: 5, cases: 5, tell: 'begun' },
        notices: [{ to: 'dispatcher' }, { to: 'manager' }],
      },
    ]);
  });

  test('one person who writes ten times is none, nor are reports', async () => {
    const deps = house();
    for (let n = 0; n < 10; n += 1) {
      const number = await file(
        deps,
        1,
        {
          text: `第${n}次：${n}号商品有问题，型号${n}${n}`,
          paidFen: 100 + n,
          business: { name: '云朵健身' },
        },
        'web',
        n,
      );
      await triage(number, deps);
    }
    for (let n = 1; n < 8; n += 1)
      await triage(await file(deps, n, { kind: 'report', business: { name: '云朵健身' } }, 'web', n), deps);
    expect(await list(deps, dispatcher, { all: 'yes' })).toEqual([]);
  });

  test('at the same moment none is lost and none counted twice', async () => {
    const deps = house();
    const numbers: string[] = [];
    for (let n = 1; n <= 8; n += 1)
      numbers.push(await file(deps, n, { text: `第${n}个人说健身房关门`, business: { name: '云朵健身' } }));
    await Promise.all([...numbers, ...numbers].map((number) => triage(number, deps)));
    expect(await list(deps)).toMatchObject([{ cases: 8, people: 8 }]);
  });

  test('without a name the place and the problem make it one', async () => {
    const deps = house();
    for (let n = 1; n <= 5; n += 1) {
      const number = await file(
        deps,
        n,
        {
          text: `买到的牛奶过期变质，喝了拉肚子，退款${n}元`,
          business: { address: '宁波市海曙区古林镇样例路88号' },
        },
        'web',
        n,
      );
      await triage(number, deps);
    }
    expect(await list(deps)).toMatchObject([{ kind: 'place', people: 5 }]);
  });

  test('is seen by dispatchers, managers and heads of units that have a case of it, by nobody else', async () => {
    const deps = house();
    await many(deps, 5);
    const [{ id }] = await list(deps);
    expect(await list(deps, staff('head', '33020302'))).toHaveLength(1);
    expect(await list(deps, staff('manager'))).toHaveLength(1);
    expect(await list(deps, staff('head', '33021201'))).toEqual([]);
    expect(
      (await problemOf(() => incidents.showIncident(id, { limit: 50 }, staff('head', '33021201'), deps)))
        .code,
    ).toBe('not-found');
    for (const role of ['officer', 'administrator'] as const) {
      expect((await problemOf(() => incidents.listIncidents({}, staff(role, '33020302'), deps))).code).toBe(
        'forbidden',
      );
    }
  });

  test('dismissed it is gone from the list until it has doubled; a second click changes nothing', async () => {
    const deps = house();
    await many(deps, 5);
    const [{ id, version }] = await list(deps);
    expect(
      (await problemOf(() => incidents.dismissIncident(id, { version: version - 1 }, dispatcher, deps))).code,
    ).toBe('conflict');
    for (let click = 0; click < 2; click += 1) {
      expect(await bodyOf(incidents.dismissIncident(id, { version }, dispatcher, deps))).toMatchObject({
        state: { code: 'dismissed' },
        version: version + 1,
      });
    }
    await many(deps, 4, 6);
    expect(await list(deps)).toEqual([]);
    await many(deps, 1, 10);
    expect(await list(deps)).toMatchObject([{ people: 10, state: { code: 'open' } }]);
  });

  test('is handled together batch by batch, twice the same, and taken apart again', async () => {
    const deps = house();
    const [lead = '', ...others] = await many(deps, 25);
    const [{ id }] = await list(deps);
    const ask = async () => bodyOf(incidents.joinAll(id, { lead, sameMatter: true }, dispatcher, deps));
    expect(await ask()).toEqual({ lead, done: 20, left: 4, skipped: [] });
    expect(await ask()).toEqual({ lead, done: 4, left: 0, skipped: [] });
    expect(await ask()).toEqual({ lead, done: 0, left: 0, skipped: [] });
    expect((await deps.cases.case(lead))?.joined).toHaveLength(24);
    const undo = async () => bodyOf(incidents.unjoinAll(id, { lead }, dispatcher, deps));
    expect(await undo()).toMatchObject({ done: 20, left: 4 });
    expect(await undo()).toMatchObject({ done: 4, left: 0 });
    expect((await deps.cases.case(lead))?.joined).toEqual([]);
    expect(new Set(await Promise.all(others.map((number) => stateOf(deps, number))))).toEqual(
      new Set(['distributed']),
    );
    expect(
      (
        await problemOf(() =>
          incidents.joinAll(id, { lead: '261116-000001-9', sameMatter: true }, dispatcher, deps),
        )
      ).errors[0]?.field,
    ).toBe('/lead');
  });
});
