import { describe, expect, it } from 'vitest';
import { findRequests } from '../../shared/understanding/requests.ts';
import { sourceOf, wordsAt } from '../../shared/understanding/source.ts';
import type { MessageKind } from '../../shared/understanding/understanding.ts';

const asked = (text: string, kind: MessageKind = 'complaint', title?: string) =>
  findRequests(sourceOf({ text, title }), kind).map(({ value }) => value);

describe('what the writer asks for', () => {
  it.each([
    ['要求退款299元', ['refund']],
    ['我希望商家把押金退还给我', ['refund']],
    ['要求换货或者全额退款', ['refund', 'exchange']],
    ['要求退货退款并赔偿损失', ['refund', 'return_goods', 'compensate']],
    ['请尽快上门维修', ['repair']],
    ['要求退一赔三', ['refund', 'compensate']],
    ['下单半个月了商家迟迟不发货，要求尽快发货', ['deliver']],
    ['希望取消收费', ['reduce_fee']],
    ['要求店长当面赔礼道歉', ['apologise']],
    ['请求责令整改', ['stop']],
    ['望有关部门查处', ['investigate']],
    ['请给个说法', ['answer']],
  ] as const)('%s', (text, requests) => {
    expect(asked(text)).toEqual(requests);
  });

  it('is not what the business did or what is only told', () => {
    expect(asked('维修师傅来过两次。店里的赔偿标准贴在墙上。')).toEqual([]);
  });

  it('is not asked for in another sentence', () => {
    expect(asked('我有一个要求。上个月店里维修过。')).toEqual([]);
  });

  it.each(['我不要求退款', '无需赔偿', '不需要退款', '没有要求退货'])(
    'is not what is expressly not wanted: %s',
    (text) => {
      expect(asked(text)).toEqual([]);
    },
  );

  it('is what is wanted beside what is not', () => {
    expect(asked('我不要求退款，只要求道歉')).toEqual(['apologise']);
  });

  it('drops a mere cry for help beside a plain wish', () => {
    expect(asked('请帮助解决')).toEqual(['other']);
    expect(asked('请帮助解决，要求退款')).toEqual(['refund']);
  });

  it.each([
    ['report', ['investigate']],
    ['both', ['investigate']],
    ['inquiry', ['answer']],
    ['other', ['other']],
    ['complaint', []],
  ] as const)('of a %s that says nothing', (kind, requests) => {
    expect(asked('这家店的秤不准', kind)).toEqual(requests);
  });

  it('names each request once, with every place where it stands, in title and text', () => {
    const source = sourceOf({ title: '要求退款', text: '店家拒绝退款，希望把钱退还。' });
    const [refund, ...rest] = findRequests(source, 'complaint');
    expect(rest).toEqual([]);
    expect(refund?.spans.map((span) => `${span.in} ${wordsAt(source, span)}`)).toEqual([
      'title 要求退款',
      'text 拒绝退款',
      'text 希望把钱退还',
    ]);
  });

  it('rests on nothing where it only follows from the kind', () => {
    expect(findRequests(sourceOf({ text: '这家店的秤不准' }), 'report')[0]?.spans).toEqual([]);
  });
});
