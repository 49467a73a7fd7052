import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type Messenger, OutcomeUnknown } from '../../shared/notices/messenger.ts';
import { CLAIM_LASTS_MS, type SendOnceDependencies, sendOnce } from '../../shared/notices/send-once.ts';
import { createMemoryNoticeStore } from '../../shared/store/memory-notice-store.ts';
import type { NoticeStore } from '../../shared/store/notice-store.ts';

/*
 * The queue brings a notice again and again, two at a time, in any interleaving; senders die at any call, before or
 * after it took effect; the provider takes messages, refuses them, and takes them without saying so.
 */

const NOTICE = { number: '261116-000001-9', id: '3.accepted.complainant.0' };
const MESSAGE = { channel: 'sms', to: '+8613800000000', body: '【某局】您的投诉已受理。' } as const;

const BEHAVIOURS = ['takes', 'takes-unsaid', 'hangs-up', 'rejects', 'try-again'] as const;
type Behaviour = (typeof BEHAVIOURS)[number];

/** A provider that behaves as told, call by call, and well after that. */
function providerOf(behaviours: readonly Behaviour[]) {
  const accepted: string[] = [];
  let call = 0;
  const messenger: Messenger = {
    async send() {
      const behaviour = behaviours[call] ?? 'takes';
      call += 1;
      if (behaviour === 'hangs-up') throw new OutcomeUnknown('ECONNRESET');
      if (behaviour === 'rejects') return { kind: 'rejected', reason: 'opted-out' };
      if (behaviour === 'try-again') return { kind: 'try-again', reason: 'throttled' };
      accepted.push(`provider-${call}`);
      if (behaviour === 'takes-unsaid') throw new OutcomeUnknown('TimeoutError');
      return { kind: 'sent', providerId: `provider-${call}` };
    },
  };
  return { messenger, accepted };
}

/** Where a delivery dies: at its nth call to the outside, before or after that call took effect. */
interface Crash {
  call: number;
  effect: 'before' | 'after';
}

/** What a delivery sees of the outside; once it has died, nothing it does has an effect. */
function mortal<T extends object>(
  service: T,
  life: { calls: number; dead: boolean; crash: Crash | undefined },
  scheduler: fc.Scheduler,
): T {
  return new Proxy(service, {
    get:
      (target, name) =>
      async (...given: unknown[]) => {
        const die = () => {
          life.dead = true;
          throw new Error('crash');
        };
        await scheduler.schedule(Promise.resolve(), String(name));
        life.calls += 1;
        const dies = life.crash?.call === life.calls ? life.crash.effect : undefined;
        if (life.dead || dies === 'before') die();
        const method = Reflect.get(target, name) as (...parameters: unknown[]) => Promise<unknown>;
        // The effect happens here; its answer may be a failure as well.
        const [answer] = await Promise.allSettled([method.apply(target, given)]);
        if (dies === 'after') die();
        await scheduler.schedule(Promise.resolve(), `answer of ${String(name)}`);
        if (answer.status === 'rejected') throw answer.reason;
        return answer.value;
      },
  });
}

interface Round {
  crashes: readonly (Crash | undefined)[];
  /** Milliseconds until the queue brings the message again. */
  pause: number;
}

async function run(rounds: readonly Round[], behaviours: readonly Behaviour[], scheduler: fc.Scheduler) {
  const store = createMemoryNoticeStore();
  const { messenger, accepted } = providerOf(behaviours);
  const clock = { ms: Date.parse('2026-11-16T02:00:00.000Z') };
  const results: string[] = [];
  for (const { crashes, pause } of rounds) {
    const deliveries = crashes.map((crash) => {
      const life = { calls: 0, dead: false, crash };
      const deps: SendOnceDependencies = {
        store: mortal<NoticeStore>(store, life, scheduler),
        messenger: mortal(messenger, life, scheduler),
        now: () => new Date(clock.ms),
        log: () => {},
      };
      return sendOnce(NOTICE, MESSAGE, deps).then(
        (result) => results.push(result),
        () => results.push('crashed'),
      );
    });
    await scheduler.waitFor(Promise.all(deliveries));
    clock.ms += pause;
  }
  const [kept] = await store.notices(NOTICE.number);
  return { kept, accepted, results };
}

const crash = fc.record({ call: fc.integer({ min: 1, max: 4 }), effect: fc.constantFrom('before', 'after') });
const round = (crashes: fc.Arbitrary<Crash | undefined>) =>
  fc.record({
    crashes: fc.array(crashes, { minLength: 1, maxLength: 2 }),
    pause: fc.constantFrom(0, 1000, CLAIM_LASTS_MS, CLAIM_LASTS_MS + 1),
  });
const CALM: Round = { crashes: [undefined], pause: CLAIM_LASTS_MS + 1 };

describe('a notice', () => {
  test('is never taken by the provider twice, and what was taken is proven or in doubt', async () => {
    const seen = new Set<string>();
    await fc.assert(
      fc.asyncProperty(
        fc.array(round(fc.option(crash, { nil: undefined })), { maxLength: 6 }),
        fc.array(fc.constantFrom(...BEHAVIOURS), { maxLength: 6 }),
        fc.scheduler(),
        async (rounds, behaviours, scheduler) => {
          // After all that, the queue brings it twice more in peace: once for a doubt to be noted.
          const { kept, accepted } = await run([...rounds, CALM, CALM], behaviours, scheduler);
          seen.add(`${kept?.state} ${accepted.length}`);
          expect(accepted.length).toBeLessThanOrEqual(1);
          if (kept?.state === 'sent') expect(accepted).toEqual([kept.providerId]);
          else
            expect(kept?.state).toMatch(
              accepted.length === 1 ? /^in-doubt$/ : /^(rejected|in-doubt|try-again)$/,
            );
        },
      ),
      { numRuns: 1000 },
    );
    // Otherwise the property would hold of too little.
    expect(seen).toEqual(new Set(['sent 1', 'in-doubt 1', 'in-doubt 0', 'rejected 0', 'try-again 0']));
  });

  test('is sent in the end when nobody dies and the provider recovers', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(round(fc.constant(undefined)), { maxLength: 4 }),
        fc.integer({ min: 0, max: 4 }),
        fc.scheduler(),
        async (rounds, failures, scheduler) => {
          const behaviours = Array.from({ length: failures }, () => 'try-again' as const);
          const peace = Array.from({ length: failures + 1 }, () => CALM);
          const { kept, accepted, results } = await run([...rounds, ...peace], behaviours, scheduler);
          expect(kept).toMatchObject({ state: 'sent', providerId: accepted[0] });
          expect(accepted).toHaveLength(1);
          expect(results.filter((result) => result === 'sent')).toHaveLength(1);
          expect(results).not.toContain('in-doubt');
        },
      ),
    );
  });
});
