import { shanghaiDate } from '../../shared/dates.ts';
import { formatYuan } from '../../shared/money.ts';
import { COUNTER_DEFINITIONS, type Counter } from '../../shared/statistics/counters.ts';
import { PROBLEM_NAMES, SUBJECT_NAMES } from '../../shared/understanding/names.ts';
import type { Figures } from '../api/answers.ts';
import { drawing, element } from '../components/dom.ts';
import { monthName } from '../components/format.ts';
import { chinese } from '../components/page.ts';
import { type Pair, say } from '../components/texts.ts';
import type { Opened } from './cases.ts';
import { trendChart } from './chart.ts';
import { MANAGER, TRENDS } from './manager.texts.ts';
import { shortRate } from './numbers.ts';
import { lastMonths } from './period.ts';

const MONTHS = 13;
const TOP = 10;
const FEN_PER_WAN = 1_000_000;

/** Thirteen months as a picture with its table, and what people complain of most. */
export function trendAndStructure(
  found: Figures,
  width: () => number,
  open: (opened: Opened) => void,
): Node[] {
  const place = element('div', {});
  const which = element(
    'select',
    { id: 'trend-of' },
    ...TRENDS.map((one) => element('option', { value: one.id }, say(one))),
  );
  const draw = () => place.replaceChildren(...trend(found, which.value, width()));
  which.addEventListener('change', draw);
  // Its width is known when it stands on the page.
  requestAnimationFrame(draw);
  return [
    element('h3', {}, say(MANAGER.trendTitle)),
    element('div', { class: 'tools' }, element('label', { for: 'trend-of' }, say(MANAGER.trendOf)), which),
    place,
    element(
      'div',
      { class: 'structures' },
      element('section', {}, ...structure(found, 'subject', open)),
      element('section', {}, ...structure(found, 'problem', open)),
    ),
  ];
}

function trend(found: Figures, id: string, width: number): Node[] {
  const { bar, line } = TRENDS.find((one) => one.id === id) ??
    TRENDS[0] ?? { bar: 'received', line: 'closed' };
  const months = monthsUntil(found.to);
  const isMoney = COUNTER_DEFINITIONS[bar].unit === 'fen';
  // The month that was asked for is counted up to this minute; the others are as they were last added up.
  const isAsked = (month: string) => found.from.startsWith(month) && found.to.startsWith(month);
  const counts = (month: string) =>
    isAsked(month) ? found.counts : (found.months.find((one) => one.month === month)?.counts ?? {});
  const of = (counter: Counter) => months.map((month) => counts(month)[counter] ?? 0);
  const drawn = (counter: Counter) => of(counter).map((value) => (isMoney ? value / FEN_PER_WAN : value));
  const names = { bar: say(COUNTER_DEFINITIONS[bar]), line: say(COUNTER_DEFINITIONS[line]) };
  const spoken = { ...names, from: monthName(months[0] ?? ''), to: monthName(months.at(-1) ?? '') };
  return [
    element('p', { class: 'hint' }, say(MANAGER.trendHint, names), isMoney && ` ${say(MANAGER.inWan)}`),
    trendChart({
      bars: { name: names.bar, values: drawn(bar) },
      line: { name: names.line, values: drawn(line) },
      labels: months.map((month) => String(Number(month.slice(5)))),
      // The year stands below its first month.
      years: months.map((month, index) => (index === 0 || month.endsWith('-01') ? month.slice(0, 4) : '')),
      summary: say(MANAGER.trendSummary, spoken),
      width,
    }),
    monthTable(months, [
      { name: names.bar, values: of(bar), isMoney },
      { name: names.line, values: of(line), isMoney },
    ]),
  ];
}

/** The months up to the end of the period; none that has not begun. */
function monthsUntil(to: string): string[] {
  const [present = shanghaiDate(new Date()).slice(0, 7)] = lastMonths(1);
  const last = to.slice(0, 7) < present ? to.slice(0, 7) : present;
  const [year = 0, month = 0] = last.split('-').map(Number);
  return Array.from({ length: MONTHS }, (_, index) =>
    new Date(Date.UTC(year, month + index - MONTHS, 1)).toISOString().slice(0, 7),
  );
}

function monthTable(
  months: readonly string[],
  columns: readonly { name: string; values: readonly number[]; isMoney: boolean }[],
): HTMLElement {
  const isMoney = columns.some((column) => column.isMoney);
  return element(
    'details',
    { class: 'month-table', open: true },
    element('summary', {}, say(MANAGER.numbers)),
    element(
      'div',
      { class: 'table', role: 'region', tabindex: 0, 'aria-label': say(MANAGER.trendTitle) },
      element(
        'table',
        {},
        isMoney && element('caption', {}, say(AMOUNTS_IN)),
        element(
          'thead',
          {},
          element(
            'tr',
            {},
            element('th', { scope: 'col' }, say(MANAGER.monthColumn)),
            ...columns.map(({ name }) => element('th', { scope: 'col' }, name)),
          ),
        ),
        element(
          'tbody',
          {},
          ...months.map((month, index) =>
            element(
              'tr',
              {},
              element('th', { scope: 'row' }, monthName(month)),
              ...columns.map(({ values }) => {
                const value = values[index] ?? 0;
                return element('td', {}, isMoney ? formatYuan(value) : String(value));
              }),
            ),
          ),
        ),
      ),
    ),
  );
}

const AMOUNTS_IN: Pair = { zh: '金额单位：元', en: 'Sums in yuan' };

const CLASS_NAMES: Readonly<Record<'subject' | 'problem', Readonly<Record<string, Pair>>>> = {
  subject: SUBJECT_NAMES,
  problem: PROBLEM_NAMES,
};

/** The classes with most complaints, each opening to its cases. */
function structure(found: Figures, by: 'subject' | 'problem', open: (opened: Opened) => void): Node[] {
  const heading = element('h3', {}, say(MANAGER[by]));
  const rows = Object.entries(found.by[by] ?? {})
    .map(([value, counts]) => ({ value, count: counts.received ?? 0 }))
    .filter(({ count }) => count > 0)
    .sort((a, b) => b.count - a.count || (a.value < b.value ? -1 : 1))
    .slice(0, TOP);
  const [first] = rows;
  if (first === undefined) return [heading, element('p', { class: 'hint' }, say(MANAGER.noCuts))];

  const all = found.counts.received ?? 0;
  const name = say(COUNTER_DEFINITIONS.received);
  return [
    heading,
    element('p', { class: 'hint' }, say(MANAGER.topTen)),
    element(
      'ol',
      { class: 'structure', 'data-structure': by },
      ...rows.map(({ value, count }) => {
        const named = CLASS_NAMES[by][value];
        // A class of the bureau's own has no translation.
        const shown = named === undefined ? chinese(value) : say(named);
        const only = { by, value, name: named === undefined ? value : say(named) };
        const openIt = () => open({ name, counters: ['received'], only });
        return element(
          'li',
          {},
          element('button', { type: 'button', class: 'plain', onclick: openIt }, shown),
          element(
            'span',
            { class: 'structure-count' },
            element('b', {}, String(count)),
            all > 0 && ` · ${shortRate(count / all)}`,
          ),
          bar(count / first.count),
        );
      }),
    ),
  ];
}

/** Beside its number, so it says nothing of its own. */
const bar = (share: number): SVGElement =>
  drawing(
    'svg',
    { viewBox: '0 0 100 4', preserveAspectRatio: 'none', 'aria-hidden': 'true', 'aria-label': '' },
    drawing('rect', { class: 'rail', width: 100, height: 4 }),
    drawing('rect', { class: 'part', width: Math.max(0.5, share * 100), height: 4 }),
  );
