import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { file, openCase, signIn, startBrowser, visit } from './browser.ts';

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
  await signIn(page, filed.unit);
  await openCase(page, filed.number);
  await page.locator('[data-action=return]').click();
  await page.fill('#note', '');
  await page.locator('#note').pressSequentially('jk jk');
  expect(await page.inputValue('#note')).toBe('jk jk');

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
    await signIn(page, filed.unit);
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

it('keeps what was typed when the sign-in runs out', async () => {
  await fileOne();
  const { page, oddities } = await visit(browser, '/desk');
  await signIn(page, filed.unit);
  await openCase(page, filed.number);
  await page.locator('[data-action=refuse]').click();
  await page.locator('input[value=art16-3]').check();
  await page.fill('#note', '核实后填写');

  await page.evaluate(() => {
    const session = JSON.parse(sessionStorage.getItem('session') ?? '{}') as Record<string, unknown>;
    sessionStorage.setItem('session', JSON.stringify({ ...session, token: 'expired' }));
  });
  await page.reload();
  await page.getByText('登录已过期').first().waitFor();
  await signIn(page, filed.unit);
  await page.locator('.detail h2').filter({ hasText: filed.number }).waitFor();
  expect(await page.inputValue('#note')).toBe('核实后填写');
  expect(await page.locator('input[value=art16-3]').isChecked()).toBe(true);
  await page.getByRole('button', { name: '确认不予受理' }).click();
  await page.getByRole('heading', { name: '已记录：不予受理' }).waitFor();
  expect(oddities).toEqual([]);
});

it('lets a manager look, and nothing else', async () => {
  await fileOne();
  const { page, oddities } = await visit(browser, '/desk');
  await signIn(page, '市局示例负责人');
  await page.selectOption('#unit', filed.unit);
  await openCase(page, filed.number);
  expect(await page.locator('.detail').innerText()).toContain('您可以查看，不能办理');
  expect(await page.locator('[data-action]').count()).toBe(0);
  expect(oddities).toEqual([]);
});

it('ends the sign-in on request', async () => {
  const { page } = await visit(browser, '/desk');
  await signIn(page, '分派员');
  await page.getByRole('button', { name: '退出登录' }).click();
  await page.getByRole('button', { name: '登录', exact: true }).waitFor();
  expect(await page.evaluate(() => sessionStorage.getItem('session'))).toBeNull();
});
