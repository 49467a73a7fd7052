import { afterAll, beforeAll, expect, test } from 'vitest';
import { triage } from '../../functions/triage-case/triage.ts';
import type { Case } from '../../shared/case/case.ts';
import { decide, explanationSchema } from '../../shared/jurisdiction/explanation.ts';
import type { Registry } from '../../shared/jurisdiction/registry.ts';
import { createDynamoDbCaseStore } from '../../shared/store/dynamodb-case-store.ts';
import { createDynamoDbRegistryStore } from '../../shared/store/registry-store.ts';
import { understoodSchema } from '../../shared/understanding/understood.ts';
import { startTables, type Tables } from '../contract/dynamodb.ts';
import { house, keep, MONDAY, registered, registry } from '../unit/support.ts';

/* As test/unit/triage-register.test.ts with 2,000 cases in memory, with 200 on DynamoDB. */

const CASES = 200;
const CHANGES = 4;
const AT_ONCE = 8;
const MINUTE = 60_000;
const UNDERSTOOD = understoodSchema.parse({
  kind: { value: 'report', confidence: 1 },
  scope: { value: 'yes', confidence: 1 },
});

let tables: Tables;
beforeAll(async () => {
  tables = await startTables();
});
afterAll(() => tables?.stop());

/** The n-th register: the township belongs to another station each time. */
const stationOf = (version: number) => (version % 2 === 0 ? '33020301' : '33020302');
const registerOf = (version: number): Registry => ({
  ...registry,
  divisions: registry.divisions.map((one) =>
    one.name === '古林镇' ? { ...one, station: stationOf(version) } : one,
  ),
});

test('a register that is loaded anew while 200 cases are triaged loses and doubles none; each says which version routed it', async () => {
  const names = await tables.create();
  const clock = { ms: Date.parse(MONDAY) };
  const open = () =>
    createDynamoDbRegistryStore(tables.client, names.Registry, '330200', () => new Date(clock.ms));
  const [writer, reader] = [open(), open()];
  await writer.load(registerOf(1));
  const cases = createDynamoDbCaseStore(tables.client, {
    cases: names.Cases,
    identities: names.Identities,
    informers: names.Informers,
  });
  const numbers: string[] = [];
  for (let n = 1; n <= CASES; n += 1) {
    // Of reports nobody else's case is looked at: what is measured here is the register.
    const clue = { kind: 'report' as const, complainant: undefined, business: { address: '海曙区古林镇' } };
    numbers.push((await keep(cases, [registered(n, MONDAY, clue)])).number);
  }
  const deps = { ...house(), cases, registry: reader, read: async () => UNDERSTOOD };
  // Each comes twice, the second time out of order.
  const deliveries = [...numbers, ...numbers.toReversed()];
  let done = 0;
  let version = 1;
  let loading = Promise.resolve();
  const worker = async () => {
    for (let number = deliveries.shift(); number !== undefined; number = deliveries.shift()) {
      await triage(number, deps);
      done += 1;
      if (done % Math.floor(CASES / (CHANGES + 1)) !== 0 || version > CHANGES) continue;
      version += 1;
      const next = registerOf(version);
      // One after the other: two at once would refuse one another.
      const before = loading;
      loading = (async () => {
        await before;
        await writer.load(next);
        // The reader looks again after a minute.
        clock.ms += 2 * MINUTE;
      })();
      await loading;
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, worker));

  const seen = new Set<number>();
  for (const number of numbers) {
    const history = await cases.history(number);
    const [sent, ...more] = history.filter(({ type }) => type === 'distributed' || type === 'referred');
    expect(more, number).toEqual([]);
    const routing = explanationSchema.parse(sent?.facts.routing);
    expect(decide(routing)).toMatchObject({ found: true, unit: stationOf(routing.version) });
    expect(((await cases.case(number)) as Case).unitPath.at(-1)).toBe(stationOf(routing.version));
    seen.add(routing.version);
  }
  expect(seen.size).toBeGreaterThan(2);
});
