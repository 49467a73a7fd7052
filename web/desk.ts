import { ACTIONS } from '../shared/complaint/life-cycle.ts';
import type { CaseDetail, CasePage, CaseSummary, Units } from './answers.ts';
import { ApiProblem, call, type Request, Unreachable } from './api.ts';
import { caseFacts, caseHistory } from './case-detail.ts';
import { caseLine, moveWithKeys } from './case-list.ts';
import { caseSteps } from './case-steps.ts';
import { DESK, ROLE_NAMES } from './desk.texts.ts';
import { element } from './dom.ts';
import { clockTime, timeLeft } from './format.ts';
import { legalDate } from './legal-date.ts';
import { announce, chinese, frame, setTitle } from './page.ts';
import {
  currentSession,
  dropSession,
  finishSignIn,
  type Session,
  SignInFailed,
  signOut,
  startSignIn,
} from './sign-in.ts';
import { keep, kept } from './storage.ts';
import { COMMON, type Pair, say } from './texts.ts';
import { unitSelect } from './units.ts';

const PAGE = 50;
const LARGEST_PAGE = 100;
const REFRESH_MS = 20_000;
const UNIT = 'desk-unit';

const main = frame(
  [
    { href: '/desk', text: DESK.title, current: true },
    { href: '/figures', text: COMMON.figures },
  ],
  'wide',
);
setTitle(say(DESK.title));
void start();

async function start(): Promise<void> {
  try {
    const session = (await finishSignIn()) ?? currentSession(Date.now());
    if (session === undefined) showSignIn();
    else await openDesk(session);
  } catch (error) {
    showSignIn(textOf(error));
  }
}

/** What to tell about an error that ends what was tried. */
function textOf(error: unknown): Pair {
  if (error instanceof SignInFailed) return error.text;
  if (error instanceof ApiProblem) return error.errors[0] ?? error.title;
  if (error instanceof Unreachable) return COMMON.unreachable;
  throw error;
}

function showSignIn(problem?: Pair): void {
  main.replaceChildren(
    element('h1', {}, say(DESK.title)),
    element('p', { class: 'intro' }, say(DESK.signInIntro)),
    problem === undefined ? '' : element('p', { class: 'failure', role: 'alert' }, say(problem)),
    signInButton(),
  );
}

function signInButton(): HTMLElement {
  const signIn = () => void startSignIn().catch((error: unknown) => showSignIn(textOf(error)));
  return element('button', { type: 'button', class: 'primary', onclick: signIn }, say(DESK.signIn));
}

async function openDesk(session: Session): Promise<void> {
  main.replaceChildren(element('h1', {}, say(DESK.openCases)), element('p', {}, say(COMMON.loading)));
  const { units } = await call<Units>('/units');
  const own = units.find(({ code }) => code === session.unit);

  let unit = (kept('sessionStorage', UNIT) as string | undefined) ?? session.unit;
  let cases: CaseSummary[] = [];
  let next: string | null = null;
  let asOf: Date | undefined;
  /** What is open now; answers about anything else that was open are too late. */
  let shown: { number: string; version: number } | undefined;

  const expiredBanner = element('div', { class: 'failure', role: 'alert', hidden: true });
  const status = element('p', { class: 'status' });
  const list = element('ul', { class: 'lines' });
  const more = element(
    'button',
    { type: 'button', hidden: true, onclick: () => void listMore() },
    say(DESK.more),
  );
  const listPanel = element('section', { class: 'list', tabindex: -1, 'aria-label': say(DESK.openCases) });
  const detail = element('section', { class: 'detail', tabindex: -1, 'aria-label': say(DESK.act) });
  const columns = element('div', { class: 'columns' }, listPanel, detail);

  async function ask<Answer>(path: string, request: Request = {}): Promise<Answer> {
    try {
      const headers = { ...request.headers, authorization: `Bearer ${session.token}` };
      return await call<Answer>(path, { ...request, headers });
    } catch (error) {
      if (error instanceof ApiProblem && error.status === 401) showExpired();
      throw error;
    }
  }

  function showExpired(): void {
    if (!expiredBanner.hidden) return;
    dropSession();
    expiredBanner.replaceChildren(element('p', {}, say(DESK.expired)), signInButton());
    expiredBanner.hidden = false;
  }

  async function page(limit: number, after: string | null): Promise<CasePage> {
    const query = new URLSearchParams({ unit, limit: String(limit), ...(after === null ? {} : { after }) });
    return ask<CasePage>(`/desk/cases?${query}`);
  }

  /** Reads as much of the list as is shown. */
  async function refresh(): Promise<void> {
    const asked = unit;
    const wanted = Math.max(PAGE, cases.length);
    const found: CaseSummary[] = [];
    let after: string | null = null;
    try {
      do {
        const answer: CasePage = await page(Math.min(LARGEST_PAGE, wanted - found.length), after);
        found.push(...answer.cases);
        after = answer.next;
      } while (after !== null && found.length < wanted);
    } catch (error) {
      if (asOf === undefined) list.replaceChildren(element('li', { class: 'empty' }, say(textOf(error))));
      else status.textContent = say(DESK.notUpdated, { time: clockTime(asOf) });
      return;
    }
    if (asked !== unit) return;
    const known = new Set(cases.map(({ number }) => number));
    const arrived = asOf === undefined ? 0 : found.filter(({ number }) => !known.has(number)).length;
    show(found, after);
    if (arrived > 0) announce(say(DESK.arrived, { count: arrived }));
    offerReload();
  }

  async function listMore(): Promise<void> {
    const before = cases.length;
    const answer = await page(PAGE, next).catch(() => undefined);
    if (answer === undefined) return;
    show([...cases, ...answer.cases], answer.next);
    list.querySelectorAll<HTMLElement>('a.line')[before]?.focus();
  }

  function show(found: CaseSummary[], after: string | null): void {
    cases = found;
    next = after;
    asOf = new Date();
    drawList();
  }

  function drawList(): void {
    const now = new Date();
    const lines = () => [...list.querySelectorAll<HTMLAnchorElement>('a.line')];
    const focused = lines().findIndex((line) => line === document.activeElement);
    const focusedHref = lines()[focused]?.hash;
    list.replaceChildren(...cases.map((found) => caseLine(found, found.number === shown?.number, now)));
    if (cases.length === 0) {
      const hint = own?.kind !== 'station' && unit === session.unit ? DESK.chooseStation : DESK.noneHint;
      list.append(
        element(
          'li',
          { class: 'empty' },
          element('p', {}, say(DESK.none)),
          element('p', { class: 'hint' }, say(hint)),
        ),
      );
    }
    if (focused >= 0) (lines().find(({ hash }) => hash === focusedHref) ?? lines()[focused])?.focus();

    more.hidden = next === null;
    const late = cases.filter(({ nextLegalDate: d }) => d && timeLeft(d.due, now).urgency === 'late').length;
    status.textContent = [
      say(next === null ? DESK.count : DESK.countMore, { count: cases.length }),
      late > 0 ? say(DESK.lateCount, { count: late }) : '',
      say(DESK.updated, { time: clockTime(asOf ?? now) }),
    ]
      .filter(Boolean)
      .join(' · ');
  }

  /** The open case was moved on by somebody else. What is being typed is not taken away: the person decides. */
  function offerReload(): void {
    const found = cases.find(({ number }) => number === shown?.number);
    if (found === undefined || shown === undefined || found.version === shown.version) return;
    if (detail.querySelector('.changed') !== null) return;
    const reload = () => void openCase(found.number);
    detail.prepend(
      element(
        'p',
        { class: 'notice changed', role: 'status' },
        say(DESK.changed),
        ' ',
        element('button', { type: 'button', onclick: reload }, say(DESK.reload)),
      ),
    );
  }

  async function openCase(number: string, notice?: Pair): Promise<void> {
    const opening = { number, version: 0 };
    shown = opening;
    drawOpen();
    detail.replaceChildren(backLink(), element('p', {}, say(COMMON.loading)));
    try {
      const found = await ask<CaseDetail>(`/desk/cases/${encodeURIComponent(number)}`);
      if (shown !== opening) return;
      shown = { number, version: found.version };
      drawCase(found, notice);
    } catch (error) {
      if (shown !== opening) return;
      const gone = error instanceof ApiProblem && error.status === 404;
      detail.replaceChildren(
        backLink(),
        element('p', { class: 'failure', role: 'alert' }, say(gone ? DESK.gone : textOf(error))),
      );
    }
  }

  function drawCase(found: CaseDetail, notice: Pair | undefined): void {
    const heading = element('h2', { tabindex: -1 }, say(DESK.caseNumber, { number: found.number }));
    const steps =
      found.actions.length > 0
        ? caseSteps(found, {
            units,
            ask,
            taken: (action, after) => afterStep(action, after),
            movedOn: () => {
              void openCase(found.number, DESK.movedOn);
              void refresh();
            },
          })
        : element('p', { class: 'hint' }, say(session.role === 'manager' ? DESK.readOnly : DESK.noActions));
    detail.replaceChildren(
      backLink(),
      notice === undefined ? '' : element('p', { class: 'notice', role: 'status' }, say(notice)),
      heading,
      ...caseFacts(found, new Date()),
      steps,
      caseHistory(found),
    );
    heading.focus({ preventScroll: true });
    detail.scrollTop = 0;
  }

  function afterStep(action: CaseSummary['actions'][number], after: CaseSummary): void {
    const index = cases.findIndex(({ number }) => number === after.number);
    const done: Pair = {
      zh: DESK.done.zh.replace('{action}', ACTIONS[action].zh),
      en: DESK.done.en.replace('{action}', ACTIONS[action].en),
    };
    if (after.actions.length > 0) {
      // The same person goes on with the case.
      void openCase(after.number, done);
      void refresh();
      return;
    }
    shown = { number: after.number, version: after.version };
    const goOn = element('div', { class: 'buttons' });
    detail.replaceChildren(
      element('h2', { tabindex: -1 }, say(done)),
      element('p', {}, `${say(DESK.caseNumber, { number: after.number })} · ${say(after.state)}`),
      ...(after.station === null ? [] : [element('p', {}, chinese(after.station.name))]),
      ...(after.nextLegalDate === null ? [] : [legalDate(after.nextLegalDate)]),
      goOn,
    );
    announce(say(done));
    void refresh().finally(() => {
      if (detail.contains(goOn)) offerNext(goOn, after.number, index);
    });
  }

  /** The case that followed in the list, ready to be opened with Enter. */
  function offerNext(place: HTMLElement, done: string, index: number): void {
    const others = cases.filter(({ number }) => number !== done);
    const following = others[Math.max(0, index)] ?? others[0];
    const button =
      following === undefined
        ? element('button', { type: 'button', class: 'primary', onclick: close }, say(DESK.backToList))
        : element('a', { class: 'button primary', href: `#${following.number}` }, say(DESK.next));
    place.replaceChildren(button);
    button.focus();
  }

  function close(): void {
    const number = shown?.number;
    history.pushState(null, '', location.pathname + location.search);
    showNone();
    const line = list.querySelector<HTMLElement>(`a[href="#${number}"]`) ?? list.querySelector('a');
    (line ?? listPanel).focus();
  }

  function showNone(): void {
    shown = undefined;
    drawOpen();
    detail.replaceChildren(element('p', { class: 'hint' }, say(DESK.pick)));
  }

  function drawOpen(): void {
    columns.classList.toggle('open', shown !== undefined);
    for (const line of list.querySelectorAll<HTMLAnchorElement>('a.line')) {
      if (line.hash === `#${shown?.number}`) line.setAttribute('aria-current', 'true');
      else line.removeAttribute('aria-current');
    }
  }

  function backLink(): HTMLElement {
    return element('button', { type: 'button', class: 'back', onclick: close }, say(DESK.back));
  }

  function openFromAddress(): void {
    const number = decodeURIComponent(location.hash.slice(1));
    if (number === '') showNone();
    else void openCase(number);
  }

  function tools(): Node[] {
    const refreshButton = element('button', { type: 'button' }, say(DESK.refresh));
    refreshButton.addEventListener(
      'click',
      () => void refresh().then(() => announce(status.textContent ?? '')),
    );
    if (own === undefined || own.kind === 'station') return [refreshButton];
    const select = unitSelect('unit', units, session.unit, unit);
    select.addEventListener('change', () => {
      unit = select.value;
      keep('sessionStorage', UNIT, unit);
      cases = [];
      asOf = undefined;
      list.replaceChildren(element('li', { class: 'empty' }, say(COMMON.loading)));
      void refresh();
    });
    return [element('label', { for: 'unit' }, say(DESK.unit)), select, refreshButton];
  }

  main.replaceChildren(
    expiredBanner,
    element(
      'div',
      { class: 'desk-head' },
      element('h1', {}, say(DESK.openCases)),
      element(
        'p',
        { class: 'person' },
        chinese(session.name),
        ` · ${say(ROLE_NAMES[session.role])} · `,
        chinese(own?.name ?? session.unit),
        element(
          'button',
          { type: 'button', class: 'plain', onclick: () => void signOut() },
          say(DESK.signOut),
        ),
      ),
    ),
    columns,
  );
  listPanel.append(
    element('div', { class: 'tools' }, ...tools()),
    status,
    element('p', { class: 'keys' }, say(DESK.keys, { next: 'J K ↑ ↓', open: 'Enter', close: 'Esc' })),
    list,
    more,
  );
  moveWithKeys(listPanel);
  main.addEventListener('keydown', (event) => {
    // While a Chinese word is being composed, Escape belongs to the input method.
    if (event.key === 'Escape' && !event.isComposing && shown !== undefined) close();
  });
  addEventListener('hashchange', openFromAddress);
  setInterval(() => {
    if (session.expiresAt <= Date.now()) showExpired();
    else if (!document.hidden) void refresh();
  }, REFRESH_MS);

  openFromAddress();
  await refresh();
  if (document.activeElement === document.body && matchMedia('(min-width: 60rem)').matches) {
    list.querySelector('a')?.focus();
  }
}
