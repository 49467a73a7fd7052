import { phoneKey } from '../../shared/case/lookup-keys.ts';
import { shanghaiDate } from '../../shared/dates.ts';
import type { CreateReader } from '../../shared/intake/create-understand.ts';
import type { Effect } from '../../shared/sms-talk/effects.ts';
import { afterSilence, silenceEndsAt, takeText } from '../../shared/sms-talk/take-text.ts';
import { withNumber } from '../../shared/sms-talk/talk.ts';
import type { IdentityStore } from '../../shared/store/case-store.ts';
import { effectsDueAt } from '../../shared/store/text-items.ts';
import { isTaken, type KeptTalk, type KeptText, type TextStore } from '../../shared/store/text-store.ts';
import { closeParts, takePart } from './gather.ts';
import { type PerformDependencies, perform } from './perform.ts';

export interface AnswerDependencies extends PerformDependencies {
  texts: TextStore;
  people: Pick<IdentityStore, 'casesOfPhone'>;
  reader: CreateReader;
}

/** Somebody else wrote at the same moment, again and again: the queue brings the message once more. */
class TooBusy extends Error {
  override name = 'TooBusy';
}

// Ten texts of one phone may be taken at the same moment.
const TRIES = 12;
/** A talk holds twenty cases. */
const MOST_OWN_CASES = 20;

/**
 * Looks at a text, and at what hangs on it: the long text that it is part of, the talk of its phone. Safe to do twice, at any
 * time and in any order: what is done already is found done.
 */
export async function answer(key: string, deps: AnswerDependencies): Promise<void> {
  const text = await deps.texts.text(key);
  if (text === undefined) return deps.log('text-unknown', { text: key });
  if (isTaken(text)) {
    // Whoever took it may have died before its effects were done, or before the whole text was looked at.
    const { gathering = '', joinedInto = [] } = text;
    const closed = gathering === '' ? [] : await closeParts(gathering, deps);
    for (const joined of [...joinedInto, ...closed]) await answer(joined, deps);
    return tendTalk(text.phone, deps);
  }
  if (text.part !== undefined) {
    for (const joined of await takePart(text, deps)) await answer(joined, deps);
    return;
  }
  await takeWhole(text, deps);
}

/**
 * Takes a text: first what it makes of the talk, with all that is to be done, in one write; then that is done; then it is
 * noted as done. Whoever comes after a crash finds what is still to be done.
 */
async function takeWhole(text: KeptText, deps: AnswerDependencies): Promise<void> {
  const { key, from, receivedAt } = text;
  const ownCases = await ownCasesOf(from, deps);
  const understand = await deps.reader(deps.bureau);
  const receivedOn = shanghaiDate(receivedAt);
  const read = (words: string) => understand({ text: words, channel: 'sms', receivedOn });
  // A clock of a provider that is ahead would keep the talk in the future.
  const at = text.sentAt !== undefined && text.sentAt < receivedAt ? text.sentAt : receivedAt;
  for (let attempt = 1; attempt <= TRIES; attempt += 1) {
    const before = await tend(await deps.texts.talk(phoneKey(from)), deps);
    if (before === undefined) continue;
    const { talk, effects } = takeText(
      before.talk,
      { id: key, text: text.text, at, from },
      { read, ownCases },
    );
    const outcome = outcomeOf(effects);
    const taken = { key, phone: before.phone, receivedAt, outcome };
    const pending = [{ text: key, from, receivedAt, effects }];
    const after: KeptTalk = { ...before, talk, pending };
    if (await deps.texts.take(taken, after, effectsDueAt(deps.now().toISOString()))) {
      deps.log('text-taken', { text: key, provider: text.provider, outcome });
      await tend({ ...after, version: before.version + 1 }, deps);
      return;
    }
    // Taken by another delivery of the same text: that one answers.
    const now = await deps.texts.text(key);
    if (now === undefined || isTaken(now)) return;
  }
  throw new TooBusy();
}

/** Does what a talk still has to do; and ends what a silence has ended. */
async function tendTalk(phone: string, deps: AnswerDependencies): Promise<void> {
  for (let attempt = 1; attempt <= TRIES; attempt += 1) {
    const kept = await deps.texts.talk(phone);
    if (kept.talk === undefined && kept.pending.length === 0) return;
    const done = await tend(kept, deps);
    if (done?.talk === undefined) continue;
    const now = deps.now().toISOString();
    const endsAt = silenceEndsAt(done.talk);
    if (endsAt === undefined || endsAt > now) return;
    const quiet = { ...done, talk: afterSilence(done.talk, now) };
    if (await deps.texts.keepTalk(quiet, silenceEndsAt(quiet.talk))) return;
  }
  throw new TooBusy();
}

/** The talk with everything done that was still to do; undefined when somebody else has written meanwhile. */
async function tend(kept: KeptTalk, deps: AnswerDependencies): Promise<KeptTalk | undefined> {
  if (kept.pending.length === 0) return kept;
  let { talk } = kept;
  for (const pending of kept.pending) {
    const number = await perform(pending, deps);
    if (number !== undefined && talk !== undefined) talk = withNumber(talk, pending.text, number);
  }
  const done: KeptTalk = { ...kept, talk, pending: [] };
  const isKept = await deps.texts.keepTalk(done, talk && silenceEndsAt(talk));
  return isKept ? { ...done, version: kept.version + 1 } : undefined;
}

/** Cases that came from this phone by any channel, the oldest first; reports leave no trace by which they are found. */
async function ownCasesOf(from: string, { people, cases }: AnswerDependencies) {
  const found = await people.casesOfPhone(phoneKey(from), MOST_OWN_CASES);
  if (found.length === 0) return [];
  const own = await cases.cases(found.map(({ number }) => number));
  return own
    .filter(({ erased }) => erased !== true)
    .map(({ number, complaint }) => ({ number, business: complaint.business.name }))
    .toSorted((a, b) => (a.number < b.number ? -1 : 1));
}

/** What became of a text, as a code. */
function outcomeOf(effects: readonly Effect[]): string {
  const [effect] = effects;
  return effect?.type === 'contact' ? effect.reason : (effect?.type ?? 'repeated');
}
