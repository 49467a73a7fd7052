import { call } from '../api/call.ts';
import { element } from '../components/dom.ts';
import { announce, chinese, frame, setTitle } from '../components/page.ts';
import { problemText } from '../components/problem-text.ts';
import type { Session } from '../components/sign-in.ts';
import { asWho, expiryNotice, personLine, startForStaff } from '../components/staff-page.ts';
import { COMMON, type Pair, say } from '../components/texts.ts';
import { unitSelect } from '../components/units.ts';
import { DESK } from '../desk/desk.texts.ts';
import { alarmsView } from './alarms.ts';
import { casesDialog } from './cases.ts';
import { dueAheadView } from './due-ahead.ts';
import { MANAGER } from './manager.texts.ts';
import { LENGTHS, periodName, periodSelects } from './period.ts';
import { reportsView } from './reports.ts';
import { glance } from './tiles.ts';
import { trendAndStructure } from './trend.ts';
import { unitsCompared } from './units.ts';

const LOOK_MS = 20_000;
const NARROWEST = 300;

const main = frame(
  [
    { href: '/desk', text: DESK.title },
    { href: '/manager', text: COMMON.manager, current: true },
    { href: '/figures', text: COMMON.figures },
  ],
  'wide',
);
setTitle(say(COMMON.manager));
void startForStaff(main, COMMON.manager, openPage);

const VIEWS = ['glance', 'trend', 'due', 'units', 'alarms', 'reports'] as const;
type View = (typeof VIEWS)[number];

/** Alarms are those of everybody's own unit, in a time of their own; what is due is due now; reports are asked for by their period. */
const IS_OF_UNIT: Readonly<Record<View, boolean>> = {
  glance: true,
  trend: true,
  due: true,
  units: true,
  alarms: false,
  reports: true,
};
const IS_OF_PERIOD: Readonly<Record<View, boolean>> = { ...IS_OF_UNIT, due: false, reports: false };

async function openPage(session: Session): Promise<void> {
  main.replaceChildren(element('h1', {}, say(COMMON.manager)), element('p', {}, say(COMMON.loading)));
  const { units } = await call('GET /units');
  const { notice: expired, show: showExpired } = expiryNotice();
  const { ask, askFile } = asWho(session, showExpired);

  const asked = new URLSearchParams(location.search);
  const unit = unitSelect('unit', units, session.unit, asked.get('unit') ?? session.unit);
  const kindAsked = LENGTHS.find((kind) => asked.has(kind));
  const period = periodSelects(
    kindAsked === undefined ? {} : { kind: kindAsked, value: asked.get(kindAsked) ?? '' },
  );
  const where = () => {
    const { kind, value } = period.chosen();
    return { unit: unit.value, [kind]: value };
  };
  const cases = casesDialog(ask, where);
  const links = VIEWS.map((view) =>
    element('a', { href: `#${view}`, 'data-view': view }, say(MANAGER[view])),
  );
  const choice = (name: Pair, control: HTMLElement) =>
    element('span', { class: 'choice-of' }, element('label', { for: control.id }, say(name)), control);
  const ofUnit = choice(MANAGER.unit, unit);
  const ofPeriod = [choice(MANAGER.length, period.kind), choice(MANAGER.period, period.which)];
  const tools = element(
    'div',
    { class: 'tools' },
    ofUnit,
    ...ofPeriod,
    element('button', { type: 'button', onclick: () => print() }, say(COMMON.print)),
  );
  const results = element('section', { class: 'results manager' });

  const viewNow = (): View => VIEWS.find((view) => `#${view}` === location.hash) ?? 'glance';
  const figures = () => ask('GET /desk/figures', { query: where() });
  /** What each view shows of the unit and period that are chosen. */
  const contents: Readonly<Record<View, () => Promise<Node[]>>> = {
    glance: async () => glance(await figures(), cases.open),
    trend: async () =>
      trendAndStructure(await figures(), () => Math.max(NARROWEST, results.clientWidth), cases.open),
    due: () => dueAheadView(unit.value, units, ask),
    units: () => unitsCompared(where(), units, ask),
    alarms: () => alarmsView(ask),
    reports: async () => reportsView(unit.value, { session, ask, askFile }),
  };

  async function show(): Promise<void> {
    const view = viewNow();
    for (const link of links) {
      if (link.dataset.view === view) link.setAttribute('aria-current', 'page');
      else link.removeAttribute('aria-current');
    }
    ofUnit.hidden = !IS_OF_UNIT[view];
    for (const one of ofPeriod) one.hidden = !IS_OF_PERIOD[view];
    const wanted = `${view} ${JSON.stringify(where())}`;
    results.dataset.asked = wanted;
    results.setAttribute('aria-busy', 'true');
    try {
      const shown = await contents[view]();
      // A slow answer to an earlier choice must not replace the present one.
      if (results.dataset.asked !== wanted) return;
      results.replaceChildren(heading(view), ...shown);
      announce(say(MANAGER[view]));
    } catch (error) {
      if (results.dataset.asked === wanted)
        results.replaceChildren(
          heading(view),
          failure(error, () => void show()),
        );
    } finally {
      if (results.dataset.asked === wanted) results.removeAttribute('aria-busy');
    }
  }

  function heading(view: View): HTMLElement {
    return element(
      'h2',
      {},
      say(MANAGER[view]),
      IS_OF_UNIT[view] && ' · ',
      IS_OF_UNIT[view] && chinese(unit.selectedOptions[0]?.textContent ?? ''),
      IS_OF_PERIOD[view] && ` · ${periodName(period.chosen().value)}`,
    );
  }

  const choose = () => {
    const address = new URL(location.href);
    for (const name of ['unit', ...LENGTHS]) address.searchParams.delete(name);
    for (const [name, value] of Object.entries(where())) address.searchParams.set(name, value);
    history.replaceState(null, '', address);
    void show();
  };
  for (const control of [unit, period.kind, period.which]) control.addEventListener('change', choose);
  addEventListener('hashchange', () => void show());
  setInterval(() => {
    if (session.expiresAt <= Date.now()) showExpired();
  }, LOOK_MS);

  main.replaceChildren(
    expired,
    element(
      'div',
      { class: 'desk-head manager-head' },
      element('h1', {}, say(COMMON.manager)),
      element('nav', { class: 'views', 'aria-label': say(MANAGER.views) }, ...links),
      personLine(session, chinese(units.find(({ code }) => code === session.unit)?.name ?? session.unit)),
    ),
    element('p', { class: 'intro' }, say(MANAGER.intro)),
    tools,
    results,
    cases.dialog,
  );
  await show();
}

function failure(error: unknown, retry: () => void): HTMLElement {
  return element(
    'div',
    { class: 'failure', role: 'alert' },
    element('p', {}, say(problemText(error))),
    element('button', { type: 'button', class: 'primary', onclick: retry }, say(COMMON.tryAgain)),
  );
}
