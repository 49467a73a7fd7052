import { type Call, type CallTurn, MOST_TURNS, type RawCall, type RawTurn } from './call.ts';
import { remark, Unreadable } from './remarks.ts';
import { nameSpeakers } from './speakers.ts';

/**
 * The call of what a file holds: in order, without repeats and empty turns, with its speakers.
 * @throws Unreadable `too-many-turns`
 */
export function finish({ turns, ...raw }: RawCall): Call {
  if (turns.length > MOST_TURNS) throw new Unreadable('too-many-turns');
  const said = inOrder(withoutRepeats(turns.filter(({ text }) => text.trim() !== '')));
  return withSpeakers({ ...raw, problems: remarksOnSilence(raw, said), turns: said });
}

/** The same call with its speakers told apart anew. */
export function withSpeakers({ turns, ...raw }: RawCall): Call {
  return { ...raw, ...nameSpeakers(turns) };
}

function remarksOnSilence({ problems, delivery }: Omit<RawCall, 'turns'>, said: readonly RawTurn[]) {
  return said.length === 0 && delivery === 'whole' ? [...problems, remark('silent')] : problems;
}

/** By time where every turn has one; else as they stand. */
function inOrder<Turn extends RawTurn>(turns: readonly Turn[]): Turn[] {
  if (turns.some(({ startMs }) => startMs === undefined)) return [...turns];
  return turns.toSorted((one, other) => (one.startMs ?? 0) - (other.startMs ?? 0));
}

/** The same words by the same speaker at the same moment are one turn; without a moment people do repeat themselves. */
function withoutRepeats(turns: readonly RawTurn[]): RawTurn[] {
  const seen = new Set<string>();
  return turns.filter(({ label, startMs, endMs, text }) => {
    if (startMs === undefined) return true;
    const key = JSON.stringify([label, startMs, endMs, text]);
    if (seen.has(key)) return false;
    seen.add(key);
    return true;
  });
}

/** A turn without its speaker, to have it told apart again. */
export function withoutSpeaker({ speaker, ...turn }: CallTurn): RawTurn {
  return turn;
}
