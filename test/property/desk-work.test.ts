import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { makeCaseNumber, numbersNear } from '../../shared/case/case-number.ts';
import { type Job, type Move, proposeHandOver, proposeRebalance } from '../../shared/desk-work/load.ts';
import { projectSurge } from '../../shared/desk-work/surge.ts';

const OFFICERS = ['a', 'b', 'c', 'd', 'e'];
const jobs = fc
  .array(
    fc.record({
      officer: fc.option(fc.constantFrom(...OFFICERS), { nil: undefined }),
      weight: fc.constantFrom(1, 2, 3, 5, 8, 10, 12),
      fixed: fc.option(fc.constantFrom('started' as const, 'leased' as const), { nil: undefined }),
      due: fc.constantFrom('2026-11-16', '2026-11-20', '9999-12-31'),
    }),
    { maxLength: 80 },
  )
  .map((all) => all.map((one, n): Job => ({ ...one, number: makeCaseNumber('2026-11-16', n), version: 1 })));
const present = fc.subarray(OFFICERS);

const loads = (all: readonly Job[]) =>
  OFFICERS.map((officer) =>
    all.filter((job) => job.officer === officer).reduce((sum, { weight }) => sum + weight, 0),
  );
const after = (all: readonly Job[], moves: readonly Move[]) =>
  all.map((job) => ({
    ...job,
    officer: moves.find(({ number }) => number === job.number)?.to ?? job.officer,
  }));

/** What holds for every proposal: real cases, each once, from who has it to somebody who is there. */
function isSound(all: readonly Job[], there: readonly string[], moves: readonly Move[]): void {
  expect(new Set(moves.map(({ number }) => number)).size).toBe(moves.length);
  for (const { number, from, to, weight } of moves) {
    expect(all.find((job) => job.number === number)).toMatchObject({ officer: from, weight });
    expect(there).toContain(to);
    expect(to).not.toBe(from);
  }
  const total = (some: readonly Job[]) => loads(some).reduce((sum, one) => sum + one, 0);
  expect(total(after(all, moves))).toBe(total(all));
}

test('a proposal never makes the largest load larger, loses no case, and gives nothing to who is away', () => {
  fc.assert(
    fc.property(jobs, present, fc.constantFrom(1, 3, 12, 30), (all, there, tolerance) => {
      const moves = proposeRebalance(all, there, tolerance);
      isSound(all, there, moves);
      expect(Math.max(...loads(after(all, moves)))).toBeLessThanOrEqual(Math.max(...loads(all)));
      for (const { number } of moves) expect(all.find((job) => job.number === number)?.fixed).toBeUndefined();
    }),
  );
});

test('where every case may move, those who are there end within the tolerance of the heaviest case', () => {
  fc.assert(
    fc.property(jobs, fc.integer({ min: 12, max: 40 }), (all, tolerance) => {
      const free = all.map((job) => ({ ...job, fixed: undefined }));
      const even = loads(after(free, proposeRebalance(free, OFFICERS, tolerance)));
      expect(Math.max(...even) - Math.min(...even)).toBeLessThanOrEqual(tolerance);
    }),
  );
});

test('a hand-over takes all from who is away that nobody is working on, and gives it to who is there', () => {
  fc.assert(
    fc.property(jobs, present, fc.constantFrom(...OFFICERS, undefined), (all, some, standIn) => {
      const there = some.filter((officer) => officer !== 'a');
      const moves = proposeHandOver('a', all, there, standIn);
      isSound(all, there, moves);
      const own = all.filter(({ officer, fixed }) => officer === 'a' && fixed !== 'leased');
      expect(moves).toHaveLength(there.length === 0 ? 0 : own.length);
    }),
  );
});

test('as many officers as a surge is said to need keep every limit; fewer do not, or the heap only grows', () => {
  const input = fc.record({
    arrivals: fc.nat(60),
    factor: fc.integer({ min: 1, max: 50 }),
    officers: fc.nat(20),
    perOfficer: fc.integer({ min: 1, max: 30 }),
    limitDays: fc.integer({ min: 1, max: 15 }),
    backlog: fc.array(fc.integer({ min: -1, max: 8 }), { maxLength: 60 }),
  });
  fc.assert(
    fc.property(input, (given) => {
      const needed = projectSurge(given).officersNeeded ?? 0;
      const enough = projectSurge({ ...given, officers: needed });
      expect(enough.breaksOn).toBeNull();
      // With just as many done as come in, what waits within its limit stays as it is.
      if (needed * given.perOfficer > given.arrivals + 1) expect(enough.clearedAfter).not.toBeNull();
      if (needed === 0) return;
      const fewer = projectSurge({ ...given, officers: needed - 1 });
      const grows = given.arrivals > (needed - 1) * given.perOfficer;
      expect(fewer.breaksOn !== null || grows).toBe(true);
    }),
  );
});

test('whatever single slip somebody makes, the number meant is found', () => {
  const slip = fc.record({
    draw: fc.nat(999_999),
    place: fc.nat(12),
    digit: fc.nat(9),
    what: fc.constantFrom('wrong', 'swapped', 'left-out', 'too-many'),
  });
  fc.assert(
    fc.property(slip, ({ draw, place, digit, what }) => {
      const number = makeCaseNumber('2026-11-16', draw);
      const digits = number.replaceAll('-', '');
      const [before, here, next, rest] = [
        digits.slice(0, place),
        digits[place] ?? '',
        digits[place + 1] ?? '',
        digits.slice(place + 2),
      ];
      const written = {
        wrong: `${before}${digit}${next}${rest}`,
        swapped: `${before}${next}${here}${rest}`,
        'left-out': `${before}${next}${rest}`,
        'too-many': `${before}${digit}${here}${next}${rest}`,
      }[what];
      if (written === digits) return;
      expect(numbersNear(written, '2026-11-16')).toContain(number);
    }),
  );
});
