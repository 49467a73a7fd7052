import { describe, expect, test } from 'vitest';
import { addPart, closeGathering, type Gathering, markedPart } from '../../shared/sms/parts.ts';
import { costOf, segments } from '../../shared/sms/segments.ts';

describe('segments of a text to be sent', () => {
  test.each([
    ['', 'gsm7', 0, 0],
    ['a'.repeat(160), 'gsm7', 1, 160],
    ['a'.repeat(161), 'gsm7', 2, 161],
    ['a'.repeat(306), 'gsm7', 2, 306],
    ['a'.repeat(307), 'gsm7', 3, 307],
    ['投'.repeat(70), 'ucs2', 1, 70],
    ['投'.repeat(71), 'ucs2', 2, 71],
    ['投'.repeat(134), 'ucs2', 2, 134],
    ['投'.repeat(135), 'ucs2', 3, 135],
    // One Chinese character makes the whole text UCS-2.
    [`${'a'.repeat(70)}投`, 'ucs2', 2, 71],
    // Euro and braces are an escape and a letter.
    [`${'a'.repeat(158)}€`, 'gsm7', 1, 160],
    [`${'a'.repeat(159)}€`, 'gsm7', 2, 161],
    ['{'.repeat(80), 'gsm7', 1, 160],
    // 76 escaped letters fit into 153 units, the 77th would be torn.
    ['{'.repeat(153), 'gsm7', 3, 306],
    ['😀'.repeat(35), 'ucs2', 1, 70],
    ['😀'.repeat(36), 'ucs2', 2, 72],
    // 33 emoji fit into 67 units, the 34th would be torn.
    ['😀'.repeat(67), 'ucs2', 3, 134],
  ])('%#', (text, encoding, count, units) => {
    expect(segments(text)).toEqual({ encoding, segments: count, units });
  });
});

describe('cost', () => {
  test('is summed in thousandths of a fen and rounded once', () => {
    const sent = Array.from({ length: 3 }, () => ({ provider: 'aliyun' as const, segments: 1 }));
    // Three times 4.5 fen: rounded one by one it would be 15.
    expect(costOf(sent, { aliyun: 4500 })).toEqual({ segments: 3, milliFen: 13_500, fen: 14, unpriced: 0 });
  });

  test('stays exact where decimals would not: ten times 0.1 fen is one fen', () => {
    const sent = Array.from({ length: 10 }, () => ({ provider: 'huawei' as const, segments: 1 }));
    expect(costOf(sent, { huawei: 100 })).toMatchObject({ milliFen: 1000, fen: 1 });
  });

  test('counts what has no price instead of taking it as free', () => {
    const sent = [
      { provider: 'aws' as const, segments: 2 },
      { provider: 'aliyun' as const, segments: 3 },
    ];
    expect(costOf(sent, { aliyun: 4500 })).toMatchObject({ segments: 5, milliFen: 13_500, unpriced: 2 });
  });

  test.each([0.045, -1, Number.NaN])('refuses a price of %d', (price) => {
    expect(() => costOf([{ provider: 'aws', segments: 1 }], { aws: price })).toThrow(RangeError);
  });
});

const T0 = '2026-11-22T02:00:00.000Z';
const later = (minutes: number) => new Date(Date.parse(T0) + minutes * 60_000).toISOString();
const part = (number: number, of: number, text: string, id = `id-${number}-${text}`) => ({
  id,
  text,
  part: { reference: '7', number, of },
});

/** Adds all, and gives what the last came to. */
function gather(...parts: ReturnType<typeof part>[]) {
  let gathering: Gathering | undefined;
  const kinds: string[] = [];
  let last: ReturnType<typeof addPart> | undefined;
  for (const one of parts) {
    last = addPart(gathering, one, T0);
    gathering = last.gathering;
    kinds.push(last.kind);
  }
  return { kinds, last, gathering };
}

describe('parts of a long text', () => {
  test.each([[[1, 2, 3]], [[3, 2, 1]], [[2, 3, 1]]])('make the same text in the order %j', (order) => {
    const texts = ['我在某店', '买的手机坏了', '要求退款'];
    const { kinds, last } = gather(...order.map((number) => part(number, 3, texts[number - 1] ?? '')));
    expect(kinds).toEqual(['waiting', 'waiting', 'complete']);
    expect(last).toMatchObject({ kind: 'complete', text: '我在某店买的手机坏了要求退款' });
  });

  test('that come twice count once, also after the text is complete', () => {
    const { kinds } = gather(
      part(1, 2, '甲'),
      part(1, 2, '甲', 'other id'),
      part(2, 2, '乙'),
      part(2, 2, '乙'),
    );
    expect(kinds).toEqual(['waiting', 'repeat', 'complete', 'repeat']);
  });

  test('that stay away leave a mark where they belong, once', () => {
    const { gathering } = gather(part(1, 4, '甲'), part(4, 4, '丁'));
    if (gathering === undefined) throw new Error('nothing gathered');
    expect(closeGathering(gathering, later(9), 10 * 60_000)).toBeUndefined();
    const closed = closeGathering(gathering, later(10), 10 * 60_000);
    expect(closed).toMatchObject({ text: '甲【缺第2、3条短信】丁', missing: [2, 3] });
    expect(closed && closeGathering(closed.gathering, later(60), 10 * 60_000)).toBeUndefined();
  });

  test('that come after that are said to be late, with their text', () => {
    const { gathering } = gather(part(1, 2, '甲'));
    const closed = gathering && closeGathering(gathering, later(10), 10 * 60_000);
    const late = addPart(closed?.gathering, part(2, 2, '乙'), later(11));
    expect(late).toMatchObject({ kind: 'late', text: '乙' });
    expect(addPart(late.gathering, part(2, 2, '乙'), later(12)).kind).toBe('repeat');
  });

  test('of another text under the same reference begin anew, and what was there is not lost', () => {
    const { gathering } = gather(part(1, 2, '旧事'));
    const added = addPart(gathering, part(1, 2, '新事'), later(1));
    expect(added).toMatchObject({
      kind: 'waiting',
      missing: [2],
      replaced: { text: '旧事【缺第2条短信】', missing: [2] },
    });
    expect(addPart(added.gathering, part(2, 2, '说完了'), later(1))).toMatchObject({
      kind: 'complete',
      text: '新事说完了',
    });
  });

  test('of the next text after a complete one begin anew, and the complete one is not told again', () => {
    const { gathering } = gather(part(1, 2, '旧'), part(2, 2, '事'));
    const added = addPart(gathering, part(1, 2, '新事'), later(1));
    expect(added.kind).toBe('waiting');
    expect(added).not.toHaveProperty('replaced');
  });

  test('of another length begin anew, too', () => {
    const { gathering } = gather(part(1, 2, '旧事'));
    expect(addPart(gathering, part(2, 3, '新事'), later(1))).toMatchObject({
      kind: 'waiting',
      missing: [1, 3],
      replaced: { missing: [2] },
    });
  });

  test('put a character together that was torn between them', () => {
    const [high = '', low = ''] = '😀'.split('');
    expect(gather(part(2, 2, `${low}。`), part(1, 2, `好${high}`)).last).toMatchObject({ text: '好😀。' });
  });
});

describe('a part marked in its text', () => {
  test.each([
    ['(1/3)我在某店', 1, 3, '我在某店'],
    ['【2/3】买的', 2, 3, '买的'],
    ['（3／3） 退款', 3, 3, '退款'],
  ])('%s', (text, number, of, rest) => {
    expect(markedPart(text)).toEqual({ part: { reference: '', number, of }, text: rest });
  });

  test.each(['1/3 我买了', '(4/3)甲', '(0/2)甲', '(1/1)甲', '(1/99)甲', '(1/2)', '我(1/2)'])(
    '%s is none',
    (text) => {
      expect(markedPart(text)).toBeUndefined();
    },
  );
});
