import { beforeEach, describe, expect, test } from 'vitest';
import { act } from '../../functions/desk-api/act.ts';
import { showCase } from '../../functions/desk-api/desk.ts';
import { type EraseDependencies, eraseExpired } from '../../functions/erase-expired/erase-expired.ts';
import { track } from '../../functions/track-case/track.ts';
import type { Case, CaseEvent } from '../../shared/case/case.ts';
import { verifyChain } from '../../shared/case/chain.ts';
import type { State } from '../../shared/case/life-cycle.ts';
import { addDays } from '../../shared/dates.ts';
import { allEntriesOf } from '../../shared/statistics/ledger.ts';
import { createMemoryCaseStore } from '../../shared/store/memory-case-store.ts';
import { eraserSuite } from '../contract/eraser.suite.ts';
import {
  bodyOf,
  context,
  follow,
  type House,
  house,
  IDENTITY,
  keep,
  MONDAY,
  problemOf,
  registered,
  SECRET,
  staff,
  stepsTo,
  take,
  tenOn,
} from './support.ts';

describe('the eraser in memory', () => eraserSuite(async () => createErased()));

async function createErased() {
  const cases = createMemoryCaseStore();
  return { cases, complainants: cases.complainants, informers: cases.informers, eraser: cases.eraser };
}

let deps: House & EraseDependencies;
beforeEach(() => {
  const made = house();
  deps = { ...made, eraser: made.cases.eraser };
});

const read = async ({ number }: Case) => (await deps.cases.case(number)) as Case;
const allEvents = async () => {
  const events: CaseEvent[] = [];
  for await (const event of deps.cases.allEvents()) events.push(event);
  return events;
};
async function eraseOn(day: string): Promise<void> {
  deps.clock.at = tenOn(day);
  await eraseExpired(deps);
}

test('on the day the term ends, not the day before', async () => {
  const found = await keep(deps.cases, stepsTo('published'));
  expect(found.eraseOn).toBe(addDays('2026-11-16', 1095));
  await eraseOn(addDays('2026-11-16', 1094));
  expect(await read(found)).toEqual(found);
  await eraseOn(addDays('2026-11-16', 1095));
  expect((await read(found)).erased).toBe(true);
});

test('an open case is never erased, however old', async () => {
  const found = await keep(deps.cases, stepsTo('mediating'));
  await eraseOn('2040-01-01');
  expect(await read(found)).toEqual(found);
});

const OVER: [Case['kind'], State][] = [
  ['complaint', 'published'],
  ['complaint', 'closed'],
  ['complaint', 'refused-told'],
  ['complaint', 'withdrawn'],
  ['complaint', 'joined'],
  ['complaint', 'reclassified'],
  ['report', 'report-closed'],
  ['report', 'handed-over'],
  ['inquiry', 'answered'],
];
test.each(OVER)('of a %s that is %s nothing that a person wrote or is remains', async (kind, state) => {
  await keep(deps.cases, stepsTo(state, 0, MONDAY, kind));
  await eraseOn('2029-12-01');
  const everything = JSON.stringify([
    await deps.cases.case((await allEvents())[0]?.number ?? ''),
    await allEvents(),
    await deps.cases.complainants.identity((await allEvents())[0]?.number ?? ''),
    await deps.cases.informers.identity((await allEvents())[0]?.number ?? ''),
  ]);
  // Every word that the steps of the tests write contains one of these.
  expect(everything).not.toMatch(/某|138000|面条|报告第|委托书|回执|面馆|电话|经查|过期|轻微/);
  expect((await allEvents()).filter(({ words }) => words !== undefined)).toEqual([]);
});

test('the contact person of a business is erased, its name and address stay', async () => {
  const business = { name: '某某小吃店', address: '测试路1号', contact: '王某', phone: '13700000002' };
  const found = await keep(deps.cases, follow([registered(0, MONDAY, { business })], ['withdraw']));
  await eraseOn('2029-12-01');
  expect((await read(found)).complaint).toEqual({
    text: '',
    business: { name: '某某小吃店', address: '测试路1号' },
  });
});

test('evidence of a pause goes too, also that kept for a case that was joined', async () => {
  const testing = follow(stepsTo('testing'), ['end-testing', 'join']);
  const found = await keep(deps.cases, testing);
  expect(JSON.stringify(found)).toContain('检测委托书第1号');
  await eraseOn('2029-12-01');
  const erased = await read(found);
  expect(JSON.stringify(erased)).not.toContain('检测委托书');
  expect(erased.before?.clocks.some(({ pauses }) => pauses !== undefined)).toBe(true);
});

describe('after the erasure', () => {
  test('the consumer still sees state and dates, the desk that it was erased', async () => {
    const found = await keep(deps.cases, stepsTo('published'));
    const before = await bodyOf(track(found.number, SECRET, deps));
    await eraseOn('2029-12-01');
    const tracked = await bodyOf(track(found.number, SECRET, deps));
    expect(tracked.steps.slice(0, before.steps.length)).toEqual(before.steps);
    expect(tracked).toMatchObject({ state: { code: 'published' }, receivedOn: '2026-11-16', result: null });
    const shown = await bodyOf(showCase(found.number, staff('head', '33020301'), deps));
    expect(shown).toMatchObject({ erased: true, excerpt: '', result: null, state: { code: 'published' } });
  });

  test('the statistics counted from the history are what they were', async () => {
    await keep(deps.cases, stepsTo('published', 1));
    await keep(deps.cases, stepsTo('report-closed', 2, MONDAY, 'report'));
    const count = async () =>
      [...Map.groupBy(await allEvents(), ({ number }) => number).values()].flatMap((history) =>
        allEntriesOf(history.toSorted((a, b) => a.version - b.version)),
      );
    const before = await count();
    await eraseOn('2029-12-01');
    expect(await count()).toEqual(before);
  });

  test('the history verifies, also together with the case', async () => {
    const found = await keep(deps.cases, stepsTo('published'));
    await eraseOn('2029-12-01');
    expect(verifyChain(await deps.cases.history(found.number), await read(found))).toBeUndefined();
  });

  test('it cannot be reopened', async () => {
    const found = await keep(deps.cases, stepsTo('published'));
    await eraseOn('2029-12-01');
    const reopen = () =>
      act(found.number, 'reopen', { reason: '投诉人要求' }, staff('head', '33020301'), deps);
    expect((await problemOf(reopen)).code).toBe('bad-request');
  });

  test('a note that is written later has a term of its own', async () => {
    const found = await keep(deps.cases, stepsTo('published'));
    await eraseOn('2029-12-01');
    const noted = take(await read(found), 'note', { text: '某甲来电' }, context(tenOn('2029-12-05')));
    await deps.cases.commit({ steps: [noted] });
    expect((await read(found)).eraseOn).toBe(addDays('2029-12-05', 1095));
    await eraseOn(addDays('2029-12-05', 1095));
    expect((await allEvents()).filter(({ words }) => words !== undefined)).toEqual([]);
    expect((await read(found)).eraseOn).toBeUndefined();
  });
});

describe('trouble', () => {
  test('an erasure that was interrupted before its last write is found again and finished', async () => {
    const found = await keep(deps.cases, stepsTo('published'));
    const broken = { ...deps.cases, commit: async () => Promise.reject(new Error('cut off')) };
    deps.clock.at = tenOn('2029-12-01');
    await expect(eraseExpired({ ...deps, cases: broken })).rejects.toThrow('1 case(s)');
    expect((await read(found)).erased).toBeUndefined();
    await eraseExpired(deps);
    expect((await read(found)).erased).toBe(true);
  });

  test('two runs at the same moment write one event', async () => {
    const found = await keep(deps.cases, stepsTo('published'));
    deps.clock.at = tenOn('2029-12-01');
    await Promise.all([eraseExpired(deps), eraseExpired(deps)]);
    const erased = (await deps.cases.history(found.number)).filter(({ type }) => type === 'erased');
    expect(erased).toHaveLength(1);
  });

  test('one case that fails does not keep the others, and is named in the log by its number only', async () => {
    const bad = await keep(deps.cases, stepsTo('published', 1));
    const good = await keep(deps.cases, stepsTo('published', 2));
    const eraser = {
      erase: async (number: string, kind: Case['kind']) => {
        if (number === bad.number) throw new TypeError(IDENTITY.name);
        await deps.cases.eraser.erase(number, kind);
      },
    };
    deps.clock.at = tenOn('2029-12-01');
    await expect(eraseExpired({ ...deps, eraser })).rejects.toThrow('1 case(s)');
    expect((await read(good)).erased).toBe(true);
    expect((await read(bad)).erased).toBeUndefined();
    expect(deps.logged).toEqual([
      { code: 'case-not-erased', facts: { number: bad.number, error: 'TypeError' } },
      { code: 'erased', facts: { erased: 1, moved: 0, failed: 1, left: 0 } },
    ]);
  });

  test('a case that is taken up again in the meantime is left alone', async () => {
    const found = await keep(deps.cases, stepsTo('published'));
    const reopened = take(found, 'reopen', undefined, context(tenOn('2029-11-30')));
    await deps.cases.commit({ steps: [reopened] });
    // The index still names it.
    const cases = { ...deps.cases, dueForErasure: async () => [found.number] };
    deps.clock.at = tenOn('2029-12-01');
    await eraseExpired({ ...deps, cases });
    expect(await deps.cases.complainants.identity(found.number)).toEqual(IDENTITY);
  });
});
