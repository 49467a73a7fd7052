import { describe, expect, test } from 'vitest';
import type { CaseEvent } from '../../shared/case/case.ts';
import { lostBy, type Return, returnsOf, suspectRules } from '../../shared/jurisdiction/returns.ts';

const AT = (hour: number) => new Date(Date.UTC(2026, 10, 16, hour)).toISOString();
const ROUTING = {
  version: 3,
  threshold: 0.8,
  ground: 'art13-1',
  nothing: 'address-ambiguous',
  matches: [
    {
      rule: 'by-hand:银泰城',
      precision: 'place',
      source: 'by-hand',
      unit: 'A',
      path: ['330200', 'A'],
      confidence: 1,
      fact: { in: 'address', start: 0, end: 3 },
    },
  ],
};
let version = 0;
const event = (type: string, hour: number, facts: Record<string, unknown>, role = 'system') => {
  version += 1;
  return {
    number: '261116-000001-1',
    version,
    type,
    at: AT(hour),
    actor: { role, id: 'x' },
    facts,
  } as unknown as CaseEvent;
};
const sent = (hour: number, unit: string, facts: object = { routing: ROUTING }) =>
  event('distributed', hour, { unit, ...facts });
const back = (hour: number, reason = 'not-competent') => event('returned', hour, { reason }, 'officer');

describe('a case that comes back', () => {
  test('costs from when it was sent until another unit has it, by the rule that had sent it', () => {
    const history = [sent(0, 'A'), back(5), event('distributed', 8, { unit: 'B' }, 'dispatcher')];
    expect(returnsOf(history, AT(20))).toEqual([
      {
        number: '261116-000001-1',
        unit: 'A',
        reason: 'not-competent',
        rule: 'by-hand:银泰城',
        returnedAt: AT(5),
        hoursLost: 8,
        endedWith: 'B',
      },
    ]);
  });

  test('and lies at the hub still costs, until now', () => {
    const [only] = returnsOf([sent(0, 'A'), back(5)], AT(20));
    expect(only).toMatchObject({ hoursLost: 20 });
    expect(only).not.toHaveProperty('endedWith');
  });

  test('twice counts twice, and ends with the last unit both times', () => {
    const history = [sent(0, 'A'), back(1), sent(2, 'B'), back(4), sent(10, 'C')];
    expect(
      returnsOf(history, AT(20)).map(({ unit, hoursLost, endedWith }) => [unit, hoursLost, endedWith]),
    ).toEqual([
      ['A', 2, 'C'],
      ['B', 8, 'C'],
    ]);
  });

  test('to the same unit again accuses nobody', () => {
    expect(returnsOf([sent(0, 'A'), back(1, 'unclear'), sent(2, 'A')], AT(9))[0]).not.toHaveProperty(
      'endedWith',
    );
  });

  test.each([
    ['by a person', [event('distributed', 0, { unit: 'A' }, 'dispatcher'), back(1)], 'dispatcher'],
    [
      'before there were rules',
      [sent(0, 'A', { basis: 'township-in-address' }), back(1)],
      'township-in-address',
    ],
  ])('sent %s says so', (_, history, rule) => {
    expect(returnsOf(history, AT(2))[0]?.rule).toBe(rule);
  });

  test('that was never sent anywhere is no return', () => {
    expect(returnsOf([back(1)], AT(2))).toEqual([]);
  });
});

const one = (more: Partial<Return>): Return => ({
  number: '261116-000001-1',
  unit: 'A',
  reason: 'not-competent',
  rule: 'r1',
  returnedAt: AT(5),
  hoursLost: 2,
  endedWith: 'B',
  ...more,
});

test('hours are summed by rule, unit and reason, the costliest first', () => {
  const returns = [one({}), one({ rule: 'r2', hoursLost: 10 }), one({ hoursLost: 3 })];
  expect(lostBy(returns, ({ rule }) => rule)).toEqual([
    { key: 'r2', returns: 1, hoursLost: 10 },
    { key: 'r1', returns: 2, hoursLost: 5 },
  ]);
});

describe('a rule is suspect', () => {
  test('when three of its cases ended with the same other unit', () => {
    expect(suspectRules([one({}), one({}), one({})])).toMatchObject([
      { rule: 'r1', from: 'A', to: 'B', returns: 3 },
    ]);
  });

  test.each([
    ['two returns', [one({}), one({})]],
    ['ends at three units', [one({}), one({ endedWith: 'C' }), one({ endedWith: 'D' })]],
    ['three of six', [one({}), one({}), one({}), ...['C', 'D', 'E'].map((endedWith) => one({ endedWith }))]],
    ['sent by a person', Array.from({ length: 5 }, () => one({ rule: 'dispatcher' }))],
    ['nobody has them yet', Array.from({ length: 5 }, () => one({ endedWith: undefined }))],
  ])('not for %s', (_, returns) => {
    expect(suspectRules(returns)).toEqual([]);
  });
});
