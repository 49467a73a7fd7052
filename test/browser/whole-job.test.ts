import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { LOCAL_PARAMETERS } from '../../infra/local/parameters.ts';
import { formatYuan } from '../../shared/money.ts';
import { makePartnerLink } from '../../shared/partners/link.ts';
import {
  begin,
  chineseChrome,
  DESKTOP,
  DISPATCHER,
  eventually,
  faults,
  file,
  fillStep,
  goOn,
  head,
  officer,
  openCase,
  PHONE,
  pages,
  problemAt,
  send,
  signIn,
  startBrowser,
  take,
  trackUntil,
  type Visitor,
  visit,
} from './browser.ts';

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
  const names = ['accepted', 'settled', 'closed', 'agreed', 'proven', 'reportsReceived'] as const;
  const values = await Promise.all(names.map((name) => figure(page, name)));
  return Object.fromEntries(names.map((name, index) => [name, values[index] ?? Number.NaN]));
}

/** Somebody at another device, who knows nothing but the number and the secret. */
async function follow(number: string, secret: string): Promise<Visitor> {
  const tracker = await visit(browser, '/#track', PHONE);
  await tracker.page.fill('#number', number.replaceAll('-', ''));
  await tracker.page.fill('#secret', secret.toLowerCase().replace('-', ' '));
  await tracker.page.getByRole('button', { name: '查询' }).click();
  await tracker.page.locator('.steps').waitFor();
  return tracker;
}

async function atDesk(who: string, number: string): Promise<Visitor> {
  const visitor = await visit(browser, '/desk');
  await signIn(visitor.page, who);
  await openCase(visitor.page, number);
  return visitor;
}

const RESULT = {
  found: '九月二十日在该店购买的牛奶生产日期已过期三天，有小票和照片为证。',
  done: '十一月二十日电话联系双方，经两次电话调解，商家承认疏忽。',
  received: '退货款六十八元五角，另赔偿一千一百六十六元。',
  routes: '对本次调解以外的争议，可以向人民法院提起诉讼。',
} as const;

const oddOf = (...visitors: Visitor[]) => visitors.flatMap((visitor) => visitor.oddities);

describe('a complaint, from the shop to the figures', () => {
  it('is filed, accepted, told, settled, paid, closed with four parts, published and counted', async () => {
    const consumer = await visit(browser, '/', PHONE);
    const { number, secret, handledBy } = await file(
      consumer.page,
      {},
      { review: () => consumer.page.check('#agree-publish') },
    );
    expect(number).toMatch(/^\d{6}-\d{6}-\d$/);
    expect(secret).toMatch(/^[0-9A-Z]{5}-[0-9A-Z]{5}$/);
    expect(handledBy).not.toBeNull();
    expect(await consumer.page.locator('.station').innerText()).toContain(handledBy?.name);
    expect(await consumer.page.locator('.legal-date').innerText()).toContain('总局令第121号');

    const manager = await visit(browser, '/figures');
    const before = await figures(manager.page);

    const tracker = await follow(number, secret);
    await trackUntil(tracker.page, '已分送');
    expect(await tracker.page.locator('.due').innerText()).toMatch(/最迟 \d{4}年/);
    await tracker.page.getByText('为什么是这一天？').click();
    await tracker.page.locator('.days').waitFor();
    const numbers = await tracker.page.locator('.days td:nth-child(2)').allInnerTexts();
    expect(numbers.filter((n) => n !== '不计')).toEqual(['1', '2', '3', '4', '5', '6', '7']);
    expect(await tracker.page.locator('.why').innerText()).toContain('第四十五条');

    const { page, ...desk } = await atDesk(officer(handledBy?.code ?? ''), number);
    expect(await page.locator('.detail').innerText()).not.toContain('0574-00001234');
    await page.getByRole('button', { name: '查看投诉人信息' }).click();
    await page.getByText('0574-00001234').waitFor();
    expect(await page.locator('.identity').innerText()).toContain('本次查看已记录');

    await take(page, 'accept');
    // A landline takes no SMS: the officer calls, and writes down that the complainant was told.
    await take(page, 'tell', {
      form: 'form-5',
      party: 'complainant',
      by: 'phone',
      proof: '十点零五分通话三分钟',
    });
    expect(await page.locator('[data-form=form-5]').innerText()).toContain('已告知投诉人');
    await begin(page, 'settle');
    await fillStep(page, { agreedFen: '1,234.50', provenFen: '2000', document: 'both-waive' });
    expect(await send(page, 'settle')).toBe(400);
    expect(await problemAt(page, 'provenFen')).toContain('不能大于协议金额');
    // Not all is paid at once: the law's form wants the day promised, and the page says so beside its field.
    await page.fill('#step-provenFen', '1000');
    expect(await send(page, 'settle')).toBe(400);
    expect(await problemAt(page, 'promisedOn')).toContain('约定履行日期');
    await take(page, 'settle', { promisedOn: '2099-01-05' });
    await take(page, 'perform', { provenFen: '234.50', paidBy: 'business', evidence: '转账凭证' });

    await begin(page, 'close');
    await fillStep(page, { ...RESULT, found: '已按规定处理完毕', done: '已处理' });
    expect(await send(page, 'close')).toBe(400);
    expect(await problemAt(page, 'found')).toContain('请写明查明了什么事实');
    expect(await problemAt(page, 'done')).toContain('联系了谁');
    expect(await page.locator('#step-routes-error').innerText()).toBe('');
    expect(await page.inputValue('#step-received')).toBe(RESULT.received);
    await take(page, 'close', RESULT);
    await trackUntil(tracker.page, '已办结');
    for (const part of Object.values(RESULT)) {
      expect(await tracker.page.locator('.result').innerText()).toContain(part);
    }
    expect(await tracker.page.locator('.sums').innerText()).toMatch(/1,234\.50 元[\s\S]*1,234\.50 元/);

    await take(page, 'publish');
    await page.locator(`a.line[href="#${number}"]`).waitFor({ state: 'detached' });
    await trackUntil(tracker.page, '已办结，已公示');

    await eventually(manager.page, async () => {
      await manager.page.reload();
      return (await figures(manager.page)).closed === (before.closed ?? 0) + 1;
    });
    const after = await figures(manager.page);
    expect(after.accepted).toBe((before.accepted ?? 0) + 1);
    expect(after.settled).toBe((before.settled ?? 0) + 1);
    expect(after.agreed).toBeCloseTo((before.agreed ?? 0) + 1234.5, 2);
    expect(after.proven).toBeCloseTo((before.proven ?? 0) + 1234.5, 2);
    const rate = await manager.page.locator('[data-figure=resolutionRate]').innerText();
    expect(rate).toContain('解决率');
    expect(rate).toContain('收到中已解决 ÷ 收到中已受理');
    const [, solved, accepted] = (/(\d+) ÷ (\d+)/.exec(rate) ?? []).map(Number);
    expect([solved, accepted]).toEqual([after.settled, after.accepted]);
    expect(rate).toContain(`${(((solved ?? 0) / (accepted ?? 1)) * 100).toFixed(2)}%`);
    expect(await manager.page.locator('tfoot').innerText()).toContain(
      formatYuan(Math.round((after.agreed ?? 0) * 100)),
    );
    expect([...oddOf(consumer, manager, tracker), ...desk.oddities]).toEqual([]);
  });

  it('goes to the dispatcher without an address, who finds the station and hands it over', async () => {
    const consumer = await visit(browser, '/', PHONE);
    const { number, handledBy } = await file(consumer.page, { 'business-address': '', 'business-name': '' });
    expect(handledBy).toBeNull();
    expect(await consumer.page.getByText('接线员').first().isVisible()).toBe(true);

    const dispatcher = await atDesk(DISPATCHER, number);
    expect(await dispatcher.page.locator('.hub').innerText()).toContain('没有写明经营者地址');
    await begin(dispatcher.page, 'distribute');
    await dispatcher.page.getByRole('button', { name: '确认分送' }).click();
    expect(await problemAt(dispatcher.page, 'unit')).toContain('请选择单位');

    await dispatcher.page.fill('#step-unit-find', '33020301');
    await dispatcher.page.locator('#step-unit-find').press('Enter');
    await dispatcher.page.getByRole('heading', { name: '已记录：分送' }).waitFor();
    // The case has left the hub: the next one is a key away, this one still at hand.
    await dispatcher.page.getByRole('button', { name: '再看本案' }).click();
    await dispatcher.page.locator('.detail h2').filter({ hasText: number }).waitFor();

    const station = await visit(browser, '/desk', PHONE);
    await signIn(station.page, officer('33020301'));
    await openCase(station.page, number);
    expect(await station.page.locator('.detail').innerText()).toContain('由分派员确定');
    expect(oddOf(consumer, dispatcher, station)).toEqual([]);
  });

  it('is tried by a rights station first, whose offer the consumer refuses, and by another, whose offer is confirmed', async () => {
    for (const [answer, state] of [
      ['不同意，请监管部门处理', '待人工分派'],
      ['同意，确认这个方案', '已自行和解'],
    ] as const) {
      const consumer = await visit(browser, '/', PHONE);
      const { number, secret } = await file(consumer.page, { 'business-address': '' });
      const tracker = await follow(number, secret);
      const dispatcher = await atDesk(DISPATCHER, number);
      await begin(dispatcher.page, 'offer-first');
      expect(await dispatcher.page.locator('#step-partner option').count()).toBe(0);
      await dispatcher.page.fill('#step-partner-find', '古林示例');
      await fillStep(dispatcher.page, { partner: 'S33020302' });
      expect(await send(dispatcher.page, 'offer-first')).toBe(400);
      expect(await problemAt(dispatcher.page, 'consumerAgrees')).toContain('须经投诉人同意');
      await take(dispatcher.page, 'offer-first', { partner: 'S33020302', consumerAgrees: true });
      await trackUntil(tracker.page, '先行和解中');
      expect(await tracker.page.getByText('古林示例市场消费维权服务站').isVisible()).toBe(true);

      // The link of the SMS: registered, left to the dispatcher, handed over.
      const expires = new Date('2099-01-01T00:00:00Z');
      const link = makePartnerLink({ number, partner: 'S33020302', offer: 3, expires }, [
        LOCAL_PARAMETERS.PartnerLinkKeys,
      ]);
      const station = await visit(browser, `/partner?lang=en#${link}`, PHONE);
      await station.page.locator('textarea').first().waitFor({ state: 'attached' });
      await station.page.check('input[value=settle]');
      expect([...(await faults(station.page)), ...(await chineseChrome(station.page))]).toEqual([]);
      await station.page.goto(`${pages}/partner?lang=zh#${link}`);
      await station.page.getByText('等您答复').waitFor();
      expect(await station.page.locator('main').innerText()).not.toContain('13800000001');
      await station.page.check('input[value=settle]');
      await station.page.fill('#offeredFen', '66.50');
      await station.page.fill('#terms', '退货款并当面道歉');
      await station.page.getByRole('button', { name: '提交答复' }).click();
      await station.page.locator('#promisedOn-error:not(:empty)').waitFor();
      await station.page.fill('#promisedOn', '2099-01-05');
      await station.page.getByRole('button', { name: '提交答复' }).click();
      await station.page.getByText('已收到您的答复').first().waitFor();

      await trackUntil(tracker.page, '和解方案待消费者确认');
      expect(await tracker.page.getByText('退货款并当面道歉').isVisible()).toBe(true);
      expect(await faults(tracker.page)).toEqual([]);
      await tracker.page.getByRole('button', { name: answer }).click();
      await tracker.page.getByRole('button', { name: '再想想' }).click();
      await tracker.page.getByRole('button', { name: answer }).click();
      await tracker.page.getByRole('button', { name: /^确定，/ }).click();
      await tracker.page.locator('h2.state').filter({ hasText: state }).waitFor();
      await station.page.reload();
      await station.page
        .getByText(state === '已自行和解' ? '消费者已确认' : '已不由您办理')
        .first()
        .waitFor();
      expect(oddOf(consumer, tracker, dispatcher, station)).toEqual([]);
    }

    const nobody = await visit(
      browser,
      '/partner#2611214837292.S33020302.3.thk8g0.AAAAAAAAAAAAAAAAAAAAAA',
      PHONE,
    );
    await nobody.page.getByText('承办人补发').first().waitFor();
    expect(await faults(nobody.page)).toEqual([]);
  });

  it('is withdrawn by the consumer, who is asked once', async () => {
    const consumer = await visit(browser, '/', PHONE);
    await file(consumer.page);
    await consumer.page.getByRole('link', { name: '查看进度' }).click();
    await consumer.page.getByRole('button', { name: '撤回', exact: true }).click();
    await consumer.page.getByRole('button', { name: '确定撤回' }).click();
    await consumer.page.locator('h2.state').filter({ hasText: '已撤回' }).waitFor();
    expect(await consumer.page.getByRole('button', { name: '撤回' }).count()).toBe(0);
    expect(consumer.oddities).toEqual([]);
  });

  it('is ended only when the head agrees to what the officer proposes', async () => {
    const consumer = await visit(browser, '/', PHONE);
    const { number, handledBy } = await file(consumer.page);
    const unit = handledBy?.code ?? '';
    const reason = '商家负责人在电话里明确表示不接受调解，没有商量余地。';
    const first = await atDesk(officer(unit), number);
    await take(first.page, 'accept');
    await begin(first.page, 'terminate');
    await fillStep(first.page, { ground: 'art23-2', reason });
    await send(first.page, 'terminate');
    await first.page.locator('.proposal').waitFor();
    expect(await first.page.locator('.proposal').innerText()).toContain(reason);
    expect(await first.page.locator('[data-action=approve]').count()).toBe(0);

    const second = await atDesk(head(unit), number);
    expect(await second.page.locator(`a.line[href="#${number}"]`).innerText()).toContain('待审核');
    expect(await second.page.locator('.proposal').innerText()).toContain('明确拒绝调解');
    await take(second.page, 'approve');
    expect(await second.page.locator('.standing').innerText()).toContain('终止调解');
    expect(oddOf(consumer, first, second)).toEqual([]);
  });
});

describe('a report', () => {
  const clue = '货架上一整排牛奶的生产日期被涂改，仓库里还有。';

  it('comes with a complaint, is sealed from the rest of the unit, and opens for whom the head assigns', async () => {
    const consumer = await visit(browser, '/', PHONE);
    const alsoReport = async () => {
      await consumer.page.check('#also-report');
      expect(await consumer.page.locator('#report-part .promise').innerText()).toContain('绝不告诉商家');
      await consumer.page.fill('#report-text', clue);
    };
    const { number, secret, handledBy } = await file(consumer.page, {}, { tell: alsoReport });
    const report = await consumer.page.innerText('#report-number');
    expect(report).not.toBe(number);
    const unit = handledBy?.code ?? '';
    const tracker = await follow(report, secret);
    await trackUntil(tracker.page, '已分送');
    expect(await tracker.page.locator('main').innerText()).not.toContain(number);

    const other = await atDesk(officer(unit), report);
    const line = await other.page.locator(`a.line[href="#${report}"]`).innerText();
    const shown = (await other.page.locator('.detail').innerText()) + line;
    expect(shown).toContain('举报的内容只有承办人能看');
    expect(shown).not.toContain('生产日期被涂改');
    expect(await other.page.locator('.identity').count()).toBe(0);
    // Nothing on the complaint's side says that there is a report.
    await openCase(other.page, number);
    expect(await other.page.locator('.detail').innerText()).not.toContain(report);

    const chief = await atDesk(head(unit), report);
    expect(await chief.page.locator('.detail').innerText()).not.toContain('生产日期被涂改');
    await take(chief.page, 'assign', { officer: `officer-${unit}-1` });

    await openCase(other.page, report);
    await other.page.reload();
    await other.page.getByText(clue).first().waitFor();
    expect(await other.page.locator('.detail').innerText()).not.toContain('0574-00001234');
    await other.page.selectOption('#look-reason', 'identity');
    await other.page.getByRole('button', { name: '查看举报人信息' }).click();
    await other.page.getByText('0574-00001234').waitFor();
    await take(other.page, 'verify', { found: '现场检查发现涂改日期的牛奶三十盒，已登记保存。' });
    expect(await other.page.locator('.standing').innerText()).toContain('已核查');
    expect(oddOf(consumer, tracker, other, chief)).toEqual([]);
  });

  it('is made without a name, and can be followed all the same', async () => {
    const { page, oddities: odd } = await visit(browser, '/', PHONE);
    await page.check('input[name=kind][value=report]');
    expect(await page.locator('#request').isVisible()).toBe(false);
    await page.fill('#text', clue);
    await page.locator('.open-all').click();
    await page.fill('#business-address', '宁波市海曙区古林镇中心路8号');
    await goOn(page, 'you');
    expect(await page.locator('.promise:visible').innerText()).toContain('绝不告诉商家');
    await page.check('#anonymous');
    expect(await page.locator('#phone').isVisible()).toBe(false);
    await goOn(page, 'review');
    expect(await page.locator('.check').innerText()).toContain('不留姓名');
    const sent = page.waitForRequest((request) => request.url().endsWith('/api/complaints'));
    await page.getByRole('button', { name: '提交举报' }).click();
    expect((await sent).postDataJSON()).toMatchObject({ kind: 'report', text: clue });
    expect((await sent).postDataJSON()).not.toHaveProperty('complainant');
    await page.getByRole('heading', { name: '举报已登记' }).waitFor();
    await page.getByRole('link', { name: '查看进度' }).click();
    await page.locator('.steps').waitFor();
    expect(await page.locator('main').innerText()).toContain('举报 · 编号');
    expect(odd).toEqual([]);
  });
});

it('takes a joint complaint with each person’s consent, and an inquiry', async () => {
  const { page, oddities: odd } = await visit(browser, '/', PHONE);
  await page.fill('#text', '一起投诉');
  await goOn(page, 'you');
  await page.getByText('还有别人一起投诉').click();
  await page.getByRole('button', { name: '添加一人' }).click();
  await page.getByRole('button', { name: '添加一人' }).click();
  await page.fill('#joint-1-name', '测试甲');
  await page.fill('#joint-2-name', '测试乙');
  await page.fill('#joint-2-phone', '0574-00004321');
  await page.getByRole('button', { name: '删除第 1 人' }).click();
  expect(await page.inputValue('#joint-1-name')).toBe('测试乙');
  await page.getByRole('button', { name: '下一步' }).click();
  expect(await page.locator('#joint-1-consents-error').innerText()).toContain('须经本人同意');
  await page.check('#joint-1-consents');
  await page.reload();
  expect(await page.inputValue('#joint-1-phone')).toBe('0574-00004321');
  expect(await page.isChecked('#joint-1-consents')).toBe(true);
  const { number, handledBy } = await file(page);
  const desk = await atDesk(officer(handledBy?.code ?? ''), number);
  await desk.page.getByRole('button', { name: '查看投诉人信息' }).click();
  await desk.page.getByText('测试乙').waitFor();

  await page.getByRole('button', { name: '再写一份' }).click();
  await page.check('input[name=kind][value=inquiry]');
  await page.fill('#text', '网上买的东西七天内可以退吗？');
  await goOn(page, 'you');
  await page.fill('#name', '测试人');
  await page.fill('#phone', '0574-00001234');
  await goOn(page, 'review');
  await page.getByRole('button', { name: '提交咨询' }).click();
  await page.getByRole('heading', { name: '咨询已登记' }).waitFor();
  expect([...odd, ...desk.oddities]).toEqual([]);
});

it('takes a complaint by an agent, whose power of attorney is seen before it is accepted', async () => {
  const { page, oddities: odd } = await visit(browser, '/', PHONE);
  await page.fill('#text', '替别人投诉');
  await goOn(page, 'you');
  await page.getByText('我是替别人投诉的').click();
  await page.fill('#agent-name', '测试代理人');
  await page.getByRole('button', { name: '下一步' }).click();
  expect(await page.locator('#agent-phone-error').innerText()).not.toBe('');
  await page.fill('#agent-phone', '0574-00007777');
  await page.check('input[name=agent-powers][value=special]');
  const { number, handledBy } = await file(page);
  const desk = await atDesk(officer(handledBy?.code ?? ''), number);
  await desk.page.getByRole('button', { name: '查看投诉人信息' }).click();
  await desk.page.getByText('测试代理人').waitFor();
  await desk.page.getByText('特别授权').first().waitFor();
  await desk.page.locator('[data-action=accept]').click();
  await desk.page.getByRole('button', { name: '确认受理' }).click();
  await desk.page.locator('#step-authoritySeen-error').filter({ hasText: '第十一条' }).waitFor();
  await desk.page.getByLabel('已核对授权委托书原件').check();
  await desk.page.getByRole('button', { name: '确认受理' }).click();
  await desk.page.locator('[data-action=settle]').waitFor();
  expect([...odd, ...desk.oddities]).toEqual([]);
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

    await page.getByRole('button', { name: '再写一份' }).click();
    expect(await page.inputValue('#text')).toBe('');
    await file(page, { text: '另外一件事' });
    expect(keys[2]).not.toBe(keys[0]);
    expect(oddities.filter((oddity) => !oddity.includes('ERR_FAILED'))).toEqual([]);
  });

  it('finds the draft again after the page was closed, in the other language too', async () => {
    const { page, context } = await visit(browser, '/', PHONE);
    await page.fill('#text', '写到一半');
    await goOn(page, 'you');
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
    const next = page.getByRole('button', { name: '下一步' });
    await next.click();
    const summary = page.getByRole('alert').filter({ hasText: '有 1 处需要修改' });
    await summary.waitFor();
    expect(await summary.evaluate((node) => node === document.activeElement)).toBe(true);
    await summary.getByRole('link').first().click();
    expect(await page.evaluate(() => document.activeElement?.id)).toBe('text');

    await page.fill('#text', '这是 <script>alert(1)</script> 内容');
    await page.locator('.open-all').click();
    await page.fill('#claimed', '很多');
    await goOn(page, 'ask');
    await next.click();
    expect(await page.locator('#claimed-error').innerText()).toContain('请填写金额');
    await page.fill('#claimed', '300元');
    await goOn(page, 'you');
    await next.click();
    await page.getByRole('alert').filter({ hasText: '有 2 处需要修改' }).waitFor();
    await page.fill('#name', '测试人');
    await page.fill('#phone', '不告诉你');
    await goOn(page, 'review');
    // What the service refuses is shown on the step where it stands, the first one first.
    await page.getByRole('button', { name: '提交投诉' }).click();
    await page.locator('#text-error:not(:empty)').waitFor();
    expect(await page.locator('#text-error').innerText()).toContain('含有网页代码');
    await page.fill('#text', '这是没有代码的内容');
    await goOn(page, 'review');
    await page.getByRole('button', { name: '提交投诉' }).click();
    await page.locator('#phone-error:not(:empty)').waitFor();
    expect(await page.locator('#phone-error').innerText()).toContain('可以联系到您的电话号码');
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
  await signIn(page, officer(handledBy?.code ?? ''));
  await openCase(page, number);
  expect(await page.locator('.detail p.words').first().innerText()).toBe(text);
  expect(await page.locator(`a.line[href="#${number}"]`).innerText()).toContain('&lt;b&gt;');
  // The pictures that there are the page drew itself, each with its name.
  expect(await page.locator('main svg:not([role=img][aria-label])').count()).toBe(0);
  expect(await page.locator(':is(.words, .line, .who) svg').count()).toBe(0);
  expect(oddities).toEqual([]);
});
