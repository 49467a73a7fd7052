import { describe, expect, it } from 'vitest';
import { spokenByCaller, type Turn } from '../../shared/understanding/conversation.ts';

const agent = (text: string): Turn => ({ speaker: 'agent', text });
const caller = (text: string): Turn => ({ speaker: 'caller', text });
const spoken = (...call: Turn[]) => spokenByCaller(call).text;

describe('a call', () => {
  it('is what the caller said', () => {
    expect(
      spoken(
        agent('您好，12315热线，请问有什么可以帮您？'),
        caller('我要投诉一家理发店。'),
        agent('请问店名叫什么？'),
        caller('丝语美发。'),
      ),
    ).toBe('我要投诉一家理发店。\n丝语美发。');
  });

  it.each([
    '对',
    '对的。',
    '对对对',
    '是的',
    '是的是的，没错',
    '嗯',
    '嗯嗯，对',
    '没错',
    '没问题',
    '好的好的，就这样',
    '对，没有错',
    '是啊',
  ])('holds what the agent read back when the caller says %s', (answer) => {
    expect(spoken(agent('您说的是丝语美发，充值2000元，对吗？'), caller(answer))).toContain(
      '丝语美发，充值2000元',
    );
  });

  it.each([
    '不是',
    '不对，是1000',
    '嗯，不是的',
    '好，不对，是1000',
    '没有充值',
    '错了',
    '对不起，我说错了',
    '是在江北吗？',
    '嗯……我想想',
    '一千',
  ])('does not hold it when the caller says %s', (answer) => {
    expect(spoken(agent('您说的是丝语美发，充值2000元，对吗？'), caller(answer))).toBe(answer);
  });

  it('does not hold questions for something new, rules and promises, though the caller says yes', () => {
    expect(
      spoken(
        agent('请问店名叫什么？'),
        caller('嗯'),
        agent('我们会在七个工作日内决定受理。'),
        caller('好的'),
      ),
    ).toBe('嗯\n好的');
  });

  it('does not hold what the agent read back last, when nobody answered', () => {
    expect(spoken(caller('退钱'), agent('您说的是退2000元，对吗？'))).toBe('退钱');
  });

  it('says which turn stands where', () => {
    const { text, turns } = spokenByCaller([
      agent('您好'),
      caller('鞋子开胶了'),
      caller('  '),
      agent('鞋子是299元，对吗？'),
      caller('对的'),
    ]);
    expect(turns.map(({ turn, start, end }) => [turn, text.slice(start, end)])).toEqual([
      [1, '鞋子开胶了'],
      [3, '鞋子是299元，对吗？'],
      [4, '对的'],
    ]);
  });

  it('without a word is empty', () => {
    expect(spokenByCaller([])).toEqual({ text: '', turns: [] });
    expect(spokenByCaller([agent('您好'), caller('')])).toEqual({ text: '', turns: [] });
  });

  it('of ten thousand times the same sound is read at once', () => {
    const long = '嗯'.repeat(10_000);
    expect(spoken(agent('退款，对吗？'), caller(`${long}我想想`))).toContain('我想想');
    expect(spoken(agent('退款，对吗？'), caller(`${long}！`))).toContain('退款');
  });
});
