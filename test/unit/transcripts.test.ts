import { describe, expect, it, test } from 'vitest';
import { transcript } from '../../events/transcript.ts';
import { LARGEST_FILE, MOST_TURNS } from '../../shared/transcripts/call.ts';
import { contactOnly } from '../../shared/transcripts/contact-only.ts';
import { mergeDeliveries } from '../../shared/transcripts/merge-deliveries.ts';
import { momentOf, turnsOf } from '../../shared/transcripts/moment.ts';
import { readTranscript } from '../../shared/transcripts/read-transcript.ts';
import { spokenByCaller } from '../../shared/understanding/conversation.ts';
import * as calls from './transcripts-fixtures.ts';

const utf8 = (text: string) => new TextEncoder().encode(text);
const read = (file: string | object, key?: string) =>
  readTranscript({ bytes: utf8(typeof file === 'string' ? file : JSON.stringify(file)), key });
/** The one call of a file. */
const callOf = (file: string | object, key?: string) => {
  const { calls: found, refused } = read(file, key);
  expect(refused).toEqual([]);
  expect(found).toHaveLength(1);
  const [call] = found;
  if (call === undefined) throw new Error('no call');
  return call;
};
const reasonOf = (bytes: Uint8Array) => {
  const { calls: found, refused } = readTranscript({ bytes });
  expect(found).toEqual([]);
  expect(refused).toHaveLength(1);
  for (const { zh, en, field } of refused) {
    expect(zh).toMatch(/[一-鿿]/);
    expect(en).toMatch(/^[ -~]+$/);
    expect(field).not.toBe('');
  }
  return refused[0]?.code;
};

describe('the same call in every format', () => {
  test.each(Object.entries(calls.FILES))('%s', (_, file) => {
    const call = callOf(file);
    expect(call.turns.map(({ text }) => text)).toEqual(calls.TEXTS);
    expect(call.turns.map(({ speaker }) => speaker)).toEqual(calls.ROLES);
    expect(call.roles.confidence).toBeGreaterThan(0.5);
    expect(call.redacted).toBe(false);
    expect(call.problems).toEqual([]);
  });

  const TIMED = Object.entries(calls.FILES).filter(
    ([name]) => !/^(?:plain text(?: with letters)?|dialogue)$/.test(name),
  );
  test.each(TIMED)('%s keeps when each turn began', (_, file) => {
    const starts = callOf(file).turns.map(({ startMs = -1 }) => Math.floor(startMs / 1000));
    expect(starts).toEqual([0, 2, 9, 11]);
  });

  it('is told by its content, whatever its name says', () => {
    const call = callOf(calls.webVtt, 'calls/2026/pbx-77.json');
    expect(call.callId).toBe('pbx-77');
    expect(call.turns).toHaveLength(4);
  });

  it('is whole, or waits for more', () => {
    expect(callOf(calls.contactLens)).toMatchObject({ delivery: 'whole', partial: false });
    expect(callOf(calls.realTime.slice(0, 3))).toMatchObject({ delivery: 'pieces', partial: true });
    expect(callOf([...calls.realTime])).toMatchObject({ delivery: 'pieces', partial: false });
  });
});

describe('encodings', () => {
  const utf16 = (text: string, big: boolean) => {
    const bytes = Buffer.from(text, 'utf16le');
    return new Uint8Array(big ? bytes.swap16() : bytes);
  };
  // 客服：您好 市民：我要投诉 in GB18030.
  const gb = Uint8Array.from(Buffer.from('bfcdb7fea3bac4fabac30acad0c3f1a3baced2d2aacdb6cbdf', 'hex'));
  test.each([
    ['UTF-8', utf8(calls.plain)],
    ['UTF-8 with mark', utf8(`\ufeff${calls.plain}`)],
    ['UTF-16 LE with mark', utf16(`\ufeff${calls.plain}`, false)],
    ['UTF-16 BE with mark', utf16(`\ufeff${calls.plain}`, true)],
    ['UTF-16 LE', utf16(calls.plain, false)],
    ['UTF-16 BE', utf16(calls.plain, true)],
  ])('%s', (_, bytes) => {
    expect(readTranscript({ bytes }).calls[0]?.turns.map(({ text }) => text)).toEqual(calls.TEXTS);
  });

  it('GB18030, also when the sender calls it ISO-8859-1 or UTF-8', () => {
    for (const contentType of [undefined, 'text/plain; charset=ISO-8859-1', 'text/plain; charset=utf-8']) {
      const [call] = readTranscript({ bytes: gb, contentType }).calls;
      expect(call?.turns.map(({ text, speaker }) => `${speaker} ${text}`)).toEqual([
        'agent 您好',
        'caller 我要投诉',
      ]);
    }
  });

  it('cut off within a character is read up to there, and says so', () => {
    const [call] = readTranscript({ bytes: utf8(calls.plain).slice(0, -1) }).calls;
    expect(call?.turns).toHaveLength(4);
    expect(call?.problems.map(({ code }) => code)).toEqual(['cut-off']);
  });

  it('with one damaged character is read, and says so', () => {
    const bytes = utf8(calls.plain.repeat(2));
    bytes[40] = 0xff;
    const [call] = readTranscript({ bytes }).calls;
    expect(call?.problems.map(({ code }) => code)).toEqual(['characters-lost']);
  });
});

describe('what cannot be read is refused with a reason', () => {
  test.each([
    ['empty', utf8('')],
    ['empty', utf8(' \r\n\ufeff')],
    ['too-large', new Uint8Array(LARGEST_FILE + 1)],
    ['too-many-turns', utf8(`客服：您好\n市民：喂\n`.repeat(MOST_TURNS))],
    [
      'too-many-turns',
      utf8(JSON.stringify({ ...calls.own, turns: Array(MOST_TURNS + 1).fill(calls.own.turns[0]) })),
    ],
    ['not-text', utf8('RIFF\u0001\u0002WAVEfmt ')],
    ['not-text', Uint8Array.from({ length: 2000 }, (_, at) => (at * 7) % 128)],
    ['encoding-unknown', Uint8Array.from({ length: 2000 }, (_, at) => 128 + ((at * 37) % 128))],
    ['markup-page', utf8('<?xml version="1.0"?><Error><Code>AccessDenied</Code></Error>')],
    ['not-json', utf8(JSON.stringify(calls.contactLens).slice(0, 900))],
    ['not-json', utf8('{"Transcript": [')],
    ['format-unknown', utf8('{"hello": 1}')],
    ['format-unknown', utf8('[]')],
    ['format-unknown', utf8(`${'['.repeat(3000)}${']'.repeat(3000)}`)],
    [
      'format-unknown',
      utf8('[{"phone_number":"13800000001","content":"喂","send_time":"2026-03-11 10:00:00"}]'),
    ],
    ['no-turns', utf8(JSON.stringify({ ...calls.contactLens, Transcript: undefined }))],
    [
      'no-turns',
      utf8(JSON.stringify({ ...calls.contactLens, Transcript: [{ Content: null }, { Content: '' }] })),
    ],
    ['no-turns', utf8(JSON.stringify({ ...calls.speakersApart, results: undefined }))],
    ['not-finished', utf8('{"jobName":"call-0001","status":"IN_PROGRESS"}')],
    ['bad-contract', utf8(JSON.stringify({ ...calls.own, callId: '' }))],
    ['contract-version', utf8(JSON.stringify({ ...calls.own, version: 2 }))],
  ])('%s (%#)', (code, bytes) => {
    expect(reasonOf(bytes)).toBe(code);
  });

  it('names the place, and takes the rest', () => {
    const lines = calls.realTime.map((one) => JSON.stringify(one));
    lines[2] = lines[2]?.slice(0, 50) ?? '';
    const { calls: found, refused } = read(lines.join('\n'));
    expect(found[0]?.turns).toHaveLength(4);
    expect(refused).toEqual([expect.objectContaining({ code: 'not-json', field: 'line 3' })]);
    expect(read({ ...calls.own, turns: [{ text: '喂' }, { text: ' ' }] }).refused[0]?.field).toBe(
      '/turns/1/text',
    );
  });
});

test('our own contract is what the reader reads', () => {
  expect(transcript.safeParse(calls.own).success).toBe(true);
  expect(transcript.safeParse({ ...calls.own, turns: undefined }).success).toBe(false);
});

describe('a file made to be slow', () => {
  test.each([
    ['voices', `WEBVTT\n\n00:01.000 --> 00:02.000\n${'<v '.repeat(50_000)}`],
    ['cues', `WEBVTT\n\n${'00:01.000 --> 00:02.000\n<v 客服>您好\n\n'.repeat(20_000)}`],
    ['brackets', '['.repeat(200_000)],
    ['empty lines', `${'\n'.repeat(200_000)}a`],
    ['names', '。客服：'.repeat(50_000)],
  ])('is done in no time: %s', (_, file) => {
    const started = performance.now();
    read(file);
    // Growing with the square it would take many times as long.
    expect(performance.now() - started).toBeLessThan(2_500);
  });
});

describe('strangers’ payloads', () => {
  it('may change the letter case of keys, write numbers as strings, leave out and add', () => {
    const changed = {
      transcript: calls.contactLens.Transcript.map((one, at) => ({
        beginOffsetMillis: String(one.BeginOffsetMillis),
        EndOffsetMillis: at === 2 ? null : one.EndOffsetMillis,
        CONTENT: one.Content,
        participantId: one.ParticipantId,
        Novelty: { deep: [1] },
      })),
      participants: calls.contactLens.Participants,
    };
    const call = callOf(changed, 'x.json');
    expect(call.turns.map(({ speaker }) => speaker)).toEqual(calls.ROLES);
    expect(call.turns.map(({ startMs }) => startMs)).toEqual([0, 2_500, 9_200, 11_400]);
    expect(call.turns[2]?.endMs).toBeUndefined();
  });

  it('lose no turn because another is broken', () => {
    const [first, ...rest] = calls.contactLens.Transcript;
    const call = callOf({ ...calls.contactLens, Transcript: [7, null, first, { Content: {} }, ...rest] });
    expect(call.turns).toHaveLength(4);
    expect(call.problems.map(({ code }) => code)).toEqual(['turn-without-words']);
  });

  it('hold several calls in one file', () => {
    const other = { ...calls.contactLens, CustomerMetadata: { ContactId: 'another' } };
    expect(read([calls.contactLens, other]).calls.map(({ callId }) => callId)).toEqual([
      calls.CONTACT,
      'another',
    ]);
    expect(read(`${JSON.stringify(calls.own)}\n${JSON.stringify(other)}`).calls).toHaveLength(2);
  });

  it('say what was taken out of them', () => {
    expect(callOf({ ...calls.contactLens, ContentMetadata: { Output: 'Redacted' } }).redacted).toBe(true);
    expect(
      callOf(calls.contactLens, 'Analysis/Voice/Redacted/2026/a_analysis_redacted_2026-03-11T01:02:03Z.json')
        .redacted,
    ).toBe(true);
    expect(callOf({ ...calls.speakersApart, isRedacted: true }).redacted).toBe(true);
    expect(callOf('客服：您贵姓？\n市民：我姓[NAME]，电话[PHONE]').redacted).toBe(true);
  });

  it('with nobody speaking are a silent call', () => {
    expect(callOf({ ...calls.contactLens, Transcript: [] }).problems.map(({ code }) => code)).toEqual([
      'silent',
    ]);
  });
});

describe('the id and the time of a call', () => {
  it('come from the content, else from the key', () => {
    expect(callOf(calls.contactLens, 'other.json').callId).toBe(calls.CONTACT);
    const key = `Analysis/Voice/2026/03/11/${calls.CONTACT}_analysis_2026-03-11T01%3A02%3A03Z.json`;
    const nameless = callOf({ ...calls.contactLens, CustomerMetadata: undefined }, key);
    expect(nameless.callId).toBe(calls.CONTACT);
    // The time in the name is when the analysis ended.
    expect(nameless.startedAt).toBeUndefined();
  });

  it('come from the head of a plain text, in Chinese time', () => {
    const call = callOf(
      `通话编号：rec-9\n通话时间：2026年3月11日 10:05:09\n来电号码：138 0000 0001\n通话时长：00:03:12\n${calls.plain}`,
    );
    expect(call).toMatchObject({
      callId: 'rec-9',
      startedAt: '2026-03-11T02:05:09.000Z',
      callerNumber: '13800000001',
    });
    expect(call.turns).toHaveLength(4);
  });
});

describe('plain text', () => {
  const lines = (text: string) => callOf(text).turns.map(({ speaker, text: said }) => `${speaker}|${said}`);

  it('goes on in the next line', () => {
    expect(lines('客服：您好\n市民：我要投诉\n光明电器行')).toEqual([
      'agent|您好',
      'caller|我要投诉\n光明电器行',
    ]);
  });

  it('comes in one line', () => {
    expect(lines('客服：您好。市民：我打给客服：没人接。客服：请稍等。')).toEqual([
      'agent|您好。',
      'caller|我打给客服：没人接。',
      'agent|请稍等。',
    ]);
  });

  it.each([
    '【客服】您好\n【市民】喂',
    '客服\t您好\n市民\t喂',
    '客服 00:01\n您好\n市民 00:03\n喂',
    '(00:00:01) 客服: 您好\n(00:00:03) 市民: 喂',
    '00:01-00:02 坐席0312：您好\n00:03-00:04 来电人：喂',
    '2026-03-11 10:00:01 客服：您好\n2026-03-11 10:00:03 市民：喂',
    'Agent: 您好\nCaller: 喂',
    '00:00:01.500\n客服：您好\n00:00:03.000\n市民：喂',
  ])('%j', (text) => {
    expect(lines(text)).toEqual(['agent|您好', 'caller|喂']);
  });

  it('takes a colon for a speaker only where it stands behind one', () => {
    expect(lines('我要投诉，地址：中山路88号\n电话：13800000001')).toEqual([
      'caller|我要投诉，地址：中山路88号',
      'unknown|电话：13800000001',
    ]);
  });

  it('without any speaker gives to nobody what anybody could have said', () => {
    const call = callOf(calls.plainWithoutSpeakers);
    expect(call.turns.map(({ speaker }) => speaker)).toEqual(['agent', 'caller', 'unknown', 'caller']);
    expect(call.roles.by).toBe('words');
    expect(call.roles.confidence).toBeLessThan(0.5);
  });
});

describe('who is who', () => {
  it('is found by what is said, also when the caller speaks first', () => {
    const call = callOf('B: 喂，我要举报，我昨天在超市买到过期的\nA: 请问您贵姓？我帮您登记\nB: 我姓林');
    expect(call.turns.map(({ speaker }) => speaker)).toEqual(['caller', 'agent', 'caller']);
  });

  it('stays unknown when nothing tells', () => {
    const call = callOf('A: 喂\nB: 嗯\nA: 好的');
    expect(call.turns.map(({ speaker }) => speaker)).toEqual(['unknown', 'unknown', 'unknown']);
    expect(call.roles).toEqual({ by: 'nothing', confidence: 0 });
  });

  it('takes a menu before the agent for the agent’s side', () => {
    const call = callOf(
      'C: 感谢您致电12315热线，请稍等\nA: 您好，请讲，请问您贵姓\nB: 我要投诉，我在店里买了鞋\nA: 帮您登记了',
    );
    expect(call.turns.map(({ speaker }) => speaker)).toEqual(['agent', 'agent', 'caller', 'agent']);
  });
});

describe('Chinese words stand without blanks between them', () => {
  it.each([
    ['我 要 投诉 光明 电器行', '我要投诉光明电器行'],
    ['买了 iPhone 16 手机 ， 299 元', '买了 iPhone 16手机，299元'],
    ['I want a refund', 'I want a refund'],
  ])('%s', (Content, text) => {
    const [turn] = calls.contactLens.Transcript;
    expect(callOf({ ...calls.contactLens, Transcript: [{ ...turn, Content }] }).turns[0]?.text).toBe(text);
  });
});

describe('deliveries of one call', () => {
  const pieces = calls.realTime.map((one) => callOf(one));
  const merged = (order: readonly number[]) =>
    order
      .map((at) => pieces[at])
      .reduce((before, next) => (before && next ? mergeDeliveries(before, next) : before));

  it('end in the same call in whatever order they come, and when they come again', () => {
    const straight = merged([0, 1, 2, 3, 4, 5]);
    expect(straight?.turns.map(({ text }) => text)).toEqual(calls.TEXTS);
    expect(straight?.partial).toBe(false);
    for (const order of [
      [5, 4, 3, 2, 1, 0],
      [3, 1, 5, 2, 0, 4],
      [0, 0, 1, 3, 2, 1, 4, 3, 5, 5],
    ])
      expect(merged(order)).toEqual(straight);
  });

  it('show what was said so far until the final words come', () => {
    expect(merged([0, 1, 2])?.turns.map(({ text, provisional }) => [text, provisional])).toEqual([
      [calls.TEXTS[0], undefined],
      ['我要投诉', true],
      ['我在光明电器行买了', true],
    ]);
  });

  it('give way to the file of the whole call', () => {
    const whole = callOf(calls.contactLens);
    const piece = pieces[1] ?? whole;
    expect(mergeDeliveries(piece, whole)).toEqual(mergeDeliveries(whole, piece));
    expect(mergeDeliveries(piece, whole).turns).toHaveLength(4);
    expect(mergeDeliveries(piece, whole).delivery).toBe('whole');
  });

  it('keep names where one file has them and the other has not', () => {
    const raw = callOf(calls.contactLens);
    const redacted = callOf({ ...calls.contactLens, ContentMetadata: { Output: 'Redacted' } });
    expect(mergeDeliveries(redacted, raw)).toEqual(raw);
    expect(mergeDeliveries(raw, redacted)).toEqual(raw);
  });

  it('that broke off say so', () => {
    const failed = callOf({ ...calls.realTime[5], EventType: 'FAILED' });
    const [, second = failed] = pieces;
    const call = mergeDeliveries(failed, second);
    expect(call.partial).toBe(true);
    expect(call.problems.map(({ code }) => code)).toEqual(['engine-failed']);
  });

  it('of our own contract come in parts', () => {
    const part = (at: number, last: boolean) =>
      callOf({ ...calls.own, delivery: 'part', last, turns: [{ ...calls.own.turns[at], id: `${at}` }] });
    const call = [part(3, true), part(1, false), part(0, false), part(2, false)].reduce(mergeDeliveries);
    expect(call.turns.map(({ text }) => text)).toEqual(calls.TEXTS);
    expect(call.partial).toBe(false);
  });
});

describe('the moment of words', () => {
  const spanOf = (file: string | object, words: string) => {
    const call = callOf(file);
    const start = spokenByCaller(turnsOf(call)).text.indexOf(words);
    expect(start).toBeGreaterThan(-1);
    return momentOf(call, { start, end: start + words.length });
  };

  it('is that of the very words, where the engine gives it', () => {
    const found = spanOf(calls.callAnalytics, '电水壶');
    expect(found).toMatchObject({ turn: 1, exact: true });
    expect(found?.startMs).toBeGreaterThan(5_000);
    expect(found?.endMs).toBeLessThan(7_500);
    expect(spanOf(calls.speakersApart, '电水壶')).toEqual(found);
  });

  it('is that of the turn otherwise', () => {
    expect(spanOf(calls.contactLens, '电水壶')).toEqual({
      turn: 1,
      startMs: 2_500,
      endMs: 9_000,
      exact: false,
    });
    expect(spanOf(calls.plain, '电水壶')).toEqual({ turn: 1, exact: false });
  });

  it('lies in the agent’s turn when the caller confirmed it', () => {
    expect(spanOf(calls.contactLens, '您说的是')).toMatchObject({ turn: 2, startMs: 9_200 });
  });

  it('is none outside the text', () => {
    expect(momentOf(callOf(calls.plain), { start: 9_999, end: 10_000 })).toBeUndefined();
  });
});

describe('a call that is no complaint', () => {
  const kind = (value: 'complaint' | 'report' | 'both' | 'inquiry' | 'other', concerns = true) => ({
    kind: { value, confidence: 0.9, spans: [], why: { zh: '', en: '' } },
    concerns,
  });
  const codeOf = (text: string, understanding: ReturnType<typeof kind>) =>
    contactOnly(callOf(text), understanding)?.code;

  it.each([
    ['silent', '客服：您好\n市民：喂，嗯', kind('other', false)],
    ['no-concern', '客服：您好\n市民：打错了', kind('other', false)],
    ['answered-inquiry', '客服：您好\n市民：请问几点下班\n客服：五点半', kind('inquiry')],
    ['no-complaint', '客服：您好\n市民：你们服务真好，表扬一下', kind('other')],
  ])('is kept as a contact: %s', (code, text, understanding) => {
    expect(codeOf(text, understanding)).toBe(code);
  });

  it.each([
    ['a complaint', calls.plain, kind('complaint')],
    ['what the caller calls a complaint', '客服：您好\n市民：我要投诉那家店', kind('other', false)],
    [
      'a question whose answer is promised',
      '市民：请问怎么退\n客服：已为您登记，会有人联系您答复',
      kind('inquiry'),
    ],
  ])('but not %s', (_, text, understanding) => {
    expect(codeOf(text, understanding)).toBeUndefined();
  });
});
