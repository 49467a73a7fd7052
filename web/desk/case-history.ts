import { ACTIONS } from '../../shared/case/actions.ts';
import type { CaseDetail, HistoryEvent, ListedUnit } from '../api/answers.ts';
import type { Ask } from '../api/call.ts';
import { element } from '../components/dom.ts';
import { eventForConsumer } from '../components/event-names.ts';
import { longDate, moment } from '../components/format.ts';
import { problemText } from '../components/problem-text.ts';
import { COMMON, type Pair, say } from '../components/texts.ts';
import { CASE } from './case.texts.ts';
import { actorName } from './case-money.ts';
import type { Colleagues } from './colleagues.ts';
import { DESK } from './desk.texts.ts';
import { actionOfEvent, stepValues } from './step-values.ts';

/** An event in the words of the action that wrote it. */
function nameOf(type: string): Pair {
  const action = actionOfEvent(type);
  return action === undefined ? eventForConsumer(type) : ACTIONS[action];
}

/** What was done, the newest first; older events are fetched page by page. */
export function caseHistory(
  { number, history, earlier, clocks }: CaseDetail,
  units: readonly ListedUnit[],
  colleagues: Colleagues,
  ask: Ask,
): HTMLElement {
  const list = element('ol', { class: 'steps' }, ...ahead(clocks));
  let before = earlier;
  const more = element('button', { type: 'button' }, say(DESK.earlier));
  const problem = element('p', { class: 'error', role: 'alert' });
  const add = (events: readonly HistoryEvent[]) => {
    const lines = events.map((event) => line(event, units, colleagues));
    list.append(...lines);
    more.hidden = before === null;
    return lines;
  };
  const load = async () => {
    if (before === null) return;
    problem.textContent = '';
    try {
      const page = await ask('GET /desk/cases/{number}/history', { path: { number }, query: { before } });
      before = page.earlier;
      add(page.history)[0]?.focus();
    } catch (error) {
      problem.textContent = say(problemText(error));
    }
  };
  more.addEventListener('click', () => void load());
  add([...history].reverse());
  return element('section', {}, element('h3', {}, say(DESK.history)), list, more, problem);
}

/** What the law still wants, the last date first: the line of time goes on upwards. */
function ahead(clocks: CaseDetail['clocks']): HTMLElement[] {
  return clocks
    .filter(({ running, paused }) => running && !paused)
    .sort((one, other) => (one.due < other.due ? 1 : -1))
    .map(({ due, duty }) =>
      element(
        'li',
        { class: 'ahead' },
        element('time', { datetime: due }, say(COMMON.dueBy, { date: longDate(due) })),
        element('span', {}, say(duty), ' ', element('small', {}, say(CASE.ahead))),
      ),
    );
}

function line(
  { type, at, actor, facts, words }: HistoryEvent,
  units: readonly ListedUnit[],
  colleagues: Colleagues,
): HTMLElement {
  const action = actionOfEvent(type);
  // What was proposed is shown as it will be taken.
  const proposed = type === 'proposed' ? (facts.action as typeof action) : undefined;
  return element(
    'li',
    { tabindex: -1 },
    element('time', { datetime: at }, moment(at)),
    element(
      'span',
      {},
      say(nameOf(type)),
      proposed !== undefined && `: ${say(ACTIONS[proposed])}`,
      ' ',
      element('small', {}, actorName(actor, colleagues)),
    ),
    stepValues(proposed ?? action, { ...facts, ...words }, units, colleagues),
  );
}
