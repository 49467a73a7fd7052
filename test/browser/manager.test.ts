import { readFileSync } from 'node:fs';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import {
  chineseChrome,
  DISPATCHER,
  eventually,
  faults,
  file,
  head,
  MANAGER,
  managerShown,
  officer,
  openCase,
  pages,
  signIn,
  signInAt,
  startBrowser,
  take,
  visit,
} from './browser.ts';

/** What a manager sees and does: a settled case in the figures and back to it, units, alarms, a report. */

let browser: Browser;
let settled: { number: string; unit: string };

beforeAll(async () => {
  browser = await startBrowser();
  const consumer = await visit(browser, '/');
  const { number, handledBy } = await file(consumer.page);
  settled = { number, unit: handledBy?.code ?? '' };
  await consumer.context.close();
  const desk = await visit(browser, '/desk');
  await signIn(desk.page, officer(settled.unit));
  await openCase(desk.page, number);
  await take(desk.page, 'accept');
  await take(desk.page, 'settle', { agreedFen: '1,234.50', provenFen: '1,234.50', document: 'both-waive' });
  await desk.context.close();
});
afterAll(() => browser.close());

async function atManager(who: string, address = '/manager') {
  const visitor = await visit(browser, address);
  await signInAt(visitor.page, who, '/manager');
  await managerShown(visitor.page);
  return visitor;
}

const tile = (page: Page, id: string) => page.locator(`[data-figure=${id}]`);

async function goTo(page: Page, view: string): Promise<void> {
  await page.locator(`[data-view=${view}]`).click();
  await page.locator(`[data-view=${view}][aria-current]`).waitFor();
  await managerShown(page);
}

it('shows the settled case in the tiles, and opens the figure down to the case, by keyboard', async () => {
  const { page, oddities } = await atManager(MANAGER, `/manager?unit=${settled.unit}`);
  const value = tile(page, 'settled').locator('.figure-value');
  await eventually(page, async () => {
    if (Number.parseInt(await value.innerText(), 10) >= 1) return true;
    await page.reload();
    await managerShown(page);
    return false;
  });
  expect(await tile(page, 'agreed').innerText()).toMatch(/[\d.]+(万)?元/);
  expect(await tile(page, 'mediationSuccessRate').innerText()).toContain('样本太少，不宜比较');
  expect(await tile(page, 'resolutionRate').innerText()).toMatch(/95% 区间 .* 收件制/);
  await tile(page, 'settled').getByText('怎么算的').click();
  expect(await tile(page, 'settled').innerText()).toContain('总局令第121号第二十四条');

  await value.focus();
  await page.keyboard.press('Enter');
  const link = page.locator(`.behind a[href="/desk#${settled.number}"]`);
  await link.waitFor();
  // Booked in steps, shown once; the cases come to the figure.
  expect(await link.count()).toBe(1);
  expect(await page.locator('.behind [role=status]').innerText()).toContain(
    `合计 ${await value.innerText()}`,
  );
  expect(await faults(page)).toEqual([]);
  await page.keyboard.press('Escape');
  expect(await value.evaluate((node) => node === document.activeElement)).toBe(true);
  await page.keyboard.press('Enter');
  await link.click();
  await page.locator('.detail h2').filter({ hasText: settled.number }).waitFor();
  expect(oddities).toEqual([]);
});

it('reads every view in English, with the unit kept', async () => {
  const { page, oddities } = await atManager(MANAGER, `/manager?unit=${settled.unit}`);
  await page.getByRole('link', { name: 'English' }).click();
  await page.getByRole('heading', { name: 'Managers' }).waitFor();
  expect(await page.inputValue('#unit')).toBe(settled.unit);
  for (const view of ['glance', 'trend', 'units', 'alarms', 'reports']) {
    await goTo(page, view);
    expect(await chineseChrome(page), view).toEqual([]);
    expect(await faults(page), view).toEqual([]);
  }
  expect(oddities).toEqual([]);
});

it('compares quarters and years, draws the trend with its table, and compares units', async () => {
  const { page, oddities } = await atManager(MANAGER);
  await page.selectOption('#length', 'year');
  await managerShown(page);
  expect(new URL(page.url()).searchParams.get('year')).toMatch(/^20\d{2}$/);
  // The period before a year is the year before: said once.
  expect(await tile(page, 'received').innerText()).not.toContain('环比');
  await goTo(page, 'trend');
  await page.locator('.trend svg').waitFor();
  expect(await page.locator('.month-table tbody tr').count()).toBe(13);
  await page.selectOption('#trend-of', 'money');
  await page.getByText('金额单位：元').waitFor();
  await goTo(page, 'units');
  expect(await page.locator('.units-table tbody tr').count()).toBeGreaterThan(0);
  expect(await page.locator('.units-table').innerText()).toContain('样本太少，不宜比较');
  // The sketch leads down to the units below, by keyboard.
  const tiles = page.locator('.tile-map a.place');
  expect(await tiles.count()).toBe(10);
  await tiles.first().focus();
  await page.keyboard.press('Enter');
  await page.locator('.tile-map .place:not(a)').first().waitFor();
  expect(oddities).toEqual([]);
});

it('sees lateness coming: what is due within five working days, by unit, down to the case', async () => {
  const consumer = await visit(browser, '/');
  // A place that nobody serves: it waits for the dispatcher, who has one working day.
  const { number } = await file(consumer.page, { 'business-address': '' });
  const { page, oddities } = await atManager(MANAGER, '/manager#due');
  const line = page.locator(`.behind-lines a[href="/desk#${number}"]`);
  await eventually(page, async () => {
    if ((await line.count()) === 1) return true;
    await page.reload();
    await managerShown(page);
    return false;
  });
  const sums = () => page.locator('.due-tiles .figure-value').allInnerTexts();
  await page.locator('.results [aria-busy]').waitFor({ state: 'detached' });
  const known = (await sums()).map(Number);
  expect(known.reduce((sum, one) => sum + one, 0)).toBeGreaterThan(0);
  // What is late takes longer to count, or fails: the rest is shown all the same.
  await page.route('**/due-ahead?*part=late', (route) => route.abort());
  await page.reload();
  await page.getByText('超期件数没有取到').waitFor();
  expect(await sums()).toEqual(['…', ...known.slice(1).map(String)]);
  expect(await line.count()).toBe(1);
  expect(await faults(page)).toEqual([]);
  expect(oddities.filter((oddity) => !oddity.includes('ERR_FAILED'))).toEqual([]);
  await consumer.context.close();
});

it('takes an alarm from its reason to a published warning', async () => {
  const { page, oddities } = await atManager(MANAGER, '/manager#alarms');
  const alarm = page.locator('.alarm').first();
  await alarm.getByText('核实结果').first().click();
  await alarm.getByRole('button', { name: '记录核实结果' }).click();
  expect(await alarm.locator('.problems').innerText()).toContain('此项必填');
  await alarm.getByLabel('属实', { exact: true }).check();
  await alarm.locator('textarea[name=why]').fill('现场核查，门店已搬空。');
  await alarm.getByRole('button', { name: '记录核实结果' }).click();
  await alarm.getByText('现场核查，门店已搬空。').waitFor();
  await alarm.getByRole('button', { name: '起草消费提示' }).click();
  await alarm.getByText('公开这个名称').first().click();
  await alarm.locator('input[name=name]').fill('样例健身房');
  await alarm.locator('textarea[name=name-why]').fill('负责人失联，已有多人受损。');
  await alarm.getByRole('button', { name: '公开这个名称' }).click();
  await alarm.getByText('公开经营者名称：样例健身房').waitFor();
  await alarm.getByRole('button', { name: '发布消费提示' }).click();
  await alarm.getByRole('button', { name: '确定，发布' }).click();
  await alarm.getByText(/^已发布：/).waitFor();
  expect(await faults(page)).toEqual([]);
  expect(oddities).toEqual([]);
});

it('orders a report, waits for it, downloads and publishes it', async () => {
  const { page, oddities } = await atManager(MANAGER, '/manager#reports');
  await page.locator('input[value=pdf]').uncheck();
  await page.locator('input[value=docx]').uncheck();
  await page.locator('input[value=xlsx]').uncheck();
  await page.getByRole('button', { name: '生成报告' }).click();
  expect(await page.locator('.problems').innerText()).toContain('请至少选择一种格式');
  await page.locator('input[value=pdf]').check();
  await page.getByRole('button', { name: '生成报告' }).click();
  const report = page.locator('[data-report]').first();
  const get = report.getByRole('button', { name: '下载 PDF' });
  await get.waitFor({ timeout: 60_000 });
  const [download] = await Promise.all([page.waitForEvent('download'), get.click()]);
  expect(
    readFileSync(await download.path())
      .subarray(0, 4)
      .toString(),
  ).toBe('%PDF');
  await report.getByRole('button', { name: '公布' }).click();
  await report.getByRole('button', { name: '确定，公布' }).click();
  await report.getByText('已公布').waitFor();
  expect(await report.getByRole('button', { name: '公布' }).count()).toBe(0);
  expect(oddities).toEqual([]);
});

it('says in words what is not allowed, and that the sign-in ran out', async () => {
  const { page } = await atManager(head(settled.unit), '/manager?unit=330200');
  // The unit of the address is not the head's: the page offers his own.
  expect(await page.inputValue('#unit')).toBe(settled.unit);
  await page.evaluate(() => {
    const session = JSON.parse(sessionStorage.getItem('session') ?? '{}') as Record<string, unknown>;
    sessionStorage.setItem('session', JSON.stringify({ ...session, token: 'expired' }));
  });
  await page.reload();
  await page.getByText('登录已过期').first().waitFor();
  await signInAt(page, head(settled.unit), '/manager');
  await managerShown(page);
  expect(await tile(page, 'settled').count()).toBe(1);
});

it('is linked from the desk for those who lead, and for no one else', async () => {
  for (const [who, links] of [
    [MANAGER, 1],
    [head(settled.unit), 1],
    [DISPATCHER, 0],
  ] as const) {
    const { page, context } = await visit(browser, '/desk');
    await signIn(page, who);
    expect(await page.locator('.desk-head a[href="/manager"]').count(), who).toBe(links);
    await context.close();
  }
  expect((await fetch(`${pages}/manager`)).status).toBe(200);
});
