import { type Call, type CallTurn, defined, MOST_TURNS, type RawTurn, type Remark } from './call.ts';
import { withoutSpeaker, withSpeakers } from './finish.ts';

/**
 * What two deliveries of one call make together. It does not matter which came first, whether one came twice, or how
 * many are merged with what before: the same deliveries end in the same call. A whole file takes the place of pieces,
 * one with names and numbers that of a redacted one; of a turn in pieces the final words stay, else the longest.
 */
export function mergeDeliveries(before: Call, next: Call): Call {
  const better = compare(rankOf(before), rankOf(next)) >= 0 ? before : next;
  const together = before.delivery === 'pieces' && next.delivery === 'pieces';
  return withSpeakers({
    ...defined({
      callId: smaller(before.callId, next.callId),
      startedAt: smaller(before.startedAt, next.startedAt),
      language: smaller(before.language, next.language),
      callerNumber: smaller(before.callerNumber, next.callerNumber),
    }),
    delivery: better.delivery,
    partial: together ? before.partial && next.partial : better.partial,
    redacted: together ? before.redacted || next.redacted : better.redacted,
    problems: together ? mergeRemarks(before.problems, next.problems) : better.problems,
    turns: together ? mergeTurns(before.turns, next.turns) : better.turns.map(withoutSpeaker),
  });
}

/** Whole before pieces, with names before redacted, more words before fewer; then anything that is always the same. */
function rankOf({ delivery, redacted, turns, problems }: Call): string[] {
  if (delivery === 'pieces') return ['0'];
  const length = turns.reduce((sum, { text }) => sum + text.length, 0);
  return [
    '1',
    redacted ? '0' : '1',
    String(length).padStart(9, '0'),
    JSON.stringify([turns.map(contentOf), problems]),
  ];
}

function contentOf(turn: CallTurn) {
  const { label, text, startMs, endMs, words, id } = turn;
  return [label, text, startMs, endMs, words, id];
}

function compare(one: readonly string[], other: readonly string[]): number {
  for (const [at, value] of one.entries()) {
    const against = other[at] ?? '';
    if (value !== against) return value > against ? 1 : -1;
  }
  return 0;
}

function mergeTurns(before: readonly CallTurn[], next: readonly CallTurn[]): RawTurn[] {
  const byKey = new Map<string, RawTurn>();
  for (const turn of [...before, ...next].map(withoutSpeaker)) {
    const key = keyOf(turn);
    const same = byKey.get(key);
    byKey.set(key, same === undefined ? turn : laterOf(same, turn));
  }
  return settled([...byKey.values()])
    .toSorted(
      (one, other) => (one.startMs ?? 0) - (other.startMs ?? 0) || (keyOf(one) < keyOf(other) ? -1 : 1),
    )
    .slice(0, MOST_TURNS);
}

/** Provisional turns go when the final turn they became part of is there. */
function settled<Turn extends RawTurn>(turns: readonly Turn[]): Turn[] {
  const final = new Set(turns.filter(({ provisional }) => provisional !== true).map(({ id }) => id));
  return turns.filter(
    ({ provisional, partOf }) => provisional !== true || partOf === undefined || !final.has(partOf),
  );
}

function keyOf({ id, label, startMs, text }: RawTurn): string {
  return id === undefined ? `${label} ${startMs} ${startMs === undefined ? text : ''}` : `id ${id}`;
}

/** Of two versions of a turn: the final one, the one that reaches further, the longer one; then always the same. */
function laterOf(one: RawTurn, other: RawTurn): RawTurn {
  const rank = (turn: RawTurn) => [
    turn.provisional === true ? '0' : '1',
    String(turn.endMs ?? 0).padStart(12, '0'),
    String(turn.text.length).padStart(9, '0'),
    JSON.stringify([turn.text, turn.startMs, turn.label, turn.words, turn.partOf]),
  ];
  return compare(rank(one), rank(other)) >= 0 ? one : other;
}

function mergeRemarks(before: readonly Remark[], next: readonly Remark[]): Remark[] {
  const byKey = new Map([...before, ...next].map((one) => [`${one.code} ${one.field}`, one]));
  return [...byKey].toSorted(([one], [other]) => (one < other ? -1 : 1)).map(([, one]) => one);
}

function smaller(one: string | undefined, other: string | undefined): string | undefined {
  if (one === undefined || other === undefined) return one ?? other;
  return one < other ? one : other;
}
