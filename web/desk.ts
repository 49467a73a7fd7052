import { ROLES } from '../shared/people/roles.ts';
import type { ListedUnit, Units } from './answers.ts';
import { ApiProblem, type Ask, type AskFile, call, callForFile, type Request } from './api.ts';
import { casePanel } from './case-panel.ts';
import { DESK } from './desk.texts.ts';
import { element } from './dom.ts';
import { chinese, frame, setTitle } from './page.ts';
import { problemText } from './problem-text.ts';
import { currentSession, dropSession, finishSignIn, type Session, signOut, startSignIn } from './sign-in.ts';
import { COMMON, type Pair, say } from './texts.ts';
import { workList } from './work-list.ts';

const REFRESH_MS = 20_000;

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
    showSignIn(problemText(error));
  }
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
  const signIn = () => void startSignIn().catch((error: unknown) => showSignIn(problemText(error)));
  return element('button', { type: 'button', class: 'primary', onclick: signIn }, say(DESK.signIn));
}

async function openDesk(session: Session): Promise<void> {
  main.replaceChildren(element('h1', {}, say(DESK.openCases)), element('p', {}, say(COMMON.loading)));
  const { units } = await call<Units>('/units');

  const expired = element('div', { class: 'failure', role: 'alert', hidden: true });
  const showExpired = () => {
    if (!expired.hidden) return;
    dropSession();
    expired.replaceChildren(element('p', {}, say(DESK.expired)), signInButton());
    expired.hidden = false;
  };
  const { ask, askFile } = asWho(session, showExpired);
  const list = workList(session, units, ask);
  const detail = casePanel(session, units, { ask, askFile, list, close });
  const columns = element('div', { class: 'columns' }, list.panel, detail.panel);

  function close(): void {
    const number = detail.openNumber();
    history.pushState(null, '', location.pathname + location.search);
    openFromAddress();
    list.focus(number);
  }

  /** The case that is open stands after the # of the address: reloading and going back work as they should. */
  function openFromAddress(): void {
    const number = decodeURIComponent(location.hash.slice(1));
    columns.classList.toggle('open', number !== '');
    if (number === '') detail.showNone();
    else void detail.open(number);
  }

  async function refresh(): Promise<void> {
    await list.refresh();
    detail.compareWithList();
  }

  main.replaceChildren(expired, heading(session, units), columns);
  main.addEventListener('keydown', (event) => {
    // While a Chinese word is being composed, Escape belongs to the input method.
    if (event.key === 'Escape' && !event.isComposing && detail.openNumber() !== undefined) close();
  });
  addEventListener('hashchange', openFromAddress);
  setInterval(() => {
    if (session.expiresAt <= Date.now()) showExpired();
    else if (!document.hidden) void refresh();
  }, REFRESH_MS);

  openFromAddress();
  await refresh();
  if (document.activeElement === document.body && matchMedia('(min-width: 60rem)').matches) list.focus();
}

/** Calls the API as this person; says so when the token is no longer taken. */
function asWho(session: Session, showExpired: () => void): { ask: Ask; askFile: AskFile } {
  const signed = async <Answer>(
    request: Request,
    send: (request: Request) => Promise<Answer>,
  ): Promise<Answer> => {
    try {
      const headers = { ...request.headers, authorization: `Bearer ${session.token}` };
      return await send({ ...request, headers });
    } catch (error) {
      if (error instanceof ApiProblem && error.status === 401) showExpired();
      throw error;
    }
  };
  return {
    ask: <Answer>(path: string, request: Request = {}) =>
      signed(request, (authorized) => call<Answer>(path, authorized)),
    askFile: (path) => signed({}, (authorized) => callForFile(path, authorized)),
  };
}

function heading({ name, role, unit }: Session, units: readonly ListedUnit[]): HTMLElement {
  return element(
    'div',
    { class: 'desk-head' },
    element('h1', {}, say(DESK.openCases)),
    element(
      'p',
      { class: 'person' },
      chinese(name),
      ` · ${say(ROLES[role])} · `,
      chinese(units.find(({ code }) => code === unit)?.name ?? unit),
      element('button', { type: 'button', class: 'plain', onclick: () => void signOut() }, say(DESK.signOut)),
    ),
  );
}
