import { describe, expect, test } from 'vitest';
import { recountDates } from '../../functions/watch-deadlines/recount-dates.ts';
import { watch } from '../../functions/watch-deadlines/watch.ts';
import type { Case, CaseEvent } from '../../shared/case/case.ts';
import { verifyChain } from '../../shared/case/chain.ts';
import { isOnDuty } from '../../shared/case/watch.ts';
import { addDays } from '../../shared/dates.ts';
import { settingsOf } from '../../shared/law/bureau-settings.ts';
import { createMemoryCalendarStore } from '../../shared/store/calendar-store.ts';
import { createMemoryCaseStore } from '../../shared/store/memory-case-store.ts';
import { calendar, context, follow, type House, house, keep, stepsTo, take, tenOn } from './support.ts';

/** Runs the watch every half hour of these days, as a function that stays warm. */
async function days(from: string, to: string, deps: House): Promise<void> {
  for (let day = from; day <= to; day = addDays(day, 1)) {
    for (let half = 0; half < 48; half += 1) {
      const time = `${String(Math.floor(half / 2)).padStart(2, '0')}:${half % 2 === 0 ? '00' : '30'}`;
      deps.clock.at = new Date(`${day}T${time}:00+08:00`).toISOString();
      await watch(deps);
    }
  }
}

/** What the watch wrote: `2026-11-24 08:30 reminded accept`, Beijing time. */
async function written(found: Case, deps: House): Promise<string[]> {
  const events = await deps.cases.history(found.number);
  return events
    .filter(({ actor }) => actor.id === 'watch-deadlines')
    .map(({ at, type, facts }) => {
      const beijing = new Date(Date.parse(at) + 8 * 3_600_000).toISOString().slice(0, 16).replace('T', ' ');
      return [beijing, type, facts.clock, facts.to].filter(Boolean).join(' ');
    });
}

const lastEvent = async (found: Case, deps: House) =>
  (await deps.cases.latestEvents(found.number, 1))[0] as CaseEvent;

describe('the officer is reminded, then level after level is told', () => {
  test('each once, at the beginning of duty of the right day', async () => {
    const deps = house();
    // Received and handed out on Monday: seven working days end on Wednesday, 25 November.
    const found = await keep(deps.cases, stepsTo('distributed'));
    await days('2026-11-16', '2026-12-20', deps);
    expect(await written(found, deps)).toEqual([
      '2026-11-24 08:30 reminded accept',
      '2026-11-26 08:30 escalated accept officer',
      '2026-11-27 08:30 escalated accept head',
      '2026-12-01 08:30 escalated accept manager',
    ]);
  });

  test('a step taken in time leaves only the reminder', async () => {
    const deps = house();
    const found = await keep(deps.cases, stepsTo('distributed'));
    await days('2026-11-16', '2026-11-25', deps);
    const on = context(tenOn('2026-11-25'));
    const steps = follow(
      [{ after: (await deps.cases.case(found.number)) as Case, event: await lastEvent(found, deps) }],
      ['accept', ['tell', { form: 'form-5', party: 'complainant', by: 'sms', proof: '回执' }]],
      on.now().toISOString(),
    ).slice(1);
    for (const step of steps) expect(await deps.cases.commit({ steps: [step] })).toBe('committed');
    await days('2026-11-25', '2026-12-10', deps);
    expect(await written(found, deps)).toEqual(['2026-11-24 08:30 reminded accept']);
  });

  test('the notice goes to the level that is told, and the history says whose lateness it was', async () => {
    const deps = house();
    const found = await keep(deps.cases, stepsTo('distributed'));
    await days('2026-11-24', '2026-12-01', deps);
    const events = (await deps.cases.history(found.number)).filter(({ type }) => type === 'escalated');
    expect(events.map(({ notices }) => notices)).toEqual(
      ['officer', 'head', 'manager'].map((to) => [{ notice: 'overdue', party: 'staff', to }]),
    );
    expect(events[0]?.facts).toEqual({
      clock: 'accept',
      level: 1,
      to: 'officer',
      due: '2026-11-25',
      unit: '33020301',
    });
    expect(
      verifyChain(await deps.cases.history(found.number), await deps.cases.case(found.number)),
    ).toBeUndefined();
  });

  test('nothing at night, at noon of a weekend, or on a holiday; a worked weekend is a working day', () => {
    const counting = { calendar, settings: settingsOf(undefined) };
    const onDuty = (at: string) => isOnDuty(new Date(`${at}+08:00`), counting);
    expect(onDuty('2026-11-24T08:29:59')).toBe(false);
    expect(onDuty('2026-11-24T08:30:00')).toBe(true);
    expect(onDuty('2026-11-24T17:29:59')).toBe(true);
    expect(onDuty('2026-11-24T17:30:00')).toBe(false);
    expect(onDuty('2026-11-24T00:00:00')).toBe(false);
    expect(onDuty('2026-11-28T12:00:00')).toBe(false);
    expect(onDuty('2026-10-05T12:00:00')).toBe(false);
    expect(onDuty('2026-10-10T12:00:00')).toBe(true);
  });

  test('after an outage of two weeks all that is due is done in its order, in one run', async () => {
    const deps = house();
    const found = await keep(deps.cases, stepsTo('distributed'));
    deps.clock.at = tenOn('2026-12-10');
    await watch(deps);
    expect((await written(found, deps)).map((line) => line.slice(17))).toEqual([
      'reminded accept',
      'escalated accept officer',
      'escalated accept head',
      'escalated accept manager',
    ]);
  });

  test('a period that is stopped for testing is left alone, and reminded of anew when it goes on', async () => {
    const deps = house();
    const found = await keep(deps.cases, stepsTo('testing'));
    await days('2027-01-10', '2027-01-20', deps);
    expect((await written(found, deps)).filter((line) => line.includes('mediate'))).toEqual([]);
    const now = (await deps.cases.case(found.number)) as Case;
    await deps.cases.commit({ steps: [take(now, 'end-testing', undefined, context(tenOn('2027-01-20')))] });
    const due = (await deps.cases.case(found.number))?.clocks.find(({ id }) => id === 'mediate')
      ?.due as string;
    await days('2027-01-21', due, deps);
    const told = (await written(found, deps)).filter((line) => line.includes('mediate'));
    expect(told.map((line) => line.slice(17))).toEqual(['reminded mediate', 'reminded mediate']);
  });

  test('two runs at the same moment tell each level once', async () => {
    const deps = house();
    const found = await keep(deps.cases, stepsTo('distributed'));
    deps.clock.at = tenOn('2026-11-26');
    await Promise.all([watch(deps), watch(deps), watch(deps)]);
    expect((await written(found, deps)).map((line) => line.slice(17))).toEqual([
      'reminded accept',
      'escalated accept officer',
    ]);
  });

  test('a period that ends at the change of the year', async () => {
    const notice = {
      off: [['2027-01-01', '2027-01-03']] as const,
      worked: [],
      source: 'https://www.gov.cn/',
    };
    const deps: House = { ...house(), calendar: createMemoryCalendarStore({ 2027: notice }) };
    const at = { ...context(tenOn('2026-12-21')), calendar: await deps.calendar.read() };
    const steps = stepsTo('received', 0, tenOn('2026-12-21'));
    const [first] = steps;
    if (first === undefined) throw new Error('no case');
    const found = await keep(deps.cases, [first, take(first.after, 'distribute', undefined, at)]);
    expect(found.clocks.find(({ id }) => id === 'accept')?.due).toBe('2026-12-30');
    await days('2026-12-21', '2027-01-10', deps);
    expect(await written(found, deps)).toEqual([
      '2026-12-29 08:30 reminded accept',
      '2026-12-31 08:30 escalated accept officer',
      '2027-01-04 08:30 escalated accept head',
      '2027-01-06 08:30 escalated accept manager',
    ]);
  });
});

describe('whose lateness it was', () => {
  test('the unit that had the case when the day passed, though another has it when the first level is told', async () => {
    const deps = house();
    const found = await keep(deps.cases, stepsTo('distributed'));
    // Thursday morning before duty: back to the hub, and to another station of the same county.
    const early = '2026-11-26T00:10:00.000Z';
    const back = take((await deps.cases.case(found.number)) as Case, 'return', undefined, context(early));
    const moved = take(back.after, 'distribute', { unit: '33020302' }, context(early));
    await deps.cases.commit({ steps: [back, moved] });
    await days('2026-11-26', '2026-11-26', deps);
    const now = (await deps.cases.case(found.number)) as Case;
    expect(now.unitPath.at(-1)).toBe('33020302');
    expect(now.clocks.find(({ id }) => id === 'accept')?.lateOwner).toEqual({ unit: '33020301' });
    const event = (await deps.cases.history(found.number)).find(
      ({ type, facts }) => type === 'escalated' && facts.clock === 'accept',
    );
    expect(event?.facts.unit).toBe('33020301');
    expect(event?.unitPath.at(-1)).toBe('33020301');
  });

  test('nobody’s, when the mediation ends while testing has stopped its period', async () => {
    const steps = stepsTo('testing');
    const testing = steps.at(-1)?.after as Case;
    const due = testing.clocks.find(({ id }) => id === 'mediate')?.due as string;
    const after = take(testing, 'terminate', undefined, context(tenOn(addDays(due, 5)))).after;
    const mediate = after.clocks.find(({ id }) => id === 'mediate');
    expect(mediate?.stopped).toBe(addDays(due, 5));
    expect(mediate).not.toHaveProperty('lateOwner');
    // The days of testing are not counted, also when nobody recorded their end.
    expect(mediate?.pauses).toMatchObject([{ from: '2026-11-16', to: addDays(due, 5) }]);
    expect(mediate?.due && mediate.due > addDays(due, 5)).toBe(true);
  });
});

describe('a run that meets trouble', () => {
  test('does the other cases, says which failed, and fails so that an alarm is raised', async () => {
    const cases = createMemoryCaseStore();
    const [bad, good] = [
      await keep(cases, stepsTo('distributed', 1)),
      await keep(cases, stepsTo('distributed', 2)),
    ];
    const broken = {
      ...cases,
      case: async (number: string) => {
        if (number === bad.number) throw new TypeError('unreadable');
        return cases.case(number);
      },
    };
    const deps: House = { ...house({}, cases), cases: broken };
    deps.clock.at = tenOn('2026-11-24');
    await expect(watch(deps)).rejects.toThrow('1 case(s) failed');
    expect(await written(good, deps)).toHaveLength(1);
    expect(deps.logged).toContainEqual({
      code: 'case-failed',
      facts: { number: bad.number, error: 'TypeError' },
    });
  });

  test('a case that is due by old settings only learns its new time, and is found no more', async () => {
    const deps = house({ reminders: [], escalation: [] });
    const found = await keep(deps.cases, stepsTo('distributed'));
    deps.clock.at = tenOn('2026-11-24');
    await watch(deps);
    await watch(deps);
    expect(await written(found, deps)).toEqual(['2026-11-24 10:00 dates-recounted']);
    expect((await deps.cases.case(found.number))?.watchAt).toBeUndefined();
  });

  test('more than can be done in the time is left for the next run', async () => {
    const deps = house();
    for (let draw = 0; draw < 30; draw += 1) await keep(deps.cases, stepsTo('distributed', draw));
    deps.clock.at = tenOn('2026-11-24');
    const slow: House = {
      ...deps,
      now: () => new Date(deps.clock.at),
      cases: {
        ...deps.cases,
        case: async (number) => {
          deps.clock.at = new Date(Date.parse(deps.clock.at) + 1_500).toISOString();
          return deps.cases.case(number);
        },
      },
    };
    await watch(slow);
    expect(deps.logged.at(-1)).toEqual({
      code: 'watched',
      facts: { cases: 20, steps: 20, failed: 0, left: 10 },
    });
    await watch(slow);
    expect(deps.logged.at(-1)).toEqual({
      code: 'watched',
      facts: { cases: 10, steps: 10, failed: 0, left: 0 },
    });
  });
});

describe('dates are counted again when a year is loaded', () => {
  const YEAR = {
    off: [
      ['2026-12-31', '2027-01-04'],
      ['2027-02-05', '2027-02-11'],
    ] as [string, string][],
    worked: [],
    source: 'https://www.gov.cn/',
  };
  const inDecember = async (deps: House, draw: number, day: string) => {
    const [first, ...rest] = stepsTo('distributed', draw, tenOn(day));
    if (first === undefined) throw new Error('no case');
    return keep(deps.cases, [first, ...rest]);
  };
  const acceptOf = async (found: Case, deps: House) =>
    (await deps.cases.case(found.number))?.clocks.find(({ id }) => id === 'accept');

  test('the event says which clocks, from which day to which; a provisional date becomes a firm one', async () => {
    const deps = house();
    const found = await inDecember(deps, 1, '2026-12-24');
    expect(await acceptOf(found, deps)).toMatchObject({ due: '2027-01-04', provisional: true });
    await deps.calendar.load(2027, YEAR);
    deps.clock.at = tenOn('2026-12-25');
    await recountDates(deps);
    expect(await acceptOf(found, deps)).toMatchObject({ due: '2027-01-07', provisional: false });
    expect((await lastEvent(found, deps)).facts).toEqual({
      clocks: [{ clock: 'accept', from: '2027-01-04', due: '2027-01-07', provisional: false }],
    });
  });

  test('a firm date in the last week of the year before moves too', async () => {
    const deps = house();
    const found = await inDecember(deps, 1, '2026-12-22');
    expect(await acceptOf(found, deps)).toMatchObject({ due: '2026-12-31', provisional: false });
    await deps.calendar.load(2027, YEAR);
    deps.clock.at = tenOn('2026-12-25');
    await recountDates(deps);
    expect(await acceptOf(found, deps)).toMatchObject({ due: '2027-01-05', provisional: false });
  });

  test('every day without a new notice writes nothing, also for dates that stay provisional', async () => {
    const deps = house();
    const found = await inDecember(deps, 1, '2026-12-24');
    for (const day of ['2026-12-25', '2026-12-26', '2026-12-27']) {
      deps.clock.at = tenOn(day);
      await recountDates(deps);
    }
    expect((await deps.cases.case(found.number))?.version).toBe(found.version);
  });

  test('whoever was reminded of the old day is reminded of the new one', async () => {
    const deps = house();
    const found = await inDecember(deps, 1, '2026-12-22');
    await days('2026-12-23', '2026-12-30', deps);
    await deps.calendar.load(2027, YEAR);
    deps.clock.at = tenOn('2026-12-30');
    await recountDates(deps);
    await days('2026-12-31', '2027-01-06', deps);
    expect((await written(found, deps)).filter((line) => line.includes('accept'))).toEqual([
      '2026-12-30 08:30 reminded accept',
      '2027-01-05 08:30 reminded accept',
      '2027-01-06 08:30 escalated accept officer',
    ]);
  });
});
