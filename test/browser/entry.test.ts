import { readFileSync } from 'node:fs';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { AUDITOR, DISPATCHER, faults, signIn, startBrowser, visit } from './browser.ts';

let browser: Browser;
beforeAll(async () => {
  browser = await startBrowser();
});
afterAll(() => browser.close());

const LETTER = `宁波市市场监督管理局：
    2026年1月10日我在海曙区样例家电城买了一台热水器，花了2580元，装好第三天就漏水，老板电话0574-00000003，一直推脱。
    我要求退款2580元。联系我请打0574-00001234。
此致
敬礼！
                王小测
            2026年1月15日`;

it('registers a pasted letter by keyboard alone, says from which words each field was read, and is ready for the next', async () => {
  const { page, oddities } = await visit(browser, '/desk');
  await signIn(page, DISPATCHER);
  await page.locator('a[data-view=new]').press('Enter');
  const focused = () => page.evaluate(() => document.activeElement?.id);
  expect(await focused()).toBe('entry-original');
  // As the clipboard does it: the words and the event.
  await page.evaluate((letter) => {
    const original = document.activeElement as HTMLTextAreaElement;
    original.value = letter;
    original.dispatchEvent(new ClipboardEvent('paste', { bubbles: true }));
  }, LETTER);
  await page.locator('.read').first().waitFor();
  const values = Object.fromEntries(
    await Promise.all(
      ['channel', 'name', 'phone', 'businessName', 'businessPhone', 'paid', 'occurredOn'].map(
        async (name) => [name, await page.inputValue(`#entry-${name}`)] as const,
      ),
    ),
  );
  expect(values).toEqual({
    channel: 'letter',
    name: '王小测',
    phone: '0574-00001234',
    businessName: '样例家电城',
    businessPhone: '0574-00000003',
    paid: '2,580.00',
    occurredOn: '2026-01-10',
  });
  expect(await page.locator('.field:has(#entry-businessPhone) .read-from').innerText()).toBe(
    '请核对 原文：“0574-00000003”',
  );
  expect(await faults(page)).toEqual([]);

  // Enter goes on to the next field; what a person types is his own.
  await page.locator('#entry-name').focus();
  await page.keyboard.press('Enter');
  expect(await focused()).toBe('entry-phone');
  await page.keyboard.type('5');
  expect(await page.locator('.field:has(#entry-phone) .read-from').count()).toBe(0);
  await page.fill('#entry-phone', '不知道');
  await page.keyboard.press('Control+Enter');
  await page.locator('#entry-phone-error:not(:empty)').waitFor();
  await page.fill('#entry-phone', '0574-00001234');
  await page.fill('#entry-externalNumber', `信访-${Date.now()}`);
  const order = await page.inputValue('#entry-externalNumber');
  await page.keyboard.press('Control+Enter');
  const outcome = page.locator('.outcome .entered-number');
  await outcome.filter({ hasText: '已登记' }).waitFor();
  const number = (await outcome.innerText()).replace('已登记 ', '');
  expect([
    await page.inputValue('#entry-original'),
    await page.inputValue('#entry-text'),
    await focused(),
  ]).toEqual(['', '', 'entry-original']);

  // The same letter comes back from another office.
  await page.keyboard.type(
    `投诉人：王小测\n电话：0574-00001234\n外部编号：${order}\n投诉内容：热水器漏水，再次来信`,
  );
  await page.keyboard.press('Control+Enter');
  await page.locator('.read').first().waitFor();
  await page.keyboard.press('Control+Enter');
  await outcome.filter({ hasText: '以前已经登记过' }).waitFor();
  expect(await outcome.innerText()).toContain(number);
  await page.locator('.entered a').first().click();
  await page.locator('.detail h2').filter({ hasText: number }).waitFor();
  expect(await page.locator('.detail').innerText()).toContain(order);
  expect(oddities).toEqual([]);
});

it('imports a table: marks every row, registers the good ones once, gives the others as a file', async () => {
  const { page, oddities } = await visit(browser, '/desk');
  await signIn(page, DISPATCHER);
  await page.locator('a[data-view=import]').click();
  const order = `NB${Date.now()}`;
  const rows = [
    '投诉人,联系电话,被投诉企业,经营地址,投诉内容,涉及金额(元),工单号,负责人',
    `测试甲,0574-00001234,样例店,海曙区古林镇1号,"热水器漏水，
店家不修",298.5,${order}A,某`,
    `测试乙,1.38E+10,样例店,,坏了,很多,${order}B,某`,
    `测试甲,0574-00001234,样例店,,又来催办,,${order}a,某`,
  ];
  const choose = () =>
    page.setInputFiles('#import-file', {
      name: '转办.csv',
      mimeType: 'text/csv',
      buffer: Buffer.from(rows.join('\r\n')),
    });
  await choose();
  await page.locator('.preview').waitFor();
  expect(await page.locator('.counts').innerText()).toBe(
    '共 3 行：可登记 1，要改 1，与上面重复 1，已登记过 0',
  );
  expect(await page.locator('.import .hint').last().innerText()).toContain('不导入的列：负责人');
  expect(await page.locator('tr.bad').innerText()).toMatch(/联系电话：.*科学计数[^]*涉及金额\(元\)：/);
  expect(await faults(page)).toEqual([]);

  const downloading = page.waitForEvent('download');
  await page.getByRole('button', { name: '下载要改的行' }).click();
  const download = await downloading;
  const file = readFileSync(await download.path());
  expect([...file.subarray(0, 3)]).toEqual([0xef, 0xbb, 0xbf]);
  expect(file.toString()).toContain(
    `"测试乙","1.38E+10","样例店","","坏了","很多","${order}B","某","3","联系电话：`,
  );

  await page.getByRole('button', { name: '登记 1 件' }).press('Enter');
  await page.locator('tr.done a').waitFor();
  const number = await page.locator('tr.done a').innerText();
  expect(await page.locator('.import .status').innerText()).toContain('新登记 1 件');
  await page.setInputFiles('#import-file', []);
  await choose();
  await page.locator('.counts').filter({ hasText: '可登记 0，要改 1，与上面重复 1，已登记过 1' }).waitFor();
  expect(await page.locator('tr.same a').first().innerText()).toBe(number);

  const auditor = await visit(browser, '/desk');
  await signIn(auditor.page, AUDITOR);
  expect(await auditor.page.locator('a[data-view=new], a[data-view=import]').count()).toBe(0);
  expect([...oddities, ...auditor.oddities]).toEqual([]);
});
