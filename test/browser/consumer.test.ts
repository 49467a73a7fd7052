import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  DISPATCHER,
  eventually,
  faults,
  file,
  goOn,
  head,
  officer,
  openCase,
  PHONE,
  pages,
  signIn,
  startBrowser,
  take,
  trackUntil,
  type Visitor,
  visit,
} from './browser.ts';

/*
 * Consumers with a phone in the hand: an angry one who tells it in his own words, one who wants to stay unknown, one
 * in a lift without a network, an old one who wants large letters, one who follows his case to the end.
 */

let browser: Browser;
beforeAll(async () => {
  browser = await startBrowser();
});
afterAll(() => browser.close());

const KETTLE =
  '我11月3日在宁波市海曙区古林镇中心路8号的光明电器行买了一个电水壶，用了两天就漏水，老板不肯退，我要求退款。';

const row = (page: Page, id: string) => page.locator(`[data-field=${id}]`);
const next = (page: Page) => page.locator('.step-nav [type=submit]');
const question = (page: Page) => page.locator('.one-question');

/** Name and phone, on the step for them. */
async function whoIAm(page: Page): Promise<void> {
  await page.fill('#name', '测试人');
  await page.fill('#phone', '0574-00001234');
}

describe('in his own words', () => {
  it('sees what was understood, corrects it, is asked one thing at a time, and knows before sending who and when', async () => {
    const { page, oddities } = await visit(browser, '/', PHONE);
    expect(await page.locator('.destination .card').count()).toBe(0);
    await page.fill('#text', KETTLE);
    await page.locator('[data-mode=rows]').waitFor();
    expect(await row(page, 'business-address').innerText()).toContain('古林镇中心路8号');
    expect(await row(page, 'occurred-on').innerText()).toContain('您写的：11月3日');
    expect(await row(page, 'request').innerText()).toContain('退款');
    expect(await page.locator('.destination').innerText()).toMatch(/市场监督管理所[\s\S]*第十三条/);

    // What he sets right stays, whatever he writes on.
    await row(page, 'request').getByRole('button', { name: '改：您的要求' }).click();
    await page.fill('#request', '退款，并当面道歉');
    await page.locator('#text').press('End');
    await page.locator('#text').pressSequentially('还骂人。');
    await eventually(page, async () => (await row(page, 'request').innerText()).includes('当面道歉'));

    await next(page).click();
    // One question is there, and no other field.
    await question(page).locator('h2').waitFor();
    expect(
      await page.locator('form.filing input:visible, form.filing textarea:visible').count(),
    ).toBeLessThan(2);
    const asked = new Set<string>();
    while ((await page.locator('form.filing').getAttribute('data-step')) === 'ask') {
      const words = await question(page).innerText();
      asked.add(words);
      if (words.includes('是不是：光明电器行'))
        await page.getByRole('button', { name: '对', exact: true }).click();
      else if (words.includes('一共花了多少钱')) {
        await page.fill('#paid', '很多');
        await next(page).click();
        expect(await page.locator('#paid-error').innerText()).toContain('请填写金额');
        await page.fill('#paid', '299');
        await next(page).click();
      } else await page.getByRole('button', { name: '不清楚，跳过' }).click();
      await page.waitForFunction(
        (before) =>
          document.querySelector<HTMLElement>('.one-question')?.innerText !== before ||
          document.querySelector('form.filing')?.getAttribute('data-step') !== 'ask',
        words,
      );
    }
    expect(asked.size).toBeGreaterThan(1);

    await page.goBack();
    await page.goForward();
    await goOn(page, 'you');
    await whoIAm(page);
    await next(page).click();
    await page.locator('.dates').waitFor();
    expect(await page.locator('.understood').innerText()).toMatch(/光明电器行[\s\S]*299 元[\s\S]*当面道歉/);
    expect(await page.locator('.dates').innerText()).toMatch(/前[\s\S]*第十五条[\s\S]*第二十三条/);
    const sent = page.waitForRequest((request) => request.url().endsWith('/api/complaints'));
    await page.getByRole('button', { name: '提交投诉' }).click();
    expect((await sent).postDataJSON()).toMatchObject({
      text: `${KETTLE}还骂人。`,
      request: '退款，并当面道歉',
      business: { name: '光明电器行', address: '宁波市海曙区古林镇中心路8号' },
      paidFen: 29_900,
    });
    await page.locator('#number').waitFor();
    expect(await page.getByText('接下来').isVisible()).toBe(true);
    expect(oddities).toEqual([]);
  });

  it('is told by the page when the words sound like a report, too, and by one tap reports', async () => {
    const { page } = await visit(browser, '/', PHONE);
    await page.fill(
      '#text',
      '我在光明超市买的奶粉过期了，要求退款并赔偿1000元。另外举报该店无照经营、长期销售过期食品，请依法查处。',
    );
    await page.getByRole('button', { name: '一并举报' }).click();
    expect(await page.isChecked('#also-report')).toBe(true);
    expect(await page.inputValue('#report-text')).toContain('举报该店无照经营');
    expect(await page.locator('#report-part .promise').isVisible()).toBe(true);
  });

  it('is shown the authority of another place with its phone, and may send it all the same', async () => {
    const { page } = await visit(browser, '/', PHONE);
    await page.fill('#text', '在杭州市西湖区北山街道的商店买的手表坏了，要求退款500元。');
    await page.locator('.destination').getByText('可能归别处管').waitFor();
    await goOn(page, 'you');
    await whoIAm(page);
    await goOn(page, 'review');
    expect(await page.locator('.destination').innerText()).toContain('也可以照样提交');
    await page.getByRole('button', { name: '提交投诉' }).click();
    await page.locator('#number').waitFor();
  });

  it('is told whom to call first where somebody is hurt', async () => {
    const { page } = await visit(browser, '/', PHONE);
    await page.fill('#text', '孩子在海曙区古林镇的游乐场摔伤，送医院抢救了，老板不管，要求赔偿。');
    const call = page.locator('.urgent a');
    await call.first().waitFor();
    expect(await call.first().getAttribute('href')).toBe('tel:120');
  });

  it('fills plain fields in where nobody can be asked what the words say', async () => {
    const { page } = await visit(browser, '/', PHONE);
    await page.route('**/api/complaints/preview', (route) => route.abort());
    await page.fill('#text', KETTLE);
    await page.locator('[data-mode=plain]').waitFor();
    await next(page).click();
    await page.locator('form.filing[data-step=ask]').waitFor();
    await page.fill('#business-name', '光明电器行');
    await page.fill('#business-address', '宁波市海曙区古林镇中心路8号');
    await next(page).click();
    await whoIAm(page);
    await next(page).click();
    expect(await page.locator('.destination').innerText()).toContain('提交后马上告诉您');
    await page.getByRole('button', { name: '提交投诉' }).click();
    await page.locator('#number').waitFor();
  });
});

it('reports without a name, with the promise before him and nothing of him in what is sent', async () => {
  const { page, oddities } = await visit(browser, '/', PHONE);
  await page.check('input[name=kind][value=report]');
  expect(await page.locator('.promise:visible').innerText()).toContain('绝不告诉商家');
  await page.fill('#text', '古林镇中心路8号的烟酒店卖假酒，仓库在后院，晚上进货。');
  await goOn(page, 'you');
  await page.check('#anonymous');
  expect(await page.locator('#name').isVisible()).toBe(false);
  expect(await page.locator('#sms').isVisible()).toBe(false);
  await goOn(page, 'review');
  const sent = page.waitForRequest((request) => request.url().endsWith('/api/complaints'));
  await page.getByRole('button', { name: '提交举报' }).click();
  for (const key of ['complainant', 'sms']) expect((await sent).postDataJSON()).not.toHaveProperty(key);
  await page.getByRole('heading', { name: '举报已登记' }).waitFor();
  expect(oddities).toEqual([]);
});

describe('without a network', () => {
  /** The page is kept once its service worker has taken it down. */
  const kept = (page: Page) => page.evaluate(async () => void (await navigator.serviceWorker.ready));

  it('writes on, sends, closes the page; back online it is filed by itself, once', async () => {
    const { page, context } = await visit(browser, '/', PHONE);
    await kept(page);
    await page.fill('#text', '在店里买的牛奶已经过期');
    await context.setOffline(true);
    await page.locator('#text').press('End');
    await page.locator('#text').pressSequentially('，店长不肯退款。');
    await goOn(page, 'you');
    await whoIAm(page);
    await goOn(page, 'review');
    await page.getByRole('button', { name: '提交投诉' }).click();
    await page.getByRole('heading', { name: '有网就自动提交' }).waitFor();
    const sent = await page.evaluate(() => localStorage.getItem('sent'));
    const { key } = JSON.parse(sent ?? '{}') as { key?: string };
    await page.close();

    // Opened again, still without a network: the page is there, and what waits.
    const keys: (string | undefined)[] = [];
    const again = await context.newPage();
    again.on('request', (request) => {
      if (request.url().endsWith('/api/complaints')) keys.push(request.headers()['idempotency-key']);
    });
    await again.goto(pages);
    await again.getByRole('heading', { name: '有网就自动提交' }).waitFor();
    await context.setOffline(false);
    await again.locator('#number').waitFor();
    expect(new Set(keys)).toEqual(new Set([key]));
    expect(await again.evaluate(() => Object.keys(localStorage))).not.toContain('draft');
    await again.reload();
    await again.locator('#number').waitFor();
    expect(await again.locator('#secret').innerText()).toMatch(/^[0-9A-Z]{5}-[0-9A-Z]{5}$/);
    await context.close();
  });

  it('goes back and changes what waits', async () => {
    const { page, context } = await visit(browser, '/', PHONE);
    await page.fill('#text', '断网时写的');
    await goOn(page, 'you');
    await whoIAm(page);
    await goOn(page, 'review');
    await context.setOffline(true);
    await page.getByRole('button', { name: '提交投诉' }).click();
    await page.getByRole('button', { name: '回去修改' }).click();
    await page.locator('form.filing[data-step=review]').waitFor();
    expect(await page.locator('.check').innerText()).toContain('断网时写的');
    await context.close();
  });

  it('can be put on the home screen', async () => {
    const manifest = (await (await fetch(`${pages}/consumer.webmanifest`)).json()) as {
      icons: { src: string }[];
      start_url: string;
    };
    expect(manifest.start_url).toBe('/');
    for (const { src } of manifest.icons) expect((await fetch(pages + src)).status).toBe(200);
    const html = await (await fetch(pages)).text();
    expect(html).toContain('rel="manifest"');
  });
});

it('one tap clears a phone that others use, and one more brings it back', async () => {
  const { page } = await visit(browser, '/', PHONE);
  await page.fill('#text', '借用别人的手机');
  await page.getByRole('button', { name: '清空这台手机上的内容' }).click();
  await page.getByText('已清空').waitFor();
  expect(await page.inputValue('#text')).toBe('');
  await page.getByRole('button', { name: '点错了，恢复' }).click();
  await eventually(page, async () => (await page.inputValue('#text')) === '借用别人的手机');
  await page.getByRole('button', { name: '清空这台手机上的内容' }).click();
  await page.getByText('已清空').waitFor();
  await page.reload();
  expect(await page.inputValue('#text')).toBe('');
});

it('in the large version: large letters, one thing on the screen, kept for the next time', async () => {
  const { page, context, oddities } = await visit(browser, '/', PHONE);
  const size = () => page.evaluate(() => Number.parseFloat(getComputedStyle(document.body).fontSize));
  const before = await size();
  await page.getByRole('button', { name: '长者版' }).click();
  expect(await size()).toBeGreaterThan(before * 1.3);
  expect(await page.getByRole('button', { name: '读给我听' }).isVisible()).toBe(true);
  await page.fill('#text', KETTLE);
  await page.locator('[data-mode=rows]').waitFor({ state: 'attached' });
  expect(await page.locator('.beside').isVisible()).toBe(false);
  expect(await faults(page)).toEqual([]);
  await page.goto(`${pages}/#track`);
  await page.reload();
  await page.getByRole('button', { name: '标准版' }).waitFor();
  expect(await faults(page)).toEqual([]);
  await page.getByRole('button', { name: '标准版' }).click();
  expect(await size()).toBeCloseTo(before);
  expect(oddities).toEqual([]);
  await context.close();
});

describe('following a case', () => {
  async function filed(): Promise<Visitor & { number: string; unit: string }> {
    const visitor = await visit(browser, '/', PHONE);
    const { number, handledBy } = await file(visitor.page);
    await visitor.page.getByRole('link', { name: '查看进度' }).click();
    await visitor.page.locator('.steps').waitFor();
    return { ...visitor, number, unit: handledBy?.code ?? '' };
  }
  it('counts the days, takes words added, is withdrawn, rated by one tap, and asked for again', async () => {
    const { page, number, unit, oddities } = await filed();
    expect(await page.locator('.countdown').innerText()).toMatch(/还剩 \d+ 天|今天到期/);
    await page.fill('#addition', '发票找到了。');
    await page.getByRole('button', { name: '补充', exact: true }).click();
    await page.locator('.steps').getByText('您补充了说明').waitFor();
    expect(await page.locator('[data-action=rate]').count()).toBe(0);

    await trackUntil(page, '已分送');
    await page.locator('[data-action=withdraw] button').click();
    await page.getByRole('button', { name: '确定撤回' }).click();
    await page.locator('h2.state').filter({ hasText: '已撤回' }).waitFor();

    await page.locator('[data-points="4"]').click();
    await page.getByText('您的评价：满意').waitFor();
    expect(await page.locator('[data-action=rate]').count()).toBe(0);
    await page.fill('#reopening', '商家说好退款，我撤回以后又不认账。');
    await page.getByRole('button', { name: '请求重新办理' }).click();
    await page.getByText('负责人会看您写的理由').first().waitFor();
    expect(await page.locator('[data-action=ask-reopen]').count()).toBe(0);
    expect(await faults(page)).toEqual([]);

    // The head of the station reads why, and takes it up again.
    const desk = await visit(browser, '/desk');
    await signIn(desk.page, head(unit));
    await desk.page.goto(`${pages}/desk#${number}`);
    await desk.page.getByText('投诉人请求重新办理').first().waitFor();
    await desk.page.getByText('又不认账').first().waitFor();
    await take(desk.page, 'reopen', { reason: '投诉人称商家反悔，重新办理。' });
    await trackUntil(page, '已分送');
    expect(await page.locator('[data-action=rate]').count()).toBe(0);
    expect([...oddities, ...desk.oddities]).toEqual([]);
  });

  it('reads what an inquiry was answered', async () => {
    const { page, oddities } = await visit(browser, '/', PHONE);
    await page.check('input[name=kind][value=inquiry]');
    await page.fill('#text', '网上买的东西七天内可以退吗？');
    await goOn(page, 'you');
    await whoIAm(page);
    await goOn(page, 'review');
    await page.getByRole('button', { name: '提交咨询' }).click();
    const number = await page.innerText('#number');
    await page.getByRole('link', { name: '查看进度' }).click();
    await page.locator('.steps').waitFor();
    const desk = await visit(browser, '/desk');
    await signIn(desk.page, DISPATCHER);
    await openCase(desk.page, number);
    await take(desk.page, 'answer', { answer: '定作的、鲜活易腐的除外，七日内可以退货。' });
    await trackUntil(page, '已答复');
    expect(await page.locator('main').innerText()).toContain('鲜活易腐的除外');
    expect([...oddities, ...desk.oddities]).toEqual([]);
  });
});

it('an officer sees what the person filled in, as he would from the plain form', async () => {
  const { page } = await visit(browser, '/', PHONE);
  const { number, handledBy } = await file(page, { 'business-name': '核对用的小店' });
  const desk = await visit(browser, '/desk');
  await signIn(desk.page, officer(handledBy?.code ?? ''));
  await openCase(desk.page, number);
  expect(await desk.page.locator('.detail').innerText()).toContain('核对用的小店');
});

it('takes a picture straight from the camera, where there is one in the hand', async () => {
  const context = await browser.newContext({
    viewport: PHONE,
    locale: 'zh-CN',
    timezoneId: 'Asia/Shanghai',
    hasTouch: true,
    isMobile: true,
  });
  const page = await context.newPage();
  await page.goto(pages);
  await page.locator('h1').waitFor();
  await file(page);
  const camera = page.locator('.evidence input[capture=environment]');
  await camera.setInputFiles({
    name: '小票.jpg',
    mimeType: 'image/jpeg',
    buffer: Buffer.concat([Buffer.from([0xff, 0xd8, 0xff, 0xe0]), Buffer.alloc(2_000)]),
  });
  await page.locator('.files li').filter({ hasText: '已收好' }).waitFor();
  expect(await faults(page)).toEqual([]);
  await context.close();
});
