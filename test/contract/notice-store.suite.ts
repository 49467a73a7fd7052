import { beforeEach, describe, expect, test } from 'vitest';
import type { Ending, NoticeMessage, NoticeStore } from '../../shared/store/notice-store.ts';

const NUMBER = '261116-000001-9';
const T = (minute: number) => `2026-11-16T02:${String(minute).padStart(2, '0')}:00.000Z`;
const message = (id = '3.accepted.complainant.0', number = NUMBER): NoticeMessage => ({
  number,
  id,
  channel: 'sms',
  to: '138****0000',
  bodySha256: 'ab'.repeat(32),
});
const sent: Ending = { state: 'sent', providerId: 'p-1', sentAt: T(1), segments: 2 };
const rejected: Ending = { state: 'rejected', reason: 'opted-out', endedAt: T(1) };
const tryAgain: Ending = { state: 'try-again', reason: 'throttled', endedAt: T(1) };
const inDoubt: Ending = { state: 'in-doubt', reason: 'no-outcome', endedAt: T(1) };

/** What every store of notices must do. */
export function noticeStoreSuite(create: () => Promise<NoticeStore>): void {
  let store: NoticeStore;
  beforeEach(async () => {
    store = await create();
  });

  describe('the right to send', () => {
    test('is given once; the next one is told who has it', async () => {
      expect(await store.claim(message(), T(0))).toEqual({ won: true, attempt: 1 });
      expect(await store.claim(message(), T(5))).toEqual({
        won: false,
        found: { ...message(), attempt: 1, claimedAt: T(0), state: 'claimed' },
      });
    });

    test('asked for ten times at the same moment is given once', async () => {
      const claims = await Promise.all(Array.from({ length: 10 }, () => store.claim(message(), T(0))));
      expect(claims.filter(({ won }) => won)).toHaveLength(1);
    });

    test('of one notice is not that of another: other party, other step, other case', async () => {
      for (const other of [
        message(),
        message('3.accepted.complainant.1'),
        message('4.accepted.complainant.0'),
        message(undefined, '261116-000002-7'),
      ]) {
        expect(await store.claim(other, T(0))).toEqual({ won: true, attempt: 1 });
      }
    });

    test('comes back after an attempt that surely sent nothing, and to one only', async () => {
      await store.claim(message(), T(0));
      await store.end(message(), 1, tryAgain);
      const claims = await Promise.all(Array.from({ length: 10 }, () => store.claim(message(), T(2))));
      expect(claims.filter(({ won }) => won)).toEqual([{ won: true, attempt: 2 }]);
    });

    test('of the next attempt is for the message as it is then: of the failure nothing is left', async () => {
      await store.claim(message(), T(0));
      await store.end(message(), 1, tryAgain);
      const changed: NoticeMessage = { ...message(), channel: 'email', to: 'z****@example.com' };
      await store.claim(changed, T(2));
      expect(await store.notices(NUMBER)).toEqual([
        { ...changed, attempt: 2, claimedAt: T(2), state: 'claimed' },
      ]);
    });

    test.each([sent, rejected, inDoubt])('never comes back once the notice is $state', async (ending) => {
      await store.claim(message(), T(0));
      await store.end(message(), 1, ending);
      expect(await store.claim(message(), T(59))).toEqual({
        won: false,
        found: { ...message(), attempt: 1, claimedAt: T(0), ...ending },
      });
    });
  });

  describe('what is left to be told by hand', () => {
    const left = {
      number: NUMBER,
      id: message().id,
      channel: 'by-hand',
      to: '',
      bodySha256: '',
      attempt: 1,
      claimedAt: T(0),
      state: 'by-hand',
      reason: 'no-channel',
      endedAt: T(0),
    };

    test('says why, is listed, and is never sent', async () => {
      expect(await store.leaveByHand(message(), 'no-channel', T(0))).toEqual(left);
      expect(await store.claim(message(), T(5))).toEqual({ won: false, found: left });
      expect(await store.leaveByHand(message(), 'not-written', T(9))).toEqual(left);
      expect(await store.notices(NUMBER)).toEqual([left]);
    });

    test('does not undo what was sent', async () => {
      await store.claim(message(), T(0));
      await store.end(message(), 1, sent);
      expect(await store.leaveByHand(message(), 'no-channel', T(5))).toMatchObject(sent);
    });
  });

  describe('the end of an attempt', () => {
    test.each([sent, rejected, tryAgain, inDoubt])('is kept: $state', async (ending) => {
      await store.claim(message(), T(0));
      const kept = { ...message(), attempt: 1, claimedAt: T(0), ...ending };
      expect(await store.end(message(), 1, ending)).toEqual(kept);
      expect(await store.notices(NUMBER)).toEqual([kept]);
    });

    test.each([
      { first: inDoubt, second: sent, kept: 'sent' },
      { first: inDoubt, second: rejected, kept: 'rejected' },
      { first: inDoubt, second: tryAgain, kept: 'in-doubt' },
      { first: sent, second: inDoubt, kept: 'sent' },
      { first: sent, second: tryAgain, kept: 'sent' },
      { first: sent, second: rejected, kept: 'sent' },
      { first: rejected, second: sent, kept: 'rejected' },
      { first: tryAgain, second: inDoubt, kept: 'try-again' },
    ])('told $first.state, then $second.state: $kept is kept', async ({ first, second, kept }) => {
      await store.claim(message(), T(0));
      await store.end(message(), 1, first);
      const after = await store.end(message(), 1, second);
      expect(after.state).toBe(kept);
      expect(await store.notices(NUMBER)).toEqual([after]);
    });

    test('proof that comes after a doubt leaves nothing of the doubt', async () => {
      await store.claim(message(), T(0));
      await store.end(message(), 1, inDoubt);
      expect(await store.end(message(), 1, sent)).not.toHaveProperty('reason');
    });

    test('of an attempt that is no longer the last changes nothing', async () => {
      await store.claim(message(), T(0));
      await store.end(message(), 1, tryAgain);
      await store.claim(message(), T(2));
      expect(await store.end(message(), 1, inDoubt)).toMatchObject({ state: 'claimed', attempt: 2 });
    });

    test('that nobody began is an error, and keeps nothing', async () => {
      await expect(store.end(message(), 1, sent)).rejects.toThrow();
      expect(await store.notices(NUMBER)).toEqual([]);
    });
  });

  test('the desk sees the notices of the case alone, in the order of the steps, also beyond the ninth', async () => {
    for (const id of ['10.settled.complainant.0', '3.accepted.complainant.0', '3.accepted.complainant.1']) {
      await store.claim(message(id), T(0));
    }
    await store.claim(message('3.accepted.complainant.0', '261116-000002-7'), T(0));
    const ids = (await store.notices(NUMBER)).map(({ id }) => id);
    expect(ids).toEqual(['3.accepted.complainant.0', '3.accepted.complainant.1', '10.settled.complainant.0']);
    expect(await store.notices('261116-999999-9')).toEqual([]);
  });
}
