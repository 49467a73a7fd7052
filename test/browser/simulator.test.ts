import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  chineseChrome,
  DESKTOP,
  eventually,
  faults,
  officer,
  openCase,
  PHONE,
  pages,
  signIn,
  startBrowser,
  visit,
} from './browser.ts';

const NUMBER = /\d{6}-\d{6}-\d/;

let browser: Browser;

beforeAll(async () => {
  browser = await startBrowser();
});
afterAll(() => browser.close());

/** What 12315 texted last to the phone that is chosen, once it holds this. */
async function reply(page: Page, holding: RegExp | string): Promise<string> {
  const line = page.locator('.talk .hotline p').filter({ hasText: holding }).last();
  await line.waitFor();
  return line.innerText();
}

async function text(page: Page, words: string): Promise<void> {
  await page.fill('#text', words);
  await page.getByRole('button', { name: '发送' }).click();
  await page.locator('.talk .phone p').filter({ hasText: words }).waitFor();
}

describe('the telephone simulator', () => {
  it('a complaint by SMS: a number comes back, a question is answered, and its state is asked for', async () => {
    const { page, oddities, context } = await visit(browser, '/simulator');
    await page.fill('#phone', '13800000041');
    await text(page, '我在宁波市海曙区古林镇样例超市买的牛奶昨天喝了拉肚子，要求退款三十八元');
    const first = await reply(page, NUMBER);
    const number = NUMBER.exec(first)?.[0] ?? '';

    await text(page, '补充 小票还在，付的是现金');
    await text(page, '查询');
    const state = await reply(page, number);
    expect(state).toContain(number);

    // Another phone knows nothing of it.
    await page.fill('#phone', '13800000042');
    await page.getByText('还没有短信').waitFor();
    await text(page, '帮助');
    await reply(page, '查询');
    await page.getByRole('button', { name: '13800000041' }).click();
    await reply(page, number);
    expect(await faults(page)).toEqual([]);
    expect(oddities).toEqual([]);
    await context.close();
  });

  it('a call: its transcript becomes a case, the caller gets a link by SMS, the desk sees when each thing was said', async () => {
    const { page, oddities, context } = await visit(browser, '/simulator');
    await page.selectOption('#example', 'good-complaint.json');
    await page.getByRole('button', { name: '送入系统' }).click();
    const became = page.locator('.delivered').getByText('成为案件');
    await became.waitFor();
    const number = NUMBER.exec(await became.innerText())?.[0] ?? '';

    await page.getByRole('button', { name: '看来电人收到的短信' }).click();
    const link = page.locator('.talk .hotline a').first();
    await link.waitFor();
    await page.goto((await link.getAttribute('href')) ?? '');
    await page.locator('.steps').waitFor();
    expect(await page.innerText('main')).toContain(number);

    await page.goto(`${pages}/desk`);
    await signIn(page, officer('33020305'));
    await openCase(page, number);
    await eventually(page, () => page.locator('.turns .tag').first().isVisible());
    expect(await page.locator('.turns .tag').allInnerTexts()).toEqual(
      expect.arrayContaining([expect.stringMatching(/\d\d:\d\d:\d\d/)]),
    );
    expect(oddities).toEqual([]);
    await context.close();
  });

  it('says what is wrong with a number, and what became of a file that is no call', async () => {
    const { page, context } = await visit(browser, '/simulator');
    await page.fill('#phone', '12');
    await page.fill('#text', '你好');
    await page.getByRole('button', { name: '发送' }).click();
    await page.getByText('请填写大陆手机号码').waitFor();
    await page.fill('#transcript', '{"results": 1}');
    await page.getByRole('button', { name: '送入系统' }).click();
    await page.getByText('没有读出通话').waitFor();
    await context.close();
  });

  it('can be read in English, on a phone', async () => {
    const { page, context, oddities } = await visit(browser, '/simulator?lang=en', PHONE);
    await page.locator('#example option').nth(1).waitFor({ state: 'attached' });
    expect(await faults(page)).toEqual([]);
    expect(await chineseChrome(page)).toEqual([]);
    await page.setViewportSize(DESKTOP);
    expect(await faults(page)).toEqual([]);
    expect(oddities).toEqual([]);
    await context.close();
  });

  it('takes JSON of its own page only: another site’s form is refused', async () => {
    const answer = await fetch(`${pages}/simulator/api/texts`, {
      method: 'POST',
      headers: { 'content-type': 'text/plain' },
      body: JSON.stringify({ phone: '13800000041', text: '你好' }),
    });
    expect(answer.status).toBe(400);
    expect(await answer.text()).not.toContain('token');
  });
});
