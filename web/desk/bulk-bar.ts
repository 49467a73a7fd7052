import type { CaseSummary, ListedUnit } from '../api/answers.ts';
import type { Ask } from '../api/call.ts';
import { element } from '../components/dom.ts';
import { problemText } from '../components/problem-text.ts';
import { say } from '../components/texts.ts';
import type { Colleagues } from './colleagues.ts';
import { commonActions } from './common-actions.ts';
import { DESK } from './desk.texts.ts';
import { peopleSelect } from './person-choice.ts';
import { order, type Undoable } from './undo.ts';
import { WORK } from './work.texts.ts';

/** The bar under the list while cases are chosen. */
export function bulkBar(
  units: readonly ListedUnit[],
  {
    ask,
    colleagues,
    clear,
    done,
  }: { ask: Ask; colleagues: Colleagues; clear: () => void; done: (undo: Undoable) => void },
): { panel: HTMLElement; show: (cases: readonly CaseSummary[]) => void; focus: () => void } {
  const panel = element('section', {
    class: 'bulk',
    hidden: true,
    'aria-label': say(WORK.chosen, { count: '' }),
  });
  const problem = element('p', { class: 'error', role: 'alert' });
  let shownFor = '';

  function show(cases: readonly CaseSummary[]): void {
    panel.hidden = cases.length === 0;
    const actions = cases.length === 0 ? [] : commonActions(cases);
    // What is chosen in the fields stays while more cases are added.
    const key = JSON.stringify([actions, cases.map(({ number, version }) => [number, version])]);
    if (key === shownFor) return;
    const before = new Map(
      [...panel.querySelectorAll<HTMLSelectElement | HTMLInputElement>('select, input')].map((one) => [
        one.id,
        one.value,
      ]),
    );
    shownFor = key;
    panel.replaceChildren(
      element('b', { class: 'chosen' }, say(WORK.chosen, { count: cases.length })),
      ...(actions.length === 0 ? [element('p', { class: 'hint' }, say(WORK.nothingCommon))] : []),
      ...actions.map((action) => (action === 'assign' ? assigning(cases) : distributing(cases))),
      element('button', { type: 'button', class: 'plain', onclick: clear }, say(WORK.clear)),
      problem,
    );
    for (const [id, value] of before) {
      const control = panel.querySelector<HTMLSelectElement | HTMLInputElement>(`#${id}`);
      if (control !== null) control.value = value;
    }
  }

  async function send(
    action: 'assign' | 'distribute',
    cases: readonly CaseSummary[],
    sent: Readonly<Record<string, string>>,
    button: HTMLButtonElement,
  ): Promise<void> {
    problem.textContent = '';
    button.disabled = true;
    try {
      done(await order(ask, action, cases, sent));
    } catch (error) {
      problem.textContent = say(problemText(error));
    } finally {
      button.disabled = false;
    }
  }

  function row(
    action: 'assign' | 'distribute',
    cases: readonly CaseSummary[],
    control: HTMLSelectElement,
    name: string,
  ): HTMLElement {
    const count = cases.length;
    const button = element(
      'button',
      { type: 'submit', class: 'primary', 'data-bulk': action },
      say(WORK[action], { count }),
    );
    const form = element(
      'form',
      { class: 'bulk-step', novalidate: true },
      element('label', { for: control.id }, say(action === 'assign' ? WORK.assignTo : WORK.distributeTo)),
      control,
      button,
    );
    form.addEventListener('submit', (event) => {
      event.preventDefault();
      if (control.value === '') {
        problem.textContent = say(DESK.chooseOne);
        control.focus();
        return;
      }
      void send(action, cases, { [name]: control.value }, button);
    });
    return form;
  }

  const assigning = (cases: readonly CaseSummary[]) => {
    // Whoever is on all of their ways: staff of one unit, as a rule.
    const [first, ...others] = cases.map(({ unitPath, coUnits }) => [...unitPath, ...coUnits]);
    const common = (first ?? []).filter((code) => others.every((path) => path.includes(code)));
    const people = colleagues.of(common).filter(({ role }) => role === 'officer' || role === 'head');
    return row(
      'assign',
      cases,
      peopleSelect('bulk-officer', people, { units, first: common.at(-1) }),
      'officer',
    );
  };
  const distributing = (cases: readonly CaseSummary[]) =>
    row('distribute', cases, unitsSelect(units), 'unit');

  return { panel, show, focus: () => panel.querySelector<HTMLElement>('select')?.focus() };
}

/** Units below the bureau, stations under their counties. */
function unitsSelect(units: readonly ListedUnit[]): HTMLSelectElement {
  const counties = units.filter(
    ({ code, parent }) => parent !== undefined && units.some((one) => one.parent === code),
  );
  return element(
    'select',
    { id: 'bulk-unit', lang: 'zh-CN' },
    element('option', { value: '' }, ''),
    ...counties.map((county) =>
      element(
        'optgroup',
        { label: county.name },
        element('option', { value: county.code }, county.name),
        ...units
          .filter(({ parent }) => parent === county.code)
          .map(({ code, name }) => element('option', { value: code }, name)),
      ),
    ),
  );
}
