import { readFileSync } from 'node:fs';
import { SendMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { chineseChrome, faults, file, MANAGER, PHONE, signInAt, startBrowser, visit } from './browser.ts';

/** What an administrator does: looks at the system, brings back what a queue gave up, changes the register and takes it back. */

const ADMINISTRATOR = '市局示例管理员';
const VIEWS = [
  'health',
  'register',
  'gaps',
  'rules',
  'settings',
  'campaigns',
  'calendar',
  'users',
  'taxonomies',
  'notes',
];

let browser: Browser;
let number: string;

beforeAll(async () => {
  browser = await startBrowser();
  const consumer = await visit(browser, '/');
  ({ number } = await file(consumer.page));
  await consumer.context.close();
});
afterAll(() => browser.close());

async function atWork(address = '/administrator', size?: typeof PHONE) {
  const visitor = await visit(browser, address, size);
  await signInAt(visitor.page, ADMINISTRATOR, '/administrator');
  await shown(visitor.page);
  return visitor;
}

const shown = (page: Page) => page.locator('.administrator:not([aria-busy]) h2').waitFor();

async function goTo(page: Page, view: string): Promise<void> {
  await page.locator(`[data-view=${view}]`).click();
  await page.locator(`[data-view=${view}][aria-current]`).waitFor();
  await shown(page);
}

const version = async (page: Page) =>
  Number(/\d+/.exec(await page.locator('.standing strong').innerText())?.[0]);
const versionAbove = (page: Page, before: number) =>
  page
    .locator('.standing strong')
    .filter({ hasText: new RegExp(`第 ${before + 1} 版`) })
    .waitFor();

/** A message as a function leaves it that gave it up. */
async function giveUp(body: object): Promise<void> {
  const client = new SQSClient({
    endpoint: process.env.HOTLINE_QUEUES,
    region: 'us-east-1',
    credentials: { accessKeyId: 'test', secretAccessKey: 'test' },
  });
  const QueueUrl = process.env.HOTLINE_TRIAGE_DLQ;
  await client.send(new SendMessageCommand({ QueueUrl, MessageBody: JSON.stringify(body) }));
  client.destroy();
}

it('shows what a queue gave up, and brings it back after a question', async () => {
  await giveUp({ number });
  const { page, oddities } = await atWork();
  const row = page.locator('[data-row=triage]');
  expect(await page.locator('.card[role=status]').innerText()).toContain('“分派”有 1 条死信');
  await row.getByRole('button', { name: '查看“分派”的死信' }).click();
  const card = page.locator('.dead-letters .card');
  await card.getByText(number).waitFor();
  await card.getByRole('button', { name: '全部送回原队列' }).click();
  await card.getByRole('button', { name: '再想想' }).click();
  await card.getByRole('button', { name: '全部送回原队列' }).click();
  await card.getByRole('button', { name: '送回', exact: true }).click();
  await page.locator('.dead-letters .card').waitFor({ state: 'detached' });
  await page.getByText('“分派”有 1 条死信').waitFor({ state: 'detached' });
  expect(await row.locator('td').first().innerText()).toBe('0');
  expect(oddities).toEqual([]);
});

it('takes a register from a faulty file over its differences into force, and back', async () => {
  const { page, oddities } = await atWork('/administrator#register');
  const before = await version(page);
  const download = page.waitForEvent('download');
  await page.getByRole('button', { name: 'JSON', exact: true }).click();
  const document = JSON.parse(readFileSync((await (await download).path()) ?? '', 'utf8'));
  const [first, ...units] = document.units;
  const choose = async (content: object) => {
    const buffer = Buffer.from(JSON.stringify(content));
    await page.setInputFiles('#register-file', { name: 'r.json', mimeType: 'application/json', buffer });
    await page.getByRole('button', { name: '检查', exact: true }).click();
  };

  await choose({ ...document, divisions: [{ ...document.divisions[0], station: '33029999' }] });
  await page.getByText('乡镇街道对应的监管所不存在').waitFor();
  expect(await page.locator('.checked').innerText()).toContain('不能生效');
  expect(await page.getByRole('button', { name: '生效', exact: true }).count()).toBe(0);

  await choose({ ...document, units: [{ ...first, phone: '0574-88880000' }, ...units] });
  await page.locator('.differences').getByText('0574-88880000').waitFor();
  expect(await faults(page)).toEqual([]);
  const take = page.getByRole('button', { name: '生效', exact: true });
  await take.click();
  await page.getByText('一次全部生效').waitFor();
  await take.click();
  await versionAbove(page, before);
  await page.getByRole('button', { name: `退回第 ${before} 版的内容` }).click();
  await page.getByRole('button', { name: '退回', exact: true }).click();
  await versionAbove(page, before + 1);
  await goTo(page, 'notes');
  expect(await page.locator('.administrator').innerText()).toMatch(/退回上一版登记资料[\s\S]*载入登记资料/);
  expect(oddities).toEqual([]);
});

it('draws the map of gaps with signs, and lists them', async () => {
  const { page, oddities } = await atWork('/administrator#gaps');
  expect(await page.locator('[data-county]').count()).toBe(10);
  // Long before any unit existed nobody is in charge, if units have days; here all have served for ever.
  expect(await page.locator('.tile.nobody title').count()).toBe(0);
  await page.getByText('这一天每个乡镇街道都有单位负责').waitFor();
  expect(oddities).toEqual([]);
});

it('changes a threshold and goes back; adds a campaign and ends it', async () => {
  const { page, oddities } = await atWork('/administrator#settings');
  const before = await version(page);
  await page.getByRole('button', { name: '更改“自动分送的把握”' }).click();
  await page.fill('#setting-value', '7');
  await page.getByRole('button', { name: '保存', exact: true }).click();
  await page.locator('.editing .failure').waitFor();
  await page.fill('#setting-value', '0.85');
  await page.getByRole('button', { name: '保存', exact: true }).click();
  await versionAbove(page, before);
  expect(await page.locator('[data-row=routingThreshold]').innerText()).toContain('0.85');
  await page.getByRole('button', { name: `退回第 ${before} 版的内容` }).click();
  await page.getByRole('button', { name: '退回', exact: true }).click();
  await versionAbove(page, before + 1);
  expect(await page.locator('[data-row=routingThreshold] pre').first().innerText()).toBe('0.8');

  await goTo(page, 'campaigns');
  await page.fill('#campaign-id', 'gas-2026');
  await page.fill('#campaign-name', '燃气安全');
  await page.fill('#campaign-from', '2026-01-01');
  await page.fill('#campaign-to', '2099-12-31');
  await page.selectOption('#campaign-problems', ['安全']);
  await page.getByRole('button', { name: '增加专项整治' }).click();
  const row = page.locator('[data-row=gas-2026]');
  await row.waitFor();
  await row.getByRole('button', { name: '今天结束' }).click();
  await row.getByRole('button', { name: '今天结束' }).click();
  await page.waitForFunction(() => document.querySelector('[data-row=gas-2026] button') === null);
  expect(oddities).toEqual([]);
});

it('checks a year of holidays before it is loaded, and finds people', async () => {
  const { page, oddities } = await atWork('/administrator#calendar');
  await page.fill('#year', '2033');
  await page.fill('#off', '2033-01-01 2033-01-03');
  await page.fill('#worked', '2033-01-05');
  await page.fill('#source', 'https://www.gov.cn/x.htm');
  await page.getByRole('button', { name: '检查', exact: true }).click();
  await page.getByText('调休上班日不是周六、周日').waitFor();
  await page.fill('#worked', '2033-01-08');
  await page.getByRole('button', { name: '检查', exact: true }).click();
  await page.getByRole('button', { name: '载入', exact: true }).click();
  await page.getByRole('button', { name: '载入', exact: true }).click();
  await page.locator('[data-row="2033"]').waitFor();
  await goTo(page, 'users');
  await page.fill('#find-person', '审计员');
  expect(await page.locator('.administrator tbody tr').count()).toBe(1);
  expect(oddities).toEqual([]);
});

it.each([
  ['zh', undefined],
  ['en', undefined],
  ['zh', PHONE],
  ['en', PHONE],
] as const)('reads every part in %s', async (language, size) => {
  const { page, oddities } = await atWork(`/administrator?lang=${language}`, size);
  for (const view of VIEWS) {
    await goTo(page, view);
    const folder = process.env.SCREENSHOTS;
    if (folder !== undefined) {
      await page.screenshot({
        path: `${folder}/${view}-${language}-${size?.width ?? 1440}.png`,
        fullPage: true,
      });
    }
    expect(await faults(page), view).toEqual([]);
    if (language === 'en') expect(await chineseChrome(page), view).toEqual([]);
  }
  expect(oddities).toEqual([]);
});

it('tells somebody else that the page is not his', async () => {
  const { page } = await visit(browser, '/administrator');
  await signInAt(page, MANAGER, '/administrator');
  await page.getByText('此页面供市局管理员使用').waitFor();
});
