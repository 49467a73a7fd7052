import type { CasePage, CaseSummary, ListedUnit } from '../api/answers.ts';
import type { Ask } from '../api/call.ts';
import { element } from '../components/dom.ts';
import { clockTime, shortDate, timeLeft } from '../components/format.ts';
import { announce, chinese } from '../components/page.ts';
import { problemText } from '../components/problem-text.ts';
import type { Session } from '../components/sign-in.ts';
import { keep, kept } from '../components/storage.ts';
import { COMMON, say } from '../components/texts.ts';
import { unitSelect } from '../components/units.ts';
import { badges } from './case-detail.ts';
import { DESK } from './desk.texts.ts';

const PAGE = 50;
const LARGEST_PAGE = 100;

/** The list of open cases, the most urgent first. */
export interface WorkList {
  panel: HTMLElement;
  refresh: () => Promise<void>;
  find: (number: string) => CaseSummary | undefined;
  positionOf: (number: string) => number;
  /** The case at this place when another one is left out. */
  at: (position: number, without: string) => CaseSummary | undefined;
  markOpen: (number: string | undefined) => void;
  focus: (number?: string) => void;
}

export function workList(session: Session, units: readonly ListedUnit[], ask: Ask): WorkList {
  const own = units.find(({ code }) => code === session.unit);
  const unitKey = `unit ${session.unit}`;
  const belowKey = `below ${session.unit} ${session.role}`;
  // A dispatcher works through what lies at the hub; everybody else above a station watches over all of it.
  let below = (kept('sessionStorage', belowKey) as boolean | undefined) ?? session.role !== 'dispatcher';
  let unit = (kept('sessionStorage', unitKey) as string | undefined) ?? session.unit;
  let cases: CaseSummary[] = [];
  let next: string | null = null;
  let asOf: Date | undefined;
  let open: string | undefined;

  const status = element('p', { class: 'status' });
  const list = element('ul', { class: 'lines' });
  const more = element(
    'button',
    { type: 'button', hidden: true, onclick: () => void listMore() },
    say(DESK.more),
  );
  const panel = element(
    'section',
    { class: 'list', tabindex: -1, 'aria-label': say(DESK.openCases) },
    element('div', { class: 'tools' }, ...tools()),
    status,
    element('p', { class: 'keys' }, say(DESK.keys, { next: 'J K ↑ ↓', open: 'Enter', close: 'Esc' })),
    list,
    more,
  );
  moveWithKeys(panel);
  const lines = () => [...list.querySelectorAll<HTMLAnchorElement>('a.line')];

  async function page(limit: number, after: string | null): Promise<CasePage> {
    const query = {
      unit,
      limit,
      below: below && hasBelow() ? 'all' : undefined,
      after: after ?? undefined,
    };
    return ask('GET /desk/cases', { query });
  }

  function hasBelow(): boolean {
    return units.some(({ parent }) => parent === unit);
  }

  /** Reads again as much of the list as is shown. */
  async function refresh(): Promise<void> {
    const asked = `${unit} ${below}`;
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
      if (asked === `${unit} ${below}`) showOld(error);
      return;
    }
    if (asked !== `${unit} ${below}`) return;
    const known = new Set(cases.map(({ number }) => number));
    const arrived = asOf === undefined ? 0 : found.filter(({ number }) => !known.has(number)).length;
    show(found, after);
    if (arrived > 0) announce(say(DESK.arrived, { count: arrived }));
  }

  function showOld(error: unknown): void {
    if (asOf === undefined) list.replaceChildren(element('li', { class: 'empty' }, say(problemText(error))));
    else status.textContent = say(DESK.notUpdated, { time: clockTime(asOf) });
  }

  async function listMore(): Promise<void> {
    const before = cases.length;
    const answer = await page(PAGE, next).catch(showOld);
    if (answer === undefined) return;
    show([...cases, ...answer.cases], answer.next);
    lines()[before]?.focus();
  }

  function show(found: CaseSummary[], after: string | null): void {
    const now = new Date();
    cases = found;
    next = after;
    asOf = now;
    const focused = lines().findIndex((line) => line === document.activeElement);
    const focusedHash = lines()[focused]?.hash;
    list.replaceChildren(...cases.map((one) => caseLine(one, one.number === open, now, unit)));
    if (cases.length === 0) list.append(nothing());
    // The line under the keys stays; if it is gone, the one that took its place.
    if (focused >= 0) (lines().find(({ hash }) => hash === focusedHash) ?? lines()[focused])?.focus();
    more.hidden = next === null;
    status.textContent = standing(now);
  }

  function nothing(): HTMLElement {
    const above = hasBelow() && !below;
    return element(
      'li',
      { class: 'empty' },
      element('p', {}, say(DESK.none)),
      element('p', { class: 'hint' }, say(above ? DESK.chooseStation : DESK.noneHint)),
    );
  }

  function standing(now: Date): string {
    const late = cases.filter(({ due }) => due !== null && timeLeft(due, now).urgency === 'late').length;
    const parts = [
      say(next === null ? DESK.count : DESK.countMore, { count: cases.length }),
      late > 0 ? say(DESK.lateCount, { count: late }) : '',
      say(DESK.updated, { time: clockTime(now) }),
    ];
    return parts.filter((part) => part !== '').join(' · ');
  }

  function tools(): Node[] {
    const again = () => void refresh().then(() => announce(status.textContent ?? ''));
    const refreshButton = element('button', { type: 'button', onclick: again }, say(DESK.refresh));
    if (own === undefined || own.kind === 'station') return [refreshButton];
    const select = unitSelect('unit', units, session.unit, unit);
    const box = element('input', { type: 'checkbox', id: 'below', checked: below });
    const boxLabel = element(
      'label',
      { class: 'choice', for: 'below' },
      box,
      element('span', {}, say(DESK.below)),
    );
    const start = () => {
      boxLabel.hidden = !hasBelow();
      cases = [];
      asOf = undefined;
      list.replaceChildren(element('li', { class: 'empty' }, say(COMMON.loading)));
      void refresh();
    };
    select.addEventListener('change', () => {
      unit = select.value;
      keep('sessionStorage', unitKey, unit);
      start();
    });
    box.addEventListener('change', () => {
      below = box.checked;
      keep('sessionStorage', belowKey, below);
      start();
    });
    boxLabel.hidden = !hasBelow();
    return [element('label', { for: 'unit' }, say(DESK.unit)), select, boxLabel, refreshButton];
  }

  return {
    panel,
    refresh,
    find: (number) => cases.find((one) => one.number === number),
    positionOf: (number) => cases.findIndex((one) => one.number === number),
    at(position, without) {
      const others = cases.filter(({ number }) => number !== without);
      return others[Math.max(0, position)] ?? others[0];
    },
    markOpen(number) {
      open = number;
      for (const line of lines()) {
        if (line.hash === `#${number}`) line.setAttribute('aria-current', 'true');
        else line.removeAttribute('aria-current');
      }
    },
    focus: (number) => (lines().find(({ hash }) => hash === `#${number}`) ?? lines()[0] ?? panel).focus(),
  };
}

/** One line of the list: how long there is, who it is about, what was written, where it stands. */
function caseLine(found: CaseSummary, isOpen: boolean, now: Date, listed: string): HTMLElement {
  const { number, business, excerpt, due, hubReason, state } = found;
  // Of a list over many units each line says where the case lies.
  const place = listed === found.unitPath.at(-1) ? undefined : found.unit?.name;
  const left = due === null ? undefined : timeLeft(due, now);
  return element(
    'li',
    {},
    element(
      'a',
      {
        href: `#${number}`,
        class: `line ${left?.urgency ?? ''}`,
        'aria-current': isOpen ? 'true' : undefined,
      },
      element(
        'span',
        { class: 'when' },
        left !== undefined && element('b', {}, left.text),
        due !== null && ` ${shortDate(due)}`,
        element(
          'span',
          { class: 'tags' },
          element('span', { class: 'tag now' }, say(state)),
          ...badges(found),
        ),
      ),
      !found.sealed &&
        (business.name === undefined
          ? element('span', { class: 'who missing' }, say(DESK.noBusiness))
          : chinese(business.name, 'who')),
      !found.sealed && chinese(excerpt, 'excerpt'),
      element(
        'span',
        { class: 'small' },
        number,
        place !== undefined && ' · ',
        place !== undefined && chinese(place),
        hubReason !== null && ` · ${say(hubReason)}`,
      ),
    ),
  );
}

/** Moves with the keys people know; only while the list has the focus, so that nothing typed is taken. */
function moveWithKeys(panel: HTMLElement): void {
  panel.addEventListener('keydown', (event) => {
    if (event.ctrlKey || event.altKey || event.metaKey || event.target instanceof HTMLSelectElement) return;
    const steps: Readonly<Record<string, number>> = { j: 1, ArrowDown: 1, k: -1, ArrowUp: -1 };
    const step = steps[event.key];
    if (step === undefined) return;
    const lines = [...panel.querySelectorAll<HTMLElement>('a.line')];
    const from = lines.findIndex((line) => line === document.activeElement);
    const to = from < 0 ? 0 : Math.max(0, Math.min(lines.length - 1, from + step));
    lines[to]?.focus();
    event.preventDefault();
  });
}
