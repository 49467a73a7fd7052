import { describe, expect, test } from 'vitest';
import type { Case, CaseEvent } from '../../shared/case/case.ts';
import { type CaseNumber, makeCaseNumber } from '../../shared/case/case-number.ts';
import type { State } from '../../shared/case/life-cycle.ts';
import { type PastCase, pastCaseOf } from '../../shared/jurisdiction/past-case.ts';
import type { Registry } from '../../shared/jurisdiction/registry.ts';
import { endedOf, proveLearning, reviewRules, withRules } from '../../shared/jurisdiction/review-rules.ts';
import type { RoutingRule } from '../../shared/jurisdiction/routing-rule.ts';
import { tryRegister } from '../../shared/jurisdiction/trial.ts';
import { registry } from './support.ts';

const TODAY = '2026-11-16';
const NOW = '2026-11-16T02:00:00.000Z';
const [SOUTH, GULIN, JIANGSHAN, ZHONGHE] = ['33020301', '33020302', '33021201', '33021202'] as const;
let drawn = 0;
const number = (): CaseNumber => makeCaseNumber(TODAY, (drawn += 1));

const returned = (unit: string) => ({
  number: number(),
  unit,
  reason: 'not-competent' as const,
  rule: 'x',
  returnedAt: NOW,
  hoursLost: 5,
});
const past = (
  address: string | undefined,
  ended?: string,
  more: Partial<PastCase> & { name?: string } = {},
): PastCase => {
  const { name, ...rest } = more;
  return {
    number: number(),
    receivedOn: TODAY,
    facts: { business: { address, name }, kind: 'complaint' },
    ended,
    returns: [],
    ...rest,
  };
};
const rule = (id: string, more: Partial<RoutingRule>): RoutingRule => ({
  id,
  precision: 'place',
  word: '银泰城',
  unit: SOUTH,
  source: 'by-hand',
  ...more,
});

describe('a trial', () => {
  const proposed = withRules(registry, [
    rule('mall', { word: '银泰城', unit: ZHONGHE }),
    rule('market', { word: '丽园市场', unit: JIANGSHAN }),
  ]);
  const cases = [
    // Right before and after: not moved.
    past('海曙区古林镇1号', GULIN),
    // Returned from 南门, ended in 中河: the mall's rule sends it there at once.
    past('海曙区南门街道银泰城3楼', ZHONGHE, { returns: [returned(SOUTH)] }),
    // Right before, wrong by the mall's rule.
    past('海曙区南门街道银泰城1楼', SOUTH),
    // Left to the dispatcher before, right now: no return is saved, for there was none.
    past('丽园市场5号', JIANGSHAN),
    // Left to the dispatcher before, wrong now.
    past('丽园市场6号', ZHONGHE),
    // Moved, and nobody knows where it belongs.
    past('海曙区古林镇银泰城', undefined),
    // Left to the dispatcher before and after.
    past('某处', SOUTH),
    // Wrong before, wrong elsewhere now: it comes back either way.
    past('海曙区南门街道银泰城2楼', GULIN),
    // Returned once, but the register in force knows by now: nothing to save.
    past('海曙区古林镇2号', GULIN, { returns: [returned(JIANGSHAN)] }),
  ];

  test('counts what moves, what it saves and what it causes', () => {
    expect(tryRegister(cases, registry, proposed, TODAY)).toMatchObject({
      cases: 9,
      known: 8,
      moved: 6,
      toDispatcher: 0,
      fromDispatcher: 2,
      returned: 2,
      returnsSaved: 1,
      returnsCaused: 2,
      before: { right: 3, wrong: 2, dispatcher: 3 },
      after: { right: 4, wrong: 3, dispatcher: 1 },
    });
  });

  test('says by which rule, from where to where, and gives examples', () => {
    const { ways, rules, examples } = tryRegister(cases, registry, proposed, TODAY);
    expect(ways).toEqual([
      { from: SOUTH, to: ZHONGHE, cases: 3 },
      { from: undefined, to: JIANGSHAN, cases: 2 },
      { from: GULIN, to: ZHONGHE, cases: 1 },
    ]);
    expect(rules.slice(0, 2)).toEqual([
      {
        rule: 'mall',
        decides: 4,
        right: 1,
        wrong: 2,
        moved: 4,
        toDispatcher: 0,
        gained: 1,
        lost: 1,
        returnsSaved: 1,
        returnsCaused: 1,
      },
      {
        rule: 'market',
        decides: 2,
        right: 1,
        wrong: 1,
        moved: 2,
        toDispatcher: 0,
        gained: 1,
        lost: 0,
        returnsSaved: 0,
        returnsCaused: 1,
      },
    ]);
    expect(examples.map(({ number: one }) => one)).toEqual(
      [1, 2, 3, 4, 5, 7].map((index) => cases[index]!.number),
    );
    expect(examples[0]).toMatchObject({ from: SOUTH, to: ZHONGHE, ended: ZHONGHE, rules: ['mall'] });
  });

  test('names what leaves a case to the dispatcher now: a rule that contradicts, or one that is gone', () => {
    const doubtful = withRules(registry, [
      rule('a', { unit: SOUTH }),
      rule('b', { unit: ZHONGHE, source: 'by-hand' }),
    ]);
    const inForce = withRules(registry, [rule('a', { unit: SOUTH })]);
    const trial = tryRegister([past('银泰城', SOUTH)], inForce, doubtful, TODAY);
    expect(trial).toMatchObject({ moved: 1, toDispatcher: 1, returnsCaused: 0 });
    expect(trial.examples[0]?.rules).toEqual(['b']);
    const back = tryRegister([past('银泰城', SOUTH)], withRules(registry, [rule('a', {})]), registry, TODAY);
    expect(back.examples[0]?.rules).toEqual(['a']);
  });

  test('tries rules of the day it is told, whenever the case came; and another threshold', () => {
    const later = withRules(registry, [rule('mall', { unit: ZHONGHE, from: '2026-12-01' })]);
    const one = [past('海曙区南门街道银泰城', ZHONGHE)];
    expect(tryRegister(one, registry, later, TODAY).moved).toBe(0);
    expect(tryRegister(one, registry, later, '2026-12-01').moved).toBe(1);
    const unsure = [{ ...one[0]!, facts: { ...one[0]!.facts, addressConfidence: 0.85 } }];
    const strict: Registry = { ...registry, settings: { routingThreshold: 0.9 } };
    expect(tryRegister(unsure, registry, strict, TODAY)).toMatchObject({ moved: 1, toDispatcher: 1 });
  });

  test('gives at most twenty examples, and says after each case how far it is', () => {
    const many = Array.from({ length: 30 }, () => past('丽园市场', JIANGSHAN));
    let done = 0;
    const trial = tryRegister(many, registry, proposed, TODAY, () => (done += 1));
    expect(trial.moved).toBe(30);
    expect(trial.examples).toHaveLength(20);
    expect(done).toBe(30);
  });
});

describe('the way of a past case', () => {
  const base = {
    number: number(),
    kind: 'complaint',
    receivedOn: TODAY,
    complaint: { text: '衣服坏了', business: { address: '古林镇' } },
  } as Case;
  const event = (version: number, type: CaseEvent['type'], facts: object) =>
    ({ number: base.number, version, type, facts, at: NOW, actor: { role: 'system', id: 't' } }) as CaseEvent;
  const wayOf = (state: State, events: CaseEvent[], more: Partial<Case> = {}) => {
    const found = pastCaseOf({ ...base, state, ...more }, events, NOW);
    return found && { first: found.first, ended: found.ended, returns: found.returns.length };
  };
  const toSouth = event(2, 'distributed', { unit: SOUTH });
  const back = event(3, 'returned', { reason: 'not-competent' });
  const toGulin = event(4, 'distributed', { unit: GULIN });

  test.each<[string, State, CaseEvent[], object]>([
    ['taken on', 'accepted', [toSouth], { first: SOUTH, ended: SOUTH, returns: 0 }],
    ['may still be returned', 'distributed', [toSouth], { first: SOUTH, ended: undefined, returns: 0 }],
    [
      'returned, then taken on',
      'closed',
      [toSouth, back, toGulin],
      { first: SOUTH, ended: GULIN, returns: 1 },
    ],
    ['returned, with the hub', 'at-hub', [toSouth, back], { first: SOUTH, ended: undefined, returns: 1 }],
    ['with the dispatcher', 'at-hub', [], { first: undefined, ended: undefined, returns: 0 }],
    ['joined', 'joined', [toSouth], { first: SOUTH, ended: undefined, returns: 0 }],
    [
      'disputed and designated',
      'accepted',
      [toSouth, event(3, 'designated', { unit: GULIN })],
      { first: SOUTH, ended: GULIN, returns: 0 },
    ],
  ])('%s', (_, state, events, expected) => {
    expect(wayOf(state, events)).toEqual(expected);
  });

  test('a unit that refused it as not ours was not the right one', () => {
    expect(wayOf('refused-told', [toSouth], { ground: 'art16-1' })?.ended).toBeUndefined();
    expect(wayOf('refused-told', [toSouth], { ground: 'art16-4' })?.ended).toBe(SOUTH);
  });

  test('a case whose words are erased says nothing', () => {
    expect(wayOf('closed', [toSouth], { erased: true })).toBeUndefined();
  });
});

describe('what cases teach', () => {
  const times = (count: number, address: string, ended: string) =>
    Array.from({ length: count }, () => past(address, ended));

  test('only cases whose unit is known, each once, and no place that was read out of words', () => {
    const unsure = past('古林镇', GULIN);
    expect(
      endedOf([
        ...times(3, '丽园市场', JIANGSHAN),
        past('丽园市场', undefined),
        { ...unsure, facts: { ...unsure.facts, addressConfidence: 0.9 } },
      ]),
    ).toEqual([{ text: '丽园市场', unit: JIANGSHAN, cases: 3 }]);
  });

  test('a new rule with its trial; nothing that the register says by itself, nothing ordinary', () => {
    const cases = [
      ...times(9, '丽园市场', JIANGSHAN),
      ...times(5, '古林镇', GULIN),
      ...times(5, '超市', GULIN),
      ...times(5, '菜市场', '99'),
    ];
    expect(reviewRules(cases, registry, TODAY)).toEqual([
      {
        rule: {
          id: expect.stringMatching(/^learned/),
          precision: 'place',
          word: '丽园市场',
          unit: JIANGSHAN,
          source: 'learned',
          seen: { here: 9, elsewhere: 0 },
        },
        standing: 'new',
        do: 'load',
        here: 9,
        elsewhere: 0,
        trial: expect.objectContaining({ decides: 9, moved: 9, right: 9, returnsCaused: 0 }),
      },
    ]);
  });

  test('what would spoil what the register knows is not proposed', () => {
    // Wherever it matters the township says it, and once it says something else: then a person would have to decide.
    const cases = [
      ...times(60, '鄞州区姜山镇丽园市场', JIANGSHAN),
      ...times(1, '海曙区古林镇丽园市场', GULIN),
    ];
    expect(reviewRules(cases, registry, TODAY)).toMatchObject([
      { do: 'keep', rule: { unit: JIANGSHAN }, trial: { decides: 60, gained: 0, lost: 1, toDispatcher: 1 } },
    ]);
  });

  test('a rule in force: left out when nothing has changed, shown when its numbers have', () => {
    const cases = times(9, '丽园市场', JIANGSHAN);
    const learned = withRules(
      registry,
      reviewRules(cases, registry, TODAY).map((one) => one.rule),
    );
    expect(reviewRules(cases, learned, TODAY)).toEqual([]);
    const more = reviewRules([...cases, ...times(2, '丽园市场', JIANGSHAN)], learned, TODAY);
    expect(more).toMatchObject([{ standing: 'changed', do: 'load', here: 11 }]);
    expect(reviewRules([], learned, TODAY)).toMatchObject([{ standing: 'gone', do: 'keep', here: 0 }]);
  });

  test('a rule by hand that cases contradict is shown and left; where its word counts, and nowhere else', () => {
    const byHand = rule('by-hand:丽园市场', { word: '丽园市场', unit: SOUTH, within: '330212' });
    const cases = times(9, '丽园市场', JIANGSHAN);
    expect(reviewRules(cases, withRules(registry, [byHand]), TODAY)).toContainEqual({
      rule: byHand,
      standing: 'contradicted',
      do: 'keep',
      here: 0,
      elsewhere: 9,
      trial: expect.anything(),
    });
    const elsewhere = withRules(registry, [{ ...byHand, within: '330281' }]);
    expect(reviewRules(cases, elsewhere, TODAY).map(({ standing }) => standing)).toEqual(['new']);
  });

  test('house numbers that have become more: the rule of fewer is replaced, another end of the road contradicts nothing', () => {
    const street = (house: number, ended: string) => times(3, `海曙区丽园北路${house}号`, ended);
    const cases = [...street(1, SOUTH), ...street(9, SOUTH), ...street(21, GULIN), ...street(31, GULIN)];
    const first = reviewRules(cases, registry, TODAY);
    const houses = first.filter((one) => one.rule.precision === 'house');
    expect(houses.map((one) => [one.rule.unit, one.rule.numbers])).toEqual([
      [SOUTH, { from: 1, to: 9, side: 'odd' }],
      [GULIN, { from: 21, to: 31, side: 'odd' }],
    ]);
    const learned = withRules(
      registry,
      first.map((one) => one.rule),
    );
    expect(reviewRules(cases, learned, TODAY)).toEqual([]);
    const more = reviewRules([...cases, ...street(41, GULIN)], learned, TODAY);
    expect(
      more
        .filter((one) => one.rule.precision === 'house')
        .map((one) => [one.standing, one.do, one.rule.numbers?.to]),
    ).toEqual([
      ['replaced', 'remove', 31],
      ['new', 'load', 41],
    ]);
  });

  test('a learned rule that cases contradict comes with its new numbers', () => {
    const learned = withRules(
      registry,
      reviewRules(times(9, '丽园市场', JIANGSHAN), registry, TODAY).map((one) => one.rule),
    );
    const now = [...times(3, '丽园市场', JIANGSHAN), ...times(9, '丽园市场', GULIN)];
    const [first, ...others] = reviewRules(now, learned, TODAY);
    expect(first).toMatchObject({ standing: 'contradicted', do: 'load', here: 3, elsewhere: 9 });
    expect(first?.rule.seen).toEqual({ here: 3, elsewhere: 9 });
    expect(others.map(({ rule: one }) => one.unit)).toEqual([GULIN]);
  });

  test('what was learned from older cases is tried on the latest, which have not taught it', () => {
    const old = times(9, '丽园市场', JIANGSHAN).map((one) => ({ ...one, receivedOn: '2026-01-01' }));
    const latest = [...times(2, '丽园市场', JIANGSHAN), past('天一广场', SOUTH)];
    const { cases, before, after } = proveLearning([...latest, ...old], registry, TODAY);
    expect({ cases, before, after }).toEqual({
      cases: 3,
      before: { right: 0, wrong: 0, dispatcher: 3 },
      after: { right: 2, wrong: 0, dispatcher: 1 },
    });
  });
});
