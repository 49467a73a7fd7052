import { element } from '../components/dom.ts';
import { announce, frame, setTitle } from '../components/page.ts';
import type { Session } from '../components/sign-in.ts';
import { asWho, expiryNotice, personLine, startForStaff } from '../components/staff-page.ts';
import { COMMON, say } from '../components/texts.ts';
import { DESK } from '../desk/desk.texts.ts';
import { ADMINISTRATOR } from './administrator.texts.ts';
import { calendarView } from './calendar.ts';
import { campaignsView } from './campaigns.ts';
import { gapsView } from './gaps.ts';
import { healthView } from './health.ts';
import { notesView, taxonomiesView } from './looked-at.ts';
import { registerView } from './register.ts';
import { rulesView } from './rules.ts';
import { settingsView } from './settings.ts';
import { failed, type Signed } from './signed.ts';
import { usersView } from './users.ts';

const LOOK_MS = 20_000;

const main = frame(
  [
    { href: '/desk', text: DESK.title },
    { href: '/administrator', text: ADMINISTRATOR.title, current: true },
    { href: '/figures', text: COMMON.figures },
  ],
  'wide',
);
setTitle(say(ADMINISTRATOR.title));
void startForStaff(main, ADMINISTRATOR.title, openPage);

const VIEWS = {
  health: healthView,
  register: registerView,
  gaps: gapsView,
  rules: rulesView,
  settings: settingsView,
  campaigns: campaignsView,
  calendar: calendarView,
  users: usersView,
  taxonomies: taxonomiesView,
  notes: notesView,
} as const satisfies Record<string, (signed: Signed) => Promise<Node[]>>;
type View = keyof typeof VIEWS;
const NAMES = Object.keys(VIEWS) as View[];

async function openPage(session: Session): Promise<void> {
  const { notice: expired, show: showExpired } = expiryNotice();
  const signed: Signed = { session, ...asWho(session, showExpired), again: () => void show() };
  const links = NAMES.map((view) =>
    element('a', { href: `#${view}`, 'data-view': view }, say(ADMINISTRATOR[view])),
  );
  const results = element('section', { class: 'results administrator' });
  const viewNow = (): View => NAMES.find((view) => `#${view}` === location.hash) ?? 'health';
  let turn = 0;

  async function show(): Promise<void> {
    const view = viewNow();
    for (const link of links) {
      if (link.dataset.view === view) link.setAttribute('aria-current', 'page');
      else link.removeAttribute('aria-current');
    }
    turn += 1;
    const mine = turn;
    const heading = element('h2', {}, say(ADMINISTRATOR[view]));
    results.setAttribute('aria-busy', 'true');
    const shown = await VIEWS[view](signed).catch((error: unknown) => [failed(error)]);
    // A slow answer to an earlier choice must not replace the present one.
    if (mine !== turn) return;
    results.replaceChildren(heading, ...shown);
    results.removeAttribute('aria-busy');
    announce(say(ADMINISTRATOR[view]));
  }

  addEventListener('hashchange', () => void show());
  setInterval(() => {
    if (session.expiresAt <= Date.now()) showExpired();
  }, LOOK_MS);
  main.replaceChildren(
    expired,
    element(
      'div',
      { class: 'desk-head administrator-head' },
      element('h1', {}, say(ADMINISTRATOR.title)),
      element('nav', { class: 'views', 'aria-label': say(ADMINISTRATOR.views) }, ...links),
      personLine(session, session.unit),
    ),
    element('p', { class: 'intro' }, say(ADMINISTRATOR.intro)),
    results,
  );
  const isOurs = session.role === 'administrator' || session.role === 'auditor';
  if (isOurs) await show();
  else results.replaceChildren(element('p', { class: 'failure' }, say(ADMINISTRATOR.forbidden)));
}
