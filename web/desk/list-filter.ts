import { CHANNELS, KINDS } from '../../shared/case/case.ts';
import { STATES } from '../../shared/case/life-cycle.ts';
import type { ListFilter } from '../../shared/desk-work/list-filter.ts';
import type { FilterList, ListedUnit } from '../api/answers.ts';
import type { Ask } from '../api/call.ts';
import { element } from '../components/dom.ts';
import { announce } from '../components/page.ts';
import { problemText } from '../components/problem-text.ts';
import type { Session } from '../components/sign-in.ts';
import { type Pair, say } from '../components/texts.ts';
import type { Colleagues } from './colleagues.ts';
import { peopleSelect } from './person-choice.ts';
import { WORK } from './work.texts.ts';

/** What a list is narrowed down to, and to which unit it belongs. */
type Narrowed = Readonly<Partial<Record<keyof ListFilter, string>>>;

interface Quick {
  id: string;
  filter: Narrowed;
}

/** One press each; nothing but words that mean the same every day. */
const QUICK: readonly Quick[] = [
  { id: 'all', filter: {} },
  { id: 'overdue', filter: { dueUntil: 'overdue' } },
  { id: 'today', filter: { dueUntil: 'today' } },
  { id: 'tomorrow', filter: { dueFrom: 'tomorrow', dueUntil: 'tomorrow' } },
  { id: 'mine', filter: { officer: 'me' } },
  { id: 'nobody', filter: { unassigned: 'yes' } },
];

/** The filters above the list. */
export interface FilterBar {
  panel: HTMLElement;
  filter: () => Narrowed;
  focus: () => void;
}

export function filterBar(
  { role }: Session,
  units: readonly ListedUnit[],
  { ask, colleagues, changed }: { ask: Ask; colleagues: Colleagues; changed: () => void },
): FilterBar {
  let filter: Narrowed = {};
  const quick = QUICK.filter(({ id }) => id !== 'mine' || role === 'officer' || role === 'head');
  const chips = quick.map(({ id, filter: narrowed }) => {
    const words: Pair = WORK[`quick.${id}` as keyof typeof WORK];
    const chip = element('button', { type: 'button', class: 'chip', 'data-quick': id }, say(words));
    chip.addEventListener('click', () => set(narrowed));
    return { chip, narrowed };
  });
  const choices = {
    kind: choice('kind', KINDS),
    state: choice('state', STATES),
    channel: choice('channel', CHANNELS),
    officer: peopleSelect(
      'filter-officer',
      colleagues.everybody().filter(({ role: of }) => of === 'officer' || of === 'head'),
      { units },
    ),
  };
  choices.officer.options[0]?.replaceChildren(say(WORK.any));
  for (const [name, select] of Object.entries(choices)) {
    select.addEventListener('change', () => {
      const { [name as keyof Narrowed]: _, ...others } = filter;
      set(select.value === '' ? others : { ...others, [name]: select.value });
    });
  }
  const saved = savedFilters(ask, () => filter, set);
  const more = element(
    'details',
    { class: 'more-filters' },
    element('summary', {}, say(WORK.more)),
    element(
      'div',
      { class: 'filter-fields' },
      ...(['kind', 'state', 'channel', 'officer'] as const).map((name) =>
        element('div', {}, element('label', { for: `filter-${name}` }, say(WORK[name])), choices[name]),
      ),
    ),
    saved.form,
  );

  function set(narrowed: Narrowed): void {
    filter = narrowed;
    mark();
    changed();
  }
  function mark(): void {
    for (const { chip, narrowed } of chips) chip.setAttribute('aria-pressed', String(same(narrowed, filter)));
    for (const [name, select] of Object.entries(choices)) select.value = filter[name as keyof Narrowed] ?? '';
    saved.mark(filter);
  }
  mark();
  return {
    panel: element(
      'div',
      { class: 'filters' },
      element(
        'div',
        { class: 'chips', role: 'group', 'aria-label': say(WORK.quick) },
        ...chips.map(({ chip }) => chip),
        saved.chips,
      ),
      more,
    ),
    filter: () => filter,
    focus: () => chips[0]?.chip.focus(),
  };
}

const same = (one: Narrowed, other: Narrowed) =>
  Object.keys({ ...one, ...other }).every(
    (name) => one[name as keyof Narrowed] === other[name as keyof Narrowed],
  );

function choice(name: string, options: Readonly<Record<string, Pair>>): HTMLSelectElement {
  return element(
    'select',
    { id: `filter-${name}` },
    element('option', { value: '' }, say(WORK.any)),
    ...Object.entries(options).map(([value, words]) => element('option', { value }, say(words))),
  );
}

/** Filters that a person has given names, on every machine the same. */
function savedFilters(ask: Ask, present: () => Narrowed, use: (filter: Narrowed) => void) {
  let list: FilterList = { version: 0, filters: [] };
  let shown: Narrowed = {};
  const chips = element('span', { class: 'chips saved', role: 'group', 'aria-label': say(WORK.saved) });
  const name = element('input', { id: 'filter-name', type: 'text', maxlength: 30, autocomplete: 'off' });
  const problem = element('p', { class: 'error', role: 'alert' });
  const form = element(
    'form',
    { class: 'save-filter', novalidate: true },
    element('label', { for: 'filter-name' }, say(WORK.saveAs)),
    name,
    element('button', { type: 'submit' }, say(WORK.save)),
    problem,
  );
  const change = async (send: () => Promise<FilterList>, said: Pair, about: string) => {
    problem.textContent = '';
    try {
      list = await send();
      draw();
      announce(say(said, { name: about }));
    } catch (error) {
      problem.textContent = say(problemText(error));
      await load();
    }
  };
  form.addEventListener('submit', (event) => {
    event.preventDefault();
    const called = name.value.trim();
    if (called === '') {
      name.focus();
      return;
    }
    const body = {
      name: called,
      filter: present() as FilterList['filters'][number]['filter'],
      version: list.version,
    };
    void change(() => ask('POST /desk/filters', { body }), WORK.savedDone, called);
    name.value = '';
  });
  function draw(): void {
    chips.replaceChildren(
      ...list.filters.flatMap((one) => {
        const chip = element('button', { type: 'button', class: 'chip', lang: 'zh-CN' }, one.name);
        chip.addEventListener('click', () => use(one.filter));
        chip.setAttribute('aria-pressed', String(same(one.filter, shown)));
        const drop = element(
          'button',
          { type: 'button', class: 'chip drop' },
          element('span', { 'aria-hidden': 'true' }, '×'),
          element(
            'span',
            { class: 'unseen' },
            say(WORK.deleteSaved),
            element('span', { lang: 'zh-CN' }, one.name),
          ),
        );
        drop.addEventListener('click', () => {
          const asked = { path: { id: one.id }, query: { version: list.version } };
          void change(() => ask('DELETE /desk/filters/{id}', asked), WORK.deletedSaved, one.name);
        });
        return [element('span', { class: 'saved-filter' }, chip, drop)];
      }),
    );
  }
  async function load(): Promise<void> {
    list = await ask('GET /desk/filters').catch(() => list);
    draw();
  }
  void load();
  return {
    chips,
    form,
    mark(filter: Narrowed) {
      shown = filter;
      draw();
    },
  };
}
