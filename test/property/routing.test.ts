import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { decide, explanationSchema, verdicts } from '../../shared/jurisdiction/explanation.ts';
import { findStation } from '../../shared/jurisdiction/find-station.ts';
import { learnRules } from '../../shared/jurisdiction/learn-rules.ts';
import { normalizePlace } from '../../shared/jurisdiction/place-words.ts';
import { indexOf } from '../../shared/jurisdiction/registry-index.ts';
import type { RoutingFacts } from '../../shared/jurisdiction/route.ts';
import type { RoutingRule } from '../../shared/jurisdiction/routing-rule.ts';
import { plain, registry } from '../unit/support.ts';

const TODAY = '2026-11-16';
const WORDS = [
  '测试路',
  '分界路',
  '东街',
  '新东街',
  '样例市场',
  '样例市场东门',
  '某某百货',
  '甲面馆',
  '古林镇',
  '东街道',
];
const SUBJECTS = ['食品类', '服装鞋帽类'];
const units = registry.units.map(({ code }) => code);
const codes = registry.divisions.map(({ code }) => code);

const rule: fc.Arbitrary<RoutingRule> = fc
  .record({
    kind: fc.constantFrom(
      ...WORDS.map((word) => ({ precision: 'place', word }) as const),
      ...WORDS.map((word) => ({ precision: 'road', word }) as const),
      { precision: 'shop', word: '某某百货' } as const,
      { precision: 'township', word: '古林镇' } as const,
      { precision: 'village', word: '330203105201' } as const,
      { precision: 'business', word: '91330200000000001A' } as const,
      { precision: 'house', word: '分界路', numbers: { from: 1, to: 9, side: 'odd' } } as const,
      { precision: 'house', word: '分界路', numbers: { from: 2, to: 20 } } as const,
    ),
    unit: fc.constantFrom(...units),
    source: fc.constantFrom('register', 'by-hand', 'learned'),
    seen: fc.record({ here: fc.nat(100), elsewhere: fc.nat(20) }),
    within: fc.option(fc.constantFrom('330203', '330212105', '330281'), { nil: undefined }),
    kinds: fc.option(fc.constant(['report'] as const), { nil: undefined }),
    subjects: fc.option(fc.subarray(SUBJECTS, { minLength: 1 }), { nil: undefined }),
    to: fc.option(fc.constantFrom('2026-11-15', '2026-11-16'), { nil: undefined }),
  })
  .map(({ kind, ...rest }) => ({ id: '', ...kind, ...rest }));
const rules = fc
  .array(rule, { maxLength: 30 })
  .map((all) => all.map((one, at): RoutingRule => ({ ...one, id: `rule-${at}` })));

// Pieces that mean something, in any order, with anything in between.
const piece = fc.constantFrom(
  ...WORDS,
  ...registry.divisions.flatMap(({ name, county }) => [name, name.slice(0, 2), county.name]),
  '宁波市',
  '7号',
  '8号',
  '15#',
  '3楼',
  '附近',
  '，',
  ' ',
  '（',
  '西湖区',
  '北区',
  '🍜',
  '\u0000',
  '\ud800',
);
const text = fc.oneof(
  { weight: 5, arbitrary: fc.array(piece, { maxLength: 8 }).map((pieces) => pieces.join('')) },
  { weight: 1, arbitrary: fc.string({ unit: 'binary' }) },
);
const facts: fc.Arbitrary<RoutingFacts> = fc.record({
  business: fc.record({
    name: fc.option(text, { nil: undefined }),
    address: fc.option(text, { nil: undefined }),
    divisionCode: fc.option(fc.constantFrom(...codes, '330203', '330203105201', '110101'), {
      nil: undefined,
    }),
  }),
  addressConfidence: fc.option(fc.double({ min: 0, max: 1, noNaN: true }), { nil: undefined }),
  creditCode: fc.option(fc.constant('91330200000000001A'), { nil: undefined }),
  kind: fc.constantFrom('complaint', 'report'),
  subjects: fc.subarray(SUBJECTS),
});

/** The decision alone, as it would be kept. */
const decisionOf = ({ explanation: _, ...decision }: ReturnType<typeof findStation>) => plain(decision);

describe('any case with any rules', () => {
  test('is decided again from its explanation alone', () => {
    fc.assert(
      fc.property(facts, rules, (asked, given) => {
        const finding = findStation(asked, { ...registry, rules: given }, TODAY);
        const kept = explanationSchema.parse(plain(finding.explanation));
        expect(plain(decide(kept))).toEqual(decisionOf(finding));
        expect(verdicts(kept)).toHaveLength(kept.matches.length);
        expect(verdicts(kept)).toEqual(verdicts(finding.explanation));
        expect(verdicts(kept).includes('decides')).toBe(finding.found);
      }),
      { numRuns: 2_000 },
    );
  });

  test('goes to a unit of a match, or to the dispatcher with at most three of them', () => {
    fc.assert(
      fc.property(facts, rules, (asked, given) => {
        const finding = findStation(asked, { ...registry, rules: given }, TODAY);
        const matched = finding.explanation.matches.map(({ unit }) => unit);
        const named = finding.found ? [finding.unit] : finding.candidates;
        for (const unit of named) expect(matched).toContain(unit);
        expect(new Set(named).size).toBe(named.length);
        expect(named.length).toBeLessThanOrEqual(3);
      }),
      { numRuns: 2_000 },
    );
  });

  test('is never led out of the township or county that is named by what was learned', () => {
    fc.assert(
      fc.property(facts, rules, (asked, given) => {
        const learned = given.map((one) => ({ ...one, source: 'learned' as const }));
        const finding = findStation(asked, { ...registry, rules: learned }, TODAY);
        if (!finding.found) return;
        const path = finding.explanation.matches.find(({ unit }) => unit === finding.unit)?.path ?? [];
        const named = finding.explanation.matches.filter(({ source }) => source === 'register');
        for (const precision of ['township', 'county']) {
          const places = named.filter((one) => one.precision === precision);
          if (places.length > 0) expect(places.some(({ unit }) => path.includes(unit))).toBe(true);
        }
      }),
      { numRuns: 2_000 },
    );
  });

  test('is decided alike whatever the order of the register', () => {
    const orders = fc.infiniteStream(fc.double({ min: 0, max: 1, noNaN: true }));
    fc.assert(
      fc.property(facts, rules, orders, (asked, given, order) => {
        const shuffled = <T>(all: readonly T[]) =>
          all
            .map((one) => ({ one, at: order.next().value }))
            .toSorted((a, b) => a.at - b.at)
            .map(({ one }) => one);
        const one = { ...registry, rules: given };
        const other = {
          ...one,
          rules: shuffled(one.rules),
          divisions: shuffled(one.divisions),
          units: shuffled(one.units),
        };
        expect(findStation(asked, other, TODAY)).toEqual(findStation(asked, one, TODAY));
      }),
      { numRuns: 2_000 },
    );
  });
});

test('of the words of a case nothing stands in its explanation', () => {
  fc.assert(
    fc.property(facts, rules, (asked, given) => {
      const { explanation } = findStation(asked, { ...registry, rules: given }, TODAY);
      expect(JSON.stringify(explanation)).not.toMatch(/\p{Script=Han}/u);
    }),
  );
});

test('any text gives an answer, and in no time, however long', () => {
  const long = fc.tuple(text, fc.integer({ min: 1, max: 100_000 })).map(([one, times]) => {
    const longest = 1_000_000;
    return one.repeat(Math.min(times, Math.ceil(longest / Math.max(one.length, 1))));
  });
  fc.assert(
    fc.property(long, long, rules, (address, name, given) => {
      const began = performance.now();
      const finding = findStation({ business: { address, name } }, { ...registry, rules: given }, TODAY);
      expect(performance.now() - began).toBeLessThan(500);
      expect(finding.found || finding.reason).toBeTruthy();
    }),
    { numRuns: 200 },
  );
});

test('what any texts teach can be asked: a rule has a word that is found in one of them, and a share of its cases', () => {
  const ended = fc.array(
    fc.record({ text, unit: fc.constantFrom(...units), cases: fc.integer({ min: 1, max: 9 }) }),
    { maxLength: 20 },
  );
  fc.assert(
    fc.property(ended, (all) => {
      const learnt = learnRules(all, indexOf(registry).divisionNames);
      const texts = all.map((one) => normalizePlace(one.text)).join('\n');
      for (const { word, precision, seen } of learnt) {
        // A township is learned by its whole name, however short it is written.
        if (precision !== 'township') expect(texts).toContain(word);
        expect(seen?.here).toBeGreaterThan(0);
      }
      expect(new Set(learnt.map(({ id }) => id)).size).toBe(learnt.length);
    }),
    { numRuns: 500 },
  );
});
