import { describe, expect, test } from 'vitest';
import { datesAnswer, trackingAnswer } from '../../events/answers.ts';
import { INSIDE, track, trackDates } from '../../functions/track-case/track.ts';
import { ACTIONS } from '../../shared/case/actions.ts';
import { makeCaseNumber } from '../../shared/case/case-number.ts';
import { problemAnswer } from '../../shared/http/problem.ts';
import { eventForConsumer } from '../../web/components/event-names.ts';
import { bodyOf, follow, house, keep, MONDAY, problemOf, SECRET, SENT, stepsTo } from './support.ts';

test('every step that the consumer is shown has plain words of its own', () => {
  const unknown = eventForConsumer('');
  const shown = Object.values(ACTIONS)
    .map(({ event }) => event)
    .filter((event) => !INSIDE.has(event));
  expect(shown.filter((event) => eventForConsumer(event).zh === unknown.zh)).toEqual([]);
});

describe('with number and secret the consumer sees', () => {
  test('state, station, next legal date and each step', async () => {
    const deps = house();
    const { number } = await keep(deps.cases, stepsTo('distributed'));
    const body = trackingAnswer.parse(await bodyOf(track(number, SECRET, deps)));
    expect(body).toMatchObject({
      number,
      kind: 'complaint',
      state: { code: 'distributed' },
      station: { code: '33020301' },
      nextLegalDate: { clock: 'accept', due: '2026-11-25' },
      ground: null,
      recovered: null,
      actions: ['withdraw', 'add-words'],
    });
    expect(body.steps.map(({ type }) => type)).toEqual(['registered', 'distributed']);
  });

  test('why it was refused, with the article', async () => {
    const deps = house();
    const { number } = await keep(deps.cases, stepsTo('refused-told'));
    const body = trackingAnswer.parse(await bodyOf(track(number, SECRET, deps)));
    expect(body.ground?.basis).toBe('总局令第121号第十六条第（一）项');
    expect(body.nextLegalDate).toBeNull();
    expect(body.actions).toEqual(['ask-reopen', 'rate']);
  });

  test('what was agreed and what is paid, and the result in four parts', async () => {
    const deps = house();
    const { number } = await keep(deps.cases, stepsTo('closed'));
    const body = trackingAnswer.parse(await bodyOf(track(number, SECRET, deps)));
    expect(body.recovered).toEqual({ agreedFen: 10_000, provenFen: 10_000 });
    expect(body.result).toEqual(SENT.close);
  });

  test('what he gave and asked for; neither is offered twice', async () => {
    const deps = house();
    const { number } = await keep(deps.cases, follow(stepsTo('published'), ['rate', 'ask-reopen']));
    expect(await bodyOf(track(number, SECRET, deps))).toMatchObject({
      points: 5,
      reopenAsked: true,
      actions: [],
    });
  });

  test('no stars while there is nothing to judge', async () => {
    const deps = house();
    const { number } = await keep(deps.cases, stepsTo('accepted'));
    expect((await bodyOf(track(number, SECRET, deps))).actions).not.toContain('rate');
  });

  test('that he may insist while the business tries, and that a withdrawal was heard', async () => {
    const deps = house();
    const first = await keep(deps.cases, stepsTo('station-first', 1));
    expect((await bodyOf(track(first.number, SECRET, deps))).actions.sort()).toEqual([
      'add-words',
      'insist',
      'withdraw',
    ]);
    const asked = await keep(deps.cases, follow(stepsTo('mediating', 2), ['withdraw']));
    expect(await bodyOf(track(asked.number, SECRET, deps))).toMatchObject({
      withdrawalAsked: true,
      actions: ['add-words'],
    });
  });

  test('no officer, no note, no name, no order from above and no word of the complaint', async () => {
    const deps = house();
    const { number } = await keep(
      deps.cases,
      follow(stepsTo('mediating'), [
        'note',
        'assign',
        'supervise',
        'answer-supervision',
        'take-in',
        'propose',
      ]),
    );
    const body = await bodyOf(track(number, SECRET, deps));
    expect(JSON.stringify(body)).not.toMatch(/officer|某甲|13800000000|变质|secretHash|约见|反馈"|电话联系/);
    expect(body.steps.map(({ type }: { type: string }) => type)).toEqual([
      'registered',
      'distributed',
      'accepted',
      'mediation-started',
    ]);
  });

  test('the secret as it was copied by hand', async () => {
    const deps = house();
    const { number } = await keep(deps.cases, stepsTo('received'));
    expect((await track(number, ' k7qm4 x2d9p ', deps)).status).toBe(200);
  });

  test.each(['report', 'inquiry', 'other'] as const)('a %s of his own too', async (kind) => {
    const deps = house();
    const { number } = await keep(deps.cases, stepsTo('distributed', 1, MONDAY, kind));
    expect(trackingAnswer.parse(await bodyOf(track(number, SECRET, deps)))).toMatchObject({ kind });
  });

  test('nothing at a complaint that tells of the report that came with it', async () => {
    const deps = house();
    const { number } = await keep(deps.cases, stepsTo('distributed', 1));
    const report = { ...stepsTo('received', 2, MONDAY, 'report')[0]! };
    await keep(deps.cases, [{ ...report, after: { ...report.after, linkedTo: number } }]);
    expect(JSON.stringify(await track(number, SECRET, deps))).not.toContain(report.after.number);
  });

  test('why each date is what it is', async () => {
    const deps = house();
    const { number } = await keep(deps.cases, stepsTo('distributed'));
    const { clocks } = datesAnswer.parse(await bodyOf(trackDates(number, SECRET, deps)));
    expect(clocks.find(({ clock }) => clock === 'accept')?.explanation?.days).toHaveLength(9);
  });
});

test('a wrong secret and a number that does not exist get the very same answer', async () => {
  const deps = house();
  const { number } = await keep(deps.cases, stepsTo('received'));
  const unknown = makeCaseNumber('2026-11-16', 999_999);
  for (const ask of [track, trackDates]) {
    const wrong = problemAnswer(await problemOf(() => ask(number, 'K7QM4-X2D9Q', deps)));
    const missing = problemAnswer(await problemOf(() => ask(unknown, SECRET, deps)));
    expect(wrong.statusCode).toBe(403);
    expect(wrong).toEqual(missing);
  }
});

test('a case that nobody can track has no secret: the hash of nothing opens nothing', async () => {
  const deps = house();
  const [first] = stepsTo('received', 1, MONDAY, 'report');
  const found = await keep(deps.cases, [
    { ...first!, after: { ...first!.after, secretHash: '0'.repeat(64) } },
  ]);
  for (const secret of ['', '0'.repeat(64), SECRET]) {
    expect((await problemOf(() => track(found.number, secret, deps))).code).toBe('wrong-secret');
  }
});
