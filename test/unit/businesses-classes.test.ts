import { describe, expect, test } from 'vitest';
import { GRADES } from '../../shared/businesses/business.ts';
import {
  type ClassProposal,
  type ComplaintOfBusiness,
  DEFAULT_CLASS_RULES,
  decideClass,
  PATROLS,
  proposeClass,
} from '../../shared/businesses/class-proposal.ts';
import { isWatched, putOnWatch, takeOffWatch } from '../../shared/businesses/watch-list.ts';
import { addDays } from '../../shared/dates.ts';
import { businessOf, codeOf, TODAY } from './businesses-support.ts';

const BUSINESS = businessOf(1, { grade: 'B' });
/** So many complaints of different people, one a day, the last one today. */
const complaints = (count: number, more: Partial<ComplaintOfBusiness> = {}): ComplaintOfBusiness[] =>
  Array.from({ length: count }, (_, n) => ({
    number: `c${n}`,
    receivedOn: addDays(TODAY, -n),
    outcome: 'open',
    person: `person ${n}`,
    ...more,
  }));
const propose = (found: readonly ComplaintOfBusiness[], past: readonly ClassProposal[] = [], on = TODAY) =>
  proposeClass(BUSINESS, found, past, on);

test('the worse the class, the more often it is visited', () => {
  expect(GRADES.map((grade) => PATROLS[grade].timesAYear)).toEqual([2, 4, 12, 24]);
});

describe('a class is proposed', () => {
  test('when ten people complain within a month, with the cases behind it and the visits that follow', () => {
    expect(propose(complaints(9))).toBeUndefined();
    expect(propose(complaints(10))).toEqual({
      creditCode: codeOf(1),
      name: BUSINESS.name,
      from: 'B',
      to: 'C',
      timesAYear: 12,
      reasons: [
        {
          rule: 'concentrated',
          people: 10,
          days: 30,
          cases: ['c9', 'c8', 'c7', 'c6', 'c5', 'c4', 'c3', 'c2', 'c1', 'c0'],
        },
      ],
      proposedOn: TODAY,
    });
  });

  test.each([
    ['three were upheld', complaints(3, { outcome: 'upheld' }), ['upheld'], 'C'],
    ['a report became a penalty case', complaints(1, { outcome: 'filed' }), ['filed'], 'C'],
    ['three did', complaints(3, { outcome: 'filed' }), ['upheld', 'filed', 'filed-often'], 'D'],
    ['food was unsafe again', complaints(3, { problem: 'food-safety' }), ['food-safety'], 'C'],
    ['cards are not honoured', complaints(5, { problem: 'prepaid-card' }), ['prepaid-card'], 'D'],
  ])('when %s', (_, found, rules, to) => {
    const proposal = propose(found);
    expect([proposal?.reasons.map(({ rule }) => rule), proposal?.to]).toEqual([rules, to]);
  });

  test('a bureau’s own numbers hold', () => {
    const [rule] = DEFAULT_CLASS_RULES.lower;
    const own = { ...DEFAULT_CLASS_RULES, lower: rule === undefined ? [] : [{ ...rule, people: 2 }] };
    expect(proposeClass(BUSINESS, complaints(2), [], TODAY, own)?.to).toBe('C');
  });

  test('nothing is worse than D', () => {
    expect(
      proposeClass({ ...BUSINESS, grade: 'D' }, complaints(30, { outcome: 'filed' }), [], TODAY),
    ).toBeUndefined();
  });

  test('one better after a year without complaint, if it has been there so long', () => {
    const since = { ...BUSINESS, from: addDays(TODAY, -365) };
    expect(proposeClass(since, [], [], TODAY)).toMatchObject({ to: 'A', reasons: [{ rule: 'quiet' }] });
    expect(proposeClass({ ...since, grade: 'A' }, [], [], TODAY)).toBeUndefined();
    expect(proposeClass({ ...since, from: addDays(TODAY, -364) }, [], [], TODAY)).toBeUndefined();
    expect(proposeClass(since, complaints(1), [], TODAY)).toBeUndefined();
    expect(proposeClass(since, complaints(1, { outcome: 'withdrawn' }), [], TODAY)?.to).toBe('A');
  });
});

describe('does not count', () => {
  test.each(['refused', 'withdrawn', 'joined'] as const)('what was %s', (outcome) => {
    expect(propose(complaints(30, { outcome }))).toBeUndefined();
  });

  test('what one person complains again and again', () => {
    expect(propose([...complaints(9), ...complaints(30, { person: 'always the same' })])).toBeUndefined();
    // Twice is nothing unusual: counted once.
    expect(propose([...complaints(9), ...complaints(2, { person: 'twice' })])?.reasons[0]?.people).toBe(10);
  });

  test('who complains all the time about everybody, unless he was found right', () => {
    expect(propose(complaints(10, { frequent: true }))).toBeUndefined();
    expect(propose(complaints(3, { frequent: true, outcome: 'upheld' }))?.to).toBe('C');
  });

  test('many without a name: together they are one person', () => {
    expect(propose(complaints(30, { person: undefined }))).toBeUndefined();
    expect(propose([...complaints(9), ...complaints(30, { person: undefined })])?.reasons[0]?.people).toBe(
      10,
    );
  });

  test('what lies before the days of the rule, or after today', () => {
    expect(propose(complaints(10), [], addDays(TODAY, 21))).toBeUndefined();
    expect(propose(complaints(10), [], addDays(TODAY, -1))).toBeUndefined();
  });
});

describe('a person decides', () => {
  const proposal = propose(complaints(10)) as ClassProposal;
  const declined = decideClass(proposal, {
    decision: 'declined',
    by: 'head-1',
    on: TODAY,
    why: '同行恶意投诉',
  });

  test('once, with who and why', () => {
    expect(declined.decided).toMatchObject({ decision: 'declined', by: 'head-1', why: '同行恶意投诉' });
    expect(() => decideClass(declined, { decision: 'accepted', by: 'head-2', on: TODAY, why: 'x' })).toThrow(
      RangeError,
    );
    expect(() => decideClass(proposal, { decision: 'accepted', by: 'head-1', on: TODAY, why: ' ' })).toThrow(
      RangeError,
    );
    expect(() => decideClass(proposal, { decision: 'accepted', by: '', on: TODAY, why: 'x' })).toThrow(
      RangeError,
    );
  });

  test('then the same reason is silent for half a year, another one is not', () => {
    const later = (days: number, more: Partial<ComplaintOfBusiness> = {}) => {
      const on = addDays(TODAY, days);
      return propose(
        complaints(10, more).map((one) => ({ ...one, receivedOn: addDays(one.receivedOn, days) })),
        [declined],
        on,
      );
    };
    expect(later(1)).toBeUndefined();
    expect(later(179)).toBeUndefined();
    expect(later(180)?.to).toBe('C');
    expect(later(1, { problem: 'food-safety' })?.reasons.map(({ rule }) => rule)).toEqual(['food-safety']);
  });

  test('what was accepted does not lower the class again the next day', () => {
    const accepted = decideClass(proposal, { decision: 'accepted', by: 'head-1', on: TODAY, why: '属实' });
    const tomorrow = addDays(TODAY, 1);
    expect(proposeClass({ ...BUSINESS, grade: 'C' }, complaints(10), [accepted], tomorrow)).toBeUndefined();
  });
});

describe('the watch-list', () => {
  const wanted = {
    creditCode: codeOf(1),
    name: BUSINESS.name,
    until: addDays(TODAY, 89),
    why: ['prepaid-card' as const],
    by: 'head-1',
  };

  test('holds a business from the first to the last day', () => {
    const entry = putOnWatch(undefined, wanted, TODAY);
    expect(entry).toEqual({ ...wanted, since: TODAY, version: 1 });
    expect([-1, 0, 89, 90].map((days) => isWatched(entry, addDays(TODAY, days)))).toEqual([
      false,
      true,
      true,
      false,
    ]);
  });

  test('kept on longer, it still tells since when; put on again later, it begins anew', () => {
    const entry = putOnWatch(undefined, wanted, TODAY);
    const on = addDays(TODAY, 30);
    expect(putOnWatch(entry, { ...wanted, until: addDays(on, 90) }, on)).toMatchObject({
      since: TODAY,
      version: 2,
    });
    const later = addDays(TODAY, 200);
    expect(putOnWatch(entry, { ...wanted, until: later }, later)).toMatchObject({ since: later, version: 2 });
  });

  test('taken off, it is off from that day, with who and why', () => {
    const on = addDays(TODAY, 10);
    const off = takeOffWatch(putOnWatch(undefined, wanted, TODAY), { on, by: 'head-1', why: '已整改' });
    expect([isWatched(off, addDays(on, -1)), isWatched(off, on)]).toEqual([true, false]);
    expect(() => takeOffWatch(off, { on, by: 'head-1', why: '已整改' })).toThrow(RangeError);
    expect(putOnWatch(off, wanted, on)).toEqual({ ...wanted, since: on, version: 3 });
  });

  test.each([
    [{ until: addDays(TODAY, -1) }],
    [{ until: addDays(TODAY, 400) }],
    [{ why: [] }],
    [{ by: '' }],
    [{ why: ['other' as const] }],
  ])('refuses %o', (wrong) => {
    expect(() => putOnWatch(undefined, { ...wanted, ...wrong }, TODAY)).toThrow(RangeError);
  });
});
