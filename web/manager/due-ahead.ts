import { shanghaiDate } from '../../shared/dates.ts';
import type { DueAhead, ListedUnit } from '../api/answers.ts';
import type { Ask } from '../api/call.ts';
import { element } from '../components/dom.ts';
import { longDate, shortDate } from '../components/format.ts';
import { chinese } from '../components/page.ts';
import { say } from '../components/texts.ts';
import { MANAGER } from './manager.texts.ts';

type Counts = DueAhead['units'][number];
const WHEN = ['overdue', 'today', 'nextWorkingDay', 'soon'] as const;

/** What is late and what will be, unit by unit, while something can still be done about it. */
export async function dueAheadView(unit: string, units: readonly ListedUnit[], ask: Ask): Promise<Node[]> {
  const found = await ask('GET /desk/due-ahead', { query: { unit } });
  if (found.units.length === 0) return [element('p', { class: 'card' }, say(MANAGER.nothingDue))];
  const rows = [...found.units].sort((a, b) => b.overdue - a.overdue || total(b) - total(a));
  return [
    element('p', { class: 'hint' }, say(MANAGER.dueHint, { until: longDate(found.until) })),
    ...(found.complete ? [] : [element('p', { class: 'note' }, say(MANAGER.dueIncomplete))]),
    element('ul', { class: 'tiles manager-tiles due-tiles' }, ...WHEN.map((when) => tile(when, rows, found))),
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
        element('tbody', {}, ...rows.map((row) => rowOf(row, unit))),
      ),
    ),
    element('h3', {}, say(MANAGER.mostUrgent)),
    element('ol', { class: 'behind-lines' }, ...found.first.map((one) => firstLine(one, units))),
  ];
}

const total = (row: Counts) => WHEN.reduce((sum, when) => sum + row[when], 0);

function nameOf(when: (typeof WHEN)[number], { nextWorkingDay, until }: DueAhead): string {
  if (when === 'nextWorkingDay') return say(MANAGER.dueOn, { date: shortDate(nextWorkingDay) });
  return when === 'soon' ? say(MANAGER.dueUntil, { date: shortDate(until) }) : say(MANAGER[when]);
}

function tile(when: (typeof WHEN)[number], rows: readonly Counts[], found: DueAhead): HTMLElement {
  const sum = rows.reduce((soFar, row) => soFar + row[when], 0);
  return element(
    'li',
    { class: when === 'overdue' && sum > 0 ? 'tile late' : 'tile', 'data-due': when },
    element('p', { class: 'tile-name' }, nameOf(when, found)),
    element('b', { class: 'figure-value' }, String(sum)),
  );
}

function rowOf(row: Counts, unit: string): HTMLElement {
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
      element('td', { class: when === 'overdue' && row.overdue > 0 ? 'late' : undefined }, String(row[when])),
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
