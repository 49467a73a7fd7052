import type * as z from 'zod';
import { defined, type RawCall, type RawTurn, type Word } from '../call.ts';
import { instantOf } from '../instants.ts';
import { record, someFlag, someNumber, someText } from '../loose.ts';
import { remark, Unreadable } from '../remarks.ts';
import { roleOf } from '../speakers.ts';
import { tidy } from '../text.ts';
import { hasMask } from './contact-lens.ts';
import { withWords } from './words.ts';

/*
 * JSON of any other engine that holds a list of turns somewhere: iFlytek (`onebest`, `bg`, `ed`, `speaker`), Aliyun
 * (`Sentences` with `Text`, `BeginTime`, `EndTime`, `ChannelId`), Tencent (`FinalSentence`, `StartMs`, `SpeakerId`),
 * Whisper (`segments` in seconds), dialogues (`{"市民": "…"}`). Keys arrive without case and underscores.
 */

const TEXTS = [
  'text',
  'content',
  'onebest',
  'finalsentence',
  'transcript',
  'sentence',
  'utterance',
  'message',
  'msg',
  'words',
  'asr',
  '内容',
  '文本',
  '话术',
];
const SPEAKERS = [
  'role',
  'participantrole',
  'speaker',
  'speakerlabel',
  'speakerid',
  'speakername',
  'spk',
  'rl',
  'channellabel',
  'channelid',
  'channel',
  'track',
  'from',
  'name',
  '角色',
  '说话人',
  '发言人',
];
const STARTS = [
  'startms',
  'beginms',
  'starttime',
  'begintime',
  'beginoffsetmillis',
  'start',
  'begin',
  'bg',
  'startoffset',
];
const ENDS = ['endms', 'endtime', 'endoffsetmillis', 'end', 'ed', 'endoffset'];
const LISTS = [
  'turns',
  'dialog',
  'dialogue',
  'dialogs',
  'conversation',
  'sentences',
  'sentencelist',
  'segments',
  'utterances',
  'messages',
  'content',
  'transcript',
  'transcripts',
  'result',
  'results',
  'data',
  'payload',
  'flashresult',
  'resultdetail',
  'records',
  'list',
  '对话',
  '通话内容',
];
const IDS = [
  'callid',
  'contactid',
  'sessionid',
  'taskid',
  'requestid',
  'recordid',
  'orderid',
  'id',
  '通话编号',
  '流水号',
];

interface Timed {
  turn: RawTurn;
  start: number | undefined;
  end: number | undefined;
  words: { text: string; start: number; end: number; confidence?: number }[];
}

/** The turns of one member of a list: words with a speaker beside them, or speakers as keys of their words. */
function turnsOfMember(member: unknown): Timed[] {
  const holder = record(member);
  if (holder === undefined) return [];
  const text = firstOf(holder, TEXTS, someText);
  if (text !== undefined)
    return [
      {
        turn: { text: tidy(text), ...defined({ label: firstOf(holder, SPEAKERS, someText) }) },
        start: firstOf(holder, STARTS, someNumber),
        end: firstOf(holder, ENDS, someNumber),
        words: wordsOf(holder),
      },
    ];
  return Object.entries(holder).flatMap(([key, said]) =>
    typeof said === 'string' && isSpeaker(key)
      ? [{ turn: { text: tidy(said), label: key }, start: undefined, end: undefined, words: [] }]
      : [],
  );
}

function isSpeaker(key: string): boolean {
  return roleOf(key) !== undefined || /^\[?(?:speaker|spk|说话人|发言人)[\w]{1,3}\]?$|^[ab甲乙]$/.test(key);
}

function wordsOf(holder: Record<string, unknown>): Timed['words'] {
  const list = [holder.words, holder.wordlist, holder.items].find(Array.isArray);
  return (list ?? []).flatMap((one) => {
    const inner = record(one) ?? {};
    const text = firstOf(inner, ['word', 'text', 'content', 'w'], someText)?.trim();
    const start = firstOf(inner, STARTS, someNumber);
    const end = firstOf(inner, ENDS, someNumber);
    const confidence = firstOf(inner, ['confidence', 'probability'], someNumber);
    return text === undefined || text === '' || start === undefined || end === undefined
      ? []
      : [{ text, start, end, ...(confidence === undefined || confidence > 1 ? {} : { confidence }) }];
  });
}

function firstOf<Schema extends z.ZodType>(
  holder: Record<string, unknown>,
  keys: readonly string[],
  schema: Schema,
): z.output<Schema> | undefined {
  for (const key of keys) {
    const read = holder[key] === undefined ? undefined : schema.safeParse(holder[key]).data;
    if (read !== undefined) return read;
  }
  return undefined;
}

/** Lists lie deep in some envelopes, no deeper. */
const DEEPEST = 4;

/** The list of turns in a value, and the object that holds it: the nearest one first. */
function findTurns(
  value: unknown,
  depth = 0,
): { members: unknown[]; turns: Timed[]; holder: unknown } | undefined {
  if (Array.isArray(value)) {
    const turns = value.flatMap(turnsOfMember);
    // Other messages have words, too: turns of a call have a speaker or a time beside them.
    const told = turns.filter(({ turn, start }) => turn.label !== undefined || start !== undefined).length;
    return told * 2 < turns.length || told === 0 ? undefined : { members: value, turns, holder: undefined };
  }
  const holder = record(value);
  if (holder === undefined || depth === DEEPEST) return undefined;
  for (const key of LISTS) {
    const found = findTurns(holder[key], depth + 1);
    if (found !== undefined) return { ...found, holder: found.holder ?? holder };
  }
  return undefined;
}

/** Says whether it holds turns in a shape that can be made out. */
export function isAnyTurns(value: unknown): boolean {
  return findTurns(value) !== undefined;
}

/**
 * A whole call of whatever engine.
 * @throws Unreadable `format-unknown`
 */
export function readAnyTurns(value: unknown): RawCall {
  const found = findTurns(value);
  if (found === undefined) throw new Unreadable('format-unknown');
  const { turns: timed, members } = found;
  const unit = unitOf(timed);
  const ms = (time: number | undefined) => (time === undefined ? undefined : Math.round(time * unit));
  const turns = timed.map(
    ({ turn, start, end, words }): RawTurn => ({
      ...turn,
      ...defined({ startMs: ms(start), endMs: ms(end) }),
      ...withWords(
        words
          .map((one): Word => ({ ...one, ...timesOf(one, unit) }))
          .map(({ text, startMs, endMs, confidence }) =>
            defined({ text, startMs, endMs, confidence }),
          ) as Word[],
      ),
    }),
  );
  const outer = record(value) ?? {};
  const inner = record(found.holder) ?? {};
  const idOf = (holder: Record<string, unknown>) => firstOf(holder, IDS, someText);
  const started = firstOf(
    outer,
    ['startedat', 'calltime', 'callstarttime', '通话时间', '来电时间'],
    someText,
  );
  const number = firstOf(
    outer,
    ['callernumber', 'caller', 'callingnumber', 'ani', '来电号码', '主叫号码'],
    someText,
  );
  return {
    ...defined({
      callId: idOf(outer) ?? idOf(inner),
      startedAt: started === undefined ? undefined : instantOf(started),
      language: firstOf(outer, ['language', 'languagecode', 'lang'], someText),
      callerNumber:
        number !== undefined && /^\+?[\d\s-]{3,20}$/.test(number) ? number.replace(/[\s-]/g, '') : undefined,
    }),
    delivery: 'whole',
    partial: firstOf(outer, ['partial'], someFlag) === true,
    redacted:
      firstOf(outer, ['redacted', 'isredacted'], someFlag) === true ||
      turns.some(({ text }) => hasMask(text)),
    turns,
    problems: members.some((one) => turnsOfMember(one).length === 0) ? [remark('turn-unreadable')] : [],
  };
}

function timesOf({ start, end }: { start: number; end: number }, unit: number) {
  return { startMs: Math.round(start * unit), endMs: Math.round(end * unit) };
}

/** Nobody says sixty characters in a second: if it seems so, the unit is not the millisecond. */
const FASTEST_PER_MS = 0.06;

/** How many milliseconds one unit of the engine's times is: engines say seconds or milliseconds without naming them. */
function unitOf(timed: readonly Timed[]): 1 | 1000 {
  const whole = timed.filter(({ start, end }) => start !== undefined && end !== undefined && end > start);
  const time = whole.reduce((sum, { start = 0, end = 0 }) => sum + end - start, 0);
  const length = whole.reduce((sum, { turn }) => sum + turn.text.length, 0);
  return time > 0 && length / time > FASTEST_PER_MS ? 1000 : 1;
}
