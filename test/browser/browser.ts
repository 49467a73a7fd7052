import { randomInt } from 'node:crypto';
import axe from 'axe-core';
import { type Browser, type BrowserContext, chromium, type Locator, type Page } from 'playwright-core';

/** Address of the running system's pages; start-system.ts sets it. */
export const pages = process.env.HOTLINE_PAGES ?? 'http://127.0.0.1:8315';

export const PHONE = { width: 360, height: 780 };
export const DESKTOP = { width: 1440, height: 900 };

export function startBrowser(): Promise<Browser> {
  return chromium.launch({
    executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
    args: [
      '--no-sandbox',
      '--disable-gpu',
      '--disable-quic',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
    ],
  });
}

/** A person at a device of their own: nothing is shared with others, and everything odd is noted. */
export interface Visitor {
  page: Page;
  context: BrowserContext;
  /** Errors in the console (what the CSP blocks is one), uncaught exceptions, requests to third parties. */
  oddities: string[];
}

export async function visit(browser: Browser, path: string, viewport = DESKTOP): Promise<Visitor> {
  const context = await browser.newContext({ viewport, locale: 'zh-CN', timezoneId: 'Asia/Shanghai' });
  // However slow the machine: the test's own limit ends what never comes, and this says what it was.
  context.setDefaultTimeout(100_000);
  const page = await context.newPage();
  const visitor = { page, context, oddities: await watch(page) };
  await page.goto(pages + path);
  await page.locator('h1').waitFor();
  return visitor;
}

async function watch(page: Page): Promise<string[]> {
  const oddities: string[] = [];
  const settings = (await (await fetch(`${pages}/settings.json`)).json()) as { issuer: string };
  const issuer = new URL(settings.issuer).origin;
  // The storage of evidence, which the pages may put files to.
  const policy = (await fetch(pages)).headers.get('content-security-policy') ?? '';
  const storage = /connect-src ([^;]*)/.exec(policy)?.[1]?.split(' ') ?? [];
  const known = [new URL(pages).origin, issuer, ...storage];
  page.on('request', (request) => {
    const { protocol, origin } = new URL(request.url());
    if (protocol.startsWith('http') && !known.includes(origin)) oddities.push(`request to ${request.url()}`);
  });
  page.on('pageerror', (error) => oddities.push(`exception: ${error.message}`));
  page.on('console', (message) => {
    const { url } = message.location();
    // A refusal of the API is an answer, not an accident; the issuer's page is not ours.
    const expected = message.text().startsWith('Failed to load resource') && url.startsWith(`${pages}/api/`);
    if (message.type() === 'error' && !expected && !url.startsWith(issuer))
      oddities.push(`console: ${message.text()}`);
  });
  return oddities;
}

/** What a consumer writes; the same for everybody unless a test says otherwise. */
const COMPLAINT = {
  text: '在店里买的牛奶已经过期三天，孩子喝了拉肚子，店长不肯退款。',
  request: '退货款并赔偿',
  'business-name': '测试用的小店',
  'business-address': '宁波市海曙区古林镇中心路8号',
  paid: '68.50',
  claimed: '2,000',
  name: '测试人',
  phone: '0574-00001234',
} as const;

export type Written = Partial<Record<keyof typeof COMPLAINT, string>>;

/** The steps of the consumer's form. */
export type FormStep = 'tell' | 'ask' | 'you' | 'review';

const stepOf = (page: Page) => page.locator('form.filing').getAttribute('data-step');

/** Goes on to a step of the form, past what is asked on the way. */
export async function goOn(page: Page, to: FormStep): Promise<void> {
  for (let step = await stepOf(page); step !== to; step = await stepOf(page)) {
    const asked = await page.locator('.one-question').innerText();
    const skip = page.locator('.step-nav button').nth(1);
    await ((await skip.isVisible()) ? skip : page.locator('.step-nav [type=submit]')).click();
    await page.waitForFunction(
      ([before, question]) =>
        document.querySelector('form.filing')?.getAttribute('data-step') !== before ||
        document.querySelector<HTMLElement>('.one-question')?.innerText !== question,
      [step, asked] as const,
    );
  }
}

/** Goes back to the first step, as the link in the header does. */
async function backToWords(page: Page): Promise<void> {
  await page.evaluate(() => {
    location.hash = 'file';
  });
  await page.locator('form.filing[data-step=tell]').waitFor();
}

/** What somebody does beside writing, on the step where it belongs. */
type AtStep = Partial<Record<'tell' | 'you' | 'review', () => Promise<unknown>>>;

const PERSON = ['name', 'phone'];

async function write(page: Page, changes: Written, at: AtStep): Promise<void> {
  await backToWords(page);
  const { text, ...rest } = { ...COMPLAINT, ...changes };
  await page.fill('#text', text);
  const all = page.locator('.open-all');
  if (await all.isVisible()) await all.click();
  const fill = async (isWanted: (id: string) => boolean) => {
    for (const [id, value] of Object.entries(rest)) if (isWanted(id)) await page.fill(`#${id}`, value);
  };
  await fill((id) => !PERSON.includes(id));
  await at.tell?.();
  await goOn(page, 'you');
  await fill((id) => PERSON.includes(id));
  await at.you?.();
  await goOn(page, 'review');
  await at.review?.();
}

export interface Filed {
  number: string;
  secret: string;
  handledBy: { code: string; name: string } | null;
}

/** Files a complaint by hand and reads what the page then shows. */
export async function file(page: Page, changes: Written = {}, at: AtStep = {}): Promise<Filed> {
  // What the same person tells twice of one purchase is joined: here each is a purchase of its own.
  await write(page, { paid: `${randomInt(100, 1_000_000)}.50`, ...changes }, at);
  const answered = page.waitForResponse((response) => response.url().endsWith('/api/complaints'));
  await page.getByRole('button', { name: '提交投诉' }).click();
  const { handledBy } = (await (await answered).json()) as Filed;
  await page.getByRole('heading', { name: '投诉已登记' }).waitFor();
  const [number, secret] = await Promise.all([page.innerText('#number'), page.innerText('#secret')]);
  return { number, secret, handledBy };
}

/** Draws a screen for the README when it is asked for: `npm run screenshots`. */
export async function shoot(page: Page, name: string): Promise<void> {
  if (process.env.SCREENSHOTS === undefined) return;
  await page.evaluate(() => scrollTo(0, 0));
  // On a phone one scrolls.
  const fullPage = page.viewportSize()?.width === PHONE.width;
  await page.screenshot({ path: `${process.env.SCREENSHOTS}/${name}.png`, fullPage });
}

/** Lines of the local sign-in page: `officer('33020301')` is the first officer of that station. */
export const officer = (unit: string) => `Officer · ${unit}`;
export const head = (unit: string) => `head · ${unit}`;
export const MANAGER = 'Bureau manager · 330200';
export const AUDITOR = 'Auditor · 330200';
export const DISPATCHER = 'Dispatcher · 330200';

/** Goes to the local issuer and there takes the first user whose line holds this text. */
export async function chooseUser(page: Page, who: string): Promise<void> {
  await page.getByRole('button', { name: /^(登录|Sign in)$/ }).click();
  await page.getByRole('link').filter({ hasText: who }).first().click();
}

/** Signs in at the local issuer and comes back to the page that asked. */
export async function signInAt(page: Page, who: string, path: string): Promise<void> {
  await chooseUser(page, who);
  await page.waitForURL(`${pages}${path}**`);
}

/** The same at the desk, until its list is there. */
export async function signIn(page: Page, who: string): Promise<void> {
  await signInAt(page, who, '/desk');
  await page.locator('.lines li').first().waitFor();
}

/** A view of the manager that has come. */
export const MANAGER_VIEW = '.results:not([aria-busy]) h2';
export const managerShown = (page: Page) => page.locator(MANAGER_VIEW).waitFor();

/** The line of a case once it is in the list; the triage may still be at work. */
export async function listed(page: Page, number: string): Promise<Locator> {
  const line = page.locator(`a.line[href="#${number}"]`);
  await eventually(page, async () => {
    if (await line.isVisible()) return true;
    await page.getByRole('button', { name: /^(刷新|Refresh)$/ }).click();
    return false;
  });
  return line;
}

/** Opens a case of the list once it is there. */
export async function openCase(page: Page, number: string): Promise<void> {
  await (await listed(page, number)).click();
  await page.locator('.detail h2').filter({ hasText: number }).waitFor();
}

/** Opens the form of a step, under "More" if it is there. */
export async function begin(page: Page, action: string): Promise<void> {
  const button = page.locator(`[data-action="${action}"]`);
  await button.waitFor({ state: 'attached' });
  if (!(await button.isVisible())) await page.locator('.more-steps summary').click();
  await button.click();
  await page.locator(`form[data-step="${action}"]`).waitFor();
}

/** Fills the fields of the open step: texts and sums are typed, choices taken, boxes ticked with `true`. */
export async function fillStep(page: Page, fields: Record<string, string | true>): Promise<void> {
  for (const [name, value] of Object.entries(fields)) {
    const control = page.locator(`#step-${name}`);
    const kind = await control.evaluate((node) => (node.tagName === 'INPUT' ? 'input' : node.tagName));
    if (value === true) await control.check();
    else if (kind === 'FIELDSET') await page.check(`input[name="step-${name}"][value="${value}"]`);
    else if (kind === 'SELECT') await control.selectOption(value);
    else await control.fill(value);
  }
}

/** Sends the step that is open, and says yes when it asks once more. */
export async function send(page: Page, action: string): Promise<number> {
  const form = page.locator(`form[data-step="${action}"]`);
  // What the hub hands out goes as an order, so that it can be taken back.
  const answered = page.waitForResponse((response) =>
    [`/${action}`, '/desk/bulk'].some((end) => response.url().endsWith(end)),
  );
  await form.locator('button[type=submit]').click();
  const sure = form.locator('.question button.primary');
  if (await sure.isVisible()) await sure.click();
  const answer = await answered;
  if (!answer.url().endsWith('/desk/bulk')) return answer.status();
  const { done } = (await answer.json()) as { done: number };
  return done === 1 ? answer.status() : 409;
}

/** What stands beside a field of the step that was refused. */
export async function problemAt(page: Page, name: string): Promise<string> {
  const place = page.locator(`#step-${name}-error:not(:empty)`);
  await place.waitFor();
  return place.innerText();
}

/** A whole step by hand. */
export async function take(
  page: Page,
  action: string,
  fields: Record<string, string | true> = {},
): Promise<void> {
  await begin(page, action);
  await fillStep(page, fields);
  const status = await send(page, action);
  if (status !== 200)
    throw new Error(`${action}: ${status} ${await page.locator('.problems:not([hidden])').innerText()}`);
  await page
    .getByText(/^(已记录：|Recorded: )/)
    .first()
    .waitFor();
}

/** Looks again until the case has got to this state. */
export async function trackUntil(page: Page, state: string): Promise<void> {
  await page.locator('.steps').waitFor();
  await eventually(page, async () => {
    if ((await page.locator('h2.state').innerText()) === state) return true;
    await page.getByRole('button', { name: '刷新' }).click();
    await page.locator('.steps').waitFor();
    return false;
  });
}

/** Tries until it is so; the test's own time limit ends it. */
export async function eventually(page: Page, isSo: () => Promise<boolean>): Promise<void> {
  while (!(await isSo())) await page.waitForTimeout(250);
}

/** What is wrong with the page that a program can see: axe's rules of WCAG 2.2 AA and what it does not know. */
export async function faults(page: Page): Promise<string[]> {
  return [...(await oddParts(page)), ...(await violations(page))];
}

const WCAG_22_AA = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'];

/** What axe finds serious. */
async function violations(page: Page): Promise<string[]> {
  await page.evaluate(`${axe.source}; void 0`);
  const found = await page.evaluate<axe.AxeResults>(
    `axe.run(document, ${JSON.stringify({ runOnly: WCAG_22_AA, resultTypes: ['violations'] })})`,
  );
  return found.violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .flatMap(({ id, nodes }) => nodes.map(({ html }) => `${id}: ${html.slice(0, 120)}`));
}

/** Scope and wording follow the WCAG's basics. */
function oddParts(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const found: string[] = [];
    const name = (node: Element) => node.outerHTML.slice(0, 80);
    if (document.querySelectorAll('h1').length !== 1) found.push('not exactly one h1');
    if (!['zh-CN', 'en'].includes(document.documentElement.lang)) found.push('no language');
    if (document.title === '') found.push('no title');
    if (document.querySelectorAll('main').length !== 1) found.push('not exactly one main');
    const ids = [...document.querySelectorAll('[id]')].map(({ id }) => id);
    for (const id of ids.filter((one, index) => ids.indexOf(one) !== index)) found.push(`id twice: ${id}`);
    for (const control of document.querySelectorAll<HTMLInputElement>('input, select, textarea')) {
      if ([...(control.labels ?? [])].every((label) => (label.textContent ?? '').trim() === '')) {
        found.push(`no label: ${name(control)}`);
      }
    }
    for (const node of document.querySelectorAll('a, button')) {
      if ((node.textContent ?? '').trim() === '') found.push(`no name: ${name(node)}`);
    }
    for (const image of document.querySelectorAll('img:not([alt]), svg:not([aria-label])')) {
      found.push(`no alternative: ${name(image)}`);
    }
    for (const node of document.querySelectorAll('[aria-describedby], [aria-controls]')) {
      const wanted = [node.getAttribute('aria-describedby'), node.getAttribute('aria-controls')]
        .join(' ')
        .trim();
      for (const id of wanted.split(/\s+/)) if (!ids.includes(id)) found.push(`points to nothing: ${id}`);
    }
    for (const node of document.querySelectorAll<HTMLElement>(
      'button, .button, nav a, input:not([type=radio], [type=checkbox]), label.choice, summary, select',
    )) {
      const { width, height } = node.getBoundingClientRect();
      if (width > 0 && (height < 43.9 || width < 43.9)) found.push(`too small to touch: ${name(node)}`);
    }
    const { scrollWidth, clientWidth } = document.documentElement;
    if (scrollWidth > clientWidth) found.push(`scrolls sideways: ${scrollWidth} > ${clientWidth}`);
    return found;
  });
}

/** Chinese words outside of what is marked as Chinese: names, addresses and what people wrote. */
export function chineseChrome(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const han = /[\u3400-\u9fff\u3000-\u303f\uff00-\uffef]/;
    const found: string[] = [];
    const nodes = document.createTreeWalker(document.documentElement, NodeFilter.SHOW_TEXT);
    for (let node = nodes.nextNode(); node !== null; node = nodes.nextNode()) {
      const around = node.parentElement?.closest('[lang]');
      if (around?.getAttribute('lang') !== 'zh-CN' && han.test(node.textContent ?? ''))
        found.push(node.textContent ?? '');
    }
    for (const node of document.querySelectorAll('[aria-label], [alt], [placeholder], [title]')) {
      for (const attribute of ['aria-label', 'alt', 'placeholder', 'title']) {
        const text = node.getAttribute(attribute) ?? '';
        if (han.test(text)) found.push(text);
      }
    }
    return found;
  });
}
