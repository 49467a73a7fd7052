import type { Clock } from '../dates.ts';
import type { Log } from '../logging.ts';
import { sha256 } from '../sha256.ts';
import type { Ending, NoticeKey, NoticeStore, StoredNotice } from '../store/notice-store.ts';
import { type Messenger, OutcomeUnknown, type OutgoingMessage, type SendOutcome } from './messenger.ts';
import { masked } from './reach.ts';

/** What became of a notice; at `retry` the queue has to bring it again, later. */
export type Sending = 'sent' | 'already-sent' | 'rejected' | 'in-doubt' | 'by-hand' | 'retry';

/** The id of a notice: what one event says to one party, the index telling several people of a party apart. */
export function noticeId(of: { version: number; notice: string; party: string; index: number }): string {
  return `${of.version}.${of.notice}.${of.party}.${of.index}`;
}

/**
 * How long a claim is believed to be at work. The function that sends must have a shorter time-out, so that whoever
 * finds an older claim knows that its owner is gone; and its queue must bring a message again after this time.
 */
export const CLAIM_LASTS_MS = 2 * 60 * 1000;

export interface SendOnceDependencies {
  store: NoticeStore;
  messenger: Messenger;
  now: Clock;
  log: Log;
}

/**
 * Sends a notice, and keeps the proof, at most once however often it is called. When a sender died between asking
 * the provider and keeping its answer, nobody can know whether the message went out: providers take no key that
 * would let us ask or send again safely. A decision told twice is worse than one a person has to look after, so such
 * a notice stays `in-doubt`.
 *
 * @throws whatever the store throws; then nothing was sent, or the notice will be found in doubt
 */
export async function sendOnce(
  notice: NoticeKey,
  message: Omit<OutgoingMessage, 'reference'>,
  deps: SendOnceDependencies,
): Promise<Sending> {
  const { number, id } = notice;
  const { channel, to, body } = message;
  const told = (sending: Sending, { state, attempt }: Pick<StoredNotice, 'state' | 'attempt'>) => {
    deps.log('notice', { number, notice: id, sending, state, attempt });
    return sending;
  };
  const bodySha256 = sha256(body);
  const claim = await deps.store.claim({ number, id, channel, to: masked(to), bodySha256 }, instant(deps));
  if (!claim.won) {
    const found = await doubted(claim.found, deps);
    return told(AFTER[found.state], found);
  }

  const { ending, milliFen } = await attemptToSend({ ...message, reference: `${number}.${id}` }, deps);
  // Before it is kept: if that fails, this line is all there is to find the message by, and what it costs.
  if (ending.state === 'sent') {
    const { providerId, segments } = ending;
    const cost = { segments: segments ?? 0, milliFen: milliFen ?? 0 };
    deps.log('notice-taken', { number, notice: id, providerId, attempt: claim.attempt, channel, ...cost });
  }
  const kept = await deps.store.end(notice, claim.attempt, ending);
  return told(kept.state === 'sent' ? 'sent' : AFTER[kept.state], kept);
}

/** What a notice's state means for whoever did not send it just now. */
const AFTER: Readonly<Record<StoredNotice['state'], Sending>> = {
  sent: 'already-sent',
  rejected: 'rejected',
  'in-doubt': 'in-doubt',
  'by-hand': 'by-hand',
  'try-again': 'retry',
  claimed: 'retry',
};

/** A claim whose owner must be gone becomes a doubt. */
async function doubted(found: StoredNotice, deps: SendOnceDependencies): Promise<StoredNotice> {
  const age = deps.now().getTime() - Date.parse(found.claimedAt);
  if (found.state !== 'claimed' || age <= CLAIM_LASTS_MS) return found;
  const ending = { state: 'in-doubt', reason: 'no-outcome', endedAt: instant(deps) } as const;
  return deps.store.end(found, found.attempt, ending);
}

async function attemptToSend(
  message: OutgoingMessage,
  deps: SendOnceDependencies,
): Promise<{ ending: Ending; milliFen?: number | undefined }> {
  try {
    const outcome = await deps.messenger.send(message);
    const milliFen = outcome.kind === 'sent' ? outcome.milliFen : undefined;
    return { ending: endingOf(outcome, instant(deps)), milliFen };
  } catch (error) {
    // Any error: only an outcome says for certain that nothing went out.
    const reason = error instanceof OutcomeUnknown ? error.reason : 'failed';
    return { ending: { state: 'in-doubt', reason, endedAt: instant(deps) } };
  }
}

function endingOf(outcome: SendOutcome, at: string): Ending {
  if (outcome.kind === 'sent') {
    return { state: 'sent', providerId: outcome.providerId, sentAt: at, segments: outcome.segments };
  }
  return { state: outcome.kind, reason: outcome.reason, endedAt: at };
}

const instant = ({ now }: SendOnceDependencies) => now().toISOString();
