import { describe, expect, it } from 'vitest';
import { gazetteerBytes } from '../../infra/commands/build-gazetteer/gazetteer-bytes.ts';
import { admissibilityOf } from '../../shared/understanding/admissibility.ts';
import { readGazetteer } from '../../shared/understanding/places/gazetteer.ts';
import { otherAuthorities } from '../../shared/understanding/scope.ts';
import { sourceOf, wordsAt } from '../../shared/understanding/source.ts';
import { createJudges, understand } from '../../shared/understanding/understand.ts';

const ids = (text: string, title?: string) =>
  otherAuthorities(sourceOf({ text, title })).map(({ authority }) => authority.id);

describe('who else may be responsible', () => {
  it.each([
    ['厂里拖欠工资三个月，还没有签劳动合同', 'labour'],
    ['开发商延期交房两年，房产证也办不下来', 'housing'],
    ['孩子转学学籍的事', 'education'],
    ['被人网络诈骗，已经报案', 'police'],
    ['出租车司机拒载', 'transport'],
    ['医生误诊', 'health'],
    ['化工厂夜里偷偷排放废水', 'environment'],
    ['有人占道摆摊，城管不管', 'urban'],
    ['宽带提速办了携号转网', 'telecom'],
    ['信用卡被银行多收利息', 'finance'],
    ['导游逼着跟团游的老人购物', 'culture'],
    ['商家偷税漏税', 'tax'],
    ['快件丢了，驿站说没收到', 'post'],
    ['村里征地，宅基地没补', 'land'],
    ['连着停水，水压也低', 'water'],
    ['半夜停电', 'energy'],
    ['小店卖假烟', 'tobacco'],
    ['化肥让秧苗枯死，种子也不出芽', 'agriculture'],
    ['合伙人欠款不还', 'court'],
    ['新农合报销比例', 'medical-insurance'],
    ['村干部吃低保', 'government'],
    ['医院没给做B超', 'health'],
  ])('%s: %s', (text, id) => {
    expect(ids(text)[0]).toBe(id);
  });

  it('is nobody where nothing speaks of one', () => {
    expect(ids('买的运动鞋穿两天就开胶')).toEqual([]);
  });

  it('believes the title more than the text', () => {
    expect(ids('快件放在驿站。', '医生骂人')[0]).toBe('health');
    expect(ids('快件放在驿站。医生骂人')[0]).toBe('post');
  });

  it('names three at most, with the words that say so and a phone number', () => {
    const source = sourceOf({ text: '快件延误，银行扣费，停水，导游骂人，停电' });
    const others = otherAuthorities(source);
    expect(others).toHaveLength(3);
    for (const { authority, spans } of others) {
      expect(authority.phone).toMatch(/^\d{3,5}$/);
      for (const span of spans) expect(authority.words.split(' ')).toContain(wordsAt(source, span));
    }
  });
});

describe('a hint for the officer who decides whether to accept', () => {
  const knowledge = { gazetteer: readGazetteer(gazetteerBytes()), judges: createJudges() };
  const hint = (text: string) => admissibilityOf(understand({ text }, knowledge), text);
  const CLEAR = '我在江北区南苑超市花299元买了一双运动鞋，穿了两天就开胶，店家拒绝退款，要求退款299元。';

  it('is to accept what is clear', () => {
    expect(hint(CLEAR)).toEqual({ suggestion: 'ACCEPT', ground: undefined });
  });

  it.each([
    [
      '已经受理',
      '这件事消协已经受理过了，我对结果不满意，要求再退款299元，请市场监管局处理这家鞋店。',
      'already-handled',
    ],
    ['法院判决', '鞋店欠我的退款法院已经判决了，商家还是不退款，请市场监管局帮忙。', 'already-handled'],
    ['工资', '我在饭店打工，老板拖欠工资六千元，一直没有签劳动合同，要求支付工资。', 'out-of-scope'],
    [
      '没有名称',
      '我在路边买了一双运动鞋花了299元，开胶了要求退款，不过我无法提供店铺名称和地址。',
      'missing-material',
    ],
  ])('is to look where a ground shows: %s', (_, text, ground) => {
    expect(hint(text)).toEqual({ suggestion: 'REVIEW', ground });
  });

  it('does not take what the business failed to do for something handled', () => {
    expect(hint(`${CLEAR}我已经付款，商家一直不答复。`).ground).toBeUndefined();
  });

  it.each(['拼多多砍一刀的活动没有兑现', '店里写着跳楼价'])(
    'does not take talk of prices for a threat: %s',
    (text) => {
      expect(hint(`${CLEAR}${text}。`).suggestion).toBe('ACCEPT');
    },
  );

  it.each(['再不退款我就去跳楼', '再不解决我们就集体上访', '把店砸了同归于尽'])(
    'sends to a person: %s',
    (text) => {
      expect(hint(`${CLEAR}${text}。`)).toEqual({ suggestion: 'REVIEW', ground: undefined });
    },
  );

  it.each(['', '你好', '测试', '１２３', '。。。'])('is to look where nothing is said: %j', (text) => {
    expect(hint(text)).toEqual({ suggestion: 'REVIEW', ground: undefined });
  });

  it('sends nobody away who fell ill, whoever is responsible in the end', () => {
    const { suggestion, ground } = hint('小学食堂的饭菜让十几个学生食物中毒，学校和老师都不管。');
    expect({ suggestion, ground }).toEqual({ suggestion: 'REVIEW', ground: undefined });
  });
});
