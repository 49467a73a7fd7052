import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  begin,
  chineseChrome,
  DESKTOP,
  DISPATCHER,
  type FormStep,
  faults,
  file,
  goOn,
  MANAGER,
  managerShown,
  officer,
  openCase,
  PHONE,
  pages,
  signIn,
  signInAt,
  startBrowser,
  type Visitor,
  visit,
} from './browser.ts';

let browser: Browser;
let filed: { number: string; unit: string };

beforeAll(async () => {
  browser = await startBrowser();
  const { page, context } = await visit(browser, '/');
  const { number, handledBy } = await file(page);
  filed = { number, unit: handledBy?.code ?? '' };
  await context.close();
});
afterAll(() => browser.close());

const TOLD = '在宁波市海曙区古林镇中心路8号买的水壶漏水，老板不肯退，要求退款。';

/** The consumer's form at a step. */
async function atStep(path: string, size: typeof PHONE, to: FormStep): Promise<Visitor> {
  const visitor = await visit(browser, path, size);
  await visitor.page.fill('#text', TOLD);
  await goOn(visitor.page, to);
  return visitor;
}

/** Every view there is, and how to get there. */
const VIEWS: Readonly<Record<string, (language: 'zh' | 'en', size: typeof PHONE) => Promise<Visitor>>> = {
  'the form': (language, size) => visit(browser, `/?lang=${language}`, size),
  'the form with errors': async (language, size) => {
    const visitor = await atStep(`/?lang=${language}`, size, 'you');
    await visitor.page.fill('#phone', '12');
    await visitor.page.locator('.step-nav [type=submit]').click();
    await visitor.page.locator('.problems:not([hidden])').waitFor();
    return visitor;
  },
  'what was understood': async (language, size) => {
    const visitor = await visit(browser, `/?lang=${language}`, size);
    await visitor.page.fill('#text', TOLD);
    await visitor.page.locator('[data-mode=rows]').waitFor();
    await visitor.page.locator('.examples summary').click();
    return visitor;
  },
  'a question': (language, size) => atStep(`/?lang=${language}`, size, 'ask'),
  'the last look': async (language, size) => {
    const visitor = await atStep(`/?lang=${language}`, size, 'you');
    await visitor.page.fill('#name', '测试人');
    await visitor.page.fill('#phone', '0574-00001234');
    await goOn(visitor.page, 'review');
    return visitor;
  },
  'the large version': async (language, size) => {
    const visitor = await visit(browser, `/?lang=${language}`, size);
    await visitor.page.locator('.elder-switch').click();
    await visitor.page.fill('#text', TOLD);
    await goOn(visitor.page, 'ask');
    expect(await faults(visitor.page)).toEqual([]);
    await goOn(visitor.page, 'you');
    return visitor;
  },
  'the receipt and the case': async (language, size) => {
    const visitor = await visit(browser, '/', size);
    await file(visitor.page);
    await visitor.page.goto(`${pages}/?lang=${language}`);
    await visitor.page.locator('#secret').waitFor();
    expect(await faults(visitor.page)).toEqual([]);
    if (language === 'en') expect(await chineseChrome(visitor.page)).toEqual([]);
    await visitor.page.goto(`${pages}/?lang=${language}#track`);
    await visitor.page.locator('.steps').waitFor();
    await visitor.page.locator('summary').first().click();
    await visitor.page.locator('.days').waitFor();
    return visitor;
  },
  'the form with everything unfolded': async (language, size) => {
    const visitor = await visit(browser, `/?lang=${language}`, size);
    await visitor.page.fill('#text', TOLD);
    await visitor.page.locator('.open-all').click();
    await visitor.page.check('#also-report');
    await visitor.page.fill('#report-text', TOLD);
    expect(await faults(visitor.page)).toEqual([]);
    if (language === 'en') expect(await chineseChrome(visitor.page)).toEqual([]);
    await goOn(visitor.page, 'you');
    await visitor.page.locator('#joint summary').click();
    await visitor.page.click('#joint-add');
    await visitor.page.locator('#agent summary').click();
    return visitor;
  },
  'the form for a report': async (language, size) => {
    const visitor = await visit(browser, `/?lang=${language}`, size);
    await visitor.page.check('input[name=kind][value=report]');
    return visitor;
  },
  'the form for tracking': (language, size) => visit(browser, `/?lang=${language}#track`, size),
  'the sign-in': (language, size) => visit(browser, `/desk?lang=${language}`, size),
  'the open data': async (language, size) => {
    const visitor = await visit(browser, `/open-data?lang=${language}`, size);
    await visitor.page.locator('.part-of-page').first().waitFor();
    return visitor;
  },
  'the figures': async (language, size) => {
    const visitor = await visit(browser, `/figures?lang=${language}`, size);
    await visitor.page.locator('.chart').waitFor();
    return visitor;
  },
  'an officer’s case with a step begun': async (language, size) => {
    const visitor = await visit(browser, `/desk?lang=${language}`, size);
    await signIn(visitor.page, officer(filed.unit));
    expect(await faults(visitor.page)).toEqual([]);
    if (language === 'en') expect(await chineseChrome(visitor.page)).toEqual([]);
    await openCase(visitor.page, filed.number);
    await begin(visitor.page, 'refuse');
    await visitor.page.locator('.more-steps').evaluate((node) => node.setAttribute('open', ''));
    await visitor.page.locator('.clocks summary').first().click();
    await visitor.page.locator('.days').first().waitFor();
    return visitor;
  },
  'the manager’s page': async (language, size) => {
    const visitor = await visit(browser, `/manager?lang=${language}`, size);
    await signInAt(visitor.page, MANAGER, '/manager');
    for (const view of ['trend', 'due', 'units', 'alarms', 'reports', 'glance']) {
      await visitor.page.locator(`[data-view=${view}]`).click();
      await visitor.page.locator(`[data-view=${view}][aria-current]`).waitFor();
      await managerShown(visitor.page);
      expect(await faults(visitor.page), view).toEqual([]);
      if (language === 'en') expect(await chineseChrome(visitor.page), view).toEqual([]);
    }
    return visitor;
  },
  'the dispatcher’s list': async (language, size) => {
    const visitor = await visit(browser, `/desk?lang=${language}`, size);
    await signIn(visitor.page, DISPATCHER);
    return visitor;
  },
};

/** A window of 1,280 pixels at 200 % (WCAG 1.4.4): nothing is cut off or scrolls sideways. */
async function faultsAtTwiceTheSize(page: Page): Promise<string[]> {
  await page.setViewportSize({ width: 640, height: 450 });
  return page.evaluate(() => {
    const { scrollWidth, clientWidth } = document.documentElement;
    const cut = [
      ...document.querySelectorAll<HTMLElement>(':is(button, a, label, th, h1, h2, h3):not(.unseen)'),
    ]
      .filter(
        (node) => getComputedStyle(node).overflowX === 'hidden' && node.scrollWidth > node.clientWidth + 1,
      )
      .map((node) => `cut off: ${node.outerHTML.slice(0, 80)}`);
    return scrollWidth > clientWidth ? [`scrolls sideways: ${scrollWidth} > ${clientWidth}`, ...cut] : cut;
  });
}

describe.each(Object.entries(VIEWS))('%s', (_, open) => {
  // Getting there takes longest: on the phone it is opened in English, and here made as narrow.
  it('has labels, one heading, targets to touch and no sideways scrolling, whatever the size', async () => {
    const { page, context, oddities } = await open('zh', DESKTOP);
    expect(await faults(page), 'on a desktop').toEqual([]);
    expect(await page.getAttribute('html', 'lang')).toBe('zh-CN');
    expect(await faultsAtTwiceTheSize(page), 'at twice the size').toEqual([]);
    await page.setViewportSize(PHONE);
    expect(await faults(page), 'on a phone').toEqual([]);
    expect(oddities).toEqual([]);
    await context.close();
  });

  it('is English throughout on request', async () => {
    const { page, context, oddities } = await open('en', PHONE);
    expect(await chineseChrome(page)).toEqual([]);
    expect(await faults(page)).toEqual([]);
    expect(await page.getAttribute('html', 'lang')).toBe('en');
    expect(oddities).toEqual([]);
    await context.close();
  });
});

it('remembers the language, and the switch keeps the place', async () => {
  const { page } = await visit(browser, '/#track', PHONE);
  await page.getByRole('link', { name: 'English' }).click();
  await page.getByRole('heading', { name: 'Track a case' }).waitFor();
  await page.goto(`${pages}/figures`);
  await page.getByRole('heading', { name: 'Figures', exact: true }).waitFor();
});

it('lets the keyboard skip to the content', async () => {
  const { page } = await visit(browser, '/#track', PHONE);
  await page.keyboard.press('Tab');
  await page.keyboard.press('Enter');
  expect(await page.evaluate(() => document.activeElement?.id)).toBe('main');
  expect(new URL(page.url()).hash).toBe('#track');
});

it('asks nobody else for anything and blocks nothing of its own', async () => {
  const response = await fetch(`${pages}/`);
  const policy = response.headers.get('content-security-policy') ?? '';
  expect(policy).toContain("default-src 'none'");
  expect(policy).not.toContain('unsafe');
});

it('serves the description of the API, linked from every page', async () => {
  const { page } = await visit(browser, '/');
  const link = page.getByRole('link', { name: '接口说明' });
  const response = await fetch(new URL((await link.getAttribute('href')) ?? '', pages));
  expect(response.headers.get('content-type')).toContain('application/json');
  expect(((await response.json()) as { openapi: string }).openapi).toMatch(/^3\.1/);
});
