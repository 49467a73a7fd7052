import { describe, expect, it } from 'vitest';
import { sourceOf, wordsAt } from '../../shared/understanding/source.ts';
import { findUrgency } from '../../shared/understanding/urgency.ts';

const urgent = (text: string) => findUrgency(sourceOf({ text })).map(({ value }) => value);

describe('what cannot wait', () => {
  it.each([
    [
      '幼儿园多名小朋友吃了盒饭后上吐下泻，有三个孩子送医',
      ['injury', 'food-poisoning', 'many-people', 'children'],
    ],
    ['电热毯漏电，我母亲触电受伤', ['injury', 'danger-going-on']],
    ['做完美容脸上过敏，已经住院', ['injury']],
    ['在夜宵摊吃了花甲，全家腹泻', ['food-poisoning']],
    ['恐怕是食物中毒', ['food-poisoning']],
    ['豆角没炒熟，吃了拉肚子', ['food-poisoning']],
    ['无证食堂中毒了', ['food-poisoning']],
    ['过期的奶粉还在销售', ['danger-going-on']],
    ['楼下燃气泄漏，有煤气味', ['danger-going-on']],
    ['健身房要关门，老板卷款', ['danger-going-on']],
    ['电梯困人，孩子被困在里面', ['children', 'danger-going-on']],
  ] as const)('%s', (text, urgencies) => {
    expect(urgent(text)).toEqual(urgencies);
  });

  it.each([
    '没有受伤',
    '幸好没受伤',
    '没有造成人员受伤',
    '无人受伤',
    '差点摔伤',
    '万一触电怎么办',
    '如果有人摔伤谁负责',
    '可能导致触电',
    '建议加强检查，避免食物中毒',
    '担心食物中毒',
    '医院住院部多收了押金',
    '住院费能报销吗',
    '我正在考虑退款',
    '商场正在促销',
    '罐头里吃出一只虫子',
    '今年已经发生了3起火灾',
    '在高铁站看着火车开走',
  ])('is not: %s', (text) => {
    expect(urgent(text)).toEqual([]);
  });

  it('is not a child or a crowd to whom nothing happened', () => {
    expect(urgent('给孩子报的英语班关门了，几百名家长在等退费')).toEqual([]);
  });

  it('is what happened beside what did not', () => {
    expect(urgent('大人没有受伤，老人骨折了')).toEqual(['injury']);
  });

  it('names the words that say so, each place', () => {
    const source = sourceOf({ title: '孩子烫伤', text: '奶茶洒出来，烫伤了手' });
    const injury = findUrgency(source).find(({ value }) => value === 'injury');
    expect(injury?.spans.map((span) => `${span.in} ${wordsAt(source, span)}`)).toEqual([
      'title 烫伤',
      'text 烫伤',
    ]);
    expect(injury?.why.zh).toContain('受伤');
  });
});
