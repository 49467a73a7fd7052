import { gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decodeModel, encodeModel, ModelError } from '../../shared/understanding/learning/artifact.ts';
import { type Classification, createClassifier } from '../../shared/understanding/learning/classify.ts';
import {
  adaptModel,
  type Example,
  FEW_EXAMPLES,
  type Prior,
  TRAIN_DEFAULTS,
  trainModel,
} from '../../shared/understanding/learning/train.ts';
import { sourceOf, wordsAt } from '../../shared/understanding/source.ts';

const TAXONOMY = { name: 'three', classes: [{ id: '停车' }, { id: '噪声' }, { id: '工资' }] };

/** Sentences put together from parts, so that there are enough to learn from. */
const PARTS: Record<string, [string[], string[]]> = {
  停车: [
    ['停车场', '路边车位', '地下车库', '小区门口'],
    ['乱收停车费', '车位被占', '没有车位可停', '划线收费没有公示'],
  ],
  噪声: [
    ['楼下酒吧', '夜间工地', '广场音响', '隔壁加工厂'],
    ['噪声吵得睡不着', '半夜还在施工', '音量太大扰民', '机器轰鸣不停'],
  ],
  工资: [
    ['包工头', '原来的公司', '餐馆老板', '劳务公司'],
    ['拖欠工资三个月', '不发加班费', '克扣农民工工资', '离职后不结算工资'],
  ],
};
const EXAMPLES: Example[] = Object.entries(PARTS).flatMap(([label, [who, what]]) =>
  who.flatMap((one) =>
    what.map((other) => ({ title: `${one}${other}`, text: `您好,${one}${other},请帮忙。`, label })),
  ),
);
/** The same as words without the words that only bind. */
const WORD_LISTS: Example[] = Object.entries(PARTS).flatMap(([label, [who, what]]) =>
  who.flatMap((one) =>
    what.map((other) => ({ tokens: `${one} ${other.match(/.{1,2}/gu)?.join(' ')}`, label })),
  ),
);

const MODEL = trainModel(TAXONOMY, EXAMPLES, FEW_EXAMPLES);
const classify = createClassifier(MODEL);
const plain = ({ label, confidence }: Classification) => ({ label, confidence });

describe('a model learnt from labelled messages', () => {
  it.each([
    ['商场的车库一小时收二十元停车费,没有公示', '停车'],
    ['工地夜里两点还在施工,吵得全楼睡不着', '噪声'],
    ['干了半年,老板一直拖着工资不给', '工资'],
  ])('finds the class of a new message: %s', (text, label) => {
    expect(classify({ text }).label).toBe(label);
  });

  it('says which words it went by, and where they stand', () => {
    const message = { title: '咨询', text: '公司拖欠工资怎么办' };
    const { because } = classify(message);
    expect(because[0]?.words).toContain('工资');
    for (const { words, span } of because) expect(wordsAt(sourceOf(message), span)).toBe(words);
  });

  it('gives shares that add up to one, the highest of them as its confidence', () => {
    const { shares, confidence, label } = classify({ text: '停车场半夜噪声很大' });
    expect(shares.reduce((total, { share }) => total + share, 0)).toBeCloseTo(1, 9);
    expect(Math.max(...shares.map(({ share }) => share))).toBe(confidence);
    expect(shares.find((one) => one.label === label)?.share).toBe(confidence);
  });

  it('is surer of a plain message than of one without a word it knows', () => {
    expect(classify({ text: '公司拖欠工资,克扣加班费' }).confidence).toBeGreaterThan(
      classify({ text: '你们几点上班' }).confidence + 0.2,
    );
  });

  it('gives one message the same answer before and after others', () => {
    const message = { text: '劳务公司不发工资' };
    const before = classify(message);
    classify({ text: '广场音响扰民'.repeat(50) });
    expect(classify(message)).toEqual(before);
  });

  it('answers any text', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: 'binary', maxLength: 200 }),
        fc.string({ unit: 'binary' }),
        (text, title) => {
          const { label, confidence } = classify({ title, text });
          expect(MODEL.classes).toContain(label);
          expect(confidence).toBeGreaterThan(0);
          expect(confidence).toBeLessThanOrEqual(1);
        },
      ),
    );
    for (const text of ['', '\ud800', '😀'.repeat(5000), '工'.repeat(10_000), '1'.repeat(10_000)]) {
      expect(MODEL.classes).toContain(classify({ text }).label);
    }
  });
});

describe('word lists as examples', () => {
  const fromLists = createClassifier(trainModel(TAXONOMY, WORD_LISTS, TRAIN_DEFAULTS));

  it.each([
    ['我们的停车场乱收了停车费', '停车'],
    ['夜间的工地机器轰鸣得不停', '噪声'],
    ['他们公司又克扣了农民工的工资', '工资'],
  ])('a model learnt from them reads messages in full sentences: %s', (text, label) => {
    expect(fromLists({ text }).label).toBe(label);
  });

  it('leaves out words that the lists never hold', () => {
    const because = fromLists({ text: '我们的停车场' }).because.map(({ words }) => words);
    expect(because).toContain('停车场');
    expect(because.join('')).not.toMatch(/我|们|的/);
  });
});

describe('a taxonomy of another bureau', () => {
  it('works from the words of its classes before there is any example', () => {
    const model = trainModel(
      {
        name: 'new',
        classes: [
          { id: 'A', words: ['路灯 照明', '窨井盖 道路塌陷'] },
          { id: 'B', words: ['食品卫生 过期食品', '餐饮后厨'] },
        ],
      },
      [],
      { ...FEW_EXAMPLES, least: 1 },
    );
    const answer = createClassifier(model);
    expect(answer({ text: '我家门口的路灯三天不亮了' }).label).toBe('A');
    expect(answer({ text: '超市卖过期食品' }).label).toBe('B');
  });

  it('refuses an example of a class that it does not have, naming it', () => {
    expect(() => trainModel(TAXONOMY, [{ text: '水管漏水', label: '供水' }])).toThrow('供水');
  });

  it('refuses an example without words', () => {
    expect(() => trainModel(TAXONOMY, [{ label: '停车' }])).toThrow('neither text nor tokens');
  });
});

describe('corrections on top of built-in knowledge', () => {
  /** Built-in knowledge that takes everything about a car park for parking. */
  const prior: Prior = ({ text }) => (text.includes('停车') ? [0.8, 0.1, 0.1] : [0.2, 0.4, 0.4]);
  const wage = (text: string) => ({ text, label: '工资' });
  const KEEPERS = ['停车场保安', '停车场收费员', '停车楼的保洁', '停车场看车人'];
  const ASKS = ['被拖欠工资', '要求结算工资', '加班没有工资', '工资被克扣', '辞职后工资不给'];
  const corrections = KEEPERS.flatMap((who) => ASKS.map((ask) => wage(`${who}${ask}`)));
  const message = { text: '停车场的门卫说工资拖了两个月' };

  it('without corrections the built-in knowledge decides, and is as sure as it was', () => {
    const answer = createClassifier(adaptModel(TAXONOMY, prior, []));
    const { label, confidence } = answer({ ...message, prior: prior(message) });
    expect(label).toBe('停车');
    expect(confidence).toBeCloseTo(0.8, 9);
  });

  it('one correction changes little, many change the answer', () => {
    const shareOfWage = (count: number) => {
      const answer = createClassifier(adaptModel(TAXONOMY, prior, corrections.slice(0, count)));
      return answer({ ...message, prior: prior(message) }).shares[2]!.share;
    };
    expect(shareOfWage(1)).toBeLessThan(0.3);
    expect(shareOfWage(20)).toBeGreaterThan(0.5);
  });

  it('does not answer without the built-in knowledge that it adds to', () => {
    const answer = createClassifier(adaptModel(TAXONOMY, prior, corrections));
    expect(() => answer(message)).toThrow('prior');
  });
});

describe('the artifact of a model', () => {
  const bytes = encodeModel(MODEL);

  it('gives the same answers after writing and reading', () => {
    const again = createClassifier(decodeModel(bytes));
    for (const { title, text = '' } of EXAMPLES) {
      expect(again({ title, text })).toEqual(classify({ title, text }));
    }
  });

  it('is the same, byte for byte, when trained again', () => {
    expect(encodeModel(trainModel(TAXONOMY, EXAMPLES, FEW_EXAMPLES))).toEqual(bytes);
  });

  it('keeps the dictionary of word lists', () => {
    const model = trainModel(TAXONOMY, WORD_LISTS);
    const text = '夜间的工地机器轰鸣得不停';
    expect(plain(createClassifier(decodeModel(encodeModel(model)))({ text }))).toEqual(
      plain(createClassifier(model)({ text })),
    );
  });

  it('holds no words of the examples', () => {
    const secret = ['张三丰', '李四光'];
    const named = EXAMPLES.map((example) => ({ ...example, text: `${secret.join('和')}说${example.text}` }));
    const written = new TextDecoder().decode(encodeModel(trainModel(TAXONOMY, named, FEW_EXAMPLES)));
    for (const name of secret) expect(written).not.toContain(name);
  });

  it('is smaller with fewer features, and keeps those that matter', () => {
    const small = trainModel(TAXONOMY, EXAMPLES, { ...FEW_EXAMPLES, most: 30 });
    expect(small.hashes).toHaveLength(30);
    expect(gzipSync(encodeModel(small)).length).toBeLessThan(gzipSync(bytes).length);
    expect(createClassifier(small)({ text: '公司拖欠工资' }).label).toBe('工资');
  });

  it('is not read when it has another version, and says so', () => {
    const other = bytes.slice();
    other[7] = 9;
    expect(() => decodeModel(other)).toThrow(/version 9.*version 1/);
  });

  it('is not read when any part is missing', () => {
    for (let length = 0; length < bytes.length; length += 1) {
      expect(() => decodeModel(bytes.subarray(0, length))).toThrow(ModelError);
    }
  });

  it('is not read when a byte is changed', () => {
    fc.assert(
      fc.property(fc.nat(bytes.length - 1), fc.integer({ min: 1, max: 255 }), (at, change) => {
        const changed = bytes.slice();
        changed[at] = changed[at]! ^ change;
        expect(() => decodeModel(changed)).toThrow(ModelError);
      }),
    );
  });
});
