import { shanghaiDate } from '../../shared/dates.ts';
import { maySearchPhones } from '../../shared/people/access.ts';
import type { CasePage, CaseSummary, ListedUnit, SearchAnswer } from '../api/answers.ts';
import type { Ask } from '../api/call.ts';
import { element } from '../components/dom.ts';
import { clockTime, timeLeft } from '../components/format.ts';
import { announce } from '../components/page.ts';
import { problemText } from '../components/problem-text.ts';
import type { Session } from '../components/sign-in.ts';
import { keep, kept } from '../components/storage.ts';
import { COMMON, say } from '../components/texts.ts';
import { unitSelect } from '../components/units.ts';
import { bulkBar } from './bulk-bar.ts';
import { caseLine } from './case-line.ts';
import type { Colleagues } from './colleagues.ts';
import { DESK } from './desk.texts.ts';
import { filterBar } from './list-filter.ts';
import { foundWords, searchForm } from './search.ts';
import type { Undoable } from './undo.ts';
import { WORK } from './work.texts.ts';

const PAGE = 50;
const LARGEST_PAGE = 100;
/** A narrow filter looks at many cases for a few: beyond this the person asks for more. */
const MOST_LOOKED = 1_000;

/** The list of open cases, the most urgent first; or what was looked for. */
export interface WorkList {
  panel: HTMLElement;
  refresh: () => Promise<void>;
  find: (number: string) => CaseSummary | undefined;
  positionOf: (number: string) => number;
  /** The case at this place when another one is left out. */
  at: (position: number, without: string) => CaseSummary | undefined;
  markOpen: (number: string | undefined) => void;
  focus: (number?: string) => void;
  /** The number of the line that has the focus. */
  focused: () => string | undefined;
  /** Moves the focus up or down, from the line that has it or from the case that is open. */
  move: (steps: number) => string | undefined;
  /** Chooses the line that has the focus, or not any more; false where there is none. */
  choose: () => boolean;
  focusSearch: () => void;
  focusFilter: () => void;
  /** Leaves what was looked for or chosen; false when there was neither. */
  back: () => boolean;
}

interface ListContext {
  ask: Ask;
  askAgain: Ask;
  colleagues: Colleagues;
  done: (undo: Undoable) => void;
}

/** Roles that hand out or give cases to people. */
const WORKS_ON_MANY: readonly string[] = ['dispatcher', 'head', 'manager'];

export function workList(session: Session, units: readonly ListedUnit[], context: ListContext): WorkList {
  const { ask, askAgain, colleagues } = context;
  const own = units.find(({ code }) => code === session.unit);
  const unitKey = `unit ${session.unit}`;
  const belowKey = `below ${session.unit} ${session.role}`;
  // A dispatcher works through what lies at the hub; everybody else above a station watches over all of it.
  let below = (kept('sessionStorage', belowKey) as boolean | undefined) ?? session.role !== 'dispatcher';
  let unit = (kept('sessionStorage', unitKey) as string | undefined) ?? session.unit;
  let cases: CaseSummary[] = [];
  let next: string | null = null;
  let looked = 0;
  let asOf: Date | undefined;
  let open: string | undefined;
  let searched: SearchAnswer | undefined;
  const chosen = new Set<string>();
  const news = new Map<string, 'new' | 'changed'>();
  const choosing = WORKS_ON_MANY.includes(session.role);

  const status = element('p', { class: 'status' });
  const list = element('ul', { class: 'lines' });
  const more = element(
    'button',
    { type: 'button', hidden: true, onclick: () => void listMore() },
    say(DESK.more),
  );
  const filters = filterBar(session, units, { ask, colleagues, changed: start });
  const search = searchForm(ask, maySearchPhones(session), (answer) => showFound(answer));
  const bulk = bulkBar(units, {
    ask,
    colleagues,
    clear: () => chooseNone(),
    done: (undo) => {
      chooseNone();
      context.done(undo);
      void refresh();
    },
  });
  const backToList = element(
    'button',
    { type: 'button', class: 'plain', hidden: true, onclick: () => void leaveSearch() },
    say(WORK.backToList),
  );
  const all = element('input', { type: 'checkbox', id: 'choose-all' });
  all.addEventListener('change', () => {
    for (const { number } of cases) chosen[all.checked ? 'add' : 'delete'](number);
    draw();
  });
  const panel = element(
    'section',
    { class: 'list', tabindex: -1, 'aria-label': say(DESK.openCases) },
    element('div', { class: 'tools' }, ...tools(), search.form),
    filters.panel,
    element('div', { class: 'status-line' }, status, backToList),
    head(),
    list,
    more,
    bulk.panel,
  );
  const lines = () => [...list.querySelectorAll<HTMLAnchorElement>('a.line')];
  list.addEventListener('keydown', (event) => {
    if (event.ctrlKey || event.altKey || event.metaKey) return;
    const steps: Readonly<Record<string, number>> = { ArrowDown: 1, ArrowUp: -1 };
    const step = steps[event.key];
    if (step === undefined) return;
    move(step);
    event.preventDefault();
  });

  /** The names of the columns, where there is room for columns. */
  function head(): HTMLElement {
    return element(
      'div',
      { class: 'line-head' },
      choosing &&
        element(
          'label',
          { class: 'choose', for: 'choose-all' },
          all,
          element('span', { class: 'unseen' }, say(WORK.chooseAll)),
        ),
      ...say(WORK.columns)
        .split('|')
        .map((words) => element('span', {}, words)),
    );
  }

  const asked = () => JSON.stringify([unit, below, filters.filter()]);

  async function page(limit: number, after: string | null): Promise<CasePage> {
    const query = {
      unit,
      ...filters.filter(),
      limit,
      below: below && hasBelow() ? 'all' : undefined,
      after: after ?? undefined,
    };
    return askAgain('GET /desk/cases', { query });
  }

  function hasBelow(): boolean {
    return units.some(({ parent }) => parent === unit);
  }

  /** Reads again as much of the list as is shown. */
  async function refresh(): Promise<void> {
    // What was looked for stays as it was found.
    if (searched !== undefined) return;
    const wanting = asked();
    const wanted = Math.max(PAGE, cases.length);
    const found: CaseSummary[] = [];
    let after: string | null = null;
    let seen = 0;
    try {
      do {
        const answer: CasePage = await page(Math.min(LARGEST_PAGE, wanted - found.length), after);
        found.push(...answer.cases);
        seen += answer.looked;
        after = answer.next;
      } while (after !== null && found.length < wanted && seen < MOST_LOOKED);
    } catch (error) {
      if (wanting === asked()) showOld(error);
      return;
    }
    if (wanting !== asked() || searched !== undefined) return;
    looked = seen;
    const arrived = noteNews(found);
    show(found, after);
    if (arrived > 0) announce(say(DESK.arrived, { count: arrived }));
  }

  /** What came or changed since the last look is marked until it is opened. */
  function noteNews(found: readonly CaseSummary[]): number {
    if (asOf === undefined) return 0;
    const known = new Map(cases.map(({ number, version }) => [number, version]));
    const arrived = found.filter(({ number }) => !known.has(number));
    for (const { number } of arrived) news.set(number, 'new');
    for (const { number, version } of found) {
      const before = known.get(number);
      if (before !== undefined && before < version && number !== open && !news.has(number)) {
        news.set(number, 'changed');
      }
    }
    return arrived.length;
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
    cases = found;
    next = after;
    asOf = new Date();
    draw();
  }

  function showFound(answer: SearchAnswer): void {
    searched = answer;
    show([...answer.cases], null);
    announce(foundWords(answer));
    lines()[0]?.focus();
  }

  async function leaveSearch(): Promise<void> {
    searched = undefined;
    cases = [];
    asOf = undefined;
    await refresh();
    lines()[0]?.focus();
  }

  /** Draws the lines anew, keeping those that say the same; what is under the eye stays where it is. */
  function draw(): void {
    const now = asOf ?? new Date();
    const anchor = steady();
    const top = anchor?.getBoundingClientRect().top;
    const before = new Map(
      [...list.querySelectorAll<HTMLElement>('li.item')].map((line) => [line.dataset.number ?? '', line]),
    );
    const focused = lines().findIndex((line) => line === document.activeElement);
    const items = cases.map((one) => {
      const said = JSON.stringify([
        one,
        one.number === open,
        news.get(one.number),
        chosen.has(one.number),
        shanghaiDate(now),
        unit,
      ]);
      const known = before.get(one.number);
      if (known?.dataset.said === said) return known;
      const line = caseLine(one, {
        now,
        colleagues,
        listed: searched === undefined ? unit : undefined,
        isOpen: one.number === open,
        news: news.get(one.number),
        choose: choosing
          ? { isChosen: chosen.has(one.number), change: (is) => choose(one.number, is) }
          : undefined,
      });
      line.dataset.said = said;
      return line;
    });
    const focusedNumber = focused < 0 ? undefined : lines()[focused]?.hash.slice(1);
    const focusedBox = document.activeElement?.id;
    list.replaceChildren(...(items.length === 0 ? [nothing()] : items));
    // The line under the keys stays; if it is gone, the one that took its place.
    if (focusedNumber !== undefined)
      (lineOf(focusedNumber) ?? lines()[focused])?.focus({ preventScroll: true });
    else if (focusedBox?.startsWith('choose-') === true) {
      document.getElementById(focusedBox)?.focus({ preventScroll: true });
    }
    const stays = anchor === undefined ? undefined : itemOf(anchor.dataset.number ?? '');
    if (top !== undefined && stays !== undefined) scrollBy(0, stays.getBoundingClientRect().top - top);

    more.hidden = next === null || searched !== undefined;
    backToList.hidden = searched === undefined;
    filters.panel.hidden = searched !== undefined;
    status.textContent = searched === undefined ? standing(now) : foundWords(searched);
    for (const number of chosen) if (!cases.some((one) => one.number === number)) chosen.delete(number);
    all.checked = cases.length > 0 && cases.every(({ number }) => chosen.has(number));
    bulk.show(cases.filter(({ number }) => chosen.has(number)));
  }

  /** The line that must not move: under the mouse, under the keys, or the first one in sight. */
  function steady(): HTMLElement | undefined {
    const items = [...list.querySelectorAll<HTMLElement>('li.item')];
    return (
      items.find((item) => item.matches(':hover')) ??
      items.find((item) => item.contains(document.activeElement)) ??
      items.find((item) => item.getBoundingClientRect().bottom > 0)
    );
  }

  const itemOf = (number: string) =>
    list.querySelector<HTMLElement>(`li.item[data-number="${number}"]`) ?? undefined;
  const lineOf = (number: string) => lines().find(({ hash }) => hash === `#${number}`);

  function nothing(): HTMLElement {
    const above = hasBelow() && !below;
    if (searched !== undefined) return element('li', { class: 'empty' }, say(WORK.nothingFound));
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
      Object.keys(filters.filter()).length === 0 ? '' : say(WORK.filtered, { looked }),
      say(DESK.updated, { time: clockTime(now) }),
    ];
    return parts.filter((part) => part !== '').join(' · ');
  }

  function choose(number: string, is: boolean): void {
    chosen[is ? 'add' : 'delete'](number);
    draw();
  }

  function chooseNone(): void {
    chosen.clear();
    draw();
  }

  /** Another list: nothing of the one before stays. */
  function start(): void {
    cases = [];
    asOf = undefined;
    searched = undefined;
    news.clear();
    chosen.clear();
    list.replaceChildren(element('li', { class: 'empty' }, say(COMMON.loading)));
    bulk.show([]);
    void refresh();
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
    select.addEventListener('change', () => {
      unit = select.value;
      boxLabel.hidden = !hasBelow();
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

  function move(steps: number): string | undefined {
    const shown = lines();
    const active = shown.findIndex((line) => line === document.activeElement);
    const from = active < 0 ? shown.findIndex(({ hash }) => hash === `#${open}`) : active;
    const to = from < 0 ? 0 : Math.max(0, Math.min(shown.length - 1, from + steps));
    const line = shown[to];
    line?.focus({ preventScroll: true });
    line?.scrollIntoView({ block: 'nearest' });
    return line?.hash.slice(1);
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
      if (number !== undefined) news.delete(number);
      if (asOf !== undefined) draw();
    },
    focus(number) {
      const line = (number === undefined ? undefined : lineOf(number)) ?? lines()[0] ?? panel;
      line.focus({ preventScroll: true });
      line.scrollIntoView({ block: 'nearest' });
    },
    focused: () =>
      lines()
        .find((line) => line === document.activeElement)
        ?.hash.slice(1),
    move,
    choose() {
      const number = lines()
        .find((line) => line === document.activeElement)
        ?.hash.slice(1);
      if (number === undefined || !choosing) return false;
      choose(number, !chosen.has(number));
      return true;
    },
    focusSearch: search.focus,
    focusFilter: filters.focus,
    back() {
      if (searched !== undefined) {
        void leaveSearch();
        return true;
      }
      if (chosen.size > 0) {
        chooseNone();
        return true;
      }
      return false;
    },
  };
}
