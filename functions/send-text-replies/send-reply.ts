import { type SendTextReplyDependencies, sendTextReply } from '../../shared/notices/send-text-reply.ts';
import type { TextStore } from '../../shared/store/text-store.ts';

export interface SendReplyDependencies extends SendTextReplyDependencies {
  texts: Pick<TextStore, 'reply' | 'removeReply'>;
}

/** The reply did not go out and may be tried again: the queue brings the message once more. */
class ReplyNotYetSent extends Error {
  override name = 'ReplyNotYetSent';
}

/**
 * Sends a reply that waits, once however often it is asked for. Its words and the phone are gone afterwards.
 * @throws ReplyNotYetSent when the queue has to bring the message again
 */
export async function sendReply(text: string, deps: SendReplyDependencies): Promise<void> {
  const reply = await deps.texts.reply(text);
  if (reply === undefined) return;
  if ((await sendTextReply(text, reply, deps)) === 'retry') throw new ReplyNotYetSent();
  await deps.texts.removeReply(text);
}
