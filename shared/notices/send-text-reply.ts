import type { WaitingReply } from '../store/text-store.ts';
import type { Channel } from './messenger.ts';
import { type SendOnceDependencies, sendOnce } from './send-once.ts';

export interface SendTextReplyDependencies extends SendOnceDependencies {
  /** Channels that this bureau has. */
  open: readonly Channel[];
}

/**
 * Sends the reply to a text, once however often it is asked for.
 * @param text key of the text
 * @returns `retry` when it surely did not go out, or somebody else is at it: to be tried again later
 */
export async function sendTextReply(
  text: string,
  reply: WaitingReply,
  deps: SendTextReplyDependencies,
): Promise<'ended' | 'retry'> {
  if (!deps.open.includes('sms')) {
    deps.log('reply-without-sender', { text });
    return 'ended';
  }
  const sending = await sendOnce({ number: text, id: 'reply' }, { channel: 'sms', ...reply }, deps);
  return sending === 'retry' ? 'retry' : 'ended';
}
