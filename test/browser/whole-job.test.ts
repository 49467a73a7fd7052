import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { formatYuan } from '../../shared/money.ts';
import { DESKTOP, eventually, file, openCase, PHONE, pages, signIn, startBrowser, visit } from './browser.ts';

let browser: Browser;
beforeAll(async () => {
  browser = await startBrowser();
});
afterAll(() => browser.close());

/** Reads a number off a tile of the figures: `1,234.50 元` → 1234.5. */
async function figure(page: Page, name: string): Promise<number> {
  const text = await page.locator(`[data-figure=${name}] b`).innerText();
  return Number(text.replace(/[^\d.]/g, ''));
}

async function figures(page: Page) {
  await page.locator('.tiles').first().waitFor();
  const names = ['accepted', 'settled', 'agreed', 'proven'] as const;
  const values = await Promise.all(names.map((name) => figure(page, name)));
  return Object.fromEntries(names.map((name, index) => [name, values[index] ?? Number.NaN]));
}

/** Looks again until the case has got to this state. */
async function trackUntil(page: Page, state: string): Promise<void> {
  await page.locator('.steps').waitFor();
  await eventually(page, async () => {
    if ((await page.locator('h2.state').innerText()) === state) return true;
    await page.getByRole('button', { name: '刷新' }).click();
    await page.locator('.steps').waitFor();
    return false;
  });
}

describe('a complaint, from the shop to the figures', () => {
  it('is filed, tracked, accepted, settled and counted', async () => {
    const consumer = await visit(browser, '/', PHONE);
    const { number, secret, handledBy } = await file(consumer.page);
    expect(number).toMatch(/^\d{6}-\d{6}-\d$/);
    expect(secret).toMatch(/^[0-9A-Z]{5}-[0-9A-Z]{5}$/);
    expect(handledBy).not.toBeNull();
    expect(await consumer.page.locator('.station').innerText()).toContain(handledBy?.name);
    expect(await consumer.page.locator('.legal-date').innerText()).toContain('总局令第121号');

    const manager = await visit(browser, `/figures?unit=${handledBy?.code}`);
    const before = await figures(manager.page);

    // Another device: nothing but the number and the secret is known there.
    const tracker = await visit(browser, '/#track', PHONE);
    await tracker.page.fill('#number', number.replaceAll('-', ''));
    await tracker.page.fill('#secret', secret.toLowerCase().replace('-', ' '));
    await tracker.page.getByRole('button', { name: '查询' }).click();
    await trackUntil(tracker.page, '已分送');
    expect(await tracker.page.locator('.due').innerText()).toMatch(/最迟 \d{4}年/);

    const officer = await visit(browser, '/desk');
    await signIn(officer.page, handledBy?.code ?? '');
    await openCase(officer.page, number);
    await officer.page.locator('[data-action=accept]').click();
    await officer.page.getByRole('button', { name: '确认受理' }).click();
    await officer.page.locator('[data-action=settle]').click();

    await officer.page.fill('#agreed', '1,234.50');
    await officer.page.fill('#proven', '2000');
    await officer.page.getByRole('button', { name: '确认调解成功' }).click();
    expect(await officer.page.locator('#proven-error').innerText()).toContain('不能大于协议金额');

    await officer.page.fill('#proven', '1000');
    await officer.page.getByRole('button', { name: '确认调解成功' }).click();
    await officer.page.getByRole('heading', { name: '已记录：调解成功' }).waitFor();
    await officer.page.locator(`a.line[href="#${number}"]`).waitFor({ state: 'detached' });

    await trackUntil(tracker.page, '调解成功');
    expect(await tracker.page.locator('.sums').innerText()).toMatch(/1,234\.50 元[\s\S]*1,000\.00 元/);
    expect(await tracker.page.locator('.steps li').count()).toBe(4);

    await eventually(manager.page, async () => {
      await manager.page.reload();
      return (await figures(manager.page)).settled === (before.settled ?? 0) + 1;
    });
    await eventually(manager.page, async () => {
      await manager.page.reload();
      return (await figures(manager.page)).accepted === (before.accepted ?? 0) + 1;
    });
    const after = await figures(manager.page);
    expect(after.agreed).toBeCloseTo((before.agreed ?? 0) + 1234.5, 2);
    expect(after.proven).toBeCloseTo((before.proven ?? 0) + 1000, 2);
    const rate = await manager.page.locator('[data-figure=resolutionRate]').innerText();
    expect(rate).toContain('解决率');
    expect(rate).toContain('调解成功 ÷ 受理');
    expect(rate).toContain(`${after.settled} ÷ ${after.accepted}`);
    expect(rate).toContain(`${(((after.settled ?? 0) / (after.accepted ?? 1)) * 100).toFixed(2)}%`);
    expect(await manager.page.locator('tfoot').innerText()).toContain(
      formatYuan(Math.round((after.agreed ?? 0) * 100)),
    );

    const visitors = [consumer, manager, tracker, officer];
    expect(visitors.flatMap(({ oddities }) => oddities)).toEqual([]);
  });

  it('goes to the dispatcher without an address, who finds the station and hands it over', async () => {
    const consumer = await visit(browser, '/', PHONE);
    const { number, handledBy } = await file(consumer.page, { 'business-address': '', 'business-name': '' });
    expect(handledBy).toBeNull();
    expect(await consumer.page.getByText('接线员').first().isVisible()).toBe(true);

    const dispatcher = await visit(browser, '/desk');
    await signIn(dispatcher.page, '分派员');
    await openCase(dispatcher.page, number);
    expect(await dispatcher.page.locator('.hub').innerText()).toContain('没有写明经营者地址');
    await dispatcher.page.locator('[data-action=distribute]').click();
    await dispatcher.page.getByRole('button', { name: '确认分送' }).click();
    expect(await dispatcher.page.locator('#station-error').innerText()).toContain('请选择监管所');

    await dispatcher.page.fill('#find', '33020301');
    await dispatcher.page.locator('#find').press('Enter');
    await dispatcher.page.getByRole('heading', { name: '已记录：分送' }).waitFor();

    const officer = await visit(browser, '/desk', PHONE);
    await signIn(officer.page, '33020301');
    await openCase(officer.page, number);
    expect(await officer.page.locator('.detail').innerText()).toContain('由分派员确定');
    expect([consumer, dispatcher, officer].flatMap(({ oddities }) => oddities)).toEqual([]);
  });
});

describe('the consumer loses nothing', () => {
  it('gets the number of the first attempt when the answer was lost on the way', async () => {
    const { page, oddities } = await visit(browser, '/', PHONE);
    const keys: (string | undefined)[] = [];
    const numbers: string[] = [];
    await page.route('**/api/complaints', async (route) => {
      keys.push(route.request().headers()['idempotency-key']);
      const response = await route.fetch();
      numbers.push(((await response.json()) as { number: string }).number);
      await (keys.length === 1 ? route.abort() : route.fulfill({ response }));
    });
    const { number } = await (async () => {
      const filed = file(page).catch(() => undefined);
      await page.getByRole('button', { name: '再试一次' }).click();
      await filed;
      return { number: await page.innerText('#number') };
    })();
    expect(keys[0]).toMatch(/^[\x21-\x7e]{8,128}$/);
    expect(keys).toEqual([keys[0], keys[0]]);
    expect(numbers).toEqual([number, number]);

    await page.getByRole('button', { name: '再写一份投诉' }).click();
    expect(await page.inputValue('#text')).toBe('');
    await file(page, { text: '另外一件事' });
    expect(keys[2]).not.toBe(keys[0]);
    expect(oddities.filter((oddity) => !oddity.includes('ERR_FAILED'))).toEqual([]);
  });

  it('finds the draft again after the page was closed, in the other language too', async () => {
    const { page, context } = await visit(browser, '/', PHONE);
    await page.fill('#text', '写到一半');
    await page.fill('#phone', '0574-00001234');
    await page.close();
    const again = await context.newPage();
    await again.goto(`${pages}/?lang=en`);
    await again.locator('form').waitFor();
    expect(await again.inputValue('#text')).toBe('写到一半');
    expect(await again.inputValue('#phone')).toBe('0574-00001234');
  });
});

describe('what is wrong is said where it is wrong', () => {
  it('next to the field, in a summary that leads there, for the page’s checks and the service’s', async () => {
    const { page, oddities } = await visit(browser, '/', PHONE);
    await page.getByRole('button', { name: '提交投诉' }).click();
    const summary = page.getByRole('alert').filter({ hasText: '有 3 处需要修改' });
    await summary.waitFor();
    expect(await summary.evaluate((node) => node === document.activeElement)).toBe(true);
    await summary.getByRole('link').first().click();
    expect(await page.evaluate(() => document.activeElement?.id)).toBe('text');

    await page.fill('#text', '这是 <script>alert(1)</script> 内容');
    await page.fill('#name', '测试人');
    await page.fill('#phone', '不告诉你');
    await page.fill('#claimed', '很多');
    await page.getByRole('button', { name: '提交投诉' }).click();
    expect(await page.locator('#claimed-error').innerText()).toContain('请填写金额');
    await page.fill('#claimed', '300元');
    await page.getByRole('button', { name: '提交投诉' }).click();
    await page.locator('#phone-error:not(:empty)').waitFor();
    expect(await page.locator('#phone-error').innerText()).toContain('可以联系到您的电话号码');
    expect(await page.locator('#text-error').innerText()).toContain('含有网页代码');
    expect(await page.getAttribute('#phone', 'aria-invalid')).toBe('true');
    expect(oddities).toEqual([]);
  });

  it('tells a wrong number and a wrong secret without giving anything away', async () => {
    const { page } = await visit(browser, '/#track', PHONE);
    await page.fill('#number', '261121-483729-9');
    await page.fill('#secret', 'ABCDE-ABCDE');
    await page.getByRole('button', { name: '查询' }).click();
    expect(await page.locator('#number-error').innerText()).toContain('编号不对');
    await page.fill('#number', '0000000000000');
    await page.fill('#secret', 'ＡＢＣＤＥ密码');
    await page.getByRole('button', { name: '查询' }).click();
    await page.locator('#secret-error:not(:empty)').waitFor();
    expect(await page.locator('#secret-error').innerText()).toContain('编号或者查询码不正确');
  });
});

it('shows what people write as text, whatever it looks like', async () => {
  // Whole tags are refused at the door; what is left must still be shown to the letter.
  const text = `"'&lt;b&gt; &amp;lt; <9 {{1+1}} </ p <svg`;
  const consumer = await visit(browser, '/', PHONE);
  const { number, handledBy } = await file(consumer.page, { text, 'business-name': '&lt;i&gt;店<svg' });
  const { page, oddities } = await visit(browser, '/desk', DESKTOP);
  await signIn(page, handledBy?.code ?? '');
  await openCase(page, number);
  expect(await page.locator('.detail .words').first().innerText()).toBe(text);
  expect(await page.locator(`a.line[href="#${number}"]`).innerText()).toContain('&lt;b&gt;');
  expect(await page.locator('main svg').count()).toBe(0);
  expect(oddities).toEqual([]);
});
