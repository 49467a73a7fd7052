import { describe, expect, test } from 'vitest';
import type { CaseDetail, CaseSummary } from '../../web/api/answers.ts';
import { notAllowed } from '../../web/desk/case-not-allowed.ts';
import { commonActions } from '../../web/desk/common-actions.ts';
import { countdown } from '../../web/desk/countdown.ts';
import { piecesOf } from '../../web/desk/highlight.ts';
import { guess } from '../../web/desk/search.ts';

/* What the desk's pages work out by themselves, apart from any browser. */

describe('how long there is', () => {
  const at = (time: string) => new Date(`2026-11-23T${time}:00+08:00`);

  test.each([
    ['2026-11-20', '10:00', '已超期 3 天', '▲', 'late'],
    ['2026-11-23', '10:00', '今天到期，剩 14 小时', '◆', 'soon'],
    ['2026-11-23', '23:30', '今天到期，剩 0 小时', '◆', 'soon'],
    ['2026-11-24', '23:59', '还剩 1 天', '◗', 'soon'],
    ['2026-11-26', '00:00', '还剩 3 天', '○', 'later'],
  ])('until %s, seen at %s: %s', (due, time, words, shape, urgency) => {
    const left = countdown(due, at(time));
    expect([left.words.zh, left.shape, left.urgency]).toEqual([words, shape, urgency]);
  });

  test('a period that is stopped presses nobody', () => {
    expect(countdown(null, at('10:00'), true)).toMatchObject({ shape: '‖', urgency: 'stopped' });
  });
});

describe('the words that a field rests on', () => {
  test('are pieces of the text; where two fields rest on the same words, both stand there', () => {
    const pieces = piecesOf('花了5800元买热水器', [
      { field: 'paid', spans: [{ start: 2, end: 7 }] },
      { field: 'kind', spans: [{ start: 0, end: 4 }] },
    ]);
    expect(pieces).toEqual([
      { text: '花了', fields: ['kind'] },
      { text: '58', fields: ['paid', 'kind'] },
      { text: '00元', fields: ['paid'] },
      { text: '买热水器', fields: [] },
    ]);
  });

  test('never lose or double a letter, also when places reach beyond the text', () => {
    const text = '过期牛奶';
    const pieces = piecesOf(text, [
      {
        field: 'subject',
        spans: [
          { start: 2, end: 40 },
          { start: 1, end: 1 },
        ],
      },
    ]);
    expect(pieces.map((piece) => piece.text).join('')).toBe(text);
  });
});

describe('what is looked for', () => {
  test.each([
    ['261123-815515-3', 'number'],
    ['2611238155153', 'number'],
    ['13900001234', 'phone'],
    ['0574-8700 1234', 'phone'],
    ['热水器漏水', 'words'],
    ['示例超市 牛奶', 'words'],
    ['A座3层', 'words'],
  ])('%s is taken for a %s', (text, by) => {
    expect(guess(text)).toBe(by);
  });
});

describe('many cases at once', () => {
  const one = (state: string, actions: string[]) =>
    ({ state: { code: state }, actions }) as unknown as CaseSummary;

  test('can be handed out while all of them lie at the hub', () => {
    expect(commonActions([one('at-hub', ['distribute']), one('received', ['distribute', 'note'])])).toEqual([
      'distribute',
    ]);
    // What a county hands down is not taken in bulk.
    expect(commonActions([one('at-hub', ['distribute']), one('distributed', ['distribute'])])).toEqual([]);
  });

  test('can be given to somebody where each may be', () => {
    expect(commonActions([one('distributed', ['assign']), one('accepted', ['assign'])])).toEqual(['assign']);
    expect(commonActions([one('distributed', ['assign']), one('accepted', [])])).toEqual([]);
  });
});

describe('a step that cannot be taken says why', () => {
  const found = (changes: Partial<CaseDetail>) =>
    ({
      kind: 'complaint',
      state: { code: 'distributed' },
      actions: ['accept', 'return', 'assign', 'take'],
      officers: [],
      clocks: [],
      forms: [],
      consents: {},
      money: {},
      proposal: null,
      erased: false,
      ...changes,
    }) as unknown as CaseDetail;
  const why = (changes: Partial<CaseDetail>, role: 'officer' | 'head' | 'dispatcher', action: string) =>
    notAllowed(found(changes), role).find((step) => step.action === action);

  test('not yet: the states it takes, with the article', () => {
    expect(why({}, 'officer', 'settle')).toMatchObject({
      why: 'state',
      wants: expect.arrayContaining(['mediating']),
      basis: expect.stringContaining('第'),
    });
  });

  test('somebody else’s: whose', () => {
    expect(why({}, 'officer', 'supervise')).toMatchObject({ why: 'role', wants: ['manager'] });
  });

  test('nothing to do: what is missing', () => {
    expect(why({}, 'officer', 'tell')?.why).toBe('idle');
  });

  test('what can be taken is not among them', () => {
    expect(why({}, 'officer', 'accept')).toBeUndefined();
  });

  test('what only the system or the consumer does is not explained to staff', () => {
    expect(why({}, 'officer', 'remind')).toBeUndefined();
    expect(why({}, 'officer', 'rate')).toBeUndefined();
  });
});
