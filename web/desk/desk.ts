import { call } from '../api/call.ts';
import { element } from '../components/dom.ts';
import { announce, frame, setTitle } from '../components/page.ts';
import type { Session } from '../components/sign-in.ts';
import { asWho, expiryNotice, startForStaff } from '../components/staff-page.ts';
import { COMMON, say } from '../components/texts.ts';
import { casePanel } from './case-panel.ts';
import { readColleagues } from './colleagues.ts';
import { DESK } from './desk.texts.ts';
import { deskKeys } from './desk-keys.ts';
import { hintsStrip } from './hints.ts';
import { incidentsPanel } from './incidents.ts';
import { keyMap } from './keys.ts';
import { type Undoable, undoBar } from './undo.ts';
import { heading, viewsOf } from './views.ts';
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
  const { notice: expired, show: showExpired } = expiryNotice();
  const { ask, askAgain, askFile } = asWho(session, showExpired);
  const [{ bureau, units }, colleagues] = await Promise.all([
    call('GET /units'),
    readColleagues(session, ask),
  ]);

  const undo = undoBar(() => {
    void refresh();
    const number = detail.openNumber();
    if (number !== undefined) void detail.open(number);
  });
  const done = (what: Undoable) => undo.offer(what);
  const list = workList(session, units, { ask, askAgain, colleagues, done });
  const detail = casePanel(session, units, { ask, askFile, list, colleagues, close, done });
  const incidents = incidentsPanel(session, ask, () => void list.refresh());
  const hints = hintsStrip(askAgain);
  const above = element('div', { class: 'above' }, hints.panel, incidents.panel);
  const columns = element('div', { class: 'columns' }, list.panel, detail.panel);
  // They stay as they are while a case is looked at: nothing typed gets lost.
  const views = viewsOf(session, bureau, { units, ask, colleagues, done });
  const keys = keyMap(deskKeys({ list, detail, undo, isList: () => !columns.hidden, close }), announce);
  const head = heading(session, units, Object.entries(views), keys.show);

  function close(): void {
    const number = detail.openNumber();
    history.pushState(null, '', location.pathname + location.search);
    openFromAddress();
    list.focus(number);
  }

  /** The case that is open stands after the # of the address: reloading and going back work as they should. */
  function openFromAddress(): void {
    const [opened = '', about] = decodeURIComponent(location.hash.slice(1)).split('/');
    const view = showView(opened);
    columns.hidden = view !== undefined;
    above.hidden = columns.hidden;
    head.mark(view === undefined ? '' : opened);
    const number = view === undefined ? opened : '';
    columns.classList.toggle('open', number !== '');
    document.body.classList.toggle('case-open', number !== '');
    if (number === '') detail.showNone();
    else void detail.open(number);
    view?.focus(about);
  }

  /** The view of this name, if there is one; the others step back. */
  function showView(name: string) {
    const all = Object.entries(views);
    for (const [known, { panel }] of all) panel.hidden = known !== name;
    return all.find(([known]) => known === name)?.[1];
  }

  async function refresh(): Promise<void> {
    await Promise.all([list.refresh(), incidents.refresh(), hints.refresh()]);
    detail.compareWithList();
  }

  main.replaceChildren(
    expired,
    head.panel,
    above,
    columns,
    ...Object.values(views).map(({ panel }) => panel),
    undo.panel,
  );
  document.body.classList.add('desk');
  addEventListener('hashchange', openFromAddress);
  const look = () => {
    if (session.expiresAt <= Date.now()) showExpired();
    else if (!document.hidden) void refresh();
  };
  setInterval(look, REFRESH_MS);
  // Who comes back to the page sees at once what happened meanwhile.
  document.addEventListener('visibilitychange', look);

  openFromAddress();
  await refresh();
  if (document.activeElement === document.body && matchMedia('(min-width: 60rem)').matches) list.focus();
}
