import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { PAGES } from '../../infra/constructs/bundle-pages.ts';
import { PHONE, pages, startBrowser, visit } from './browser.ts';
import { compressedSize, FIRST_LOAD_BYTES } from './first-load.ts';

let browser: Browser;

beforeAll(async () => {
  browser = await startBrowser();
});
afterAll(() => browser.close());

/** Every page by its address, and the simulator, which is of this machine only. */
const ADDRESSES = [...PAGES.map(({ path }) => (path === 'index' ? '/' : `/${path}`)), '/simulator'];

describe.each(ADDRESSES)('%s as it is served', (address) => {
  it('comes with headers that let nothing of others in', async () => {
    const { headers } = await fetch(pages + address);
    const policy = new Map(
      (headers.get('content-security-policy') ?? '')
        .split('; ')
        .map((part) => [part.split(' ')[0], part.split(' ').slice(1)]),
    );
    expect(policy.get('default-src')).toEqual(["'none'"]);
    expect(policy.get('script-src')).toEqual(["'self'"]);
    expect(policy.get('style-src')).toEqual(["'self'"]);
    expect(policy.get('frame-ancestors')).toEqual(["'none'"]);
    expect(policy.get('base-uri')).toEqual(["'none'"]);
    expect(headers.get('content-security-policy')).not.toContain('unsafe');
    expect(headers.get('x-frame-options')).toBe('DENY');
    expect(headers.get('x-content-type-options')).toBe('nosniff');
    expect(headers.get('referrer-policy')).toBe('same-origin');
    expect(headers.get('strict-transport-security')).toMatch(/^max-age=31536000; includeSubDomains/);
    expect(headers.get('permissions-policy')).toContain('geolocation=()');
  });

  it('asks nobody else for anything, and is stopped at nothing', async () => {
    const { page, oddities, context } = await visit(browser, address, PHONE);
    await page.waitForLoadState('networkidle').catch(() => undefined);
    expect(oddities).toEqual([]);
    await context.close();
  });
});

it('is light: all that the consumer’s page loads before somebody can type is within its budget', async () => {
  const context = await browser.newContext({ viewport: PHONE, locale: 'zh-CN' });
  const page = await context.newPage();
  const asked: string[] = [];
  page.on('request', (request) => asked.push(request.url()));
  await page.goto(pages);
  await page.locator('textarea').first().fill('牛');
  await page.waitForLoadState('networkidle');
  const sizes = await Promise.all(
    asked.map(async (url) => [new URL(url).pathname, await compressedSize(url)] as const),
  );
  const all = sizes.reduce((sum, [, size]) => sum + size, 0);
  expect(all, JSON.stringify(Object.fromEntries(sizes))).toBeLessThanOrEqual(FIRST_LOAD_BYTES);
  await context.close();
});
