import { shanghaiDate } from '../../shared/dates.ts';
import { together } from '../../shared/desk-work/due-ahead.ts';
import type { DueAhead, ListedUnit } from '../api/answers.ts';
import type { Ask } from '../api/call.ts';
import { element } from '../components/dom.ts';
import { longDate, shortDate } from '../components/format.ts';
import { chinese } from '../components/page.ts';
import { say } from '../components/texts.ts';
import { MANAGER } from './manager.texts.ts';

type Counts = DueAhead['units'][number];
const WHEN = ['overdue', 'today', 'nextWorkingDay', 'soon'] as const;
/** In place of what is late, until it is counted. */
const NOT_YET = '…';

/**
 * What is late and what will be, unit by unit, while something can still be done about it. What will be is shown first:
 * where much has been left lying, it takes longer to count what is late.
 */
export async function dueAheadView(unit: string, units: readonly ListedUnit[], ask: Ask): Promise<Node[]> {
  const part = (name: 'ahead' | 'late') => ask('GET /desk/due-ahead', { query: { unit, part: name } });
  const ahead = await part('ahead');
  const box = element('div', { 'aria-busy': 'true' }, ...shown(ahead, false, unit, units));
  const countLate = async () => {
    try {
      const all = together(ahead, await part('late'));
      box.replaceChildren(
        ...(all.units.length === 0
          ? [element('p', { class: 'card' }, say(MANAGER.nothingDue))]
          : shown(all, true, unit, units)),
      );
    } catch {
      box.prepend(element('p', { class: 'note', role: 'alert' }, say(MANAGER.lateUnknown)));
    }
    box.removeAttribute('aria-busy');
  };
  void countLate();
  return [box];
}

function shown(found: DueAhead, isLateKnown: boolean, unit: string, units: readonly ListedUnit[]): Node[] {
  const text = (when: (typeof WHEN)[number], count: number) =>
    when === 'overdue' && !isLateKnown ? NOT_YET : String(count);
  return [
    element('p', { class: 'hint' }, say(MANAGER.dueHint, { until: longDate(found.until) })),
    ...(found.complete ? [] : [element('p', { class: 'note' }, say(MANAGER.dueIncomplete))]),
    element('ul', { class: 'tiles manager-tiles due-tiles' }, ...WHEN.map((when) => tile(when, found, text))),
    element(
      'div',
      { class: 'table', role: 'region', tabindex: 0, 'aria-label': say(MANAGER.due) },
      element(
        'table',
        { class: 'due-table' },
        element(
          'thead',
          {},
          element(
            'tr',
            {},
            element('th', { scope: 'col' }, say(MANAGER.unit)),
            ...WHEN.map((when) => element('th', { scope: 'col' }, nameOf(when, found))),
          ),
        ),
        element('tbody', {}, ...found.units.map((row) => rowOf(row, unit, text))),
      ),
    ),
    element('h3', {}, say(MANAGER.mostUrgent)),
    element('ol', { class: 'behind-lines' }, ...found.first.map((one) => firstLine(one, units))),
  ];
}

function nameOf(when: (typeof WHEN)[number], { nextWorkingDay, until }: DueAhead): string {
  if (when === 'nextWorkingDay') return say(MANAGER.dueOn, { date: shortDate(nextWorkingDay) });
  return when === 'soon' ? say(MANAGER.dueUntil, { date: shortDate(until) }) : say(MANAGER[when]);
}

type Text = (when: (typeof WHEN)[number], count: number) => string;

function tile(when: (typeof WHEN)[number], found: DueAhead, text: Text): HTMLElement {
  const sum = found.units.reduce((soFar, row) => soFar + row[when], 0);
  return element(
    'li',
    { class: when === 'overdue' && sum > 0 ? 'tile late' : 'tile', 'data-due': when },
    element('p', { class: 'tile-name' }, nameOf(when, found)),
    element('b', { class: 'figure-value' }, text(when, sum)),
  );
}

function rowOf(row: Counts, unit: string, text: Text): HTMLElement {
  const open = new URLSearchParams(location.search);
  open.set('unit', row.code);
  return element(
    'tr',
    { 'data-unit': row.code },
    element(
      'th',
      { scope: 'row' },
      row.code === unit ? chinese(row.name) : element('a', { href: `?${open}#due` }, chinese(row.name)),
    ),
    ...WHEN.map((when) =>
      element(
        'td',
        { class: when === 'overdue' && row.overdue > 0 ? 'late' : undefined },
        text(when, row[when]),
      ),
    ),
  );
}

function firstLine(
  { number, due, unit }: DueAhead['first'][number],
  units: readonly ListedUnit[],
): HTMLElement {
  const late = due < shanghaiDate(new Date());
  return element(
    'li',
    {},
    element('a', { href: `/desk#${number}` }, number),
    ' ',
    element(
      'span',
      { class: late ? 'tag late' : 'tag' },
      say(late ? MANAGER.dueSince : MANAGER.dueOn, { date: shortDate(due) }),
    ),
    ' ',
    chinese(units.find(({ code }) => code === unit)?.name ?? unit),
  );
}
