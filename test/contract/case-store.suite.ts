import { beforeEach, describe, expect, test } from 'vitest';
import type { CaseEvent } from '../../shared/case/case.ts';
import { accept, distribute, refer, refuse, returnToHub, type Step } from '../../shared/case/steps.ts';
import type { CaseStore, Receipt } from '../../shared/store/case-store.ts';
import { context, IDENTITY, keep, registered, STATION_A1, stepsTo } from '../unit/support.ts';

const receiptOf = (step: Step, keyHash = 'key'): Receipt => ({
  keyHash,
  payloadHash: 'payload',
  number: step.after.number,
  secret: 'K7QM4-X2D9P',
});

async function all(events: AsyncIterable<CaseEvent>): Promise<CaseEvent[]> {
  const found: CaseEvent[] = [];
  for await (const event of events) found.push(event);
  return found;
}

/** What every store of cases must do. */
export function caseStoreSuite(create: () => Promise<CaseStore>): void {
  let store: CaseStore;
  beforeEach(async () => {
    store = await create();
  });

  describe('registering', () => {
    test('keeps the case, its first event, who complained, and the receipt', async () => {
      const step = registered(1);
      expect(await store.register(step, { ...IDENTITY, address: '测试路1号' }, receiptOf(step))).toBe(
        'registered',
      );
      expect(await store.case(step.after.number)).toEqual(plain(step.after));
      expect(await store.history(step.after.number)).toEqual([plain(step.event)]);
      expect(await store.identity(step.after.number)).toEqual({ ...IDENTITY, address: '测试路1号' });
      expect(await store.receipt('key')).toEqual(receiptOf(step));
    });

    test('keeps every word as it was written', async () => {
      const text = '“引号”\\n\u3000全角 𠮷 👨‍👩‍👧 \t<A市> é e\u0301 ﷽';
      const step = registered(1, undefined, { text, request: '', business: { name: '' } });
      await store.register(step, { name: '某‧甲', phone: '＋８６' }, undefined);
      expect((await store.case(step.after.number))?.complaint).toEqual({
        text,
        request: '',
        business: { name: '' },
        claimedFen: 12_300,
      });
      expect(await store.identity(step.after.number)).toEqual({ name: '某‧甲', phone: '＋８６' });
    });

    test('a number that is taken: nothing at all is kept', async () => {
      const first = registered(1);
      await store.register(first, IDENTITY, undefined);
      const second = registered(1, undefined, { text: '另一件事' });
      const other = { name: '某乙', phone: '13800000001' };
      expect(await store.register(second, other, receiptOf(second))).toBe('number-taken');
      expect((await store.case(first.after.number))?.complaint.text).toBe(first.after.complaint.text);
      expect(await store.identity(first.after.number)).toEqual(IDENTITY);
      expect(await store.receipt('key')).toBeUndefined();
      expect(await all(store.allEvents())).toHaveLength(1);
    });

    test('a key that is taken: nothing at all is kept, the receipt stays the first', async () => {
      const [first, second] = [registered(1), registered(2)];
      await store.register(first, IDENTITY, receiptOf(first));
      expect(await store.register(second, IDENTITY, receiptOf(second))).toBe('key-taken');
      expect(await store.case(second.after.number)).toBeUndefined();
      expect(await store.history(second.after.number)).toEqual([]);
      expect(await store.identity(second.after.number)).toBeUndefined();
      expect(await store.receipt('key')).toEqual(receiptOf(first));
    });

    test('number and key both taken: the key counts, for its sender has been answered', async () => {
      const step = registered(1);
      await store.register(step, IDENTITY, receiptOf(step));
      expect(await store.register(step, IDENTITY, receiptOf(step))).toBe('key-taken');
    });

    test('the same key ten times at the same moment: one is kept', async () => {
      const steps = Array.from({ length: 10 }, (_, draw) => registered(draw));
      const outcomes = await Promise.all(
        steps.map((step) => store.register(step, IDENTITY, receiptOf(step))),
      );
      expect(outcomes.toSorted()).toEqual([...Array(9).fill('key-taken'), 'registered']);
      const kept = steps[outcomes.indexOf('registered')] as Step;
      expect((await store.receipt('key'))?.number).toBe(kept.after.number);
      expect(await all(store.allEvents())).toHaveLength(1);
    });

    test('the same number ten times at the same moment: one is kept', async () => {
      const outcomes = await Promise.all(
        Array.from({ length: 10 }, (_, i) => {
          const step = registered(1, undefined, { text: `第${i}件` });
          return store.register(step, IDENTITY, receiptOf(step, `key-${i}`));
        }),
      );
      expect(outcomes.toSorted()).toEqual([...Array(9).fill('number-taken'), 'registered']);
      expect(await all(store.allEvents())).toHaveLength(1);
    });
  });

  test('what is not there is not there', async () => {
    const number = '261116-999999-9';
    expect(await store.case(number)).toBeUndefined();
    expect(await store.history(number)).toEqual([]);
    expect(await store.identity(number)).toBeUndefined();
    expect(await store.receipt('no such key')).toBeUndefined();
    expect(await store.openCases('330200', 10)).toEqual({ items: [], next: undefined });
    expect(await store.awaitingTriage('2000-01-01T00:00:00.000Z', '2100-01-01T00:00:00.000Z', 10)).toEqual(
      [],
    );
    expect(await all(store.allEvents())).toEqual([]);
  });

  describe('a step', () => {
    test('is kept with its event; what the case no longer has is gone', async () => {
      const steps = stepsTo('at-hub', 1);
      const atHub = await keep(store, steps);
      expect((await store.case(atHub.number))?.hubReason).toBe('address-missing');
      const step = distribute(atHub, { unitPath: STATION_A1 }, 'dispatcher', context());
      expect(await store.commit(step)).toBe('committed');
      expect(await store.case(atHub.number)).toEqual(plain(step.after));
      expect(await store.case(atHub.number)).not.toHaveProperty('hubReason');
      expect(await store.history(atHub.number)).toEqual([...steps, step].map(({ event }) => plain(event)));
    });

    test('on a stale version is a conflict that changes nothing', async () => {
      const before = await keep(store, stepsTo('distributed', 1));
      const first = accept(before, context());
      const second = refuse(before, { ground: 'art16-1' }, context());
      expect(await store.commit(first)).toBe('committed');
      expect(await store.commit(second)).toBe('conflict');
      expect(await store.commit(first)).toBe('conflict');
      expect((await store.case(before.number))?.state).toBe('accepted');
      expect(await store.history(before.number)).toHaveLength(3);
    });

    test('that skips a version is a conflict', async () => {
      const steps = stepsTo('accepted', 1) as [Step, Step, Step];
      await keep(store, [steps[0]]);
      expect(await store.commit(steps[2])).toBe('conflict');
      expect((await store.case(steps[0].after.number))?.version).toBe(1);
    });

    test('on a case that does not exist is a conflict and creates nothing', async () => {
      const steps = stepsTo('distributed', 1) as [Step, Step];
      expect(await store.commit(steps[1])).toBe('conflict');
      expect(await store.case(steps[0].after.number)).toBeUndefined();
      expect(await all(store.allEvents())).toEqual([]);
    });

    test('taken ten times at the same moment is kept once', async () => {
      const before = await keep(store, stepsTo('distributed', 1));
      const outcomes = await Promise.all(
        Array.from({ length: 10 }, () => store.commit(accept(before, context()))),
      );
      expect(outcomes.toSorted()).toEqual(['committed', ...Array(9).fill('conflict')]);
      expect(await store.history(before.number)).toHaveLength(3);
    });
  });

  test('the history stands in the order of the steps, also beyond the ninth', async () => {
    let found = await keep(store, stepsTo('distributed', 1));
    for (let round = 0; round < 5; round += 1) {
      for (const take of [
        () => returnToHub(found, { reason: 'unclear' }, context()),
        () => distribute(found, { unitPath: STATION_A1 }, 'dispatcher', context()),
      ]) {
        const step = take();
        await store.commit(step);
        found = step.after;
      }
    }
    const versions = (await store.history(found.number)).map(({ version }) => version);
    expect(versions).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12]);
  });

  describe('the desk’s list', () => {
    test('shows the open cases of the unit, the most urgent first', async () => {
      const days = ['18', '16', '20', '17', '19'];
      const kept = [];
      for (const [draw, day] of days.entries()) {
        kept.push(await keep(store, stepsTo('distributed', draw, `2026-11-${day}T02:00:00.000Z`)));
      }
      const { items, next } = await store.openCases('33020301', 100);
      expect(items.map(({ receivedOn }) => receivedOn.slice(-2))).toEqual(['16', '17', '18', '19', '20']);
      expect(items[0]).toEqual(plain(kept[1]));
      expect(next).toBeUndefined();
    });

    test('of two that are due on one day shows first what came first', async () => {
      await keep(store, stepsTo('distributed', 1, '2026-11-16T02:00:00.001Z'));
      await keep(store, stepsTo('distributed', 2, '2026-11-16T02:00:00.000Z'));
      const { items } = await store.openCases('33020301', 10);
      expect(items.map(({ receivedAt }) => receivedAt.slice(-4))).toEqual(['000Z', '001Z']);
    });

    test('comes in pages that together hold every case once', async () => {
      const numbers: string[] = [];
      for (let draw = 0; draw < 7; draw += 1)
        numbers.push((await keep(store, stepsTo('distributed', draw))).number);
      for (const limit of [1, 2, 3, 7, 10]) {
        const seen: string[] = [];
        let after: string | undefined;
        for (let page = 0; page < 10; page += 1) {
          const { items, next } = await store.openCases('33020301', limit, after);
          expect(items.length).toBeLessThanOrEqual(limit);
          seen.push(...items.map(({ number }) => number));
          after = next;
          if (next === undefined) break;
        }
        expect(after, `limit ${limit}`).toBeUndefined();
        expect(seen.toSorted()).toEqual(numbers.toSorted());
      }
    });

    test.each([
      ['received', '330200', 0],
      ['at-hub', '330200', 1],
      ['distributed', '33020301', 1],
      ['accepted', '33020301', 1],
      ['refused', '33020301', 0],
      ['settled', '33020301', 0],
      ['terminated', '33020301', 0],
    ] as const)('a case that is %s: in the list of %s %i times', async (state, unit, times) => {
      await keep(store, stepsTo(state, 1));
      expect((await store.openCases(unit, 10)).items).toHaveLength(times);
    });

    test('a case handed back leaves the station’s list and comes to the hub’s', async () => {
      const found = await keep(store, stepsTo('distributed', 1));
      await store.commit(returnToHub(found, { reason: 'unclear' }, context()));
      expect((await store.openCases('33020301', 10)).items).toHaveLength(0);
      expect((await store.openCases('330200', 10)).items).toHaveLength(1);
    });

    test.each(['nonsense', '9999-12-31#x#y', '#'])(
      'a made-up place to go on (%j) is no fault',
      async (after) => {
        await keep(store, stepsTo('distributed', 1));
        await expect(store.openCases('33020301', 10, after)).resolves.toHaveProperty('items');
      },
    );
  });

  describe('cases that wait for the triage', () => {
    test('are found oldest first, between the moments and up to the number asked for', async () => {
      const at = (second: number) => `2026-11-16T02:00:0${second}.000Z`;
      const number: string[] = [];
      for (const second of [3, 1, 2, 4]) {
        number[second] = (await keep(store, [registered(second, at(second))])).number;
      }
      expect(await store.awaitingTriage(at(0), at(3), 10)).toEqual([number[1], number[2], number[3]]);
      expect(await store.awaitingTriage(at(0), at(5), 2)).toEqual([number[1], number[2]]);
      expect(await store.awaitingTriage(at(2), at(3), 10)).toEqual([number[2], number[3]]);
    });

    test('are no longer found once the triage has seen them', async () => {
      const [first, second] = [registered(1), registered(2)];
      await keep(store, [first]);
      await keep(store, [second]);
      await store.commit(refer(first.after, { reason: 'address-missing', candidates: [] }, context()));
      expect(await store.awaitingTriage('2000-01-01T00:00:00.000Z', '2100-01-01T00:00:00.000Z', 10)).toEqual([
        second.after.number,
      ]);
    });
  });

  test('the whole history holds every event of every case once', async () => {
    const steps = [...stepsTo('settled', 1), ...stepsTo('refused', 2), ...stepsTo('at-hub', 3)];
    await keep(store, steps.slice(0, 4));
    await keep(store, steps.slice(4, 7));
    await keep(store, steps.slice(7));
    const found = await all(store.allEvents());
    expect(found.map(({ id }) => id).toSorted()).toEqual(steps.map(({ event }) => event.id).toSorted());
    for (const { event } of steps) expect(found).toContainEqual(plain(event));
  });
}

/** As it looks without the fields that are undefined. */
function plain<T>(value: T): T {
  return JSON.parse(JSON.stringify(value)) as T;
}
