import { describe, expect, test } from 'vitest';
import { triage } from '../../functions/triage-case/triage.ts';
import type { Kind } from '../../shared/case/case.ts';
import type { State } from '../../shared/case/life-cycle.ts';
import { decide, explanationSchema } from '../../shared/jurisdiction/explanation.ts';
import {
  house,
  keep,
  MONDAY,
  registered,
  registry,
  registryOf,
  STATION_A2,
  stepsTo,
  take,
  WAYS,
} from './support.ts';

test('a complaint with a clear address goes to its station and area, and the history says why', async () => {
  const deps = house();
  const { number } = await keep(deps.cases, [registered()]);
  await triage(number, deps);
  expect(await deps.cases.case(number)).toMatchObject({
    state: 'distributed',
    unitPath: STATION_A2,
    area: 'A201',
    officers: ['officer-A201'],
    version: 2,
  });
  const [, event] = await deps.cases.history(number);
  expect(event).toMatchObject({
    type: 'distributed',
    actor: { role: 'system', id: 'triage-case' },
    facts: { unit: '33020302', area: 'A201', officer: 'officer-A201', basis: 'township' },
  });
});

test('one without goes to the dispatcher, with the reason and the stations in question', async () => {
  const deps = house();
  const { number } = await keep(deps.cases, [registered(1, MONDAY, { business: { address: '鄞州区某路' } })]);
  await triage(number, deps);
  expect(await deps.cases.case(number)).toMatchObject({ state: 'at-hub', hubReason: 'address-ambiguous' });
  const [, event] = await deps.cases.history(number);
  expect(event?.facts).toMatchObject({ reason: 'address-ambiguous', candidates: ['33021201', '33021202'] });
});

describe('what cannot wait', () => {
  const URGENT = '我家孩子昨天吃了这家店的凉菜，上吐下泻住院了，好几个人都食物中毒，店还在卖';

  test('calls the office in charge at once, whatever the hour, and says no word of it', async () => {
    const deps = house();
    const { number } = await keep(deps.cases, [
      registered(1, MONDAY, { text: URGENT, business: { address: '海曙区古林镇' } }),
    ]);
    await Promise.all([triage(number, deps), triage(number, deps)]);
    const history = await deps.cases.history(number);
    expect(history.map(({ type }) => type)).toEqual(['registered', 'distributed', 'alarmed']);
    expect(history[2]?.facts.signs).toContain('danger-going-on');
    expect(history[2]?.notices?.map(({ notice, to }) => [notice, to])).toEqual([
      ['emergency', 'officer'],
      ['emergency', 'head'],
    ]);
  });

  test('without an address calls the dispatcher and the manager', async () => {
    const deps = house();
    const { number } = await keep(deps.cases, [registered(1, MONDAY, { text: URGENT, business: {} })]);
    await triage(number, deps);
    const alarm = (await deps.cases.history(number)).at(-1);
    expect(alarm?.notices?.map(({ to }) => to)).toEqual(['dispatcher', 'manager']);
  });

  test.each(['电水壶漏水，店里不给退', '在店里买的牛奶已经过期三天，孩子喝了拉肚子，店长不肯退款'])(
    'is rare: "%s" wakes nobody',
    async (text) => {
      const deps = house();
      const { number } = await keep(deps.cases, [registered(1, MONDAY, { text })]);
      await triage(number, deps);
      expect((await deps.cases.history(number)).map(({ type }) => type)).not.toContain('alarmed');
    },
  );
});

test('a case keeps which version of the register routed it, and all that was weighed', async () => {
  const deps = house();
  const { number } = await keep(deps.cases, [registered()]);
  await triage(number, deps);
  const [, event] = await deps.cases.history(number);
  const routing = explanationSchema.parse(event?.facts.routing);
  expect(routing.version).toBe(1);
  expect(decide(routing)).toMatchObject({ found: true, unit: '33020302' });
});

test('a case for an authority elsewhere waits at the hub, and says whose it is', async () => {
  const deps = house();
  const address = '杭州市西湖区文三路1号';
  const { number } = await keep(deps.cases, [registered(1, MONDAY, { business: { address } })]);
  await triage(number, deps);
  expect(await deps.cases.case(number)).toMatchObject({ state: 'at-hub', hubReason: 'elsewhere' });
  const [, event] = await deps.cases.history(number);
  expect(explanationSchema.parse(event?.facts.routing).elsewhere).toMatch(/^330106/);
});

describe('a message that comes more than once', () => {
  test('twice, also at the same moment, changes nothing more', async () => {
    const deps = house();
    const { number } = await keep(deps.cases, [registered()]);
    await Promise.all([triage(number, deps), triage(number, deps), triage(number, deps)]);
    const once = await deps.cases.case(number);
    await triage(number, deps);
    expect(once?.version).toBe(2);
    expect(await deps.cases.case(number)).toEqual(once);
    expect(await deps.cases.history(number)).toHaveLength(2);
  });

  test.each(
    (Object.keys(WAYS) as Kind[]).flatMap((kind) =>
      (Object.keys(WAYS[kind]) as State[])
        .filter((state) => state !== 'received')
        .map((state) => [kind, state] as const),
    ),
  )('late, when a %s is %s, changes nothing', async (kind, state) => {
    const deps = house();
    const before = await keep(deps.cases, stepsTo(state, 1, MONDAY, kind));
    await triage(before.number, deps);
    expect((await deps.cases.case(before.number))?.version).toBe(before.version);
  });

  test('about a case that is not there does nothing', async () => {
    await expect(triage('261116-000000-0', house())).resolves.toBeUndefined();
  });
});

test('a dispatcher who is faster wins, and the triage takes that for done', async () => {
  const deps = house();
  const first = registered();
  await keep(deps.cases, [first]);
  const overtaken = {
    ...deps,
    cases: {
      ...deps.cases,
      commit: async (work: Parameters<typeof deps.cases.commit>[0]) => {
        await deps.cases.commit({ steps: [take(first.after, 'distribute')] });
        return deps.cases.commit(work);
      },
    },
  };
  await expect(triage(first.after.number, overtaken)).resolves.toBeUndefined();
  const history = await deps.cases.history(first.after.number);
  expect(history.slice(1).map(({ facts }) => facts.basis)).toEqual(['dispatcher']);
});

test.each(['complaint', 'report', 'inquiry', 'other'] as const)('a %s finds its station', async (kind) => {
  const deps = house();
  const { number } = await keep(deps.cases, stepsTo('received', 1, MONDAY, kind));
  await triage(number, deps);
  expect(await deps.cases.case(number)).toMatchObject({ kind, state: 'distributed', unitPath: STATION_A2 });
  const running = (await deps.cases.case(number))?.clocks.filter(({ stopped }) => stopped === undefined);
  const duty = { complaint: 'accept', report: 'verify-report', inquiry: 'answer', other: 'answer' }[kind];
  expect(running?.map(({ id }) => id)).toEqual([duty]);
});

test('a register that lacks the station in charge is an error, so that the message comes again', async () => {
  const deps = {
    ...house(),
    registry: registryOf({ ...registry, units: registry.units.filter(({ code }) => code !== '33020302') }),
  };
  const { number } = await keep(deps.cases, [registered()]);
  await expect(triage(number, deps)).rejects.toThrow('33020302');
  expect((await deps.cases.case(number))?.state).toBe('received');
});
