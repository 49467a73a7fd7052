import { describe, expect, test } from 'vitest';
import { decide, type Explanation, verdicts } from '../../shared/jurisdiction/explanation.ts';
import { findStation } from '../../shared/jurisdiction/find-station.ts';
import { type Ended, learnRules } from '../../shared/jurisdiction/learn-rules.ts';
import { placeWords } from '../../shared/jurisdiction/place-words.ts';
import type { Registry } from '../../shared/jurisdiction/registry.ts';
import { indexOf } from '../../shared/jurisdiction/registry-index.ts';
import type { RoutingFacts } from '../../shared/jurisdiction/route.ts';
import type { RoutingRule } from '../../shared/jurisdiction/routing-rule.ts';
import { registry } from './support.ts';

const TODAY = '2026-11-16';
const [NANMEN, GULIN, JIANGSHAN, ZHONGHE] = ['33020301', '33020302', '33021201', '33021202'] as const;

type Rule = Pick<RoutingRule, 'precision' | 'word' | 'unit'> & Partial<RoutingRule>;
const byHand = (rule: Rule): RoutingRule => ({
  id: `${rule.precision}-${rule.word}-${rule.unit}`,
  source: 'by-hand',
  ...rule,
});
const learned = (rule: Rule, here: number, elsewhere = 0): RoutingRule => ({
  ...byHand(rule),
  source: 'learned',
  seen: { here, elsewhere },
});
const road = (word: string, unit: string, more: Partial<RoutingRule> = {}) =>
  byHand({ precision: 'road', word, unit, ...more });
const mall = (word: string, unit: string, more: Partial<RoutingRule> = {}) =>
  byHand({ precision: 'place', word, unit, ...more });
const houses = (word: string, unit: string, numbers: RoutingRule['numbers']) =>
  byHand({ id: `${word}-${unit}-${numbers?.from}`, precision: 'house', word, unit, numbers });

function find(
  where: string | RoutingFacts['business'],
  rules: RoutingRule[],
  more: Partial<RoutingFacts> = {},
) {
  const business = typeof where === 'string' ? { address: where } : where;
  return findStation({ business, ...more }, { ...registry, rules }, TODAY);
}

/** The station with what decided, or the reason with the stations that are proposed. */
function outcome(...asked: Parameters<typeof find>) {
  const finding = find(...asked);
  return finding.found
    ? [finding.unit, finding.precision]
    : [finding.reason, finding.candidates.toSorted().join(' ')];
}

describe('rules laid down by hand', () => {
  test('a mall has its station, however the address goes on', () => {
    const rules = [mall('样例万达广场', NANMEN)];
    for (const address of ['样例万达广场', '宁波市海曙区样例万达广场3楼', '样例 万达广场（北门）甲面馆'])
      expect(outcome(address, rules)).toEqual([NANMEN, 'place']);
    expect(outcome('样例广场', rules)[0]).toBe('address-not-found');
  });

  test('a mall that a shop puts into its name is found by the name', () => {
    expect(outcome({ name: '某快餐样例万达广场店' }, [mall('样例万达广场', NANMEN)])).toEqual([
      NANMEN,
      'place',
    ]);
  });

  const split = [
    houses('分界路', NANMEN, { from: 1, to: 99, side: 'odd' }),
    houses('分界路', GULIN, { from: 2, to: 100, side: 'even' }),
    houses('分界路', JIANGSHAN, { from: 101, to: 300 }),
  ];
  test.each([
    ['分界路7号', NANMEN],
    ['分界路99号', NANMEN],
    ['分界路8号', GULIN],
    ['分界路100-2号', GULIN],
    ['分界路101号', JIANGSHAN],
    ['分界路第300号', JIANGSHAN],
    ['分界路东段88号', GULIN],
    ['分界路２６＃', GULIN],
    ['分界路88甲面馆', GULIN],
    ['分界路88号院', GULIN],
  ])('of a road with parts by house number and side: %s → %s', (address, unit) => {
    expect(outcome(address, split)).toEqual([unit, 'house']);
  });

  test.each([
    '分界路',
    '分界路301号',
    '分界路100米',
    '分界路3楼',
    '分界路2号楼',
    '分界路30元一份',
    '分界路2026年',
    '分界路3单元',
  ])('no house number, no station: %s', (address) => {
    expect(outcome(address, split)[0]).toBe('address-not-found');
  });

  test('a village by its code of twelve digits, against the rest of its township', () => {
    const rules = [byHand({ precision: 'village', word: '330203105201', unit: NANMEN })];
    expect(outcome({ divisionCode: '330203105201' }, rules)).toEqual([NANMEN, 'village']);
    expect(outcome({ divisionCode: '330203105202' }, rules)).toEqual([GULIN, 'township']);
  });

  test('a subject or a kind of case can have a station of its own', () => {
    const rules = [
      mall('样例市场', GULIN),
      mall('样例市场', NANMEN, { id: 'food', subjects: ['食品类'] }),
      mall('样例市场', JIANGSHAN, { id: 'reports', kinds: ['report'] }),
    ];
    expect(outcome('样例市场3号', rules)).toEqual([GULIN, 'place']);
    expect(outcome('样例市场3号', rules, { subjects: ['家具类'] })).toEqual([GULIN, 'place']);
    expect(outcome('样例市场3号', rules, { subjects: ['食品类'] })).toEqual([NANMEN, 'place']);
    expect(outcome('样例市场3号', rules, { kind: 'report' })).toEqual([JIANGSHAN, 'place']);
    // Both say something of it: a person decides.
    expect(outcome('样例市场3号', rules, { kind: 'report', subjects: ['食品类'] })).toEqual([
      'address-ambiguous',
      `${NANMEN} ${JIANGSHAN}`,
    ]);
  });

  test.each([
    ['not yet', { from: '2026-11-17' }],
    ['no longer', { to: '2026-11-15' }],
  ])('what is %s in force leaves it to the township', (_, days) => {
    expect(outcome('古林镇样例市场', [mall('样例市场', NANMEN, days)])).toEqual([GULIN, 'township']);
  });

  test('first and last day are in force', () => {
    expect(outcome('古林镇样例市场', [mall('样例市场', NANMEN, { from: TODAY, to: TODAY })])).toEqual([
      NANMEN,
      'place',
    ]);
  });

  test('a rule that asks a dispatcher is left to one, whatever less close facts say; closer ones still decide', () => {
    const asks = mall('样例市场', GULIN, { decidedBy: 'dispatcher' });
    expect(outcome('古林镇样例市场', [asks])).toEqual(['address-ambiguous', GULIN]);
    expect(verdicts(find('古林镇样例市场', [asks]).explanation)).toEqual(['asks', 'left-open']);
    const street = houses('分界路', NANMEN, { from: 1, to: 9 });
    expect(outcome('分界路8号样例市场', [asks, street])).toEqual([NANMEN, 'house']);
    const town = byHand({ precision: 'township', word: '古林镇', unit: GULIN, decidedBy: 'dispatcher' });
    expect(outcome('古林镇某某路', [town])).toEqual(['address-ambiguous', GULIN]);
    // A learned word of the same place waits behind what people laid down.
    const seen = learned({ precision: 'place', word: '样例市场', unit: GULIN, id: 'l' }, 40);
    expect(outcome('样例市场', [asks, seen])[0]).toBe('address-ambiguous');
  });

  test('a rule for one county does not count in another', () => {
    const rules = [
      road('中心路', NANMEN, { within: '330203' }),
      road('中心路', ZHONGHE, { within: '330212' }),
    ];
    expect(outcome('海曙区中心路1号', rules)).toEqual([NANMEN, 'road']);
    expect(outcome('鄞州区中心路1号', rules)).toEqual([ZHONGHE, 'road']);
    expect(outcome('余姚市中心路1号', rules)).toEqual(['33028101', 'county']);
    expect(outcome('中心路1号', rules)).toEqual(['address-ambiguous', `${NANMEN} ${ZHONGHE}`]);
  });

  test('they lead out of the township that is named: the bureau has said so', () => {
    expect(outcome('古林镇分界路8号', [road('分界路', JIANGSHAN)])).toEqual([JIANGSHAN, 'road']);
    const moved = byHand({ precision: 'township', word: '古林镇', unit: NANMEN });
    expect(outcome('古林镇测试路8号', [moved])).toEqual([NANMEN, 'township']);
  });

  test('they go before what was learned of the same place', () => {
    const rules = [
      road('分界路', NANMEN),
      learned({ precision: 'road', word: '分界路', unit: GULIN, id: 'l' }, 40),
    ];
    expect(outcome('分界路8号', rules)).toEqual([NANMEN, 'road']);
  });

  test('what was learned of a market on that road does not lead away from them: a person decides', () => {
    const rules = [
      road('分界路', NANMEN),
      learned({ precision: 'place', word: '样例市场', unit: GULIN }, 40),
    ];
    expect(outcome('分界路样例市场', rules)).toEqual(['address-ambiguous', `${NANMEN} ${GULIN}`]);
  });

  test('a longer name that was learned does not hide them', () => {
    const rules = [
      mall('万达广场', NANMEN),
      learned({ precision: 'place', word: '城东万达广场', unit: NANMEN, id: 'l' }, 40),
    ];
    expect(outcome('城东万达广场', rules)).toEqual([NANMEN, 'place']);
  });

  test('a rule that is no longer in force hides none that is', () => {
    const rules = [mall('天一广场', NANMEN), mall('天一广场北区', GULIN, { to: '2025-12-31' })];
    expect(outcome('天一广场北区3号', rules)).toEqual([NANMEN, 'place']);
  });

  test('the shop behind the name of the mall does not hide the mall', () => {
    const rules = [
      mall('万达广场', NANMEN),
      byHand({ precision: 'shop', word: '万达广场某某快餐', unit: GULIN }),
    ];
    expect(outcome('万达广场某某快餐', rules)).toEqual([NANMEN, 'place']);
  });

  test.each(['汉坝东街8号', '小东中山路8号', '解放街道8号'])(
    'another road that ends alike is another: %s',
    (address) => {
      const rules = [road('东街', NANMEN), road('中山路', NANMEN), road('解放街', NANMEN)];
      expect(outcome(address, rules)[0]).toBe('address-not-found');
    },
  );
});

describe('what was learned', () => {
  const place = (unit: string, here: number, elsewhere = 0) =>
    learned({ precision: 'place', word: '样例市场', unit }, here, elsewhere);
  const shop = (unit: string, here: number, elsewhere = 0) =>
    learned({ precision: 'shop', word: '某某百货', unit }, here, elsewhere);

  test('sends a case to its station where the address leaves it open', () => {
    expect(outcome('样例市场8号', [place(NANMEN, 20)])).toEqual([NANMEN, 'place']);
    expect(outcome('海曙区样例市场8号', [place(NANMEN, 20)])).toEqual([NANMEN, 'place']);
  });

  test('never leads out of the township or county that is named', () => {
    for (const address of ['姜山镇样例市场', '鄞州区样例市场', '鄞州区某某百货'])
      expect(outcome(address, [place(NANMEN, 500), shop(NANMEN, 500)])[0]).toBe('address-ambiguous');
  });

  test('a name that was seen with two decides nothing by itself, even where one has nearly all', () => {
    expect(outcome({ name: '某某百货' }, [shop(NANMEN, 18, 2)])).toEqual(['address-ambiguous', NANMEN]);
    expect(outcome({ name: '某某百货' }, [shop(NANMEN, 20)])).toEqual([NANMEN, 'shop']);
  });

  test('it may choose among two that the address leaves open', () => {
    const address = '古林镇与姜山镇交界处某某百货';
    expect(outcome(address, [])[0]).toBe('address-ambiguous');
    expect(outcome(address, [shop(GULIN, 18, 2)])).toEqual([GULIN, 'shop']);
    expect(outcome(address, [shop(NANMEN, 18, 2)])[0]).toBe('address-ambiguous');
  });

  test('one in fifty elsewhere is a mistake of the day, but not of a name, which a second branch may have', () => {
    expect(outcome('样例市场', [place(NANMEN, 49, 1)])).toEqual([NANMEN, 'place']);
    expect(outcome('样例市场', [place(NANMEN, 30, 1)])).toEqual(['address-ambiguous', NANMEN]);
    expect(outcome({ name: '某某百货' }, [shop(NANMEN, 49, 1)])).toEqual(['address-ambiguous', NANMEN]);
  });

  test('where cases leave two open, only a word that no case took elsewhere chooses', () => {
    const street = (unit: string, here: number, elsewhere: number) =>
      learned({ precision: 'road', word: '分界路', unit }, here, elsewhere);
    const open = [street(GULIN, 6, 4), street(NANMEN, 4, 6)];
    const name = (here: number, elsewhere: number) =>
      learned({ precision: 'shop', word: '某某百货', unit: GULIN }, here, elsewhere);
    expect(outcome({ address: '分界路', name: '某某百货' }, [...open, name(20, 0)])).toEqual([GULIN, 'shop']);
    expect(outcome({ address: '分界路', name: '某某百货' }, [...open, name(99, 1)])[0]).toBe(
      'address-ambiguous',
    );
    // The register names the township: that is law, not habit.
    expect(outcome('古林镇分界路', open)).toEqual([GULIN, 'township']);
  });

  test('below the threshold the dispatcher gets the likeliest first', () => {
    const finding = find('样例市场8号', [place(GULIN, 1, 0)]);
    expect(finding).toMatchObject({ found: false, reason: 'not-sure', candidates: [GULIN] });
  });

  test('and seen with two units decides nothing by itself, but is chosen from by the township that is named', () => {
    const rules = [place(GULIN, 30, 10), place(NANMEN, 10, 30)];
    expect(outcome('样例市场8号', rules)[0]).toBe('address-ambiguous');
    expect(outcome('海曙区古林镇样例市场8号', rules)[0]).toBe(GULIN);
  });

  test('the end of a name that only says what it is teaches nothing', () => {
    const rules = ['家私城', '农贸市场'].map((word) =>
      learned({ precision: 'place', word, unit: NANMEN }, 20),
    );
    for (const address of ['禹皇家私城', '金岸一品农贸市场'])
      expect(outcome(address, rules)[0]).toBe('address-not-found');
    expect(outcome('家私城二楼', rules)).toEqual([NANMEN, 'place']);
  });
});

describe('the dispatcher', () => {
  test('is shown at most three stations, the likeliest first', () => {
    const rules = [NANMEN, GULIN, JIANGSHAN, ZHONGHE].map((unit, at) =>
      learned({ precision: 'place', word: '样例市场', unit }, 40 - 10 * at, 60 + 10 * at),
    );
    expect(find('样例市场', rules)).toMatchObject({ candidates: [NANMEN, GULIN, JIANGSHAN] });
  });

  test('gets a case whose address was read out of the words with too little certainty', () => {
    expect(find('古林镇', [], { addressConfidence: 0.7 })).toMatchObject({
      reason: 'not-sure',
      candidates: [GULIN],
    });
    expect(find('古林镇', [], { addressConfidence: 0.9 })).toMatchObject({ found: true, confidence: 0.9 });
  });

  test('gets a township whose stations are left open, unless something closer is known', () => {
    const shared = registry.divisions.map((one) =>
      one.name === '古林镇' ? { ...one, station: '330203' } : one,
    );
    const ask = (address: string, rules: RoutingRule[]) =>
      findStation({ business: { address } }, { ...registry, divisions: shared, rules }, TODAY);
    expect(ask('古林镇测试路1号', [])).toMatchObject({ found: false, candidates: ['330203'] });
    for (const word of ['测试路', '某某百货']) {
      const rule = learned({ precision: word === '测试路' ? 'road' : 'shop', word, unit: NANMEN }, 20);
      expect(ask('古林镇测试路1号某某百货', [rule])).toMatchObject({ found: true, unit: NANMEN });
    }
    const outside = learned({ precision: 'road', word: '测试路', unit: JIANGSHAN }, 20);
    expect(ask('古林镇测试路1号', [outside])).toMatchObject({ found: false });
  });
});

describe('the area within the station', () => {
  test('comes from the township; from a rule where the rule names it', () => {
    expect(find('古林镇样例市场', [])).toMatchObject({ area: 'A201' });
    expect(find('古林镇样例市场', [mall('样例市场', GULIN)])).toMatchObject({ area: 'A201' });
    expect(find('古林镇样例市场', [mall('样例市场', GULIN, { area: 'A202' })])).toMatchObject({
      area: 'A202',
    });
    expect(find('样例市场', [mall('样例市场', GULIN)])).toMatchObject({ area: undefined });
  });
});

describe('an explanation', () => {
  const asked = find(
    { address: '古林镇与姜山镇交界处分界路8号', name: '甲面馆' },
    [road('分界路', GULIN), learned({ precision: 'shop', word: '甲面馆', unit: JIANGSHAN }, 20)],
    { recognised: { townships: ['330203105'], confidence: 1 } },
  );

  test('says of each match what became of it', () => {
    const became = asked.explanation.matches.map(({ precision, source, unit }, at) => [
      precision,
      source,
      unit,
      verdicts(asked.explanation)[at],
    ]);
    expect(became).toEqual([
      ['road', 'by-hand', GULIN, 'decides'],
      ['township', 'register', GULIN, 'agrees'],
      ['township', 'register', JIANGSHAN, 'less-close'],
      ['shop', 'register', GULIN, 'agrees'],
      ['shop', 'learned', JIANGSHAN, 'less-close'],
    ]);
  });

  test.each([
    ['古林镇与姜山镇交界处', {}, [], ['left-open', 'left-open']],
    [
      '古林镇与姜山镇交界处某某百货',
      {},
      [learned({ precision: 'shop', word: '某某百货', unit: GULIN }, 20)],
      ['agrees', 'left-open', 'decides'],
    ],
    [
      '姜山镇样例市场',
      {},
      [learned({ precision: 'place', word: '样例市场', unit: GULIN }, 20)],
      ['contradicts', 'contradicts'],
    ],
    ['古林镇', { addressConfidence: 0.5 }, [], ['not-sure']],
    [
      '某某百货',
      {},
      [learned({ precision: 'shop', word: '某某百货', unit: GULIN }, 18, 2)],
      ['seen-elsewhere'],
    ],
  ] as const)('%s %j', (address, facts, rules, expected) => {
    expect(verdicts(find(address, [...rules], facts).explanation)).toEqual(expected);
  });

  test('a county that stands for its stations leaves them open; only what lies outside of it contradicts', () => {
    const shared = registry.divisions.map((one) =>
      one.name === '古林镇' ? { ...one, station: '330203' } : one,
    );
    const became = (...rules: RoutingRule[]) =>
      verdicts(
        findStation(
          { business: { address: '古林镇测试路1号' } },
          { ...registry, divisions: shared, rules },
          TODAY,
        ).explanation,
      );
    expect(became()).toEqual(['left-open']);
    const seen = (unit: string) => learned({ precision: 'road', word: '测试路', unit }, 6, 4);
    expect(became(seen(NANMEN))).toEqual(['seen-elsewhere', 'left-open']);
    expect(became(learned({ precision: 'road', word: '测试路', unit: JIANGSHAN }, 20))).toEqual([
      'contradicts',
      'contradicts',
    ]);
  });

  test('holds no words of the case, also where the rule was learned from such words', () => {
    const ended = [{ text: '古林镇秘密巷8号张三面馆', unit: GULIN, cases: 5 }];
    const rules = learnRules(ended, indexOf(registry).divisionNames);
    const business = { address: '宁波市海曙区古林镇秘密巷8号', name: '张三面馆' };
    const { explanation } = findStation({ business }, { ...registry, rules }, TODAY);
    expect(explanation.matches.length).toBeGreaterThan(2);
    expect(JSON.stringify(explanation)).not.toMatch(/\p{Script=Han}/u);
  });

  test('of hundreds of matches some of each closeness are kept, the township among them', () => {
    const rules = Array.from({ length: 60 }, (_, at) =>
      learned({ precision: 'road', word: `甲${at}路`, unit: GULIN }, 20),
    );
    const address = `姜山镇，${rules.map(({ word }) => word).join('，')}`;
    const { explanation, ...decision } = find(address, rules);
    expect(explanation.cut).toBe(true);
    expect(explanation.matches.map(({ precision }) => precision)).toContain('township');
    expect(decision).toMatchObject({ found: false, reason: 'address-ambiguous' });
  });

  test('decides the same years later, whatever the register has become', () => {
    const kept: Explanation = JSON.parse(JSON.stringify(asked.explanation));
    expect(decide(kept)).toEqual(decide(asked.explanation));
  });
});

describe('learning', () => {
  const names = indexOf(registry).divisionNames;
  const learn = (...ended: [text: string, unit: string, cases: number][]) =>
    learnRules(
      ended.map(([text, unit, cases]): Ended => ({ text, unit, cases })),
      names,
    );
  const brief = (rules: readonly RoutingRule[]) =>
    rules.map(({ precision, word, unit, seen }) => [precision, word, unit, seen?.here, seen?.elsewhere]);

  test('counts the cases of each word, however it is written', () => {
    const rules = learn(['宁波市海曙区古林镇样例市场8号', GULIN, 3], ['样例市场（东门）', GULIN, 2]);
    expect(brief(rules)).toEqual([
      ['township', '古林镇', GULIN, 3, 0],
      ['place', '样例市场', GULIN, 5, 0],
    ]);
  });

  test('one case teaches nothing', () => {
    expect(learn(['样例市场', GULIN, 1])).toEqual([]);
  });

  test('a word seen with two units gives a rule for each', () => {
    expect(brief(learn(['分界路', GULIN, 6], ['分界路', NANMEN, 4]))).toEqual([
      ['road', '分界路', GULIN, 6, 4],
      ['road', '分界路', NANMEN, 4, 6],
    ]);
  });

  test('one case in fifty is no second place', () => {
    const rules = learn(['样例市场', GULIN, 49], ['样例市场', NANMEN, 1]);
    expect(brief(rules)).toEqual([['place', '样例市场', GULIN, 49, 1]]);
    expect(outcome('样例市场', rules)).toEqual([GULIN, 'place']);
  });

  test('one house teaches that house, not the road; two houses teach the road', () => {
    const one = learn(['分界路118号某店', GULIN, 4], ['海曙区分界路118号', GULIN, 5]);
    expect(brief(one)).toEqual([['house', '分界路', GULIN, 9, 0]]);
    expect(outcome('分界路118号', one)).toEqual([GULIN, 'house']);
    for (const address of ['分界路', '分界路120号'])
      expect(outcome(address, one)[0]).toBe('address-not-found');
    expect(outcome('分界路', learn(['分界路118号', GULIN, 4], ['分界路2号', GULIN, 4]))).toEqual([
      GULIN,
      'road',
    ]);
    expect(outcome('分界路', learn(['分界路118号', GULIN, 4], ['分界路', GULIN, 4]))).toEqual([
      GULIN,
      'road',
    ]);
  });

  test('a road of two stations is known by its house numbers, by side, and open between them', () => {
    const rules = learn(
      ['分界路1号', GULIN, 3],
      ['分界路21号', GULIN, 3],
      ['分界路31号', NANMEN, 3],
      ['分界路2号', NANMEN, 3],
      ['分界路32号', NANMEN, 3],
    );
    expect(outcome('分界路11号', rules)).toEqual([GULIN, 'house']);
    expect(outcome('分界路31号', rules)).toEqual([NANMEN, 'house']);
    expect(outcome('分界路10号', rules)).toEqual([NANMEN, 'house']);
    for (const address of ['分界路25号', '分界路99号', '分界路'])
      expect(outcome(address, rules)).toEqual(['address-ambiguous', `${NANMEN} ${GULIN}`]);
  });

  test('a house that two stations had stays open', () => {
    const rules = learn(['分界路1号', GULIN, 3], ['分界路1号', NANMEN, 3], ['分界路5号', GULIN, 3]);
    expect(outcome('分界路1号', rules)[0]).toBe('address-ambiguous');
    expect(outcome('分界路5号', rules)).toEqual([GULIN, 'house']);
  });

  test('names that say nothing are not learned', () => {
    expect(learn(['XX商户', GULIN, 5], ['某某', GULIN, 5], ['个体工商户', GULIN, 5])).toEqual([]);
  });
});

describe('the words of an address', () => {
  const words = (text: string) =>
    placeWords(text, indexOf(registry).divisionNames).map(({ word, house }) => `${word}${house ?? ''}`);
  test.each([
    ['宁波市海曙区古林镇测试路18号3楼', ['古林镇', '测试路18']],
    ['古林测试路18-2号', ['古林镇', '测试路18']],
    ['古林路18号', ['古林路18']],
    ['某某超市余姚市测试街5号', ['某某超市', '测试街5']],
    ['余姚市场东侧', ['余姚市场']],
    ['测试路发生时间：8月30日消费金额：100元', ['测试路']],
  ])('%s', (text, expected) => {
    expect(words(text)).toEqual(expected);
  });
});

describe('a unit that is split in the middle of the year', () => {
  const split: Registry = {
    ...registry,
    units: [
      ...registry.units.map((one) => (one.code === GULIN ? { ...one, to: '2026-06-30' } : one)),
      {
        code: '33020309',
        kind: 'station',
        name: '古林新所',
        address: '',
        phone: '',
        parent: '330203',
        from: '2026-07-01',
      },
    ],
    rules: [{ id: 'new', precision: 'road', word: '古林路', unit: '33020309', source: 'by-hand' }],
  };

  test('takes no more cases from the day after; the new one takes none before', () => {
    const on = (day: string) => findStation({ business: { address: '海曙区古林镇古林路1号' } }, split, day);
    expect(on('2026-06-30')).toMatchObject({ found: true, unit: GULIN });
    expect(on('2026-07-01')).toMatchObject({ found: true, unit: '33020309' });
  });
});
