import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  AUDITOR,
  begin,
  chineseChrome,
  DESKTOP,
  DISPATCHER,
  faults,
  file,
  fillStep,
  openCase,
  PHONE,
  problemAt,
  send,
  signIn,
  startBrowser,
  take,
  visit,
} from './browser.ts';

/** A shop whose place nobody can know from the words. */
const CAKES =
  '我昨天在开心果超市买了两盒月饼，花了268元，回家打开一看发霉了，孩子吃了半个就上吐下泻，送到医院挂水。找店长协商，店长拒绝退款。要求退款268元，赔偿1000元。';
/** Four cities have a 鼓楼区. */
const CARD = '我在鼓楼区的力动健身房办了年卡，交了3600元，昨天去发现已经关门，电话打不通，要求退款3600元。';

let browser: Browser;
let cakes: string;
let card: string;

beforeAll(async () => {
  browser = await startBrowser();
  const { page, context } = await visit(browser, '/');
  // All that is known stands in the words.
  const words = { 'business-name': '', 'business-address': '', request: '', paid: '', claimed: '' };
  ({ number: cakes } = await file(page, { ...words, text: CAKES }));
  await page.getByRole('button', { name: '再写一份' }).click();
  ({ number: card } = await file(page, { ...words, text: CARD }));
  await context.close();
});
afterAll(() => browser.close());

async function atDesk(who: string, number: string, path = '/desk', size = DESKTOP) {
  const visitor = await visit(browser, path, size);
  await signIn(visitor.page, who);
  await openCase(visitor.page, number);
  await visitor.page.locator('.understood').waitFor();
  return visitor;
}

/** What stands beside a name in the section of what was read. */
const read = (page: Page, name: string) =>
  page.locator('.understood dt', { hasText: name }).locator('xpath=following-sibling::dd').innerText();

describe('what the system read', () => {
  it('is shown with the case, and the words it rests on are marked in the complaint', async () => {
    const { page, context, oddities } = await atDesk(DISPATCHER, cakes);
    expect(await read(page, '性质')).toContain('投诉');
    expect(await read(page, '商品服务类别')).toContain('食品类');
    expect(await read(page, '文中的商家')).toContain('开心果超市');
    expect(await read(page, '消费金额')).toContain('268.00');
    expect(await read(page, '要求金额')).toContain('1,268.00');
    expect(await read(page, '诉求')).toBe('退款、赔偿');
    expect(await read(page, '还缺少')).toContain('被投诉人的地址');
    expect(await read(page, '可以先问')).toContain('请问这家店在哪里');
    expect(await page.locator('.understood .urgent').innerText()).toContain('疑似食物中毒');

    const complaint = page.locator('.detail p.words').first();
    expect(await complaint.innerText()).toBe(CAKES);
    const marked = await complaint.locator('mark').allInnerTexts();
    for (const words of ['开心果超市', '268元', '1000元', '上吐下泻'])
      expect(marked.join('')).toContain(words);
    // A field that has the focus lights up its own words and no others.
    await page.locator('.understood [data-field=respondent]').focus();
    expect((await complaint.locator('mark.lit').allInnerTexts()).join('')).toBe('开心果超市');
    expect(oddities).toEqual([]);
    await context.close();
  });

  it('is set right by a dispatcher, and says so from then on', async () => {
    const { page, context, oddities } = await atDesk(DISPATCHER, cakes);
    expect(await page.locator('.set-right').count()).toBe(0);
    await begin(page, 'correct-understanding');
    expect(await send(page, 'correct-understanding')).toBe(400);
    expect(await problemAt(page, 'problem')).toContain('请至少更正一项');
    await fillStep(page, { problem: '安全', division: '古林镇' });
    expect(await send(page, 'correct-understanding')).toBe(400);
    expect(await problemAt(page, 'division')).toContain('行政区划代码为 6、9 或 12 位数字');
    await fillStep(page, { subject: '烟酒和饮料类', division: '330203103' });
    expect(await send(page, 'correct-understanding')).toBe(200);
    await page.getByText('已记录：更正分类').first().waitFor();
    await page.locator('.set-right').first().waitFor();

    expect(await read(page, '问题类别')).toBe('安全 已人工更正');
    expect(await read(page, '商品服务类别')).toBe('烟酒和饮料类 已人工更正');
    expect(await read(page, '行政区划代码')).toBe('330203103 已人工更正');
    // The case itself stays where it was, and so does what nobody touched.
    expect(await page.locator('.standing').innerText()).toContain('待人工分派');
    expect(await page.locator('.set-right').count()).toBe(3);
    expect(await read(page, '文中的商家')).toContain('开心果超市');

    await take(page, 'correct-understanding', { subject: '食品类' });
    expect(await read(page, '商品服务类别')).toBe('食品类 已人工更正');
    expect(await read(page, '问题类别')).toBe('安全 已人工更正');
    expect(oddities).toEqual([]);
    await context.close();
  });

  it('is seen by an auditor, who sets nothing right', async () => {
    const { page, context } = await atDesk(AUDITOR, cakes);
    expect(await read(page, '文中的商家')).toContain('开心果超市');
    expect(await page.locator('[data-action="correct-understanding"]').count()).toBe(0);
    await context.close();
  });

  it.each([
    ['on a phone', PHONE],
    ['on a desktop', DESKTOP],
  ])('fits %s, with its form open', async (_, size) => {
    const { page, context } = await atDesk(DISPATCHER, card, '/desk', size);
    await begin(page, 'correct-understanding');
    expect(await faults(page)).toEqual([]);
    await context.close();
  });

  it('is English throughout on request, with every candidate of an ambiguous name', async () => {
    const { page, context, oddities } = await atDesk(DISPATCHER, card, '/desk?lang=en', PHONE);
    expect((await read(page, 'Division code')).replace(/ \D*$/, '').split(', ').sort()).toEqual([
      '320106',
      '320302',
      '350102',
      '410204',
    ]);
    expect(await read(page, 'Ask first')).toContain('in which city and district');
    await begin(page, 'correct-understanding');
    expect(await chineseChrome(page)).toEqual([]);
    expect(oddities).toEqual([]);
    await context.close();
  });
});
