import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { watch } from '../../functions/watch-deadlines/watch.ts';
import type { State } from '../../shared/case/life-cycle.ts';
import { addDays } from '../../shared/dates.ts';
import { context, follow, house, keep, stepsTo, take, WAYS } from '../unit/support.ts';

/* Deadlines are kept: an independent count, day by day, of who must be told of what and when. */

// Written out from the State Council's notice for 2026: November and December have no holidays.
const isWorked = (day: string) => {
  const weekday = new Date(`${day}T00:00:00Z`).getUTCDay();
  return weekday !== 0 && weekday !== 6;
};
/** The day that lies so many worked days after another. */
function workedDaysAfter(day: string, count: number): string {
  let found = day;
  for (let left = count; left > 0; ) {
    found = addDays(found, 1);
    if (isWorked(found)) left -= 1;
  }
  return found;
}

const FIRST = '2026-11-02';
const LAST = '2026-12-31';
const LEVELS = [
  ['officer', 1],
  ['head', 2],
  ['manager', 4],
] as const;

const begun = fc.record({
  /** Days after the first one on which the complaint comes in and is handed out. */
  day: fc.integer({ min: 0, max: 40 }),
  /** Worked days after that on which it is accepted and the complainant told; 0: never. */
  acceptedAfter: fc.integer({ min: 0, max: 14 }),
});
/** Hours of the day, Beijing time, at which the watch happens to run. */
const hours = fc.uniqueArray(fc.integer({ min: 0, max: 23 }), { minLength: 1, maxLength: 6 });

describe('the watch over random cases and random runs', () => {
  test('every late case is told to each level exactly once, on the right day', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(begun, { minLength: 1, maxLength: 6 }), hours, async (plans, runs) => {
        const deps = house();
        // At nine there is always a run: otherwise the right day would depend on the hours drawn.
        const times = [...new Set([9, ...runs])].sort((a, b) => a - b);
        const cases = plans.map(({ day, acceptedAfter }, draw) => {
          const received = addDays(FIRST, day);
          const due = workedDaysAfter(received, 7);
          const accepted = acceptedAfter === 0 ? undefined : workedDaysAfter(received, acceptedAfter);
          return { draw, received, due, accepted, number: '' };
        });

        for (let day = FIRST; day <= LAST; day = addDays(day, 1)) {
          for (const hour of times) {
            const at = new Date(`${day}T${String(hour).padStart(2, '0')}:00:00+08:00`).toISOString();
            deps.clock.at = at;
            if (hour === 9) {
              for (const plan of cases.filter(({ received }) => received === day)) {
                plan.number = (await keep(deps.cases, stepsTo('distributed', plan.draw, at))).number;
              }
            }
            await watch(deps);
            // Two at the same moment change nothing.
            await Promise.all([watch(deps), watch(deps)]);
          }
          for (const { number } of cases.filter(({ accepted }) => accepted === day)) {
            const evening = context(new Date(`${day}T18:00:00+08:00`).toISOString());
            const found = await deps.cases.case(number);
            if (found === undefined) throw new Error('the case is gone');
            const accepted = take(found, 'accept', undefined, evening);
            const told = take(accepted.after, 'tell', undefined, evening);
            expect(await deps.cases.commit({ steps: [accepted, told] })).toBe('committed');
          }
        }

        for (const { number, due, accepted } of cases) {
          const events = await deps.cases.history(number);
          const told = events
            .filter(({ type, facts }) => type === 'escalated' && facts.clock === 'accept')
            .map(({ facts, on }) => `${String(facts.to)} ${on}`);
          const expected = LEVELS.map(([to, late]) => ({ to, on: workedDaysAfter(due, late) }))
            // A step in the evening comes after that day's watch.
            .filter(({ on }) => on <= LAST && (accepted === undefined || on <= accepted))
            .map(({ to, on }) => `${to} ${on}`);
          expect(told).toEqual(expected);

          const isLate = accepted === undefined ? due < LAST : accepted > due;
          const clock = (await deps.cases.case(number))?.clocks.find(({ id }) => id === 'accept');
          if (expected.length > 0) expect(clock?.lateOwner).toEqual({ unit: '33020301' });
          if (!isLate) expect(clock).not.toHaveProperty('lateOwner');
        }
      }),
      { numRuns: 12 },
    );
  }, 60_000);

  test('whatever state a complaint is in, one run leaves nothing that is due at that moment', async () => {
    const states = Object.keys(WAYS.complaint) as State[];
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(...states), fc.integer({ min: 0, max: 120 }), async (state, later) => {
        const deps = house();
        const found = await keep(deps.cases, follow(stepsTo(state), []));
        const day = addDays('2026-11-16', later);
        deps.clock.at = new Date(`${day}T10:00:00+08:00`).toISOString();
        await watch(deps);
        // Five steps a run, and no case has more than a handful of clocks.
        await watch(deps);
        await watch(deps);
        const onDuty = isWorked(day);
        const due = await deps.cases.dueForWatch('330200', deps.clock.at, 10);
        if (onDuty) expect(due).toEqual([]);
        else expect((await deps.cases.case(found.number))?.version).toBe(found.version);
      }),
      { numRuns: 200 },
    );
  }, 60_000);
});
