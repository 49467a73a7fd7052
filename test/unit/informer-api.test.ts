import { beforeEach, describe, expect, test } from 'vitest';
import { informerAnswer, readsAnswer, reclassifiedAnswer } from '../../events/answers.ts';
import {
  type InformerDependencies,
  reclassify,
  showInformer,
  showReads,
} from '../../functions/informer-api/informer.ts';
import type { Case } from '../../shared/case/case.ts';
import { verifyChain } from '../../shared/case/chain.ts';
import { phoneKey } from '../../shared/case/lookup-keys.ts';
import { isTrackingSecret } from '../../shared/case/tracking-secret.ts';
import type { Staff } from '../../shared/people/roles.ts';
import type { IdentityStore } from '../../shared/store/case-store.ts';
import { createMemoryCaseStore } from '../../shared/store/memory-case-store.ts';
import { peopleSuite } from '../contract/people.suite.ts';
import {
  bodyOf,
  type House,
  house,
  IDENTITY,
  keep,
  MONDAY,
  problemOf,
  SECRET,
  staff,
  stepsTo,
  take,
} from './support.ts';

describe('people in memory', () =>
  peopleSuite(async () => {
    const cases = createMemoryCaseStore();
    return { cases, complainants: cases.complainants, informers: cases.informers };
  }));

let deps: House & InformerDependencies;
beforeEach(() => {
  const made = house();
  deps = { ...made, informers: made.cases.informers };
});

const report = (state: 'at-hub' | 'distributed' | 'received', draw = 0) =>
  keep(deps.cases, stepsTo(state, draw, MONDAY, 'report'));
const onCase: Staff = { id: 'officer-a1', role: 'officer', unit: '33020301' };
/** A report at the station with an officer on it. */
async function assigned(): Promise<Case> {
  const found = await report('distributed');
  const step = take(found, 'assign');
  await deps.cases.commit({ steps: [step] });
  return step.after;
}

describe('who informed', () => {
  const HANDLING = { reason: 'handling' } as const;

  test('is shown to whoever is on the case, and the reading is kept with its reason', async () => {
    const { number } = await assigned();
    const body = await bodyOf(showInformer(number, HANDLING, onCase, deps));
    expect(informerAnswer.parse(body)).toEqual({ informer: IDENTITY });
    expect(await deps.informers.reads(number)).toEqual([
      { number, at: MONDAY, staff: 'officer-a1', role: 'officer', reason: 'handling' },
    ]);
  });

  test('is not shown when the reading cannot be put on record', async () => {
    const { number } = await assigned();
    const informers: IdentityStore = {
      ...deps.informers,
      recordRead: async () => Promise.reject(new Error('full')),
    };
    await expect(showInformer(number, HANDLING, onCase, { ...deps, informers })).rejects.toThrow('full');
  });

  test('is logged without anything personal', async () => {
    const { number } = await assigned();
    await showInformer(number, HANDLING, onCase, deps);
    expect(deps.logged).toEqual([
      { code: 'identity-read', facts: { staff: 'officer-a1', number, reason: 'handling' } },
    ]);
  });

  test.each([
    ['a colleague of the same station', { id: 'officer-33020301', role: 'officer', unit: '33020301' }],
    ['the head of the station', { id: 'head-33020301', role: 'head', unit: '33020301' }],
    ['an auditor', { id: 'auditor-330200', role: 'auditor', unit: '330200' }],
  ] as const)('is not shown to %s who is not on the case', async (_, who) => {
    const { number } = await assigned();
    expect((await problemOf(() => showInformer(number, HANDLING, who, deps))).code).toBe('forbidden');
    expect(await deps.informers.reads(number)).toEqual([]);
  });

  test('of another station’s report does not exist for an officer elsewhere, nor for an administrator', async () => {
    const { number } = await assigned();
    for (const who of [staff('officer', '33020302'), staff('administrator', '330200')]) {
      expect((await problemOf(() => showInformer(number, HANDLING, who, deps))).code).toBe('not-found');
    }
  });

  test('of a case that is no report is not found here', async () => {
    const { number } = await keep(deps.cases, stepsTo('distributed'));
    expect((await problemOf(() => showInformer(number, HANDLING, staff('manager'), deps))).code).toBe(
      'not-found',
    );
  });

  test('of an anonymous report is nobody', async () => {
    const [first, ...rest] = stepsTo('at-hub', 3, MONDAY, 'report');
    if (first === undefined) throw new Error('no case');
    const consents = { anonymous: true };
    const steps = [first, ...rest].map((step) => ({ ...step, after: { ...step.after, consents } }));
    const { number } = await keep(deps.cases, steps);
    expect(await bodyOf(showInformer(number, HANDLING, staff('dispatcher'), deps))).toEqual({
      informer: null,
    });
  });
});

describe('who read it', () => {
  test('is shown to the auditor and the manager, not to officers', async () => {
    const { number } = await assigned();
    await showInformer(number, { reason: 'telling' }, onCase, deps);
    for (const who of [staff('auditor'), staff('manager')]) {
      const body = await bodyOf(showReads(number, who, deps));
      expect(readsAnswer.parse(body).reads).toMatchObject([{ staff: 'officer-a1', reason: 'telling' }]);
    }
    expect((await problemOf(() => showReads(number, onCase, deps))).code).toBe('forbidden');
    expect((await problemOf(() => showReads(number, staff('auditor', '330212'), deps))).code).toBe(
      'not-found',
    );
  });
});

describe('a report that turns out to be something else', () => {
  const dispatcher = staff('dispatcher');

  test('ends and begins again as that, with the same person, secret and words', async () => {
    const found = await report('at-hub');
    const body = await bodyOf(
      reclassify(found.number, { kind: 'complaint', note: '要求退款' }, dispatcher, deps),
    );
    const { taken } = reclassifiedAnswer.parse(body);
    const begun = (await deps.cases.case(taken.number)) as Case;
    expect(begun).toMatchObject({ kind: 'complaint', state: 'received', complaint: found.complaint });
    expect(isTrackingSecret(SECRET, begun.secretHash)).toBe(true);
    expect(await deps.cases.complainants.identity(taken.number)).toEqual(IDENTITY);
    expect(await deps.cases.complainants.casesOfPhone(phoneKey(IDENTITY.phone), 9)).toHaveLength(1);
    expect(await deps.informers.identity(found.number)).toBeUndefined();
    const over = (await deps.cases.case(found.number)) as Case;
    expect(over.state).toBe('reclassified');
    expect(verifyChain(await deps.cases.history(found.number), over)).toBeUndefined();
  });

  test('the new case says nowhere that there was a report', async () => {
    const found = await report('at-hub');
    const body = await bodyOf(reclassify(found.number, { kind: 'complaint' }, dispatcher, deps));
    const side = [await deps.cases.case(body.taken.number), await deps.cases.history(body.taken.number)];
    expect(JSON.stringify(side)).not.toContain(found.number);
    expect(JSON.stringify(side)).not.toContain('"report"');
    const event = (await deps.cases.latestEvents(found.number, 1))[0];
    expect(event?.facts).toMatchObject({ kind: 'complaint', taken: body.taken.number });
  });

  test('the informer is read on record', async () => {
    const found = await report('at-hub');
    await reclassify(found.number, { kind: 'inquiry' }, dispatcher, deps);
    expect(await deps.informers.reads(found.number)).toMatchObject([
      { staff: dispatcher.id, reason: 'reclassify' },
    ]);
  });

  test('only a dispatcher may, only at the hub, and only into another kind', async () => {
    const found = await report('at-hub');
    for (const who of [staff('manager'), staff('auditor')]) {
      const problem = await problemOf(() => reclassify(found.number, { kind: 'complaint' }, who, deps));
      expect(problem.code).toBe('forbidden');
    }
    const same = await problemOf(() => reclassify(found.number, { kind: 'report' }, dispatcher, deps));
    expect(same.errors).toMatchObject([{ field: '/kind' }]);
    expect(await deps.informers.reads(found.number)).toEqual([]);
    const handed = await report('distributed', 5);
    const late = await problemOf(() => reclassify(handed.number, { kind: 'complaint' }, dispatcher, deps));
    expect(['conflict', 'forbidden']).toContain(late.code);
  });

  test('a case that has moved on is a conflict, and of two at once one wins', async () => {
    const found = await report('at-hub');
    const old = await problemOf(() =>
      reclassify(found.number, { kind: 'complaint', version: 1 }, dispatcher, deps),
    );
    expect(old.code).toBe('conflict');
    const both = await Promise.allSettled([
      reclassify(found.number, { kind: 'complaint' }, dispatcher, deps),
      reclassify(found.number, { kind: 'complaint' }, dispatcher, deps),
    ]);
    expect(both.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
    let complaints = 0;
    for await (const one of deps.cases.allCases()) if (one.kind === 'complaint') complaints += 1;
    expect(complaints).toBe(1);
  });

  test('a number that is taken is drawn again', async () => {
    const found = await report('at-hub');
    await keep(deps.cases, stepsTo('received', 77));
    const draws = [77, 78];
    const body = await bodyOf(
      reclassify(found.number, { kind: 'complaint' }, dispatcher, {
        ...deps,
        randomInt: () => draws.shift() ?? 79,
      }),
    );
    expect(body.taken.number).toContain('000078');
  });

  test('the log names the report, not the new case beside it', async () => {
    const found = await report('at-hub');
    const body = await bodyOf(reclassify(found.number, { kind: 'complaint' }, dispatcher, deps));
    expect(JSON.stringify(deps.logged)).not.toContain(body.taken.number);
  });
});
