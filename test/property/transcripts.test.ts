import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Call } from '../../shared/transcripts/call.ts';
import { mergeDeliveries } from '../../shared/transcripts/merge-deliveries.ts';
import { momentOf, turnsOf } from '../../shared/transcripts/moment.ts';
import { readTranscript } from '../../shared/transcripts/read-transcript.ts';
import { spokenByCaller } from '../../shared/understanding/conversation.ts';
import * as calls from '../unit/transcripts-fixtures.ts';
import { changed, damaged, harm, withKeys } from './harms.ts';

const utf8 = (text: string) => new TextEncoder().encode(text);
const JSON_FILES: readonly unknown[] = [
  calls.contactLens,
  calls.realTime,
  calls.speakersApart,
  calls.speakersInItems,
  calls.channels(false),
  calls.callAnalytics,
  calls.utterances,
  calls.stream,
  calls.own,
  calls.iflytek,
  calls.aliyun,
  calls.whisper,
  calls.dialogue,
];

/** Every file gives calls or reasons, never an exception, and what it gives is sound. */
function isAccounted(bytes: Uint8Array): boolean {
  const { calls: found, refused } = readTranscript({ bytes, key: 'calls/pbx-1.json' });
  expect(found.length + refused.length).toBeGreaterThan(0);
  for (const { code, zh, en, field } of [...refused, ...found.flatMap(({ problems }) => problems)])
    expect([code, zh, en, field].every((part) => part.length > 0)).toBe(true);
  for (const call of found) {
    expect(call.callId).toBeTypeOf('string');
    for (const { text, startMs = 0, endMs = 0 } of call.turns) {
      expect(text).toMatch(/\S/);
      expect(text.isWellFormed()).toBe(true);
      expect(Number.isInteger(startMs) && startMs >= 0 && Number.isInteger(endMs) && endMs >= 0).toBe(true);
    }
  }
  return found.length > 0;
}

const textsOf = (file: unknown) =>
  readTranscript({ bytes: utf8(JSON.stringify(file)) }).calls.flatMap(({ turns }) =>
    turns.map(({ text }) => text),
  );

describe('whatever happens to a file on its way', () => {
  test('a changed place gives a call or a reason', () => {
    const one = fc.tuple(fc.constantFrom(...JSON_FILES), fc.integer({ min: 1, max: 400 }), harm);
    fc.assert(
      fc.property(one, ([file, place, harmful]) => {
        isAccounted(utf8(JSON.stringify(changed(file, place, harmful)) ?? ''));
      }),
      { numRuns: 1500 },
    );
  });

  test('other letter case, underscores and further keys change no word', () => {
    const snake = (key: string) => key.replace(/(?<=[a-z])(?=[A-Z])/g, '_').toLowerCase();
    const renames = [(key: string) => key.toLowerCase(), (key: string) => key.toUpperCase(), snake];
    const strangers = JSON_FILES.filter((file) => file !== calls.own);
    fc.assert(
      fc.property(fc.constantFrom(...strangers), fc.constantFrom(...renames), (file, rename) => {
        expect(textsOf(withKeys(file, rename))).toEqual(calls.TEXTS);
      }),
    );
    for (const file of JSON_FILES) {
      if (Array.isArray(file)) continue;
      expect(textsOf({ novelty: { a: [1] }, ...(file as object) })).toEqual(calls.TEXTS);
    }
  });

  test('cut off anywhere, it gives a call or a reason', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...Object.values(calls.FILES)),
        fc.double({ min: 0, max: 1, noNaN: true }),
        (file, share) => {
          const bytes = utf8(file);
          isAccounted(bytes.slice(0, Math.floor(bytes.length * share)));
        },
      ),
      { numRuns: 600 },
    );
  });

  test('with other bytes in it, or of other bytes, it gives a call or a reason', () => {
    fc.assert(
      fc.property(
        fc.oneof(damaged(Object.values(calls.FILES).map(utf8)), fc.uint8Array({ maxLength: 400 })),
        (bytes) => {
          isAccounted(bytes);
        },
      ),
      { numRuns: 800 },
    );
  });

  test('any text and any JSON give a call or a reason', () => {
    const pieces = [
      ...'[{"<:： \n\t->0123A客服市民说话人，。'.split(''),
      'WEBVTT',
      '-->',
      '00:01',
      '<v 客服>',
      '{"Transcript":',
      '"Content":',
    ];
    const text = fc.array(fc.constantFrom(...pieces), { maxLength: 60 }).map((all) => all.join(''));
    fc.assert(
      fc.property(fc.oneof(text, fc.json(), fc.string({ unit: 'binary' })), (one) => {
        isAccounted(utf8(one));
      }),
      { numRuns: 1000 },
    );
  });

  test('in every encoding it is the same call', () => {
    const encodings = [
      (text: string) => utf8(`\ufeff${text}`),
      (text: string) => new Uint8Array(Buffer.from(`\ufeff${text}`, 'utf16le')),
      (text: string) => new Uint8Array(Buffer.from(text, 'utf16le')),
      (text: string) => new Uint8Array(Buffer.from(`\ufeff${text}`, 'utf16le').swap16()),
      (text: string) => new Uint8Array(Buffer.from(text, 'utf16le').swap16()),
    ];
    for (const file of Object.values(calls.FILES))
      for (const encode of encodings)
        expect(readTranscript({ bytes: encode(file) })).toEqual(readTranscript({ bytes: utf8(file) }));
  });
});

describe('deliveries', () => {
  const callsOf = (values: readonly unknown[]) =>
    values.flatMap((one) => readTranscript({ bytes: utf8(JSON.stringify(one)), key: 'pbx-1' }).calls);
  const whole = callsOf([
    calls.contactLens,
    { ...calls.contactLens, ContentMetadata: { Output: 'Redacted' } },
    { ...calls.contactLens, Transcript: calls.contactLens.Transcript.slice(0, 2) },
  ]);
  const failed = callsOf([{ ...calls.realTime[0], EventType: 'FAILED' }]);
  const sets: readonly (readonly Call[])[] = [
    callsOf(calls.realTime),
    [...callsOf(calls.realTime), ...failed],
    callsOf(calls.utterances),
    callsOf(calls.stream),
    [...callsOf(calls.realTime), ...whole],
  ];
  const merge = (all: readonly Call[]) => all.reduce((before, next) => mergeDeliveries(before, next));

  test('in any order, repeated, and merged in any groups end in the same call', () => {
    const some = fc.constantFrom(...sets).chain((set) =>
      fc.record({
        set: fc.constant(set),
        again: fc.array(fc.constantFrom(...set), { maxLength: 6 }),
        order: fc.infiniteStream(fc.double({ min: 0, max: 1, noNaN: true })),
        cut: fc.nat(),
      }),
    );
    fc.assert(
      fc.property(some, ({ set, again, order, cut }) => {
        const shuffled = [...set, ...again]
          .map((call) => ({ call, rank: order.next().value ?? 0 }))
          .toSorted((one, other) => one.rank - other.rank)
          .map(({ call }) => call);
        const at = 1 + (cut % (shuffled.length - 1));
        const expected = merge([...set, ...set]);
        expect(merge(shuffled)).toEqual(expected);
        expect(mergeDeliveries(merge(shuffled.slice(0, at)), merge(shuffled.slice(at)))).toEqual(expected);
      }),
      { numRuns: 400 },
    );
  });
});

describe('moments', () => {
  test('every span of the caller’s words lies in a turn that holds its beginning', () => {
    const span = fc.tuple(
      fc.constantFrom(...Object.values(calls.FILES)),
      fc.nat(90),
      fc.integer({ min: 1, max: 30 }),
    );
    fc.assert(
      fc.property(span, ([file, start, length]) => {
        const [call] = readTranscript({ bytes: utf8(file) }).calls;
        if (call === undefined) throw new Error('no call');
        const { text } = spokenByCaller(turnsOf(call));
        fc.pre(start < text.length && text[start] !== '\n');
        const found = momentOf(call, { start, end: start + length });
        const turn = call.turns[found?.turn ?? -1];
        expect(turn?.text).toContain(text[start]);
        if (found?.startMs !== undefined) {
          expect(found.startMs).toBeGreaterThanOrEqual(turn?.startMs ?? 0);
          expect(found.endMs ?? found.startMs).toBeGreaterThanOrEqual(found.startMs);
        }
      }),
    );
  });
});
