import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  begin,
  DISPATCHER,
  eventually,
  type Filed,
  faults,
  file,
  fillStep,
  head,
  listed,
  MANAGER,
  officer,
  openCase,
  PHONE,
  send,
  signIn,
  startBrowser,
  take,
  visit,
  type Written,
} from './browser.ts';

/* How dispatchers and officers work at the desk: keys, many at once, two on one case, what words rest on. */

let browser: Browser;
beforeAll(async () => {
  browser = await startBrowser();
});
afterAll(() => browser.close());

async function fileOne(changes: Written = {}): Promise<Filed> {
  const { page, context } = await visit(browser, '/');
  const filed = await file(page, changes);
  await context.close();
  return filed;
}

/** Two stations come into question: the system asks a person. */
const BETWEEN = { 'business-address': '宁波市古林镇与姜山镇交界处8号' };

async function atDesk(who: string, viewport?: { width: number; height: number }) {
  const visitor = await visit(browser, '/desk', viewport);
  await signIn(visitor.page, who);
  return visitor;
}

/** Moves down by keys until the line of this case has the focus. */
async function moveTo(page: Page, number: string): Promise<void> {
  const line = await listed(page, number);
  await page.locator('a.line').first().focus();
  await eventually(page, async () => {
    if (await line.evaluate((node) => node === document.activeElement)) return true;
    await page.keyboard.press('j');
    return false;
  });
}

const stateOf = (page: Page, number: string) =>
  page.locator(`li[data-number="${number}"] .tag.now`).innerText();

describe('a dispatcher', () => {
  it('confirms the station proposed without touching the mouse, and takes it back', async () => {
    const { number } = await fileOne(BETWEEN);
    const { page, oddities } = await atDesk(DISPATCHER);
    await moveTo(page, number);
    await page.keyboard.press('c');
    // The first proposal is ready: nothing is done before Enter.
    await page.locator('[data-confirm]:focus').waitFor();
    const station = await page.locator('[data-confirm]:focus').innerText();
    expect(await page.locator('.standing').innerText()).toContain('待人工分派');
    await page.keyboard.press('Enter');
    await page.getByText('已记录：分送').first().waitFor();
    expect(station).toContain('监督管理所');
    await page.locator('.undo-bar').getByText('已分送 1 件').waitFor();

    await page.locator('.detail .buttons .primary:focus').waitFor();
    await page.keyboard.press('u');
    await page.locator('.undo-bar').getByText('已撤销 1 件').waitFor();
    await page.locator('.standing').getByText('待人工分派').waitFor();
    expect(oddities).toEqual([]);
  });

  it('chooses another proposal by its number, and goes back by Esc', async () => {
    const { number } = await fileOne(BETWEEN);
    const { page, oddities } = await atDesk(DISPATCHER);
    await moveTo(page, number);
    await page.keyboard.press('Enter');
    await page.locator('.routing [data-confirm]').nth(1).waitFor();
    const codes = await page
      .locator('.routing [data-confirm]')
      .evaluateAll((buttons) => buttons.map((button) => (button as HTMLElement).dataset.confirm));
    await page.keyboard.press('2');
    expect(await page.locator('[data-confirm]:focus').getAttribute('data-confirm')).toBe(codes[1]);
    // Both stand in the sketch, told apart by more than colour.
    expect(await page.locator('.map-tile.proposal text').allTextContents()).toEqual(
      expect.arrayContaining([expect.stringMatching(/^1 /), expect.stringMatching(/^2 /)]),
    );
    await page.keyboard.press('Escape');
    await page.locator('.detail h2').waitFor({ state: 'detached' });
    expect(oddities).toEqual([]);
  });

  it('sees the map of keys, and can switch single keys off', async () => {
    const { page, oddities } = await atDesk(DISPATCHER);
    await page.locator('a.line').first().focus();
    await page.keyboard.press('?');
    const map = page.locator('dialog.keys-map[open]');
    await map.waitFor();
    expect(await map.innerText()).toContain('确认建议的单位');
    await page.getByLabel('使用单键快捷键').uncheck();
    await page.keyboard.press('Escape');
    await map.waitFor({ state: 'hidden' });
    await page.locator('a.line').first().focus();
    const before = await page.evaluate(() => (document.activeElement as HTMLAnchorElement).hash);
    await page.keyboard.press('j');
    expect(await page.evaluate(() => (document.activeElement as HTMLAnchorElement).hash)).toBe(before);
    await page.keyboard.press('ArrowDown');
    expect(await page.evaluate(() => document.activeElement?.matches('a.line'))).toBe(true);
    expect(oddities).toEqual([]);
  });

  it('hands out many at once and takes all of them back', async () => {
    const filed = [await fileOne(BETWEEN), await fileOne(BETWEEN)];
    const { page, oddities } = await atDesk(DISPATCHER);
    for (const { number } of filed) {
      await moveTo(page, number);
      await page.keyboard.press('x');
    }
    await page.locator('.bulk .chosen').getByText('已选 2 件').waitFor();
    await page.locator('#bulk-unit').selectOption('33020301');
    await page.locator('[data-bulk=distribute]').click();
    await page.locator('.undo-bar').getByText('已分送 2 件').waitFor();
    for (const { number } of filed)
      await page.locator(`a.line[href="#${number}"]`).waitFor({ state: 'detached' });
    await page.locator('.undo-bar').getByRole('button', { name: '撤销' }).click();
    await page.locator('.undo-bar').getByText('已撤销 2 件').waitFor();
    for (const { number } of filed) {
      await page.locator(`a.line[href="#${number}"]`).waitFor();
      expect(await stateOf(page, number)).toBe('待人工分派');
    }
    expect(oddities).toEqual([]);
  });

  it('keeps a filter under a name, and finds it again after signing in anew', async () => {
    const { number } = await fileOne(BETWEEN);
    const { page, context } = await atDesk(DISPATCHER);
    const complaint = (at: Page) => at.locator(`a.line[href="#${number}"]`);
    await listed(page, number);
    await page.locator('.more-filters summary').click();
    await page.locator('#filter-kind').selectOption('inquiry');
    await complaint(page).waitFor({ state: 'detached' });
    await page.fill('#filter-name', '只看咨询');
    await page.locator('.save-filter button').click();
    await page.getByRole('button', { name: '只看咨询', exact: true }).waitFor();
    await context.close();

    const again = await atDesk(DISPATCHER);
    await again.page.locator('.saved-filter').getByRole('button', { name: '只看咨询', exact: true }).click();
    await complaint(again.page).waitFor({ state: 'detached' });
    expect(await again.page.inputValue('#filter-kind')).toBe('inquiry');
    await again.page.getByRole('button', { name: '全部' }).click();
    await complaint(again.page).waitFor();
    await again.page.getByRole('button', { name: '删除筛选：只看咨询' }).click();
    await again.page.locator('.saved-filter').waitFor({ state: 'detached' });
    expect(again.oddities).toEqual([]);
  });

  it('finds a case by its number and by its words', async () => {
    const { number } = await fileOne({
      ...BETWEEN,
      text: '买的示例陶瓷火锅底座第一次用就裂开，店家不肯退。',
    });
    const { page, oddities } = await atDesk(DISPATCHER);
    for (const words of [number, '陶瓷火锅底座']) {
      await eventually(page, async () => {
        await page.locator('#search').focus();
        await page.fill('#search', words);
        await page.keyboard.press('Enter');
        await page
          .locator('.status')
          .getByText(/找到 \d+ 件/)
          .waitFor();
        return page.locator(`a.line[href="#${number}"]`).isVisible();
      });
      await page.getByRole('button', { name: '回到清单' }).click();
      await page.locator('.filters').waitFor();
    }
    expect(oddities).toEqual([]);
  });

  it('splits a mixed message; who may not see the report learns nothing of it', async () => {
    const text =
      '在店里买的月饼吃了拉肚子，要求退款68元。另外举报这家店长期销售过期食品，还涂改生产日期，请你们查处。';
    const { number } = await fileOne({ ...BETWEEN, text });
    const { page, oddities } = await atDesk(DISPATCHER);
    await openCase(page, number);
    await begin(page, 'split-report');
    // What the business may read stands beside what it must not.
    expect(await page.locator('.stays').innerText()).toContain('留在投诉里的');
    await fillStep(page, { text: '长期销售过期食品，涂改生产日期。' });
    expect(await send(page, 'split-report')).toBe(200);
    await page.getByText('已记录：分出举报').first().waitFor();
    await take(page, 'distribute', { unit: '33020301' });

    // At the station the complaint says nothing of a report; the report itself is sealed from who is not on it.
    const station = await atDesk(officer('33020301'));
    await openCase(station.page, number);
    const shown = await station.page.locator('.detail').innerText();
    expect(shown).not.toContain('分出举报');
    const sealed = station.page.locator('li.item', { hasText: '举报，内容保密' });
    for (const line of await sealed.allInnerTexts()) expect(line).not.toMatch(/涂改|测试人|0574/);
    expect([...oddities, ...station.oddities]).toEqual([]);
  });
});

describe('two officers on one case', () => {
  it('see each other; the second is told why his step waits, and takes it when the first is done', async () => {
    const { number, handledBy } = await fileOne();
    const unit = handledBy?.code ?? '';
    const first = await atDesk(officer(unit));
    const second = await atDesk(head(unit));
    for (const { page } of [first, second]) await openCase(page, number);
    await begin(first.page, 'note');
    await begin(second.page, 'note');
    const told = second.page.locator('.working-on');
    await told.getByText('正在办理这件案件').waitFor();
    // By name, not by the id of an account.
    expect(await told.innerText()).toMatch(/示例承办人|示例/);
    expect(await told.innerText()).not.toContain('officer-');
    await fillStep(second.page, { text: '所长也想备注一句' });
    expect(await send(second.page, 'note')).toBe(409);
    await told.getByText('正在办理这件案件').waitFor();
    expect(await second.page.inputValue('#step-text')).toBe('所长也想备注一句');

    await fillStep(first.page, { text: '已联系商家' });
    const givenBack = first.page.waitForResponse((response) => response.request().method() === 'DELETE');
    expect(await send(first.page, 'note')).toBe(200);
    await first.page.getByText('已记录：备注').first().waitFor();
    await givenBack;
    // Nobody has it any more, and it has moved on: what was typed is still there, and what happened is said.
    expect(await send(second.page, 'note')).toBe(409);
    await second.page.getByText('已为您重新载入').waitFor();
    expect(await second.page.locator('.last-step').innerText()).toContain('备注');
    expect(await second.page.inputValue('#step-text')).toBe('所长也想备注一句');
    expect(await send(second.page, 'note')).toBe(200);
    expect([...first.oddities, ...second.oddities]).toEqual([]);
  });

  it('ask each other to look: the colleague finds it among what to see to today', async () => {
    const { number, handledBy } = await fileOne();
    const unit = handledBy?.code ?? '';
    const chief = await atDesk(head(unit));
    await openCase(chief.page, number);
    await take(chief.page, 'assign', { officer: `head-${unit}-1` });
    await take(chief.page, 'note', { text: '请看一下检测报告', mention: `officer-${unit}-1` });
    expect(await chief.page.locator('.steps').innerText()).toContain('请看一下检测报告');

    const colleague = await atDesk(officer(unit));
    const hint = colleague.page.locator('[data-hint=mentioned]');
    await hint.waitFor({ state: 'attached' });
    await colleague.page.locator('.hints summary').click();
    await hint.getByRole('link', { name: number }).click();
    await colleague.page.locator('.detail h2').filter({ hasText: number }).waitFor();
    await take(colleague.page, 'note', { text: '看过了，报告合格' });
    await colleague.page.reload();
    await colleague.page.locator('.lines li').first().waitFor();
    await colleague.page.waitForLoadState('networkidle');
    expect(await hint.locator(`text=${number}`).count()).toBe(0);
    expect([...chief.oddities, ...colleague.oddities]).toEqual([]);
  });
});

describe('a head', () => {
  it('gives a case to somebody by name, and takes that back', async () => {
    const { number, handledBy } = await fileOne();
    const unit = handledBy?.code ?? '';
    const { page, oddities } = await atDesk(head(unit));
    await openCase(page, number);
    await begin(page, 'assign');
    const names = await page.locator('#step-officer option').allInnerTexts();
    expect(names.some((name) => name.includes('示例'))).toBe(true);
    await fillStep(page, { officer: `officer-${unit}-1` });
    expect(await send(page, 'assign')).toBe(200);
    await page.locator('.undo-bar').getByText('指派承办人').waitFor();
    const people = page.locator('.detail section', { hasText: '谁在办' });
    expect(await people.last().innerText()).not.toContain('officer-');
    await page.locator('.undo-bar').getByRole('button', { name: '撤销' }).click();
    await page.locator('.undo-bar').getByText('已撤销').waitFor();
    expect(oddities).toEqual([]);
  });

  it('sees why a step is not possible, and the form before it is issued', async () => {
    const { number, handledBy } = await fileOne();
    const { page, oddities } = await atDesk(head(handledBy?.code ?? ''));
    await openCase(page, number);
    await page.locator('.not-allowed summary').click();
    expect(await page.locator('[data-not=settle]').innerText()).toMatch(/案件要在：.*调解/);
    expect(await page.locator('[data-not=supervise]').innerText()).toContain('局负责人');
    await begin(page, 'refuse');
    await page.locator('[data-preview=form-6]').click();
    await page.locator('.sheet').waitFor();
    expect(await page.locator('.sheet').innerText()).toContain('不予受理');
    const blanks = await page.locator('.sheet .blank').count();
    expect(blanks).toBeGreaterThan(0);
    // What is filled in stands in the form before anybody is sent it.
    await page.check('input[value="art16-3"]');
    await page.locator('[data-preview=form-6]').click();
    await page.locator('.sheet').getByText('〔三〕').waitFor();
    expect(oddities).toEqual([]);
  });
});

it('lights up the words that a field rests on', async () => {
  const { number, handledBy } = await fileOne({
    text: '11月3日花268元买了两盒月饼，打开一看发霉了，要求退款268元。',
    paid: '',
  });
  const { page, oddities } = await atDesk(officer(handledBy?.code ?? ''));
  await openCase(page, number);
  const paid = page.locator('.understood [data-field=paid]');
  await paid.focus();
  const lit = page.locator('mark.lit');
  expect((await lit.allInnerTexts()).join('')).toContain('268');
  await page.locator('.understood [data-field=problem]').hover();
  expect((await lit.allInnerTexts()).join('')).not.toContain('268');
  expect(oddities).toEqual([]);
});

it('shows the other cases of the business, and two of them side by side', async () => {
  const name = { 'business-name': '并排对照用的小店' };
  const one = await fileOne(name);
  const other = await fileOne({ ...name, text: '在店里买的毛巾掉色，店长不肯退款。' });
  const { page, oddities } = await atDesk(officer(one.handledBy?.code ?? ''));
  await openCase(page, other.number);
  await page.locator('.found-by-business summary').click();
  await page.locator(`[data-other="${one.number}"]`).getByRole('button', { name: '并排对照' }).click();
  const dialog = page.locator('dialog.compare[open]');
  await dialog.getByText('毛巾掉色').waitFor();
  expect(await dialog.locator('thead').innerText()).toContain(one.number);
  expect(await dialog.locator('tr.differs').count()).toBeGreaterThan(0);
  await page.getByLabel('同一经营者、同一争议，投诉人同意').check();
  await dialog.locator('[data-join]').click();
  await page.locator('.undo-bar').getByText('已并案').waitFor();
  await page.locator('.standing').getByText('已并案').waitFor();
  await page.locator('.undo-bar').getByRole('button', { name: '撤销' }).click();
  await page
    .locator('.undo-bar')
    .getByText('已撤销')
    .or(page.locator('.undo-bar').getByText('已并案'))
    .first()
    .waitFor();
  await page.locator('.standing').getByText('已分送').waitFor();
  expect(oddities).toEqual([]);
});

it('marks what came while the list was looked at, and does not move the line under the keys', async () => {
  const { page, oddities } = await atDesk(MANAGER);
  const line = page.locator('a.line').last();
  await line.focus();
  const before = await line.evaluate((node) => node.getBoundingClientRect().top);
  const hash = await line.getAttribute('href');
  const { number } = await fileOne();
  await eventually(page, async () => {
    await page.evaluate(() => document.dispatchEvent(new Event('visibilitychange')));
    await page.waitForTimeout(400);
    return page.locator(`li[data-number="${number}"] .tag.news`).isVisible();
  });
  expect(await page.evaluate(() => document.activeElement?.getAttribute('href'))).toBe(hash);
  const after = await page
    .locator(`a.line[href="${hash}"]`)
    .evaluate((node) => node.getBoundingClientRect().top);
  expect(Math.abs(after - before)).toBeLessThan(3);
  expect(oddities).toEqual([]);
});

it('works on an officer’s phone: cards, the case alone, every step in reach', async () => {
  const { number, handledBy } = await fileOne();
  const { page, oddities } = await atDesk(officer(handledBy?.code ?? ''), PHONE);
  await openCase(page, number);
  expect(await page.locator('.list').isVisible()).toBe(false);
  expect(await faults(page)).toEqual([]);
  await take(page, 'accept');
  expect(await faults(page)).toEqual([]);
  await page.getByRole('button', { name: '返回列表' }).click();
  await page.locator('a.line').first().waitFor();
  expect(await faults(page)).toEqual([]);
  expect(oddities).toEqual([]);
});
