import type * as z from 'zod';
import type { subscriptionRequest, warningsQuery } from '../../events/warnings.ts';
import { phoneKey } from '../../shared/case/lookup-keys.ts';
import { type Clock, shanghaiDate } from '../../shared/dates.ts';
import { textOf, warningNumber } from '../../shared/early-warning/consumer-warning.ts';
import { Problem } from '../../shared/http/problem.ts';
import type { Answer } from '../../shared/http/stack.ts';
import { mobileOf } from '../../shared/notices/reach.ts';
import type { AlarmStore } from '../../shared/store/alarm-store.ts';
import type { SubscriberStore } from '../../shared/store/subscriber-store.ts';

export interface SubscribeDependencies {
  subscribers: Pick<SubscriberStore, 'subscribe' | 'unsubscribe'>;
  /** Throws the problem `phone-not-proven` where the code is not the one that was sent to this phone. */
  prove: (phoneHash: string, code: string) => Promise<void>;
  randomId: () => string;
  now: Clock;
}

type Request = z.output<typeof subscriptionRequest>;

/** Whoever has the phone in hand may subscribe (opt-in); a second time changes nothing. */
export async function subscribe(request: Request, deps: SubscribeDependencies): Promise<Answer> {
  const phone = await provenPhone(request, deps);
  await deps.subscribers.subscribe({ id: deps.randomId(), phone, agreedAt: deps.now().toISOString() });
  return { status: 200, body: { subscribed: true } };
}

/** The phone is forgotten at once. */
export async function unsubscribe(request: Request, deps: SubscribeDependencies): Promise<Answer> {
  await deps.subscribers.unsubscribe(await provenPhone(request, deps));
  return { status: 200, body: { subscribed: false } };
}

/** Nobody learns without the code whether a phone has subscribed. */
async function provenPhone({ phone, code }: Request, deps: SubscribeDependencies): Promise<string> {
  const mobile = mobileOf(phone);
  if (mobile === undefined) {
    throw new Problem('bad-request', [
      { field: '/phone', zh: '请填写手机号码', en: 'Please give a mobile number' },
    ]);
  }
  await deps.prove(phoneKey(mobile), code);
  return mobile;
}

const MOST = 100;

/** Published warnings, open to everyone: text and number, no cases. */
export async function listPublished(
  { year }: z.output<typeof warningsQuery>,
  deps: { alarms: Pick<AlarmStore, 'warnings'>; now: Clock },
): Promise<Answer> {
  const warnings = await deps.alarms.warnings(year ?? shanghaiDate(deps.now()).slice(0, 4), MOST);
  return {
    status: 200,
    body: {
      warnings: warnings.map((one) => {
        const { title, at, from, to } = one;
        return { number: warningNumber(one), title, text: textOf(one), at, from, to };
      }),
    },
  };
}
