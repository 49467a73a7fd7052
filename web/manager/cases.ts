import { STATES } from '../../shared/case/life-cycle/states.ts';
import { COUNTER_DEFINITIONS, type Counter } from '../../shared/statistics/counters.ts';
import type { CasesBehind } from '../api/answers.ts';
import type { Ask } from '../api/call.ts';
import { element } from '../components/dom.ts';
import { shortDate } from '../components/format.ts';
import { announce } from '../components/page.ts';
import { problemText } from '../components/problem-text.ts';
import { language, type Pair, say } from '../components/texts.ts';
import { MANAGER } from './manager.texts.ts';
import { plainText } from './numbers.ts';

/** What is opened: a figure with its counters, or a class of it. */
export interface Opened {
  name: string;
  counters: readonly Counter[];
  only?: { by: 'subject' | 'problem'; value: string; name: string };
}

/** The cases behind a figure, in a dialog over the page: Escape closes it, and the focus goes back to the figure. */
export function casesDialog(ask: Ask, where: () => Record<string, string>) {
  const dialog = element('dialog', { class: 'behind', 'aria-labelledby': 'behind-title' });

  function open({ name, counters, only }: Opened): void {
    const counter = element(
      'select',
      { id: 'behind-counter' },
      ...counters.map((id) => element('option', { value: id }, say(COUNTER_DEFINITIONS[id]))),
    );
    const results = element('div', {});
    const show = () => {
      const query = {
        ...where(),
        counter: counter.value,
        ...(only === undefined ? {} : { by: only.by, value: only.value }),
      };
      results.replaceChildren(...linesOf(query, ask));
    };
    counter.addEventListener('change', show);
    dialog.replaceChildren(
      element('h2', { id: 'behind-title' }, say(MANAGER.behind, { name })),
      only === undefined ? '' : element('p', {}, say(MANAGER.only, { name: only.name })),
      element(
        'div',
        { class: 'tools', hidden: counters.length < 2 },
        element('label', { for: 'behind-counter' }, say(MANAGER.counter)),
        counter,
      ),
      results,
      element('button', { type: 'button', onclick: () => dialog.close() }, say(MANAGER.close)),
    );
    show();
    dialog.showModal();
  }

  return { dialog, open };
}

type Line = CasesBehind['lines'][number];

/** What a case adds to the figure. The ledger books it in steps: counted, taken back when its class is read, counted again. */
interface Part {
  sum: number;
  latest: Line;
}

/** As many as the API gives: what is booked back and forth should be on one page. */
const A_PAGE = '200';

/** Each case once, with what it adds to the figure; reads on page by page. */
function linesOf(query: Record<string, string> & { counter: string }, ask: Ask): HTMLElement[] {
  const list = element('ol', { class: 'behind-lines' });
  const status = element('p', { class: 'hint', role: 'status' });
  const more = element('button', { type: 'button', hidden: true }, say(MANAGER.more));
  const counter = query.counter as Counter;
  const parts = new Map<string, Part>();
  let next: string | undefined;
  let sealed = 0;

  async function load(): Promise<void> {
    more.hidden = true;
    try {
      // A page reaches over some weeks only; nobody wants to press a button for each week without a case.
      do {
        const parameters = { ...query, limit: A_PAGE, next };
        const page = await ask('GET /desk/figures/cases', { query: parameters });
        for (const line of page.lines) add(line);
        sealed += page.sealed;
        next = page.next;
      } while (next !== undefined && shown().length === 0);
      list.replaceChildren(...shown().map((part) => caseLine(part, counter)));
      status.textContent = statusText();
      announce(status.textContent);
    } catch (error) {
      status.textContent = say(problemText(error));
    }
    more.hidden = next === undefined;
  }

  function add(line: Line): void {
    const { sum, latest } = parts.get(line.number) ?? { sum: 0, latest: line };
    parts.set(line.number, { sum: sum + line.value, latest });
  }

  /** What was taken back for good is not in the figure. */
  const shown = () => [...parts.values()].filter(({ sum }) => sum !== 0);

  function statusText(): string {
    const found = shown();
    const total = found.reduce((sum, part) => sum + part.sum, 0);
    const isWhole = next === undefined && sealed === 0;
    return [
      found.length === 0 && sealed === 0 ? say(MANAGER.noCases) : say(MANAGER.shown, { count: found.length }),
      // The reader can see that the cases come to the figure.
      found.length > 0 && isWhole
        ? say(MANAGER.comesTo, { sum: plainText(total, COUNTER_DEFINITIONS[counter].unit) })
        : '',
      sealed > 0 ? say(MANAGER.sealed, { count: sealed }) : '',
    ].join(language() === 'zh' ? '' : ' ');
  }

  more.addEventListener('click', () => void load());
  void load();
  return [status, list, more];
}

function caseLine({ sum, latest }: Part, counter: Counter): HTMLElement {
  const { number, day, on, state } = latest;
  const { unit } = COUNTER_DEFINITIONS[counter];
  const named = (STATES as Readonly<Record<string, Pair>>)[state ?? ''];
  return element(
    'li',
    {},
    state === null ? number : element('a', { href: `/desk#${number}` }, number),
    ' ',
    element('span', { class: 'small' }, shortDate(day)),
    // One case is one case; a sum or a span is worth saying.
    (unit !== 'cases' || sum !== 1) && ` · ${plainText(sum, unit)}`,
    ' ',
    sum < 0 && element('span', { class: 'tag late' }, say(MANAGER.takenBack)),
    on !== day && element('small', {}, ` ${say(MANAGER.lateBooked, { date: shortDate(on) })} `),
    element('span', { class: 'tag' }, say(named ?? MANAGER.sealedState)),
  );
}
