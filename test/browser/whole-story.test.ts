import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import {
  DISPATCHER,
  eventually,
  file,
  MANAGER,
  managerShown,
  officer,
  openCase,
  PHONE,
  shoot,
  signIn,
  signInAt,
  startBrowser,
  take,
  visit,
} from './browser.ts';

/** One complaint through everybody's hands, each at his own screen. */

let browser: Browser;
beforeAll(async () => {
  browser = await startBrowser();
});
afterAll(() => browser.close());

/** Two stations come into question: the system asks a person. */
const BETWEEN = { 'business-address': '宁波市古林镇与姜山镇交界处8号' };

const numberIn = async (page: Page, figure: string) =>
  Number.parseFloat(await page.locator(`[data-figure=${figure}] .figure-value`).innerText()) || 0;

it('is filed, confirmed by keys, accepted, mediated, agreed and paid, rated by one tap, and seen by the manager', async () => {
  const manager = await visit(browser, '/manager');
  await signInAt(manager.page, MANAGER, '/manager');
  await managerShown(manager.page);
  const figures = async () => [
    await numberIn(manager.page, 'settled'),
    await numberIn(manager.page, 'ratingMean'),
  ];
  const [settled = 0, mean = 0] = await figures();

  const consumer = await visit(browser, '/', PHONE);
  await consumer.page.fill(
    '#text',
    '在宁波市海曙区古林镇中心路8号的店里买的牛奶已经过期三天，店长不肯退款。',
  );
  await consumer.page.locator('[data-mode=rows]').waitFor();
  await shoot(consumer.page, 'consumer-words');
  const { number } = await file(consumer.page, BETWEEN, {
    review: () => shoot(consumer.page, 'consumer-review'),
  });

  const hub = await visit(browser, '/desk');
  await signIn(hub.page, DISPATCHER);
  await openCase(hub.page, number);
  await hub.page.locator('.routing [data-confirm]').first().waitFor();
  await shoot(hub.page, 'desk-dispatcher');
  await hub.page.keyboard.press('c');
  const chosen = hub.page.locator('[data-confirm]:focus');
  await chosen.waitFor();
  const station = (await chosen.getAttribute('data-confirm')) ?? '';
  await hub.page.keyboard.press('Enter');
  await hub.page.locator('.undo-bar').getByText('已分送 1 件').waitFor();

  const desk = await visit(browser, '/desk');
  await signIn(desk.page, officer(station));
  await openCase(desk.page, number);
  await take(desk.page, 'accept');
  // A landline takes no SMS: the officer calls.
  await take(desk.page, 'tell', { form: 'form-5', party: 'complainant', by: 'phone', proof: '通话三分钟' });
  await take(desk.page, 'start-mediation', {
    complainantConsents: true,
    businessConsents: true,
    mode: 'phone',
  });
  await take(desk.page, 'settle', { agreedFen: '1,000', document: 'both-waive', promisedOn: '2099-01-05' });
  await take(desk.page, 'perform', { provenFen: '1000', paidBy: 'business', evidence: '转账凭证' });
  await take(desk.page, 'close', {
    found: '九月二十日在该店购买的牛奶生产日期已过期三天，有小票和照片为证。',
    done: '十一月二十日电话联系双方，经两次电话调解，商家承认疏忽。',
    received: '退货款六十八元五角，另赔偿九百三十一元五角。',
    routes: '对本次调解以外的争议，可以向人民法院提起诉讼。',
  });

  await consumer.page.getByRole('link', { name: '查看进度' }).click();
  await consumer.page.locator('.steps').waitFor();
  await eventually(consumer.page, async () => {
    if (await consumer.page.locator('[data-points="5"]').isVisible()) return true;
    await consumer.page.getByRole('button', { name: '刷新' }).click();
    await consumer.page.locator('.steps').waitFor();
    return false;
  });
  await consumer.page.locator('[data-points="5"]').click();
  await consumer.page.getByText('您的评价：').waitFor();
  await shoot(consumer.page, 'consumer-track');

  await eventually(manager.page, async () => {
    await manager.page.reload();
    await managerShown(manager.page);
    const [settledNow, meanNow] = await figures();
    // Nobody else gives five points here: the mean moves, whatever it was.
    return settledNow === settled + 1 && meanNow !== mean;
  });
  await shoot(manager.page, 'manager');
  await manager.page.locator('[data-figure=settled] .figure-value').click();
  await manager.page.locator(`.behind a[href="/desk#${number}"]`).waitFor();
  const odd = [manager, consumer, hub, desk].flatMap(({ oddities }) => oddities);
  expect(odd).toEqual([]);
});
