import { describe, expect, test } from 'vitest';
import { makeCaseNumber, numbersNear } from '../../shared/case/case-number.ts';
import { factsOf, isUndoable, mayBegin, undoOf } from '../../shared/desk-work/bulk.ts';
import { givenBack, isHeld, leaseFrom, leaseOfAnother, mayBreak } from '../../shared/desk-work/lease.ts';
import { dayOf, saysAll, termsOf } from '../../shared/desk-work/list-filter.ts';
import {
  daysLeft,
  isStartedToday,
  type Job,
  loadOf,
  proposeHandOver,
  proposeRebalance,
  weightOf,
} from '../../shared/desk-work/load.ts';
import { projectSurge } from '../../shared/desk-work/surge.ts';
import { ROLES, type Role } from '../../shared/people/roles.ts';
import { calendar, caseIn, context, follow, MONDAY, registered, stepsTo, take, tenOn } from './support.ts';

const NUMBER = makeCaseNumber('2026-11-16', 483_729);
const later = (minutes: number) => new Date(Date.parse(MONDAY) + minutes * 60_000).toISOString();

describe('a lease', () => {
  const lease = leaseFrom(NUMBER, 'officer-a1', MONDAY, undefined);

  test('keeps others off for five minutes, and never its holder', () => {
    expect(lease).toMatchObject({ until: later(5), version: 1 });
    expect(leaseOfAnother(lease, 'officer-a2', later(4.99))).toBe(lease);
    expect(leaseOfAnother(lease, 'officer-a2', later(5))).toBeUndefined();
    expect(leaseOfAnother(lease, 'officer-a1', MONDAY)).toBeUndefined();
    expect(leaseOfAnother(undefined, 'officer-a2', MONDAY)).toBeUndefined();
  });

  test('given back is over at that moment; each change is a version of its own', () => {
    const over = givenBack(lease, later(1));
    expect([isHeld(over, later(1)), over.version]).toEqual([false, 2]);
    expect(leaseFrom(NUMBER, 'officer-a2', later(2), over).version).toBe(3);
  });

  test('may be broken by heads and managers alone', () => {
    const roles = (Object.keys(ROLES) as Role[]).filter((role) => mayBreak({ role }));
    expect(roles).toEqual(['head', 'manager']);
  });
});

describe('a number with one slip in it', () => {
  const digits = NUMBER.replaceAll('-', '');
  const [a, b] = [digits.slice(0, 7), digits.slice(7)];

  test.each([
    ['a wrong digit', `${a}${(Number(b[0]) + 1) % 10}${b.slice(1)}`],
    ['two neighbours changed over', `${digits.slice(0, 6)}8437292`.replace(/2$/, digits.slice(-1))],
    ['one left out', `${a}${b.slice(1)}`],
    ['one too many', `${a}7${b}`],
    ['in full width and with spaces', ` ${a}${b.slice(1)} `.normalize('NFKD')],
  ])('%s: the one that was meant is among a few', (_, written) => {
    const near = numbersNear(written, '2026-11-16');
    expect(near).toContain(NUMBER);
    expect(near.length).toBeLessThan(30);
  });

  test('what is right, or far from right, is not guessed at; nor a day that is still to come', () => {
    expect(numbersNear(NUMBER, '2026-11-16')).toEqual([]);
    expect(numbersNear('12345', '2026-11-16')).toEqual([]);
    expect(numbersNear(`${a}${b.slice(1)}`, '2026-11-15').every((one) => one < '261116')).toBe(true);
  });
});

describe('days and words', () => {
  test('a word for a day means another day every day', () => {
    expect(['overdue', 'today', 'tomorrow', '2026-12-01'].map((word) => dayOf(word, '2026-11-30'))).toEqual([
      '2026-11-29',
      '2026-11-30',
      '2026-12-01',
      '2026-12-01',
    ]);
  });

  test('each word must stand somewhere, however wide or large it is written', () => {
    const found = registered(1, MONDAY, {
      text: '买到ＡＢＣ牌奶粉，有异味',
      business: { name: '某超市' },
    }).after;
    expect(saysAll(found, termsOf('abc 奶粉'))).toBe(true);
    expect(saysAll(found, termsOf('奶粉，超市'))).toBe(true);
    expect(saysAll(found, termsOf('奶粉 酱油'))).toBe(false);
  });
});

describe('what a case weighs', () => {
  // Monday 16 November 2026; the weekend does not count.
  test.each([
    ['2026-11-13', -1],
    ['2026-11-16', 0],
    ['2026-11-17', 1],
    ['2026-11-20', 4],
    ['2026-11-22', 4],
    ['2026-11-23', 5],
    ['2027-11-16', 8],
  ])('due on %s it has %d working days left', (due, left) => {
    expect(daysLeft('2026-11-16', due, calendar)).toBe(left);
  });

  test('grows with the days that pass, and least while its period is stopped', () => {
    const found = caseIn('distributed');
    const weights = ['2026-11-16', '2026-11-20', '2026-11-24', '2026-11-25', '2026-11-26'].map((day) =>
      weightOf(found, day, calendar),
    );
    expect(weights).toEqual([3, 5, 8, 10, 12]);
    expect(weightOf(caseIn('testing'), '2026-11-16', calendar)).toBeLessThanOrEqual(3);
  });

  test('handed out today nobody has begun; accepted today somebody has', () => {
    expect(isStartedToday(caseIn('distributed'), '2026-11-16')).toBe(false);
    expect(isStartedToday(caseIn('accepted'), '2026-11-16')).toBe(true);
    expect(isStartedToday(caseIn('accepted'), '2026-11-17')).toBe(false);
  });
});

const job = (n: number, officer: string | undefined, weight: number, more: Partial<Job> = {}): Job => ({
  number: makeCaseNumber('2026-11-16', n),
  version: 3,
  officer,
  weight,
  due: '2026-11-20',
  ...more,
});

describe('a proposal', () => {
  const heavy = [1, 2, 3, 4].map((n) => job(n, 'a', 10));

  test('moves as few as even it out, from the most to the least loaded', () => {
    const moves = proposeRebalance(heavy, ['a', 'b']);
    expect(moves.map(({ from, to, weight }) => [from, to, weight])).toEqual([
      ['a', 'b', 10],
      ['a', 'b', 10],
    ]);
    expect(proposeRebalance(heavy, ['a', 'b'], 1_000)).toEqual([]);
  });

  test('leaves what was begun today and what is being worked on', () => {
    const fixed = heavy.map((one, n): Job => ({ ...one, fixed: n % 2 === 0 ? 'started' : 'leased' }));
    expect(proposeRebalance(fixed, ['a', 'b'])).toEqual([]);
  });

  test('hands what an absent officer has to the stand-in, or to those with the least', () => {
    const jobs = [...heavy, job(5, 'b', 12), job(6, 'a', 5, { fixed: 'leased' })];
    const toStandIn = proposeHandOver('a', jobs, ['b', 'c'], 'b');
    expect(toStandIn.map(({ to }) => to)).toEqual(['b', 'b', 'b', 'b']);
    // The stand-in is away, too.
    expect(proposeHandOver('a', jobs, ['c', 'd'], 'b').map(({ to }) => to)).toEqual(['c', 'd', 'c', 'd']);
    expect(proposeHandOver('a', jobs, ['a'], undefined)).toEqual([]);
  });

  test('is made from loads that name who is away', () => {
    const absences = [{ officer: 'b', from: '2026-11-16', until: '2026-11-16', standIn: 'a' }];
    const jobs = [
      job(1, 'a', 5, { due: '2026-11-17' }),
      job(2, 'a', 12, { due: '2026-11-13' }),
      job(3, 'z', 1),
    ];
    expect(loadOf(jobs, ['a', 'b'], absences, '2026-11-16')).toMatchObject([
      { officer: 'a', cases: 2, weight: 17, overdue: 1, dueTomorrow: 1, absent: false },
      // Somebody who has left and still has a case.
      { officer: 'z', cases: 1 },
      { officer: 'b', cases: 0, absent: true, standIn: 'a' },
    ]);
    expect(loadOf(jobs, ['b'], absences, '2026-11-17').find(({ officer }) => officer === 'b')?.absent).toBe(
      false,
    );
  });
});

describe('a day with twenty times the usual', () => {
  const usual = { arrivals: 10, factor: 20, officers: 2, perOfficer: 8, limitDays: 7, backlog: [] };

  test('breaks the seven days when 200 cases meet 16 a day, on the day they are due', () => {
    expect(projectSurge(usual)).toEqual({
      breaksOn: 7,
      lateThen: 200 - 8 * 16,
      officersNeeded: 4,
      // 184 are left of the first day, and six fewer each day.
      clearedAfter: 29,
    });
  });

  test('is kept by as many officers as it says, and by no fewer', () => {
    expect(projectSurge({ ...usual, officers: 4 }).breaksOn).toBeNull();
    expect(projectSurge({ ...usual, officers: 3 }).breaksOn).toBe(7);
  });

  test('what is overdue already breaks today; nobody at work never clears it', () => {
    const nobody = projectSurge({ ...usual, officers: 0, backlog: [-1, 0, 3] });
    expect(nobody).toMatchObject({ breaksOn: 0, lateThen: 2, clearedAfter: null });
    expect(projectSurge({ ...usual, perOfficer: 0 }).officersNeeded).toBeNull();
  });
});

describe('an order on many cases', () => {
  const bulk = { bulk: 'id', was: [] as readonly string[] };

  test('is handed out from the hub only, assigned wherever the life cycle lets', () => {
    expect(mayBegin('distribute', caseIn('at-hub'))).toBe(true);
    expect(mayBegin('distribute', caseIn('distributed'))).toBe(false);
    expect(mayBegin('assign', caseIn('distributed'))).toBe(true);
  });

  test('is undone by the officer before, or by nobody; of two before nobody knows who', () => {
    const found = caseIn('distributed');
    const of = (was: readonly string[]) => ({ type: 'assigned' as const, facts: { ...bulk, was } });
    expect(undoOf('id', found, of(['officer-a1']))).toEqual({
      action: 'assign',
      sent: { undoes: 'id', officer: 'officer-a1' },
    });
    expect(undoOf('id', found, of([]))?.action).toBe('unassign');
    expect(undoOf('id', found, of(['a', 'b']))).toBeUndefined();
    expect(factsOf('id', { officers: ['a'] })).toEqual({ bulk: 'id', was: ['a'] });
  });

  test('handed out is called back, and the hub’s day goes on from where it was counted', () => {
    const late = tenOn('2026-11-17');
    const handedOut = follow(stepsTo('at-hub'), ['distribute'], late).at(-1);
    if (handedOut === undefined) throw new Error('no step');
    const undo = undoOf('id', handedOut.after, { type: 'distributed', facts: bulk });
    expect(undo).toEqual({ action: 'recall', sent: { undoes: 'id', since: '2026-11-16' } });
    const back = take(handedOut.after, 'recall', undo?.sent, context(late)).after;
    expect(back).toMatchObject({
      state: 'at-hub',
      unitPath: ['330200'],
      officers: [],
      hubReason: 'recalled',
    });
    const hub = stepsTo('at-hub')
      .at(-1)
      ?.after.clocks.find(({ id }) => id === 'distribute');
    expect(back.clocks.findLast(({ id }) => id === 'distribute')).toMatchObject({
      start: hub?.start,
      due: hub?.due,
    });
    // The unit's seven days run on, as after a return: nobody gains one by a slip.
    expect(back.clocks.find(({ id }) => id === 'accept')).not.toHaveProperty('stopped');
  });

  test('may be undone for ten minutes', () => {
    expect([10, 10.01].map((minutes) => isUndoable({ at: MONDAY }, later(minutes)))).toEqual([true, false]);
  });
});
