import { describe, expect, test } from 'vitest';
import { triage } from '../../functions/triage-case/triage.ts';
import { distribute } from '../../shared/case/steps.ts';
import type { CaseStore } from '../../shared/store/case-store.ts';
import { createMemoryCaseStore } from '../../shared/store/memory-case-store.ts';
import {
  calendar,
  context,
  keep,
  MONDAY,
  registered,
  registry,
  registryOf,
  STATION_A2,
  stepsTo,
} from './support.ts';

const house = (cases: CaseStore = createMemoryCaseStore()) => ({
  cases,
  registry: registryOf(),
  calendar,
  now: () => new Date(MONDAY),
  log: () => undefined,
});

test('a complaint with a clear address goes to its station and area, and the history says why', async () => {
  const deps = house();
  const { number } = await keep(deps.cases, [registered()]);
  await triage(number, deps);
  expect(await deps.cases.case(number)).toMatchObject({
    state: 'distributed',
    unitPath: STATION_A2,
    area: 'A201',
    version: 2,
  });
  const [, event] = await deps.cases.history(number);
  expect(event).toMatchObject({
    type: 'distributed',
    actor: { role: 'system', id: 'triage-case' },
    facts: { area: 'A201', basis: 'township-in-address' },
  });
});

test('one without goes to the dispatcher, with the reason and the stations in question', async () => {
  const deps = house();
  const { number } = await keep(deps.cases, [registered(1, MONDAY, { business: { address: '鄞州区某路' } })]);
  await triage(number, deps);
  expect(await deps.cases.case(number)).toMatchObject({ state: 'at-hub', hubReason: 'address-ambiguous' });
  const [, event] = await deps.cases.history(number);
  expect(event?.facts).toEqual({ reason: 'address-ambiguous', candidates: ['33021201', '33021202'] });
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

  test.each(['at-hub', 'distributed', 'accepted', 'refused', 'settled', 'terminated'] as const)(
    'late, when the case is %s, changes nothing',
    async (state) => {
      const deps = house();
      const before = await keep(deps.cases, stepsTo(state));
      await triage(before.number, deps);
      expect((await deps.cases.case(before.number))?.version).toBe(before.version);
    },
  );

  test('about a case that is not there does nothing', async () => {
    await expect(triage('261116-000000-0', house())).resolves.toBeUndefined();
  });
});

test('a dispatcher who is faster wins, and the triage takes that for done', async () => {
  const cases = createMemoryCaseStore();
  const first = registered();
  await keep(cases, [first]);
  const overtaken: CaseStore = {
    ...cases,
    commit: async (step) => {
      await cases.commit(distribute(first.after, { unitPath: STATION_A2 }, 'dispatcher', context()));
      return cases.commit(step);
    },
  };
  await expect(triage(first.after.number, house(overtaken))).resolves.toBeUndefined();
  expect((await cases.history(first.after.number)).map(({ facts }) => facts)[1]).toEqual({
    basis: 'dispatcher',
  });
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
