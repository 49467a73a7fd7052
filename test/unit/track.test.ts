import { describe, expect, test } from 'vitest';
import { trackingAnswer } from '../../events/answers.ts';
import { track } from '../../functions/track-case/track.ts';
import { makeCaseNumber } from '../../shared/case/case-number.ts';
import { problemAnswer } from '../../shared/http/problem.ts';
import { createMemoryCaseStore } from '../../shared/store/memory-case-store.ts';
import { bodyOf, keep, problemOf, registryOf, SECRET, stepsTo } from './support.ts';

const deps = () => ({ cases: createMemoryCaseStore(), registry: registryOf() });

describe('with number and secret the consumer sees', () => {
  test('state, station, next legal date and each step', async () => {
    const house = deps();
    const { number } = await keep(house.cases, stepsTo('distributed'));
    const body = trackingAnswer.parse(await bodyOf(track(number, SECRET, house)));
    expect(body).toMatchObject({
      number,
      state: { code: 'distributed' },
      station: { code: '33020301' },
      nextLegalDate: { clock: 'accept', due: '2026-11-25' },
      ground: null,
      recovered: null,
    });
    expect(body.steps.map(({ type }) => type)).toEqual(['registered', 'distributed']);
  });

  test('why it was refused, with the article', async () => {
    const house = deps();
    const { number } = await keep(house.cases, stepsTo('refused'));
    const body = trackingAnswer.parse(await bodyOf(track(number, SECRET, house)));
    expect(body.ground?.basis).toBe('总局令第121号第十六条第（一）项');
    expect(body.nextLegalDate).toBeNull();
  });

  test('what was agreed and what is paid', async () => {
    const house = deps();
    const { number } = await keep(house.cases, stepsTo('settled'));
    const body = trackingAnswer.parse(await bodyOf(track(number, SECRET, house)));
    expect(body.recovered).toEqual({ agreedFen: 10_000, provenFen: 2_500 });
  });

  test('no officer, no note, no name and no word of the complaint', async () => {
    const house = deps();
    const { number } = await keep(house.cases, stepsTo('accepted'));
    expect(JSON.stringify(await track(number, SECRET, house))).not.toMatch(
      /officer|某甲|13800000000|变质|secretHash/,
    );
  });

  test('the secret as it was copied by hand', async () => {
    const house = deps();
    const { number } = await keep(house.cases, stepsTo('received'));
    expect((await track(number, ' k7qm4 x2d9p ', house)).status).toBe(200);
  });
});

test('a wrong secret and a number that does not exist get the very same answer', async () => {
  const house = deps();
  const { number } = await keep(house.cases, stepsTo('received'));
  const unknown = makeCaseNumber('2026-11-16', 999_999);
  const wrong = problemAnswer(await problemOf(() => track(number, 'K7QM4-X2D9Q', house)));
  const missing = problemAnswer(await problemOf(() => track(unknown, SECRET, house)));
  expect(wrong.statusCode).toBe(403);
  expect(wrong).toEqual(missing);
});

test('the secret of one case does not open another', async () => {
  const house = deps();
  const { number } = await keep(house.cases, stepsTo('received', 1));
  const other = await problemOf(() => track(number, 'AAAAA-AAAAA', house));
  expect(other.code).toBe('wrong-secret');
});
