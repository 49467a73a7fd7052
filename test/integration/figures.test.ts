import { afterAll, beforeAll, expect, test } from 'vitest';
import { statisticsAnswer } from '../../events/answers.ts';
import { caseFiguresAnswer, figureCasesAnswer, figuresAnswer } from '../../events/figures.ts';
import { isClean, recount } from '../../shared/store/recount.ts';
import { figuresAndWarnings } from './figures-scene.ts';
import { wholeJob } from './scenario.ts';
import { eventually, parsed, type System, startSystem } from './system.ts';

/*
 * What managers read, on the running template: a case moves the figures at once, every figure opens to its cases, a
 * burst becomes an alarm, the alarm a warning, the warning an SMS; and after all that the history still proves it all.
 */

let system: System;
let number: string;
beforeAll(async () => {
  system = await startSystem();
  number = (await wholeJob(system)).registered.number;
  await eventually(async () =>
    (await recount(system.cases, system.statistics)).untallied.length === 0 ? true : undefined,
  );
});
afterAll(() => system.stop());

const manager = () => system.token('manager', '330200', 'manager-330200-1');
const figures = async (query = '') =>
  parsed(figuresAnswer, await system.api('GET', `/desk/figures${query}`, { token: await manager() }), 200);

test('a settled case is in the figures before anything is rolled up', async () => {
  const { figures: all } = await figures();
  const of = (id: string) => all.find((one) => one.id === id);
  expect(of('received')?.value).toBe(1);
  expect(of('settled')?.value).toBe(1);
  expect(of('handlingRate')).toMatchObject({ numerator: 1, denominator: 1, value: 1, comparable: false });
  const open = parsed(statisticsAnswer, await system.api('GET', '/statistics'), 200);
  expect(open.cases['settled']).toBe(1);
  expect(open.days).toHaveLength(1);
});

test('a roll-up adds cuts and medians, and changes no count', async () => {
  const before = await figures();
  await system.runtime.invoke('RollUpStatistics/Function', {});
  const after = await figures();
  expect(after.counts).toEqual(before.counts);
  expect(after.by.channel).toMatchObject({ web: { settled: 1 } });
  expect(after.figures.find(({ id }) => id === 'responseMedian')?.value).toBe(0);
});

test('a figure opens to its case, and the case to its figures', async () => {
  const token = await manager();
  const behind = parsed(
    figureCasesAnswer,
    await system.api('GET', '/desk/figures/cases?counter=settled', { token }),
    200,
  );
  expect(behind.lines.map((line) => line.number)).toEqual([number]);
  const own = parsed(
    caseFiguresAnswer,
    await system.api('GET', `/desk/cases/${number}/figures`, { token }),
    200,
  );
  expect(own.lines.map(({ counter }) => counter.id)).toContain('settled');
});

test('figures need a token, and one of the unit', async () => {
  expect((await system.api('GET', '/desk/figures')).status).toBe(401);
  const token = await system.token('head', '33020301');
  expect((await system.api('GET', '/desk/figures?unit=330200', { token })).status).toBe(403);
});

test('a burst becomes an alarm, the alarm a warning, the warning an SMS to who asked for it', async () => {
  await figuresAndWarnings(system);
  const sms = await eventually(async () =>
    system.runtime.sent.find(({ to, body }) => to.endsWith('13800004321') && body.includes('消费提示')),
  );
  expect(sms.body).toMatch(/收到同类投诉 12 件，过去 8 周同期几乎没有。/);
  expect(system.runtime.sent.filter(({ to }) => to.endsWith('13800004322'))).toHaveLength(1);
});

test('after all this the figures are what the history says, and the nightly proof says so', async () => {
  expect(isClean(await recount(system.cases, system.statistics))).toBe(true);
  await system.runtime.invoke('RecountStatistics/Function', {});
  const line = system.logs.findLast((one) => one.includes('"recounted"'));
  expect(JSON.parse(line ?? '{}')).toMatchObject({ message: 'recounted', drift: 0 });
});
