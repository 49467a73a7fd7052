import { phoneKey } from '../../shared/case/lookup-keys.ts';
import { addDays, type Clock, shanghaiDate, shanghaiTime } from '../../shared/dates.ts';
import { type PublishedWarning, smsOf, warningNumber } from '../../shared/early-warning/consumer-warning.ts';
import type { Log } from '../../shared/logging.ts';
import { mobileOf } from '../../shared/notices/reach.ts';
import type { ReplyQueue } from '../../shared/queue/text-queue.ts';
import { sha256 } from '../../shared/sha256.ts';
import type { AlarmStore, Spreading } from '../../shared/store/alarm-store.ts';
import type { Subscriber, SubscriberStore } from '../../shared/store/subscriber-store.ts';
import type { TextStore } from '../../shared/store/text-store.ts';

export interface SpreadDependencies {
  alarms: Pick<AlarmStore, 'warnings' | 'spreading' | 'saveSpreading'>;
  subscribers: Pick<SubscriberStore, 'subscribers' | 'leave'>;
  /** Who wrote 退订 gets no warning, whatever he subscribed to before. */
  texts: Pick<TextStore, 'talk'>;
  replies: ReplyQueue;
  now: Clock;
  log: Log;
}

/** Warnings of so many days are still sent; an older one is no news. */
const NEWS_DAYS = 3;
const MOST_WARNINGS = 10;
const PAGE = 50;
/** No page is begun after this time, so that the last one is finished within the function's thirty seconds. */
const LAST_BEGIN_MS = 20_000;
/** A text that warns is no reason to wake anybody. */
const HOURS = { from: '08:00', to: '20:00' } as const;

/**
 * Hands the SMS of published warnings to the queue of replies, which sends each once. An SMS waits under a key that
 * says nothing of the phone, and only that key is in the queue. Stopped in between, the next run begins its page anew:
 * the same keys, so nobody gets two.
 */
export async function spreadWarnings(
  { anyHour = false }: { anyHour?: boolean },
  deps: SpreadDependencies,
): Promise<void> {
  const begun = deps.now();
  const time = shanghaiTime(begun);
  if (!anyHour && (time < HOURS.from || time >= HOURS.to)) return;
  const day = shanghaiDate(begun);
  const oldest = addDays(day, -NEWS_DAYS);
  const years = [...new Set([oldest.slice(0, 4), day.slice(0, 4)])];
  for (const year of years) {
    for (const warning of await deps.alarms.warnings(year, MOST_WARNINGS)) {
      if (shanghaiDate(warning.at) >= oldest) await spread(warning, begun, deps);
    }
  }
}

async function spread(warning: PublishedWarning, begun: Date, deps: SpreadDependencies): Promise<void> {
  const { year, serial } = warning;
  let at = await deps.alarms.spreading(year, serial);
  while (at !== undefined && !at.done && deps.now().getTime() - begun.getTime() < LAST_BEGIN_MS) {
    const page = await deps.subscribers.subscribers(PAGE, at.after);
    const keys = await Promise.all(page.items.map((one) => leave(one, warning, deps)));
    const due = keys.flatMap((text) => (text === undefined ? [] : [{ text, delaySeconds: 0 }]));
    const refused = await deps.replies.send(due);
    if (refused.length > 0) throw new Error(`warning ${year}/${serial}: the queue refused ${refused.length}`);
    const next: Spreading = {
      ...at,
      version: at.version + 1,
      after: page.items.at(-1)?.id ?? at.after,
      done: page.next === undefined,
    };
    deps.log('warning-spread', { year, serial, sent: due.length, left: next.done ? 0 : 1 });
    // Another run is at the same warning: it goes on.
    if ((await deps.alarms.saveSpreading(next)) === 'conflict') return;
    at = next;
  }
}

/** Leaves the SMS to one subscriber; gives its key, or nothing for who opted out or has no mobile. */
async function leave(
  { id, phone }: Subscriber,
  warning: PublishedWarning,
  deps: SpreadDependencies,
): Promise<string | undefined> {
  const to = mobileOf(phone);
  const { talk } = await deps.texts.talk(phoneKey(phone));
  if (to === undefined || talk?.optedOut === true) return undefined;
  const { year, serial, title } = warning;
  const key = sha256(JSON.stringify(['warning', year, serial, id])).slice(0, 32);
  const values = { number: warningNumber(warning).zh, title: title.zh };
  const template = { id: 'consumer-warning', values };
  await deps.subscribers.leave(key, { to, body: smsOf(warning).zh, template }, deps.now().toISOString());
  return key;
}
