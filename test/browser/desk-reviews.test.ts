import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import {
  chineseChrome,
  DESKTOP,
  DISPATCHER,
  faults,
  MANAGER,
  PHONE,
  pages,
  signIn,
  startBrowser,
  visit,
} from './browser.ts';

/* What heads and managers review at the desk: rules, classes, the watch-list, a business, the load of a unit. */

let browser: Browser;
beforeAll(async () => {
  browser = await startBrowser();
});
afterAll(() => browser.close());

async function atDesk(who: string, language = 'zh', size = DESKTOP) {
  const visitor = await visit(browser, `/desk?lang=${language}`, size);
  await signIn(visitor.page, who);
  return visitor;
}

const VIEWS = ['load', 'rules', 'classes', 'watch'] as const;

it.each([
  ['zh', DESKTOP],
  ['en', PHONE],
] as const)('every view can be read and reached, in %s', async (language, size) => {
  const { page, oddities } = await atDesk(MANAGER, language, size);
  for (const view of VIEWS) {
    await page.goto(`${pages}/desk?lang=${language}#${view}`);
    await page.locator(`[data-view=${view}][aria-current]`).waitFor();
    await page
      .locator('.review:not([hidden])')
      .getByText(/正在读取|Loading/)
      .waitFor({ state: 'detached' });
    expect(await faults(page), view).toEqual([]);
    if (language === 'en') expect(await chineseChrome(page), view).toEqual([]);
  }
  expect(oddities).toEqual([]);
});

it('a manager watches a business from its record, and decides about its class', async () => {
  const { page, oddities } = await atDesk(MANAGER);
  await page.goto(`${pages}/desk#classes`);
  const proposal = page.locator('.review:not([hidden]) > div > .cards > [data-class]').first();
  await proposal.waitFor();
  expect(await proposal.innerText()).toMatch(/. 类 → C 类/);
  await proposal.locator('a.who').click();
  await page.locator('.review h2').waitFor();
  expect(await page.locator('.review .grade').first().innerText()).toMatch(/^[A-D]$/);

  await page.locator('.put-on summary').click();
  await page.locator('[data-decide=watch]').click();
  await page.getByText('重点关注中').waitFor();
  await page.goto(`${pages}/desk#watch`);
  const watched = page.locator('.review:not([hidden]) [data-watched]').first();
  await watched.waitFor();
  // Nobody leaves the list without a reason.
  await watched.locator('[data-decide=end]').click();
  await watched.getByText('请写明理由').waitFor();
  await watched.locator('input').fill('已整改，复查合格');
  await watched.locator('[data-decide=end]').click();
  await watched.waitFor({ state: 'detached' });

  await page.goto(`${pages}/desk#classes`);
  await proposal.locator('input').fill('投诉集中，已约谈');
  await proposal.locator('[data-decide=accepted]').click();
  await proposal.waitFor({ state: 'detached' });
  expect(oddities).toEqual([]);
});

it('a dispatcher sees a proposed rule with its trial; the manager declines it with a reason', async () => {
  const dispatcher = await atDesk(DISPATCHER);
  await dispatcher.page.goto(`${pages}/desk#rules`);
  const seen = dispatcher.page.locator('[data-proposal]');
  await seen.waitFor();
  expect(await seen.innerText()).toMatch(/分界大道[\s\S]*试算过去 90 天 400 件/);
  expect(await seen.locator('[data-decide]').count()).toBe(0);

  const { page, oddities } = await atDesk(MANAGER);
  await page.goto(`${pages}/desk#rules`);
  const proposal = page.locator('[data-proposal]');
  await proposal.waitFor();
  await proposal.locator('input[type=text]').fill('该路段正在划界，划定后再定');
  await proposal.locator('[data-decide=decline]').click();
  await proposal.waitFor({ state: 'detached' });
  expect([...dispatcher.oddities, ...oddities]).toEqual([]);
});
