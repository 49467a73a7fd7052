import { readFileSync } from 'node:fs';
import type { Page } from 'playwright-core';
import { DISPATCHER, pages, signIn, startBrowser } from './browser.ts';

/*
 * node test/browser/screenshot.ts OUT.png   draws the README's picture from the running system
 * (HOTLINE_PAGES, by default the one of npm start):
 * the consumer's form on a phone, the desk of an officer, the figures of the month.
 */

const [out = 'docs/screenshot.png'] = process.argv.slice(2);
const browser = await startBrowser();
const shots: Buffer[] = [];

async function shoot(path: string, width: number, height: number, prepare?: (page: Page) => Promise<void>) {
  const context = await browser.newContext({
    viewport: { width, height },
    locale: 'zh-CN',
    timezoneId: 'Asia/Shanghai',
  });
  const page = await context.newPage();
  await page.goto(pages + path);
  await page.locator('h1').waitFor();
  await prepare?.(page);
  await page.waitForLoadState('networkidle');
  shots.push(await page.screenshot());
  await context.close();
}

await shoot('/', 390, 844, async (page) => {
  const words = '在宁波市海曙区古林镇中心路8号的店里买的牛奶已经过期三天，店长不肯退款。';
  await page.fill('#text', words);
  await page.locator('[data-mode=rows]').waitFor();
  await page.evaluate(() => window.scrollTo(0, 0));
});
await shoot('/desk', 1180, 844, async (page) => {
  await signIn(page, DISPATCHER);
  await page.locator('a.line').first().click();
  await page.locator('.detail h2').waitFor();
});
await shoot('/figures', 1180, 844);

const context = await browser.newContext({ viewport: { width: 1500, height: 620 }, deviceScaleFactor: 1.3 });
const page = await context.newPage();
const images = shots.map((shot) => `<img src="data:image/png;base64,${shot.toString('base64')}">`).join('');
await page.setContent(
  `<style>body{margin:0;padding:16px;display:flex;gap:16px;background:#dfe5ec}img{height:440px;border-radius:6px;box-shadow:0 2px 10px #0004}</style>${images}`,
);
await page.setViewportSize({ width: 1496, height: 472 });
await page.screenshot({ path: out });
await browser.close();
process.stdout.write(`${out}: ${readFileSync(out).length} bytes\n`);
