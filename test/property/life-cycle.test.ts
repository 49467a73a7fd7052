import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Case } from '../../shared/case/case.ts';
import { type Action, STATES, TRANSITIONS } from '../../shared/case/life-cycle.ts';
import {
  accept,
  distribute,
  NotAllowedNow,
  nextDue,
  refer,
  refuse,
  returnToHub,
  type Step,
  type StepContext,
  settle,
  terminate,
} from '../../shared/case/steps.ts';
import { fold, incrementsOf } from '../../shared/statistics/counters.ts';
import { driftBetween } from '../../shared/statistics/drift.ts';
import { createMemoryCaseStore } from '../../shared/store/memory-case-store.ts';
import { createMemoryStatisticsStore } from '../../shared/store/memory-statistics-store.ts';
import {
  context,
  IDENTITY,
  MONDAY,
  registered,
  STATION_A1,
  STATION_A2,
  STATION_B1,
} from '../unit/support.ts';

interface Move {
  action: Action;
  station: string[];
  sum: number;
  days: number;
}
const move: fc.Arbitrary<Move> = fc.record({
  // Handing out and back more often than the others, so that walks grow long.
  action: fc.constantFrom<Action>(
    'distribute',
    'distribute',
    'return',
    'return',
    ...(Object.keys(TRANSITIONS) as Action[]),
  ),
  station: fc.constantFrom(STATION_A1, STATION_A2, STATION_B1),
  sum: fc.integer({ min: 0, max: 1_000_000 }),
  days: fc.nat(20),
});

const TAKE: Record<Action, (before: Case, move: Move, context: StepContext) => Step> = {
  distribute: (c, { station }, x) => distribute(c, { unitPath: station }, 'dispatcher', x),
  refer: (c, _, x) => refer(c, { reason: 'address-missing', candidates: [] }, x),
  return: (c, _, x) => returnToHub(c, { reason: 'unclear' }, x),
  accept: (c, _, x) => accept(c, x),
  refuse: (c, _, x) => refuse(c, { ground: 'art16-3' }, x),
  settle: (c, { sum }, x) => settle(c, { agreedFen: sum, provenFen: Math.floor(sum / 2) }, x),
  terminate: (c, _, x) => terminate(c, { ground: 'art23-2' }, x),
};

function walk(moves: readonly Move[]): Step[] {
  const steps = [registered(1)];
  let now = Date.parse(MONDAY);
  for (const next of moves) {
    now += next.days * 86_400_000;
    const before = (steps.at(-1) as Step).after;
    try {
      steps.push(TAKE[next.action](before, next, context(new Date(now).toISOString())));
    } catch (error) {
      if (!(error instanceof NotAllowedNow)) throw error;
      expect(TRANSITIONS[next.action].from).not.toContain(before.state);
    }
  }
  return steps;
}
const walks = fc.array(move, { maxLength: 30 }).map(walk);

test('walks go far enough to say something', () => {
  const sample = fc.sample(walks, { numRuns: 200, seed: 1 });
  const ends = new Set(sample.map((steps) => steps.at(-1)?.after.state));
  expect(ends).toEqual(new Set(Object.keys(STATES)));
  expect(Math.max(...sample.map((steps) => steps.length))).toBeGreaterThan(6);
});

test('on every walk the version counts the events, and each event has an id of its own', () => {
  fc.assert(
    fc.property(walks, (steps) => {
      for (const [index, { after, event }] of steps.entries()) {
        expect([after.version, event.version]).toEqual([index + 1, index + 1]);
        expect(event.number).toBe(steps[0]?.after.number);
      }
      expect(new Set(steps.map(({ event }) => event.id)).size).toBe(steps.length);
    }),
  );
});

test('on every walk a clock runs exactly while somebody owes a step', () => {
  fc.assert(
    fc.property(walks, (steps) => {
      for (const { after } of steps) {
        expect(nextDue(after) === undefined, after.state).toBe(STATES[after.state].final);
        const runs = (id: 'distribute' | 'accept' | 'mediate') =>
          after.clocks[id] !== undefined && after.clocks[id]?.stopped === undefined;
        expect(runs('distribute')).toBe(after.state === 'received' || after.state === 'at-hub');
        expect(runs('mediate')).toBe(after.state === 'accepted');
        if (after.state === 'distributed') expect(runs('accept')).toBe(true);
        if (STATES[after.state].final || after.state === 'accepted') expect(runs('accept')).toBe(false);
      }
    }),
  );
});

test('on every walk the seven days are those of the county that has the case, and never begin again within it', () => {
  fc.assert(
    fc.property(walks, (steps) => {
      for (const [index, { after }] of steps.entries()) {
        if (after.state !== 'distributed') continue;
        expect(after.clocks.accept?.authority).toBe(after.unitPath[1]);
        const before = steps[index - 1]?.after.clocks.accept;
        if (before?.authority === after.unitPath[1]) expect(after.clocks.accept).toEqual(before);
        else expect(after.clocks.accept?.start).toBe(steps[index]?.event.on);
      }
    }),
  );
});

test('on every walk the case is at the hub or at a station, as its state says', () => {
  fc.assert(
    fc.property(walks, (steps) => {
      for (const { after } of steps) {
        const atHub = after.state === 'received' || after.state === 'at-hub';
        expect(after.unitPath).toHaveLength(atHub ? 1 : 3);
        expect(after.hubReason === undefined).toBe(after.state !== 'at-hub');
      }
    }),
  );
});

test('on every walk the statistics are the recount of the history as it is stored', async () => {
  await fc.assert(
    fc.asyncProperty(walks, async (steps) => {
      const cases = createMemoryCaseStore();
      const statistics = createMemoryStatisticsStore();
      const [first, ...others] = steps as [Step, ...Step[]];
      await cases.register(first, IDENTITY, undefined);
      for (const step of others) expect(await cases.commit(step)).toBe('committed');
      await statistics.tally(steps.map(({ event }) => event));
      const history = await cases.history(first.after.number);
      expect(history).toHaveLength(steps.length);
      expect(driftBetween(await statistics.allCounts(), fold(history.flatMap(incrementsOf)))).toEqual([]);
      // A case ends once, and is accepted once.
      const count = (...types: string[]) => history.filter(({ type }) => types.includes(type)).length;
      expect(count('refused', 'settled', 'terminated')).toBeLessThanOrEqual(1);
      expect(count('accepted')).toBeLessThanOrEqual(1);
      expect(count('registered')).toBe(1);
    }),
    { numRuns: 60 },
  );
});
