import { beforeAll, describe, expect, it } from 'vitest';
import { gazetteerBytes } from '../../infra/commands/build-gazetteer/gazetteer-bytes.ts';
import { describeReview } from '../../infra/commands/train-understanding/describe.ts';
import type { Case } from '../../shared/case/case.ts';
import { createBureauJudges } from '../../shared/intake/bureau-judges.ts';
import { createReadComplaint } from '../../shared/intake/read-complaint.ts';
import { createMemoryModelStore, formerOf, type ModelStore } from '../../shared/store/model-store.ts';
import { featuresOf } from '../../shared/understanding/classify/features.ts';
import { ModelError } from '../../shared/understanding/learning/artifact.ts';
import {
  type BureauModel,
  decodeBureauModel,
  encodeBureauModel,
  weightsOf,
} from '../../shared/understanding/learning/bureau-model.ts';
import {
  createCategorize,
  readTaxonomy,
  trainOwnClasses,
} from '../../shared/understanding/learning/own-classes.ts';
import {
  type CaseExample,
  exampleOf,
  review,
  splitLast,
  trainBureauModel,
} from '../../shared/understanding/learning/train-bureau.ts';
import { readGazetteer } from '../../shared/understanding/places/gazetteer.ts';
import { sourceOf } from '../../shared/understanding/source.ts';
import { createJudges } from '../../shared/understanding/understand.ts';
import { understoodSchema } from '../../shared/understanding/understood.ts';
import { MONDAY, registered } from './support.ts';

const judges = createJudges();
const factsOf = (text: string) => featuresOf(sourceOf({ text }), { sums: 0 }).features;
const readAs = (text: string) => judges.problem(factsOf(text)).label;

const GYMS = ['健身房', '游泳馆', '瑜伽馆', '舞蹈房', '拳馆'];
const CLOSED = [
  '办了年卡后闭店不退款',
  '会员卡余额不退',
  '预付卡充值后停业联系不上',
  '关门跑路，卡里的钱不退',
];
const SHOPS = ['超市', '水果店', '早餐店', '面包房', '便利店'];
const FOOD = ['卖的牛奶变质了', '的面包发霉', '食品过期还在卖', '的熟食吃出虫子'];
const words = (who: readonly string[], what: readonly string[]) =>
  who.flatMap((one) => what.map((other) => `我在${one}消费，${one}${other}，要求处理。`));

/** A case that was read as the system reads it, and closed; with what a person set right. */
function closed(text: string, at: number, set: { problem?: string } = {}, changes: Partial<Case> = {}): Case {
  const facts = factsOf(text);
  const field = (name: 'kind' | 'problem' | 'subject' | 'scope') => {
    return { value: judges[name](facts).label, confidence: 0.9, spans: [] };
  };
  const problem =
    set.problem === undefined ? field('problem') : { value: set.problem, confidence: 1, spans: [] };
  const { after } = registered(at, MONDAY, { text });
  return {
    ...after,
    state: 'closed',
    receivedAt: `2026-${String(1 + Math.floor(at / 28)).padStart(2, '0')}-${String(1 + (at % 28)).padStart(2, '0')}T02:00:00.000Z`,
    understood: understoodSchema.parse({
      kind: field('kind'),
      problem,
      subject: field('subject'),
      scope: field('scope'),
      corrected: set.problem === undefined ? [] : ['problem'],
    }),
    ...changes,
  };
}

/** This bureau counts prepaid cards of businesses that closed under 其他; the built-in knowledge never would. */
const OWN = '其他';
const CASES = words(GYMS, CLOSED).flatMap((text, index) => [
  closed(text, 2 * index, { problem: OWN }),
  closed(words(SHOPS, FOOD)[index] ?? '', 2 * index + 1),
]);
const examplesOf = (cases: readonly Case[]): CaseExample[] =>
  cases.map((found) => {
    const example = exampleOf(found);
    if (example === undefined) throw new Error('teaches nothing');
    // One task is enough to see how learning goes, and quick.
    const { problem } = example.right;
    return { ...example, right: problem === undefined ? {} : { problem } };
  });
const TRAINING = { bureau: '330200', version: 1, on: '2026-11-16' };
const EXAMPLES = examplesOf(CASES);
const { learnt, kept } = splitLast(EXAMPLES, 200);

let model: BureauModel;
beforeAll(() => {
  model = trainBureauModel(learnt, TRAINING);
});

const WASHER = '我买的洗衣机用了两天就坏了，质量有问题，商家不给退';

describe('what a case teaches', () => {
  const teaches = (changes: Partial<Case>) => exampleOf(closed(WASHER, 0, {}, changes))?.right;

  it('is what people left as it was when they closed it, and the kind and scope that it ended as', () => {
    expect(teaches({})).toMatchObject({ kind: 'complaint', problem: readAs(WASHER), scope: 'yes' });
    expect(teaches({ kind: 'report', state: 'handed-over' })).toMatchObject({ kind: 'report' });
    expect(teaches({ state: 'pointed-elsewhere' })).toMatchObject({ scope: 'no' });
    expect(teaches({ state: 'refused-told', ground: 'art16-1' })).toMatchObject({ scope: 'no' });
    expect(teaches({ state: 'refused-told', ground: 'art16-3' })).not.toHaveProperty('scope');
  });

  it('is of an open case only what was set right', () => {
    expect(teaches({ state: 'accepted' })).toBeUndefined();
    const open = closed('超市卖的牛奶变质了', 0, { problem: '安全' }, { state: 'accepted' });
    expect(exampleOf(open)).toMatchObject({ right: { problem: '安全' }, corrected: ['problem'] });
  });

  it.each([
    ['words are erased', { complaint: { text: '', business: {} }, erased: true }],
    ['was never read', { understood: undefined }],
    ['was withdrawn before anybody looked into it', { state: 'withdrawn' }],
  ] as const)('is nothing when it %s', (_, changes) => {
    expect(teaches(changes)).toBeUndefined();
  });

  it('is nothing that the system was unsure of and nobody touched', () => {
    const found = closed('超市卖的牛奶变质了', 0);
    const doubtful = understoodSchema.parse({
      ...found.understood,
      problem: { value: '质量', confidence: 0.5 },
    });
    expect(exampleOf({ ...found, understood: doubtful })?.right).not.toHaveProperty('problem');
  });

  it('holds no sentence of the citizen', () => {
    const example = exampleOf(closed('我叫赵夔龘，超市卖的牛奶变质了', 0));
    const facts = [...(example?.features.keys() ?? [])].join(' ');
    expect(facts).toContain('牛奶');
    expect(facts).not.toMatch(/夔|龘/);
  });
});

describe('a model learnt from a bureau’s cases', () => {
  const learntJudge = () => createJudges(weightsOf(model).weights).problem;
  const message = '在瑜伽会所办了会员卡，现在闭店，卡里的钱不退';

  it('judges new messages as the bureau does, and others as before', () => {
    expect(readAs(message)).not.toBe(OWN);
    expect(learntJudge()(factsOf(message)).label).toBe(OWN);
    const food = '在超市买的面包吃出虫子，要求赔偿';
    expect(learntJudge()(factsOf(food)).label).toBe(readAs(food));
  });

  it('is the same to the last byte, in whatever order the cases are read', () => {
    const again = trainBureauModel(learnt.toReversed(), TRAINING);
    expect(Buffer.from(encodeBureauModel(again)).equals(encodeBureauModel(model))).toBe(true);
  });

  it('says what it was learnt from, and comes back as it was written', () => {
    const read = decodeBureauModel(encodeBureauModel(model));
    expect(read).toEqual(model);
    expect(read).toMatchObject({ bureau: '330200', version: 1, trainedOn: '2026-11-16' });
    expect([read.cases, read.corrections]).toEqual([32, 16]);
    expect(read.learntUntil).toBe(learnt.at(-1)?.receivedAt);
  });

  it('holds figures for facts of our own words, and no names, shops or sentences', () => {
    const text = new TextDecoder().decode(encodeBureauModel(model));
    expect(text).not.toContain('我在健身房');
    expect(text).not.toContain(CASES[0]?.number);
    expect(text).not.toContain('拳馆消费');
  });

  it('is not surer than the built-in knowledge: leaving an answer as it was does not prove it', () => {
    const { weights } = weightsOf(model);
    expect(weights.problem?.temperature).toBeGreaterThanOrEqual(0.7);
  });

  it('leaves a task alone that hardly any case says something of', () => {
    expect(Object.keys(model.tasks)).toEqual(['problem']);
    expect(trainBureauModel(learnt.slice(0, 4), TRAINING).tasks).toEqual({});
  });
});

describe('the review before it goes live', () => {
  it('is on the last cases, which it has not learnt from', () => {
    expect([learnt.length, kept.length]).toEqual([32, 8]);
    expect(splitLast(EXAMPLES, 3).kept.map(({ number }) => number)).toEqual(
      CASES.slice(-3).map(({ number }) => number),
    );
  });

  it('tells how often each was right, and every answer that would be another one', () => {
    const found = review({}, weightsOf(model).weights, kept);
    expect(found.verdict).toBe('better');
    const [problem] = found.fields;
    expect(problem).toMatchObject({ field: 'problem', cases: 8, oldRight: 4 });
    const repaired = found.changes.filter((change) => change.new.label === change.right);
    const broken = found.changes.filter((change) => change.old.label === change.right);
    expect(repaired.length).toBeGreaterThanOrEqual(3);
    expect(problem?.newRight).toBe(4 + repaired.length - broken.length);
    const [line] = describeReview(found).filter((one) => one.startsWith('+'));
    expect(line).toContain(`→ ${OWN}`);
    expect(line).toContain(found.changes[0]?.number);
  });

  it('calls a model worse that breaks what was right', () => {
    const { weights } = weightsOf(model);
    expect(review(weights, {}, kept).verdict).toBe('worse');
    expect(review(weights, weights, kept).verdict).toBe('same');
    expect(review({}, weights, []).verdict).toBe('untested');
  });

  it('shows no number of a report: who is not on it does not learn of it', () => {
    const sealed = kept.map((example) => ({ ...example, sealed: true }));
    const lines = describeReview(review({}, weightsOf(model).weights, sealed)).join('\n');
    expect(lines).toContain('a report');
    for (const { number } of kept) expect(lines).not.toContain(number);
  });
});

const CSV = '\uFEFFcode,zh,en\r\nP,停车,Parking\r\nN,"噪声,扰民",Noise\nW,工资,';
const OWN_CLASSES = readTaxonomy(CSV);
const OWN_EXAMPLES = [
  ['P', ['停车场乱收停车费', '路边车位被占', '地下车库没有车位', '划线停车收费没有公示', '小区停车位不够']],
  [
    'N',
    ['楼下酒吧噪声吵得睡不着', '工地半夜还在施工扰民', '广场音响音量太大', '机器轰鸣不停', '夜间施工噪声'],
  ],
  ['W', ['拖欠工资三个月', '不发加班费和工资', '克扣农民工工资', '离职后不结算工资', '老板欠工资不给']],
].flatMap(([label, texts]) => (texts as string[]).map((text) => ({ text, label: String(label) })));

describe('classes of a bureau’s own', () => {
  const own = trainOwnClasses(OWN_CLASSES, OWN_EXAMPLES, undefined);

  it('are data: CSV as spreadsheets write it, or JSON', () => {
    expect(OWN_CLASSES).toEqual([
      { code: 'P', zh: '停车', en: 'Parking' },
      { code: 'N', zh: '噪声,扰民', en: 'Noise' },
      { code: 'W', zh: '工资', en: '' },
    ]);
    expect(readTaxonomy(JSON.stringify(OWN_CLASSES))).toEqual(OWN_CLASSES);
  });

  it.each([
    ['one class alone', 'code,zh,en\nP,停车,Parking'],
    ['a code twice', 'code,zh,en\nP,停车,\nP,泊车,'],
    ['a class without a name', 'code,zh,en\nP,停车,\nN,,'],
    ['another head', 'id,name\nP,停车\nN,噪声'],
    ['a broken list', '[{"code":'],
  ])('are refused with %s', (_, text) => {
    expect(() => readTaxonomy(text)).toThrow();
  });

  it.each([
    ['物业的停车场一小时收十块停车费', 'P', '停车', 'Parking'],
    ['隔壁工地夜里施工噪声很大', 'N', '噪声,扰民', 'Noise'],
    ['包工头欠我工资', 'W', '工资', '工资'],
  ])('are learnt from labelled messages: %s', (text, value, zh, en) => {
    const found = createCategorize(own)(text);
    expect(found).toMatchObject({ value, zh, en });
    expect(found.spans.length).toBeGreaterThan(0);
  });

  it('are reviewed on a fifth of the messages that neither model has seen', () => {
    expect([own.examples, own.reviewed.cases, own.reviewed.oldRight]).toEqual([12, 3, 0]);
    const again = trainOwnClasses(OWN_CLASSES, OWN_EXAMPLES, own);
    expect(again).toEqual({ ...own, reviewed: { ...own.reviewed, oldRight: own.reviewed.newRight } });
    expect(review({}, {}, [], again).verdict).toBe('same');
  });

  it('go with the model and reach the triage with it', async () => {
    const store = createMemoryModelStore();
    const bytes = encodeBureauModel({ ...model, category: own });
    await store.add({ version: 1, trainedOn: '2026-11-16', cases: 1, corrections: 1 }, bytes);
    await store.move({ from: 0, to: 1, action: 'publish', at: MONDAY, by: 'manager-1' });
    const look = createBureauJudges(
      store,
      () => new Date(MONDAY),
      () => undefined,
    );
    const read = createReadComplaint(readGazetteer(gazetteerBytes()), look);
    const { after } = registered(1, MONDAY, { text: '商场的停车场乱收停车费，没有公示' });
    expect((await read(after, '330200')).category).toMatchObject({ value: 'P', zh: '停车' });
  });

  it('refuse an example of a class that they do not have, naming it', () => {
    expect(() => trainOwnClasses(OWN_CLASSES, [{ text: '水管漏水', label: 'X' }], undefined)).toThrow('X');
  });
});

describe('bytes that are no model of this program', () => {
  it.each([
    ['nothing', new Uint8Array()],
    ['no JSON', new TextEncoder().encode('{"format":')],
    ['another format', new TextEncoder().encode('{"format":2,"bureau":"330200"}')],
    ['no text', new Uint8Array([0xff, 0xfe, 0x00])],
  ])('are refused by name: %s', (_, bytes) => {
    expect(() => decodeBureauModel(bytes)).toThrow(ModelError);
  });

  it('learnt on built-in weights that have changed since leave the task to those of today', () => {
    const [problem] = [model.tasks.problem];
    const other = { ...model, tasks: { problem: { ...problem!, base: 1 } } };
    expect(weightsOf(other)).toEqual({ weights: {}, outdated: ['problem'] });
  });
});

describe('the judges of the triage', () => {
  const clock = { ms: 0 };
  const logged: { code: string; facts: object }[] = [];
  const judgesFor = (store: Pick<ModelStore, 'live' | 'read'>) => {
    clock.ms = 0;
    logged.length = 0;
    const now = () => new Date(clock.ms);
    return createBureauJudges(store, now, (code, facts) => logged.push({ code, facts }));
  };
  const problemBy = async (look: ReturnType<typeof judgesFor>) =>
    (await look()).judges.problem(factsOf('健身房办了年卡后闭店不退款')).label;
  const publish = { from: 0, to: 1, action: 'publish', at: MONDAY, by: 'manager-1' } as const;
  const withModel = async (bytes: Uint8Array) => {
    const store = createMemoryModelStore();
    await store.add({ version: 1, trainedOn: '2026-11-16', cases: 1, corrections: 1 }, bytes);
    return store;
  };

  it('see a published model within five minutes, and its being taken back', async () => {
    const store = await withModel(encodeBureauModel(model));
    const look = judgesFor(store);
    expect(await problemBy(look)).not.toBe(OWN);
    await store.move(publish);
    clock.ms = 299_999;
    expect(await problemBy(look)).not.toBe(OWN);
    clock.ms = 300_000;
    expect(await problemBy(look)).toBe(OWN);
    await store.move({ ...publish, from: 1, to: await formerOf(store, 1), action: 'take-back' });
    clock.ms = 600_000;
    expect(await problemBy(look)).not.toBe(OWN);
    expect(logged).toEqual([]);
  });

  it('are the same for all cases of a first batch', async () => {
    const store = await withModel(encodeBureauModel(model));
    await store.move(publish);
    const look = judgesFor(store);
    expect(await Promise.all([problemBy(look), problemBy(look), problemBy(look)])).toEqual([OWN, OWN, OWN]);
  });

  it.each([
    ['broken', async () => withModel(new TextEncoder().encode('{}'))],
    ['gone', async () => createMemoryModelStore()],
  ])('are the built-in ones when the live model is %s, with a line in the log', async (_, create) => {
    const store = await create();
    await store.move(publish);
    expect(await problemBy(judgesFor(store))).not.toBe(OWN);
    expect(logged).toMatchObject([{ code: 'bureau-model-unreadable', facts: { version: 1 } }]);
  });

  it('are the built-in ones when the store does not answer, and look again later', async () => {
    const store = await withModel(encodeBureauModel(model));
    await store.move(publish);
    let broken = true;
    const look = judgesFor({
      ...store,
      live: async () => {
        if (broken) throw new Error('no connection');
        return store.live();
      },
    });
    expect(await problemBy(look)).not.toBe(OWN);
    expect(logged.map(({ code }) => code)).toEqual(['bureau-model-unreadable']);
    broken = false;
    clock.ms = 300_000;
    expect(await problemBy(look)).toBe(OWN);
  });

  it('say in the log when the built-in knowledge is no longer the one it was learnt on', async () => {
    const outdated = { ...model, tasks: { problem: { ...model.tasks.problem!, base: 1 } } };
    const store = await withModel(encodeBureauModel(outdated));
    await store.move(publish);
    expect(await problemBy(judgesFor(store))).not.toBe(OWN);
    expect(logged).toEqual([{ code: 'bureau-model-outdated', facts: { version: 1, tasks: 'problem' } }]);
  });
});
