import {
  gatheringItem,
  gatheringItemKey,
  parseGathering,
  parseReply,
  parseTalk,
  parseText,
  talkItem,
  talkItemKey,
  textItem,
  textItemKey,
  textKey,
  wordsHash,
} from './text-items.ts';
import { isTaken, type KeptText, type TakenText, type TextStore } from './text-store.ts';

type Item = Record<string, unknown>;

/** The double for unit tests: the same items, in a map; it passes the same contract suite. */
export function createMemoryTextStore(): TextStore & { texts(): (KeptText | TakenText)[] } {
  const items = new Map<string, Item>();
  const versionOf = (pk: string) => (items.get(pk)?.version as number | undefined) ?? 0;
  const next = (item: Item, version: number) => items.set(String(item.pk), { ...item, version: version + 1 });
  const canTake = ({ key }: TakenText) => {
    const found = items.get(textItemKey(key).pk);
    return found !== undefined && !isTaken(parseText(found));
  };
  const takeText = ({ key, outcome, gathering = '', joinedInto = [] }: TakenText) => {
    const { text, from, part, due, dueAt, ...rest } = items.get(textItemKey(key).pk) ?? {};
    items.set(textItemKey(key).pk, { ...rest, outcome, gathering, joinedInto });
  };

  const store: TextStore = {
    async keep(text) {
      const keys = [text.id, `${text.id}/${wordsHash(text)}`].map((id) => textKey(text.provider, id));
      for (const key of keys) {
        const found = items.get(textItemKey(key).pk);
        if (found?.wordsHash === wordsHash(text)) return { key, outcome: 'repeat' };
        if (found !== undefined) continue;
        items.set(textItemKey(key).pk, textItem({ ...text, key }));
        return { key, outcome: 'new' };
      }
      return { key: keys[1] ?? '', outcome: 'repeat' };
    },
    async text(key) {
      const found = items.get(textItemKey(key).pk);
      return found === undefined ? undefined : parseText(found);
    },
    async talk(phone) {
      const found = items.get(talkItemKey(phone).pk);
      return found === undefined ? { phone, version: 0, talk: undefined, pending: [] } : parseTalk(found);
    },
    async take(text, talk, dueAt) {
      if (!canTake(text) || versionOf(talkItemKey(talk.phone).pk) !== talk.version) return false;
      takeText(text);
      next(talkItem(talk, dueAt), talk.version);
      return true;
    },
    async keepTalk(talk, dueAt) {
      if (versionOf(talkItemKey(talk.phone).pk) !== talk.version) return false;
      next(talkItem(talk, dueAt), talk.version);
      return true;
    },
    async gathering(key) {
      const found = items.get(gatheringItemKey(key).pk);
      return found === undefined ? undefined : parseGathering(found);
    },
    async gather(gathering, dueAt, part, joined) {
      if (versionOf(gatheringItemKey(gathering.key).pk) !== gathering.version) return false;
      if (part !== undefined && !canTake(part)) return false;
      if (joined.some(({ key }) => items.has(textItemKey(key).pk))) return false;
      next(gatheringItem(gathering, dueAt), gathering.version);
      if (part !== undefined) takeText(part);
      for (const text of joined) items.set(textItemKey(text.key).pk, textItem(text));
      return true;
    },
    async keepReply(text, reply) {
      const found = items.get(textItemKey(text).pk);
      if (found !== undefined && found.replySent === undefined && found.reply === undefined)
        items.set(textItemKey(text).pk, { ...found, reply });
    },
    async reply(text) {
      return parseReply(items.get(textItemKey(text).pk) ?? {});
    },
    async removeReply(text) {
      const found = items.get(textItemKey(text).pk);
      if (found === undefined) return;
      const { reply, ...rest } = found;
      items.set(textItemKey(text).pk, { ...rest, replySent: true });
    },
    async due(kind, from, until, limit) {
      return [...items]
        .filter(([, { due, dueAt }]) => due === kind && String(dueAt) >= from && String(dueAt) <= until)
        .sort(([, a], [, b]) => (String(a.dueAt) < String(b.dueAt) ? -1 : 1))
        .map(([, { lastText }]) => String(lastText))
        .slice(0, limit);
    },
  };
  return {
    ...store,
    texts: () => [...items.values()].filter(({ entity }) => entity === 'text').map(parseText),
  };
}
