import { defined, type RawCall, type RawTurn } from '../call.ts';
import { instantOf } from '../instants.ts';
import { roleOf } from '../speakers.ts';
import { hasMask } from './contact-lens.ts';

/*
 * Plain text, a line for what each says: `客服：您好`, `[00:12] 市民：…`, `A: …`, `说话人1 00:12` with the words on the
 * next line, or lines without any speaker. Head lines such as `通话时间：…` are read as what they say.
 */

const CLOCK = String.raw`(?:\d{1,2}:)?\d{1,2}:\d{2}(?:[.,]\d{1,3})?`;
const DAY = String.raw`(?:\d{4}[-/.]\d{1,2}[-/.]\d{1,2}[ T]+)?`;
const STAMP = new RegExp(
  String.raw`^[[(（【<]?\s*${DAY}(${CLOCK})s?\s*(?:(?:-->|->|-|~|～|—|至)\s*${DAY}(${CLOCK})\s*)?[\])）】>]?[\s,，:：-]*`,
);
const LABEL =
  /^[[【<（(]?([^\s:：\]】>）)，。！？,!?；;"“”]{1,16}(?: ?\d{1,6}(?!\d|[:：]\d))?)[^\S\t]*[\]】>）)]?[^\S\t]*/;
const LABEL_END = /^(?:[:：]|[\t|]|[-—]\s)\s*/;
const SHAPED_LABEL =
  /^(?:(?:speaker|spk|channel|ch|声道|通道|说话人|发言人|讲话人)[\s_-]*[\w一二三四]{0,3}|[a-z甲乙丙丁]\d?|[qa问答])$/i;

const HEAD: readonly (readonly ['startedAt' | 'callerNumber' | 'callId' | 'nothing', RegExp])[] = [
  [
    'startedAt',
    /^(?:通话|来电|呼入|录音|通话开始|开始|接听|接入)(?:时间|日期)$|^(?:start(?:ed)?(?:at|time)?|date|calltime)$/i,
  ],
  ['callerNumber', /^(?:来电|主叫|呼入|来访)(?:号码|电话)$|^主叫$|^(?:callernumber|ani|from)$/i],
  [
    'callId',
    /^(?:通话|录音|呼叫|会话|来电)(?:编号|流水号|id|标识)$|^(?:流水号|流水|callid|contactid|sessionid)$/i,
  ],
  [
    'nothing',
    /^(?:通话|录音)?(?:时长|结束时间|挂断时间|结束)$|^(?:坐席|座席|客服|话务员)?(?:工号|被叫号码|被叫|语言|文件名?|技能组|满意度|主题|duration|language|agentid|title|end|endtime)$/i,
  ],
];

interface Line {
  startMs: number | undefined;
  endMs: number | undefined;
  label: string | undefined;
  /** What stands behind the label, or the whole line. */
  text: string;
  /** The line without its time, should the label be none. */
  whole: string;
}

/** The call that a plain text holds. Any text is one; a text without a speaker has turns without labels. */
export function readPlainText(text: string): RawCall {
  const lines = apart(text)
    .split(/\r\n|[\n\r\u2028\u2029]/)
    .map((line) => line.trim())
    .filter((line) => line !== '' && !/^[-=*_#~—]{3,}$/.test(line));
  const { head, body } = readHead(lines);
  const read = body.map(readLine);
  const turns = turnsOf(read, labelsOf(read));
  return {
    ...head,
    delivery: 'whole',
    partial: false,
    redacted: hasMask(text),
    turns: withEnds(turns),
    problems: [],
  };
}

function turnsOf(lines: readonly Line[], isLabel: (label: string) => boolean): RawTurn[] {
  const turns: RawTurn[] = [];
  for (const { label, text, whole, startMs, endMs } of lines) {
    const labelled = label !== undefined && isLabel(label);
    const before = turns.at(-1);
    const turn: RawTurn = {
      text: labelled ? text : whole,
      ...defined({ label: labelled ? label : undefined, startMs, endMs }),
    };
    // A line of nothing but a time, or a time and a name, stands before the words.
    if (before?.text === '' && !(labelled && before.label !== undefined))
      turns[turns.length - 1] = { ...before, ...turn };
    // A line without a speaker goes on with what the speaker before it said.
    else if (!labelled && before?.label !== undefined && startMs === undefined)
      turns[turns.length - 1] = { ...before, text: `${before.text}\n${whole}` };
    else turns.push(turn);
  }
  return turns;
}

const ROLE_INSIDE =
  /(?<=[。！？!?；;…][^\S\n]?)(?=(?:客服|坐席|座席|话务员|接线员|工作人员|受理员|市民|群众|客户|用户|消费者|来电人|来电者|投诉人)(?:[A-Z]?\d{0,5})[:：])/g;

/** Exports in one line: each speaker begins a line of his own. */
function apart(text: string): string {
  return text.replace(ROLE_INSIDE, '\n');
}

function readHead(lines: readonly string[]): {
  head: Pick<RawCall, 'startedAt' | 'callerNumber' | 'callId'>;
  body: string[];
} {
  const head: { startedAt?: string; callerNumber?: string; callId?: string } = {};
  let at = 0;
  for (; at < lines.length; at += 1) {
    const [, name = '', value = ''] = /^([^:：]{1,12})[:：]\s*(.*)$/.exec(lines[at] ?? '') ?? [];
    const entry = HEAD.find(([, says]) => says.test(name.replace(/\s/g, '')))?.[0];
    if (entry === undefined) break;
    if (entry === 'startedAt') Object.assign(head, defined({ startedAt: instantOf(value) }));
    if (entry === 'callerNumber' && /^\+?[\d\s-]{3,20}$/.test(value))
      head.callerNumber = value.replace(/[\s-]/g, '');
    if (entry === 'callId' && value !== '') head.callId = value.slice(0, 128);
  }
  return { head, body: lines.slice(at) };
}

function readLine(line: string): Line {
  const first = STAMP.exec(line);
  const rest = first === null ? line : line.slice(first[0].length);
  const [found = '', label] = LABEL.exec(rest) ?? [];
  let behind = rest.slice(found.length);
  // `客服 00:12`, `客服(00:12)：您好`: the time after the name.
  const second = first === null && label !== undefined ? STAMP.exec(behind) : null;
  const stamp = first ?? second;
  const bracketed = /^[[【<（(]/.test(found) && /[\]】>）)]\s*$/.test(found);
  const ends = LABEL_END.exec(behind);
  if (second !== null) behind = behind.slice(second[0].length);
  const isNamed = label !== undefined && (ends !== null || second !== null || bracketed);
  return {
    label: isNamed ? label : undefined,
    text: second === null && ends !== null ? behind.slice(ends[0].length) : behind.replace(LABEL_END, ''),
    whole: second === null ? rest : line,
    startMs: msOf(stamp?.[1]),
    endMs: msOf(stamp?.[2]),
  };
}

/** Names that nobody knows are labels when few of them begin most lines. */
const LEAST_SHARE = 0.6;
const MOST_NAMES = 6;

function labelsOf(lines: readonly Line[]): (label: string) => boolean {
  const counts = new Map<string, number>();
  for (const { label } of lines) if (label !== undefined) counts.set(label, (counts.get(label) ?? 0) + 1);
  const repeated = [...counts].filter(([, count]) => count >= 2);
  const covered = repeated.reduce((sum, [, count]) => sum + count, 0);
  const names =
    repeated.length <= MOST_NAMES && covered >= lines.length * LEAST_SHARE
      ? new Set(repeated.map(([label]) => label))
      : new Set<string>();
  return (label) => roleOf(label) !== undefined || SHAPED_LABEL.test(label) || names.has(label);
}

function msOf(clock: string | undefined): number | undefined {
  if (clock === undefined) return undefined;
  const [whole = '', fraction = ''] = clock.split(/[.,]/);
  const total = whole.split(':').reduce((sum, part) => sum * 60 + Number(part), 0);
  return total * 1000 + Number(fraction.padEnd(3, '0'));
}

/** A turn lasts until the next one begins, unless the line says when it ends. */
function withEnds(turns: readonly RawTurn[]): RawTurn[] {
  return turns.map((turn, at) => {
    const next = turns[at + 1]?.startMs;
    if (turn.startMs === undefined || turn.endMs !== undefined || next === undefined || next < turn.startMs)
      return turn;
    return { ...turn, endMs: next };
  });
}
