import { describe, expect, it } from 'vitest';
import { gazetteerBytes } from '../../infra/commands/build-gazetteer/gazetteer-bytes.ts';
import { makeCaseNumber } from '../../shared/case/case-number.ts';
import { STATES } from '../../shared/case/life-cycle/states.ts';
import { smsSegments } from '../../shared/notices/segments.ts';
import type { Effect, Reply } from '../../shared/sms-talk/effects.ts';
import { findCaseNumbers } from '../../shared/sms-talk/find-number.ts';
import type { Context, Reading } from '../../shared/sms-talk/scene.ts';
import { MOST_AN_HOUR, takeText } from '../../shared/sms-talk/take-text.ts';
import { type Talk, talkSchema, withNumber, withRatingAsked } from '../../shared/sms-talk/talk.ts';
import { cut, fill, fillReply, LONGEST, TEXTS, type TextId } from '../../shared/sms-talk/texts.ts';
import { intentOf, pointsOf } from '../../shared/sms-talk/words.ts';
import { readGazetteer } from '../../shared/understanding/places/gazetteer.ts';
import { QUESTION_TEXTS } from '../../shared/understanding/question-texts.ts';
import { createJudges, understand } from '../../shared/understanding/understand.ts';

const PHONE = '13800000001';
const START = Date.parse('2026-04-15T01:00:00Z');
const NUMBERS = Array.from({ length: 30 }, (_, draw) => makeCaseNumber('2026-04-15', 123_456 + draw));
const [FIRST = '', SECOND = ''] = NUMBERS;
const FOREIGN = makeCaseNumber('2026-04-01', 700_001);

/** Reads as a complaint what has a word of dispute; asks for the place and the sum where they are not said. */
function read(text: string): Reading {
  const business =
    /(?:在|举报|去)(\S{2,4}?(?:超市|餐厅|健身房))/.exec(text)?.[1] ?? /(\S{2}超市)/.exec(text)?.[1];
  const lacks = { place: !/[区路]/.test(text), paid: !/\d元/.test(text), respondent: business === undefined };
  const field = <T>(value: T) => ({ value, confidence: 0.9, spans: [], why: { zh: '', en: '' } });
  const concerns = /坏|过期|不给?退|假货/.test(text);
  return {
    concerns,
    kind: field(concerns ? 'complaint' : 'other'),
    ...(business === undefined ? {} : { respondent: field(business) }),
    questions: concerns
      ? (['respondent', 'place', 'paid'] as const)
          .filter((about) => lacks[about])
          .map((about) => ({ about, ...QUESTION_TEXTS[about] }))
      : [],
  };
}

/** A phone that texts the hotline: the hotline's side does what the effects say and keeps the talk as it is stored. */
function phone(context: Partial<Context> = {}) {
  let talk: Talk | undefined;
  let now = START;
  let sent = 0;
  let registered = 0;
  const all: Effect[] = [];
  return {
    /** Sends a text so many seconds after the last one; gives what it led to. */
    says(text: string, { after = 60, id = `sms-${sent++}`, at = 0 } = {}) {
      if (at === 0) now += after * 1000;
      const taken = takeText(
        talk,
        { id, text, at: new Date(at === 0 ? now : at).toISOString(), from: PHONE },
        { read, ...context },
      );
      talk = talkSchema.parse(JSON.parse(JSON.stringify(taken.talk)));
      for (const effect of taken.effects) {
        if (effect.type === 'register') talk = withNumber(talk, effect.message, NUMBERS[registered++] ?? '');
      }
      all.push(...taken.effects);
      const reply = taken.effects.find((effect): effect is Reply => effect.type === 'reply');
      const [done] = taken.effects.filter((effect) => effect.type !== 'reply');
      return { effects: taken.effects, done, reply, heard: reply && fillReply(reply, { number: FIRST }).zh };
    },
    change(how: (talk: Talk) => Talk) {
      if (talk !== undefined) talk = how(talk);
    },
    now: () => new Date(now).toISOString(),
    talk: () => talk,
    all,
  };
}

const STORY = '我在南苑超市买的牛奶过期，花了50元，店在中山路88号';
const OTHER_STORY = '我在北山餐厅吃饭菜是坏的，花了200元，在江北区';
const registeredPhone = (context: Partial<Context> = {}) => {
  const one = phone(context);
  one.says(STORY);
  return one;
};
const phoneWithTwo = () => {
  const one = registeredPhone();
  one.says(OTHER_STORY, { after: 3_600 });
  return one;
};

describe('a complaint by SMS', () => {
  it('is registered at once, with the number in the reply', () => {
    const { done, reply } = phone().says(STORY);
    expect(done).toEqual({ type: 'register', message: 'sms-0', kind: 'complaint', text: STORY, joined: [] });
    expect(reply).toMatchObject({ key: 'sms-0', id: 'registered', pace: { delaySeconds: 0 } });
    expect(fillReply(reply as Reply, { number: FIRST, dueOn: '4月24日' })).toEqual({
      zh: `已登记，编号${FIRST}，请保存。最迟4月24日给您答复，发“查询”看进度。`,
      en: `Registered under ${FIRST}; please keep it. You hear from us by 4月24日. Send QUERY for the state.`,
    });
  });

  it('is asked back what is missing, and the answers are noted in context', () => {
    const citizen = phone();
    expect(citizen.says('我在南苑超市买的牛奶过期').heard).toContain('在哪里');
    expect(citizen.says('中山路88号').done).toMatchObject({
      type: 'add',
      case: { number: FIRST },
      answer: { about: 'place', value: '中山路88号' },
    });
    const { done, heard } = citizen.says('299');
    expect(done).toMatchObject({ type: 'add', answer: { about: 'paid', value: 29_900 } });
    expect(heard).toContain('谢谢');
  });

  it('is not asked again what the citizen does not know, nor what he said meanwhile', () => {
    const citizen = phone();
    citizen.says('我在南苑超市买的牛奶过期');
    const { done, reply } = citizen.says('不知道');
    expect(done).toMatchObject({ answer: { about: 'place', value: null } });
    expect(reply?.zh).toBe(QUESTION_TEXTS.paid.zh);
    const other = phone();
    other.says('牛奶是过期的，不给退');
    expect(other.says('在南苑超市，中山路88号，一共50元').reply?.id).toBe('all-answered');
  });

  it('is asked three questions and no more, whatever is missing', () => {
    const questions = (['facts', 'place', 'request', 'date', 'paid'] as const).map((about) => ({
      about,
      ...QUESTION_TEXTS[about],
    }));
    const citizen = phone({ read: (text) => ({ ...read(text), questions }) });
    const replies = [STORY, '说来话长', '在江北区', '要求赔钱', '昨天', '花了3元'].map(
      (text) => citizen.says(text).reply?.id,
    );
    expect(replies).toEqual(['registered-asking', 'asking', 'asking', 'all-answered', 'added', 'added']);
    expect(citizen.talk()?.cases[0]?.asked).toEqual(['facts', 'place', 'request']);
  });

  it('takes a new complaint as one although a question is open', () => {
    const citizen = phone();
    citizen.says('我在南苑超市买的牛奶过期');
    expect(citizen.says(OTHER_STORY).done?.type).toBe('register');
  });

  it('takes a command as one although a question is open, and still waits for the answer', () => {
    const citizen = phone();
    citizen.says('我在南苑超市买的牛奶过期');
    expect(citizen.says('查询').done).toMatchObject({ type: 'ask-status', case: { number: FIRST } });
    expect(citizen.says('中山路88号').done).toMatchObject({ answer: { about: 'place' } });
  });

  it('does not take a question of the citizen for an answer', () => {
    const citizen = phone();
    citizen.says('我在南苑超市买的牛奶过期');
    const { done, heard } = citizen.says('你是谁？');
    expect(done).toMatchObject({ type: 'contact', reason: 'unclear' });
    expect(heard).toContain(QUESTION_TEXTS.place.zh);
  });

  it('is one case when it is told in several texts', () => {
    const citizen = phone();
    expect(citizen.says('你好').reply).toBeUndefined();
    expect(citizen.says('我要投诉').heard).toContain('哪家店');
    const { done } = citizen.says('牛奶是昨天买的，喝了拉肚子，店员态度很差');
    expect(done).toMatchObject({ type: 'register', joined: ['sms-1'] });
    expect(done).toHaveProperty('text', '我要投诉\n牛奶是昨天买的，喝了拉肚子，店员态度很差');
    expect(citizen.says('店员还骂人').done).toMatchObject({ type: 'add', case: { number: FIRST } });
  });

  it('that does not say what happened is asked just that, and goes on from there', () => {
    const citizen = phone();
    citizen.says('我要投诉');
    expect(citizen.says('古林镇中山路那家南苑超市').heard).toBe(
      `已登记，编号${FIRST}。${QUESTION_TEXTS.facts.zh}`,
    );
    expect(citizen.says('牛奶过期，喝了肚子疼')).toMatchObject({
      done: { type: 'add', answer: { about: 'facts' } },
      reply: { zh: QUESTION_TEXTS.paid.zh },
    });
  });

  it('is not asked whether it is a report when it began as one', () => {
    const citizen = phone();
    citizen.says('我要举报');
    expect(citizen.says('南苑超市卖过期牛奶').done).toMatchObject({ kind: 'report' });
  });

  it('is put together in the order of writing when the texts overtake each other', () => {
    const citizen = phone();
    citizen.says('我要投诉，还没说完', { at: START + 30_000 });
    expect(citizen.says('在南苑超市买的牛奶过期', { at: START }).done).toHaveProperty(
      'text',
      '在南苑超市买的牛奶过期\n我要投诉，还没说完',
    );
  });

  it('takes a part that comes late as an addition', () => {
    const citizen = registeredPhone();
    expect(citizen.says('我昨天在那里', { at: START - 60_000 }).done).toMatchObject({ type: 'add' });
  });

  it('is noted once when the citizen sends the same words again', () => {
    const citizen = registeredPhone();
    expect(citizen.says(STORY).done).toMatchObject({ type: 'contact', reason: 'repeated' });
  });

  it('behind 还有 is an addition, and behind 还有一件事 another case', () => {
    const citizen = registeredPhone();
    expect(citizen.says('还有，店员骂人').done).toMatchObject({ type: 'add', text: '店员骂人' });
    expect(citizen.says('还有一件事，我在北山餐厅吃的菜是坏的').done?.type).toBe('register');
  });

  it('about the same business later belongs to the case; about another one it is another', () => {
    const citizen = registeredPhone();
    expect(citizen.says('南苑超市还是不退钱，牛奶坏了', { after: 7_200 }).done?.type).toBe('add');
    expect(citizen.says('另外还要投诉北山餐厅，菜是坏的', { after: 30 }).done?.type).toBe('register');
  });
});

describe('everyday texts', () => {
  it('do not become cases, and are told once a day what the number is for', () => {
    const citizen = phone();
    expect(citizen.says('晚上一起吃饭')).toMatchObject({
      done: { type: 'contact', reason: 'everyday', text: '晚上一起吃饭' },
      reply: { id: 'hint' },
    });
    expect(citizen.says('到家告诉我', { after: 3_600 }).reply).toBeUndefined();
    expect(citizen.says('明天见面', { after: 86_400 }).reply?.id).toBe('hint');
  });

  it('of courtesy are not answered', () => {
    const citizen = registeredPhone();
    for (const text of ['谢谢', '好的', '收到！', '辛苦了']) {
      expect(citizen.says(text)).toMatchObject({
        done: { type: 'contact', reason: 'courtesy' },
        reply: undefined,
      });
    }
  });

  it('without words are kept', () => {
    expect(phone().says(' \n').effects).toEqual([
      { type: 'contact', message: 'sms-0', reason: 'empty', text: ' \n' },
    ]);
  });
});

describe('with the reader of the hotline', () => {
  const knowledge = { gazetteer: readGazetteer(gazetteerBytes()), home: '3302', judges: createJudges() };
  const real = { read: (text: string) => understand({ text, receivedOn: '2026-04-15' }, knowledge) };

  it.each(['晚上回来吃饭吗', '我到楼下了', '生日快乐！', '明天九点开会别迟到', '好的，知道了'])(
    '“%s” is no case',
    (text) => {
      expect(phone(real).says(text).done?.type).toBe('contact');
    },
  );

  it.each([
    '我在江北区南苑超市买的鞋开胶，要求退款。',
    '举报南苑超市卖过期牛奶',
    '健身房关门了，办的卡三千元不退',
  ])('“%s” is one', (text) => {
    expect(phone(real).says(text).done?.type).toBe('register');
  });
});

describe('silence', () => {
  it('ends the story without losing it: the first half is a contact, the second another', () => {
    const citizen = phone();
    expect(citizen.says('我要投诉').done).toMatchObject({ type: 'contact', reason: 'half-told' });
    expect(citizen.says('牛奶是昨天买的', { after: 1_200 }).done).toMatchObject({
      type: 'contact',
      reason: 'everyday',
    });
  });

  it('does not let a later text slip into the case unseen: the citizen is told how to add it', () => {
    const citizen = registeredPhone();
    expect(citizen.says('小票找到了', { after: 7_200 })).toMatchObject({
      done: { type: 'contact', text: '小票找到了' },
      reply: { id: 'hint-with-case' },
    });
  });

  it('ends the question: what comes two days later is no answer to it', () => {
    const citizen = phone();
    citizen.says('我在南苑超市买的牛奶过期');
    const { done } = citizen.says('中山路88号', { after: 172_800 });
    expect(done).toMatchObject({ type: 'contact' });
    expect(citizen.talk()?.cases[0]).toMatchObject({ number: FIRST, told: '' });
  });

  it('ends the confirmation: a yes after two hours withdraws nothing', () => {
    const citizen = registeredPhone();
    citizen.says('撤诉');
    expect(citizen.says('是', { after: 7_200 }).done?.type).not.toBe('withdraw');
  });
});

describe('commands', () => {
  it.each([
    [
      'status',
      '查询 查一下我的投诉 进度 到哪了 茶询 询查 查寻 处理的怎么样了？ 有结果了吗 请帮我查一下 CHAXUN 查进渡 查询进独',
    ],
    ['add', '补充 再说一点 还有 补冲'],
    ['withdraw', '撤诉 撤回 不投诉了 算了 我要撤诉 彻诉 撤素 撤消 我想撤回投诉 取消投诉了'],
    ['help', '帮助 怎么用 ? ？ 邦助 ＨＥＬＰ'],
    ['stop', '退订 TD T N 停 ｔｄ 推订 TD。 别再发短信了'],
    ['human', '人工 转人工 我要人工服务 人公'],
    ['start', '开通 恢复接收'],
    ['courtesy', '谢谢 好的 收到'],
  ])('%s are known', (intent, texts) => {
    for (const text of texts.split(' ')) {
      expect(intentOf(text.normalize('NFKC').toLowerCase()), text).toBe(intent);
    }
  });

  it.each([
    '他们让我撤诉才退款',
    '我不撤诉',
    '查出来是假的',
    '不知道',
    '退款',
    '停车费乱收',
    '补交了钱',
    '评理',
  ])('are not heard in “%s”', (text) => {
    expect(intentOf(text)).toBeUndefined();
  });

  it.each([
    ['评价5', 5],
    ['评价 3 处理有点慢', 3],
    ['打5分', 5],
    ['我给4分', 4],
    ['五星', 5],
    ['满意', 4],
    ['非常满意！', 5],
    ['不满意', 2],
    ['平价5', 5],
    ['评价：一般', 3],
    ['打10分', 10],
  ])('“%s” is %i points', (text, points) => {
    expect(pointsOf(text, false)).toBe(points);
  });

  it.each(['5', '打5折是假的', '给3块钱', '评价一下', '不好', '打12315'])('“%s” is no rating', (text) => {
    expect(pointsOf(text, false)).toBeUndefined();
  });

  it('ask the state of the case', () => {
    const { done, reply } = registeredPhone().says('查一下我的投诉');
    expect(done).toEqual({ type: 'ask-status', message: 'sms-1', case: { number: FIRST } });
    expect(fillReply(reply as Reply, { status: '调解中', station: '古林所', dueOn: '5月8日' }).zh).toBe(
      `编号${FIRST}：调解中，由古林所办理，最迟5月8日答复。`,
    );
  });

  it.each([
    '是什么时候能处理好啊',
    '你们到底管不管',
    '催办',
    '我上周投诉的事情处理得怎么样了啊',
    '撤回了吗',
    '有回复了吗，为什么没人回我',
  ])('take “%s” for a question about the state', (text) => {
    expect(registeredPhone().says(text).done).toMatchObject({ type: 'ask-status' });
  });

  it('withdraw only what is confirmed', () => {
    const citizen = registeredPhone();
    expect(citizen.says('不投诉了')).toMatchObject({
      done: { type: 'contact', reason: 'confirmation-asked' },
      reply: { id: 'confirm-withdrawal' },
    });
    expect(citizen.says('是').done).toEqual({ type: 'withdraw', message: 'sms-2', case: { number: FIRST } });
    expect(citizen.says('撤诉').reply?.id).toBe('already-withdrawn');
  });

  it('leave the case as it is after a no, and after a yes that was sent before the question', () => {
    const citizen = registeredPhone();
    citizen.says('撤诉');
    expect(citizen.says('不了').done).toMatchObject({ type: 'contact', reason: 'kept' });
    citizen.says('撤诉');
    expect(citizen.says('是', { at: START }).done?.type).not.toBe('withdraw');
  });

  it('take N as a no while a yes or no is wanted, and as an opt-out else', () => {
    const citizen = registeredPhone();
    citizen.says('撤诉');
    expect(citizen.says('N').done).toMatchObject({ reason: 'kept' });
    expect(citizen.says('N').done).toMatchObject({ reason: 'opted-out' });
  });

  it('add words, at once or with the next text', () => {
    const citizen = registeredPhone();
    expect(citizen.says('补充：店名是南苑超市二店', { after: 7_200 }).done).toMatchObject({
      type: 'add',
      text: '店名是南苑超市二店',
    });
    expect(citizen.says('补充', { after: 7_200 }).reply?.id).toBe('say-more');
    expect(citizen.says('小票找到了', { after: 900 }).done).toMatchObject({
      type: 'add',
      text: '小票找到了',
    });
  });

  it('rate, and ask again when the points are none', () => {
    const citizen = registeredPhone();
    expect(citizen.says('打10分').reply?.id).toBe('points-wanted');
    expect(citizen.says('5').done).toMatchObject({ type: 'rate', points: 5, case: { number: FIRST } });
  });

  it('rate with a bare digit when the bureau asked for it', () => {
    const citizen = registeredPhone();
    citizen.change((talk) => withRatingAsked(talk, FIRST, citizen.now()));
    expect(citizen.says('3', { after: 86_400 }).done).toMatchObject({ type: 'rate', points: 3 });
  });

  it('without a case get a polite answer', () => {
    expect(phone().says('查询')).toMatchObject({ done: { reason: 'no-case' }, reply: { id: 'no-case' } });
  });

  it('know the cases of the phone that came by other channels', () => {
    const citizen = phone({ ownCases: [{ number: SECOND, business: '北山餐厅' }] });
    expect(citizen.says('进度').done).toMatchObject({ type: 'ask-status', case: { number: SECOND } });
  });

  it('know the one that is named of ever so many cases of the phone', () => {
    const ownCases = NUMBERS.map((number) => ({ number }));
    const citizen = phone({ ownCases });
    for (const number of [FIRST, NUMBERS.at(-1) ?? '', FIRST]) {
      expect(citizen.says(`查询${number}`).done).toMatchObject({ type: 'ask-status', case: { number } });
    }
  });

  it('are not heard in a story', () => {
    const citizen = phoneWithTwo();
    expect(citizen.says('南苑超市让我撤诉才给退，牛奶坏了', { after: 7_200 }).done?.type).toBe('add');
  });
});

describe('a case number in a text', () => {
  const [day = '', drawn = '', check = ''] = FIRST.split('-');
  it.each([
    FIRST,
    `${day}${drawn}${check}`,
    `查询 ${day} ${drawn} ${check}`,
    `我的编号是${FIRST}到哪了`,
    `${day}－${drawn}－${check}`.replace(/\d/g, (digit) => String.fromCharCode(digit.charCodeAt(0) + 0xfee0)),
    FIRST.replaceAll('0', 'O').replaceAll('1', 'l'),
    `编号：\u200b${FIRST}。`,
    `${FIRST}, 13800000001`,
    Array.from(FIRST.replaceAll('-', ''), (digit) => '零一二三四五六七八九'[Number(digit)]).join(''),
  ])('is read in “%s”', (text) => {
    expect(findCaseNumbers(text)).toMatchObject({ numbers: [FIRST], isWrong: false });
  });

  it.each(['13800000001', '6901234567892', '订单20260415123456789012', '057412345678', '花了299元'])(
    'is not seen in “%s”',
    (text) => {
      expect(findCaseNumbers(text)).toMatchObject({ numbers: [], isWrong: false });
    },
  );

  it('with a wrong check digit is politely said to be wrong', () => {
    const wrong = `${FIRST.slice(0, -1)}${(Number(check) + 1) % 10}`;
    const { done, heard } = registeredPhone().says(`查询${wrong}`);
    expect(done).toMatchObject({ type: 'contact', reason: 'wrong-number' });
    expect(heard).toContain('编号有误');
  });

  it('alone asks for the state, with words adds them', () => {
    const citizen = registeredPhone();
    expect(citizen.says(FIRST).done).toMatchObject({ type: 'ask-status', case: { number: FIRST } });
    expect(citizen.says(`${FIRST} 老板电话换了`).done).toMatchObject({
      type: 'add',
      case: { number: FIRST },
    });
  });

  it('of another phone does nothing and tells nothing about it', () => {
    for (const text of [`查询${FOREIGN}`, `撤诉${FOREIGN}`, FOREIGN]) {
      expect(registeredPhone().says(text)).toMatchObject({
        done: { reason: 'not-own' },
        reply: { id: 'not-own' },
      });
    }
  });
});

describe('two cases at once', () => {
  it.each([
    [`撤诉 ${SECOND}`, SECOND],
    ['撤诉2', SECOND],
    ['撤诉第一个', FIRST],
    ['第二个撤诉', SECOND],
    ['撤回北山餐厅', SECOND],
    ['撤回南苑超市', FIRST],
  ])('“%s” names the one', (text, number) => {
    const citizen = phoneWithTwo();
    expect(citizen.says(text).reply?.case).toEqual({ number });
    expect(citizen.says('是').done).toMatchObject({ type: 'withdraw', case: { number } });
  });

  it.each([
    ['2', SECOND],
    ['第一个', FIRST],
    [SECOND, SECOND],
    ['南苑超市那个', FIRST],
  ])('which one is asked with numbered choices, and “%s” answers', (answer, number) => {
    const citizen = phoneWithTwo();
    const asked = citizen.says('查询');
    expect(asked.done).toMatchObject({ type: 'contact', reason: 'which-case' });
    expect(asked.reply?.zh).toBe(
      `您有2件，请回复序号：1.${FIRST.slice(7)}南苑超市；2.${SECOND.slice(7)}北山餐厅`,
    );
    expect(citizen.says(answer).done).toMatchObject({ type: 'ask-status', case: { number } });
  });

  it('keeps what the command came with', () => {
    const citizen = phoneWithTwo();
    citizen.says('补充：发票找到了', { after: 7_200 });
    expect(citizen.says('1').done).toMatchObject({
      type: 'add',
      case: { number: FIRST },
      text: '发票找到了',
    });
    citizen.says('评价5');
    expect(citizen.says('2').done).toMatchObject({ type: 'rate', case: { number: SECOND }, points: 5 });
  });

  it('asks again after a digit that is none of them', () => {
    const citizen = phoneWithTwo();
    citizen.says('查询');
    expect(citizen.says('7').reply?.id).toBe('which-case-unclear');
  });
});

describe('replies', () => {
  it('keep 20 seconds between them, receipts are left out, the number never waits', () => {
    const citizen = registeredPhone();
    expect(citizen.says('店员还骂人', { after: 5 }).reply).toBeUndefined();
    expect(citizen.says('查询', { after: 5 }).reply?.pace).toEqual({
      dueAt: new Date(START + 80_000).toISOString(),
      delaySeconds: 10,
    });
    expect(citizen.says('另外要投诉北山餐厅，菜是坏的', { after: 1 }).reply?.pace.delaySeconds).toBe(0);
  });

  it('are not doubled: a text delivered again changes nothing', () => {
    const citizen = phone();
    citizen.says(STORY, { id: 'twice' });
    const before = citizen.talk();
    expect(citizen.says(STORY, { id: 'twice' }).effects).toEqual([]);
    expect(citizen.talk()).toEqual(before);
  });

  it('do not take the words of the citizen for a placeholder', () => {
    expect(fill('{question}', { question: '{number}' })).toBe('{number}');
    expect(
      fillReply({ zh: '编号{number}：{status}，由{station}办理，最迟{dueOn}答复。', en: '' }, { number: '1' })
        .zh,
    ).toBe('编号1。');
  });
});

describe('who opted out', () => {
  it('gets the number of a new case and nothing else, until 开通', () => {
    const citizen = phone();
    expect(citizen.says('退订').reply?.id).toBe('opted-out');
    expect(citizen.says('TD').reply).toBeUndefined();
    expect(citizen.says('查询').reply).toBeUndefined();
    expect(citizen.says('我在南苑超市买的牛奶过期')).toMatchObject({
      done: { type: 'register' },
      reply: { id: 'registered-opted-out' },
    });
    expect(citizen.says('中山路88号')).toMatchObject({ done: { type: 'add' }, reply: undefined });
    expect(citizen.says('开通').reply?.id).toBe('opted-in');
    expect(citizen.says('查询').reply?.id).toBe('status');
  });
});

describe('too many texts in an hour', () => {
  it('are kept as contacts and answered once, 退订 is still heard', () => {
    const citizen = phone();
    for (let nth = 0; nth < MOST_AN_HOUR; nth += 1) citizen.says(`垃圾短信${nth}`, { after: 21 });
    expect(citizen.says('还在发', { after: 21 })).toMatchObject({
      done: { type: 'contact', reason: 'too-many', text: '还在发' },
      reply: { id: 'too-many' },
    });
    expect(citizen.says(STORY, { after: 21 })).toMatchObject({
      done: { type: 'contact', reason: 'too-many', text: STORY },
      reply: undefined,
    });
    expect(citizen.says('退订', { after: 21 }).done).toMatchObject({ reason: 'opted-out' });
    expect(citizen.says(STORY, { after: 7_200 }).done?.type).toBe('register');
  });
});

describe('the catalogue of texts', () => {
  const SIGNATURE = '【宁波市场监管】';
  const longestQuestion = (language: 'zh' | 'en') =>
    Object.values(QUESTION_TEXTS)
      .map((pair) => pair[language])
      .reduce((a, b) => (b.length > a.length ? b : a));
  const choice = `1.123456-7${'店'.repeat(LONGEST.business)}`;
  const longest = (language: 'zh' | 'en') => ({
    number: FIRST,
    dueOn: '12月31日',
    station: '所'.repeat(LONGEST.station),
    status: '态'.repeat(LONGEST.status),
    question: longestQuestion(language),
    count: '20',
    choices: Array.from({ length: LONGEST.choices }, () => choice).join('；'),
  });
  const ONE: readonly TextId[] = (Object.keys(TEXTS) as TextId[]).filter(
    (id) => !/\{(?:question|choices)\}/.test(TEXTS[id].zh) && id !== 'help',
  );

  it.each(ONE)('%s fits one SMS with its longest values', (id) => {
    expect(smsSegments(SIGNATURE + fill(TEXTS[id].zh, longest('zh'))).segments).toBe(1);
  });

  it.each(Object.keys(TEXTS) as TextId[])('%s fits two SMS at most, in both languages', (id) => {
    expect(smsSegments(SIGNATURE + fill(TEXTS[id].zh, longest('zh'))).segments).toBeLessThanOrEqual(2);
    const english = fill(TEXTS[id].en, {
      ...longest('en'),
      choices: '1.123456-7',
      dueOn: '31 Dec',
      station: 'x'.repeat(14),
      status: 'x'.repeat(10),
    });
    expect(smsSegments(english)).toMatchObject({ encoding: 'gsm7' });
    expect(smsSegments(english).segments).toBeLessThanOrEqual(2);
  });

  it('has room for the names of the states', () => {
    for (const { zh } of Object.values(STATES)) expect(cut(zh, LONGEST.status)).toBe(zh);
  });
});
