import { describe, expect, test } from 'vitest';
import { proposeClasses } from '../../functions/watch-deadlines/propose-classes.ts';
import { businessRow } from '../../shared/businesses/business.ts';
import { decideClass } from '../../shared/businesses/class-proposal.ts';
import { complaintOf } from '../../shared/businesses/complaint-of-business.ts';
import { placesOf } from '../../shared/businesses/places.ts';
import type { Case, Kind } from '../../shared/case/case.ts';
import { addDays } from '../../shared/dates.ts';
import { createMemoryBusinessStore } from '../../shared/store/business-store.ts';
import { understoodSchema } from '../../shared/understanding/understood.ts';
import {
  BUSINESSES,
  caseIn,
  context,
  type House,
  house,
  keep,
  registered,
  registry,
  SENT,
  take,
  tenOn,
} from './support.ts';

const [{ creditCode: CODE, name: NAME }] = BUSINESSES;
const understood = understoodSchema.parse({
  kind: { value: 'complaint', confidence: 1 },
  scope: { value: 'yes', confidence: 1 },
  business: { creditCode: CODE, confidence: 0.95, by: 'one' },
});
const phoneOf = (n: number) => `138000${String(n).padStart(5, '0')}`;

/** A case about 甲面馆 that person `n` sent on a day, handed out. */
async function about(deps: House, draw: number, day: string, n = draw, kind: Kind = 'complaint') {
  const first = registered(draw, tenOn(day), { kind });
  const sent = take(first.after, 'distribute', { ...SENT.distribute, understood }, context(tenOn(day)));
  return keep(deps.cases, [first, sent], { name: `某${n}`, phone: phoneOf(n) });
}
/** Ten people on ten days up to the 25th. */
async function tenPeople(deps: House, personOf = (n: number) => n) {
  for (let n = 1; n <= 10; n += 1) await about(deps, n, addDays('2026-11-15', n), personOf(n));
}
const night = (deps: House, day: string) => {
  deps.clock.at = `${day}T17:30:00.000Z`;
  return proposeClasses(deps);
};
const openOf = (deps: House) => deps.businesses.openProposal(CODE);

test('ten people within a month propose one class lower, with the cases behind it; twice is once', async () => {
  const deps = house();
  for (let n = 1; n <= 9; n += 1) await about(deps, n, addDays('2026-11-15', n));
  await night(deps, '2026-11-24');
  expect(await openOf(deps)).toBeUndefined();
  await about(deps, 10, '2026-11-25');
  await Promise.all([night(deps, '2026-11-25'), night(deps, '2026-11-25')]);
  const proposal = await openOf(deps);
  expect(proposal).toMatchObject({
    name: NAME,
    from: 'B',
    to: 'C',
    timesAYear: 12,
    proposedOn: '2026-11-26',
    reasons: [{ rule: 'concentrated', people: 10, days: 30 }],
  });
  expect(proposal?.reasons[0]?.cases).toHaveLength(10);
  expect(JSON.stringify(proposal)).not.toMatch(/138000|某1/);
  await night(deps, '2026-11-26');
  expect(await openOf(deps)).toEqual(proposal);
  expect((await deps.businesses.business(CODE))?.grade).toBe('B');
});

test('a night that failed is made up for by the next ones', async () => {
  const deps = house();
  await tenPeople(deps);
  await night(deps, '2026-11-27');
  expect(await openOf(deps)).toBeDefined();
});

test('what a person declined is silent for half a year', async () => {
  const deps = house();
  await tenPeople(deps);
  await night(deps, '2026-11-25');
  const open = await openOf(deps);
  if (open === undefined) throw new Error('nothing was proposed');
  const decided = { decision: 'declined', by: 'head-1', on: '2026-11-26', why: '同一批次' } as const;
  await deps.businesses.decide(decideClass(open, decided));
  await about(deps, 11, '2026-11-27');
  await night(deps, '2026-11-27');
  expect(await openOf(deps)).toBeUndefined();
});

describe('people count, not messages', () => {
  test.each<[string, (n: number) => number]>([
    ['one person who writes ten times', () => 1],
    ['nine people, one of them twice', (n) => Math.min(n, 9)],
  ])('%s proposes nothing', async (_, personOf) => {
    const deps = house();
    await tenPeople(deps, personOf);
    await night(deps, '2026-11-25');
    expect(await openOf(deps)).toBeUndefined();
  });

  test('who complains all the time counts for nothing', async () => {
    const deps = house();
    await tenPeople(deps);
    for (let n = 20; n < 32; n += 1) {
      await keep(deps.cases, [registered(n, tenOn('2026-11-20'))], { name: '某1', phone: phoneOf(1) });
    }
    await night(deps, '2026-11-25');
    expect(await openOf(deps)).toBeUndefined();
  });

  test('people who were joined under one case count each', async () => {
    const deps = house();
    await tenPeople(deps);
    const [lead, ...others] = await deps.cases.cases(await deps.cases.casesOfCreditCode(CODE, 20));
    const first = others.reduce(
      (one, other) => (one.receivedAt < other.receivedAt ? one : other),
      lead as Case,
    );
    for (const one of [lead as Case, ...others]) {
      if (one.number === first.number) continue;
      const sent = { lead: first.number, sameMatter: true };
      await deps.cases.commit({ steps: [take(one, 'join', sent, context(tenOn('2026-11-25')))] });
    }
    await night(deps, '2026-11-25');
    expect((await openOf(deps))?.reasons[0]?.people).toBe(10);
  });
});

test('cases that a person took off the business count for nothing', async () => {
  const deps = house();
  await tenPeople(deps);
  const [newest] = await deps.cases.cases((await deps.cases.casesOfCreditCode(CODE, 1)).slice(0, 1));
  const off = take(
    newest as Case,
    'correct-understanding',
    { noBusiness: true },
    context(tenOn('2026-11-25')),
  );
  await deps.cases.commit({ steps: [off] });
  await night(deps, '2026-11-25');
  expect(await openOf(deps)).toBeUndefined();
});

test('a report that becomes a penalty case proposes class C when it is filed', async () => {
  const deps = house();
  let found = await about(deps, 1, '2026-11-16', 1, 'report');
  await night(deps, '2026-11-16');
  expect(await openOf(deps)).toBeUndefined();
  for (const action of ['verify', 'file-case'] as const) {
    const step = take(found, action, SENT[action], context(tenOn('2026-11-20')));
    await deps.cases.commit({ steps: [step] });
    found = step.after;
  }
  await night(deps, '2026-11-20');
  expect(await openOf(deps)).toMatchObject({ to: 'C', reasons: [{ rule: 'filed', people: 1 }] });
});

test('a year after the last complaint one class better is proposed', async () => {
  const known = businessRow.parse({ ...BUSINESSES[0], from: '2020-01-01' });
  const deps = { ...house(), businesses: createMemoryBusinessStore([known], placesOf(registry)) };
  await about(deps, 1, '2026-11-16');
  await night(deps, '2027-11-15');
  expect(await openOf(deps)).toBeUndefined();
  await night(deps, '2027-11-16');
  expect(await openOf(deps)).toMatchObject({ from: 'B', to: 'A', reasons: [{ rule: 'quiet', people: 0 }] });
});

describe('what a case says of a class', () => {
  test.each<[string, Case, string | undefined]>([
    ['with the unit', caseIn('distributed'), 'open'],
    ['refused', caseIn('refused-told'), 'refused'],
    ['withdrawn', caseIn('withdrawn'), 'withdrawn'],
    ['settled by mediation with money', caseIn('closed'), 'upheld'],
    ['settled before it came to that', caseIn('reconciled'), 'not-upheld'],
    ['ended without an agreement', caseIn('terminated-told'), 'not-upheld'],
    ['a report that was not filed', caseIn('report-closed', 0, undefined, 'report'), 'not-upheld'],
    ['a report that was filed and decided', caseIn('decided', 0, undefined, 'report'), 'filed'],
    ['for another authority', caseIn('pointed-elsewhere', 0, undefined, 'report'), 'refused'],
    ['an inquiry', caseIn('distributed', 0, undefined, 'inquiry'), undefined],
  ])('%s: %s', (_, found, outcome) => {
    expect(complaintOf(found, {})?.outcome).toBe(outcome);
  });

  test.each([
    ['办了一张年卡，店关门了不退钱', undefined, 'prepaid-card'],
    ['牛奶过期，吃了拉肚子', ['食品类', '安全'], 'food-safety'],
    ['牛奶多收了两块', ['食品类', '价格'], 'other'],
    ['手机爆炸', ['家用电子电器类', '安全'], 'other'],
  ] as const)('%s', (text, classes, problem) => {
    const judged = (value: string | undefined) =>
      value === undefined ? undefined : { value, confidence: 0.9 };
    const [subject, kind] = classes ?? [];
    const found = {
      ...caseIn('distributed'),
      complaint: { text, business: {} },
      understood: understoodSchema.parse({ ...understood, subject: judged(subject), problem: judged(kind) }),
    };
    expect(complaintOf(found, {})?.problem).toBe(problem);
  });
});
