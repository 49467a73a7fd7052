import { expect, test } from 'vitest';
import { triage } from '../../functions/triage-case/triage.ts';
import type { Case } from '../../shared/case/case.ts';
import { decide, explanationSchema } from '../../shared/jurisdiction/explanation.ts';
import type { Registry } from '../../shared/jurisdiction/registry.ts';
import { understoodSchema } from '../../shared/understanding/understood.ts';
import { house, keep, MONDAY, registered, registry } from './support.ts';

const CASES = 2000;
const CHANGES = 5;
const AT_ONCE = 16;
const UNDERSTOOD = understoodSchema.parse({
  kind: { value: 'report', confidence: 1 },
  scope: { value: 'yes', confidence: 1 },
});

/** The n-th register: the township belongs to another station each time. */
const stationOf = (version: number) => (version % 2 === 0 ? '33020301' : '33020302');
const registerOf = (version: number): Registry => ({
  ...registry,
  version,
  divisions: registry.divisions.map((one) =>
    one.name === '古林镇' ? { ...one, station: stationOf(version) } : one,
  ),
});

test('a register that changes while 2,000 cases are triaged loses and doubles none; each says which version routed it', async () => {
  const deps = house();
  let current = registerOf(1);
  const numbers: string[] = [];
  for (let n = 1; n <= CASES; n += 1) {
    // Of reports nobody else's case is looked at: what is measured here is the register.
    const clue = { kind: 'report' as const, complainant: undefined, business: { address: '海曙区古林镇' } };
    const { number } = await keep(deps.cases, [registered(n, MONDAY, clue)]);
    numbers.push(number);
  }
  const reading = {
    ...deps,
    registry: { read: async () => current, load: async () => current.version },
    read: async () => UNDERSTOOD,
  };
  // Each comes twice, the second time out of order.
  const deliveries = [...numbers, ...numbers.toReversed()];
  let done = 0;
  const worker = async () => {
    for (let next = deliveries.shift(); next !== undefined; next = deliveries.shift()) {
      await triage(next, reading);
      done += 1;
      if (done % Math.floor((2 * CASES) / (CHANGES + 1)) === 0) current = registerOf(current.version + 1);
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, worker));

  const seen = new Set<number>();
  for (const number of numbers) {
    const history = await deps.cases.history(number);
    const [sent, ...more] = history.filter(({ type }) => type === 'distributed' || type === 'referred');
    expect(more, number).toEqual([]);
    const routing = explanationSchema.parse(sent?.facts.routing);
    const { unitPath } = (await deps.cases.case(number)) as Case;
    expect(decide(routing)).toMatchObject({ found: true, unit: stationOf(routing.version) });
    expect(unitPath.at(-1)).toBe(stationOf(routing.version));
    seen.add(routing.version);
  }
  expect(seen.size).toBeGreaterThan(2);
});
