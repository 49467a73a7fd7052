import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { makeCaseNumber } from '../../shared/case/case-number.ts';
import { smsSegments } from '../../shared/notices/segments.ts';
import type { Effect, Reply } from '../../shared/sms-talk/effects.ts';
import type { IncomingText, Reading } from '../../shared/sms-talk/scene.ts';
import { takeText } from '../../shared/sms-talk/take-text.ts';
import { type Talk, talkSchema, withNumber } from '../../shared/sms-talk/talk.ts';
import { fillReply } from '../../shared/sms-talk/texts.ts';
import { QUESTION_TEXTS } from '../../shared/understanding/question-texts.ts';

const NUMBERS = Array.from({ length: 60 }, (_, draw) => makeCaseNumber('2026-04-15', draw * 7_919));
const OWN = makeCaseNumber('2026-01-05', 31_415);

function read(text: string): Reading {
  const field = <T>(value: T) => ({ value, confidence: 0.9, spans: [], why: { zh: '', en: '' } });
  const business = /[\u4e00-\u9fff]{2}(?:超市|餐厅)/.exec(text)?.[0];
  const concerns = /坏|过期|不给退/.test(text);
  return {
    concerns,
    kind: field(concerns ? 'complaint' : 'other'),
    ...(business === undefined ? {} : { respondent: field(business) }),
    questions: concerns
      ? (['facts', 'place', 'request', 'paid', 'date'] as const).map((about) => ({
          about,
          ...QUESTION_TEXTS[about],
        }))
      : [],
  };
}

const TEXTS = [
  ...'查询 撤诉 补充 补充：发票找到了 还有店员骂人 评价5 打9分 满意 帮助 退订 开通 人工 是 否 N 1 2 3 第二个 谢谢 好的 不知道'.split(
    ' ',
  ),
  ...'我要投诉 我要举报 在南苑超市买的牛奶过期 北山餐厅的菜是坏的不给退 另外还要投诉北山餐厅 中山路88号 花了299元 昨天 晚上吃饭吗 你是谁？'.split(
    ' ',
  ),
  OWN,
  ...NUMBERS.slice(0, 3),
  `查询${NUMBERS[0]}`,
  `撤诉${NUMBERS[1]}`,
  `${OWN.slice(0, -1)}x`,
  '260415-123456-0',
  '',
  '{number}{question}',
  '\ud800坏',
  '__proto__',
  '坏'.repeat(3_000),
  ' '.repeat(3_000),
  '2 '.repeat(1_000),
];
const anyText = fc.oneof(
  { weight: 8, arbitrary: fc.constantFrom(...TEXTS) },
  {
    weight: 1,
    arbitrary: fc.tuple(fc.constantFrom(...TEXTS), fc.constantFrom(...TEXTS)).map((two) => two.join('')),
  },
  { weight: 1, arbitrary: fc.string({ unit: 'binary', maxLength: 80 }) },
);
/** Texts with the seconds between them; now and then the provider writes a time that is none. */
const anyStory = fc
  .array(
    fc.record({
      text: anyText,
      after: fc.constantFrom(0, 1, 5, 19, 20, 60, 300, 900, 4_000, 90_000),
      isTimeless: fc.constantFrom(false, false, false, false, false, false, true),
    }),
    { maxLength: 40 },
  )
  .map((texts) => {
    let now = Date.parse('2026-04-15T01:00:00Z');
    return texts.map(({ text, after, isTimeless }, nth): IncomingText => {
      now += after * 1_000;
      return {
        id: `m${nth}`,
        text,
        at: isTimeless ? 'soon' : new Date(now).toISOString(),
        from: '13800000001',
      };
    });
  });
/** As a network delivers it: some twice, not in the order in which they were sent. */
const anyDelivery = anyStory.chain((story) =>
  fc.shuffledSubarray(story).chain((again) =>
    fc
      .array(fc.nat({ max: 3 }), {
        minLength: story.length + again.length,
        maxLength: story.length + again.length,
      })
      .map((late) =>
        [...story, ...again]
          .map((text, nth) => ({ text, place: nth + (late[nth] ?? 0) * 2 }))
          .sort((a, b) => a.place - b.place)
          .map(({ text }) => text),
      ),
  ),
);

function play(delivered: readonly IncomingText[], from?: Talk) {
  let talk = from;
  let registered = 0;
  const effects: Effect[] = [];
  for (const incoming of delivered) {
    const taken = takeText(talk, incoming, { read, ownCases: [{ number: OWN, business: '东门超市' }] });
    // As stored: what JSON loses or the schema refuses would be lost.
    talk = talkSchema.parse(JSON.parse(JSON.stringify(taken.talk)));
    for (const effect of taken.effects) {
      if (effect.type === 'register') {
        talk = withNumber(talk, effect.message, NUMBERS[registered % NUMBERS.length] ?? '');
        registered += 1;
      }
    }
    effects.push(...taken.effects);
  }
  return { talk, effects };
}
const repliesOf = (effects: readonly Effect[]) =>
  effects.filter((effect): effect is Reply => effect.type === 'reply');

describe('whatever a phone sends, doubled and in any order', () => {
  test('each text counts once: registered, added, a command or a contact', () => {
    fc.assert(
      fc.property(anyDelivery, (delivered) => {
        const done = play(delivered).effects.flatMap((effect) =>
          effect.type === 'reply' ? [] : [effect.message],
        );
        expect([...done].sort()).toEqual([...new Set(delivered.map(({ id }) => id))].sort());
      }),
    );
  });

  test('no words are lost: each is in what its text led to, or was a command', () => {
    fc.assert(
      fc.property(anyDelivery, (delivered) => {
        const { effects } = play(delivered);
        for (const effect of effects) {
          const text = delivered.find(({ id }) => 'message' in effect && id === effect.message)?.text ?? '';
          if (effect.type === 'contact' || effect.type === 'rate') expect(effect.text).toBe(text);
          if (effect.type === 'register')
            expect(effect.text.split('\n').join('')).toContain(text.split('\n').join(''));
          if (effect.type === 'register') {
            for (const id of effect.joined) {
              expect(effects).toContainEqual(expect.objectContaining({ type: 'contact', message: id }));
            }
          }
        }
      }),
    );
  });

  test('each text has one reply at the most, under its own key, within two SMS and without placeholders', () => {
    fc.assert(
      fc.property(anyDelivery, (delivered) => {
        const replies = repliesOf(play(delivered).effects);
        expect(new Set(replies.map(({ key }) => key)).size).toBe(replies.length);
        for (const reply of replies) {
          const filled = fillReply(reply, {
            number: OWN,
            dueOn: '12月31日',
            station: '古林所',
            status: '调解中',
          });
          expect(smsSegments(filled.zh).segments).toBeLessThanOrEqual(2);
          expect(filled.zh + filled.en).not.toMatch(
            /\{(?:number|dueOn|station|status|question|choices|count)\}/,
          );
        }
      }),
    );
  });

  test('replies keep 20 seconds between them, but for the number of a case', () => {
    fc.assert(
      fc.property(anyDelivery, (delivered) => {
        let last = Number.NEGATIVE_INFINITY;
        for (const { id, pace } of repliesOf(play(delivered).effects)) {
          const due = Date.parse(pace.dueAt);
          if (!id.startsWith('registered')) expect(due - last).toBeGreaterThanOrEqual(20_000);
          expect(pace.delaySeconds).toBeLessThanOrEqual(60);
          last = Math.max(last, due);
        }
      }),
    );
  });

  test('no case is asked about more than three things, nothing twice', () => {
    fc.assert(
      fc.property(anyDelivery, (delivered) => {
        for (const { asked } of play(delivered).talk?.cases ?? []) {
          expect(asked.length).toBeLessThanOrEqual(3);
          expect(new Set(asked).size).toBe(asked.length);
        }
      }),
    );
  });

  test('nothing is withdrawn without a yes that was sent after the question', () => {
    fc.assert(
      fc.property(anyDelivery, (delivered) => {
        const { effects } = play(delivered);
        const sentAt = (id: string) => Date.parse(delivered.find((one) => one.id === id)?.at ?? '');
        for (const [at, effect] of effects.entries()) {
          if (effect.type !== 'withdraw') continue;
          const question = repliesOf(effects.slice(0, at)).findLast(({ id }) => id === 'confirm-withdrawal');
          expect(question?.case).toEqual(effect.case);
          const answeredAt = sentAt(effect.message);
          if (!Number.isNaN(answeredAt)) {
            expect(answeredAt).toBeGreaterThan(Date.parse(question?.pace.dueAt ?? ''));
          }
        }
      }),
    );
  });

  test('delivered once more as a whole, it changes nothing', () => {
    fc.assert(
      fc.property(anyDelivery, (delivered) => {
        const { talk } = play(delivered);
        const again = play(delivered, talk);
        expect(again.effects).toEqual([]);
        expect(again.talk).toEqual(talk);
      }),
    );
  });

  test('what is kept stays small', () => {
    const flood = Array.from(
      { length: 600 },
      (_, nth): IncomingText => ({
        id: `f${nth}`,
        text: `另外还要投诉北山餐厅，菜是坏的${nth}`,
        at: new Date(Date.parse('2026-04-15T01:00:00Z') + nth * 130_000).toISOString(),
        from: '13800000001',
      }),
    );
    expect(JSON.stringify(play(flood).talk).length).toBeLessThan(60_000);
  });
});
