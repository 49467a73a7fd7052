import { findLocalSystem } from '../../infra/commands/connection.ts';
import { startBrowser } from '../browser/browser.ts';
import { compressedSize, FIRST_LOAD_BYTES } from '../browser/first-load.ts';

/** Until somebody can type: beyond this people on a slow phone believe that the page is broken. */
const BUDGET_MS = 3_000;
const RUNS = 5;
/** As Lighthouse has them for a slow phone: a processor four times slower, slow 4G. */
const SLOWER_CPU = 4;
const SLOW_4G = {
  offline: false,
  latency: 150,
  downloadThroughput: (1.6 * 1024 * 1024) / 8,
  uploadThroughput: (750 * 1024) / 8,
};

/**
 * Opens the consumer's page with an empty cache as a slow phone does: when its first field can be typed into, and how
 * much has come by then.
 */
export async function firstLoad(endpoints: string) {
  const origin = new URL(findLocalSystem(endpoints).api).origin;
  const browser = await startBrowser();
  const times: number[] = [];
  let bytes = 0;
  let requests: Record<string, number> = {};
  try {
    for (let run = 0; run < RUNS; run += 1) {
      const context = await browser.newContext({ viewport: { width: 360, height: 780 }, locale: 'zh-CN' });
      const page = await context.newPage();
      const devtools = await context.newCDPSession(page);
      await devtools.send('Network.enable');
      await devtools.send('Network.emulateNetworkConditions', SLOW_4G);
      await devtools.send('Emulation.setCPUThrottlingRate', { rate: SLOWER_CPU });
      const asked: string[] = [];
      page.on('request', (request) => asked.push(request.url()));
      const began = performance.now();
      await page.goto(origin, { waitUntil: 'commit' });
      const field = page.locator('textarea').first();
      await field.waitFor({ state: 'visible' });
      await field.fill('牛');
      times.push(performance.now() - began);
      const sizes = await Promise.all(asked.map(async (url) => [url, await compressedSize(url)] as const));
      requests = Object.fromEntries(sizes.map(([url, size]) => [new URL(url).pathname, size]));
      bytes = sizes.reduce((sum, [, size]) => sum + size, 0);
      await context.close();
    }
  } finally {
    await browser.close();
  }
  times.sort((a, b) => a - b);
  const medianMs = Math.round(times[Math.floor(RUNS / 2)] ?? 0);
  return {
    medianMs,
    slowestMs: Math.round(times.at(-1) ?? 0),
    budgetMs: BUDGET_MS,
    bytes,
    budgetBytes: FIRST_LOAD_BYTES,
    requests,
    overBudget: medianMs > BUDGET_MS || bytes > FIRST_LOAD_BYTES,
  };
}
