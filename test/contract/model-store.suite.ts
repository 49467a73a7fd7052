import { randomBytes } from 'node:crypto';
import { beforeEach, expect, test } from 'vitest';
import { formerOf, type ModelStore } from '../../shared/store/model-store.ts';

const BYTES = new TextEncoder().encode(JSON.stringify({ weights: [0.25, -1.5] }));
const entry = (version: number) => ({ version, trainedOn: '2026-11-16', cases: 40, corrections: 7 });
const at = '2026-11-16T02:00:00.000Z';
const by = 'manager-1';

/** What every store of a bureau's models must do. */
export function modelStoreSuite(create: () => Promise<ModelStore>): void {
  let store: ModelStore;
  beforeEach(async () => {
    store = await create();
  });
  const publish = (from: number, to: number) =>
    store.move({ from, to, action: 'publish', at, by, verdict: 'better' });

  test('has nothing before anything was trained: the built-in knowledge is live', async () => {
    expect([await store.live(), await store.versions(), await store.moves()]).toEqual([0, [], []]);
    expect(await store.read(1)).toBeUndefined();
  });

  test('a kept model comes back byte for byte, and is not live by itself', async () => {
    expect(await store.add(entry(1), BYTES)).toBe(true);
    expect(await store.read(1)).toEqual(BYTES);
    expect(await store.versions()).toEqual([entry(1)]);
    expect(await store.live()).toBe(0);
  });

  test('a version is never overwritten', async () => {
    await store.add(entry(1), BYTES);
    expect(await store.add({ ...entry(1), cases: 1 }, new Uint8Array([1]))).toBe(false);
    expect(await store.read(1)).toEqual(BYTES);
  });

  test('versions are listed in order, also beyond nine', async () => {
    for (const version of [10, 2, 1]) await store.add(entry(version), BYTES);
    expect((await store.versions()).map(({ version }) => version)).toEqual([1, 2, 10]);
  });

  test('publishing moves the pointer, and who did it stays on record', async () => {
    expect(await publish(0, 1)).toBe(true);
    expect(await publish(1, 2)).toBe(true);
    expect(await store.live()).toBe(2);
    expect(await store.moves()).toEqual([
      { from: 0, to: 1, action: 'publish', at, by, verdict: 'better' },
      { from: 1, to: 2, action: 'publish', at, by, verdict: 'better' },
    ]);
  });

  test('of two who publish at the same moment one wins, and one record is written', async () => {
    const won = await Promise.all([publish(0, 1), publish(0, 2), publish(0, 3)]);
    expect(won.filter(Boolean)).toHaveLength(1);
    expect(await store.moves()).toHaveLength(1);
    expect(await publish(7, 8)).toBe(false);
  });

  test('taken back, what was live before is live again, down to the built-in knowledge', async () => {
    await publish(0, 1);
    await publish(1, 2);
    for (const [from, to] of [
      [2, 1],
      [1, 0],
    ] as const) {
      expect(await formerOf(store, from)).toBe(to);
      expect(await store.move({ from, to, action: 'take-back', at, by })).toBe(true);
      expect(await store.live()).toBe(to);
    }
    expect((await store.moves()).map(({ action }) => action)).toEqual([
      'publish',
      'publish',
      'take-back',
      'take-back',
    ]);
  });
}

/** What holds for models in DynamoDB; `open` gives stores of several bureaus on one empty table. */
export function modelInDynamoDbSuite(open: () => Promise<(bureau: string) => ModelStore>): void {
  test('bureaus do not see each other’s models', async () => {
    const of = await open();
    await of('330200').add(entry(1), BYTES);
    await of('330200').move({ from: 0, to: 1, action: 'publish', at, by });
    expect([await of('110100').live(), await of('110100').versions()]).toEqual([0, []]);
  });

  test('a model larger than an item is refused before anything is written', async () => {
    const of = await open();
    // What cannot be compressed.
    const noise = new Uint8Array(randomBytes(400_000));
    await expect(of('330200').add(entry(1), noise)).rejects.toThrow(RangeError);
    expect(await of('330200').versions()).toEqual([]);
  });
}
