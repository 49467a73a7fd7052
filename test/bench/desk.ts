import { BatchWriteCommand, type DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { type DeskDependencies, showCase } from '../../functions/desk-api/desk.ts';
import { listCases } from '../../functions/desk-api/work-list.ts';
import type { Step } from '../../shared/case/take-step.ts';
import type { Staff } from '../../shared/people/roles.ts';
import { caseItem, eventItem } from '../../shared/store/case-items.ts';
import { createDynamoDbDeskWorkStore } from '../../shared/store/desk-work-store.ts';
import { createDynamoDbCaseStore } from '../../shared/store/dynamodb-case-store.ts';
import { createDynamoDbIdentityStore } from '../../shared/store/dynamodb-identity-store.ts';
import { startTables } from '../contract/dynamodb.ts';
import { context, house, MONDAY, registered, staff, take } from '../unit/support.ts';

const REPEATS = 200;
const LARGE = { cases: 5_000, events: 2_000 };
const SMALL = { cases: 50, events: 12 };

/**
 * What an officer waits for, large against small in one run, through the verbs and DynamoDB Local: the first page of
 * a unit's list, and a case with its history.
 */
export async function desk() {
  const tables = await startTables();
  const names = await tables.create();
  const deps: DeskDependencies = {
    ...house(),
    cases: createDynamoDbCaseStore(tables.client, {
      cases: names.Cases,
      identities: names.Identities,
      informers: names.Informers,
    }),
    identities: createDynamoDbIdentityStore(tables.client, names.Identities),
    deskWork: createDynamoDbDeskWorkStore(tables.client, { cases: names.Cases, registry: names.Registry }),
  };
  const write = (steps: readonly Step[]) => writeSteps(tables.client, names.Cases, steps);
  for (let draw = 0; draw < LARGE.cases; draw += 1) await write(openAt('33020301', draw));
  for (let draw = 0; draw < SMALL.cases; draw += 1) await write(openAt('33020302', 10_000 + draw));
  const long = withHistory(20_000, LARGE.events);
  const short = withHistory(20_001, SMALL.events);
  await write(long);
  await write(short);
  await flush(tables.client, names.Cases);

  const list = (unit: string) => {
    const officer: Staff = staff('officer', unit);
    return async () => expectPage(await listCases({ limit: 50 }, officer, deps));
  };
  const show = (steps: readonly Step[]) => () =>
    showCase(steps[0]?.after.number ?? '', staff('officer', '33021201'), deps);
  const results = {
    list: { ...(await compare(list('33020302'), list('33020301'))), cases: [SMALL.cases, LARGE.cases] },
    history: { ...(await compare(show(short), show(long))), events: [SMALL.events, LARGE.events] },
  };
  await tables.stop();
  return results;
}

/** A case that lies open with a station. */
function openAt(unit: string, draw: number): Step[] {
  const first = registered(draw);
  return [first, take(first.after, 'distribute', { unit, basis: 'dispatcher' })];
}

/** A case at another station whose history is filled with notes. */
function withHistory(draw: number, events: number): Step[] {
  const first = registered(draw);
  const steps = [first, take(first.after, 'distribute', { unit: '33021201', basis: 'dispatcher' })];
  while (steps.length < events) {
    const last = steps.at(-1) as Step;
    steps.push(take(last.after, 'note', { text: `第${steps.length}次联系商家` }, context(MONDAY)));
  }
  return steps;
}

let waiting: Record<string, unknown>[] = [];

/** Written past the store, by its own items: only the reading is measured. */
async function writeSteps(client: DynamoDBDocumentClient, table: string, steps: readonly Step[]) {
  const last = steps.at(-1);
  if (last !== undefined) waiting.push(caseItem(last.after));
  for (const { event } of steps) {
    waiting.push(eventItem(event));
    if (waiting.length >= 25) await flush(client, table);
  }
}

async function flush(client: DynamoDBDocumentClient, table: string): Promise<void> {
  while (waiting.length > 0) {
    const items = waiting.slice(0, 25);
    waiting = waiting.slice(25);
    await client.send(
      new BatchWriteCommand({
        RequestItems: { [table]: items.map((Item) => ({ PutRequest: { Item } })) },
      }),
    );
  }
}

/** Medians of both, measured in turn so that both see the same machine. */
async function compare(small: () => Promise<unknown>, large: () => Promise<unknown>) {
  const times = { small: [] as number[], large: [] as number[] };
  for (let round = -20; round < REPEATS; round += 1) {
    for (const [name, work] of [
      ['small', small],
      ['large', large],
    ] as const) {
      const began = performance.now();
      await work();
      // The first rounds only warm up.
      if (round >= 0) times[name].push(performance.now() - began);
    }
  }
  const [smallMs, largeMs] = [median(times.small), median(times.large)];
  return { smallMs, largeMs, ratio: Math.round((largeMs / smallMs) * 100) / 100 };
}

function median(values: number[]): number {
  values.sort((a, b) => a - b);
  return Math.round((values[Math.floor(values.length / 2)] ?? 0) * 100) / 100;
}

/** A measurement of an empty page would say nothing. */
function expectPage({ body }: { body: unknown }): void {
  const { length } = (body as { cases: unknown[] }).cases;
  if (length !== 50) throw new Error(`a page of ${length} cases`);
}
