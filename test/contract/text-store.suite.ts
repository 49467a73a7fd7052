import { beforeEach, expect, test } from 'vitest';
import { phoneKey } from '../../shared/case/lookup-keys.ts';
import { newTalk } from '../../shared/sms-talk/talk.ts';
import { gatheringKey, textKey } from '../../shared/store/text-items.ts';
import type { KeptText, TextStore } from '../../shared/store/text-store.ts';

const AT = '2026-11-16T02:00:00.000Z';
const LATER = '2026-11-16T02:01:00.000Z';
const PHONE = '13800000001';
const text = (id: string, more: Partial<KeptText> = {}) => ({
  provider: 'aliyun' as const,
  id,
  from: PHONE,
  to: '12315',
  text: '店里不退钱',
  receivedAt: AT,
  ...more,
});
const phone = phoneKey(PHONE);
const taken = (key: string, outcome = 'register') => ({ key, phone, receivedAt: AT, outcome });
const talkAt = (version: number) => ({ phone, version, talk: newTalk(AT), pending: [] });

/** What every store of texts must do. */
export function textStoreSuite(create: () => Promise<TextStore>): void {
  let store: TextStore;
  beforeEach(async () => {
    store = await create();
  });

  test('a text is kept once; other words under the same id are another text', async () => {
    const first = await store.keep(text('1'));
    expect(first).toEqual({ key: textKey('aliyun', '1'), outcome: 'new' });
    expect(await store.keep(text('1'))).toEqual({ key: first.key, outcome: 'repeat' });
    const other = await store.keep(text('1', { text: '另一件事' }));
    expect(other.outcome).toBe('new');
    expect(await store.keep(text('1', { text: '另一件事' }))).toEqual({ key: other.key, outcome: 'repeat' });
    expect(await store.text(first.key)).toMatchObject({ text: '店里不退钱', from: PHONE });
    expect(await store.text(other.key)).toMatchObject({ text: '另一件事' });
    expect(await store.text('0'.repeat(32))).toBeUndefined();
  });

  test('it waits for the sweep a minute after it came, until it is taken; then its words and phone are gone', async () => {
    const { key } = await store.keep(text('1'));
    expect(await store.due('text', AT, '2026-11-16T02:00:59.999Z', 10)).toEqual([]);
    expect(await store.due('text', AT, LATER, 10)).toEqual([key]);
    expect(await store.take(taken(key), talkAt(0), undefined)).toBe(true);
    expect(await store.due('text', '1970', '9999', 10)).toEqual([]);
    const left = await store.text(key);
    expect(left).toEqual({ ...taken(key), gathering: '', joinedInto: [] });
    expect(JSON.stringify(left)).not.toContain(PHONE);
    // The next push of it is still known.
    expect(await store.keep(text('1'))).toEqual({ key, outcome: 'repeat' });
  });

  test('a text is taken once, and the talk is written by one only', async () => {
    const one = (await store.keep(text('1'))).key;
    const two = (await store.keep(text('2'))).key;
    expect(await store.take(taken(one), talkAt(0), LATER)).toBe(true);
    expect(await store.take(taken(one), talkAt(1), LATER)).toBe(false);
    expect(await store.take(taken(two), talkAt(0), LATER)).toBe(false);
    expect(await store.talk(phone)).toMatchObject({ version: 1 });
    expect(await store.take(taken(two), talkAt(1), LATER)).toBe(true);
    expect(await store.take(taken('f'.repeat(32)), talkAt(2), LATER)).toBe(false);
  });

  test('a talk comes back as it was written, with what is still to be done; without any it is empty', async () => {
    expect(await store.talk(phone)).toEqual({ phone, version: 0, talk: undefined, pending: [] });
    const contact = { type: 'contact', message: 'm', reason: 'everyday', text: '吃饭' } as const;
    const talk = {
      ...talkAt(0),
      pending: [{ text: 'm', from: PHONE, receivedAt: AT, effects: [contact] }],
    };
    expect(await store.keepTalk(talk, LATER)).toBe(true);
    expect(await store.talk(phone)).toEqual({ ...talk, version: 1 });
    expect(await store.due('talk', AT, LATER, 10)).toEqual(['m']);
    expect(await store.keepTalk(talk, LATER)).toBe(false);
    expect(await store.keepTalk({ ...talk, version: 1, pending: [] }, undefined)).toBe(true);
    expect(await store.due('talk', '1970', '9999', 10)).toEqual([]);
  });

  test('parts, the text they give, and that the last part is taken, are one write', async () => {
    const part = text('1', { part: { reference: 'r', number: 1, of: 2 } });
    const { key } = await store.keep(part);
    const gathering = {
      key: gatheringKey(part),
      version: 0,
      lastText: key,
      of: { provider: part.provider, from: PHONE, to: '12315' },
      gathering: { of: 2, firstAt: AT, parts: { 1: { id: '1', text: '店里' } } },
    };
    const joined = { ...text('joined/1'), key: textKey('aliyun', 'joined/1') };
    expect(await store.gathering(gathering.key)).toBeUndefined();
    expect(
      await store.gather(gathering, LATER, { ...taken(key, 'part'), joinedInto: [joined.key] }, [joined]),
    ).toBe(true);
    expect(await store.gathering(gathering.key)).toEqual({ ...gathering, version: 1 });
    expect(await store.text(joined.key)).toMatchObject({ id: 'joined/1' });
    expect(await store.text(key)).toMatchObject({ outcome: 'part', joinedInto: [joined.key] });
    expect(await store.due('parts', AT, LATER, 10)).toEqual([key]);
    // At another version, of a part that is taken, into a text that is there: nothing is written.
    const next = { ...gathering, version: 1 };
    expect(await store.gather(gathering, LATER, undefined, [])).toBe(false);
    expect(await store.gather(next, LATER, taken(key, 'part'), [])).toBe(false);
    expect(await store.gather(next, LATER, undefined, [joined])).toBe(false);
    expect(await store.gather(next, undefined, undefined, [])).toBe(true);
  });

  test('the first reply to a text stays, and none is kept after it was sent', async () => {
    const { key } = await store.keep(text('1'));
    const reply = { to: `+86${PHONE}`, body: '已登记', template: { id: 'registered', values: {} } };
    await store.keepReply(key, reply);
    await store.keepReply(key, { ...reply, body: '别的' });
    expect(await store.reply(key)).toEqual(reply);
    await store.removeReply(key);
    await store.keepReply(key, reply);
    expect(await store.reply(key)).toBeUndefined();
    await store.keepReply('0'.repeat(32), reply);
    expect(await store.reply('0'.repeat(32))).toBeUndefined();
  });
}
