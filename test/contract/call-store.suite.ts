import { beforeEach, expect, test } from 'vitest';
import { type CallStore, callIdOf, type KeptCall } from '../../shared/store/call-store.ts';
import type { Call } from '../../shared/transcripts/call.ts';

const ID = callIdOf('call-0001');

const call = (turns: Call['turns']): Call => ({
  callId: 'call-0001',
  callerNumber: '13800000001',
  delivery: 'pieces',
  partial: true,
  redacted: false,
  roles: { by: 'labels', confidence: 1 },
  turns,
  problems: [],
});
const kept = (more: Partial<KeptCall> = {}): KeptCall => ({
  id: ID,
  version: 1,
  call: call([{ speaker: 'caller', text: '我要投诉', startMs: 1_000, endMs: 2_000 }]),
  receivedAt: '2026-11-16T02:00:00.000Z',
  lastAt: '2026-11-16T02:00:05.000Z',
  ...more,
});

/**
 * What every store of calls must do.
 * @param create makes an empty store whose items hold so many bytes of a call
 */
export function callStoreSuite(create: (mostBytes?: number) => Promise<CallStore>): void {
  let store: CallStore;
  beforeEach(async () => {
    store = await create();
  });

  test('a call is found as it was kept, and others are not', async () => {
    expect(await store.save(kept())).toBe('saved');
    expect(await store.call(ID)).toEqual(kept());
    expect(await store.call(callIdOf('another'))).toBeUndefined();
  });

  test('of two that saw the same version only one is kept', async () => {
    expect(await store.save(kept())).toBe('saved');
    expect(await store.save(kept({ lastAt: '2026-11-16T03:00:00.000Z' }))).toBe('conflict');
    const settled = kept({ version: 2, outcome: { number: '261116-483729-2', report: false } });
    expect(await store.save(settled)).toBe('saved');
    expect(await store.save(kept({ version: 2, outcome: { reason: 'silent' } }))).toBe('conflict');
    expect(await store.call(ID)).toEqual(settled);
  });

  test('a call that was never kept has no second version', async () => {
    expect(await store.save(kept({ version: 2 }))).toBe('conflict');
  });

  test('a call too large for an item first loses the times of its words, then its last turns, and says so', async () => {
    // Hashes cannot be packed: what is too large stays too large.
    const turn = (at: number) => {
      const hash = callIdOf(`${at}`);
      const words = [0, 8, 16, 24].map((from) => ({
        text: hash.slice(from, from + 8),
        startMs: Number.parseInt(hash.slice(from, from + 7), 16),
        endMs: Number.parseInt(hash.slice(from + 1, from + 8), 16),
      }));
      return { speaker: 'caller' as const, text: `第${at}句 ${hash}`, words };
    };
    const small = await create(3_500);
    await small.save(kept({ call: call(Array.from({ length: 50 }, (_, at) => turn(at))) }));
    const whole = (await small.call(ID))?.call;
    expect(whole?.turns).toHaveLength(50);
    expect(whole?.turns[0]).toEqual({ speaker: 'caller', text: turn(0).text });
    expect(whole?.problems).toEqual([]);
    await small.save(kept({ version: 2, call: call(Array.from({ length: 200 }, (_, at) => turn(at))) }));
    const cut = (await small.call(ID))?.call;
    expect(cut?.turns).toHaveLength(50);
    expect(cut?.problems.map(({ code }) => code)).toEqual(['cut-off']);
  });
}
