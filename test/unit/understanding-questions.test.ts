import { describe, expect, it } from 'vitest';
import { gazetteerBytes } from '../../infra/commands/build-gazetteer/gazetteer-bytes.ts';
import { type Missing, missingIn } from '../../shared/understanding/missing.ts';
import { readGazetteer } from '../../shared/understanding/places/gazetteer.ts';
import {
  ONE_SMS,
  type Question,
  questionsFor,
  understandAnswer,
} from '../../shared/understanding/questions.ts';
import { createJudges, type Understanding, understand } from '../../shared/understanding/understand.ts';
import type { Field, MessageKind } from '../../shared/understanding/understanding.ts';

const knowledge = { gazetteer: readGazetteer(gazetteerBytes()), home: '3302', judges: createJudges() };
const field = <T>(value: T, confidence = 0.95): Field<T> => ({
  value,
  confidence,
  spans: [],
  why: { zh: '', en: '' },
});

/** A complaint with everything a bureau needs; `but` changes it. */
function understood(but: Partial<Understanding> = {}): Understanding {
  const clear = understand({ text: '在江北区南苑超市买的鞋开胶，要求退款。' }, knowledge);
  return {
    ...clear,
    concerns: true,
    kind: field<MessageKind>('complaint'),
    respondent: field('南苑超市'),
    place: field('江北区'),
    division: { ...field('330205'), code: '330205', level: 'county', candidates: ['330205'] },
    requests: [field('refund')],
    paid: field(29_900),
    purchasedOn: field('2024-11-03'),
    missing: [],
    questions: [],
    ...but,
  };
}

const LONG_ENOUGH = 100;
const lacking = (but: Partial<Understanding>, length = LONG_ENOUGH) => missingIn(understood(but), length);

describe('what is missing for a lawful complaint', () => {
  it('is nothing when all is said', () => {
    expect(lacking({})).toEqual([]);
  });

  it.each([
    ['respondent', { respondent: undefined }],
    ['place', { place: undefined }],
    ['request', { requests: [] }],
    ['paid', { paid: undefined }],
    ['date', { purchasedOn: undefined, occurredOn: undefined }],
  ] as [Missing, Partial<Understanding>][])('is the %s', (missing, but) => {
    expect(lacking(but)).toEqual([missing]);
  });

  it('is the facts of a message of a few words', () => {
    expect(lacking({}, 6)).toEqual(['facts']);
  });

  it('is not the day of buying when the day of the incident is known', () => {
    expect(lacking({ purchasedOn: undefined, occurredOn: field('2024-11-03') })).toEqual([]);
  });

  it('of a report is neither a wish nor a price', () => {
    expect(lacking({ kind: field('report'), requests: [], paid: undefined })).toEqual([]);
    expect(lacking({ kind: field('report'), respondent: undefined })).toEqual(['respondent']);
  });

  it.each(['inquiry', 'other'] as const)('is nothing of a message that is %s', (kind) => {
    expect(lacking({ kind: field<MessageKind>(kind), respondent: undefined, place: undefined })).toEqual([]);
  });
});

describe('the questions asked back', () => {
  it('are none when nothing is missing or doubtful', () => {
    expect(questionsFor(understood())).toEqual([]);
  });

  it('are none of an everyday message', () => {
    expect(questionsFor(understood({ concerns: false, missing: ['respondent', 'place'] }))).toEqual([]);
  });

  it('are three at most, in the order in which they help', () => {
    const missing: Missing[] = ['respondent', 'place', 'facts', 'request', 'paid', 'date'];
    expect(questionsFor(understood({ missing })).map(({ about }) => about)).toEqual([
      'respondent',
      'place',
      'facts',
    ]);
  });

  it('let the writer choose by number what the message is when that is doubtful', () => {
    const [question] = questionsFor(understood({ kind: field<MessageKind>('both', 0.4) }));
    expect(question).toMatchObject({ about: 'kind', choices: ['complaint', 'report', 'both'] });
    expect(question?.zh).toMatch(/1.*2.*3.*回复数字/);
  });

  it('read back a name and a sum that are doubtful', () => {
    const [name, sum] = questionsFor(
      understood({ respondent: field('南苑超市', 0.5), paid: field(29_950, 0.5) }),
    );
    expect(name?.zh).toContain('“南苑超市”，对吗');
    expect(sum?.zh).toContain('299.5元，对吗');
  });

  it('ask which place when several bear its name', () => {
    const division = { ...field(null), code: null, level: null, candidates: ['330203', '530324'] };
    const questions = questionsFor(understood({ place: field('新民镇'), division }));
    expect(questions).toMatchObject([{ about: 'which-place' }]);
    expect(questions[0]?.zh).toContain('“新民镇”');
  });

  it('fit one SMS, whatever the name', () => {
    const names = ['店'.repeat(200), `${'店'.repeat(18)}🍎🍎🍎`, '𠮷'.repeat(30)];
    const missings: Missing[] = ['respondent', 'place', 'facts', 'request', 'paid', 'date'];
    const questions = [
      ...missings.flatMap((one) => questionsFor(understood({ missing: [one] }))),
      ...names.flatMap((name) => questionsFor(understood({ respondent: field(name, 0.3) }))),
      ...names.flatMap((name) =>
        questionsFor(
          understood({
            place: field(name),
            division: { ...field(null), code: null, level: null, candidates: ['33', '34'] },
          }),
        ),
      ),
      ...questionsFor(
        understood({ kind: field<MessageKind>('both', 0.4), paid: field(999_999_999_999, 0.4) }),
      ),
    ];
    expect(questions).toHaveLength(14);
    for (const { zh } of questions) {
      expect(zh.length).toBeLessThanOrEqual(ONE_SMS);
      expect(zh.isWellFormed()).toBe(true);
      expect(zh).toMatch(/[？。]$/);
    }
  });
});

const TODAY = '2024-11-20';
const open = (about: Question['about']): Question => ({ about, zh: '', en: '' });
const readBack = (about: Question['about']): Question => ({ ...open(about), readsBack: true });
const choice: Question = { ...open('kind'), choices: ['complaint', 'report', 'both'] };
const answered = (question: Question, answer: string) => understandAnswer(question, answer, TODAY);
const NOT_UNDERSTOOD = { understood: false };

describe('an answer is understood in the context of its question', () => {
  it.each([
    ['299', 29_900],
    ['２９９', 29_900],
    ['299.5', 29_950],
    ['299元', 29_900],
    ['￥1,299.00', 129_900],
    ['一共两百五十块', 25_000],
    ['三千六百元', 360_000],
    ['1.8万', 1_800_000],
    ['不是，是399', 39_900],
    ['不是299，是399', 39_900],
    ['不对 399元', 39_900],
    ['我花了299。', 29_900],
  ])('a sum: %s', (answer, value) => {
    expect(answered(readBack('paid'), answer)).toEqual({ about: 'paid', understood: true, value });
  });

  it.each(['挺贵的', '', '订单号202411030001', '2023年', '3天前', '两三百', '你们看着办'])(
    'no sum: %j',
    (answer) => {
      expect(answered(open('paid'), answer)).toMatchObject(NOT_UNDERSTOOD);
    },
  );

  it.each([
    ['南苑超市', '南苑超市'],
    ['店名叫南苑超市。', '南苑超市'],
    ['叫南苑超市', '南苑超市'],
    ['不是，是南苑超市', '南苑超市'],
    ['不是北苑，是南苑超市', '南苑超市'],
    ['不是北苑而是南苑超市', '南苑超市'],
    ['应该是南苑超市', '南苑超市'],
    ['在南苑超市买的', '南苑超市'],
    ['公司：宁波南苑商贸有限公司', '宁波南苑商贸有限公司'],
    [' 南苑超市 ', '南苑超市'],
  ])('a name: %s', (answer, value) => {
    expect(answered(readBack('respondent'), answer)).toEqual({
      about: 'respondent',
      understood: true,
      value,
    });
  });

  it.each(['不是', '不对', '不是。', '不是南苑超市', '错了'])('a mere no says no name: %s', (answer) => {
    expect(answered(readBack('respondent'), answer)).toMatchObject(NOT_UNDERSTOOD);
  });

  it.each([
    '对',
    '对的',
    '是的',
    '是',
    '嗯',
    '嗯嗯',
    '没错！',
    '好的',
    '对，是的',
    '是的，没错',
    'OK',
    'ｙｅｓ',
  ])('a yes to what was read back: %s', (answer) => {
    expect(answered(readBack('respondent'), answer)).toEqual({
      about: 'respondent',
      understood: true,
      confirmed: true,
    });
    expect(answered(readBack('paid'), answer)).toEqual({ about: 'paid', understood: true, confirmed: true });
  });

  it.each(['respondent', 'place', 'paid', 'date'] as const)(
    'a yes to an open question (%s) says nothing',
    (about) => {
      expect(answered(open(about), '好的')).toMatchObject(NOT_UNDERSTOOD);
    },
  );

  it.each([
    '不知道',
    '我不知道',
    '不清楚',
    '不太清楚',
    '忘了',
    '忘记了',
    '记不清了',
    '记不清楚了',
    '不记得店名了',
    '不知道叫什么',
    '不知道在哪',
    '真不知道。',
  ])('who does not know is not asked again: %s', (answer) => {
    expect(answered(open('respondent'), answer)).toEqual({
      about: 'respondent',
      understood: true,
      value: null,
    });
    expect(answered(choice, answer)).toEqual({ about: 'kind', understood: true, value: null });
  });

  it.each([
    ['2', 'report'],
    ['２', 'report'],
    ['1.', 'complaint'],
    ['选2', 'report'],
    ['第三个', 'both'],
    ['我选择一', 'complaint'],
    ['回复3', 'both'],
    ['2只举报违法行为', 'report'],
    ['我要举报', 'report'],
    ['退款', 'complaint'],
    ['只要退款，不举报', 'complaint'],
    ['两者都要', 'both'],
  ])('a choice: %s', (answer, value) => {
    expect(answered(choice, answer)).toEqual({ about: 'kind', understood: true, value });
  });

  it.each(['299', '12', '4', '10', '3月5日', '1000元', '随便', '', '对'])('no choice: %j', (answer) => {
    expect(answered(choice, answer)).toMatchObject(NOT_UNDERSTOOD);
  });

  it.each([
    ['昨天', '2024-11-19'],
    ['11月3日', '2024-11-03'],
    ['2024年10月1号', '2024-10-01'],
    ['不是3号，是11月5日', '2024-11-05'],
  ])('a day: %s', (answer, value) => {
    expect(answered(open('date'), answer)).toEqual({ about: 'date', understood: true, value });
  });

  it('a place, as written', () => {
    expect(answered(open('place'), '地址是江北区大闸南路12号')).toMatchObject({
      value: '江北区大闸南路12号',
    });
    expect(answered(open('which-place'), '在宁波的江北区')).toMatchObject({ value: '宁波的江北区' });
  });

  it('a wish and the facts, as written', () => {
    expect(answered(open('request'), '全额退款')).toMatchObject({ value: '全额退款' });
    expect(answered(open('facts'), '买的鞋开胶了')).toMatchObject({ value: '买的鞋开胶了' });
  });

  it('of a long answer takes the name of the business', () => {
    const answer = '当时是我同事陪我一起去的，店的全称就是宁波南苑商贸有限公司，收据上盖着它的章';
    expect(answered(open('respondent'), answer)).toMatchObject({ value: '宁波南苑商贸有限公司' });
  });
});
