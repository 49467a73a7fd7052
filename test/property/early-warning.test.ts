import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { addDays } from '../../shared/dates.ts';
import { type Alarm, alarmSchema } from '../../shared/early-warning/alarm.ts';
import { chanceOf, type Usual } from '../../shared/early-warning/chance.ts';
import { detect } from '../../shared/early-warning/detect.ts';
import type { Signal } from '../../shared/early-warning/signal.ts';
import { keyed, quietWeeks, signal, TODAY } from '../unit/early-warning-signals.ts';
import { calendar } from '../unit/support.ts';

const usual: fc.Arbitrary<Usual> = fc.record({
  count: fc.nat(2_000),
  days: fc.integer({ min: 14, max: 60 }),
  average: fc.double({ min: 0.001, max: 10, noNaN: true }),
  dispersion: fc.double({ min: 1, max: 5, noNaN: true }),
});

test('chance is a probability: less for more complaints, more for a longer period', () => {
  fc.assert(
    fc.property(usual, fc.integer({ min: 1, max: 80 }), fc.integer({ min: 1, max: 7 }), (known, x, days) => {
      const [here, more, longer] = [
        chanceOf(x, known, days),
        chanceOf(x + 1, known, days),
        chanceOf(x, known, days + 1),
      ];
      expect(here).toBeGreaterThanOrEqual(0);
      expect(here).toBeLessThanOrEqual(1);
      expect(more).toBeLessThanOrEqual(here);
      expect(longer).toBeGreaterThanOrEqual(here * (1 - 1e-9));
    }),
  );
});

const base = quietWeeks(addDays(TODAY, 7));
const burst = fc.array(
  fc.record({ days: fc.integer({ min: 0, max: 6 }), shop: fc.nat(2), food: fc.boolean() }),
  { maxLength: 25 },
);
const signalsOf = (rows: readonly { days: number; shop: number; food: boolean }[]): Signal[] =>
  rows.map(({ days, shop, food }) =>
    signal(addDays(TODAY, days), {
      business: keyed(`shop ${shop}`),
      cause: keyed(`shop ${shop}`),
      flags: food ? ['food-safety'] : ['refund'],
    }),
  );
const look = (signals: readonly Signal[], day: string, earlier: readonly Alarm[]) =>
  detect({ day, signals, calendar, earlier, at: `${day}T10:00:00.000Z` });

/** Seven days one after the other, as the schedule runs. */
function week(signals: readonly Signal[]): Map<string, Alarm> {
  const alarms = new Map<string, Alarm>();
  for (let days = 0; days < 7; days += 1) {
    for (const one of look(signals, addDays(TODAY, days), [...alarms.values()])) alarms.set(one.id, one);
  }
  return alarms;
}

test('in whatever order signals come, the alarms are the same; looked for twice, nothing changes', () => {
  fc.assert(
    fc.property(burst, fc.integer(), (rows, seed) => {
      const all = [...base, ...signalsOf(rows)];
      const alarms = week(all);
      const mixed = [...all].sort((one, other) =>
        keyed(`${seed} ${one.number}`) < keyed(`${seed} ${other.number}`) ? -1 : 1,
      );
      expect(week(mixed)).toEqual(alarms);
      const last = addDays(TODAY, 6);
      for (const again of look(all, last, [...alarms.values()])) expect(again).toBe(alarms.get(again.id));
    }),
    { numRuns: 40 },
  );
});

test('an alarm can be kept and read; its cases are its own, each once, and one burst of a shop makes no two alarms', () => {
  fc.assert(
    fc.property(burst, (rows) => {
      const planted = signalsOf(rows);
      const alarms = [...week([...base, ...planted]).values()];
      for (const one of alarms) {
        expect(alarmSchema.parse(JSON.parse(JSON.stringify(one)))).toEqual(JSON.parse(JSON.stringify(one)));
        expect(new Set(one.cases).size).toBe(one.cases.length);
        expect(one.firstDay <= one.lastDay).toBe(true);
        expect(one.found.observed).toBeGreaterThan(one.found.expected);
      }
      const keys = alarms.map(({ watch, key }) => `${watch} ${key}`);
      expect(new Set(keys).size).toBe(keys.length);
    }),
    { numRuns: 40 },
  );
});
