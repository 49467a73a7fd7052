import {
  mayEnter,
  mayList,
  mayOnBusinesses,
  mayOnRules,
  mayReadContacts,
  mayShareOut,
  seesSealedFigures,
} from '../../shared/people/access.ts';
import { ROLES } from '../../shared/people/roles.ts';
import type { ListedUnit } from '../api/answers.ts';
import type { Ask } from '../api/call.ts';
import { element } from '../components/dom.ts';
import { chinese } from '../components/page.ts';
import { type Session, signOut } from '../components/sign-in.ts';
import { COMMON, type Pair, say } from '../components/texts.ts';
import { businessView, classesView, watchView } from './businesses.ts';
import type { Colleagues } from './colleagues.ts';
import { CONTACTS } from './contacts.texts.ts';
import { contactsView } from './contacts.ts';
import { DESK } from './desk.texts.ts';
import { type DeskView, enterCaseView } from './enter-case.ts';
import { ENTRY } from './entry.texts.ts';
import { importCasesView } from './import-cases.ts';
import { loadView } from './load.ts';
import { REVIEW } from './review.texts.ts';
import { rulesView } from './rules.ts';
import type { Undoable } from './undo.ts';
import { KEYS } from './work.texts.ts';

/** What the views beside the list need. */
export interface ViewsContext {
  units: readonly ListedUnit[];
  ask: Ask;
  colleagues: Colleagues;
  done: (undo: Undoable) => void;
}

/** A view with its name; one that is opened from elsewhere only stands in no menu. */
interface NamedView extends DeskView {
  name?: Pair;
}

/** The views that this person has beside the list, by the name behind the # of the address. */
export function viewsOf(
  session: Session,
  bureau: string,
  { ask, units, colleagues, done }: ViewsContext,
): Readonly<Record<string, NamedView>> {
  const enter = enterCaseView(ask);
  const contacts = contactsView(ask, ({ text, from }) => {
    location.hash = '#new';
    void enter.begin(text, from ?? '');
  });
  return {
    ...(mayEnter(session)
      ? { new: { ...enter, name: ENTRY.enter }, import: { ...importCasesView(ask), name: ENTRY.import } }
      : {}),
    ...(mayShareOut(session)
      ? {
          load: {
            ...loadView({ units, own: session.unit, ask, colleagues, done }),
            name: REVIEW.load,
          },
        }
      : {}),
    ...(mayOnRules('see', session, bureau) ? { rules: { ...rulesView(ask), name: REVIEW.rules } } : {}),
    ...(mayOnBusinesses('see', session, [session.unit])
      ? {
          classes: { ...classesView(ask), name: REVIEW.classes },
          watch: { ...watchView(ask, colleagues), name: REVIEW.watch },
        }
      : {}),
    ...(mayList(session) ? { business: businessView(ask, colleagues) } : {}),
    ...(mayReadContacts(session, bureau) ? { contacts: { ...contacts, name: CONTACTS.view } } : {}),
  };
}

/** Who is signed in, and the views of the desk this person has. */
export function heading(
  { name, role, unit }: Session,
  units: readonly ListedUnit[],
  views: readonly (readonly [string, NamedView])[],
  showKeys: () => void,
) {
  const title = element('h1', {}, say(DESK.openCases));
  const names: Readonly<Record<string, Pair | undefined>> = Object.fromEntries([
    ['', ENTRY.cases],
    ...views.map(([view, { name: called }]) => [view, called]),
  ]);
  const links = Object.entries(names).flatMap(([view, words]) =>
    words === undefined ? [] : [element('a', { href: `#${view}`, 'data-view': view }, say(words))],
  );
  const leads = seesSealedFigures({ role });
  const panel = element(
    'div',
    { class: 'desk-head' },
    title,
    (links.length > 1 || leads) &&
      element(
        'nav',
        { class: 'views', 'aria-label': say(ENTRY.views) },
        ...(links.length > 1 ? links : []),
        leads && element('a', { href: '/manager' }, say(COMMON.manager)),
      ),
    element(
      'p',
      { class: 'person' },
      chinese(name),
      ` · ${say(ROLES[role])} · `,
      chinese(units.find(({ code }) => code === unit)?.name ?? unit),
      element(
        'button',
        { type: 'button', class: 'plain', id: 'show-keys', onclick: showKeys },
        say(KEYS.show),
      ),
      element('button', { type: 'button', class: 'plain', onclick: () => void signOut() }, say(DESK.signOut)),
    ),
  );
  const mark = (view: string) => {
    title.textContent = say(names[view] ?? DESK.openCases);
    for (const link of links) {
      if (link.dataset.view === view) link.setAttribute('aria-current', 'page');
      else link.removeAttribute('aria-current');
    }
  };
  return { panel, mark };
}
