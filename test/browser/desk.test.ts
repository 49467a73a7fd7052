import { readFileSync } from 'node:fs';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import {
  AUDITOR,
  begin,
  DISPATCHER,
  file,
  fillStep,
  head,
  MANAGER,
  officer,
  openCase,
  problemAt,
  send,
  signIn,
  startBrowser,
  take,
  visit,
} from './browser.ts';

let browser: Browser;
let filed: { number: string; unit: string };
beforeAll(async () => {
  browser = await startBrowser();
});
afterAll(() => browser.close());

async function fileOne(): Promise<void> {
  const { page, context } = await visit(browser, '/');
  const { number, handledBy } = await file(page);
  filed = { number, unit: handledBy?.code ?? '' };
  await context.close();
}

it('works by keyboard: down, open, close, and nothing typed is taken for a key', async () => {
  await fileOne();
  const { page, oddities } = await visit(browser, '/desk');
  await signIn(page, officer(filed.unit));
  await openCase(page, filed.number);
  await page.locator('[data-action=return]').click();
  await page.locator('#step-note').pressSequentially('jk jk');
  expect(await page.inputValue('#step-note')).toBe('jk jk');

  await page.keyboard.press('Escape');
  await page.locator('.detail h2').waitFor({ state: 'detached' });
  const focused = () => page.evaluate(() => (document.activeElement as HTMLAnchorElement).hash);
  expect(await focused()).toBe(`#${filed.number}`);
  const hashes = await page
    .locator('a.line')
    .evaluateAll((lines) => lines.map((line) => (line as HTMLAnchorElement).hash));
  const index = hashes.indexOf(`#${filed.number}`);
  await page.keyboard.press('k');
  expect(await focused()).toBe(hashes[Math.max(0, index - 1)]);
  await page.keyboard.press('j');
  await page.keyboard.press('j');
  await page.keyboard.press('ArrowUp');
  const here = await focused();
  await page.keyboard.press('Enter');
  await page
    .locator('.detail h2')
    .filter({ hasText: here.slice(1) })
    .waitFor();
  expect(oddities).toEqual([]);
});

it('tells the second of two officers that the case has moved on, and shows how it stands', async () => {
  await fileOne();
  const [first, second] = await Promise.all([visit(browser, '/desk'), visit(browser, '/desk')]);
  for (const { page } of [first, second]) {
    await signIn(page, officer(filed.unit));
    await openCase(page, filed.number);
    await page.locator('[data-action=accept]').click();
  }
  await first.page.getByRole('button', { name: '确认受理' }).click();
  await first.page.locator('[data-action=settle]').waitFor();
  const sent = second.page.waitForRequest((request) => request.url().endsWith('/accept'));
  await second.page.getByRole('button', { name: '确认受理' }).click();
  // Without the version a case that came back to the same state would be taken for unchanged.
  expect((await sent).postDataJSON()).toEqual({ version: 2 });
  await second.page.getByText('已为您重新载入').waitFor();
  await second.page.locator('[data-action=settle]').waitFor();
  expect([...first.oddities, ...second.oddities]).toEqual([]);
});

it('keeps what was typed for a step that somebody else made impossible', async () => {
  await fileOne();
  const [first, second] = await Promise.all([visit(browser, '/desk'), visit(browser, '/desk')]);
  for (const { page } of [first, second]) {
    await signIn(page, officer(filed.unit));
    await openCase(page, filed.number);
  }
  const reason = '购买用于转售，不是为生活消费需要。';
  await begin(second.page, 'refuse');
  await fillStep(second.page, { ground: 'art16-3', reason });
  await take(first.page, 'accept');
  expect(await send(second.page, 'refuse')).toBe(409);
  await second.page.getByText('已为您重新载入').waitFor();
  await second.page.locator('#step .notice').waitFor();
  expect(await second.page.locator('#step').innerText()).toContain(reason);
  await second.page.getByRole('button', { name: '不要了' }).click();
  expect(await second.page.locator('#step').innerText()).toBe('');
});

it('keeps what was typed when the sign-in runs out', async () => {
  await fileOne();
  const { page, oddities } = await visit(browser, '/desk');
  await signIn(page, officer(filed.unit));
  await openCase(page, filed.number);
  await begin(page, 'refuse');
  await fillStep(page, { ground: 'art16-3', reason: '核实后填写' });

  await page.evaluate(() => {
    const session = JSON.parse(sessionStorage.getItem('session') ?? '{}') as Record<string, unknown>;
    sessionStorage.setItem('session', JSON.stringify({ ...session, token: 'expired' }));
  });
  await page.reload();
  await page.getByText('登录已过期').first().waitFor();
  await signIn(page, officer(filed.unit));
  await page.locator('.detail h2').filter({ hasText: filed.number }).waitFor();
  expect(await page.inputValue('#step-reason')).toBe('核实后填写');
  expect(await page.locator('input[value=art16-3]').isChecked()).toBe(true);
  // A reason that says nothing is refused beside its field.
  expect(await send(page, 'refuse')).toBe(400);
  expect(await problemAt(page, 'reason')).toContain('请写明具体理由');
  await page.fill('#step-reason', '进货单显示一次购买六百件用于转售，不是生活消费。');
  await send(page, 'refuse');
  await page.getByText('已记录：不予受理').first().waitFor();
  expect(oddities).toEqual([]);
});

it('asks once more before a decision, and takes no for an answer', async () => {
  await fileOne();
  const { page } = await visit(browser, '/desk');
  await signIn(page, officer(filed.unit));
  await openCase(page, filed.number);
  await begin(page, 'refuse');
  await fillStep(page, { ground: 'art16-3', reason: '进货单显示一次购买六百件用于转售。' });
  await page.getByRole('button', { name: '确认不予受理' }).click();
  await page.getByText('投诉人会收到决定书').waitFor();
  expect(await page.evaluate(() => document.activeElement?.textContent)).toBe('确定，不予受理');
  await page.getByRole('button', { name: '再想想' }).click();
  expect(await page.inputValue('#step-reason')).toContain('六百件');
  expect(await page.locator('.standing').innerText()).toContain('已分送');
});

it('gives each form as a file, and tells what was sent to whom', async () => {
  await fileOne();
  const { page, oddities } = await visit(browser, '/desk');
  await signIn(page, officer(filed.unit));
  await openCase(page, filed.number);
  await take(page, 'accept');
  const paper = page.locator('[data-form=form-5]');
  await paper.waitFor();
  for (const [name, magic] of [
    ['PDF', '%PDF'],
    ['DOCX', 'PK'],
  ] as const) {
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      paper.getByRole('button', { name }).click(),
    ]);
    expect(download.suggestedFilename()).toMatch(/投诉受理决定书\.(pdf|docx)$/);
    const start = readFileSync(await download.path()).subarray(0, magic.length);
    expect(start.toString('latin1')).toBe(magic);
  }
  // The sample phone is a landline, which takes no SMS.
  await page.reload();
  await page.locator('.notice-by-hand').waitFor();
  expect(await page.locator('.notice-by-hand').innerText()).toMatch(/投诉受理决定 投诉人[\s\S]*打电话/);
  expect(oddities).toEqual([]);
});

it('gives a manager all cases below with where they lie, and a supervision order', async () => {
  await fileOne();
  const { page, oddities } = await visit(browser, '/desk');
  await signIn(page, MANAGER);
  await openCase(page, filed.number);
  expect(await page.locator(`a.line[href="#${filed.number}"]`).innerText()).toContain('市场监督管理所');
  await take(page, 'supervise', { order: '请三日内联系投诉人', answerBy: '2099-01-04' });
  expect(await page.locator('[data-clock=supervision]').innerText()).toContain('反馈督办事项');
  await page.locator('[data-clock=supervision] summary').click();
  await page.getByText('不是推算出来的').waitFor();
  await page.uncheck('#below');
  await page.locator(`a.line[href="#${filed.number}"]`).waitFor({ state: 'detached' });

  const station = await visit(browser, '/desk');
  await signIn(station.page, head(filed.unit));
  await openCase(station.page, filed.number);
  expect(await station.page.locator('.detail').innerText()).toContain('请三日内联系投诉人');
  await take(station.page, 'answer-supervision', { feedback: '已联系投诉人，约定明天调解。' });
  expect([...oddities, ...station.oddities]).toEqual([]);
});

it('lets an auditor look, and nothing else', async () => {
  await fileOne();
  const { page, oddities } = await visit(browser, '/desk');
  await signIn(page, AUDITOR);
  await openCase(page, filed.number);
  expect(await page.locator('.detail').innerText()).toContain('您可以查看，不能办理');
  expect(await page.locator('[data-action]').count()).toBe(0);
  expect(await page.locator('#look').count()).toBe(0);
  expect(oddities).toEqual([]);
});

it('ends the sign-in on request', async () => {
  const { page } = await visit(browser, '/desk');
  await signIn(page, DISPATCHER);
  await page.getByRole('button', { name: '退出登录' }).click();
  await page.getByRole('button', { name: '登录', exact: true }).waitFor();
  expect(await page.evaluate(() => sessionStorage.getItem('session'))).toBeNull();
});
