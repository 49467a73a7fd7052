import { readFile } from 'node:fs/promises';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import {
  DISPATCHER,
  faults,
  file,
  officer,
  openCase,
  PHONE,
  signIn,
  startBrowser,
  visit,
} from './browser.ts';

/*
 * An old person with a phone and a bad network adds a picture to the complaint; the officer opens it at the desk.
 */

let browser: Browser;
beforeAll(async () => {
  browser = await startBrowser();
});
afterAll(() => browser.close());

const MIB = 1024 * 1024;
const picture = Buffer.alloc(6 * MIB);
picture.set([0xff, 0xd8, 0xff, 0xe0]);
const PICTURE = { name: '小票.jpg', mimeType: 'image/jpeg', buffer: picture };

const lines = (page: Page) => page.locator('.files li');
const line = (page: Page, name: string) => lines(page).filter({ hasText: name });
const choose = (page: Page, ...files: { name: string; mimeType: string; buffer: Buffer }[]) =>
  page.locator('.evidence input[type=file]:not([capture])').setInputFiles(files);

it('files go on by themselves after a lost network and a closed page; what cannot be taken says why', async () => {
  const { page, context, oddities } = await visit(browser, '/', PHONE);
  const { number, handledBy } = await file(page);
  await page.getByText('拍照或选择文件').waitFor();
  await choose(
    page,
    { name: '说明.docx', mimeType: 'application/msword', buffer: Buffer.from('x') },
    { name: '假照片.jpg', mimeType: 'image/jpeg', buffer: Buffer.from('<script>alert(1)</script>') },
  );
  expect(await line(page, '说明.docx').innerText()).toContain('这种文件不能收');
  await line(page, '假照片.jpg').filter({ hasText: '内容和文件类型不一致' }).waitFor();

  // The network goes after the first part, and the person closes the page.
  let parts = 0;
  await page.route(/partNumber=/, (route) => {
    parts += 1;
    return parts === 1 ? route.continue() : route.abort('internetdisconnected');
  });
  await choose(page, PICTURE);
  await line(page, '小票.jpg').filter({ hasText: '网络断了' }).waitFor();
  await page.unroute(/partNumber=/);
  page.on('dialog', (dialog) => void dialog.accept());
  await page.goto(`${new URL(page.url()).origin}/#track`);
  await page.reload();
  await line(page, '小票.jpg').filter({ hasText: '请再选一次这个文件' }).waitFor();
  expect(await faults(page)).toEqual([]);
  const sent: string[] = [];
  page.on('request', (request) => {
    const part = /partNumber=(\d)/.exec(request.url())?.[1];
    if (request.method() === 'PUT' && part !== undefined) sent.push(part);
  });
  await choose(page, PICTURE);
  await line(page, '小票.jpg').filter({ hasText: '已收好' }).waitFor();
  expect(sent).toEqual(['2']);
  expect(oddities.filter((one) => !one.includes('ERR_INTERNET_DISCONNECTED'))).toEqual([]);
  await context.close();

  const desk = await visit(browser, '/desk');
  await signIn(desk.page, officer(handledBy?.code ?? ''));
  await openCase(desk.page, number);
  const downloaded = desk.page.waitForEvent('download');
  await line(desk.page, '小票.jpg').getByRole('button', { name: '下载' }).click();
  const download = await downloaded;
  expect(download.suggestedFilename()).toBe('小票.jpg');
  expect((await readFile(await download.path())).equals(picture)).toBe(true);
  expect(desk.oddities).toEqual([]);
  await desk.context.close();
});

it('the scan of a letter goes with its entry, also of a report that is sealed at once', async () => {
  const { page, context, oddities } = await visit(browser, '/desk');
  await signIn(page, DISPATCHER);
  await page.getByRole('link', { name: '登记', exact: true }).click();
  await page.selectOption('#entry-kind', 'report');
  await page.fill('#entry-text', '举报古林镇某烟酒店销售假酒，来信附有照片。');
  await page.fill('#entry-name', '测试人');
  await page.fill('#entry-phone', '0574-00001234');
  await page.fill('#entry-businessAddress', '宁波市海曙区古林镇中心路8号');
  const scan = { name: '来信扫描.pdf', mimeType: 'application/pdf', buffer: Buffer.from('%PDF-1.7 x') };
  await page.locator('#entry-scan').setInputFiles(scan);
  await page.locator('.entry form .primary').click();
  await line(page, '来信扫描.pdf').filter({ hasText: '已收好' }).waitFor();
  expect(await page.locator('#entry-scan').evaluate((one: HTMLInputElement) => one.files?.length)).toBe(0);
  expect(await faults(page)).toEqual([]);
  expect(oddities).toEqual([]);
  await context.close();
});
