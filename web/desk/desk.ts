import { mayEnter, mayReadContacts, seesSealedFigures } from '../../shared/people/access.ts';
import { ROLES } from '../../shared/people/roles.ts';
import type { ListedUnit } from '../api/answers.ts';
import { type Ask, call } from '../api/call.ts';
import { element } from '../components/dom.ts';
import { chinese, frame, setTitle } from '../components/page.ts';
import { type Session, signOut } from '../components/sign-in.ts';
import { asWho, expiryNotice, startForStaff } from '../components/staff-page.ts';
import { COMMON, type Pair, say } from '../components/texts.ts';
import { casePanel } from './case-panel.ts';
import { CONTACTS } from './contacts.texts.ts';
import { contactsView } from './contacts.ts';
import { DESK } from './desk.texts.ts';
import { type DeskView, enterCaseView } from './enter-case.ts';
import { ENTRY } from './entry.texts.ts';
import { importCasesView } from './import-cases.ts';
import { incidentsPanel } from './incidents.ts';
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
void startForStaff(main, DESK.title, openDesk);

async function openDesk(session: Session): Promise<void> {
  main.replaceChildren(element('h1', {}, say(DESK.openCases)), element('p', {}, say(COMMON.loading)));
  const { bureau, units } = await call('GET /units');

  const { notice: expired, show: showExpired } = expiryNotice();
  const { ask, askFile } = asWho(session, showExpired);
  const list = workList(session, units, ask);
  const detail = casePanel(session, units, { ask, askFile, list, close });
  const incidents = incidentsPanel(session, ask, () => void list.refresh());
  const above = element('div', {}, incidents.panel);
  const columns = element('div', { class: 'columns' }, list.panel, detail.panel);
  // They stay as they are while a case is looked at: nothing typed gets lost.
  const views: Record<string, DeskView> = viewsOf(session, bureau, ask);
  const head = heading(session, units, Object.keys(views));

  function close(): void {
    const number = detail.openNumber();
    history.pushState(null, '', location.pathname + location.search);
    openFromAddress();
    list.focus(number);
  }

  /** The case that is open stands after the # of the address: reloading and going back work as they should. */
  function openFromAddress(): void {
    const opened = decodeURIComponent(location.hash.slice(1));
    const view = showView(opened);
    columns.hidden = view !== undefined;
    above.hidden = columns.hidden;
    head.mark(view === undefined ? '' : opened);
    const number = view === undefined ? opened : '';
    columns.classList.toggle('open', number !== '');
    if (number === '') detail.showNone();
    else void detail.open(number);
    view?.focus();
  }

  /** The view of this name, if there is one; the others step back. */
  function showView(name: string): DeskView | undefined {
    const all = Object.entries(views);
    for (const [known, { panel }] of all) panel.hidden = known !== name;
    return all.find(([known]) => known === name)?.[1];
  }

  async function refresh(): Promise<void> {
    await Promise.all([list.refresh(), incidents.refresh()]);
    detail.compareWithList();
  }

  main.replaceChildren(
    expired,
    head.panel,
    above,
    columns,
    ...Object.values(views).map(({ panel }) => panel),
  );
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

/** The views that this person has beside the list, by the name behind the # of the address. */
function viewsOf(session: Session, bureau: string, ask: Ask): Record<string, DeskView> {
  const enter = enterCaseView(ask);
  const contacts = contactsView(ask, ({ text, from }) => {
    location.hash = '#new';
    void enter.begin(text, from ?? '');
  });
  return {
    ...(mayEnter(session) ? { new: enter, import: importCasesView(ask) } : {}),
    ...(mayReadContacts(session, bureau) ? { contacts } : {}),
  };
}

const VIEWS: Readonly<Record<string, Pair>> = {
  '': ENTRY.cases,
  new: ENTRY.enter,
  import: ENTRY.import,
  contacts: CONTACTS.view,
};

/** Who is signed in, and the views of the desk this person has. */
function heading({ name, role, unit }: Session, units: readonly ListedUnit[], others: readonly string[]) {
  const title = element('h1', {}, say(DESK.openCases));
  const links = ['', ...others].map((view) =>
    element('a', { href: `#${view}`, 'data-view': view }, say(VIEWS[view] ?? DESK.openCases)),
  );
  const leads = seesSealedFigures({ role });
  const panel = element(
    'div',
    { class: 'desk-head' },
    title,
    (others.length > 0 || leads) &&
      element(
        'nav',
        { class: 'views', 'aria-label': say(ENTRY.views) },
        ...(others.length > 0 ? links : []),
        leads && element('a', { href: '/manager' }, say(COMMON.manager)),
      ),
    element(
      'p',
      { class: 'person' },
      chinese(name),
      ` · ${say(ROLES[role])} · `,
      chinese(units.find(({ code }) => code === unit)?.name ?? unit),
      element('button', { type: 'button', class: 'plain', onclick: () => void signOut() }, say(DESK.signOut)),
    ),
  );
  const mark = (view: string) => {
    title.textContent = say(VIEWS[view] ?? DESK.openCases);
    for (const link of links) {
      if (link.dataset.view === view) link.setAttribute('aria-current', 'page');
      else link.removeAttribute('aria-current');
    }
  };
  return { panel, mark };
}
