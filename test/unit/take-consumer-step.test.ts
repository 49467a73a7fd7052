import { describe, expect, test } from 'vitest';
import { consumerStepAnswer } from '../../events/answers.ts';
import { takeConsumerStep } from '../../functions/take-consumer-step/take-consumer-step.ts';
import { bodyOf, follow, type House, house, keep, MONDAY, problemOf, SECRET, stepsTo } from './support.ts';

const take = async (number: string, action: 'withdraw' | 'insist', deps: House) =>
  consumerStepAnswer.parse(await bodyOf(takeConsumerStep(number, SECRET, action, deps)));
const types = async (number: string, { cases }: House) =>
  (await cases.history(number)).map(({ type }) => type);

describe('withdrawing', () => {
  test('before the decision ends the case at once', async () => {
    const deps = house();
    const { number } = await keep(deps.cases, stepsTo('distributed'));
    expect(await take(number, 'withdraw', deps)).toMatchObject({
      state: { code: 'withdrawn', final: true },
      withdrawalAsked: true,
    });
    expect((await deps.cases.history(number)).at(-1)?.actor).toEqual({ role: 'consumer', id: 'complainant' });
  });

  test('while mediated is heard, and an officer ends the mediation: ending is never automatic', async () => {
    const deps = house();
    const { number } = await keep(deps.cases, stepsTo('mediating'));
    expect(await take(number, 'withdraw', deps)).toMatchObject({
      state: { code: 'mediating' },
      withdrawalAsked: true,
    });
  });

  test.each(['distributed', 'mediating'] as const)(
    'a repeat when %s is answered the same and writes nothing',
    async (state) => {
      const deps = house();
      const { number } = await keep(deps.cases, stepsTo(state));
      const first = await take(number, 'withdraw', deps);
      const written = await types(number, deps);
      expect(await take(number, 'withdraw', deps)).toEqual(first);
      expect(await types(number, deps)).toEqual(written);
    },
  );

  test.each(['refused', 'settled', 'closed', 'joined'] as const)(
    'a case that is %s cannot be withdrawn',
    async (state) => {
      const deps = house();
      const { number } = await keep(deps.cases, stepsTo(state));
      expect((await problemOf(() => take(number, 'withdraw', deps))).code).toBe('conflict');
    },
  );
});

describe('adding to what was said', () => {
  const add = async (number: string, text: string, deps: House) =>
    consumerStepAnswer.parse(await bodyOf(takeConsumerStep(number, SECRET, 'add-words', deps, { text })));

  test('leaves the case where it is; the words stand in its history, once', async () => {
    const deps = house();
    const { number } = await keep(deps.cases, stepsTo('mediating'));
    for (let times = 0; times < 2; times += 1) {
      expect(await add(number, '发票找到了。', deps)).toMatchObject({ state: { code: 'mediating' } });
    }
    await add(number, '还有一张照片。', deps);
    const added = (await deps.cases.history(number)).filter(({ type }) => type === 'words-added');
    expect(added.map(({ words, facts }) => [words?.text, facts])).toEqual([
      ['发票找到了。', {}],
      ['还有一张照片。', {}],
    ]);
  });

  test('is heard although the triage moves the case at the same moment', async () => {
    const deps = house();
    const steps = stepsTo('distributed');
    const before = steps.slice(0, -1);
    const { number } = await keep(deps.cases, before);
    const [moved] = steps.slice(-1);
    let first = true;
    const commit: House['cases']['commit'] = async (work) => {
      // Between the look and the commit somebody else is faster, once.
      if (first && moved !== undefined) await deps.cases.commit({ steps: [moved] });
      first = false;
      return deps.cases.commit(work);
    };
    const overtaken: House = { ...deps, cases: { ...deps.cases, commit } };
    expect(await add(number, '发票找到了。', overtaken)).toMatchObject({ state: { code: 'distributed' } });
    expect((await types(number, deps)).slice(-2)).toEqual(['distributed', 'words-added']);
  });

  test('takes no proposal off the table', async () => {
    const deps = house();
    const { number } = await keep(deps.cases, follow(stepsTo('distributed'), ['propose']));
    await add(number, '发票找到了。', deps);
    expect((await deps.cases.case(number))?.proposal?.action).toBe('refuse');
  });

  test('to a case that is over is not possible', async () => {
    const deps = house();
    const { number } = await keep(deps.cases, stepsTo('withdrawn'));
    expect((await problemOf(() => add(number, '发票找到了。', deps))).code).toBe('conflict');
  });
});

describe('insisting', () => {
  test('brings the case from the business to the authority', async () => {
    const deps = house();
    const { number } = await keep(deps.cases, stepsTo('station-first'));
    expect(await take(number, 'insist', deps)).toMatchObject({
      state: { code: 'distributed' },
      withdrawalAsked: false,
    });
  });

  test('a repeat is answered the same and writes nothing', async () => {
    const deps = house();
    const { number } = await keep(deps.cases, stepsTo('station-first'));
    const first = await take(number, 'insist', deps);
    expect(await take(number, 'insist', deps)).toEqual(first);
    expect((await types(number, deps)).filter((type) => type === 'insisted')).toHaveLength(1);
  });

  test('where nobody was asked to try first is not possible', async () => {
    const deps = house();
    const { number } = await keep(deps.cases, stepsTo('distributed'));
    expect((await problemOf(() => take(number, 'insist', deps))).code).toBe('conflict');
  });

  test('long ago is no repeat: another step has been taken since', async () => {
    const deps = house();
    const { number } = await keep(deps.cases, follow(stepsTo('station-first'), ['insist', 'accept']));
    expect((await problemOf(() => take(number, 'insist', deps))).code).toBe('conflict');
  });
});

describe('rating', () => {
  const rate = async (number: string, points: string, deps: House) =>
    consumerStepAnswer.parse(await bodyOf(takeConsumerStep(number, SECRET, 'rate', deps, { points })));
  const ratings = async (number: string, { cases }: House) =>
    (await cases.history(number)).filter(({ type }) => type === 'rated').map(({ facts }) => facts.points);

  test('stands in the history once, however often the tap arrives', async () => {
    const deps = house();
    const { number } = await keep(deps.cases, stepsTo('closed'));
    for (let times = 0; times < 3; times += 1) {
      expect(await rate(number, '5', deps)).toMatchObject({ state: { code: 'closed' } });
    }
    expect(await ratings(number, deps)).toEqual(['5']);
  });

  test('a second thought does not count beside the first', async () => {
    const deps = house();
    const { number } = await keep(deps.cases, stepsTo('closed'));
    await rate(number, '5', deps);
    const problem = await problemOf(() => rate(number, '1', deps));
    expect([problem.code, problem.errors[0]?.field]).toEqual(['conflict', '/points']);
    expect(await ratings(number, deps)).toEqual(['5']);
  });

  test('a case that was taken up again can be rated again', async () => {
    const deps = house();
    const { number } = await keep(deps.cases, follow(stepsTo('closed'), ['rate', 'reopen']));
    await rate(number, '2', deps);
    expect(await ratings(number, deps)).toEqual(['5', '2']);
  });

  test('works for reports, too: whoever has number and secret', async () => {
    const deps = house();
    const { number } = await keep(deps.cases, stepsTo('report-closed', 1, MONDAY, 'report'));
    await rate(number, '4', deps);
    expect(await ratings(number, deps)).toEqual(['4']);
  });
});

describe('asking to have it taken up again', () => {
  const ask = async (number: string, deps: House) =>
    consumerStepAnswer.parse(
      await bodyOf(takeConsumerStep(number, SECRET, 'ask-reopen', deps, { reason: '没有退款。' })),
    );

  test.each(['closed', 'published', 'excluded', 'refused-told', 'reconciled', 'withdrawn'] as const)(
    'a case that is %s: it stays, the head is told once, and may decide',
    async (state) => {
      const deps = house();
      const { number } = await keep(deps.cases, stepsTo(state));
      for (let times = 0; times < 2; times += 1) {
        expect(await ask(number, deps)).toMatchObject({ state: { code: state } });
      }
      const asked = (await deps.cases.history(number)).filter(({ type }) => type === 'reopen-asked');
      expect(asked.map(({ words, facts, notices }) => [words?.reason, facts, notices])).toEqual([
        ['没有退款。', {}, [{ notice: 'reopen-asked', party: 'staff', to: 'head' }]],
      ]);
      expect((await deps.cases.case(number))?.reopenAsked).toBe(true);
    },
  );

  test('taken up again it can be asked for again once it is over', async () => {
    const deps = house();
    const before = follow(stepsTo('refused-told'), ['ask-reopen', 'reopen']);
    const { number } = await keep(deps.cases, before);
    expect((await deps.cases.case(number))?.reopenAsked).toBeUndefined();
  });

  test('an answered inquiry goes to the dispatcher', async () => {
    const deps = house();
    const { number } = await keep(deps.cases, stepsTo('answered', 1, MONDAY, 'inquiry'));
    await ask(number, deps);
    const last = (await deps.cases.history(number)).at(-1);
    expect(last?.notices).toEqual([{ notice: 'reopen-asked', party: 'staff', to: 'dispatcher' }]);
  });

  test('while it is worked on there is nothing to take up again', async () => {
    const deps = house();
    const { number } = await keep(deps.cases, stepsTo('mediating'));
    expect((await problemOf(() => ask(number, deps))).code).toBe('conflict');
  });
});

test('a report is neither withdrawn nor insisted on', async () => {
  const deps = house();
  const { number } = await keep(deps.cases, stepsTo('distributed', 1, MONDAY, 'report'));
  for (const action of ['withdraw', 'insist'] as const) {
    expect((await problemOf(() => take(number, action, deps))).code).toBe('conflict');
  }
});

test('an officer who is faster wins, and the consumer is told to look', async () => {
  const deps = house();
  const { number } = await keep(deps.cases, stepsTo('distributed'));
  const overtaken: House = { ...deps, cases: { ...deps.cases, commit: async () => 'conflict' } };
  const problem = await problemOf(() => take(number, 'withdraw', overtaken));
  expect([problem.code, problem.errors[0]?.field]).toEqual(['conflict', 'number']);
});

test('a wrong secret takes no step', async () => {
  const deps = house();
  const { number } = await keep(deps.cases, stepsTo('distributed'));
  const problem = await problemOf(() => takeConsumerStep(number, 'AAAAA-AAAAA', 'withdraw', deps));
  expect(problem.code).toBe('wrong-secret');
  expect(await types(number, deps)).toHaveLength(2);
});
