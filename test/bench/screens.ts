import type { Browser, Page } from 'playwright-core';
import { findLocalSystem } from '../../infra/commands/connection.ts';
import { shanghaiDate } from '../../shared/dates.ts';
import {
  chooseUser,
  DESKTOP,
  DISPATCHER,
  MANAGER,
  MANAGER_VIEW,
  officer,
  startBrowser,
} from '../browser/browser.ts';
import { atMost, BUDGET_MS, overBudget } from './pages.ts';

const WARM_UPS = 2;
const DESK_LIST = '.lines li';

const YEAR = shanghaiDate(new Date()).slice(0, 4);

/** Who opens what, and what is there once it can be used. The first of each person is where he signs in. */
const SCREENS: readonly (readonly [name: string, who: string, path: string, there: string])[] = [
  ['dispatcher: list', DISPATCHER, '/desk', DESK_LIST],
  ['officer: list', officer('33020305'), '/desk', DESK_LIST],
  ['manager: month', MANAGER, '/manager', MANAGER_VIEW],
  ['manager: year', MANAGER, `/manager?year=${YEAR}`, MANAGER_VIEW],
  ['manager: trend', MANAGER, `/manager?year=${YEAR}#trend`, MANAGER_VIEW],
  ['manager: late soon', MANAGER, '/manager#due', MANAGER_VIEW],
  ['manager: units', MANAGER, '/manager#units', MANAGER_VIEW],
  ['manager: units, year', MANAGER, `/manager?year=${YEAR}#units`, MANAGER_VIEW],
  ['manager: warnings', MANAGER, '/manager#alarms', MANAGER_VIEW],
];

/**
 * Opens the lists and the dashboard in Chromium, signed in and with what the browser has kept, until what they show is
 * there, and until it is whole: of a running local system that `npm run load-cases` has filled.
 */
export async function screens(endpoints: string, runs: number) {
  const origin = new URL(findLocalSystem(endpoints).api).origin;
  const browser = await startBrowser();
  const people = new Map<string, Page>();
  const results: Record<string, { p50Ms: number; p95Ms: number; wholeP95Ms: number }> = {};
  try {
    for (const [name, who, path, there] of SCREENS) {
      const page = people.get(who) ?? (await signedIn(browser, origin + path, who, there));
      people.set(who, page);
      const usable: number[] = [];
      const whole: number[] = [];
      for (let run = -WARM_UPS; run < runs; run += 1) {
        await page.goto('about:blank');
        const began = performance.now();
        await page.goto(origin + path, { waitUntil: 'commit' });
        await page.locator(there).first().waitFor();
        if (run >= 0) usable.push(performance.now() - began);
        // What is filled in afterwards: how many are late already.
        await page.locator('[aria-busy]').waitFor({ state: 'detached' });
        if (run >= 0) whole.push(performance.now() - began);
      }
      const measured = {
        p50Ms: atMost(usable, 0.5),
        p95Ms: atMost(usable, 0.95),
        wholeP95Ms: atMost(whole, 0.95),
      };
      results[name] = measured;
      const told = Object.values(measured).map((ms) => String(ms).padStart(6));
      process.stderr.write(`${told.join(' ')} ms  ${name}\n`);
    }
  } finally {
    await browser.close();
  }
  return { budgetMs: BUDGET_MS, screens: results, slow: overBudget(results) };
}

async function signedIn(browser: Browser, address: string, who: string, there: string): Promise<Page> {
  const context = await browser.newContext({ viewport: DESKTOP, locale: 'zh-CN' });
  const page = await context.newPage();
  await page.goto(address);
  await chooseUser(page, who);
  await page.locator(there).first().waitFor();
  return page;
}
