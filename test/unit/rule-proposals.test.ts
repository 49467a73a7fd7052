import { describe, expect, test } from 'vitest';
import { type CaseNumber, makeCaseNumber } from '../../shared/case/case-number.ts';
import type { ReturnReason } from '../../shared/case/grounds.ts';
import { findStation } from '../../shared/jurisdiction/find-station.ts';
import { mendRules } from '../../shared/jurisdiction/mend-rules.ts';
import type { PastCase } from '../../shared/jurisdiction/past-case.ts';
import { proposeLearnt } from '../../shared/jurisdiction/propose-learnt.ts';
import type { Registry } from '../../shared/jurisdiction/registry.ts';
import type { RoutingRule } from '../../shared/jurisdiction/routing-rule.ts';
import {
  accept,
  decline,
  newProposal,
  renewed,
  ruleProposal,
  rulesOfChange,
  takeBack,
  withChange,
} from '../../shared/jurisdiction/rule-proposal.ts';
import { registry } from './support.ts';

const TODAY = '2026-11-16';
const NOW = '2026-11-16T02:00:00.000Z';
const ASKED = { on: TODAY, days: 90, at: NOW };
const [NANMEN, GULIN, JIANGSHAN, ZHONGHE] = ['33020301', '33020302', '33021201', '33021202'] as const;
let drawn = 0;
const number = (): CaseNumber => makeCaseNumber(TODAY, (drawn += 1));

const rule = (id: string, more: Partial<RoutingRule> = {}): RoutingRule => ({
  id,
  precision: 'place',
  word: '银泰城',
  unit: NANMEN,
  source: 'by-hand',
  ...more,
});
const right = (address: string, unit: string): PastCase => ({
  number: number(),
  receivedOn: TODAY,
  facts: { business: { address } },
  first: unit,
  ended: unit,
  returns: [],
});
/** Sent by a rule, returned after four hours, and taken on by another unit to which a dispatcher sent it. */
const returned = (
  address: string,
  by: string,
  from: string,
  ended: string,
  reason: ReturnReason = 'not-competent',
): PastCase => {
  const one = right(address, ended);
  const back = { number: one.number, unit: from, reason, rule: by, returnedAt: NOW, hoursLost: 4 };
  return { ...one, first: from, byPerson: true, returns: [{ ...back, endedWith: ended }] };
};
const withRule = (...rules: RoutingRule[]): Registry => ({ ...registry, rules });

describe('returns that come again and again', () => {
  test('with one other unit: the rule is to point there; cases moved, saved and caused stand beside it', () => {
    const mall = rule('mall');
    const cases = [1, 2, 3, 4].map((n) => returned(`银泰城${n}楼`, 'mall', NANMEN, ZHONGHE));
    const [only, ...more] = mendRules([...cases, right('古林镇1号', GULIN)], withRule(mall), ASKED);
    expect(more).toEqual([]);
    expect(only).toMatchObject({
      kind: 'returns',
      state: 'open',
      advice: 'accept',
      evidence: {
        returns: 4,
        hoursLost: 16,
        reasons: { 'not-competent': 4 },
        units: [{ unit: ZHONGHE, cases: 4 }],
        cases: cases.map((one) => one.number),
      },
      trial: {
        days: 90,
        on: TODAY,
        cases: 5,
        moved: 4,
        ways: [{ from: NANMEN, to: ZHONGHE, cases: 4 }],
        returned: 4,
        returnsSaved: 4,
        returnsCaused: 0,
        before: { right: 1, wrong: 4, dispatcher: 0 },
        after: { right: 5, wrong: 0, dispatcher: 0 },
      },
    });
    expect(only?.rules).toMatchObject([
      { precision: 'place', word: '银泰城', unit: ZHONGHE, source: 'by-hand' },
    ]);
    // It is kept as JSON and read again.
    expect(ruleProposal.parse(JSON.parse(JSON.stringify(only)))).toEqual(only);
  });

  test('with several units: a dispatcher is asked, which saves none and causes none', () => {
    const cases = [ZHONGHE, ZHONGHE, JIANGSHAN, JIANGSHAN, GULIN].map((unit, n) =>
      returned(`银泰城${n}楼`, 'mall', NANMEN, unit),
    );
    const [only] = mendRules(cases, withRule(rule('mall')), ASKED);
    expect(only).toMatchObject({
      ends: ['mall'],
      rules: [{ word: '银泰城', unit: NANMEN, decidedBy: 'dispatcher', source: 'by-hand' }],
      advice: 'accept',
      trial: {
        moved: 5,
        toDispatcher: 5,
        returnsSaved: 0,
        returnsCaused: 0,
        before: { wrong: 5 },
        after: { wrong: 0, dispatcher: 5 },
      },
    });
    const finding = findStation(
      { business: { address: '银泰城1楼' } },
      withChange(withRule(rule('mall')), only as NonNullable<typeof only>),
      TODAY,
    );
    expect(finding).toMatchObject({ found: false, candidates: [NANMEN] });
  });

  test('of a township only the street that they have in common moves, not the whole of it', () => {
    const cases = [1, 2, 3].map((n) => returned(`古林镇分界路${n}号`, 'township:330203105', GULIN, NANMEN));
    const others = [1, 2, 3, 4].map((n) => right(`古林镇中心路${n}号`, GULIN));
    const [only] = mendRules([...cases, ...others], registry, ASKED);
    expect(only?.ends).toEqual([]);
    expect(only?.rules).toMatchObject([
      { precision: 'road', word: '分界路', within: '330203', unit: NANMEN },
    ]);
    expect(only?.trial).toMatchObject({ moved: 3, returnsSaved: 3, returnsCaused: 0 });
  });

  test('where pointing it elsewhere would lead as many astray, a dispatcher is asked', () => {
    const cases = [1, 2, 3].map((n) => returned(`银泰城${n}楼`, 'mall', NANMEN, ZHONGHE));
    const kept = [4, 5, 6].map((n) => right(`银泰城${n}楼`, NANMEN));
    const [only] = mendRules([...cases, ...kept], withRule(rule('mall')), ASKED);
    expect(only?.rules).toMatchObject([{ decidedBy: 'dispatcher' }]);
  });

  test.each([
    ['two of them', [1, 2], 'mall'],
    ['what a person had sent', [1, 2, 3, 4], 'dispatcher'],
    ['what no rule of the register can say', [1, 2, 3, 4], 'county:330203'],
  ])('nothing is proposed for %s', (_, times, by) => {
    const cases = times.map((n) => returned(`银泰城${n}楼`, by, NANMEN, ZHONGHE));
    expect(mendRules(cases, withRule(rule('mall')), ASKED)).toEqual([]);
  });
});

describe('what ended cases teach', () => {
  test('is proposed word by word, with its cases, how many a dispatcher had sent, and a trial of its own', () => {
    const cases = [
      { ...right('丽园市场5号', JIANGSHAN), byPerson: true },
      { ...right('丽园市场6号', JIANGSHAN), byPerson: true },
      right('丽园市场7号', JIANGSHAN),
      right('锦江路1号', ZHONGHE),
      right('锦江路2号', ZHONGHE),
    ];
    const found = proposeLearnt(cases, registry, { ...ASKED, days: 365 });
    expect(found.map(({ rules }) => rules.map(({ word, unit }) => [word, unit]))).toEqual([
      [['丽园市场', JIANGSHAN]],
      [['锦江路', ZHONGHE]],
    ]);
    expect(found[0]).toMatchObject({
      kind: 'learnt',
      standing: 'new',
      advice: 'accept',
      evidence: {
        here: 3,
        elsewhere: 0,
        byPeople: 2,
        units: [{ unit: JIANGSHAN, cases: 3 }],
        cases: cases.slice(0, 3).map((one) => one.number),
      },
      trial: { days: 365, moved: 3, fromDispatcher: 3, returnsSaved: 0, returnsCaused: 0 },
    });
  });

  test('a name that was seen with two units is proposed with both, and accepted decides nothing alone', () => {
    const named = (unit: string): PastCase => ({
      ...right('', unit),
      facts: { business: { name: '乐家便利' } },
    });
    const cases = [...Array.from({ length: 20 }, () => named(GULIN)), named(NANMEN), named(NANMEN)];
    const [only] = proposeLearnt(cases, registry, ASKED);
    expect(only?.rules.map(({ unit }) => unit).toSorted()).toEqual([NANMEN, GULIN]);
    const changed = withChange(registry, only as NonNullable<typeof only>);
    expect(findStation({ business: { name: '乐家便利' } }, changed, TODAY)).toMatchObject({
      found: false,
      reason: 'address-ambiguous',
    });
  });
});

describe('a change from a date', () => {
  const mall = rule('mall');
  const change = { ends: ['mall'], rules: [rule('mended', { unit: ZHONGHE })] };
  const on = (day: string, rules: RoutingRule[]) => {
    const ids = new Set(rules.map(({ id }) => id));
    const register = withRule(...[mall].filter(({ id }) => !ids.has(id)), ...rules);
    const found = findStation({ business: { address: '银泰城1楼' } }, register, day);
    return found.found ? found.unit : found.reason;
  };

  test('the old rule goes on until the day before, the new one begins with the day', () => {
    const written = rulesOfChange(change, withRule(mall), '2026-12-01');
    expect(written).toEqual([
      { ...mall, to: '2026-11-30' },
      { ...rule('mended', { unit: ZHONGHE }), from: '2026-12-01' },
    ]);
    expect(on('2026-11-30', written)).toBe(NANMEN);
    expect(on('2026-12-01', written)).toBe(ZHONGHE);
  });

  test('one of the same id takes its place on that day, not before', () => {
    const written = rulesOfChange(
      { ends: [], rules: [rule('mall', { unit: ZHONGHE })] },
      withRule(mall),
      '2026-12-01',
    );
    expect(written.map(({ id, to, from }) => [id, from, to])).toEqual([
      ['mall~2026-12-01', undefined, '2026-11-30'],
      ['mall', '2026-12-01', undefined],
    ]);
    expect(on('2026-11-30', written)).toBe(NANMEN);
    expect(on('2026-12-01', written)).toBe(ZHONGHE);
  });

  test('what is over already is left as it is', () => {
    const over = rule('mall', { to: '2026-10-01' });
    expect(rulesOfChange({ ends: ['mall'], rules: [] }, withRule(over), '2026-12-01')).toEqual([]);
  });
});

describe('a proposal', () => {
  const fresh = newProposal({
    kind: 'learnt',
    ends: [],
    rules: [rule('learned-1', { source: 'learned', seen: { here: 3, elsewhere: 0 } })],
    advice: 'accept',
    evidence: {
      here: 3,
      elsewhere: 0,
      byPeople: 0,
      returns: 0,
      hoursLost: 0,
      reasons: {},
      units: [],
      cases: Array.from({ length: 12 }, number),
    },
    trial: {
      days: 90,
      on: TODAY,
      cases: 0,
      known: 0,
      moved: 0,
      ways: [],
      toDispatcher: 0,
      fromDispatcher: 0,
      returned: 0,
      returnsSaved: 0,
      returnsCaused: 0,
      before: { right: 0, wrong: 0, dispatcher: 0 },
      after: { right: 0, wrong: 0, dispatcher: 0 },
    },
    computedAt: NOW,
    register: 4,
  });
  const who = { by: 'manager-1', at: NOW };

  test('has the same id whenever it is computed, and shows ten cases', () => {
    const { rules, evidence } = fresh;
    const again = newProposal({
      ...fresh,
      rules: rules.map((one) => ({ ...one, seen: { here: 9, elsewhere: 0 } })),
    });
    expect(again.id).toBe(fresh.id);
    expect(evidence.cases).toHaveLength(10);
    expect(newProposal({ ...fresh, rules: [rule('x', { unit: GULIN })] }).id).not.toBe(fresh.id);
  });

  test('that was decided stays decided when it is computed again; an open one gets its new figures', () => {
    const newer = { ...fresh, computedAt: '2026-11-17T02:00:00.000Z' };
    expect(renewed(undefined, fresh)).toBe(fresh);
    expect(renewed(fresh, newer)).toMatchObject({ version: 2, state: 'open', computedAt: newer.computedAt });
    expect(renewed(decline(fresh, { ...who, reason: '旧址已拆' }), newer)).toBeUndefined();
    const accepted = accept(fresh, { ...who, from: TODAY, register: 5 });
    expect(renewed(accepted, newer)).toBeUndefined();
    expect(renewed(takeBack(accepted, { ...who, register: 6 }), newer)).toMatchObject({
      state: 'undone',
      version: 4,
    });
  });
});
