import { beforeEach, describe, expect, test } from 'vitest';
import { isAbout } from '../../shared/businesses/news.ts';
import { ACTIONS } from '../../shared/case/actions.ts';
import type { Case, Identity, Kind } from '../../shared/case/case.ts';
import { verifyChain } from '../../shared/case/chain.ts';
import { businessKey, nameKey, phoneKey } from '../../shared/case/lookup-keys.ts';
import { nextDue, type Step } from '../../shared/case/take-step.ts';
import { addDays } from '../../shared/dates.ts';
import { receiptItem } from '../../shared/store/case-items.ts';
import type { CaseStore, IdentityStore, Outcome, Receipt } from '../../shared/store/case-store.ts';
import { understoodSchema } from '../../shared/understanding/understood.ts';
import {
  BUSINESSES,
  context,
  follow,
  IDENTITY,
  keep,
  MONDAY,
  plain,
  registered,
  SENT,
  stepsTo,
  take,
  tenOn,
} from '../unit/support.ts';

/** The stores of one system: its cases, who complained, who informed. */
export interface Stores extends CaseStore {
  complainants: IdentityStore;
  informers: IdentityStore;
}

const receiptOf = (step: Step, keyHash = 'key'): Receipt => ({
  keyHash,
  payloadHash: 'payload',
  number: step.after.number,
  secret: 'K7QM4-X2D9P',
});

const all = <T>(events: AsyncIterable<T>): Promise<T[]> => Array.fromAsync(events);
const BEGINNING = '2000-01-01T00:00:00.000Z';
const END = '2100-01-01T00:00:00.000Z';

/** What every store of cases must do. */
export function caseStoreSuite(create: () => Promise<Stores>): void {
  let store: Stores;
  beforeEach(async () => {
    store = await create();
  });
  const register = (step: Step, identity: Identity | undefined, receipt?: Receipt): Promise<Outcome> =>
    store.commit({ registrations: [{ step, identity }], receipt });
  const commit = (...steps: Step[]): Promise<Outcome> => store.commit({ steps });

  describe('registering', () => {
    test('keeps the case, its first event, who complained, and the receipt', async () => {
      const step = registered(1);
      expect(await register(step, { ...IDENTITY, address: '测试路1号' }, receiptOf(step))).toBe('committed');
      expect(await store.case(step.after.number)).toEqual(plain(step.after));
      expect(await store.history(step.after.number)).toEqual([plain(step.event)]);
      expect(await store.complainants.identity(step.after.number)).toEqual({
        ...IDENTITY,
        address: '测试路1号',
      });
      expect(await store.receipt('key')).toEqual(receiptOf(step));
    });

    test('what another office handed over is known for good, by a receipt without a secret', async () => {
      const step = registered(1);
      const handedOver = { ...step, after: { ...step.after, externalNumber: 'NB-1' } };
      const receipt = { ...receiptOf(step), secret: '', lasting: true as const };
      expect(await register(handedOver, IDENTITY, receipt)).toBe('committed');
      expect(await store.receipt('key')).toEqual(receipt);
      expect((await store.case(step.after.number))?.externalNumber).toBe('NB-1');
      expect(await register(registered(2), IDENTITY, receipt)).toBe('key-taken');
      // Only a receipt of a day has a day on which it ends.
      const at = step.event.at;
      expect(receiptItem(receipt, at)).not.toHaveProperty('expiresAt');
      expect(receiptItem(receiptOf(step), at).expiresAt).toBe(Date.parse(at) / 1000 + 24 * 60 * 60);
    });

    test('keeps every word as it was written', async () => {
      const text = '“引号”\\n\u3000全角 𠮷 👨‍👩‍👧 \t<A市> é e\u0301 ﷽';
      const step = registered(1, undefined, { text, request: '', business: { name: '' } });
      await register(step, { name: '某‧甲', phone: '＋８６' });
      expect((await store.case(step.after.number))?.complaint).toEqual({
        text,
        request: '',
        business: { name: '' },
        claimedFen: 12_300,
      });
      expect(await store.complainants.identity(step.after.number)).toEqual({
        name: '某‧甲',
        phone: '＋８６',
      });
    });

    test('a number that is taken: nothing at all is kept', async () => {
      const first = registered(1);
      await register(first, IDENTITY);
      const second = registered(1, undefined, { text: '另一件事' });
      const other = { name: '某乙', phone: '13800000001' };
      expect(await register(second, other, receiptOf(second))).toBe('number-taken');
      expect((await store.case(first.after.number))?.complaint.text).toBe(first.after.complaint.text);
      expect(await store.complainants.identity(first.after.number)).toEqual(IDENTITY);
      expect(await store.receipt('key')).toBeUndefined();
      expect(await all(store.allEvents())).toHaveLength(1);
    });

    test('a key that is taken: nothing at all is kept, the receipt stays the first', async () => {
      const [first, second] = [registered(1), registered(2)];
      await register(first, IDENTITY, receiptOf(first));
      expect(await register(second, IDENTITY, receiptOf(second))).toBe('key-taken');
      expect(await store.case(second.after.number)).toBeUndefined();
      expect(await store.history(second.after.number)).toEqual([]);
      expect(await store.complainants.identity(second.after.number)).toBeUndefined();
      expect(await store.receipt('key')).toEqual(receiptOf(first));
    });

    test('number and key both taken: the key counts, for its sender has been answered', async () => {
      const step = registered(1);
      await register(step, IDENTITY, receiptOf(step));
      expect(await register(step, IDENTITY, receiptOf(step))).toBe('key-taken');
    });

    test('the same key ten times at the same moment: one is kept', async () => {
      const steps = Array.from({ length: 10 }, (_, draw) => registered(draw));
      const outcomes = await Promise.all(steps.map((step) => register(step, IDENTITY, receiptOf(step))));
      expect(outcomes.toSorted()).toEqual(['committed', ...Array(9).fill('key-taken')]);
      const kept = steps[outcomes.indexOf('committed')] as Step;
      expect((await store.receipt('key'))?.number).toBe(kept.after.number);
      expect(await all(store.allEvents())).toHaveLength(1);
    });

    test('the same number ten times at the same moment: one is kept', async () => {
      const outcomes = await Promise.all(
        Array.from({ length: 10 }, (_, i) => {
          const step = registered(1, undefined, { text: `第${i}件` });
          return register(step, IDENTITY, receiptOf(step, `key-${i}`));
        }),
      );
      expect(outcomes.toSorted()).toEqual(['committed', ...Array(9).fill('number-taken')]);
      expect(await all(store.allEvents())).toHaveLength(1);
    });
  });

  test('what is not there is not there', async () => {
    const number = '261116-999999-9';
    expect(await store.case(number)).toBeUndefined();
    expect(await store.history(number)).toEqual([]);
    expect(await store.complainants.identity(number)).toBeUndefined();
    expect(await store.receipt('no such key')).toBeUndefined();
    expect(await store.openCases('330200', 10)).toEqual({ items: [], next: undefined, unreadable: [] });
    expect(await store.openInBureau('330200', 10)).toEqual({ items: [], next: undefined });
    expect(await store.cases([number])).toEqual([]);
    expect(await store.latestEvents(number, 10)).toEqual([]);
    expect(await store.event(number, 1)).toBeUndefined();
    expect(await store.lastInSeries('33020301#2026')).toBe(0);
    expect(await store.informers.identity(number)).toBeUndefined();
    expect(await store.complainants.reads(number)).toEqual([]);
    expect(await store.awaitingTriage(BEGINNING, END, 10)).toEqual([]);
    expect(await all(store.allEvents())).toEqual([]);
  });

  describe('a step', () => {
    test('is kept with its event; what the case no longer has is gone', async () => {
      const steps = stepsTo('at-hub', 1);
      const atHub = await keep(store, steps);
      expect((await store.case(atHub.number))?.hubReason).toBe('address-missing');
      const step = take(atHub, 'distribute');
      expect(await commit(step)).toBe('committed');
      expect(await store.case(atHub.number)).toEqual(plain(step.after));
      expect(await store.case(atHub.number)).not.toHaveProperty('hubReason');
      expect(await store.history(atHub.number)).toEqual([...steps, step].map(({ event }) => plain(event)));
    });

    test('on a stale version is a conflict that changes nothing', async () => {
      const before = await keep(store, stepsTo('distributed', 1));
      const first = take(before, 'accept');
      const second = take(before, 'refuse');
      expect(await commit(first)).toBe('committed');
      expect(await commit(second)).toBe('conflict');
      expect(await commit(first)).toBe('conflict');
      expect((await store.case(before.number))?.state).toBe('accepted');
      expect(await store.history(before.number)).toHaveLength(3);
    });

    test('that skips a version is a conflict', async () => {
      const steps = stepsTo('accepted', 1) as [Step, Step, Step];
      await keep(store, [steps[0]]);
      expect(await commit(steps[2])).toBe('conflict');
      expect((await store.case(steps[0].after.number))?.version).toBe(1);
    });

    test('on a case that does not exist is a conflict and creates nothing', async () => {
      const steps = stepsTo('distributed', 1) as [Step, Step];
      expect(await commit(steps[1])).toBe('conflict');
      expect(await store.case(steps[0].after.number)).toBeUndefined();
      expect(await all(store.allEvents())).toEqual([]);
    });

    test('taken ten times at the same moment is kept once', async () => {
      const before = await keep(store, stepsTo('distributed', 1));
      const outcomes = await Promise.all(Array.from({ length: 10 }, () => commit(take(before, 'accept'))));
      expect(outcomes.toSorted()).toEqual(['committed', ...Array(9).fill('conflict')]);
      expect(await store.history(before.number)).toHaveLength(3);
    });
  });

  test('the history stands in the order of the steps, also beyond the ninth', async () => {
    let found = await keep(store, stepsTo('distributed', 1));
    for (let round = 0; round < 5; round += 1) {
      for (const action of ['return', 'distribute'] as const) {
        const step = take(found, action);
        await commit(step);
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
      ['testing', '33020301', 1],
      ['refused', '33020301', 1],
      ['refused-told', '33020301', 0],
      ['settled', '33020301', 1],
      ['terminated-told', '33020301', 1],
      ['closed', '33020301', 1],
      ['published', '33020301', 0],
      ['excluded', '33020301', 0],
      ['withdrawn', '330200', 0],
      ['joined', '33020301', 0],
      ['reclassified', '330200', 0],
    ] as const)(
      'a case that is %s: in the lists of %s and of the bureau %i times',
      async (state, unit, times) => {
        await keep(store, stepsTo(state, 1));
        expect((await store.openCases(unit, 10)).items).toHaveLength(times);
        expect((await store.openInBureau('330200', 10)).items).toHaveLength(times);
      },
    );

    test('a case handed back leaves the station’s list and comes to the hub’s', async () => {
      const found = await keep(store, stepsTo('distributed', 1));
      await commit(take(found, 'return'));
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

  describe('cases that a rights station or business has to settle first', () => {
    test('are found page by page, the first to be answered first; when it is over no more', async () => {
      for (const [draw, at] of [
        [1, '2026-11-17T02:00:00.000Z'],
        [2, '2026-11-16T02:00:00.000Z'],
      ] as const) {
        await keep(store, stepsTo('station-first', draw, at));
      }
      await keep(store, stepsTo('first-agreed', 3, '2026-11-18T02:00:00.000Z'));
      await keep(store, stepsTo('distributed', 4));
      const first = await store.openOfPartner('S330203001', 2);
      const second = await store.openOfPartner('S330203001', 2, first.next);
      const found = await store.cases([...first.items, ...second.items]);
      expect([...first.items, ...second.items]).toHaveLength(3);
      expect(found.map(({ state }) => state).sort()).toEqual([
        'first-agreed',
        'station-first',
        'station-first',
      ]);
      const over = found.find(({ number }) => number === first.items[0]) as Case;
      await commit(take(over, over.state === 'first-agreed' ? 'confirm-settlement' : 'insist'));
      expect((await store.openOfPartner('S330203001', 9)).items).not.toContain(over.number);
      expect((await store.openOfPartner('S330203001', 9)).items).toHaveLength(2);
      expect(await store.openOfPartner('S9', 9)).toEqual({ items: [], next: undefined });
    });
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
      await commit(take(first.after, 'refer'));
      expect(await store.awaitingTriage(BEGINNING, END, 10)).toEqual([second.after.number]);
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

  test('every case, and every number, is gone through once', async () => {
    const kept = [];
    for (const draw of [1, 2, 3]) kept.push(await keep(store, stepsTo('accepted', draw)));
    const numbers = kept.map(({ number }) => number).sort();
    expect((await all(store.allCases())).map(({ number }) => number).sort()).toEqual(numbers);
    expect((await all(store.allNumbers())).sort()).toEqual(numbers);
  });

  test.each(['complaint', 'report', 'inquiry', 'other'] as const)(
    'a %s comes back as it was written, in every detail, and its chain verifies',
    async (kind) => {
      const ends = {
        complaint: 'published',
        report: 'decided',
        inquiry: 'answered',
        other: 'answered',
      } as const;
      const steps = follow(stepsTo(ends[kind], 1, MONDAY, kind), ['note']);
      const found = await keep(store, steps);
      expect(await store.case(found.number)).toEqual(plain(found));
      const history = await store.history(found.number);
      expect(history).toEqual(steps.map(({ event }) => plain(event)));
      expect(verifyChain(history, await store.case(found.number))).toBeUndefined();
    },
  );

  test('what an action can leave in a case comes back: joins, leaders, proposals, pauses, extensions', async () => {
    const mediating = follow(stepsTo('mediating', 1), [
      'begin-testing',
      'end-testing',
      'take-in',
      'add-unit',
      'assign',
      'take-over',
      'supervise',
      ['remind', { clock: 'mediate' }],
      ['escalate', { clock: 'mediate', level: 2, to: 'head' }],
      ['propose', { action: 'settle', ...SENT.settle, agreement: '退款' }],
    ]);
    const joined = follow(stepsTo('mediating', 2), ['join']);
    const report = follow(stepsTo('distributed', 3, MONDAY, 'report'), ['extend', 'begin-pause']);
    for (const steps of [mediating, joined, report]) {
      const found = await keep(store, steps);
      expect(await store.case(found.number)).toEqual(plain(found));
    }
    await keep(store, follow(stepsTo('distributed', 4), ['join', 'unjoin']));
  });

  describe('one unit of work', () => {
    const work = async () => {
      const first = await keep(store, stepsTo('distributed', 1));
      const second = await keep(store, stepsTo('distributed', 2));
      return {
        first,
        second,
        steps: [
          take(second, 'join', { lead: first.number, sameMatter: true }),
          take(first, 'take-in', { case: second.number }),
        ],
        begun: registered(3, MONDAY, { kind: 'report' }),
      };
    };

    test('over several cases is kept whole', async () => {
      const { first, second, steps, begun } = await work();
      const receipt = { keyHash: 'k', payloadHash: 'p', number: begun.after.number, secret: '' };
      const numbering = [{ series: '33020301#2026', value: 1 }];
      expect(
        await store.commit({
          steps,
          registrations: [{ step: begun, identity: IDENTITY }],
          receipt,
          numbering,
        }),
      ).toBe('committed');
      expect((await store.case(second.number))?.state).toBe('joined');
      expect((await store.case(first.number))?.joined).toEqual([second.number]);
      expect(await store.case(begun.after.number)).toBeDefined();
      expect(await store.informers.identity(begun.after.number)).toEqual(IDENTITY);
      expect(await store.receipt('k')).toEqual(receipt);
      expect(await store.lastInSeries('33020301#2026')).toBe(1);
    });

    test('two steps on one case follow each other', async () => {
      const before = await keep(store, stepsTo('distributed', 1));
      const proposed = take(before, 'propose');
      await commit(proposed);
      const approved = take(proposed.after, 'approve', {}, context(MONDAY, { role: 'head', id: 'head' }));
      const refused = take(approved.after, 'refuse');
      expect(await commit(approved, refused)).toBe('committed');
      expect(await store.case(before.number)).toEqual(plain(refused.after));
      expect((await store.history(before.number)).map(({ version }) => version)).toEqual([1, 2, 3, 4, 5]);
    });

    test.each<[Outcome, string]>([
      ['conflict', 'one of its cases has moved on'],
      ['number-taken', 'one of its numbers is taken'],
      ['key-taken', 'its key is taken'],
      ['series-taken', 'its form number is drawn'],
    ])('is not kept at all (%s) when %s', async (outcome) => {
      const { first, second, steps, begun } = await work();
      const key = { keyHash: 'k', payloadHash: 'p', secret: '' };
      if (outcome === 'conflict') await commit(take(first, 'note'));
      if (outcome === 'number-taken') await keep(store, [registered(3)]);
      if (outcome === 'key-taken') {
        await register(registered(9), IDENTITY, { ...key, number: registered(9).after.number });
      }
      if (outcome === 'series-taken') {
        await store.commit({
          numbering: [{ series: 's', value: 1 }],
          steps: [take(await keep(store, stepsTo('distributed', 8)), 'note')],
        });
      }
      const before = plain([(await all(store.allCases())).length, (await all(store.allEvents())).length]);
      expect(
        await store.commit({
          steps,
          registrations: [{ step: begun, identity: { name: '某丙', phone: '13800000003' } }],
          receipt: { ...key, number: begun.after.number },
          numbering: [{ series: 's', value: 1 }],
        }),
      ).toBe(outcome);
      expect([(await all(store.allCases())).length, (await all(store.allEvents())).length]).toEqual(before);
      expect((await store.case(second.number))?.state).toBe('distributed');
      expect((await store.informers.casesOfPhone(phoneKey('13800000003'), 5)).length).toBe(0);
      expect(await store.informers.identity(begun.after.number)).toBeUndefined();
      if (outcome !== 'key-taken') expect(await store.receipt('k')).toBeUndefined();
      expect(await store.lastInSeries('s')).toBe(outcome === 'series-taken' ? 1 : 0);
    });
  });

  describe('numbers of forms', () => {
    test('drawn by many at once make one series without gap or double', async () => {
      const cases: Case[] = [];
      for (let draw = 1; draw <= 8; draw += 1) cases.push(await keep(store, stepsTo('distributed', draw)));
      const drawn: number[] = [];
      const issue = async (found: Case) => {
        for (;;) {
          const value = (await store.lastInSeries('u#2026')) + 1;
          const outcome = await store.commit({
            steps: [take(found, 'accept')],
            numbering: [{ series: 'u#2026', value }],
          });
          if (outcome === 'committed') {
            drawn.push(value);
            return;
          }
          expect(outcome).toBe('series-taken');
        }
      };
      await Promise.all(cases.map(issue));
      expect(drawn.toSorted((a, b) => a - b)).toEqual([1, 2, 3, 4, 5, 6, 7, 8]);
      expect(await store.lastInSeries('u#2026')).toBe(8);
      expect(await store.lastInSeries('v#2026')).toBe(0);
    });

    test.each([2, 0, 7])('a number that is not the next one (%i) is refused', async (value) => {
      const found = await keep(store, stepsTo('distributed', 1));
      const work = { steps: [take(found, 'accept')], numbering: [{ series: 's', value }] };
      expect(await store.commit(work)).toBe('series-taken');
      expect((await store.case(found.number))?.version).toBe(2);
    });
  });

  describe('reading', () => {
    test('several cases at once, more than a hundred, those that exist, each once', async () => {
      const numbers: string[] = [];
      for (let draw = 0; draw < 103; draw += 1) numbers.push((await keep(store, [registered(draw)])).number);
      const found = await store.cases([...numbers, '261116-999999-9']);
      expect(found.map(({ number }) => number).sort()).toEqual(numbers.toSorted());
      expect(await store.cases([])).toEqual([]);
    });

    test('the latest events, newest first, page by page until the first', async () => {
      const { number } = await keep(store, follow(stepsTo('distributed', 1), Array(10).fill('note')));
      const versions = async (limit: number, before?: number) =>
        (await store.latestEvents(number, limit, before)).map(({ version }) => version);
      expect(await versions(5)).toEqual([12, 11, 10, 9, 8]);
      expect(await versions(5, 8)).toEqual([7, 6, 5, 4, 3]);
      expect(await versions(5, 3)).toEqual([2, 1]);
      expect(await versions(5, 1)).toEqual([]);
      expect(await versions(100)).toHaveLength(12);
    });

    test('one event by its version', async () => {
      const steps = stepsTo('accepted', 1);
      const { number } = await keep(store, steps);
      expect(await store.event(number, 2)).toEqual(plain(steps[1]?.event));
      expect(await store.event(number, 4)).toBeUndefined();
    });
  });

  describe('the bureau’s index', () => {
    test('knows every open case of the bureau in one order, with what the watch needs', async () => {
      const later = await keep(store, stepsTo('distributed', 1, tenOn('2026-11-18')));
      const sooner = await keep(store, stepsTo('at-hub', 2));
      const { items } = await store.openInBureau('330200', 10);
      expect(items).toEqual(
        [sooner, later].map((found) => ({
          number: found.number,
          unitPath: found.unitPath,
          due: nextDue(found)?.due,
          watchAt: found.watchAt,
          provisional: false,
        })),
      );
      expect((await store.openInBureau('110100', 10)).items).toEqual([]);
    });

    test('gives the part from one day on and before another', async () => {
      const later = await keep(store, stepsTo('distributed', 1, tenOn('2026-11-18')));
      const sooner = await keep(store, stepsTo('distributed', 2));
      const due = nextDue(later)?.due ?? '';
      const within = async (after?: string, before?: string) =>
        (await store.openInBureau('330200', 10, after, before)).items.map(({ number }) => number);
      expect(await within(undefined, due)).toEqual([sooner.number]);
      expect(await within(`${due}#`, addDays(due, 1))).toEqual([later.number]);
      expect(await within(`${addDays(due, 1)}#`, addDays(due, 2))).toEqual([]);
    });

    test('comes in pages that together hold every case once', async () => {
      const numbers: string[] = [];
      for (let draw = 0; draw < 7; draw += 1)
        numbers.push((await keep(store, stepsTo('distributed', draw))).number);
      for (const limit of [2, 3, 7]) {
        const seen: string[] = [];
        let after: string | undefined;
        do {
          const page = await store.openInBureau('330200', limit, after);
          seen.push(...page.items.map(({ number }) => number));
          after = page.next;
        } while (after !== undefined);
        expect(seen.toSorted()).toEqual(numbers.toSorted());
      }
    });
  });

  describe('sparse indexes', () => {
    test('the watch finds what is due by now, the earliest first, and nothing that is over', async () => {
      const later = await keep(store, stepsTo('distributed', 1, tenOn('2026-11-18')));
      const sooner = await keep(store, stepsTo('distributed', 2));
      await keep(store, stepsTo('refused-told', 3));
      await keep(store, stepsTo('joined', 4));
      const due = (now: string, limit = 10) => store.dueForWatch('330200', now, limit);
      expect(await due(END)).toEqual([sooner.number, later.number]);
      expect(await due(END, 1)).toEqual([sooner.number]);
      expect(await due(sooner.watchAt as string)).toEqual([sooner.number]);
      expect(await due(new Date(Date.parse(sooner.watchAt as string) - 1).toISOString())).toEqual([]);
      expect(await store.dueForWatch('110100', END, 10)).toEqual([]);
      // Once it was reminded the next moment counts.
      const reminded = take(sooner, 'remind', { clock: 'accept' });
      await commit(reminded);
      expect(await due(sooner.watchAt as string)).toEqual([]);
      await commit(take(reminded.after, 'withdraw'));
      expect(await due(END)).toEqual([later.number]);
    });

    test('a promise is watched after the case is over', async () => {
      const steps = follow(stepsTo('accepted', 1), [
        'tell',
        ['settle', { ...SENT.settle, promisedOn: '2026-12-01' }],
        'close',
        'exclude',
      ]);
      const { number } = await keep(store, steps);
      expect(await store.dueForWatch('330200', END, 10)).toEqual([number]);
    });

    test('dates counted into a year without a notice are found, as long as they run', async () => {
      const late = await keep(store, stepsTo('accepted', 1, tenOn('2026-12-28')));
      await keep(store, stepsTo('distributed', 2));
      await keep(store, stepsTo('withdrawn', 3, tenOn('2026-12-28')));
      expect(await store.withProvisionalDates('330200')).toEqual([late.number]);
      expect(await store.withProvisionalDates('110100')).toEqual([]);
    });

    test('people’s data are found for erasure from the day their purpose has ended, and not twice', async () => {
      const over = await keep(store, stepsTo('refused-told', 1));
      await keep(store, stepsTo('accepted', 2));
      const due = (on: string) => store.dueForErasure('330200', on, 10);
      expect(await due('2029-11-14')).toEqual([]);
      expect(await due('2029-11-15')).toEqual([over.number]);
      expect(await store.dueForErasure('110100', '2100-01-01', 10)).toEqual([]);
      await commit(take(over, 'erase', {}, context(tenOn('2029-11-15'))));
      expect(await due('2100-01-01')).toEqual([]);
    });

    test('a case that is taken up again is no longer due for erasure', async () => {
      const over = await keep(store, stepsTo('refused-told', 1));
      await commit(take(over, 'reopen'));
      expect(await store.dueForErasure('330200', '2100-01-01', 10)).toEqual([]);
    });
  });

  describe('who sent it', () => {
    const joint = { ...IDENTITY, joint: [{ name: '某乙', phone: '13800000001' }] };

    test('complainants and informers lie apart', async () => {
      const complaint = await keep(store, stepsTo('received', 1));
      const report = await keep(store, stepsTo('received', 2, MONDAY, 'report'));
      expect(await store.complainants.identity(complaint.number)).toEqual(IDENTITY);
      expect(await store.complainants.identity(report.number)).toBeUndefined();
      expect(await store.informers.identity(report.number)).toEqual(IDENTITY);
      expect(await store.informers.identity(complaint.number)).toBeUndefined();
    });

    test('nobody is kept with a report without a name', async () => {
      const step = registered(1, MONDAY, { kind: 'report' });
      expect(await register(step, undefined)).toBe('committed');
      expect(await store.informers.identity(step.after.number)).toBeUndefined();
    });

    test('the complaints of a phone number are found, however it is written, newest first', async () => {
      const old = await keep(store, stepsTo('received', 1, tenOn('2026-11-10')), joint);
      const fresh = await keep(store, stepsTo('received', 2), { name: '某丙', phone: '+86 138-0000-0001' });
      await keep(store, stepsTo('received', 3), { name: '某丁', phone: '13800000009' });
      expect(await store.complainants.casesOfPhone(phoneKey('13800000001'), 10)).toEqual([
        { number: fresh.number, nameHash: nameKey('某丙') },
        { number: old.number, nameHash: nameKey('某乙') },
      ]);
      expect(await store.complainants.casesOfPhone(phoneKey('13800000001'), 1)).toHaveLength(1);
      // And the other way: the phones of a case, as hashes.
      expect(await store.complainants.peopleOf(fresh.number)).toEqual([
        { phoneHash: phoneKey('13800000001'), nameHash: nameKey('某丙') },
      ]);
      const people = await store.complainants.peopleOf(old.number);
      expect(people.map(({ nameHash }) => nameHash).sort()).toEqual(
        [joint, ...(joint.joint ?? [])].map(({ name }) => nameKey(name)).sort(),
      );
    });

    test('the reports of a phone number cannot be found at all', async () => {
      await keep(store, stepsTo('received', 1, MONDAY, 'report'));
      for (const people of [store.complainants, store.informers]) {
        expect(await people.casesOfPhone(phoneKey(IDENTITY.phone), 10)).toEqual([]);
        expect(await people.peopleOf(registered(1, MONDAY, { kind: 'report' }).after.number)).toEqual([]);
      }
    });

    test('complaints against a business are found by its name however it is written; reports are not', async () => {
      const against = (draw: number, name: string, kind: 'complaint' | 'report' = 'complaint') =>
        keep(store, [registered(draw, MONDAY, { kind, business: { name } })]);
      const [one, two] = [await against(1, '甲 面馆'), await against(2, '甲面馆。')];
      await against(3, '乙面馆');
      await against(4, '甲面馆', 'report');
      const key = businessKey('甲面馆') as string;
      expect(await store.casesOfBusiness(key, 10)).toEqual([one.number, two.number].sort().reverse());
      expect(await store.casesOfBusiness(key, 1)).toHaveLength(1);
    });

    describe('cases of a business, by its credit code', () => {
      const [one, other] = BUSINESSES.map(({ creditCode }) => creditCode) as [string, string];
      const understood = (creditCode: string | null) =>
        understoodSchema.parse({
          kind: { value: 'complaint', confidence: 1 },
          scope: { value: 'yes', confidence: 1 },
          business: { creditCode, confidence: 0.95, by: 'one' },
        });
      const sent = (draw: number, creditCode: string | null, at = MONDAY, kind: Kind = 'complaint') => {
        const first = registered(draw, at, { kind });
        const facts = { ...SENT.distribute, understood: understood(creditCode) };
        return [first, take(first.after, 'distribute', facts, context(at))] as const;
      };

      test('are found from the step on that named it, the newest first, reports too', async () => {
        const [first, handed] = sent(1, one);
        await keep(store, [first]);
        expect(await store.casesOfCreditCode(one, 10)).toEqual([]);
        await commit(handed);
        const late = await keep(store, sent(2, one, tenOn('2026-11-17'), 'report'));
        await keep(store, sent(3, null));
        await keep(store, sent(4, other));
        expect(await store.casesOfCreditCode(one, 10)).toEqual([late.number, first.after.number]);
        expect(await store.casesOfCreditCode(one, 1)).toEqual([late.number]);
      });

      test('are written with the step or not at all', async () => {
        const [first, handed] = sent(1, one);
        await keep(store, [first]);
        await commit(take(first.after, 'refer'));
        expect(await commit(handed)).toBe('conflict');
        expect(await store.casesOfCreditCode(one, 10)).toEqual([]);
        expect(await store.businessesWithNews('330200', '2026-11-16')).toEqual([]);
      });

      test('a person sets another: both lead to the case, and the case says which it is', async () => {
        const found = await keep(store, sent(1, one));
        const set = take(found, 'correct-understanding', { creditCode: other });
        expect(await commit(set)).toBe('committed');
        expect(await store.casesOfCreditCode(other, 10)).toEqual([found.number]);
        expect(await store.casesOfCreditCode(one, 10)).toEqual([found.number]);
        const now = await store.case(found.number);
        expect([isAbout(now as Case, other), isAbout(now as Case, one)]).toEqual([true, false]);
        expect(now?.understood).toMatchObject({ business: { by: 'by-hand', confidence: 1 } });
        const none = take(set.after, 'correct-understanding', { noBusiness: true });
        expect(await commit(none)).toBe('committed');
        expect((await store.case(found.number))?.understood?.business?.creditCode).toBeNull();
      });

      test('their days tell of which businesses there is something new, each once', async () => {
        await keep(store, sent(1, one));
        await keep(store, sent(2, one));
        await keep(store, sent(3, other));
        const later = await keep(store, sent(4, other, tenOn('2026-11-17')));
        expect((await store.businessesWithNews('330200', '2026-11-16')).sort()).toEqual([one, other].sort());
        expect(await store.businessesWithNews('330200', '2026-11-17')).toEqual([other]);
        expect(await store.businessesWithNews('110100', '2026-11-16')).toEqual([]);
        // A note says nothing about a business, a settlement does.
        await commit(take(later, 'note', SENT.note, context(tenOn('2026-11-18'))));
        expect(await store.businessesWithNews('330200', '2026-11-18')).toEqual([]);
        const settled = follow(
          [{ after: (await store.case(later.number)) as Case, event: registered(4).event }],
          ['accept', 'settle'],
          tenOn('2026-11-19'),
        ).slice(1);
        for (const step of settled) expect(await commit(step)).toBe('committed');
        expect(await store.businessesWithNews('330200', '2026-11-19')).toEqual([other]);
      });

      test('a report that is filed tells too', async () => {
        const found = await keep(store, sent(1, one, MONDAY, 'report'));
        const steps = follow(
          [{ after: found, event: registered(1).event }],
          ['verify', 'file-case'],
          tenOn('2026-11-18'),
        ).slice(1);
        for (const step of steps) await commit(step);
        expect(await store.businessesWithNews('330200', '2026-11-18')).toEqual([one]);
      });
    });

    test('every reading is on record, in order', async () => {
      const { number } = await keep(store, stepsTo('distributed', 1));
      const read = (at: string, staff: string) => ({
        number,
        at,
        staff,
        role: 'officer',
        reason: 'handling',
      });
      await store.complainants.recordRead(read(tenOn('2026-11-17'), 'b'));
      await store.complainants.recordRead(read(tenOn('2026-11-16'), 'a'));
      await store.complainants.recordRead(read(tenOn('2026-11-16'), 'b'));
      const reads = await store.complainants.reads(number);
      expect(reads.map(({ at, staff }) => `${at.slice(0, 10)} ${staff}`).sort()).toEqual([
        '2026-11-16 a',
        '2026-11-16 b',
        '2026-11-17 b',
      ]);
      expect(await store.informers.reads(number)).toEqual([]);
    });
  });

  test('a case with a long history reads its latest fifty events, and nothing else', async () => {
    const first = registered(1);
    await keep(store, [first]);
    let found = take(first.after, 'distribute').after;
    await commit(take(first.after, 'distribute'));
    for (let round = 0; round < 20; round += 1) {
      const steps = follow([{ after: found, event: first.event }], Array(20).fill('note')).slice(1);
      await store.commit({ steps });
      found = (steps.at(-1) as Step).after;
    }
    const latest = await store.latestEvents(found.number, 50);
    expect(latest.map(({ version }) => version)).toEqual(Array.from({ length: 50 }, (_, i) => 402 - i));
    expect(latest[0]?.type).toBe(ACTIONS.note.event);
    expect(await store.history(found.number)).toHaveLength(402);
  });
}
