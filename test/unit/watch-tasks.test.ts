import { describe, expect, test } from 'vitest';
import type { RunningClock } from '../../shared/case/case.ts';
import { isOnDuty, nextTask, watchAtOf } from '../../shared/case/watch.ts';
import { type BureauSettings, settingsOf } from '../../shared/law/bureau-settings.ts';
import { calendar, caseIn, context, registered, SENT, take, tenOn } from './support.ts';

const counting = (own: Partial<BureauSettings> = {}) => ({ calendar, settings: settingsOf(own) });
const clock = (changes: Partial<RunningClock> = {}): RunningClock => ({
  id: 'accept',
  start: '2026-11-16',
  due: '2026-11-25',
  provisional: false,
  authority: '330203',
  ...changes,
});
const next = (clocks: RunningClock[], own: Partial<BureauSettings> = {}) =>
  nextTask({ clocks }, counting(own));
/** Day and hour in Shanghai. */
const beijing = (at: string | undefined) =>
  at === undefined ? at : new Date(Date.parse(at) + 8 * 3_600_000).toISOString().slice(0, 16);

describe('the next thing to do about a period', () => {
  test('is a reminder on the working day before its last, when duty begins', () => {
    const task = next([clock()]);
    expect(task?.action).toBe('remind');
    expect(beijing(task?.at)).toBe('2026-11-24T08:30');
  });

  test('comes on a working day, also when the last day follows a holiday or a weekend', () => {
    // Due on Monday: reminded on Friday. Due on 10-08: the day before the holidays.
    expect(beijing(next([clock({ due: '2026-11-23' })])?.at)).toBe('2026-11-20T08:30');
    expect(beijing(next([clock({ start: '2026-09-20', due: '2026-10-08' })])?.at)).toBe('2026-09-30T08:30');
  });

  test('follows the bureau’s own hours of duty and its own reminders, each once', () => {
    const own = { reminders: [{ days: 1 }, { days: 3 }], dutyHours: { from: '09:00', to: '17:00' } };
    const times = [0, 1, 2].map((reminded) => next([clock({ reminded })], own));
    expect(times.map((task) => [task?.action, beijing(task?.at)])).toEqual([
      ['remind', '2026-11-20T09:00'],
      ['remind', '2026-11-24T09:00'],
      ['escalate', '2026-11-26T09:00'],
    ]);
  });

  test('a reminder for one clock is for that one only', () => {
    expect(beijing(next([clock({ id: 'mediate', due: '2026-12-31' })])?.at)).toBe('2026-12-22T08:30');
    expect(beijing(next([clock({ id: 'accept', due: '2026-12-31' })])?.at)).toBe('2026-12-30T08:30');
  });

  test('a period shorter than the reminder is not announced before it began', () => {
    const task = next([clock({ start: '2026-11-24', due: '2026-11-25' })]);
    expect(task?.action).toBe('escalate');
  });

  test('after the last day tells the officer, the head, the bureau, each on his working day, and then nobody', () => {
    const levels = [undefined, 1, 2, 3].map((escalated) => next([clock({ reminded: 1, escalated })]));
    expect(
      levels.map((task) => task?.action === 'escalate' && [task.to, task.level, beijing(task.at)]),
    ).toEqual([
      ['officer', 1, '2026-11-26T08:30'],
      ['head', 2, '2026-11-27T08:30'],
      ['manager', 3, '2026-12-01T08:30'],
      false,
    ]);
    expect(levels[3]).toBeUndefined();
  });

  test('late over a long holiday: nobody is called before work begins again', () => {
    const task = next([clock({ start: '2026-09-21', due: '2026-09-30', reminded: 1 })]);
    expect(beijing(task?.at)).toBe('2026-10-08T08:30');
  });

  test('of several periods is about the one that comes first', () => {
    expect(next([clock({ due: '2026-12-10' }), clock({ id: 'identity', due: '2026-11-19' })])?.clock.id).toBe(
      'identity',
    );
  });

  test.each<[string, Partial<RunningClock>]>([
    ['kept', { stopped: '2026-11-20' }],
    ['passed on', { void: '2026-11-20' }],
    ['paused', { pauses: [{ reason: 'testing', from: '2026-11-20', evidence: '' }] }],
  ])('a period that was %s needs nobody', (_, changes) => {
    expect(next([clock(changes)])).toBeUndefined();
  });

  test('after a pause whoever was reminded of the old day is reminded again', () => {
    const found = caseIn('mediating', 0, tenOn('2026-03-02'));
    const reminded = take(found, 'remind', { clock: 'mediate' }, context(tenOn('2026-04-20'))).after;
    expect(reminded.clocks.find(({ id }) => id === 'mediate')?.reminded).toBe(1);
    const testing = take(
      reminded,
      'begin-testing',
      SENT['begin-testing'],
      context(tenOn('2026-04-21')),
    ).after;
    const over = take(testing, 'end-testing', SENT['end-testing'], context(tenOn('2026-04-28'))).after;
    expect(over.clocks.find(({ id }) => id === 'mediate')?.reminded).toBeUndefined();
  });
});

describe('when the watch looks at a case', () => {
  test('is set from the registration on, and moves with every step', () => {
    const first = registered(0, tenOn('2026-11-16')).after;
    // One working day for the hub: too short for a reminder, so the first level of lateness.
    expect(beijing(first.watchAt)).toBe('2026-11-18T08:30');
    const handed = take(first, 'distribute').after;
    expect(beijing(handed.watchAt)).toBe('2026-11-24T08:30');
    const reminded = take(handed, 'remind', { clock: 'accept' }).after;
    expect(beijing(reminded.watchAt)).toBe('2026-11-26T08:30');
    const late = take(reminded, 'escalate', { clock: 'accept', level: 1, to: 'officer' }).after;
    expect(beijing(late.watchAt)).toBe('2026-11-27T08:30');
    expect(take(late, 'withdraw').after.watchAt).toBeUndefined();
  });

  test('who had the case when it was late stays on record when it goes on', () => {
    const held = take(caseIn('distributed'), 'assign').after;
    const late = take(
      held,
      'escalate',
      { clock: 'accept', level: 1, to: 'officer' },
      context('2026-11-26T00:30:00.000Z', { role: 'system', id: 'watch-deadlines' }),
    ).after;
    const moved = take(late, 'return', SENT.return, context(tenOn('2026-11-27'))).after;
    expect(moved.clocks.find(({ id }) => id === 'accept')?.lateOwner).toEqual({
      unit: '33020301',
      officer: 'officer-a1',
    });
  });

  test('is never for a case in which nothing runs', () => {
    for (const state of ['refused-told', 'withdrawn', 'reconciled', 'published', 'joined'] as const) {
      expect(watchAtOf(caseIn(state), counting()), state).toBeUndefined();
    }
  });

  test('is nowhere without reminders and levels', () => {
    expect(next([clock()], { reminders: [], escalation: [] })).toBeUndefined();
  });
});

describe('hours of duty', () => {
  test.each([
    ['2026-11-16T00:29:59.999Z', false],
    ['2026-11-16T00:30:00.000Z', true],
    ['2026-11-16T09:29:59.999Z', true],
    ['2026-11-16T09:30:00.000Z', false],
    // Saturday; a Saturday that is worked; a Thursday in the holidays.
    ['2026-11-21T02:00:00.000Z', false],
    ['2026-10-10T02:00:00.000Z', true],
    ['2026-10-01T02:00:00.000Z', false],
  ])('%s: %s', (at, on) => {
    expect(isOnDuty(new Date(at), counting())).toBe(on);
  });
});
