import { beforeEach, describe, expect, test } from 'vitest';
import { WrongUsage } from '../../infra/commands/command-line.ts';
import { readCorrections } from '../../infra/commands/person/corrections.ts';
import { describeEndings, describeHeld } from '../../infra/commands/person/describe.ts';
import {
  casesOf,
  correct,
  erase,
  heldInReport,
  heldOf,
  type PersonStores,
} from '../../infra/commands/person/person-data.ts';
import type { Case, Identity } from '../../shared/case/case.ts';
import { verifyChain } from '../../shared/case/chain.ts';
import type { StepContext } from '../../shared/case/take-step.ts';
import { createMemoryCaseStore } from '../../shared/store/memory-case-store.ts';
import { context, follow, IDENTITY, keep, MONDAY, SECRET, stepsTo, system, take, tenOn } from './support.ts';

const PHONE = '+86 138-0000-0000';
const OTHER: Identity = { name: '某丙', phone: '13700000003' };
const TOGETHER: Identity = { ...OTHER, joint: [{ ...IDENTITY, address: '测试路3号' }] };

let stores: PersonStores;
beforeEach(() => {
  const cases = createMemoryCaseStore();
  stores = { cases, complainants: cases.complainants, informers: cases.informers, eraser: cases.eraser };
});
const now = () => new Date(MONDAY);
const at = (day: string) => async (): Promise<StepContext> => context(tenOn(day), system);
const read = async (number: string) => (await stores.cases.case(number)) as Case;

describe('to see what is held', () => {
  test('every case of the phone, however it is written, the newest first; not those of others', async () => {
    const first = await keep(stores.cases, stepsTo('published', 1));
    const second = await keep(stores.cases, stepsTo('accepted', 2, MONDAY, 'complaint'));
    await keep(stores.cases, stepsTo('accepted', 3), OTHER);
    expect(await casesOf(PHONE, undefined, stores)).toEqual([second.number, first.number]);
    expect(await casesOf('13600000000', undefined, stores)).toEqual([]);
  });

  test('identity, what he wrote, the result, and who read it when', async () => {
    const { number } = await keep(stores.cases, stepsTo('published', 1));
    const reading = { number, at: MONDAY, staff: 'officer-a1', role: 'officer', reason: 'handling' };
    await stores.complainants.recordRead(reading);
    const [held] = await heldOf(PHONE, [number], stores, now);
    expect(held).toMatchObject({
      number,
      person: IDENTITY,
      wrote: { text: '在古林镇某面馆买到变质的面条，商家拒绝退款。', claimedFen: 12_300 },
      reads: [{ at: MONDAY, staff: 'officer-a1', reason: 'handling' }],
      eraseOn: '2029-11-15',
    });
    expect(held?.result?.received).toContain('退还货款');
    const lines = describeHeld(held === undefined ? [] : [held]).join('\n');
    for (const part of [number, '13800000000', '某甲', '面条', 'officer-a1', '2029-11-15'])
      expect(lines).toContain(part);
  });

  test('the reading is put on record before it is shown; without record nothing is', async () => {
    const { number } = await keep(stores.cases, stepsTo('accepted', 1));
    await heldOf(PHONE, [number], stores, now);
    expect(await stores.complainants.reads(number)).toEqual([
      { number, at: MONDAY, staff: 'npm run person', role: 'administrator', reason: 'own-request' },
    ]);
    const complainants = {
      ...stores.complainants,
      recordRead: async () => Promise.reject(new Error('full')),
    };
    await expect(heldOf(PHONE, [number], { ...stores, complainants }, now)).rejects.toThrow('full');
  });

  test('of a joint complaint only his own entry', async () => {
    const { number } = await keep(stores.cases, stepsTo('accepted', 1), TOGETHER);
    const [held] = await heldOf(PHONE, await casesOf(PHONE, undefined, stores), stores, now);
    expect(held).toMatchObject({ number, jointly: true, person: { ...IDENTITY, address: '测试路3号' } });
    expect(JSON.stringify(held)).not.toMatch(/某丙|13700000003/);
    const [first] = await heldOf(OTHER.phone, [number], stores, now);
    expect(first?.person).toEqual(OTHER);
  });

  test('a phone that two people used shows nobody the data of the other', async () => {
    const own = await keep(stores.cases, stepsTo('accepted', 1));
    const others = await keep(stores.cases, stepsTo('accepted', 2), { ...OTHER, phone: IDENTITY.phone });
    await expect(casesOf(PHONE, undefined, stores)).rejects.toThrow(
      '2 names were given with this phone; add --name',
    );
    expect(await casesOf(PHONE, '某 甲', stores)).toEqual([own.number]);
    expect(await casesOf(PHONE, '某丙', stores)).toEqual([others.number]);
    expect(await casesOf(PHONE, '某丁', stores)).toEqual([]);
  });

  test('what staff wrote about the case is not his', async () => {
    const steps = follow(stepsTo('accepted', 1), [['note', { text: '内部备注' }]]);
    const { number } = await keep(stores.cases, steps);
    expect(JSON.stringify(await heldOf(PHONE, [number], stores, now))).not.toContain('内部备注');
  });
});

describe('reports', () => {
  test('are not found by the phone of their informer', async () => {
    await keep(stores.cases, stepsTo('accepted', 1, MONDAY));
    const report = await keep(stores.cases, stepsTo('distributed', 2, MONDAY, 'report'));
    expect(await casesOf(PHONE, undefined, stores)).not.toContain(report.number);
  });

  test('show the informer his own data by number and secret; the reading is kept with the informers', async () => {
    const { number } = await keep(stores.cases, stepsTo('distributed', 2, MONDAY, 'report'));
    expect(await heldInReport(number, SECRET, stores, now)).toMatchObject({
      kind: 'report',
      person: IDENTITY,
    });
    expect(await stores.informers.reads(number)).toHaveLength(1);
    expect(await stores.complainants.reads(number)).toEqual([]);
  });

  test('a wrong secret, a number that does not exist and a complaint are answered alike, and nothing is read', async () => {
    const report = await keep(stores.cases, stepsTo('distributed', 2, MONDAY, 'report'));
    const complaint = await keep(stores.cases, stepsTo('distributed', 3));
    const messages: string[] = [];
    for (const [number, secret] of [
      [report.number, 'AAAAA-AAAAA'],
      ['261116-000001-9', SECRET],
      [complaint.number, SECRET],
    ] as const) {
      await heldInReport(number, secret, stores, now).catch((error: Error) => messages.push(error.message));
    }
    expect(messages).toHaveLength(3);
    expect(new Set(messages).size).toBe(1);
    expect(await stores.informers.reads(report.number)).toEqual([]);
  });
});

describe('to correct', () => {
  const fix = async (fields: Partial<Identity>) =>
    correct(PHONE, await casesOf(PHONE, undefined, stores), fields, stores, at('2026-11-17'));

  test('in all open cases; what is over stays as it was', async () => {
    const open = await keep(stores.cases, stepsTo('mediating', 1));
    const over = await keep(stores.cases, stepsTo('published', 2));
    expect(await fix({ address: '新路2号' })).toEqual([
      { number: over.number, ending: 'over' },
      { number: open.number, ending: 'corrected' },
    ]);
    expect(await stores.complainants.identity(open.number)).toEqual({ ...IDENTITY, address: '新路2号' });
    expect(await stores.complainants.identity(over.number)).toEqual(IDENTITY);
  });

  test('the history says which fields, not what they said; the chain holds and a proposal stays', async () => {
    const steps = follow(stepsTo('distributed', 1), ['propose']);
    const { number } = await keep(stores.cases, steps);
    await fix({ name: '某某甲', email: 'a@example.com' });
    const history = await stores.cases.history(number);
    expect(history.at(-1)).toMatchObject({
      type: 'identity-corrected',
      actor: system,
      facts: { fields: ['name', 'email'] },
    });
    expect(JSON.stringify(history)).not.toMatch(/某某甲|example\.com/);
    expect(verifyChain(history, await read(number))).toBeUndefined();
    expect((await read(number)).proposal).toBeDefined();
  });

  test('a new phone finds the case from now on, the old one no more', async () => {
    const { number } = await keep(stores.cases, stepsTo('accepted', 1));
    await fix({ phone: '13900000009' });
    expect(await casesOf('13900000009', undefined, stores)).toEqual([number]);
    expect(await casesOf(PHONE, undefined, stores)).toEqual([]);
  });

  test('of a joint complaint his own entry only', async () => {
    const { number } = await keep(stores.cases, stepsTo('accepted', 1), TOGETHER);
    await fix({ name: '某某甲' });
    expect(await stores.complainants.identity(number)).toEqual({
      ...OTHER,
      joint: [{ ...IDENTITY, name: '某某甲', address: '测试路3号' }],
    });
  });

  test('twice is the same as once', async () => {
    const { number } = await keep(stores.cases, stepsTo('accepted', 1));
    await fix({ address: '新路2号' });
    expect(await fix({ address: '新路2号' })).toEqual([{ number, ending: 'unchanged' }]);
    expect((await read(number)).version).toBe(4);
  });

  test('a step that an officer takes at the same moment does not lose the correction', async () => {
    const found = await keep(stores.cases, stepsTo('accepted', 1));
    let first = true;
    const busy: PersonStores = {
      ...stores,
      cases: {
        ...stores.cases,
        async commit(work) {
          if (first) {
            first = false;
            await stores.cases.commit({ steps: [take(found, 'note')] });
          }
          return stores.cases.commit(work);
        },
      },
    };
    const endings = await correct(PHONE, [found.number], { address: '新路2号' }, busy, at('2026-11-17'));
    expect(endings).toEqual([{ number: found.number, ending: 'corrected' }]);
    expect((await stores.cases.history(found.number)).map(({ type }) => type).slice(-2)).toEqual([
      'noted',
      'identity-corrected',
    ]);
  });

  test.each([
    ['name=某甲', { name: '某甲' }],
    ['name=某甲,address=测试路1号, 2室', { name: '某甲', address: '测试路1号, 2室' }],
    ['phone=139 0000 0009, email=a@example.com', { phone: '139 0000 0009', email: 'a@example.com' }],
  ])('%s is read', (given, fields) => {
    expect(readCorrections(given)).toEqual(fields);
  });

  test.each(['', 'name', 'name=', 'idNumber=110', 'phone=nobody', 'email=nobody'])(
    '%j is refused, without repeating what was given',
    (given) => {
      let refusal: unknown;
      try {
        readCorrections(given);
      } catch (error) {
        refusal = error;
      }
      expect(refusal).toBeInstanceOf(WrongUsage);
      expect((refusal as Error).message).not.toMatch(/nobody|110/);
    },
  );
});

describe('to erase', () => {
  test('only what need not be kept any more; of the others it says why', async () => {
    const open = await keep(stores.cases, stepsTo('mediating', 1));
    const over = await keep(stores.cases, stepsTo('published', 2));
    const numbers = [open.number, over.number];
    expect(await erase(numbers, stores, at('2026-11-17'))).toEqual([
      { number: open.number, ending: 'open' },
      { number: over.number, ending: 'kept-until', until: '2029-11-15' },
    ]);
    expect(await stores.complainants.identity(over.number)).toEqual(IDENTITY);
    const later = await erase(numbers, stores, at('2029-11-15'));
    expect(later.map(({ ending }) => ending)).toEqual(['open', 'erased']);
    expect(await stores.complainants.identity(over.number)).toBeUndefined();
    expect(await stores.complainants.identity(open.number)).toEqual(IDENTITY);
    expect(describeEndings(later)[1]).toBe(`${over.number} 已清除 / erased`);
  });
});
