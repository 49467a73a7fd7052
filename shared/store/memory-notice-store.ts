import { inOrder, noticeAttributes, noticeByHand, parseNotice } from './notice-items.ts';
import { ENDS_FROM, type NoticeKey, type NoticeStore, type StoredNotice } from './notice-store.ts';

/** The double of the DynamoDB store for unit tests; it passes the same contract suite. */
export function createMemoryNoticeStore(): NoticeStore {
  const items = new Map<string, string>();
  const place = ({ number, id }: NoticeKey) => `${number}/${id}`;
  const read = (key: NoticeKey): StoredNotice | undefined => {
    const item = items.get(place(key));
    return item === undefined ? undefined : parseNotice(JSON.parse(item));
  };
  const keep = (notice: StoredNotice) => items.set(place(notice), JSON.stringify(noticeAttributes(notice)));

  return {
    async claim(message, at) {
      const found = read(message);
      if (found !== undefined && found.state !== 'try-again') return { won: false, found };
      const attempt = (found?.attempt ?? 0) + 1;
      keep({ ...message, attempt, claimedAt: at, state: 'claimed' });
      return { won: true, attempt };
    },
    async end(key, attempt, ending) {
      const found = read(key);
      if (found === undefined) throw new Error('a notice ends that nobody claimed');
      if (found.attempt === attempt && ENDS_FROM[ending.state].includes(found.state)) {
        const { number, id, channel, to, bodySha256, claimedAt } = found;
        keep({ number, id, channel, to, bodySha256, claimedAt, attempt, ...ending });
      }
      return read(key) as StoredNotice;
    },
    async leaveByHand(key, reason, at) {
      const found = read(key);
      if (found === undefined) keep(noticeByHand(key, reason, at));
      return found ?? noticeByHand(key, reason, at);
    },
    notices: async (number) =>
      inOrder(
        [...items.values()]
          .map((item) => parseNotice(JSON.parse(item)))
          .filter((notice) => notice.number === number),
      ),
  };
}
