import type { Channel } from '../../shared/notices/messenger.ts';
import { type SendOnceDependencies, sendOnce } from '../../shared/notices/send-once.ts';
import type { TextStore } from '../../shared/store/text-store.ts';

export interface SendReplyDependencies extends SendOnceDependencies {
  texts: Pick<TextStore, 'reply' | 'removeReply'>;
  /** Channels that this bureau has. */
  open: readonly Channel[];
}

/** Proofs of replies lie by the text, for as long as it is known: it must not be answered again. */
export const REPLIES = { prefix: 'REPLY#', keptDays: 365 };

/** The reply did not go out and may be tried again: the queue brings the message once more. */
class ReplyNotYetSent extends Error {
  override name = 'ReplyNotYetSent';
}

/**
 * Sends the reply to a text, once however often it is asked for. Its words and the phone are gone afterwards.
 * @throws ReplyNotYetSent when the queue has to bring the message again
 */
export async function sendReply(text: string, deps: SendReplyDependencies): Promise<void> {
  const reply = await deps.texts.reply(text);
  if (reply === undefined) return;
  if (!deps.open.includes('sms')) {
    deps.log('reply-without-sender', { text });
  } else {
    const key = { number: text, id: 'reply' };
    if ((await sendOnce(key, { channel: 'sms', ...reply }, deps)) === 'retry') throw new ReplyNotYetSent();
  }
  await deps.texts.removeReply(text);
}
