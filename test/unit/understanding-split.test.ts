import { describe, expect, it } from 'vitest';
import { sourceOf, wordsAt } from '../../shared/understanding/source.ts';
import { splitParts } from '../../shared/understanding/split.ts';

function split(text: string, title?: string) {
  const source = sourceOf({ text, title });
  const { complaint, report } = splitParts(source);
  return {
    complaint: complaint.map((span) => wordsAt(source, span)),
    report: report.map((span) => wordsAt(source, span)),
  };
}

describe('a message that is complaint and report', () => {
  it('gives the business the dispute and keeps the accusation from it', () => {
    expect(split('我在店里充了2000元，现在不退款。另外举报该店无证经营，请严查。')).toEqual({
      complaint: ['我在店里充了2000元，现在不退款。'],
      report: ['另外举报该店无证经营，请严查。'],
    });
  });

  it('splits within a sentence, too', () => {
    expect(split('要求退款500元，同时请查处这家黑店，要求赔偿损失。')).toEqual({
      complaint: ['要求退款500元，', '要求赔偿损失。'],
      report: ['同时请查处这家黑店，'],
    });
  });

  it('keeps a clause that accuses out of the complaint, whatever else it says', () => {
    expect(split('我买了假酒要求退款并举报他们售假')).toEqual({
      complaint: [],
      report: ['我买了假酒要求退款并举报他们售假'],
    });
  });

  it('keeps to the report what goes on from it in the same sentence, not in the next', () => {
    expect(split('我举报这家店，后厨在二楼，门口没有招牌。我付了80元。')).toEqual({
      complaint: ['我付了80元。'],
      report: ['我举报这家店，后厨在二楼，门口没有招牌。'],
    });
  });

  it('gives a violation that the writer himself suffered to both', () => {
    const { complaint, report } = split('我买了过期的牛奶。举报该店。');
    expect(complaint).toEqual(['我买了过期的牛奶。']);
    expect(report.join('')).toBe('我买了过期的牛奶。举报该店。');
  });

  it.each([
    '请为我保密',
    '希望匿名处理',
    '请不要透露我的身份',
    '请对该店立案',
    '建议罚款',
    '没收他们的工具',
    '请管一管',
    '请查一查',
    '市场监管部门应当依法处理',
    '我可以提供线索',
    '强烈要求取缔',
  ])('never tells the business: %s', (words) => {
    const { complaint, report } = split(`我付了100元，要求退款。${words}。`);
    expect(complaint).toEqual(['我付了100元，要求退款。']);
    expect(report).toEqual([`${words}。`]);
  });

  it('reads full-width and half-width signs alike', () => {
    expect(split('要求退款,举报该店!').report).toEqual(['举报该店!']);
    expect(split('要求退款；举报该店！').report).toEqual(['举报该店！']);
  });

  it('takes the title for a clause of its own', () => {
    expect(split('我付了80元，要求退款。', '举报南苑面馆')).toEqual({
      complaint: ['我付了80元，要求退款。'],
      report: ['举报南苑面馆'],
    });
  });

  it.each(['', '。。。', '\n\n'])('of nothing gives nothing: %j', (text) => {
    expect(split(text)).toEqual({ complaint: [], report: [] });
  });

  it('leaves the business what was bought, also where that is a violation', () => {
    const text =
      '我昨天在南苑超市买的牛奶过期三天，孩子喝了拉肚子，要求退款。另外举报该店经常卖过期食品，请查处。';
    const { complaint } = splitParts(sourceOf({ text }));
    expect(complaint.map(({ start, end }) => text.slice(start, end)).join('')).toBe(
      '我昨天在南苑超市买的牛奶过期三天，孩子喝了拉肚子，要求退款。',
    );
  });
});
