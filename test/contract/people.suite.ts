import { beforeEach, expect, test } from 'vitest';
import type { Case, Identity } from '../../shared/case/case.ts';
import { phoneKey } from '../../shared/case/lookup-keys.ts';
import type { CaseStore, IdentityStore } from '../../shared/store/case-store.ts';
import { context, IDENTITY, keep, MONDAY, registered, stepsTo, take } from '../unit/support.ts';

export interface PeopleStores {
  cases: CaseStore;
  complainants: IdentityStore;
  informers: IdentityStore;
}

/** What must hold when people are added, corrected, or known under another kind of case. */
export function peopleSuite(create: () => Promise<PeopleStores>): void {
  let stores: PeopleStores;
  beforeEach(async () => {
    stores = await create();
  });

  const found = async (phone: string) =>
    (await stores.complainants.casesOfPhone(phoneKey(phone), 10)).map(({ number }) => number);
  const change = async (of: Case, identity: Identity, before: Identity = IDENTITY) => {
    const step = take(of, 'correct-identity');
    const { number, kind } = of;
    return stores.cases.commit({ steps: [step], identity: { number, kind, identity, before } });
  };

  test('whose phone was corrected is found by the new number, by the old one no more', async () => {
    const kept = await keep(stores.cases, stepsTo('distributed'));
    expect(await change(kept, { ...IDENTITY, phone: '13900000009' })).toBe('committed');
    expect(await stores.complainants.identity(kept.number)).toEqual({ ...IDENTITY, phone: '13900000009' });
    expect(await found('13900000009')).toEqual([kept.number]);
    expect(await found(IDENTITY.phone)).toEqual([]);
  });

  test('whoever joins is found by the own number, and so is the first one still', async () => {
    const kept = await keep(stores.cases, stepsTo('distributed'));
    await change(kept, { ...IDENTITY, joint: [{ name: '某乙', phone: '13900000001' }] });
    expect(await found('13900000001')).toEqual([kept.number]);
    expect(await found(IDENTITY.phone)).toEqual([kept.number]);
  });

  test('of a change that comes too late nothing is kept', async () => {
    const kept = await keep(stores.cases, stepsTo('distributed'));
    await stores.cases.commit({ steps: [take(kept, 'note')] });
    expect(await change(kept, { ...IDENTITY, phone: '13900000009' })).toBe('conflict');
    expect(await stores.complainants.identity(kept.number)).toEqual(IDENTITY);
    expect(await found('13900000009')).toEqual([]);
  });

  test('a complaint that was a report: whoever sent it is known as an informer only', async () => {
    const kept = await keep(stores.cases, stepsTo('at-hub'));
    const over = take(kept, 'reclassify', { kind: 'report' });
    const begun = registered(7, MONDAY, { kind: 'report' });
    const outcome = await stores.cases.commit({
      steps: [over],
      registrations: [{ step: begun, identity: IDENTITY }],
      removeIdentity: { number: kept.number, kind: 'complaint', identity: IDENTITY },
    });
    expect(outcome).toBe('committed');
    expect(await stores.complainants.identity(kept.number)).toBeUndefined();
    expect(await found(IDENTITY.phone)).toEqual([]);
    expect(await stores.informers.identity(begun.after.number)).toEqual(IDENTITY);
  });

  test('a report that was a complaint: whoever sent it is no informer any more', async () => {
    const kept = await keep(stores.cases, stepsTo('at-hub', 1, MONDAY, 'report'));
    const over = take(kept, 'reclassify', { kind: 'complaint' }, context());
    const begun = registered(7);
    await stores.cases.commit({
      steps: [over],
      registrations: [{ step: begun, identity: IDENTITY }],
      removeIdentity: { number: kept.number, kind: 'report', identity: IDENTITY },
    });
    expect(await stores.informers.identity(kept.number)).toBeUndefined();
    expect(await stores.complainants.identity(begun.after.number)).toEqual(IDENTITY);
    expect(await found(IDENTITY.phone)).toEqual([begun.after.number]);
  });
}
