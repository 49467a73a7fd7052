import { beforeEach, expect, test } from 'vitest';
import { verifyChain } from '../../shared/case/chain.ts';
import { phoneKey } from '../../shared/case/lookup-keys.ts';
import { type CallStore, callIdOf } from '../../shared/store/call-store.ts';
import type { CaseStore, IdentityStore } from '../../shared/store/case-store.ts';
import { eraseCase } from '../../shared/store/erase-case.ts';
import type { Eraser } from '../../shared/store/eraser.ts';
import type { NoticeStore } from '../../shared/store/notice-store.ts';
import { context, IDENTITY, keep, MONDAY, stepsTo, tenOn } from '../unit/support.ts';

export interface ErasedStores {
  cases: CaseStore;
  complainants: IdentityStore;
  informers: IdentityStore;
  eraser: Eraser;
  /** Where the eraser also knows of notices. */
  notices?: NoticeStore;
  /** Likewise of calls. */
  calls?: CallStore;
}

const JOINT = { ...IDENTITY, joint: [{ name: '某乙', phone: '13900000001' }] };
const phones = [IDENTITY.phone, '13900000001'].map(phoneKey);

/** What every eraser must do. */
export function eraserSuite(create: () => Promise<ErasedStores>): void {
  let stores: ErasedStores;
  beforeEach(async () => {
    stores = await create();
  });

  test('no word is left in the history; facts, sums and hashes are, and the chain still holds', async () => {
    const found = await keep(stores.cases, stepsTo('published'), JOINT);
    const before = await stores.cases.history(found.number);
    expect(before.some(({ words }) => words !== undefined)).toBe(true);
    await stores.eraser.erase(found.number, found.kind);
    const after = await stores.cases.history(found.number);
    expect(after).toEqual(before.map(({ words, ...event }) => event));
    expect(verifyChain(after, found)).toBeUndefined();
  });

  test('who complained is gone, and is found by no phone number any more; other cases stay', async () => {
    const other = await keep(stores.cases, stepsTo('entrusted', 1), JOINT);
    const found = await keep(stores.cases, stepsTo('published', 2), JOINT);
    await stores.eraser.erase(found.number, found.kind);
    expect(await stores.complainants.identity(found.number)).toBeUndefined();
    expect(await stores.complainants.identity(other.number)).toEqual(JOINT);
    for (const phone of phones) {
      const numbers = (await stores.complainants.casesOfPhone(phone, 10)).map(({ number }) => number);
      expect(numbers).toEqual([other.number]);
    }
    expect((await stores.cases.history(other.number)).some(({ words }) => words !== undefined)).toBe(true);
  });

  test('who informed is gone', async () => {
    const found = await keep(stores.cases, stepsTo('report-closed', 1, MONDAY, 'report'));
    expect(await stores.informers.identity(found.number)).toEqual(IDENTITY);
    await stores.eraser.erase(found.number, found.kind);
    expect(await stores.informers.identity(found.number)).toBeUndefined();
  });

  test('who read the data is kept: it says nothing of the person', async () => {
    const found = await keep(stores.cases, stepsTo('published'));
    const read = {
      number: found.number,
      at: MONDAY,
      staff: 'officer-a1',
      role: 'officer',
      reason: 'handling',
    };
    await stores.complainants.recordRead(read);
    await stores.eraser.erase(found.number, found.kind);
    expect(await stores.complainants.reads(found.number)).toEqual([read]);
  });

  test('twice is the same as once, and a case that does not exist is not made', async () => {
    const found = await keep(stores.cases, stepsTo('published'), JOINT);
    await stores.eraser.erase(found.number, found.kind);
    const once = await stores.cases.history(found.number);
    await stores.eraser.erase(found.number, found.kind);
    expect(await stores.cases.history(found.number)).toEqual(once);
    await stores.eraser.erase('261116-000001-9', 'complaint');
    expect(await stores.cases.case('261116-000001-9')).toBeUndefined();
  });

  test('where notices went is not readable any more, that they were sent is', async () => {
    const { notices } = stores;
    if (notices === undefined) return;
    const found = await keep(stores.cases, stepsTo('published'));
    const key = { number: found.number, id: '3.accepted.complainant.0' };
    await notices.claim({ ...key, channel: 'sms', to: '138****0000', bodySha256: 'ab' }, MONDAY);
    await notices.end(key, 1, { state: 'sent', providerId: 'p1', sentAt: MONDAY });
    await stores.eraser.erase(found.number, found.kind);
    expect(await notices.notices(found.number)).toMatchObject([{ to: '', state: 'sent', providerId: 'p1' }]);
  });

  test('the whole of it: the data first, the step last, and the case is due no more', async () => {
    const found = await keep(stores.cases, stepsTo('published'), JOINT);
    const day = found.eraseOn ?? '';
    expect(await stores.cases.dueForErasure('330200', day, 10)).toEqual([found.number]);
    expect(await eraseCase(found, stores, context(tenOn(day)))).toBe('committed');
    expect(await stores.cases.dueForErasure('330200', '2999-01-01', 10)).toEqual([]);
    const erased = await stores.cases.case(found.number);
    expect(erased).toMatchObject({ erased: true, state: 'published', complaint: { text: '' } });
    expect(JSON.stringify([erased, await stores.cases.history(found.number)])).not.toMatch(
      /某|面条|电话联系/,
    );
  });

  test('the call that a case came by is gone, others stay', async () => {
    if (stores.calls === undefined) return;
    const save = (id: string) =>
      stores.calls?.save({
        id: callIdOf(id),
        version: 1,
        call: {
          delivery: 'whole',
          partial: false,
          redacted: false,
          roles: { by: 'labels', confidence: 1 },
          turns: [{ speaker: 'caller', text: '我要投诉' }],
          problems: [],
        },
        receivedAt: MONDAY,
        lastAt: MONDAY,
      });
    await save('own');
    await save('other');
    const [first] = stepsTo('received');
    if (first === undefined) throw new Error('not registered');
    const event = { ...first.event, facts: { ...first.event.facts, call: callIdOf('own') } };
    const found = await keep(stores.cases, [{ ...first, event }]);
    await stores.eraser.erase(found.number, found.kind);
    expect(await stores.calls.call(callIdOf('own'))).toBeUndefined();
    expect(await stores.calls.call(callIdOf('other'))).toBeDefined();
  });
}
