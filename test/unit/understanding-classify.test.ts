import { describe, expect, it } from 'vitest';
import { featuresOf } from '../../shared/understanding/classify/features.ts';
import { fitWeights } from '../../shared/understanding/classify/fit.ts';
import { createJudge, softmax } from '../../shared/understanding/classify/judge.ts';
import { PRIORS } from '../../shared/understanding/classify/priors.ts';
import { sourceOf } from '../../shared/understanding/source.ts';
import { PROBLEMS, SUBJECTS } from '../../shared/understanding/understanding.ts';

const read = (text: string, title?: string, sums = 0) => featuresOf(sourceOf({ text, title }), { sums });

/** Longer than a text message. */
const LONG = '店家一直没有答复。'.repeat(12);

describe('the facts of a message', () => {
  it('hold the words of the lexicons, and where they stand', () => {
    const { features, evidence } = read('我买了一台冰箱，要求退款。', '冰箱不制冷');
    expect(features.get('word:冰箱')).toBe(1);
    expect(features.get('word:冰箱@title')).toBe(1);
    expect(features.has('word:退款@title')).toBe(false);
    expect(evidence.filter(({ word }) => word === '冰箱').map(({ start }) => start)).toContain(0);
  });

  it('say more of a word in the title than of one in the text', () => {
    const inTitle = read('店家不管。', '冰箱').features.get('subject:家用电子电器类') ?? 0;
    const inText = read('店家不管冰箱。', '投诉').features.get('subject:家用电子电器类') ?? 0;
    expect(inTitle).toBeGreaterThan(inText);
  });

  it('say more of what was bought than of what is beside it', () => {
    const bought = read('买冰箱', '家里').features.get('subject:家用电子电器类') ?? 0;
    const beside = read('看冰箱', '家里').features.get('subject:家用电子电器类') ?? 0;
    expect(bought).toBeGreaterThan(beside);
  });

  it('do not grow without end when a word is repeated', () => {
    const often = read('冰箱'.repeat(3000)).features;
    expect(Math.max(...often.values())).toBeLessThan(3);
    expect(often.get('subject:家用电子电器类%')).toBeLessThanOrEqual(1);
  });

  it.each([
    ['question-title', '奶茶店需要健康证吗？', '如题。'],
    ['report-title', '举报无证摊点', '如题。'],
    ['complaint-title', undefined, `投诉一家奶茶店。${LONG}`],
    ['no-title', undefined, `奶茶店。${LONG}`],
    ['short:very-short', undefined, '奶茶店。'],
    ['short:question-end', undefined, '可以办吗？谢谢！'],
    ['questions', undefined, `可以办吗？怎么办？${LONG}`],
    ['i', '奶茶店', '我去了两次。'],
  ])('name the shape %s', (shape, title, text) => {
    expect(read(text, title).features.has(shape)).toBe(true);
  });

  it('do not take 我市 for the writer', () => {
    expect(read('我市的奶茶店。', '奶茶店').features.has('i')).toBe(false);
  });

  it('are there for an empty message too', () => {
    const { features, evidence } = read('');
    expect(evidence).toEqual([]);
    expect(features.get('short:bias')).toBe(1);
  });

  it('have weights of their own in a text message, down to its characters', () => {
    const { features } = read('冰箱坏了１２次！');
    expect([...features.keys()].filter((name) => !name.startsWith('short:'))).toEqual([]);
    expect(features.has('short:word:冰箱')).toBe(true);
    for (const characters of ['坏', '坏了', '了0'])
      expect(features.has(`short:word:~${characters}`)).toBe(true);
    expect([...read(LONG).features.keys()].some((name) => name.startsWith('short:'))).toBe(false);
  });
});

describe('a judge', () => {
  const judge = createJudge<'yes' | 'no'>({
    labels: ['yes', 'no'],
    temperature: 1,
    weights: { bias: [0, 0], refund: [2, 0], thanks: [0, 1], both: [3, 3] },
  });

  it('gives the label the facts speak for, and how sure it is', () => {
    const { label, confidence, probabilities } = judge(new Map([['refund', 1]]));
    expect(label).toBe('yes');
    expect(confidence).toBeCloseTo(Math.exp(2) / (Math.exp(2) + 1), 10);
    expect((probabilities.get('yes') ?? 0) + (probabilities.get('no') ?? 0)).toBeCloseTo(1, 10);
  });

  it('names the facts that spoke for the label, not those that speak for all', () => {
    expect(
      judge(
        new Map([
          ['bias', 1],
          ['both', 1],
          ['refund', 1],
          ['thanks', 1],
        ]),
      ).because,
    ).toEqual(['refund']);
  });

  it('is as sure of one as of the other when it knows nothing', () => {
    expect(judge(new Map([['unheard-of', 1]])).confidence).toBe(0.5);
  });

  it('is less sure when its scores are drawn together', () => {
    const weights = { refund: [2, 0] };
    const sure = createJudge({ labels: ['yes', 'no'], temperature: 1, weights })(new Map([['refund', 1]]));
    const careful = createJudge({ labels: ['yes', 'no'], temperature: 4, weights })(new Map([['refund', 1]]));
    expect(careful.confidence).toBeLessThan(sure.confidence);
  });

  it('stays a probability for scores of any size', () => {
    expect(softmax([10_000, -10_000])).toEqual([1, 0]);
    expect(softmax([-50_000, -50_000])).toEqual([0.5, 0.5]);
  });
});

describe('fitting', () => {
  const labels = ['a', 'b'];
  const example = (fact: string, label: string, extra = 'bias') => ({
    features: new Map([
      ['bias', 1],
      [fact, 1],
      [extra, 1],
    ]),
    labels: [label],
  });
  const examples = Array.from({ length: 40 }, (_, at) =>
    at % 2 === 0 ? example('x', 'a') : example('y', 'b'),
  );
  const weightsFor = (name: string, { weights }: ReturnType<typeof fitWeights>) => weights[name] ?? [0, 0];

  it('learns which fact speaks for which label', () => {
    const judge = createJudge(fitWeights(labels, examples, {}));
    expect(
      judge(
        new Map([
          ['bias', 1],
          ['x', 1],
        ]),
      ).label,
    ).toBe('a');
    expect(
      judge(
        new Map([
          ['bias', 1],
          ['y', 1],
        ]),
      ).label,
    ).toBe('b');
  });

  it('gives the same weights for the same examples', () => {
    expect(fitWeights(labels, examples, {})).toEqual(fitWeights(labels, examples, {}));
  });

  it('leaves out words that were seen too seldom to mean anything', () => {
    const rare = [...examples, example('word:rare', 'a'), example('word:rare', 'a')];
    expect(fitWeights(labels, rare, {}).weights['word:rare']).toBeUndefined();
    expect(fitWeights(labels, rare, {}, { leastSeen: 2 }).weights['word:rare']).toBeDefined();
  });

  it('is held to what was known before: the firmer, the nearer', () => {
    const prior = { x: [-2, 2] };
    const [loose = 0] = weightsFor('x', fitWeights(labels, examples, prior, { hold: 0.1 }));
    const [firm = 0] = weightsFor('x', fitWeights(labels, examples, prior, { hold: 500 }));
    expect(Math.abs(firm + 2)).toBeLessThan(Math.abs(loose + 2));
    expect(firm).toBeLessThan(0);
  });

  it('keeps what was known of facts that no example has', () => {
    expect(fitWeights(labels, examples, { z: [1.5, -1.5] }).weights.z).toEqual([1.5, -1.5]);
  });

  it('raises rare labels when told to', () => {
    const rare = Array.from({ length: 60 }, (_, at) => example('x', at % 10 === 0 ? 'b' : 'a'));
    const sureOfRare = (balance: number) =>
      createJudge<string>(fitWeights(labels, rare, {}, { balance }))(
        new Map([
          ['bias', 1],
          ['x', 1],
        ]),
      ).probabilities.get('b') ?? 0;
    expect(sureOfRare(1)).toBeGreaterThan(sureOfRare(0));
  });

  it('is careful where the same facts had different labels', () => {
    const mixed = examples.map((one, at) => ({ ...one, labels: [at % 4 < 2 ? 'a' : 'b'] }));
    const { confidence } = createJudge(fitWeights(labels, mixed, {}))(
      new Map([
        ['bias', 1],
        ['x', 1],
      ]),
    );
    expect(confidence).toBeLessThan(0.7);
  });
});

describe('the words alone, before any message was read', () => {
  it.each([
    ['problem', '缺斤少两，电子秤不准', '计量'],
    ['problem', '假冒商标，是山寨的假货', '假冒'],
    ['subject', '运动鞋开胶', '服装鞋帽类'],
    ['subject', '快递包裹丢件', '邮政业服务'],
  ] as const)('say the %s of %s', (judged, text, label) => {
    const labels: readonly string[] = judged === 'problem' ? PROBLEMS : SUBJECTS;
    const judge = createJudge({ labels, temperature: 1, weights: PRIORS[judged] });
    expect(judge(read(text).features).label).toBe(label);
  });
});
