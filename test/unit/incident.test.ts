import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { DEFAULT_SETTINGS } from '../../shared/law/bureau-settings.ts';
import {
  dismiss,
  type Growth,
  grow,
  type Incident,
  isOver,
  type Member,
  trendOf,
} from '../../shared/matter/incident.ts';
import { MONDAY } from './support.ts';

const SETTINGS = DEFAULT_SETTINGS.incidents;
const NAMED = { id: 'c0ffee', kind: 'business' } as const;
const after = (hours: number) => new Date(Date.parse(MONDAY) + hours * 3_600_000).toISOString();
const member = (n: number, hours: number, more: Partial<Member> = {}): Member => ({
  number: `261116-${String(n).padStart(6, '0')}-0`,
  at: after(hours),
  counted: true,
  claimedFen: 10_000,
  unitPath: ['330200', '330203', '33020302'],
  ...more,
});

/** All complaints one after the other, as the triage meets them. */
function gathered(members: readonly Member[], start?: Incident) {
  const told: [number, Growth['tell']][] = [];
  let now = start;
  members.forEach((one, index) => {
    const growth = grow(now, members.slice(0, index), one, NAMED, SETTINGS);
    now = growth.after;
    if (growth.tell !== undefined) told.push([index + 1, growth.tell]);
  });
  return { incident: now as Incident, told };
}

const people = (count: number, everyHours: number, from = 0) =>
  Array.from({ length: count }, (_, n) => member(n + from, (n + from) * everyHours));

test('five people on one day are one; staff is told when it begins and when it has doubled, not in between', () => {
  const { incident, told } = gathered(people(21, 1));
  expect(told).toEqual([
    [5, 'begun'],
    [10, 'doubled'],
    [20, 'doubled'],
  ]);
  expect(incident).toMatchObject({
    state: 'open',
    cases: 21,
    people: 21,
    claimedFen: 210_000,
    since: after(0),
    lastAt: after(20),
    first: '261116-000000-0',
    units: ['330200', '330203', '33020302'],
    version: 21,
  });
});

test('four a day are none, ten within a week are one', () => {
  expect(gathered(people(4, 1)).told).toEqual([]);
  expect(gathered(people(9, 12)).told).toEqual([]);
  expect(gathered(people(10, 12)).told).toEqual([[10, 'begun']]);
});

test('one person who sends ten messages is no mass', () => {
  const one = people(10, 1).map((each, n) => ({ ...each, counted: n === 0 }));
  const { incident, told } = gathered(one);
  expect(told).toEqual([]);
  expect(incident).toMatchObject({ state: 'gathering', cases: 10, people: 1 });
});

test('a business with four complaints every day is taken for one at first, then for usual; twenty a day are not', () => {
  const usual = Array.from({ length: 160 }, (_, n) => member(n, (n - 160) * 6));
  const { incident, told } = gathered(usual);
  // Nothing is known of it in the first days; after two weeks it is.
  expect(told.filter(([n]) => n > 60)).toEqual([]);
  expect(incident.state).toBe('gathering');
  const burst = Array.from({ length: 20 }, (_, n) => member(1000 + n, n / 10));
  const began = burst.map((one, n) => [n + 1, one] as const);
  let now = incident;
  const tells: number[] = [];
  for (const [count, one] of began) {
    const growth = grow(now, [...usual, ...burst.slice(0, count - 1)], one, NAMED, SETTINGS);
    now = growth.after;
    if (growth.tell !== undefined) tells.push(count);
  }
  expect(tells).toHaveLength(1);
  expect(tells[0]).toBeGreaterThan(7);
  expect(Object.keys(now.days).length).toBeLessThanOrEqual(36);
});

describe('who looked and found none', () => {
  const dismissed = dismiss(gathered(people(6, 1)).incident, 'dispatcher-1', after(7));
  const more = (count: number) => {
    let now = dismissed;
    const told: number[] = [];
    for (let n = 1; n <= count; n += 1) {
      const growth = grow(now, people(6, 1), member(100 + n, 8 + n), NAMED, SETTINGS);
      now = growth.after;
      if (growth.tell !== undefined) told.push(n);
    }
    return { now, told };
  };
  test('is not asked again before it has doubled', () => {
    expect(more(5)).toMatchObject({ now: { state: 'dismissed', people: 11 }, told: [] });
    expect(more(6)).toMatchObject({ now: { state: 'open', people: 12, toldAt: 12 }, told: [6] });
    expect(more(6).now.dismissed).toBeUndefined();
  });
});

test('after a quiet week it is over, and the next wave is counted anew', () => {
  const wave = people(6, 1);
  const first = gathered(wave).incident;
  expect(isOver(first, after(5 + 7 * 24), SETTINGS)).toBe(false);
  expect(isOver(first, after(6 + 7 * 24), SETTINGS)).toBe(true);
  const { after: next, tell } = grow(first, wave, member(50, 400), NAMED, SETTINGS);
  expect(tell).toBeUndefined();
  expect(next).toMatchObject({ state: 'gathering', cases: 1, people: 1, since: after(400), version: 7 });
});

test('in whatever order they come, the same is counted', () => {
  fc.assert(
    fc.property(
      fc.uniqueArray(fc.nat(40), { minLength: 5, maxLength: 12 }),
      fc.infiniteStream(fc.boolean()),
      fc.nat(1_000),
      (hours, counted, seed) => {
        const members = hours.map((hour, n) => member(n, hour, { counted: counted.next().value }));
        const shuffled = [...members].sort(
          (a, b) =>
            ((a.at.length + seed * Number(a.number.slice(7, 13))) % 7) -
            ((b.at.length + seed * Number(b.number.slice(7, 13))) % 7),
        );
        const facts = ({ cases, people: many, claimedFen, since, lastAt }: Incident) => ({
          cases,
          many,
          claimedFen,
          since,
          lastAt,
        });
        expect(facts(gathered(shuffled).incident)).toEqual(facts(gathered(members).incident));
      },
    ),
  );
});

test('the trend is the last day against the day before', () => {
  const members = [0, 1, 30, 30.5, 31, 47].map((hours, n) => member(n, -hours));
  expect(trendOf(members, after(0.001))).toEqual({ lastDay: 2, dayBefore: 4 });
});
