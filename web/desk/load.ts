import type { ListedUnit } from '../api/answers.ts';
import type { AnswerOf, Ask } from '../api/call.ts';
import { element } from '../components/dom.ts';
import { problemText } from '../components/problem-text.ts';
import { type Pair, say } from '../components/texts.ts';
import { unitSelect } from '../components/units.ts';
import type { Colleagues } from './colleagues.ts';
import { DESK } from './desk.texts.ts';
import type { DeskView } from './enter-case.ts';
import { REVIEW } from './review.texts.ts';
import { readView } from './review-list.ts';
import { caseLink } from './step-values.ts';
import { order, type Undoable } from './undo.ts';

type Load = AnswerOf<'GET /desk/load'>;
type Move = Load['rebalance']['moves'][number];

interface LoadContext {
  units: readonly ListedUnit[];
  /** The unit of the person. */
  own: string;
  ask: Ask;
  colleagues: Colleagues;
  done: (undo: Undoable) => void;
}

/** Who of a unit has how much, and what could be moved. */
export function loadView(context: LoadContext): DeskView {
  const { units, own, ask } = context;
  const select = unitSelect('load-unit', units, own, own);
  const view = readView(REVIEW.load, REVIEW.loadIntro, async (_, again) => {
    const found = await ask('GET /desk/load', { query: { unit: select.value } });
    return [
      officersTable(found, context),
      ...moves(REVIEW.rebalance, found.rebalance.moves, context, again),
      ...(found.rebalance.moves.length === 0 ? [element('p', { class: 'hint' }, say(REVIEW.balanced))] : []),
      ...found.handOver.flatMap((one) => moves(REVIEW.handOver, one.moves, context, again)),
    ];
  });
  select.addEventListener('change', () => view.focus());
  view.panel.prepend(
    element('div', { class: 'tools' }, element('label', { for: 'load-unit' }, say(DESK.unit)), select),
  );
  return view;
}

function officersTable({ officers, unassigned }: Load, { colleagues }: LoadContext): HTMLElement {
  const head = (words: Pair) => element('th', { scope: 'col' }, say(words));
  const cells = (numbers: readonly number[]) => numbers.map((one) => element('td', {}, String(one)));
  return element(
    'div',
    { class: 'table', role: 'region', tabindex: 0, 'aria-label': say(REVIEW.load) },
    element(
      'table',
      {},
      element(
        'thead',
        {},
        element(
          'tr',
          {},
          ...[REVIEW.officer, REVIEW.open, REVIEW.weight, REVIEW.overdue, REVIEW.today, REVIEW.tomorrow].map(
            head,
          ),
        ),
      ),
      element(
        'tbody',
        {},
        ...officers.map((one) =>
          element(
            'tr',
            {},
            element(
              'th',
              { scope: 'row' },
              colleagues.who(one.officer),
              one.absent && element('span', { class: 'tag paused' }, say(REVIEW.absent)),
            ),
            ...cells([one.cases, one.weight, one.overdue, one.dueToday, one.dueTomorrow]),
          ),
        ),
      ),
      element(
        'tfoot',
        {},
        element(
          'tr',
          {},
          element('th', { scope: 'row' }, say(REVIEW.unassigned)),
          ...cells([unassigned.cases, unassigned.weight]),
          element('td', { colspan: 3 }),
        ),
      ),
    ),
  );
}

/** Proposed moves, carried out together and taken back together. */
function moves(
  title: Pair,
  proposed: readonly Move[],
  { ask, colleagues, done }: LoadContext,
  again: () => void,
): HTMLElement[] {
  if (proposed.length === 0) return [];
  const problem = element('p', { class: 'error', role: 'alert' });
  const button = element(
    'button',
    { type: 'button', class: 'primary', 'data-move': 'all' },
    say(REVIEW.moveAll, { count: proposed.length }),
  );
  const send = async () => {
    button.disabled = true;
    try {
      // One order for each who gets something; the last one is what `u` takes back first.
      for (const to of new Set(proposed.map((move) => move.to))) {
        const own = proposed.filter((move) => move.to === to);
        done(await order(ask, 'assign', own, { officer: to }));
      }
      again();
    } catch (error) {
      problem.textContent = say(problemText(error));
    } finally {
      button.disabled = false;
    }
  };
  button.addEventListener('click', () => void send());
  return [
    element('h3', {}, say(title)),
    element(
      'ul',
      { class: 'moves' },
      ...proposed.map(({ number, from, to }) =>
        element(
          'li',
          {},
          caseLink(number),
          ' ',
          colleagues.who(from),
          element('span', { 'aria-hidden': 'true' }, ' → '),
          element('span', { class: 'unseen' }, say(REVIEW.to)),
          colleagues.who(to),
        ),
      ),
    ),
    button,
    problem,
  ];
}
