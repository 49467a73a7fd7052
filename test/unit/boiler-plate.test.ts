import { describe, expect, test } from 'vitest';
import { isBoilerPlate } from '../../shared/case/boiler-plate.ts';

describe('a result that says nothing is found out', () => {
  test.each([
    '',
    ' ',
    '。',
    '……',
    '已处理',
    '已处理。',
    '已处理完毕！',
    '已 处 理',
    '已\u3000处\u3000理\u3000完\u3000毕',
    '已\u200b处\u200b理',
    '（已办结）',
    '已依法处理',
    '已按规定办理',
    '按照规定办理',
    '按照程序处理',
    '依法依规处理',
    '已经妥善解决',
    '已联系，已告知，已处理，情况属实，同意。',
    '已核实，情况属实，已处理完毕，已回复。',
    '情况已了解',
    '情况属实',
    '属实',
    '无',
    '暂无',
    '没有',
    '略',
    '同上',
    '其他',
    '详见附件',
    '测试测试测试测试测试',
    'ok',
    'ＯＫ',
    'Ｄｏｎｅ．',
    'done, handled, closed, resolved, done',
    'N/A',
    'n / a',
    'none none none none none none',
    '1111111111111111',
    '啊啊啊啊啊啊啊啊啊啊啊啊',
    '哈哈呵呵哈哈呵呵哈哈呵呵',
    '----------------',
    '。。。。。。。。。。。。',
    '☆☆☆☆☆☆☆☆☆☆☆☆',
  ])('%j', (text) => {
    expect(isBoilerPlate(text, 10)).toBe(true);
    expect(isBoilerPlate(text, 4)).toBe(true);
  });

  test.each([undefined, null, 5, {}, ['退款三百元已到账商家道歉']])('%j is no text at all', (value) => {
    expect(isBoilerPlate(value, 4)).toBe(true);
  });
});

describe('an honest result passes, however short', () => {
  test.each([
    ['退款三百元', 4],
    ['退还100元', 4],
    ['商家拒绝，未获赔偿', 4],
    ['没有得到：商家拒绝调解', 4],
    ['换了一台新机', 4],
    ['Refund of 300 yuan paid in cash', 4],
    ['经查，商家销售的面条过期三天。', 10],
    ['电话联系双方，十一月十六日现场调解。', 10],
    ['已处理：商家当场退还货款三百元并道歉。', 10],
    ['可向法院起诉或者申请仲裁', 8],
    ['The shop sold noodles three days past their date', 10],
    ['𠮷野家海曙店多收餐费十二元，小票为证', 10],
  ] as const)('%s', (text, least) => {
    expect(isBoilerPlate(text, least)).toBe(false);
  });
});
