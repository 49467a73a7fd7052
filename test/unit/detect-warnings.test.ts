import { beforeEach, describe, expect, test } from 'vitest';
import { detectWarnings } from '../../functions/detect-warnings/detect-warnings.ts';
import { receivedOn } from '../../functions/detect-warnings/received-on.ts';
import { spreadWarnings } from '../../functions/spread-warnings/spread-warnings.ts';
import { listPublished, subscribe, unsubscribe } from '../../functions/subscribe-warnings/subscribe.ts';
import type { Case } from '../../shared/case/case.ts';
import { makeCaseNumber } from '../../shared/case/case-number.ts';
import { phoneKey } from '../../shared/case/lookup-keys.ts';
import { addDays, type LocalDate } from '../../shared/dates.ts';
import { markAlarm } from '../../shared/early-warning/alarm.ts';
import { Problem } from '../../shared/http/problem.ts';
import { createMemoryAlarmStore } from '../../shared/store/alarm-store.ts';
import { createMemoryCalendarStore } from '../../shared/store/calendar-store.ts';
import { createMemoryTextStore } from '../../shared/store/memory-text-store.ts';
import { createMemorySubscriberStore } from '../../shared/store/subscriber-store.ts';
import { draftOf } from './early-warning-alarms.ts';
import { TODAY } from './early-warning-signals.ts';
import { bodyOf, problemOf, registered, registry } from './support.ts';

const { after: sample } = registered(0, `${TODAY}T02:00:00.000Z`);
let draws = 0;
/** A complaint of that day about this business. */
function complaint(day: LocalDate, name: string, text = '买的东西有质量问题'): Case {
  draws += 1;
  return {
    ...sample,
    number: makeCaseNumber(day, draws),
    receivedOn: day,
    receivedAt: `${day}T02:00:00.000Z`,
    complaint: { ...sample.complaint, text, business: { name } },
  };
}
const GYM_TEXT = '办了年卡，店关门跑路了，要求退卡';

/** A bureau with three complaints a day about one shop each, for ten weeks. */
function bureau() {
  const cases = new Map<string, Case>();
  const add = (...more: Case[]) => {
    for (const one of more) cases.set(one.number, one);
  };
  for (let back = 75; back >= 0; back -= 1) {
    for (let shop = 0; shop < 3; shop += 1) {
      const day = addDays(TODAY, -back);
      add(complaint(day, `甲乙丙${back}号店${shop}分店`));
    }
  }
  const log: [string, Record<string, unknown>][] = [];
  let now = new Date(`${TODAY}T03:00:00.000Z`);
  const repeats = new Set<string>();
  const deps = {
    alarms: createMemoryAlarmStore(),
    cases: { cases: async (numbers: readonly string[]) => numbers.flatMap((one) => cases.get(one) ?? []) },
    incidents: {
      members: async () => ({
        items: [...repeats].map((number) => ({
          number,
          at: now.toISOString(),
          counted: false,
          claimedFen: 0,
          unitPath: [],
        })),
        next: undefined,
      }),
    },
    receivedOn: async (day: LocalDate) =>
      [...cases.values()].filter((one) => one.receivedOn === day).map(({ number }) => number),
    registry: { read: async () => registry },
    calendar: createMemoryCalendarStore(),
    now: () => now,
    log: (code: string, facts: Record<string, unknown>) => log.push([code, facts]),
  };
  const setNow = (instant: string) => {
    now = new Date(instant);
  };
  /** Runs until all days are there. */
  const detectAll = async () => {
    do await detectWarnings(deps);
    while (log.at(-1)?.[0] === 'warnings-incomplete');
  };
  return { add, repeats, deps, log, setNow, detectAll };
}

describe('detect-warnings', () => {
  let house: ReturnType<typeof bureau>;
  beforeEach(() => {
    house = bureau();
  });

  test('makes the days that are missing first, some in each run, and looks for nothing before all are there', async () => {
    house.add(...Array.from({ length: 4 }, () => complaint(TODAY, '丁戊己健身中心', GYM_TEXT)));
    await detectWarnings(house.deps);
    expect(house.log).toEqual([['warnings-incomplete', { left: 52 }]]);
    expect(await house.deps.alarms.alarms('2026-01-01')).toEqual([]);
    await house.detectAll();
    expect(house.log.at(-1)).toEqual([
      'warnings-detected',
      { signals: 196, running: 1, raised: 1, changed: 1, conflicts: 0 },
    ]);
  });

  test('delivered twice there is one alarm, and nothing is written', async () => {
    house.add(...Array.from({ length: 4 }, () => complaint(TODAY, '丁戊己健身中心', GYM_TEXT)));
    await house.detectAll();
    const before = await house.deps.alarms.alarms('2026-01-01');
    await Promise.all([detectWarnings(house.deps), detectWarnings(house.deps)]);
    expect(await house.deps.alarms.alarms('2026-01-01')).toEqual(before);
    expect(before).toHaveLength(1);
    expect(before[0]).toMatchObject({ watch: 'prepaid-business', count: 4, version: 1 });
    expect(house.log.at(-1)?.[1]).toMatchObject({ raised: 0, changed: 0 });
  });

  test('two at the same moment raise one alarm', async () => {
    await house.detectAll();
    house.add(...Array.from({ length: 4 }, () => complaint(TODAY, '丁戊己健身中心', GYM_TEXT)));
    await Promise.all([detectWarnings(house.deps), detectWarnings(house.deps)]);
    const alarms = await house.deps.alarms.alarms('2026-01-01');
    expect(alarms).toHaveLength(1);
    expect(alarms[0]?.version).toBe(1);
  });

  test('what an officer marked meanwhile stays marked', async () => {
    house.add(...Array.from({ length: 4 }, () => complaint(TODAY, '丁戊己健身中心', GYM_TEXT)));
    await house.detectAll();
    const [alarm] = await house.deps.alarms.alarms('2026-01-01');
    if (alarm === undefined) throw new Error('no alarm');
    const marked = markAlarm(alarm, 'true', { by: 'officer', at: `${TODAY}T04:00:00.000Z`, why: '查实' });
    expect(await house.deps.alarms.saveAlarm(marked)).toBe('saved');
    const next = addDays(TODAY, 1);
    house.setNow(`${next}T03:00:00.000Z`);
    house.add(complaint(next, '丁戊己健身中心', GYM_TEXT));
    await detectWarnings(house.deps);
    expect(await house.deps.alarms.alarm(alarm.id)).toMatchObject({ state: 'true', count: 5, version: 3 });
  });

  test('one person who complains again and again is no rise', async () => {
    const same = Array.from({ length: 6 }, () => complaint(TODAY, '丁戊己健身中心', GYM_TEXT));
    for (const { number } of same.slice(1)) house.repeats.add(number);
    house.add(...same);
    await house.detectAll();
    expect(await house.deps.alarms.alarms('2026-01-01')).toEqual([]);
  });

  test('nothing of any person is kept or logged', async () => {
    house.add(
      ...Array.from({ length: 4 }, () =>
        complaint(TODAY, '丁戊己健身中心', `我叫张三，电话13800000000。${GYM_TEXT}`),
      ),
    );
    await house.detectAll();
    const kept = JSON.stringify([
      await house.deps.alarms.alarms('2026-01-01'),
      [...(await house.deps.alarms.signals('2026-01-01', TODAY))],
      house.log,
    ]);
    expect(kept).not.toMatch(/张三|13800000000|健身/);
  });
});

test('what was received is what the ledger counts at the bureau; what it took back is left out', async () => {
  const entry = (number: string, counted: string[], counts: object, weight: 1 | -1 = 1) => ({
    event: `${number}.1`,
    number,
    version: 1,
    at: `${TODAY}T02:00:00.000Z`,
    on: TODAY,
    day: TODAY,
    units: counted,
    lines: [
      { path: counted, counted, weight, counts, dimensions: { kind: 'complaint', channel: 'web' } as const },
    ],
  });
  const statistics = {
    async *entries() {
      yield entry('b', ['330200'], { received: 1, claimedFen: 5 });
      yield entry('a', ['330200', '330203'], { received: 1 });
      // A station got it from another one: the bureau has received nothing more.
      yield entry('c', ['330203'], { received: 1 });
      yield entry('d', ['330200'], { reportsReceived: 1 });
      yield entry('e', ['330200'], { received: 1 });
      yield entry('e', ['330200'], { received: 1 }, -1);
    },
  };
  expect(await receivedOn(TODAY, '330200', statistics)).toEqual(['a', 'b']);
});

describe('spreading a warning', () => {
  const published = async () => {
    const alarms = createMemoryAlarmStore();
    const draft = { draft: draftOf('20260910-0123456789ab'), version: 1 };
    await alarms.saveDraft(draft);
    await alarms.publish(draft, 'manager', `${TODAY}T03:00:00.000Z`);
    const subscribers = createMemorySubscriberStore();
    for (let n = 0; n < 120; n += 1) {
      const phone = `+86138${String(n).padStart(8, '0')}`;
      await subscribers.subscribe({ id: `id-${String(n).padStart(3, '0')}`, phone, agreedAt: TODAY });
    }
    const sent: string[] = [];
    let refuse = 0;
    let now = new Date(`${TODAY}T03:10:00.000Z`);
    const deps = {
      alarms,
      subscribers,
      texts: createMemoryTextStore(),
      replies: {
        send: async <T extends { text: string }>(all: readonly T[]) => {
          const [taken, refused] = refuse > 0 ? [all.slice(1), all.slice(0, 1)] : [all, []];
          refuse -= 1;
          sent.push(...taken.map(({ text }) => text));
          return [...refused];
        },
      },
      now: () => now,
      log: () => {},
    };
    return {
      deps,
      sent,
      subscribers,
      refuseOnce: () => {
        refuse = 1;
      },
      setNow: (instant: string) => {
        now = new Date(instant);
      },
    };
  };

  test('leaves one SMS for each, hands only keys to the queue, and is done', async () => {
    const { deps, sent, subscribers } = await published();
    await spreadWarnings({}, deps);
    await spreadWarnings({}, deps);
    expect(sent).toHaveLength(120);
    expect(new Set(sent).size).toBe(120);
    expect([...subscribers.left.keys()].sort()).toEqual([...sent].sort());
    for (const key of sent) expect(key).toMatch(/^[0-9a-f]{32}$/);
    expect(subscribers.left.get(sent[0] ?? '')).toMatchObject({
      to: '+8613800000000',
      body: expect.stringMatching(/^消费提示〔2026〕1号：.*回复“退订”不再接收$/),
      template: { id: 'consumer-warning' },
    });
    expect(await deps.alarms.spreading('2026', 1)).toMatchObject({ done: true });
  });

  test('goes on where the queue refused, with the same keys', async () => {
    const { deps, sent, refuseOnce } = await published();
    refuseOnce();
    await expect(spreadWarnings({}, deps)).rejects.toThrow('refused 1');
    await spreadWarnings({}, deps);
    expect(new Set(sent).size).toBe(120);
  });

  test('wakes nobody at night, leaves out who wrote 退订, and old warnings', async () => {
    const { deps, sent, setNow } = await published();
    setNow(`${TODAY}T13:00:00.000Z`);
    await spreadWarnings({}, deps);
    expect(sent).toEqual([]);
    setNow(`${addDays(TODAY, 5)}T03:00:00.000Z`);
    await spreadWarnings({}, deps);
    expect(sent).toEqual([]);
    setNow(`${TODAY}T03:10:00.000Z`);
    const out = phoneKey('+8613800000007');
    const texts = {
      talk: async (phone: string) => {
        const talk = await deps.texts.talk(phone);
        return phone === out ? { ...talk, talk: { optedOut: true } as NonNullable<typeof talk.talk> } : talk;
      },
    };
    await spreadWarnings({}, { ...deps, texts });
    expect(sent).toHaveLength(119);
  });
});

describe('subscribing', () => {
  const deps = () => {
    const subscribers = createMemorySubscriberStore();
    let n = 0;
    return {
      subscribers,
      prove: async (_: string, code: string) => {
        if (code !== '123456') throw new Problem('phone-not-proven');
      },
      randomId: () => `id-${(n += 1)}`,
      now: () => new Date(`${TODAY}T03:00:00.000Z`),
    };
  };

  test('needs the code that was sent to the phone, and is ended by it', async () => {
    const own = deps();
    const request = { phone: '138 0000 0001', code: '123456' };
    expect((await problemOf(() => subscribe({ ...request, code: '000000' }, own))).code).toBe(
      'phone-not-proven',
    );
    expect((await problemOf(() => subscribe({ ...request, phone: '0574-1234567' }, own))).code).toBe(
      'bad-request',
    );
    expect(await bodyOf(subscribe(request, own))).toEqual({ subscribed: true });
    expect(await bodyOf(subscribe(request, own))).toEqual({ subscribed: true });
    expect((await own.subscribers.subscribers(10)).items).toEqual([
      { id: 'id-1', phone: '+8613800000001', agreedAt: `${TODAY}T03:00:00.000Z` },
    ]);
    expect(await bodyOf(unsubscribe(request, own))).toEqual({ subscribed: false });
    expect((await own.subscribers.subscribers(10)).items).toEqual([]);
  });

  test('everybody reads published warnings, without case numbers', async () => {
    const alarms = createMemoryAlarmStore();
    const draft = { draft: draftOf('20260910-0123456789ab'), version: 1 };
    await alarms.saveDraft(draft);
    await alarms.publish(draft, 'manager', `${TODAY}T03:00:00.000Z`);
    const body = await bodyOf(listPublished({}, { alarms, now: deps().now }));
    expect(body.warnings).toHaveLength(1);
    expect(body.warnings[0].number.zh).toBe('消费提示〔2026〕1号');
    expect(JSON.stringify(body)).not.toMatch(/\d{6}-\d{6}-\d/);
  });
});
