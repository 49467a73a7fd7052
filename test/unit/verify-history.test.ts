import { beforeEach, describe, expect, test } from 'vitest';
import { describeVerification } from '../../infra/commands/verify-history/describe.ts';
import { verifyCases } from '../../infra/commands/verify-history/verify.ts';
import type { Case, CaseEvent, Kind } from '../../shared/case/case.ts';
import { sealEvent } from '../../shared/case/chain.ts';
import type { State } from '../../shared/case/life-cycle.ts';
import { settingsOf } from '../../shared/law/bureau-settings.ts';
import { createCalendar } from '../../shared/law/calendar.ts';
import { HOLIDAY_YEARS } from '../../shared/law/holidays.ts';
import type { CaseStore } from '../../shared/store/case-store.ts';
import { eraseCase } from '../../shared/store/erase-case.ts';
import { createMemoryCaseStore, type MemoryCaseStore } from '../../shared/store/memory-case-store.ts';
import { calendar, context, follow, keep, MONDAY, stepsTo, take, tenOn, WAYS } from './support.ts';

let cases: MemoryCaseStore;
beforeEach(() => {
  cases = createMemoryCaseStore();
});

const counting = { calendar, settings: settingsOf(undefined) };
const verify = (numbers: string[], store: CaseStore = cases) =>
  verifyCases(numbers, store, async () => counting);

/** A store in whose tables somebody has written by hand. */
const tampered = (changes: {
  case?: (found: Case) => Case | undefined;
  events?: (events: CaseEvent[]) => CaseEvent[];
}): CaseStore => ({
  ...cases,
  case: async (number) => {
    const found = await cases.case(number);
    return found === undefined || changes.case === undefined ? found : changes.case(found);
  },
  history: async (number) => (changes.events ?? ((events) => events))(await cases.history(number)),
});

describe('a history that nobody touched', () => {
  const ways = (Object.keys(WAYS) as Kind[]).flatMap((kind) =>
    (Object.keys(WAYS[kind]) as State[]).map((state) => [kind, state] as const),
  );

  test.each(ways)('of a %s that is %s is whole, and gives the stored state again', async (kind, state) => {
    const { number } = await keep(cases, stepsTo(state, 0, MONDAY, kind));
    expect(await verify([number])).toEqual({ cases: 1, broken: [], dates: [] });
  });

  test('is whole after reopening, joining and taking out, pausing, reminding and proposing', async () => {
    const steps = follow(stepsTo('published'), ['reopen', 'accept', 'start-mediation', 'begin-testing']);
    const more = follow(steps, ['end-testing', 'join', 'unjoin', 'remind', 'escalate', 'propose', 'note']);
    const { number } = await keep(cases, more);
    expect(await verify([number])).toEqual({ cases: 1, broken: [], dates: [] });
  });

  test.each(['published', 'closed', 'withdrawn', 'joined'] as const)(
    'is whole when a %s case was erased',
    async (state) => {
      const found = await keep(
        cases,
        follow(
          stepsTo(state === 'joined' ? 'testing' : state),
          state === 'joined' ? ['end-testing', 'join'] : [],
        ),
      );
      await eraseCase(found, { cases, eraser: cases.eraser }, context(tenOn('2030-01-02')));
      expect(await verify([found.number])).toEqual({ cases: 1, broken: [], dates: [] });
    },
  );

  test('is whole while an erasure waits to be finished', async () => {
    const found = await keep(cases, stepsTo('closed'));
    await cases.eraser.erase(found.number, found.kind);
    expect((await verify([found.number])).broken).toEqual([]);
  });

  test('that a year was loaded since is said, and is no broken link', async () => {
    const { number } = await keep(cases, stepsTo('distributed', 0, tenOn('2026-12-24')));
    const year = { off: [['2026-12-31', '2027-01-04']] as [string, string][], worked: [], source: 'test' };
    const loaded = { ...counting, calendar: createCalendar({ ...HOLIDAY_YEARS, 2027: year }) };
    const found = await verifyCases([number], cases, async () => loaded);
    expect(found).toEqual({ cases: 1, broken: [], dates: [number] });
    expect(describeVerification(found).join()).toContain('no broken link');
  });

  test('a step that is taken while we read is no broken link', async () => {
    const found = await keep(cases, stepsTo('accepted'));
    let readings = 0;
    const busy: CaseStore = {
      ...cases,
      case: async (number) => {
        const before = await cases.case(number);
        readings += 1;
        if (readings === 1) await cases.commit({ steps: [take(found, 'note')] });
        return before;
      },
    };
    expect((await verify([found.number], busy)).broken).toEqual([]);
    expect(readings).toBe(2);
  });
});

describe('a history that somebody touched', () => {
  const broken = async (changes: Parameters<typeof tampered>[0], state: State = 'published') => {
    const { number } = await keep(cases, stepsTo(state));
    return (await verify([number], tampered(changes))).broken[0];
  };
  const at = (version: number, change: (event: CaseEvent) => CaseEvent) => ({
    events: (events: CaseEvent[]) =>
      events.map((event) => (event.version === version ? change(event) : event)),
  });

  test('a fact was changed', async () => {
    const change = at(5, (event) => ({ ...event, facts: { ...event.facts, agreedFen: 1 } }));
    expect(await broken(change)).toMatchObject({ version: 5, fault: 'changed' });
  });
  test('a sum was changed', async () => {
    const change = at(5, (event) => ({ ...event, money: { agreed: 1_000_000 } }));
    expect(await broken(change)).toMatchObject({ version: 5, fault: 'changed' });
  });
  test('a word was changed', async () => {
    const change = at(4, (event) => ({ ...event, words: { ...event.words, proof: '另一份回执' } }));
    expect(await broken(change)).toMatchObject({ version: 4, fault: 'words-changed' });
  });
  test('a line was taken out', async () => {
    const events = (all: CaseEvent[]) => all.filter(({ version }) => version !== 3);
    expect(await broken({ events })).toMatchObject({ version: 3, fault: 'missing' });
  });
  test('the last line was taken out', async () => {
    expect(await broken({ events: (all) => all.slice(0, -1) })).toMatchObject({
      version: 8,
      fault: 'missing',
    });
  });
  test('a line was put in', async () => {
    const events = (all: CaseEvent[]) => [...all, { ...(all.at(-1) as CaseEvent), version: all.length + 1 }];
    expect(await broken({ events })).toMatchObject({ fault: 'changed' });
  });
  test('a line was changed and sealed again: the next one does not fit it', async () => {
    const events = (all: CaseEvent[]) =>
      all.map((event, index) =>
        event.version === 3 ? sealEvent({ ...event, on: '2026-11-15' }, all[index - 1]?.hash) : event,
      );
    expect(await broken({ events })).toMatchObject({ version: 4, fault: 'changed' });
  });

  test.each<[string, (found: Case) => Case, string[]]>([
    ['the state', (found) => ({ ...found, state: 'excluded' }), ['state']],
    ['a sum', (found) => ({ ...found, money: { ...found.money, proven: 1 } }), ['money']],
    ['the unit', (found) => ({ ...found, unitPath: ['330200'] }), ['unitPath']],
    [
      'the result',
      (found) => ({ ...found, result: { found: '', done: '', received: '', routes: '' } }),
      ['result'],
    ],
    ['when a party was told', (found) => ({ ...found, told: {} }), ['told']],
    [
      'when a duty was done',
      (found) => ({ ...found, clocks: found.clocks.map((clock) => ({ ...clock, stopped: '2026-11-17' })) }),
      ['clocks'],
    ],
    [
      'whose lateness it was',
      (found) => ({
        ...found,
        clocks: found.clocks.map((clock) => ({ ...clock, lateOwner: { unit: '33020302' } })),
      }),
      ['clocks'],
    ],
  ])('%s of the case was changed', async (_, change, fields) => {
    expect(await broken({ case: change })).toMatchObject({ version: 8, fault: 'state-differs', fields });
  });

  test('the case is gone, or its history is', async () => {
    expect(await broken({ case: () => undefined })).toMatchObject({ version: 8, fault: 'no-case' });
    const { number } = await keep(cases, stepsTo('accepted', 3));
    expect((await verify([number], tampered({ events: () => [] }))).broken).toMatchObject([
      { fault: 'no-history' },
    ]);
  });

  test('an unreadable one is named, and the others are verified', async () => {
    const bad = await keep(cases, stepsTo('accepted', 3));
    const good = await keep(cases, stepsTo('accepted', 4));
    const zod = Object.assign(new Error('[…]'), { name: 'ZodError' });
    const store: CaseStore = {
      ...cases,
      history: async (number) => (number === bad.number ? Promise.reject(zod) : cases.history(number)),
    };
    expect(await verify([bad.number, good.number], store)).toEqual({
      cases: 2,
      broken: [{ number: bad.number, version: 3, fault: 'unreadable' }],
      dates: [],
    });
  });

  test('a lost connection is not taken for a broken link', async () => {
    const { number } = await keep(cases, stepsTo('accepted', 3));
    const store: CaseStore = { ...cases, history: async () => Promise.reject(new Error('ECONNREFUSED')) };
    await expect(verify([number], store)).rejects.toThrow('ECONNREFUSED');
  });
});

test('every number is found once, also of a case without history', async () => {
  const kept = [await keep(cases, stepsTo('accepted', 1)), await keep(cases, stepsTo('published', 2))];
  const numbers: string[] = [];
  for await (const number of cases.allNumbers()) numbers.push(number);
  expect(numbers.sort()).toEqual(kept.map(({ number }) => number).sort());
});

test('says which case, which version, what, in Chinese and English', () => {
  const lines = describeVerification({
    cases: 2,
    broken: [{ number: '261116-000001-9', version: 3, fault: 'state-differs', fields: ['money', 'state'] }],
    dates: [],
  });
  expect(lines).toEqual([
    '断链 / broken: 261116-000001-9 第 3 版 / version 3: 案件现状与历史不符 / the case is not what its history makes of it: money, state',
    '有断链 / broken: 1 of 2 case(s)',
  ]);
});
