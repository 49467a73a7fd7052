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
/** A unit's line; what is late is undefined until it is known. */
type Row = Omit<Counts, 'overdue'> & { overdue: number | undefined };
type Known = Omit<DueAhead, 'units'> & { units: readonly Row[] };

/**
 * What is late and what will be, unit by unit, while something can still be done about it. What will be is shown first:
 * where much has been left lying, it takes longer to count what is late.
 */
export async function dueAheadView(unit: string, units: readonly ListedUnit[], ask: Ask): Promise<Node[]> {
  const part = (name: 'ahead' | 'late') => ask('GET /desk/due-ahead', { query: { unit, part: name } });
  const ahead = await part('ahead');
  const waiting = { ...ahead, units: ahead.units.map((row) => ({ ...row, overdue: undefined })) };
  const box = element('div', { 'aria-busy': 'true' }, ...shown(waiting, unit, units));
  const countLate = async () => {
    const late = await part('late').catch(() => undefined);
    const all = late === undefined ? waiting : together(ahead, late);
    const isNothing = late !== undefined && all.units.length === 0;
    box.replaceChildren(
      ...(late === undefined
        ? [element('p', { class: 'note', role: 'alert' }, say(MANAGER.lateUnknown))]
        : []),
      ...(isNothing ? [element('p', { class: 'card' }, say(MANAGER.nothingDue))] : shown(all, unit, units)),
    );
    box.removeAttribute('aria-busy');
  };
  void countLate();
  return [box];
}

/** Both parts as one, the units with most lateness first. */
function together(ahead: DueAhead, late: DueAhead): Known {
  const rows = new Map<string, Counts>(late.units.map((row) => [row.code, row]));
  for (const row of ahead.units) rows.set(row.code, { ...row, overdue: rows.get(row.code)?.overdue ?? 0 });
  return {
    ...ahead,
    complete: ahead.complete && late.complete,
    units: [...rows.values()].sort((a, b) => b.overdue - a.overdue || total(b) - total(a)),
    first: [...late.first, ...ahead.first].slice(0, Math.max(late.first.length, ahead.first.length)),
  };
}

function shown(found: Known, unit: string, units: readonly ListedUnit[]): Node[] {
  return [
    element('p', { class: 'hint' }, say(MANAGER.dueHint, { until: longDate(found.until) })),
    ...(found.complete ? [] : [element('p', { class: 'note' }, say(MANAGER.dueIncomplete))]),
    element('ul', { class: 'tiles manager-tiles due-tiles' }, ...WHEN.map((when) => tile(when, found))),
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
        element('tbody', {}, ...found.units.map((row) => rowOf(row, unit))),
      ),
    ),
    element('h3', {}, say(MANAGER.mostUrgent)),
    element('ol', { class: 'behind-lines' }, ...found.first.map((one) => firstLine(one, units))),
  ];
}

const NOT_YET = '…';
const total = (row: Counts) => WHEN.reduce((sum, when) => sum + row[when], 0);

function nameOf(when: (typeof WHEN)[number], { nextWorkingDay, until }: Known): string {
  if (when === 'nextWorkingDay') return say(MANAGER.dueOn, { date: shortDate(nextWorkingDay) });
  return when === 'soon' ? say(MANAGER.dueUntil, { date: shortDate(until) }) : say(MANAGER[when]);
}

function tile(when: (typeof WHEN)[number], found: Known): HTMLElement {
  const counts = found.units.map((row) => row[when]);
  const sum = counts.reduce<number>((soFar, count) => soFar + (count ?? 0), 0);
  return element(
    'li',
    { class: when === 'overdue' && sum > 0 ? 'tile late' : 'tile', 'data-due': when },
    element('p', { class: 'tile-name' }, nameOf(when, found)),
    element('b', { class: 'figure-value' }, counts.includes(undefined) ? NOT_YET : String(sum)),
  );
}

function rowOf(row: Row, unit: string): HTMLElement {
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
        { class: when === 'overdue' && row[when] !== 0 ? 'late' : undefined },
        String(row[when] ?? NOT_YET),
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
