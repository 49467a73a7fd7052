import { spokenByCaller, type Turn } from '../understanding/conversation.ts';
import type { Call, CallTurn } from './call.ts';
import { defined } from './call.ts';
import { placeWords } from './text.ts';

/** Where something was said: the turn's place in the call, and its milliseconds in the recording where they are known. */
export interface Moment {
  turn: number;
  startMs?: number;
  endMs?: number;
  /** Times of the very words, or of the whole turn. */
  exact: boolean;
}

/**
 * The turns of a call as the understanding reads them, each at its own place. Who is not known counts as the caller:
 * better a word too many than a complaint without its words.
 */
export function turnsOf({ turns }: Call): Turn[] {
  return turns.map(({ speaker, text }) => ({ speaker: speaker === 'agent' ? 'agent' : 'caller', text }));
}

/**
 * The moment at which the words of a span were said.
 * @param span UTF-16 offsets in the text that `understand({turns: turnsOf(call)})` reads (`spokenByCaller`)
 * @returns nothing when the span lies outside that text
 */
export function momentOf(call: Call, span: { start: number; end: number }): Moment | undefined {
  const said = spokenByCaller(turnsOf(call)).turns.filter(
    ({ start, end }) => start < Math.max(span.end, span.start + 1) && end > span.start,
  );
  const [first] = said;
  const last = said.at(-1);
  const opening = first && call.turns[first.turn];
  const closing = last && call.turns[last.turn];
  if (first === undefined || last === undefined || opening === undefined || closing === undefined)
    return undefined;
  const from = timesAt(opening, span.start - first.start, span.end - first.start);
  const to = timesAt(closing, span.start - last.start, span.end - last.start);
  return {
    turn: first.turn,
    ...defined({ startMs: from?.startMs ?? opening.startMs, endMs: to?.endMs ?? closing.endMs }),
    exact: from !== undefined && to !== undefined,
  };
}

/** The times of the words that touch a part of a turn's text. */
function timesAt({ text, words = [] }: CallTurn, start: number, end: number) {
  const touched = placeWords(text, words).filter((word) => word.start < end && word.end > start);
  const [first] = touched;
  const last = touched.at(-1);
  return first === undefined || last === undefined
    ? undefined
    : { startMs: first.startMs, endMs: last.endMs };
}
